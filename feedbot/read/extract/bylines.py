"""Who wrote an article, as readers see it: names in lines that no markup calls a byline.

By Jan Jansen · 3 min read        a word for it, near the headline or on a line of its own
by Jan · 3 May 2025               the same with one name, as a link or behind the date
Written by | Jan Jansen           the same in two lines; below the text, too, if nobody is named
3 mei 2025 | Jan Jansen           a name beside a date, near the headline
Jan Jansen                        a name near the headline that the page says again, or shows,
                                  or that a link there calls its author, be it in an <aside>
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import islice, pairwise, takewhile

from lxml import etree

from ...languages.fold import fold
from ...languages.labels import says_published, tells_when
from ...languages.pattern import Pattern
from ...languages.tables import any_cased, any_spelt, joined, spelt
from ...languages.times import ANYWHERE, absolute
from ...languages.timewords import months
from ...web.document import PLAYED, Block, Document, Markup, one_line, text_of
from ...web.sanitise import plain_text
from ...web.strips import PARTED
from ...web.urls import host_of, parts_of, registered_domain, same_site
from .ancestry import Within
from .dateline import dateline_of
from .eastern import eastern_name, signed_names
from .furniture import furniture, is_comment_section
from .names import (
    CAPITALS,
    JOB,
    is_place,
    may_be_person,
    names_person,
    text_and_pictures,
    touching,
    without_pictured,
)
from .prose import greets, is_prose, is_sentence, leads_away, link_texts

ABOVE = 2  # blocks above the headline that may name the author
BELOW = 6  # and below it
LONGEST_BYLINE = 160  # characters of a line with a name
STAMP = 40  # characters of a line with a date and little else
SHORT_WEEKDAY = 2  # letters of what may be one in whatever language
MOST_NAMES = 6  # of authors in one line

_LATIN = r"[A-ZÀ-ÖØ-ÞŁŚŽŠČĐ][\w'’.-]*"  # where nothing but its looks tells a name
_CAPITAL = rf"[{CAPITALS}][\w'’.-]*"  # behind a word for it
THIS = r"(?:(?:[Tt]his|[Dd]it|[Dd]iese[rs]?|[Cc]et(?:te)?) \w+ (?:was|is|werd|wurde|a été) )?"


@cache
def _names(word: str = _CAPITAL) -> str:
    """The names of one person or of several, the words of which begin so."""
    name = rf"{word}(?: (?:{any_spelt('people.particles')}|{word})){{0,3}} {word}"
    both = rf"(?:, (?:{any_spelt('people.and')}) |, | (?:{any_spelt('people.and')}|&) )"
    return rf"{name}(?:{both}{name}){{0,{MOST_NAMES - 1}}}"


@cache
def _by() -> str:
    """What stands before them: "Door", "Written by", "Text:"."""
    written = any_cased("people.written", "people.posted")
    words = rf"(?:{any_cased('people.by', 'people.of')})(?:: ?| )|{touching()}"
    posted = rf"(?:{written}) (?:{any_cased('people.by')}), "
    submitted = rf"(?:{any_cased('people.submitted')}):? "
    by = rf"(?:{posted}|(?:(?:{written}) ){{0,2}}(?:{words})|{submitted})"
    both = rf"(?i:{text_and_pictures()})"
    return rf"(?:{THIS}{by}|(?:{any_cased('people.author')}) ?: ?|{both})"


@cache
def _label() -> str:
    """The same in a line of its own."""
    return rf"(?:{_by()}|(?:{any_cased('people.author')}):) ?:?"


@cache
def _heading() -> str:
    """The same over a line: "Author", "Article written by"; no mere "by", and no "text"."""
    stems = ("author", *spelt("classes.author"))
    words = (word for word in spelt("people.author") if word.startswith(stems))
    authors = joined(word.capitalize() for word in words)
    written = any_cased("people.written", "people.posted")
    return rf"(?:{THIS}(?:(?:{written}) ){{1,2}}(?:{any_cased('people.by')})|(?:{authors})):? ?:?"


SAID = Pattern(lambda: rf"{_by()}(?P<names>{_names()})(?![\w'’-])")
ALONE = Pattern(lambda: rf"{_by()}(?P<names>{_names()})(?:, .{{0,80}}|\*)?")
LONE = Pattern(lambda: _names(_LATIN))
GUEST = Pattern(
    lambda: (
        rf"(?:\w+ ){{0,4}}(?i:{any_spelt('people.guest')}) "
        rf"(?:{any_spelt('people.by', 'people.of', 'people.before')}):? "
        rf"(?P<names>{_names()}|{_CAPITAL})(?:, .{{0,80}}|[.!*])?"
    )
)
ONLY = Pattern(_label)  # the words before the names, and nothing else
OVER = Pattern(_heading)
UNDER = Pattern(lambda: rf"(?P<names>{_names()})(?:, .{{0,80}})?")
NICKNAME = Pattern(  # "van" and "de" stand before places, too
    lambda: (
        rf"(?:(?:{any_cased('people.written', 'people.posted')}) )?(?:{any_cased('people.by')}):? "
        rf"(?P<names>{_CAPITAL})(?![\w'’-])"
    )
)
LAST = Pattern(  # behind a date: "Posted January 5th, 2020 by eric"
    lambda: (
        rf"[^|·•—–]*\d\w{{0,2}}[.,)]? (?:{any_spelt('people.by')}) "
        rf"(?P<names>[^\W\d_][\w-]{{{SHORTEST - 1},20}})"
    )
)
FILING = frozenset(("tag", "category"))
MENU = re.compile(r"<nav>|class (?:nav|menu)")  # why what stands in it is no part of an article
# What themes and addresses call these; each alone says little.
FILED = re.compile(
    r"(?<![^\W\d_])(?:categor|kategor|tags?\b|topic|rubri[ckq]|label|etiquet|section)",
    re.IGNORECASE,
)
FACTS = 3  # parts of a line that tells the author, the date, and more
NEAR_LINK = 2  # elements around a link whose names tell what it is
MOST_IN_ROW = 20  # links of a list that are looked at
SHORTEST = 3  # letters of the name of a site
SHORT_WORD = 4  # letters of one such as "in" or "dans"
MOST_LINES = 2  # of a byline that tell neither a date nor a job
AVATAR = re.compile(r"avatar|headshot|portrait|author|auteur|autor", re.IGNORECASE)
DATED = re.compile(r"\b(?:19|20)\d\d\b")
WORD = re.compile(r"[^\W\d_]+")
PARTS = re.compile(r"\s*[|•·●—–/]\s*|\s+-\s+|(?<=\b20\d\d)(?=[A-Z])|(?<=\b20\d\d)\s+")
TEXT = 60  # characters of a sentence that is no byline
TEXT_WORDS = 7  # small words of a line that is none
MEASURE = re.compile(r"\d+(?:[.,]\d+)?(?:['′]| ?[^\W\d]{1,10}[.²³]?)")  # "10 Min", "85 m²"
MADE = re.compile(r"\w\W+(?:19|20)\d\d$")  # where, and in which year
QUOTATION = re.compile(r"[\"“„«»‹›‘’「『].{20,}[\"“”«»‹›‘’」』][.,]?", re.DOTALL)
# A word of something else before "by": of what counts comments, as in "None by Jan Jansen".
COUNTED = Pattern(lambda: rf"^\w+ (?i:{any_spelt('people.by')}) (?=[{CAPITALS}])")
# Whom the page belongs to, and since when: "© 2026 De Dijkbode". No date, and nobody's byline.
RIGHTS = re.compile(r"(?:©|\(c\)|\bcopyright\b)[^|·•]*", re.IGNORECASE)
CALLED_NAME = re.compile(r"name|author|autor|auteur|first|last", re.IGNORECASE)
FACTS_OF = frozenset(("dl", "table", "li"))
ASIDE = frozenset(("aside", "footer", "nav", "form", "figcaption"))


def by_lines(document: Document, title: str) -> list[str]:
    """The names in a line near the headline, or else in a line that says nothing but the author."""
    blocks = document.blocks
    folded = fold(title)
    at = _place_of(folded, blocks)
    if at < 0:
        at = _place_of_other(blocks)
    below = blocks[at + 1 : at + 1 + BELOW] if at >= 0 else ()
    near = (*blocks[max(at - ABOVE, 0) : at + 1], *below)
    found = (
        _linked_nickname(near)
        or _said_near(near)
        or _lone_near(near, document, folded)
        or _called_near(below)
        or _last_nickname(near)
        or _only(_named_alone(blocks[at + 1 :], ALONE))
        or _signed(blocks[at + 1 :])
    )
    return [_without_weekday(_without_month(one), near) for one in found]


def _signed(below: Sequence[Block]) -> list[str]:
    """Whom the first paragraph below a headline that says so names as its writers."""
    plain = (one.text for one in below if not one.links and not one.card)
    return next(filter(None, map(signed_names, plain)), [])


def named_below(document: Document, title: str) -> list[str]:
    """Whom alone a line names below one that says that it is the author, be it beside the text."""
    blocks = document.blocks
    return _only(_named_under(blocks[_place_of(fold(title), blocks) + 1 :]))


def guests(document: Document, title: str) -> list[str]:
    """Whom a line of their own names who wrote for the site once: "Ein Gastbeitrag von Klaus"."""
    blocks = document.blocks
    below = blocks[_place_of(fold(title), blocks) + 1 :]
    return _only(_named_alone([one for one in below if not one.links and not one.card], GUEST))


def _place_of(title: str, blocks: Sequence[Block]) -> int:
    """Where a folded title stands, first as a heading; -1 if it does not."""
    named = [at for at, one in enumerate(blocks) if fold(one.text[:500]) == title]
    return next((at for at in named if blocks[at].is_heading), next(iter(named), -1))


def _place_of_other(blocks: Sequence[Block]) -> int:
    """Where an article shows another headline than its page's head says; -1 if it does not."""
    shown = (at for at, one in enumerate(blocks) if one.tag == "h1" and one.linked < 1)
    in_article = (at for at in shown if any(it.tag == "article" for it in blocks[at].ancestors))
    return next(in_article, -1)


