"""What looks like furniture, and is the story's own.

    lead       named like a teaser or an advertisement, between headline and text
    wrapper    in a box that is called a popup, as all that only this page says
    rest       hidden until a button is pressed, where the text breaks off
    notes      asides amid a text that lead nowhere
    recurring  subheads and sentences that other articles have too, between paragraphs that none has
    opening    the first subhead
    sections   what heads texts that only this page has, in boxes made alike
    sources    whom a quotation is of
    facts      terms whose definitions only this page has
    below      what heads a list or a table below the text, and cells that other articles have too
    letters    whom a letter greets and who signs it, which the same people's other letters say too
    files      lines that lead to files only, and are called as furniture is

Names and recurrence are evidence; where a block stands, and what the site's other articles show,
is more. `elsewhere` says of a block whether it is known from elsewhere on the site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, takewhile

from lxml import etree

from ...languages.fold import fold
from ...languages.labels import dates_only
from ...languages.pattern import Pattern
from ...languages.tables import any_spelt
from ...languages.times import ANYWHERE, found_in
from ...web.document import Block
from ...web.urls import names_file
from .boxes import is_of_part, made
from .prose import greets, is_prose, signature, stands_with, text_length

NEAR = 8  # blocks below the headline among which the lead stands
LEAD = 50  # letters of the shortest lead
PARAGRAPH = 80  # letters of one amid the text that has a name of furniture
LONE = 2  # blocks at most in the element that holds it
OTHERS = "belongs to another article"
RECURS = "stands on sibling pages"
NAMED = "class "  # how reasons begin that rest on a name
ERRORS = "class messages "  # what the system says of its own
BOXED = 2  # paragraphs at least in a box of the text that has the name of something else
# Those of what a button shows.
LATER = Pattern(lambda: rf"hidden|class (?:read|{any_spelt('classes.insert')})")
# Names of lists that lead away, and are never of a text.
NEVER = re.compile(
    r"class .*(?:tag|shar|social|follow|relat|crumb|newsletter|categor|pag(?:er|ination)|author)",
    re.IGNORECASE,
)
# Names of what readers, other stories and the site say: none of it is the story's.
OF_OTHERS = re.compile(
    r"comment|cookie|consent|newsletter|subscri|relat|teaser|recommend|author|share|login|footer|nav"
)
HEADS = 2  # lines at most over the text of a section
RUN = 4  # blocks in a row that other articles have too
FACTS = frozenset(("dt", "dd", "td", "th", "caption"))
LISTS = frozenset(("ul", "ol", "dl", "table"))
FACTS_OF_EVENT = 3  # definitions in a list of terms that tells of one
SIGNED = 6  # lines below a text that sign it
LONGEST_LINE = 60  # characters of one of them
LONGEST_LABEL = 160  # characters of a question over its answer


def own_lead(
    blocks: Sequence[Block],
    reasons: Sequence[str],
    title_at: int,
    elsewhere: Callable[[int], bool],
    describes: Callable[[str], bool],
    *,
    is_known: bool,
) -> int:
    """The block between headline and text that is the lead whatever it is called; -1 for none.

    `describes` says whether a text is the page's description, and `is_known` whether other pages
    of the site are known: where neither speaks for a text, its name decides.
    """
    if title_at < 0:
        return -1
    for at in range(title_at + 1, min(title_at + 1 + NEAR, len(blocks))):
        block = blocks[at]
        if not is_prose(block) or text_length(block.text) < LEAD:
            continue
        if not reasons[at]:
            return -1  # the text begins
        is_described = describes(block.text)
        if not (is_described or (is_known and _is_lone(blocks, reasons, at))) or elsewhere(at):
            continue
        if _is_named_lead(block, reasons[at]):
            return at
    return -1


def marked_lead(
    blocks: Sequence[Block], reasons: Sequence[str], title_at: int, elsewhere: Callable[[int], bool]
) -> Iterator[int]:
    """The line below the headline that microdata calls the summary, if no other page has it."""
    near = range(title_at + 1, min(title_at + 1 + NEAR, len(blocks))) if title_at >= 0 else ()
    for at in near:
        if is_marked_summary(blocks[at]) and _is_named_lead(blocks[at], reasons[at]):
            if not elsewhere(at):
                yield at
            return


def is_marked_summary(block: Block) -> bool:
    """Whether microdata calls a line the summary of the page's own item, and of nobody else."""
    if all(one.get("itemprop") != "description" for one in block.ancestors[-3:-1]):
        return False
    return not is_of_part(block)


