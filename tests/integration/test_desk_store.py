"""What the desk asks of the database and changes there, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedbot.config import parse
from feedbot.model import Dated, Link, Routing, Story
from feedbot.operations.replay import digests, fill_new_topics, move_stories
from feedbot.store import FeedQueries, Store, desk_queries, queries
from feedbot.store.records import unpack_evidence
from feedbot.stories.fingerprint import fingerprint_of
from feedbot.topics import Router, compile_topics
from tests.articles import article, sources

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
TITLES = ("Brug bij Goes 100% dicht", "Poetin spreekt in Moskou", "Kat uit boom")
CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
[[sources]]
name = "a"
url = "https://news.example.org/"
[topics]
Goes = "Goes"
Dieren = "kat"
"""


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """Three stories on three days, a copy, and a page that failed."""
    with Store(store_url) as store:
        store.know_sources(sources("a", "b"))
        for number, title in enumerate(TITLES):
            day = NOW + timedelta(days=number)
            one = article(title, f"{title}, zegt men hier.")
            key = f"news.example.org/{number}"
            with store.save(day) as saving:
                saving.list_pages("a", {key: Link(url=f"https://{key}", title=title)})
                saving.add(
                    one, fingerprint_of(one), tag=f"tag:{number}", source="a", url_key=key,
                    published=Dated(at=day, origin="meta"),
                )  # fmt: skip
        with store.save(NOW) as saving:
            saving.list_pages("b", {"b.example.org/x": Link(url="https://b.example.org/x")})
            saving.fail_page("b.example.org/x", "answered 404", None)
        yield store


def routing_in(slug: str, router: Router, one: Story) -> Routing | None:
    found = router.route(one.article, one.source)
    return next((to for to in found if to.topic == slug), None)


def lines(store: Store, **wanted: object) -> list[str]:
    with store.read() as connection:
        return [one.title for one in desk_queries.newest_stories(connection, 9, **wanted)]  # type: ignore[arg-type]


def test_stories_are_listed_newest_first_by_topic_and_source(store: Store, tmp_path: Path) -> None:
    fill_new_topics(parse(CONFIG, tmp_path / "feedbot.toml"), store)
    assert lines(store) == list(reversed(TITLES))
    assert lines(store, routed=False) == ["Poetin spreekt in Moskou"]
    assert set(lines(store, routed=True)) == {TITLES[0], TITLES[2]}
    assert lines(store, source="b") == []


def test_days_count_stories_and_failures(store: Store) -> None:
    today = NOW.date().toordinal() - datetime(1970, 1, 1, tzinfo=UTC).toordinal()
    with store.read() as connection:
        articles = desk_queries.stories_by_day(connection, NOW - timedelta(days=9))
        failures = desk_queries.failures_by_day(connection, NOW - timedelta(days=9))
        assert articles == {"a": {today: 1, today + 1: 1, today + 2: 1}}
        assert failures == {"b": {today: 1}}
        assert desk_queries.stories_by_day(connection, NOW + timedelta(days=9)) == {}
        (failed,) = desk_queries.failed_pages(connection, 9)
    assert (failed.source, failed.problem, failed.failures) == ("b", "answered 404", 1)


def test_a_source_is_due_at_once_when_it_is_asked_for(store: Store) -> None:
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE source SET next_poll = 99999999999, host = name")
    assert not store.claim(None, NOW)
    store.hasten("b", NOW)
    assert [claim.source for claim in store.claim(None, NOW)] == ["b"]
    store.hasten("b", NOW + timedelta(seconds=1))  # it is being polled
    with store.read() as connection:
        assert queries.sources(connection, ["b"])["b"].next_poll > NOW + timedelta(seconds=1)


def test_stories_move_into_one_topic_and_their_feeds_are_due(store: Store, tmp_path: Path) -> None:
    config = parse(CONFIG, tmp_path / "feedbot.toml")
    fill_new_topics(config, store)
    before = FeedQueries(store).versions()
    other = parse(CONFIG.replace('"kat"', '["Poetin", "Goes"]'), tmp_path / "feedbot.toml")
    router = compile_topics(other.topics)
    with store.read() as connection:
        stories = desk_queries.stories_before(connection, None, 9)
    routed = [(one, routing_in("dieren", router, one)) for one in stories]
    assert move_stories(other, store, "dieren", routed) == (2, 1)
    assert move_stories(other, store, "dieren", routed) == (0, 0)
    with store.read() as connection:
        assert queries.members(connection, "dieren") == {
            one.id for one, to in routed if to and to.routed
        }
        assert len(queries.members(connection, "goes")) == 1
    after = FeedQueries(store).versions()
    assert after["dieren"] > before["dieren"]
    assert after["goes"] > before["goes"], "its entry names a further topic"
    assert store.rules()["dieren"] == digests(other)["dieren"]


def test_a_story_that_is_moved_can_say_why(store: Store, tmp_path: Path) -> None:
    fill_new_topics(parse(CONFIG, tmp_path / "feedbot.toml"), store)
    other = parse(CONFIG.replace('"kat"', '["Poetin", "Goes"]'), tmp_path / "feedbot.toml")
    router = compile_topics(other.topics)
    with store.read() as connection:
        bridge = desk_queries.stories_before(connection, None, 9)[-1]
    routed = routing_in("dieren", router, bridge)
    assert routed
    move_stories(other, store, "dieren", [(bridge, routed)])
    with store.read() as connection:
        query = f"SELECT why FROM story WHERE id = {bridge.id}"
        why = unpack_evidence(connection.exec_driver_sql(query).scalar_one())
    assert why["dieren"] == routed.evidence
    assert why["goes"], "what is known of its other topics stays"


def test_a_story_with_new_words_is_not_moved_by_its_old_ones(store: Store, tmp_path: Path) -> None:
    config = parse(CONFIG, tmp_path / "feedbot.toml")
    with store.read() as connection:
        (story,) = desk_queries.stories_before(connection, None, 1)
    with store.write() as connection:
        connection.exec_driver_sql(f"UPDATE story SET updated = updated + 99 WHERE id = {story.id}")
    here = Routing(topic="goes", routed=True, score=9.0, threshold=2.0)
    move_stories(config, store, "goes", [(story, here)])
    with store.read() as connection:
        assert queries.members(connection, "goes") == set()
