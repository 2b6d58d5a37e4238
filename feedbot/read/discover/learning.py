"""What the pages behind the links turned out to be, remembered for the next visit.

Two traits of a link tell its kind: the form of its address and its place on the listing. How many
articles and how many other pages were found behind links of each trait is what is known of a site;
a page that was no article is remembered by itself, too, so that it is asked for once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import islice

from ...model import Link
from ...web.urls import url_key
from .addresses import form_of

Known = Mapping[str, tuple[int, int]]  # trait: articles, other pages
TRAITS = 400  # that are remembered of a site; the oldest make room
GUESS = 3  # pages without an article, and none with one, that overrule the best first guess


def traits_of(url: str, place: str) -> tuple[str, str, str]:
    """What is remembered of a link: the form of its address, its place, and the page itself."""
    return f"form {form_of(url)}", f"place {place}", f"page {url_key(url)}"


def learn_kind(known: Known, link: Link, *, is_article: bool) -> dict[str, tuple[int, int]]:
    """What is known once the page behind a link of a listing has been read."""
    form, place, page = traits_of(link.url, link.place)
    learnt = dict(known)
    for trait in (form, place) if is_article else (form, place, page):
        articles, others = learnt.pop(trait, (0, 0))
        learnt[trait] = (articles + is_article, others + (not is_article))
    if is_article:
        learnt.pop(page, None)
    return dict(islice(learnt.items(), max(0, len(learnt) - TRAITS), None))


def correct_kind(known: Known, link: Link) -> dict[str, tuple[int, int]]:
    """What is known once a page that counted as an article turned out to be none after all."""
    form, place, _ = traits_of(link.url, link.place)
    without = dict(known)
    for trait in (form, place):
        articles, others = without.get(trait, (0, 0))
        without[trait] = (max(0, articles - 1), others)
    return learn_kind(without, link, is_article=False)


def experience(known: Known, url: str, place: str, score: float) -> float:
    """What earlier visits take from the score of a link; 0 where they saw nothing like it.

    The score is a guess at the share of such links that lead to articles, worth GUESS pages; the
    pages that were read correct it. They add nothing: links to sections share form and place with
    articles, and are not read, so nothing would ever speak against them.
    """
    form, where, _ = traits_of(url, place) if known else ("", "", "")
    seen = [known[trait] for trait in (form, where) if trait in known]
    return min((_corrected(score, *counts) - score for counts in seen), default=0.0)


def _corrected(score: float, articles: int, others: int) -> float:
    """A score, lowered by what was found; log-odds."""
    guess = 1 / (1 + math.exp(-score))
    for_it = GUESS * guess + articles
    against_it = GUESS * (1 - guess) + others
    return min(score, math.log(for_it / against_it))


def mostly_articles(known: Known, link: Link) -> bool:
    """Whether most links of this form and place led to articles, this one included."""
    form, place, _ = traits_of(link.url, link.place)
    counts = [known[trait] for trait in (form, place) if trait in known]
    return bool(counts) and all(articles > others for articles, others in counts)


def was_refused(known: Known, url: str) -> bool:
    """Whether the page was read before and was not an article."""
    return bool(known) and f"page {url_key(url)}" in known
