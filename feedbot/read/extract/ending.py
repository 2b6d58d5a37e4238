"""What follows the last paragraph of a text and belongs to it: a list, a signature, sources.

It goes on while the markup is that of the text. Something else between ends it, unless a subhead
like those of the text follows soon: a box with an offer, then "References".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from itertools import islice, pairwise, takewhile

from lxml import etree

from ...web.document import HEADINGS, Block
from ...web.urls import host_of, names_file
from .boxes import PLAIN, kind_of, made
from .prose import (
    SENTENCE,
    announces,
    is_mere_link,
    is_sentence,
    leads_away,
    link_texts,
    shares_page,
    stands_with,
    tells_of_list,
    text_length,
)

WRITTEN = ("http://", "https://", "www.")  # how addresses begin where readers see them
MOST_LINES = 8  # of a box below a text that is part of it
NESTED = 4  # boxes around a table at most
MOST_SKIPPED = 4  # blocks of something else before a subhead like those of the text
SOURCES = 2  # links in lines of their own at the end of a text that are its sources
ALIKE = 2  # paragraphs of a text that stand in boxes made alike, each in its own
LINKED = 0.3  # of the lines of a text are links, where each of what it lists has one below it
LISTED = 3  # items of the shortest list of links below a text that nothing announces
SHORT = 8  # letters of what links in a list say, on average, where no other page has them
NAMED = 15  # letters of what they say, on average
SAID = 15  # letters of a line that is a link to another site and part of a text
LABEL = 25  # letters of what such links say, on average
PARTS = frozenset("li ul ol dl dt dd table thead tbody tfoot tr td th caption".split())


class Ending:
    """Looks below a text, whose blocks are `chosen`, for what else belongs to it.

    `leaves` says whether an address is another site's, and `is_slot` whether a block only stands
    in the way, as an advertisement does. Where other pages of the site are known (`is_known`), what
    the site itself links to is gone, and short links of a list are of the text, too.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        chosen: Sequence[int],
        leaves: Callable[[str], bool],
        is_slot: Callable[[int], bool],
        *,
        is_known: bool,
    ) -> None:
        self._blocks = blocks
        self._chosen = chosen
        self._leaves = leaves
        self._is_slot = is_slot
        self._is_known = is_known
        self._sources: dict[etree._Element | None, bool] = {}  # whether a list is of them
        self._announced: set[etree._Element] = set()  # the lists that a sentence announces
        self._subheads = {kind_of(blocks[at]) for at in chosen if blocks[at].is_heading}
        # Each product, film or book that is told of has its link in the line below it.
        below = (one for at, one in pairwise(chosen) if not is_mere_link(blocks[at]))
        links = sum(self._is_source(blocks[at]) for at in below)
        self._has_link_lines = links >= max(SOURCES, LINKED * len(chosen))
        self._common = _common([blocks[at] for at in chosen])
        paths = Counter(_path_below(self._common, blocks[at]) for at in chosen)
        self._paths = {one for one, count in paths.items() if _is_usual(one, count)}
        last = unquoted(_place_in(blocks[chosen[-1]]))
        self._go_on_in(last)
        self._around = self._place_around(last)

    def _place_around(self, place: etree._Element | None) -> etree._Element | None:
        """The innermost element around a place in which paragraphs of the text stand, too."""
        own = {self._blocks[at].element.getparent() for at in self._chosen}
        around = place.iterancestors() if place is not None else ()
        return next((one for one in around if one in own), None)

    def _go_on_in(self, place: etree._Element | None) -> None:
        """Goes on with what is made like the blocks of the text that stand right in an element.

        Where all of the text is a list, that is any plain paragraph below it.
        """
        own = (self._blocks[at].element for at in self._chosen)
        self._place = place
        beside = {made(element) for element in own if element.getparent() is place}
        last = self._blocks[self._chosen[-1]].element
        self._makes = beside or ({made(last)} | ({PLAIN} if last.tag == "li" else set()))
        self._goes_on = True

    def _go_on_with(self, block: Block) -> None:
        """Goes on with what is made like a paragraph below the text, unless that is quoted."""
        if all(one.tag != "blockquote" for one in block.ancestors):
            self._place = place_of(block)
            self._makes = self._makes | {made(block.element)}

    def among(self, below: Sequence[int]) -> list[int]:
        """Those of the blocks below the text that belong to it."""
        found = list[int]()
        skipped = 0
        for at in below:
            if kind_of(self._blocks[at]) in self._subheads and (skipped or not self._goes_on):
                self._go_on_in(self._blocks[at].element.getparent())
                skipped = 0
            elif skipped or not self._is_next(at, found[-1] if found else self._chosen[-1]):
                skipped += 1
            if skipped > MOST_SKIPPED:
                break
            if not skipped:
                found.append(at)
        return self._without_headings(found)

    def _is_next(self, at: int, before: int) -> bool:
        """Whether a block belongs to the text that the block before it is of."""
        is_next = all(map(self._is_amid, range(before + 1, at)))
        self._goes_on = self._goes_on and is_next and self._continues(at)
        return self._follows(self._blocks[at], self._blocks[before])

    def _is_amid(self, at: int) -> bool:
        """Whether a text goes on behind what was left out: an advertisement, a line of several
        articles that is made like its own, such as who signs them, the caption of a picture.
        """
        block = self._blocks[at]
        if block.tag == "figcaption" and self._place in block.ancestors:
            return True
        if self._is_slot(at) or block.links or block.is_heading:
            return self._is_slot(at)
        is_placed = block.element.getparent() is self._place
        return len(block.text) <= LABEL or (is_placed and made(block.element) in self._makes)

    def _follows(self, block: Block, before: Block) -> bool:
        """Whether a block is a sentence, or what goes on in the markup of the text."""
        if not self._goes_on:
            return not is_mere_link(block) and is_sentence(block.text) and not block.is_heading
        if not is_mere_link(block) or self._is_reference(block):
            return True
        if _is_line_below(block, before) and not is_mere_link(before):
            return True
        if self._is_in_announced_list(block, before):
            return True
        return _may_precede_links(before, block) and leads_away(block, self._leaves)

    def _is_reference(self, block: Block) -> bool:
        """Whether a link to another site, or to a file, belongs to a text by itself.

        It is written as an address, shown as a card, one of a list of sources, or a line made like
        the paragraphs: what to read on, to hear or to sign.
        """
        if is_bookmark(block, self._leaves):
            return True
        return leads_away(block, self._leaves) and (
            self._has_link_lines
            or is_file_line(block)
            or says_address(block)
            or self._is_in_list_of_sources(block)
            or self._is_line_of_text(block)
        )

    def _is_in_announced_list(self, block: Block, before: Block) -> bool:
        """Whether a block is an item of a list that a sentence of the text announces."""
        place = block.element.getparent()
        if block.tag != "li" or place is None or place.getparent() is not self._place:
            return False
        if before.element.getparent() is self._place and tells_of_list(before):
            self._announced.add(place)
        return place in self._announced

    def _is_line_of_text(self, block: Block) -> bool:
        """Whether a line that says more than a name stands where the paragraphs do, made alike."""
        last = self._blocks[self._chosen[-1]].element.getparent()  # which may be a cell
        is_placed = block.element.getparent() in (self._place, last)
        is_alike = is_placed and made(block.element) in self._makes
        return is_alike and (self._is_known or _says_more_than_name(block))

    def _continues(self, at: int) -> bool:
        """Whether a block stands where the paragraphs do, made alike or in a list or a table.

        The last of them may stand in a box of its own amid the others: in a column, in a frame.
        """
        block = self._blocks[at]
        if self._is_boxed_alike(block):
            self._go_on_with(block)
            return True
        if self._around is not None and self._place not in block.ancestors:
            self._go_on_in(self._around)
            self._around = None
        if self._place is None or self._place not in block.ancestors:
            return False
        return self._goes_on_in_place(at, self._place)

    def _goes_on_in_place(self, at: int, place: etree._Element) -> bool:
        block = self._blocks[at]
        if block.element.getparent() is place:
            return _is_made_as(block, self._makes)
        below = block.ancestors[block.ancestors.index(place) + 1 :]
        if is_bookmark(block, self._leaves):
            return below[0].tag == "figure"
        if all(_is_part(one) or one is block.element or is_wrapper(one) for one in below):
            return True
        return self._is_box_of_lines(below[0], at)

    def _is_boxed_alike(self, block: Block) -> bool:
        """Whether a block stands in boxes made like those of a paragraph, or is quoted in them."""
        path = _path_below(self._common, block)
        if any(one.tag == "blockquote" for one in block.ancestors):
            return path[:1] in {one[:1] for one in self._paths if len(one) > 1}
        return path in self._paths

    def _is_box_of_lines(self, box: etree._Element, at: int) -> bool:
        """Whether a block stands in a small box of paragraphs that lead nowhere: where and when."""
        rest = islice(self._blocks, at, None)
        within = list(islice(takewhile(lambda one: box in one.ancestors, rest), MOST_LINES + 1))
        return len(within) <= MOST_LINES and all(
            one.tag == "p" and not one.links and one.element.getparent() is box for one in within
        )

    def _without_headings(self, found: list[int]) -> list[int]:
        """The blocks without headings and links at their end, unless these are sources."""
        while found and _needs_text_below(self._blocks[found[-1]]):
            own = [self._blocks[at] for at in found]
            if self._is_reference(_first_line(own)) or self._ends_in_sources(own):
                break
            if is_file_line(own[-1]) or (self._is_known and self._is_reference(own[-1])):
                break
            if self._is_reference(own[-1]) and _is_announced(own):
                break
            found.pop()
        return found

    def _ends_in_sources(self, found: Sequence[Block]) -> bool:
        """Whether the last lines are links to other sites that say more than "Facebook"."""
        run = list(takewhile(self._is_source, found[::-1]))
        return len(run) >= SOURCES and sum(len(block.text) for block in run) >= LABEL * len(run)

    def _is_in_list_of_sources(self, block: Block) -> bool:
        """Whether a block is of a list of links to other sites that say what they lead to.

        A link to where readers share a page has its address; one to follow the site, a short name.
        """
        if block.tag != "li":
            return False
        place = block.element.getparent()
        if place not in self._sources:
            items = self._items.get(place, ())
            self._sources[place] = self._are_sources(items) or self._are_placed(items, place)
        return self._sources[place]

    @cached_property
    def _items(self) -> Mapping[etree._Element | None, Sequence[Block]]:
        """The items of each list of the page."""
        items: dict[etree._Element | None, list[Block]] = {}
        for one in self._blocks:
            if one.tag == "li":
                items.setdefault(one.element.getparent(), []).append(one)
        return items

    def _are_sources(self, items: Sequence[Block]) -> bool:
        is_told = sum(len(one.text) for one in items) >= NAMED * len(items)
        return len(items) >= LISTED and is_told and self._lead_away(items)

    def _are_placed(self, items: Sequence[Block], place: etree._Element | None) -> bool:
        """Whether links in a list where the paragraphs stand say more than names."""
        is_placed = place is not None and place.getparent() is self._place
        if not is_placed or not self._lead_away(items):
            return False
        said = sum(len(one.text) for one in items)
        is_own = self._is_known and len(items) >= SOURCES and said >= SHORT * len(items)
        return is_own or all(map(_says_more_than_name, items))

    def _lead_away(self, items: Sequence[Block]) -> bool:
        """Whether items are links to other sites, and none is there to share the page."""
        shares = any(shares_page(url) for one in items for url in one.links)
        return not shares and all(map(self._is_source, items))

    def _is_source(self, block: Block) -> bool:
        return is_mere_link(block) and leads_away(block, self._leaves)


