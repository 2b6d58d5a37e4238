"""From where to where the text of an article goes: what stands above its first paragraph, between
its paragraphs, and below its last.

    above     a summary, a lead that is a link, a list of key points, whom a letter greets, and
              whatever stands where the first paragraph does: a table of results, a first verse
    between   subheads, lists, short lines
    below     whatever is made like the text: a list, a table, dates, a signature
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import dropwhile, groupby, islice, pairwise, takewhile

from lxml import etree

from ...languages.fold import fold
from ...languages.labels import Label, dates_only, label_of
from ...web.document import Block, Markup
from ...web.strips import PARTED
from .about import alike
from .boxes import kind_of, made
from .ending import (
    LABEL,
    PARTS,
    WRITTEN,
    Ending,
    is_bookmark,
    is_file_line,
    is_wrapper,
    place_of,
    says_where,
    unquoted,
)
from .own_blocks import is_marked_summary, tells_day
from .prose import (
    SENTENCE,
    SUMMARY,
    announces,
    greets,
    is_mere_link,
    is_prose,
    is_sentence,
    is_text,
    leads_away,
    letters_of,
    link_texts,
    shares_page,
    stands_with,
    text_length,
)
from .prune import SHARES, Pruned
from .shown import tells_date
from .titles import headings

BOXED = 3  # levels that the box of a text may be below its first paragraph
STANDFIRST = 3  # blocks of a summary above the text
FEWEST_POINTS = 2
FEWEST_FACTS = 3
HEADING_WORDS = 3  # of the shortest heading over a first paragraph that is told by itself
FEWEST_LINES = 3  # without a list around them
POINT_WORDS = 3  # words of a key point, on average
LONGEST_DATED = 160  # characters of a line that tells dates
BESIDE_DATE = 3  # words in a line that is but a date; more say what is on that day
BESIDE_DAY = 2  # the same, where the line has no year: "Friday 25 May, from 7 p.m. on"
YEAR = re.compile(r"\d{4}")
BESIDE = 3  # blocks from one paragraph of an introduction to the next at most
HEAD = 4  # lines over a part of a text at most
SUBTITLE_WORDS = 3  # of the shortest subtitle
SUBTITLE_LETTERS = 8  # of one in a script without capitals, and maybe without spaces
LONG_WORD = 4  # letters of a word that no name has without a capital
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
    opening = _opening(pruned, above, blocks[prose[0]], chosen)
    below = Ending(blocks, chosen, leaves, is_slot, is_known=pruned.is_known)
    ending = below.among(inside[end:])
    is_signed = _signs([blocks[at] for at in ending], blocks[prose[-1]])
    greetings = {
        at
        for first in (chosen[0], *opening[:1])
        for at in _greeting(blocks, above, first, is_signed=is_signed)
    }
    return sorted(greetings.union(opening)) + chosen + ending


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
    is_told = any(map(leaves, block.links)) or _writes_address(block)
    if kind_of(block) in kinds and (block.is_heading or is_told):
        return True
    return _is_quoted(block, leaves) or is_bookmark(block, leaves) or is_file_line(block)


def _is_button(block: Block, leaves: Callable[[str], bool]) -> bool:
    """Whether a link to another site says what it leads to; on a site, where no other page has it.

    On a page alone it may be any button: "Sign up for free".
    """
    is_told = leads_away(block, leaves) and says_where(block)
    return is_told and not any(map(shares_page, block.links))


def _writes_address(block: Block) -> bool:
    """Whether the one link of a line is written as an address: "Target: https://…"."""
    said = link_texts(block)
    return len(said) == 1 and said[0].startswith(WRITTEN)


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
    return is_away and _quotation_around(block) is not None


def _is_linked_item(
    block: Block, lists: Collection[etree._Element | None], leaves: Callable[[str], bool]
) -> bool:
    """Whether a line that is a link is an item of the text's own list, or leads to another site."""
    item = _item_of(block)
    if item.tag == "li":
        return item.getparent() in lists or leads_away(block, leaves)
    return block.is_heading and leads_away(block, leaves)


