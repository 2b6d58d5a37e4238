"""Dates and times as sites write them, in the languages of `timewords`.

    absolute   "woensdag 15 december 2021, 12:34", "15-12-2021", "4:15 p.m. EST, Dec. 15, 2021"
    stamp      "20211215T113400Z", "1639568040", and what people write
    relative   "4 uur geleden", "anderhalf uur geleden", "gisteren om 14:03", "vandaag", "14:03"

Nothing here raises on any text: what is not understood is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from .fold import plain
from .timewords import AGO, AT, COUNTS, DAYS, MONTHS, NOW, SINCE, UNITS, WEEKDAYS
from .zones import offset_of, zone_at


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_MONTH, _COUNT, _UNIT = _any(MONTHS), r"\d{1,3}|" + _any(COUNTS), _any(UNITS)
_EARLY = r"(?P<early>am|pm|午前|午後|上午|下午|오전|오후)\s?"
_CLOCK = (
    rf"(?:{_EARLY})?(?P<hour>2[0-3]|[01]?\d)"
    r"(?:(?:[:.]|\s?[uh]\s?|[時时點点]\s?|시\s?)(?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
    r"(?:\s?[分분](?:\s?\d\d[秒초])?)?(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?"
    r"|\s?(?P<half_only>[ap])\.?m\b\.?)"
)
_HOURS = r"(?:\s?(?:uur|uhr|u|h|heures|hrs?|ч)\b)?(?![a-yа-я]|\d(?!\d?[-/]\d))"
_ABOUT = r"(?:(?:ongeveer|circa|ca\.?|ruim|bijna|about|almost|over|etwa|environ)\s)?"
_LATIN_AGO = _any([word for word in AGO if word.isascii() or word[0] < "\u3000"])

_AGO = re.compile(
    rf"(?:for\s)?{_ABOUT}(?P<count>{_COUNT})\s?(?P<unit>{_UNIT})\.?"
    rf"(?:\s(?:en|and|und|et)?\s?(?P<count2>\d{{1,2}})\s?(?P<unit2>{_UNIT})\.?)?"
    rf"(?:\s(?:{_LATIN_AGO})|前|\s?전)"
    rf"|(?:{_any(SINCE)})\s{_ABOUT}(?P<count3>{_COUNT})\s?(?P<unit3>{_UNIT})\.?"
)
_NOW = re.compile(_any(NOW))
_AT = rf"(?:[\s,;:|/·•@()\[\]-]|\b(?:{_any(AT)})\b\.?){{0,6}}"
_WEEKDAY = (
    rf"(?:\(?(?:{_any(WEEKDAYS)})[^\W\d]*\.?\)?,?\s*|[(][月火水木金土日][)]\s?|星期.\s?|周.\s?)?"
)
_BETWEEN = (  # a day and its hour
    rf"\.?(?:,?\s?(?:г|года|г\.|р|року)\b\.?)?{_AT}{_WEEKDAY}{_AT}"
)
_DAY = re.compile(rf"(?P<day>{_any(DAYS)})(?:{_AT}{_CLOCK}{_HOURS})?")
_ONLY_CLOCK = re.compile(rf"(?!0:|\d:\d\d:\d\d$)(?:(?:{_any(AT)})[.:]?\s)?{_CLOCK}{_HOURS}")
_YEAR = r"(?:19|20)\d\d(?!\d(?!\d?[:.]\d\d)|:\d\d)"
_OF = r"(?:\s?(?:of|de|del|di)\s|[\s.-]{1,3})"
_WORDED = re.compile(
    rf"(?<!\d)(?P<d>[0-3]?\d)(?:\.|e|er|st|nd|rd|th|[aoº°])?{_OF}(?P<m>{_MONTH})\.?,?{_OF}(?P<y>{_YEAR})"
    rf"|(?<![^\W\d])(?P<m2>{_MONTH})\.?\s+(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<y2>{_YEAR})"
    rf"|(?P<y3>(?:19|20)\d\d)[-\s](?P<m3>{_MONTH})[-\s](?P<d3>[0-3]?\d)(?!\d)"
)
_NUMERIC = re.compile(
    rf"(?<![\d./-])(?:(?P<d>[0-3]?\d)(?P<s>[-./])\s?(?P<m>[01]?\d|[12]\d|3[01])(?P=s)\s?(?P<y>{_YEAR})(?![/-])"
    r"|(?P<y2>(?:19|20)\d\d)(?P<s2>[-./])\s?(?P<m2>[01]?\d)(?P=s2)\s?(?P<d2>[0-3]?\d)"
    r"(?:t(?=\d))?(?!\d(?!\d?[:.]\d\d)|[/-]))"
)
_SIGNS = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s?[年년]\s?(?P<m>[01]?\d)\s?[月월]\s?(?P<d>[0-3]?\d)\s?[日號号일]"
)
_SHORT_YEAR = re.compile(  # "Do 25.04.24 | 14:07 Uhr", "25 april '24"
    r"(?<![\w./-])(?:(?P<d>[0-3]?\d)(?P<s>[./-])(?P<m>[0-3]?\d)(?P=s)'?(?P<y>\d\d)"
    rf"|(?P<d2>[0-3]?\d)\.?{_OF}(?P<m2>{_MONTH})\.?,?[\s-]'?(?P<y2>\d\d))"
    r"(?!\d(?!\d?[:.]\d\d)|[/-]|[.,:]\d|\s?[uh]\s?\d)"
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)"
    r"(?:[Tt]?(?P<hours>[0-2]\d)(?P<minutes>[0-5]\d)(?:[0-5]\d)?)?(?!\d)"
)
_SHORT = re.compile(
    rf"{_WEEKDAY}(?:(?P<d>[0-3]?\d)(?:\.|st|nd|rd|th)?{_OF}(?P<m>{_MONTH})|(?P<m2>{_MONTH})\.?\s(?P<d2>[0-3]?\d)"
    rf"(?:st|nd|rd|th)?|(?P<m3>[01]?\d)月(?P<d3>[0-3]?\d)日)\.?(?:{_BETWEEN}{_CLOCK}{_HOURS})?"
)
_CLOCK_AFTER = re.compile(rf"{_BETWEEN}{_CLOCK}{_HOURS}")
_CLOCK_ALONE = re.compile(rf"(?<![\w:.]){_CLOCK}{_HOURS}")
_CONNECTS = re.compile(
    rf"[\s,;|/·()-]*(?:op|on|am|le|el|il|em|den|del|do|date:|datum:)?[\s,]*{_WEEKDAY}"
)
_CLOCK_AND_DAY = re.compile(rf"{_CLOCK}{_HOURS}[\s,·|-]*(?P<day>{_any(DAYS)})")
_LAST_WORD = re.compile(r"(?<=[\dm.])\s?[(]?(?:[A-Z]{2,4}|gmt|utc)[)]?$")
_OFFSET = re.compile(r"\s?[+-]\d\d(?::?\d\d)?(?!\d)")
_YEAR_LAST = re.compile(
    r"(?<![\w./-])(?P<a>[0-3]?\d)(?P<s>[/-])(?P<b>[0-3]?\d)(?P=s)(?P<y>(?:19|20)?\d\d)(?![\w/-])"
)
_UNIX = re.compile(  # "Fri Apr 28 19:20:36 CEST 2023": the year stands behind the zone
    r"\b([A-Z][a-z]{2} \d{1,2}) (\d\d:\d\d(?::\d\d)?(?: [A-Z]{1,5}| [+-]\d{4})?) (\d{4})\b"
)
_RANGE = re.compile(r"(?<![\d:.uh])[0-3]?\d\.?\s?(?:-|bis|t/m|tot|to|au|al|til)\s?$")
_DIGIT = re.compile(r"\d")
_AGO_AT_END = re.compile(rf"(?:^|(?<=[\W\d])|(?<=\s))(?:{_AGO.pattern})\W*$")
LONGEST = 60  # characters of a text that is nothing but a time
LONGEST_LINE = 400  # characters in which a date is looked for
MIDNIGHT = time(0)  # that many sites write where they know the day only
LONGEST_RANGE = 12  # characters of the first day of a range
BEFORE = 40  # characters before a day in which its clock is looked for
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


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as it stands in a text. `is_doubtful`: only a clock makes it one."""

    day: date
    start: int
    end: int
    is_doubtful: bool = False


