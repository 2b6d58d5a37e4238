"""Cards: what a page shows of one article, told from what it shows of the next.

A card is the largest element in which one link is by far the strongest: a headline beside the name
of its author, its section and its comments. Where a list is flat, what stands between two cards
belongs to the one before; to the next one, if the times of the list stand above their headlines.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import accumulate

from lxml import etree

from ...languages import times
from ...languages.labels import Label, label_of
from ...remembered import remembered
from ...web.document import Block, Document
from .anchors import Anchor, anchor_text, ends_sentence, is_label, width

BY_FAR = 2.0  # how much stronger than every other link of its card a headline is
LINKS = 12  # pages that a card links at most
BLOCKS = 24  # of a card at most; a real one has fewer than ten
EVER = datetime.fromisoformat("2000-12-31T23:00+00:00")
NEAR = 4  # elements from a day upwards, in one of which the cards below it stand
FEW = 3  # links of a text of which one may be its headline
LINKED = 0.5  # share of links from which a block is no text of the card above it
TEASER = 100  # letters of the words of a link from which they are longer than a headline
TIME = 60  # letters of the longest text that is nothing but a time
POSTED = 100  # letters of a line that says who posted something, and when
FLAT = 3  # pictures side by side that make a flat list
FEWEST_IN_TURN = 3  # days, each over one card
IN_TURN = 0.9  # share of the cards of such a list with a day
LOOSE = 6  # blocks between two cards that may belong to one of them


@dataclass(eq=False)
class Card:
    """One showing of a page: its links, the element around them, the blocks of text in it."""

    key: str
    root: etree._Element
    anchors: list[Anchor]
    inside: etree._Element | None = None  # the card of another link that this one stands in
    blocks: list[Block] = field(default_factory=list)

    @cached_property
    def best(self) -> Anchor:
        """Its strongest link; that of its heading rather than one whose words are a teaser."""
        headed = [one for one in self.anchors if one.heading is not None and one.kind == "text"]
        strongest = _strongest_of(self.anchors)
        return _strongest_of(headed) if headed and is_teaser(strongest) else strongest


@dataclass(slots=True)
class _Strongest:
    """The strongest link in an element, the next one of another page, and how many pages."""

    key: str
    first: float
    second: float
    pages: int

    def add(self, other: _Strongest) -> None:
        if other.key == self.key:
            self.first = max(self.first, other.first)
            self.second = max(self.second, other.second)
            self.pages += other.pages - 1
        else:
            self.pages += other.pages
            rivals = (
                (other.first, self.second)
                if other.first <= self.first
                else (self.first, other.second)
            )
            if other.first > self.first:
                self.key, self.first = other.key, other.first
            self.second = max(rivals)

    @property
    def is_card(self) -> bool:
        """Whether one link is by far the strongest."""
        return self.first >= BY_FAR * self.second


def _strongest_of(anchors: Sequence[Anchor]) -> Anchor:
    """The link that a card's page is called by: by words if any does, else by a picture."""
    return max(
        anchors,
        key=lambda one: (_has_words(one), one.strength, len(one.title), -one.order),
    )


def _has_words(anchor: Anchor) -> bool:
    return anchor.kind == "text" and anchor.strength > 0


def is_teaser(anchor: Anchor) -> bool:
    """Whether a link without a heading says as much as a sentence or two."""
    is_long = width(anchor.title) >= TEASER and ends_sentence(anchor.title)
    return anchor.heading is None and is_long


def cards(document: Document, anchors: Sequence[Anchor]) -> list[Card]:
    """Every showing of every linked page, in the order of the page."""
    strongest = _strongest(document.root, anchors)
    found: dict[tuple[str, etree._Element], Card] = {}
    for anchor in anchors:
        root, inside = _root_of(anchor, strongest)
        card = found.setdefault((anchor.key, root), Card(anchor.key, root, [], inside))
        card.anchors.append(anchor)
    every = list(found.values())
    _give_blocks(document, every)
    return every


