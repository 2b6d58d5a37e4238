"""How often a source is visited, learnt from how often and at what hours it brings news.

The delay of an article is half the time between two visits. The sum of all delays at a given number
of visits is least where each source is visited in proportion to the square root of its rate
(Cho and Garcia-Molina 2003 for staleness; Sia, Cho and Cho 2007 for feeds):

    interval = sqrt(2 · price / rate(now))
    rate(now) = slow rate × profile of the hour × how busy it is just now

The price is what one visit may cost in delay. It is set so that a source with the usual rate is
visited at the operator's `interval`. Everything here is pure: no clock, no randomness.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from ..model import Health, Polling

VERSION = 1
USUAL_RATE = 0.5  # articles an hour of a source of which nothing is known: twelve a day
HALF_LIFE = timedelta(days=14)  # half-life of the slow rate: news rooms change with the season
BURST = timedelta(minutes=90)  # time constant of the fast term: how long big news stays big
PRIOR = 3.0  # articles' worth of belief in the common profile; more learns too slowly
LONGEST_GAP = timedelta(days=14)  # of one observation: what happened before is not known
FIRST = "the configured interval, until its rhythm is known"
A_DAY = timedelta(days=1)
ENOUGH_DATES = 5  # of articles of the last day, to tell how many come
JITTER = 0.1  # of the interval, later only: sources of one kind do not come all at once
SILENT = 15.0  # articles expected while none came: no false alarm in a simulated year
ACQUAINTED = 120.0  # hours watched before silence means anything: first its quiet hours are learnt
BACK_OFF = timedelta(minutes=5)  # after the first failure; doubles with each one in a row
LONGEST_BACK_OFF = timedelta(hours=6)

# When news appears in Europe, by local hour on working days and at weekends; the mean of all is 1.
_DAY = (0.3, 0.2, 0.15, 0.15, 0.2, 0.5, 0.9, 1.3, 1.6, 1.7, 1.7, 1.7,
        1.6, 1.6, 1.6, 1.6, 1.6, 1.5, 1.3, 1.1, 1.0, 0.9, 0.7, 0.5)  # fmt: skip
HOURS = 24
COMMON_PROFILE = tuple(_DAY) + tuple(0.6 * value for value in _DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptiveInterval:
    """The rhythm of one source: rates per hour, in slots for working days and for weekends."""

    seen: datetime | None = None  # the last visit that reached it
    count: float = 0.0  # articles, fading with HALF_LIFE
    hours: float = 0.0  # hours watched, weighted by the profile, fading alike
    slots: tuple[float, ...] = (0.0,) * 2 * HOURS  # articles by slot
    expected: tuple[float, ...] = (0.0,) * 2 * HOURS  # what an even rate would have brought
    recent: float = 0.0  # articles, fading with BURST
    recent_expected: float = 0.0
    silence: float = 0.0  # articles expected since the last one came
    newest: datetime | None = None  # when an article was last found

    @property
    def is_first(self) -> bool:
        """Whether there was one visit only, so that nothing of its hours is known."""
        return self.seen is not None and not any(self.expected)

    @property
    def base(self) -> float:
        """The slow rate: the mean of a gamma distribution with a weak prior at USUAL_RATE."""
        return (self.count + 0.5) / (self.hours + 0.5 / USUAL_RATE)

    def profile(self, slot: int) -> float:
        """How much busier than the mean a slot is."""
        return (self.slots[slot] + PRIOR * COMMON_PROFILE[slot]) / (self.expected[slot] + PRIOR)

    def rate(self, now: datetime, timezone: str) -> float:
        """Articles an hour to be expected right now."""
        busy = (0.5 + self.recent) / (0.5 + self.recent_expected)
        return self.base * self.profile(slot_of(now, timezone)) * busy


def slot_of(moment: datetime, timezone: str) -> int:
    """The slot of a moment: its local hour, on a working day or at the weekend."""
    local = moment.astimezone(ZoneInfo(timezone))
    return local.hour + (HOURS if local.weekday() >= 5 else 0)


def observe_news(
    pace: AdaptiveInterval,
    *,
    now: datetime,
    new: int,
    timezone: str,
    dates: Sequence[datetime] = (),
) -> AdaptiveInterval:
    """What is known after a visit that found `new` articles.

    The first starts the clock; the `dates` of its articles tell how many come in a day.
    """
    if pace.seen is None:
        return replace(_first_guess(dates, now), seen=now, newest=now if new else None)
    if now <= pace.seen:  # after the clock was set back
        return replace(pace, seen=now, newest=now if new else pace.newest)
    gap = min(now - pace.seen, LONGEST_GAP)
    slots, expected = list(pace.slots), list(pace.expected)
    weighted = 0.0
    for slot, hours in _slots_between(now - gap, now, timezone):
        weighted += hours * pace.profile(slot)
        expected[slot] += hours * pace.base
        slots[slot] += new * hours / (gap / timedelta(hours=1))
    fade, burst = 0.5 ** (gap / HALF_LIFE), math.exp(-(gap / BURST))
    arrivals = pace.base * weighted
    return AdaptiveInterval(
        seen=now,
        count=pace.count * fade + new,
        hours=pace.hours * fade + weighted,
        slots=tuple(value * fade for value in slots),
        expected=tuple(value * fade for value in expected),
        recent=pace.recent * burst + new,
        recent_expected=pace.recent_expected * burst + arrivals,
        silence=0.0 if new else pace.silence + arrivals,
        newest=now if new else pace.newest,
    )


def _first_guess(dates: Sequence[datetime], now: datetime) -> AdaptiveInterval:
    """What the dates of a first visit tell: those of the last day, if there are enough."""
    recent = [at for at in dates if now - A_DAY <= at <= now]
    if len(recent) < ENOUGH_DATES:
        return AdaptiveInterval()
    hours = max((now - min(recent)) / timedelta(hours=1), 1.0)
    return AdaptiveInterval(count=float(len(recent)), hours=hours)


def _slots_between(start: datetime, end: datetime, timezone: str) -> Iterator[tuple[int, float]]:
    """The slots from start to end, each with the hours spent in it."""
    while start < end:
        whole = start.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        until = min(whole, end)
        yield slot_of(start, timezone), (until - start) / timedelta(hours=1)
        start = until


def interval(pace: AdaptiveInterval, polling: Polling, now: datetime, timezone: str) -> timedelta:
    """The best time between two visits, within the operator's bounds."""
    if pace.is_first:
        return min(max(polling.interval, polling.min_interval), polling.max_interval)
    usual = polling.interval / timedelta(hours=1)
    hours = usual * math.sqrt(USUAL_RATE / pace.rate(now, timezone))
    return min(max(timedelta(hours=hours), polling.min_interval), polling.max_interval)


