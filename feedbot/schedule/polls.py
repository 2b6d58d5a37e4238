"""Polls under way: each in a thread, with a lease, and given up when it hangs."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable, Collection
from concurrent.futures import Future, wait
from dataclasses import dataclass

from ..errors import FeedbotError
from ..events import emit
from ..model import VERDICTS, Report, Source
from ..poll import Tools, poll
from ..poll.adaptive_interval import back_off
from ..store import Claim, queries
from .leases import Leases
from .threads import start_thread

log = logging.getLogger(__name__)

WORKERS = 8  # polls at a time; they mostly wait for the network (tests/benchmarks/polls.py)
HANGS = 900.0  # seconds; a visit reads no more pages after two thirds of that
MOST_HANGING = 16  # threads that are lost before the process asks to be started anew


@dataclass(slots=True, eq=False)
class Running:
    """A poll under way."""

    source: str
    future: Future[Report | None]
    started: float  # monotonic seconds
    thread: threading.Thread | None = None
    ended: float = 0.0  # the same
    claim: Claim | None = None  # until its thread has one

    @property
    def hangs(self) -> bool:
        """Whether it takes longer than a poll can: a visit ends itself long before."""
        return time.monotonic() - self.started > HANGS and not self.future.done()

    def where(self) -> str:
        """Where its thread is now, for the log."""
        thread = self.thread.ident if self.thread else None
        frame = sys._current_frames().get(thread or 0)  # noqa: SLF001 - no other way
        return "".join(traceback.format_stack(frame)) if frame else ""


class Polls:
    """The polls that this process runs, each in a thread, and the leases that go with them."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._lock = threading.Lock()  # for `_running` and `_finished`
        self._running: list[Running] = []
        self._finished = False
        self._hanging: list[Running] = []
        self._leases = Leases(tools.store, tools.clock, self._held)

    @property
    def free(self) -> int:
        """How many more polls may start."""
        return WORKERS - len(self._running)

    @property
    def names(self) -> set[str]:
        """The sources being polled."""
        with self._lock:
            return {one.source for one in self._running}

    def start(self, source: Source, claim: Claim) -> None:
        """Polls a source whose lease is held."""
        self.begin(source, lambda: claim)

    def begin(self, source: Source, claim: Callable[[], Claim | None]) -> Future[Report | None]:
        """Polls a source in a thread of its own, with the lease that `claim` gets there.

        There is no report if it gets none, or if this process is about to end. Any thread may
        call this.
        """
        one = Running(source.name, Future[Report | None](), time.monotonic())

        def work() -> Report | None:
            try:
                one.claim = claim()
                return poll(source, one.claim, self._tools) if one.claim else None
            finally:
                one.ended = time.monotonic()

        with self._lock:
            if self._finished:
                one.future.set_result(None)
                return one.future
            self._running.append(one)
            self._leases.start()
        one.thread = start_thread(f"poll {source.name}", one.future, work)
        return one.future

    def reap(self, timeout: float = 0) -> list[Report]:
        """The reports of polls that have ended; waits for one, `timeout` seconds at most."""
        if timeout and self._running:
            wait([one.future for one in self._running], timeout, return_when="FIRST_COMPLETED")
        with self._lock:
            lost = [one for one in self._running if one.hangs]
            ended = [one for one in self._running if one not in lost and one.future.done()]
            self._running = [one for one in self._running if one not in lost + ended]
        self._hanging += lost
        given_up = [self._give_up(one) for one in lost]
        return given_up + [report for one in ended if (report := self._report(one))]

    @property
    def stuck(self) -> bool:
        """Whether so many polls hang that only a new process helps."""
        self._hanging = [one for one in self._hanging if not one.future.done()]
        return len(self._hanging) >= MOST_HANGING

    def _give_up(self, one: Running) -> Report:
        """Goes on without a poll that hangs; whatever it still finds cannot be saved."""
        minutes = (time.monotonic() - one.started) / 60
        error = f"its poll hung for {minutes:.0f} minutes and was given up"
        log.error("%s: %s; it is here:\n%s", one.source, error, one.where())
        return self._broken(one, error)

    def _broken(self, one: Running, error: str) -> Report:
        """Gives a source back, ever later, after a poll that did not come to its end."""
        name, store, now = one.source, self._tools.store, self._tools.clock()
        if one.claim:
            with contextlib.suppress(FeedbotError):
                with store.read() as connection:
                    state = queries.sources(connection, [name]).get(name)
                failures = state.failures if state else 0  # it may have been renamed meanwhile
                store.postpone(one.claim, now, now + back_off(failures + 1), error)
        return Report(source=name, status="failed", error=error)

    def _report(self, one: Running) -> Report | None:
        error = one.future.exception()
        if error is None:
            report = one.future.result()
        else:
            # A broken database, or a bug: this poll is lost, the scheduler lives on.
            expected = isinstance(error, FeedbotError)
            if not expected:
                log.error("a bug in the poll of %s", one.source, exc_info=error)
            elif one.claim is None:
                emit(log, logging.ERROR, "not polled", one.source, problem=str(error))
                return None
            report = self._broken(one, str(error))
        if report:
            log_report(report, one.ended - one.started)
        return report

    def _held(self) -> Collection[Claim]:
        """The leases of the polls under way."""
        with self._lock:
            return [one.claim for one in self._running if one.claim and not one.future.done()]

    def finish(self, timeout: float) -> list[Report]:
        """Starts no more, and waits for what is in hand, `timeout` seconds at most."""
        with self._lock:
            self._finished = True
        wait([one.future for one in self._running], timeout)
        self._leases.stop()
        return self.reap()


def log_report(report: Report, seconds: float) -> None:
    """One line on what a poll did: INFO if anything changed, WARNING if anything failed."""
    counts: dict[str, int] = {
        verdict: report.count(verdict) for verdict in VERDICTS if report.count(verdict)
    }
    if report.failures:
        counts["failed"] = len(report.failures)
    level = logging.INFO if report.status == "ok" else logging.DEBUG
    if report.error or report.failures:
        level = logging.WARNING
    emit(log, level, "polled", report.source, **counts, seconds=round(seconds, 1))
    if report.error:
        emit(log, logging.WARNING, "failed", report.source, problem=report.error)
    for failure in report.failures:
        what = f"{failure.step} failed"
        emit(log, logging.WARNING, what, failure.url, problem=failure.problem)