def _strongest(
    root: etree._Element, anchors: Sequence[Anchor]
) -> Mapping[etree._Element, _Strongest]:
    """The strongest link of every element that holds links; from the leaves to the root."""
    own = {one.element: one for one in anchors}
    found: dict[etree._Element, _Strongest] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        mine = own.get(element)
        if mine is not None:
            found[element] = _Strongest(mine.key, mine.strength, 0.0, 1)
        for child in element:
            if child not in found:
                continue
            if element not in found:
                one = found[child]
                found[element] = _Strongest(one.key, one.first, one.second, one.pages)
            else:
                found[element].add(found[child])
    return found


def _root_of(
    anchor: Anchor, strongest: Mapping[etree._Element, _Strongest]
) -> tuple[etree._Element, etree._Element | None]:
    """The element of a link's card, and that of the card of a stronger link around it."""
    root, inside = anchor.element, None
    for element in anchor.element.iterancestors():
        if element.tag in ("body", "html", "main"):
            break
        here = strongest[element]
        if here.pages > LINKS:
            break
        if here.is_card and here.key != anchor.key:
            return root, element
        if here.is_card and inside is None:
            root = element
    return root, inside


# --- the text of a card -----------------------------------------------------------------------


def _give_blocks(document: Document, every: Sequence[Card]) -> None:
    """Gives each card the blocks in it, and what stands loose beside it."""
    blocks, spans = document.blocks, document.spans
    shared = _shared(blocks, every, spans)
    placed: list[tuple[int, int, Card]] = []
    for card in every:
        if card.inside is not None:
            continue
        if card.root in spans:
            span = spans[card.root]
            card.blocks = [blocks[one] for one in span[:BLOCKS]]
            placed.append((span.start, span.stop, card))
        elif at := shared.get((_holder(card.root, spans), card.key)):
            card.blocks = [blocks[one] for one in at[:BLOCKS]]
            placed.append((at[0], at[0] + 1, card))
    placed += _wordless(document.root, blocks, [one for one in every if _is_wordless(one)])
    placed.sort(key=lambda one: one[:2])
    _give_loose(blocks, placed)


def _is_wordless(card: Card) -> bool:
    """Whether a card is nothing but a picture: its headline may follow beside it."""
    best = card.best
    return card.inside is None and not card.blocks and best.kind == "picture" and not best.title


def _wordless(
    root: etree._Element, blocks: Sequence[Block], pictures: Sequence[Card]
) -> list[tuple[int, int, Card]]:
    """Where pictures of a flat list stand among the blocks: each has a heading right after it."""
    beside = Counter(_list_of(card) for card in pictures)
    pictures = [card for card in pictures if beside[_list_of(card)] >= FLAT]
    if not pictures:
        return []
    order = {element: at for at, element in enumerate(root.iter())}
    starts = list(accumulate((order.get(block.element, 0) for block in blocks), max))
    places = [(bisect(starts, order[card.root]), card) for card in pictures]
    return [
        (at, at, card)
        for at, card in places
        if at < len(blocks) and blocks[at].is_heading and not blocks[at].links
    ]


def _shared(
    blocks: Sequence[Block], every: Sequence[Card], spans: Mapping[etree._Element, range]
) -> Mapping[tuple[etree._Element, str], list[int]]:
    """Where cards are no more than a part of a block: the blocks of an element that link a page."""
    inline = [one for one in every if one.inside is None and one.root not in spans]
    holders = {_holder(one.root, spans) for one in inline}
    keys = {anchor.target: one.key for one in inline for anchor in one.anchors}
    found: dict[tuple[etree._Element, str], list[int]] = {}
    for at, block in enumerate(blocks):
        if block.element in holders and len(block.links) <= FEW:
            for key in {keys[url] for url in (*block.links, block.card) if url in keys}:
                found.setdefault((block.element, key), []).append(at)
    return found


def _holder(root: etree._Element, spans: Mapping[etree._Element, range]) -> etree._Element:
    return next((one for one in root.iterancestors() if one in spans), root)


