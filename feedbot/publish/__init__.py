"""Stories to files: entries, feeds, pages, and the place they go to. The only writer of files.

    stories ─press─▶ entries ─▶ archives ─▶ feeds and pages of a topic ─▶ index, OPML, sitemap

In this order nothing ever names a file that is not there. What has not changed is not read.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from ..errors import PublishError
from ..model import EntryReference, Output, Story, Topic
from . import archive
from .health import NAME as HEALTH
from .health import publish_health
from .pages import topic_card
from .renderer import Renderer
from .state import PublishState, dump, load
from .target import GZIP, Folder, Target

__all__ = [
    "HEALTH",
    "Published",
    "Renderer",
    "StorySource",
    "Target",
    "open_target",
    "prune_files",
    "publish",
    "publish_health",
]  # fmt: skip

BUCKET = "s3://"
COMMON_FILES = ("style.css", "feeds.opml", "sitemap.xml", "index.html")
MOST_PROBLEMS = 5  # then it is the place that is broken, and no other topic would fare better
FORMATS = ("xml", "json", "html")
TOPIC_FILE = re.compile(
    rf"({archive.FOLDER}/(?P<archived>.+)-\d{{4}}-\d\d\.xml|(?P<slug>[^/]+)\.(xml|json|html))(\.gz)?"
)
ALL = ""  # the slug under which the files that name all topics are noted


def open_target(output: Output, base: Path) -> Target:
    """The target that `output` names; relative folders start from `base`.

    Raises PublishError if it cannot be had.
    """
    if output.output.startswith(BUCKET):
        from .bucket import Bucket  # and with it a library that most installations do without

        return Bucket(output.output)
    return Folder(base / output.output, compressed=output.gzip)


class StorySource(Protocol):
    """The stored stories, topic by topic, newest change first; and what publishing noted."""

    def versions(self) -> dict[str, int]:
        """How often the stories of each topic changed, by slug."""

    def newest(self) -> datetime | None:
        """When a story last changed."""

    def oldest(self, slug: str) -> datetime | None:
        """The earliest change of a story of this topic."""

    def window(self, slug: str, entries: int, keep: timedelta) -> list[EntryReference]:
        """What the current feed of a topic holds."""

    def span(self, slug: str, start: datetime, end: datetime) -> list[EntryReference]:
        """The stories of a topic that changed from `start` until before `end`."""

    def has_any(self, slug: str, start: datetime, end: datetime) -> bool:
        """Whether there are any of those."""

    def stories(self, ids: Collection[int]) -> Mapping[int, Story]:
        """Whole stories by their ids."""

    def notes(self, place: str) -> dict[str, str]:
        """What was noted at the last publishing to `place`, by slug."""

    def note(self, place: str, notes: Mapping[str, str]) -> None:
        """Replaces what was noted of these slugs."""

    def forget(self, place: str, slugs: Collection[str]) -> None:
        """Drops what was noted of these slugs."""


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were written, and how many were as they should be.

    feeds     the names of the feeds that changed
    problems  what could not be written, and why; everything else was
    """

    written: int
    unchanged: int
    feeds: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def publish(
    press: Renderer, shelf: StorySource, target: Target, *, everything: bool = False
) -> Published:
    """Brings the files of every topic up to date with the stories on the shelf.

    `everything` looks at every file; without it, what was noted as published is believed as long
    as the files are there.
    """
    return _Publishing(press, shelf, target).run(everything=everything)