def _is_named_lead(block: Block, reason: str) -> bool:
    """Whether nothing but its name says that a block is something other than the lead."""
    is_named = reason.startswith(NAMED) and not reason.startswith(ERRORS)
    return is_named and not block.linked and not is_below_picture(block.element)


def _is_lone(blocks: Sequence[Block], reasons: Sequence[str], at: int) -> bool:
    """Whether few blocks go with it for the same reason."""
    around = range(max(at - LONE, 0), min(at + LONE + 1, len(blocks)))
    return sum(reasons[near] == reasons[at] for near in around) <= LONE


def is_below_picture(element: etree._Element) -> bool:
    """Whether a text stands with a picture, as captions do."""
    parent = element.getparent()
    before = element.getprevious()
    if before is None and parent is not None:
        before = parent.getprevious()
    beside = (before, parent)
    return element.find(".//img") is not None or any(
        one is not None and _is_picture(one) for one in beside
    )


def _is_picture(element: etree._Element) -> bool:
    if element.tag in ("img", "figure", "picture"):
        return True
    return element.find(".//img") is not None and not "".join(element.itertext()).strip()


def own_rest(
    blocks: Sequence[Block],
    reasons: Sequence[str],
    elsewhere: Callable[[int], bool],
    *,
    is_alone: bool,
) -> Iterator[int]:
    """The blocks that a button shows: where the text above stands, and made like it.

    Where no other page of the site is known, hidden banners are told by their headings.
    """
    before: Block | None = None
    for reason, group in groupby(range(len(blocks)), key=lambda at: reasons[at]):
        run = list(group)
        if not reason:
            before = next((blocks[at] for at in reversed(run) if is_prose(blocks[at])), before)
        elif before is not None:
            rest = _resumed(blocks, run, reason, before, is_alone=is_alone)
            yield from () if any(map(elsewhere, rest)) else rest


def _resumed(
    blocks: Sequence[Block], run: Sequence[int], reason: str, before: Block, *, is_alone: bool
) -> Sequence[int]:
    """What of the blocks that went for one reason goes on with the text before them."""
    if len(run) == 1 and _is_named_paragraph(blocks, run[0], reason):
        return run
    needed = _needed(reason, is_alone=is_alone)
    is_banner = is_alone and blocks[run[0]].is_heading
    if not needed or is_banner:
        return ()
    place = before.element.getparent()
    rest = list(takewhile(lambda at: place in blocks[at].ancestors, run))
    return rest if _goes_on([blocks[at] for at in rest], before, needed) else ()


def _is_named_paragraph(blocks: Sequence[Block], at: int, reason: str) -> bool:
    """Whether only the paragraph itself has the name, amid others that it shares a class with."""
    block, around = blocks[at], [*blocks[at - 1 : at], *blocks[at + 1 : at + 2]]
    if not reason.startswith(NAMED) or not is_prose(block) or text_length(block.text) < PARAGRAPH:
        return False
    if is_below_picture(block.element):
        return False
    classes = set((block.element.get("class") or "").split())
    return any(
        one.element.getparent() is block.element.getparent()
        and one.tag == block.tag
        and not classes.isdisjoint((one.element.get("class") or "").split())
        for one in around
    )


def _needed(reason: str, *, is_alone: bool) -> int:
    """How many paragraphs make a text of what went for a reason; 0 if none do."""
    if LATER.match(reason):
        return 1
    return BOXED if reason.startswith(NAMED) and not is_alone else 0


def _goes_on(blocks: Sequence[Block], before: Block, needed: int) -> bool:
    """Whether blocks are mostly paragraphs made like the one before, and lead nowhere."""
    prose = [block for block in blocks if is_prose(block)]
    said = sum(text_length(block.text) for block in prose)
    return (
        len(prose) >= needed
        and 2 * said > sum(text_length(block.text) for block in blocks)
        and all(_same_make(block, before) for block in prose)
        and all(block.linked <= 0.5 for block in blocks)
    )


def _same_make(one: Block, other: Block) -> bool:
    return signature(one)[-1:] == signature(other)[-1:]


