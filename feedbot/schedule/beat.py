"""One look at what is due, again and again."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import wait
from datetime import datetime

from ..config import Config
from ..errors import FeedbotError, SchemaChanged
from ..events import emit
from ..model import Report, Source
from ..operations import retention
from ..poll import Tools
from ..poll.tools import prepare
from ..store import Claim
from ..topics import compile_topics
from .health import HealthWatch
from .observer import Observer
from .polls import Polls
from .publisher import Publisher
from .sd_notify import sd_notify
from .threads import in_thread

log = logging.getLogger(__name__)

BUSY = 0.8  # seconds that it may wait for free threads, so that it ends before the next one
OUTPUT_CHECK_SECONDS = (
    15.0  # seconds after which the output is looked at though nothing changed: files get deleted
)
LOG_ALIVE_SECONDS = 3600.0  # seconds between two lines of a log in which nothing else stands
LAST_WORDS = 3.0  # seconds for alerts, publishing and hubs at the end, beyond those of the polls


class Beat:
    """One look at what is due, again and again.

    It only starts things and reaps them. Polls, publishing, alerts and the renewal of leases have
    threads of their own, so that none of them delays the next poll.
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
        self._last: datetime | None = None  # None: the clock may have been set while nobody ran
        self._ended = time.monotonic()
        self._hour = Counter[str]()  # what happened since the last sign of life
        self._alive = time.monotonic()
        self._looked = 0.0  # monotonic seconds at which the output was looked at last
        self._changed()

    def __call__(self) -> None:
        """Reaps and claims; whatever fails is named and tried again at the next beat."""
        with self._lock:
            if self._finished:
                return
            try:
                self._note(self._polls.reap())
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
        """Frees what is older than [store] keep."""
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
        """Seconds since the last beat; 0 while one is under way."""
        return 0.0 if self._lock.locked() else time.monotonic() - self._ended

    def take(self, config: Config) -> None:
        """Goes on under another configuration. Polls under way end, and route by the new rules."""
        with self._lock:
            if config.store_url != self._config.store_url:
                raise FeedbotError("another [store] needs a restart")
            self._tools.reader.use_topics(config.topics, config.leaders)
            self._tools.router = compile_topics(config.topics, config.leaders)
            self._tools.authority = config.output.authority
            prepare(self._tools, config)
            self._config = config
            self._health.take(config)
            self._publisher.take(config)
            for observer in self._observers:
                observer.take(config)
        self._changed()

    def _changed(self) -> None:
        """The output may be older than the store, or than the configuration."""
        self._publisher.wake()

    def _note(self, reports: Sequence[Report]) -> None:
        """Tells of polls that have ended."""
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
        self._last = now

    def _claim(self) -> None:
        """Fills the threads; where more is due than there are, each again as soon as it is free."""
        end = time.monotonic() + BUSY
        while self._polls.free:
            now = self._tools.clock()
            claims = self._tools.store.claim(
                None, now, running=self._polls.names, limit=self._polls.free
            )
            unknown = [claim for claim in claims if not self._start(claim)]
            for claim in unknown:
                self._tools.store.release(claim)
            left = end - time.monotonic()
            if self._polls.free or left <= 0:
                return
            self._note(self._polls.reap(left))

    def _start(self, claim: Claim) -> bool:
        source = self._source(claim.source)
        if source:
            self._polls.start(source, claim)
        return source is not None

    def _source(self, name: str) -> Source | None:
        """The source of this name, unless another process knows it from a newer configuration."""
        source = self._config.source(name)
        if source is None:
            problem = "it is in the database, but not in the configuration of this process"
            emit(log, logging.WARNING, "not polled", name, problem=f"{problem}; reload it")
        return source

    def _show_life(self) -> None:
        """A line an hour, however quiet it is."""
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
        """Ends the polls in hand; saves, tells and publishes what they found.

        It takes LAST_WORDS longer than `timeout` at most: whatever hangs is left to itself.
        """
        self._finished = True
        end = time.monotonic() + timeout + LAST_WORDS
        ending = in_thread("ending", lambda: self._end_polls(timeout))
        wait([ending], timeout)
        if ending.done() and (error := ending.exception()):
            emit(log, logging.ERROR, "the end failed", problem=str(error))
        self._health.finish((end - time.monotonic()) / 3)
        self._publisher.finish(min(timeout, end - time.monotonic()))

    def _end_polls(self, timeout: float) -> None:
        beating = not self._lock.acquire(timeout=timeout / 2)
        try:
            self._note(self._polls.finish(timeout / 2 if beating else timeout))
        finally:
            if not beating:
                self._lock.release()
