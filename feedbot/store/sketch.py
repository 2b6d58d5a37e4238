"""Near duplicates as rows of an index: a row is a hash of the words, and a story that has it.

A hash that more than COMMON stories have is the wording of a template and says nothing. No more
of its rows are kept than show that, so a look-up reads a bounded number of rows whatever is stored.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, func, select

from .schema import sketch

MOST_SHARING = 64  # stories that share a row; more, and it is the wording of a template
SHARED = 2  # rows that a candidate has in common; a single one is chance


def add(connection: Connection, story_id: int, rows: Collection[int]) -> None:
    """Makes a story findable by its rows."""
    counts = select(sketch.c.h).where(sketch.c.h.in_(rows)).group_by(sketch.c.h)
    common = set(connection.scalars(counts.having(func.count() > MOST_SHARING)))
    kept = [{"h": h, "story": story_id} for h in sorted(set(rows) - common)]
    if kept:
        connection.execute(sketch.insert(), kept)


def remove(connection: Connection, story_id: int, rows: Collection[int]) -> None:
    """Forgets the rows of a story; they have to be named, because there is no index by story."""
    connection.execute(delete(sketch).where(sketch.c.h.in_(rows), sketch.c.story == story_id))


def near_ids(connection: Connection, query: Collection[int], limit: int = 8) -> list[int]:
    """The stories that share most of these rows, best first."""
    mine = sketch.c.h.in_(query)
    rare = select(sketch.c.h).where(mine).group_by(sketch.c.h).having(func.count() <= MOST_SHARING)
    found = (
        select(sketch.c.story)
        .where(sketch.c.h.in_(rare))
        .group_by(sketch.c.story)
        .having(func.count() >= SHARED)
        .order_by(func.count().desc(), sketch.c.story)
        .limit(limit)
    )
    return list(connection.scalars(found))