def own_wrapper(
    blocks: Sequence[Block], reasons: Sequence[str], elsewhere: Callable[[int], bool]
) -> Sequence[int]:
    """What goes for one name, where all that only this page says has it: the story's own box.

    "popup" may be what a site calls the box of each event. `elsewhere` says what other pages have.
    """
    own = [at for at, block in enumerate(blocks) if is_prose(block) and not elsewhere(at)]
    name = _only_name([reasons[at] for at in own])
    is_enough = sum(text_length(blocks[at].text) for at in own) >= LEAD
    return [at for at, reason in enumerate(reasons) if reason == name] if name and is_enough else ()


def _only_name(reasons: Sequence[str]) -> str:
    """The one name for which all of some blocks go, if it is none of what is never a story."""
    names = set(reasons)
    name = names.pop() if len(names) == 1 else ""
    return name if name.startswith(NAMED) and not OF_OTHERS.search(name) else ""


def own_asides(
    blocks: Sequence[Block],
    reasons: Sequence[str],
    elsewhere: Callable[[int], bool],
    *,
    is_known: bool,
) -> Iterator[int]:
    """The blocks of notes between two paragraphs: what stands in an `<aside>` and leads nowhere.

    Where other pages of the site are known (`is_known`), also right above the first paragraph.
    """
    for reason, group in groupby(range(len(blocks)), key=lambda at: reasons[at]):
        run = list(group) if reason == "<aside>" else []
        if not run or any(map(elsewhere, run)):
            continue
        if _are_notes(blocks, reasons, run) or (is_known and _open_text(blocks, reasons, run)):
            yield from run


def own_named_lists(
    blocks: Sequence[Block],
    reasons: Sequence[str],
    elsewhere: Callable[[int], bool],
    leaves: Callable[[str], bool],
) -> Iterator[int]:
    """The items of lists that are only called as furniture is: they stand between two paragraphs in
    their element, and lead to files and other sites.

    No other page has any of them. `leaves` says whether an address is another site's, or a file's.
    """
    for reason, group in groupby(range(len(blocks)), key=lambda at: reasons[at]):
        if not reason.startswith(NAMED) or NEVER.search(reason):
            continue
        run = list(group)
        urls = [url for at in run for url in blocks[at].links]
        if not urls or not all(map(leaves, urls)) or any(map(elsewhere, run)):
            continue
        if _is_list_amid_text(blocks, reasons, run):
            yield from run


def own_files(
    blocks: Sequence[Block], reasons: Sequence[str], elsewhere: Callable[[int], bool]
) -> Iterator[int]:
    """The lines that lead to files only, are called as furniture is, and are on no other page."""
    for at, reason in enumerate(reasons):
        if not reason.startswith(NAMED) or NEVER.search(reason) or not blocks[at].links:
            continue
        if all(map(names_file, blocks[at].links)) and not elsewhere(at):
            yield at


def _is_list_amid_text(blocks: Sequence[Block], reasons: Sequence[str], run: Sequence[int]) -> bool:
    """Whether some blocks are one list, and paragraphs that are kept stand right beside it."""
    lists = {blocks[at].element.getparent() if blocks[at].tag == "li" else None for at in run}
    only = lists.pop()
    if lists or only is None or run[0] == 0 or run[-1] + 1 == len(blocks):
        return False
    return all(
        not reasons[at]
        and is_prose(blocks[at])
        and blocks[at].element.getparent() is only.getparent()
        for at in (run[0] - 1, run[-1] + 1)
    )


def _open_text(blocks: Sequence[Block], reasons: Sequence[str], run: Sequence[int]) -> bool:
    """Whether sentences that lead nowhere begin the element of a paragraph right below them."""
    below = run[-1] + 1
    if below == len(blocks) or reasons[below] or not is_prose(blocks[below]):
        return False
    place = blocks[below].element.getparent()
    if any(place in one.ancestors for one in blocks[run[0] - 1 : run[0]]):
        return False
    return all(_is_note_in(place, blocks[at]) for at in run)


def _is_note_in(place: etree._Element | None, block: Block) -> bool:
    is_placed = _aside_around(block).getparent() is place
    return is_placed and is_prose(block) and not (block.links or block.card)


