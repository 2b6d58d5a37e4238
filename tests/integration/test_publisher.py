"""Publishing beside the polls: woken, tried again, and given up in time."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedbot import config as configuration
from feedbot.config import Config
from feedbot.demo.portal import Portal
from feedbot.errors import FeedbotError, PublishError
from feedbot.operations.status import collect_status
from feedbot.poll import Tools
from feedbot.schedule import leases, open_tools, poll_once, publish_all, publisher, publishing
from feedbot.schedule.polls import Polls
from feedbot.schedule.publisher import Publisher
from feedbot.schedule.threads import Background
from feedbot.store import Claim
from tests.processes import until

CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
[polling]
delay = "0s"
[[sources]]
name = "Portaal"
url = "{url}"
[topics]
Rusland = "country:RU"
"""


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """A folder with a configuration, and what works with it."""

    folder: Path
    config: Config
    tools: Tools

    @property
    def index(self) -> Path:
        return self.folder / "feeds" / "index.html"

    @property
    def lock(self) -> Path:
        return self.folder / "feedbot.db-publish"

    def problems(self) -> list[str]:
        return [one.problem for one in collect_status(self.config, self.tools.store).unpublished]

    @contextmanager
    def publisher(self) -> Iterator[Publisher]:
        one = Publisher(self.config, self.tools, ())
        try:
            yield one
        finally:
            one.finish(1)


