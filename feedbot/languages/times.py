"""Dates and times as sites write them, in the languages of `timewords`.

    absolute   "woensdag 15 december 2021, 12:34", "15-12-2021", "4:15 p.m. EST, Dec. 15, 2021"
    stamp      "20211215T113400Z", "1639568040", and what people write
    relative   "4 uur geleden", "anderhalf uur geleden", "gisteren om 14:03", "vandaag", "14:03"

Nothing here raises on any text: what is not understood is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from ..remembered import remembered
from . import timeforms as forms
from . import timewords
from .calendars import date_of, is_thai, whole_year
from .fold import plain
from .tables import words
from .timewords import ages, counts, eras, months, units
from .worded import worded
from .zones import offset_of, zone_at

Order = Literal["dmy", "mdy", "ymd"]  # of the day, the month and the year in 11/09/26
DMY: Order = "dmy"
MDY: Order = "mdy"
YMD: Order = "ymd"

# Numbers and signs of other scripts, each as one sign, so that positions stay.
_NOUGHTS = "٠۰०০੦૦୦௦౦೦൦๐໐၀០"  # the nine digits of each of these scripts follow its nought
_SIGNS_OF_SCRIPTS = {
    ord(nought) + digit: str(digit) for nought in _NOUGHTS for digit in range(10)
} | {ord("،"): ","}


def _plain(text: str) -> str:
    return plain(text if text.isascii() else text.translate(_SIGNS_OF_SCRIPTS))


LONGEST = 60  # characters of a text that is nothing but a time
LONGEST_LINE = 400  # characters in which a date is looked for
MIDNIGHT = time(0)  # that many sites write where they know the day only
LONGEST_RANGE = 12  # characters of the first day of a range
BEFORE = 40  # characters before a day in which its clock is looked for
WEEKDAY = 24  # and its day of the week
WORD_BEFORE = re.compile(r"([^\W\d_]+)[.,)\s]*$")
ANYWHERE = ZoneInfo("UTC")
EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?:\d{3}|\d{6}|\.\d+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: the moment, in UTC; whether it has an hour; and where it stands.

    `start` and `end` are positions in the folded text.
    """

    at: datetime
    has_clock: bool
    start: int = 0
    end: int = 0


class _Day(NamedTuple):
    """A day as it stands in a text. `is_doubtful`: only a clock makes it one."""

    day: date
    start: int
    end: int
    is_doubtful: bool = False


def relative(text: str, now: datetime, zone: ZoneInfo, order: Order = DMY) -> datetime | None:
    """The moment of a text that is nothing but a relative time or a clock, seen at `now`; in UTC.

    A clock alone is the last time that it showed this; a day alone is its start. `order` is that of
    11/09 14:05.
    """
    if len(text) > LONGEST:
        return None
    said, there = _without_zone(text, zone)
    folded = said.lower()
    if forms.NOW.fullmatch(folded):
        return now
    if found := forms.AGO.match(folded):
        return _minus(now, found)
    local = now.astimezone(there)
    if found := forms.DAY.fullmatch(folded) or forms.CLOCK_AND_DAY.fullmatch(folded):
        day = local.date() - timedelta(days=timewords.days()[found["day"]])
        return _moment(day, _clock_in(found), there)
    if found := forms.ONLY_CLOCK.fullmatch(folded):
        at = _moment(local.date(), _clock(found), there)
        if at and at > now + timedelta(minutes=5):
            at = _moment(local.date() - timedelta(days=1), _clock(found), there)
        return at
    return _this_year(folded, now, there, order)


def _without_zone(text: str, zone: ZoneInfo) -> tuple[str, tzinfo]:
    """The plain text without the zone that it ends in, and that zone; else `zone`."""
    said = _plain(text).strip(" .|·•-,")
    last = forms.LAST_WORD.search(said)
    named = zone_at(said, last.start(), zone) if last else None
    return (said[: last.start()], named[0]) if last and named else (said, zone)


def _this_year(folded: str, now: datetime, zone: tzinfo, order: Order) -> datetime | None:
    """The last day of a text without its year that is not in the future."""
    named, timed = _short(folded)
    found = named or forms.SHORT_NUMBERS.fullmatch(folded)
    if found is None:
        return None
    said = _parts(found)
    pairs = [(said["m"], said["d"]), (said["d"], said["m"])][: 1 if named else 2]
    if order != DMY:
        pairs.reverse()
    clock = _clock_in(timed or found)
    year = now.astimezone(zone).year
    days = [
        date_of(one, months().get(month) or int(month), int(day))
        for month, day in pairs
        for one in (year, year - 1)
    ]
    moments = [_moment(on, clock, zone) for on in days if on]
    return next((at for at in moments if at and at <= now + timedelta(days=1)), None)


