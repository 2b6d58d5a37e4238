"""Tables and marked text: with colours and as wide as the terminal, plainly in a pipe.

What draws on a terminal is loaded there alone: most commands are run by cron.
"""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from .parts import Part, Table

PIPE_COLUMNS = 200  # columns in a pipe, where nothing should be cut
GAP = "  "  # between two columns
UPON = frozenset(("Mn", "Me", "Cf"))  # categories of signs without a column of their own


def tabulate(*columns: str, rows: Iterable[Sequence[object]], numbers: Iterable[str] = ()) -> Table:
    """A table of anything that can be written."""
    return Table(columns, [tuple(map(str, row)) for row in rows], frozenset(numbers))


def draw(*parts: Part) -> str:
    """The parts as text: as wide as the terminal, with colours only there and without NO_COLOR."""
    if sys.stdout.isatty():
        from .terminal import drawn

        text = drawn(parts, line_width(), colours=not os.environ.get("NO_COLOR"))
    else:
        text = "\n".join(line for part in parts for line in _plain(part))
    return "\n".join(line.rstrip() for line in text.splitlines())


def line_width() -> int:
    """The columns there are to write in."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPE_COLUMNS


def _plain(part: Part) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Table):
        widths = [max(map(_columns_of, cells)) for cells in zip(*part.lines, strict=True)]
        rights = [name in part.numbers for name in part.columns]
        for line in part.lines:
            yield GAP.join(map(_padded, line, widths, rights))
    else:
        yield "".join(piece.text for piece in part)


def _padded(cell: str, columns: int, right: bool) -> str:
    room = " " * (columns - _columns_of(cell))
    return room + cell if right else cell + room


def _columns_of(text: str) -> int:
    """How many columns a text takes: none for what stands on the sign before, two for 北."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(unicodedata.category(sign) in UPON for sign in text)
