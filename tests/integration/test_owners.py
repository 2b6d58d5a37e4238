"""Articles that several sources list: one of them reads each, and another one once that is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedbot.config import parse
from feedbot.model import Report, Story
from feedbot.poll import open_tools, poll
from feedbot.poll.tools import prepare
from feedbot.store import queries
from tests.krant import Krant
from tests.wire import Wire, reply

HEAD = '[feeds]\nurl = "https://feeds.example.org/"\n[polling]\ndelay = "0s"\nrevisit = "0s"\n'
TOPICS = '[topics]\nAlles = "*"\n'


class Desk:
    """One feedbot that reads a paper by several listings, and whose configuration changes."""

    def __init__(self, folder: Path, wire: Wire, store_url: str) -> None:
        self._path, self._store = folder / "feedbot.toml", f'[store]\nurl = "{store_url}"\n'
        self.krant, self.wire = Krant(wire, 6), wire
        self.now = datetime(2026, 2, 2, 12, tzinfo=UTC)
        self.configure()
        self._opened = open_tools(self.config, lambda: self.now)
        self.tools = self._opened.__enter__()

    def close(self) -> None:
        self._opened.__exit__(None, None, None)

    def configure(self, *sources: str, **listings: str) -> None:
        """Sources by their names, each with the paths of its listings; others as they are written."""
        written = [
            f'[[sources]]\nname = "{name}"\nurls = {[self.wire.url + path for path in paths.split()]}\n'
            for name, paths in (listings or {"Niets": "/"}).items()
        ]
        text = self._store + HEAD + "".join((*written, *sources)) + TOPICS
        self.config = parse(text, self._path)
        if hasattr(self, "tools"):
            prepare(self.tools, self.config)

    def list(self, path: str, *numbers: int) -> None:
        """Lists these articles at a path, with an ETag."""
        items = "".join(
            f"<li><h2><a href='{self.krant.paths[n]}'>{self.krant.articles[n].title}</a></h2></li>"
            for n in numbers
        )
        page = f"<html lang='nl'><body><main><h1>Nieuws</h1><ul>{items}</ul></main></body></html>"
        whole, tag = reply(page, f'ETag: "{numbers}"'), f'"{numbers}"'

        def answer(connection: object) -> None:
            asked = self.wire.requests[-1].headers.get("if-none-match")
            unchanged = reply(status=304)
            connection.sendall(unchanged if asked == tag else whole)  # type: ignore[attr-defined]

        self.wire.answers[path] = answer

    def visit(self, name: str) -> Report:
        self.now += timedelta(minutes=30)
        source = self.config.source(name)
        assert source is not None
        [claim] = self.tools.store.claim([name], self.now, due_only=False)
        self.wire.requests.clear()
        return poll(source, claim, self.tools)

    @property
    def stories(self) -> list[Story]:
        with self.tools.store.read() as connection:
            return queries.stories_after(connection, 0, 100)


@pytest.fixture
def desk(tmp_path: Path, store_url: str) -> Iterator[Desk]:
    with Wire() as wire:
        desk = Desk(tmp_path, wire, store_url)
        yield desk
        desk.close()


def drop(desk: Desk) -> None:
    desk.configure(Sport="/sport")


def switch_off(desk: Desk) -> None:
    url = f"{desk.wire.url}/home"
    desk.configure(f'[[sources]]\nname = "Home"\nurl = "{url}"\nenabled = false\n', Sport="/sport")


def say_gone(desk: Desk) -> None:
    desk.wire.answers["/home"] = reply(status=410)
    desk.visit("Home")


WAYS = [drop, switch_off, say_gone]


@pytest.mark.parametrize("leave", WAYS)
def test_who_lists_an_article_reads_it_once_its_source_is_gone(
    desk: Desk, leave: Callable[[Desk], None]
) -> None:
    desk.configure(Home="/home", Sport="/sport")
    desk.list("/home", *range(6))
    desk.list("/sport", 2, 3, 4)
    desk.wire.answers[desk.krant.paths[3]] = reply(status=500)
    assert desk.visit("Home").count("new") == 5
    assert desk.visit("Sport").verdicts == (), "they are read by the other one"
    assert desk.visit("Sport").verdicts == (), "and the listing is unchanged now"

    leave(desk)
    desk.krant.show(3)
    desk.krant.edit(2)
    desk.krant.show(2)
    report = desk.visit("Sport")
    assert (report.count("new"), report.count("revised"), report.count("unchanged")) == (1, 1, 1)
    assert sorted(story.source for story in desk.stories) == ["Home"] * 3 + ["Sport"] * 3


def test_a_source_with_the_listing_of_another_takes_over_what_is_listed_no_longer(
    desk: Desk,
) -> None:
    desk.configure(Home="/home", Sport="/sport")
    desk.list("/home", 0, 1, 2)
    desk.list("/sport", 3, 4, 5)
    desk.wire.answers[desk.krant.paths[4]] = reply(status=500)
    desk.visit("Home")
    desk.visit("Sport")
    desk.list("/sport", 5)
    desk.configure(Home="/home /sport")
    desk.krant.show(4)
    desk.krant.edit(3)
    desk.krant.show(3)
    report = desk.visit("Home")
    assert (report.count("new"), report.count("revised")) == (1, 1)
    assert {story.source for story in desk.stories} == {"Home"}


def test_an_article_stays_with_its_source_as_long_as_that_is_polled(desk: Desk) -> None:
    desk.configure(Home="/home", Sport="/sport")
    desk.list("/home", 0, 1, 2)
    desk.list("/sport", 1, 2)
    desk.visit("Home")
    desk.configure(Home="/home", Sport="/sport", Regio="/regio")
    desk.list("/regio", 0, 2)
    desk.wire.answers["/home"] = reply(status=500)
    desk.visit("Home")
    for name in ("Sport", "Regio"):
        assert desk.visit(name).verdicts == ()
    assert [story.source for story in desk.stories] == ["Home"] * 3
