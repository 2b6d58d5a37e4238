"""Copies a whole database: every row of every table, counted and checksummed.

The search index is made anew, as the two kinds of database have different ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from ..errors import StoreError
from ..events import Progress, unwatched
from . import search
from .schema import metadata, story

ROWS = 500  # rows read and written at a time


def copy_store(source: Connection, target: Connection, progress: Progress = unwatched) -> int:
    """Copies all rows into an empty database; returns their number.

    Each connection must be one transaction. Raises StoreError before anything is written if the
    target is not empty, and at the end if the copy differs.
    """
    tables = metadata.sorted_tables
    full = [table.name for table in tables if _count(target, table)]
    if full:
        raise StoreError(f"the target database is not empty: it has rows in {', '.join(full)}")
    sizes = {table: _count(source, table) for table in tables}
    total, done = sum(sizes.values()), 0
    for table in tables:
        for rows in _batches(source, table):
            target.execute(table.insert(), [dict(row) for row in rows])
            done += len(rows)
            progress(done, 2 * total)  # comparing takes about as long again
    for table, size in sizes.items():
        if checksum(source, table) != checksum(target, table):
            raise StoreError(f"the copy of the table {table.name} differs from the original")
        done += size
        progress(done, 2 * total)
    search.fill(target)
    _continue_numbers(target)
    return total


def checksum(connection: Connection, table: Table) -> str:
    """A checksum of a table that does not depend on the kind of database."""
    digest = blake2b(digest_size=16)
    for rows in _batches(connection, table):
        for row in rows:
            digest.update(repr([_plain(value) for value in row.values()]).encode())
    return digest.hexdigest()


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, bytes | memoryview) else value


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _batches(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    ordered = select(table).order_by(*table.primary_key.columns)
    found = connection.execute(ordered, execution_options={"yield_per": ROWS})
    yield from found.mappings().partitions()


def _continue_numbers(connection: Connection) -> None:
    """Continues the numbering of stories after the last one; SQLite does this by itself."""
    if connection.dialect.name == "postgresql":
        last = select(func.max(story.c.id)).scalar_subquery()
        sequence = text("pg_get_serial_sequence('story', 'id')")
        connection.execute(select(func.setval(sequence, func.coalesce(last, 1), last.is_not(None))))
