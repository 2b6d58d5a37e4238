"""Writes docs/reference.md from the code, and from what commands print and publish:
`python -m tests.reference`."""

from __future__ import annotations

import json
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from feedbot import config, demo, schedule, terms
from feedbot.cli import main
from feedbot.config import schema
from feedbot.demo.portal import Portal
from feedbot.model import Polling, Report
from feedbot.operations.metrics import Meter
from tests.processes import feedbot

PAGE = Path(__file__).parents[1] / "docs" / "reference.md"

TABLES: list[tuple[str, type[BaseModel]]] = [
    ("[feeds]", schema.FeedsTable),
    ("[store]", schema.StoreTable),
    ("[polling]", schema.PollingTable),
    ("[metrics]", schema.MetricsTable),
    ("[desk]", schema.DeskTable),
    ("[alerts]", schema.AlertsTable),
    ("[[sources]]", schema.SourceTable),
    ("[sources.select]", schema.SelectTable),
    ("[sources.json]", schema.JsonTable),
    ("[topics]", schema.TopicTable),
]


# Every published file, by what its name is like.
FILES = {
    r"index\.html": "a page with all topics",
    r"style\.css": "the style of the pages, and of feeds in a browser",
    r"feed\.js": "the script that shows a feed as a page in a browser",
    r"icon\.png": "the icon of the feeds and pages",
    r"help\.html": "a page that says what a feed is",
    r"feeds\.opml": "a list of all feeds, to subscribe to them at once",
    r"search\.json": "the headlines of all topics, for the search of the index page",
    r"sitemap\.xml": "a list of the pages, for search engines, with `index = true`",
    r"[a-z-]+-daily\.xml": "a digest, for topics with `digest`",
    r"[a-z-]+\.xml": "the newest entries of a topic, as Atom",
    r"[a-z-]+\.json": "the same as JSON Feed 1.1",
    r"[a-z-]+\.html": "the same as a web page",
    r"archive/[a-z-]+-\d{4}-\d\d\.xml": "the archive of a topic, one document per month (RFC 5005)",
}
COMMANDS = [
    ("poll", "--json"),
    ("preview", "URL", "--json"),
    ("why", "URL", "--json"),
    ("status", "--json"),
    ("publish", "--json"),
    ("replay", "--dry-run", "--json"),
    ("topics", "--json"),
    ("prune", "--dry-run", "--json"),
    ("doctor", "--json"),
]


def reference() -> str:
    """The parts that come from the code alone: commands, settings, terms."""
    return "\n".join(["# Reference", "", *_commands(), *_settings(), *_terms()])


def outputs() -> str:
    """The parts that come from running feedbot on the sample site: files, metrics, JSON."""
    with tempfile.TemporaryDirectory() as folder, Portal() as portal:
        home = Path(folder)
        text = demo.configuration(portal.url, home)
        (home / "feedbot.toml").write_text(text, encoding="utf-8")
        portal.correct()
        shapes = [_shape(home, words, portal.url) for words in COMMANDS]
        lines = [*_files(home), *_metrics(home), "## JSON", ""]
        return "\n".join([*lines, *(line for shape in shapes for line in shape)])


def _files(home: Path) -> list[str]:
    """The published files by kind; every file must be of a known kind."""
    names = sorted(str(p.relative_to(home / "feeds")) for p in (home / "feeds").rglob("*.*"))
    found: dict[str, str] = {}
    for name in names:
        kind = next((kind for kind in FILES if re.fullmatch(kind, name)), None)
        assert kind, f"{name} is published and not documented"
        found.setdefault(kind, name)
    lines = ["## Published files", "", "| file, for example | contents |", "|---|---|"]
    found.setdefault(list(FILES)[-1], "archive/china-2026-02.xml")  # of a month that is over
    found.setdefault(r"sitemap\.xml", "sitemap.xml")
    found.setdefault(r"[a-z-]+-daily\.xml", "china-daily.xml")
    lines += [f"| `{found[kind]}` | {FILES[kind]} |" for kind in FILES]
    return [*lines, ""]


