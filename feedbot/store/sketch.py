"""Near duplicates as rows of an index: a row is a hash of the words, and a story that has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from .schema import sketch

COMMON = 64  # stories that share a row; more, and it is the wording of a template


def add(connection: Connection, story_id: int, rows: Sequence[int]) -> None:
    """Makes a story findable by its rows."""
    if rows:
        connection.execute(
            sketch.insert(), [{"h": h, "story": story_id} for h in sorted(set(rows))]
        )


def remove(connection: Connection, story_id: int) -> None:
    """Forgets the rows of a story."""
    connection.execute(delete(sketch).where(sketch.c.story == story_id))


def near(connection: Connection, query: Sequence[int], limit: int = 8) -> list[int]:
    """The stories that share most of these rows, best first."""
    shared: Counter[int] = Counter()
    for h in query:
        ids = list(
            connection.scalars(select(sketch.c.story).where(sketch.c.h == h).limit(COMMON + 1))
        )
        if len(ids) <= COMMON:
            shared.update(ids)
    return [story for story, _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))][
        :limit
    ]
