"""What stands above the first paragraph of an article and belongs to it.

A summary, a lead that is a link, a list of key points, whom a letter greets, and whatever stands
where the first paragraph does: a table of results, a first verse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Sequence
from itertools import groupby, islice, pairwise, takewhile

from lxml import etree

from ...languages.fold import fold
from ...languages.labels import Label, dates_only, has_hour, is_byline, label_of, names_source
from ...web.document import Block, Markup
from ...web.strips import PARTED
from .about import alike
from .boxes import is_of_part, made, quotation_around
from .ending import (
    PARTS,
    is_wrapper,
    place_of,
    says_where,
    unquoted,
)
from .names import JOB
from .own_blocks import is_below_picture, is_marked_summary, tell_of_event, tells_day
from .prose import (
    SENTENCE,
    SUMMARY,
    announces,
    greets,
    is_mere_link,
    is_phrase,
    is_prose,
    is_sentence,
    leads_away,
    parted_label,
    shares_page,
    stands_with,
    tells_of_list,
    text_length,
)
from .prune import FACT_TAGS, MOST_DATE_COPIES, Pruned
from .shown import tells_date
from .titles import headings

BOXED = 3  # levels that the box of a text may be below its first paragraph
STANDFIRST = 3  # blocks of a summary above the text
FEWEST_POINTS = 2
FEWEST_ITEMS = 3  # of a list that say what is what
FEWEST_DAYS = 2  # lines: when something begins, and ends
HEADING_WORDS = 3  # of the shortest heading over a first paragraph that is told by itself
FEWEST_LINES = 3  # without a list around them
POINT_WORDS = 3  # words of a key point, on average
LONGEST_DATED = 160  # characters of a line that tells dates
BESIDE_DATE = 3  # words in a line that is but a date; more say what is on that day
BESIDE_DAY = 2  # the same, where the line has no year: "Friday 25 May, from 7 p.m. on"
COLON = re.compile("[:\uff1a]")
LABELS = 2  # colons of a line that a headline may have, too
YEAR = re.compile(r"\d{4}")
BESIDE = 3  # blocks from one paragraph of an introduction to the next at most
HEAD = 4  # lines over a part of a text at most
JOB_WORDS = 8  # of the longest line that tells who wrote, by what they are
COUNTED_WORDS = 6  # of the shortest line with a number that is no counter: "12 minutes to read"


def opening(pruned: Pruned, above: Sequence[int], first: Block, chosen: Sequence[int]) -> list[int]:
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
    subhead.update(_own_headings(pruned, above, first))
    points = _key_points(blocks, above, first)
    head = _head_of_part(blocks, above, chosen)
    found = summary | lead | subhead | head | made_alike | items | points
    found |= _beside_text(pruned, above, first) | _quoted_above(blocks, above, summary, first)
    found |= _introduction(blocks, above) | _facts_over(pruned, above) | _own_lines(pruned, above)
    found |= _subject_over(pruned, above, first)
    lines = _lines_above(blocks, above, first)
    if found:
        highest = min(found)
        lines |= _lines_above(blocks, above[: above.index(highest)], blocks[highest])
    return sorted(found | lines)


def _subject_over(pruned: Pruned, above: Sequence[int], first: Block) -> set[int]:
    """The line right over a first paragraph that leads to what the text is about on another site:
    one made like it, or loose in its quotation. Other pages tell what is the site's.
    """
    block = pruned.document.blocks[above[-1]] if above and pruned.is_known else None
    if block is None or not is_mere_link(block) or not leads_away(block, pruned.leaves):
        return set()
    is_shared = any(map(shares_page, block.links))
    return {above[-1]} if _is_over(block, first) and not is_shared else set()


def _is_over(block: Block, first: Block) -> bool:
    """Whether a line stands where a first paragraph does, or loose in the quotation around it."""
    if block.tag == "blockquote" and first.element.getparent() is block.element:
        return True
    return block.element is not first.element and stands_with(block, first)


def _facts_over(pruned: Pruned, above: Sequence[int]) -> set[int]:
    """The facts over a text, where other pages tell which of them are of this one: of an event."""
    blocks, found = pruned.document.blocks, set[int]()
    for _, group in groupby(above if pruned.is_known else (), lambda at: _kind_of_fact(blocks[at])):
        facts = list(group)
        if _are_facts([blocks[at] for at in facts], pruned.leaves):
            found.update(facts)
    return found


def _kind_of_fact(block: Block) -> Hashable:
    """What the facts of one list have in common; None for a block that is none."""
    if block.tag in FACT_TAGS:
        return block.element.getparent()
    is_dated = tells_day(block) and label_of(block.text) == Label.NONE
    if not (is_dated and parted_label(block.text)[0]) or block.links or block.card:
        return None
    around = block.element.getparent()
    return block.tag, made(around) if around is not None else ""


def _are_facts(some: Sequence[Block], leaves: Callable[[str], bool]) -> bool:
    """Whether blocks of one kind tell of an event: terms, or lines as "Begins: 5 May, 20:00"."""
    if some[0].tag == "li":
        return _are_labelled(some, leaves)
    if some[0].tag not in ("dt", "dd"):
        return _kind_of_fact(some[0]) is not None and len(some) >= FEWEST_DAYS
    return tell_of_event(some) and not any(_tells_of_page(one) for one in some if one.tag == "dd")


def _are_labelled(items: Sequence[Block], leaves: Callable[[str], bool]) -> bool:
    """Whether most items of a list say what is what, one of them when; none leads to the site."""
    labelled = list(filter(_is_labelled, items))
    if len(labelled) < max(FEWEST_ITEMS, len(items) / 2) or not any(map(_gives_time, labelled)):
        return False
    return all(leaves(url) for one in items for url in one.links)


def _is_labelled(item: Block) -> bool:
    return bool(parted_label(item.text)[0]) and not _is_line_of_dates(item.text)


def _gives_time(item: Block) -> bool:
    return has_hour(item.text) or tells_day(item)


def _own_lines(pruned: Pruned, above: Sequence[int]) -> set[int]:
    """The lines that say something, lead nowhere, and that no other page of the site has."""
    blocks = pruned.document.blocks
    if not pruned.is_known or pruned.title_at < 0:
        return set()
    return {at for at in above if at > pruned.title_at and tells_of_story(blocks[at])}


def tells_of_story(line: Block) -> bool:
    """Whether a line is a phrase, and no caption, and tells neither who wrote nor when."""
    text = line.text
    if not _is_plain(line) or not is_phrase(text):
        return False
    if text.lower() == text.upper() and not tells_of_list(line):
        return False  # without capitals no name is told from a phrase
    if any(map(str.isdigit, text)) and len(text.split()) < COUNTED_WORDS:
        return False
    return not (_is_of_page(line) or is_of_part(line) or is_below_picture(line.element))


def _is_of_page(line: Block) -> bool:
    """Whether a line tells who wrote the page, or when: "By our reporter in Goes"."""
    is_short = len(line.text.split()) <= JOB_WORDS
    if is_byline(line.text) or (is_short and JOB.search(line.text)):
        return True
    return tells_day(line) or _is_line_of_dates(line.text)


def _is_plain(line: Block) -> bool:
    return not (line.is_heading or line.links or line.card or line.tag in ("td", "th"))


def _own_headings(pruned: Pruned, above: Sequence[int], first: Block) -> set[int]:
    """The headings above the first paragraph that no other page of the site has, and that say
    something else than the headline: one right below that, and one right above the paragraph, with
    which it stands in a box that the headline is not in.
    """
    blocks = pruned.document.blocks
    if not pruned.is_known or pruned.title_at < 0:
        return set()
    around = {*blocks[pruned.title_at].ancestors, pruned.document.root}
    below = {
        at for at in above[:1] if _is_next_to_headline(pruned, at) and is_phrase(blocks[at].text)
    }
    over = {at for at in above[-1:] if _around_both(blocks[at], first) not in around}
    names = list(filter(None, headings(pruned.document)))
    return {at for at in below | over if _may_be_heading(blocks[at], names)}


def _says_whose(text: str) -> bool:
    """Whether a line says where a page is from, or has several labels: "Text: Ann Picture: Jan"."""
    return names_source(text) or len(COLON.findall(text)) > LABELS


def _is_next_to_headline(pruned: Pruned, at: int) -> bool:
    """Whether nothing stands between the headline and a line below it but what goes."""
    return all(pruned.reasons[pruned.title_at + 1 : at])


def _may_be_heading(block: Block, names: Sequence[str]) -> bool:
    """Whether a heading says something, and is no counter or label: "7 min. read", "Summary", nor
    one of the names of the page, nor tells who wrote it, and for whom.
    """
    if not block.is_heading or block.links or block.card or any(map(str.isdigit, block.text)):
        return False
    if _is_of_page(block) or _says_whose(block.text):
        return False
    is_name = any(alike(block.text, name) for name in names)
    return len(block.text.split()) >= HEADING_WORDS and not is_name


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
    boxes = {at: quotation_around(blocks[at]) for at in above if at > highest}
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

    What says where to go on another site tells of an event. A table tells something else, unless it
    has nothing but dates and where a story is from.
    """
    if _tell_only_of_page(items):
        return True
    if next(parts.iter("table"), None) is not None:
        return False
    if any(leads_away(one, leaves) and not is_mere_link(one) for one in items):
        return False
    tell = any(dates_only(one.text) or _is_line_of_dates(one.text) for one in items)
    return tell or len(items) < FEWEST_POINTS


