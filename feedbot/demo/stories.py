"""The stories of the sample site, as stories.toml tells them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a later version of a story says: another headline, and `new` where `old` stood."""

    headline: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WireStory:
    """A story as a news agency would send it, with the answers that tests ask for."""

    slug: str  # the last part of its address
    headline: str
    section: str
    paragraphs: tuple[str, ...]  # subheads among them; the first begins with the dateline
    topics: tuple[str, ...] = ()  # of the demo's configuration: those it is really about
    image: str | None = None  # what its picture shows; None: it has no picture
    correction: Correction | None = None  # None: it is never corrected, or has been

    @property
    def path(self) -> str:
        """Where the portal serves it."""
        return f"/nieuws/{self.slug}"

    @property
    def lead(self) -> str:
        """The first paragraph, dateline included: what a teaser shows."""
        return self.paragraphs[0]

    def corrected(self) -> WireStory:
        """The story after its correction; the story itself if it has none."""
        change = self.correction
        if change is None:
            return self
        paragraphs = tuple(text.replace(change.old, change.new) for text in self.paragraphs)
        return replace(self, headline=change.headline, paragraphs=paragraphs, correction=None)


def _story(table: dict[str, Any]) -> WireStory:
    correction = table.get("correction")
    return WireStory(
        slug=table["slug"],
        headline=table["headline"],
        section=table["section"],
        paragraphs=tuple(table["text"].strip().split("\n\n")),
        topics=tuple(table["topics"]),
        image=table.get("image"),
        correction=Correction(**correction) if correction else None,
    )


_TABLES = tomllib.loads((files(__package__) / "stories.toml").read_text(encoding="utf-8"))

STORIES: tuple[WireStory, ...] = tuple(_story(table) for table in _TABLES["stories"])
"""Every story, in the order in which it appears."""

OLDER: tuple[str, ...] = tuple(_TABLES["older"])
"""Leads of stories that are no longer to be found, which still stand below other stories."""
