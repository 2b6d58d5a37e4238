"""Topics that a person may want, as lines to paste, by what stories without a topic are about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..model import Article, Topic
from ..terms import Term, countries, parse_term, themes
from .patterns import compile_topics

SUGGESTED = 12
OFTEN = 2  # stories that a topic would have at least
_NAMES = 30  # that are tried
_OTHERWISE = "en"  # the language of names for a language that has no table
# Capitalised words that do not begin a sentence: after a letter or a comma, and a space.
_NAME = re.compile(
    r"(?<=[\w,;] )[A-ZÀ-Þ][\w'’-]+(?: (?:(?:van|de|der|den|von|al) )*[A-ZÀ-Þ][\w'’-]+)*"
)


class Suggestion(NamedTuple):
    """A line for [topics], and how many stories it would add to the feeds."""

    line: str
    adds: int


def suggestions(unrouted: Sequence[Article], topics: Sequence[Topic]) -> tuple[Suggestion, ...]:
    """What these stories of no topic would be in: countries, themes and frequent names."""
    if not unrouted:
        return ()
    language = Counter(article.language.split("-")[0] for article in unrouted).most_common(1)[0][0]
    taken = _taken(topics)
    lines = {
        term: f'"{name}" = "{term}"'
        for term, name in (*_shipped(language), *_frequent(unrouted))
        if parse_term(term) not in taken
    }
    adds = _adds(unrouted, lines)
    found = [Suggestion(line=lines[term], adds=n) for term, n in adds.items() if n >= OFTEN]
    return tuple(sorted(found, key=lambda one: (-one.adds, one.line))[:SUGGESTED])


def _taken(topics: Iterable[Topic]) -> set[Term]:
    return {parse_term(text) for topic in topics for text in (*topic.any, *topic.all)}


def _adds(articles: Iterable[Article], terms: Iterable[str]) -> Counter[str]:
    """How many of the articles each term alone would take in."""
    router = compile_topics([Topic(name=term, slug=term, any=(term,)) for term in terms])
    routings = (found for article in articles for found in router.route(article, ""))
    return Counter(found.topic for found in routings if found.routed)


def _shipped(language: str) -> Iterator[tuple[str, str]]:
    """(term, name) of every country and theme."""
    spoken = language if language in countries.languages() else _OTHERWISE
    for code in sorted(countries.codes()):
        yield f"country:{code}", countries.name_of(code, spoken)
    for theme in sorted(themes.names()):
        yield f"theme:{theme}", themes.name_of(theme, language)


def _frequent(articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    """Names that many articles have, and that no country has."""
    counts = Counter(name for article in articles for name in _names(article))
    for name, count in counts.most_common(_NAMES):
        if count >= OFTEN and countries.code_of(name) is None:
            yield name, name


def _names(article: Article) -> set[str]:
    """Names in an article. German writes every noun so: only longer ones are taken there."""
    found = {name for text in article.paragraphs[1:] for name in _NAME.findall(text)}
    found |= set(_NAME.findall(article.lead))
    return {name for name in found if " " in name} if article.language.startswith("de") else found
