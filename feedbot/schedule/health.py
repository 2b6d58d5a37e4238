"""Watches the health of sources after their polls, and alerts, in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from ..config import Config
from ..model import Report
from ..operations.alerts import record_changes, send_alerts
from ..poll import Tools
from .threads import Background

RETRY_SECONDS = 10.0  # until the next attempt after a failure of the store
LAST_ALERT = 1.0  # seconds that alerts get when the process ends


class HealthWatch:
    """Notices changes in the health of polled sources, and sends alerts.

    Calls `changed` when there was a change.
    """

    def __init__(self, config: Config, tools: Tools, changed: Callable[[], None]) -> None:
        self._config = config
        self._tools = tools
        self._changed = changed
        self._lock = threading.Lock()
        self._reports: dict[str, Report] = {}  # the last of each source, until it was looked at
        self._alerting: threading.Thread | None = None
        self._work = Background("watching health", self._do, RETRY_SECONDS)

    def look(self, reports: Sequence[Report]) -> None:
        """Requests a check of the sources of these reports; returns at once."""
        if reports:
            with self._lock:
                self._reports |= {report.source: report for report in reports}
            self._work.ask()

    def take(self, config: Config) -> None:
        """Uses another configuration."""
        self._config = config

    def finish(self, timeout: float) -> None:
        """Checks the remaining sources, and gives alerts a moment to finish."""
        self._work.finish(timeout)
        if self._alerting is not None:
            self._alerting.join(min(timeout, LAST_ALERT))

    def _do(self) -> None:
        with self._lock:
            reports = dict(self._reports)
        if not reports:
            return
        changed = record_changes(self._tools.store, reports.values(), self._tools.clock())
        with self._lock:  # newer reports stay for the next time
            self._reports = {
                name: one for name, one in self._reports.items() if one is not reports.get(name)
            }
        sending = send_alerts(self._config.alerts, self._tools.store, changed, reports)
        self._alerting = sending or self._alerting
        if changed:
            self._changed()
