"""The data sets of ../shared/data, as pages that feedbot reads."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from feedbot.model import Page

DATA = Path(__file__).parents[3] / "shared" / "data"
SEEN_AT = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
KEPT_ON = re.compile(r"_(\d{4})_(\d\d)_(\d\d)\.html\.gz$")  # in the name of a page of fundus


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of a set."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [_mended(json.loads(line)) for line in lines]


def _mended(row: dict[str, Any]) -> dict[str, Any]:
    """The row with day and month of its date put right, if it says that the page was kept before.

    Two truths of fundus are read as month first: 2025-05-04 of a page that was kept on 2025-04-05.
    """
    kept = KEPT_ON.search(row.get("id") or "")
    if not kept or not row.get("date"):
        return row
    said = datetime.fromisoformat(row["date"])
    if said.date() <= date(int(kept[1]), int(kept[2]), int(kept[3])) + timedelta(days=2):
        return row
    return row | {"date": said.replace(month=said.day, day=said.month).isoformat()}


def digest(name: str) -> str:
    """What tells this version of a set from others."""
    return hashlib.sha256((DATA / f"{name}.jsonl.gz").read_bytes()).hexdigest()[:16]


def page(html: str, url: str, at: datetime = SEEN_AT) -> Page:
    """A page as it would have been fetched."""
    return Page(url=url, requested=url, body=html.encode("utf-8", "replace"), fetched_at=at)


def words(text: str) -> Counter[str]:
    """A text as a bag of words; a sign of a language without spaces is a word."""
    found: Counter[str] = Counter()
    for word in text.lower().split():
        clean = "".join(sign for sign in word if sign.isalnum())
        if any("\u3040" <= sign <= "\u9fff" for sign in clean):
            found.update(clean)
        elif clean:
            found[clean] += 1
    return found


def f1(found: str, truth: str) -> tuple[float, float, float]:
    """F1, precision and recall of a text as bags of words."""
    one, other = words(found), words(truth)
    common = sum((one & other).values())
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / sum(one.values()), common / sum(other.values())
    return 2 * precision * recall / (precision + recall), precision, recall


def by_host(name: str) -> Iterator[tuple[str, Sequence[dict[str, Any]]]]:
    """The pages of a set, host by host."""
    hosts: dict[str, list[dict[str, Any]]] = {}
    for row in rows(name):
        hosts.setdefault(row["host"] or row["id"], []).append(row)
    yield from hosts.items()
