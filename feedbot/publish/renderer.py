"""What makes files of stories: the formats, the templates, and every entry that was written before.

An entry is written once per version of its story; a feed is its head and the entries' bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from ..model import EntryReference, Output, Story, Topic
from . import archive, atom, jsonfeed, listings
from .entries import entry_of, feed_context
from .pages import FOLDER, Pages, TopicCard, TopicHeadline, topic_card, topic_headline

Stories = Callable[[Sequence[int]], Mapping[int, Story]]

MOST_KEPT = 2_000  # entries; about twenty feeds, in 20 to 30 MB
STORIES_AT_ONCE = 200  # stories that are in memory at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """An entry in every form in which it stands in a file."""

    atom: bytes
    json: bytes
    html: str
    headline: TopicHeadline


class Renderer:
    """Writes the documents of one output. Keeps entries, so that it is worth being kept itself."""

    def __init__(self, output: Output, topics: Sequence[Topic], base: Path) -> None:
        """`base` is the folder beside whose files a folder of templates may lie."""
        self.output = output
        self.topics = tuple(topics)
        self.house = feed_context(output, self.topics)
        self.pages = Pages(output, base / FOLDER)
        self._kept: dict[EntryReference, Rendered] = {}
        about = (atom.VERSION, output, self.house, self.pages.digest)
        self._digest = blake2b(repr(about).encode(), digest_size=16)

    def digest(self, topic: Topic | None = None) -> str:
        """Changes when the files of a topic would look otherwise though its stories are the same.

        Without a topic: the same of what all files have in common.
        """
        digest = self._digest.copy()
        if topic:
            digest.update(repr((topic.name, topic.title, topic.description)).encode())
        return digest.hexdigest()

    def entries(
        self,
        filed: Sequence[EntryReference],
        stories: Stories,
        *,
        keep: bool = True,
    ) -> list[Rendered]:
        """The entries for these stories; asks only for the stories that it has not kept."""
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
        """Remembers entries; forgets those that were not asked for the longest."""
        for one, rendered in done.items():
            self._kept.pop(one, None)
            self._kept[one] = rendered
        for oldest in list(self._kept)[: max(len(self._kept) - MOST_KEPT, 0)]:
            del self._kept[oldest]

    def _render(self, story: Story, slugs: tuple[str, ...]) -> Rendered:
        entry = entry_of(story, slugs, self.house)
        return Rendered(
            atom=atom.write_entry(entry, self.house),
            json=jsonfeed.write_entry(entry),
            html=self.pages.entry(entry, revised=bool(story.revisions)),
            headline=topic_headline(entry),
        )

    def files(
        self, topic: Topic, entries: Sequence[Rendered], months: Sequence[str]
    ) -> dict[str, bytes]:
        """The files of a topic, in the order in which they may appear.

        `months` are those that are archived, the newest first.
        """
        slug, output = topic.slug, self.output
        names = [archive.archive_name(slug, month) for month in months]
        feed = atom.write_feed(
            topic,
            [one.atom for one in entries],
            max((one.headline.updated for one in entries), default=None),
            output,
            self.house,
            previous=names[0] if names else None,
        )
        archives = [
            self.pages.month(name, archive.start_of(month))
            for name, month in zip(names, months, strict=True)
        ]
        card = topic_card(topic, len(entries), [one.headline for one in entries])
        return {
            f"{slug}.xml": feed,
            f"{slug}.json": jsonfeed.write_feed(topic, [one.json for one in entries], output),
            f"{slug}.html": self.pages.topic(card, [one.html for one in entries], archives),
        }

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
        """A month of a topic's history; `previous` and `following` are months, too."""
        written = [
            one.atom
            for start in range(0, len(filed), STORIES_AT_ONCE)
            for one in self.entries(filed[start : start + STORIES_AT_ONCE], stories, keep=False)
        ]
        document = atom.write_archive(
            topic,
            archive.archive_name(topic.slug, month),
            written,
            max(one.updated for one in filed),
            self.output,
            self.house,
        )
        return self.relinked(document, topic, previous=previous, following=following)

    def relinked(
        self, document: bytes, topic: Topic, *, previous: str | None, following: str | None
    ) -> bytes:
        """An archive with links to these months, and otherwise byte for byte as it was."""
        links = {
            rel: self.output.url + archive.archive_name(topic.slug, month)
            for rel, month in (("prev-archive", previous), ("next-archive", following))
            if month
        }
        return atom.relinked(document, links)

    def common(self, cards: Sequence[TopicCard]) -> dict[str, bytes]:
        """The files that name all topics."""
        return {
            "feeds.opml": listings.write_opml(cards, self.output),
            "sitemap.xml": listings.write_sitemap(cards, self.output),
            "index.html": self.pages.index(cards),
        }
