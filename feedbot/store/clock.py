"""Detects a wrong clock, and corrects what it left behind.

    before EARLIEST_CLOCK   certainly wrong: nothing is polled
    slow (behind)           stored articles have dates after it, and so do most of their pages: new
                            stories are dated after the newest stored one
    fast (ahead)            noticed once it is right again: stored dates after it are corrected

No stored date stays ahead of the clock for longer than the clock was wrong.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, bindparam, case, delete, func, or_, select, update

from .feed_queries import touch
from .records import maybe_moment, seconds
from .schema import alert, listing, page, source, story, story_topic

EARLIEST_CLOCK = datetime(
    2026, 1, 1, tzinfo=UTC
)  # a clock that is right shows later: feedbot is younger
CLOCK_ERROR = timedelta(minutes=5)  # how much two clocks may differ
FAR_AHEAD = timedelta(days=30)  # longer than any page waits for its next fetch
SET = "set it (timedatectl set-ntp true)"
Moment = Literal["updated", "first_seen"]
DECLARED = ("json-ld", "meta")  # dates that do not depend on this clock

_LAST_POLLED = select(func.max(source.c.last_polled))
_LAST_SEEN = select(func.max(story.c.first_seen)).where(  # few, and read from an index
    story.c.updated > bindparam("limit")
)


def is_ahead(connection: Connection, now: datetime) -> bool:
    """Whether something was stored while the clock was ahead of what it is now.

    `updated` alone does not tell: each change has a second of its own, so these run ahead of any
    clock while stories come faster than that, as on a first day with many sources.
    """
    limit = seconds(now + CLOCK_ERROR)
    seen = connection.scalar(_LAST_SEEN, {"limit": limit}) or 0
    polled = connection.scalar(_LAST_POLLED) or 0
    return max(seen, polled) > limit


def is_behind(connection: Connection, now: datetime) -> bool:
    """Whether this clock is slow: most stories dated after it were also published after it."""
    limit = seconds(now + CLOCK_ERROR)
    later = func.sum(case((story.c.published > limit, 1), else_=0))
    declared = story.c.published_from.in_(DECLARED) & (story.c.updated > limit)
    count, published = connection.execute(select(func.count(), later).where(declared)).one()
    return bool(2 * (published or 0) > count)


def ahead(connection: Connection, now: datetime, moment: Moment) -> tuple[int, datetime | None]:
    """How many stories have this moment ahead of the clock, and the latest of these moments."""
    column = story.c[moment]
    query = select(func.count(), func.max(column)).where(column > seconds(now + CLOCK_ERROR))
    count, last = connection.execute(query).one()
    return count, maybe_moment(last)


def mend(connection: Connection, now: datetime) -> int:
    """Corrects what was stored while the clock was fast; returns the number of stories.

    `first_seen` of a story stays as stored, so that `doctor` can say what happened.
    """
    at, limit = seconds(now), seconds(now + CLOCK_ERROR)
    wrong = select(story.c.id).where(story.c.updated > limit).order_by(story.c.updated)
    ids = list(connection.scalars(wrong))
    newest = select(func.max(story.c.updated)).where(story.c.updated <= limit)
    first = max(connection.scalar(newest) or 0, at - len(ids)) + 1
    for updated, key in enumerate(ids, start=first):  # `updated` is unique: move the earliest first
        _date(connection, key, updated)
    _clip(connection, at, limit)
    return len(ids)


def _date(connection: Connection, key: int, updated: int) -> None:
    published = case((story.c.published > updated, updated), else_=story.c.published)
    dates = {"updated": updated, "published": published}
    connection.execute(update(story).where(story.c.id == key).values(dates))
    mine = story_topic.c.story == key
    touch(connection, list(connection.scalars(select(story_topic.c.topic).where(mine))))
    connection.execute(update(story_topic).where(mine).values(updated=updated))


def _clip(connection: Connection, at: int, limit: int) -> None:
    """Corrects other moments that would otherwise wait until the clock reaches them."""
    far = at + int(FAR_AHEAD.total_seconds())
    wrong = or_(page.c.first_seen > limit, page.c.fetched > limit, page.c.next_fetch > far)
    again = update(page).where(wrong, page.c.next_fetch.is_not(None))
    connection.execute(again.values(next_fetch=at))
    undated = update(page).where(page.c.published > limit)
    connection.execute(undated.values(published=None, published_from=None))
    for table, *names in (
        (page, "first_seen", "fetched"),
        (listing, "asked", "gone"),
        (source, "first_polled", "last_polled"),
    ):
        for name in names:
            late = update(table).where(table.c[name] > limit)
            connection.execute(late.values({name: at}))
    connection.execute(delete(alert).where(alert.c.at > limit))
