"""The heartbeat of a process that works alone."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import wait
from datetime import datetime

from ..config import Config
from ..config.rules import Rules
from ..errors import FeedbotError, SchemaChanged
from ..events import emit
from ..model import Report, Source
from ..operations import retention
from ..poll import Tools
from ..poll.tools import prepare
from ..store import Claim
from .health import HealthWatch
from .observer import Observer
from .polls import Polls
from .publisher import Publisher
from .sd_notify import sd_notify
from .threads import in_thread

log = logging.getLogger(__name__)

ASK_SECONDS = 4.0  # seconds after which the store is asked although nothing was to be due yet
BUSY = 0.8  # seconds that a beat may wait for free threads, so that it ends before the next one
OUTPUT_CHECK_SECONDS = (
    15.0  # seconds after which the output is looked at though nothing changed: files get deleted
)
LOG_ALIVE_SECONDS = 3600.0  # seconds between two "alive" lines in the log
LAST_WORDS = 3.0  # seconds that alerts, publishing and hubs get at the end, after the polls


class Beat:
    """Starts due polls and reaps finished ones; called every second.

    Polls, publishing, alerts and the renewal of leases have their own threads, so that none of
    them delays the next poll.
    """

    def __init__(self, config: Config, tools: Tools, observers: Sequence[Observer] = ()) -> None:
        self.outdated: SchemaChanged | None = None  # why this process has to end
        self._observers = observers
        self._config = config
        self._tools = tools
        self._polls = Polls(tools)
        self._publisher = Publisher(config, tools, observers)
        self._health = HealthWatch(config, tools, self._changed)
        self._lock = threading.Lock()
        self._finished = False
        self._last: datetime | None = None  # None: the clock may have been set before the start
        self._ended = time.monotonic()
        self._hour = Counter[str]()  # what happened since the last "alive" line
        self._alive = time.monotonic()
        self._looked = 0.0  # monotonic seconds of the last check of the output
        self._asked = 0.0  # monotonic seconds at which the store was last asked what is due
        self._due: datetime | None = None  # when it is to be asked again; None: at the next beat
        self._changed()

    def __call__(self) -> None:
        """Reaps and claims; failures are logged, and retried at the next beat."""
        with self._lock:
            if self._finished:
                return
            try:
                self._report(self._polls.reap())
                self._watch_clock()
                self._claim()
                for observer in self._observers:
                    observer.beat()
            except SchemaChanged as error:
                self.outdated = error
            except FeedbotError as error:
                emit(log, logging.ERROR, "beat failed", problem=str(error))
            self.outdated = self.outdated or self._publisher.outdated
            self._show_life()
            self._ended = time.monotonic()
            watchdog = "" if self._polls.stuck else "WATCHDOG=1\n"
            sd_notify(f"{watchdog}STATUS={self._status()}")

    def prune(self) -> None:
        """Deletes what is older than [store] keep."""
        now = self._tools.clock()
        try:
            gone = retention.prune_store(self._config, self._tools.store, now)
        except FeedbotError as error:
            emit(log, logging.ERROR, "prune failed", problem=str(error))
        else:
            if gone.stories or gone.revisions:
                emit(log, logging.INFO, "pruned", stories=gone.stories, revisions=gone.revisions)

    @property
    def rest(self) -> float:
        """Seconds since the last beat; 0 during a beat."""
        return 0.0 if self._lock.locked() else time.monotonic() - self._ended

    def take(self, config: Config) -> None:
        """Uses another configuration. Running polls continue, and route by the new rules."""
        with self._lock:
            if config.store_url != self._config.store_url:
                raise FeedbotError("a different [store] url needs a restart")
            prepare(self._tools, config)  # first, as it alone can fail
            self._due = None
            self._tools.reader.use_topics(config.topics, config.leaders)
            self._tools.rules = Rules(config.topics, config.leaders)
            self._tools.authority = config.output.authority
            self._config = config
            self._health.take(config)
            self._publisher.take(config)
            for observer in self._observers:
                observer.take(config)
        self._changed()

    def _changed(self) -> None:
        """Publishes soon: the output may be older than the store or the configuration."""
        self._publisher.wake()

    def _report(self, reports: Sequence[Report]) -> None:
        """Tells of polls that have ended."""
        if reports:
            self._due = None  # they give their sources back, and others may wait for their hosts
        for report in reports:
            for observer in self._observers:
                observer.polled(report)
            self._hour["polls"] += 1
            self._hour["failed"] += report.error is not None
            self._hour["new"] += report.count("new")
        self._health.look(reports)
        is_long_ago = time.monotonic() - self._looked > OUTPUT_CHECK_SECONDS
        if any(report.status != "unchanged" for report in reports) or (reports and is_long_ago):
            self._looked = time.monotonic()
            self._changed()

    def _watch_clock(self) -> None:
        now = self._tools.clock()
        if self._last is None or now < self._last:
            self._tools.store.shift_schedule(now)
            self._due = None
        self._last = now

    def _claim(self) -> None:
        """Claims due sources for free threads, also for those that become free meanwhile."""
        end = time.monotonic() + BUSY
        while self._polls.free and self._may_be_due():
            now = self._tools.clock()
            claims = self._tools.store.claim(
                None, now, running=self._polls.names, limit=self._polls.free
            )
            self._due = None  # it has changed, if anything was due
            unknown = [claim for claim in claims if not self._start(claim)]
            for claim in unknown:
                self._tools.store.release(claim)
            left = end - time.monotonic()
            if self._polls.free or left <= 0:
                return
            self._report(self._polls.reap(left))

    def _may_be_due(self) -> bool:
        """Whether to ask for claims: something is due, or other processes may have changed that."""
        monotonic = time.monotonic()
        if self._due and monotonic - self._asked < ASK_SECONDS:
            return self._due <= self._tools.clock()
        self._due, self._asked = self._tools.store.next_due(), monotonic
        return self._due is not None and self._due <= self._tools.clock()

    def _start(self, claim: Claim) -> bool:
        source = self._source(claim.source)
        if source:
            self._polls.start(source, claim)
        return source is not None

    def _source(self, name: str) -> Source | None:
        """The source with this name; None if only another process's configuration has it."""
        source = self._config.source(name)
        if source is None:
            problem = "it is in the database but not in the configuration of this process"
            emit(
                log, logging.WARNING, "not polled", name, problem=f"{problem}; run `feedbot reload`"
            )
        return source

    def _show_life(self) -> None:
        """Logs a line every hour."""
        if time.monotonic() - self._alive >= LOG_ALIVE_SECONDS:
            hour = self._hour
            emit(
                log, logging.INFO, "alive",
                sources=len(self._config.sources),
                polls=hour["polls"], failed=hour["failed"], new=hour["new"],
            )  # fmt: skip
            self._hour.clear()
            self._alive = time.monotonic()

    def _status(self) -> str:
        names = ", ".join(sorted(self._polls.names))
        return f"polling {names}" if names else f"{len(self._config.sources)} sources, waiting"

    def finish(self, timeout: float) -> None:
        """Waits for running polls; saves and publishes what they found, and sends alerts.

        Takes at most LAST_WORDS longer than `timeout` seconds; what hangs is abandoned.
        """
        self._finished = True
        end = time.monotonic() + timeout + LAST_WORDS
        ending = in_thread("ending", lambda: self._end_polls(timeout))
        wait([ending], timeout)
        if ending.done() and (error := ending.exception()):
            emit(log, logging.ERROR, "shutdown failed", problem=str(error))
        self._health.finish((end - time.monotonic()) / 3)
        self._publisher.finish(min(timeout, end - time.monotonic()))

    def _end_polls(self, timeout: float) -> None:
        beating = not self._lock.acquire(timeout=timeout / 2)
        try:
            self._report(self._polls.finish(timeout / 2 if beating else timeout))
        finally:
            if not beating:
                self._lock.release()
