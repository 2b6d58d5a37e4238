"""Dates and times as sites write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbot.languages import times

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


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-09T14:05:00.123Z",
        "2026-11-09 14:05:00+00",
        "2026-11-09T19:35:00+0530",
        "2026-11-09T09:05-05:00",
        "20261109T140500Z",
        "20261109150500",
        "1794233100",
        "1794233100000",
        "1794233100.25",
        "9 November 2026 14:05 GMT",
        "9 November 2026 15:05 (CET)",
        "9 November 2026 at 16:05 UTC+2",
        "Nov. 9, 2026, 9:05 a.m. EST",
        "6:05 AM PST, November 9, 2026",
        "November 9, 2026 | 9:05am ET",
        "Mon, 09 Nov 2026 19:35:00 +0530",
        "Mon Nov 09 2026 15:05:00 GMT+0100 (CET)",
        "9 Nov 2026 19:35 IST",
        "Mon Nov 9 15:05:11 CET 2026",
        "Mon Nov 09 14:05:11 +0000 2026",
        "9 novembre 2026 à 15h05",
        "9 de noviembre de 2026, 15:05",
        "9 novembre 2026 alle 15:05",
        "09/11/2026 às 15h05",
        "9 listopada 2026, godz. 15:05",
        "9 november 2026 kl. 15.05",
        "9. november 2026 kl. 15:05",
        "9 ноября 2026 г., 15:05",
        "9 листопада 2026 р. о 15:05",
        "9 Kasım 2026 Pazartesi 15:05",
        "9.11.2026 klo 15.05",
        "2026年11月9日 15:05",
        "2026年11月9日（月）15時05分",
        "2026年11月09日 下午3:05",
        "令和8年11月9日 午後3時05分",
        "中華民國115年11月9日 15:05",
        "9nov2026 15:05",
        "2026. 11. 9. 오후 3:05",
        "9 november 202615:05",
        "09-11-202615:05",
        "9 november 2026 15:0509-11-26 15:05",
        "15:05 uur op maandag 9 november 2026",
        "09-Nov-2026 15:05",
        "Mo 09.11.26 | 15:05 Uhr",
        "9-11-'26 15:05",
        "9 nov. '26, 15:05",
        "9 nov 26 15:05",
    ],
)
def test_one_moment_in_many_forms(text: str) -> None:
    found = times.stamp(text, HERE)
    assert found is not None
    assert found.has_clock
    assert found.at.replace(second=0, microsecond=0) == utc("2026-11-09 14:05")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("民國100年1月1日", "2011-01-01"),
    ],
)
def test_a_year_may_be_one_of_an_era(said: str, day: str) -> None:
    assert times.absolute(said, HERE).astimezone(HERE).date().isoformat() == day


@pytest.mark.parametrize("said", ["A9nov2026", "9nov2026x", "14max2024", "平和8年11月9日"])
def test_letters_and_digits_are_no_leaf_of_a_calendar(said: str) -> None:
    assert times.absolute(said, HERE) is None


@pytest.mark.parametrize(
    ("text", "has_clock"),
    [("9.11.2026", False), ("2026-11-09T00:00:00", False), ("9.11.2026 00.05", True)],
)
def test_midnight_is_a_day_without_an_hour(text: str, has_clock: bool) -> None:
    found = times.stamp(text, HERE)
    assert found is not None
    assert found.has_clock is has_clock


@pytest.mark.parametrize("text", ["09-11-26", "9/11/26", "Geplaatst: 09.11.26"])
def test_a_year_of_two_digits_in_a_text_that_is_a_date(text: str) -> None:
    assert times.absolute(text, HERE) == utc("2026-11-08 23:00")


@pytest.mark.parametrize(
    "text",
    [
        *("versie 1.2.24", "06-12-34-56", "uitslag 12-10-11 en 10-12-09 na verlenging van 5"),
        *("14. - 20. januari 2026", "3 t/m 5 mei 2026"),
    ],
)
def test_other_numbers_are_no_date(text: str) -> None:
    assert times.absolute(text, HERE) is None


def test_a_range_of_clocks_has_no_zone() -> None:
    assert times.absolute("9 november 2026 10:00-11:30", HERE) == utc("2026-11-09 09:00")


@pytest.mark.parametrize(
    "text",
    [
        *("hace 2 horas", "2 ore fa", "há 2 horas", "2 godziny temu", "för 2 timmar sedan"),
        *("2 timer siden", "2 часа назад", "2 години тому", "2 saat önce", "2小时前", "2時間前"),
    ],
)
def test_ages_in_other_languages(text: str) -> None:
    assert times.relative(text, NOW, HERE) == utc("2026-02-01 10:00")
    assert times.is_relative(text)


@pytest.mark.parametrize(
    ("day", "age"),
    [
        ("24 ноември 2026 г., 14:05 ч.", "преди 3 часа"),
        ("24. новембар 2026. у 14:05", "пре 3 сата"),
        ("24. novembra 2026. u 14:05", "pre 3 sata"),
        ("24. november 2026 ob 14:05", "pred 3 urami"),
        ("24. novembra 2026 o 14:05", "pred 3 hodinami"),
        ("24. november 2026 kell 14:05", "3 tunni eest"),
        ("2026 lapkričio 24 14:05", "prieš 3 valandas"),
        ("24 November 2026 pukul 14:05", "3 jam yang lalu"),
        ("24 नवंबर 2026 14:05", "3 घंटे पहले"),
        ("24.11.2026. u 14:05", "prije 3 sata"),
        ("24. novembris 2026, 14:05", "pirms 3 stundām"),
        ("14:05 24/11/2026", "3 giờ trước"),
    ],
)
def test_more_languages_tell_days_and_ages(day: str, age: str) -> None:
    now = utc("2026-11-24 17:05")
    assert times.absolute(day, ZoneInfo("UTC")) == utc("2026-11-24 14:05")
    assert times.relative(age, now, ZoneInfo("UTC")) == utc("2026-11-24 14:05")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("30 09 2014", "2014-09-30"),
        ("9 09 2014", "2014-09-09"),
        ("Gewijzigd: woensdag, 29 11 2017 04:23", "2017-11-29"),
        ("Tel. 30 09 2014", None),
        ("Tel: 30 09 2014", None),
        ("Zaal 30 09 2014 04:23", None),
        ("9.10.08", "2008-10-09"),
        ("el 30.5.09", "2009-05-30"),
        ("9.10.12", "2012-10-09"),
        ("wo 9.10.12", "2012-10-09"),
        ("Lo dijo Ana el 6.2.09", "2009-02-06"),
        ("Versie 9.10.12", None),
        ("Firmware 9.10.08", None),
        ("iOS 9.3.05", None),
        ("Op 29 11 2017 04:23", "2017-11-29"),
        ("Bellen kan, 06 12 2014 10:00 uur", None),
        ("Tel, 06 12 2014 10:00", None),
        ("Geplaatst: 30 09 2014 10:15", "2014-09-30"),
        ("Geplaatst: 9.11.08", "2008-11-09"),
        ("6.2.09 | Sport", "2009-02-06"),
    ],
)
def test_three_numbers_with_spaces_are_a_day_where_they_are_all_of_a_text(
    said: str, day: str | None
) -> None:
    found = times.absolute(said, HERE)
    assert (found.astimezone(HERE).date().isoformat() if found else None) == day
