"""What is drawn: pieces of text with a style, and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Marked(NamedTuple):
    """A piece of a line in a style that `rich` knows: "bold", "green"."""

    text: str
    style: str = ""


class Table(NamedTuple):
    """Rows of cells below the names of their columns; without names, only the rows are shown."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[str] = frozenset()  # the columns that end at their right edge

    @property
    def lines(self) -> list[Sequence[str]]:
        """The rows, after the names of the columns."""
        return [self.columns, *self.rows] if any(self.columns) else list(self.rows)


Line = Sequence[Marked]
Part = str | Line | Table
