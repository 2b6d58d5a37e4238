"""Changing the rules: stored stories are routed again, and nothing else about them changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, event

from feedbot.cli import main
from feedbot.config import Config, parse
from feedbot.model import Dated, Link, Story, Validators
from feedbot.operations.replay import fill_new_topics, replay
from feedbot.store import Store, queries
from feedbot.stories.fingerprint import fingerprint_of
from tests.articles import article, sources

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
TEXTS = [
    ("Brug bij Goes dicht", "In Goes is de brug dicht."),
    ("Poetin spreekt in Moskou", "De Russische president sprak lang."),
    ("Kat uit boom", "De brandweer haalde een kat uit een boom."),
]
RULES = """\
[feeds]
url = "https://feeds.example.org/"
output = "feeds"
[[sources]]
name = "a"
url = "https://news.example.org/"
[topics]
"""


def configured(rules: str, folder: Path, store_url: str = "sqlite:///feedbot.db") -> Config:
    path = folder / "feedbot.toml"
    text = f'[store]\nurl = "{store_url}"\n{RULES}{rules}'
    path.write_text(text, encoding="utf-8")
    return parse(text, path)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store(store_url) as store:
        store.know_sources(sources("a"))
        for number, texts in enumerate(TEXTS):
            _add(store, number, *texts)
        yield store


def _add(store: Store, number: int, title: str, lead: str) -> None:
    one, now = article(title, lead), NOW + timedelta(hours=number)
    with store.save(now) as saving:
        key = f"news.example.org/{number}"
        saving.list_pages("a", {key: Link(url=one.url, title=title)})
        story = saving.add(
            one,
            fingerprint_of(one),
            tag=f"tag:example.org,2026:{number}",
            source="a",
            url_key=key,
            published=Dated(at=now, origin="meta"),
        )
        saving.read_page(
            key, story_id=story, verdict="new", validators=Validators(), next_fetch=None
        )


def stories(store: Store) -> list[Story]:
    with store.read() as connection:
        return queries.stories_after(connection, 0, 100)


def routed(store: Store) -> list[set[str]]:
    known = stories(store)
    with store.read() as connection:
        found = queries.topics_of(connection, [story.id for story in known])
    return [found.get(story.id, set()) for story in known]


def test_stories_move_and_keep_their_dates_and_ids(store: Store, tmp_path: Path) -> None:
    before = stories(store)
    replay(configured('Goes = "Goes"\nRusland = {}\n', tmp_path), store, dry_run=False)
    assert routed(store) == [{"goes"}, {"rusland"}, set()]
    moves = replay(configured('Goes = "kat"\nRusland = {}\n', tmp_path), store, dry_run=False)
    assert {(move.topic, move.enters, move.title) for move in moves} == {
        ("goes", False, "Brug bij Goes dicht"),
        ("goes", True, "Kat uit boom"),
    }
    assert routed(store) == [set(), {"rusland"}, {"goes"}]
    assert stories(store) == before


def test_a_dry_run_tells_and_changes_nothing(store: Store, tmp_path: Path) -> None:
    moves = replay(configured('Goes = "Goes"\n', tmp_path), store, dry_run=True)
    assert [(move.topic, move.enters) for move in moves] == [("goes", True)]
    assert routed(store) == [set(), set(), set()]
    assert store.rules() == {}


def test_a_topic_that_is_gone_is_left_by_its_stories(store: Store, tmp_path: Path) -> None:
    replay(configured('Goes = "Goes"\nRusland = {}\n', tmp_path), store, dry_run=False)
    replay(configured("Rusland = {}\n", tmp_path), store, dry_run=False)
    assert routed(store) == [set(), {"rusland"}, set()]


def test_a_new_topic_is_filled_and_a_changed_one_waits(store: Store, tmp_path: Path) -> None:
    replay(configured('Goes = "Goes"\n', tmp_path), store, dry_run=False)
    fill_new_topics(configured('Goes = "kat"\nRusland = {}\n', tmp_path), store)
    assert routed(store) == [{"goes"}, {"rusland"}, set()]


def test_a_topic_that_comes_back_has_what_came_meanwhile(store: Store, tmp_path: Path) -> None:
    fill_new_topics(configured('Goes = "kat"\nRusland = {}\n', tmp_path), store)
    fill_new_topics(configured("Rusland = {}\n", tmp_path), store)
    with store.save(NOW) as saving:  # as if they had come while it was away
        saving.refile("goes", entering={}, leaving=[one.id for one in stories(store)])
    fill_new_topics(configured('Goes = "kat"\nRusland = {}\n', tmp_path), store)
    assert routed(store) == [set(), {"rusland"}, {"goes"}]


def test_progress_is_told_up_to_the_end(store: Store, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    config = configured('Goes = "Goes"\n', tmp_path)
    replay(config, store, dry_run=True, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3, 3)


def test_why_says_what_counted_what_was_ignored_and_what_is_missing(
    store: Store, store_url: str, tmp_path: Path
) -> None:
    rules = """\
