"""Each call within one poll fails once, in turn: nothing is lost, nothing twice, nothing half published.

In the manner of curl's torture tests. The interpreter itself raises at the beginning of the call, so
that no code of ours is replaced; and only a function's first call fails, as a slip would.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import CodeType, FrameType

import pytest

import feedbot.errors
from feedbot import config as configuration
from feedbot.config import Config
from feedbot.demo import configuration as sample
from feedbot.demo.portal import Portal
from feedbot.fetch import Fetcher
from feedbot.model import Page, Source
from feedbot.poll import Tools, poll
from feedbot.poll.tools import prepare
from feedbot.read import pipeline
from feedbot.read.results import Fetched
from feedbot.read.site_model import SiteModel
from feedbot.schedule import open_tools, publish_all
from feedbot.store import back_up, queries

PACKAGE = str(Path(feedbot.__file__).parent)
START = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)
SHOWN = 3  # stories on the portal: none, all but one and all are three different numbers
# What only logs, or gives a lock back: were that to fail, nothing could be promised.
SPARED = (
    "events.py",
    "errors.py",
    "cli/",
    "schedule/sd_notify.py",
    "demo/",
    "store/fair_lock.py",
    "read/workers.py",
)


class Slip(Exception):
    """What the failing call raises; nothing in feedbot knows it."""


def is_ours(code: CodeType) -> bool:
    path = code.co_filename
    return path.startswith(PACKAGE) and not path[len(PACKAGE) + 1 :].startswith(SPARED)


def names_of(work: Callable[[], object]) -> list[CodeType]:
    """Every function of feedbot that `work` calls in this thread, in the order of the first calls."""
    seen: dict[CodeType, None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and is_ours(frame.f_code):
            seen.setdefault(frame.f_code)

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return [code for code in seen if not code.co_name.startswith("<")]


@contextmanager
def failing(code: CodeType) -> Iterator[list[str]]:
    """The next call of a function fails before it has begun; its name is told when it has."""
    failed: list[str] = []

    def fail(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is code:
            sys.setprofile(None)
            failed.append(code.co_qualname)
            raise Slip(code.co_qualname)

    sys.setprofile(fail)
    try:
        yield failed
    finally:
        sys.setprofile(None)


class Desk:
    """One source, polled and published in this thread."""

    def __init__(self, home: Path, portal: Portal) -> None:
        home.mkdir()
        path = home / "feedbot.toml"
        path.write_text(sample(portal.url, home), encoding="utf-8")
        self.home = home
        self.now = START
        self.config: Config = configuration.load(path)

    def clock(self) -> datetime:
        return self.now

    def poll(self, tools: Tools) -> None:
        source = self.config.sources[0]
        [claim] = tools.store.claim([source.name], self.now, limit=1, due_only=False)
        try:
            poll(source, claim, tools)
        finally:
            tools.store.release(claim)

    def stories(self, tools: Tools) -> list[tuple[str, str, str]]:
        with tools.store.read() as connection:
            stories = queries.stories_after(connection, 0, 1000)
        return sorted((one.article.title, one.tag, one.article.html) for one in stories)

    def files(self) -> dict[str, bytes]:
        folder = self.home / "feeds"
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.xml")}


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal(at_first=SHOWN, clock=lambda: START) as portal:
        yield portal


def afresh(desk: Desk, tools: Tools, empty: Path) -> Iterator[Tools]:
    """For each turn the state of a first visit, in a store that is open all along."""
    while True:
        with (
            closing(sqlite3.connect(desk.home / "feedbot.db")) as live,
            closing(sqlite3.connect(empty)) as old,
        ):
            old.backup(live)
        desk.now = START
        with Fetcher(notes=tools.store, clock=desk.clock) as fetcher:
            own = replace(tools, fetcher=fetcher)
            prepare(own, desk.config)
            yield own


# A socket whose owner failed before it could close it is closed by the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_call_that_fails_in_a_poll_costs_its_page_or_the_visit_and_never_a_story(
    tmp_path: Path, portal: Portal
) -> None:
    desk = Desk(tmp_path / "desk", portal)
    spoilt: list[str] = []
    # One reader and one store for all polls: most of each went into starting its own.
    with open_tools(desk.config, desk.clock) as shared:
        empty = tmp_path / "empty.db"
        back_up(desk.config.store_url, empty)
        turns = afresh(desk, shared, empty)
        desk.poll(next(turns))  # what it calls only once in a process cannot fail again
        tools = next(turns)
        calls = names_of(lambda: desk.poll(tools))
        expected = desk.stories(tools)
        assert len(expected) == SHOWN
        assert len(calls) > 100
        for code, tools in zip(calls, turns, strict=False):
            with failing(code) as failed:
                try:
                    desk.poll(tools)
                except Exception as error:
                    assert isinstance(error, Slip | feedbot.errors.FeedbotError), error
            assert failed, f"{code.co_qualname} is not called"
            if len(desk.stories(tools)) not in (0, SHOWN - 1, SHOWN):
                spoilt.append(f"{code.co_qualname}: costs more than a page, less than a visit")
            desk.now += timedelta(days=2)
            desk.poll(tools)
            if desk.stories(tools) != expected:
                spoilt.append(f"{code.co_qualname}: other stories after the next poll")
    assert spoilt == []


def test_a_call_that_fails_while_a_page_is_read_costs_that_page_alone() -> None:
    source = Source(name="Krant", urls=("https://krant.example.org/nieuws",))
    pages = [Fetched(page=page_of(number), link=None) for number in range(2)]
    pipeline.use_topics([], {})

    def work() -> list[str]:
        found, _ = pipeline.study_and_read(pages, source, SiteModel(), [])
        return [one.article.title if one.article else "" for one in found]

    expected = work()
    assert all(expected)
    for code in names_of(work):
        if code.co_name in (
            "study_and_read",
            "learn_from",
            "_unless_bug",
            "guarded",
            "bug",
            "_read_all",
            "_read",
        ):
            continue
        with failing(code):
            try:
                found = work()
            except Slip:
                pytest.fail(f"{code.co_qualname} costs the whole visit")
        assert sum(one == "" for one in found) <= 1, code.co_qualname
        assert {one for one in found if one} <= set(expected)


def page_of(number: int) -> Page:
    text = "".join(
        f"<p>Alinea {at} van bericht {number}, over een gewone zaak in de streek van {at}.</p>"
        for at in range(5)
    )
    html = f"<html lang=nl><title>Bericht {number} uit de streek</title><article><h1>Bericht {number} uit de streek</h1>{text}</article>"
    url = f"https://krant.example.org/nieuws/bericht-{number}-uit-de-streek"
    return Page(url=url, requested=url, body=html.encode(), fetched_at=START)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_call_that_fails_while_publishing_leaves_whole_files_and_the_next_time_mends_it(
    tmp_path: Path, portal: Portal
) -> None:
    desk = Desk(tmp_path / "desk", portal)
    with open_tools(desk.config, desk.clock) as tools:
        desk.poll(tools)
        publish_all(desk.config, tools.store)
        expected = desk.files()
        assert len(expected) > 3

        def again() -> None:
            for path in (desk.home / "feeds").rglob("*.*"):
                path.unlink()
            publish_all(desk.config, tools.store, everything=True)

        again()  # what it calls only once in a process cannot fail again
        for code in names_of(again):
            with failing(code):
                try:
                    again()
                except Exception as error:
                    assert isinstance(error, Slip | feedbot.errors.FeedbotError), error
            there = desk.files()
            assert there.items() <= expected.items(), code.co_qualname
            publish_all(desk.config, tools.store)
            assert desk.files() == expected, code.co_qualname
