"""How often a source is visited, and the word for how it is."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbot.model import Polling
from feedbot.sources.adaptive_interval import (
    AdaptiveInterval,
    back_off,
    dump,
    health,
    interval,
    load,
    next_visit,
    observe_news,
    slot_of,
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


@pytest.mark.parametrize("now", [NOON, NIGHT])
def test_the_second_visit_is_made_after_the_configured_interval(now: datetime) -> None:
    dates = [now - timedelta(hours=hours) for hours in range(20)]
    first = observe_news(AdaptiveInterval(), now=now, new=20, timezone=ZONE, dates=dates)
    assert interval(first, POLLING, now, ZONE) == POLLING.interval
    _, why = next_visit(first, POLLING, now, name="Krant", timezone=ZONE)
    assert why == "the configured interval, until its rhythm is known"


def test_the_dates_of_a_first_visit_tell_how_many_articles_come() -> None:
    """Twenty of one day are not "2.2 a day", also if none comes in the next minutes."""
    dates = [NOON - timedelta(hours=hours) for hours in range(20)]
    many = observe_news(AdaptiveInterval(), now=NOON, new=20, timezone=ZONE, dates=dates)
    none = observe_news(AdaptiveInterval(), now=NOON, new=20, timezone=ZONE)
    later = NOON + timedelta(minutes=15)
    many, none = (observe_news(one, now=later, new=0, timezone=ZONE) for one in (many, none))
    assert 20 < many.base * 24 < 30
    assert none.base * 24 < 13


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


# --- the numbers, at their edges --------------------------------------------------------------

EVENING = datetime(2026, 2, 3, 19, 0, tzinfo=UTC)  # 20:00 on a Tuesday: as busy as the mean hour
NEW = AdaptiveInterval()
KNOWN = AdaptiveInterval(
    seen=EVENING, count=100.0, hours=199.0, newest=EVENING
)  # about 0.5 an hour


@pytest.mark.parametrize(
    ("pace", "minutes"),
    [
        (NEW, 15),  # the operator's interval
        (AdaptiveInterval(count=49.5, hours=99), 15),  # the usual rate
        (AdaptiveInterval(count=199.5, hours=99), 7.5),  # four times the usual rate
        (AdaptiveInterval(count=12.0, hours=99), 30),  # a quarter of it
        (AdaptiveInterval(recent=1.5), 7.5),  # four times as much as usual, just now
        (AdaptiveInterval(recent_expected=1.5), 30),
        (AdaptiveInterval(count=0, hours=10_000), 240),  # max_interval
        (AdaptiveInterval(count=10_000, hours=100), 5),  # min_interval
    ],
)
def test_the_interval_goes_with_the_square_root_of_the_rate(
    pace: AdaptiveInterval, minutes: float
) -> None:
    found = interval(pace, POLLING, EVENING, ZONE)
    assert found / timedelta(minutes=1) == pytest.approx(minutes)


def test_what_was_seen_at_an_hour_outweighs_the_common_profile_in_time() -> None:
    """Three articles' worth of belief: so much that was expected, and the truth is in between."""
    slots, expected = [0.0] * 48, [0.0] * 48
    slots[20], expected[20] = 9.0, 3.0
    assert NEW.profile(20) == pytest.approx(1)
    assert replace(NEW, slots=tuple(slots), expected=tuple(expected)).profile(20) == pytest.approx(
        (9 + 3) / (3 + 3)
    )
    assert NEW.profile(3) == pytest.approx(0.15)
    assert NEW.profile(24 + 3) == pytest.approx(0.6 * 0.15)


def test_a_new_source_is_expected_to_bring_what_is_usual_over_a_week() -> None:
    """The profile moves articles between hours; it makes hardly more or fewer of them."""
    assert len(NEW.slots) == len(NEW.expected) == 48
    monday = datetime(2026, 2, 2, tzinfo=UTC)
    rates = [NEW.rate(monday + timedelta(hours=hour), "UTC") for hour in range(7 * 24)]
    assert sum(rates) == pytest.approx(7 * 12 * 0.9374, rel=0.0005)


@pytest.mark.parametrize(
    ("moment", "slot"),
    [
        (datetime(2026, 2, 5, 23, 30, tzinfo=UTC), 0),  # Friday, half past midnight in Amsterdam
        (datetime(2026, 2, 6, 22, 59, tzinfo=UTC), 23),
        (datetime(2026, 2, 6, 23, 0, tzinfo=UTC), 24),  # Saturday
        (datetime(2026, 2, 8, 22, 59, tzinfo=UTC), 47),  # Sunday
        (datetime(2026, 2, 8, 23, 0, tzinfo=UTC), 0),  # Monday
    ],
)
def test_weekends_have_hours_of_their_own(moment: datetime, slot: int) -> None:
    assert slot_of(moment, ZONE) == slot