def _place_in(block: Block) -> etree._Element | None:
    """The element in which a block stands, and not one around the part of a page that is read."""
    place = place_of(block)
    return place if place is None or place in block.ancestors else block.ancestors[0]


def _is_announced(blocks: Sequence[Block]) -> bool:
    """Whether the last of some lines is a link that the line right above it announces."""
    above = blocks[-2:-1]
    return any(announces(one) and stands_with(blocks[-1], one) for one in above)


def _first_line(blocks: Sequence[Block]) -> Block:
    """The first line of the paragraph that some blocks end with."""
    last = blocks[-1]
    return next(one for one in blocks if one.element is last.element)


def _may_precede_links(before: Block, block: Block) -> bool:
    """Whether a block may be followed by lines that are links: a heading, or one of their list or
    their paragraph, such as an address.
    """
    if before.is_heading or before.text.endswith(":") or is_mere_link(before):
        return True
    if _is_line_below(block, before):
        return True
    return block.tag == "li" and block.element.getparent() is before.element.getparent()


def _is_line_below(block: Block, before: Block) -> bool:
    """Whether a block is the next line of the paragraph that another one is a line of."""
    return block.element is before.element and block.is_next_line


def place_of(block: Block) -> etree._Element | None:
    """The element that a block stands in, or the list or the table around it."""
    place = block.element.getparent()
    while place is not None and place.tag in PARTS:
        place = place.getparent()
    return place