def _opening(
    pruned: Pruned, above: Sequence[int], first: Block, chosen: Sequence[int]
) -> list[int]:
    """The summary between headline and text, wherever it stands, key points, and a subhead."""
    blocks = pruned.document.blocks
    plain = [at for at in above if blocks[at].linked < 0.3]
    summary = {
        at
        for at in plain[:STANDFIRST]
        if _is_summary(blocks[at])
        or pruned.describes(blocks[at].text)
        or _is_standfirst(at, pruned)
    }
    lead = {at for at in above[-1:] if _is_linked_lead(blocks[at], first)}
    made_alike = set(takewhile(lambda at: _is_made_like(blocks[at], first), reversed(above)))
    items = _items_above(blocks, above, first)
    subheads = [blocks[at] for at in chosen if blocks[at].is_heading]
    over = above[: len(above) - len(items)]
    subhead = {at for at in over[-1:] if _is_like_one(blocks[at], subheads, first)}
    if subhead:
        subhead.update(_line_over(blocks, over[-2:-1], chosen))
    subhead.update(_own_heading(pruned, above, first))
    points = _key_points(blocks, above, first)
    head = _head_of_part(blocks, above, chosen)
    found = summary | lead | subhead | head | made_alike | items | points
    found |= _beside_text(pruned, above, first) | _quoted_above(blocks, above, summary, first)
    found |= _introduction(blocks, above) | _facts_over(pruned, above)
    lines = _lines_above(blocks, above, first)
    if found:
        highest = min(found)
        lines |= _lines_above(blocks, above[: above.index(highest)], blocks[highest])
    return sorted(found | lines)


def _facts_over(pruned: Pruned, above: Sequence[int]) -> set[int]:
    """The list of terms right above a text, where other pages tell which facts are of this one."""
    blocks = pruned.document.blocks
    facts = set(takewhile(lambda at: blocks[at].tag in ("dt", "dd"), reversed(above)))
    defined = [blocks[at] for at in facts if blocks[at].tag == "dd"]
    is_told = pruned.is_known and len(defined) >= FEWEST_FACTS and any(map(tells_day, defined))
    return facts if is_told and not any(map(_tells_of_page, defined)) else set()


def _own_heading(pruned: Pruned, above: Sequence[int], first: Block) -> list[int]:
    """The heading right above the first paragraph that no other page of the site has.

    It stands with that in a box that the headline is not in, and says something else.
    """
    blocks = pruned.document.blocks
    if not pruned.is_known or pruned.title_at < 0:
        return []
    around = {*blocks[pruned.title_at].ancestors, pruned.document.root}
    names = [title for title in headings(pruned.document) if title]
    return [
        at
        for at in above[-1:]
        if _may_be_heading(blocks[at])
        and _around_both(blocks[at], first) not in around
        and not any(alike(blocks[at].text, name) for name in names)
    ]


def _may_be_heading(block: Block) -> bool:
    """Whether a heading says something, and is no counter or label: "7 min. read", "Summary"."""
    if not block.is_heading or block.links or block.card:
        return False
    return len(block.text.split()) >= HEADING_WORDS and not any(map(str.isdigit, block.text))


def _around_both(one: Block, other: Block) -> etree._Element | None:
    """The innermost element around two blocks."""
    around = set(other.ancestors[:-1])
    return next((element for element in one.ancestors[-2::-1] if element in around), None)


def _beside_text(pruned: Pruned, above: Sequence[int], first: Block) -> set[int]:
    """What stands where the first paragraph does, but for what the page is called."""
    blocks, names = pruned.document.blocks, list(map(fold, headings(pruned.document)))
    return {
        at
        for at in _standing_with(pruned, above, first) | _heading_over(blocks, above, first)
        if not (blocks[at].is_heading and any(fold(blocks[at].text) in name for name in names))
    }


def _standing_with(pruned: Pruned, above: Sequence[int], first: Block) -> set[int]:
    """The lines, lists and tables right above the first paragraph that stand where it does."""
    blocks, leaves = pruned.document.blocks, pruned.leaves
    place = _place_beside(first, blocks[above[-1]]) if above else None
    beside = takewhile(
        lambda at: _is_free(blocks[at], leaves) and _is_beside(blocks[at], place, first),
        reversed(above),
    )
    found = set[int]()
    for parts, group in groupby(beside, lambda at: _parts_around(blocks[at], place)):
        same = list(group)
        if parts is None:
            lines = takewhile(lambda at: not _is_moment_of_page(blocks[at]), same)
            found.update(lines)
        if parts is None and not found.issuperset(same):
            break
        if parts is not None and _are_details([blocks[at] for at in same], parts, leaves):
            break
        found.update(same)
    return found


def _place_beside(first: Block, above: Block) -> etree._Element | None:
    """The element in which lines may stand beside a first paragraph; None in a table, a layout.

    It is that of a paragraph that has no element of its own.
    """
    if first.element in above.ancestors[:-1]:
        return first.element
    place = place_of(first)
    return place if first.tag == "li" or place is first.element.getparent() else None


