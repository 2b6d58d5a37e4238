"""Routing at the edges of its numbers: the last day in office, the last match that counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedbot.model import Topic
from feedbot.topics import compile_topics
from tests.articles import article


def topic(*terms: str, **rest: object) -> Topic:
    return Topic(name="T", slug="t", any=terms, **rest)  # type: ignore[arg-type]


def points(rule: Topic, *texts: str, **rest: object) -> float:
    found = compile_topics([rule]).route(article(*texts, **rest), "Bron")  # type: ignore[arg-type]
    return found[0].score if found else 0


@pytest.mark.parametrize(
    ("day", "counted"),
    [("2022-09-05", 0), ("2022-09-06", 3), ("2022-10-25", 3), ("2022-10-26", 1.5)],
)
def test_a_leader_counts_from_the_first_day_in_office_and_half_after_the_last(
    day: str, counted: float
) -> None:
    at = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    assert points(topic("country:GB"), "Liz Truss spreekt", published=at) == counted


def test_a_leader_without_a_successor_counts_today_and_not_before() -> None:
    since = datetime(2024, 7, 5, tzinfo=UTC)
    assert points(topic("country:GB"), "Keir Starmer spreekt", published=since) == 3
    before = since - timedelta(days=1)
    assert points(topic("country:GB"), "Keir Starmer spreekt", published=before) == 0


def test_an_article_without_a_date_is_of_today() -> None:
    for title, counted in (("Keir Starmer spreekt", True), ("Liz Truss spreekt", False)):
        undated = replace(article(title), published=None)
        assert bool(compile_topics([topic("country:GB")]).route(undated, "Bron")) == counted


def test_two_terms_of_one_topic_that_say_the_same_are_both_met() -> None:
    rule = topic("Rusland", all=("country:RU",))
    (found,) = compile_topics([rule]).route(article("Rusland tekent"), "Bron")
    assert found.lacking == ()
    assert found.routed


@pytest.mark.parametrize(
    ("titles", "leads", "bodies", "score"),
    [(1, 0, 0, 3), (2, 0, 0, 4.5), (0, 3, 0, 4.5), (0, 2, 0, 3), (0, 0, 4, 2), (0, 0, 3, 1.5)],
)
def test_matches_count_up_to_the_cap_of_their_place(
    titles: int, leads: int, bodies: int, score: float
) -> None:
    texts = ("Goes " * titles, "Goes " * leads, "Goes " * bodies)
    assert points(topic("Goes"), *texts) == score


@pytest.mark.parametrize(("body", "routed"), [("", False), ("Kyiv", True)])
def test_two_points_are_about_it(body: str, routed: bool) -> None:
    (found,) = compile_topics([topic("Kyiv")]).route(article("", "In Kyiv", body), "Bron")
    assert (found.threshold, found.routed) == (2, routed)


@pytest.mark.parametrize(
    ("texts", "score"),
    [(("", "", "Kyiv"), 0.5), (("Odesa", "", "Kyiv"), 0.5), (("Odesa", "Lviv", "Donetsk"), 0)],
)
def test_less_than_a_point_is_told_and_nothing_is_not(texts: tuple[str, ...], score: float) -> None:
    found = compile_topics([topic("Kyiv")]).route(article(*texts), "Bron")
    assert [routing.score for routing in found] == ([score] if score else [])


def test_an_ambiguous_word_alone_is_not_told() -> None:
    assert compile_topics([topic("country:BE")]).route(article("Brussel stemt"), "Bron") == ()


def test_what_an_article_is_filed_under_counts_once() -> None:
    filed = article("Stad wint", sections=("Sport",))
    (found,) = compile_topics([topic("section:Sport")]).route(filed, "Bron")
    assert [(each.where, each.count, each.points) for each in found.evidence] == [("section", 1, 2)]


def test_names_that_touch_both_count_where_words_are_written_together() -> None:
    both = topic("country:CN", "country:US")
    assert points(both, "中国美国会谈", language="zh") == 4.5
    assert points(topic("country:US"), "中国美国会谈", language="zh") == 3


@pytest.mark.parametrize(
    ("title", "lead", "score"),
    [
        ("Fico wint", "Roberto Fico wint in Campania.", 0),
        ("Fico wint", "Robert Fico wint de verkiezingen.", 5.5),
        ("Trump spreekt", "Donald Trump spreekt met zijn zoon Eric Trump.", 5.5),
    ],
)
def test_somebody_called_like_a_leader_is_not_the_leader(
    title: str, lead: str, score: float
) -> None:
    rules = topic("country:SK", "country:US")
    assert points(rules, title, lead) == score


@pytest.mark.parametrize(
    ("lead", "score"),
    [
        ("Seconda in super-G Sofia Goggia.", 0),
        ("Seconda a Sofia.", 2),
        ("Arrivano da Sofia e Vienna.", 1.5),
    ],
)
def test_a_seat_before_a_surname_is_a_given_name(lead: str, score: float) -> None:
    assert points(topic("country:BG"), "", lead, language="it") == score


def test_the_operators_words_count_in_neither_dateline_nor_section() -> None:
    text = article("", "KYIV (ANP) - Stil", sections=("Kyiv",))
    assert compile_topics([topic("Kyiv")]).route(text, "Bron") == ()


def test_capitals_are_read_as_they_are_written() -> None:
    assert points(topic("VS"), "De VS wil meer") == 3
    assert points(topic("VS"), "De vs wil meer") == 0
    assert points(topic("Xi"), "President Xi komt") == 3
    assert points(topic("Xi"), "Dit is xi keer meer") == 0
