"""Publishes in its own thread, so that polls never wait for a lock, a disk or a bucket.

woken ──▶ topics that are new are filled ──▶ the publish lock ──▶ files ──▶ the hub is notified
                                                  │ another process has it
                                                  └──▶ recorded for `feedbot status`
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Sequence
from datetime import datetime

from ..config import Config
from ..errors import FeedbotError, SchemaChanged
from ..events import emit
from ..operations.replay import fill_new_topics
from ..poll import Tools
from ..publish import Published, Renderer
from ..store import FeedQueries, publish_delay
from .observer import Observer
from .publishing import TRY_AGAIN, bring_up_to_date, open_hub, open_renderer
from .threads import Background

log = logging.getLogger(__name__)

RETRY_SECONDS = 60.0  # seconds until an output that could not be written is tried again
RECORD_AGAIN = 60.0  # seconds until whoever still waits says so again in the store


class Publisher:
    """Brings the output up to date with the store when it is woken.

    Failures appear in the log and in `feedbot status`, and are retried.
    """

    def __init__(self, config: Config, tools: Tools, observers: Sequence[Observer]) -> None:
        self.outdated: SchemaChanged | None = None  # why this process has to end
        self._config = config
        self._tools = tools
        self._observers = observers
        self._hub = open_hub(config, tools.store)
        self._renderer: Renderer | None = None  # of the configuration; None: to be opened
        self._lock = threading.Lock()  # for the configuration that is to be taken
        self._next: Config | None = None
        self._unfilled = True  # there may be new topics
        self._wanted = threading.Event()  # the output may be older than the store
        self._given_up = threading.Event()  # this process ends without the publish lock
        self._since: datetime | None = None  # when it first failed, or began to wait
        self._problem = ""  # what keeps it from publishing
        self._recorded = 0.0  # when that was recorded last, in monotonic seconds
        self._work = Background("publishing", self._do, RETRY_SECONDS)
        self._work.ask()

    def wake(self) -> None:
        """Requests publishing; returns at once."""
        self._wanted.set()
        self._work.ask()

    def take(self, config: Config) -> None:
        """Uses another configuration and fills its new topics; returns at once."""
        with self._lock:
            self._next = config
        self._work.ask()

    def finish(self, timeout: float) -> None:
        """Publishes what is left, for up to `timeout` seconds."""
        end = time.monotonic() + timeout
        if not self._work.finish(timeout):
            emit(
                log, logging.WARNING, "ended without publishing", problem="publishing took too long"
            )
            self._work.stop()
        self._given_up.set()
        self._hub.close(max(end - time.monotonic(), 0.0))

    def _do(self) -> None:
        """Takes every step, also after one has failed. Raises the first error."""
        failed: Exception | None = None
        for step in (self._change_over, self._fill, self._publish):
            try:
                step()
            except SchemaChanged as error:
                self.outdated = error
                raise
            except Exception as error:  # noqa: BLE001 - raised below
                failed = failed or error
        if failed:
            self._renderer = None  # a template that is mended is read again
            self._record_delay(str(failed) or type(failed).__name__)
            raise failed

    def _change_over(self) -> None:
        """Switches to the next configuration; if that fails, it is tried again."""
        config = self._next
        if config is None:
            return
        with self._tools.store.write():
            pass  # what was routed by the old rules is saved, so that new topics find it
        self._config, self._renderer, self._unfilled = config, None, True
        self._hub.close(0)
        self._hub = open_hub(config, self._tools.store)
        with self._lock:
            if self._next is config:  # else another one came meanwhile
                self._next = None

    def _fill(self) -> None:
        if self._unfilled:
            fill_new_topics(self._config, self._tools.store)
            self._unfilled = False

    def _publish(self) -> None:
        if not self._wanted.is_set():
            return
        self._wanted.clear()
        try:
            self._renderer = self._renderer or open_renderer(self._config)
            done = bring_up_to_date(
                self._config, self._tools.store, self._renderer, self._hub, wait=self._wait
            )
        except BaseException:
            self._wanted.set()
            for observer in self._observers:
                observer.failed_to_publish()
            raise
        self._succeeded(done)

    def _succeeded(self, done: Published) -> None:
        self._since, self._problem = None, ""
        with contextlib.suppress(FeedbotError):  # only `feedbot status` needs it
            publish_delay.clear(FeedQueries(self._tools.store))
        for observer in self._observers:
            observer.published(done)
        for warning in done.warnings:
            emit(log, logging.WARNING, "notice", problem=warning)
        if done.written:
            emit(
                log, logging.INFO, "published", self._config.output.output,
                written=done.written, unchanged=done.unchanged,
            )  # fmt: skip

    def _wait(self, problem: str) -> bool:
        """Waits for the publish lock as long as this process lives."""
        if problem != self._problem:
            emit(log, logging.WARNING, "waiting to publish", problem=f"{problem}; polls go on")
        if problem != self._problem or time.monotonic() - self._recorded > RECORD_AGAIN:
            self._record_delay(problem)
        return not self._given_up.wait(TRY_AGAIN)

    def _record_delay(self, problem: str) -> None:
        self._since, self._recorded = self._since or self._tools.clock(), time.monotonic()
        self._problem = problem
        with contextlib.suppress(FeedbotError):  # it is only for those who look
            publish_delay.record(FeedQueries(self._tools.store), self._since, problem)
