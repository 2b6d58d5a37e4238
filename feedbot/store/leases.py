"""Due sources, and their leases: only the process with the lease may poll a source.

A lease ends when its process dies. While a source is leased, no other source on its host is. With
several processes, the queue holds the leases of sources that wait for a worker.
"""

from __future__ import annotations

import functools
import os
import socket
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Update,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)

from ..model import Source
from ..web.urls import server_of
from . import anew, owners
from .engine import is_current
from .records import maybe_moment, seconds
from .schema import alert, site, source

# How long an owner keeps a source without renewing the lease, so that another process polls it
# within a minute. On the same machine, a dead process (kill -9) is noticed at once.
LEASE = timedelta(seconds=45)
QUEUED = "queue"  # the owner of a source that was handed out, until a worker acquires it


class Claim(NamedTuple):
    """A lease: the source that this process may poll, and the token that proves it."""

    source: str
    token: int


@functools.cache
def _identity(pid: int) -> str:
    # The start time distinguishes a process from a later one with the same number.
    return f"{machine()}:{pid}:{_started(pid)}"


def machine() -> str:
    """The name of this machine, which begins the identity of its processes."""
    return socket.gethostname()


def owner() -> str:
    """The identity of this process, host:pid:start, which other processes can check."""
    return _identity(os.getpid())


