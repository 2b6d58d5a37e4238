"""In which order a site writes the day, the month and the year."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedbot.languages.order import habit
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
