"""Dates and times as sites write them, in Dutch, English, German and French.

    absolute   "woensdag 15 december 2021, 12:34", "15-12-2021", "Dec. 15, 2021 at 12:34 PM"
    relative   "4 uur geleden", "anderhalf uur geleden", "gisteren om 14:03", "vandaag", "14:03"

Nothing here raises on any text: what is not understood is None.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .fold import fold

_MONTHS = (
    "januari january januar janvier jan janv",
    "februari february februar fevrier feb febr fev fevr",
    "maart march marz mars mar mrt mrz maerz",
    "april avril apr avr",
    "mei may mai",
    "juni june juin jun",
    "juli july juillet jul juil",
    "augustus august aout aug",
    "september septembre sep sept",
    "oktober october octobre okt oct",
    "november novembre nov",
    "december dezember decembre dec dez",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_NUMBERS = {
    **dict.fromkeys(("een", "a", "an", "einer", "einem", "einen", "une", "un", "one"), 1.0),
    **dict.fromkeys(("anderhalf", "anderhalve", "anderthalb", "eineinhalb"), 1.5),
    **dict.fromkeys(("twee", "two", "zwei", "deux", "paar", "couple", "couple of"), 2.0),
    **dict.fromkeys(("drie", "three", "drei", "trois"), 3.0),
    **dict.fromkeys(("half", "halve", "halben", "halb", "demi"), 0.5),
}
_UNITS = {
    "seconde seconden sec second seconds sekunde sekunden secondes s": timedelta(seconds=1),
    "minuut minuten min minute minutes mins mn m": timedelta(minutes=1),
    "uur uren u hour hours hr hrs h stunde stunden std heure heures": timedelta(hours=1),
    "dag dagen d day days tag tage tagen jour jours j": timedelta(days=1),
    "week weken w weeks woche wochen semaine semaines": timedelta(weeks=1),
    "maand maanden month months monat monate monaten mois": timedelta(days=30),
    "jaar jaren year years jahr jahre jahren an ans annee annees": timedelta(days=365),
}
UNITS = {name: unit for names, unit in _UNITS.items() for name in names.split()}
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_COUNT = "\\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.]|\s?[uh]\s?)(?P<minute>[0-5]\d)(?::[0-5]\d)?"
    r"(?:\s?(?P<half>[ap])\.?m\.?)?"
)
_HOURS = r"(?:\s?(?:uur|uhr|u|h|heures))?(?!\w)"
_ABOUT = r"(?:(?:ongeveer|circa|ca\.?|ruim|bijna|about|almost|over|etwa|environ)\s)?"

_AGO = re.compile(
    rf"{_ABOUT}(?P<count>{_COUNT})\s?(?P<unit>{_UNIT})\.?"
    rf"(?:\s(?:en|and|und|et)?\s?(?P<count2>\d{{1,2}})\s?(?P<unit2>{_UNIT})\.?)?\s(?:geleden|ago)"
    rf"|(?:vor|il y a)\s{_ABOUT}(?P<count3>{_COUNT})\s?(?P<unit3>{_UNIT})\.?"
)
_NOW = re.compile(
    r"(zojuist|zonet|zo-even|net|nu|daarnet|just now|now|moments? ago|gerade eben|soeben|jetzt"
    r"|a l'instant|maintenant)"
)
_DAYS = {
    **dict.fromkeys(("vandaag", "today", "heute", "aujourd'hui"), 0),
    **dict.fromkeys(("gisteren", "yesterday", "gestern", "hier"), 1),
    **dict.fromkeys(("eergisteren", "vorgestern", "avant-hier"), 2),
}
_AT = r"[\s,]*(?:om|at|um|a|-|–|\||@)?[\s,]*"
_DAY = re.compile(rf"(?P<day>{'|'.join(_DAYS)})(?:{_AT}{_CLOCK}{_HOURS})?")
_ONLY_CLOCK = re.compile(rf"(?:(?:om|at|um|a)\s)?{_CLOCK}{_HOURS}")
_WEEKDAY = (
    r"(?:(?:ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|mo|mi|fr"
    r"|sa|so)[a-z]*\.?,?\s+)?"
)
_WORDED = re.compile(
    rf"(?P<d>[0-3]?\d)(?:\.|e|er|st|nd|rd|th)?[\s-]+(?:of\s)?(?P<m>{_MONTH})\.?,?[\s-]+(?P<y>(?:19|20)\d\d)"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)"
)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?:(?P<d>[0-3]?\d)(?P<s>[-./])(?P<m>[01]?\d)(?P=s)(?P<y>(?:19|20)\d\d)"
    r"|(?P<y2>(?:19|20)\d\d)(?P<s2>[-./])(?P<m2>[01]?\d)(?P=s2)(?P<d2>[0-3]?\d))(?![\d/-])"
)
_SHORT_YEAR = re.compile(  # "Do 25.04.24 | 14:07 Uhr": only a clock makes it a date
    rf"(?<![\d./-])(?P<d>[0-3]?\d)(?P<s>[./-])(?P<m>[01]?\d)(?P=s)(?P<y>\d\d){_AT}{_CLOCK}{_HOURS}"
)
_SHORT = re.compile(rf"{_WEEKDAY}(?P<d>[0-3]?\d)\.?\s+(?P<m>{_MONTH})\.?(?:{_AT}{_CLOCK}{_HOURS})?")
_CLOCK_AFTER = re.compile(rf"{_AT}{_CLOCK}{_HOURS}")
_ISO = re.compile(
    r"(?P<date>(?:19|20)\d\d-[01]\d-[0-3]\d)"
    r"(?:[T\s](?P<time>[0-2]\d:[0-5]\d(?::[0-5]\d)?)(?:[.,]\d+)?\s?(?P<zone>Z|[+-][0-2]\d:?[0-5]\d)?)?"
)
_RFC = re.compile(
    r"(?:[A-Z][a-z]{2},\s)?(?P<d>\d{1,2})\s(?P<m>[A-Z][a-z]{2})\s(?P<y>\d{4})\s"
    r"(?P<time>\d\d:\d\d(?::\d\d)?)\s(?P<zone>GMT|UTC|[+-]\d{4})"
)

_AGO_AT_END = re.compile(rf"(?:^|(?<=[\W\d])|(?<=\s))(?:{_AGO.pattern})\W*$")
LONGEST = 60  # characters of a text that is nothing but a time
LONGEST_LINE = 400  # characters in which a date is looked for


def relative(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment of a text that is nothing but a relative time or a clock, seen at `now`; in UTC.

    A clock alone is the last time that it showed this; a day alone is its start.
    """
    if len(text) > LONGEST:
        return None
    folded = fold(text).strip(" .|·•-,")
    if _NOW.fullmatch(folded):
        return now
    if found := _AGO.fullmatch(folded):
        return _minus(now, found)
    local = now.astimezone(zone)
    if found := _DAY.fullmatch(folded):
        day = local.date() - timedelta(days=_DAYS[found["day"]])
        return _moment(day, _clock(found) if found["hour"] else time(0), zone)
    if found := _ONLY_CLOCK.fullmatch(folded):
        at = _moment(local.date(), _clock(found), zone)
        if at and at > now + timedelta(minutes=5):
            at = _moment(local.date() - timedelta(days=1), _clock(found), zone)
        return at
    if found := _SHORT.fullmatch(folded):
        clock = _clock(found) if found["hour"] else time(0)
        for year in (local.year, local.year - 1):
            day_ = _date(year, MONTHS[found["m"]], int(found["d"]))
            moment = _moment(day_, clock, zone) if day_ else None
            if moment and moment <= now + timedelta(days=1):
                return moment
    return None


