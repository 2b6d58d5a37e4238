"""What the old feed of a topic says once the topic is gone: its last entry, and where to go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from html import escape

from ..model import EntryReference, Topic
from .entries import Entry, FeedContext, title_of
from .translations import Translations

FEWEST = 3  # stories that a comparison needs
ALIKE = 0.9  # of the stories of either topic that the other must have


def named_successor(slug: str, topics: Sequence[Topic]) -> Topic | None:
    """The topic that says it had this slug before; None if none does."""
    return next((topic for topic in topics if slug in topic.was), None)


def likely_successor(window: Sequence[EntryReference], topics: Collection[str]) -> str | None:
    """The slug among `topics` that nearly all stories of a window are in as well."""
    found = Counter(slug for one in window for slug in one.topics if slug in topics)
    slug, count = max(found.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    return slug if len(window) >= FEWEST and count >= ALIKE * len(window) else None


def farewell(
    slug: str, successor: Topic | None, at: datetime, context: FeedContext, words: Translations
) -> Entry:
    """The last entry of a topic's feed."""
    if successor:
        title, how = words.moved.format(topic=title_of(successor)), words.moved_how
        page, address = f"{context.url}{successor.slug}.html", f"{context.url}{successor.slug}.xml"
    else:
        title, how, page = words.ended, words.ended_how, context.url
        address = page
    html = f'<p>{escape(how)} <a href="{escape(address)}">{escape(address)}</a></p>'
    return Entry(
        id=context.tag("moved", slug),
        url=page,
        title=title,
        summary=f"{how} {address}",
        html=html,
        content=html,
        language=words.language,
        authors=(context.author,),
        labels=(),
        image=None,
        image_type=None,
        enclosures=(),
        published=at,
        updated=at,
        source=context.author,
        source_id=context.tag("topic", slug),
        source_url=context.url,
        evidence=(),
        copies=(),
        revision=None,
    )