@pytest.fixture
def desk(tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(publisher, "RETRY_SECONDS", 0.3)
    path = tmp_path / "feedbot.toml"
    path.write_text(CONFIG.format(url=portal.url), encoding="utf-8")
    config = configuration.load(path)
    with open_tools(config, now) as tools:
        yield Desk(tmp_path, config, tools)


def with_china(desk: Desk) -> Config:
    path = desk.folder / "feedbot.toml"
    path.write_text(path.read_text() + 'China = "country:CN"\n', encoding="utf-8")
    return configuration.load(path)


def test_a_lock_file_that_is_a_folder_is_named_and_tried_again(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.lock.mkdir()
    with desk.publisher() as one:
        one.wake()
        until(lambda: "feedbot.db-publish: is a folder; remove it" in caplog.text)
        until(lambda: any("is a folder" in problem for problem in desk.problems()))
        desk.lock.rmdir()
        until(desk.index.exists, seconds=5)
        until(lambda: desk.problems() == [])


def test_a_template_that_is_mended_is_used_at_the_next_attempt(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    template = desk.folder / "templates" / "index.html"
    template.parent.mkdir()
    template.write_text("{{ 1 / 0 }}", encoding="utf-8")
    with desk.publisher() as one:
        one.wake()
        until(lambda: caplog.text.count("publishing failed") >= 3)
        assert caplog.text.count("Traceback") <= 1, "where it is stands in the log once"
        assert any("division by zero" in problem for problem in desk.problems())
        template.write_text("<p>mended</p>", encoding="utf-8")
        until(lambda: desk.index.exists() and "mended" in desk.index.read_text(), seconds=5)


def test_whoever_waits_for_the_lock_says_so_once(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with desk.publisher() as one:
        with desk.tools.store.publish_lock():
            one.wake()
            until(lambda: any("is locked" in problem for problem in desk.problems()))
            one.wake()
            time.sleep(1.5)
            assert caplog.text.count("waiting to publish") == 1
            assert not desk.index.exists()
        until(desk.index.exists, seconds=5)


def test_a_publisher_that_waits_ends_in_time(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with desk.tools.store.publish_lock():
        one = Publisher(desk.config, desk.tools, ())
        one.wake()
        until(desk.problems)
        start = time.monotonic()
        one.finish(0.5)
        assert time.monotonic() - start < 2
        assert "ended without publishing" in caplog.text
    time.sleep(1)
    assert not desk.index.exists(), "it tries no more"


def test_a_new_topic_is_filled_by_the_publisher(desk: Desk) -> None:
    with desk.publisher() as one:
        poll_once(desk.config, desk.tools, ["Portaal"], threading.Event())
        one.take(with_china(desk))
        one.wake()
        china = desk.folder / "feeds" / "china.xml"
        until(lambda: china.exists() and "<entry" in china.read_text(), seconds=5)


def test_a_configuration_that_cannot_be_taken_at_once_is_taken_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("feedbot.store.fair_lock.PATIENCE_SECONDS", 0.2)
    with desk.publisher() as one:
        one.wake()
        until(lambda: (desk.folder / "feeds" / "feeds.opml").exists() and not desk.problems())
        with desk.tools.store.write():
            one.take(with_china(desk))
            until(lambda: "nothing else could be saved" in caplog.text)
        one.wake()
        until((desk.folder / "feeds" / "china.xml").exists, seconds=5)


def test_a_stored_story_that_cannot_be_routed_keeps_nothing_from_being_published(
    desk: Desk,
) -> None:
    poll_once(desk.config, desk.tools, ["Portaal"], threading.Event())
    desk.index.unlink()
    with sqlite3.connect(desk.folder / "feedbot.db") as database:
        database.execute(
            "UPDATE story SET article = x'00'"
            " WHERE id = (SELECT max(id) FROM story WHERE id NOT IN (SELECT story FROM story_topic))"
        )
        assert database.execute("SELECT changes()").fetchone() == (1,)
    database.close()
    with desk.publisher() as one:
        one.take(with_china(desk))
        one.wake()
        until(desk.index.exists, seconds=5)
        until(desk.problems, seconds=5)


def test_commands_wait_for_the_lock_for_a_bounded_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(publishing, "LOCK_PATIENCE", 1.0)
    with desk.tools.store.publish_lock():
        start = time.monotonic()
        with pytest.raises(PublishError, match="locked: another process publishes, or hangs"):
            publish_all(desk.config, desk.tools.store)
        assert 0.9 < time.monotonic() - start < 5
        outcome = poll_once(desk.config, desk.tools, ["Portaal"], threading.Event())
    assert "another process publishes" in (outcome.error or "")
    assert outcome.failed
    assert outcome.reports[0].count("new"), "what was found is saved"
    assert "waiting up to 1 s" in caplog.text


def test_alerts_that_cannot_be_worked_out_keep_nothing_from_being_published(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite3.connect(desk.folder / "feedbot.db") as database:
        database.execute("DROP TABLE alert")
    database.close()
    outcome = poll_once(desk.config, desk.tools, ["Portaal"], threading.Event())
    assert outcome.reports[0].count("new")
    assert outcome.published
    assert desk.index.exists()
    assert "alerts failed" in caplog.text


def test_the_lock_is_waited_for_on_either_database(desk: Desk, store_url: str) -> None:
    config = replace(desk.config, store_url=store_url)
    with open_tools(config, now) as tools, open_tools(config, now) as others:
        one = Publisher(config, tools, ())
        with others.store.publish_lock():
            with pytest.raises(PublishError, match="another process publishes"):
                tools.store.publish_lock().__enter__()
            one.wake()
            until(lambda: collect_status(config, tools.store).unpublished)
            assert not desk.index.exists()
        until(desk.index.exists, seconds=5)
        one.finish(2)


def test_what_fails_in_the_background_is_tried_again_and_a_bug_is_shown_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answers: list[Exception | None] = [FeedbotError("away"), KeyError("x"), KeyError("y"), None]
    done = threading.Event()

    def do() -> None:
        if answers and (error := answers.pop(0)):
            raise error
        done.set()

    with caplog.at_level(logging.ERROR):
        one = Background("working", do, 0.01)
        one.ask()
        assert done.wait(5)
    assert one.finish(5)
    assert "working failed: away" in caplog.text
    assert caplog.text.count("working failed: KeyError: 'x'") == 1
    assert caplog.text.count("working failed: KeyError: 'y'") == 1
    assert caplog.text.count("Traceback") == 1


def test_leases_are_renewed_whatever_the_beat_does(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "RENEW", 0.1)
    renewed: list[Claim] = []
    hanging = threading.Event()
    tools = replace(desk.tools, clock=lambda: renewed.append(held) or now())  # type: ignore[func-returns-value]
    (held,) = desk.tools.store.claim(None, now())
    running = Polls(tools)

    def claim() -> Claim:
        hanging.wait(10)
        return held

    running.begin(desk.config.sources[0], claim)
    time.sleep(0.3)
    assert not renewed, "it has no lease yet"
    running._running[0].claim = held
    until(lambda: len(renewed) > 3, seconds=5)
    tools.fetcher.stop()
    hanging.set()
    running.finish(5)
    count = len(renewed)
    time.sleep(0.3)
    assert len(renewed) == count, "there is nothing left to renew"
