"""Dates of other calendars, and of systems that count months, as sites write them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from feedbot.languages import times
from feedbot.languages.calendars import date_of

UTC = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ((1405, 1, 1), date(2026, 3, 21)),
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1403, 12, 30), date(2025, 3, 20)),  # of a leap year
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1369, 1, 1), date(1990, 3, 21)),
        ((1405, 9, 7), date(2026, 11, 28)),
        ((1404, 12, 30), None),
        ((1405, 7, 31), None),
        ((2569, 11, 27), date(2026, 11, 27)),
        ((1447, 6, 9), None),  # a lunar year
        ((1350, 1, 1), None),
        ((2026, 2, 30), None),
    ],
)
def test_the_year_tells_the_calendar(said: tuple[int, int, int], day: date | None) -> None:
    assert date_of(*said) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("تاریخ انتشار: ۳۰ آبان ۱۴۰۵ ساعت ۰۸:۱۵", "2026-11-21 08:15"),
        ("۱۴۰۵/۰۹/۰۵ ۱۸:۰۲", "2026-11-26 18:02"),
        ("شنبه ۷ آذر ۱۴۰۵ - ۱۰:۳۵", "2026-11-28 10:35"),
        ("3 ธันวาคม 2568", "2025-12-03 00:00"),
        ("27 พฤศจิกายน พ.ศ. 2569 เวลา 14.05 น.", "2026-11-27 14:05"),
        ("25 พ.ย. 69 | 09:40 น.", "2026-11-25 09:40"),
        ("27/11/2569", "2026-11-27 00:00"),
        ("24 11月 2020", "2020-11-24 00:00"),
        ("11月 24, 2020", "2020-11-24 00:00"),
        ("3 1월 2021", "2021-01-03 00:00"),
        ("2020年11月24日", "2020-11-24 00:00"),
    ],
)
def test_their_dates_are_moments(text: str, moment: str) -> None:
    found = times.absolute(text, UTC)
    assert found is not None
    assert found.replace(tzinfo=None) == datetime.fromisoformat(moment)


@pytest.mark.parametrize("text", ["12/05/1389 v.", "in 1405", "09-06-1447", "3 maart 1350"])
def test_years_of_long_ago_are_no_news(text: str) -> None:
    found = times.absolute(text, UTC)
    assert found is None or found.year >= 1990


@pytest.mark.parametrize("text", ["3 ชั่วโมงที่แล้ว", "۳ ساعت پیش"])
def test_ages_with_and_without_spaces(text: str) -> None:
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert times.relative(text, now, UTC) == datetime(2026, 11, 30, 9, tzinfo=UTC)
