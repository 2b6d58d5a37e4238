"""Stories for tests of publishing: a real store, filled without a poll."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feedbot.model import Article, Dated, Image, Output, Topic
from feedbot.publish import Published, Renderer, open_target, prune_files, publish
from feedbot.store import FeedQueries, Store
from feedbot.stories.fingerprint import fingerprint_of

NOW = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
OUTPUT = Output(url="https://feeds.example.org/", output="feeds", authority="example.org")
RUSLAND = Topic(name="Rusland", slug="rusland", any=("Rusland",))
CHINA = Topic(name="China", slug="china", any=("China",))
TOPICS = (RUSLAND, CHINA)


def article(number: int, words: str = "De onderhandelingen duren voort") -> Article:
    """An article with a picture; `number` makes it unlike the others."""
    text = f"{words}, zei de woordvoerder op dag {number}."
    return Article(
        url=f"https://nieuws.example.org/{number}",
        title=f"Bericht {number}",
        paragraphs=(text, "Meer volgt later."),
        html=f"<p>{text}</p><p>Meer volgt later.</p>",
        language="nl",
        image=Image(url=f"https://nieuws.example.org/{number}.jpg", alt="Een foto"),
    )


class House:
    """A store, and a folder that it is published into."""

    def __init__(
        self,
        folder: Path,
        output: Output = OUTPUT,
        topics: Sequence[Topic] = TOPICS,
        *,
        store_url: str = "",
    ) -> None:
        self.folder = folder
        self.feeds = folder / "feeds"
        self.store = Store(store_url or f"sqlite:///{folder / 'feedbot.db'}")
        self.shelf = FeedQueries(self.store)
        self.output = output
        self.topics = tuple(topics)
        self.ids: dict[int, int] = {}

    def add(
        self,
        number: int,
        *,
        now: datetime = NOW,
        topics: Sequence[str] = ("rusland",),
        article: Article | None = None,
    ) -> int:
        """Stores a story that was seen at `now`."""
        one = article or _article(number)
        with self.store.save(now) as saving:
            story = saving.add(
                one,
                fingerprint_of(one),
                tag=f"tag:example.org,2026:story/{number}",
                source="Voorbeeld",
                url_key=f"nieuws.example.org/{number}",
                published=Dated(at=now, origin="first sight"),
            )
            saving.route(story, topics)
        self.ids[number] = story
        return story

    def fill(self, count: int, *, start: datetime = NOW, step: timedelta = timedelta(hours=1)):
        """Stores many stories, one after the other."""
        for number in range(count):
            self.add(number, now=start + number * step)

    def revise(self, number: int, *, now: datetime, topics: Sequence[str] = ("rusland",)) -> None:
        """Gives a story other words, and subscribers an update."""
        known = self.shelf.stories([self.ids[number]])[self.ids[number]]
        changed = replace(known.article, title=known.article.title + " (gewijzigd)")
        with self.store.save(now) as saving:
            saving.replace(
                known,
                changed,
                fingerprint_of(changed),
                source=known.source,
                url_key=f"nieuws.example.org/{number}",
                old_rows=fingerprint_of(known.article).rows,
                difference={"changes": []},
            )
            saving.route(known.id, topics)

    def press(self) -> Renderer:
        """What writes the documents, fresh."""
        return Renderer(self.output, self.topics, self.folder)

    def publish(self, press: Renderer | None = None, *, everything: bool = False) -> Published:
        """Publishes into the folder."""
        target = open_target(self.output, self.folder)
        return publish(press or self.press(), self.shelf, target, everything=everything)

    def prune(self) -> tuple[str, ...]:
        """Removes what belongs to no topic."""
        return prune_files(self.press(), self.shelf, open_target(self.output, self.folder))

    def files(self) -> dict[str, tuple[bytes, int]]:
        """Every published file with its bytes and its modification time."""
        return {
            str(path.relative_to(self.feeds)): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(self.feeds.rglob("*"))
            if path.is_file()
        }

    def read(self, name: str) -> str:
        """A published file."""
        return (self.feeds / name).read_text(encoding="utf-8")


_article = article
