"""What helps a person write rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedbot.model import Article, Dated, Story, Topic
from feedbot.stories.fingerprint import fingerprint_of
from feedbot.topics import compile_topics, complaints, review
from tests.articles import article


def topic(name: str, *terms: str, **rest: object) -> Topic:
    return Topic(name=name, slug=name.lower(), any=terms, **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "term", "problem"),
    [
        (topic("T", "Goes", "Goes"), "Goes", "written twice"),
        (topic("T", "Goes", "-goes"), "Goes", "takes it out"),
        (topic("T", "haven van Goes", veto=("Goes",)), "haven van Goes", "takes it out"),
        (topic("T", "mosselman", "-mossel*"), "mosselman", "takes it out"),
        (topic("T", "country:RU", "-country:RU"), "country:RU", "takes it out"),
        (topic("T", "country:RU", "-Rusland"), "country:RU", "by its name"),
        (topic("T", "*", "Goes"), "*", "matches everything"),
        (topic("T", "a*"), "a*", "nearly every article"),
        (topic("T", "het"), "het", "nearly every article"),
        (topic("T", "-Goes"), "", "no term"),
        (topic("T"), "", "no term"),
        (topic("T", "Goes", threshold=99), "", "no article can have 99 points"),
    ],
)
def test_a_rule_that_is_hardly_meant_is_named(rule: Topic, term: str, problem: str) -> None:
    (complaint,) = complaints([rule])
    assert (complaint.topic, complaint.term) == ("T", term)
    assert problem in complaint.problem


@pytest.mark.parametrize(
    "rule",
    [
        topic("T", "country:RU", "Taiwan*", "-afhaalchinees"),
        topic("T", "*"),
        topic("T", sections=("Zeeland",)),
        topic("T", "Zeeland", "-Nieuw-Zeeland*"),
        topic("T", "mossel*", "-mosselman"),
        topic("T", "IT"),
    ],
)
def test_a_good_rule_is_not_complained_of(rule: Topic) -> None:
    assert complaints([rule]) == []


def story(number: int, text: Article, day: datetime) -> Story:
    return Story(
        id=number,
        tag=f"tag:example.org,2026:{number}",
        source="Bron",
        article=text,
        fingerprint=fingerprint_of(text),
        published=Dated(at=day, origin="meta"),
        updated=day,
        first_seen=day,
    )


def test_the_review_tells_what_earns_what_is_silent_and_what_was_near() -> None:
    rules = [topic("Goes", "Goes", "Wilhelminadorp"), topic("Rusland", "country:RU")]
    texts = [
        article("Goes viert feest", "In Goes was het druk."),
        article("Fietser gewond", "Bij Goes viel een fietser."),
        article("Poetin spreekt", "Hij sprak lang."),
        article("Brug dicht", "Volgens Rijksdienst Kustzorg duurt het lang."),
        article("Sluis dicht", "Volgens Rijksdienst Kustzorg duurt het kort."),
    ]
    start = datetime(2026, 11, 2, tzinfo=UTC)
    stories = [story(n, text, start + timedelta(days=3.5 * n)) for n, text in enumerate(texts)]
    router = compile_topics(rules)
    seen = review(rules, [(one, router.route(one.article, one.source)) for one in stories])
    goes, russia = seen.topics
    assert (seen.stories, seen.unrouted) == (5, 3)
    assert (goes.entries, goes.per_week) == (1, 0.5)
    assert goes.earning == (("Goes", 1, 4.5),)
    assert goes.silent == ("Wilhelminadorp",)
    assert [(miss.title, miss.score) for miss in goes.near] == [("Fietser gewond", 1.5)]
    assert russia.earning == (("Poetin", 1, 3.0),)
    assert russia.silent == ()
    assert seen.suggestions == (("Rijksdienst Kustzorg", 2),)


def test_without_stories_there_is_nothing_to_tell() -> None:
    seen = review([topic("Goes", "Goes")], [])
    assert seen.topics[0].per_week == 0
    assert seen.suggestions == ()