def _give_loose(blocks: Sequence[Block], placed: Sequence[tuple[int, int, Card]]) -> None:
    """Gives what stands between two cards of a flat list to one of them."""
    gaps = []
    members = Counter(_list_of(card) for _, _, card in placed)
    befores: Counter[etree._Element] = Counter()
    afters: Counter[etree._Element] = Counter()
    end, left = 0, None
    for start, after, card in [*placed, (len(blocks), len(blocks), None)]:
        if start > end:
            gap = _Gap(left, card, blocks[end:start])
            gaps.append(gap)
            befores.update(gap.times_before())
            afters.update(gap.times_after())
        if start >= end:  # else it is another link of the same block
            end, left = after, card
    for around, count in befores.items():
        if count == 1 < members[around]:
            befores[around] = 0  # the day of the page
    for gap in gaps:
        gap.give(befores, afters)


@dataclass(slots=True)
class _Gap:
    """The blocks between two cards."""

    left: Card | None
    right: Card | None
    blocks: Sequence[Block]

    def times_before(self) -> list[etree._Element]:
        """The list of the card below, if the last block is a time that stands in that list."""
        beside = self._beside(self.right)
        return (
            [_list_of(self.right)]
            if beside and beside[-1] is self.blocks[-1] and is_time(beside[-1])
            else []
        )

    def times_after(self) -> list[etree._Element]:
        """The list of the card above, if a time follows in that list that heads nothing."""
        beside = self._beside(self.left)[:LOOSE]
        is_after = any(is_time(one) and not one.is_heading for one in beside)
        return [_list_of(self.left)] if is_after else []

    def _beside(self, card: Card | None) -> Sequence[Block]:
        if card is None:
            return ()
        around = _list_of(card)
        return [one for one in self.blocks if one.element is around or around in one.ancestors]

    def give(self, befores: Counter[etree._Element], afters: Counter[etree._Element]) -> None:
        """Gives the blocks to the card that they belong to."""
        above, below = self._beside(self.left)[:LOOSE], self._beside(self.right)[-LOOSE:]
        if self.right is not None and below and is_time(below[-1]):
            around = _list_of(self.right)
            if befores[around] > afters[around]:
                self.right.blocks = [below[-1], *self.right.blocks]
                above = [one for one in above if one is not below[-1]]
        if self.right is not None and _is_bare(self.right):
            self.right.blocks = [*self._above_bare(below), *self.right.blocks]
        elif self.left is not None:
            self.left.blocks += _up_to_the_next(above, lacks_title=not self.left.best.title)

    def _above_bare(self, below: Sequence[Block]) -> Sequence[Block]:
        """What a bare card on the right belongs to: from the last heading on, or what is near."""
        return _from_heading(self._beside(self.right))[:LOOSE] or below


def _up_to_the_next(blocks: Sequence[Block], *, lacks_title: bool) -> Iterator[Block]:
    """The blocks below a card that still belong to it: up to links, or to the next heading.

    One that lacks a title takes the first heading as its own.
    """
    for block in blocks:
        is_next = block.is_heading and not lacks_title
        if is_next or block.linked > LINKED:
            return
        lacks_title = lacks_title and not block.is_heading
        yield block


def _is_bare(card: Card) -> bool:
    """Whether a card is nothing but "Lees verder", or "Posted by Jan at 10:30": what it belongs to
    stands above it.
    """
    best, label = card.best, anchor_text(card.best.element)
    if best.kind == "label":
        return all(is_label(one.text) or one.text == label for one in card.blocks)
    is_moment = says_when(best.title) and bool(card.blocks)
    return is_moment and all(_says_posted(one.text, label) for one in card.blocks)


def _says_posted(text: str, moment: str) -> bool:
    """Whether a line says who posted something at a moment: "Posted by Jan at 10:30"."""
    is_more = moment in text and text != moment
    return is_more and len(text) <= POSTED and label_of(text) == Label.PUBLISHED


def _from_heading(blocks: Sequence[Block]) -> Sequence[Block]:
    """The last heading of some blocks, and what stands below it; none where there is none."""
    headings = [at for at, block in enumerate(blocks) if block.is_heading]
    return blocks[headings[-1] :] if headings else ()


def _list_of(card: Card | None) -> etree._Element:
    parent = card.root.getparent() if card is not None else None
    return parent if parent is not None else card.root  # type: ignore[union-attr]


