"""How often a source is visited, and the word for how it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbot.model import Polling
from feedbot.poll.adaptive_interval import (
    AdaptiveInterval,
    dump,
    health,
    interval,
    load,
    next_visit,
    observe_news,
)

NOON = datetime(2026, 2, 3, 12, 0, tzinfo=UTC)  # a Tuesday
NIGHT = NOON.replace(hour=2)
ZONE = "Europe/Amsterdam"
POLLING = Polling()


def watch(
    hours: int, per_hour: int, start: datetime = NOON - timedelta(days=14)
) -> AdaptiveInterval:
    """A source that was visited every hour for so long and always brought so much."""
    pace = AdaptiveInterval()
    for hour in range(hours):
        pace = observe_news(pace, now=start + timedelta(hours=hour), new=per_hour, timezone=ZONE)
    return pace


def test_a_source_of_which_nothing_is_known_is_visited_about_at_the_interval() -> None:
    first = interval(AdaptiveInterval(), POLLING, NOON, ZONE)
    assert POLLING.interval / 2 < first < POLLING.interval * 2


def test_a_busy_source_is_visited_more_often_than_a_quiet_one() -> None:
    busy, quiet = watch(14 * 24, 5), watch(14 * 24, 0)
    assert interval(busy, POLLING, NOON, ZONE) < interval(quiet, POLLING, NOON, ZONE)
    assert interval(quiet, POLLING, NOON, ZONE) <= POLLING.max_interval
    assert interval(busy, POLLING, NOON, ZONE) >= POLLING.min_interval


def test_a_visit_at_night_finds_less_and_is_made_less_often() -> None:
    pace = AdaptiveInterval()
    for hour in range(14 * 24):
        now = NOON - timedelta(days=14) + timedelta(hours=hour)
        pace = observe_news(pace, now=now, new=2 if 7 <= now.hour < 20 else 0, timezone=ZONE)
    assert interval(pace, POLLING, NOON, ZONE) < interval(pace, POLLING, NIGHT, ZONE)


def test_a_burst_brings_feedbot_back_sooner() -> None:
    calm = watch(14 * 24, 1)
    now = NOON
    assert interval(
        observe_news(calm, now=now, new=12, timezone=ZONE), POLLING, now, ZONE
    ) < interval(observe_news(calm, now=now, new=1, timezone=ZONE), POLLING, now, ZONE)


def test_the_backlog_of_a_first_visit_says_nothing_about_the_rate() -> None:
    assert observe_news(AdaptiveInterval(), now=NOON, new=500, timezone=ZONE).count == 0


def test_a_clock_that_went_back_changes_nothing() -> None:
    pace = watch(48, 1)
    assert (
        observe_news(pace, now=NOON - timedelta(days=30), new=0, timezone=ZONE).count == pace.count
    )


@pytest.mark.parametrize("failures", range(1, 12))
def test_failures_back_off_by_doubling(failures: int) -> None:
    def wait(count: int) -> timedelta:
        moment, why = next_visit(
            AdaptiveInterval(), POLLING, NOON, name="a", timezone=ZONE, failures=count
        )
        assert "failed" in why
        return moment - NOON

    assert wait(failures) <= wait(failures + 1) * 1.2
    assert wait(failures) <= POLLING.max_interval * 1.1


@pytest.mark.parametrize(
    ("per_hour", "words"),
    [(0, "hardly an article a day"), (5, "about 1"), (50, "about 1")],
)
def test_the_reason_is_in_words_that_a_person_would_use(per_hour: int, words: str) -> None:
    rate = watch(120 * 24, per_hour, NOON - timedelta(days=120))
    _, why = next_visit(rate, POLLING, NOON, name="a", timezone=ZONE)
    assert why.startswith(words)
    assert "e+" not in why


def test_a_pause_that_the_site_asks_for_is_kept() -> None:
    asked = NOON + timedelta(hours=9)
    moment, why = next_visit(
        AdaptiveInterval(), POLLING, NOON, name="a", timezone=ZONE, failures=1, retry_at=asked
    )
    assert moment == asked
    assert "asked" in why


def test_a_page_that_is_fresh_is_not_asked_for_but_no_longer_than_the_operator_allows() -> None:
    hour = NOON + timedelta(hours=1)
    moment, why = next_visit(
        AdaptiveInterval(), POLLING, NOON, name="a", timezone=ZONE, fresh_until=hour
    )
    assert moment == hour
    assert "fresh" in why
    for_ever = NOON + timedelta(days=365)
    moment, _ = next_visit(
        AdaptiveInterval(), POLLING, NOON, name="a", timezone=ZONE, fresh_until=for_ever
    )
    assert moment <= NOON + POLLING.max_interval


def test_a_source_that_falls_silent_is_noticed_and_one_that_sleeps_is_not() -> None:
    pace = watch(14 * 24, 2)
    assert health(pace, failures=0, error=None, polled=True)[0] == "ok"
    for hour in range(1, 40):
        pace = observe_news(pace, now=NOON + timedelta(hours=hour), new=0, timezone=ZONE)
    word, evidence = health(pace, failures=0, error=None, polled=True)
    assert word == "silent"
    assert "expected" in evidence
    quiet = watch(60 * 24, 0)
    assert health(quiet, failures=0, error=None, polled=True)[0] == "ok"


def test_a_failure_and_a_redesign_have_words_of_their_own() -> None:
    assert health(AdaptiveInterval(), failures=2, error="no route", polled=True) == (
        "failing",
        "failed 2 times in a row: no route",
    )
    assert health(AdaptiveInterval(), failures=0, error=None, polled=False)[0] == "new"
    assert health(AdaptiveInterval(), failures=0, error=None, polled=True, degraded="x") == (
        "degraded",
        "x",
    )


@pytest.mark.parametrize(
    "day", [datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)]
)
def test_when_clocks_change_there_is_neither_a_gap_nor_a_storm(day: datetime) -> None:
    pace, visits = watch(14 * 24, 2, start=day - timedelta(days=14)), [day]
    while visits[-1] < day + timedelta(days=2):
        pace = observe_news(pace, now=visits[-1], new=0 if len(visits) % 4 else 2, timezone=ZONE)
        moment, _ = next_visit(pace, POLLING, visits[-1], name="a", timezone=ZONE)
        visits.append(moment)
    gaps = [later - earlier for earlier, later in pairwise(visits)]
    assert POLLING.min_interval <= min(gaps)
    assert max(gaps) < timedelta(hours=1)


@given(st.lists(st.tuples(st.integers(1, 100_000), st.integers(0, 50)), max_size=30))
def test_whatever_was_seen_the_interval_stays_within_bounds(visits: list[tuple[int, int]]) -> None:
    pace, now = AdaptiveInterval(), NOON
    for seconds, new in visits:
        now += timedelta(seconds=seconds)
        pace = observe_news(pace, now=now, new=new, timezone=ZONE)
        assert POLLING.min_interval <= interval(pace, POLLING, now, ZONE) <= POLLING.max_interval
    assert load(dump(pace)).count == pace.count


def test_a_pace_of_another_version_starts_anew() -> None:
    assert load("") == AdaptiveInterval()
    assert load('{"version": 0}') == AdaptiveInterval()
