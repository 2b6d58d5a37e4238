"""Dates with the name of a month: "9 november 2026", "Nov. 9, 2026", "27พ.ย.2569".

The name is looked for first, in one expression that holds those of all languages; what stands
before it and behind it makes a date of it. An expression for each form would hold the names once
more, and take as long again to be compiled, at each start of a process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .pattern import Pattern
from .tables import any_word, one_of, words
from .timeforms import ANY_YEAR, UNSPACED, YEAR, month_apart, not_a_time, ordinal
from .timewords import months

WINDOW = 20  # characters before a month that belong to its date


class Worded(NamedTuple):
    """The parts of a date as they are written, and where it stands. `year` may have two digits."""

    day: str
    month: int
    year: str
    start: int
    end: int

    @property
    def is_short(self) -> bool:
        """Whether its year has two digits: it may be an hour, or a number of something."""
        return len(self.year) == 2


class _Form(NamedTuple):
    """What stands before the name of a month, up to it, and behind it."""

    before: Pattern
    after: Pattern


def _glued() -> str:
    """What stands between a month and a year in a script without spaces."""
    of = one_of(word for word in words("times.of") if UNSPACED.match(word))
    after_name = rf"(?:(?<={UNSPACED.pattern})\.?|(?<={UNSPACED.pattern}\.))"
    return rf"{after_name}\s?,?\s?(?:(?:{of})\s?)?"


# Not within a word; nor, as "2月" in "12月", within a number.
MONTH = Pattern(lambda: rf"(?<![^\W\d])(?!(?<=\d)\d)(?:{one_of(months())})")
_CUT = r"[.'׳]?"  # behind a name that is cut short
_ONCE_MORE = r"(?:\s?/\s?[^\W\d]+(?:\s[^\W\d]+)?)?"  # in other words: "نوفمبر/تشرين الثاني"
_FORMS = (  # in the order in which they are tried
    _Form(
        Pattern(lambda: rf"(?<!\d)(?P<d>[0-3]?\d){ordinal()}{month_apart()}$"),
        Pattern(lambda: rf"{_CUT}{_ONCE_MORE},?{month_apart()}(?P<y>{YEAR})"),
    ),
    # The leaf of a calendar, whose parts stand in elements of their own: "27nov2026".
    _Form(
        Pattern(lambda: r"(?<!\w)(?P<d>[0-3]?\d)$"),
        Pattern(lambda: rf"{_CUT}(?P<y>(?:19|20)\d\d)(?!\w)"),
    ),
    _Form(
        Pattern(lambda: r"(?<!\d)(?P<d>[0-3]?\d)\s?$"),
        Pattern(lambda: rf"{_glued()}(?P<y>{YEAR})"),
    ),
    _Form(
        Pattern(lambda: rf"(?P<y>{ANY_YEAR})(?:[-\s]|\.\s?)$"),
        Pattern(lambda: rf"{_CUT}[-\s](?P<d>[0-3]?\d)(?!\d)"),
    ),
    _Form(
        Pattern(lambda: "$"),
        Pattern(
            lambda: rf"{_CUT}\s+(?P<d>[0-3]?\d)(?:{any_word('times.ordinals')})?,?\s+(?P<y>{YEAR})"
        ),
    ),
    # As Drupal writes it, always with the hour: "2019, szeptember 8 - 11:25"
    _Form(
        Pattern(lambda: rf"(?P<y>{ANY_YEAR}),\s$"),
        Pattern(lambda: rf"{_CUT}\s(?P<d>[0-3]?\d)(?=\s-\s\d?\d:\d\d)"),
    ),
    # "25 april '24", "Do 25. Apr 24 | 14:07 Uhr"
    _Form(
        Pattern(lambda: rf"(?<![\w./-])(?P<d>[0-3]?\d)\.?{month_apart()}$"),
        Pattern(lambda: rf"{_CUT},?[\s-]'?(?P<y>\d\d){not_a_time()}"),
    ),
    _Form(
        Pattern(lambda: r"(?<![\w./-])(?P<d>[0-3]?\d)\s?$"),
        Pattern(lambda: rf"{_glued()}(?P<y>\d\d){not_a_time()}"),
    ),
)


def worded(folded: str) -> Iterator[Worded]:
    """The dates of a folded text, in its order; they may be no days of a calendar."""
    for month in MONTH.finditer(folded):
        for form in _FORMS:
            before = form.before.search(folded, max(0, month.start() - WINDOW), month.start())
            after = form.after.match(folded, month.end()) if before else None
            if before and after:
                said: Mapping[str, str] = before.groupdict() | after.groupdict()
                number = months()[month[0]]
                yield Worded(said["d"], number, said["y"], before.start(), after.end())
                break
