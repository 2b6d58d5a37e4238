"""In which order a site writes the day, the month and the year."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from babel import Locale

from feedbot.languages.fold import fold
from feedbot.languages.order import habit
from feedbot.languages.tables import listed, tables
from feedbot.languages.times import DMY, MDY, YMD

NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    ("texts", "language", "timezone", "order"),
    [
        (["26-11-20 15:40"], "ko", "Asia/Seoul", YMD),
        (["26/11/20"], "ja-JP", "Asia/Tokyo", YMD),
        (["26-11-20"], "zh_TW", "Asia/Taipei", YMD),
        (["26-11-20"], "zh-Hant-HK", "UTC", DMY),
        (["08/11/26"], "zh", "Asia/Hong_Kong", DMY),
        (["26-13-20", "26-11-20"], "ko", "Asia/Seoul", DMY),
        (["11/09/2026", "11/25/2026"], "zh", "America/New_York", MDY),
        (["11/09/2026", "25/11/2026"], "ko", "Asia/Seoul", DMY),
        (["26-11-20"], "nl", "Europe/Amsterdam", DMY),
        ([], "en-US", "America/New_York", MDY),
    ],
)
def test_language_country_and_the_dates_of_the_page_decide(
    texts: list[str], language: str, timezone: str, order: str
) -> None:
    assert habit(texts, now=NOW, timezone=timezone, languages=[language]).order == order


@pytest.mark.parametrize(
    ("text", "language", "order"),
    [
        ("Inviato da Anna Verdi il Lun, 06/12/2017 - 22:26", "it", MDY),  # 12 June was a Monday
        ("lunedì 12/06/2017", "it", DMY),
        ("Mar 06/12/2017", "it", DMY),  # no Tuesday in either reading
        ("Mon, 06/12/2017", "en-GB", MDY),
        ("Woensdag 06-12-2017", "nl", DMY),
        ("ma 06-12-2017", "nl", MDY),
        ("man. 06/12/2017", "da", MDY),
        ("Per 06/12/2017", "it", DMY),  # a word, though Thursday in Turkish
    ],
)
def test_the_day_of_the_week_tells_the_order(text: str, language: str, order: str) -> None:
    assert habit([text], now=NOW, timezone="Europe/Rome", languages=[language]).order == order


@pytest.mark.parametrize(
    "code", sorted(code for code, table in tables().items() if "times.weekdays" in table)
)
def test_days_of_the_week_are_whole_weeks_from_monday_on(code: str) -> None:
    names = [fold(one) for one in listed(tables()[code]["times.weekdays"])]
    assert len(names) % 7 == 0
    days = Locale.parse("nb" if code == "no" else code).days
    for at, name in enumerate(names):
        forms = {
            fold(days[context][width][at % 7])
            for context in ("format", "stand-alone")
            for width in ("abbreviated", "wide", "short")
        }
        others = {fold(days["format"]["wide"][day]) for day in range(7) if day != at % 7}
        near = any(
            form.startswith(name.strip("()")) or name.startswith(form.strip(".")) for form in forms
        )
        assert near or not any(one.startswith(name) for one in others), (name, forms)