def test_what_was_found_is_shared_out_to_the_hours_in_which_it_came() -> None:
    start = EVENING - timedelta(minutes=30)
    pace = observe_news(
        replace(KNOWN, seen=start), now=start + timedelta(minutes=90), new=3, timezone=ZONE
    )
    assert (pace.slots[19], pace.slots[20]) == pytest.approx((1, 2), rel=0.01)
    assert (pace.expected[19], pace.expected[20]) == pytest.approx((0.25, 0.5), rel=0.01)
    assert sum(pace.slots) == pytest.approx(3, rel=0.01)
    assert pace.hours - KNOWN.hours == pytest.approx(
        1.1 * 0.5 + 1.0 - KNOWN.hours * (1 - 0.5 ** (1.5 / 14 / 24))
    )
    assert (pace.seen, pace.newest) == (start + timedelta(minutes=90),) * 2


def test_a_visit_within_the_hour_shares_out_from_where_the_last_one_was() -> None:
    start = EVENING.replace(minute=10, second=30, microsecond=5)
    pace = observe_news(
        replace(KNOWN, seen=start), now=start + timedelta(minutes=60), new=6, timezone=ZONE
    )
    assert pace.slots[20] == pytest.approx(6 * 49.5 / 60, rel=0.01)
    assert pace.slots[21] == pytest.approx(6 * 10.5 / 60, rel=0.01)


@pytest.mark.parametrize(("days", "left"), [(14, 0.5), (7, 0.5**0.5), (28, 0.5)])
def test_what_is_known_is_worth_half_after_two_weeks_and_never_less_by_one_visit(
    days: int, left: float
) -> None:
    slots = tuple([50.0] * 48)
    known = replace(KNOWN, slots=slots, expected=slots)
    pace = observe_news(known, now=EVENING + timedelta(days=days), new=0, timezone=ZONE)
    assert pace.count == pytest.approx(100 * left)
    assert pace.slots[5] == pytest.approx(50 * left)


def test_big_news_is_over_after_some_hours() -> None:
    busy = replace(KNOWN, recent=10.0, recent_expected=4.0)
    pace = observe_news(busy, now=EVENING + timedelta(minutes=90), new=2, timezone=ZONE)
    expected = KNOWN.base * (1.0 + 0.5 * 0.9)  # at 20:00, and half an hour from 21:00
    assert pace.recent == pytest.approx(10 / math.e + 2)
    assert pace.recent_expected == pytest.approx(4 / math.e + 0.5 * 1.45, rel=0.02)
    assert pace.recent_expected == pytest.approx(4 / math.e + expected)


def test_silence_is_what_was_expected_since_the_last_article() -> None:
    quiet = replace(KNOWN, silence=2.0)
    later = EVENING + timedelta(hours=1)
    pace = observe_news(quiet, now=later, new=0, timezone=ZONE)
    assert pace.silence == pytest.approx(2 + KNOWN.base)
    assert pace.newest == EVENING
    pace = observe_news(quiet, now=later, new=1, timezone=ZONE)
    assert (pace.silence, pace.newest) == (0, later)


def test_nothing_is_known_before_the_first_hour_was_watched() -> None:
    first = observe_news(NEW, now=EVENING, new=0, timezone=ZONE)
    pace = observe_news(first, now=EVENING + timedelta(hours=1), new=0, timezone=ZONE)
    assert (pace.count, sum(pace.slots), pace.recent) == (0, 0, 0)
    assert pace.hours == pytest.approx(1)
    assert (pace.silence, pace.recent_expected) == pytest.approx((0.5, 0.5))
    assert sum(pace.expected) == pytest.approx(0.5, rel=0.01)


def test_a_first_visit_that_finds_nothing_has_found_nothing() -> None:
    assert observe_news(NEW, now=NOON, new=0, timezone=ZONE) == replace(NEW, seen=NOON)
    first = observe_news(NEW, now=NOON, new=1, timezone=ZONE)
    assert first == replace(NEW, seen=NOON, newest=NOON)
    assert observe_news(first, now=NOON, new=4, timezone=ZONE) == first, "no time has passed"


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(1, 5), (2, 10), (3, 20), (6, 160), (7, 320), (8, 360), (1_000_000, 360)],
)
def test_a_failure_costs_five_minutes_each_further_one_twice_as_much_up_to_six_hours(
    failures: int, minutes: int
) -> None:
    assert back_off(failures) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("failures", "shortest", "longest", "minutes"),
    [(2, 1, 240, 10), (2, 20, 240, 20), (7, 5, 60, 60), (1, 5, 5, 5)],
)
def test_a_source_that_fails_keeps_to_the_bounds_of_the_operator(
    failures: int, shortest: int, longest: int, minutes: int
) -> None:
    polling = replace(
        POLLING,
        min_interval=timedelta(minutes=shortest),
        max_interval=timedelta(minutes=longest),
    )
    moment, why = next_visit(NEW, polling, NOON, name="a", timezone=ZONE, failures=failures)
    assert timedelta(minutes=minutes) <= moment - NOON <= 1.1 * timedelta(minutes=minutes)
    assert why == ("it failed once" if failures == 1 else f"it failed {failures} times in a row")


