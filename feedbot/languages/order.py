"""Which number is the month in 11/09/2026, or the year in 26-11-09.

It is a question of country, language and other dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .tables import listed, table_of, tables
from .times import DMY, MDY, YMD, Order, ambiguous

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
Numbers = tuple[int, int, int]
YEAR_LAST = re.compile(r"Asia/(Hong_Kong|Macau|Singapore|Kuala_Lumpur)")
DATE_LINE = 80  # characters of a text whose dates are the site's own


class Local(NamedTuple):
    """How a site writes dates, and when its page was seen."""

    zone: ZoneInfo
    order: Order
    now: datetime


def habit(texts: Iterable[str], *, now: datetime, timezone: str, languages: Iterable[str]) -> Local:
    """How a site writes its dates, by these texts of a page and the country.

    Its own dates decide whether 11/09/2026 is the ninth of November: 11/25/2026 has one reading
    only, and a day in the future is not one. Else it is what the country does; `languages` are the
    tags that source and page carry, the surest first (en, en-US).
    """
    dates = [one for text in texts if len(text) <= DATE_LINE for one in ambiguous(text)]
    usual = _usual(timezone, [one for one in languages if one])
    return Local(ZoneInfo(timezone), _told_by(dates, now.date() + AHEAD, usual), now)


def _told_by(dates: Sequence[Numbers], latest: date, usual: Order) -> Order:
    """The order that a page's own dates show, or else the usual one."""
    if usual == YMD and all(_may_begin(one, latest) for one in dates):
        return YMD
    vote = sum(_vote(one, latest) for one in dates)
    return (MDY if vote > 0 else DMY) if vote else usual


def _usual(timezone: str, languages: list[str]) -> Order:
    """The order of a country and its languages."""
    if AMERICAN.match(timezone) or not (languages and _is_year_first(languages[0])):
        return MDY if _is_american(timezone, languages) else DMY
    return DMY if YEAR_LAST.match(timezone) else YMD


def _vote(numbers: Numbers, latest: date) -> int:
    """1 for a date that can only be read with the month first, -1 with the day; 0 for others."""
    first, second, said = numbers
    year = said + 2000 if said < 100 else said
    return _is_day(year, first, second, latest) - _is_day(year, second, first, latest)


def _may_begin(numbers: Numbers, latest: date) -> bool:
    """Whether a date may begin with its year; one that ends with all four digits of it does not."""
    first, second, last = numbers
    return last < 100 and _is_day(2000 + first, second, last, latest)


@cache
def _is_year_first(tag: str) -> bool:
    """Whether a language begins with the year, in the country of its tag if that names one."""
    code, *rest = tag.lower().replace("_", "-").split("-")
    countries = listed(table_of(code).get("year_first", ""))
    named = next((part.upper() for part in rest if len(part) == len("TW")), "")
    return named in countries if named else bool(countries)


def _is_day(year: int, month: int, day: int, latest: date) -> bool:
    try:
        return date(year, month, day) <= latest
    except ValueError:
        return False


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