def _tell_only_of_page(items: Sequence[Block]) -> bool:
    """Whether items say where a story is from, and when it was written: not several days."""
    days = [one for one in items if dates_only(one.text)]
    is_all = all(dates_only(one.text) or names_source(one.text) for one in items)
    return is_all and len(days) <= MOST_DATE_COPIES


def _is_moment_of_page(line: Block) -> bool:
    """Whether a line is a date, or says what a date is the date of.

    Beside one that touches what stands beside it are who wrote, and how many read it.
    """
    text = line.text
    if PARTED in line.pieces:
        return dates_only(text)
    is_labelled = label_of(text) != Label.NONE and any(map(str.isdigit, text))
    return dates_only(text, BESIDE_DATE if YEAR.search(text) else BESIDE_DAY) or is_labelled


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

    Boxes without a class are all alike: there the heading must stand beside its text, or the boxes
    beside each other, as where each block has one.
    """
    box, place = heading.element.getparent(), subhead.element.getparent()
    if made(subhead.element) != made(heading.element) or box is None or place is None:
        return False
    is_like = made(box) == made(place)
    if is_beside:
        return box is place or is_like
    return is_like and (bool(box.get("class")) or box.getparent() is place.getparent())


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
    """The items right above the first paragraph in its list, where the text begins in one, and
    the line that announces them.
    """
    item = _item_around(first)
    if item is None:
        return set()
    place = item.getparent()
    items = set(takewhile(lambda at: _is_of_list(blocks[at], place), reversed(above)))
    if any(dates_only(blocks[at].text) for at in items):
        return set()
    return items | _line_over_list(blocks, above[: len(above) - len(items)], place)


def _item_around(block: Block) -> etree._Element | None:
    """The item that a block is, or is a part of; None for what is in no list."""
    around = block.element.getparent()
    one = block.element if block.tag == "li" else around
    return one if one is not None and one.tag == "li" else None


def _is_of_list(block: Block, place: etree._Element | None) -> bool:
    """Whether a block is an item of a list, or a part of a plain one: a layout has classes."""
    item = _item_around(block)
    is_plain = item is not None and (item is block.element or not item.get("class"))
    return item is not None and item.getparent() is place and is_plain


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
    """Whether a heading is a summary or a subtitle, and not the title in other words, nor tells
    whom the page is from.
    """
    block = pruned.document.blocks[at]
    if not block.is_heading or _says_whose(block.text):
        return False
    if text_length(block.text) < SUMMARY and not _is_subtitle(at, pruned):
        return False
    return not any(alike(block.text, title) for title in headings(pruned.document) if title)


def _is_subtitle(at: int, pruned: Pruned) -> bool:
    """Whether a line goes on with the headline right above it, and is no name of somebody."""
    block, headline = pruned.document.blocks[at], pruned.document.blocks[at - 1]
    if at != pruned.title_at + 1 or block.links or dates_only(block.text):
        return False
    return block.element.getparent() is headline.element.getparent() and is_phrase(block.text)


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


def greeting(
    blocks: Sequence[Block], above: Sequence[int], first: int, *, is_signed: bool
) -> list[int]:
    """The line right above a text that says whom the letter is written to."""
    before = [at for at in above if at < first]
    return [at for at in before[-1:] if greets(blocks[at], blocks[first], is_signed=is_signed)]
