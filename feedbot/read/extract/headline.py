"""Where the headline stands, and what its place says of the blocks around it."""

from __future__ import annotations

from collections.abc import Sequence

from ...languages.fold import fold
from ...web.document import Block
from .prose import is_prose, text_length

BELOW = 12  # blocks below the headline among which the lead stands
LEAD = 80  # letters of the shortest lead that nothing else has to speak for
MOST = 0.6  # share of the prose above a title that heads a list below the text
ENOUGH = 200  # letters of prose that make the element around the headline the article


def headline_at(blocks: Sequence[Block], reasons: Sequence[str], title: str) -> int:
    """Where the title stands: not in the breadcrumb, and not in a list below the text; else -1."""
    prose = [
        0 if reason or not is_prose(block) else text_length(block.text)
        for block, reason in zip(blocks, reasons, strict=True)
    ]
    total, above, best, at = sum(prose), 0, 0, -1
    for position, block in enumerate(blocks):
        same = fold(block.text) == title
        score = 2 * (block.tag == "h1") + 2 * same + (block.is_heading and same)
        if (same and block.linked > 0.5) or (above > MOST * total and (best or not same)):
            score = 0
        if score > best:
            best, at = score, position
        above += prose[position]
    return at if best >= 2 else -1


def lead_at(blocks: Sequence[Block], reasons: Sequence[str], title_at: int) -> int:
    """The block that must be the lead, whatever else speaks against it; -1 for none."""
    if title_at < 0:
        return -1
    for at in range(title_at + 1, min(title_at + 1 + BELOW, len(blocks))):
        if not reasons[at] and is_prose(blocks[at]) and text_length(blocks[at].text) >= LEAD:
            return at
    return -1


def in_another_article(blocks: Sequence[Block], reasons: Sequence[str], title_at: int) -> list[int]:
    """The blocks in another `<article>` than the headline: sites append the next one."""
    around = blocks[title_at].ancestors if title_at >= 0 else ()
    ours = [one for one in around if one.tag == "article"]
    if not ours:
        return []
    text = sum(
        text_length(block.text)
        for block, reason in zip(blocks, reasons, strict=True)
        if not reason and is_prose(block) and ours[-1] in block.ancestors
    )
    return [
        at
        for at, block in enumerate(blocks)
        if text >= ENOUGH
        and ours[0] not in block.ancestors
        and any(one.tag == "article" for one in block.ancestors)
    ]