def _without_month(name: str) -> str:
    """A name without the date that touches it: "Jan Jansen December 3, 2025"."""
    first, _, last = name.rpartition(" ")
    if " " not in first or fold(last) not in months():
        return name
    named, _, word = first.rpartition(" ")
    return named if " " in named and word.islower() else first  # "Ana Ruiz el mar, 03/06/2014"


def _without_weekday(name: str, near: Sequence[Block]) -> str:
    """A name without the two letters of a day, before a date as Drupal writes them with theirs:
    "Kaija Suuronen Pe, 07/26/2013 - 10:50".
    """
    first, _, last = name.rpartition(" ")
    if " " not in first or len(last) > SHORT_WEEKDAY:
        return name
    dated = re.compile(rf"{re.escape(name)}, \d\d[./]\d\d[./]\d{{4}} - \d\d?:\d\d")
    return first if any(dated.search(one.text) for one in near) else name


def _said_near(near: Sequence[Block]) -> list[str]:
    label = ""
    for block in near:
        text = f"{label}{_apart(block)}"
        if len(text) <= LONGEST_BYLINE and not _is_title(block):
            for part in PARTS.split(without_pictured(text) or text):
                if found := SAID.match(part):
                    return [found["names"]]
                if name := eastern_name(part):
                    return [name]
        label = f"{text} " if ONLY.fullmatch(f"{text} ") else ""
    return []


