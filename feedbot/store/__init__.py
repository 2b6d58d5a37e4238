"""The state: sources, pages and stories in one database. The only SQL in feedbot.

`queries` and `transaction` hold what is read and what is written, `leases` who may poll what,
`owners` whose an article is, `anew` what is read once more, `hosts` what hosts asked of us, `clock`
what a wrong clock did, `sketch` how near duplicates are found, `search` the index of words,
`schema` the tables.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, inspect, select

from ..events import Progress, unwatched
from ..model import HostState, Source
from . import alerts, clock, hosts, leases, owners, publish_delay, queries, search
from .backup import back_up, damages
from .copying import copy_store
from .engine import check_version, close_returned, database_file, open_engine
from .error_translation import database_name, translate_errors
from .fair_lock import fair_lock_of
from .feed_queries import FeedQueries
from .files import private
from .leases import LEASE, Claim
from .locks import LeaderLock, Wait, publish_lock
from .queries import KnownPage, SourceState, StoredRevision, TopicState
from .schema import source, topic
from .transaction import Transaction

__all__ = [
    "LEASE",
    "Claim",
    "FeedQueries",
    "KnownPage",
    "LeaderLock",
    "SourceState",
    "Store",
    "StoredRevision",
    "TopicState",
    "Transaction",
    "Wait",
    "alerts",
    "back_up",
    "clock",
    "damages",
    "database_file",
    "owners",
    "private",
    "publish_delay",
    "queries",
    "search",
]


class Store:
    """One database, at `url` in SQLAlchemy's form. Threads may share it.

    Every failure raises StoreError with the name of the database and advice.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        self._turns = fair_lock_of(self._engine)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes every connection; one that a thread still uses, when that gives it back."""
        close_returned(self._engine)
        self._engine.dispose()

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for the functions of `queries`: all of them see the same state."""
        level = {"isolation_level": "REPEATABLE READ"} if self._is_shared else {}
        with (
            translate_errors(self._engine),
            self._engine.connect().execution_options(**level) as connection,
        ):
            yield connection

    @property
    def _is_shared(self) -> bool:
        """Whether other machines may use this database too."""
        return self._engine.dialect.name == "postgresql"

    @contextlib.contextmanager
    def write(self, *, alone: str | None = "stories", urgent: bool = False) -> Iterator[Connection]:
        """A write transaction; rolled back if anything is raised inside.

        Transactions with the same name in `alone` run one at a time, so what is read inside stays
        true until the end: one name for decisions on stories, another for leases. Where threads of
        this process take turns, `urgent` ones come first.
        """
        with self._turn(urgent=urgent), translate_errors(self._engine):
            connection = self._engine.connect().execution_options(writes=True, alone=alone)
            with connection, connection.begin():
                check_version(connection)
                yield connection

    def _turn(self, *, urgent: bool) -> contextlib.AbstractContextManager[None]:
        if self._turns is None:
            return contextlib.nullcontext()
        return self._turns.turn(database_name(self._engine), urgent=urgent)

    @contextlib.contextmanager
    def save(
        self, now: datetime, *, expected: int = 1, alone: bool = True
    ) -> Iterator[Transaction]:
        """A write transaction with the operations of a poll; see `Transaction` for `expected`.

        A poll that does not decide on any article need not be `alone`.
        """
        with self.write(alone="stories" if alone else None) as connection:
            yield Transaction(connection, now, expected=expected)

    def know_sources(self, sources: Collection[Source]) -> None:
        """Adds newly configured sources, and deactivates those no longer configured.

        A new name with a known listing is a renamed source, which keeps its state. A source that is
        to be read otherwise than before is read anew.
        """
        with self.read() as connection:
            if leases.configured(connection) == {
                one.name: leases.configured_as(one) for one in sources
            }:
                return
        with self.write(alone="leases", urgent=True) as connection:
            leases.know_sources(connection, sources)

    def claim(
        self,
        names: Collection[str] | None,
        now: datetime,
        *,
        running: Collection[str] = (),
        limit: int | None = None,
        due_only: bool = True,
    ) -> list[Claim]:
        """Leases up to `limit` sources, the longest due first, one per host.

        `names` are those to choose from; None: all that are configured. Sources that this process
        is already `running`, and others on their hosts, are not leased.
        """
        with self.read() as connection:
            if not leases.is_claimable(
                connection, now, among=names, running=running, due_only=due_only
            ):
                return []
        with self.write(alone="leases", urgent=True) as connection:
            return leases.claim(
                connection, now, among=names, running=running, limit=limit, due_only=due_only
            )

    def next_due(self) -> datetime | None:
        """The earliest moment planned for a source, leased or not; None if there is none."""
        with self.read() as connection:
            return leases.next_due(connection)

    def enqueue(self, now: datetime, most: int, running: Collection[str] = ()) -> list[str]:
        """Leases due sources to the queue, so that up to `most` wait there for a worker.

        Returns all that wait for `acquire`, the longest due first. Must be called every few
        seconds, since the leases of the queue expire.
        """
        with self.write(alone="leases") as connection:
            return leases.enqueue(connection, now, most, running)

    def acquire(self, name: str, now: datetime) -> Claim | None:
        """Takes over the lease of a source from the queue; None if the queue no longer has it."""
        with self._statement() as connection:
            return leases.acquire(connection, name, now)

    @contextlib.contextmanager
    def _statement(self) -> Iterator[Connection]:
        """A connection for a single statement.

        On a server it needs no transaction, which would cost more than the statement.
        """
        if not self._is_shared:
            with self.write(alone=None) as connection:
                yield connection
            return
        with translate_errors(self._engine), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    def shift_schedule(self, now: datetime) -> None:
        """To be called when the clock may have been set back; see `leases.shift_schedule`."""
        with self.write(alone="leases") as connection:
            leases.shift_schedule(connection, now)

    def mend_dates(self, now: datetime) -> int:
        """Corrects dates that were stored while the clock was fast; returns the number of stories.

        Does nothing while this clock itself is wrong.
        """
        with self.read() as connection:
            if not clock.is_ahead(connection, now) or clock.is_behind(connection, now):
                return 0
        with self.write() as connection:
            return clock.mend(connection, now)

    def renew(self, claims: Collection[Claim], now: datetime) -> None:
        """Extends leases."""
        with self.write(alone=None, urgent=True) as connection:
            leases.renew(connection, claims, now)

    def hasten(self, name: str, now: datetime) -> None:
        """Makes a source due now, whoever polls it; does nothing while it is being polled."""
        with self.write(alone=None, urgent=True) as connection:
            leases.hasten(connection, name, now)

    def release(self, claim: Claim) -> None:
        """Gives a source back without having polled it."""
        with self.write(alone=None, urgent=True) as connection:
            leases.release(connection, claim)

    def postpone(self, claim: Claim, now: datetime, until: datetime, error: str) -> None:
        """Gives a source back after a poll that broke, with the reason."""
        with self.write(alone=None, urgent=True) as connection:
            leases.postpone(connection, claim, now, until, error)

    def host(self, name: str) -> HostState:
        """What a host asked for."""
        with self.read() as connection:
            return hosts.note_of(connection, name)

    def pause_host(self, name: str, until: datetime) -> None:
        """Stores until when a host wants no requests."""
        with self.write(alone=None) as connection:
            hosts.pause(connection, name, until)

    def end_pause(self, name: str) -> None:
        """Deletes the pause of a host."""
        with self.write(alone=None) as connection:
            hosts.end_pause(connection, name)

    def insist(self, urls: Collection[str]) -> None:
        """Lets listings be asked although they asked for a pause, or said that they are gone."""
        with self.write(alone=None) as connection:
            hosts.insist(connection, urls)

    def keep_robots(self, name: str, robots: bytes, now: datetime) -> None:
        """Stores a host's robots.txt."""
        with self.write(alone=None) as connection:
            hosts.keep_robots(connection, name, robots, now)

    def copy_to(self, target: Store, progress: Progress = unwatched) -> int:
        """Copies this store into an empty one, wholly or not at all; returns the number of rows."""
        with self.read() as here, target.write() as there:
            return copy_store(here, there, progress)

    def check(self) -> None:
        """Raises SchemaChanged if another version of feedbot has changed the tables."""
        with self.read() as connection:
            check_version(connection)

    def leader_lock(self) -> LeaderLock:
        """The lock of the process that hands out work on a shared database."""
        return LeaderLock(self._engine)

    def publish_lock(self, wait: Wait = lambda _: False) -> contextlib.AbstractContextManager[None]:
        """The lock for publishing; only one process publishes at a time.

        A process that reads the store while it holds the lock cannot overwrite a newer feed. While
        another process has the lock, `wait` is called with the reason; it waits a moment and
        returns whether to try again. If not, or if the lock is unusable, raises PublishError.
        """
        return publish_lock(self._engine, wait)

    def add_tables(self, table: str, script: str) -> None:
        """Runs the script that makes another program's tables, unless there is one named `sign`."""
        with self.write(alone="migrations") as connection:
            if not inspect(connection).has_table(table):
                raw = connection.connection.driver_connection
                assert raw is not None
                raw.execute(script)

    def is_new(self) -> bool:
        """Whether no source was ever reached."""
        with self.read() as connection:
            query = select(source.c.name).where(source.c.first_polled.is_not(None)).limit(1)
            return connection.execute(query).first() is None

    def rules(self) -> dict[str, str]:
        """The digests, by slug, of the rules that the stored stories were routed by."""
        with self.read() as connection:
            return {slug: rules for slug, rules in connection.execute(select(topic))}

    def save_rules(self, rules: Mapping[str, str]) -> None:
        """Stores the digests of the rules that all stored stories are routed by now."""
        with self.write() as connection:
            connection.execute(topic.delete())
            for slug, digest in sorted(rules.items()):
                connection.execute(topic.insert().values(slug=slug, rules=digest))
