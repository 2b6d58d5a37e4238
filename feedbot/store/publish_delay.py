"""Why processes cannot publish; recorded in the store, so that `feedbot status` can show it.

The first process that publishes deletes the records. That of a process that keeps trying is not
shown once it is dead; that of a command, which tries once, stands until somebody publishes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from .feed_queries import FeedQueries
from .leases import is_gone, machine, owner
from .records import moment, seconds
from .schema import published

PLACE = "publishing"  # in the table `published`; no output has this name


class Unpublished(NamedTuple):
    """Who cannot publish: since when, and why."""

    process: str  # host:pid:start, as in a lease; the host alone for commands run on it
    since: datetime
    problem: str


def record(queries: FeedQueries, since: datetime, problem: str) -> None:
    """Notes what keeps this process from publishing, in place of what it noted before."""
    _note(queries, owner(), since, problem)


def record_for_command(queries: FeedQueries, problem: str) -> None:
    """Notes that a command could not publish, since the first one on this machine that could not.

    It outlives the process: with `feedbot poll` in cron, none lives for long.
    """
    before = queries.notes(PLACE).get(machine())
    now = datetime.now(UTC)
    since = moment(json.loads(before)["since"]) if before else now
    _note(queries, machine(), min(since, now), problem)


def _note(queries: FeedQueries, name: str, since: datetime, problem: str) -> None:
    text = json.dumps({"since": seconds(since), "problem": problem}, ensure_ascii=False)
    queries.note(PLACE, {name: text})


def clear(queries: FeedQueries) -> None:
    """Drops every note: somebody has published."""
    if noted := queries.notes(PLACE):
        queries.forget(PLACE, noted)


def unpublished(connection: Connection) -> Sequence[Unpublished]:
    """The processes that cannot publish, the longest waiting first."""
    query = select(published.c.slug, published.c.note).where(published.c.place == PLACE)
    found = [
        Unpublished(process=process, since=moment(stored["since"]), problem=stored["problem"])
        for process, text in connection.execute(query)
        if not is_gone(process)
        for stored in [json.loads(text)]
    ]
    return sorted(found, key=lambda delay: (delay.since, delay.process))
