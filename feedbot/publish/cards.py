"""What the index shows of each topic: its headlines, how many entries are of its newest day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from ..languages.fold import fold
from ..model import Topic
from ..web.sanitise import plain_text
from .entries import title_of
from .translations import Translations

SHOWN = 4  # headlines of a topic that the index knows
NEWS = 12  # headlines of all topics together
FEW = 6  # topics that are shown with several headlines each
MANY = 100  # topics; of more, the index shows no headlines, so that it stays below 100 kB
EDITED = 12  # topics that keep the order of the configuration; more are sorted by name
LETTERED = 24  # topics without groups that get headings A to Z


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicHeadline:
    """An entry on the index page."""

    anchor: str  # its id on the topic's page
    title: str
    source: str
    language: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCard:
    """A topic on the index page.

    updated    when an entry last changed; None without entries
    day        the local day of the newest entry; None likewise
    day_count  how many entries are of that day
    headlines  the newest entries, by publication
    """

    slug: str
    title: str
    description: str
    group: str
    entries: int
    updated: datetime | None
    day: date | None
    day_count: int
    headlines: tuple[TopicHeadline, ...]


class Section(NamedTuple):
    """Topics under one heading of the index; the name is "" where there is no heading."""

    name: str
    topics: Sequence[TopicCard]


class News(NamedTuple):
    """A new entry, and the topics that it is in."""

    headline: TopicHeadline
    topics: Sequence[TopicCard]


def topic_card(topic: Topic, headlines: Sequence[TopicHeadline], words: Translations) -> TopicCard:
    """The card of a topic with all these entries."""
    newest = sorted(headlines, key=lambda one: (one.published, one.updated), reverse=True)
    days = [words.local(one.published).date() for one in newest]
    return TopicCard(
        slug=topic.slug,
        title=title_of(topic),
        description=plain_text(topic.description or ""),
        group=plain_text(topic.group or ""),
        entries=len(newest),
        updated=max((one.updated for one in newest), default=None),
        day=days[0] if days else None,
        day_count=days.count(days[0]) if days else 0,
        headlines=tuple(newest[:SHOWN]),
    )


def size_of(cards: Sequence[TopicCard]) -> str:
    """How much of each topic an index with all these shows: "few", "some" or "many"."""
    return "few" if len(cards) <= FEW else "some" if len(cards) <= MANY else "many"


def news(cards: Sequence[TopicCard]) -> list[News]:
    """The newest entries of all topics, each once."""
    found: dict[str, tuple[TopicHeadline, list[TopicCard]]] = {}
    for card in cards:
        for one in card.headlines:
            found.setdefault(one.anchor, (one, []))[1].append(card)
    newest = sorted(found.values(), key=lambda one: (one[0].published, one[0].anchor), reverse=True)
    return [News(headline=one, topics=topics) for one, topics in newest[:NEWS]]


def sections(cards: Sequence[TopicCard], other: str) -> list[Section]:
    """The topics in groups, or from A to Z; `other` is the heading of those without a group."""
    groups = list(dict.fromkeys(card.group for card in cards if card.group))
    if groups:
        return list(_grouped(cards, groups, other))
    if len(cards) > LETTERED:
        return [
            Section(name=letter, topics=list(some))
            for letter, some in groupby(_sorted(cards), key=_letter)
        ]
    return [Section(name="", topics=_sorted(cards))]


def _grouped(cards: Sequence[TopicCard], groups: Sequence[str], other: str) -> Iterator[Section]:
    for group in (*groups, ""):
        mine = [card for card in cards if card.group == group]
        if mine:
            yield Section(name=group or other, topics=_sorted(mine))


def _sorted(cards: Sequence[TopicCard]) -> list[TopicCard]:
    """A few topics in the operator's own order, many by name."""
    if len(cards) <= EDITED:
        return list(cards)
    return sorted(cards, key=lambda card: (_letter(card), fold(card.title), card.slug))


def _letter(card: TopicCard) -> str:
    first = fold(card.title)[:1].upper()
    return first if first.isalpha() else "#"
