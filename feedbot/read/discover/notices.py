"""Articles that stand whole on a listing, without pages of their own: notices.

    starts    what may begin one: headings, bold lines, summaries, dates; those in one place are
    groups    a list: each start with all that stands between it and the next one
    reading   headline, date and text of each           (`notice_text`)
    evidence  whether such a list is news               (`notice_evidence`)

A FAQ, a team, a law and an agenda are lists of the same form: what all members of a list say
decides, and what the page says of itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import accumulate
from typing import NamedTuple, TypeVar

from lxml import etree

from ...languages.detection import CLEAR, known_code, language_of
from ...languages.fold import fold
from ...languages.order import Local
from ...model import LISTING, Link, Source
from ...web.document import HEADINGS, Block, Document, one_line
from ...web.timestamps import local_of
from ...web.urls import canonical, same_domain, url_key
from ..site_model import NoticeList
from .addresses import FILES, split
from .anchors import anchors, is_heading, is_label
from .families import Places
from .links import Considered
from .notice_dates import BESIDE, begins_with_date, day_shown, may_begin
from .notice_ends import matching, own_elements, remembered, without_classes
from .notice_evidence import Around, Weighed, weigh
from .notice_places import fragment_at, fragment_for, lasting
from .notice_text import (
    LONGEST_LINE,
    TERMS,
    Bold,
    Notice,
    Start,
    counters,
    read_notice,
)

MOST_BLOCKS = 6_000  # of a page that are looked at
MOST = 200  # members of a list: the newest
AGAIN = 20  # times that a block is read at most, on the average
ABOVE = 200  # blocks over a list among which its heading stands
FEWEST = 2
AROUND = frozenset("nav footer form dialog menu".split())  # where no news stands
TOP = frozenset(("body", "html"))
LONG = 20  # letters beside the start from which a box has text
MANY = 30  # convincing links from which a page is a list of articles with pages of their own
MOSTLY = 0.75  # share of members with pages of their own from which those make the list
USUAL = 0.5  # share of members that end in a link to another page, which is that of each then
NEARLY = 0.8  # share of the longest list that another one of the same texts has
HALF = 0.5  # share of a line of text from which a link of it is its headline
WHOLE = 0.6  # share of boxes with text that makes a list of boxes

Member = TypeVar("Member")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One member of a list: its start, and the elements side by side that it takes."""

    start: Start
    elements: Sequence[etree._Element]


class Found(NamedTuple):
    """The notices of a page as links that bring their texts, how many articles the page links
    `beside` their list, what is `learnt` of it, and whether the last visit found one there."""

    links: tuple[Link, ...] = ()
    beside: int = -1
    learnt: NoticeList | None = None
    is_known: bool = False


class Listed(NamedTuple):
    """A list of parts: the kind and the place of their starts, whether each has a box of its own,
    and whether the last visit found notices there."""

    parts: Sequence[Part]
    start: str
    is_boxed: bool
    is_known: bool


def notices(
    document: Document,
    source: Source,
    articles: Collection[str] = (),
    last: NoticeList | None = None,
) -> Found:
    """The notices of a page.

    `articles` are the URL keys of the pages that the listing links. What leads to one of them, or
    to any page by its headline, is no notice. `last` is what the last visit learnt of the list.
    """
    local = local_of(document, source)
    if source.select.items:
        every = [[element] for element in _named(document, source.select.items)]
        chosen = _newest(every, every, document, local)
        counting = counters(chosen, document)
        read = [read_notice(None, one, document, local, counting) for one in chosen]
        found = [one for one in read if one.text]
        return Found(_links(found, document, source, local, "named by items"))
    places = Places(document.root)
    groups = [
        (weighed, listed)
        for weighed, listed in map_groups(document, local, places, articles, last)
        if weighed.score > 0
    ]
    if not groups:
        return Found()
    most = NEARLY * max(one.letters for one, _ in groups)
    longest = (pair for pair in groups if pair[0].letters >= most)
    best, listed = max(longest, key=lambda pair: pair[0].score)
    members = [part.elements for part in listed.parts]
    learnt = remembered(listed.start, members, places, is_boxed=listed.is_boxed)
    beside = len(articles) - (len(best.notices) - len(best.whole))
    links = _links(best.whole, document, source, local, best.why)
    return Found(links, beside, learnt, listed.is_known)