def _started(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "0"


def is_gone(name: str) -> bool:
    """Whether the owner was a process on this machine that no longer runs."""
    if name == owner():
        return False
    host, _, process = name.partition(":")
    pid, _, started = process.partition(":")
    if host != machine() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return _started(int(pid)) != started


# --- which sources there are ------------------------------------------------------------------


class Configured(NamedTuple):
    """A source as it is configured: its listings, one per line, and how they are read."""

    urls: str
    settings: str


def configured_as(one: Source) -> Configured:
    """The same of a source; `settings` is a digest of those that reading depends on."""
    read = (one.language, one.timezone, one.select, one.json, one.wordpress, one.polling.render)
    return Configured("\n".join(one.urls), blake2b(repr(read).encode(), digest_size=8).hexdigest())


def configured(connection: Connection) -> dict[str, Configured]:
    """The active sources, by name."""
    query = select(source.c.name, source.c.urls, source.c.settings)
    rows = connection.execute(query.where(source.c.host.is_not(None)))
    return {name: Configured(urls, settings) for name, urls, settings in rows}


def know_sources(connection: Connection, sources: Collection[Source]) -> None:
    """Adds new sources, renames renamed ones, and deactivates those no longer configured.

    Of these, a source that has one of their listings now takes over what they gave. What is read
    otherwise from now on is read anew.
    """
    _add_sources(connection, sources)
    before = configured(connection)
    for one in sources:
        if before.pop(one.name, None) != configured_as(one):
            _configure(connection, one)
    if before:
        anew.read_listings(connection)  # some of their articles may be on those of others
    for name, dropped in sorted(before.items()):
        _move(connection, name, host=None)
        if heir := _with_one_of(dropped.urls.split("\n"), sources):
            owners.hand_over(connection, name, heir)


def _configure(connection: Connection, one: Source) -> None:
    """Stores how a source is configured, which is new or has changed."""
    now = configured_as(one)
    query = select(source.c.settings).where(source.c.name == one.name)
    if connection.scalar(query) not in ("", now.settings):
        anew.read_pages(connection, one.name)
    anew.read_listings(connection, one.urls)
    _move(connection, one.name, host=server_of(one.urls[0]), **now._asdict())


def _add_sources(connection: Connection, sources: Collection[Source]) -> None:
    """Makes room for new sources; one with a listing of an earlier source is that one, renamed."""
    rows = connection.execute(select(source.c.name, source.c.urls))
    known = {name: urls for name, urls in rows}
    names = {one.name for one in sources}
    left = {name: urls for name, urls in known.items() if name not in names}
    for one in sources:
        if one.name in known:
            continue
        if earlier := _earlier_name(one, left):
            _rename(connection, earlier, one.name)
            del left[earlier]
        else:
            connection.execute(source.insert().values(name=one.name))


def _earlier_name(one: Source, left: Mapping[str, str]) -> str | None:
    """Which of the sources that are configured no more has the first of its listings."""
    listed = {url: name for name, urls in left.items() for url in urls.split("\n")}
    return next((listed[url] for url in one.urls if url in listed), None)


def _with_one_of(urls: Collection[str], sources: Collection[Source]) -> str | None:
    """The first source that has one of these listings; None if none has."""
    return next((one.name for one in sources if not set(urls).isdisjoint(one.urls)), None)


def _move(connection: Connection, name: str, **place: str | None) -> None:
    """Changes a source's URLs or host; takes it back from the queue, which had the old host."""
    mine = source.c.name == name
    connection.execute(update(source).where(mine, WAITS).values(FREE))
    connection.execute(update(source).where(mine).values(place))


def _rename(connection: Connection, earlier: str, name: str) -> None:
    connection.execute(update(source).where(source.c.name == earlier).values(name=name))
    owners.hand_over(connection, earlier, name)
    for table in (site, alert):
        connection.execute(update(table).where(table.c.source == earlier).values(source=name))


# --- who polls what ---------------------------------------------------------------------------


def claim(
    connection: Connection,
    now: datetime,
    *,
    among: Collection[str] | None = None,
    running: Collection[str] = (),
    limit: int | None = None,
    due_only: bool = True,
) -> list[Claim]:
    """Leases up to `limit` sources, the longest due, one per host; returns them in any order.

    `running` are those that this process polls already. Neither they nor others on their hosts are
    leased, even if a lease has expired.

    A claimed source is due again when its lease ends, so a page that kills the process is not
    fetched again at once. A claim by name takes precedence over waiting jobs.
    """
    at = seconds(now)
    release_gone(connection, at)
    _take_back(connection, at, among)
    values = _lease(at, owner())
    values |= _choice(among, running) | ({"most": limit} if limit is not None else {})
    taking = _taking(
        among=among is not None, running=bool(running), limited=limit is not None, due_only=due_only
    )
    return [Claim(source=name, token=token) for name, token in connection.execute(taking, values)]


def enqueue(
    connection: Connection, now: datetime, most: int, running: Collection[str] = ()
) -> list[str]:
    """Leases due sources to the queue, so that up to `most` wait there; returns all that do.

    `running` as in `claim`. The leases of the queue expire when nobody calls this any more.
    """
    at = seconds(now)
    values = _lease(at, QUEUED)
    release_gone(connection, at)
    still = source.c.lease_until.between(at + 1, at + int(LEASE.total_seconds()) // 2)
    connection.execute(update(source).where(WAITS, still).values(lease_until=END), values)
    _take_back(connection, at)
    waiting = select(source.c.name).where(WAITS).order_by(source.c.next_poll, source.c.name)
    names = list(connection.scalars(waiting))
    if len(names) >= most:
        return names
    free = _free(among=False, running=bool(running), due_only=True)
    more = _leasing(free.limit(most - len(names)))
    connection.execute(more.values(LEASED), values | _choice(None, running))
    return list(connection.scalars(waiting))


def _take_back(connection: Connection, at: int, among: Collection[str] | None = None) -> None:
    """Frees expired leases of the queue, and its sources on the same hosts as those in `among`."""
    ended = source.c.lease_until <= at
    if among is not None:
        theirs = select(source.c.host).where(source.c.name.in_(among))
        ended = or_(ended, source.c.host.in_(theirs))
    connection.execute(update(source).where(WAITS, ended).values(FREE))


def acquire(connection: Connection, name: str, now: datetime) -> Claim | None:
    """Takes over the lease of a source from the queue; None if the queue no longer has it.

    It is a single statement, which also checks that no other version of feedbot has changed the
    database.
    """
    token = connection.scalar(_beginning(), _lease(seconds(now), owner()) | {"source": name})
    return None if token is None else Claim(source=name, token=token)


def _choice(among: Collection[str] | None, running: Collection[str]) -> dict[str, Any]:
    """The parameters of `_free`, except the time."""
    names = {} if among is None else {"names": list(among)}
    return names | ({"running": list(running)} if running else {})


def _lease(at: int, holder: str) -> dict[str, Any]:
    return {"at": at, "end": at + int(LEASE.total_seconds()), "owner": holder}


AT: BindParameter[int] = bindparam("at", type_=BigInteger)
END: BindParameter[int] = bindparam("end", type_=BigInteger)
FREE = {"lease_until": 0, "lease_owner": ""}
LEASED = {
    "lease_until": END,
    "lease_owner": bindparam("owner"),
    "lease_token": source.c.lease_token + 1,
    "takeovers": source.c.takeovers + case((source.c.lease_owner.in_(["", QUEUED]), 0), else_=1),
}
BEGUN = {"next_poll": END, "planned": AT}
WAITS = and_(source.c.lease_owner == QUEUED, source.c.lease_until > 0)  # by an index


@functools.cache  # building the statement takes longer than running it
def _taking(*, among: bool, running: bool, limited: bool, due_only: bool) -> Any:
    chosen = _free(among=among, running=running, due_only=due_only)
    if limited:
        chosen = chosen.limit(bindparam("most", type_=Integer))
    taken = (source.c.name, source.c.lease_token)
    return _leasing(chosen).values(LEASED | BEGUN).returning(*taken)


@functools.cache
def _beginning() -> Any:
    mine = and_(source.c.name == bindparam("source"), WAITS, is_current())
    return update(source).where(mine).values(LEASED | BEGUN).returning(source.c.lease_token)


def _leasing(chosen: Select[tuple[str]]) -> Update:
    free = (
        select(source.c.name)
        .where(source.c.name.in_(chosen), source.c.lease_until <= AT)
        .with_for_update(skip_locked=True)
    )
    return update(source).where(source.c.name.in_(free))


@functools.cache
def _free(*, among: bool, running: bool, due_only: bool) -> Select[tuple[str]]:
    """The sources that may be claimed: the longest due of each host that is not being visited.

    Parameters: the time `at`; `names` if `among`; and the names that are `running`, if any.
    """
    other = source.alias("other")
    busy = select(other.c.host).where(other.c.lease_until > AT, other.c.host.is_not(None))
    order = (source.c.next_poll, source.c.name)
    ranked = select(
        *order, func.row_number().over(partition_by=source.c.host, order_by=order).label("turn")
    ).where(source.c.host.is_not(None), source.c.host.not_in(busy), source.c.lease_until <= AT)
    if among:
        ranked = ranked.where(source.c.name.in_(bindparam("names", expanding=True)))
    if running:
        mine = other.c.name.in_(bindparam("running", expanding=True))
        visited = select(other.c.host).where(mine, other.c.host.is_not(None))
        ranked = ranked.where(source.c.host.not_in(visited))
    if due_only:
        ranked = ranked.where(source.c.next_poll <= AT)
    free = ranked.subquery("free")
    return select(free.c.name).where(free.c.turn == 1).order_by(free.c.next_poll, free.c.name)


def release_gone(connection: Connection, at: int) -> None:
    """Frees the leases of dead processes on this machine."""
    held = select(source.c.lease_owner).where(source.c.lease_until > at).distinct()
    for name in connection.scalars(held).all():
        if is_gone(name):
            mine = source.c.lease_owner == name
            connection.execute(update(source).where(mine).values(lease_until=0))


def is_claimable(
    connection: Connection,
    now: datetime,
    *,
    among: Collection[str] | None,
    running: Collection[str] = (),
    due_only: bool,
) -> bool:
    """Whether there is something to claim; much cheaper than `claim`."""
    values: dict[str, Any] = {"at": seconds(now)} | _choice(among, running)
    asked = _claimable(among=among is not None, running=bool(running), due_only=due_only)
    rows = connection.execute(asked, values).all()  # all that a beat asks where nothing is due
    return any(
        kind == "free" or is_gone(name) or (name == QUEUED and among is not None)
        for kind, name in rows
    )


@functools.cache
def _claimable(*, among: bool, running: bool, due_only: bool) -> Any:
    free = _free(among=among, running=running, due_only=due_only).limit(1).subquery()
    held = select(literal("held"), source.c.lease_owner).distinct()
    return union_all(select(literal("free"), free.c.name), held.where(source.c.lease_until > AT))


_NEXT_DUE = select(func.min(source.c.next_poll)).where(source.c.host.is_not(None))


def next_due(connection: Connection) -> datetime | None:
    """The earliest moment planned for a source, leased or not; None if there is none."""
    return maybe_moment(connection.scalar(_NEXT_DUE))


def shift_schedule(connection: Connection, now: datetime) -> None:
    """Corrects plans after the clock was set back: those made in what is now the future.

    From now on, every source waits as long as was planned: not longer, and not all at once.
    """
    at, longest = seconds(now), int(LEASE.total_seconds())
    connection.execute(
        update(source)
        .where(source.c.planned > at + longest)
        .values(next_poll=source.c.next_poll - source.c.planned + at, planned=at)
    )
    connection.execute(
        update(source).where(source.c.lease_until > at + longest).values(lease_until=at + longest)
    )


def hasten(connection: Connection, name: str, now: datetime) -> None:
    """Makes a source due now, unless it is being polled."""
    release_gone(connection, seconds(now))
    values = {"next_poll": seconds(now), "planned": seconds(now), "next_why": "you asked for it"}
    mine = and_(source.c.name == name, source.c.lease_until <= seconds(now))
    connection.execute(update(source).where(mine).values(values))


def renew(connection: Connection, claims: Collection[Claim], now: datetime) -> None:
    """Moves the end of the leases that are still held."""
    for claim in claims:
        connection.execute(
            update(source)
            .where(
                holds(claim),
                source.c.lease_owner != "",  # else it has just ended and given the source back
            )
            .values(lease_until=seconds(now + LEASE))
        )


def holds(claim: Claim) -> ColumnElement[bool]:
    """Whether a source is still leased as it was claimed."""
    return and_(source.c.name == claim.source, source.c.lease_token == claim.token)


HELD = and_(  # the same, of parameters
    source.c.name == bindparam("claimed"), source.c.lease_token == bindparam("held")
)


def release(connection: Connection, claim: Claim) -> None:
    """Gives a source back, if the lease is still held."""
    connection.execute(update(source).where(holds(claim)).values(FREE))


def postpone(
    connection: Connection, claim: Claim, now: datetime, until: datetime, error: str
) -> None:
    """Ends a lease after a poll that broke; the source is next due at `until`."""
    connection.execute(
        update(source)
        .where(holds(claim))
        .values(
            **FREE,
            next_poll=seconds(until),
            planned=seconds(now),
            next_why="the last poll broke",
            failures=source.c.failures + 1,
            last_error=error,
        )
    )
