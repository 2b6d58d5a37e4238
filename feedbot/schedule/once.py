"""One round of polls, as `feedbot poll` does it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import wait
from datetime import timedelta
from typing import NamedTuple

from ..config import Config
from ..errors import PublishError, StoreError
from ..events import emit
from ..model import Report
from ..operations.alerts import record_changes, send_alerts
from ..operations.replay import fill_new_topics
from ..poll import Tools
from ..publish import Published
from ..store import Store
from .polls import Polls
from .publishing import LockWait, publish_all
from .threads import in_thread

log = logging.getLogger(__name__)

OTHER_POLL_WAIT = timedelta(minutes=2)  # how long `poll` waits for another process to end its own
BUSY = "another feedbot is polling it, or was cut off; try again in a minute"
LOOK_SECONDS = 0.2  # seconds between two looks at what has ended
ENDING = 4.0  # seconds that polls, and then publishing, have to end once they are to stop


class Outcome(NamedTuple):
    """What one round of polls did and published."""

    reports: tuple[Report, ...]
    published: Published | None
    error: str | None = None  # why publishing failed

    @property
    def failed(self) -> bool:
        """Whether anything failed: a source, an article or the output."""
        return bool(self.error) or any(r.error or r.failures for r in self.reports)


def poll_once(
    config: Config,
    tools: Tools,
    names: Sequence[str],
    stop: threading.Event,
    *,
    insist: bool = False,
) -> Outcome:
    """Visits the named sources now, each once, and publishes.

    With `insist`, also those that asked for a pause or said that they are gone. Once `stop` is
    set, returns within about twice ENDING seconds, whatever hangs.
    """
    for source in map(config.source, names if insist else ()):
        if source:
            tools.fetcher.insist(source)
            tools.store.insist(source.urls)
    polls = Polls(tools)
    reports = _visit(config, tools, names, polls, stop)
    if stop.is_set():
        tools.fetcher.stop()
    reports += polls.finish(ENDING)
    alerting = _alert(config, tools, reports)
    while alerting and alerting.is_alive() and not stop.is_set():
        alerting.join(LOOK_SECONDS)
    return _publish(config, tools.store, reports, stop)


def _alert(config: Config, tools: Tools, reports: Sequence[Report]) -> threading.Thread | None:
    """Sends alerts on changes in health; a failure is only logged."""
    try:
        changed = record_changes(tools.store, reports, tools.clock())
        visited = {report.source for report in reports}
        return send_alerts(config.alerts, tools.store, changed, visited)
    except StoreError as error:
        emit(log, logging.ERROR, "alerts failed", problem=str(error))
        return None


def _visit(
    config: Config, tools: Tools, names: Sequence[str], polls: Polls, stop: threading.Event
) -> list[Report]:
    """The reports of the polls that end before `stop` is set."""
    waiting, reports = list(names), list[Report]()
    deadline = tools.clock() + OTHER_POLL_WAIT
    while (waiting or polls.names) and not stop.is_set():
        waiting = _start(waiting, config, tools, polls)
        if waiting and not polls.names:
            if tools.clock() > deadline:
                return reports + [Report(source=n, status="failed", error=BUSY) for n in waiting]
            stop.wait(LOOK_SECONDS)
        reports += polls.reap(timeout=LOOK_SECONDS)
    return reports


def _start(waiting: Sequence[str], config: Config, tools: Tools, polls: Polls) -> list[str]:
    """Starts as many polls as it can; the names of those that have to wait longer."""
    if not waiting or not polls.free:
        return list(waiting)
    claims = tools.store.claim(
        waiting, tools.clock(), running=polls.names, limit=polls.free, due_only=False
    )
    for claim in claims:
        source = config.source(claim.source)
        assert source is not None
        polls.start(source, claim)
    started = {claim.source for claim in claims}
    return [name for name in waiting if name not in started]


def _publish(
    config: Config, store: Store, reports: Sequence[Report], stop: threading.Event
) -> Outcome:
    publishing = in_thread("publishing", lambda: _fill_and_publish(config, store, stop))
    while not (publishing.done() or stop.is_set()):
        wait([publishing], LOOK_SECONDS)
    try:
        published = publishing.result(ENDING)
    except PublishError as error:
        return Outcome(reports=tuple(reports), published=None, error=str(error))
    except TimeoutError:
        problem = "publishing did not finish in time; run `feedbot publish`"
        return Outcome(reports=tuple(reports), published=None, error=problem)
    return Outcome(reports=tuple(reports), published=published)


def _fill_and_publish(config: Config, store: Store, stop: threading.Event) -> Published:
    fill_new_topics(config, store)
    return publish_all(config, store, wait=LockWait(stop))
