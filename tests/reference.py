"""Writes docs/reference.md from the code: `python -m tests.reference`."""

from __future__ import annotations

from pathlib import Path

import click
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from feedbot.cli import main
from feedbot.config import schema
from feedbot.model import Polling

PAGE = Path(__file__).parents[1] / "docs" / "reference.md"

TABLES: list[tuple[str, type[BaseModel]]] = [
    ("[feeds]", schema.FeedsTable),
    ("[store]", schema.StoreTable),
    ("[polling]", schema.PollingTable),
    ("[metrics]", schema.MetricsTable),
    ("[[sources]]", schema.SourceTable),
    ("[sources.select]", schema.SelectTable),
    ("[topics]", schema.TopicTable),
]


def reference() -> str:
    """The page, as it should be."""
    return "\n".join(["# Reference", "", *_commands(), *_settings()])


def _commands() -> list[str]:
    lines = ["## Commands", "", "```", _help(main, "feedbot"), "```", ""]
    for name, command in main.commands.items():
        lines += [f"### feedbot {name}", "", "```", _help(command, f"feedbot {name}"), "```", ""]
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
    if default is None or default == [] or isinstance(default, BaseModel):
        return "–"
    if hasattr(default, "total_seconds"):
        return f"`{_duration(int(default.total_seconds()))}`"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if key == "max_size":
        return "`5MB`"
    return f"`{default}`"


def _duration(seconds: int) -> str:
    for unit, size in (("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
