"""What hosts asked of us, for every source on them and for every process."""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ..model import HostState
from .records import maybe_moment, seconds
from .schema import host

FORGOTTEN = timedelta(days=30)  # after its robots.txt was read last


def note_of(connection: Connection, name: str) -> HostState:
    """What is known of a host."""
    row = connection.execute(select(host).where(host.c.name == name)).first()
    if row is None:
        return HostState()
    return HostState(
        not_before=maybe_moment(row.not_before),
        robots=None if row.robots is None else zlib.decompress(row.robots),
        robots_at=maybe_moment(row.robots_at),
    )


def pause(connection: Connection, name: str, until: datetime) -> None:
    """Remembers how long a host wants to be left alone."""
    # Rounded up, lest the first request come within the last second of the pause.
    _put(connection, name, not_before=seconds(until) + 1)


def end_pause(connection: Connection, name: str) -> None:
    """Forgets that a host wants to be left alone."""
    connection.execute(update(host).where(host.c.name == name).values(not_before=None))


def keep_robots(connection: Connection, name: str, robots: bytes, now: datetime) -> None:
    """Remembers a host's robots.txt, and forgets hosts that are long out of use."""
    _put(connection, name, robots=zlib.compress(robots), robots_at=seconds(now))
    old = host.c.robots_at < seconds(now - FORGOTTEN)
    connection.execute(delete(host).where(old))


def _put(connection: Connection, name: str, **values: object) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = dialect.insert(host).values(name=name, **values)
    connection.execute(row.on_conflict_do_update(index_elements=[host.c.name], set_=values))
