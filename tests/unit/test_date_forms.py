"""Dates as the sites of a language really write them; each is a moment on 27 November 2026."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from feedbot.languages import times
from feedbot.languages.labels import is_moment, says_published

NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)
DAY, MINUTE = "2026-11-27", "2026-11-27 14:05"
ZONES = {
    "ko": "Asia/Seoul", "ja": "Asia/Tokyo", "zh": "Asia/Taipei", "th": "Asia/Bangkok",
    "ar": "Asia/Riyadh", "he": "Asia/Jerusalem", "vi": "Asia/Ho_Chi_Minh", "id": "Asia/Jakarta",
    "uk": "Europe/Kyiv", "hu": "Europe/Budapest", "fi": "Europe/Helsinki", "cs": "Europe/Prague",
}  # fmt: skip
YEAR_FIRST = {"ko", "ja", "zh", "hu"}
DAYS = {
    "ko": ["2026. 11. 27(금)", "2026년 11월 27일(금)"],
    "ja": [
        "令和8(2026)年11月27日", "2026年（令和8年）11月27日", "令和8年（2026年）11月27日", "令和8.11.27",
    ],
    "zh": ["115-11-27", "115/11/27", "115.11.27", "發布日期：115-11-27", "民國115.11.27"],
    "th": [
        "27 พ.ย.69", "27พ.ย.69", "27พ.ย.2569", "๒๗ พฤศจิกายน ๒๕๖๙", "27 พย 69", "27 พย. 2569",
        "27 พ.ย. , 2569", "27 พฤศจิกายน พุทธศักราช 2569", "27 พฤศจิกายน พ.ศ.2569",
        "27 พฤศจิกายน ค.ศ. 2026", "27 พ.ย. 26", "วันที่ 27/11/69", "27/11/69", "27-11-69", "27/11/26",
    ],
    "ar": ["27 نونبر 2026", "27 تشرين الثاني/نوفمبر 2026", "27 نوفمبر/ تشرين الثاني 2026"],
    "he": ["27 בנוב' 2026", "27 נוב׳ 2026", "27 בנוב׳ 2026"],
    "vi": [
        "Ngày 27 tháng 11 năm 2026", "27 Tháng 11, 2026", "27 Th11, 2026", "Th11 27, 2026",
        "Tháng Mười Một 27, 2026", "27 thg 11, 2026", "Thứ 6 ngày 27 tháng 11 năm 2026",
    ],
    "id": ["27 Nopember 2026", "Jum'at, 27 Nopember 2026"],
    "uk": ["27 лис 2026"],
    "hu": ["2026.november 27."],
    "fi": ["27 marraskuun, 2026", "27 marras, 2026", "27. marrask. 2026"],
    "cs": ["27. 11. 26"],
}  # fmt: skip
MINUTES = {
    "ko": ["2026.11.27 (금) 14:05", "2026.11.27(금) 오후 2:05", "2026년 11월 27일(금) 오후 2:05"],
    "zh": ["2026/11/27 (五) 14:05", "2026/11/27（五）下午 2:05"],
    "th": [
        "วันศุกร์ที่ 27 พฤศจิกายน พ.ศ.2569 เวลา 14:05 น.", "๒๗ พ.ย. ๖๙ เวลา ๑๔.๐๕ น.",
        "14:05 น. 27 พ.ย. 2569", "27/11/69 เวลา 14:05 น.",
    ],
    "ar": ["الجمعة 27/نوفمبر/2026 - 02:05 م"],
    "vi": ["14:05 ngày 27/11/2026", "14:05 ngày 27-11-2026"],
    "id": ["27-11-2026 15:05 WITA", "27 Nov 2026, 16:05 WIT"],
    "uk": ["27 лис. 2026, 14:05"],
    "cs": ["14.05 hod. 27. 11. 2026"],
}  # fmt: skip
YEARLESS = {
    "ko": ["11월 27일 14:05", "11.27 14:05"],
    "ja": ["11/27(金) 14:05"],
    "zh": ["11-27 14:05"],
    "uk": ["14:05 27 листопада", "14:05, 27 листопада"],
    "fi": ["27.11. 14:05", "pe 27.11. klo 14.05"],
    "cs": ["27. 11. 14:05", "27.11., 14:05"],
}  # fmt: skip


def rows(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(code, text) for code, texts in table.items() for text in texts]


def order_of(code: str) -> times.Order:
    return times.YMD if code in YEAR_FIRST else times.DMY


def only_date(code: str, text: str) -> str:
    """The one date of a text, on the wall clock of its country; to the minute, if it has one."""
    zone = ZoneInfo(ZONES[code])
    (found,) = times.found_in(text, zone, order_of(code))
    return f"{found.at.astimezone(zone):%Y-%m-%d %H:%M}"[: len(MINUTE if found.has_clock else DAY)]


@pytest.mark.parametrize(("code", "text"), rows(DAYS))
def test_a_day(code: str, text: str) -> None:
    assert only_date(code, text) == DAY


@pytest.mark.parametrize(("code", "text"), rows(MINUTES))
def test_a_minute(code: str, text: str) -> None:
    assert only_date(code, text) == MINUTE


@pytest.mark.parametrize(("code", "text"), rows(YEARLESS))
def test_a_minute_without_its_year(code: str, text: str) -> None:
    zone = ZoneInfo(ZONES[code])
    found = times.relative(text, NOW, zone, order_of(code))
    assert found is not None
    assert f"{found.astimezone(zone):%Y-%m-%d %H:%M}" == MINUTE


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("05/06 14:05", times.DMY, "06-05"),
        ("05/06 14:05", times.MDY, "05-06"),
        ("05-06 14:05", times.YMD, "05-06"),
    ],
)
def test_the_order_of_a_day_in_numbers_is_that_of_the_site(
    text: str, order: times.Order, day: str
) -> None:
    found = times.relative(text, NOW, ZoneInfo("UTC"), order)
    assert found is not None
    assert f"{found:%m-%d}" == day


@pytest.mark.parametrize(
    "text",
    ["9.10 - 10.00", "3-2 19:30", "11-27", "27.11.", "115.0.1", "9.30-10.45 uur", "31-31 14:05"],
)
def test_goals_versions_and_opening_hours_are_no_days(text: str) -> None:
    zone = ZoneInfo("UTC")
    assert times.relative(text, NOW, zone) is None
    assert not times.found_in(text, zone, times.YMD)


@pytest.mark.parametrize(
    "text",
    [
        "วันศุกร์ที่ 27 พฤศจิกายน พ.ศ. 2569 เวลา 14.05 น.",
        "วันที่ 27 พฤศจิกายน 2569 เวลา 14:05 น.",
        "vendredi 27 novembre 2026 à 14h05",
        "am Freitag, 27. November 2026, 14:05 Uhr",
        "Piątek, 27 listopada 2026, godz. 14.05",
        "dne 27. 11. 2026 v 14.05 hod.",
    ],
)
def test_the_day_of_the_week_belongs_to_a_moment(text: str) -> None:
    assert is_moment(text)


@pytest.mark.parametrize(
    "text",
    [
        "Marktplein, 27 november 2026, 14:05",
        "Woning 27 november 2026, 14:05",
        "Concert vrijdag 27 november 2026 om 14.05",
        "27 พ.ย. 2569",
    ],
)
def test_other_words_do_not(text: str) -> None:
    assert not is_moment(text)


@pytest.mark.parametrize(
    "text",
    [
        "เผยแพร่ : 27 พ.ย. 2569 , 14:05 น.",
        "เผยแพร่เมื่อวันศุกร์ที่ 27 พฤศจิกายน พ.ศ. 2569 เวลา 14.05 น.",
        "Opublikowano 27 listopada 2026 r.",
        "Zveřejněno 27. 11. 2026 v 14.05 hod.",
        "기사입력 2026.11.27. 오후 02:05",
        "Giriş: 27.11.2026 - 14:05",
    ],
)
def test_a_line_says_when_something_was_published(text: str) -> None:
    assert says_published(text)


def test_a_sentence_says_no_such_thing() -> None:
    assert not says_published("Opublikowano 27 listopada 2026 raport o stanie dróg.")
