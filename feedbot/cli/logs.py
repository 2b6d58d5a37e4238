"""Log formats: for people, for systemd's journal, or JSON. One event per line."""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime

import click

PRIORITY = ((logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6))  # of syslog(3); else 7
COLOURS = {"ERROR": "red", "WARNING": "yellow", "INFO": "green", "DEBUG": "bright_black"}


def set_up(*, verbose: bool, as_json: bool) -> None:
    """Logs to stderr: as JSON if asked, as key=value for the journal, otherwise for people."""
    logging.captureWarnings(capture=True)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(as_json=as_json))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("feedbot").setLevel(logging.DEBUG if verbose else logging.INFO)
    # It warns of every beat that is skipped during a long one, which is intended.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def only_errors() -> None:
    """Logs only errors, since the command prints its results."""
    logging.getLogger("feedbot").setLevel(logging.ERROR)
    # Except why a command waits for another process that is publishing.
    logging.getLogger("feedbot.schedule.publishing").setLevel(logging.WARNING)
    # And that a hub was not told, which is in no table.
    logging.getLogger("feedbot.operations.websub").setLevel(logging.WARNING)


def _formatter(*, as_json: bool) -> logging.Formatter:
    if as_json:
        return Json()
    if "JOURNAL_STREAM" in os.environ:
        return Journal()
    return People(colour=sys.stderr.isatty() and not os.environ.get("NO_COLOR"))


class OneLine(logging.Formatter):
    """Formats an event as one line, without secrets in URLs."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, followed by a traceback if there is one."""
        from ..web.urls import redact  # imported late: it is slow to load

        return redact(self.line(record) + self.traceback(record))

    def line(self, record: logging.LogRecord) -> str:
        """The event as one line."""
        raise NotImplementedError

    def traceback(self, record: logging.LogRecord) -> str:
        """The traceback of a bug, on further lines; "" if there is none."""
        return "\n" + self.formatException(record.exc_info) if record.exc_info else ""


class People(OneLine):
    """For people: time, level, sentence."""

    def __init__(self, *, colour: bool) -> None:
        super().__init__()
        self._colour = colour

    def line(self, record: logging.LogRecord) -> str:
        """Such as `12:30:00 INFO polled ZeelandNet: new=3 seconds=1.2`."""
        time = datetime.fromtimestamp(record.created).strftime("%H:%M:%S")  # noqa: DTZ006 - local
        level = record.levelname
        if self._colour:
            time = click.style(time, dim=True)
            level = click.style(level, fg=COLOURS.get(level), bold=True)
        return f"{time} {level} {_joined(record.getMessage())}"


class Journal(OneLine):
    """For systemd, which adds the time and reads the level from `<n>` (sd-daemon(3))."""

    def line(self, record: logging.LogRecord) -> str:
        """Such as `<6>event=polled object=ZeelandNet new=3 seconds=1.2`."""
        priority = next((n for level, n in PRIORITY if record.levelno >= level), 7)
        pairs = " ".join(f"{key}={_quoted(value)}" for key, value in _facts(record).items())
        return f"<{priority}>{pairs}"


class Json(OneLine):
    """For programs: one JSON object per line."""

    def line(self, record: logging.LogRecord) -> str:
        """Such as `{"time": "…", "level": "info", "event": "polled", "object": "ZeelandNet"}`."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        head = {"time": time.replace("+00:00", "Z"), "level": record.levelname.lower()}
        facts = head | _facts(record)
        if record.exc_info:
            facts["traceback"] = self.formatException(record.exc_info)
        return json.dumps(facts, ensure_ascii=False)

    def traceback(self, record: logging.LogRecord) -> str:  # noqa: ARG002 - it is in the object
        """Nothing: the traceback is a field of the object."""
        return ""


def _facts(record: logging.LogRecord) -> dict[str, object]:
    """The event, its object and its facts; for messages of libraries, only the message."""
    event = getattr(record, "event", None)
    if event is None:
        return {"event": "message", "from": record.name, "problem": record.getMessage()}
    about = {"object": record.about} if record.about else {}  # type: ignore[attr-defined]
    return {"event": event, **about, **record.facts}  # type: ignore[attr-defined]


def _quoted(value: object) -> str:
    text = str(value)
    plain = text and not any(c.isspace() or c in '"=\\' or not c.isprintable() for c in text)
    return text if plain else json.dumps(text, ensure_ascii=False)


def _joined(text: str) -> str:
    return " ".join(text.split())