def _quoted_above(
    blocks: Sequence[Block], above: Sequence[int], found: Collection[int], first: Block
) -> set[int]:
    """The lines below a summary that stand in a quotation beside the text: whose words it has."""
    place, highest = first.element.getparent(), min(found, default=len(blocks))
    boxes = {at: _quotation_around(blocks[at]) for at in above if at > highest}
    return {
        at
        for at, box in boxes.items()
        if box is not None and box.getparent() is place and not blocks[at].links
    }


def _heading_over(blocks: Sequence[Block], above: Sequence[int], first: Block) -> set[int]:
    """The heading right above a quotation with which a text begins."""
    quotation = first.element.getparent()
    place = unquoted(quotation)
    return {
        at
        for at in (above[-1:] if place is not quotation else ())
        if blocks[at].is_heading
        and not blocks[at].links
        and blocks[at].element.getparent() is place
    }


def _is_free(block: Block, leaves: Callable[[str], bool]) -> bool:
    """Whether a block leads nowhere, or to another site, in a part of what it says or by a link
    that says more than a name.
    """
    if not (block.links or block.card):
        return True
    is_told = block.linked <= 0.5 or says_where(block)
    return is_told and leads_away(block, leaves)


def _is_beside(block: Block, place: etree._Element | None, first: Block) -> bool:
    """Whether a block is a line that is made like the first paragraph, or a heading or a part of a
    list or a table there. Where the text begins with an item, a plain sentence will do.
    """
    if place is None:
        return False
    if place not in block.ancestors:
        return _is_boxed_like(block, first)
    if block.element.getparent() is place:
        return block.is_heading or (place is not first.element and _is_made_for(block, first))
    below = block.ancestors[block.ancestors.index(place) + 1 :]
    if place is first.element and block.tag in ("td", "th"):
        return False  # cells beside bare text are of the head of a page
    is_part = block.tag in PARTS and bool(below)
    return is_part and all(one.tag in PARTS or is_wrapper(one) for one in below)


def _is_made_for(block: Block, first: Block) -> bool:
    """Whether a line is made like a first paragraph, or is a plain sentence over an item."""
    if first.tag != "li":
        return made(block.element) == made(first.element)
    is_said = announces(block) or is_sentence(block.text)
    return is_said and made(block.element) == "p "


def _is_boxed_like(block: Block, first: Block) -> bool:
    """Whether a line stands in a box of its own, beside that of a paragraph and made like it."""
    box, other = block.element.getparent(), first.element.getparent()
    if box is None or other is None or made(block.element) != made(first.element):
        return False
    return made(box) == made(other) and box.getparent() is other.getparent() and len(box) == 1


def _parts_around(block: Block, place: etree._Element | None) -> etree._Element | None:
    """The list or the table in an element that a block is a part of; None for a line there."""
    if place not in block.ancestors or place in (block.element, block.element.getparent()):
        return None
    return block.ancestors[block.ancestors.index(place) + 1]


def _are_details(
    items: Sequence[Block], parts: etree._Element, leaves: Callable[[str], bool]
) -> bool:
    """Whether the items of a list tell of the page: when it was written, how often it was read.

    What says where to go on another site tells of an event.
    """
    if next(parts.iter("table"), None) is not None:
        return False
    if any(leads_away(one, leaves) and not is_mere_link(one) for one in items):
        return False
    tell = any(dates_only(one.text) or _is_line_of_dates(one.text) for one in items)
    return tell or len(items) < FEWEST_POINTS


def _is_moment_of_page(line: Block) -> bool:
    """Whether a line is a date, or says what a date is the date of.

    Beside one that touches what stands beside it are who wrote, and how many read it.
    """
    text = line.text
    if PARTED in line.pieces:
        return dates_only(text)
    is_labelled = label_of(text) != Label.NONE and any(map(str.isdigit, text))
    return dates_only(text, BESIDE_DATE if YEAR.search(text) else BESIDE_DAY) or is_labelled


def _greeting(
    blocks: Sequence[Block], above: Sequence[int], first: int, *, is_signed: bool
) -> list[int]:
    """The line right above a text that says whom the letter is written to."""
    before = [at for at in above if at < first]
    return [at for at in before[-1:] if greets(blocks[at], blocks[first], is_signed=is_signed)]


def _signs(lines: Sequence[Block], last: Block) -> bool:
    """Whether some lines below a text sign it: all are short, and made like its paragraphs."""
    return len(lines) >= SIGNATURE and all(
        not is_prose(one) and not one.links and stands_with(one, last) for one in lines
    )


