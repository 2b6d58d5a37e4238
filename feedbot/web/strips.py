"""Lines of facts whose parts touch, as only styles part them.

    <div><span>Jan Jansen</span><span>12.3.2024</span><span>1,234 views</span></div>

Readers see three things; the text alone would be "Jan Jansen12.3.20241,234 views".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from ..languages.labels import dates_only
from ..languages.times import is_relative
from ..languages.wordcount import is_unspaced

LONGEST_DATE = 60  # characters of a part that says when
LONGEST = 160  # characters of such a line
MOST = 16  # parts of it
PARTS = frozenset("a abbr b cite em font i label small span strong time u".split())
CODE = frozenset(("pre", "code", "kbd", "samp"))
WHOLE = re.compile(r"(?<!\d)\d{4}(?:\D\d\d\D\d\d)?$")  # the end of a date that no digit goes on
PARTED = "\u2003"  # a space between two parts, which becomes a plain one where it is text


class _Part(NamedTuple):
    element: etree._Element
    text: str  # on one line


def part_strips(root: etree._Element) -> None:
    """Puts `PARTED` between the parts of a short line that touch, if one of them is a date."""
    for line in _lines(root):
        touching = [pair for pair in pairwise(_parts(line)) if _touch(*pair)]
        if any(_tells_when(one.text) for pair in touching for one in pair) and _is_short(line):
            for before, _ in touching:
                before.element.tail = PARTED


def _lines(root: etree._Element) -> Iterator[etree._Element]:
    """The elements of few parts, some of which may touch."""
    inside = (one for one in root.iter(*PARTS) if not one.tail and one.getnext() is not None)
    for line in dict.fromkeys(one.getparent() for one in inside):
        if line is not None and len(line) <= MOST:
            yield line


def _parts(line: etree._Element) -> Iterator[_Part]:
    """The parts of a line that say something, and one that says nothing between others."""
    for element in line:
        is_part = element.tag in PARTS
        if is_part and (text := _text(element, LONGEST)):
            yield _Part(element, text)
        if element.tail or not is_part:
            yield _Part(element, "")


def _touch(before: _Part, after: _Part) -> bool:
    """Whether two parts touch, and are no word or number that a word processor cut in two."""
    last, first = before.text[-1:], after.text[:1]
    if not (last.isalnum() and first.isalnum()) or _goes_on(before.text, first):
        return False
    may_be_one = last.isdigit() and first.isdigit() and not WHOLE.search(before.text)
    may_be_one = may_be_one or is_unspaced(last + first)
    return not may_be_one or _is_made(before) or _is_made(after)


def _goes_on(before: str, first: str) -> bool:
    """Whether a small letter goes on with a word, or with a drop cap."""
    return first.islower() and (before[-1:].islower() or len(before) == 1)


def _is_made(part: _Part) -> bool:
    """Whether the markup says what a part is."""
    return part.element.tag == "time" or part.element.get("class") is not None


def _tells_when(text: str) -> bool:
    """Whether a part is a date, and little else."""
    return len(text) <= LONGEST_DATE and (dates_only(text) or is_relative(text))


def _is_short(line: etree._Element) -> bool:
    """Whether a line is short, and no code."""
    return bool(_text(line, LONGEST)) and not _is_code(line)


def _is_code(line: etree._Element) -> bool:
    return line.tag in CODE or any(one.tag in CODE for one in line.iterancestors())


def _text(element: etree._Element, most: int) -> str:
    """The text of an element on one line; "" where it has more than `most` characters."""
    said = ""
    for piece in element.itertext() if len(element) else (element.text or "",):
        said += str(piece)
        if len(said) > 4 * most:
            return ""
    said = " ".join(said.split())
    return said if len(said) <= most else ""
