"""A small paper on a real socket that shows just what a test tells it, and feedbot reading it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from feedbot import config as configuration
from feedbot.config import Config
from feedbot.config.rules import Rules
from feedbot.model import Article, Report, Story
from feedbot.poll import Tools, poll
from feedbot.poll.tools import prepare
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


class ListingsDesk:
    """One feedbot that reads one paper by several listings, and whose configuration changes."""

    def __init__(self, folder: Path, store_url: str, krant: Krant) -> None:
        self._path, self._store = folder / "feedbot.toml", f'[store]\nurl = "{store_url}"\n'
        self.krant = krant
        self.now = datetime(2026, 2, 2, 12, tzinfo=UTC)
        self.tools: Tools | None = None
        self.configure()

    def configure(self, *written: str, topics: str = 'Alles = "*"', **listings: str) -> None:
        """Sources by their names, each with the paths of its listings, and others as written."""
        named = [self.source(name, paths) for name, paths in listings.items()]
        text = (
            f'{self._store}[feeds]\nurl = "https://feeds.example.org/"\n'
            '[polling]\ndelay = "0s"\nrevisit = "0s"\n'
            f"{''.join([*named, *written]) or self.source('Niets', '/')}[topics]\n{topics}\n"
        )
        self.config = configuration.parse(text, self._path)
        if self.tools:
            self.tools.rules = Rules(self.config.topics, self.config.leaders)
            self.tools.reader.use_topics(self.config.topics, self.config.leaders)
            prepare(self.tools, self.config)

    def source(self, name: str, paths: str, more: str = "") -> str:
        """A source with the listings at these paths, as the configuration has it."""
        urls = [self.krant.wire.url + path for path in paths.split()]
        return f'[[sources]]\nname = "{name}"\nurls = {urls}\n{more}\n'

    def list(self, path: str, *numbers: int) -> None:
        """Lists these articles at a path; as long as they are the same, it answers 304."""
        krant = self.krant
        items = "".join(
            f"<li><h2><a href='{krant.paths[n]}'>{krant.articles[n].title}</a></h2></li>"
            for n in numbers
        )
        page = f"<html lang='nl'><body><main><h1>Nieuws</h1><ul>{items}</ul></main></body></html>"
        krant.wire.answers[path] = tagged(krant.wire, path, page, f'"{numbers}"')

    def visit(self, name: str) -> Report:
        """Visits a source, half an hour later."""
        assert self.tools
        self.now += timedelta(minutes=30)
        source = self.config.source(name)
        assert source is not None
        [claim] = self.tools.store.claim([name], self.now, due_only=False)
        self.krant.wire.requests.clear()
        return poll(source, claim, self.tools)

    @property
    def stories(self) -> dict[str, Story]:
        """What is stored, by the path of the article."""
        assert self.tools
        with self.tools.store.read() as connection:
            found = queries.stories_after(connection, 0, 1000)
        return {"/" + one.article.url.split("/", 3)[3]: one for one in found}


def tagged(wire: Wire, path: str, page: str, tag: str) -> Callable[[socket.socket], None]:
    """An answer with an ETag; to who has it, that the page is unchanged."""

    def answer(connection: socket.socket) -> None:
        asked = [one for one in wire.requests if one.path == path][-1]
        is_known = asked.headers.get("if-none-match") == tag
        connection.sendall(reply(status=304) if is_known else reply(page, f"ETag: {tag}"))

    return answer


@contextmanager
def open_listings(folder: Path, store_url: str) -> Iterator[ListingsDesk]:
    """A paper with six articles and several listings, and feedbot to read it."""
    with Wire() as wire:
        desk = ListingsDesk(folder, store_url, Krant(wire, 6))
        with open_tools(desk.config, lambda: desk.now) as desk.tools:
            yield desk