def _are_notes(blocks: Sequence[Block], reasons: Sequence[str], run: Sequence[int]) -> bool:
    """Whether some blocks stand between two paragraphs of a text, as its notes do."""
    around = [at for at in (run[0] - 1, run[-1] + 1) if 0 <= at < len(blocks)]
    beside = [blocks[at] for at in around if not reasons[at] and _is_of_text(blocks[at])]
    is_amid = len(beside) == 2 and any(map(is_prose, beside))
    return is_amid and _are_amid([blocks[at] for at in run], beside)


def _is_of_text(block: Block) -> bool:
    return block.is_heading or is_prose(block)


def _are_amid(notes: Sequence[Block], beside: Sequence[Block]) -> bool:
    """Whether notes that say something, without links, stand where a paragraph beside does."""
    if any(block.links or block.card for block in notes):
        return False
    if not any(map(is_prose, notes)) and not _are_facts(notes):
        return False
    place = {_aside_around(block).getparent() for block in notes}
    return any({one.element.getparent()} == place for one in beside) and all(
        place.issubset(one.ancestors) for one in beside
    )


def _are_facts(notes: Sequence[Block]) -> bool:
    """Whether notes are a table or a list of what something is called and what it is."""
    return all(one.is_heading or one.tag in FACTS for one in notes) and not notes[-1].is_heading


def _aside_around(block: Block) -> etree._Element:
    return next(one for one in block.ancestors if one.tag == "aside")


def own_recurring(blocks: Sequence[Block], reasons: Sequence[str]) -> Iterator[int]:
    """What recurs on the site between two paragraphs of one element that only this page has."""
    run: list[int] = []
    before: Block | None = None
    for at, block in enumerate(blocks):
        if reasons[at] == RECURS:
            run.append(at)
        elif reasons[at] == OTHERS:
            before = None
        elif not reasons[at] and (is_prose(block) or _goes_on_from(block, before)):
            if before is not None and _is_amid([blocks[one] for one in run], before, block):
                yield from run
            before, run = block, []


def _goes_on_from(block: Block, before: Block | None) -> bool:
    """Whether a line without links stands with a paragraph above it: of an address, or a poem."""
    return before is not None and not block.links and stands_with(block, before)


def _is_amid(run: Sequence[Block], before: Block, after: Block) -> bool:
    """Whether some blocks are headings or lines of the text that the paragraphs around are of."""
    is_one_text = len(run) <= RUN and _same_place(before, after)
    return is_one_text and all(_is_like(one, after) for one in run)


def _same_place(one: Block, other: Block) -> bool:
    return _stand_together(one, other) and _same_make(one, other)


def _stand_together(one: Block, other: Block) -> bool:
    """Whether two blocks stand in one element, or each in a box of its own, made alike, in one."""
    box, beside = one.ancestors[-2:-1], other.ancestors[-2:-1]
    if box == beside:
        return True
    is_boxed = bool(box and beside) and one.ancestors[-3:-2] == other.ancestors[-3:-2]
    return is_boxed and len(box[0]) == len(beside[0]) == 1 and made(box[0]) == made(beside[0])


def _is_like(block: Block, text: Block) -> bool:
    """Whether a block without links is a heading or a line of the text beside it."""
    same = _stand_together(block, text) or block.element.getparent() is text.element
    return same and not block.links and (block.is_heading or _same_make(block, text))


def own_opening(blocks: Sequence[Block], reasons: Sequence[str]) -> Iterator[int]:
    """The heading over the first paragraph that recurs, and is made like one further down."""
    kept = [at for at, reason in enumerate(reasons) if not reason]
    first = next((at for at in kept if is_prose(blocks[at])), 0)
    if not first or reasons[first - 1] != RECURS or not _heads(blocks[first - 1], blocks[first]):
        return
    further = (blocks[at] for at in kept if at > first and _heads(blocks[at], blocks[first]))
    if any(one.tag == blocks[first - 1].tag for one in further):
        yield first - 1


def _heads(heading: Block, text: Block) -> bool:
    """Whether a heading stands where a paragraph does."""
    return heading.is_heading and _is_like(heading, text)


