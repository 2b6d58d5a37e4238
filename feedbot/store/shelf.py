"""What publishing asks of the database, and what it notes there.

    version    how often the stored stories of a topic changed, in number or in words
    published  what was last published of a topic, and where; only publishing reads it

Nobody has to compare stories to learn that a topic is published as it is.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from ..model import Story
from .records import maybe_moment, seconds, story_of
from .schema import published, story, story_topic, topic_version

BATCH = 500  # parameters of one query; SQLite may be built for no more than 999
UNPACKED = 1024  # stories whose articles stay unpacked: about ten feeds

# A stored row as a record. The row itself is the key, so what it gives is never out of date.
_unpacked = functools.lru_cache(maxsize=UNPACKED)(story_of)


def touch(connection: Connection, slugs: Collection[str]) -> None:
    """Counts a change of the stories of these topics; part of the transaction that makes it."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    for slug in sorted(slugs):  # in one order, so that two writers do not wait for each other
        row = insert(topic_version).values(slug=slug, changes=1)
        connection.execute(
            row.on_conflict_do_update(
                index_elements=[topic_version.c.slug],
                set_={"changes": topic_version.c.changes + 1},
            )
        )


class Shelf:
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

    def window(
        self, slug: str, entries: int, keep: timedelta
    ) -> list[tuple[Story, tuple[str, ...]]]:
        """At least the newest `entries` stories, and all that changed within `keep` of the newest.

        With each story come the slugs of all its topics.
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

    def span(
        self, slug: str, start: datetime, end: datetime
    ) -> list[tuple[Story, tuple[str, ...]]]:
        """The stories that changed from `start` until before `end`, in the form of `window`."""
        with self._store.read() as connection:
            return _filed(connection, slug, seconds(start), seconds(end))

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
    for start in range(0, len(names), BATCH):
        some = published.c.slug.in_(names[start : start + BATCH])
        connection.execute(delete(published).where(published.c.place == place, some))


def _between(slug: str, start: int, end: int) -> Any:
    updated = story_topic.c.updated
    return (story_topic.c.topic == slug) & (updated >= start) & (updated < end)


def _filed(
    connection: Connection, slug: str, start: int, end: int
) -> list[tuple[Story, tuple[str, ...]]]:
    chosen = select(story_topic.c.story).where(_between(slug, start, end))
    filed: dict[int, list[str]] = {}
    every = select(story_topic.c.story, story_topic.c.topic).where(story_topic.c.story.in_(chosen))
    for key, one in connection.execute(every.order_by(story_topic.c.topic)):
        filed.setdefault(key, []).append(one)
    rows = connection.execute(
        select(story).where(story.c.id.in_(chosen)).order_by(story.c.updated.desc())
    )
    return [(_unpacked(row), tuple(filed[row.id])) for row in rows]
