"""Which number is the month in 11/09/2026, or the year in 26-11-09.

It is a question of country, language and other dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .fold import fold
from .tables import listed, table_of, tables
from .times import DMY, MDY, YMD, Numbers, Order, ambiguous

AHEAD = timedelta(days=2)  # whatever its time zone, a page shows no later day
AMERICAN = re.compile(
    r"US/|Pacific/(Honolulu|Guam|Saipan|Pago_Pago)|Asia/Manila|America/(Adak|Anchorage|Boise|Chicago"
    r"|Denver|Detroit|Indiana|Juneau|Kentucky|Los_Angeles|Menominee|Metlakatla|New_York|Nome"
    r"|North_Dakota|Phoenix|Sitka|Yakutat)"
)
# Where such a language is read with the day first, or nobody writes months first.
DAY_FIRST = re.compile(
    r"Europe/(London|Dublin|Malta|Gibraltar|Belfast)|GB|Eire|Australia/|NZ|Pacific/|Africa/|Asia/"
)
YEAR_LAST = re.compile(r"Asia/(Hong_Kong|Macau|Singapore|Kuala_Lumpur)")
ABBREVIATED = 3  # letters from which a name of a day may be the beginning of one
DATE_LINE = 80  # characters of a text whose dates are the site's own


class Local(NamedTuple):
    """How a site writes dates, and when its page was seen."""

    zone: ZoneInfo
    order: Order
    now: datetime


def habit(
    texts: Iterable[str],
    *,
    now: datetime,
    timezone: str,
    languages: Iterable[str],
    stamped: Callable[[], Iterable[tuple[str, datetime]]] = tuple,
) -> Local:
    """How a site writes its dates, by these texts of a page and the country.

    Its own dates decide whether 11/09/2026 is the ninth of November: 11/25/2026 has one reading
    only, "Wed 11/09/2026" is no ninth of November, and a day in the future is not one. `stamped`
    gives texts with their moments, and is asked where these say nothing. Else it is what the
    country does; `languages` are the tags that source and page carry, the surest first (en, en-US).
    """
    dates = _dates_in(texts)
    tags = [one for one in languages if one]
    latest, usual = now.date() + AHEAD, _usual(timezone, tags)
    if usual != YMD or not all(_may_begin(one, latest) for one in dates):
        vote = sum(_vote(one, latest, tags) for one in dates)
        vote = vote or (_vote_of_stamped(stamped()) if dates else 0)
        usual = (MDY if vote > 0 else DMY) if vote else usual
    return Local(ZoneInfo(timezone), usual, now)


def shown(texts: Iterable[str], *, now: datetime, languages: Iterable[str] = ()) -> Order | None:
    """The order that some dates of these texts of a page must have, as no month is above twelve;
    None where they do not tell.
    """
    tags = [one for one in languages if one]
    vote = sum(_vote(one, now.date() + AHEAD, tags) for one in _dates_in(texts))
    return (MDY if vote > 0 else DMY) if vote else None


def _dates_in(texts: Iterable[str]) -> list[Numbers]:
    """The dates in numbers that the short ones of some texts give."""
    return [one for text in texts if len(text) <= DATE_LINE for one in ambiguous(text)]


def _vote_of_stamped(stamped: Iterable[tuple[str, datetime]]) -> int:
    return sum(_vote_of(at, one) for text, at in stamped for one in ambiguous(text))


def _vote_of(at: datetime, numbers: Numbers) -> int:
    """1 if a date that is this moment has the month first, -1 if the day; 0 for others."""
    days = {(at + timedelta(days=more)).date() for more in (-1, 0, 1)}  # whatever its time zone
    first, second, year = numbers.first, numbers.second, numbers.last % 100
    pairs = {(day.month, day.day) for day in days if day.year % 100 == year}
    return ((first, second) in pairs) - ((second, first) in pairs)


def _usual(timezone: str, languages: list[str]) -> Order:
    """The order of a country and its languages."""
    if AMERICAN.match(timezone) or not (languages and _is_year_first(languages[0])):
        return MDY if _is_american(timezone, languages) else DMY
    return DMY if YEAR_LAST.match(timezone) else YMD


def _vote(numbers: Numbers, latest: date, languages: Sequence[str]) -> int:
    """1 for a date that can only be read with the month first, -1 with the day; 0 for others."""
    first, second, said, word = numbers
    year = said + 2000 if said < 100 else said
    with_month, with_day = _day(year, first, second, latest), _day(year, second, first, latest)
    if with_month and with_day and with_month != with_day:
        named = _weekdays_named(word, languages)
        return (with_month.weekday() in named) - (with_day.weekday() in named)
    return bool(with_month) - bool(with_day)


def _weekdays_named(word: str, languages: Sequence[str]) -> Collection[int]:
    """The days of the week, from Monday's 0, that a word is the name of in these languages."""
    said = fold(word)
    return {
        day
        for code in {tag.lower().replace("_", "-").partition("-")[0] for tag in languages}
        for name, day in (_weekdays(code) if said else ())
        if said == name or (len(name) >= ABBREVIATED and said.startswith(name))
    }


@cache
def _weekdays(code: str) -> Sequence[tuple[str, int]]:
    """The folded names of the days in a language; a file has whole weeks of them."""
    names = listed(table_of(code).get("times.weekdays", ""))
    return [(fold(name), at % 7) for at, name in enumerate(names)]


def _may_begin(numbers: Numbers, latest: date) -> bool:
    """Whether a date may begin with its year; one that ends with all four digits of it does not."""
    first, second, last, _ = numbers
    return last < 100 and _day(2000 + first, second, last, latest) is not None


@cache
def _is_year_first(tag: str) -> bool:
    """Whether a language begins with the year, in the country of its tag if that names one."""
    code, *rest = tag.lower().replace("_", "-").split("-")
    countries = listed(table_of(code).get("year_first", ""))
    named = next((part.upper() for part in rest if len(part) == len("TW")), "")
    return named in countries if named else bool(countries)


def _day(year: int, month: int, day: int, latest: date) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found <= latest else None


@cache
def _regions() -> Mapping[str, re.Pattern[str]]:
    """The tags of regions that write the month first, by language: "en-US", "en_PH"."""
    return {
        code: re.compile(
            rf"{code}[-_](?:latn[-_])?(?:{'|'.join(listed(table['month_first']))})\b",
            re.IGNORECASE,
        )
        for code, table in tables().items()
        if "month_first" in table
    }


def _is_american(timezone: str, languages: list[str]) -> bool:
    if languages and not languages[0].lower().startswith(tuple(_regions())):
        return False
    if AMERICAN.match(timezone):
        return True
    tags = [one.match(tag) for one in _regions().values() for tag in languages]
    return not DAY_FIRST.match(timezone) and any(tags)