def is_relative(text: str) -> bool:
    """Whether a block is nothing but a relative time: "4 uur geleden", "zojuist", "gisteren"."""
    folded = fold(text).strip(" .|·•-,") if len(text) <= LONGEST else ""
    return bool(_AGO.fullmatch(folded) or _DAY.fullmatch(folded) or _NOW.fullmatch(folded))


def is_clock(text: str) -> bool:
    """Whether a block is nothing but a time of day: "14:03", "om 14.03 uur"."""
    return len(text) <= LONGEST and bool(_ONLY_CLOCK.fullmatch(fold(text).strip(" .|·•-,")))


def without_age(text: str) -> str:
    """The text without a relative time glued to its end; the text itself if it has none."""
    # The folded text is as long as the plain one only, so the end is looked for in lower case.
    found = _AGO_AT_END.search(text[-LONGEST:].lower())
    return text[: len(text) - len(text[-LONGEST:]) + found.start()].rstrip() if found else text


def absolute(text: str, zone: ZoneInfo) -> datetime | None:
    """The first absolute date in a text, with its time if one follows; in UTC.

    A time without a zone is the wall clock of `zone`; a date alone is midnight there. A long text
    is read as far as LONGEST_LINE.
    """
    text = text[:LONGEST_LINE]
    if exact := _exact(text, zone):
        return exact
    folded = fold(text)
    for pattern in (_WORDED, _NUMERIC):
        for found in pattern.finditer(folded):
            day = _day_of(found)
            if day is None:
                continue
            after = _CLOCK_AFTER.match(folded, found.end())
            before = re.search(
                rf"{_CLOCK}{_HOURS}[\s,]*(?:op|on|am|le)?[\s,]*$", folded[: found.start()]
            )
            clock = _clock(after) if after else _clock(before) if before else time(0)
            return _moment(day, clock, zone)
    if short := _SHORT_YEAR.search(folded):
        day = _date(2000 + int(short["y"]), int(short["m"]), int(short["d"]))
        return _moment(day, _clock(short), zone) if day else None
    return None


