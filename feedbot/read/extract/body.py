"""Which of the blocks that are left are the text of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...languages.fold import fold
from ...languages.wordcount import count_words
from ...web.charset import narrowed
from ...web.document import Block
from .attachments import attached
from .boundaries import announced, from_first_to_last, listed, quoted
from .boxes import boxes_of, item_around
from .notes import notes_below
from .own_blocks import is_marked_summary
from .prose import is_prose, is_sentence, signature, text_length
from .prune import POINTER, PUBLISHED, Pruned
from .refuse import is_bare
from .repeats import once
from .shown import tells_date

NEAR = 3  # lines below a headline, one of which may tell when a poem was published
VERSES = 8  # lines of the shortest poem that is told by them
VERSE_WORDS = 3  # of a line of it, on average
NUMBERED = 0.2  # of its lines have numbers: more are results, prices or hours
FEWEST_LETTERS = 25  # letters of prose without which there is no article
SUBHEAD = 90  # characters of the longest subhead
DECLARED = 300  # letters from which a declared text may be the whole text
LONGEST_DECLARED = 100_000  # letters in which every block is looked for
# Reasons of blocks that stand within a text, or between its end and its last list.
SLOT = re.compile(
    r"class (?:ad|ads|advert\w*|banner)$|a button or a label|an advertisement|<figcaption>|hidden"
    r"|the title once more"
)
PARTLY = 0.4  # of what was found: a declared text that says less is not the whole text
SAME_SHARE = 0.7  # share of the declared text whose blocks must be on the page


def body(pruned: Pruned, title: str, declared: str = "") -> tuple[Block, ...]:
    """The blocks of the article in reading order; none if there is no text to be found.

    `declared` is the text that the page gives for machines: where its blocks are found, they and
    the subheads between them are the article.
    """
    blocks, reasons, start = pruned.document.blocks, pruned.reasons, pruned.title_at
    after, prose = _below_headline(pruned)
    if not prose:
        found = _without_prose(pruned, after) if start >= 0 else _marked_as_body(pruned)
        return tuple(blocks[at] for at in found)
    boxes = boxes_of(blocks, prose, start, lambda at: bool(reasons[at]) or blocks[at].linked > 0.5)
    chosen = from_first_to_last(pruned, after, boxes, lambda at: _is_slot(pruned, at))
    chosen = _confirmed(blocks, after, chosen, declared)
    if not chosen:
        return ()
    chosen = _with_marked(pruned, chosen)
    places = {blocks[at].element.getparent() for at in chosen}
    below = (at for at in pruned.last_links if chosen[-1] < at)
    last = (at for at in below if blocks[at].element.getparent() in places)
    chosen = sorted({*chosen, *attached(pruned, chosen), *notes_below(pruned, chosen), *last})
    return once([blocks[at] for at in chosen], fold(title))


def _without_prose(pruned: Pruned, after: Sequence[int]) -> list[int]:
    """What is an article though nothing below its headline is a paragraph."""
    blocks = pruned.document.blocks
    if found := _marked_as_body(pruned):
        return _summary_over(blocks, after, found[0]) + found
    if found := listed(blocks, after, pruned.leaves):
        return found
    if not is_bare(pruned.document):
        return quoted(blocks, after, pruned.leaves) or announced(pruned, after)
    found = announced(pruned, after) if _shows_date(pruned) else []
    return found if _are_verses([blocks[at] for at in found]) else []


def _is_slot(pruned: Pruned, at: int) -> bool:
    """Whether a block only stands in the way: so does a pointer, where other pages tell the end."""
    reason = pruned.reasons[at]
    return SLOT.match(reason) is not None or (pruned.is_known and reason == POINTER)


def _summary_over(blocks: Sequence[Block], after: Sequence[int], first: int) -> list[int]:
    return [at for at in after if at < first and is_marked_summary(blocks[at])]


def _shows_date(pruned: Pruned) -> bool:
    """Whether a line right below the headline tells when the page was written."""
    below = slice(pruned.title_at + 1, pruned.title_at + 1 + NEAR)
    lines = zip(pruned.document.blocks[below], pruned.reasons[below], strict=True)
    return any(reason == PUBLISHED or tells_date(block.text) for block, reason in lines)


def _are_verses(lines: Sequence[Block]) -> bool:
    """Whether lines are a poem: many, of several words, without numbers, some to a paragraph."""
    said = [line.text for line in lines]
    is_free = not any(line.links or line.is_heading for line in lines)
    numbers = sum(any(map(str.isdigit, text)) for text in said)
    return (
        is_free
        and len(lines) >= VERSES
        and 2 * sum(line.is_next_line for line in lines) >= len(lines)
        and count_words(" ".join(said)) >= VERSE_WORDS * len(lines)
        and numbers < NUMBERED * len(lines)
    )


def _marked_as_body(pruned: Pruned) -> list[int]:
    """The lines in the one element that microdata calls the text of an article."""
    if b"articleBody" not in narrowed(pruned.document.page.body):
        return []  # most pages, without a look through all elements
    marked = pruned.document.root.xpath("descendant::*[contains(@itemprop, 'articleBody')]")
    if len(marked) != 1:
        return []
    within = pruned.document.spans.get(marked[0], range(0))
    return [at for at in within if not pruned.reasons[at] and at != pruned.title_at]


def _with_marked(pruned: Pruned, chosen: list[int]) -> list[int]:
    """The chosen blocks, and those that microdata calls the text where none of these was chosen:
    a line or two below a summary.
    """
    marked = _marked_as_body(pruned)
    if not marked or marked[0] <= chosen[-1] or pruned.title_at < 0:
        return chosen
    blocks = pruned.document.blocks
    item = item_around(blocks[marked[0]])
    is_own = item is None or item in blocks[pruned.title_at].ancestors
    between = blocks[chosen[-1] + 1 : marked[0]]
    return [*chosen, *marked] if is_own and not any(one.is_heading for one in between) else chosen


def _below_headline(pruned: Pruned) -> tuple[list[int], list[int]]:
    """What is left below the headline, and what of it is prose; of the whole page if that is none.

    A headline may stand in a box beside the text, or below it.
    """
    blocks, start = pruned.document.blocks, pruned.title_at
    kept = [at for at, reason in enumerate(pruned.reasons) if not reason and at != start]
    after = [at for at in kept if at > start]
    prose = _prose(blocks, after)
    if sum(text_length(blocks[at].text) for at in prose) >= FEWEST_LETTERS:
        return after, prose
    return kept, _prose(blocks, kept)


def _prose(blocks: Sequence[Block], positions: Sequence[int]) -> list[int]:
    return [at for at in positions if is_prose(blocks[at])]


def _confirmed(
    blocks: Sequence[Block], after: Sequence[int], chosen: list[int], declared: str
) -> list[int]:
    """The chosen blocks, corrected by the text that the page declares if it is the same text."""
    said = fold(declared)
    is_whole = len(said) >= PARTLY * _characters(blocks, chosen)
    if not is_whole or not DECLARED <= len(said) <= LONGEST_DECLARED:
        return chosen  # a summary, or the part before a paywall
    confirmed = [at for at in _prose(blocks, after) if _start(blocks[at]) in said]
    if _characters(blocks, confirmed) < SAME_SHARE * len(said):
        return chosen
    candidates = sorted({*chosen, *confirmed})
    return [at for at in candidates if _goes_with(blocks, at, confirmed, said)]


def _goes_with(blocks: Sequence[Block], at: int, confirmed: Sequence[int], said: str) -> bool:
    """Whether a block goes with those that the declared text confirms, which leaves some out."""
    block, last = blocks[at], confirmed[-1]
    if at < confirmed[0] or _start(block) in said:
        return True
    if at < last:
        return is_subhead(block)
    is_next = at == last + 1 and is_prose(block)
    return is_next and signature(block) in {signature(blocks[one]) for one in confirmed}


def _characters(blocks: Sequence[Block], positions: Sequence[int]) -> int:
    return sum(len(blocks[at].text) for at in positions)


def _start(block: Block) -> str:
    return fold(block.text)[:60]


def is_subhead(block: Block) -> bool:
    """Whether a block is a heading within the text, by its markup or by its looks."""
    if block.is_heading:
        return True
    short = len(block.text) <= SUBHEAD and block.tag in ("p", "div")
    return short and not is_sentence(block.text) and block.text[-1:] not in ",;:"
