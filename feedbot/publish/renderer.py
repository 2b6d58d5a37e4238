"""Renders stories to files, and caches rendered entries.

An entry is rendered once for each version of its story; a feed is its head and the entries' bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from hashlib import blake2b
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from ..formats import ATOM, Format, formats_of
from ..model import EntryReference, Output, SourceRead, Story, Topic
from . import archive
from .cards import TopicCard, TopicHeadline, topic_card
from .entries import VERSION, Entry, Feed, FeedContext, entry_of, feed_context, title_of
from .moved import farewell
from .pages import FOLDER, DayOfEntries, Pages, TopicFile, topic_headline
from .periods import Period, digest_name

Stories = Callable[[Sequence[int]], Mapping[int, Story]]

MOST_KEPT = 2_000  # entries; about twenty feeds, in 20 to 30 MB
ICON = "icon.png"
STORIES_AT_ONCE = 200  # stories in memory at a time


class Rendered(NamedTuple):
    """An entry in every format."""

    formats: Mapping[str, bytes]  # by the name of the format
    html: str
    headline: TopicHeadline


class Writer(Protocol):
    """What the module of a format has; see `Format`."""

    def write_entry(self, entry: Entry, context: FeedContext, /) -> bytes:
        """One entry."""

    def write_feed(self, feed: Feed, /) -> bytes:
        """The document of a feed."""


class Renderer:
    """Renders the documents of one output. It caches entries, so keep it."""

    def __init__(self, output: Output, topics: Sequence[Topic], base: Path) -> None:
        """`base` is the folder that may contain the folder `templates`."""
        if output.icon is None:
            output = replace(output, icon=output.url + ICON)
        self.output = output
        self.topics = tuple(topics)
        self.context = feed_context(output, self.topics)
        self.formats = formats_of(output.formats)
        self.pages = Pages(output, base / FOLDER)
        self._kept: dict[EntryReference, Rendered] = {}
        about = (VERSION, output, self.context, self.pages.digest)
        self._digests: dict[str, str] = {}  # by slug
        self._digest = blake2b(repr(about).encode(), digest_size=16)

    def digest(self, topic: Topic | None = None) -> str:
        """Changes when the files of a topic would look otherwise though its stories are the same.

        Without a topic: the same of what all files have in common.
        """
        slug = topic.slug if topic else ""
        if slug not in self._digests:
            digest = self._digest.copy()
            if topic:
                shown = (topic.name, topic.title, topic.description, topic.group, topic.digest)
                digest.update(repr(shown).encode())
            self._digests[slug] = digest.hexdigest()
        return self._digests[slug]

    @cached_property
    def _writers(self) -> dict[str, Writer]:
        """By the name of the format. Loaded at the first use: mostly, no feed is due."""
        return {
            one.name: cast("Writer", import_module(f".{one.module}", __package__))
            for one in {ATOM, *self.formats}
        }

    def entries(
        self,
        filed: Sequence[EntryReference],
        stories: Stories,
        *,
        keep: bool = True,
    ) -> list[Rendered]:
        """The entries for these stories; loads only stories that are not cached."""
        done = {one: self._kept[one] for one in filed if one in self._kept}
        missing = [one for one in filed if one not in done]
        for start in range(0, len(missing), STORIES_AT_ONCE):
            some = missing[start : start + STORIES_AT_ONCE]
            known = stories([one.story for one in some])
            done |= {one: self._render(known[one.story], one.topics) for one in some}
        if keep:
            self._keep(done)
        return [done[one] for one in filed]

    def _keep(self, done: dict[EntryReference, Rendered]) -> None:
        """Caches entries; drops the least recently used."""
        for one, rendered in done.items():
            self._kept.pop(one, None)
            self._kept[one] = rendered
        for oldest in list(self._kept)[: max(len(self._kept) - MOST_KEPT, 0)]:
            del self._kept[oldest]

    def _render(self, story: Story, slugs: tuple[str, ...]) -> Rendered:
        entry = entry_of(story, slugs, self.context)
        return self._rendered(entry, revised=bool(story.revisions))

    def _rendered(self, entry: Entry, *, revised: bool = False) -> Rendered:
        return Rendered(
            formats={
                name: writer.write_entry(entry, self.context)
                for name, writer in self._writers.items()
            },
            html=self.pages.entry(entry, revised=revised),
            headline=topic_headline(entry),
        )

    def files(
        self, topic: Topic, card: TopicCard, entries: Sequence[Rendered], months: Sequence[str]
    ) -> dict[str, bytes]:
        """The files of a topic, whose `card` is given, in the order in which they must be written.

        `months` are the archived ones, newest first.
        """
        names = [archive.archive_name(topic.slug, month) for month in months]
        archives = [
            self.pages.month(name, archive.start_of(month))
            for name, month in zip(names, months, strict=True)
        ]
        feeds = {
            f"{topic.slug}.{one.suffix}": self._feed(one, topic, entries, names)
            for one in self.formats
        }
        page = self.pages.topic(card, self._days(entries), self._topic_files(topic), archives)
        return feeds | {f"{topic.slug}.html": page}

    def card(self, topic: Topic, entries: Sequence[Rendered]) -> TopicCard:
        """What the index shows of a topic."""
        return topic_card(topic, [one.headline for one in entries], self.pages.words)

    def _days(self, entries: Sequence[Rendered]) -> list[DayOfEntries]:
        """The entries by local day of publication, newest first."""
        newest = sorted(
            entries, key=lambda one: (one.headline.published, one.headline.updated), reverse=True
        )
        return [
            DayOfEntries(day=day, entries=[one.html for one in some])
            for day, some in groupby(newest, key=self._day)
        ]

    def _day(self, entry: Rendered) -> date:
        return self.pages.words.local(entry.headline.published).date()

    def _topic_files(self, topic: Topic) -> list[TopicFile]:
        files = [
            TopicFile(label=one.label, name=f"{topic.slug}.{one.suffix}", media_type=one.media_type)
            for one in self.formats
        ]
        if topic.digest:
            label, name = self.pages.words.digest_of(topic.digest), digest_name(topic)
            files.append(TopicFile(label=label, name=name, media_type=ATOM.media_type))
        return files

    def last_files(
        self, topic: Topic, entries: Sequence[Rendered], successor: Topic | None, at: datetime
    ) -> dict[str, bytes]:
        """The files of a topic that is gone: its entries, and one more that says where to go."""
        last = farewell(topic.slug, successor, at, self.context, self.pages.words)
        shown = [self._rendered(last), *entries]
        slug = successor.slug if successor else ""
        feeds = {
            f"{topic.slug}.{one.suffix}": self._feed(
                one, topic, shown, (), farewell=last.title, to=slug
            )
            for one in self.formats
        }
        card = self.card(successor, []) if successor else None
        page = self.pages.moved(title_of(topic), topic.slug, card)
        return feeds | {f"{topic.slug}.html": page}

    def digest_feed(
        self,
        topic: Topic,
        new: Sequence[tuple[Period, Sequence[int]]],
        stories: Stories,
        old: bytes | None,
    ) -> bytes:
        """The digest of a topic: entries for these periods, oldest first, before the old ones."""
        from .digest import write_digest, write_digest_entry

        words, written = self.pages.words, list[bytes]()
        for period, ids in new:
            known = stories(ids)
            entries = [entry_of(known[one], (topic.slug,), self.context) for one in ids]
            written.insert(0, write_digest_entry(topic, period, entries, self.context, words))
        return write_digest(topic, written, old, self.output, self.context, words)

    def last_digest(
        self, topic: Topic, successor: Topic | None, at: datetime, old: bytes
    ) -> bytes | None:
        """A digest with one more entry that says where to go; None for one that ends with it.

        Its id has the moment in it: a digest may be taken away, come back, and go once more.
        """
        from .atom import write_entry
        from .digest import newest_id, write_digest

        name = digest_name(topic).removesuffix(".xml")
        last = farewell(name, successor, at, self.context, self.pages.words)
        if newest_id(old).startswith(last.id):
            return None
        last = replace(last, id=self.context.tag("moved", f"{name}/{at:%Y-%m-%dT%H:%M:%S}"))
        written = write_entry(last, self.context)
        return write_digest(topic, [written], old, self.output, self.context, self.pages.words)

    def _feed(
        self,
        form: Format,
        topic: Topic,
        entries: Sequence[Rendered],
        archives: Sequence[str],
        *,
        farewell: str = "",
        to: str = "",
    ) -> bytes:
        feed = Feed(
            topic=topic,
            entries=[one.formats[form.name] for one in entries],
            updated=max((one.headline.updated for one in entries), default=None),
            output=self.output,
            context=self.context,
            newest_archive=archives[0] if archives else None,
            farewell=farewell,
            successor=to,
        )
        return self._writers[form.name].write_feed(feed)

    def archive(
        self,
        topic: Topic,
        month: str,
        filed: Sequence[EntryReference],
        stories: Stories,
        *,
        previous: str | None,
        following: str | None,
    ) -> bytes:
        """The archive of a month; `previous` and `following` are the months to link."""
        from .atom import write_archive

        written = [
            one.formats[ATOM.name]
            for start in range(0, len(filed), STORIES_AT_ONCE)
            for one in self.entries(filed[start : start + STORIES_AT_ONCE], stories, keep=False)
        ]
        document = write_archive(
            topic,
            archive.archive_name(topic.slug, month),
            written,
            max(one.updated for one in filed),
            self.output,
            self.context,
        )
        return self.relinked(document, topic, previous=previous, following=following)

    def relinked(
        self, document: bytes, topic: Topic, *, previous: str | None, following: str | None
    ) -> bytes:
        """An archive with links to these months; all other bytes stay the same."""
        from .atom import relinked

        links = {
            rel: self.output.url + archive.archive_name(topic.slug, month)
            for rel, month in (("prev-archive", previous), ("next-archive", following))
            if month
        }
        return relinked(document, links)

    def static(self) -> dict[str, bytes]:
        """The files that name no topic."""
        return {
            "style.css": self.pages.style(),
            "feed.js": self.pages.feed_view(),
            ICON: self.pages.icon(),
            "help.html": self.pages.help(),
        }

    def common(self, cards: Sequence[TopicCard], sources: Sequence[SourceRead]) -> dict[str, bytes]:
        """The files that name all topics."""
        from . import listings

        is_indexed = self.output.index
        sitemap = {"sitemap.xml": listings.write_sitemap(cards, self.output)} if is_indexed else {}
        return {
            "feeds.opml": listings.write_opml(cards, self.output),
            **sitemap,
            "index.html": self.pages.index(cards, sources),
        }