def unquoted(place: etree._Element | None) -> etree._Element | None:
    """The element, or what it stands in where it is a quotation."""
    is_quoted = place is not None and place.tag == "blockquote"
    return place.getparent() if is_quoted and place is not None else place


def _needs_text_below(block: Block) -> bool:
    """Whether a block is a heading or a link, and no element of a list of such."""
    is_element = any(one.tag in PARTS for one in block.ancestors[-2:])
    is_head = block.is_heading and not _says_something(block)
    return not is_element and (is_head or is_mere_link(block))


def _says_something(heading: Block) -> bool:
    """Whether a heading is a sentence without links, that some write as their last one."""
    return is_sentence(heading.text) and len(heading.text) >= SENTENCE and not heading.links


def _is_made_as(block: Block, makes: Collection[str]) -> bool:
    """Whether a block is made like the paragraphs, or is what stands between such."""
    if block.tag == "div" and not block.element.get("class") and (block.links or block.card):
        return False
    return made(block.element) in makes or block.is_heading or block.tag in ("pre", "blockquote")


def _is_part(element: etree._Element) -> bool:
    """Whether an element is a part of a list or a table, or a quotation in an item of one."""
    around = element.getparent()
    is_in_item = around is not None and around.tag in PARTS
    return element.tag in PARTS or (element.tag == "blockquote" and is_in_item)