def test_sources_do_not_come_all_at_once() -> None:
    waits = [
        (next_visit(NEW, POLLING, EVENING, name=f"s{at}", timezone=ZONE)[0] - EVENING)
        / POLLING.interval
        for at in range(500)
    ]
    assert 1 <= min(waits) < 1.01
    assert 1.09 < max(waits) <= 1.1
    assert sum(waits) / len(waits) == pytest.approx(1.05, abs=0.005)


@pytest.mark.parametrize(
    ("count", "hours", "words"),
    [
        (0, 500, "hardly an article a day"),
        (0, 120, "hardly an article a day"),
        (0, 119, "about 0.1 articles a day"),
        (9.4, 23, "about 9.9 articles a day"),
        (9.5, 23, "about 10 articles a day"),
        (11.9, 23, "about 12 articles a day"),
    ],
)
def test_articles_a_day_are_told_as_exactly_as_they_are_known(
    count: float, hours: float, words: str
) -> None:
    pace = AdaptiveInterval(count=count, hours=hours)
    _, why = next_visit(pace, POLLING, EVENING, name="a", timezone=ZONE)
    assert why == f"{words} at this hour"


def test_what_a_site_asks_for_is_the_reason_only_where_it_makes_a_difference() -> None:
    planned, why = next_visit(NEW, POLLING, NOON, name="a", timezone=ZONE)
    for asked in (planned, planned - timedelta(minutes=1)):
        for same in (
            next_visit(NEW, POLLING, NOON, name="a", timezone=ZONE, fresh_until=asked),
            next_visit(NEW, POLLING, NOON, name="a", timezone=ZONE, retry_at=asked),
        ):
            assert same == (planned, why)
    moment, _ = next_visit(
        NEW, POLLING, NOON, name="a", timezone=ZONE, fresh_until=NOON + timedelta(days=365)
    )
    assert moment == NOON + POLLING.max_interval


def test_a_page_that_is_fresh_for_long_is_not_visited_before_its_own_interval() -> None:
    polling = replace(POLLING, min_interval=POLLING.max_interval)
    planned, _ = next_visit(NEW, polling, NOON, name="a", timezone=ZONE)
    later = planned + timedelta(days=1)
    assert next_visit(NEW, polling, NOON, name="a", timezone=ZONE, fresh_until=later)[0] == planned


@pytest.mark.parametrize(
    ("silence", "hours", "word"),
    [(15, 120, "silent"), (14.9, 120, "ok"), (15, 119.9, "ok"), (100, 10, "ok")],
)
def test_silence_means_something_after_five_days_and_fifteen_articles(
    silence: float, hours: float, word: str
) -> None:
    pace = AdaptiveInterval(silence=silence, hours=hours)
    assert health(pace, failures=0, error=None, polled=True)[0] == word


def test_the_word_for_a_source_has_its_evidence() -> None:
    silent = AdaptiveInterval(silence=20, hours=200)
    assert health(silent, failures=0, error=None, polled=True) == (
        "silent",
        "nothing new; about 20 articles were expected",
    )
    assert health(replace(silent, newest=NOON), failures=0, error=None, polled=True)[1] == (
        "nothing new since 2026-02-03 12:00 UTC; about 20 articles were expected"
    )
    assert health(silent, failures=1, error="no route", polled=True) == (
        "failing",
        "failed once: no route",
    )
    assert health(silent, failures=0, error="x", polled=True) == (
        "degraded",
        "part of it failed: x",
    )
    assert health(NEW, failures=0, error=None, polled=True, advice="y") == ("ok", "y")


def test_what_is_stored_comes_back_to_four_digits() -> None:
    slots = (0.123456, *([1.0] * 47))
    pace = replace(KNOWN, slots=slots, expected=slots, recent=1.5, silence=0.25)
    rounded = (0.1235, *slots[1:])
    assert load(dump(pace)) == replace(pace, slots=rounded, expected=rounded)
    assert load(dump(NEW)) == NEW
    assert json.loads(dump(NEW))["version"] == 1, "another version forgets what was learnt"
