"""Time zones as clocks name them: "GMT", "CET", "p.m. EST", "+05:30", "UTC+1", "Z"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_HOURS = {
    **dict.fromkeys(("Z", "UTC", "GMT", "WET"), 0),
    **dict.fromkeys(("CET", "MEZ", "BST", "WEST", "WAT"), 1),
    **dict.fromkeys(("CEST", "MESZ", "EET", "SAST", "CAT"), 2),
    **dict.fromkeys(("EEST", "MSK", "TRT", "EAT"), 3),
    **dict.fromkeys(("PKT",), 5),
    **dict.fromkeys(("WIB", "ICT"), 7),
    **dict.fromkeys(("HKT", "SGT", "PHT", "MYT", "AWST"), 8),
    **dict.fromkeys(("JST", "KST"), 9),
    **dict.fromkeys(("AEST",), 10),
    **dict.fromkeys(("AEDT",), 11),
    **dict.fromkeys(("NZST",), 12),
    **dict.fromkeys(("NZDT",), 13),
    **dict.fromkeys(("ADT", "BRT", "ART"), -3),
    **dict.fromkeys(("EDT", "AST"), -4),
    **dict.fromkeys(("EST", "CDT"), -5),
    **dict.fromkeys(("CST", "MDT"), -6),
    **dict.fromkeys(("MST", "PDT"), -7),
    **dict.fromkeys(("PST", "AKDT"), -8),
    **dict.fromkeys(("AKST",), -9),
    **dict.fromkeys(("HST",), -10),
    "IST": 5.5,
}
_PLACES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
_NAME = "|".join(sorted((*_HOURS, *_PLACES), key=len, reverse=True))
_HOUR = r"(?:0\d|1[0-4])"
_ZONE = re.compile(
    r"(?:\s?[(\[,]?\s?)"
    rf"(?:(?:(?:UTC|GMT|utc|gmt)\s?)(?P<from_utc>[+-]\d{{1,2}}(?::?\d\d)?)(?!\d)|(?P<name>{_NAME}|gmt|utc)(?!\w)"
    # A minus may also stand between two clocks, as in "10:00-11:30".
    rf"|(?P<offset>\+{_HOUR}(?::?\d\d)?|-{_HOUR}(?:\d\d)?)(?![\d:]))"
)
_OFFSET = re.compile(r"[+-]\d\d(?::?\d\d)?")
MOST = timedelta(hours=14)


def zone_at(text: str, position: int, zone: ZoneInfo) -> tuple[tzinfo, int] | None:
    """The zone that a text names at this position, after a clock, and where its name ends.

    An abbreviation of several zones, such as CST and IST, is that of `zone` if it has one.
    """
    found = _ZONE.match(text, position)
    if found is None:
        return None
    if said := found["from_utc"] or found["offset"]:
        offset = offset_of(said)
        return (offset, found.end()) if offset else None
    return _named(found["name"].upper(), zone), found.end()


def offset_of(said: str) -> timezone | None:
    """The zone of an offset from UTC: "+02:00", "+0530", "-05", "+1"; None for one that is none."""
    sign = -1 if said[0] == "-" else 1
    digits = said[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(sign * offset) if offset <= MOST and int(minutes) < 60 else None


def _named(name: str, zone: ZoneInfo) -> tzinfo:
    if name in _PLACES:
        return ZoneInfo(_PLACES[name])
    for month in (1, 7):
        at = datetime(2024, month, 1, tzinfo=zone)
        if at.tzname() == name and (own := at.utcoffset()) is not None:
            return timezone(own)
    hours = _HOURS[name]
    return timezone(timedelta(hours=hours)) if hours else UTC
