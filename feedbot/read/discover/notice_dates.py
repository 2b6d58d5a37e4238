"""When a notice was published, as it shows.

    <time datetime="2026-11-12">     an element with the moment
    Geplaatst op 12 november 2026    a line that says when, and little else
    2.3.0 (2026-11-20)               in the headline
    [Nov 2026] Our paper …           at the beginning of the text
    12 november                      without a year, as the last such day

A date amid a text is not that of the notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from lxml import etree

from ...languages import times
from ...languages.fold import fold
from ...languages.labels import Label, label_of, says_changed
from ...languages.order import Local
from ...languages.pattern import Pattern
from ...languages.tables import any_word, one_of, words
from ...languages.timewords import months
from ...model import Dated
from ...web.document import Block, Document
from ...web.timestamps import timestamped

LONGEST_LINE = 80  # characters of a line that says when, and little else
BESIDE = 3  # words beside the date of such a line: "Geplaatst door Jan"
BYLINE = 8  # words of one that says what it is: "Posted on 12 May 2026 by Jan Jansen in News"
NEAR = 3  # blocks on either side of a headline among which its date stands
OPENING = 3  # characters before a date that begins a text: "[12 maart 2026]"
LONGEST_MONTH = timedelta(days=31)
EDGES = " \t-–—:;,.|·•/()[]"  # what parts a date from the words beside it
SEPARATORS = tuple(",;:–—-|·(/[")
WORD = re.compile(r"[^\W_]+")
MONTH = re.compile(
    r"(?P<m>[^\W\d_]+)\.?,?\s+(?P<y>(?:19|20)\d\d)\b"
    r"|(?<!\S)[(\[]?(?P<y2>(?:19|20)\d\d)[-./](?P<m2>0[1-9]|1[0-2])(?![-./]?\d)"
)
UNTIL = Pattern(
    lambda: (
        rf"\s?(?:-|{any_word('times.until')})\s?(?:\d{{1,2}}\.?\s)?(?:(?:{one_of(months())})\.?\s)?"
        r"(?:(?:19|20)\d\d\b|present\b|now\b)"
    )
)


class When(NamedTuple):
    """When a notice says that it was published.

    dated    the moment, if there is one
    is_said  whether it says anything of it: "maart 2026" has no moment in March 2026
    is_sure  whether its year is said
    line     the block that says so, and nothing else
    """

    dated: Dated | None = None
    is_said: bool = False
    is_sure: bool = False
    line: Block | None = None


class _Said(NamedTuple):
    """A date in a text, and where it stands in the folded text."""

    at: datetime | None
    is_sure: bool
    start: int
    end: int


def is_date(text: str, local: Local, beside: int = BESIDE) -> bool:
    """Whether a text says when, and `beside` words more at most."""
    said = _said(text, local) if len(text) <= LONGEST_LINE else None
    if said is None:
        return False
    is_told = beside > 0 and label_of(text[: said.start]) is Label.PUBLISHED
    return _beside(text, said) <= (BYLINE if is_told else beside)


def may_begin(text: str, local: Local, beside: int = BESIDE) -> bool:
    """Whether a text may be the date with which a notice begins; that of a change does not."""
    return is_date(text, local, beside) and not says_changed(text)


def begins_with_date(text: str, local: Local) -> bool:
    """Whether a text begins with a date, and goes on."""
    said = _said(text[:LONGEST_LINE], local)
    return said is not None and said.start <= OPENING and len(text) > said.end + len(EDGES)


def before_date(text: str, local: Local) -> str:
    """What stands before a date that ends a line; "" where it does not end in one."""
    said = _said(text, local) if len(text) <= 2 * LONGEST_LINE else None
    is_last = said is not None and len(text) - said.end <= OPENING
    return text[: said.start].rstrip() if said and is_last else ""


def without_date(text: str, local: Local) -> str:
    """A text without the date at one of its ends."""
    said = _said(text, local)
    if said is None or len(fold(text)) != len(text):
        return text
    if said.start <= OPENING:
        return text[said.end :].lstrip(EDGES).rstrip()
    before = text[: said.start].rstrip()
    is_apart = before.endswith(SEPARATORS) and len(text) - said.end <= OPENING
    return before.strip(EDGES) if is_apart else text


def when_of(
    blocks: Sequence[Block], headline: Block | None, root: etree._Element, local: Local
) -> When:
    """When a notice was published that consists of these blocks, below `root`."""
    near = _near(blocks, headline)
    line = next((one for one in near if is_date(one.text, local)), None)
    for _, found in timestamped(root, local.zone, local.order):
        return When(Dated(at=found.at.replace(microsecond=0), origin="listing"), True, True, line)
    opening = next((one for one in near if begins_with_date(one.text, local)), None)
    for block in (line, headline, opening):
        said = _said(block.text[: 2 * LONGEST_LINE], local) if block is not None else None
        if said is not None:
            return When(_dated(said), True, said.is_sure, line)
    return next(_ages(near, local), When())


def day_shown(
    elements: Sequence[etree._Element], document: Document, local: Local
) -> datetime | None:
    """The day that elements of a page seem to be of, without a closer look; None if they show none.

    It may be in the headline, below it, or at the end.
    """
    for one in elements:
        for _, found in timestamped(one, local.zone, local.order):
            return found.at
    blocks = [document.blocks[at] for one in elements for at in document.spans.get(one, ())]
    near = (*blocks[: 1 + NEAR], *blocks[1 + NEAR :][-1:])
    said = (_said(one.text[: 2 * LONGEST_LINE], local) for one in near if _shows_day(one, local))
    return next((one.at for one in said if one is not None), None)


def _shows_day(block: Block, local: Local) -> bool:
    text = block.text
    return is_date(text, local) or begins_with_date(text, local) or bool(before_date(text, local))


def _near(blocks: Sequence[Block], headline: Block | None) -> Sequence[Block]:
    """The blocks around a headline, and the last one."""
    at = blocks.index(headline) if headline is not None else -1
    return [*blocks[max(at - NEAR, 0) : max(at, 0)], *blocks[at + 1 : at + 1 + NEAR], *blocks[-1:]]


def _ages(blocks: Sequence[Block], local: Local) -> Iterator[When]:
    """What lines such as "4 uur geleden" say."""
    for one in blocks:
        at = times.relative(one.text, local.now, local.zone, local.order)
        if at and times.is_relative(one.text):
            dated = Dated(at=at.replace(microsecond=0), origin="relative")
            yield When(dated, True, True, one)


def _dated(said: _Said) -> Dated | None:
    if said.at is None:
        return None
    at = said.at.replace(microsecond=0)
    return Dated(at=at, origin="listing" if said.is_sure else "relative")


def _said(text: str, local: Local) -> _Said | None:
    """The first date in a text; None where it begins a time: "Sep 2019 – present"."""
    said = _first(text, local)
    if said is None or not UNTIL.match(fold(text), said.end):
        return said
    return None


def _first(text: str, local: Local) -> _Said | None:
    """A day, a month with its year, a text that is a day without one."""
    if not any(sign.isdigit() for sign in text[:LONGEST_LINE]):
        return None
    if days := times.found_in(text, local.zone, local.order):
        return _Said(days[0].at, True, days[0].start, days[0].end)
    for found in MONTH.finditer(fold(text[:LONGEST_LINE])):
        if month := months().get(found["m"]) or int(found["m2"] or 0):
            year = int(found["y"] or found["y2"])
            return _Said(_first_of(year, month, local), True, *found.span())
    if times.is_day_of_year(text):
        return _Said(times.relative(text, local.now, local.zone, local.order), False, 0, len(text))
    return None


def _first_of(year: int, month: int, local: Local) -> datetime | None:
    """The first day of a month that is over; of this one, any day may be meant."""
    first = datetime(year, month, 1, tzinfo=local.zone).astimezone(UTC)
    return first if first < local.now - LONGEST_MONTH else None


def _beside(text: str, said: _Said) -> int:
    """How many words stand beside a date, the day of the week and the like apart."""
    folded = fold(text)
    rest = f"{folded[: said.start]} {folded[said.end :]}"
    known = {*words("times.weekdays"), *words("times.on"), *words("times.at")}
    return sum(1 for one in WORD.findall(rest) if one not in known)
