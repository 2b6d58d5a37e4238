"""The state: sources, pages and stories in one database. The only SQL of feedbot.

`reading` and `saving` hold what is asked and what is written, `lease` who may poll what,
`hosts` what hosts asked of us, `sketch` how near duplicates are found, `schema` the tables.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from ..model import HostNote, Source
from . import hosts, lease, reading
from .copying import back_up, damages
from .engine import database_file, open_engine
from .faults import explained
from .lease import LEASE, Claim
from .reading import Change, KnownPage, SourceState, TopicState
from .saving import Saving
from .schema import topic
from .shelf import Shelf

__all__ = [
    "LEASE",
    "Change",
    "Claim",
    "KnownPage",
    "Saving",
    "Shelf",
    "SourceState",
    "Store",
    "TopicState",
    "back_up",
    "damages",
    "database_file",
    "reading",
]


class Store:
    """One database, at `url` in SQLAlchemy's form; shared by threads, opened where it is used.

    Whatever fails raises StoreError with the name of the database and what to do.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for the functions of `reading`: all of them see the same state."""
        with explained(self._engine), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def write(self, *, alone: bool = True) -> Iterator[Connection]:
        """A write transaction; kept only if nothing is raised inside.

        With `alone` nobody else writes alone meanwhile, so that what is read inside stays true.
        """
        with explained(self._engine):
            connection = self._engine.connect().execution_options(writes=True, alone=alone)
            with connection, connection.begin():
                yield connection

    @contextlib.contextmanager
    def save(self, now: datetime, *, expected: int = 1) -> Iterator[Saving]:
        """A write transaction in the words of a poll; see `Saving` for `expected`."""
        with self.write() as connection:
            yield Saving(connection, now, expected=expected)

    def know_sources(self, sources: Collection[Source]) -> None:
        """Takes the configured sources: makes room for new ones, rests those that are no more.

        A new name with a known listing is a source that was renamed: it goes on as it was.
        """
        with self.read() as connection:
            if lease.configured(connection) == lease.urls_of(sources):
                return
        with self.write() as connection:
            lease.know_sources(connection, sources)

    def claim(
        self,
        names: Collection[str] | None,
        now: datetime,
        *,
        limit: int | None = None,
        due_only: bool = True,
    ) -> list[Claim]:
        """Takes the right to poll up to `limit` sources, the longest due first, one of each host.

        `names` are those to choose from; None stands for all that are configured.
        """
        with self.read() as connection:
            if not lease.is_claimable(connection, now, among=names, due_only=due_only):
                return []
        with self.write() as connection:
            return lease.claim(connection, now, among=names, limit=limit, due_only=due_only)

    def replan(self, now: datetime) -> None:
        """To be called when the clock may have been set back; see `lease.replan`."""
        with self.write() as connection:
            lease.replan(connection, now)

    def renew(self, claims: Collection[Claim], now: datetime) -> None:
        """Keeps leases from running out."""
        with self.write() as connection:
            lease.renew(connection, claims, now)

    def release(self, held: Claim) -> None:
        """Gives a source back without having polled it."""
        with self.write() as connection:
            lease.release(connection, held)

    def postpone(self, held: Claim, now: datetime, until: datetime, error: str) -> None:
        """Gives a source back after a poll that broke, with the reason."""
        with self.write() as connection:
            lease.postpone(connection, held, now, until, error)

    def host(self, name: str) -> HostNote:
        """What a host asked of us."""
        with self.read() as connection:
            return hosts.note_of(connection, name)

    def pause_host(self, name: str, until: datetime) -> None:
        """Remembers how long a host wants to be left alone."""
        with self.write() as connection:
            hosts.pause(connection, name, until)

    def keep_robots(self, name: str, robots: bytes, now: datetime) -> None:
        """Remembers a host's robots.txt."""
        with self.write() as connection:
            hosts.keep_robots(connection, name, robots, now)

    def rules(self) -> dict[str, str]:
        """By which rules (a digest, by slug) the stored stories were routed."""
        with self.read() as connection:
            return {slug: rules for slug, rules in connection.execute(select(topic))}

    def save_rules(self, rules: Mapping[str, str]) -> None:
        """Remembers by which rules all stored stories are routed now."""
        with self.write() as connection:
            connection.execute(topic.delete())
            for slug, digest in sorted(rules.items()):
                connection.execute(topic.insert().values(slug=slug, rules=digest))
