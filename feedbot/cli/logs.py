"""How a log looks: for people on a terminal, for the journal, or as JSON. One event a line."""

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
    """Logs to stderr: as JSON if asked, key=value where the journal listens, else for people."""
    logging.captureWarnings(capture=True)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(as_json=as_json))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("feedbot").setLevel(logging.DEBUG if verbose else logging.INFO)
    # It warns of every beat that a long one swallows, as it should.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def only_errors() -> None:
    """Leaves the rest to what the command prints."""
    logging.getLogger("feedbot").setLevel(logging.ERROR)
    # Whoever waits for another process to publish is told why nothing happens.
    logging.getLogger("feedbot.schedule.publishing").setLevel(logging.WARNING)


def _formatter(*, as_json: bool) -> logging.Formatter:
    if as_json:
        return Json()
    if "JOURNAL_STREAM" in os.environ:
        return Journal()
    return People(colour=sys.stderr.isatty() and not os.environ.get("NO_COLOR"))


class OneLine(logging.Formatter):
    """An event in one line, whatever it holds, without the secrets of URLs."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; only a bug adds its traceback below."""
        from ..web.urls import redact  # not before there is something to say: it loads much

        return redact(self.line(record) + self.traceback(record))

    def line(self, record: logging.LogRecord) -> str:
        """The event itself."""
        raise NotImplementedError

    def traceback(self, record: logging.LogRecord) -> str:
        """Where a bug happened; "" for everything else."""
        return "\n" + self.formatException(record.exc_info) if record.exc_info else ""


class People(OneLine):
    """For a person who watches: time, level, sentence."""

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
    """For systemd, which has the time already and takes the level from `<n>` (sd-daemon(3))."""

    def line(self, record: logging.LogRecord) -> str:
        """Such as `<6>event=polled object=ZeelandNet new=3 seconds=1.2`."""
        priority = next((n for level, n in PRIORITY if record.levelno >= level), 7)
        pairs = " ".join(f"{key}={_quoted(value)}" for key, value in _facts(record).items())
        return f"<{priority}>{pairs}"


class Json(OneLine):
    """For machines: an object a line."""

    def line(self, record: logging.LogRecord) -> str:
        """Such as `{"time": "…", "level": "info", "event": "polled", "object": "ZeelandNet"}`."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        head = {"time": time.replace("+00:00", "Z"), "level": record.levelname.lower()}
        facts = head | _facts(record)
        if record.exc_info:
            facts["traceback"] = self.formatException(record.exc_info)
        return json.dumps(facts, ensure_ascii=False)

    def traceback(self, record: logging.LogRecord) -> str:  # noqa: ARG002 - it is in the object
        """Nothing: one line an event."""
        return ""


def _facts(record: logging.LogRecord) -> dict[str, object]:
    """What happened, to what, and the numbers; of another library's line only what it says."""
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
