"""A simulated world of news sites, and ways to visit them: who finds an article how late.

Nothing here knows feedbot but `policy`. A visit sees how many articles are new, and no more.

rates       heavy-tailed: lognormal, median 3 a day, the busiest tenth publishes most of it
hours       office hours, broad days, or all round the clock; in three time zones; weekends
bursts      news that multiplies a part of the sources for some hours; articles that beget articles
publishers  one in seven publishes in batches, on the quarter of an hour
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from feedbot.model import Polling
from feedbot.poll import adaptive_interval

START = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday; the end of March holds a change of clocks
DAY = 24.0  # time is counted in hours since START
OFFICE = (0.1,) * 6 + (0.5, 1.2) + (2.2,) * 10 + (1.2, 0.8, 0.6, 0.4, 0.2, 0.1)
BROAD = (0.4, 0.3, 0.2, 0.2, 0.3, 0.6) + (1.0, 1.3) + (1.4,) * 12 + (1.2, 1.0, 0.8, 0.6)
FLAT = (1.0,) * 24
ZONES = ("Europe/Amsterdam", "Europe/London", "America/New_York")
BEGETS = 0.2  # further articles that one brings on average, within the next 40 minutes


@dataclass(frozen=True, slots=True)
class Site:
    """A source: what it publishes on average by hour, and what it did publish."""

    zone: str
    hourly: tuple[float, ...] = field(repr=False)  # expected articles by hour since START
    articles: tuple[float, ...] = field(repr=False)  # when they appeared, in order


def moment(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def site(
    draw: random.Random,
    days: int,
    *,
    per_day: float,
    profile: Sequence[float] = OFFICE,
    zone: str = ZONES[0],
    weekend: float = 0.5,
    bursts: Iterable[tuple[float, float, float]] = (),
    batches: bool = False,
) -> Site:
    """One site. `bursts` are its beginnings, ends and factors."""
    tz, mean = ZoneInfo(zone), sum(profile) / 24 * (5 + 2 * weekend) / 7
    hourly = []
    for hour in range(int(days * DAY)):
        local = moment(hour).astimezone(tz)
        factor = weekend if local.weekday() >= 5 else 1.0
        hourly.append(per_day / 24 * profile[local.hour] * factor / mean)
    events = list(bursts)
    found = list[float]()
    for hour, rate in enumerate(hourly):
        for start, end, factor in events:
            if start <= hour < end:
                rate *= factor
        found += _appear(draw, hour, rate / (1 + BEGETS))
    if batches:
        found = [math.ceil(at * 4) / 4 for at in found]
    return Site(zone, tuple(hourly), tuple(sorted(at for at in found if at < days * DAY)))


def _appear(draw: random.Random, hour: float, rate: float) -> Iterator[float]:
    at = float(hour)
    while (at := at + draw.expovariate(rate)) < hour + 1 if rate > 0 else False:
        yield at
        while draw.random() < BEGETS / (1 + BEGETS):
            yield at + draw.expovariate(1.5)


def world(seed: int, sites: int, days: int) -> list[Site]:
    """Many sites, the same for the same seed."""
    draw = random.Random(seed)
    events = [
        (start := draw.uniform(0, days * DAY), start + draw.uniform(1, 4), draw.uniform(4, 12))
        for _ in range(6 * days)
    ]
    return [
        site(
            draw,
            days,
            per_day=min(3 * math.exp(1.6 * draw.gauss(0, 1)), 400),
            profile=draw.choices((OFFICE, BROAD, FLAT), (60, 25, 15))[0],
            zone=draw.choice(ZONES),
            weekend=draw.uniform(0.15, 0.8),
            bursts=[event for event in events if draw.random() < 0.04],
            batches=draw.random() < 0.15,
        )
        for _ in range(sites)
    ]


# --- ways to visit ----------------------------------------------------------------------------

Visits = list[float]


def every(hours: float, one: Site, phase: float) -> Visits:
    """At a fixed interval."""
    count = int((len(one.hourly) - phase * hours) / hours)
    return [(number + phase) * hours for number in range(count + 1)]


def policy(one: Site, polling: Polling, name: str) -> Visits:
    """As feedbot does."""
    visits, state, at, seen = list[float](), adaptive_interval.AdaptiveInterval(), 0.0, 0
    while at < len(one.hourly):
        visits.append(at)
        found = bisect_right(one.articles, at)
        now = moment(at)
        state = adaptive_interval.observe_news(state, now=now, new=found - seen, timezone=one.zone)
        following, _ = adaptive_interval.next_visit(
            state, polling, now, name=name, timezone=one.zone
        )
        at, seen = (following - START) / timedelta(hours=1), found
    return visits


def entry_frequency(one: Site, factor: float) -> Visits:
    """As Miniflux does: a week divided by the entries of the last week, from 5 minutes to a day."""
    visits, at, seen = list[float](), 0.0, 0
    week = deque[tuple[float, int]]()
    total = 0
    while at < len(one.hourly):
        visits.append(at)
        found = bisect_right(one.articles, at)
        week.append((at, found - seen))
        total += found - seen
        while week[0][0] < at - 7 * DAY:
            total -= week.popleft()[1]
        wait = 7 * DAY / (total * factor) if total > 1 else DAY
        at, seen = at + min(max(wait, 5 / 60), DAY), found
    return visits


def known_rates(one: Site, price: float) -> Visits:
    """The optimum for who knows the true rates: a visit when the delay expected so far is worth it."""
    visits, at = list[float](), 0.0
    while at < len(one.hourly):
        visits.append(at)
        waiting = delay = 0.0  # expected articles, and what they have waited together
        while at < len(one.hourly):
            rate, rest = one.hourly[int(at)], int(at) + 1 - at
            after = delay + waiting * rest + rate * rest * rest / 2
            if after >= price:
                need = price - delay
                root = math.sqrt(waiting * waiting + 2 * rate * need)
                at += 2 * need / (waiting + root)
                break
            at, waiting, delay = int(at) + 1.0, waiting + rate * rest, after
    return visits


# --- how they do ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """Visits an hour over all sites, and the delays in minutes."""

    visits: float
    mean: float
    p95: float


def score(sites: Sequence[Site], ways: Iterable[Visits], warm: float) -> Score:
    """What is counted begins `warm` hours after START, and ends a day before the end."""
    end = len(sites[0].hourly) - DAY
    count, delays = 0, list[float]()
    for one, visits in zip(sites, ways, strict=True):
        count += bisect_left(visits, end) - bisect_left(visits, warm)
        for at in one.articles[bisect_left(one.articles, warm) : bisect_left(one.articles, end)]:
            place = bisect_left(visits, at)
            found = visits[place] if place < len(visits) else end + DAY
            delays.append((found - at) * 60)
    delays.sort()
    mean = sum(delays) / len(delays)
    return Score(count / (end - warm), mean, delays[int(len(delays) * 0.95)])


def match(run: Callable[[float], Score], visits: float, low: float, high: float) -> Score:
    """The score of `run` with the parameter at which it makes so many visits; more makes more."""
    for _ in range(22):
        middle = math.sqrt(low * high)
        if run(middle).visits < visits:
            low = middle
        else:
            high = middle
        if high / low < 1.002:
            break
    return run(high)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Four ways to spend the same number of visits."""

    fixed: Score
    miniflux: Score
    feedbot: Score
    optimum: Score


def compare(
    seed: int, *, sites: int, days: int, warm: int, polling: Polling | None = None
) -> Comparison:
    """Feedbot spends what it spends; the others are given as many visits."""
    those, begin = world(seed, sites, days), warm * DAY
    ours = score(
        those,
        [policy(one, polling or Polling(), str(n)) for n, one in enumerate(those)],
        begin,
    )
    draw = random.Random(seed)
    phases = [draw.random() for _ in those]
    hours = sites / ours.visits
    return Comparison(
        fixed=score(
            those, [every(hours, *both) for both in zip(those, phases, strict=True)], begin
        ),
        miniflux=match(
            lambda factor: score(those, [entry_frequency(s, factor) for s in those], begin),
            ours.visits, 0.05, 500,
        ),
        feedbot=ours,
        optimum=match(
            lambda budget: score(those, [known_rates(s, 1 / budget) for s in those], begin),
            ours.visits, 0.01, 1e5,
        ),
    )  # fmt: skip
