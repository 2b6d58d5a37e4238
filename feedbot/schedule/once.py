"""One round of polls, for cron and for people."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from ..config import Config
from ..errors import PublishError
from ..model import Report
from ..poll import Tools
from ..publish import Published
from ..store import Store
from ..watch import alert, notice
from .output import publish_all
from .polls import Polls

PATIENCE = timedelta(minutes=2)  # how long `poll` waits for another process to end its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one round of polls did, and what was published after it."""

    reports: tuple[Report, ...]
    published: Published | None
    error: str | None = None  # why publishing failed

    @property
    def failed(self) -> bool:
        """Whether anything failed: a source, an article or the output."""
        return bool(self.error) or any(r.error or r.failures for r in self.reports)


def poll_once(config: Config, tools: Tools, names: Sequence[str], stop: threading.Event) -> Outcome:
    """Visits the named sources now, each once, and publishes."""
    polls = Polls(tools)
    waiting, reports = list(names), list[Report]()
    deadline = tools.clock() + PATIENCE
    while waiting or polls.names:
        if stop.is_set():
            tools.fetcher.stop()
            waiting = []
        if waiting and polls.free:
            claims = tools.store.claim(
                waiting,
                tools.clock(),
                running=polls.names,
                limit=polls.free,
                due_only=False,
            )
            for claim in claims:
                source = config.source(claim.source)
                assert source is not None
                polls.start(source, claim)
                waiting.remove(claim.source)
            if not polls.names and tools.clock() > deadline:
                busy = "another feedbot is polling it, or was cut off; try again in a minute"
                reports += [Report(source=n, status="failed", error=busy) for n in waiting]
                break
        reports += polls.reap(timeout=0.2)
        if not polls.names and waiting:
            stop.wait(0.2)
    polls.finish(0)
    telling = alert(config.alerts, notice(tools.store, reports, tools.clock()))
    if telling:
        telling.join()
    return _publish(config, tools.store, reports)


def _publish(config: Config, store: Store, reports: Sequence[Report]) -> Outcome:
    try:
        return Outcome(reports=tuple(reports), published=publish_all(config, store))
    except PublishError as error:
        return Outcome(reports=tuple(reports), published=None, error=str(error))
