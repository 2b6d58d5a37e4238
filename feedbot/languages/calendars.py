"""Days of the calendars in which news is dated, told by their years.

2569   Thailand counts from 543 BC, with the months of the Gregorian calendar
115    Taiwan counts from 1911, with the same months
1405   Iran counts from 622, in solar years that begin in spring: the solar Hijri calendar
"""

from __future__ import annotations

import re
from datetime import date, timedelta

GREGORIAN = range(1900, 2100)
BUDDHIST = range(2533, 2600)  # 1990 to 2056
BUDDHIST_YEARS = 543
BUDDHIST_CENTURY = 2500
THAI = re.compile("[\u0e00-\u0e7f]")
THAILAND = "Asia/Bangkok"
MINGUO = range(79, 150)  # 1990 to 2060
MINGUO_YEARS = 1911
SOLAR_HIJRI = range(1369, 1410)  # 1990 to 2031; the lunar years of these numbers ended in 1989
NEW_YEAR = date(1990, 3, 21)  # of 1369
LEAP = frozenset((1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408))  # have 366 days
LONG_MONTHS = 6  # of 31 days; the others have 30, the last 29 or 30


def date_of(year: int, month: int, day: int) -> date | None:
    """The day that these numbers name in the calendar of their year; None if there is none."""
    if year in SOLAR_HIJRI:
        return _solar_hijri(year, month, day)
    year += MINGUO_YEARS * (year in MINGUO) - BUDDHIST_YEARS * (year in BUDDHIST)
    try:
        return date(year, month, day) if year in GREGORIAN else None
    except ValueError:
        return None


def is_thai(text: str, timezone: str | None) -> bool:
    """Whether a line of text is Thai, by its letters or by the country of its site."""
    return timezone == THAILAND or THAI.search(text) is not None


def whole_year(last_two: int, *, is_thai: bool) -> int:
    """The year that ends in these digits."""
    year = BUDDHIST_CENTURY + last_two
    if is_thai and year in BUDDHIST:
        return year
    return last_two + (2000 if last_two < 90 else 1900)


def _solar_hijri(year: int, month: int, day: int) -> date | None:
    if not (1 <= month <= 12 and 1 <= day <= _days_of(year, month)):
        return None
    years = range(SOLAR_HIJRI.start, year)
    before = sum(365 + (one in LEAP) for one in years)
    before += sum(_days_of(year, one) for one in range(1, month))
    return NEW_YEAR + timedelta(days=before + day - 1)


def _days_of(year: int, month: int) -> int:
    if month <= LONG_MONTHS:
        return 31
    return 30 if month < 12 or year in LEAP else 29
