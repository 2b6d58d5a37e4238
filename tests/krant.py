"""A small paper on a real socket that shows just what a test tells it, and feedbot reading it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from feedbot import config as configuration
from feedbot.config import Config
from feedbot.model import Article, Report, Story
from feedbot.poll import Tools, poll
from feedbot.schedule import open_tools
from feedbot.store import queries
from tests.quality.prose import Writer
from tests.wire import Wire, reply


class Krant:
    """Its articles stand at /nieuws/0-bericht and so on, and are listed at /nieuws/."""

    def __init__(self, wire: Wire, articles: int) -> None:
        self.wire = wire
        self.articles = [Writer(("krant", n)).article() for n in range(articles)]
        self.paths = [f"/nieuws/{n}-bericht" for n in range(articles)]
        for number in range(articles):
            self.show(number)
        self.list()

    def list(self, links: Sequence[str] | None = None) -> None:
        """Lists the articles, at these addresses."""
        shown = zip(links or self.paths, self.articles, strict=True)
        items = "".join(
            f"<li><h2><a href='{escape(at)}'>{one.title}</a></h2></li>" for at, one in shown
        )
        self.wire.answers["/nieuws/"] = reply(
            f"<html lang='nl'><body><main><h1>Nieuws</h1><ul>{items}</ul></main></body></html>"
        )

    def show(self, number: int, *, at: str = "", head: str = "") -> None:
        """Shows an article."""
        self.wire.answers[at or self.paths[number]] = reply(self.page(self.articles[number], head))

    def page(self, one: Article, head: str = "") -> str:
        text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in one.paragraphs)
        return (
            f"<html lang='nl'><head><title>{one.title} - Krant</title>{head}</head>"
            f"<body><main><article><h1>{one.title}</h1>{text}</article></main></body></html>"
        )

    def edit(self, number: int) -> None:
        """Writes the second paragraph of an article anew."""
        one = self.articles[number]
        text = (one.paragraphs[0], Writer(("edit", number)).paragraph(), *one.paragraphs[2:])
        self.articles[number] = replace(one, paragraphs=text)


class Desk:
    """One feedbot that reads one paper."""

    def __init__(self, config: Config, tools: Tools, krant: Krant) -> None:
        self.config, self.tools, self.krant = config, tools, krant
        self.now = datetime(2026, 2, 2, 12, tzinfo=UTC)

    def visit(self) -> Report:
        """Reads the paper, half an hour later."""
        self.now += timedelta(minutes=30)
        [source] = self.config.sources
        [claim] = self.tools.store.claim([source.name], self.now, due_only=False)
        self.krant.wire.requests.clear()
        return poll(source, claim, self.tools)

    @property
    def asked(self) -> list[str]:
        """What the last visit asked for, robots.txt apart."""
        return [path for path in self.krant.wire.paths() if path != "/robots.txt"]

    @property
    def stories(self) -> dict[str, Story]:
        """What is stored, by id."""
        with self.tools.store.read() as connection:
            return {one.tag: one for one in queries.stories_after(connection, 0, 1000)}


@contextmanager
def open_desk(folder: Path, *, articles: int = 6, revisit: str = "0s") -> Iterator[Desk]:
    """A paper with so many articles, and feedbot to read it."""
    with Wire() as wire:
        path = folder / "feedbot.toml"
        path.write_text(
            '[feeds]\nurl = "https://feeds.example.org/"\n'
            f'[polling]\nrevisit = "{revisit}"\ndelay = "0s"\n'
            f'[[sources]]\nname = "Krant"\nurl = "{wire.url}/nieuws/"\n'
            '[topics]\nAlles = "*"\n'
        )
        config = configuration.load(path)
        desks: list[Desk] = []
        with open_tools(config, lambda: desks[0].now) as tools:
            desks.append(Desk(config, tools, Krant(wire, articles)))
            yield desks[0]