def days_over(blocks: Sequence[Block], every: Sequence[Card]) -> Mapping[Card, Block]:
    """The day that stands over a card in its list, above clocks: "donderdag 12 februari 2026".

    That in a heading ends at the next heading of its level.
    """
    cards_at = _cards_at(every)
    found: dict[Card, Block] = {}
    day: Block | None = None
    for block in blocks:
        if block in cards_at:
            if day is not None and not set(day.ancestors[-NEAR:]).isdisjoint(block.ancestors):
                found.setdefault(cards_at[block], day)
        elif is_day(block.text):
            day = block
        elif day is not None and _ends_day(block, day):
            day = None
    return found


def days_in_turn(blocks: Sequence[Block], every: Sequence[Card]) -> Mapping[Card, Block]:
    """The day right over each card, where days and cards stand in turn, as lines or paragraphs.

    None where the first card has none, or one follows the last: they stand below the cards then.
    """
    at = {block: position for position, block in enumerate(blocks)}
    found: dict[Card, Block] = {}
    for one in _by_list(blocks, {card: at[card.blocks[0]] for card in every if card.blocks}):
        behind = max(at[card.blocks[-1]] for card in one) + 1
        if _are_in_turn(blocks, one.values(), behind):
            found.update((card, blocks[first - 1]) for card, first in one.items())
    return {card: day for card, day in found.items() if is_day(day.text)}


def _by_list(blocks: Sequence[Block], firsts: Mapping[Card, int]) -> Collection[dict[Card, int]]:
    """Cards, with the positions of their first blocks, by what those are lines or paragraphs of."""
    of_lines = {blocks[one].element for one in firsts.values() if _is_line_below(blocks, one)}
    lists: dict[etree._Element | None, dict[Card, int]] = {}
    for card, first in firsts.items():
        element = blocks[first].element
        around = element if element in of_lines else element.getparent()
        lists.setdefault(around, {})[card] = first
    return lists.values()


def _is_line_below(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is a line below another one of its element, and no paragraph."""
    return at > 0 and blocks[at - 1].element is blocks[at].element


def _are_in_turn(blocks: Sequence[Block], positions: Collection[int], behind: int) -> bool:
    """Whether nearly all of several blocks, and the first of them, have a day right above them, and
    the block behind them all is none.
    """
    days = {at for at in positions if at and is_day(blocks[at - 1].text)}
    is_list = len(days) >= max(FEWEST_IN_TURN, IN_TURN * len(positions))
    ends_in_day = any(is_day(one.text) for one in blocks[behind : behind + 1])
    return is_list and min(positions) in days and not ends_in_day


def _cards_at(every: Sequence[Card]) -> Mapping[Block, Card]:
    """The cards by the blocks that stand in them, and not loose beside them."""
    found: dict[Block, Card] = {}
    for card in every:
        for block in card.blocks:
            if card.root is block.element or card.root in block.ancestors:
                found.setdefault(block, card)
    return found


def _ends_day(block: Block, day: Block) -> bool:
    """Whether a heading is of the level of a day, or of a higher one."""
    return block.is_heading and day.is_heading and block.tag <= day.tag


@remembered(4096)
def is_day(text: str) -> bool:
    """Whether a text is a date without a time of day, or "gisteren", and little else."""
    if len(text) > 40:
        return False
    if times.is_day_of_year(text) or times.is_day_name(text):
        return True
    found = times.found_in(text, times.ANYWHERE)
    return bool(found) and not found[0].has_clock


def is_time(block: Block) -> bool:
    """Whether a block says when, and nothing else."""
    return says_when(block.text)


def says_when(text: str) -> bool:
    """Whether a text is a time, and nothing else."""
    return len(text) <= TIME and _says_when(text)


@remembered(4096)  # the same dates stand on a list many times
def _says_when(text: str) -> bool:
    if times.is_relative(text) or times.is_clock(text):
        return True
    if not any(sign.isdigit() for sign in text):
        return False
    return (
        times.absolute(text, times.ANYWHERE) is not None
        or times.relative(text, EVER, times.ANYWHERE) is not None
    )
