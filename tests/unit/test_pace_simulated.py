"""Visits and alarms in a simulated world; `make bench ARGS=pace` is the same at full length."""

from __future__ import annotations

import random
from bisect import bisect_right

import pytest

from feedbot.model import Polling
from feedbot.poll import adaptive_interval
from tests.world import FLAT, OFFICE, compare, moment, site

YEAR = 365


def test_at_equal_visits_news_is_found_much_earlier_than_at_a_fixed_interval() -> None:
    done = compare(0, sites=40, days=21, warm=14)
    assert done.feedbot.mean <= 0.65 * done.fixed.mean  # fewer sources differ less
    assert done.feedbot.mean <= 0.70 * done.miniflux.mean
    assert done.feedbot.mean <= 1.12 * done.optimum.mean


@pytest.mark.parametrize("per_day", [1, 6, 40, 150])
@pytest.mark.parametrize("hours", [OFFICE, FLAT], ids=["office", "flat"])
def test_no_false_alarm_of_silence_in_a_simulated_year(
    per_day: float, hours: tuple[float, ...]
) -> None:
    one = site(random.Random(7), YEAR, per_day=per_day, profile=hours, weekend=0.2)
    polling, state, at, seen, words = (
        Polling(),
        adaptive_interval.AdaptiveInterval(),
        0.0,
        0,
        set[str](),
    )
    while at < len(one.hourly):
        now, found = moment(at), bisect_right(one.articles, at)
        state = adaptive_interval.observe_news(state, now=now, new=found - seen, timezone=one.zone)
        words.add(adaptive_interval.health(state, failures=0, error=None, polled=True)[0])
        wait = 3 * adaptive_interval.interval(
            state, polling, now, one.zone
        )  # fewer visits see the same
        at, seen = at + wait.total_seconds() / 3600, found
    assert words == {"ok"}


@pytest.mark.parametrize(("per_day", "most"), [(6, 100), (40, 24), (150, 12)])
def test_a_source_that_dies_is_noticed(per_day: float, most: float) -> None:
    delays = []
    for number in range(10):
        dies = 28 * 24 + number * 17.0
        one = site(random.Random(number), 50, per_day=per_day, weekend=0.5)
        state, at, seen = adaptive_interval.AdaptiveInterval(), 0.0, 0
        while adaptive_interval.health(state, failures=0, error=None, polled=True)[0] == "ok":
            found = bisect_right(one.articles, min(at, dies))
            state = adaptive_interval.observe_news(
                state, now=moment(at), new=found - seen, timezone=one.zone
            )
            at, seen = at + 1.0, found
        delays.append(at - dies)
    assert sorted(delays)[5] <= most, f"median {sorted(delays)[5]:.0f} hours"
    assert min(delays) > 0
