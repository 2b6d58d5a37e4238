"""Dates and times as sites write them, in the languages of `timewords`.

    absolute   "woensdag 15 december 2021, 12:34", "15-12-2021", "4:15 p.m. EST, Dec. 15, 2021"
    stamp      "20211215T113400Z", "1639568040", and what people write
    relative   "4 uur geleden", "anderhalf uur geleden", "gisteren om 14:03", "vandaag", "14:03"

Nothing here raises on any text: what is not understood is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from . import timewords
from .fold import plain
from .pattern import Pattern
from .tables import any_word, one_of, words
from .timewords import ages, counts, months, units
from .zones import offset_of, zone_at

# Numbers and signs of other scripts, each as one sign, so that positions stay.
_SIGNS_OF_SCRIPTS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹،", "01234567890123456789,")
_WIDE = "\u3000"  # from here on signs of scripts without spaces


def _plain(text: str) -> str:
    return plain(text if text.isascii() else text.translate(_SIGNS_OF_SCRIPTS))


# --- the forms --------------------------------------------------------------------------------
# Each is a regular expression for folded text, or a part of one.


def _signs(*keys: str) -> str:
    return "".join(sign for key in keys for sign in words(f"times.{key}"))


def _spaced(found: Sequence[str], *, before: bool = False) -> str:
    """Any of these words with a space on one side, which scripts without spaces may leave out."""
    sides = {
        r"\s": [word for word in found if word[0] < _WIDE],
        r"\s?": [word for word in found if word[0] >= _WIDE],
    }
    parts = [
        rf"{space}(?:{one_of(some)})" if before else rf"(?:{one_of(some)}){space}"
        for space, some in sides.items()
        if some
    ]
    return f"(?:{'|'.join(parts) or '(?!)'})"


def _month() -> str:
    return one_of(months())


@cache
def _clock_form() -> str:
    """A time of day: "14:03", "14u03", "2:03 p.m.", "下午2時03分"."""
    halves = [*words("times.am"), *words("times.pm")]
    native = one_of(word for word in halves if not word.isascii())
    hour = "".join(sign for sign in words("times.hour_sign") if sign < _WIDE)
    wide = "".join(sign for sign in words("times.hour_sign") if sign >= _WIDE)
    return (
        rf"(?:(?P<early>{one_of(halves)})\s?)?(?P<hour>2[0-3]|[01]?\d)"
        rf"(?:(?:[:.]|\s?[{hour}]\s?|[{wide}]\s?)"
        r"(?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
        rf"(?:\s?[{_signs('minute_sign')}](?:\s?\d\d[{_signs('second_sign')}])?)?"
        rf"(?:\s?(?P<half>[ap])\.?\s?m\b\.?|\s?(?P<half_native>{native})(?!\w))?"
        r"|\s?(?P<half_only>[ap])\.?m\b\.?)"
        rf"(?:\s?(?:{any_word('times.clock')})\b)?(?![a-yа-я]|\d(?!\d?[-/]\d))"
    )


@cache
def _weekday() -> str:
    """A day of the week before a date or a clock, in parentheses or not; or nothing."""
    return rf"(?:\(?(?:{any_word('times.weekdays')})[^\W\d]*\.?\)?,?\s*)?"


@cache
def _at() -> str:
    """What stands between a day and its hour; or nothing."""
    return rf"(?:[\s,;:|/·•@()\[\]-]|\b(?:{any_word('times.at')})\b\.?){{0,6}}"


@cache
def _between() -> str:
    """The same with a day of the week, or the word for a year."""
    year = rf"(?:,?\s?(?:{any_word('times.year')})\b\.?)?"
    return rf"\.?{year}{_at()}{_weekday()}{_at()}"


@cache
def _of() -> str:
    return rf"(?:\s?(?:{any_word('times.of')})\s|[\s.-]{{1,3}})"


@cache
def _ordinal() -> str:
    return rf"(?:\.|{any_word('times.ordinals')}|[aoº°])?"


@cache
def _age() -> str:
    """An age: "4 uur geleden", "vor 3 Stunden", "3 órája", "mezz'ora fa"."""
    count = rf"\d{{1,3}}|{one_of(counts())}"
    unit = any_word(*(f"times.units.{name}" for name in timewords.UNITS))
    carries = any_word(*(f"times.units_ago.{name}" for name in timewords.UNITS))
    about = rf"(?:{_spaced(words('times.about'))})?"
    ago = _spaced(words("times.ago"), before=True)
    return (
        rf"(?:for\s)?{about}(?P<count>{count})\s?(?P<unit>{unit})\.?"
        rf"(?:\s(?:{any_word('times.and')})?\s?(?P<count2>\d{{1,2}})\s?(?P<unit2>{unit})\.?)?{ago}"
        rf"|{_spaced(words('times.since'))}{about}(?P<count3>{count})\s?(?P<unit3>{unit})\.?"
        rf"|{about}(?P<count4>{count})\s?(?P<unit4>{carries})"
        rf"|(?P<whole>{one_of(ages())})"
    )


_YEAR = r"(?:19|20)\d\d(?!\d(?!\d?[:.]\d\d)|:\d\d)"
_AGO = Pattern(_age)
_NOW = Pattern(lambda: any_word("times.now"))
_DAY = Pattern(lambda: rf"(?P<day>{one_of(timewords.days())})(?:{_at()}{_clock_form()})?")
_ONLY_CLOCK = Pattern(
    lambda: rf"(?!0:|\d:\d\d:\d\d$)(?:(?:{any_word('times.at')})[.:]?\s)?{_clock_form()}"
)
_WORDED = Pattern(
    lambda: (
        rf"(?<!\d)(?P<d>[0-3]?\d){_ordinal()}{_of()}(?P<m>{_month()})\.?,?{_of()}(?P<y>{_YEAR})"
        rf"|(?<![^\W\d])(?P<m2>{_month()})\.?\s+(?P<d2>[0-3]?\d)(?:{any_word('times.ordinals')})?"
        rf",?\s+(?P<y2>{_YEAR})"
        rf"|(?P<y3>(?:19|20)\d\d)(?:[-\s]|\.\s)(?P<m3>{_month()})\.?[-\s](?P<d3>[0-3]?\d)(?!\d)"
    )
)
_NUMERIC = re.compile(
    rf"(?<![\d./-])(?:(?P<d>[0-3]?\d)(?P<s>[-./])\s?(?P<m>[01]?\d|[12]\d|3[01])(?P=s)\s?(?P<y>{_YEAR})(?![/-])"
    r"|(?P<y2>(?:19|20)\d\d)(?P<s2>[-./])\s?(?P<m2>[01]?\d)(?P=s2)\s?(?P<d2>[0-3]?\d)"
    r"(?:t(?=\d))?(?!\d(?!\d?[:.]\d\d)|[/-]))"
)
_SIGNS = Pattern(
    lambda: (
        rf"(?P<y>(?:19|20)\d\d)\s?[{_signs('year_sign')}]\s?(?P<m>[01]?\d)\s?"
        rf"[{_signs('month_sign')}]\s?(?P<d>[0-3]?\d)\s?[{_signs('day_sign')}]"
    )
)
_SHORT_YEAR = Pattern(  # "Do 25.04.24 | 14:07 Uhr", "25 april '24"
    lambda: (
        r"(?<![\w./-])(?:(?P<d>[0-3]?\d)(?P<s>[./-])(?P<m>[0-3]?\d)(?P=s)'?(?P<y>\d\d)"
        rf"|(?P<d2>[0-3]?\d)\.?{_of()}(?P<m2>{_month()})\.?,?[\s-]'?(?P<y2>\d\d))"
        r"(?!\d(?!\d?[:.]\d\d)|[/-]|[.,:]\d|\s?[uh]\s?\d)"
    )
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)"
    r"(?:[Tt]?(?P<hours>[0-2]\d)(?P<minutes>[0-5]\d)(?:[0-5]\d)?)?(?!\d)"
)
_SHORT = Pattern(
    lambda: (
        rf"{_weekday()}(?:(?P<d>[0-3]?\d){_ordinal()}{_of()}(?P<m>{_month()})"
        rf"|(?P<m2>{_month()})\.?\s(?P<d2>[0-3]?\d)(?:{any_word('times.ordinals')})?"
        rf"|(?P<m3>[01]?\d)[{_signs('month_sign')}](?P<d3>[0-3]?\d)[{_signs('day_sign')}])"
        rf"\.?(?:{_between()}{_clock_form()})?"
    )
)
_CLOCK_AFTER = Pattern(lambda: rf"{_between()}{_clock_form()}")
_CLOCK_ALONE = Pattern(lambda: rf"(?<![\w:.]){_clock_form()}")
_CONNECTS = Pattern(lambda: rf"[\s,;|/·()-]*(?:{any_word('times.on')})?[\s,]*{_weekday()}")
_CLOCK_AND_DAY = Pattern(lambda: rf"{_clock_form()}[\s,·|-]*(?P<day>{one_of(timewords.days())})")
_LAST_WORD = re.compile(r"(?<=[\dm.])\s?[(]?(?:[A-Z]{2,4}|gmt|utc)[)]?$")
_OFFSET = re.compile(r"\s?[+-]\d\d(?::?\d\d)?(?!\d)")
_YEAR_LAST = re.compile(
    r"(?<![\w./-])(?P<a>[0-3]?\d)(?P<s>[/-])(?P<b>[0-3]?\d)(?P=s)(?P<y>(?:19|20)?\d\d)(?![\w/-])"
)
_UNIX = re.compile(  # "Fri Apr 28 19:20:36 CEST 2023": the year stands behind the zone
    r"\b([A-Z][a-z]{2} \d{1,2}) (\d\d:\d\d(?::\d\d)?(?: [A-Z]{1,5}| [+-]\d{4})?) (\d{4})\b"
)
_RANGE = Pattern(lambda: rf"(?<![\d:.uh])[0-3]?\d\.?\s?(?:-|{any_word('times.until')})\s?$")
_DIGIT = re.compile(r"\d")
_AGO_AT_END = Pattern(lambda: rf"(?:^|(?<=[\W\d])|(?<=\s))(?:{_age()})\W*$")
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
        day = local.date() - timedelta(days=timewords.days()[found["day"]])
        return _moment(day, _clock(found) if found["hour"] else MIDNIGHT, there)
    if found := _ONLY_CLOCK.fullmatch(folded):
        at = _moment(local.date(), _clock(found), there)
        if at and at > now + timedelta(minutes=5):
            at = _moment(local.date() - timedelta(days=1), _clock(found), there)
        return at
    return _this_year(_SHORT.fullmatch(folded), now, there)


def _without_zone(text: str, zone: ZoneInfo) -> tuple[str, tzinfo]:
    """The plain text without the zone that it ends in, and that zone; else `zone`."""
    said = _plain(text).strip(" .|·•-,")
    last = _LAST_WORD.search(said)
    named = zone_at(said, last.start(), zone) if last else None
    return (said[: last.start()], named[0]) if last and named else (said, zone)


def _this_year(found: re.Match[str] | None, now: datetime, zone: tzinfo) -> datetime | None:
    """The last day of this name that is not in the future."""
    if found is None:
        return None
    said = _parts(found)
    month, day = said["m"], int(said["d"])
    clock = _clock(found) if found["hour"] else MIDNIGHT
    year = now.astimezone(zone).year
    days = [_date(one, months().get(month) or int(month), day) for one in (year, year - 1)]
    moments = [_moment(on, clock, zone) for on in days if on]
    return next((at for at in moments if at and at <= now + timedelta(days=1)), None)


def _parts(found: re.Match[str]) -> dict[str, str]:
    """What a form found, by the names of its groups without their numbers."""
    return {name.rstrip("123"): said for name, said in found.groupdict().items() if said}


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
    return _bare(text) in timewords.days()


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
    at = _moment(day, clock, _zone_of_compact(found, text, zone))
    return Found(at, clock != MIDNIGHT) if at else None


def _zone_of_compact(found: re.Match[str], text: str, zone: ZoneInfo) -> tzinfo:
    if offset := _OFFSET.fullmatch(text[found.end() :]):
        return offset_of(offset[0].strip()) or zone
    named = zone_at(text, found.end(), zone) if found["hours"] else None
    return named[0] if named else zone


@lru_cache(maxsize=4096)  # every block of a page is looked at by several rules
def found_in(text: str, zone: ZoneInfo, month_first: bool = False) -> tuple[Found, ...]:
    """Every absolute date in a text, as `absolute` reads it, in the order of the text."""
    said = _plain(text[:LONGEST_LINE])
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
    said = _parts(found)
    year, day = int(said["y"]), int(said["d"])
    if len(said["y"]) == 2:
        year += 2000 if year < 90 else 1900
    if said["m"] in months():
        return _date(year, months()[said["m"]], day)
    is_year_last = len(said["y"]) == 2 or found[0].endswith(said["y"])
    if not is_year_last:
        return _date(year, int(said["m"]), day)
    # Where it cannot be read so, it is read the other way everywhere.
    in_order = [_date(year, int(said["m"]), day), _date(year, day, int(said["m"]))]
    is_american = month_first and said.get("s") in ("/", "-")
    return next(filter(None, reversed(in_order) if is_american else in_order), None)


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
    half = found["half"] or found["half_only"] or found["half_native"] or found["early"]
    if half and hour <= 12:
        is_late = half == "p" or half in words("times.pm")
        hour = hour % 12 + (12 if is_late else 0)
    return time(hour, minute, int(found["second"] or 0))


def _minus(now: datetime, found: re.Match[str]) -> datetime | None:
    """`now` less an age; to the minute, because that is the best that an age can tell."""
    age = ages()[found["whole"]] if found["whole"] else timedelta(0)
    for number in ("", "2", "3", "4"):
        if count := found[f"count{number}"]:
            age += (counts().get(count) or float(count)) * units()[found[f"unit{number}"]]
    try:
        return (now - age).replace(second=0, microsecond=0)
    except OverflowError:
        return None


def _moment(day: date, clock: time, zone: tzinfo) -> datetime | None:
    try:
        return datetime.combine(day, clock, zone).astimezone(UTC)
    except OverflowError:
        return None
