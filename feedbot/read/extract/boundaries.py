"""From where to where the text of an article goes: what stands above its first paragraph, between
its paragraphs, and below its last.

    above     see `opening`
    between   subheads, lists, short lines
    below     whatever is made like the text: a list, a table, dates, a signature
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import dropwhile, pairwise, takewhile

from lxml import etree

from ...languages.labels import dates_only, heads_other_stories, is_insert
from ...web.document import Block
from ...web.players import PLAYED
from .boxes import kind_of, quotation_around
from .ending import (
    LABEL,
    Ending,
    is_bookmark,
    is_file_line,
    place_of,
    says_address,
    says_where,
)
from .opening import greeting, opening
from .prose import (
    announces,
    is_mere_link,
    is_prose,
    is_text,
    leads_away,
    letters_of,
    shares_page,
    stands_with,
)
from .prune import SHARES, Pruned

BOXED = 3  # levels that the box of a text may be below its first paragraph
FEWEST_POINTS = 2
# Reasons of what stands in the box of a text, and says nothing against that: where to share it.
SHARED = re.compile(SHARES)
SIGNATURE = 2  # lines of the shortest one
OWN = 0.5  # share of a box that lines without a paragraph have, where they are an article
LISTED = 3  # links of the shortest list that is an article


def from_first_to_last(
    pruned: Pruned,
    after: Sequence[int],
    boxes: AbstractSet[etree._Element],
    is_slot: Callable[[int], bool],
) -> list[int]:
    """The text that stands in these boxes, and what belongs to it above them."""
    blocks, leaves = pruned.document.blocks, pruned.leaves
    inside = [at for at in after if not boxes.isdisjoint(blocks[at].ancestors)]
    prose = [at for at in inside if is_prose(blocks[at])]
    if not prose:
        return []
    first, end = inside.index(prose[0]), inside.index(prose[-1]) + 1
    chosen = _amid(pruned, inside[first:end])
    above = after[: after.index(prose[0])]
    above_it = opening(pruned, above, blocks[prose[0]], chosen)
    below = Ending(blocks, chosen, leaves, is_slot, is_known=pruned.is_known)
    ending = below.among(inside[end:])
    ending += _head_of_film(pruned, inside[end + len(ending) :], blocks[prose[-1]])
    is_signed = _signs([blocks[at] for at in ending], blocks[prose[-1]])
    greetings = {
        at
        for first in (chosen[0], *above_it[:1])
        for at in greeting(blocks, above, first, is_signed=is_signed)
    }
    return sorted(greetings.union(above_it)) + chosen + ending


def _head_of_film(pruned: Pruned, rest: Sequence[int], last: Block) -> list[int]:
    """The heading that is next below the last paragraph, where that stands, over a film."""
    place = last.element.getparent()
    beside = (at for at in rest[:1] if pruned.document.blocks[at].element.getparent() is place)
    return [at for at in beside if _is_over_film(pruned, at)]


def _is_over_film(pruned: Pruned, at: int) -> bool:
    block = pruned.document.blocks[at]
    if not block.is_heading or heads_other_stories(block.text) or is_insert(block.text):
        return False
    films = (one for one in pruned.document.media if one.element.tag in PLAYED)
    place = block.element.getparent()
    return any(place in one.ancestors for one in films if one.at == at + 1)


def _amid(pruned: Pruned, between: Sequence[int]) -> list[int]:
    """What belongs to the text from its first paragraph to its last: all but lines of links."""
    blocks, leaves = pruned.document.blocks, pruned.leaves
    own = [blocks[at] for at in between if not is_mere_link(blocks[at])]
    lists = {_item_of(block).getparent() for block in own} | _announced_lists(blocks, between)
    told = _told_lines(blocks, between)
    kinds = {kind_of(block) for block in own if block.is_heading or is_prose(block)}

    def belongs(at: int) -> bool:
        block = blocks[at]
        if not is_mere_link(block) or at in told:
            return True
        if _is_linked_item(block, lists, leaves) or _is_of_text(block, kinds, leaves):
            return True
        return pruned.is_known and _is_button(block, leaves)

    return list(filter(belongs, between))


def _is_of_text(block: Block, kinds: Collection[Hashable], leaves: Callable[[str], bool]) -> bool:
    """Whether a line that is a link is made like a text, or is quoted, shown or offered there.

    One of several links may lead within the site, or one that is written as an address.
    """
    is_told = any(map(leaves, block.links)) or says_address(block)
    if kind_of(block) in kinds and (block.is_heading or is_told):
        return True
    return _is_quoted(block, leaves) or is_bookmark(block, leaves) or is_file_line(block)


def _is_button(block: Block, leaves: Callable[[str], bool]) -> bool:
    """Whether a link to another site says what it leads to; on a site, where no other page has it.

    On a page alone it may be any button: "Sign up for free".
    """
    is_told = leads_away(block, leaves) and says_where(block)
    return is_told and not any(map(shares_page, block.links))


def _announced_lists(blocks: Sequence[Block], between: Sequence[int]) -> set[etree._Element | None]:
    """The lists right below a line that announces them."""
    return {
        _item_of(blocks[at]).getparent()
        for before, at in pairwise(between)
        if _item_of(blocks[at]).tag == "li" and announces(blocks[before])
    }


def _told_lines(blocks: Sequence[Block], between: Sequence[int]) -> set[int]:
    """The lines that are told by those beside them: right below one that announces them, made like
    it ("Discussed in:", a link), or between two others of their paragraph.
    """
    announced = {
        at
        for before, at in pairwise(between)
        if announces(blocks[before]) and stands_with(blocks[at], blocks[before])
    }
    amid = {
        at
        for before, at, after in zip(between, between[1:], between[2:], strict=False)
        if blocks[before].element is blocks[at].element is blocks[after].element
    }
    return announced | amid


def _item_of(block: Block) -> etree._Element:
    """The item of a list that a block is a paragraph of, else its own element."""
    around = block.element.getparent()
    is_within = block.tag == "p" and around is not None and around.tag == "li"
    return around if is_within and around is not None else block.element


def _is_quoted(block: Block, leaves: Callable[[str], bool]) -> bool:
    """Whether a line that is a link to another site stands in a quotation: a post from there."""
    is_away = leaves(block.card) if block.card else leads_away(block, leaves)
    return is_away and quotation_around(block) is not None


def _is_linked_item(
    block: Block, lists: Collection[etree._Element | None], leaves: Callable[[str], bool]
) -> bool:
    """Whether a line that is a link is an item of the text's own list, or leads to another site."""
    item = _item_of(block)
    if item.tag == "li":
        return item.getparent() in lists or leads_away(block, leaves)
    return block.is_heading and leads_away(block, leaves)


