"""Pages that are old by the numbers in their addresses, where those with days show how these grow.

A town's front page lists its news with days, and beside it the procedures that people look for:
pages of long ago, at addresses of the same kind. Most systems count their pages, so a number tells
about when a page was made.

    27 November   /kurashi/gomi/1004412.html
    20 November   /kurashi/bosai/1004396.html   16 pages in a week
    (no day)      /kurashi/zei/1000455.html     4,000 pages earlier: of years ago
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from .addresses import split
from .evidence import REPEATED, Showing, add_clue

OLD = timedelta(days=365)  # before the oldest page with a day
FAR = 20  # times the distance between the numbers with days that an old one lies below them
NUMBER = re.compile(r"(?P<before>[^/=&]*?)(?P<number>\d{4,9})(?P<after>\D?)")

Series = tuple[str, int, str]  # what stands before a number, how long it is, and what follows


def weigh_numbers(showings: Sequence[Showing]) -> None:
    """Takes from the scores of pages without a day whose numbers are those of old ones."""
    for members in _series(showings).values():
        oldest = _oldest(members)
        for number, one in members:
            if oldest is not None and one.shown.published is None and number < oldest:
                add_clue(one, "old number", 1.0)


def _series(showings: Sequence[Showing]) -> Mapping[Series, list[tuple[int, Showing]]]:
    """The showings by the kind of number that their addresses have, each with its number."""
    found: dict[Series, list[tuple[int, Showing]]] = {}
    for one in showings:
        parts = split(one.url)
        every = list(NUMBER.finditer(f"{parts.path}?{parts.query}"))
        if every:
            last = every[-1]
            series = (last["before"], len(last["number"]), last["after"])
            found.setdefault(series, []).append((int(last["number"]), one))
    return found


def _oldest(members: Sequence[tuple[int, Showing]]) -> float | None:
    """The number below which a page is old; None where numbers do not tell."""
    dated = sorted(set(_dated(members)))
    if len(dated) < REPEATED or any(
        later < earlier for (_, earlier), (_, later) in pairwise(dated)
    ):
        return None
    (first, begin), (last, end) = dated[0], dated[-1]
    days = (end - begin) / timedelta(days=1)
    if days < 1 or first == last:
        return None
    return first - max(FAR, OLD / timedelta(days=1) / days) * (last - first)


def _dated(members: Sequence[tuple[int, Showing]]) -> Iterator[tuple[int, datetime]]:
    """The numbers of the pages with a day, and those days."""
    for number, one in members:
        if one.shown.published is not None and not one.shown.is_ahead:
            yield number, one.shown.published.at
