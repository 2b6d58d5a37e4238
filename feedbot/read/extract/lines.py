"""The dates that readers see around an article, and what is said of each.

Updated 12 November 2026 09:00 - Published 9 November 2026 14:05
Published | 9 November 2026 | 14:05      three blocks, one line
2 weeks ago                              with the moment in an attribute
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ...languages import times
from ...languages.fold import fold
from ...languages.labels import Label, label_of, tells_when
from ...languages.order import Local
from ...languages.times import Found
from ...web.document import Block
from ...web.timestamps import is_length
from .prose import text_length

LONGEST_LINE = 80  # characters of a line that shows a date and little else
LONGEST_LABEL = 30  # characters of a label that stands alone: "Laatst bijgewerkt:"
JOINED = 3  # blocks that make one line at most
NAMED = re.compile(  # what a date may be called, beside what `label_of` knows
    r"(?:dat(?:um|e)(?: d['e] ?\w+)?|mise en ligne|parution|publicatiedatum|fecha|data)\s*:?",
    re.IGNORECASE,
)
BESIDE = 25  # characters beside the date of a line that says no more


@dataclass(frozen=True, slots=True)
class Line:
    """One line that may show a date. `is_headline`: it is a heading that says more than that."""

    text: str
    blocks: Sequence[Block]
    is_headline: bool = False


class ShownDate(NamedTuple):
    """A date of a line, and what the words beside it say that it is."""

    found: Found
    label: Label


def lines_of(blocks: Sequence[Block], local: Local) -> list[Line]:
    """The blocks as lines, without lengths of films.

    A label, a day and a clock that follow one another make one line.
    """
    lines: list[Line] = []
    for block in blocks:
        if times.is_clock(block.text) and is_length(block.element):
            continue
        last = lines[-1] if lines else None
        if last and len(last.blocks) < JOINED and _go_together(last.text, block.text, local):
            lines[-1] = Line(f"{last.text} {block.text}", (*last.blocks, block))
        else:
            lines.append(Line(block.text, (block,), _is_headline(block, local)))
    return lines


def _is_headline(block: Block, local: Local) -> bool:
    return block.is_heading and says_more(block.text, local)


def says_more(text: str, local: Local) -> bool:
    """Whether a line says more than dates, what they are the dates of, and who wrote."""
    if tells_when(text):
        return False
    return len(text) - sum(one.end - one.start for one in _dates(text, local)) > BESIDE


def _go_together(text: str, following: str, local: Local) -> bool:
    if len(text) > LONGEST_LINE or len(following) > LONGEST_LINE:
        return False
    dates, next_dates = _dates(text, local), _dates(following, local)
    if not dates and is_label(text):
        return bool(next_dates) and label_of(following) == Label.NONE
    if dates and not any(one.has_clock for one in dates[-1:]):
        return times.is_clock(following)
    return times.is_clock(text) and len(next_dates) == 1 and not next_dates[0].has_clock


def is_label(text: str) -> bool:
    """Whether a text says what the date after it is, and little else: "Laatst bijgewerkt:"."""
    if len(text) > LONGEST_LABEL or _has_digit(text):
        return False
    return label_of(text) != Label.NONE or bool(NAMED.fullmatch(text))


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _dates(text: str, local: Local) -> Sequence[Found]:
    return times.found_in(text, local.zone, local.order)


def dates_of(text: str, local: Local, stamps: Mapping[str, Found]) -> list[ShownDate]:
    """The dates of a line with what is said of each; `stamps` are moments of texts such as "2h"."""
    folded = fold(text)
    found = list(_dates(text, local)) or list(_stamped(folded, stamps))
    starts = [0, *(one.end for one in found)]
    parts = [
        folded[a:b] for a, b in zip(starts, [*(one.start for one in found), None], strict=True)
    ]
    labels = list(map(label_of, parts[:-1]))
    if labels and labels[0] == Label.NONE and _is_label_behind(parts[-1]):
        labels = list(map(label_of, parts[1:]))  # "9 November 2026 (published)"
    return [ShownDate(_to_the_minute(one), label) for one, label in zip(found, labels, strict=True)]


def _is_label_behind(rest: str) -> bool:
    """Whether the end of a line says what the date before it is the date of, and is no text."""
    return text_length(rest) <= LONGEST_LINE and label_of(rest) != Label.NONE


def _to_the_minute(found: Found) -> Found:
    return replace(found, at=found.at.replace(second=0))


def _stamped(folded: str, stamps: Mapping[str, Found]) -> Iterator[Found]:
    """The moments of those texts that stand in a line."""
    if len(folded) > LONGEST_LINE:
        return
    for text, found in stamps.items():
        start = folded.find(text)
        if text and start >= 0:
            yield Found(found.at, found.has_clock, start, start + len(text))
            return