def _signs(lines: Sequence[Block], last: Block) -> bool:
    """Whether some lines below a text sign it: all are short, and made like its paragraphs."""
    return len(lines) >= SIGNATURE and all(
        not is_prose(one) and not one.links and stands_with(one, last) for one in lines
    )


def listed(
    blocks: Sequence[Block], below: Sequence[int], leaves: Callable[[str], bool]
) -> list[int]:
    """The lists of links to other sites that are an article by themselves, with their headings.

    `leaves` says whether an address is another site's.
    """
    links = [at for at in below if _is_reference(blocks[at], leaves)]
    if len(links) < LISTED:
        return []
    lists = {blocks[at].element.getparent() for at in links}
    place = blocks[links[0]].element.getparent()
    around = place.getparent() if place is not None else None
    if around is None or sum(len(blocks[at].text) for at in links) < LABEL * len(links):
        return []
    until = below[: below.index(links[-1]) + 1]
    return [at for at in until if blocks[at].element.getparent() in {*lists, around}]


def quoted(
    blocks: Sequence[Block], below: Sequence[int], leaves: Callable[[str], bool]
) -> list[int]:
    """The quotations that are an article by themselves: posts of another site that they lead to."""
    posts = {quotation_around(blocks[at]) for at in below if _is_quoted(blocks[at], leaves)}
    return [at for at in below if quotation_around(blocks[at]) in posts - {None}]


def announced(pruned: Pruned, below: Sequence[int]) -> list[int]:
    """The short lines that are an article by themselves: an invitation, a result, a list of dates.

    They stand in one box, the first below the headline whose lines say enough.
    """
    blocks, spans = pruned.document.blocks, pruned.document.spans
    places = _places(blocks[pruned.title_at])
    lines = [at for at in below if at > pruned.title_at]
    lines = list(dropwhile(lambda at: dates_only(blocks[at].text), lines))
    earliest: dict[etree._Element, int] = {}  # of a box: the line with which it may begin
    for start, at in enumerate(lines):
        box = _box_of(blocks[at])
        if box is None or box not in spans or start < earliest.get(box, 0):
            continue  # around the part of a page that is read, or known not to be one
        if places.isdisjoint((box, *box.iterancestors())):
            continue
        following = (lines[one] for one in range(start, len(lines)))
        inside = list(takewhile(partial(_is_in, box, blocks), following))
        refused = _refused(pruned, box, inside)
        if not refused:
            return inside
        earliest[box] = start + refused
    return []


def _box_of(block: Block) -> etree._Element | None:
    """The element that a line stands in, or what is around its table."""
    return place_of(block) if block.tag in ("td", "th") else block.element.getparent()


def _places(headline: Block) -> set[etree._Element]:
    """The elements around a headline in which its text may stand: not the whole page."""
    around = [one for one in headline.element.iterancestors() if one.tag not in ("body", "html")]
    return set(around[: BOXED + 1])


def _is_in(box: etree._Element, blocks: Sequence[Block], at: int) -> bool:
    return box in blocks[at].ancestors


def _refused(pruned: Pruned, box: etree._Element, lines: Sequence[int]) -> int:
    """How many of the lines of a box begin no announcement; 0 where all of them are one.

    They say enough, lead nowhere within the site, and are most of what the box says.
    """
    blocks = pruned.document.blocks
    own = [blocks[at] for at in lines]
    within = pruned.document.spans[box]
    everything = [blocks[at] for at in within if not SHARED.match(pruned.reasons[at])]
    if len(own) < FEWEST_POINTS or not is_text(own):
        return len(own)
    if letters_of(own) < OWN * letters_of(everything):
        return len(own)
    leading = (at for at, block in enumerate(own, 1) if _leads_elsewhere(pruned, block))
    return max(leading, default=0)


def _leads_elsewhere(pruned: Pruned, block: Block) -> bool:
    return any(map(pruned.leads_elsewhere, block.links))


def _is_reference(block: Block, leaves: Callable[[str], bool]) -> bool:
    return block.tag == "li" and block.linked > 0.5 and any(map(leaves, block.links))
