"""Galleries amid a text: the numbers of their slides, and slides that tell of something else.

3/50, +11 photos        a number alone goes
3/50 Car sales lift     slides with a text of their own go, where the story goes on below
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from lxml import etree

from ...web.document import Block
from .prose import is_prose

NUMBER = re.compile(r"(\d{1,3})\s?/\s?(\d{1,3})(?=\s|$)")
MORE = re.compile(r"\+ ?\d{1,3}(?: [^\W\d]+){0,2}")  # that a gallery does not show
SLIDE = "the number of a slide"
SLIDES = 3  # of the shortest gallery that is known by its numbers
NOT_COUNTED = frozenset(("td", "th", "dd", "dt", "li", "pre"))  # results and amounts stand in these


def slides(blocks: Sequence[Block], reasons: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The blocks that are slides of a gallery or their numbers, each with why it goes."""
    yield from ((at, SLIDE) for at in _more(blocks))
    numbers = [found for at, block in enumerate(blocks) if (found := _number(at, block))]
    for _, group in groupby(numbers, key=lambda one: one[2]):
        run = list(group)
        alone = [at for at, _, _ in run if NUMBER.fullmatch(blocks[at].text)]
        yield from ((at, SLIDE) for at in alone)
        if len(run) - len(alone) >= SLIDES and _rises([number for _, number, _ in run]):
            yield from ((at, "a slide of a gallery") for at in _gallery(blocks, reasons, run))


def _more(blocks: Sequence[Block]) -> Iterator[int]:
    """The lines that only say how many pictures are not shown."""
    return (
        at
        for at, block in enumerate(blocks)
        if block.tag not in NOT_COUNTED and MORE.fullmatch(block.text)
    )


def _number(at: int, block: Block) -> tuple[int, int, int] | None:
    """Where a block is, its number, and that of all slides; None for what has no such number."""
    found = NUMBER.match(block.text)
    if not found or (block.tag in NOT_COUNTED and NUMBER.fullmatch(block.text)):
        return None
    number, total = int(found[1]), int(found[2])
    return (at, number, total) if 1 <= number <= total and total > 1 else None


def _rises(numbers: Sequence[int]) -> bool:
    return all(one < other for one, other in pairwise(numbers))


def _gallery(
    blocks: Sequence[Block], reasons: Sequence[str], run: Sequence[tuple[int, int, int]]
) -> Sequence[int]:
    """The blocks of a gallery that stands amid a story; none if the story does not go on below."""
    chains = [blocks[at].ancestors for at, _, _ in run]
    around = [level[0] for level in zip(*chains, strict=False) if len(set(level)) == 1]
    slides_at = _inside(around[-1], blocks)
    prose = [at for at, one in enumerate(blocks) if not reasons[at] and is_prose(one)]
    above, below = (
        {blocks[at].element.getparent() for at in prose if is_there(at)}
        for is_there in (slides_at[0].__gt__, slides_at[-1].__lt__)
    )
    if above.isdisjoint(below):
        return []
    others = set(prose) - set(slides_at)
    boxes = (_inside(box, blocks) for box in around)
    return next(box for box in boxes if others.isdisjoint(box))


def _inside(box: etree._Element, blocks: Sequence[Block]) -> list[int]:
    return [at for at, block in enumerate(blocks) if box in block.ancestors]
