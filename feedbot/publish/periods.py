"""The days and weeks of a digest; see `digest`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

from ..model import Topic
from .translations import Translations

DIGESTS: tuple[Literal["daily", "weekly"], ...] = ("daily", "weekly")
KEPT = 60  # entries of a digest
VISIT = timedelta(minutes=15)  # the longest one; what it brings was first seen when it began


class Period(NamedTuple):
    """A local day, or a week from Monday to Sunday."""

    first: date
    last: date
    start: datetime
    end: datetime


def digest_name(topic: Topic) -> str:
    """The file name of the digest, such as "china-daily.xml"; "" if the topic has none."""
    return f"{topic.slug}-{topic.digest}.xml" if topic.digest else ""


def current_period(topic: Topic, now: datetime, words: Translations) -> date:
    """The first day of the day or week that may still get stories."""
    today = words.local(now - VISIT).date()
    return today - timedelta(days=today.weekday()) if topic.digest == "weekly" else today


def periods(topic: Topic, since: date, until: date, words: Translations) -> Iterator[Period]:
    """The days or weeks from `since` until before `until`, at most KEPT of them."""
    step = timedelta(days=7 if topic.digest == "weekly" else 1)
    first = max(since, until - KEPT * step)
    while first < until:
        following = first + step
        yield Period(
            first=first,
            last=following - timedelta(days=1),
            start=_midnight(first, words),
            end=_midnight(following, words),
        )
        first = following


def _midnight(day: date, words: Translations) -> datetime:
    return datetime.combine(day, time(), tzinfo=words.tzinfo).astimezone(UTC)
