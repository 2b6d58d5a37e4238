"""The heartbeat with real polls: what hangs makes room, and what broke is tried ever later."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from feedbot import config as configuration
from feedbot.config import Config
from feedbot.demo import configuration as sample
from feedbot.demo.portal import LISTING, Portal
from feedbot.errors import StoreError, StoreUnavailable
from feedbot.model import Alerts, Report, Source, Topic
from feedbot.poll import choice, poll
from feedbot.publish import Published
from feedbot.schedule import beat as beats
from feedbot.schedule import loop, open_tools, poll_once, polls, publish_all, publisher
from feedbot.schedule.beat import Beat
from feedbot.schedule.loop import run
from feedbot.store import Claim, SourceState, Store, queries, schema
from tests.processes import until


def configured(folder: Path, *portals: Portal, **polling: object) -> Config:
    """Sources "0", "1", …, one for each portal."""
    path = folder / "feedbot.toml"
    path.write_text(sample(portals[0].url, folder), encoding="utf-8")
    config = configuration.load(path)
    common = replace(config.sources[0].polling, **polling)  # type: ignore[arg-type]
    return replace(
        config,
        sources=tuple(
            Source(name=str(number), urls=(portal.url,), polling=common)
            for number, portal in enumerate(portals)
        ),
    )


def state(store: Store, name: str) -> SourceState:
    with store.read() as connection:
        return queries.sources(connection, [name])[name]


def stories(store: Store, name: str) -> int:
    with store.read() as connection:
        return queries.stories_by_source(connection).get(name, 0)


def beat_until(beat: Beat, claim: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < deadline, "did not happen in time"
        beat()
        time.sleep(0.02)


def now() -> datetime:
    return datetime.now(UTC)


def test_a_poll_that_hangs_makes_room_and_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(polls, "WORKERS", 1)
    monkeypatch.setattr(polls, "HANGS", 2.0)
    with Portal() as hanging, Portal(at_first=1) as portal:
        hanging.break_(LISTING, "slow")
        config = configured(tmp_path, hanging, portal, timeout=timedelta(minutes=5))
        with open_tools(config, now) as tools:
            beat = Beat(config, tools)
            beat_until(beat, lambda: hanging.requests)
            assert not portal.requests, "one thread, and it hangs"
            beat_until(beat, lambda: stories(tools.store, "1"))
            hung = state(tools.store, "0")
            assert hung.failures == 1
            assert "hung" in (hung.last_error or "")
            assert hung.next_poll > now() + timedelta(minutes=4)
            assert "visit_listing" in caplog.text, "the log shows where it hangs"
            tools.fetcher.stop()
            beat.finish(5)


def test_an_output_that_cannot_be_written_stops_no_poll_and_is_tried_again(
    tmp_path: Path,
    portal: Portal,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(publisher, "RETRY_SECONDS", 0.5)
    feeds, mine = tmp_path / "feeds", "made by hand"
    feeds.write_text(mine, encoding="utf-8")
    config = configured(tmp_path, portal)
    with open_tools(config, now) as tools:
        beat = Beat(config, tools)
        beat_until(beat, lambda: stories(tools.store, "0") == len(portal.stories))
        assert "feeds: is not a folder; move it away" in caplog.text
        assert feeds.read_text(encoding="utf-8") == mine
        feeds.unlink()
        beat_until(beat, lambda: (feeds / "index.html").exists())
        beat.finish(5)


def test_a_poll_that_breaks_is_tried_ever_later(tmp_path: Path, portal: Portal) -> None:
    config, waits = configured(tmp_path, portal), list[timedelta]()
    clock = [now()]
    with open_tools(config, lambda: clock[0]) as tools:
        broken = replace(tools, reader=None)  # type: ignore[arg-type] - as good as a bug
        beat = Beat(config, broken)
        for failures in range(1, 5):
            beat_until(beat, lambda n=failures: state(tools.store, "0").failures == n)  # type: ignore[misc]
            one = state(tools.store, "0")
            assert "listing" in (one.last_error or "")
            waits.append(one.next_poll - clock[0])
            clock[0] = one.next_poll
    assert waits == sorted(set(waits))
    assert waits[-1] > waits[0] * 4


def test_a_configuration_that_cannot_be_taken_leaves_the_old_one_whole(
    tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedbot.store.fair_lock.PATIENCE_SECONDS", 0.2)
    older = configured(tmp_path, portal)
    topic, added = (
        Topic(name="Nieuw", slug="nieuw", any=("*",)),
        replace(older.sources[0], name="1"),
    )
    newer = replace(older, topics=(topic,), sources=(*older.sources, added))
    with open_tools(older, now) as tools:
        beat, rules = Beat(older, tools), tools.rules
        with tools.store.write(), ThreadPoolExecutor() as pool, pytest.raises(StoreError):
            pool.submit(beat.take, newer).result()
        assert tools.rules is rules
        beat.take(newer)
        assert tools.rules is not rules
        beat.finish(5)


def test_a_source_that_another_process_added_is_left_to_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Portal(at_first=1) as mine, Portal(at_first=1) as added:
        newer = configured(tmp_path, mine, added)
        older = replace(newer, sources=newer.sources[:1])
        with open_tools(older, now) as tools, open_tools(newer, now) as theirs:
            beat = Beat(older, tools)
            beat_until(beat, lambda: stories(tools.store, "0"))
            beat()
            assert caplog.text.count("not polled 1") == 1, "again when it is due again"
            assert "reload" in caplog.text
            assert theirs.store.claim(["1"], now(), due_only=False), "it was given back"
            beat.finish(5)


def test_a_site_that_fails_still_does_when_the_process_ends_in_a_visit(
    tmp_path: Path, portal: Portal
) -> None:
    config = configured(tmp_path, portal, timeout=timedelta(minutes=5))
    portal.listing_down()
    with open_tools(config, now) as tools:
        poll_once(config, tools, ["0"], threading.Event())
        before = state(tools.store, "0")
        assert before.failures == 1
    portal.break_(LISTING, "slow")
    portal.requests.clear()
    with open_tools(config, lambda: before.next_poll) as tools:
        beat = Beat(config, tools)
        beat_until(beat, lambda: portal.requests)
        tools.fetcher.stop()
        beat.finish(5)
        after = state(tools.store, "0")
    assert (after.failures, after.last_error) == (1, before.last_error)
    assert after.next_poll <= before.next_poll, "it is visited as soon as somebody runs again"


def test_a_lease_that_is_not_to_be_had_costs_only_its_poll(
    tmp_path: Path, portal: Portal, caplog: pytest.LogCaptureFixture
) -> None:
    def away() -> Claim | None:
        raise StoreUnavailable("the server is away")

    config = configured(tmp_path, portal)
    with open_tools(config, now) as tools:
        running, source = polls.Polls(tools), config.sources[0]
        assert running.begin(source, lambda: None).result(5) is None
        assert isinstance(running.begin(source, away).exception(5), StoreUnavailable)
        assert running.reap() == []
        assert not running.names
        assert caplog.text.count("the server is away") == 1
        assert running.finish(5) == []
        [claim] = tools.store.claim(None, now())
        assert running.begin(source, lambda: claim).result(5) is None, "it was about to end"
    assert not portal.requests


def test_a_beat_after_the_end_takes_nothing(tmp_path: Path, portal: Portal) -> None:
    config = configured(tmp_path, portal)
    with open_tools(config, now) as tools:
        beat = Beat(config, tools)
        beat.finish(5)
        beat()
        assert tools.store.claim(None, now()), "it is there for the next process"


def test_who_publishes_waits_for_the_one_before_and_reads_what_there_is_then(
    tmp_path: Path, portal: Portal, store_url: str
) -> None:
    config = replace(configured(tmp_path, portal), store_url=store_url)
    index = tmp_path / "feeds" / "index.html"
    with open_tools(config, now) as tools, open_tools(config, now) as theirs:
        publishing = threading.Thread(target=publish_all, args=(config, theirs.store))
        with tools.store.publish_lock():
            publishing.start()
            publishing.join(1)
            assert publishing.is_alive(), "it writes beside another"
            assert not index.exists()
            [claim] = tools.store.claim(None, now())
            poll(config.sources[0], claim, tools)
        publishing.join(20)
    feeds = [path.read_text(encoding="utf-8") for path in index.parent.glob("*.xml")]
    assert any("<entry" in feed for feed in feeds), "it had read before it waited"


def test_more_listed_than_one_visit_reads_is_read_in_the_next_ones(
    tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "MOST_PAGES", 5)
    monkeypatch.setattr(choice, "MOST_OLD_PAGES", 1)
    config = configured(tmp_path, portal, revisit=timedelta(hours=1))
    with open_tools(config, now) as tools:
        beat = Beat(config, tools)
        beat_until(beat, lambda: stories(tools.store, "0") == len(portal.stories))
        beat.finish(5)


def test_however_much_is_new_corrections_are_looked_for(
    tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = configured(tmp_path, portal, revisit=timedelta(hours=1))
    clock = [now()]
    with open_tools(config, lambda: clock[0]) as tools:

        def visit() -> list[str]:
            (held,) = tools.store.claim(None, clock[0], due_only=False)
            return [verdict for _, _, verdict in poll(config.sources[0], held, tools).verdicts]

        visit()
        monkeypatch.setattr(choice, "MOST_PAGES", 4)
        monkeypatch.setattr(choice, "MOST_OLD_PAGES", 2)
        clock[0] += timedelta(hours=2)
        for _ in range(8):
            portal.advance()
        assert sorted(visit()) == ["new", "new", "unchanged", "unchanged"]


def test_only_what_was_never_read_hurries_the_next_visit(
    tmp_path: Path, portal: Portal, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "MOST_PAGES", 5)
    monkeypatch.setattr(choice, "MOST_OLD_PAGES", 1)
    often, pause = timedelta(), timedelta(minutes=5)  # each article at every poll
    config = configured(tmp_path, portal, revisit=often, min_interval=pause, max_interval=pause)
    config = replace(config, store_url=store_url)
    clock = [now()]
    with open_tools(config, lambda: clock[0]) as tools:

        def visit() -> tuple[Report, timedelta]:
            clock[0] += timedelta(minutes=1)
            (held,) = tools.store.claim(None, clock[0], due_only=False)
            report = poll(config.sources[0], held, tools)
            return report, state(tools.store, "0").next_poll - clock[0]

        left = len(portal.stories)
        while left:
            before = left
            report, planned = visit()
            left = report.left
            assert left < before, "what is read again is in the way of what is not read yet"
            assert (planned < pause / 2) is bool(left)
        portal.requests.clear()
        for _ in portal.stories[::5]:
            report, planned = visit()
            assert report.left == 0
            assert planned > pause / 2, "it asks for ever, without a pause"
        assert {story.path for story in portal.stories} <= {path for _, path, _ in portal.requests}


def test_a_quiet_day_is_a_line_an_hour(
    tmp_path: Path,
    portal: Portal,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    config = configured(tmp_path, portal, interval=timedelta(0), min_interval=timedelta(0))
    with caplog.at_level("INFO"), open_tools(config, now) as tools:
        beat = Beat(config, tools)
        beat_until(beat, lambda: caplog.text.count("published") == 2)  # nothing, then all
        caplog.clear()
        asked = len(portal.requests)
        beat_until(beat, lambda: len(portal.requests) > asked + 3)
        assert caplog.records == []
        monkeypatch.setattr(beats, "LOG_ALIVE_SECONDS", 2.0)
        beat_until(beat, lambda: caplog.records)
        (line,) = [record.getMessage() for record in caplog.records]
        assert line.startswith("alive: sources=1 polls=")
        assert line.endswith("failed=0 new=14"), "of the hour, the first visit among them"
        beat.finish(5)


def test_what_is_older_than_the_store_keeps_is_freed_while_it_runs(
    tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "PRUNE_AFTER", timedelta())
    config = configured(tmp_path, portal)
    output = replace(config.output, entries=1, keep=timedelta())
    keep = timedelta(days=62)
    config = replace(config, output=output, topics=config.topics[:1], store_keep=keep)
    clock, stop = [now() - timedelta(days=100)], threading.Event()
    with open_tools(config, lambda: clock[0]) as tools:
        poll_once(config, tools, ["0"], stop)
        assert texts(tools.store) == len(portal.stories)
        clock[0] = now()
        portal.listing_down()
        running = threading.Thread(target=run, args=(config, tools, stop), daemon=True)
        running.start()
        try:
            until(lambda: texts(tools.store) == 1, seconds=20)  # the one that the feed shows
        finally:
            stop.set()
            running.join(10)


def texts(store: Store) -> int:
    """How many stories have their text."""
    with store.read() as connection:
        return len(queries.stories_after(connection, 0, 1000))


class Ear:
    """Somebody who listens to the scheduler."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def polled(self, report: Report) -> None:
        self.heard.append(f"polled {report.source}")

    def published(self, done: Published) -> None:
        self.heard.append("published")

    def failed_to_publish(self) -> None: ...

    def beat(self) -> None: ...

    def take(self, config: Config) -> None: ...


def test_the_last_polls_are_told_of_as_well(tmp_path: Path, portal: Portal) -> None:
    portal.break_(LISTING, "404")
    word = tmp_path / "word"
    alerts = Alerts(feed=True, command=f"echo $FEEDBOT_SOURCE is $FEEDBOT_HEALTH > {word}")
    config = replace(configured(tmp_path, portal), alerts=alerts)
    ear = Ear()
    with open_tools(config, now) as tools:
        for _ in range(2):  # it takes three failures to be failing
            poll_once(config, tools, ["0"], threading.Event())
        with tools.store.write() as connection:
            connection.execute(update(schema.source).values(next_poll=0))
        beat = Beat(config, tools, [ear])
        beat()
        assert "polled 0" not in ear.heard, "it is under way"
        beat.finish(10)
    assert "published" in ear.heard[ear.heard.index("polled 0") :]
    assert "failing" in (tmp_path / "feeds" / "health.xml").read_text(encoding="utf-8")
    assert word.read_text(encoding="utf-8") == "0 is failing\n"
