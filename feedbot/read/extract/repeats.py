"""Each paragraph once: phones, screens and machines get copies of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from lxml import etree

from ...languages.fold import fold
from ...web.document import Block

REPEATED = 60  # letters from which a text that stands twice is one text
REFRAIN = 3  # times that a text stands in one element, if the article says it so often
HOLDS = 2  # paragraphs that a block repeats, if it is a copy of the whole text
MISSED = 3  # paragraphs at most that are not in such a copy
MOST_LETTERS = 0.8  # of its letters


def once(chosen: Sequence[Block], title: str) -> tuple[Block, ...]:
    """The blocks without the title, and without what was said before.

    A short line may be said twice; it is a copy where the text beside it is one. What stands in one
    element time and again, with something between, is said so often by the article.
    """
    texts = [fold(block.text) for block in chosen]
    copies = {at for at, text in enumerate(texts) if text == title} | _blobs(texts)
    refrains = _refrains(chosen, texts)
    first: dict[str, int] = {}
    for at, text in enumerate(texts):
        if at in copies or len(text) < REPEATED or text in refrains:
            continue
        before = first.setdefault(text, at)
        if before != at:
            copies.add(at)
            copies.update(_alike(texts, before, at, 1))
            copies.update(_alike(texts, before, at, -1))
    return tuple(block for at, block in enumerate(chosen) if at not in copies)


def _refrains(chosen: Sequence[Block], texts: Sequence[str]) -> set[str]:
    """What menus, programmes and instructions say time and again, amid what they say once."""
    times = Counter(texts)
    places: dict[tuple[str, etree._Element], list[int]] = {}
    for at, block in enumerate(chosen):
        if times[texts[at]] >= REFRAIN and len(texts[at]) >= REPEATED:
            places.setdefault((texts[at], block.ancestors[-2:][0]), []).append(at)
    found = {
        text
        for (text, _), where in places.items()
        if len(where) >= REFRAIN and all(after - one > 1 for one, after in pairwise(where))
    }
    said_once = sum(len(text) for text, count in times.items() if count == 1)
    return found if said_once > sum(map(len, found)) else set()


def _alike(texts: Sequence[str], before: int, at: int, step: int) -> list[int]:
    """The short lines beside a copy that stand beside the original, too."""
    found = []
    one, other = before + step, at + step
    while one >= 0 and other < len(texts) and one != at and other != before:
        if texts[one] != texts[other] or len(texts[other]) >= REPEATED:
            break
        found.append(other)
        one, other = one + step, other + step
    return found


def _blobs(texts: Sequence[str]) -> set[int]:
    """The longest block, if it is the whole text once more in one piece."""
    at = max(range(len(texts)), key=lambda one: len(texts[one]), default=-1)
    held, end, missed = list[str](), 0, 0
    for one, text in enumerate(texts):
        if one == at or len(text) < REPEATED:
            continue
        found = texts[at].find(text, end)
        if found >= 0:
            held.append(text)
            end = found + len(text)
        elif (missed := missed + 1) > MISSED:  # a search that finds nothing takes longest
            return set()
    return (
        {at}
        if len(held) >= HOLDS and sum(map(len, held)) > MOST_LETTERS * len(texts[at])
        else set()
    )
