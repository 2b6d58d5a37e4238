"""What the desk reads from the database: lists for people, searches, and texts to be routed again.

None of this is asked by polls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from ..model import Story
from . import search
from .batches import MOST_PARAMETERS
from .queries import known_page, with_also
from .records import moment, seconds, story_of
from .schema import page, story, story_topic

DAY = 86_400  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story as a line of a list; `topics` are slugs."""

    id: int
    url: str
    title: str
    source: str
    published: datetime
    first_seen: datetime
    revisions: int
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """A page that gave no story of its own; `story` has the title of the one that it copies."""

    url: str
    title: str
    source: str
    first_seen: datetime
    fetched: datetime | None
    next_fetch: datetime | None
    failures: int
    problem: str
    story: int | None
    original: str


# --- lists ------------------------------------------------------------------------------------


def newest_stories(
    connection: Connection,
    limit: int,
    *,
    routed: bool | None = None,
    source: str = "",
    words: str = "",
    before: int | None = None,
) -> list[StoryLine]:
    """The newest stories: all, or those that are `routed` or not, or that a search finds.

    words    what is searched for in titles and texts, as in `search.phrases`; "": nothing is
    before   the number of the last story that was seen; what follows it is wanted
    """
    query, key = _lines(), story.c.id
    if words:
        query, key = search.narrowed(connection, query, words, source)
    query = query.order_by(key.desc()).limit(limit)
    if before is not None:
        query = query.where(key < before)
    if routed is not None:
        filed = select(story_topic.c.story).where(story_topic.c.story == story.c.id).exists()
        query = query.where(filed if routed else ~filed)
    if source and not words:
        query = query.where(story.c.source == source)
    return _with_topics(connection, query)


def story_lines(connection: Connection, ids: Sequence[int]) -> list[StoryLine]:
    """These stories as lines, in this order."""
    found = {
        line.id: line
        for start in range(0, len(ids), MOST_PARAMETERS)
        for line in _with_topics(
            connection, _lines().where(story.c.id.in_(ids[start : start + MOST_PARAMETERS]))
        )
    }
    return [found[key] for key in ids if key in found]


def _lines() -> Select[Any]:
    return select(
        story.c.id, story.c.url, story.c.title, story.c.source, story.c.published,
        story.c.first_seen, story.c.revisions,
    )  # fmt: skip


def _with_topics(connection: Connection, query: Select[Any]) -> list[StoryLine]:
    rows = connection.execute(query).all()
    topics: dict[int, list[str]] = {}
    mine = story_topic.c.story.in_([row.id for row in rows])
    for key, slug in connection.execute(
        select(story_topic.c.story, story_topic.c.topic).where(mine).order_by(story_topic.c.topic)
    ):
        topics.setdefault(key, []).append(slug)
    return [
        StoryLine(
            id=row.id,
            url=row.url,
            title=row.title,
            source=row.source,
            published=moment(row.published),
            first_seen=moment(row.first_seen),
            revisions=row.revisions,
            topics=tuple(topics.get(row.id, ())),
        )
        for row in rows
    ]


def duplicates(connection: Connection, limit: int, source: str = "") -> list[PageLine]:
    """The pages that were last seen to be copies of a story, newest first."""
    return _pages(connection, page.c.verdict == "duplicate", limit, source)


def failed_pages(connection: Connection, limit: int, source: str = "") -> list[PageLine]:
    """The pages that gave no article when they were last read, newest first."""
    return _pages(connection, page.c.failures > 0, limit, source)


def _pages(
    connection: Connection, chosen: ColumnElement[bool], limit: int, source: str
) -> list[PageLine]:
    query = (
        select(page, story.c.title.label("original"))
        .outerjoin(story, story.c.id == page.c.story)
        .where(chosen)
        .order_by(page.c.first_seen.desc(), page.c.url_key)
        .limit(limit)
    )
    if source:
        query = query.where(page.c.source == source)
    return [_page_line(row) for row in connection.execute(query)]


def _page_line(row: Any) -> PageLine:
    known = known_page(row)
    return PageLine(
        url=known.url,
        title=known.title,
        source=known.source,
        first_seen=known.first_seen,
        fetched=known.fetched,
        next_fetch=known.next_fetch,
        failures=known.failures,
        problem=known.problem or "",
        story=known.story,
        original=row.original or "",
    )


# --- days -------------------------------------------------------------------------------------


Days = dict[str, dict[int, int]]  # by source, and by days since 1970 (UTC)


def stories_by_day(connection: Connection, since: datetime, name: str = "") -> Days:
    """How many stories came from each source, or from one, on each day."""
    mine = [story.c.source == name] if name else []
    return _by_day(connection, story.c.source, story.c.first_seen, since, *mine)


def failures_by_day(connection: Connection, since: datetime, name: str = "") -> Days:
    """How many pages that came on each day gave no article."""
    mine = [page.c.source == name] if name else []
    failed = page.c.failures > 0
    return _by_day(connection, page.c.source, page.c.first_seen, since, failed, *mine)


def _by_day(
    connection: Connection, source: Any, at: Any, since: datetime, *conditions: ColumnElement[bool]
) -> Days:
    day = (at // DAY).label("day")
    query = select(source, day, func.count()).where(at >= seconds(since), *conditions)
    found: Days = {}
    for name, number, count in connection.execute(query.group_by(source, day)):
        found.setdefault(name, {})[int(number)] = count
    return found


# --- texts ------------------------------------------------------------------------------------


def stories_before(connection: Connection, story_id: int | None, limit: int) -> list[Story]:
    """Stories with a text, newest first, older than `story_id`; None: from the newest on."""
    query = select(story).where(story.c.article.is_not(None))
    if story_id is not None:
        query = query.where(story.c.id < story_id)
    return _stories(connection, query.order_by(story.c.id.desc()).limit(limit))


def ids_before(connection: Connection, story_id: int) -> list[int]:
    """The ids of all stories with a text that are older than this one, newest first."""
    mine = (story.c.id < story_id) & story.c.article.is_not(None)
    return list(connection.scalars(select(story.c.id).where(mine).order_by(story.c.id.desc())))


def stories_numbered(connection: Connection, ids: Sequence[int]) -> list[Story]:
    """The stories with these ids, at most MOST_PARAMETERS, in no order."""
    return _stories(connection, select(story).where(story.c.id.in_(ids)))


def stories_changed(connection: Connection, after: datetime, limit: int) -> list[Story]:
    """Stories with a text that changed after a moment, the longest ago first."""
    mine = (story.c.updated > seconds(after)) & story.c.article.is_not(None)
    return _stories(connection, select(story).where(mine).order_by(story.c.updated).limit(limit))


def _stories(connection: Connection, query: Select[Any]) -> list[Story]:
    """The stories of a query, ready to be routed."""
    return with_also(connection, [story_of(row) for row in connection.execute(query)])