def _short(folded: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """A day in words without its year that is all of a text, and its clock if that stands first."""
    if found := forms.SHORT.fullmatch(folded):
        return found, None
    clock = forms.CLOCK_FIRST.match(folded)
    found = forms.SHORT.fullmatch(folded, clock.end()) if clock else None
    return (found, clock) if found and not found["hour"] else (None, None)


def _parts(found: re.Match[str]) -> dict[str, str]:
    """What a form found, by the names of its groups without their numbers."""
    return {name.rstrip("12345"): said for name, said in found.groupdict().items() if said}


def is_relative(text: str) -> bool:
    """Whether a block is nothing but a relative time: "4 uur geleden", "zojuist", "gisteren"."""
    return len(text) <= LONGEST and _is_relative(text)


@remembered(4096)  # several rules ask it of every block
def _is_relative(text: str) -> bool:
    folded = _bare(text)
    if forms.AGO_ENDS.match(folded[::-1]) and forms.AGO.match(folded):
        return True
    return any(one.fullmatch(folded) for one in (forms.DAY, forms.CLOCK_AND_DAY, forms.NOW))


def is_clock(text: str) -> bool:
    """Whether a block is nothing but a time of day: "14:03", "om 14.03 uur".

    "0:44" and "1:02:33" are lengths of films.
    """
    return bool(forms.ONLY_CLOCK.fullmatch(_bare(text)))


def _bare(text: str) -> str:
    """The folded text without the zone that it ends in; "" for a long one."""
    return _cached_bare(text) if len(text) <= LONGEST else ""


@remembered(4096)  # likewise
def _cached_bare(text: str) -> str:
    return _without_zone(text, ANYWHERE)[0].lower()


def is_day_of_year(text: str) -> bool:
    """Whether a text is nothing but a day without its year: "9 nov", "Monday, November 9"."""
    found = forms.SHORT.fullmatch(_bare(text))
    return found is not None and not found["hour"]


def is_day_name(text: str) -> bool:
    """Whether a text is nothing but a day seen from today: "Gisteren"."""
    return _bare(text) in timewords.days()


def without_age(text: str) -> str:
    """The text without a relative time glued to its end; the text itself if it has none."""
    end = text[-LONGEST:]
    start = _age_in(end)
    return text[: len(text) - len(end) + start].rstrip() if start >= 0 else text


@remembered(4096)  # likewise
def _age_in(end: str) -> int:
    """Where the age begins that the end of a text is; -1 if there is none."""
    # The folded text is as long as the plain one only, so it is looked for in lower case.
    lower = end.lower()
    found = forms.AGO.search(lower) if forms.AGO_ENDS.match(lower[::-1]) else None
    return found.start() if found else -1


def absolute(text: str, zone: ZoneInfo, order: Order = DMY) -> datetime | None:
    """The first absolute date in a text, with its time if one stands beside it; in UTC.

    A time without a zone is the wall clock of `zone`; a date alone is midnight there. A long text
    is read as far as LONGEST_LINE. `order` is that of 11/09/2026.
    """
    found = found_in(text, zone, order)
    return found[0].at if found else None


def declared(text: str, zone: ZoneInfo, order: Order = DMY) -> datetime | None:
    """The moment of a machine-readable value, as `stamp`."""
    found = stamp(text, zone, order)
    return found.at if found else None


def stamp(text: str, zone: ZoneInfo, order: Order = DMY) -> Found | None:
    """The moment of a machine-readable value: ISO 8601, RFC 9110 or seconds since 1970.

    Else as `absolute`, because people fill in such values too.
    """
    text = text.strip()
    if number := EPOCH.fullmatch(text):
        try:
            return Found(datetime.fromtimestamp(int(number["seconds"]), UTC), True)
        except (ValueError, OverflowError, OSError):
            return None
    if compact := forms.COMPACT.match(text):
        return _compact(compact, text, zone)
    found = found_in(forms.UNIX.sub(r"\1 \3 \2", text[:200]), zone, order)
    return found[0] if found else None


def _compact(found: re.Match[str], text: str, zone: ZoneInfo) -> Found | None:
    day = date_of(int(found["y"]), int(found["m"]), int(found["d"]))
    hour = int(found["hours"] or 0)
    if day is None or hour > 23:
        return None
    clock = time(hour, int(found["minutes"] or 0))
    at = _moment(day, clock, _zone_of_compact(found, text, zone))
    return Found(at, clock != MIDNIGHT) if at else None


def _zone_of_compact(found: re.Match[str], text: str, zone: ZoneInfo) -> tzinfo:
    if offset := forms.OFFSET.fullmatch(text[found.end() :]):
        return offset_of(offset[0].strip()) or zone
    named = zone_at(text, found.end(), zone) if found["hours"] else None
    return named[0] if named else zone


@remembered(4096)  # every block of a page is looked at by several rules
def found_in(text: str, zone: ZoneInfo, order: Order = DMY) -> tuple[Found, ...]:
    """Every absolute date in a text, as `absolute` reads it, in the order of the text."""
    said = _plain(text[:LONGEST_LINE])
    folded = said.lower()
    every: list[Found] = []
    days = _days(folded, order, zone)
    ends = [*(one.start for one in days[1:]), len(folded)]
    for one, until in zip(days, ends, strict=False):
        start = every[-1].end if every else 0
        found = _with_clock(one, said, folded, start, until, zone)
        if found and (found.has_clock or not one.is_doubtful or _is_all(one, folded)):
            every.append(found)
    return tuple(every)


def _is_all(one: _Day, folded: str) -> bool:
    """Whether a text is this day and a word or two: "Geplaatst: 09-11-26".

    Beside a word "9.11.26" may be a version, unless that belongs to a date: "on 9.11.26". Behind a
    label, or first, "9.11.08" is none.
    """
    rest, day = folded[: one.start] + folded[one.end :], folded[one.start : one.end]
    is_short = "." in day and len(day) < len("01.02.24")
    before = "".join(folded[: one.start].split()[-1:])
    is_labelled = day[-2:-1] == "0" and (not before or before.endswith(":"))
    is_of_date = is_labelled or bool(before and forms.CONNECTS.fullmatch(before))
    is_version = is_short and bool(rest.strip()) and not is_of_date
    return len(rest) <= BEFORE and not is_version and not forms.DIGIT.search(rest)


def _with_clock(
    one: _Day, said: str, folded: str, start: int, until: int, zone: ZoneInfo
) -> Found | None:
    """A day with the clock behind it or before it, if there is one."""
    clock, begin, end = MIDNIGHT, one.start, one.end
    there: tzinfo = zone
    if after := forms.CLOCK_AFTER.match(folded, one.end, max(until, one.end)):
        is_iso = folded.startswith(("19", "20"), one.start)
        clock = _clock(after)
        there, end = _zone_after(said, after.end(), zone, is_iso)
    elif before := _clock_before(one, folded, start):
        named, stop = _zone_after(said, before.end(), zone, False)
        if forms.CONNECTS.fullmatch(folded, min(stop, one.start), one.start):
            clock, there, begin = _clock(before), named, before.start()
    at = _moment(one.day, clock, there)
    begin = _named_before(folded, begin, start)
    return Found(at, clock != MIDNIGHT, begin, end) if at else None


def _named_before(folded: str, begin: int, start: int) -> int:
    """Where the day of the week before a date begins; its own beginning if there is none."""
    window = max(start, begin - WEEKDAY)
    named = forms.DAY_BEFORE.search(folded[window:begin])
    return window + named.start() if named else begin


def _clock_before(one: _Day, folded: str, start: int) -> re.Match[str] | None:
    """The last clock within BEFORE characters before a day, none before `start`."""
    every = list(forms.CLOCK_ALONE.finditer(folded, max(start, one.start - BEFORE), one.start))
    return every[-1] if every else None


def _zone_after(said: str, at: int, zone: ZoneInfo, is_iso: bool) -> tuple[tzinfo, int]:
    """The zone of a clock that ends here, and where its name ends."""
    if (
        is_iso
        and (offset := forms.OFFSET.match(said, at))
        and (there := offset_of(offset[0].strip()))
    ):
        return there, offset.end()
    return zone_at(said, at, zone) or (zone, at)


def _days(folded: str, order: Order, zone: ZoneInfo) -> Sequence[_Day]:
    """The days that a text names, in its order; none overlaps another."""
    if not forms.DIGIT.search(folded):
        return ()
    doubtful = (forms.SHORT_YEAR, forms.MINGUO) if order == YMD else (forms.SHORT_YEAR,)
    every = [
        _Day(day, found.start(), found.end(), pattern in doubtful)
        for pattern in (forms.NUMERIC, forms.SPACED, forms.SIGNS, *doubtful)
        for found in pattern.finditer(folded)
        if (day := _day_of(found, order, zone)) is not None
    ] + [
        _Day(day, one.start, one.end, one.is_short)
        for one in worded(folded)
        if (day := date_of(_year(one.year, folded, zone), one.month, int(one.day))) is not None
    ]
    return _free(every, folded)


def _free(every: Sequence[_Day], folded: str) -> list[_Day]:
    """Those of the days that a text may name that overlap no better one, and end no range."""
    kept: list[_Day] = []
    for one in sorted(every, key=lambda one: (one.start, one.is_doubtful)):
        is_free = not kept or one.start >= kept[-1].end
        if is_free and not _ends_range(folded, one.start):
            kept.append(one)
    return kept


def _ends_range(folded: str, start: int) -> bool:
    """Whether the day that begins here is the last of several: "14. - 20. januar 2026"."""
    return bool(forms.RANGE.search(folded[max(start - LONGEST_RANGE, 0) : start]))


def _day_of(found: re.Match[str], order: Order, zone: ZoneInfo) -> date | None:
    said = _parts(found)
    if "era" in said:
        return date_of(_year_of(said["era"], said["y"]), int(said["m"]), int(said["d"]))
    year, day = _year(said["y"], found.string, zone), int(said["d"])
    if len(said["y"]) > 2 and not found[0].endswith(said["y"]):
        return date_of(year, int(said["m"]), day)
    return _in_order(said, year, order)


def _year(digits: str, folded: str, zone: ZoneInfo) -> int:
    """The year of four digits or two in a text of this zone."""
    if len(digits) > 2:
        return int(digits)
    return whole_year(int(digits), is_thai=is_thai(folded, zone.key))


def _in_order(said: Mapping[str, str], year: int, order: Order) -> date | None:
    """The day of three numbers; in another order where the usual one gives none."""
    day, month = int(said["d"]), int(said["m"])
    found = [date_of(year, month, day), date_of(year, day, month)]
    if order == MDY and said.get("s") in ("/", "-"):
        found.reverse()
    if order == YMD and len(said["y"]) == 2:
        found.insert(0, date_of(2000 + day, month, int(said["y"])))
    return next(filter(None, found), None)


def _year_of(era: str, number: str) -> int:
    """The year of an era: 令和8年 is 2026; its first is 元, the origin."""
    return eras()[era] + (1 if number == "元" else int(number))


class Numbers(NamedTuple):
    """A date such as 11/09/2026 or 26-11-09, and the word right before it: "Wed", or ""."""

    first: int
    second: int
    last: int
    word: str = ""


def ambiguous(text: str) -> Iterator[Numbers]:
    """Every date in a text of which the country says what is the month, or the year."""
    if "/" not in text and "-" not in text:
        return
    for found in forms.YEAR_LAST.finditer(text[:LONGEST_LINE]):
        word = WORD_BEFORE.search(text, 0, found.start())
        first, second, last = (int(found[name]) for name in "aby")
        yield Numbers(first, second, last, word[1] if word else "")


def _clock_in(found: re.Match[str]) -> time:
    return _clock(found) if found["hour"] else MIDNIGHT


def _clock(found: re.Match[str]) -> time:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = found["half"] or found["half_only"] or found["half_native"] or found["early"]
    if half and hour <= 12:
        is_late = half == "p" or half in words("times.pm")
        hour = hour % 12 + (12 if is_late else 0)
    return time(hour, minute, int(found["second"] or 0))


def _minus(now: datetime, found: re.Match[str]) -> datetime | None:
    """`now` less an age; to the minute, because that is the best that an age can tell."""
    age = ages()[found["whole"]] if found["whole"] else timedelta(0)
    if count := found["count"]:
        age += (counts().get(count) or float(count)) * units()[found["unit"] or found["carries"]]
    if more := found["count2"]:
        age += int(more) * units()[found["unit2"]]
    try:
        return (now - age).replace(second=0, microsecond=0)
    except OverflowError:
        return None


def _moment(day: date, clock: time, zone: tzinfo) -> datetime | None:
    try:
        return datetime.combine(day, clock, zone).astimezone(UTC)
    except OverflowError:
        return None