class _Publishing:
    """One run over all topics."""

    def __init__(self, press: Renderer, shelf: StorySource, target: Target) -> None:
        self._press = press
        self._shelf = shelf
        self._target = target
        # In this order: what changes from here on is seen at the next publishing.
        self._versions = shelf.versions()
        self._newest = shelf.newest()
        self._noted = shelf.notes(target.place)
        self._notes = {slug: note for slug, text in self._noted.items() if (note := load(text))}
        self._names = target.names()
        self._archives = archive.archives_in(target.names(archive.FOLDER))
        self._everything = False
        self._written: list[str] = []
        self._unchanged = 0
        self._problems: list[str] = []

    def run(self, *, everything: bool) -> Published:
        """See `publish`."""
        topics = self._press.topics
        due = [topic for topic in topics if everything or not self._is_current(topic)]
        # Those that are new come first, since the pages of others may name them.
        due.sort(key=lambda topic: self._names.issuperset(_files(topic.slug)))
        self._restore_copies()
        common = self._press.digest()
        named = self._noted.get(ALL) == common and self._names.issuperset(COMMON_FILES)
        if due or not named or everything:
            self._everything = everything
            with self._noting_problems():
                self._put("style.css", self._press.pages.style())
            changed: dict[str, PublishState] = {}
            for topic in due:
                if len(self._problems) < MOST_PROBLEMS and (note := self._topic(topic)):
                    changed[topic.slug] = note
            self._notes |= changed
            self._all_topics()
            notes = {slug: dump(note) for slug, note in changed.items()}
            self._shelf.note(self._target.place, notes if self._problems else notes | {ALL: common})
        else:
            self._unchanged += len(COMMON_FILES)
        self._unchanged += (len(topics) - len(due)) * len(FORMATS)
        feeds = {f"{topic.slug}.{suffix}" for topic in due for suffix in ("xml", "json")}
        return Published(
            written=len(self._written),
            unchanged=self._unchanged,
            feeds=tuple(name for name in self._written if name in feeds),
            problems=tuple(self._problems),
        )

    def _is_current(self, topic: Topic) -> bool:
        note = self._notes.get(topic.slug)
        return (
            note is not None
            and note.changes == self._versions.get(topic.slug, 0)
            and note.digest == self._press.digest(topic)
            and note.month == self._month
            and self._names.issuperset(_files(topic.slug))
            and not self._lost_archives(topic, note)
        )

    def _lost_archives(self, topic: Topic, note: PublishState) -> bool:
        """Whether somebody has removed an archive of this topic."""
        return not set(note.archived).issubset(self._archives.get(topic.slug, []))

    @property
    def _month(self) -> str:
        return archive.month_of(self._newest) if self._newest else ""

    def _put(self, name: str, content: bytes) -> None:
        if self._target.put(name, content):
            self._written.append(name)
        else:
            self._unchanged += 1

    def _restore_copies(self) -> None:
        """Compresses again what has lost its compressed copy."""
        if not self._press.output.gzip:
            return
        names = self._names | self._target.names(archive.FOLDER)
        slugs = {topic.slug for topic in self._press.topics}
        for name in sorted(names):
            ours = name in COMMON_FILES or _slug_of(name) in slugs
            if ours and not name.endswith(GZIP) and name + GZIP not in names:
                with self._noting_problems():
                    content = self._target.read(name)
                    self._target.put(name, content or b"")

    @contextlib.contextmanager
    def _noting_problems(self) -> Iterator[None]:
        """Goes on where something cannot be written, and takes note of it."""
        try:
            yield
        except PublishError as error:
            self._problems.append(str(error))

    def _topic(self, topic: Topic) -> PublishState | None:
        """Writes the files of a topic; None, and a problem, if that fails."""
        try:
            return self._write_topic(topic)
        except PublishError as error:
            self._problems.append(str(error))
            return None

    def _write_topic(self, topic: Topic) -> PublishState:
        output = self._press.output
        window = self._shelf.window(topic.slug, output.entries, output.keep)
        entries = self._press.entries(window, self._shelf.stories)
        running, until = self._write_archives(topic, window)
        months = self._archives.get(topic.slug, [])[::-1]
        for name, content in self._press.files(topic, entries, months).items():
            self._put(name, content)
        card = topic_card(topic, len(entries), [one.headline for one in entries])
        return PublishState(
            digest=self._press.digest(topic),
            changes=self._versions.get(topic.slug, 0),
            month=self._month,
            running=running,
            until=until,
            archived=tuple(self._archives.get(topic.slug, [])),
            entries=card.entries,
            headlines=card.headlines,
        )

    def _all_topics(self) -> None:
        """The files that name all topics: those whose files are there."""
        cards = [
            topic_card(topic, note.entries, note.headlines)
            for topic in self._press.topics
            if (note := self._notes.get(topic.slug))
        ]
        with self._noting_problems():
            for name, content in self._press.common(cards).items():
                self._put(name, content)

    # --- archives ----------------------------------------------------------------------------

    def _write_archives(self, topic: Topic, window: Sequence[EntryReference]) -> tuple[str, int]:
        """Writes what the current feed does not hold; returns the month under way and its end."""
        note = self._notes.get(topic.slug)
        there = self._archives.get(topic.slug, [])
        looked_for = (
            note is not None
            and note.month == self._month
            and not self._everything
            and not self._lost_archives(topic, note)
        )
        due = [] if looked_for else self._ended_months(topic, note)
        # Somebody who died may have left those since the last note without links to each other.
        linked = [] if looked_for else [one for one in there if not note or one >= note.month]
        known = note is not None and note.running in there
        running, until = (note.running, note.until) if note and known else ("", 0)
        if self._loses_entries(topic, window, until if running == self._month else 0):
            assert self._newest
            due.append(self._month)
            running, until = self._month, int(self._newest.timestamp()) + 1
        for month in due:
            there = sorted({*there, month})
            self._write_archive(topic, month, there)
        self._archives[topic.slug] = there
        # Only now does every one know the next, which has to be there before it is named.
        for month in _and_those_beside(there, {*due, *linked}):
            self._relink(topic, month, there)
        return (running, until) if running == self._month else ("", 0)

    def _ended_months(self, topic: Topic, note: PublishState | None) -> list[str]:
        """The months that are over, have stories, and are not archived for good."""
        oldest = self._shelf.oldest(topic.slug)
        if oldest is None:
            return []
        growing = {note.running} - {self._month} if note else set()
        frozen = set(self._archives.get(topic.slug, [])) - growing
        return [
            month
            for month in archive.months_between(archive.month_of(oldest), self._month)
            if month not in frozen
            and self._shelf.has_any(topic.slug, archive.start_of(month), archive.end_of(month))
        ]

    def _loses_entries(self, topic: Topic, window: Sequence[EntryReference], until: int) -> bool:
        """Whether stories of the month under way are neither in the feed nor in its archive."""
        if len(window) < self._press.output.entries:  # then there are no others
            return False
        if archive.month_of(window[-1].updated) != self._month:
            return False
        start = max(int(archive.start_of(self._month).timestamp()), until)
        first = window[-1].updated
        return self._shelf.has_any(topic.slug, datetime.fromtimestamp(start, first.tzinfo), first)

    def _write_archive(self, topic: Topic, month: str, chain: list[str]) -> None:
        start, end = archive.start_of(month), archive.end_of(month)
        previous, following = _around(chain, month)
        document = self._press.archive(
            topic,
            month,
            self._shelf.span(topic.slug, start, end),
            self._shelf.stories,
            previous=previous,
            following=following,
        )
        self._put(archive.archive_name(topic.slug, month), document)

    def _relink(self, topic: Topic, month: str, chain: list[str]) -> None:
        """Points an archive that was there before to those that have come beside it."""
        name = archive.archive_name(topic.slug, month)
        document = self._target.read(name)
        if document is not None:
            previous, following = _around(chain, month)
            linked = self._press.relinked(document, topic, previous=previous, following=following)
            self._put(name, linked)