def _metrics(home: Path) -> list[str]:
    """The metrics after a visit to a source."""
    lines = ["## Metrics", "", "| metric | labels | type | meaning |", "|---|---|---|---|"]
    now = datetime.now(UTC)
    configuration = config.load(home / "feedbot.toml")
    with schedule.open_tools(configuration, lambda: now) as tools:
        meter = Meter(configuration, tools)
        meter.polled(Report(source=configuration.sources[0].name, status="ok"))
        for family in meter.registry.collect():
            name = family.name + ("_total" if family.type == "counter" else "")
            labels = {label for sample in family.samples for label in sample.labels} - {"le"}
            said = family.documentation.rstrip(".")
            lines.append(f"| `{name}` | {', '.join(sorted(labels))} | {family.type} | {said} |")
    return [*lines, ""]


def _shape(home: Path, words: tuple[str, ...], url: str) -> list[str]:
    """The fields that a command prints."""
    if words[0] == "why":
        url = json.loads(feedbot(home, "preview", url, "--json").stdout)["links"][0]["url"]
    done = feedbot(home, *(url if word == "URL" else word for word in words))
    assert done.returncode == 0, done.stderr
    printed = "\n".join(_fields(json.loads(done.stdout), ""))
    return [f"`feedbot {' '.join(words)}`", "", "```", printed, "```", ""]


def _fields(value: object, indent: str) -> list[str]:
    """A line for each field; of a list, those of its first element."""
    if not isinstance(value, dict):
        return []
    lines = []
    for key, held in value.items():
        first = held[0] if isinstance(held, list) and held else held
        lines.append(f"{indent}{key}{'[]' if isinstance(held, list) else ''}")
        lines += _fields(first, indent + "  ")
    return lines


def _terms() -> list[str]:
    return ["## Terms", "", "```", (terms.__doc__ or "").strip(), "```", ""]


def _commands() -> list[str]:
    lines = ["## Commands", "", "```", _help(main, "feedbot"), "```", ""]
    for name, command in main.commands.items():
        lines += _command(f"feedbot {name}", command)
    return lines


def _command(name: str, command: click.Command) -> list[str]:
    lines = [f"### {name}", "", "```", _help(command, name), "```", ""]
    for below, one in command.commands.items() if isinstance(command, click.Group) else ():
        lines += _command(f"{name} {below}", one)
    return lines


def _help(command: click.Command, name: str) -> str:
    settings = main.context_settings | {"terminal_width": 90, "max_content_width": 90}
    context = click.Context(command, info_name=name, **settings)
    return command.get_help(context)


def _settings() -> list[str]:
    lines = ["## Settings", ""]
    for name, table in TABLES:
        lines += [f"### {name}", "", (table.__doc__ or "").strip(), ""]
        lines += ["| key | default | meaning |", "|---|---|---|"]
        inherited = set(schema.PollingTable.model_fields) if name == "[[sources]]" else set()
        for key, field in table.model_fields.items():
            if key in inherited:
                continue
            meaning = field.description or ""
            lines.append(f"| `{field.alias or key}` | {_default(key, field.default)} | {meaning} |")
        lines += ["| … | | every key of [polling] |"] if inherited else []
        lines.append("")
    return lines


def _default(key: str, default: object) -> str:
    if default is PydanticUndefined:
        return "required"
    if default is None and key in Polling.__dataclass_fields__:
        default = getattr(Polling(), key)
    if default in (None, [], ()) or isinstance(default, BaseModel):
        return "–"
    if hasattr(default, "total_seconds"):
        return f"`{_duration(int(default.total_seconds()))}`"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if key == "max_size":
        return "`5MB`"
    return f"`{default}`"


def _duration(seconds: int) -> str:
    if seconds >= 7 * 86400 and seconds % 86400 == 0:
        return f"{seconds // 86400}d"
    for unit, size in (("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


if __name__ == "__main__":
    PAGE.write_text(reference() + "\n" + outputs(), encoding="utf-8")
