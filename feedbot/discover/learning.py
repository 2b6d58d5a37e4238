"""What the pages behind the links turned out to be, remembered for the next visit.

Two traits of a link tell its kind: the form of its address and its place on the listing. How many
articles and how many other pages were found behind links of each trait is what is known of a site;
a page that was no article is remembered by itself, too, so that it is asked for once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import islice

from ..model import Link
from ..urls import url_key
from .addresses import form_of

Known = Mapping[str, tuple[int, int]]  # trait: articles, other pages
TRAITS = 400  # that are remembered of a site; the oldest make room
MOST = 3.0  # log-odds that one trait can take
ITSELF = -12.0  # what a page loses that was no article; it is tried again by itself, listed or not


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


def experience(known: Known, url: str, place: str) -> float:
    """What earlier visits take from the log-odds of a link; 0 where they saw nothing like it.

    They add nothing: links to sections share form and place with articles, and are not read, so
    nothing would ever speak against them.
    """
    if not known:
        return 0.0
    form, where, page = traits_of(url, place)
    return sum(_odds(known.get(trait, (0, 0))) for trait in (form, where)) + (
        ITSELF if page in known else 0.0
    )


def _odds(counts: tuple[int, int]) -> float:
    articles, others = counts
    return max(-MOST, min(0.0, math.log((articles + 1) / (others + 1))))
