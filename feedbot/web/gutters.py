"""The numbers of lines beside code, which are no part of it.

They stand in a cell or a box before the code (Hexo, Pygments, Docusaurus), or in an element at the
start of every line (Chroma). That they count its lines, one by one, tells them from other numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from lxml import etree

NUMBER = re.compile(r"\s*(\d{1,5})\s*", re.ASCII)  # "1." is an item of a list
WHITE = re.compile(r"\s+")
BOXES = 6  # around code, within which its numbers are looked for
PARTS = 4  # of such a box: code, numbers, a button and a caption
SPARE = 2  # lines without code, which may be numbered or not
FEWEST = 3  # numbers that are plainly those of lines; fewer may be those of steps
AROUND = 2  # elements around a number that may say that nobody can copy it
KEPT = frozenset("b strong i em".split())
SIGNS = frozenset(",;:.)]=")  # behind a number of the code; "" is in none
LINES = frozenset(("br", "div", "p", "li", "tr"))  # each is a line of its own


def empty_gutters(root: etree._Element) -> None:
    """Empties the elements of a page that only number the lines of its code."""
    for code in root.iter("pre"):
        for element in (*_within(code), *_beside(code)):
            empty(element)


def empty(element: etree._Element) -> None:
    """Takes an element out of a page, with what is in it.

    An empty place stays: lxml cannot move the text after it if a control character stands in it.
    """
    element.clear(keep_tail=True)
    element.tag = "wbr"


def _beside(code: etree._Element) -> Iterator[etree._Element]:
    """What numbers the lines of code from before it; what it prints may stand behind it."""
    inner = code
    for box in islice(code.iterancestors(), BOXES):
        if len(box) > PARTS:
            return
        for other in islice(box, box.index(inner)):
            numbers, is_cell = _numbers(other), other.tag == "td" and _is_alone(box)
            spare = SPARE if is_cell and len(numbers) >= FEWEST else 0
            if (is_cell or len(numbers) >= FEWEST) and _count(numbers, _lines(code), spare):
                yield other
        inner = box


def _within(code: etree._Element) -> Sequence[etree._Element]:
    """What numbers the lines of code at the start of each."""
    found = [one for one in _line_starts(code) if NUMBER.fullmatch(one.text or "")]
    if not _are_enough(found) or any(map(_is_part_of_line, found)):
        return ()
    words = [str(one.text).strip() for one in found]
    says_more = len(WHITE.sub("", _text(code))) > len("".join(words))
    return found if says_more and _count([int(one) for one in words], _lines(code), SPARE) else ()


def _are_enough(numbers: Sequence[etree._Element]) -> bool:
    return len(numbers) >= FEWEST or (bool(numbers) and all(map(_is_unselectable, numbers)))


def _is_unselectable(number: etree._Element) -> bool:
    """Whether nobody can copy a number with the code."""
    styles = ((one.get("style") or "") for one in (number, *islice(number.iterancestors(), AROUND)))
    return any("user-select:none" in WHITE.sub("", style) for style in styles)


def _is_part_of_line(number: etree._Element) -> bool:
    """Whether a number is of the code: in bold, or before a sign, as that of a row of data."""
    behind = number.getnext()
    text = number.tail or (_text(behind) if behind is not None else "")
    return number.tag in KEPT or text[:1] in SIGNS


def _line_starts(code: etree._Element) -> Iterator[etree._Element]:
    """The innermost elements that begin a line."""
    is_start = True
    for event, element in etree.iterwalk(code, events=("start", "end")):
        is_begin = event == "start"
        if is_begin and is_start and not len(element):
            yield element
        text = element.text if is_begin else element.tail
        is_start = text.endswith("\n") if text else is_start or element.tag in LINES


def _count(numbers: Sequence[int], lines: int, spare: int) -> bool:
    """Whether these are as many numbers as there are lines, each one more than that before."""
    if not numbers or abs(len(numbers) - lines) > spare:
        return False
    return all(after == before + 1 for before, after in pairwise(numbers))


def _numbers(element: etree._Element) -> Sequence[int]:
    """The numbers that an element says, if it says nothing else."""
    numbers: list[int] = []
    for text in map(str, element.itertext()):
        for word in text.split():
            if not (found := NUMBER.fullmatch(word)):
                return ()
            numbers.append(int(found[1]))
    return numbers


def _lines(code: etree._Element) -> int:
    boxes = sum(1 for one in code.iter(*LINES))
    return max(len(_text(code).strip("\n").split("\n")), boxes)


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _is_alone(row: etree._Element) -> bool:
    return row.getnext() is None and row.getprevious() is None
