"""One visit after the other to a real portal: what is stored, what is asked, what it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedbot import config as configuration
from feedbot.config import Config
from feedbot.demo import STORIES
from feedbot.demo import configuration as sample
from feedbot.demo.portal import Portal
from feedbot.model import Report, Story
from feedbot.operations.replay import fill_new_topics
from feedbot.poll import Tools, poll
from feedbot.schedule import open_tools
from feedbot.store import Store, queries
from tests.portal import SEEDS, SeedPortal


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def portal(clock: Clock) -> Iterator[Portal]:
    with Portal(clock=clock) as portal:
        yield portal


class Desk:
    """A source, polled by hand."""

    def __init__(self, config: Config, tools: Tools) -> None:
        self.config = config
        self.tools = tools

    def poll(self) -> Report:
        source = self.config.sources[0]
        [claim] = self.tools.store.claim([source.name], self.tools.clock(), limit=1, due_only=False)
        return poll(source, claim, self.tools)

    @property
    def stories(self) -> dict[str, Story]:
        with self.tools.store.read() as connection:
            return {s.article.title: s for s in queries.stories_after(connection, 0, 1000)}

    def topics(self, story: Story) -> set[str]:
        with self.tools.store.read() as connection:
            return queries.topics_of(connection, [story.id]).get(story.id, set())


@contextmanager
def at_work(
    folder: Path, store_url: str, portal: Portal, clock: Callable[[], datetime], **polling: object
) -> Iterator[Desk]:
    path = folder / "feedbot.toml"
    path.write_text(sample(portal.url, folder), encoding="utf-8")
    config = configuration.load(path)
    source = config.sources[0]
    source = replace(source, polling=replace(source.polling, **polling))  # type: ignore[arg-type]
    config = replace(config, sources=(source,), store_url=store_url)
    with open_tools(config, clock) as tools:
        yield Desk(config, tools)


@pytest.mark.parametrize("layout", ["portal", "semantic"])
def test_every_story_whole_once_and_in_its_topics(
    tmp_path: Path, store_url: str, clock: Clock, layout: str
) -> None:
    with (
        Portal(clock=clock, layout=layout) as portal,  # type: ignore[arg-type]
        at_work(tmp_path, store_url, portal, clock) as desk,
    ):
        new = desk.poll().count("new")
        while portal.advance():
            clock.move(minutes=7)
            new += desk.poll().count("new")
        assert new == len(STORIES)
        slugs = {topic.name: topic.slug for topic in desk.config.topics}
        for truth in STORIES:
            story = desk.stories[truth.headline]
            assert story.article.paragraphs == truth.paragraphs
            assert desk.topics(story) == {slugs[name] for name in truth.topics}


def test_nothing_changes_when_only_teasers_and_times_do(
    tmp_path: Path, store_url: str, clock: Clock
) -> None:
    with (
        Portal(clock=clock, validators=False) as portal,
        at_work(tmp_path, store_url, portal, clock) as desk,
    ):
        desk.poll()
        before = desk.stories
        for _ in range(5):
            clock.move(minutes=37)
            report = desk.poll()
            assert report.status == "unchanged"
            assert report.count("unchanged") == len(before)
        assert desk.stories == before


def test_a_correction_revises_and_a_new_story_is_new(
    tmp_path: Path, store_url: str, portal: Portal, clock: Clock
) -> None:
    with at_work(tmp_path, store_url, portal, clock) as desk:
        desk.poll()
        before = {story.tag: story for story in desk.stories.values()}
        corrected, new = portal.correct(), portal.advance()
        assert corrected is not None
        assert new is not None
        clock.move(minutes=10)
        report = desk.poll()
        assert (report.count("new"), report.count("revised")) == (1, 1)
        after = desk.stories[corrected.headline]
        old = before[after.tag]
        assert after.article.paragraphs == corrected.paragraphs
        assert after.published == old.published
        assert after.updated > old.updated
        assert after.revisions == 1


def test_each_article_is_fetched_once_and_young_ones_again(
    tmp_path: Path, store_url: str, portal: Portal, clock: Clock
) -> None:
    with at_work(tmp_path, store_url, portal, clock, revisit=timedelta(hours=1)) as desk:
        desk.poll()
        assert len(portal.requests) == 3 + len(portal.stories)  # robots.txt, the listing, its end
        portal.requests.clear()
        clock.move(minutes=20)
        desk.poll()
        assert [path for _, path, _ in portal.requests] == ["/nieuws"]
        portal.requests.clear()
        clock.move(minutes=50)
        desk.poll()
        assert len(portal.requests) == 1 + len(portal.stories)
        assert all(
            "If-None-Match" in headers
            for _, path, headers in portal.requests
            if path != "/robots.txt"
        )


def test_no_request_carries_a_tracking_parameter(
    tmp_path: Path, store_url: str, portal: Portal, clock: Clock
) -> None:
    with at_work(tmp_path, store_url, portal, clock) as desk:
        desk.poll()
    assert not [path for _, path, _ in portal.requests if "utm_" in path or "#" in path]
    assert all("feedbot/" in headers["User-Agent"] for _, _, headers in portal.requests)


@pytest.mark.parametrize("how", ["404", "410", "500", "503", "shell", "consent", "truncated"])
def test_a_bad_page_costs_only_itself_and_comes_back(
    tmp_path: Path, store_url: str, portal: Portal, clock: Clock, how: str
) -> None:
    victim = portal.stories[3]
    portal.break_(victim.path, how)  # type: ignore[arg-type]
    with at_work(tmp_path, store_url, portal, clock) as desk:
        report = desk.poll()
        assert report.error is None
        assert report.count("new") == len(portal.stories) - 1
        [failure] = report.failures
        assert failure.url == portal.address(victim)
        assert failure.problem
        assert victim.headline not in desk.stories
        portal.mend()
        clock.move(days=1)
        assert desk.poll().count("new") == (0 if how == "410" else 1)
        assert (victim.headline in desk.stories) is (how != "410")


def test_a_page_that_fails_later_keeps_its_story(
    tmp_path: Path, store_url: str, portal: Portal, clock: Clock
) -> None:
    with at_work(tmp_path, store_url, portal, clock) as desk:
        desk.poll()
        before = desk.stories
        for story in portal.stories:
            portal.break_(story.path, "consent")
        clock.move(minutes=10)
        assert len(desk.poll().failures) == len(before)
        assert desk.stories == before


def test_a_listing_that_is_down_is_named_and_nothing_is_lost(
    tmp_path: Path, store_url: str, portal: Portal, clock: Clock
) -> None:
    with at_work(tmp_path, store_url, portal, clock) as desk:
        desk.poll()
        before = desk.stories
        portal.listing_down()
        clock.move(minutes=10)
        report = desk.poll()
        assert report.status == "failed"
        assert "503" in (report.error or "")
        assert desk.stories == before


def test_a_topic_that_is_new_is_filled_from_what_is_stored(
    tmp_path: Path, store_url: str, portal: Portal, clock: Clock
) -> None:
    with at_work(tmp_path, store_url, portal, clock) as desk:
        desk.poll()
    path = tmp_path / "feedbot.toml"
    path.write_text(path.read_text() + '\nWeer = ["nachtvorst"]\n', encoding="utf-8")
    config = replace(configuration.load(path), store_url=store_url)
    with Store(store_url) as store:
        fill_new_topics(config, store)
        with store.read() as connection:
            assert queries.topic_states(connection)["weer"].entries == 1


def test_the_seed_articles_come_out_whole_and_still(
    tmp_path: Path, store_url: str, clock: Clock
) -> None:
    if not SEEDS.is_dir():
        pytest.skip(f"no seed articles in {SEEDS}")
    with SeedPortal(clock=clock) as portal, at_work(tmp_path, store_url, portal, clock) as desk:
        desk.poll()
        before = desk.stories
        for truth in portal.stories:
            story = before[truth.headline]
            assert story.article.paragraphs == truth.paragraphs
            assert {"rusland", "china"} <= desk.topics(story)
        for _ in range(5):
            clock.move(hours=1)
            assert desk.poll().status == "unchanged"
        assert desk.stories == before
