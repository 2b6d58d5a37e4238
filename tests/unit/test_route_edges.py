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
