"""What a notice says: headline, date and text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from typing import Literal

from lxml import etree

from ...languages.fold import fold
from ...languages.labels import is_service
from ...languages.order import Local
from ...languages.tables import words
from ...languages.timewords import months, units
from ...languages.wordcount import count_words
from ...model import Dated
from ...web.document import INLINE, Block, Document, one_line
from ...web.urls import url_key
from .addresses import FILES, split
from .anchors import clean_title, is_heading, is_label
from .notice_dates import When, before_date, is_date, may_begin, when_of, without_date
from .notice_places import name_of

Kind = Literal["heading", "bold", "date", "dated"]

LONGEST_TITLE = 120  # characters of a headline that is made of the text
FEWEST_WORDS = 3  # of a sentence; "Prof." is none
FIRST_WORDS = 8  # of a text that stand for a headline in its address
BYLINE = 6  # words beside a date in a heading that may belong to a headline above it
MOST_ASIDES = 12  # blocks that are taken out of a text
LONGEST_LINE = 200  # characters of a bold line that may be a headline
LINKED = 0.8  # share of links from which a line is nothing else
TERMS = frozenset(("dt", "summary", "legend"))  # headings of what follows
BOLD = frozenset(("b", "strong", "u", "big"))
LAST = 4  # blocks at the end of a notice that may count its readers
LONGEST_COUNTER = 60  # characters of a line that does
FEWEST_ALIKE = 2  # members of a list that have such a line
MOSTLY = 0.6  # share of them that have
NUMBER = re.compile(r"\d+(?:[.,]\d{3})*")
COUNTER = re.compile(rf"(?=.*[^\W\d_])[^\d€$£%]*{NUMBER.pattern}[^\d€$£%.!?]*")
WORD = re.compile(r"[^\W\d_]+")
SENTENCE = re.compile(r"(?<=[.!?])\s")


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """What may begin a notice: a block, and the element that is its headline or has its date."""

    kind: Kind
    block: Block
    element: etree._Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice as its page shows it.

    headline  the words of its start as they stand there; for one without, how its text begins
    text      its blocks, without headline and date
    html      the same as HTML, with all else that stands among them
    name      the id or the anchor that leads to it; "" for none
    hrefs     where its links lead
    links_on  whether one of its lines is nothing but a link to another page
    hangs     whether it ends in what may begin the next one: a heading or a date
    has_page  whether it has a page of its own
    """

    title: str
    headline: str
    when: When
    text: tuple[str, ...]
    html: str = ""
    name: str
    hrefs: tuple[str, ...]
    links_on: bool
    hangs: bool
    has_page: bool = False

    @property
    def words(self) -> int:
        """How many words its text has."""
        return sum(map(count_words, self.text))

    @property
    def published(self) -> Dated | None:
        """When it was published, if it says so."""
        return self.when.dated


def read_notice(
    start: Start | None,
    elements: Sequence[etree._Element],
    document: Document,
    local: Local,
    counting: Set[str] = frozenset(),
) -> Notice:
    """A notice in elements that stand side by side; `start` is what it begins with, if known.

    `counting` are its lines that count readers, as `counters` finds them.
    """
    root, copies = _copied(elements, document)
    blocks = Document(page=document.page, root=root).blocks
    bold = Bold(root, local)
    headings = [one for one in blocks if _is_heading(one) or bold.of(one) is not None]
    headline = _headline(_starts(blocks, start, copies), headings, local)
    when = when_of(blocks, headline, root, local)
    asides = {headline, when.line, *_buttons(blocks, root), *_counted(blocks, counting)}
    rest = [one for one in blocks if one not in asides]
    read = Notice(
        title=_title(headline, bold, rest, local),
        headline=headline.text if headline else _first_words(rest),
        when=when,
        text=tuple(one.text for one in rest),
        name=name_of(elements[0], start.element if start else None),
        hrefs=_hrefs(root, document),
        links_on=any(_is_link(one, document) for one in blocks),
        hangs=_hangs(blocks, headings, local),
    )
    for one in [block for block in blocks if block in asides][:MOST_ASIDES]:
        _remove(one)
    return replace(read, html=_html(root, document))


