"""What keeps processes from publishing, noted for `feedbot status` in whichever process that runs.

Dropped by the first process that publishes; what a dead process of this machine noted is not shown.
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

PLACE = "publishing"  # among the notes of publishing; no output is called so


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpublished:
    """A process that cannot publish: since when, and why."""

    process: str  # host:number:start, as in a lease
    since: datetime
    problem: str


def note(kept: FeedQueries, since: datetime, problem: str) -> None:
    """Notes what keeps this process from publishing, in place of what it noted before."""
    text = json.dumps({"since": seconds(since), "problem": problem}, ensure_ascii=False)
    kept.note(PLACE, {owner(): text})


def clear(kept: FeedQueries) -> None:
    """Drops every note: somebody has published."""
    if noted := kept.notes(PLACE):
        kept.forget(PLACE, noted)


def unpublished(connection: Connection) -> Sequence[Unpublished]:
    """The processes that cannot publish, the one that has waited longest first."""
    query = select(published.c.slug, published.c.note).where(published.c.place == PLACE)
    found = [
        Unpublished(process=process, since=moment(said["since"]), problem=said["problem"])
        for process, text in connection.execute(query)
        if not is_gone(process)
        for said in [json.loads(text)]
    ]
    return sorted(found, key=lambda one: (one.since, one.process))