def with_notices(
    found: Considered, document: Document, source: Source, last: NoticeList | None = None
) -> Considered:
    """What a listing links, and the notices on it, where it has some.

    `last` is what the last visit learnt of these.

    Links that were taken for want of better ones go, if there are notices. So do those that only
    the notices have which the operator names: each would come twice.
    """
    is_named = source.select.items is not None
    if not is_named and (source.select.links or found.sure > MANY):
        return found
    links = found.links if found.sure or source.select.links else ()
    if source.select.items and not source.select.links:
        own = _linked_within(_named(document, source.select.items), document)
        links = tuple(link for link in links if url_key(link.url) not in own)
    best = notices(document, source, {url_key(link.url) for link in links}, last)
    if not best.links or (best.beside >= len(best.links) and not best.is_known):
        return found
    return replace(found, links=(*links, *best.links), notices=best.learnt)


def _named(document: Document, selector: str) -> list[etree._Element]:
    """The elements that a selector finds; of one within another, one of both.

    One that says more beside those within it than each of them does is an article with its parts;
    else it is what holds the articles.
    """
    within = _nested(document.select(selector))
    ends = [0, *accumulate(len(block.text) for block in document.blocks)]
    named: list[etree._Element] = []
    left = [*reversed(within.get(None, ()))]
    while left:
        one = left.pop()
        inner = within.get(one, ())
        said = sum(_letters(part, document, ends) for part in inner)
        if len(inner) * (_letters(one, document, ends) - said) >= said:
            named.append(one)
        else:
            left += reversed(inner)
    return named


def _nested(
    found: Collection[etree._Element],
) -> Mapping[etree._Element | None, Sequence[etree._Element]]:
    """Elements by the nearest other one of them that each stands in."""
    every = dict.fromkeys(found)
    within: dict[etree._Element | None, list[etree._Element]] = {}
    for one in every:
        outer = next((around for around in one.iterancestors() if around in every), None)
        within.setdefault(outer, []).append(one)
    return within


def _letters(element: etree._Element, document: Document, ends: Sequence[int]) -> int:
    """How much text an element has; `ends` are where the blocks end in the text of the page."""
    span = document.spans.get(element)
    return ends[span.stop] - ends[span.start] if span else 0


def _linked_within(chosen: Collection[etree._Element], document: Document) -> Set[str]:
    """The URL keys that only these elements of a page link."""
    places, within, elsewhere = set(chosen), set[str](), set[str]()
    for one in anchors(document):
        is_within = not places.isdisjoint((one.element, *one.element.iterancestors()))
        (within if is_within else elsewhere).add(one.key)
    return within - elsewhere


def map_groups(
    document: Document,
    local: Local,
    places: Places,
    articles: Collection[str],
    last: NoticeList | None,
) -> Iterator[tuple[Weighed, Listed]]:
    """Every list of parts on a page that may be notices, weighed.

    Lists lie within one another, so only so much is read in all.
    """
    leading = _leading(document, articles)
    left = AGAIN * len(document.blocks)
    for listed in _every_list(document, local, places, last):
        parts = listed.parts
        leads = [_leads(part, leading, document) for part in parts]
        left -= sum(_size(part, document) for part in parts)
        if left < 0 or sum(leads) > MOSTLY * len(leads):
            continue
        counting = counters([one.elements for one in parts], document)
        read = [read_notice(one.start, one.elements, document, local, counting) for one in parts]
        is_usual = sum(one.links_on for one in read) >= USUAL * len(read)
        found = [
            replace(one, has_page=has_page or (is_usual and one.links_on))
            for one, has_page in zip(read, leads, strict=True)
        ]
        first = parts[0]
        around = Around(
            heading=_heading_above(document, first),
            line=_line_above(document, first),
            names=_names(first.elements[0]),
            beside=0.0 if any(leads) else _beside(first, len(articles) / len(parts)),
            is_boxed=listed.is_boxed,
            is_known=listed.is_known,
        )
        yield weigh(found, document, local, around), listed