def _introduction(blocks: Sequence[Block], above: Sequence[int]) -> set[int]:
    """The paragraphs right above the text that stand in a box of their own."""
    found = list[int]()
    last = above[-1] if above else 0
    for at in reversed(above):
        if last - at > BESIDE or blocks[at].linked > 0.5:
            break
        if is_prose(blocks[at]) and not _is_line_of_dates(blocks[at].text):
            found.append(at)
            last = at
    return set(found)


def _is_line_of_dates(text: str) -> bool:
    """Whether a text says when something was published or changed."""
    is_labelled = len(text) <= LONGEST_DATED and label_of(text) != Label.NONE
    return tells_date(text) or (is_labelled and any(map(str.isdigit, text)))


def _is_like_one(block: Block, subheads: Sequence[Block], first: Block) -> bool:
    """Whether a heading right above the text is made like its subheads, and stands as they do.

    They stand in one box with the text, or each with its part of it, as in a live blog, where a
    box of its own may hold it with its time.
    """
    box, place = block.element.getparent(), place_of(first)
    if not block.is_heading or box is None:
        return False
    return any(_stands_like(one, block, is_beside=box is place) for one in subheads)


def _line_over(blocks: Sequence[Block], above: Sequence[int], chosen: Sequence[int]) -> list[int]:
    """The line over the first subhead, if later ones have a line made like it: their times."""
    over = {_form(blocks[at]) for at, below in pairwise(chosen) if blocks[below].is_heading}
    return [at for at in above if not blocks[at].is_heading and _form(blocks[at]) in over]


def _stands_like(subhead: Block, heading: Block, *, is_beside: bool) -> bool:
    """Whether a subhead is made like a heading, and stands in its box or in one like that.

    Boxes without a class are all alike: there the heading must stand beside its text.
    """
    box, place = heading.element.getparent(), subhead.element.getparent()
    if made(subhead.element) != made(heading.element) or box is None or place is None:
        return False
    is_like = made(box) == made(place)
    return box is place or is_like if is_beside else is_like and bool(box.get("class"))


def _head_of_part(blocks: Sequence[Block], above: Sequence[int], chosen: Sequence[int]) -> set[int]:
    """The lines right above the first paragraph, where a later part of the text begins with such
    lines, too: a time and a talk in bold, and the speaker below.
    """
    lines = _lines_over(blocks, above[-HEAD:])
    for form in sorted(_forms_of_heads(blocks, chosen), key=len, reverse=True):
        same = lines[-len(form) :]
        if [_form(blocks[at]) for at in same] == form:
            return set(same)
    return set()


def _forms_of_heads(blocks: Sequence[Block], chosen: Sequence[int]) -> list[list[Hashable]]:
    """The forms of the lines over the paragraphs of a text, where they begin in bold."""
    over = [
        _lines_over(blocks, chosen[max(number - HEAD, 0) : number])
        for number, at in enumerate(chosen)
        if is_prose(blocks[at])
    ]
    return [
        [_form(blocks[at]) for at in head] for head in over if head and _is_bold(blocks[head[0]])
    ]


def _lines_over(blocks: Sequence[Block], above: Sequence[int]) -> list[int]:
    """The short lines right at the end of some blocks, in order."""
    lines = takewhile(lambda at: _is_line(blocks[at]), reversed(above))
    return sorted(lines)


def _is_line(block: Block) -> bool:
    is_short = len(block.text) <= LONGEST_DATED and not is_prose(block)
    return is_short and not block.is_heading and block.linked < 0.5 and not dates_only(block.text)


def _form(block: Block) -> Hashable:
    """What the heads of the parts of a text have in common."""
    around = block.element.getparent()
    place = made(around) if around is not None else ""
    return place, made(block.element), block.is_next_line, _is_bold(block)


def _is_bold(block: Block) -> bool:
    """Whether a line begins in bold."""
    first = next(iter(block.pieces), "")
    return isinstance(first, Markup) and first.startswith(("<strong", "<b>"))


def _is_made_like(block: Block, first: Block) -> bool:
    """Whether a paragraph above the box of the text is made like those in it."""
    return (
        is_prose(block)
        and made(block.element) == made(first.element)
        and block.element.getparent() in _around(first.element)
    )


def _around(element: etree._Element) -> list[etree._Element]:
    """The elements right around one, a few levels up."""
    return list(islice(element.iterancestors(), BOXED))


def _lines_above(blocks: Sequence[Block], above: Sequence[int], first: Block) -> set[int]:
    """The lines right above one in its paragraph, where that begins in the middle of a sentence."""
    found, below = set[int](), first
    if not first.text[:1].islower():
        return found
    for at in reversed(above):
        if blocks[at].element is not first.element or not (below is first or below.is_next_line):
            break
        found.add(at)
        below = blocks[at]
    return found


