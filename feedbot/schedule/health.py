"""The health of sources after their polls: noticed, and told, in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from ..config import Config
from ..model import Report
from ..operations.alerts import record_changes, send_alerts
from ..poll import Tools
from .threads import Background

RETRY_SECONDS = 10.0  # seconds until the store is asked again when it did not answer
LAST_ALERT = 1.0  # seconds that alerts have when the process ends


class HealthWatch:
    """Notices what polls change in the health of their sources, and alerts the operator.

    `changed` is called when something did.
    """

    def __init__(self, config: Config, tools: Tools, changed: Callable[[], None]) -> None:
        self._config = config
        self._tools = tools
        self._changed = changed
        self._lock = threading.Lock()
        self._reports: dict[str, Report] = {}  # the last of each source, until it was looked at
        self._telling: threading.Thread | None = None
        self._work = Background("watching health", self._do, RETRY_SECONDS)

    def look(self, reports: Sequence[Report]) -> None:
        """Has the sources of these reports looked at soon."""
        if reports:
            with self._lock:
                self._reports |= {report.source: report for report in reports}
            self._work.ask()

    def take(self, config: Config) -> None:
        """Goes on under another configuration."""
        self._config = config

    def finish(self, timeout: float) -> None:
        """Looks at what is left, and gives alerts a moment."""
        self._work.finish(timeout)
        if self._telling is not None:
            self._telling.join(min(timeout, LAST_ALERT))

    def _do(self) -> None:
        with self._lock:
            reports = dict(self._reports)
        if not reports:
            return
        changed = record_changes(self._tools.store, reports.values(), self._tools.clock())
        with self._lock:  # what has come meanwhile is looked at next
            self._reports = {
                name: one for name, one in self._reports.items() if one is not reports.get(name)
            }
        if changed:
            self._telling = send_alerts(self._config.alerts, changed) or self._telling
            self._changed()