def declared(text: str, zone: ZoneInfo) -> datetime | None:
    """The moment of a machine-readable value: ISO 8601 or RFC 9110, else as `absolute`."""
    text = text.strip()
    if text.isdecimal() and len(text) in (10, 13):
        try:
            return datetime.fromtimestamp(int(text[:10]), UTC)
        except (ValueError, OverflowError, OSError):
            return None
    return absolute(text[:200], zone)


def has_time(text: str) -> bool:
    """Whether a declared value says more than the day."""
    return bool(re.search(r"\d[:.h]\d\d|\d{10}", text))


def _exact(text: str, zone: ZoneInfo) -> datetime | None:
    if found := _ISO.search(text):
        clock = found["time"]
        offset = (found["zone"] or "").replace("Z", "+00:00")
        try:
            at = datetime.fromisoformat(f"{found['date']}T{clock or '00:00'}{offset}")
            return _utc(at, zone)
        except (ValueError, OverflowError):
            return None
    if found := _RFC.search(text):
        month = MONTHS.get(found["m"].lower())
        offset = "+00:00" if found["zone"] in ("GMT", "UTC") else found["zone"]
        try:
            stamp = f"{found['y']}-{month or 0:02}-{int(found['d']):02}T{found['time']}{offset}"
            return _utc(datetime.fromisoformat(stamp), zone)
        except (ValueError, OverflowError):
            return None
    return None


def _day_of(found: re.Match[str]) -> date | None:
    year = int(found["y"] or found["y2"])
    month, day = found["m"] or found["m2"], int(found["d"] or found["d2"])
    if month in MONTHS:
        return _date(year, MONTHS[month], day)
    # The day comes first in Europe; where it cannot be a month, it does everywhere.
    return _date(year, int(month), day) or _date(year, day, int(month))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> time:
    hour, minute = int(found["hour"]), int(found["minute"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    return time(hour, minute)


def _minus(now: datetime, found: re.Match[str]) -> datetime | None:
    """`now` less an age; to the minute, because that is the best that an age can tell."""
    age = timedelta(0)
    for count, unit in (("count", "unit"), ("count2", "unit2"), ("count3", "unit3")):
        if found[count]:
            number = _NUMBERS.get(found[count]) or float(found[count])
            age += number * UNITS[found[unit]]
    try:
        return (now - age).replace(second=0, microsecond=0)
    except OverflowError:
        return None


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime.combine(day, clock, zone).astimezone(UTC)
    except OverflowError:
        return None


def _utc(at: datetime, zone: ZoneInfo) -> datetime:
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