def _every_list(
    document: Document, local: Local, places: Places, last: NoticeList | None
) -> Iterator[Listed]:
    alike: dict[str, list[Start]] = {}
    for start in _starts(document, local):
        stands = start.block.element if start.kind == "bold" else start.element
        alike.setdefault(f"{start.kind} {places.of(stands)}", []).append(start)
    known = matching(last, alike.keys())
    for place, starts in alike.items():
        is_known = place in known
        for parts, is_boxed in _lists(starts, document, places, last, is_known=is_known):
            newest = _newest(parts, [one.elements for one in parts], document, local)
            yield Listed(newest, place, is_boxed, is_known)


def _size(part: Part, document: Document) -> int:
    """How many blocks a part has."""
    return sum(len(document.spans.get(one, ())) for one in part.elements)


def _links(
    found: Sequence[Notice], document: Document, source: Source, local: Local, why: str
) -> tuple[Link, ...]:
    """The notices as links, each at an address of its own."""
    language = _language(found, document, source)
    here = canonical(document.page.url)
    links: dict[str, Link] = {}
    for one, name in zip(found, lasting([one.name for one in found]), strict=True):
        place = fragment_at(name) if name else _place(one, found, local)
        link = Link(
            url=f"{here}#{place}",
            title=one.title,
            teaser=one.text[0] if one.text else "",
            published=one.published,
            why=why,
            content=one.html,
            by=LISTING,
            language=language,
        )
        links.setdefault(link.url, link)
    return tuple(links.values())


def _language(found: Sequence[Notice], document: Document, source: Source) -> str:
    """The language of most notices, as each may be too short to tell its own.

    It is the one that the page declares, or else the source, if most may be in that.
    """
    words = [set(fold(" ".join(one.text)).split()) for one in found]
    said = document.root.get("lang") or document.meta("og:locale") or source.language
    told = _most(words, said)
    return told if known_code(told) == known_code(said) else _most(words, source.language)


def _most(texts: Sequence[set[str]], said: str) -> str:
    """The language of most texts by their words, where a site says this one of them."""
    told = Counter(language_of(words, said, CLEAR) for words in texts)
    return max(told, key=told.__getitem__, default="")


def _place(one: Notice, others: Sequence[Notice], local: Local) -> str:
    """The fragment of a notice without a name: its day, and its headline, as headlines return.

    The beginning of its text is in it where several have one headline on one day: that of the first
    block that no other one has.
    """
    day = _day(one, local)
    same = [o for o in others if o.headline == one.headline and _day(o, local) == day]
    if len(same) < 2:
        return fragment_for(day, one.headline)
    theirs = {text for other in same if other is not one for text in other.text}
    text = next((text for text in one.text if text not in theirs), one.text[0])
    return fragment_for(day, one.headline, text)


def _day(one: Notice, local: Local) -> str:
    """The day of a notice, if it does not move: "vandaag" is another one tomorrow.

    Of a day without its year, which is guessed, the year is left out.
    """
    if one.published is None:
        return ""
    day = f"{one.published.at.astimezone(local.zone):%Y-%m-%d}"
    if not one.when.is_sure:
        return day[len("2026-") :]
    return day if one.published.origin == "listing" else ""


# --- starts -----------------------------------------------------------------------------------


def _starts(document: Document, local: Local) -> Iterator[Start]:
    bold = Bold(document.root, local)
    for block in document.blocks[:MOST_BLOCKS]:
        if any(one.tag in AROUND for one in block.ancestors) or is_label(block.text):
            continue
        words = 0  # beside the date of a headline that is nothing but a date
        if (headline := _headline(block)) is not None:
            yield Start("heading", block, headline)
        elif block.tag not in ("th", "a") and (element := bold.of(block)) is not None:
            yield Start("bold", block, element)
        else:
            words = BESIDE
        if may_begin(block.text, local, words):
            yield Start("date", block, block.element)
        elif begins_with_date(block.text, local):
            yield Start("dated", block, block.element)


def _headline(block: Block) -> etree._Element | None:
    """The heading that a block is; None for another block, and for one that is too long."""
    if len(block.text) > LONGEST_LINE:
        return None
    if block.tag in HEADINGS or block.tag in TERMS or is_heading(block.element):
        return block.element
    return next((one for one in block.ancestors[-3:] if one.tag in TERMS), None)


# --- lists ------------------------------------------------------------------------------------