def _hrefs(root: etree._Element, document: Document) -> tuple[str, ...]:
    return tuple(document.absolute(one.get("href") or "") for one in root.iter("a"))


def _counted(blocks: Sequence[Block], counting: Set[str]) -> Sequence[Block]:
    """The last blocks that count readers."""
    return [one for one in blocks[-LAST:] if _counter(one.text) in counting]


def counters(members: Sequence[Sequence[etree._Element]], document: Document) -> frozenset[str]:
    """The lines, without their number, by which most members of a list end: "153 keer gelezen".

    They change from visit to visit, and say nothing of what each is about.
    """
    found = Counter(one for elements in members for one in _counters(elements, document))
    fewest = max(FEWEST_ALIKE, MOSTLY * len(members))
    return frozenset(line for line, count in found.items() if count >= fewest)


def _counters(elements: Sequence[etree._Element], document: Document) -> set[str]:
    places = [at for one in elements for at in document.spans.get(one, ())]
    lines = {_counter(document.blocks[at].text) for at in places[1:][-LAST:]}
    return lines - {""}


def _counter(text: str) -> str:
    """A line of a few words around one number, without that; "" for any other text.

    What a number of hours, days or euros is said of is no counter.
    """
    if len(text) > LONGEST_COUNTER or not COUNTER.fullmatch(text):
        return ""
    around = NUMBER.sub("0", fold(text))
    return "" if _measures().intersection(WORD.findall(around)) else around


@cache
def _measures() -> frozenset[str]:
    return frozenset((*units(), *months(), *words("times.clock")))


class Bold:
    """Which blocks of a page are bold lines; every element is looked at once."""

    def __init__(self, root: etree._Element, local: Local) -> None:
        self._local = local
        self._found: dict[tuple[etree._Element, str], etree._Element] = {}
        for one in root.iter(*BOLD):
            if (said := _says(one)) and len(said) <= LONGEST_LINE:
                for around in one.iterancestors():
                    self._found.setdefault((around, said), one)
                    if around.tag not in INLINE:
                        break

    def of(self, block: Block) -> etree._Element | None:
        """The element that makes all of a block bold, or all but the date behind it."""
        if len(block.text) > LONGEST_LINE:
            return None
        before = before_date(block.text, self._local).rstrip("(,-–—: ")
        own = (self._found.get((block.element, said)) for said in (block.text, before) if said)
        return next((one for one in own if one is not None), None)


def _says(element: etree._Element) -> str:
    return one_line("".join(map(str, element.itertext())))


# --- headline ---------------------------------------------------------------------------------


def _headline(starts: Sequence[Block], headings: Sequence[Block], local: Local) -> Block | None:
    """The block that is the headline: the start, or another heading where that is a date."""
    before: Sequence[Block] = ()
    if starts and starts[0] in headings and is_date(starts[0].text, local, BYLINE):
        before = headings[: headings.index(starts[0])]  # "Posted 12 May 2026 by Jan Jansen"
    candidates = (*before, *starts, *headings)
    return next((one for one in candidates if not is_date(one.text, local, beside=0)), None)


def _starts(
    blocks: Sequence[Block], start: Start | None, copies: Mapping[etree._Element, etree._Element]
) -> Sequence[Block]:
    """The block of a start; it is known by its words where it is a part of its element only."""
    if start is None or start.kind not in ("heading", "bold"):
        return ()
    mine = copies[start.element]
    own = set(mine.iter())
    within = [one for one in blocks if one.element in own or mine in one.ancestors][:1]
    return within or [one for one in blocks if one.text == start.block.text][:1]


def _is_heading(block: Block) -> bool:
    return is_heading(block.element) or block.tag in TERMS