Rusland = {}
Goes = ["Goes", "-brug bij Goes"]
Brug = { any = ["brug"], all = ["Veere"], sources = ["a"] }
China = {}
"""
    configured(rules, tmp_path, store_url)
    words = ["-c", str(tmp_path / "feedbot.toml"), "tag:example.org,2026:0"]
    shown = CliRunner().invoke(main, ["why", *words], catch_exceptions=False).stdout
    assert shown.splitlines()[-8:] == [
        "Brug     out  4.5 points, needs 2",
        "  title    brug +3",
        "  opening  brug +1.5",
        "  missing  Veere",
        "Goes     out  1.5 points, needs 2",
        "  opening  Goes +1.5",
        "  ignored  brug bij Goes",
        "Rusland, China: not mentioned",
    ]
    printed = CliRunner().invoke(main, ["why", "--json", *words], catch_exceptions=False).stdout
    topics = {topic["name"]: topic for topic in json.loads(printed)["topics"]}
    assert list(topics) == ["Rusland", "Goes", "Brug", "China"]
    assert topics["Brug"]["lacking"] == ["Veere"]
    assert topics["Goes"]["blanked"] == ["brug bij Goes"]
    assert topics["China"] == {
        "name": "China",
        "score": 0,
        "threshold": 2,
        "routed": False,
        "evidence": [],
        "blanked": [],
        "lacking": [],
    }


def test_the_commands_print_for_people_and_for_programs(
    store: Store, store_url: str, tmp_path: Path
) -> None:
    configured('Goes = ["Goes", "Wemeldinge"]\nRusland = {}\n', tmp_path, store_url)
    path = str(tmp_path / "feedbot.toml")

    def said(*words: str) -> str:
        result = CliRunner().invoke(main, [*words, "-c", path], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "+ Brug bij Goes dicht" in said("replay", "--dry-run")
    assert len(json.loads(said("replay", "--dry-run", "--json"))["moves"]) == 2
    assert routed(store) == [set(), set(), set()]
    assert "no match     Wemeldinge" in said("topics")
    seen = json.loads(said("topics", "--json"))
    assert [one["entries"] for one in seen["topics"]] == [1, 1]
    assert seen["unrouted"] == 1


def test_a_story_that_a_poll_revises_meanwhile_stays_as_the_poll_routed_it(
    store: Store, tmp_path: Path
) -> None:
    first, revised = stories(store)[0], article("Kat uit boom", "Geen brug, maar een kat.")
    done = list[bool]()

    def revise(connection: object, cursor: object, statement: str, *_: object) -> None:
        # It has read the stories, and not yet routed them.
        if "FROM story_topic" in statement and not done:
            done.append(True)
            with store.save(NOW + timedelta(hours=5)) as saving:
                saving.replace(
                    first, revised, fingerprint_of(revised), source="a", url_key="k",
                    old_rows=fingerprint_of(first.article).rows, difference={},
                )  # fmt: skip
                saving.route(first.id, ["katten"])

    event.listen(Engine, "before_cursor_execute", revise)
    try:
        replay(configured('Goes = "Goes"\nRusland = {}\n', tmp_path), store, dry_run=False)
    finally:
        event.remove(Engine, "before_cursor_execute", revise)
    assert done
    assert routed(store) == [{"katten"}, {"rusland"}, set()]
