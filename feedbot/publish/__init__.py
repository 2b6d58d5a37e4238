"""Stories to files: entries, feeds, and the place they go to. The only writer of files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from ..model import Output, Story, Topic
from . import atom, jsonfeed
from .entries import entry_of, house_of
from .target import Target, open_target

__all__ = ["Published", "Shelf", "open_target", "publish"]


class Shelf(Protocol):
    """The stored stories, topic by topic."""

    def window(
        self, slug: str, entries: int, keep: timedelta
    ) -> list[tuple[Story, tuple[str, ...]]]:
        """What the current feed of a topic holds, each story with all its topics."""


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were written, and how many were as they should be."""

    written: int
    unchanged: int


def publish(output: Output, topics: Sequence[Topic], shelf: Shelf, target: Target) -> Published:
    """Brings the files of every topic up to date with the stories on the shelf."""
    house = house_of(output, tuple(topics))
    written = unchanged = 0
    for topic in topics:
        window = shelf.window(topic.slug, output.entries, output.keep)
        entries = [entry_of(story, slugs, house) for story, slugs in window]
        updated = max((entry.updated for entry in entries), default=None)
        feed = [atom.write_entry(entry, house) for entry in entries]
        items = [jsonfeed.write_entry(entry) for entry in entries]
        files = {
            f"{topic.slug}.xml": atom.write_feed(topic, feed, updated, output, house),
            f"{topic.slug}.json": jsonfeed.write_feed(topic, items, output),
        }
        for name, content in files.items():
            if target.put(name, content):
                written += 1
            else:
                unchanged += 1
    return Published(written, unchanged)