def _is_title(block: Block) -> bool:
    """Whether a block is a heading, and not only by its markup: "<h4>Posted on May 3, 2019"."""
    return block.is_heading and not tells_when(block.text)


def _apart(block: Block) -> str:
    """The text of a block, with a bar where one element touches the next: "Av Karin Lind|I går".

    There is one between two links, too: no name goes on from one to the other.
    """
    said, is_behind_link = "", False
    for piece in block.pieces:
        if isinstance(piece, Markup):
            said += "|" if is_behind_link and piece.startswith("<a ") else ""
            is_behind_link = piece == "</a>" or (is_behind_link and not piece.startswith("<a "))
        else:
            said += f"|{piece.strip(PARTED)}" if _begins_apart(said, piece) else piece
            is_behind_link = is_behind_link and not piece.strip()
    return plain_text(one_line(said))


def _begins_apart(said: str, piece: str) -> bool:
    """Whether a piece of a line is plainly no part of what stands before it, and touches that."""
    touches = said[-1:].islower() and (piece[:1].isupper() or piece[:1].isdigit())
    return touches or piece == PARTED


def _lone_near(near: Sequence[Block], document: Document, title: str) -> list[str]:
    """A name beside a date, or of a person whom the page describes or portrays."""
    is_in_menu = Within(lambda one: MENU.match(furniture(one)) is not None)
    for at, block in enumerate(near):
        is_long = len(RIGHTS.sub("", plain_text(block.text))) > LONGEST_BYLINE
        if is_long or block.is_heading or _opens_letter(near, at) or _is_of_other(block, document):
            continue
        beside = (one for one in _beside_date(near, at, document) if not _is_glued(one, block))
        named = (*beside, *_portrayed(block))
        name = next((one for one in named if _may_be_author(one, document, title)), "")
        if name and not is_in_menu(block.element):
            return [name]
    return []


