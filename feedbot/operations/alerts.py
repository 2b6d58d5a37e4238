"""Alerts the operator when the health of a source changes: once, and when that is sure."""

from __future__ import annotations

import functools
import json
import logging
import os
import subprocess
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from ..errors import FetchError, StoreError
from ..events import emit
from ..fetch.post import post
from ..model import Alerts, Health, HealthChange, Report
from ..store import FeedQueries, SourceState, Store, alerts, queries
from ..web.urls import redact
from .status import health_of

log = logging.getLogger(__name__)

SURE_AFTER = 3  # failures in a row, about half an hour: a site that restarts causes no alert
COMMAND_SECONDS = 60.0  # the longest that an alert command may run

Send = Callable[[dict[str, str]], str]  # sends an alert; returns what went wrong, or ""


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


def send_alerts(
    wanted: Alerts, store: Store, changed: Collection[HealthChange], visited: Collection[str]
) -> threading.Thread | None:
    """Sends alerts as configured, in a thread; None if there is nothing to send.

    One that could not be sent is recorded, and sent after the next visit to its source. `visited`
    are the sources that were visited now.
    """
    ways: dict[str, Send] = {}
    if wanted.command:
        ways["command"] = functools.partial(_run, wanted.command)
    if wanted.url:
        ways["url"] = functools.partial(_post, wanted.url)
    if not ways:
        return None
    unsent = FeedQueries(store)
    fresh = {change.source: json.dumps(_value(change)) for change in changed}
    for way in ways:
        unsent.note(_place(way), fresh)
    waiting = [
        (way, source, text)
        for way in ways
        for source, text in unsent.notes(_place(way)).items()
        if source in visited
    ]
    if not waiting:
        return None

    def send_all() -> None:
        for way, source, text in waiting:
            _send(way, ways[way], source, text, unsent)

    thread = threading.Thread(target=send_all, daemon=True, name="alert")
    thread.start()
    return thread


def _place(way: str) -> str:
    """Where the alerts that are not sent this way yet are recorded; no output has this name."""
    return f"alert {way}"


def _value(change: HealthChange) -> dict[str, str]:
    return {
        "source": change.source,
        "health": change.health,
        "evidence": change.evidence,
        "at": change.at.isoformat(),
    }


def _send(way: str, send: Send, source: str, text: str, unsent: FeedQueries) -> None:
    """Sends an alert one way; if that fails, it stays recorded unless a newer one is."""
    place = _place(way)
    try:
        unsent.forget(place, [source])  # first, so that no other thread sends it as well
        if problem := send(json.loads(text)):
            log.error("alert of %s: [alerts] %s: %s", source, way, problem)
            if source not in unsent.notes(place):
                unsent.note(place, {source: text})
    except StoreError as error:
        log.error("alert of %s: %s", source, error)


def _post(url: str, value: dict[str, str]) -> str:
    """Posts an alert; returns what went wrong."""
    try:
        post(url, json=value)
    except FetchError as error:
        return str(error)
    return ""


def _run(command: str, value: dict[str, str]) -> str:
    """Runs the operator's command, with the change in its environment and as JSON on its input.

    Returns what went wrong.

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
    except OSError as error:
        return error.strerror or type(error).__name__
    except subprocess.SubprocessError:
        return f"did not finish within {COMMAND_SECONDS:g} s"
    if done.returncode:
        return redact(done.stderr.strip())[-300:] or f"exit status {done.returncode}"
    return ""
