"""Dates and times as sites write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbot.language import times

HERE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)  # 13:00 in Amsterdam, a Sunday


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("4 uur geleden", "2026-02-01 08:00"),
        ("zojuist", "2026-02-01 12:00"),
        ("een uur geleden", "2026-02-01 11:00"),
        ("anderhalf uur geleden", "2026-02-01 10:30"),
        ("12 min. geleden", "2026-02-01 11:48"),
        ("1u geleden", "2026-02-01 11:00"),
        ("2 weken geleden", "2026-01-18 12:00"),
        ("gisteren", "2026-01-30 23:00"),
        ("gisteren om 14:03", "2026-01-31 13:03"),
        ("Gisteren, 14.03 uur", "2026-01-31 13:03"),
        ("vandaag", "2026-01-31 23:00"),
        ("vandaag 09:15", "2026-02-01 08:15"),
        ("12:34", "2026-02-01 11:34"),
        ("14:03", "2026-01-31 13:03"),  # it is 13:00, so this was yesterday
        ("wo 28 jan. 12:34", "2026-01-28 11:34"),
        ("28 december", "2025-12-27 23:00"),  # the last one that was
        ("just now", "2026-02-01 12:00"),
        ("3 hours ago", "2026-02-01 09:00"),
        ("an hour ago", "2026-02-01 11:00"),
        ("Yesterday at 3:15 PM", "2026-01-31 14:15"),
        ("vor 3 Stunden", "2026-02-01 09:00"),
        ("vor einer Stunde", "2026-02-01 11:00"),
        ("gestern um 14:03 Uhr", "2026-01-31 13:03"),
        ("il y a 2 heures", "2026-02-01 10:00"),
        ("hier à 14h03", "2026-01-31 13:03"),
        ("à l'instant", "2026-02-01 12:00"),
    ],
)
def test_a_relative_time_is_a_moment(text: str, moment: str) -> None:
    assert times.relative(text, NOW, HERE) == utc(moment)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Texas",
        "geleden",
        "vier uur later",
        "Dat is 4 uur geleden gebeurd, zegt hij",
        "25:00",
        "99",
    ],
)
def test_other_texts_are_no_time(text: str) -> None:
    assert times.relative(text, NOW, HERE) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("woensdag 15 december 2021, 12:34", "2021-12-15 11:34"),
        ("15 dec. 2021", "2021-12-14 23:00"),
        ("15-12-2021", "2021-12-14 23:00"),
        ("Mi 15.12.21 | 12:34 Uhr", "2021-12-15 11:34"),
        ("Geplaatst: 15-12-2021 12.34 uur", "2021-12-15 11:34"),
        ("12:34 op 15 december 2021", "2021-12-15 11:34"),
        ("Dec. 15, 2021 at 12:34 PM", "2021-12-15 11:34"),
        ("15. Dezember 2021, 12:34 Uhr", "2021-12-15 11:34"),
        ("1er août 2021 à 12h34", "2021-08-01 10:34"),
        ("2021-12-15T12:34:00+01:00", "2021-12-15 11:34"),
        ("2021-12-15T11:34:00Z", "2021-12-15 11:34"),
        ("Wed, 15 Dec 2021 11:34:00 GMT", "2021-12-15 11:34"),
        ("2026-03-29T02:30", "2026-03-29 01:30"),  # an hour that the clock skipped
        ("2026-10-25T02:30", "2026-10-25 00:30"),  # the first of two such hours
    ],
)
def test_an_absolute_date_is_a_moment(text: str, moment: str) -> None:
    assert times.absolute(text, HERE) == utc(moment)


@pytest.mark.parametrize("text", ["© 2026", "2026", "32-13-2021", "artikel 12-34", "1.234.567", ""])
def test_a_year_alone_is_no_date(text: str) -> None:
    assert times.absolute(text, HERE) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("De brug is dicht.4 uur geleden", "De brug is dicht."),
        ("De brug is dicht. 13 uur geleden", "De brug is dicht."),
        ("4 uur geleden", ""),
        ("Dat was vier uur geleden nog anders", "Dat was vier uur geleden nog anders"),
    ],
)
def test_an_age_at_the_end_can_be_taken_off(text: str, rest: str) -> None:
    assert times.without_age(text) == rest


@given(st.text(max_size=120))
def test_no_text_raises(text: str) -> None:
    times.relative(text, NOW, HERE)
    times.absolute(text, HERE)
    times.declared(text, HERE)
    assert text.startswith(times.without_age(text))


@given(st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_what_machines_write_comes_back(moment: datetime) -> None:
    exact = moment.replace(microsecond=0)
    assert times.declared(exact.isoformat(), HERE) == exact
    assert times.declared(exact.strftime("%a, %d %b %Y %H:%M:%S GMT"), HERE) == exact
    assert times.declared(str(int(exact.timestamp())).zfill(10), HERE) == exact


@given(st.integers(1, 59))
def test_an_age_grows_backwards(minutes: int) -> None:
    older = times.relative(f"{minutes + 1} minuten geleden", NOW, HERE)
    younger = times.relative(f"{minutes} min geleden", NOW, HERE)
    assert older is not None
    assert younger is not None
    assert older < younger < NOW