def _is_glued(name: str, block: Block) -> bool:
    """Whether a name is what two elements beside each other say, which are not called names: the
    category and the source of an article.
    """
    inside = [one for one in islice(block.element, MOST_IN_ROW) if isinstance(one.tag, str)]
    said = [(one_line("".join(map(str, one.itertext()))), one.get("class") or "") for one in inside]
    return any(
        f"{one} {other}" == name and not CALLED_NAME.search(f"{kind} {kind_of_other}")
        for (one, kind), (other, kind_of_other) in pairwise(said)
    )


def _beside_date(near: Sequence[Block], at: int, document: Document) -> Iterator[str]:
    """The parts of a line that may be a name, where a date is near, or the page tells of it."""
    block = near[at]
    text = RIGHTS.sub("", plain_text(block.text))
    if _tells_other(near, at, text):
        return
    beside = [text, *(one.text for one in near[max(at - 1, 0) : at + 2] if _is_stamp(one))]
    is_dated = any(map(DATED.search, beside))
    others = {*_links_beside_author(block), *document.once(_sections), *_filed_in(block)}
    if _are_subjects(PARTS.split(text)):
        return
    for name in _names_in(block, text, is_dated=is_dated):
        if not _is_of_other_thing(name, others, block) and (
            is_dated or _is_told_of(name, document)
        ):
            yield name


def _names_in(block: Block, text: str, *, is_dated: bool) -> Iterator[str]:
    """The parts of a line, each without a word of something else before it, and a job behind it."""
    parts = PARTS.split(text)
    dated = map(_without_job, parts) if is_dated else parts
    for part in (*dated, *_beside_touching(block), *_before_section(block)):
        yield COUNTED.sub("", part.strip(" ,*"))


def _without_job(part: str) -> str:
    """Who is named in "Jan Jansen, professor in Leiden", which is no sentence."""
    name, comma, rest = part.partition(", ")
    return name if comma and JOB.search(rest) and not is_sentence(part) else part


def _is_of_other_thing(name: str, others: Set[str], block: Block) -> bool:
    return _is_among_others(fold(name), others) or _is_part_of_link(name, block)


def _is_part_of_link(name: str, block: Block) -> bool:
    """Whether a link says a name and more, and not when: "In Our Time · Collected stories"."""
    said = (one for one in link_texts(block) if name in one and not DATED.search(one))
    return any(len(PARTS.split(one)) > 1 for one in said)


def _are_subjects(parts: Sequence[str]) -> bool:
    """Whether a line is a row of subjects in capitals: "CITY · PUBLIC SPACE"."""
    said = [part for part in parts if part and not any(map(str.isdigit, part))]
    return len(said) > 1 and all(map(str.isupper, said))


def _tells_other(near: Sequence[Block], at: int, text: str) -> bool:
    """Whether a line without a day is text, the facts of a work, or names whom one above quotes."""
    if is_sentence(text) and dateline_of(text):
        return True  # "CHAMPAIGN COUNTY — Staff photo to come."
    if absolute(text, ANYWHERE) is not None:
        return False
    return _is_text(text) or _are_facts(text) or any(map(_is_quotation, near[max(at - 1, 0) : at]))


