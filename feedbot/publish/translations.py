"""The words that pages say of their own, and how dates are written, per language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from ..languages.tables import listed, rows, tables

DEFAULT = "en"  # where a language has no translation


@dataclass(frozen=True, slots=True, kw_only=True)
class Translations:
    """The vocabulary of the pages in one language.

    `moment` is a format of day, month, year and time, `month` one of month and year; `months` are
    the names within a date, `names` those of months alone.
    """

    months: Sequence[str]
    names: Sequence[str]
    moment: str
    month: str = "{month} {year}"
    zone: str
    all_topics: str
    subscribe: str
    how: str
    choose: str
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

    def month_of(self, at: datetime) -> str:
        """A month with its year, such as "februari 2026"."""
        return self.month.format(month=self.names[at.month - 1], year=at.year)

    def date(self, at: datetime) -> str:
        """A moment as people write it, in the time of the language's home."""
        local = at.astimezone(ZoneInfo(self.zone))
        month = self.months[local.month - 1]
        return self.moment.format(
            day=local.day, month=month, year=local.year, time=f"{local:%H:%M}"
        )

    def revision(self, published: datetime, at: datetime) -> str:
        """When a story was revised; on the day on which it appeared, the time is enough."""
        home = ZoneInfo(self.zone)
        local = at.astimezone(home)
        if local.date() == published.astimezone(home).date():
            return self.revised_at.format(time=f"{local:%H:%M}")
        return self.revised.format(date=self.date(at))


@cache
def translations_of(language: str) -> Translations:
    """The words of a language, or the English ones."""
    code = language.partition("-")[0].lower()
    said = {
        key.removeprefix("pages."): value
        for key, value in tables().get(code, {}).items()
        if key.startswith("pages.")
    }
    return _translation(code, said) if "read" in said else translations_of(DEFAULT)


def _translation(code: str, said: dict[str, str]) -> Translations:
    months = rows(tables()[code]["times.months"])[0]
    names = listed(said["months"]) if "months" in said else months
    known = {one.name: said[one.name] for one in fields(Translations) if one.name in said}
    return Translations(**{**known, "months": months, "names": names})  # type: ignore[arg-type]
