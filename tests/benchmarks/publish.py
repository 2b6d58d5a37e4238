"""Publishing 100 entries with one new, beside building the same feed with plain lxml.

The files of a topic are three, and the index and the sitemap come with them: what all of them cost
stands beside writing every entry anew.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from lxml import etree

from feedbot.formats import ATOM
from feedbot.model import Article, Dated, EntryReference, Story, Topic
from feedbot.publish import Renderer, open_target, publish
from feedbot.publish.atom import write_feed
from feedbot.publish.entries import Feed
from feedbot.store import FeedQueries, Store
from feedbot.stories.fingerprint import fingerprint_of
from tests.shelves import NOW, OUTPUT, article

ENTRIES = 100
MANY = 5_000
MOST_ONE_NEW = 0.5  # of plain lxml building the feed
MOST_ALL_FILES = 0.5  # of writing every entry anew
MOST_GROWTH = 1.5  # of one new entry with 50 times as many stories in the store
TOPICS = 10_000
MOST_MEMORY = 150_000_000  # bytes that publishing so many topics may add
ROUNDS = 15
LONG = " ".join(
    f"Dit is zin {n} van een bericht van gewone lengte, met een <a> erin." for n in range(45)
)


def long_article(number: int) -> Article:
    """An article of about 3 KB of HTML."""
    one = article(number)
    text = LONG.replace("<a>", "link")
    html = "".join(f"<p>{text[at : at + 600]}</p>" for at in range(0, len(text), 600))
    return replace(one, html=one.html + html)


class Bench:
    """A store and a folder, filled fast: what is measured is publishing."""

    def __init__(self, folder: Path, topics: tuple[Topic, ...]) -> None:
        self.folder, self.topics = folder, topics
        self.store = Store(f"sqlite:///{folder / 'feedbot.db'}")
        self.shelf = FeedQueries(self.store)
        self.press = Renderer(replace(OUTPUT, keep=timedelta(0)), topics, folder)
        self.count = 0

    def add(self, count: int, slugs: Callable[[int], list[str]]) -> None:
        """Stores stories, a minute apart, in one transaction."""
        at = NOW + timedelta(minutes=self.count)
        with self.store.save(at, expected=count) as saving:
            for number in range(self.count, self.count + count):
                one = long_article(number)
                story = saving.add(
                    one,
                    fingerprint_of(one),
                    tag=f"tag:example.org,2026:story/{number}",
                    source="Voorbeeld",
                    url_key=str(number),
                    published=Dated(at=at, origin="first sight"),
                )
                saving.route(story, slugs(number))
        self.count += count

    def publish(self) -> int:
        """Publishes; how many files were written."""
        target = open_target(self.press.output, self.folder)
        return publish(self.press, self.shelf, target).written


def plain_lxml(stories: list[Story]) -> bytes:
    """What one would write first: the whole feed, element by element."""
    feed: Any = etree.Element("feed", nsmap={None: "http://www.w3.org/2005/Atom"})

    def add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
        element = etree.SubElement(parent, name, attributes)
        element.text = text
        return element

    add(feed, "id", OUTPUT.url)
    add(feed, "title", "Rusland")
    add(feed, "updated", NOW.isoformat())
    add(feed, "link", href=f"{OUTPUT.url}rusland.xml", rel="self", type="application/atom+xml")
    for story in stories:
        entry = add(feed, "entry")
        add(entry, "id", story.tag)
        add(entry, "title", story.article.title)
        add(entry, "updated", story.updated.isoformat())
        add(entry, "published", story.published.at.isoformat())
        add(add(entry, "author"), "name", story.source)
        add(entry, "link", href=story.article.url, rel="alternate", type="text/html")
        add(entry, "category", term="rusland", label="Rusland")
        add(entry, "summary", story.article.lead)
        add(entry, "content", story.article.html, type="html")
        source = add(entry, "source")
        add(source, "id", "tag:example.org,2026:source/voorbeeld")
        add(source, "title", story.source)
        add(source, "updated", story.updated.isoformat())
    written: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def seconds(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """CPU of the fastest of many runs; what comes before each is not counted."""
    best = float("inf")
    for _ in range(ROUNDS):
        before()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main() -> list[str]:
    """Prints the table; what is slower than promised."""
    short: list[str] = []
    rusland = Topic(name="Rusland", slug="rusland", any=("Rusland",))
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), (rusland,))
        bench.add(ENTRIES, lambda _: ["rusland"])

        def window() -> list[EntryReference]:
            return bench.shelf.window("rusland", ENTRIES, timedelta(0))

        def document() -> bytes:
            entries = bench.press.entries(window(), bench.shelf.stories)
            written = [one.formats[ATOM.name] for one in entries]
            return write_feed(
                Feed(
                    topic=rusland,
                    entries=written,
                    updated=NOW,
                    output=OUTPUT,
                    context=bench.press.context,
                    newest_archive=None,
                )
            )

        def add() -> None:
            bench.add(1, lambda _: ["rusland"])

        def forget() -> None:
            bench.press = Renderer(bench.press.output, bench.press.topics, bench.folder)
            add()

        def stories() -> list[Story]:
            return list(bench.shelf.stories([one.story for one in window()]).values())

        known = stories()
        alone = seconds(lambda: plain_lxml(known))
        lxml = seconds(lambda: plain_lxml(stories()))
        anew = seconds(bench.publish, before=forget)
        one = seconds(document, before=add)
        new = seconds(bench.publish, before=add)
        nothing = seconds(bench.publish)
        bench.add(MANY, lambda _: ["rusland"])
        bench.publish()
        later = seconds(bench.publish, before=add)
        bench.store.close()
    for name, took in {
        f"the feed, {ENTRIES} entries, plain lxml": lxml,
        "the same, stories in memory": alone,
        "the feed, one entry new": one,
        "all files, every entry written anew": anew,
        "all files, one entry new": new,
        f"the same, {MANY:,} more stored": later,
        "all files, nothing new": nothing,
    }.items():
        print(f"{name:<36}{took * 1000:7.2f} ms   {took / lxml:5.2f}")
    if one > MOST_ONE_NEW * lxml:
        short.append(f"publish: a feed with one new entry costs {one / lxml:.2f} times plain lxml")
    if new > MOST_ALL_FILES * anew:
        short.append(f"publish: one new entry costs {new / anew:.2f} times writing all anew")
    if later > MOST_GROWTH * new:
        short.append(f"publish: {later / new:.2f} times the cost with many stories in the store")
    return short + many_topics()


def many_topics() -> list[str]:
    """Ten thousand topics: memory, and that one story touches only its own."""
    topics = tuple(Topic(name=f"T{n}", slug=f"t{n}", any=(f"T{n}",)) for n in range(TOPICS))
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), topics)
        bench.add(2_000, lambda n: [f"t{(n * 5 + k) % TOPICS}" for k in range(5)])
        before = memory()
        start = time.process_time()
        written = bench.publish()
        took, grown = time.process_time() - start, memory(most=True) - before
        bench.add(1, lambda _: ["t7"])
        start = time.process_time()
        again = bench.publish()
        one = time.process_time() - start
        bench.store.close()
    print(f"{TOPICS:,} topics: {written:,} files in {took:.1f} s, {grown / 1e6:.0f} MB more memory")
    print(f"one new story among them: {again} files in {one:.2f} s")
    short = []
    if grown > MOST_MEMORY:
        short.append(f"publish: {grown / 1e6:.0f} MB for {TOPICS:,} topics")
    if again > 5:
        short.append(f"publish: one new story changed {again} files")
    return short


def memory(*, most: bool = False) -> int:
    """The memory of this process in bytes: now, or the most since that was asked last (Linux)."""
    status = Path("/proc/self/status").read_text()
    found = re.search(rf"{'VmHWM' if most else 'VmRSS'}:\s+(\d+) kB", status)
    assert found
    Path("/proc/self/clear_refs").write_text("5")
    return int(found[1]) * 1024