def _items_above(blocks: Sequence[Block], above: Sequence[int], first: Block) -> set[int]:
    """The items right above the first paragraph in its list, where the text begins with one, and
    the line that announces them.
    """
    if first.tag != "li":
        return set()
    place = first.element.getparent()
    items = set(takewhile(lambda at: blocks[at].element.getparent() is place, reversed(above)))
    if any(dates_only(blocks[at].text) for at in items):
        return set()
    return items | _line_over_list(blocks, above[: len(above) - len(items)], place)


def _line_over_list(
    blocks: Sequence[Block], above: Sequence[int], place: etree._Element | None
) -> set[int]:
    """The line right above a list that announces it, and stands where the list does."""
    around = place.getparent() if place is not None else None
    return {
        at
        for at in above[-1:]
        if announces(blocks[at]) and around in (blocks[at].element, blocks[at].element.getparent())
    }


def _is_summary(block: Block) -> bool:
    if is_marked_summary(block):
        return True
    return text_length(block.text) >= SUMMARY and (is_sentence(block.text) or is_prose(block))


def _is_standfirst(at: int, pruned: Pruned) -> bool:
    """Whether a heading is a summary or a subtitle, and not the title in other words."""
    block = pruned.document.blocks[at]
    if not block.is_heading:
        return False
    if text_length(block.text) < SUMMARY and not _is_subtitle(at, pruned):
        return False
    return not any(alike(block.text, title) for title in headings(pruned.document) if title)


def _is_subtitle(at: int, pruned: Pruned) -> bool:
    """Whether a line goes on with the headline right above it, and is no name of somebody."""
    block, headline = pruned.document.blocks[at], pruned.document.blocks[at - 1]
    if at != pruned.title_at + 1 or block.links or dates_only(block.text):
        return False
    return block.element.getparent() is headline.element.getparent() and _is_phrase(block.text)


def _is_phrase(text: str) -> bool:
    """Whether a text says more than a name does, by its small letters."""
    if text.lower() == text.upper():
        return len(text) >= SUBTITLE_LETTERS
    words = text.split()
    return len(words) >= SUBTITLE_WORDS and any(
        len(one) >= LONG_WORD and one[0].islower() for one in words
    )


def _is_linked_lead(block: Block, first: Block) -> bool:
    """Whether a sentence that is a link, or most of it, is made like the paragraph below it."""
    fewest = SUMMARY if is_mere_link(block) else SENTENCE
    return (
        block.linked > 0.5
        and text_length(block.text) >= fewest
        and is_sentence(block.text)
        and block.element.getparent() is first.element.getparent()
        and made(block.element) == made(first.element)
    )


def _key_points(blocks: Sequence[Block], above: Sequence[int], first: Block) -> set[int]:
    """The list right above the first paragraph, or lines made like that.

    There is none of dates, names or buttons.
    """
    place, make = first.element.getparent(), made(first.element)
    items = set(takewhile(lambda at: _is_item_in(blocks[at], place), reversed(above)))
    lines = set(takewhile(lambda at: _is_line_of(blocks[at], place, make), reversed(above)))
    points = items if len(items) >= FEWEST_POINTS else lines
    words = sum(len(blocks[at].text.split()) for at in points)
    fewest = FEWEST_POINTS if points is items else FEWEST_LINES
    if len(points) < fewest or words < POINT_WORDS * len(points):
        return set()
    return set() if any(_tells_of_page(blocks[at]) for at in points) else points


def _tells_of_page(item: Block) -> bool:
    """Whether an item of a list leads elsewhere, or says when the page was written, and who did."""
    return bool(item.links) or tells_date(item.text) or PARTED in item.pieces


def _is_item_in(block: Block, place: etree._Element | None) -> bool:
    """Whether a block is an item of a list that stands right in an element."""
    around = block.element.getparent()
    return block.tag == "li" and around is not None and around.getparent() is place


def _is_line_of(block: Block, place: etree._Element | None, make: str) -> bool:
    """Whether a block stands right in an element, and is made like the paragraphs there."""
    return block.element.getparent() is place and made(block.element) == make


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
    posts = {_quotation_around(blocks[at]) for at in below if _is_quoted(blocks[at], leaves)}
    return [at for at in below if _quotation_around(blocks[at]) in posts - {None}]


def _quotation_around(block: Block) -> etree._Element | None:
    return next((one for one in block.ancestors if one.tag == "blockquote"), None)


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
