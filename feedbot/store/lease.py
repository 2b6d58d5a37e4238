"""Leases: the right to poll a source, held by one process at a time and lost when it dies."""

from __future__ import annotations

import functools
import os
import socket
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, select, update

from .records import seconds
from .schema import source

# How long a silent owner keeps a source. An owner renews it all along; after kill -9 on the same
# machine nobody waits at all, because its process is seen to be gone.
LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A source that this process may poll, and the token that proves it."""

    source: str
    token: int


@functools.cache
def _identity(pid: int) -> str:
    # The start time tells a process from a later one with the same number.
    return f"{socket.gethostname()}:{pid}:{_started(pid)}"


def owner() -> str:
    """This process, in words that another one can check."""
    return _identity(os.getpid())


def _started(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "0"


def _is_gone(name: str) -> bool:
    """Whether the owner was a process of this machine that runs no more."""
    host, _, process = name.partition(":")
    pid, _, started = process.partition(":")
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return _started(int(pid)) != started


def claim(
    connection: Connection,
    now: datetime,
    *,
    among: Collection[str],
    limit: int | None = None,
    due_only: bool = True,
) -> list[Claim]:
    """Leases up to `limit` free sources, the longest due first."""
    at = seconds(now)
    _release_gone(connection, at)
    free = (
        select(source.c.name)
        .where(source.c.name.in_(among), source.c.lease_until <= at)
        .order_by(source.c.next_poll, source.c.name)
        .with_for_update(skip_locked=True)
    )
    if due_only:
        free = free.where(source.c.next_poll <= at)
    if limit is not None:
        free = free.limit(limit)
    names = list(connection.scalars(free))
    rows = connection.execute(
        update(source)
        .where(source.c.name.in_(names))
        .values(
            lease_until=at + int(LEASE.total_seconds()),
            lease_owner=owner(),
            lease_token=source.c.lease_token + 1,
        )
        .returning(source.c.name, source.c.lease_token)
    )
    tokens = {name: token for name, token in rows}
    return [Claim(source=name, token=tokens[name]) for name in names]


def _release_gone(connection: Connection, at: int) -> None:
    owners = connection.scalars(
        select(source.c.lease_owner).where(source.c.lease_until > at).distinct()
    )
    for name in [name for name in owners if _is_gone(name)]:
        connection.execute(update(source).where(source.c.lease_owner == name).values(lease_until=0))


def is_due(connection: Connection, now: datetime) -> bool:
    """Whether there is a source to claim."""
    at = seconds(now)
    query = select(source.c.name).where(source.c.next_poll <= at, source.c.lease_until <= at)
    return connection.execute(query.limit(1)).first() is not None


def renew(connection: Connection, claims: Collection[Claim], now: datetime) -> None:
    """Moves the end of the leases that are still held."""
    for held in claims:
        connection.execute(
            update(source)
            .where(source.c.name == held.source, source.c.lease_token == held.token)
            .values(lease_until=seconds(now + LEASE))
        )


def release(connection: Connection, held: Claim) -> bool:
    """Gives a source back; False if the lease was no longer held."""
    done = connection.execute(
        update(source)
        .where(source.c.name == held.source, source.c.lease_token == held.token)
        .values(lease_until=0, lease_owner="")
    )
    return done.rowcount == 1


def postpone(connection: Connection, held: Claim, until: datetime, error: str) -> None:
    """Gives a source back after a poll that broke."""
    connection.execute(
        update(source)
        .where(source.c.name == held.source, source.c.lease_token == held.token)
        .values(
            lease_until=0,
            lease_owner="",
            next_poll=seconds(until),
            next_why="the last poll broke",
            failures=source.c.failures + 1,
            last_error=error,
        )
    )