def own_sections(blocks: Sequence[Block], reasons: Sequence[str]) -> Iterator[int]:
    """What recurs on the site over texts that only this page has, in several boxes made alike.

    The pages of some sites are forms: "Goals", "Costs", "Whom to ask".
    """
    sections: dict[tuple[object, ...], list[tuple[list[int], Block]]] = {}
    for head, text in _headed(blocks, reasons):
        sections.setdefault(_made(blocks[head[0]], text), []).append((head, text))
    for alike in sections.values():
        if len(alike) > 1 and any(is_prose(text) for _, text in alike):
            yield from (at for head, _ in alike for at in head)


def _headed(blocks: Sequence[Block], reasons: Sequence[str]) -> Iterator[tuple[list[int], Block]]:
    """The texts right below what recurs and may head a section."""
    head: list[int] = []
    for at, block in enumerate(blocks):
        if reasons[at] == RECURS and not (block.links or block.card):
            head.append(at)
            continue
        head = _from_heading(blocks, head)
        if _may_be_section([blocks[one] for one in head], block, reasons[at]):
            yield head, block
        head = []


def _from_heading(blocks: Sequence[Block], run: list[int]) -> list[int]:
    """What recurs from the first heading on, if there is one: a label above it has no answer."""
    first = next((one for one in run if blocks[one].is_heading), -1)
    return [one for one in run if one >= first]


def _may_be_section(head: Sequence[Block], text: Block, reason: str) -> bool:
    """Whether a heading, with a label below it at most, stands over a text that leads nowhere."""
    is_head = 0 < len(head) <= HEADS and (head[0].is_heading or _asks(head[0]))
    return is_head and not (reason or text.links or text.card or dates_only(text.text))


def _asks(line: Block) -> bool:
    """Whether a line is a label or a question, to which what is below it answers."""
    return len(line.text) <= LONGEST_LABEL and line.text.endswith((":", "：", "?", "？"))


def _made(heading: Block, text: Block) -> tuple[object, ...]:
    """How a heading and a text below it are put together, and where."""
    pairs = zip(heading.ancestors, text.ancestors, strict=False)
    boxes = [one for one, other in pairs if one is other]
    if not boxes:
        return (heading.element,)  # in another part of what is read
    return heading.tag, boxes[-1].tag, boxes[-1].get("class"), boxes[-1].getparent()


def own_sources(blocks: Sequence[Block], reasons: Sequence[str]) -> Iterator[int]:
    """Who said what only this page quotes, as others quote them, too."""
    for at in range(1, len(blocks)):
        if reasons[at] == RECURS and not reasons[at - 1] and not blocks[at].links:
            quotations = (one for one in blocks[at].ancestors if one.tag == "blockquote")
            if any(one in blocks[at - 1].ancestors for one in quotations):
                yield at


def own_below(blocks: Sequence[Block], reasons: Sequence[str]) -> Iterator[int]:
    """What recurs on the site below a text, with something there that only this page has.

    The heads of its lists, tables and lines, and what lists and tables share with those of others:
    "Goals", "Team", "Rovers".
    """
    head = list[int]()  # a block at most
    is_headed = False  # by a heading that only this page has
    for place, inside, is_list in _below_texts(blocks, reasons):
        own = [at for at in inside if _is_own_line(blocks[at], reasons[at], place)]
        if own or (is_headed and is_list):
            yield from head + _recurring(blocks, reasons, inside)
        first = inside[0]
        heads = [] if is_list or not _may_head(blocks[first], place) else [first]
        head = _recurring(blocks, reasons, heads)
        is_headed = any(not reasons[at] for at in heads)


def own_facts(blocks: Sequence[Block], reasons: Sequence[str]) -> Iterator[int]:
    """What recurs on the site in a list of terms, where a definition is this page's: "Price"."""
    for around, group in groupby(range(len(blocks)), key=lambda at: _facts_around(blocks[at])):
        inside = list(group) if around is not None else []
        if _defines_own([blocks[at] for at in inside], [reasons[at] for at in inside]):
            yield from _recurring(blocks, reasons, inside)


def _defines_own(facts: Sequence[Block], reasons: Sequence[str]) -> bool:
    """Whether a list of terms leads nowhere, and only this page has one of its definitions."""
    if any(one.links or one.card for one in facts) or not tell_of_event(facts):
        return False
    return not all(why for one, why in zip(facts, reasons, strict=True) if one.tag == "dd")


