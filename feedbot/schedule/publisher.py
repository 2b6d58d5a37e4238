"""Publishes in its own thread, so that polls never wait for a lock, a disk or a bucket.

woken ──▶ fill new topics ──▶ get the publish lock ──▶ write files ──▶ notify the hub
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
from .publishing import TRY_AGAIN, open_hub, open_renderer, publish_all
from .threads import Background

log = logging.getLogger(__name__)

RETRY_SECONDS = 60.0  # until the next attempt after the output could not be written
NOTE_AGAIN = 60.0  # seconds until a process that still waits records it again


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
        self._press: Renderer | None = None  # of the configuration; None: not opened yet
        self._lock = threading.Lock()  # for `_next`
        self._next: Config | None = None
        self._unfilled = True  # whether there may be new topics
        self._wanted = threading.Event()  # set when the output may be older than the store
        self._given_up = threading.Event()  # set when the process ends without the publish lock
        self._since: datetime | None = None  # when it first failed or began to wait
        self._problem = ""  # why it cannot publish
        self._noted = 0.0  # monotonic seconds when that was last recorded
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
            self._press = None  # so that a corrected template is read again
            self._note(str(failed) or type(failed).__name__)
            raise failed

    def _change_over(self) -> None:
        """Switches to the next configuration; if that fails, it is tried again."""
        config = self._next
        if config is None:
            return
        with self._tools.store.write():
            pass  # wait for running saves, whose stories were routed without the new topics
        self._config, self._press, self._unfilled = config, None, True
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
            self._press = self._press or open_renderer(self._config)
            done = publish_all(
                self._config, self._tools.store, self._press, self._hub, wait=self._wait
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
        if done.written:
            emit(
                log, logging.INFO, "published", self._config.output.output,
                written=done.written, unchanged=done.unchanged,
            )  # fmt: skip

    def _wait(self, problem: str) -> bool:
        """Waits for the publish lock as long as this process lives."""
        if problem != self._problem:
            emit(
                log, logging.WARNING, "waiting to publish", problem=f"{problem}; polling continues"
            )
        if problem != self._problem or time.monotonic() - self._noted > NOTE_AGAIN:
            self._note(problem)
        return not self._given_up.wait(TRY_AGAIN)

    def _note(self, problem: str) -> None:
        self._since, self._noted = self._since or self._tools.clock(), time.monotonic()
        self._problem = problem
        with contextlib.suppress(FeedbotError):  # only `feedbot status` needs it
            publish_delay.note(FeedQueries(self._tools.store), self._since, problem)
