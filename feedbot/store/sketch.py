"""Finds near duplicates by an index: each row is a hash of words, and a story that has it.

A hash that more than MOST_SHARING stories have comes from a template and is ignored. No more rows
of it are stored than show this, so a lookup reads a bounded number of rows.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, select

from .schema import sketch

MOST_SHARING = 64  # stories with the same hash; more means that it comes from a template
SHARED = 2  # hashes that a candidate must share; a single one is chance

# Built once: each article asks them.
_ROWS: BindParameter[int] = bindparam("rows", expanding=True)
_COMMON = (
    select(sketch.c.h)
    .where(sketch.c.h.in_(_ROWS))
    .group_by(sketch.c.h)
    .having(func.count() > MOST_SHARING)
)
_RARE = (
    select(sketch.c.h)
    .where(sketch.c.h.in_(_ROWS))
    .group_by(sketch.c.h)
    .having(func.count() <= MOST_SHARING)
)
_NEAR = (
    select(sketch.c.story)
    .where(sketch.c.h.in_(_RARE))
    .group_by(sketch.c.story)
    .having(func.count() >= SHARED)
    .order_by(func.count().desc(), sketch.c.story)
    .limit(bindparam("most"))
)


def add(connection: Connection, story_id: int, rows: Collection[int]) -> None:
    """Makes a story findable by its rows."""
    common = set(connection.scalars(_COMMON, {"rows": list(rows)}))
    kept = [{"h": h, "story": story_id} for h in sorted(set(rows) - common)]
    if kept:
        connection.execute(sketch.insert(), kept)


def remove(connection: Connection, story_id: int, rows: Collection[int]) -> None:
    """Deletes these rows of a story; there is no index by story, so they must be given."""
    connection.execute(delete(sketch).where(sketch.c.h.in_(rows), sketch.c.story == story_id))


def near_ids(connection: Connection, query: Collection[int], limit: int = 8) -> list[int]:
    """The stories that share most of these rows, the best first."""
    return list(connection.scalars(_NEAR, {"rows": list(query), "most": limit}))