def _lists(
    starts: Sequence[Start],
    document: Document,
    places: Places,
    last: NoticeList | None,
    *,
    is_known: bool,
) -> Iterator[tuple[Sequence[Part], bool]]:
    """The lists that starts of one place begin, and whether each member has a box of its own.

    A list may be spread over several elements, such as columns: then it is one list, too.
    """
    lists = [
        _parts(boxes, document, places, last)
        for boxes in _by_parent(starts) or _left_alone(starts, places, last if is_known else None)
    ]
    if len(lists) > 1:
        yield [part for parts, _ in lists for part in parts], all(boxed for _, boxed in lists)
    yield from lists


def _newest(
    members: Sequence[Member],
    elements: Sequence[Sequence[etree._Element]],
    document: Document,
    local: Local,
) -> Sequence[Member]:
    """The members of a list that are read: the first, or where they have dates, the newest.

    One without a date is as old as the one before it.
    """
    if len(members) <= MOST:
        return members
    days, day = list[datetime](), datetime.min.replace(tzinfo=UTC)
    for one in elements:
        day = day_shown(one, document, local) or day
        days.append(day)
    newest = sorted(range(len(members)), key=days.__getitem__, reverse=True)[:MOST]
    return [members[at] for at in sorted(newest)]


def _parts(
    boxes: Sequence[tuple[etree._Element, Start]],
    document: Document,
    places: Places,
    last: NoticeList | None,
) -> tuple[list[Part], bool]:
    boxes = _with_siblings(boxes, document)
    texts = [_has_text(box, start, document) for box, start in boxes]
    if sum(texts) >= WHOLE * len(texts):
        return [Part(start, [box]) for box, start in boxes], True
    return _flat(boxes, places, last), False


def _by_parent(starts: Sequence[Start]) -> list[list[tuple[etree._Element, Start]]]:
    """Starts with the largest elements that hold no other one, by the elements around these.

    One that is alone in the element around it stands as high as the others.
    """
    firsts = list({start.element: start for start in starts}.values())
    counts = Counter(one for start in firsts for one in start.element.iterancestors())
    found: dict[etree._Element, list[tuple[etree._Element, Start]]] = {}
    for start in firsts:
        box = _box(start, counts)
        if (parent := box.getparent()) is not None:
            found.setdefault(parent, []).append((box, start))
    several = [boxes for boxes in found.values() if len(boxes) >= FEWEST]
    if not several:
        return []
    height = _around(several[0][0][1]).index(several[0][0][0])
    for boxes in found.values():
        if len(boxes) < FEWEST:
            start = boxes[0][1]
            several.append([(_around(start)[:-1][: height + 1][-1], start)])
    order = {start: at for at, start in enumerate(firsts)}
    return sorted(several, key=lambda boxes: order[boxes[0][1]])


def _left_alone(
    starts: Sequence[Start], places: Places, last: NoticeList | None
) -> list[list[tuple[etree._Element, Start]]]:
    """Starts of which each is the only one in its list, where one was at the last visit."""
    box = without_classes(last.box) if last else ""
    found: dict[etree._Element, list[tuple[etree._Element, Start]]] = {}
    for start in starts if last else ():
        for one in _around(start)[:-1]:
            if without_classes(places.of(one)) == box:
                found.setdefault(one, [(one, start)])
                break
    return list(found.values())


def _with_siblings(
    boxes: Sequence[tuple[etree._Element, Start]], document: Document
) -> Sequence[tuple[etree._Element, Start]]:
    """Where most elements of a list begin with a date, all of them."""
    parent = boxes[0][0].getparent()
    if parent is None or boxes[0][1].kind != "dated" or boxes[0][0].tag != "li":
        return boxes
    known = dict(boxes)
    every = [one for one in parent.iterchildren("li") if one in document.spans]
    if len(known) < HALF * len(every):
        return boxes
    blocks = document.blocks
    return [
        (one, known.get(one) or Start("dated", blocks[document.spans[one].start], one))
        for one in every
    ]


def _around(start: Start) -> list[etree._Element]:
    """The element of a start, and those around it."""
    return [start.element, *start.element.iterancestors()]


def _box(start: Start, counts: Counter[etree._Element]) -> etree._Element:
    """The largest element around a start that holds no other one."""
    box = start.element
    for one in start.element.iterancestors():
        if counts[one] > 1 or one.tag in TOP:
            break
        box = one
    return box


def _has_text(box: etree._Element, start: Start, document: Document) -> bool:
    """Whether there is more in a box than its start."""
    if box is start.element:
        return False
    inside = document.blocks_in(box)
    return sum(len(one.text) for one in inside if one is not start.block) >= LONG