def _title(headline: Block | None, bold: Bold, rest: Sequence[Block], local: Local) -> str:
    """The headline without its date; where there is none, how the text begins."""
    if headline is not None:
        element = None if _is_heading(headline) else bold.of(headline)
        text = headline.text if element is None else _says(element)
        return clean_title(without_date(text, local) or text)
    text = without_date(rest[0].text, local) if rest else ""
    ends = [one.start() for one in SENTENCE.finditer(text)]
    first = next((text[:end] for end in ends if count_words(text[:end]) >= FEWEST_WORDS), text)
    if len(first) <= LONGEST_TITLE:
        return clean_title(first.rstrip(" .:"))
    return clean_title(first[:LONGEST_TITLE].rpartition(" ")[0] + " …")


def _first_words(rest: Sequence[Block]) -> str:
    return " ".join(rest[0].text.split()[:FIRST_WORDS]) if rest else ""


# --- text -------------------------------------------------------------------------------------


def _copied(
    elements: Sequence[etree._Element], document: Document
) -> tuple[etree._Element, dict[etree._Element, etree._Element]]:
    """A page of these elements alone, and what each element became there.

    What follows the last one belongs to it where it is a line amid a text.
    """
    root = etree.Element("html")
    if document.base != document.page.url:
        etree.SubElement(etree.SubElement(root, "head"), "base").set("href", document.base)
    box = etree.SubElement(etree.SubElement(root, "body"), "div")
    copies: dict[etree._Element, etree._Element] = {}
    for element in elements:
        copy = deepcopy(element)
        if len(elements) == 1 and element.tag not in BOLD:
            copy.tail = None
        copies |= dict(zip(element.iter(), copy.iter(), strict=True))
        box.append(copy)
    return root, copies


def _hangs(blocks: Sequence[Block], headings: Sequence[Block], local: Local) -> bool:
    """Whether the last block may begin another notice."""
    if len(blocks) < 2:
        return False
    return blocks[-1] in headings or may_begin(blocks[-1].text, local)


def _buttons(blocks: Sequence[Block], root: etree._Element) -> set[Block | None]:
    """The blocks that are no text: "Deel dit bericht", "Terug naar boven"."""
    within = {
        _says(one)
        for one in root.iter("a")
        if (one.get("href") or "").startswith(("#", "javascript:"))
    }
    return {
        one for one in blocks if is_service(one.text) or is_label(one.text) or one.text in within
    }


def _is_link(block: Block, document: Document) -> bool:
    """Whether a block is nothing but a link to another page."""
    if block.linked < LINKED:
        return False
    here = url_key(document.page.url)
    urls = (url for url in (*block.links, block.card) if url)
    return any(url_key(url) != here and not FILES.search(split(url).path) for url in urls)


def _remove(block: Block) -> None:
    """Takes a block out of its page: the element that holds it and no more, or its words alone."""
    for one in block.element.iter(etree.Element):
        if _says(one) == block.text:
            _empty(one)
            return
        if one is not block.element and one_line(one.tail or "") == block.text:
            one.tail = None
            return
    _remove_line(block)


def _remove_line(block: Block) -> None:
    """Takes a block out that is the first line of its element."""
    element = block.element
    said, element.text = element.text or "", None
    for one in element:
        if one_line(said) == block.text or not block.text.startswith(one_line(said)):
            return
        said += "".join(map(str, one.itertext())) + (one.tail or "")
        one.tail = None
        _empty(one)


def _empty(element: etree._Element) -> None:
    element.clear(keep_tail=True)
    element.tag = "wbr"


def _html(root: etree._Element, document: Document) -> str:
    """What is left of a page as HTML; relative addresses start from the base of its document."""
    box = next(root.iter("body"))[0]
    inner = escape(box.text or "", quote=False) + "".join(
        etree.tostring(one, encoding="unicode", method="html") for one in box
    )
    base = document.base
    return inner if base == document.page.url else f'<base href="{escape(base)}">{inner}'
