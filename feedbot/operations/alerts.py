"""Alerts the operator when the health of a source changes: once, and when that is sure."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import threading
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from ..errors import FetchError
from ..events import emit
from ..fetch.post import post
from ..model import Alerts, Health, HealthChange, Report
from ..store import SourceState, Store, alerts, queries
from ..web.urls import redact
from .status import health_of

log = logging.getLogger(__name__)

SURE_AFTER = 3  # failures in a row, about half an hour: a site that restarts causes no alert
COMMAND_SECONDS = 60.0  # the longest that an alert command may run


def record_changes(store: Store, reports: Iterable[Report], now: datetime) -> list[HealthChange]:
    """What these polls changed in the health of their sources since the last alert; logs it."""
    with store.read() as connection:
        states = queries.sources(connection, {report.source for report in reports})
        last = alerts.last_alerts(connection, states)
    seen = [change for state in states.values() if (change := _sure_health(state, now))]
    changed = _unalerted(seen, last)
    if not changed:
        return []
    with store.write() as connection:
        # Another process may have been first.
        last = alerts.last_alerts(connection, [change.source for change in changed])
        changed = _unalerted(changed, last)
        for change in changed:
            alerts.record_alert(connection, change.source, change.health, change.evidence, now)
    for change in changed:
        level = logging.INFO if change.health == "ok" else logging.WARNING
        facts = {"problem": change.evidence} if change.evidence else {}
        emit(log, level, f"now {change.health}", change.source, **facts)
    return changed


def _sure_health(state: SourceState, now: datetime) -> HealthChange | None:
    """The health of a source as an alert; None while it is not sure."""
    health, evidence = health_of(state)
    if health == "new" or (health == "failing" and state.failures < SURE_AFTER):
        return None
    return HealthChange(source=state.name, at=now, health=health, evidence=evidence)


def _unalerted(seen: Iterable[HealthChange], last: Mapping[str, Health]) -> list[HealthChange]:
    """Those that differ from the last alert; without one, a source is taken to be well."""
    return [change for change in seen if change.health != last.get(change.source, "ok")]


def send_alerts(wanted: Alerts, changed: Collection[HealthChange]) -> threading.Thread | None:
    """Sends alerts as configured, in a thread; None if there is nothing to send."""
    if not changed or not (wanted.command or wanted.url):
        return None
    thread = threading.Thread(target=_tell_all, args=(wanted, changed), daemon=True, name="alert")
    thread.start()
    return thread


def _tell_all(wanted: Alerts, changed: Collection[HealthChange]) -> None:
    for change in changed:
        value = {
            "source": change.source,
            "health": change.health,
            "evidence": change.evidence,
            "at": change.at.isoformat(),
        }
        if wanted.command:
            _run(wanted.command, value)
        if wanted.url:
            try:
                post(wanted.url, json=value)
            except FetchError as error:
                log.error("alert of %s: [alerts] url: %s", change.source, error)


def _run(command: str, value: dict[str, str]) -> None:
    """Runs the operator's command, with the change in its environment and as JSON on its input.

    The command itself is never logged: it may hold passwords.
    """
    environment = {f"FEEDBOT_{name.upper()}": text for name, text in value.items()}
    try:
        done = subprocess.run(  # noqa: S602 - the operator's own command line, perhaps with pipes
            command,
            shell=True,
            input=json.dumps(value),
            text=True,
            capture_output=True,
            timeout=COMMAND_SECONDS,
            check=False,
            env=os.environ | environment,
        )
    except (OSError, subprocess.SubprocessError) as error:
        problem = f"did not finish within {COMMAND_SECONDS:g} s"
        if isinstance(error, OSError):
            problem = error.strerror or type(error).__name__
        log.error("alert of %s: [alerts] command: %s", value["source"], problem)
        return
    if done.returncode:
        problem = redact(done.stderr.strip())[-300:] or f"exit status {done.returncode}"
        log.error("alert of %s: [alerts] command: %s", value["source"], problem)