def _flat(
    boxes: Sequence[tuple[etree._Element, Start]], places: Places, last: NoticeList | None
) -> list[Part]:
    """Members of a flat list: what follows a start up to the next one belongs to it."""
    starts = {box for box, _ in boxes}
    members = [[box, *_following(box, start, starts)] for box, start in boxes]
    own = own_elements(members, places, last)
    return [Part(start, elements) for (_, start), elements in zip(boxes, own, strict=True)]


def _following(
    box: etree._Element, start: Start, starts: Set[etree._Element]
) -> Iterator[etree._Element]:
    """What stands between a start and the next one, or the next heading over it."""
    for one in box.itersiblings():
        if one in starts or one.tag in AROUND or _is_over(one, start):
            return
        yield one


def _is_over(element: etree._Element, start: Start) -> bool:
    """Whether an element is a heading over starts, or holds one."""
    if start.kind in ("date", "dated"):
        return False
    level = _level(start.element)
    return any(_level(one) <= min(level, 6) for one in element.iter(*HEADINGS))


def _level(element: etree._Element) -> int:
    return int(element.tag[1]) if element.tag in HEADINGS else 7


def _heading_above(document: Document, first: Part) -> str:
    """The nearest heading over a list."""
    for block in reversed(_blocks_above(document, first)):
        if block.tag in HEADINGS and _level(block.element) < _level(first.start.element):
            return _beside_links(block) or block.text
    return ""


def _beside_links(block: Block) -> str:
    """The words of a heading without its links: "Nieuws" of "Nieuws · Al het nieuws →"."""
    texts = block.element.xpath(".//text()[not(ancestor::a)]")
    return one_line("".join(map(str, texts)))


def _line_above(document: Document, first: Part) -> str:
    """The line right above a list."""
    return "".join(block.text for block in _blocks_above(document, first)[-1:])


def _blocks_above(document: Document, first: Part) -> Sequence[Block]:
    inside = document.spans.get(first.elements[0]) or document.spans[first.start.block.element]
    start = inside.start
    return document.blocks[max(start - ABOVE, 0) : start]


def _beside(first: Part, articles: float) -> float:
    """How surely a list stands beside what its page is about; `articles` to each of its members
    have pages."""
    is_aside = any(one.tag == "aside" for one in first.elements[0].iterancestors())
    return 1.0 if is_aside else min(2 * articles, 1.0)


def _names(element: etree._Element) -> str:
    """What an element and those around it are called."""
    around = (element, *element.iterancestors())
    return " ".join(f"{one.get('class', '')} {one.get('id', '')}" for one in around)


# --- what leads elsewhere ---------------------------------------------------------------------


def _leading(document: Document, articles: Collection[str]) -> Set[etree._Element]:
    """The elements with a link that may lead to an article's own page, and those around them."""
    return {
        element
        for one in anchors(document)
        if one.key in articles or one.heading is not None or one.kind == "label"
        for element in (one.element, *one.element.iterancestors())
    }


def _titling(start: Start, document: Document) -> list[etree._Element]:
    """The links that are a headline; in a line of text, those that are most of it.

    A line of news may link the paper or the talk that it tells of, on another site.
    """
    links = list(start.element.iter("a"))
    if start.kind != "dated":
        return links
    letters = len(start.block.text)
    return [
        one
        for one in links
        if len("".join(map(str, one.itertext())))
        > letters * (HALF if same_domain(_target(one, document), document.page.url) else NEARLY)
    ]


def _target(link: etree._Element, document: Document) -> str:
    return document.absolute(link.get("href") or "")


def _leads(part: Part, leading: Set[etree._Element], document: Document) -> bool:
    """Whether a part has a page of its own."""
    if not leading.isdisjoint(part.elements):
        return True
    here = url_key(document.page.url)
    around = [one for one in part.start.element.iterancestors("a")]
    labels = (
        link
        for one in part.elements
        for link in one.iter("a")
        if is_label(one_line("".join(map(str, link.itertext()))))
    )
    for one in (*_titling(part.start, document), *around, *labels):
        url = _target(one, document)
        if url.startswith("http") and url_key(url) != here and not FILES.search(split(url).path):
            return True
    return False
