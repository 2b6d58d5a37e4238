"""Which topics the headlines of a new source are about: topics that are there, and new ones."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..config import slug_of
from ..model import Article, Link, Source, Topic
from ..topics import Router, suggestions

MOST = 200  # headlines that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTopic:
    """A topic that is not there yet, and how many of the headlines it would take."""

    name: str
    term: str
    headlines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineTopics:
    """What the headlines of a listing are about.

    headlines   how many there are
    known       how many of them each topic takes, by its name, in the order of the topics
    suggested   new topics, the ones with most headlines first
    """

    headlines: int
    known: Mapping[str, int]
    suggested: tuple[NewTopic, ...]


def name_and_term(line: str) -> tuple[str, str]:
    """The name and the term of a line for [topics]."""
    ((name, term),) = tomllib.loads(line).items()
    return name, str(term)


def topics_of(
    links: Sequence[Link], source: Source, topics: Sequence[Topic], router: Router
) -> HeadlineTopics:
    """Which topics the titles and teasers of these links are about; `router` is of `topics`."""
    seen = [_article(link, source) for link in links[:MOST] if link.title]
    found = Counter(slug for one in seen for slug in router.topics_of(one, source.name))
    return HeadlineTopics(
        headlines=len(seen),
        known={topic.name: found[topic.slug] for topic in topics},
        suggested=tuple(_suggested(seen, topics)),
    )


def _article(link: Link, source: Source) -> Article:
    """What a link says of its article, as if that were all of it."""
    return Article(
        url=link.url,
        title=link.title,
        paragraphs=(link.teaser,) if link.teaser else (),
        html="",
        language=source.language,
        sections=link.sections,
    )


def _suggested(seen: Sequence[Article], topics: Sequence[Topic]) -> Iterator[NewTopic]:
    """Suggestions whose file no topic has."""
    taken = {topic.slug for topic in topics}
    for one in suggestions(seen, topics):
        name, term = name_and_term(one.line)
        if slug_of(name) not in taken:
            taken.add(slug_of(name))
            yield NewTopic(name=name, term=term, headlines=one.adds)
