"""Publishes stories as files: entries, feeds, pages. The only writer of published files.

    stories ─press─▶ entries ─▶ archives ─▶ feeds and pages of a topic ─▶ index, OPML, sitemap

In this order, no file ever refers to a missing one. Unchanged stories are not read.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

from ..errors import PublishError
from ..formats import FORMATS, Format
from ..model import EntryReference, Output, SourceRead, Story, Topic
from . import archive
from .cards import TopicHeadline
from .entries import EMPTY
from .moved import likely_successor, named_successor
from .periods import DIGESTS, Period, current_period, digest_name, periods
from .renderer import Rendered, Renderer
from .search import NAME as SEARCH
from .search import search_index
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
]  # fmt: skip

BUCKET = "s3://"
STATIC_FILES = ("style.css", "feed.js", "icon.png", "help.html")
COMMON_FILES = (*STATIC_FILES, "feeds.opml", SEARCH, "index.html")
HEALTH = "health.xml"  # of the sources; only if it is wanted, see `health`
SITEMAP = "sitemap.xml"  # only for an output that search engines may index
MOST_PROBLEMS = 5  # then it is the place that is broken, and no other topic would fare better
SUFFIXES = "|".join(("html", *(one.suffix for one in FORMATS.values())))
TOPIC_FILE = re.compile(
    rf"({archive.FOLDER}/(?P<archived>.+)-\d{{4}}-\d\d\.xml"
    rf"|(?P<slug>[^/]+)\.(?P<suffix>{SUFFIXES}))(\.gz)?"
)
DIGEST_FILES = tuple(f"-{one}.xml" for one in DIGESTS)
ALL = ""  # the slug for recording the files that name all topics


def open_target(output: Output, base: Path) -> Target:
    """The target that `output` names. A relative folder starts from `base`.

    Raises PublishError if it cannot be opened.
    """
    if output.output.startswith(BUCKET):
        from .bucket import Bucket  # and with it a library that most installations do without

        return Bucket(output.output)
    return Folder(base / output.output, compressed=output.gzip)


class StorySource(Protocol):
    """The stored stories by topic, newest change first; and what publishing recorded."""

    def versions(self) -> dict[str, int]:
        """How often the stories of each topic changed, by slug."""

    def newest(self) -> datetime | None:
        """When a story last changed."""

    def oldest(self, slug: str) -> datetime | None:
        """The earliest `updated` of a story in this topic; None if there is none."""

    def window(self, slug: str, entries: int, keep: timedelta) -> list[EntryReference]:
        """What the current feed of a topic holds."""

    def span(self, slug: str, start: datetime, end: datetime) -> list[EntryReference]:
        """The stories of a topic that changed between `start` (inclusive) and `end`."""

    def has_any(self, slug: str, start: datetime, end: datetime) -> bool:
        """Whether `span` would return any."""

    def sources(self) -> Sequence[SourceRead]:
        """The configured sources, by name, and when each was last read."""

    def seen(self, slug: str, start: datetime, end: datetime) -> list[int]:
        """The stories of a topic that were first seen from `start` until before `end`, in order."""

    def stories(self, ids: Collection[int]) -> Mapping[int, Story]:
        """Whole stories by their ids, each with its background."""

    def notes(self, place: str) -> dict[str, str]:
        """What the last publishing to `place` recorded, by slug."""

    def note(self, place: str, notes: Mapping[str, str]) -> None:
        """Replaces the records of these slugs."""

    def forget(self, place: str, slugs: Collection[str]) -> None:
        """Deletes the records of these slugs."""


class Published(NamedTuple):
    """How many files were written, and how many were up to date already.

    feeds     the names of the feeds that changed
    warnings  what the operator should know, such as that a topic is gone
    problems  what could not be written, and why; everything else was written
    """

    written: int
    unchanged: int
    feeds: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def publish(
    renderer: Renderer, shelf: StorySource, target: Target, *, everything: bool = False
) -> Published:
    """Brings the files of every topic up to date with the stories on the shelf.

    `everything` looks at every file; without it, what was noted as published is believed as long
    as the files are there.
    """
    return _Publishing(renderer, shelf, target).run(everything=everything)


class _Publishing:
    """One run over all topics."""

    def __init__(self, renderer: Renderer, shelf: StorySource, target: Target) -> None:
        self._renderer = renderer
        self._shelf = shelf
        self._target = target
        # Read the versions first, so that a later change is noticed by the next publishing.
        self._versions = shelf.versions()
        self._newest = shelf.newest()
        self._noted = shelf.notes(target.place)
        self._notes = {slug: note for slug, text in self._noted.items() if (note := load(text))}
        self._names = target.names()
        self._archives = archive.archives_in(target.names(archive.FOLDER))
        self._everything = False
        self._headlines: dict[str, list[TopicHeadline]] = {}  # of the topics that were written
        self._warnings: list[str] = []
        self._written: list[str] = []
        self._unchanged = 0
        self._problems: list[str] = []

    def run(self, *, everything: bool) -> Published:
        """See `publish`."""
        self._everything = everything
        due = self._due()
        self._restore_copies()
        self._warn_of_ids(due)
        if due or everything or not self._are_current(self._common_files):
            self._write(due)
        else:
            self._unchanged += len(self._common_files)
        self._say_farewell()
        self._count_current(due)
        feeds = {f"{topic.slug}.{one.suffix}" for topic in due for one in self._renderer.formats}
        return Published(
            written=len(self._written),
            unchanged=self._unchanged,
            feeds=tuple(name for name in self._written if name in feeds),
            warnings=tuple(self._warnings),
            problems=tuple(self._problems),
        )

    def _due(self) -> list[Topic]:
        """The topics whose files may be out of date; new ones first, since others name them."""
        topics = self._renderer.topics
        due = [one for one in topics if self._everything or not self._is_current(one)]
        return sorted(due, key=self._is_there)

    def _count_current(self, due: Sequence[Topic]) -> None:
        """Counts the files of the topics that are not due."""
        slugs = {topic.slug for topic in due}
        current = [topic for topic in self._renderer.topics if topic.slug not in slugs]
        self._unchanged += sum(len(self._files(topic)) for topic in current)

    def _write(self, due: Sequence[Topic]) -> None:
        """Writes the files of these topics and those that name all; remembers what succeeded."""
        self._write_static()
        changed: dict[str, PublishState] = {}
        for topic in due:
            if len(self._problems) < MOST_PROBLEMS and (note := self._topic(topic)):
                changed[topic.slug] = note
        self._notes |= changed
        self._all_topics()
        notes = {slug: dump(note) for slug, note in changed.items()}
        if not self._problems:
            notes[ALL] = self._renderer.digest()
        self._shelf.note(self._target.place, notes)

    def _write_static(self) -> None:
        """Writes the files that name no topic, unless they are known to be there."""
        if not self._everything and self._are_current(STATIC_FILES):
            self._unchanged += len(STATIC_FILES)
            return
        with self._noting_problems():
            for name, content in self._renderer.static().items():
                self._put(name, content)

    def _are_current(self, common: Collection[str]) -> bool:
        """Whether these files are there, written for this output by this version."""
        return self._noted.get(ALL) == self._renderer.digest() and self._names.issuperset(common)

    @property
    def _common_files(self) -> tuple[str, ...]:
        return (*COMMON_FILES, SITEMAP) if self._renderer.output.index else COMMON_FILES

    def _is_there(self, topic: Topic) -> bool:
        return self._names.issuperset(self._files(topic))

    def _files(self, topic: Topic) -> set[str]:
        """The files of a topic: its feeds and its page."""
        names = {f"{topic.slug}.{one.suffix}" for one in self._renderer.formats}
        return names | {f"{topic.slug}.html"} | ({digest_name(topic)} - {""})

    def _is_current(self, topic: Topic) -> bool:
        note = self._notes.get(topic.slug)
        return (
            note is not None
            and note.changes == self._versions.get(topic.slug, 0)
            and note.digest == self._renderer.digest(topic)
            and note.month == self._month
            and note.digested == self._period(topic)
            and self._is_there(topic)
            and not self._lost_archives(topic, note)
        )

    def _lost_archives(self, topic: Topic, note: PublishState) -> bool:
        """Whether an archive of this topic has been deleted."""
        return not set(note.archived).issubset(self._archives.get(topic.slug, []))

    def _period(self, topic: Topic) -> str:
        """The first day of the period whose digest cannot be written yet; "" without a digest."""
        if not topic.digest or self._now is None:
            return ""
        return current_period(topic, self._now, self._renderer.pages.words).isoformat()

    @cached_property
    def _sources(self) -> Sequence[SourceRead]:
        """Asked for by digests and by the index alone: mostly, nothing is due."""
        return self._shelf.sources()

    @property
    def _now(self) -> datetime | None:
        """The latest moment that the store knows of; None for an empty one."""
        read = [one.at for one in self._sources if one.at]
        return max([*read, *([self._newest] if self._newest else [])], default=None)

    @cached_property
    def _month(self) -> str:
        return archive.month_of(self._newest) if self._newest else ""

    def _put(self, name: str, content: bytes) -> None:
        if self._target.put(name, content):
            self._written.append(name)
        else:
            self._unchanged += 1

    def _restore_copies(self) -> None:
        """Compresses again what has lost its compressed copy."""
        if not self._renderer.output.gzip:
            return
        names = self._names | self._target.names(archive.FOLDER)
        slugs = _stems(self._renderer.topics)
        for name in sorted(names):
            ours = name in self._common_files or _slug_of(name) in slugs
            if ours and not name.endswith(GZIP) and name + GZIP not in names:
                with self._noting_problems():
                    content = self._target.read(name)
                    self._target.put(name, content or b"")

    @contextlib.contextmanager
    def _noting_problems(self) -> Iterator[None]:
        """Records a PublishError as a problem, and continues."""
        try:
            yield
        except PublishError as error:
            self._problems.append(str(error))

    def _topic(self, topic: Topic) -> PublishState | None:
        """Writes the files of a topic; on failure, records a problem and returns None."""
        try:
            return self._write_topic(topic)
        except PublishError as error:
            self._problems.append(str(error))
            return None

    def _write_topic(self, topic: Topic) -> PublishState:
        output = self._renderer.output
        window = self._shelf.window(topic.slug, output.entries, output.keep)
        entries = self._renderer.entries(window, self._shelf.stories)
        running, until = self._write_archives(topic, window)
        months = self._archives.get(topic.slug, [])[::-1]
        card = self._renderer.card(topic, entries)
        for name, content in self._renderer.files(topic, card, entries, months).items():
            self._put(name, content)
        self._write_digest(topic)
        self._headlines[topic.slug] = [one.headline for one in entries]
        return PublishState(
            digest=self._renderer.digest(topic),
            changes=self._versions.get(topic.slug, 0),
            month=self._month,
            running=running,
            until=until,
            archived=tuple(self._archives.get(topic.slug, [])),
            feed_id=self._renderer.context.tag("topic", topic.slug),
            digested=self._period(topic),
            card=card,
        )

    def _all_topics(self) -> None:
        """Writes the files that name all topics; topics without files are left out."""
        cards = [
            note.card for topic in self._renderer.topics if (note := self._notes.get(topic.slug))
        ]
        with self._noting_problems():
            known = self._target.read(SEARCH) if SEARCH in self._names else None
            self._put(SEARCH, search_index(known, cards, self._headlines))
            if not self._renderer.output.index and SITEMAP in self._names:
                self._target.delete(SITEMAP)
            for name, content in self._renderer.common(cards, self._sources).items():
                self._put(name, content)

    # --- digests -----------------------------------------------------------------------------

    def _write_digest(self, topic: Topic) -> None:
        """Adds the days or weeks that are over to the digest of a topic, if it has one."""
        name, until = digest_name(topic), self._period(topic)
        if not name:
            return
        old = self._target.read(name) if name in self._names else None
        new = [
            (period, ids)
            for period in self._periods(topic, until, is_there=old is not None)
            if (ids := self._shelf.seen(topic.slug, period.start, period.end))
        ]
        self._put(name, self._renderer.digest_feed(topic, new, self._shelf.stories, old))

    def _periods(self, topic: Topic, until: str, *, is_there: bool) -> Iterator[Period]:
        """The periods that are over and not in the digest yet."""
        note = self._notes.get(topic.slug)
        since = note.digested if note and is_there else ""
        if not until:
            return iter(())
        first = date.fromisoformat(since) if since else date.min + timedelta(days=7)
        words = self._renderer.pages.words
        return periods(topic, first, date.fromisoformat(until), words)

    # --- topics that are gone ----------------------------------------------------------------

    def _say_farewell(self) -> None:
        """Ends the feeds of topics that are gone, each with an entry that says where to go."""
        kept = {topic.slug for topic in self._renderer.topics}
        for slug in sorted(self._notes.keys() - kept - {ALL}):
            note, named = self._notes[slug], named_successor(slug, self._renderer.topics)
            is_told = note.gone and note.successor == (named.slug if named else note.successor)
            if not is_told and f"{slug}.xml" in self._names:
                with self._noting_problems():
                    self._end(slug, note, named)
        self._end_digests()

    def _end(self, slug: str, note: PublishState, named: Topic | None) -> None:
        output = self._renderer.output
        window = self._shelf.window(slug, output.entries, output.keep)
        successor = named or self._likely(window)
        at = self._end_of(window)
        topic = Topic(name=note.card.title, slug=slug)
        entries: list[Rendered] = self._renderer.entries(window, self._shelf.stories)
        for name, content in self._renderer.last_files(topic, entries, successor, at).items():
            self._put(name, content)
        for digest in DIGESTS:
            self._end_digest(replace(topic, digest=digest), successor, at)
        to = successor.slug if successor else ""
        self._warnings.append(_gone_warning(topic, successor, named))
        ended = replace(note, digest="", gone=at.isoformat(), successor=to)
        self._shelf.note(self._target.place, {slug: dump(ended)})

    def _end_of(self, window: Sequence[EntryReference]) -> datetime:
        """A moment after all that was published; nothing may have been read yet."""
        known = (self._now, *(one.updated for one in window[:1]))
        return max((one for one in known if one), default=EMPTY) + timedelta(seconds=1)

    def _end_digests(self) -> None:
        """Ends the digests that topics no longer have."""
        there = {name.removesuffix(".xml") for name in self._names if name.endswith(DIGEST_FILES)}
        if not (left := there - _stems(self._renderer.topics) - self._notes.keys()):
            return
        for topic in self._renderer.topics:
            for digest in DIGESTS:
                if f"{topic.slug}-{digest}" in left:
                    with self._noting_problems():
                        self._end_digest(replace(topic, digest=digest), topic, self._end_of(()))

    def _end_digest(self, topic: Topic, successor: Topic | None, at: datetime) -> None:
        name = digest_name(topic)
        old = self._target.read(name) if name in self._names else None
        if old and (ended := self._renderer.last_digest(topic, successor, at, old)):
            self._put(name, ended)

    def _likely(self, window: Sequence[EntryReference]) -> Topic | None:
        """The new topic that has the same stories; None if there is none."""
        known = self._noted.keys()
        new = {topic.slug: topic for topic in self._renderer.topics if topic.slug not in known}
        return new.get(likely_successor(window, new.keys()) or "")

    def _warn_of_ids(self, due: Sequence[Topic]) -> None:
        """Warnings that the ids of feeds change, since they depend on an address that did."""
        for topic in due:
            note, now = self._notes.get(topic.slug), self._renderer.context.tag("topic", topic.slug)
            if note and note.feed_id and note.feed_id != now:
                before = note.feed_id.removeprefix("tag:").partition(":")[0]
                self._warnings.append(
                    f"the ids of the feeds change to {now.rpartition(':')[0]}; to keep them,"
                    f' write authority = "{before}" in [feeds]'
                )
                return

    # --- archives ----------------------------------------------------------------------------

    def _write_archives(self, topic: Topic, window: Sequence[EntryReference]) -> tuple[str, int]:
        """Writes archives for what is not in the feed; returns the current month and its end."""
        note = self._notes.get(topic.slug)
        there = self._archives.get(topic.slug, [])
        due, unlinked = self._archives_due(topic, note)
        until = note.until if note and note.running == self._month in there else 0
        if self._loses_entries(topic, window, until):
            assert self._newest
            due.append(self._month)
            until = int(self._newest.timestamp()) + 1
        for month in due:
            there = sorted({*there, month})
            self._write_archive(topic, month, there)
        self._archives[topic.slug] = there
        # Only now does every one know the next, which has to be there before it is named.
        for month in _and_those_beside(there, {*due, *unlinked}):
            self._relink(topic, month, there)
        return (self._month, until) if until else ("", 0)

    def _archives_due(self, topic: Topic, note: PublishState | None) -> tuple[list[str], list[str]]:
        """The ended months that are to be archived, and the archives that may lack their links."""
        is_known = note is not None and note.month == self._month
        if note and is_known and not (self._everything or self._lost_archives(topic, note)):
            return [], []
        # Somebody who died may have left those since the last note without links to each other.
        there = self._archives.get(topic.slug, [])
        unlinked = [month for month in there if not note or month >= note.month]
        return self._ended_months(topic, note), unlinked

    def _ended_months(self, topic: Topic, note: PublishState | None) -> list[str]:
        """The months that are over, have stories, and have no final archive yet."""
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
        if len(window) < self._renderer.output.entries:  # then there are no others
            return False
        if archive.month_of(window[-1].updated) != self._month:
            return False
        start = max(int(archive.start_of(self._month).timestamp()), until)
        first = window[-1].updated
        return self._shelf.has_any(topic.slug, datetime.fromtimestamp(start, first.tzinfo), first)

    def _write_archive(self, topic: Topic, month: str, chain: list[str]) -> None:
        start, end = archive.start_of(month), archive.end_of(month)
        previous, following = _around(chain, month)
        document = self._renderer.archive(
            topic,
            month,
            self._shelf.span(topic.slug, start, end),
            self._shelf.stories,
            previous=previous,
            following=following,
        )
        self._put(archive.archive_name(topic.slug, month), document)

    def _relink(self, topic: Topic, month: str, chain: list[str]) -> None:
        """Links an existing archive to its new neighbours."""
        name = archive.archive_name(topic.slug, month)
        document = self._target.read(name)
        if document is not None:
            previous, following = _around(chain, month)
            linked = self._renderer.relinked(
                document, topic, previous=previous, following=following
            )
            self._put(name, linked)


def _around(chain: list[str], month: str) -> tuple[str | None, str | None]:
    at = chain.index(month)
    return (chain[at - 1] if at else None), (chain[at + 1] if at + 1 < len(chain) else None)


def _and_those_beside(chain: list[str], months: Collection[str]) -> list[str]:
    """These months and their neighbours."""
    return sorted({*months, *(one for month in months for one in _around(chain, month) if one)})


def _gone_warning(topic: Topic, successor: Topic | None, named: Topic | None) -> str:
    """What the operator should know of a topic that is gone."""
    if successor:
        told = f"its feed {topic.slug}.xml now leads to {successor.slug}.xml"
        sure = "" if named else f'; to confirm, write was = "{topic.slug}" in its topic'
        return f"topic {topic.name} is gone: {told}{sure}"
    return (
        f"topic {topic.name} is gone: its feed {topic.slug}.xml now says that it has ended;"
        f' if another topic takes its place, write was = "{topic.slug}" there'
    )


def _stems(topics: Sequence[Topic]) -> set[str]:
    """The names of all feeds of these topics, without their endings."""
    names = [name for topic in topics for name in (topic.slug, digest_name(topic)) if name]
    return {name.removesuffix(".xml") for name in names}


def prune_files(
    renderer: Renderer, shelf: StorySource, target: Target, spared: Collection[str] = ()
) -> tuple[str, ...]:
    """Removes the files of topics and formats that are no more; returns their names.

    `spared` are names of files that stay.

    Call this after `publish`, when no file refers to them any more.
    """
    kept = {topic.slug for topic in renderer.topics}
    names, stems = target.names() | target.names(archive.FOLDER), _stems(renderer.topics)
    gone = tuple(
        name
        for name in sorted(names)
        if name.removesuffix(GZIP) not in {*COMMON_FILES, SITEMAP, *spared}
        if _is_left_over(name, stems, renderer.formats) and target.delete(name)
    )
    shelf.forget(target.place, shelf.notes(target.place).keys() - kept - {ALL})
    return gone


def _is_left_over(name: str, slugs: Collection[str], formats: Sequence[Format]) -> bool:
    """Whether a file was that of a topic, or in a format, that is published no more."""
    match = TOPIC_FILE.fullmatch(name)
    if match is None:
        return False
    wanted = {"html", *(one.suffix for one in formats)}
    return _slug_of(name) not in slugs or bool(match["suffix"] and match["suffix"] not in wanted)


def _slug_of(name: str) -> str | None:
    """The slug of the topic that a file belongs to; None if it belongs to no topic."""
    match = TOPIC_FILE.fullmatch(name)
    return match and (match["archived"] or match["slug"])
