"""The health of sources, and who is told when it changes: once, and no sooner than it is sure."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import threading
from collections.abc import Collection, Iterable
from datetime import datetime

from ..errors import FetchError
from ..events import emit
from ..fetch.post import post
from ..model import Alerts, HealthChange, Report
from ..store import Store, alerts, queries
from ..web.urls import redact
from .status import health_of

log = logging.getLogger(__name__)

SURE_AFTER = 3  # failures in a row, about half an hour: a site that is restarted wakes nobody up
COMMAND_SECONDS = 60.0  # seconds that a command may take


def record_changes(store: Store, reports: Iterable[Report], now: datetime) -> list[HealthChange]:
    """What these polls changed in the health of their sources since it was told last; logs it."""
    with store.read() as connection:
        states = queries.sources(connection, {report.source for report in reports})
        told = alerts.told(connection, states)
    changed = []
    for state in states.values():
        health, evidence = health_of(state)
        sure = health != "new" and (health != "failing" or state.failures >= SURE_AFTER)
        if sure and health != told.get(state.name, "ok"):
            changed.append(
                HealthChange(source=state.name, at=now, health=health, evidence=evidence)
            )
    if not changed:
        return []
    with store.write() as connection:
        # Another process may have been first.
        told = alerts.told(connection, [one.source for one in changed])
        new = [one for one in changed if one.health != told.get(one.source, "ok")]
        for one in new:
            alerts.record_told(connection, one.source, one.health, one.evidence, now)
    for one in new:
        level = logging.INFO if one.health == "ok" else logging.WARNING
        facts = {"problem": one.evidence} if one.evidence else {}
        emit(log, level, f"now {one.health}", one.source, **facts)
    return new


def send_alerts(wanted: Alerts, changed: Collection[HealthChange]) -> threading.Thread | None:
    """Tells the operator in the ways that the configuration names, without holding anybody up."""
    if not changed or not (wanted.command or wanted.url):
        return None
    thread = threading.Thread(target=_tell_all, args=(wanted, changed), daemon=True, name="alert")
    thread.start()
    return thread


def _tell_all(wanted: Alerts, changed: Collection[HealthChange]) -> None:
    for one in changed:
        value = {
            "source": one.source,
            "health": one.health,
            "evidence": one.evidence,
            "at": one.at.isoformat(),
        }
        if wanted.command:
            _run(wanted.command, value)
        if wanted.url:
            try:
                post(wanted.url, json=value)
            except FetchError as error:
                log.error("alert of %s: [alerts] url: %s", one.source, error)


def _run(command: str, value: dict[str, str]) -> None:
    """Runs the operator's command: what changed is in its environment, and as JSON in its input.

    The command itself is never logged: it may hold passwords.
    """
    environment = {f"FEEDBOT_{name.upper()}": text for name, text in value.items()}
    try:
        done = subprocess.run(  # noqa: S602 - the operator's own line, and it may be a pipe
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
        problem = f"not ended within {COMMAND_SECONDS:g} s"
        if isinstance(error, OSError):
            problem = error.strerror or type(error).__name__
        log.error("alert of %s: [alerts] command: %s", value["source"], problem)
        return
    if done.returncode:
        problem = redact(done.stderr.strip())[-300:] or f"exit status {done.returncode}"
        log.error("alert of %s: [alerts] command: %s", value["source"], problem)
