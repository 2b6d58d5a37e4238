"""What publishing reads from the database and records there.

    topic_version   how often the stories of a topic changed, in number or in words
    published       what was last published of a topic, and where; only publishing reads it

So publishing need not compare stories to see that a topic is up to date.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select

from ..model import Background, Copy, EntryReference, Revision, SourceRead, Story
from ..web.urls import without_secrets
from .batches import MOST_PARAMETERS
from .records import maybe_moment, moment, revision_of, seconds, story_of, unpack_evidence
from .schema import (
    insert_into,
    page,
    published,
    revision,
    source,
    story,
    story_topic,
    topic_version,
)


def touch(connection: Connection, slugs: Collection[str]) -> None:
    """Counts a change in the stories of these topics; call it in the transaction that makes it."""
    if slugs:  # in a fixed order, so that two writers do not deadlock
        rows = [{"slug": slug, "changes": 1} for slug in sorted(slugs)]
        connection.execute(_counting(connection.dialect.name), rows)


@functools.cache
def _counting(dialect: str) -> Any:
    more = {"changes": topic_version.c.changes + 1}
    new = insert_into(dialect, topic_version)
    return new.on_conflict_do_update(index_elements=[topic_version.c.slug], set_=more)


class FeedQueries:
    """The stored stories, topic by topic, newest change first. Wraps a `Store`."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def versions(self) -> dict[str, int]:
        """How often the stories of each topic changed, by slug."""
        with self._store.read() as connection:
            return {slug: changes for slug, changes in connection.execute(select(topic_version))}

    def newest(self) -> datetime | None:
        """When a story last changed; None if there is none."""
        with self._store.read() as connection:
            return maybe_moment(connection.scalar(select(func.max(story.c.updated))))

    def oldest(self, slug: str) -> datetime | None:
        """The earliest `updated` of a story in this topic; None if there is none."""
        mine = story_topic.c.topic == slug
        with self._store.read() as connection:
            query = select(func.min(story_topic.c.updated)).where(mine)
            return maybe_moment(connection.scalar(query))

    def window(self, slug: str, entries: int, keep: timedelta) -> list[EntryReference]:
        """At least the newest `entries` stories, and all that changed within `keep` of the newest.

        Reads no article.
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
        """The stories that changed between `start` (inclusive) and `end`, as in `window`."""
        with self._store.read() as connection:
            return _filed(connection, slug, seconds(start), seconds(end))

    def stories(self, ids: Collection[int]) -> dict[int, Story]:
        """Whole stories by their ids, each with its background."""
        wanted = sorted(ids)
        with self._store.read() as connection:
            return {
                key: known
                for start in range(0, len(wanted), MOST_PARAMETERS)
                for key, known in _whole(connection, wanted[start : start + MOST_PARAMETERS])
            }

    def sources(self) -> list[SourceRead]:
        """The configured sources, by name, and when each was last read."""
        query = select(source).where(source.c.host.is_not(None)).order_by(source.c.name)
        with self._store.read() as connection:
            return [
                SourceRead(
                    name=row.name,
                    url=without_secrets(row.urls.split("\n")[0]),
                    at=maybe_moment(row.last_polled),
                )
                for row in connection.execute(query)
            ]

    def seen(self, slug: str, start: datetime, end: datetime) -> list[int]:
        """The stories of a topic that were first seen from `start` until before `end`, in order."""
        first = story.c.first_seen
        query = (
            select(story.c.id)
            .join(story_topic, story_topic.c.story == story.c.id)
            .where(story_topic.c.topic == slug, first >= seconds(start), first < seconds(end))
            .order_by(first, story.c.id)
        )
        with self._store.read() as connection:
            return list(connection.scalars(query))

    def has_any(self, slug: str, start: datetime, end: datetime) -> bool:
        """Whether a story changed between `start` (inclusive) and `end`."""
        query = select(story_topic.c.story).where(_between(slug, seconds(start), seconds(end)))
        with self._store.read() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def notes(self, place: str) -> dict[str, str]:
        """What the last publishing to `place` recorded, by slug."""
        query = select(published.c.slug, published.c.note).where(published.c.place == place)
        with self._store.read() as connection:
            return {slug: note for slug, note in connection.execute(query)}

    def note(self, place: str, notes: Mapping[str, str]) -> None:
        """Replaces the records of these slugs."""
        with self._store.write() as connection:
            _forget(connection, place, notes)
            rows = [{"place": place, "slug": s, "note": n} for s, n in sorted(notes.items())]
            if rows:
                connection.execute(published.insert(), rows)

    def forget(self, place: str, slugs: Collection[str]) -> None:
        """Deletes the records of these slugs."""
        with self._store.write() as connection:
            _forget(connection, place, slugs)


def _whole(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, Story]]:
    """These stories, each with its background."""
    copies, revisions = _copies(connection, ids), _last_revisions(connection, ids)
    for row in connection.execute(select(story).where(story.c.id.in_(ids))):
        background = Background(
            evidence=unpack_evidence(row.why),
            copies=tuple(copies.get(row.id, ())),
            revision=revisions.get(row.id),
        )
        yield row.id, replace(story_of(row), background=background)


def _copies(connection: Connection, ids: Sequence[int]) -> dict[int, list[Copy]]:
    """The pages of other sources with the words of these stories, the first of each source."""
    query = (
        select(page.c.story, page.c.source, page.c.url)
        .join(story, story.c.id == page.c.story)
        .where(page.c.story.in_(ids), page.c.source != story.c.source)
        .order_by(page.c.first_seen, page.c.url_key)
    )
    found: dict[int, dict[str, Copy]] = {}
    for key, name, url in connection.execute(query):
        found.setdefault(key, {}).setdefault(name, Copy(source=name, url=url))
    return {key: list(copies.values()) for key, copies in found.items()}


def _last_revisions(connection: Connection, ids: Sequence[int]) -> dict[int, Revision]:
    """The newest revision of each of these stories that has one."""
    query = select(revision).where(revision.c.story.in_(ids)).order_by(revision.c.at)
    last = {row.story: row for row in connection.execute(query)}
    return {key: revision_of(row) for key, row in last.items()}


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
