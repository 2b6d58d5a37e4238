"""What hosts asked for; it applies to every source on a host and to every process."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select, update

from ..model import HostState
from .records import maybe_moment, seconds
from .schema import host, insert_into, listing

FORGOTTEN = timedelta(days=30)  # after the last reading of robots.txt, a host is deleted

_NOTE = select(host).where(host.c.name == bindparam("name"))  # every visit asks it


def note_of(connection: Connection, name: str) -> HostState:
    """What is stored about a host."""
    row = connection.execute(_NOTE, {"name": name}).first()
    if row is None:
        return HostState()
    return HostState(
        not_before=maybe_moment(row.not_before),
        robots=None if row.robots is None else zlib.decompress(row.robots),
        robots_at=maybe_moment(row.robots_at),
    )


def pause(connection: Connection, name: str, until: datetime) -> None:
    """Stores until when a host wants no requests."""
    # Rounded up, so that no request comes within the last second of the pause.
    _put(connection, name, not_before=seconds(until) + 1)


def end_pause(connection: Connection, name: str) -> None:
    """Deletes the pause of a host."""
    connection.execute(update(host).where(host.c.name == name).values(not_before=None))


def insist(connection: Connection, urls: Collection[str]) -> None:
    """Forgets that these listings asked for a pause, or said that they are gone for good."""
    mine = update(listing).where(listing.c.url.in_(urls))
    connection.execute(mine.values(gone=None, not_before=None))


def keep_robots(connection: Connection, name: str, robots: bytes, now: datetime) -> None:
    """Stores a host's robots.txt, and deletes hosts that have not been used for long."""
    _put(connection, name, robots=zlib.compress(robots), robots_at=seconds(now))
    old = host.c.robots_at < seconds(now - FORGOTTEN)
    connection.execute(delete(host).where(old))


def _put(connection: Connection, name: str, **values: object) -> None:
    row = insert_into(connection.dialect.name, host).values(name=name, **values)
    connection.execute(row.on_conflict_do_update(index_elements=[host.c.name], set_=values))