def _is_text(text: str) -> bool:
    """Whether a line reads like a paragraph, be it without a sign at its end."""
    is_long = is_sentence(text) and len(text) >= TEXT
    return is_long or sum(word.islower() for word in WORD.findall(text)) >= TEXT_WORDS


def _are_facts(text: str) -> bool:
    """Whether a line tells how long or large something is, and whence: "Italy 2012 | 10 min"."""
    parts = [part.strip() for part in PARTS.split(text)]
    if len(parts) < FACTS or not any(map(MEASURE.fullmatch, parts)):
        return False
    return any(MADE.search(part) or any(map(is_place, part.split(", "))) for part in parts)


def _is_quotation(block: Block) -> bool:
    """Whether a line of the text says what somebody said, and nothing else."""
    return not block.is_heading and QUOTATION.fullmatch(block.text) is not None


def _beside_touching(block: Block) -> list[str]:
    """The parts of a line in which a date touches what stands beside it; links are of others."""
    pieces, links = _pieces(block), link_texts(block)
    is_row = block.tag == "li" or sum(map(bool, pieces)) >= FACTS
    if PARTED not in block.pieces or not is_row:
        return []  # with a date alone, it may be a place or a section
    return [one for one in pieces if one not in links]


def _before_section(block: Block) -> Iterator[str]:
    """The parts of a line with a portrait that go on with a link: "Jan Jansen in Buitenland"."""
    portraits = [one for one in _whole_line(block).iter("img") if AVATAR.search(_marks_of(one))]
    for link in link_texts(block) if portraits else ():
        for part in PARTS.split(plain_text(block.text)):
            name, _, word = part.removesuffix(link).rstrip().rpartition(" ")
            if part.endswith(f" {link}") and word.islower() and len(word) <= SHORT_WORD:
                yield name


def _is_among_others(folded: str, others: Set[str]) -> bool:
    """Whether a name is one of these, or some, or one behind its label: "Categories News"."""
    behind = folded.partition(" ")[2]
    return others >= {*folded.split(", ")} or (behind in others and behind != "")


def _is_of_other(block: Block, document: Document) -> bool:
    """Whether the names in a line are those of who made something else than the article.

    They made or own the site, since some year, or made what is played above, on another site; or
    they are of an event: of its title, its day, its hall and its street.
    """
    if _is_of_page_footer(block):
        return True
    if leads_away(block, lambda url: not same_site(url, document.page.url)):
        played = (one for one in document.media if one.element.tag in PLAYED)
        if any(document.blocks[one.at : one.at + 1] == (block,) for one in played):
            return True
    lines = (one for one in document.blocks_in(block.element) if one.element is block.element)
    return sum(not _is_stamp(one) and not JOB.search(one.text) for one in lines) > MOST_LINES


def _sections(document: Document) -> frozenset[str]:
    """What the links of a page to categories and tags say, folded."""
    links = (one for one in document.elements("a") if one.get("rel"))
    filed = (one for one in links if not FILING.isdisjoint((one.get("rel") or "").lower().split()))
    return frozenset(fold(text_of(one, LONGEST_BYLINE)) for one in filed)


def _filed_in(block: Block) -> Iterator[str]:
    """What those links of a line say, folded, that other signs show to lead to such pages."""
    links = islice(block.element.iter("a"), MOST_IN_ROW if block.links else 0)
    filed = (one for one in links if _is_filed(one) or _is_in_row(one))
    yield from (fold(text_of(one, LONGEST_BYLINE)) for one in filed)


def _is_filed(link: etree._Element) -> bool:
    """Whether the address of a link and its list say that it leads to a category."""
    around = islice(link.iterancestors(), NEAR_LINK)
    named = any(FILED.search(one.get("class") or "") for one in (link, *around))
    return named and FILED.search(_folder_of(link)) is not None


