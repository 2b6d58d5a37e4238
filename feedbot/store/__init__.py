"""The state: sources, pages and stories in one database. The only SQL of feedbot.

`reading` and `saving` hold what is asked and what is written, `lease` who may poll what,
`hosts` what hosts asked of us, `clock` what a wrong clock did, `sketch` how near duplicates are
found, `schema` the tables.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, inspect, select

from ..events import Progress, unwatched
from ..model import HostState, Source
from . import alerts, clock, hosts, leases, publish_delay, queries
from .backup import back_up, damages
from .copying import copy_store
from .engine import check_version, database_file, open_engine
from .error_translation import database_name, translate_errors
from .fair_lock import fair_lock_of
from .feed_queries import FeedQueries
from .files import private
from .leases import LEASE, Claim
from .locks import LeaderLock, Wait, publish_lock
from .queries import KnownPage, SourceState, StoredRevision, TopicState
from .schema import topic
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
    "private",
    "publish_delay",
    "queries",
]


class Store:
    """One database, at `url` in SQLAlchemy's form; shared by threads, opened where it is used.

    Whatever fails raises StoreError with the name of the database and what to do.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        self._turns = fair_lock_of(self._engine)

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
        level = {"isolation_level": "REPEATABLE READ"} if self._is_shared else {}
        with (
            translate_errors(self._engine),
            self._engine.connect().execution_options(**level) as connection,
        ):
            yield connection

    @property
    def _is_shared(self) -> bool:
        """Whether other machines may work with this database, too."""
        return self._engine.dialect.name == "postgresql"

    @contextlib.contextmanager
    def write(self, *, alone: str | None = "stories", urgent: bool = False) -> Iterator[Connection]:
        """A write transaction; kept only if nothing is raised inside.

        Nobody else writes `alone` under the same name meanwhile, so that what is read inside
        stays true: decisions on stories hold each other up, and so do those on leases. Where the
        threads of this process have to take turns, the `urgent` come first.
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
        """A write transaction in the words of a poll; see `Transaction` for `expected`.

        A poll without an article to decide on need not be `alone`.
        """
        with self.write(alone="stories" if alone else None) as connection:
            yield Transaction(connection, now, expected=expected)

    def know_sources(self, sources: Collection[Source]) -> None:
        """Takes the configured sources: makes room for new ones, rests those that are no more.

        A new name with a known listing is a source that was renamed: it goes on as it was.
        """
        with self.read() as connection:
            if leases.configured(connection) == leases.urls_of(sources):
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
        """Takes the right to poll the up to `limit` sources longest due, one of each host.

        `names` are those to choose from; None stands for all that are configured. Neither those
        that this process is `running` are taken, nor others of their hosts.
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

    def enqueue(self, now: datetime, most: int, running: Collection[str] = ()) -> list[str]:
        """Sets due sources aside for others to poll, so that up to `most` wait for that.

        Returns all that wait for somebody to `begin` with them, the longest due first. To be called
        every few seconds: what nobody hands out any more is soon anybody's again.
        """
        with self.write(alone="leases") as connection:
            return leases.enqueue(connection, now, most, running)

    def acquire(self, name: str, now: datetime) -> Claim | None:
        """Takes the right to poll a source that was handed out; None if it is not to be had."""
        with self._statement() as connection:
            return leases.acquire(connection, name, now)

    @contextlib.contextmanager
    def _statement(self) -> Iterator[Connection]:
        """A connection for one statement that is whole by itself.

        On a server the transaction around it costs more than the statement.
        """
        if not self._is_shared:
            with self.write(alone=None) as connection:
                yield connection
            return
        with translate_errors(self._engine), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    def shift_schedule(self, now: datetime) -> None:
        """To be called when the clock may have been set back; see `lease.replan`."""
        with self.write(alone="leases") as connection:
            leases.shift_schedule(connection, now)

    def mend_dates(self, now: datetime) -> int:
        """Dates anew what was stored by a clock that was ahead; how many stories that are.

        Nothing is done while it is this clock that is wrong.
        """
        with self.read() as connection:
            if not clock.is_ahead(connection, now) or clock.is_behind(connection, now):
                return 0
        with self.write() as connection:
            return clock.mend(connection, now)

    def renew(self, claims: Collection[Claim], now: datetime) -> None:
        """Keeps leases from running out."""
        with self.write(alone=None, urgent=True) as connection:
            leases.renew(connection, claims, now)

    def release(self, held: Claim) -> None:
        """Gives a source back without having polled it."""
        with self.write(alone=None, urgent=True) as connection:
            leases.release(connection, held)

    def postpone(self, held: Claim, now: datetime, until: datetime, error: str) -> None:
        """Gives a source back after a poll that broke, with the reason."""
        with self.write(alone=None, urgent=True) as connection:
            leases.postpone(connection, held, now, until, error)

    def host(self, name: str) -> HostState:
        """What a host asked of us."""
        with self.read() as connection:
            return hosts.note_of(connection, name)

    def pause_host(self, name: str, until: datetime) -> None:
        """Remembers how long a host wants to be left alone."""
        with self.write(alone=None) as connection:
            hosts.pause(connection, name, until)

    def end_pause(self, name: str) -> None:
        """Forgets that a host wants to be left alone."""
        with self.write(alone=None) as connection:
            hosts.end_pause(connection, name)

    def keep_robots(self, name: str, robots: bytes, now: datetime) -> None:
        """Remembers a host's robots.txt."""
        with self.write(alone=None) as connection:
            hosts.keep_robots(connection, name, robots, now)

    def copy_to(self, target: Store, progress: Progress = unwatched) -> int:
        """Fills another, empty store from this one, or leaves it empty; returns how many rows."""
        with self.read() as here, target.write() as there:
            return copy_store(here, there, progress)

    def check(self) -> None:
        """Raises Outdated if another version of feedbot has changed the tables."""
        with self.read() as connection:
            check_version(connection)

    def leader_lock(self) -> LeaderLock:
        """The right to be the one that hands out work on a shared database."""
        return LeaderLock(self._engine)

    def publish_lock(self, wait: Wait = lambda _: False) -> contextlib.AbstractContextManager[None]:
        """The lock under which one process at a time publishes.

        Whoever reads the store once it is had never replaces a newer feed, however slow. While
        another process has the lock, `wait` is told so; it waits a moment and returns whether to
        try again. Raises PublishError if not, or if the lock cannot be used at all.
        """
        return publish_lock(self._engine, wait)

    def add_tables(self, sign: str, script: str) -> None:
        """Runs the script that makes another program's tables, unless there is one named `sign`."""
        with self.write(alone="migrations") as connection:
            if not inspect(connection).has_table(sign):
                raw = connection.connection.driver_connection
                assert raw is not None
                raw.execute(script)

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