def next_visit(
    pace: AdaptiveInterval,
    polling: Polling,
    now: datetime,
    *,
    name: str,
    timezone: str,
    failures: int = 0,
    fresh_until: datetime | None = None,
    retry_at: datetime | None = None,
) -> tuple[datetime, str]:
    """When a source is visited next, and why, in plain words.

    The latest of: its own interval, what the site's Cache-Control asks for (no later than
    `max_interval`), Retry-After. `failures` in a row back off by doubling.
    """
    if failures:
        wait = max(min(back_off(failures), polling.max_interval), polling.min_interval)
        moment, why = now + wait, f"it failed {_times(failures)}"
    else:
        wait = interval(pace, polling, now, timezone)
        often = _often(pace.rate(now, timezone) * 24)
        moment, why = now + wait, FIRST if pace.is_first else f"{often} a day at this hour"
    moment += (moment - now) * JITTER * _fraction(name, now)
    if fresh_until and fresh_until > moment:
        moment = max(min(fresh_until, now + polling.max_interval), moment)
        why = "the site says that its page stays fresh so long"
    if retry_at and retry_at > moment:
        moment, why = retry_at, "the site asked for this pause"
    return moment, why


def back_off(failures: int) -> timedelta:
    """How long to leave a source alone that failed so often in a row."""
    return min(BACK_OFF * 2.0 ** min(failures - 1, 20), LONGEST_BACK_OFF)


def _often(rate: float) -> str:
    """Articles a day, in words that a person would use."""
    if rate < 0.1:
        return "hardly an article"
    return f"about {rate:.0f} articles" if rate >= 10 else f"about {rate:.1f} articles"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times in a row"


def _fraction(name: str, now: datetime) -> float:
    """Between 0 and 1, the same for the same source and moment."""
    digest = blake2b(f"{name} {now.timestamp()}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) / 2**32


def health(
    pace: AdaptiveInterval,
    *,
    failures: int,
    error: str | None,
    polled: bool,
    degraded: str = "",
    advice: str = "",
) -> tuple[Health, str]:
    """One word for how a source is, and the evidence.

    `degraded` says what extraction lacks, `advice` what might be corrected although all is well.
    """
    if failures:
        return "failing", f"failed {_times(failures)}: {error}"
    if not polled:
        return "new", "not visited yet"
    if degraded or error:
        return "degraded", degraded or f"part of it failed: {error}"
    if pace.silence >= SILENT and pace.hours >= ACQUAINTED:
        since = f" since {pace.newest:%Y-%m-%d %H:%M} UTC" if pace.newest else ""
        return "silent", f"nothing new{since}; about {pace.silence:.0f} articles were expected"
    return "ok", advice


def dump(pace: AdaptiveInterval) -> str:
    """As JSON, for the store."""
    plain: dict[str, Any] = {one.name: getattr(pace, one.name) for one in fields(pace)}
    plain["version"] = VERSION
    for name in ("seen", "newest"):
        plain[name] = plain[name].timestamp() if plain[name] else None
    for name in ("slots", "expected"):
        plain[name] = [round(value, 4) for value in plain[name]]
    return json.dumps(plain)


def load(text: str) -> AdaptiveInterval:
    """The inverse of `dump`; another version, or none, starts anew."""
    plain = json.loads(text) if text else {}
    if plain.pop("version", None) != VERSION:
        return AdaptiveInterval()
    for name in ("seen", "newest"):
        at = plain[name]
        plain[name] = None if at is None else datetime.fromtimestamp(at, UTC)
    for name in ("slots", "expected"):
        plain[name] = tuple(plain[name])
    return AdaptiveInterval(**plain)
