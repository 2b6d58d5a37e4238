"""Why processes cannot publish; recorded in the store, so that `feedbot status` can show it.

The first process that publishes deletes the records. Those of dead processes on this machine are
not shown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from .feed_queries import FeedQueries
from .leases import is_gone, owner
from .records import moment, seconds
from .schema import published

PLACE = "publishing"  # in the table `published`; no output has this name


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpublished:
    """A process that cannot publish: since when, and why."""

    process: str  # host:pid:start, as in a lease
    since: datetime
    problem: str


def note(kept: FeedQueries, since: datetime, problem: str) -> None:
    """Records why this process cannot publish; replaces its earlier record."""
    text = json.dumps({"since": seconds(since), "problem": problem}, ensure_ascii=False)
    kept.note(PLACE, {owner(): text})


def clear(kept: FeedQueries) -> None:
    """Deletes all records, after a process has published."""
    if noted := kept.notes(PLACE):
        kept.forget(PLACE, noted)


def unpublished(connection: Connection) -> Sequence[Unpublished]:
    """The processes that cannot publish, the longest waiting first."""
    query = select(published.c.slug, published.c.note).where(published.c.place == PLACE)
    found = [
        Unpublished(process=process, since=moment(said["since"]), problem=said["problem"])
        for process, text in connection.execute(query)
        if not is_gone(process)
        for said in [json.loads(text)]
    ]
    return sorted(found, key=lambda one: (one.since, one.process))
