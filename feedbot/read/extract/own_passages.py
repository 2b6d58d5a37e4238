"""Passages and tables that other pages of the site show, too, and that are the story's own.

    passages   a programme in two stories, a statement that is quoted twice, a repeated changelog,
               the name that signs some of them: what few pages show, and stands where the own
               paragraphs do, made like them
    amid       the steps, commands and headings that two manuals share, also quoted or with links
               to other sites: what few pages show between blocks that only this page has
    announced  who signs some articles, lists and addresses below a line of the text's own that
               announces them
    tables     results and ranks share most of their cells with other tables ("1", "0-1"), and no
               other page has all of them

What leads to other pages of the site is neither: a list of teasers may stand on few pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice

from lxml import etree

from ...web.document import PAGE, Block, Document
from .boxes import are_beside, made
from .ending import PARTS
from .own_blocks import OTHERS, RECURS
from .prose import announces, is_mere_link, is_prose, is_sentence, leads_away, stands_with
from .teasers import CARD

LINKED = 0.5  # share of links in a line up to which it says more than where to go
RARE = 0.25  # share of the sibling pages at most that show a passage of several stories
OTHERS_TOO = frozenset((OTHERS, CARD))  # reasons of other stories
SHARED = frozenset((RECURS, OTHERS))  # of what other pages have, too
LEVELS = 4  # elements around a headline in which a table without a text may stand
QUOTED = PARTS | {"blockquote", "figure"}  # what holds a part of a text amid its paragraphs
SUBHEAD = 0.5  # share of the sibling pages below which a heading amid a text may be its own

Pages = Callable[[int], Collection[str]]


def own_passages(
    blocks: Sequence[Block],
    reasons: Sequence[str],
    pages: Pages,
    siblings: int,
    leaves: Callable[[str], bool],
) -> Iterator[int]:
    """What few of the sibling pages show of what stands with paragraphs that only this page has.

    `pages` says which of them show a block, and `leaves` whether an address is another site's, or a
    file's.
    """
    makes = _makes_of_boxes(blocks, reasons)
    most = RARE * siblings
    for reason, group in groupby(range(len(blocks)), key=lambda at: reasons[at]):
        if reason != RECURS:
            continue
        run = list(group)
        if any(
            _is_beside_others(blocks, reasons, run[one], step) for one, step in ((0, -1), (-1, 1))
        ):
            continue  # the short lead of one of them
        for at in run:
            block, is_next = blocks[at], at == run[0] and _goes_on(blocks, reasons, at)
            may_be_own = block.linked <= LINKED and all(map(leaves, block.links)) and not block.card
            is_own = is_next or (may_be_own and _stands_among(block, makes))
            if is_own and len(pages(at)) <= most:
                yield at


def own_amid(
    blocks: Sequence[Block],
    reasons: Sequence[str],
    pages: Pages,
    siblings: int,
    leaves: Callable[[str], bool],
) -> Iterator[int]:
    """What few of the sibling pages show right between two blocks of the text that none has.

    It leads nowhere within the site. A link to another one that such a line announces may end the
    text. A paragraph of another story leads nowhere, and is made like those of the text, where it
    was pasted: a teaser leads to its story, or is one of several. `leaves` says whether an address
    is another site's.
    """
    own, pasted = _places_of_own(blocks, reasons), _pasted(blocks, reasons)
    for run in _shared_runs(reasons):
        place = own.get(run[0] - 1)
        if place is None:
            continue
        if _are_announced([blocks[at] for at in (run[0] - 1, *run[:1])], leaves):
            yield run.pop(0)  # a file that every page has in its sidebar, too
        if not run or own.get(run[-1] + 1) is not place:
            continue
        is_own = all(reasons[at] == RECURS or at in pasted for at in run)
        if is_own and _are_of(place, map(blocks.__getitem__, run), leaves):
            yield from run if _are_rare(blocks, run, pages, siblings) else ()


def _shared_runs(reasons: Sequence[str]) -> Iterator[list[int]]:
    """Where what other pages have, too, stands in a row."""
    for is_shared, group in groupby(range(len(reasons)), key=lambda at: reasons[at] in SHARED):
        if is_shared:
            yield list(group)


def _pasted(blocks: Sequence[Block], reasons: Sequence[str]) -> set[int]:
    """The paragraphs of other stories that lead nowhere, and are made like those of the text beside
    them; each is the only one in its element.
    """
    others = [at for at, reason in enumerate(reasons) if reason == OTHERS]
    stories, makes = (
        Counter(_text_around(blocks[at]) for at in others),
        makes_of_own(blocks, reasons),
    )
    return {
        at
        for at in others
        if stories[_text_around(blocks[at])] == 1
        and is_prose(blocks[at])
        and not blocks[at].links
        and made(blocks[at].element) in makes.get(blocks[at].element.getparent(), ())
    }


def own_announced(
    blocks: Sequence[Block], reasons: Sequence[str], pages: Pages, siblings: int
) -> Iterator[int]:
    """The short lines that several pages have, right below one of the text that announces them:
    who signs some of the articles, below "Prepared by:".
    """
    for at in range(1, len(blocks)):
        block, above = blocks[at], blocks[at - 1]
        if reasons[at] != RECURS or reasons[at - 1] or block.links or block.is_heading:
            continue
        is_few = len(pages(at)) <= SUBHEAD * siblings
        if is_few and announces(above) and stands_with(block, above) and not is_prose(block):
            yield at


def own_addresses(
    blocks: Sequence[Block],
    reasons: Sequence[str],
    pages: Pages,
    siblings: int,
    leaves: Callable[[str], bool],
) -> Iterator[int]:
    """The links to other sites that few pages have, in a row of such below a line of the text that
    announces them: of a band of which several stories tell, below "Contact:".
    """
    is_announced = False
    for at, block in enumerate(blocks):
        is_address = is_mere_link(block) and leads_away(block, leaves)
        if is_announced and is_address and reasons[at] == RECURS:
            is_announced = stands_with(block, blocks[at - 1]) and len(pages(at)) <= RARE * siblings
            yield from (at,) * is_announced
        else:
            is_row = is_announced and (is_address or "@" in block.text)
            is_announced = not reasons[at] and (is_row or announces(block))


def own_announced_lists(
    blocks: Sequence[Block],
    reasons: Sequence[str],
    pages: Pages,
    siblings: int,
    leaves: Callable[[str], bool],
) -> Iterator[int]:
    """The items that several pages have, not most, in a list that a line announces which only this
    page has: teams that played, below "These played:". None leads to another page of the site.
    """
    for box, group in groupby(range(len(blocks)), lambda at: _list_around(blocks[at])):
        items = list(group)
        above = items[0] - 1
        if box is None or above < 0 or reasons[above] or not announces(blocks[above]):
            continue
        is_usual = pages(above) or max(map(len, map(pages, items))) > SUBHEAD * siblings
        if not is_usual and box.getparent() is _text_around(blocks[above]):
            yield from _missing_items([blocks[at] for at in items], items, reasons, leaves)


def _missing_items(
    lines: Sequence[Block],
    items: Sequence[int],
    reasons: Sequence[str],
    leaves: Callable[[str], bool],
) -> Iterator[int]:
    """The items of a list that other pages have, if nothing else is said against any of them."""
    is_whole = all(reasons[at] in ("", RECURS) for at in items)
    if is_whole and all(leaves(url) for one in lines for url in one.links):
        yield from (at for at in items if reasons[at])


def _list_around(block: Block) -> etree._Element | None:
    """The list that a block is an item of; None for what is none."""
    return block.element.getparent() if block.tag == "li" else None


def _are_rare(blocks: Sequence[Block], run: Sequence[int], pages: Pages, siblings: int) -> bool:
    return all(_is_rare(blocks[at], len(pages(at)), siblings) for at in run)


def _goes_on(blocks: Sequence[Block], reasons: Sequence[str], at: int) -> bool:
    """Whether a sentence without links is right below a paragraph, in a box beside that of it."""
    block, above = blocks[at], blocks[at - 1]
    if at == 0 or reasons[at - 1] or block.links or block.card:
        return False
    if not (is_prose(block) and is_prose(above)):
        return False
    return is_sentence(block.text) and are_beside(block, above)


def _is_rare(block: Block, pages: int, siblings: int) -> bool:
    """Whether so many sibling pages are few for a block; several manuals may have one heading."""
    most = SUBHEAD if block.is_heading and not block.links else RARE
    return pages <= most * siblings


def _places_of_own(
    blocks: Sequence[Block], reasons: Sequence[str]
) -> dict[int, etree._Element | None]:
    """The elements in which the blocks stand that are kept, where a paragraph of those does."""
    around = {at: _text_around(blocks[at]) for at, reason in enumerate(reasons) if not reason}
    places = {place for at, place in around.items() if is_prose(blocks[at])}
    return {at: place for at, place in around.items() if place in places}


def _text_around(block: Block) -> etree._Element | None:
    """The element in which the text stands that a block is a line, an item or a quotation of."""
    around = block.element.iterancestors()
    return next((one for one in around if one.tag not in QUOTED), None)


def _are_of(place: etree._Element, lines: Iterable[Block], leaves: Callable[[str], bool]) -> bool:
    """Whether lines are of the text in an element: none of them leads elsewhere on the site, and
    to another one only a part of what it says.
    """
    return all(
        _text_around(one) is place
        and not (one.card or is_mere_link(one))
        and all(map(leaves, one.links))
        for one in lines
    )


def _are_announced(lines: Sequence[Block], leaves: Callable[[str], bool]) -> bool:
    """Whether two lines are a link to another site, and above it what announces it."""
    above, link = lines[0], lines[-1]
    is_link = len(lines) == 2 and is_mere_link(link) and leads_away(link, leaves)
    return is_link and announces(above) and stands_with(link, above)


def _is_beside_others(blocks: Sequence[Block], reasons: Sequence[str], at: int, step: int) -> bool:
    """Whether the block before or after one is of another story, and stands where it does."""
    near = at + step
    if not 0 <= near < len(blocks) or reasons[near] not in OTHERS_TOO:
        return False
    return blocks[at].element.getparent() in blocks[near].ancestors


def makes_of_own(
    blocks: Sequence[Block], reasons: Sequence[str]
) -> dict[etree._Element | None, set[str]]:
    """How the paragraphs are made that are kept, by the element in which they stand."""
    makes: dict[etree._Element | None, set[str]] = {}
    for block in _own_prose(blocks, reasons):
        makes.setdefault(block.element.getparent(), set()).add(made(block.element))
    return makes


def _makes_of_boxes(
    blocks: Sequence[Block], reasons: Sequence[str]
) -> dict[etree._Element | None, set[str]]:
    """The same, and how the boxes are made that hold but one of them, as the editors of some
    systems make for each.
    """
    makes = makes_of_own(blocks, reasons)
    for box in map(_box_of, _own_prose(blocks, reasons)):
        makes.setdefault(box.getparent(), set()).add(made(box))
    return makes


def _own_prose(blocks: Sequence[Block], reasons: Sequence[str]) -> Iterator[Block]:
    pairs = zip(blocks, reasons, strict=True)
    return (block for block, reason in pairs if not reason and is_prose(block))


def _box_of(block: Block) -> etree._Element:
    """The outermost element that holds nothing but a block."""
    box = block.element
    while _is_only_one(box) and (around := box.getparent()) is not None and around.tag not in PAGE:
        box = around
    return box


def _is_only_one(element: etree._Element) -> bool:
    """Whether nothing stands beside an element, which is told without counting what does."""
    return element.getprevious() is None and element.getnext() is None


def _stands_among(block: Block, makes: dict[etree._Element | None, set[str]]) -> bool:
    """Whether a block is made like such a paragraph beside it, or a part of a list or a table
    there, or a heading.
    """
    beside = makes.get(block.element.getparent())
    if beside is not None:
        return block.is_heading or made(block.element) in beside
    box = _box_of(block)
    if box is not block.element and made(box) in makes.get(box.getparent(), ()):
        return True
    return block.tag in PARTS and _around_parts(block) in makes


def _around_parts(block: Block) -> etree._Element | None:
    """The element around the list or the table that a block stands in."""
    return next((one for one in block.element.iterancestors() if one.tag not in PARTS), None)


def own_tables(
    document: Document, reasons: Sequence[str], title_at: int, pages: Pages
) -> Iterator[int]:
    """The cells of the tables in the text, or below the headline where there is no text."""
    blocks = document.blocks
    places = set(_makes_of_boxes(blocks, reasons)) or _around_headline(blocks, title_at)
    for table in document.elements("table"):
        within = document.spans.get(table, range(0))
        if within.start <= title_at or not _stands_in(table, places):
            continue
        cells = [at for at in within if reasons[at] in ("", RECURS)]
        if len(cells) == len(within) and _is_own(blocks, cells, pages):
            yield from cells


def _around_headline(blocks: Sequence[Block], title_at: int) -> set[etree._Element | None]:
    around = blocks[title_at].element.iterancestors() if title_at >= 0 else iter(())
    return {one for one in islice(around, LEVELS) if one.tag not in ("body", "html")}


def _stands_in(table: etree._Element, places: Collection[etree._Element | None]) -> bool:
    return any(one in places for one in islice(table.iterancestors(), LEVELS))


def _is_own(blocks: Sequence[Block], cells: Sequence[int], pages: Pages) -> bool:
    """Whether cells lead nowhere, and no other page has all of them."""
    if any(blocks[at].links or blocks[at].card for at in cells):
        return False
    shown = Counter(page for at in cells for page in pages(at))
    return max(shown.values(), default=0) < len(cells)
