"""The stories of the desk in memory: a rule is rehearsed on all of the store, whatever is held."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedbot.config import Config, parse
from feedbot.desk import story_cache
from feedbot.desk.story_cache import StoryCache
from feedbot.model import Article, Dated, Link, Topic
from feedbot.operations.replay import replay
from feedbot.store import Store, queries
from feedbot.stories.fingerprint import fingerprint_of
from feedbot.topics import Rehearsal, compile_topics
from tests.articles import article, sources

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
[[sources]]
name = "a"
url = "https://news.example.org/"
[topics]
Economie = "theme:economy"
Rusland = "country:RU"
Minister = { any = ["minister"], not = ["minister van Financiën"] }
"""
TEXTS = (
    ("Poetin spreekt in Moskou", "De president van Rusland sprak een uur."),
    ("Beurs sluit hoger", "De beurs in Amsterdam won een procent, de inflatie daalt."),
    ("Kat uit boom", "De brandweer van het dorp haalde een kat uit een boom."),
    ("Aardbeving in Van", "In de Turkse stad Van zijn huizen ingestort."),
    ("Minister van Financiën naar Moskou", "De minister praat over de begroting van Rusland."),
    ("Minister opent ziekenhuis", "De artsen en de patiënten waren er ook."),
    ("Wedstrijd afgelast", "De voetbalclub speelt niet door de griep van de keeper."),
)
RULES = (
    ("", "theme:economy"), ("", "theme:sport", "theme:health"), ("", "country:TR"), ("", "van"), ("", "minister"),
    ("", "kat", "griep"), ("Economie", "theme:economy", "-inflatie"), ("Rusland", "country:RU", "country:TR"),
    ("Minister", "minister", "brandweer"), ("Rusland", "kat"), ("Minister", "theme:health"), ("", "*"),
)  # fmt: skip
STORIES, HELD = 40, 10


def put(store: Store, number: int, one: Article) -> None:
    day = NOW + timedelta(hours=number)
    key = f"news.example.org/{number}"
    with store.save(day) as saving:
        saving.list_pages("a", {key: Link(url=f"https://{key}", title=one.title)})
        saving.add(
            one, fingerprint_of(one), tag=f"tag:{number}", source="a", url_key=key,
            published=Dated(at=day, origin="meta"),
        )  # fmt: skip


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return parse(CONFIG, path=tmp_path / "feedbot.toml")


@pytest.fixture
def store(store_url: str, config: Config) -> Iterator[Store]:
    """Forty stories, in the topics where the rules put them."""
    with Store(store_url) as store:
        store.know_sources(sources("a"))
        for number in range(STORIES):
            title, body = TEXTS[number % len(TEXTS)]
            put(store, number, article(f"{title} {number}", body, "Meer volgt."))
        replay(config, store, dry_run=False)
        yield store


@pytest.fixture
def cache(store: Store, config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoryCache]:
    """Holds a quarter of them."""
    monkeypatch.setattr(story_cache, "MOST", HELD)
    monkeypatch.setattr(story_cache, "AT_ONCE", 5)
    cache = StoryCache(store)
    cache.ask(config)
    assert cache.wait(30)
    assert cache.progress[0] == HELD
    yield cache
    cache.close()


def rule(config: Config, name: str, *terms: str) -> Topic:
    saved = next((topic for topic in config.topics if topic.name == name), None)
    veto = saved.veto if saved else ()
    return Topic(name=name or "New", slug=saved.slug if saved else "new", any=terms, veto=veto)


def rehearsed(cache: StoryCache, new: Topic) -> Rehearsal:
    while not (found := cache.rehearse(new, 0.01)).is_done:
        pass
    return found


def routed(store: Store, new: Topic) -> set[int]:
    router = compile_topics([new])
    with store.read() as connection:
        stories = queries.stories_after(connection, 0, 999)
    return {one.id for one in stories if router.topics_of(one.article, one.source)}


def members(store: Store, new: Topic) -> set[int]:
    with store.read() as connection:
        return queries.members(connection, new.slug)


def prepared(cache: StoryCache) -> bool:
    end = time.monotonic() + 30
    while not cache.is_prepared and time.monotonic() < end:
        time.sleep(0.02)
    return cache.is_prepared


@pytest.mark.parametrize("with_themes", [False, True])
def test_a_rehearsed_rule_is_right_for_all_stories_and_not_only_those_in_memory(
    store: Store, config: Config, cache: StoryCache, with_themes: bool
) -> None:
    assert not with_themes or prepared(cache)
    for name, *terms in RULES:
        new = rule(config, name, *terms)
        found, before = rehearsed(cache, new), members(store, new)
        after, out = found.is_in(before)
        assert found.seen == STORIES
        assert after == routed(store, new), terms
        assert before & out == before - after, terms


def test_a_story_that_a_poll_stores_while_somebody_types_is_rehearsed(
    store: Store, config: Config, cache: StoryCache
) -> None:
    assert prepared(cache)
    typed = [rule(config, name, *terms) for name, *terms in RULES[:4]]
    for new in typed:
        rehearsed(cache, new)
    put(store, STORIES, article("Beurs in Van", "De beurs in de Turkse stad Van daalt.", "Meer."))
    end = time.monotonic() + 30
    while cache.progress[0] == HELD and time.monotonic() < end:
        time.sleep(0.05)
    for new in typed:
        assert rehearsed(cache, new).is_in(members(store, new))[0] == routed(store, new), new.any


def test_evidence_is_there_for_who_asks(store: Store, config: Config, cache: StoryCache) -> None:
    assert prepared(cache)
    new = rule(config, "", "theme:economy")
    found = rehearsed(cache, new)
    router = compile_topics([new])
    with store.read() as connection:
        stories = {one.id: one for one in queries.stories_after(connection, 0, 999)}
    for one in cache.load(list(found.found)):
        found.explain(one)
        whole = stories[one.story.id]
        assert (found.found[one.story.id],) == router.route(whole.article, whole.source)
