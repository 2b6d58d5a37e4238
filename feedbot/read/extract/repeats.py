"""Each paragraph once: phones, screens and machines get copies of their own."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from ...languages.fold import fold
from ...web.document import Block
from .ending import is_file_line

REPEATED = 60  # letters from which a text that stands twice is one text
CUT = ("...", "…")
NEAR = 2  # blocks below a summary among which the paragraph is that it repeats
HOLDS = 2  # paragraphs that a block repeats, if it is a copy of the whole text
MISSED = 3  # paragraphs at most that are not in such a copy
MOST_LETTERS = 0.8  # of its letters
PULLED = 30  # letters of the shortest quotation that is a copy of what a paragraph says
NAMED = 80  # letters of a line below it that says whose words they are
AROUND = "\"'“”„‘’«»‹›.,;:!?… "  # what stands around the words of a quotation


def once(chosen: Sequence[Block], title: str) -> tuple[Block, ...]:
    """The blocks without the title, unless a file has it, and without what was said before.

    A short line may be said twice; it is a copy where the text beside it is one.
    """
    texts = [fold(block.text) for block in chosen]
    copies = _titles(chosen, texts, title) | _blobs(texts) | _pulled(chosen, texts)
    copies |= _cut(chosen, texts)
    first: dict[str, int] = {}
    for at, text in enumerate(texts):
        if at in copies or len(text) < REPEATED:
            continue
        before = first.setdefault(text, at)
        if before != at:
            copies.add(at)
            copies.update(_alike(texts, before, at, 1))
            copies.update(_alike(texts, before, at, -1))
    return tuple(block for at, block in enumerate(chosen) if at not in copies)


def _titles(chosen: Sequence[Block], texts: Sequence[str], title: str) -> set[int]:
    named = (at for at, text in enumerate(texts) if text == title)
    return {at for at in named if not is_file_line(chosen[at])}


def _cut(chosen: Sequence[Block], texts: Sequence[str]) -> set[int]:
    """The first block, if it is how the paragraph below it begins, cut short: "The mayor said…"."""
    if len(texts) < 2 or not chosen[0].text.rstrip("])").endswith(CUT):
        return set()
    begun = texts[0].rstrip(" .…[]()")
    below = texts[1 : 1 + NEAR]
    return {0} if len(begun) >= REPEATED and any(one.startswith(begun) for one in below) else set()


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


def _pulled(chosen: Sequence[Block], texts: Sequence[str]) -> set[int]:
    """Quotations set apart whose words a paragraph has, too, with the names below them."""
    boxes: dict[etree._Element, list[int]] = {}
    for at, block in enumerate(chosen):
        box = next((one for one in block.ancestors if one.tag == "blockquote"), None)
        if box is not None:
            boxes.setdefault(box, []).append(at)
    inside = {at for every in boxes.values() for at in every}
    running = "\n".join(text for at, text in enumerate(texts) if at not in inside)

    def is_pulled(box: Sequence[int]) -> bool:
        words, *names = [texts[at].strip(AROUND) for at in box]
        is_short = all(len(name) <= NAMED for name in names)
        is_linked = any(chosen[at].links for at in box)  # a post of another site
        return is_short and not is_linked and len(words) >= PULLED and words in running

    return {at for box in boxes.values() if is_pulled(box) for at in box}
