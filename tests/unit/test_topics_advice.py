"""What helps a person write rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedbot.model import Article, Dated, Source, Story, Topic
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
    line = '"Rijksdienst Kustzorg" = "Rijksdienst Kustzorg"'
    assert not seen.too_early
    assert seen.suggestions == ()  # two mentions in the lead are not what a story is about
    assert line not in str(seen)


def test_lines_to_paste_take_in_stories_without_a_topic() -> None:
    start = datetime(2026, 11, 2, tzinfo=UTC)
    texts = [
        article("Witte Huis zwijgt", "Amerika wacht al weken op een antwoord."),
        article("Amerikaanse boeren boos", "Zij krijgen minder voor hun oogst."),
        article("Ajax wint", "De ploeg won van PSV en dat was de derde zege."),
    ]
    stories = [story(n, text, start + timedelta(days=4 * n)) for n, text in enumerate(texts)]
    seen = review([], [(one, ()) for one in stories])
    assert [(one.line, one.adds) for one in seen.suggestions] == [
        ('"Verenigde Staten" = "country:US"', 2)
    ]


def test_in_the_first_week_it_is_too_early_for_suggestions() -> None:
    start = datetime(2026, 11, 2, tzinfo=UTC)
    stories = [story(n, article("Witte Huis zwijgt"), start) for n in range(3)]
    seen = review([], [(one, ()) for one in stories])
    assert seen.too_early
    assert seen.suggestions == ()


def sources(**languages: str) -> list[Source]:
    return [Source(name=name, urls=(), language=one) for name, one in languages.items()]


def test_a_term_without_words_in_a_sources_language_is_named() -> None:
    rules = [topic("T", "country:RU", "Taiwan*"), topic("S", "theme:sport")]
    assert complaints(rules, sources(A="nl", B="en-GB")) == []
    (theme,) = complaints(rules, sources(A="fi"))
    assert (theme.topic, theme.term) == ("S", "theme:sport")
    assert "fi" in theme.problem
    spoken = complaints(rules, sources(A="sw"))
    assert [one.term for one in spoken] == ["country:RU", "theme:sport"]


@pytest.mark.parametrize(
    ("rule", "lacking"),
    [
        (topic("T", "theme:sport"), "fi, sv"),
        (topic("T", "theme:sport", "source:Suomi"), "fi, sv"),  # either is enough
        (topic("T", "theme:sport", sources=("suomi",)), "fi"),
        (topic("T", "theme:sport", sources=("Zeeland",)), ""),
        (topic("T", "theme:sport", all=("source:Suomi",)), "fi"),
        (topic("T", "source:Suomi", all=("theme:sport",)), "fi"),
        (topic("T", "theme:sport", "-source:suomi"), "sv"),
        (topic("T", "theme:sport", veto=("source:Suomi", "source:Sverige")), ""),
        (topic("T", "Goes", veto=("theme:sport",)), "fi, sv"),  # would take nothing out there
        (topic("T", "Goes", sources=("Sverige",), veto=("theme:sport",)), "sv"),
    ],
)
def test_only_the_sources_that_a_topic_takes_need_words_for_its_terms(
    rule: Topic, lacking: str
) -> None:
    found = complaints([rule], sources(Zeeland="nl", Suomi="fi", Sverige="sv"))
    assert [one.problem for one in found] == (
        [f"has no words in {lacking}, which a source is in"] if lacking else []
    )
    assert {one.term for one in found} <= {"theme:sport"}


def test_a_region_without_a_name_in_the_script_of_a_source_is_told() -> None:
    found = complaints([topic("T", "region:NL-ZE")], sources(Zeeland="nl", Moskva="ru", Tokyo="ja"))
    assert [one.problem for one in found] == ["has no words in ja, ru, which a source is in"]


def test_without_stories_there_is_nothing_to_tell() -> None:
    seen = review([topic("Goes", "Goes")], [])
    assert seen.topics[0].per_week == 0
    assert seen.suggestions == ()
