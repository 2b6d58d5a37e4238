"""Where a notice stands on its page, as the fragment of its address.

    #bericht-12                                 the id or the anchor that the page has for it
    #2026-11-12:~:text=Speeltuin%20weer%20open  its day, and the words of its headline, which
                                                browsers find and scroll to

Names that software makes anew, or that count from the top of the page, are not its own for long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from urllib.parse import quote

from lxml import etree

from ...web.document import one_line

LONGEST = 120  # characters of the words by which a browser finds a headline
NAME = "/?:@!$&'()*+,;=~-._"  # signs that a fragment may hold
MOST_STEP = 2  # from one number to the next, on the average, where they count from the top
NUMBER = re.compile(r"\d+")
FLEETING = re.compile(
    r".*:.*|(?=.*\d)(?=.*[a-f])[0-9a-f]{8,}|\d{10,}|(?=.*\d)(?=.*[a-z])[0-9a-z]{12,}"
)


def name_of(first: etree._Element, start: etree._Element | None) -> str:
    """The id or the anchor of a notice: its own, that of its headline `start`, one before these.

    "" if there is none. `first` is the first of its elements.
    """
    for one in _named(first, start):
        name = one.get("id") or (one.get("name") if one.tag == "a" else "") or ""
        if name and not any(sign.isspace() for sign in name):
            return name
    return ""


def _named(first: etree._Element, start: etree._Element | None) -> Iterator[etree._Element]:
    yield first
    if start is not None:
        around = (start, *start.iterancestors())
        yield from takewhile(lambda one: one is not first, around)
        yield from start.iter("a", "span")
        yield from takewhile(lambda one: one is not start, first.iter("a"))
    before = first.getprevious()
    if before is not None and not one_line("".join(map(str, before.itertext()))):
        yield before
        yield from before.iter("a")


def lasting(names: Sequence[str]) -> list[str]:
    """The names of a list's members; "" for one that may be another's at the next visit."""
    numbers = [int(found[-1]) for name in names if (found := NUMBER.findall(name))]
    is_counted = len(numbers) == len(names) > 1 and _are_counted(numbers)
    return [
        "" if is_counted or names.count(name) > 1 or FLEETING.fullmatch(name) else name
        for name in names
    ]


def _are_counted(numbers: Sequence[int]) -> bool:
    """Whether numbers count from the top, also where some of what they count is missing."""
    rises = all(after > before for before, after in pairwise(numbers))
    return rises and numbers[-1] - numbers[0] <= MOST_STEP * (len(numbers) - 1)


def fragment_at(name: str) -> str:
    """The fragment of an id or an anchor."""
    return quote(name, safe=NAME)


def fragment_for(day: str, *texts: str) -> str:
    """A fragment by which a browser finds these texts; told from others by the day."""
    directives = (f"text={quote(_cut(text), safe='').replace('-', '%2D')}" for text in texts)
    return f"{day}:~:{'&'.join(directives)}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0]
