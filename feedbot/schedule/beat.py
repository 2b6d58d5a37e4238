"""One look at what is due, again and again."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from .. import retention
from ..config import Config
from ..errors import FeedbotError, Outdated, PublishError
from ..events import tell
from ..model import Report, Source
from ..notify import notify
from ..poll import Tools
from ..publish import Published
from ..store import Claim
from ..topics import compile_topics
from ..watch import alert, notice
from .output import open_hub, open_press, publish_all
from .polls import Polls
from .tools import prepare

log = logging.getLogger(__name__)

BUSY = 0.8  # seconds that it may wait for free threads, so that it ends before the next one
ALIVE = 3600.0  # seconds between two lines of a log in which nothing else stands
LAST_WORDS = 1.0  # seconds that alerts and hubs have when the process ends
PUBLISH_AGAIN = 60.0  # seconds until an output that could not be written is tried again


class Observer(Protocol):
    """Somebody who is told what the scheduler does."""

    def polled(self, report: Report) -> None:
        """A visit has ended."""

    def published(self, done: Published) -> None:
        """The output is up to date."""

    def failed_to_publish(self) -> None:
        """It is not, and will be tried again."""

    def beat(self) -> None:
        """The scheduler is alive."""

    def take(self, config: Config) -> None:
        """There is another configuration."""


class Beat:
    """One look at what is due, again and again."""

    def __init__(self, config: Config, tools: Tools, observers: Sequence[Observer] = ()) -> None:
        self.outdated: Outdated | None = None  # why this process has to end
        self._observers = observers
        self._config = config
        self._tools = tools
        self._polls = Polls(tools)
        self._press = open_press(config)
        self._hub = open_hub(config, tools.store)
        self._unpublished = True  # the output may be older than the store
        self._publish_after = 0.0  # monotonic seconds
        self._lock = threading.Lock()
        self._finished = False
        self._last: datetime | None = None  # None: the clock may have been set while nobody ran
        self._ended = time.monotonic()
        self._hour = Counter[str]()  # what happened since the last sign of life
        self._alive = time.monotonic()

    def __call__(self) -> None:
        """Reaps, publishes, claims; whatever fails is named and tried again at the next beat."""
        with self._lock:
            if self._finished:
                return
            try:
                self._reap()
                self._publish()
                self._watch_clock()
                self._claim()
                for observer in self._observers:
                    observer.beat()
            except Outdated as error:
                self.outdated = error
            except FeedbotError as error:
                tell(log, logging.ERROR, "beat failed", problem=str(error))
            self._show_life()
            self._ended = time.monotonic()
            watchdog = "" if self._polls.stuck else "WATCHDOG=1\n"
            notify(f"{watchdog}STATUS={self._status()}")

    def prune(self) -> None:
        """Frees what is older than [store] keep."""
        now = self._tools.clock()
        try:
            gone = retention.prune(self._config, self._tools.store, now)
        except FeedbotError as error:
            tell(log, logging.ERROR, "prune failed", problem=str(error))
        else:
            if gone.stories or gone.revisions:
                tell(log, logging.INFO, "pruned", stories=gone.stories, revisions=gone.revisions)

    @property
    def rest(self) -> float:
        """Seconds since the last beat; 0 while one is under way."""
        return 0.0 if self._lock.locked() else time.monotonic() - self._ended

    def take(self, config: Config) -> None:
        """Goes on under another configuration. Polls under way end, and route by the new rules."""
        with self._lock:
            if config.store_url != self._config.store_url:
                raise FeedbotError("another [store] needs a restart")
            self._tools.router = compile_topics(config.topics, config.leaders)
            self._tools.authority = config.output.authority
            with self._tools.store.write():
                pass  # what was routed by the old rules is saved, so that new topics find it
            prepare(self._tools, config)
            self._config = config
            self._press = open_press(config)
            self._hub.close(0)
            self._hub = open_hub(config, self._tools.store)
            for observer in self._observers:
                observer.take(config)
            self._unpublished = True

    def _reap(self, timeout: float = 0) -> None:
        self._note(self._polls.reap(timeout))

    def _note(self, reports: Sequence[Report]) -> threading.Thread | None:
        """Tells of polls that have ended; the thread in which alerts are sent, if there are any."""
        for report in reports:
            self._unpublished |= report.status != "unchanged"
            for observer in self._observers:
                observer.polled(report)
            self._hour["polls"] += 1
            self._hour["failed"] += report.error is not None
            self._hour["new"] += report.count("new")
        if not reports:
            return None
        changed = notice(self._tools.store, reports, self._tools.clock())
        self._unpublished |= bool(changed)
        return alert(self._config.alerts, changed)

    def _publish(self) -> None:
        if not self._unpublished or time.monotonic() < self._publish_after:
            return
        try:
            published = publish_all(self._config, self._tools.store, self._press, self._hub)
        except PublishError as error:
            # The site is polled all the same; the output is tried again later.
            self._publish_after = time.monotonic() + PUBLISH_AGAIN
            for observer in self._observers:
                observer.failed_to_publish()
            tell(log, logging.ERROR, "publishing failed", problem=str(error))
            return
        self._unpublished = False
        for observer in self._observers:
            observer.published(published)
        if published.written:
            tell(
                log, logging.INFO, "published", self._config.output.output,
                written=published.written, unchanged=published.unchanged,
            )  # fmt: skip

    def _watch_clock(self) -> None:
        now = self._tools.clock()
        if self._last is None or now < self._last:
            self._tools.store.replan(now)
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
            self._reap(left)

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
            tell(log, logging.WARNING, "not polled", name, problem=f"{problem}; reload it")
        return source

    def _show_life(self) -> None:
        """A line an hour, however quiet it is."""
        if time.monotonic() - self._alive >= ALIVE:
            hour = self._hour
            tell(
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
        """Ends the polls in hand; saves, tells and publishes what they found."""
        telling = None
        with self._lock:
            self._finished, self._publish_after = True, 0.0
            try:
                telling = self._note(self._polls.finish(timeout))
                self._publish()
            except FeedbotError as error:
                tell(log, logging.ERROR, "the end failed", problem=str(error))
        if telling is not None:
            telling.join(LAST_WORDS)
        self._hub.close(LAST_WORDS)
