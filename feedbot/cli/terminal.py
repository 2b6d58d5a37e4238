"""What is drawn on a terminal. The only home of rich."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Bar
from rich.table import Table as Grid
from rich.text import Text

from ..events import Progress
from .parts import Part, Table

COLOURS = {
    "ok": "green",
    "new": "cyan",
    "unchanged": "dim",
    "failed": "red",
    "failing": "red",
    "degraded": "yellow",
    "silent": "yellow",
    "revised": "magenta",
    "duplicate": "blue",
}


def drawn(parts: Sequence[Part], width: int, *, colours: bool) -> str:
    """The parts as text in so many columns."""
    out = io.StringIO()
    console = Console(
        file=out, force_terminal=colours, no_color=not colours, width=width, highlight=False
    )
    for part in parts:
        console.print(_shape(part))
    return out.getvalue()


def _shape(part: Part) -> Text | Grid:
    if isinstance(part, Table):
        return _grid(part)
    return Text(part) if isinstance(part, str) else Text.assemble(*part)


def _grid(table: Table) -> Grid:
    grid = Grid(
        box=None,
        pad_edge=False,
        show_header=any(table.columns),
        header_style="bold",
        padding=(0, 2, 0, 0),
    )
    for column in table.columns:
        right = column in table.numbers
        grid.add_column(column, justify="right" if right else "left", no_wrap=right)
    for row in table.rows:
        grid.add_row(*(Text(cell, style=COLOURS.get(cell, "")) for cell in row))
    return grid


@contextmanager
def bar(what: str) -> Iterator[Progress]:
    """A progress bar; called with (done, total)."""
    with Bar(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


@contextmanager
def growing_bar(what: str) -> Iterator[Progress]:
    """A progress bar; called with (newly done, newly found)."""
    with Bar(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=0)

        def advance(done: int, found: int) -> None:
            shown.update(task, advance=done, total=(shown.tasks[0].total or 0) + found)

        yield advance
