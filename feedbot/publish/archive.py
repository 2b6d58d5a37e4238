"""The history of a feed (RFC 5005): one archive document per month, frozen once the month is over.

    current ──prev-archive──▶ 2026-03 ──▶ 2026-02 ──▶ 2025-12
                                      ◀──next-archive──

A month is over when a story of a later one is stored: moments of change only ever rise. The month
that is not over gets an archive as soon as the current feed no longer reaches back to its start;
that one is written again only when the feed would lose an entry that it does not hold, so a story
costs a small part of a document and not the whole month at every change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

FOLDER = "archive"


def month_of(moment: datetime) -> str:
    """The month of a moment, such as "2026-02"."""
    return f"{moment:%Y-%m}"


def start_of(month: str) -> datetime:
    """The first moment of a month."""
    year, number = month.split("-")
    return datetime(int(year), int(number), 1, tzinfo=UTC)


def end_of(month: str) -> datetime:
    """The first moment after a month."""
    year, number = (int(part) for part in month.split("-"))
    return datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)


def months_between(first: str, last: str) -> list[str]:
    """All months from `first` until before `last`."""
    found = []
    while first < last:
        found.append(first)
        first = month_of(end_of(first))
    return found


def archive_name(slug: str, month: str) -> str:
    """The name of an archive."""
    return f"{FOLDER}/{slug}-{month}.xml"


def archives_in(names: Iterable[str]) -> dict[str, list[str]]:
    """The months, in order, of whose archives these are the names; by slug."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        match = re.fullmatch(rf"{FOLDER}/(.+)-(\d{{4}}-\d\d)\.xml", name)
        if match:
            found.setdefault(match[1], []).append(match[2])
    return found