def _files(slug: str) -> set[str]:
    return {f"{slug}.{suffix}" for suffix in FORMATS}


def _around(chain: list[str], month: str) -> tuple[str | None, str | None]:
    at = chain.index(month)
    return (chain[at - 1] if at else None), (chain[at + 1] if at + 1 < len(chain) else None)


def _and_those_beside(chain: list[str], months: Collection[str]) -> list[str]:
    """These months and their neighbours."""
    return sorted({*months, *(one for month in months for one in _around(chain, month) if one)})


def prune_files(
    press: Renderer, shelf: StorySource, target: Target, spared: Collection[str] = ()
) -> tuple[str, ...]:
    """Removes the files of topics that are no more, unless `spared`; returns their names.

    To be called after `publish`, when nothing names them any longer.
    """
    kept = {topic.slug for topic in press.topics}
    names = target.names() | target.names(archive.FOLDER)
    gone = tuple(
        name
        for name in sorted(names)
        if name.removesuffix(GZIP) not in {*COMMON_FILES, *spared}
        if (slug := _slug_of(name)) is not None and slug not in kept and target.delete(name)
    )
    shelf.forget(target.place, shelf.notes(target.place).keys() - kept - {ALL})
    return gone


def _slug_of(name: str) -> str | None:
    """The slug of the topic whose file this is; None for what belongs to no topic."""
    match = TOPIC_FILE.fullmatch(name)
    return match and (match["archived"] or match["slug"])
