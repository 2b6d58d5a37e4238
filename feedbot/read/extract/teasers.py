"""Teasers of other stories that no heading announces, told by what stands above or below each.

aged     GOES - In Goes is een brug geopend …       followed by "4 uur geleden"
headed   <a>Brug geopend</a>  In Goes is …          below their linked headlines, in a row
boxed    the same once, below the text, in a box of its own
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from ...languages.labels import is_insert
from ...languages.times import is_relative, without_age
from ...web.document import Block
from .dateline import dateline_of
from .elsewhere import LONG_BLOCK, Elsewhere
from .prose import gives_addresses, is_prose, is_sentence, signature, text_length

CARD = "a card of another page"
DATE = 40  # characters of a line with a date or a department, between a headline and a teaser
HEADED = 3  # teasers below their headlines that make a list
MOST_HEADED = 0.8  # share of the paragraphs made like them
FEWEST_BESIDE = 0.1  # of what these teasers say: there is a text beside them
WHOLE_LINK = 250  # characters of the longest paragraph that is a link to another story


def is_pointer(block: Block, elsewhere: Elsewhere) -> bool:
    """Whether a block leads to another story: "Lees ook: …", or a line that is a link to it."""
    if (block.linked > 0.3 or len(block.text) < LONG_BLOCK) and is_insert(block.text):
        return not gives_addresses(block) and (":" in block.text[:40] or block.linked > 0.3)
    is_link = block.linked > 0.9 and len(block.text) < WHOLE_LINK and not block.is_heading
    return is_link and any(map(elsewhere.leads, block.links))


def has_age(text: str) -> bool:
    """Whether a text ends in an age that is no part of its last sentence."""
    rest = without_age(text)
    return len(rest) < len(text) and not text.endswith(".") and (is_sentence(rest) or not rest)


def aged_teasers(
    blocks: Sequence[Block], reasons: Sequence[str], lead: int, elsewhere: Elsewhere
) -> Iterator[int]:
    """The paragraphs that an age follows, if a dateline, a link or a teaser precedes it.

    An age below the text may be the article's own; above each entry it is a live blog's.
    """
    above = ""  # what the block above it is: "other" for what leads to another story
    for at in range(lead + 1, len(blocks)):
        block = blocks[at]
        if is_relative(block.text):
            above = "other" if above == "teaser" else ""
        elif reasons[at]:
            above = "other" if block.linked > 0.5 else ""
        elif is_pointer(block, elsewhere):
            above = "other"
        elif _is_aged(blocks, at) and (above == "other" or dateline_of(block.text)):
            yield at
            above = "teaser"
        else:
            above = ""


def _is_aged(blocks: Sequence[Block], at: int) -> bool:
    return is_prose(blocks[at]) and any(is_relative(one.text) for one in blocks[at + 1 : at + 2])


def headed_teasers(
    blocks: Sequence[Block], reasons: Sequence[str], lead: int, elsewhere: Elsewhere
) -> Iterator[int]:
    """The paragraphs below linked headlines, where all that are made like them stand so."""
    made: dict[tuple[str, ...], list[int]] = {}
    for at in range(max(lead + 1, 1), len(blocks)):
        if not reasons[at] and is_prose(blocks[at]):
            made.setdefault(signature(blocks[at]), []).append(at)
    total = sum(_weight(blocks, places) for places in made.values())
    beside = FEWEST_BESIDE if elsewhere.siblings else 1.0
    for places in made.values():
        headed = [at for at in places if _is_headed(blocks, at, elsewhere)]
        said = _weight(blocks, headed)
        if (
            len(headed) >= max(HEADED, MOST_HEADED * len(places))
            and total - said > beside * said
            and _is_dense(blocks, reasons, headed, is_alone=not elsewhere.siblings)
        ):
            yield from headed


def _weight(blocks: Sequence[Block], positions: Iterable[int]) -> int:
    return sum(text_length(blocks[at].text) for at in positions)


def _is_headed(blocks: Sequence[Block], at: int, elsewhere: Elsewhere) -> bool:
    """Whether a linked headline stands right above a paragraph, or above the date over it."""
    above = blocks[at - 1]
    if at > 1 and len(above.text) <= DATE and not above.is_heading and not is_prose(above):
        return _is_headline(above, elsewhere) or _is_headline(blocks[at - 2], elsewhere)
    return _is_headline(above, elsewhere)


def _is_headline(block: Block, elsewhere: Elsewhere) -> bool:
    """Whether a line is a link to another page of the site."""
    return block.linked > 0.7 and elsewhere.is_linked_from(block)


def _is_dense(
    blocks: Sequence[Block], reasons: Sequence[str], headed: Sequence[int], *, is_alone: bool
) -> bool:
    """Whether hardly anything but headlines stands between these paragraphs."""
    within = set(range(headed[0], headed[-1])) - set(headed)
    between = [at for at in within if not reasons[at] and blocks[at].linked < 0.5]
    if not is_alone:
        return len(between) <= 2 * len(headed)
    return len(between) <= len(headed) and not any(is_prose(blocks[at]) for at in between)


def boxed_teasers(blocks: Sequence[Block], reasons: Sequence[str], lead: int) -> Iterator[int]:
    """What stands below the text in a box with a card of another page: its teaser, its date."""
    around = set(blocks[lead].ancestors) if lead >= 0 else set()
    boxes = {
        box
        for at in range(lead + 1, len(blocks))
        if reasons[at] == CARD and (box := _box_of(blocks[at])) not in around
    }
    for at in range(len(blocks) - 1, lead, -1) if boxes else ():
        if reasons[at]:
            continue
        if not boxes.isdisjoint(blocks[at].ancestors):
            yield at
        elif is_prose(blocks[at]):
            return


def _box_of(card: Block) -> etree._Element:
    """The element that the link around a card stands in."""
    outside = [one for one in card.ancestors[:-1] if one.tag != "a"]
    return outside[-1] if outside else card.element
