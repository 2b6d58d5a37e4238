"""What publishing asks of the database, and what it notes there.

    version    how often the stored stories of a topic changed, in number or in words
    published  what was last published of a topic, and where; only publishing reads it

Nobody has to compare stories to learn that a topic is published as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select

from ..model import EntryReference, Story
from .records import maybe_moment, moment, seconds, story_of
from .schema import insert_into, published, story, story_topic, topic_version

MOST_PARAMETERS = 500  # parameters of one query; SQLite may be built for no more than 999


def touch(connection: Connection, slugs: Collection[str]) -> None:
    """Counts a change of the stories of these topics; part of the transaction that makes it."""
    for slug in sorted(slugs):  # in one order, so that two writers do not wait for each other
        row = insert_into(connection, topic_version).values(slug=slug, changes=1)
        connection.execute(
            row.on_conflict_do_update(
                index_elements=[topic_version.c.slug],
                set_={"changes": topic_version.c.changes + 1},
            )
        )


class FeedQueries:
    """The stored stories, topic by topic, newest change first. Wraps a `Store`."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def versions(self) -> dict[str, int]:
        """How often the stories of each topic changed, by slug."""
        with self._store.read() as connection:
            return {slug: changes for slug, changes in connection.execute(select(topic_version))}

    def newest(self) -> datetime | None:
        """When a story last changed; None while there is none."""
        with self._store.read() as connection:
            return maybe_moment(connection.scalar(select(func.max(story.c.updated))))

    def oldest(self, slug: str) -> datetime | None:
        """The earliest change of a story of this topic."""
        mine = story_topic.c.topic == slug
        with self._store.read() as connection:
            query = select(func.min(story_topic.c.updated)).where(mine)
            return maybe_moment(connection.scalar(query))

    def window(self, slug: str, entries: int, keep: timedelta) -> list[EntryReference]:
        """At least the newest `entries` stories, and all that changed within `keep` of the newest.

        No article is read.
        """
        mine = story_topic.c.topic == slug
        order = story_topic.c.updated.desc()
        newest = select(func.max(story_topic.c.updated)).where(mine)
        last = select(story_topic.c.updated).where(mine).order_by(order).limit(1)
        with self._store.read() as connection:
            top = connection.scalar(newest)
            if top is None:
                return []
            nth = connection.scalar(last.offset(entries - 1)) or 0
            floor = min(nth, top - int(keep.total_seconds()))
            return _filed(connection, slug, floor, top + 1)

    def span(self, slug: str, start: datetime, end: datetime) -> list[EntryReference]:
        """The stories that changed from `start` until before `end`, in the form of `window`."""
        with self._store.read() as connection:
            return _filed(connection, slug, seconds(start), seconds(end))

    def stories(self, ids: Collection[int]) -> dict[int, Story]:
        """Whole stories by their ids."""
        wanted = sorted(ids)
        with self._store.read() as connection:
            return {
                row.id: story_of(row)
                for start in range(0, len(wanted), MOST_PARAMETERS)
                for row in connection.execute(
                    select(story).where(story.c.id.in_(wanted[start : start + MOST_PARAMETERS]))
                )
            }

    def has_any(self, slug: str, start: datetime, end: datetime) -> bool:
        """Whether a story changed from `start` until before `end`."""
        query = select(story_topic.c.story).where(_between(slug, seconds(start), seconds(end)))
        with self._store.read() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def notes(self, place: str) -> dict[str, str]:
        """What was noted at the last publishing to `place`, by slug."""
        query = select(published.c.slug, published.c.note).where(published.c.place == place)
        with self._store.read() as connection:
            return {slug: note for slug, note in connection.execute(query)}

    def note(self, place: str, notes: Mapping[str, str]) -> None:
        """Replaces what was noted of these slugs."""
        with self._store.write() as connection:
            _forget(connection, place, notes)
            rows = [{"place": place, "slug": s, "note": n} for s, n in sorted(notes.items())]
            if rows:
                connection.execute(published.insert(), rows)

    def forget(self, place: str, slugs: Collection[str]) -> None:
        """Drops what was noted of these slugs."""
        with self._store.write() as connection:
            _forget(connection, place, slugs)


def _forget(connection: Connection, place: str, slugs: Iterable[str]) -> None:
    names = sorted(slugs)
    for start in range(0, len(names), MOST_PARAMETERS):
        some = published.c.slug.in_(names[start : start + MOST_PARAMETERS])
        connection.execute(delete(published).where(published.c.place == place, some))


def _between(slug: str, start: int, end: int) -> Any:
    updated = story_topic.c.updated
    return (story_topic.c.topic == slug) & (updated >= start) & (updated < end)


def _filed(connection: Connection, slug: str, start: int, end: int) -> list[EntryReference]:
    every = story_topic.alias()
    query = (
        select(story_topic.c.story, story_topic.c.updated, story.c.cosmetic, every.c.topic)
        .where(_between(slug, start, end))
        .join(story, story.c.id == story_topic.c.story)
        .join(every, every.c.story == story_topic.c.story)
        .order_by(story_topic.c.updated.desc(), story_topic.c.story, every.c.topic)
    )
    topics: dict[tuple[int, int, int], list[str]] = {}
    for key, updated, cosmetic, topic in connection.execute(query):
        topics.setdefault((key, updated, cosmetic), []).append(topic)
    return [
        EntryReference(story=key, updated=moment(updated), cosmetic=cosmetic, topics=tuple(slugs))
        for (key, updated, cosmetic), slugs in topics.items()
    ]