def _is_in_row(link: etree._Element) -> bool:
    """Whether a link is of a list of links to one folder, one of which is called as nobody is."""
    item = link.getparent()
    row = item.getparent() if item is not None and item.tag == "li" else None
    links = list(islice(row.iter("a"), MOST_IN_ROW)) if row is not None else []
    folder = _folder_of(link)
    if len(links) < 2 or not folder or any(_folder_of(one) != folder for one in links):
        return False
    return any(" " not in text_of(one, LONGEST_BYLINE).strip() for one in links)


def _folder_of(link: etree._Element) -> str:
    """The address of a link, its last part aside: "/category/"."""
    return (link.get("href") or "").rstrip("/").rpartition("/")[0]


def _links_beside_author(block: Block) -> list[str]:
    """What the links of a line say, folded, where its markup calls one of them the author."""
    is_called = any(map(is_called_author, _whole_line(block).iter("a", "span")))
    return list(map(fold, link_texts(block))) if is_called else []


def _portrayed(block: Block) -> list[str]:
    """What a line says that a picture beside it shows, as a link, or where a date touches it.

    Without both, it may be the caption of a picture in the news.
    """
    line = _whole_line(block)
    shown = [fold(one.get("alt") or "") for one in line.iter("img")]
    if not shown or is_sentence(block.text):
        return []
    is_dated = bool(DATED.search(block.text)) or next(line.iter("time"), None) is not None
    pieces = _pieces(block) if is_dated else link_texts(block)
    return [one for one in pieces if one and _is_among(fold(one), shown)]


def _is_among(name: str, shown: Sequence[str]) -> bool:
    return any(names_person(alt, name) for alt in shown)


def _whole_line(block: Block) -> etree._Element:
    """The outermost element around a block that says little else, within a figure if in one."""
    around = block.element.iterancestors()
    small = takewhile(lambda one: one.tag != "figure" and text_of(one, LONGEST_BYLINE), around)
    return [block.element, *small][-1]


def _pieces(block: Block) -> list[str]:
    return [one_line(one) for one in block.pieces if not isinstance(one, Markup)]


def _called_near(below: Sequence[Block]) -> list[str]:
    """The names that a short line below the headline calls authors by its markup."""
    for block in below:
        if len(block.text) > LONGEST_BYLINE or block.is_heading:
            continue
        names = _called_in(block.element)
        if names and all(" " in one and may_be_person(one) for one in names):
            return names[:MOST_NAMES]
    return []


def _called_in(element: etree._Element) -> list[str]:
    called = filter(is_called_author, element.iter("a", "span"))
    return [plain_text(one_line("".join(map(str, one.itertext())))) for one in called]


def is_called_author(element: etree._Element) -> bool:
    """Whether the markup of an element calls it the author."""
    return is_linked_author(element) or element.get("itemprop") == "author"


def is_linked_author(element: etree._Element) -> bool:
    """Whether a link says that it leads to the author, and is no button: "Google +"."""
    is_so = "author" in (element.get("rel") or "").lower().split()
    return is_so and not _is_named_like_host(element)


def _is_named_like_host(link: etree._Element) -> bool:
    """Whether a link is called like the site on which it leads to a page."""
    said, href = text_of(link, LONGEST_BYLINE), link.get("href") or ""
    words = WORD.findall(fold(said))
    if len(words) != 1 or len(words[0]) < SHORTEST or parts_of(href).path in ("", "/"):
        return False
    return words[0] in registered_domain(host_of(href))


def _opens_letter(near: Sequence[Block], at: int) -> bool:
    """Whether a line greets whom the paragraph below it is written to: "Lieve Vrienden,"."""
    line = near[at]
    is_open = line.text.endswith(",")
    below = near[at + 1 : at + 2]
    return any(is_prose(one) and (is_open or greets(line, one)) for one in below)


def _may_be_author(name: str, document: Document, title: str) -> bool:
    said = fold(name)
    if not LONE.fullmatch(name) or said in title or said == fold(document.title):
        return False  # the subject, or the name of the site or of a section
    is_other = _is_section(name, document.blocks) or _are_words(name, document.blocks)
    return may_be_person(name) and not is_other


def _are_words(name: str, blocks: Sequence[Block]) -> bool:
    """Whether the page uses every word of what looks like a name as a word: "Clearing Snow"."""
    words = {word.lower() for word in WORD.findall(name)}
    return words <= {word for one in blocks for word in WORD.findall(one.text)}