def _common(blocks: Sequence[Block]) -> etree._Element | None:
    """The innermost element around all of some blocks."""
    first, *others = (one.ancestors[:-1] for one in blocks)
    shared = set(first).intersection(*others)
    return next((one for one in reversed(first) if one in shared), None)


def _is_usual(path: tuple[str, ...], count: int) -> bool:
    """Whether paragraphs are made so: several of them, or one in a box that has a class."""
    return bool(path) and (count >= ALIKE or (len(path) > 1 and not path[0].endswith(" ")))


def _path_below(around: etree._Element | None, block: Block) -> tuple[str, ...]:
    """How a block is made from an element around it on; () where it stands elsewhere."""
    chain = block.ancestors
    return tuple(map(made, chain[chain.index(around) + 1 :])) if around in chain else ()


def is_file_line(block: Block) -> bool:
    """Whether a line is a link to a file."""
    return bool(block.links) and all(map(names_file, block.links))


def says_address(block: Block) -> bool:
    """Whether the one link of a line is written as where it leads: "Source: https://…"."""
    said = link_texts(block)
    return len(said) == 1 and (said[0].startswith(WRITTEN) or _is_host(block))


def _is_host(block: Block) -> bool:
    """Whether a link is written as the name of the host that it leads to: "museum.example"."""
    said = block.text.lower().strip(" ./")
    return "." in said and host_of(block.links[0]).removeprefix("www.") == said


def says_where(block: Block) -> bool:
    """Whether a line that is a link says where it leads, or more than a name."""
    return says_address(block) or _says_more_than_name(block)


def _says_more_than_name(block: Block) -> bool:
    return text_length(block.text) >= SAID and len(block.text.split()) > 1


def is_bookmark(block: Block, leaves: Callable[[str], bool]) -> bool:
    """Whether a block is of a figure that shows a page of another site: its title, what it says."""
    is_away = bool(block.card) and leaves(block.card)
    return is_away and any(one.tag == "figure" for one in block.ancestors)


def is_wrapper(element: etree._Element) -> bool:
    """Whether there is no text in a box but that of a table or a list, which scrolls in it, and
    of a heading over that.
    """
    for _ in range(NESTED):
        filled = [one for one in element if next(one.itertext(), None) is not None]
        if len(filled) == 2 and filled[0].tag in HEADINGS:
            del filled[0]
        if _has_own_text(element) or len(filled) != 1:
            return False
        element = filled[0]
        if element.tag in ("table", "ul", "ol", "dl"):
            return True
    return False


def _has_own_text(element: etree._Element) -> bool:
    """Whether text stands in an element, and in none of its children."""
    return any(text and text.strip() for text in (element.text, *(one.tail for one in element)))
