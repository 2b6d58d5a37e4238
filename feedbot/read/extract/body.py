"""Which of the blocks that are left are the text of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...languages.fold import fold
from ...web.document import Block
from .boundaries import from_first_to_last, listed
from .boxes import boxes_of
from .notes import notes_below
from .prose import is_prose, is_sentence, signature, text_length
from .prune import Pruned
from .repeats import once

SLOT = re.compile(r"class (?:ad|ads|advert\w*|banner)$|a button or a notice|<figcaption>|hidden")
FEWEST_LETTERS = 25  # letters of prose without which there is no article
SUBHEAD = 90  # characters of the longest subhead
DECLARED = 300  # letters from which a declared text may be the whole text
LONGEST_DECLARED = 100_000  # letters in which every block is looked for
# Reasons of blocks that stand within a text, or between its end and its last list.
SLOT = re.compile(r"class (?:ad|ads|advert\w*|banner)$|a button or a notice|<figcaption>|hidden")
PARTLY = 0.4  # of what was found: a declared text that says less is not the whole text
SAME_SHARE = 0.7  # share of the declared text whose blocks must be on the page


def body(pruned: Pruned, title: str, declared: str = "") -> tuple[Block, ...]:
    """The blocks of the article in reading order; none if there is no text to be found.

    `declared` is the text that the page gives for machines: where its blocks are found, they and
    the subheads between them are the article.
    """
    blocks, reasons, start = pruned.document.blocks, pruned.reasons, pruned.title_at
    kept = [at for at in range(len(blocks)) if not reasons[at] and at != start]
    after = [at for at in kept if at > start]
    prose = [at for at in after if is_prose(blocks[at])]
    if sum(text_length(blocks[at].text) for at in prose) < FEWEST_LETTERS:
        prose = [at for at in kept if is_prose(blocks[at])]
        after = kept
    if not prose:
        found = listed(blocks, after, pruned.leaves) if start >= 0 else []
        return tuple(blocks[at] for at in found)
    boxes = boxes_of(blocks, prose, start, lambda at: bool(reasons[at]) or blocks[at].linked > 0.5)
    chosen = from_first_to_last(
        blocks, after, boxes, pruned.leaves, lambda at: SLOT.match(reasons[at]) is not None
    )
    chosen = _confirmed(blocks, after, chosen, declared)
    chosen += notes_below(pruned, chosen)
    return once([blocks[at] for at in chosen], fold(title))


def _confirmed(
    blocks: Sequence[Block], after: Sequence[int], chosen: list[int], declared: str
) -> list[int]:
    """The chosen blocks, corrected by the text that the page declares if it is the same text."""
    said = fold(declared)
    found = sum(len(blocks[at].text) for at in chosen)
    if not DECLARED <= len(said) <= LONGEST_DECLARED or len(said) < PARTLY * found:
        return chosen  # a summary, or the part before a paywall
    confirmed = [at for at in after if is_prose(blocks[at]) and _start(blocks[at]) in said]
    if sum(len(blocks[at].text) for at in confirmed) < SAME_SHARE * len(said):
        return chosen
    first, last = min(confirmed), max(confirmed)
    makes = {signature(blocks[at]) for at in confirmed}
    return [
        at
        for at in sorted({*chosen, *confirmed})
        if at < first
        or _start(blocks[at]) in said
        or (at < last and is_subhead(blocks[at]))
        or (at == last + 1 and is_prose(blocks[at]) and signature(blocks[at]) in makes)
    ]


def _start(block: Block) -> str:
    return fold(block.text)[:60]


def is_subhead(block: Block) -> bool:
    """Whether a block is a heading within the text, by its markup or by its looks."""
    if block.is_heading:
        return True
    short = len(block.text) <= SUBHEAD and block.tag in ("p", "div")
    return short and not is_sentence(block.text) and block.text[-1:] not in ",;:"