def _is_of_page_footer(block: Block) -> bool:
    """Whether a block stands in the footer of the page; an <article> may name its author there."""
    tags = {one.tag for one in block.ancestors}
    return "footer" in tags and "article" not in tags


def _is_stamp(block: Block) -> bool:
    return len(block.text) <= STAMP and bool(DATED.search(RIGHTS.sub("", block.text)))


def _is_section(name: str, blocks: Sequence[Block]) -> bool:
    """Whether a link of the page is called so, and nothing else of it is."""
    same = [one for one in blocks if one.text == name]
    return len(same) > 1 and all(one.linked for one in same)


def _is_told_of(name: str, document: Document) -> bool:
    """Whether a line begins with what somebody is, or a picture shows them."""
    starts = (f"{name} is ", f"{name}, ")
    if any(one.linked < 1 and one.text.startswith(starts) for one in document.blocks):
        return True
    return any(_is_avatar(one.element, name) for one in document.media)


def _is_avatar(picture: etree._Element, name: str) -> bool:
    """Whether a picture shows somebody as an author, and not as a person in the news."""
    said = picture.get("alt") or ""
    is_named = name in said and len(said) <= LONGEST_BYLINE
    return is_named and AVATAR.search(_marks_of(picture)) is not None


def _marks_of(picture: etree._Element) -> str:
    return " ".join(picture.get(name) or "" for name in ("alt", "class", "src"))


def _may_say_alone(block: Block) -> bool:
    """Whether a line may name the author; an entry of a menu may begin with such a word, too."""
    if block.is_heading or len(block.text) > LONGEST_BYLINE:
        return False
    return not (block.tag == "li" and block.linked == 1)


def _linked_nickname(near: Sequence[Block]) -> list[str]:
    """A first name or a nickname behind a word for it, as a link in a short line with a date.

    Not where a line above it, or one with a whole name that has it, says more.
    """
    for at, block in enumerate(near):
        parts = PARTS.split(_apart(block)) if _is_dated(block) else ()
        for found in (NICKNAME.match(part.strip()) for part in parts):
            if found and found["names"] in link_texts(block):
                whole = _said_near(near)
                has_it = any(found["names"] in one for one in whole)
                return whole if has_it or _said_near(near[: at + 1]) else [found["names"]]
    return []


def _last_nickname(near: Sequence[Block]) -> list[str]:
    """The single name at the end of a line that says when, and no more."""
    said = (_apart(block) for block in near if _is_dated(block))
    found = (LAST.fullmatch(one) for one in said if says_published(one))
    return next(([one["names"]] for one in found if one), [])


def _is_dated(block: Block) -> bool:
    return len(block.text) <= LONGEST_BYLINE and bool(DATED.search(block.text))


def _named_alone(blocks: Sequence[Block], says: Pattern) -> list[str]:
    """Whom lines name that say nothing else."""
    is_outside = Within(_is_outside)
    lines = (block for block in blocks if _may_say_alone(block))
    return [
        match["names"]
        for block, match in ((one, says.fullmatch(plain_text(one.text))) for one in lines)
        if match and not is_outside(block.element)
    ]


def _named_under(blocks: Sequence[Block]) -> list[str]:
    """Whom lines name below a heading or a label that says so.

    In a list or a table of facts it is the author of what is told of: a book, a film.
    """
    is_outside = Within(
        lambda one: one.tag in FACTS_OF or (one.tag != "aside" and _is_outside(one))
    )
    return [
        match["names"]
        for over, block in pairwise(blocks)
        if len(over.text) <= STAMP and OVER.fullmatch(f"{plain_text(over.text)} ")
        if len(block.text) <= LONGEST_BYLINE
        if (match := UNDER.fullmatch(plain_text(block.text))) and not is_outside(block.element)
    ]


def _is_outside(element: etree._Element) -> bool:
    return element.tag in ASIDE or bool(is_comment_section(element))


def _only(names: Sequence[str]) -> list[str]:
    """The only one of these; several belong to other articles."""
    return list(names[:1]) if len(set(names)) == 1 else []
