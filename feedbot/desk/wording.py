"""How the pages write times, numbers and addresses."""

from __future__ import annotations

from datetime import datetime, timedelta

from markupsafe import Markup

from ..web.urls import host_of, redact

HEALTH = {
    "ok": "well",
    "new": "not visited yet",
    "silent": "silent",
    "degraded": "partly read",
    "failing": "failing",
}


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 story", "1,204 stories"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def span(time: timedelta) -> str:
    """A length of time as a person says it: "40 s", "35 min", "3 h", "2 days"."""
    seconds = abs(time.total_seconds())
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    if seconds < 36 * 3600:
        return f"{seconds / 3600:.0f} h"
    return count(round(seconds / 86400), "day")


def when(moment: datetime | None, now: datetime) -> Markup:
    """A moment beside now, with the exact time behind it."""
    if moment is None:
        return Markup("never")
    away = moment - now
    words = "now" if abs(away) < timedelta(seconds=2) else span(away)
    if words != "now":
        words = f"in {words}" if away > timedelta() else f"{words} ago"
    return Markup('<time datetime="{}" title="{:%Y-%m-%d %H:%M:%S} UTC">{}</time>').format(
        moment.isoformat(), moment, words
    )


def due(moment: datetime, now: datetime) -> Markup:
    """When something is planned; what is overdue is "now"."""
    return when(max(moment, now), now)


def host(url: str) -> str:
    """The host of a URL."""
    return host_of(url) or url


def points(number: float) -> str:
    """Points as they are earned: "+1.5"."""
    return f"{number:+.3g}"


def advised(problem: str, advice: str) -> str:
    """A problem, and what to do about it where that is known."""
    return f"{problem}; {advice}" if advice else problem


FILTERS = {
    "count": count,
    "when": when,
    "due": due,
    "host": host,
    "points": points,
    "redact": redact,
    "health_word": lambda word: HEALTH.get(word, word),
}
