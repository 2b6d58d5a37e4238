"""Running polls: each has a thread and a lease, and is abandoned when it hangs."""

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
from ..sources.adaptive_interval import back_off
from ..store import Claim, queries
from .leases import Leases
from .threads import start_thread

log = logging.getLogger(__name__)

WORKERS = 8  # polls at a time; they mainly wait for the network (tests/benchmarks/polls.py)
HANGS = 900.0  # seconds after which a poll hangs; a visit stops reading after two thirds of that
MOST_HANGING = 16  # lost threads after which the watchdog should restart the process


@dataclass(slots=True, eq=False)
class Running:
    """A running poll."""

    source: str
    future: Future[Report | None]
    started: float  # monotonic seconds
    thread: threading.Thread | None = None
    ended: float = 0.0  # monotonic seconds
    claim: Claim | None = None  # None until its thread has one

    @property
    def hangs(self) -> bool:
        """Whether it has run longer than any visit can, since visits limit themselves."""
        return time.monotonic() - self.started > HANGS and not self.future.done()

    def where(self) -> str:
        """The stack of its thread, for the log."""
        thread = self.thread.ident if self.thread else None
        frame = sys._current_frames().get(thread or 0)  # noqa: SLF001 - no other way
        return "".join(traceback.format_stack(frame)) if frame else ""


class Polls:
    """The polls that this process runs, each in a thread, with their leases."""

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
        """The names of the sources being polled."""
        with self._lock:
            return {running.source for running in self._running}

    def start(self, source: Source, claim: Claim) -> None:
        """Polls a source with a lease that this process holds."""
        self.begin(source, lambda: claim)

    def begin(self, source: Source, claim: Callable[[], Claim | None]) -> Future[Report | None]:
        """Polls a source in a new thread, with the lease that `claim` gets there.

        The report is None if `claim` gets no lease or the process is about to end. Any thread may
        call this.
        """
        running = Running(source.name, Future[Report | None](), time.monotonic())

        def work() -> Report | None:
            try:
                running.claim = claim()
                return poll(source, running.claim, self._tools) if running.claim else None
            finally:
                running.ended = time.monotonic()

        with self._lock:
            if self._finished:
                running.future.set_result(None)
                return running.future
            self._running.append(running)
            self._leases.start()
        running.thread = start_thread(f"poll {source.name}", running.future, work)
        return running.future

    def reap(self, timeout: float = 0) -> list[Report]:
        """The reports of finished polls; waits up to `timeout` seconds for one."""
        if timeout and self._running:
            wait(
                [running.future for running in self._running],
                timeout,
                return_when="FIRST_COMPLETED",
            )
        lost, ended = self._take_out()
        self._hanging += lost
        given_up = [self._give_up(running) for running in lost]
        return given_up + [report for running in ended if (report := self._report(running))]

    def _take_out(self) -> tuple[list[Running], list[Running]]:
        """Polls that are under way no more: those that hang, and those that have ended."""
        with self._lock:
            lost = [running for running in self._running if running.hangs]
            left = [running for running in self._running if running not in lost]
            ended = [running for running in left if running.future.done()]
            self._running = [running for running in left if running not in ended]
        return lost, ended

    @property
    def stuck(self) -> bool:
        """Whether so many polls hang that only a new process helps."""
        self._hanging = [running for running in self._hanging if not running.future.done()]
        return len(self._hanging) >= MOST_HANGING

    def _give_up(self, running: Running) -> Report:
        """Goes on without a poll that hangs; whatever it still finds cannot be saved."""
        minutes = (time.monotonic() - running.started) / 60
        error = f"its poll hung for {minutes:.0f} minutes and was given up"
        log.error("%s: %s; it is here:\n%s", running.source, error, running.where())
        return self._broken(running, error)

    def _broken(self, running: Running, error: str) -> Report:
        """Gives a source back, ever later, after a poll that did not come to its end."""
        name, store, now = running.source, self._tools.store, self._tools.clock()
        if running.claim:
            with contextlib.suppress(FeedbotError):
                with store.read() as connection:
                    state = queries.sources(connection, [name]).get(name)
                failures = state.failures if state else 0  # it may have been renamed meanwhile
                store.postpone(running.claim, now, now + back_off(failures + 1), error)
        return Report(source=name, status="failed", error=error)

    def _report(self, running: Running) -> Report | None:
        error = running.future.exception()
        if error is None:
            report = running.future.result()
        else:
            # A database error or a bug: only this poll is lost.
            expected = isinstance(error, FeedbotError)
            if not expected:
                log.error("a bug in the poll of %s", running.source, exc_info=error)
            elif running.claim is None:
                emit(log, logging.ERROR, "not polled", running.source, problem=str(error))
                return None
            report = self._broken(running, str(error))
        if report:
            log_report(report, running.ended - running.started)
        return report

    def _held(self) -> Collection[Claim]:
        """The leases of running polls."""
        with self._lock:
            return [
                running.claim
                for running in self._running
                if running.claim and not running.future.done()
            ]

    def finish(self, timeout: float) -> list[Report]:
        """Starts no more polls, and waits up to `timeout` seconds for running ones."""
        with self._lock:
            self._finished = True
        wait([running.future for running in self._running], timeout)
        self._leases.stop()
        return self.reap()


def log_report(report: Report, seconds: float) -> None:
    """Logs what a poll did: INFO if anything changed, WARNING if anything failed."""
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
