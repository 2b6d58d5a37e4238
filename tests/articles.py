"""Articles made of a few words, for tests and measurements of routing."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from feedbot.model import Article, Dated, Dateline, Source

_DATELINE = re.compile(r"([^a-z]{2,40}?)(?: \(([A-Z/]+)\))? - ")


def article(
    title: str = "",
    lead: str = "",
    *body: str,
    language: str = "nl",
    sections: tuple[str, ...] = (),
    published: datetime | None = None,
) -> Article:
    """An article; capitals before a dash are the dateline of its lead."""
    found = _DATELINE.match(lead)
    dateline = found and Dateline(
        text=found[0], place=found[1], agencies=tuple((found[2] or "").split("/"))
    )
    return Article(
        url="https://news.example.org/1",
        title=title,
        paragraphs=(lead, *body),
        html="",
        language=language,
        dateline=dateline or None,
        published=Dated(at=published or datetime(2026, 11, 2, tzinfo=UTC), origin="meta"),
        sections=sections,
    )


def sources(*names: str) -> list[Source]:
    """Sources of these names, each on a host of its own."""
    return [Source(name=name, urls=(f"https://{name}.example.org/nieuws",)) for name in names]