def relative(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment of a text that is nothing but a relative time or a clock, seen at `now`; in UTC.

    A clock alone is the last time that it showed this; a day alone is its start.
    """
    if len(text) > LONGEST:
        return None
    said, there = _without_zone(text, zone)
    folded = said.lower()
    if _NOW.fullmatch(folded):
        return now
    if found := _AGO.fullmatch(folded):
        return _minus(now, found)
    local = now.astimezone(there)
    if found := _DAY.fullmatch(folded) or _CLOCK_AND_DAY.fullmatch(folded):
        day = local.date() - timedelta(days=DAYS[found["day"]])
        return _moment(day, _clock(found) if found["hour"] else MIDNIGHT, there)
    if found := _ONLY_CLOCK.fullmatch(folded):
        at = _moment(local.date(), _clock(found), there)
        if at and at > now + timedelta(minutes=5):
            at = _moment(local.date() - timedelta(days=1), _clock(found), there)
        return at
    return _this_year(_SHORT.fullmatch(folded), now, there)


def _without_zone(text: str, zone: ZoneInfo) -> tuple[str, tzinfo]:
    """The plain text without the zone that it ends in, and that zone; else `zone`."""
    said = plain(text).strip(" .|·•-,")
    last = _LAST_WORD.search(said)
    named = zone_at(said, last.start(), zone) if last else None
    return (said[: last.start()], named[0]) if last and named else (said, zone)


def _this_year(found: re.Match[str] | None, now: datetime, zone: tzinfo) -> datetime | None:
    """The last day of this name that is not in the future."""
    if found is None:
        return None
    name, number = found["m"] or found["m2"] or found["m3"], found["d"] or found["d2"]
    month, day = MONTHS.get(name) or int(name), int(number or found["d3"])
    clock = _clock(found) if found["hour"] else MIDNIGHT
    year = now.astimezone(zone).year
    for one in (year, year - 1):
        on = _date(one, month, day)
        moment = _moment(on, clock, zone) if on else None
        if moment and moment <= now + timedelta(days=1):
            return moment
    return None


def is_relative(text: str) -> bool:
    """Whether a block is nothing but a relative time: "4 uur geleden", "zojuist", "gisteren"."""
    folded = _bare(text)
    return any(one.fullmatch(folded) for one in (_AGO, _DAY, _CLOCK_AND_DAY, _NOW))


def is_clock(text: str) -> bool:
    """Whether a block is nothing but a time of day: "14:03", "om 14.03 uur".

    "0:44" and "1:02:33" are lengths of films.
    """
    return bool(_ONLY_CLOCK.fullmatch(_bare(text)))


def _bare(text: str) -> str:
    """The folded text without the zone that it ends in; "" for a long one."""
    return _without_zone(text, ANYWHERE)[0].lower() if len(text) <= LONGEST else ""


def is_day_of_year(text: str) -> bool:
    """Whether a text is nothing but a day without its year: "9 nov", "Monday, November 9"."""
    found = _SHORT.fullmatch(_bare(text))
    return found is not None and not found["hour"]


def is_day_name(text: str) -> bool:
    """Whether a text is nothing but a day seen from today: "Gisteren"."""
    return _bare(text) in DAYS


def without_age(text: str) -> str:
    """The text without a relative time glued to its end; the text itself if it has none."""
    # The folded text is as long as the plain one only, so the end is looked for in lower case.
    found = _AGO_AT_END.search(text[-LONGEST:].lower())
    return text[: len(text) - len(text[-LONGEST:]) + found.start()].rstrip() if found else text


def absolute(text: str, zone: ZoneInfo, month_first: bool = False) -> datetime | None:
    """The first absolute date in a text, with its time if one stands beside it; in UTC.

    A time without a zone is the wall clock of `zone`; a date alone is midnight there. A long text
    is read as far as LONGEST_LINE. `month_first` tells how 11/09/2026 is read.
    """
    found = found_in(text, zone, month_first)
    return found[0].at if found else None


def declared(text: str, zone: ZoneInfo, month_first: bool = False) -> datetime | None:
    """The moment of a machine-readable value, as `stamp`."""
    found = stamp(text, zone, month_first)
    return found.at if found else None


def stamp(text: str, zone: ZoneInfo, month_first: bool = False) -> Found | None:
    """The moment of a machine-readable value: ISO 8601, RFC 9110 or seconds since 1970.

    Else as `absolute`, because people fill in such values too.
    """
    text = text.strip()
    if number := EPOCH.fullmatch(text):
        try:
            return Found(datetime.fromtimestamp(int(number["seconds"]), UTC), True)
        except (ValueError, OverflowError, OSError):
            return None
    if compact := _COMPACT.match(text):
        return _compact(compact, text, zone)
    found = found_in(_UNIX.sub(r"\1 \3 \2", text[:200]), zone, month_first)
    return found[0] if found else None


def _compact(found: re.Match[str], text: str, zone: ZoneInfo) -> Found | None:
    day = _date(int(found["y"]), int(found["m"]), int(found["d"]))
    hour = int(found["hours"] or 0)
    if day is None or hour > 23:
        return None
    clock = time(hour, int(found["minutes"] or 0))
    offset = _OFFSET.fullmatch(text[found.end() :])
    named = zone_at(text, found.end(), zone) if found["hours"] and not offset else None
    there = offset_of(offset[0].strip()) if offset else named[0] if named else zone
    at = _moment(day, clock, there or zone)
    return Found(at, clock != MIDNIGHT) if at else None


@lru_cache(maxsize=4096)  # every block of a page is looked at by several rules
def found_in(text: str, zone: ZoneInfo, month_first: bool = False) -> tuple[Found, ...]:
    """Every absolute date in a text, as `absolute` reads it, in the order of the text."""
    said = plain(text[:LONGEST_LINE])
    folded = said.lower()
    every: list[Found] = []
    days = _days(folded, month_first)
    ends = [*(one.start for one in days[1:]), len(folded)]
    for one, until in zip(days, ends, strict=False):
        start = every[-1].end if every else 0
        found = _with_clock(one, said, folded, start, until, zone)
        if found and (found.has_clock or not one.is_doubtful or _is_all(one, folded)):
            every.append(found)
    return tuple(every)


def _is_all(one: _Day, folded: str) -> bool:
    """Whether a text is this day and a word or two: "Geplaatst: 09-11-26"."""
    rest = folded[: one.start] + folded[one.end :]
    is_version = "." in folded[one.start : one.end] and one.end - one.start < len("01.02.24")
    return len(rest) <= BEFORE and not is_version and not _DIGIT.search(rest)


def _with_clock(
    one: _Day, said: str, folded: str, start: int, until: int, zone: ZoneInfo
) -> Found | None:
    """A day with the clock behind it or before it, if there is one."""
    clock, begin, end = MIDNIGHT, one.start, one.end
    there: tzinfo = zone
    if after := _CLOCK_AFTER.match(folded, one.end, max(until, one.end)):
        is_iso = folded.startswith(("19", "20"), one.start)
        clock = _clock(after)
        there, end = _zone_after(said, after.end(), zone, is_iso)
    elif before := _clock_before(one, folded, start):
        named, stop = _zone_after(said, before.end(), zone, False)
        if _CONNECTS.fullmatch(folded, min(stop, one.start), one.start):
            clock, there, begin = _clock(before), named, before.start()
    at = _moment(one.day, clock, there)
    return Found(at, clock != MIDNIGHT, begin, end) if at else None


def _clock_before(one: _Day, folded: str, start: int) -> re.Match[str] | None:
    """The last clock within BEFORE characters before a day, none before `start`."""
    every = list(_CLOCK_ALONE.finditer(folded, max(start, one.start - BEFORE), one.start))
    return every[-1] if every else None


def _zone_after(said: str, at: int, zone: ZoneInfo, is_iso: bool) -> tuple[tzinfo, int]:
    """The zone of a clock that ends here, and where its name ends."""
    if is_iso and (offset := _OFFSET.match(said, at)) and (there := offset_of(offset[0].strip())):
        return there, offset.end()
    return zone_at(said, at, zone) or (zone, at)


def _days(folded: str, month_first: bool) -> Sequence[_Day]:
    """The days that a text names, in its order; none overlaps another."""
    if not _DIGIT.search(folded):
        return ()
    every = [
        _Day(day, found.start(), found.end(), pattern is _SHORT_YEAR)
        for pattern in (_WORDED, _NUMERIC, _SIGNS, _SHORT_YEAR)
        for found in pattern.finditer(folded)
        if (day := _day_of(found, month_first)) is not None and not _ends_range(folded, found)
    ]
    kept: list[_Day] = []
    for one in sorted(every, key=lambda one: (one.start, one.is_doubtful)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _ends_range(folded: str, found: re.Match[str]) -> bool:
    """Whether a day is the last of several: "14. - 20. januar 2026"."""
    return bool(_RANGE.search(folded[max(found.start() - LONGEST_RANGE, 0) : found.start()]))


def _day_of(found: re.Match[str], month_first: bool) -> date | None:
    said = {name[0]: value for name, value in found.groupdict().items() if value}
    year, day = int(said["y"]), int(said["d"])
    if len(said["y"]) == 2:
        year += 2000 if year < 90 else 1900
    if said["m"] in MONTHS:
        return _date(year, MONTHS[said["m"]], day)
    month = int(said["m"])
    is_year_last = len(said["y"]) == 2 or found.group(0).endswith(said["y"])
    if month_first and is_year_last and said.get("s") in ("/", "-"):
        day, month = month, day
    # Where it cannot be read so, it is read the other way everywhere.
    return _date(year, month, day) or (_date(year, day, month) if is_year_last else None)


def ambiguous(text: str) -> Iterator[tuple[int, int, int]]:
    """The numbers (first, second, year) of every date such as 11/09/2026 in a text.

    Which of the first two is the month depends on the country.
    """
    for found in _YEAR_LAST.finditer(text[:LONGEST_LINE]):
        yield int(found["a"]), int(found["b"]), int(found["y"])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> time:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = found["half"] or found["half_only"] or found["early"]
    if half:
        is_late = half[0] == "p" or half in ("午後", "下午", "오후")
        hour = hour % 12 + (12 if is_late else 0)
    return time(hour, minute, int(found["second"] or 0))


def _minus(now: datetime, found: re.Match[str]) -> datetime | None:
    """`now` less an age; to the minute, because that is the best that an age can tell."""
    age = timedelta(0)
    for count, unit in (("count", "unit"), ("count2", "unit2"), ("count3", "unit3")):
        if found[count]:
            number = COUNTS.get(found[count]) or float(found[count])
            age += number * UNITS[found[unit]]
    try:
        return (now - age).replace(second=0, microsecond=0)
    except OverflowError:
        return None


def _moment(day: date, clock: time, zone: tzinfo) -> datetime | None:
    try:
        return datetime.combine(day, clock, zone).astimezone(UTC)
    except OverflowError:
        return None
