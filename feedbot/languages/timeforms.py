"""The forms in which dates, clocks and ages are written: regular expressions for folded text.

What they hold of the languages comes from their files; see `tables`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from . import timewords
from .pattern import Pattern
from .tables import NOTHING, any_word, one_of, words
from .timewords import ages, counts, eras, months

_BEGINNING = 3  # letters by which a word is known to begin as the name of a day
_WIDE = "\u3000"  # from here on signs of scripts without spaces
# Thai, Lao …
UNSPACED = Pattern(lambda: r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\U0010ffff]")


def _signs(*keys: str) -> str:
    return "".join(sign for key in keys for sign in words(f"times.{key}"))


def _spaced(found: Sequence[str], *, before: bool = False) -> str:
    """Any of these words with a space on one side, which scripts without spaces may leave out."""
    sides = {
        r"\s": [word for word in found if not UNSPACED.match(word)],
        r"\s?": [word for word in found if UNSPACED.match(word)],
    }
    parts = [
        rf"{space}(?:{one_of(some)})" if before else rf"(?:{one_of(some)}){space}"
        for space, some in sides.items()
        if some
    ]
    return f"(?:{'|'.join(parts) or NOTHING})"


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
        rf"(?P<minute>[0-5]\d|\d(?=\s?[{_signs('minute_sign')}]))"
        r"(?:[:.](?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
        rf"(?:\s?[{_signs('minute_sign')}](?:\s?\d\d[{_signs('second_sign')}])?)?"
        rf"(?:\s?(?P<half>[ap])\.?\s?m\b\.?|\s?(?P<half_native>{native})(?!\w))?"
        r"|\s?(?P<half_only>[ap])\.?m\b\.?)"
        rf"(?:\s?(?:{any_word('times.clock')})\b\.?)?(?![a-yа-я]|\d(?!\d?[-/]\d))"
    )


@cache
def _weekday() -> str:
    """A day of the week before a date or a clock, in parentheses or not; or nothing.

    A few letters in parentheses are one in every language: "(금)", "(Fr.)".
    """
    named = rf"\(?(?:{any_word('times.weekdays')})[^\W\d]*\.?\)?,?"
    return rf"(?:(?:{named}|\([^\W\d]{{1,3}}\.?\))\s*)?"


def _weekday_name() -> str:
    """A day of the week by itself; of two letters or less, its whole name."""
    short = one_of(word for word in words("times.weekdays") if len(word) < _BEGINNING)
    long = one_of(word for word in words("times.weekdays") if len(word) >= _BEGINNING)
    return rf"(?:{short})(?![^\W\d])|(?:{long})[^\W\d]{{0,6}}"  # a longer word only begins like one


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
def month_apart() -> str:
    """What stands between a month and a day or a year."""
    return rf"(?:\s?{_spaced(words('times.of'))}|[\s./-]{{1,3}})"


@cache
def not_a_time() -> str:
    """Holds behind the two digits of a year, which may be those of an hour: "20. Juni, 20 Uhr"."""
    return (
        r"(?!\d(?!\d?[:.]\d\d)|[/-]|[.,:]\d|\s?[uh]\s?\d"
        rf"|\s?(?:{any_word('times.clock')})(?!\w))"
    )


@cache
def ordinal() -> str:
    """What a number of a day may end in; or nothing."""
    return rf"(?:\.|{any_word('times.ordinals')}|[aoº°])?"


@cache
def _age() -> str:
    """An age: "4 uur geleden", "vor 3 Stunden", "3 órája", "mezz'ora fa"."""
    count = rf"\d{{1,3}}|{one_of(counts())}"
    unit = any_word(*(f"times.units.{name}" for name in timewords.UNITS))
    carries = any_word(*(f"times.units_ago.{name}" for name in timewords.UNITS))
    more = rf"(?:\s(?:{any_word('times.and')})?\s?(?P<count2>\d{{1,2}})\s?(?P<unit2>{unit})\.?)?"
    ago = _spaced(words("times.ago"), before=True)
    return (
        rf"(?P<since>{_spaced(words('times.since'))})?(?:{_spaced(words('times.about'))})?"
        rf"(?P<count>{count})\s?(?:(?P<unit>{unit})\.?{more}(?(since)|{ago})|(?P<carries>{carries}))"
        rf"|(?P<whole>{one_of(ages())})"
    )


def _ends_of_ages() -> str:
    """The last words of ages, backwards."""
    keys = [f"times.{at}.{name}" for at in ("units", "units_ago") for name in timewords.UNITS]
    last = (*(one for key in ("times.ago", *keys) for one in words(key)), *ages())
    return one_of(word[::-1] for word in last)


ANY_YEAR = r"(?:19|20|25|13|14)\d\d"  # of all calendars; see `calendars`
YEAR = rf"{ANY_YEAR}(?!\d(?!\d?[:.]\d\d)|:\d\d)"
AGO = Pattern(lambda: rf"(?<![^\W\d])(?:{_age()})\W*$")  # at the end of a text, or all of it
# The same from behind, as far as its last word, which says of most texts that there is none.
AGO_ENDS = Pattern(lambda: rf"\W*(?:{_ends_of_ages()})")
NOW = Pattern(lambda: any_word("times.now"))
DAY = Pattern(lambda: rf"(?P<day>{one_of(timewords.days())})(?:{_at()}{_clock_form()})?")
ONLY_CLOCK = Pattern(
    lambda: (
        r"(?!0:|\d:\d\d:\d\d$|\d\d?\.\d\d?\.\d\d$)"
        rf"(?:(?:{any_word('times.at')})[.:]?\s)?{_clock_form()}"
    )
)
NUMERIC = re.compile(
    rf"(?<![\d./-])(?:(?P<d>[0-3]?\d)(?P<s>[-./])\s?(?P<m>[01]?\d|[12]\d|3[01])(?P=s)\s?(?P<y>{YEAR})(?![/-])"
    rf"|(?P<y2>{ANY_YEAR})(?P<s2>[-./])\s?(?P<m2>[01]?\d)(?P=s2)\s?(?P<d2>[0-3]?\d)"
    r"(?:t(?=\d))?(?!\d(?!\d?[:.]\d\d)|[/-]))"
)
_OTHER_ERA = r"(?:\s?\([^()]{2,10}\))?"  # the same year once more: 2026年(令和8年)
SIGNS = Pattern(
    lambda: (
        rf"(?:(?P<era>{one_of(eras())})\s?(?P<y>元|\d{{1,3}})|(?P<y2>(?:19|20)\d\d))"
        rf"{_OTHER_ERA}\s?[{_signs('year_sign')}]{_OTHER_ERA}\s?(?P<m>[01]?\d)\s?"
        rf"[{_signs('month_sign')}]\s?(?P<d>[0-3]?\d)\s?[{_signs('day_sign')}]"
        rf"|(?P<era2>{one_of(eras())})\s?(?P<y3>\d{{1,3}})(?P<s>[-./])(?P<m2>[01]?\d)(?P=s)"
        r"(?P<d2>[0-3]?\d)(?![\d./-])"
    )
)
# Alone, or before an hour, behind its weekday or a label: "Posted: 30 09 2014 10:15"; else it may
# be a number of anything.
SPACED = Pattern(
    lambda: (
        rf"(?:^\W{{0,3}}|(?<=:\s)(?=[\d ]{{9,10}} [0-2]?\d:\d\d)"
        rf"|(?<!\w)(?:(?:{_weekday_name()})\.?,?"
        rf"|{any_word('times.on')})\s(?=[\d ]{{9,10}} [0-2]?\d:\d\d))"
        r"(?P<d>[0-3]?\d)(?P<s> )(?P<m>[01]\d) (?P<y>(?:19|20)\d\d)(?:\W{0,3}$|(?= [0-2]?\d:\d\d))"
    )
)
SHORT_YEAR = Pattern(  # "Do 25.04.24 | 14:07 Uhr"
    lambda: (
        r"(?<![\w./-])(?P<d>[0-3]?\d)(?P<s>[./-])\s?(?P<m>[0-3]?\d)(?P=s)\s?'?(?P<y>\d\d)"
        + not_a_time()
    )
)
MINGUO = re.compile(  # "115-11-27", "115.11.27": years of Taiwan
    r"(?<![\w./-])(?P<y>1[0-4]\d)(?P<s>[-./])(?P<m>[01]?\d)(?P=s)(?P<d>[0-3]?\d)(?![\w/-]|\.\d)"
)
COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)"
    r"(?:[Tt]?(?P<hours>[0-2]\d)(?P<minutes>[0-5]\d)(?:[0-5]\d)?)?(?!\d)"
)


SHORT = Pattern(  # a day without its year: "9 nov", "Monday, November 9", "11월 27일"
    lambda: (
        rf"{_weekday()}(?:(?:(?P<d>[0-3]?\d){ordinal()}{month_apart()})?(?P<m>{one_of(months())})[.'׳]?"
        rf"(?(d)|\s(?P<d2>[0-3]?\d)(?:{any_word('times.ordinals')})?)"
        rf"|(?P<m3>[01]?\d)[{_signs('month_sign')}]\s?(?P<d3>[0-3]?\d)[{_signs('day_sign')}])\.?"
        rf"(?:{_between()}{_clock_form()})?"
    )
)
CLOCK_FIRST = Pattern(lambda: rf"{_clock_form()}[\s,·|-]+")
# In numbers, only its hour makes it one: "27.11. 14:05", "11-27 14:05", "11/27(金) 14:05". A hyphen
# without zeroes stands between goals, and one before the hour between two hours.
SHORT_NUMBERS = Pattern(
    lambda: (
        r"(?:[^\W\d]{2,3}\.?,?\s)?(?:(?P<d>\d\d?)(?P<s>[./])\s?(?P<m>\d\d?)"
        r"|(?P<d2>\d\d)-(?P<m2>\d\d))"
        rf"\.?,?\s?(?:\([^\W\d]{{1,3}}\.?\))?,?\s(?:(?:{any_word('times.at')})\.?\s)?{_clock_form()}"
    )
)
CLOCK_AFTER = Pattern(lambda: rf"{_between()}{_clock_form()}")
CLOCK_ALONE = Pattern(lambda: rf"(?<![\w:.]){_clock_form()}")
DAY_BEFORE = Pattern(  # "am Samstag, 9. November 2026"
    lambda: (
        rf"(?<![^\W\d])(?:(?:{any_word('times.on')})\s"
        rf"|\(?(?:{_weekday_name()})\.?\)?,?\s?){{1,3}}$"
    )
)
CONNECTS = Pattern(lambda: rf"[\s,;|/·()-]*(?:{any_word('times.on')})?[\s,]*{_weekday()}")
CLOCK_AND_DAY = Pattern(lambda: rf"{_clock_form()}[\s,·|-]*(?P<day>{one_of(timewords.days())})")
LAST_WORD = re.compile(r"(?<=[\dm.])\s?[(]?(?:[A-Z]{2,4}|gmt|utc)[)]?$")
OFFSET = re.compile(r"\s?[+-]\d\d(?::?\d\d)?(?!\d)")
YEAR_LAST = re.compile(
    r"(?<![\w./-])(?P<a>[0-3]?\d)(?P<s>[/-])(?P<b>[0-3]?\d)(?P=s)(?P<y>(?:19|20)?\d\d)(?![\w/-])"
)
UNIX = re.compile(  # "Fri Apr 28 19:20:36 CEST 2023": the year stands behind the zone
    r"\b([A-Z][a-z]{2} \d{1,2}) (\d\d:\d\d(?::\d\d)?(?: [A-Z]{1,5}| [+-]\d{4})?) (\d{4})\b"
)
RANGE = Pattern(lambda: rf"(?<![\d:.uh])[0-3]?\d\.?\s?(?:-|{any_word('times.until')})\s?$")
DIGIT = re.compile(r"\d")