def tell_of_event(facts: Sequence[Block]) -> bool:
    """Whether some terms and definitions give a day and more; else they may be of the page: who
    wrote it, its tags.
    """
    defined = sum(one.tag == "dd" for one in facts)
    return defined >= FACTS_OF_EVENT and any(map(tells_day, facts))


def tells_day(block: Block) -> bool:
    """Whether a short text gives a day."""
    return len(block.text) <= LONGEST_LINE and bool(found_in(block.text, ANYWHERE))


def _facts_around(block: Block) -> etree._Element | None:
    """The list of terms that a block is a part of."""
    around = block.element.getparent() if block.tag in ("dt", "dd") else None
    return around if around is not None and around.tag == "dl" else None


def _recurring(blocks: Sequence[Block], reasons: Sequence[str], among: Sequence[int]) -> list[int]:
    return [at for at in among if reasons[at] == RECURS and not blocks[at].links]


def _below_texts(
    blocks: Sequence[Block], reasons: Sequence[str]
) -> Iterator[tuple[etree._Element, list[int], bool]]:
    """The lists, tables and single blocks below a text, each with the place of that text."""
    place: etree._Element | None = None
    at = 0
    while at < len(blocks):
        block = blocks[at]
        around = _list_in(block, place)
        inside = [at] if around is None else _run_in(around, blocks, at)
        if place is not None:
            yield place, inside, around is not None
        if around is None and not reasons[at] and is_prose(block):
            place = block.element.getparent()
        at = inside[-1] + 1


def _list_in(block: Block, place: etree._Element | None) -> etree._Element | None:
    """The list or the table around a block that stands in an element."""
    if place is None or place not in block.ancestors:
        return None
    below = block.ancestors[block.ancestors.index(place) + 1 :]
    return next((one for one in below if one.tag in LISTS), None)


def _run_in(element: etree._Element, blocks: Sequence[Block], first: int) -> list[int]:
    """The blocks from one on that stand in an element."""
    rest = range(first, len(blocks))
    return list(takewhile(lambda at: element in blocks[at].ancestors, rest))


def _is_own_line(block: Block, reason: str, place: etree._Element) -> bool:
    """Whether only this page has a block that stands in an element, and leads nowhere."""
    return not (reason or block.links or block.card) and place in block.ancestors


def _may_head(block: Block, place: etree._Element) -> bool:
    """Whether a block is a heading or a label that stands where the paragraphs do."""
    is_label = len(block.text) <= LONGEST_LINE and block.text.endswith((":", "："))
    is_placed = block.element.getparent() is place
    return is_placed and not block.links and (block.is_heading or is_label)


def own_letters(blocks: Sequence[Block], reasons: Sequence[str]) -> Iterator[int]:
    """What recurs on the site right above a text and greets, or below it and signs."""
    for at, block in enumerate(blocks):
        if reasons[at] or not is_prose(block):
            continue
        if at and reasons[at - 1] == RECURS and greets(blocks[at - 1], block):
            yield at - 1
        yield from _signing(blocks, reasons, at)


def _signing(blocks: Sequence[Block], reasons: Sequence[str], last: int) -> Iterator[int]:
    """The lines below a paragraph that sign it: a greeting that ends in a comma, and names; or the
    name of whom the text tells: "The town of Lapovo".
    """
    text, below = blocks[last], range(last + 1, min(last + 1 + SIGNED, len(blocks)))
    lines = list(takewhile(lambda at: _may_sign(blocks[at], text, reasons[at]), below))
    if not lines:
        return
    if blocks[lines[0]].text.endswith(",") and greets(blocks[lines[0]], text):
        yield from (at for at in lines if reasons[at])
    elif [at for at in lines if reasons[at]] == lines[-1:] and _is_told_of(
        blocks, reasons, lines[-1]
    ):
        yield lines[-1]


def _is_told_of(blocks: Sequence[Block], reasons: Sequence[str], at: int) -> bool:
    """Whether the paragraphs above a line say its words."""
    name = fold(blocks[at].text)
    above = (one for one in range(max(at - NEAR, 0), at) if not reasons[one])
    return any(name in fold(blocks[one].text) for one in above if is_prose(blocks[one]))


def _may_sign(block: Block, text: Block, reason: str) -> bool:
    is_line = len(block.text) <= LONGEST_LINE and not block.links and not block.is_heading
    return is_line and reason in ("", RECURS) and stands_with(block, text)
