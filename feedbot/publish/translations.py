"""The words that pages say of their own, and how dates are written, per language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ..languages.tables import listed, rows, table_of
from ..model import Evidence

EVERYTHING = "*"  # the term that every article matches
MOST_SHORT = 5  # letters of the short name of a month
DEFAULT = "en"  # where a language has no translation
RIGHT_TO_LEFT = frozenset("ar ckb dv fa he iw ku ps sd ug ur yi".split())


class Translations(NamedTuple):
    """The vocabulary of the pages in one language.

    `moment` is a format of day, month, year and time, `month` one of month and year, `full_day`
    one of day, month and year, `day` one of day and month, `clock` one of the time; `zone` in
    them is the short name of the time zone. `months` are the names within a date, `names` those
    of months alone, `short` those of a few letters; `where` says where a term was found.
    """

    language: str
    months: Sequence[str]
    short: Sequence[str]
    names: Sequence[str]
    moment: str
    full_day: str
    day: str
    clock: str
    zone: str
    where: Mapping[str, str]
    all_topics: str
    subscribe: str
    how: str
    choose: str
    new_now: str
    find: str
    find_here: str
    nothing_found: str
    other_topics: str
    counted: str  # entries of a day that is past
    today: str
    copy: str
    copied: str
    open_in: str
    add_to: str
    qr: str
    what_is: str
    formats: str
    digest_daily: str
    digest_weekly: str
    published: str
    why: str
    also: str
    changed: str
    was_title: str
    points: str
    sources: str
    read_last: str
    moved: str
    moved_how: str
    ended: str
    ended_how: str
    help_title: str
    help_what: str
    help_how: str
    help_reader: str
    help_free: str
    feed_view: str  # what a feed says of itself in a browser
    read: str
    at_source: str
    read_on: str  # below the beginning of a long text
    empty: str
    updated: str
    revised: str
    revised_at: str  # the same day
    older: str
    skip: str
    all_feeds: str
    no_entries: str
    made_with: str
    month: str = "{month} {year}"

    def month_of(self, at: datetime) -> str:
        """A month with its year, such as "februari 2026"."""
        return self.month.format(month=self.names[at.month - 1], year=at.year)

    @property
    def direction(self) -> str:
        """How the language is written: "ltr" or "rtl"."""
        return direction_of(self.language)

    @property
    def tzinfo(self) -> ZoneInfo:
        """The time zone of the pages."""
        return _zone(self.zone)

    def local(self, at: datetime) -> datetime:
        """A moment in the time zone of the pages."""
        return at.astimezone(self.tzinfo)

    def moment_of(self, at: datetime) -> str:
        """A moment as people write it: day, month, year and time."""
        return self._written(self.moment, at)

    def clock_of(self, at: datetime) -> str:
        """The time of a moment."""
        return self._written(self.clock, at)

    def digest_of(self, kind: str) -> str:
        """What a digest is called: "Once a day"."""
        return self.digest_weekly if kind == "weekly" else self.digest_daily

    def date_of(self, at: date) -> str:
        """A day with its year; that of a moment in the time zone of the pages."""
        return self._written(self.full_day, at)

    def day_of(self, at: date) -> str:
        """A day without its year, the month short."""
        local = self.local(at) if isinstance(at, datetime) else at
        return self.day.format(day=local.day, month=self.short[local.month - 1])

    def evidence(self, found: Sequence[Evidence]) -> str:
        """Which terms matched where: "headline: Putin (+3), Russia (+1.5); text: Moscow (+1)"."""
        places: dict[str, list[str]] = {}
        for one in found:
            place, term = self._found_in(one)
            places.setdefault(place, []).append(f"{term} ({self.number(one.points, '+')})")
        return "; ".join(place + ", ".join(terms) for place, terms in places.items())

    def _found_in(self, evidence: Evidence) -> tuple[str, str]:
        if evidence.where != "article":
            return f"{self.where[evidence.where]}: ", evidence.term
        return "", self.where["article" if evidence.term == EVERYTHING else "variety"]

    def number(self, value: float, sign: str = "") -> str:
        """A number as people write it; with "+" also a plus sign."""
        written = f"{value:{sign}g}"
        return written if self.language.startswith("en") else written.replace(".", ",")

    def revision(self, published: datetime, at: datetime) -> str:
        """When a story was revised; on the day on which it appeared, the time is enough."""
        local = self.local(at)
        if local.date() == self.local(published).date():
            return self._written(self.revised_at, at)
        return self.revised.format(date=self.moment_of(at))

    def _written(self, form: str, at: date) -> str:
        local = self.local(at) if isinstance(at, datetime) else at
        return form.format(
            day=local.day,
            month=self.months[local.month - 1],
            year=local.year,
            time=f"{local:%H:%M}",
            zone=f"{local:%Z}",
        )


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def direction_of(language: str) -> str:
    """How a language is written: "ltr" or "rtl"."""
    return "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


@cache
def translations_of(language: str, timezone: str | None = None) -> Translations:
    """The words of a language, or the English ones; `timezone` instead of that of its home."""
    if timezone:
        return translations_of(language)._replace(zone=timezone)
    code = language.partition("-")[0].lower()
    said = {
        key.removeprefix("pages."): value
        for key, value in table_of(code).items()
        if key.startswith("pages.")
    }
    return _translation(language, code, said) if "read" in said else translations_of(DEFAULT)


def _translation(language: str, code: str, said: dict[str, str]) -> Translations:
    known: dict[str, Any] = {name: said[name] for name in Translations._fields if name in said}
    months, *others = rows(table_of(code)["times.months"])
    names = listed(said["months"]) if "months" in said else months
    short = next((row for row in others if max(map(len, row)) <= MOST_SHORT), months)
    where = {key.removeprefix("where."): word for key, word in said.items() if "where." in key}
    known |= {"months": months, "short": short, "names": names, "where": where}
    return Translations(**known | {"language": language})
