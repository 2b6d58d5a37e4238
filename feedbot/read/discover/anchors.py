"""The links of a page, and what each of them calls the page that it leads to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from ...languages import times
from ...languages.fold import fold
from ...languages.labels import heads_comments, is_service, says_read_more, tells_when
from ...languages.pattern import Pattern
from ...languages.tables import any_phrase, any_spelt, any_word
from ...languages.wordcount import count_words
from ...web.document import HEADINGS, Block, Document, one_line
from ...web.sanitise import plain_text
from ...web.urls import canonical, same_domain, url_key
from .addresses import FILES, split

# What may stand beside a date, of a folded text: "Dienstag, 24. November 2026".
BESIDE_DATE = Pattern(lambda: rf"\W*(?:(?:{any_word('times.weekdays')})\w*)?\W*")
WIDE_LETTERS = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
WORD = 6  # letters of a word with the space after it
MAIL = re.compile(r"[^\s/?]+@[^\s/?]+\.\w+")  # an address for mail whose scheme is missing
ENDS = re.compile(r"[.!?…。！？।؟۔။។։።][\"'”’»)]*\Z")
SCHEME = re.compile(r"https?://(?:www\.)?|www\.", re.IGNORECASE)
LABELS = ("aria-label", "title")  # attributes that may say what a link leads to
SHARED = 3  # pages that links with one label lead to
MOST = 0.75  # share of them with a headline of their own
LONGEST_LABEL = 40  # letters of what many links say alike
LONGEST_DATE = 40  # letters of the longest line that is a date
KICKER = 20  # letters from which the first line of a link is more than the name of a section
WIDE_IS = 4  # letters that a Chinese, Japanese or Korean sign stands for
WORDLESS = 24.0  # the strength of a link without a title, in letters
IN_HEADING = 40.0  # letters that a heading is worth
RUNS = 0.5  # the share of links in a text below which they stand amid it
ALL_LINKS = 0.9  # the share of links in a line of buttons
TEASERS = 4  # lines from a headline to such a line, at most
AMID = 0.4  # what a letter is worth there
COUNTER = 3  # words of a link to reactions: "Comments (3)"
HEADLINE_LETTERS = 25  # letters from which a title reads like a headline
LONGEST_HEADLINE = 250  # characters of one
INLINE = frozenset("b strong em i u sub sup q mark abbr wbr font s cite code".split())
RUNNING = frozenset("p em strong b i span dd td li".split())  # what a link amid a text stands in
BY = Pattern(lambda: any_phrase("people.by"))
HEADLINE_NAME = Pattern(
    lambda: (
        rf"(?<!sub)(?<!sub[-_])(?<!onder)(?<!unter)(?<!sous)(?<!sous-)(?<!sotto)(?<!pod)"
        rf"(?:head(line|ing)?\b|title|{any_spelt('classes.title')})"
    ),
    re.IGNORECASE,
)


@dataclass(slots=True, eq=False)
class Anchor:
    """One link of the page.

    title    what it calls its page; "" where it has no words, or none but "Lees verder" or its own
             address, or none but a date beside a picture
    heading  the heading around it or in it
    kind     text, label ("Lees verder"), picture or empty
    linked   the share of the text around it that is links; running text has little
    is_aside whether it stands right behind "by", or leads to reactions beside the moment of a post
    strength how much it looks like the headline of what it stands in
    """

    element: etree._Element
    key: str
    url: str
    target: str  # the address as the page has it, absolute
    order: int
    title: str
    heading: etree._Element | None
    kind: str
    linked: float
    is_aside: bool = False
    strength: float = field(init=False)

    def __post_init__(self) -> None:
        letters = min(width(self.title), 80) * (1.0 if self.linked > RUNS else AMID)
        heading = IN_HEADING if self.heading is not None else 0.0
        self.strength = letters + heading if self.kind == "text" else WORDLESS
        if is_service(self.title) or self.is_aside:
            self.strength = 0.0


class Shared(NamedTuple):
    """What links to several pages say alike, in their attributes and as their words; and whether
    several of them stand in headings.
    """

    labels: Collection[str]
    words: Collection[str]
    has_headlines: bool


def width(text: str) -> int:
    """The length of a text in letters; a sign of Chinese, Japanese or Korean counts for four."""
    if text.isascii():
        return len(text)
    return len(text) + (WIDE_IS - 1) * len(WIDE_LETTERS.findall(text))


def anchor_words(text: str) -> float:
    """How many words a text has, where a language writes none apart: as many as it would have."""
    return max(count_words(text), (width(text) - len(text)) / WORD)


def anchors(document: Document, chosen: Sequence[etree._Element] | None = None) -> Iterator[Anchor]:
    """Every link to a page of the site that is not this page itself, in the order of the page.

    `chosen` are the elements that the operator named: links, or what holds them. Then their links
    are all that count, wherever they lead.
    """
    here = url_key(document.page.url)
    within = set(chosen) if chosen is not None else None
    urls: dict[str, tuple[str, str, str] | None] = {}
    shares: dict[etree._Element, float] = {}
    shared = Shared(_shared_labels(document), _shared_words(document), _has_headlines(document))
    for order, element in enumerate(document.root.iter("a", "area")):
        if within is not None and within.isdisjoint((element, *element.iterancestors())):
            continue
        href = (element.get("href") or "").strip()
        if href not in urls:
            urls[href] = _leads(href, here, document, anywhere=chosen is not None)
        found = urls[href]
        if found is not None:
            yield _read(element, found, order, _linked(element, shares), shared)


def _shared_labels(document: Document) -> set[str]:
    """What the attributes of links to several pages say alike: "Go to the last message"."""
    hrefs: dict[str, set[str]] = {}
    for element in document.elements("a"):
        for name in LABELS:
            if said := element.get(name):
                hrefs.setdefault(clean_title(said), set()).add(element.get("href") or "")
    return {said for said, found in hrefs.items() if len(found) >= SHARED}


def _shared_words(document: Document) -> set[str]:
    """The words of links to several pages that stand below a line for each: "Berita selengkapnya".

    In a language whose words for "read more" are not known, that shows what they are: most links
    made like theirs say them, or others such: "Read the poem". A headline that several pages have
    is said by few.
    """
    often = _often_said(document)
    all_in = Counter(map(_place_of, document.elements("a"))) if often else Counter[str]()
    often_in = Counter(place for (_, place), found in often.items() for _ in found)
    usual = {
        words: found
        for (words, place), found in often.items()
        if 2 * often_in[place] > all_in[place]
    }
    return set(_headed(usual, document)) if usual else set()


def _often_said(document: Document) -> Mapping[tuple[str, str], Collection[str]]:
    """The pages that several links in one place lead to with the same few words, by both."""
    said: dict[tuple[str, str], set[str]] = {}
    for element in filter(_is_brief, document.elements("a")):
        both = clean_title(element.text or ""), _place_of(element)
        said.setdefault(both, set()).add(document.absolute(element.get("href") or ""))
    return {both: found for both, found in said.items() if len(found) >= SHARED}


def _is_brief(element: etree._Element) -> bool:
    """Whether a link is nothing but a few words."""
    return bool(element.text) and not len(element) and width(element.text or "") <= LONGEST_LABEL


def _place_of(element: etree._Element) -> str:
    """How a link is made, and what it stands right in."""
    parent = element.getparent()
    around = (parent.tag, parent.get("class")) if parent is not None else ()
    return f"{element.get('class')} {around}"


def _headed(often: Mapping[str, Collection[str]], document: Document) -> Iterator[str]:
    """Those words of links for whose pages another headline stands above them."""
    places = {url: at for at, block in enumerate(document.blocks) for url in block.links}
    for words, found in often.items():
        if _are_headed(words, found, places, document):
            yield words


def _are_headed(
    words: str, found: Collection[str], places: Mapping[str, int], document: Document
) -> bool:
    """Whether another headline stands above these words, or before them, for most pages."""
    lines = {_line_above(words, places[one], document) for one in found if one in places}
    return len(lines - {""}) >= MOST * len(found)


def _line_above(words: str, at: int, document: Document) -> str:
    """The text before a link that ends a block, or above one that is all links, which may be a
    headline; "" for none. A teaser may stand between.
    """
    block = document.blocks[at]
    before = block.text.partition(words)[0].strip() if words else block.text
    if before:
        return _as_headline(before) if block.text.endswith(words) else ""
    if block.text != words and block.linked < ALL_LINKS:
        return ""
    return _headline_above(document.blocks[max(at - TEASERS, 0) : at])


def _headline_above(above: Sequence[Block]) -> str:
    """The last of some lines that leads nowhere, if it may be a headline, or the last heading."""
    lines = [one for one in reversed(above) if not one.links]
    nearest = _as_headline(lines[0].text) if lines else ""
    return nearest or next((one.text for one in lines if one.is_heading), "")


def _as_headline(text: str) -> str:
    """A text that may be a headline; "" for any other."""
    is_headline = KICKER <= width(text) <= LONGEST_HEADLINE and not _is_aside(text)
    return text if is_headline else ""


def _leads(
    href: str, here: str, document: Document, *, anywhere: bool
) -> tuple[str, str, str] | None:
    """Key, address and target of a link; None if it surely does not lead to an article."""
    path, mark, query = href.partition("?")
    target = document.absolute(path.replace("\\", "/") + mark + query)  # as a browser reads it
    if (
        href.startswith("#")
        or MAIL.fullmatch(href)
        or not target.startswith(("http://", "https://"))
    ):
        return None
    url = canonical(target)
    parts = split(url)
    if FILES.search(parts.path) or (key := url_key(url)) == here:
        return None
    is_home = "/" not in key and "?" not in key
    if not anywhere and (is_home or not same_domain(url, document.page.url)):
        return None
    return key, url, target


def _read(
    element: etree._Element,
    leads: tuple[str, str, str],
    order: int,
    linked: float,
    shared: Shared,
) -> Anchor:
    heading = _heading_of(element)
    title, kind = _title(element, heading, leads[-1], shared)
    is_aside = _is_beside_moment(element) if kind == "label" else _is_behind_by(element)
    is_aside = is_aside and heading is None
    is_wordless = shared.has_headlines and heading is None and kind == "empty"
    if is_wordless and _is_address(anchor_text(element), leads[-1]):
        linked = 0.0  # where headlines are links, an address stands in the text of a post
    return Anchor(element, *leads, order, title, heading, kind, linked, is_aside)


def _has_headlines(document: Document) -> bool:
    """Whether several links of a page stand in headings."""
    found = (one for one in document.elements("a") if _heading_of(one) is not None)
    return len(list(islice(found, SHARED))) == SHARED


def _is_beside_moment(element: etree._Element) -> bool:
    """Whether a link leads to reactions, and one beside it to the post: "10:30 | Comments (3)"."""
    around = element.getparent()
    if around is None or not heads_comments(anchor_text(element)):
        return False
    beside = (one for one in around.iterchildren("a") if one is not element)
    return any(_says_only_when(anchor_text(one)) for one in beside)


def _is_behind_by(element: etree._Element) -> bool:
    """Whether nothing but "by" stands before a link in its line."""
    before, around = element.getprevious(), element.getparent()
    if before is not None or around is None:
        return False
    return BY.fullmatch(fold(around.text or "").strip(" :")) is not None


def _heading_of(element: etree._Element) -> etree._Element | None:
    """The heading that a link stands in, or that stands in it."""
    for one in (*element.iterdescendants(), *list(element.iterancestors())[:3]):
        if is_heading(one):
            return one
    return None


def is_heading(element: etree._Element) -> bool:
    """Whether the markup says that an element is a heading."""
    return element.tag in HEADINGS or element.get("role") == "heading"


def _title(
    element: etree._Element,
    heading: etree._Element | None,
    target: str,
    shared: Shared,
) -> tuple[str, str]:
    text, pictures = _headline(element, heading), list(element.iter("img"))
    if _is_address(text, target) or (pictures and _says_only_when(text)):
        text = ""
    if _names_page(text, shared):
        return text, "text"
    if said := _labelled(element, shared.labels):
        return said, "text"
    if pictures and not text:
        return _longest_alt(pictures), "picture"
    return "", "label" if text else "empty"


def _names_page(text: str, shared: Shared) -> bool:
    """Whether the words of a link are no label."""
    return text not in ("", *shared.words) and not is_label(text)


def _longest_alt(pictures: Sequence[etree._Element]) -> str:
    return max((clean_title(one.get("alt") or "") for one in pictures), key=len)


def _labelled(element: etree._Element, shared: Collection[str]) -> str:
    """What the attributes of a link call its page; "" for nothing but "Lees verder".

    What several links are called is the name of none of their pages.
    """
    said = (clean_title(element.get(name) or "") for name in LABELS)
    return next((one for one in said if one and one not in shared and not is_label(one)), "")


def _is_address(text: str, target: str) -> bool:
    """Whether the words of a link are the address that it leads to, or the beginning of it."""
    said = SCHEME.sub("", text).rstrip("/….")
    is_one = "." in said and (said != text or "/" in said or "@" in said)
    return is_one and not any(map(str.isspace, said)) and said in unquote(target)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences do."""
    return ENDS.search(text) is not None


def is_label(text: str) -> bool:
    """Whether the words of a link only say that there is something to read, be it of readers."""
    folded = fold(text)
    if says_read_more(folded) or not any(sign.isalnum() for sign in folded):
        return True
    is_counter = any(map(str.isdigit, text)) and count_words(text) <= COUNTER
    return is_counter and heads_comments(text)


def clean_title(text: str) -> str:
    """One line, without what no title holds."""
    line = one_line(text)
    is_plain = line.isascii() and line.isprintable() and not any(sign in line for sign in "&<>")
    return line if is_plain else plain_text(line)


def _headline(element: etree._Element, heading: etree._Element | None) -> str:
    """The words of a link that are the headline: those of its heading, else its longest line."""
    whole = anchor_text(element)
    if heading is not None and element in heading.iterancestors():
        return anchor_text(heading) or whole
    lines = _lines(element)
    if len(lines) < 2:
        return whole
    named = (text for text, name in lines if HEADLINE_NAME.search(name) and _may_head(text))
    return next(named, "") or _spoken([text for text, _ in lines], whole)


def _may_head(text: str) -> bool:
    return len(text) <= LONGEST_HEADLINE and not _is_aside(text)


def _spoken(lines: Sequence[str], whole: str) -> str:
    """The headline among the lines of a link: no clock, no section, not the teaser."""
    words = [text for text in lines if not _is_aside(text)]
    if not words:
        return whole
    titles = [one for one in words if not one.endswith((".", "…"))] or words
    long = (one for one in titles if width(one) >= KICKER)
    first = next(long, max(titles, key=width))
    return first if len(first) <= LONGEST_HEADLINE else whole[:LONGEST_HEADLINE]


def _is_aside(text: str) -> bool:
    """Whether a line of a link is a time, a label or a button."""
    if times.is_clock(text) or times.is_relative(text) or is_service(text) or is_label(text):
        return True
    return len(text) <= LONGEST_DATE and times.absolute(text, times.ANYWHERE) is not None


def _says_only_when(text: str) -> bool:
    """Whether the words of a link are a time: not "Concert, 25 december 2026"."""
    if times.is_relative(text) or times.is_clock(text) or times.is_day_of_year(text):
        return True
    found = times.found_in(text, times.ANYWHERE) if len(text) <= LONGEST_DATE else ()
    if not found:
        return False
    beside = f"{text[: found[0].start]} {text[found[-1].end :]}"
    return bool(BESIDE_DATE.fullmatch(fold(beside))) or tells_when(text)


def anchor_text(element: etree._Element) -> str:
    """The words in an element, scripts and styles apart."""
    return clean_title("".join(_texts(element)))


def _texts(element: etree._Element) -> Iterator[str]:
    skipped = 0
    for event, one in etree.iterwalk(element, events=("start", "end")):
        is_skipped = one.tag in ("script", "style", "noscript", "svg", "template")
        if one.tag in ("br", "p", "div", "li"):
            yield " "
        if event == "start":
            skipped += is_skipped
            if not skipped and one.text:
                yield one.text
        else:
            skipped -= is_skipped
            if not skipped and one is not element and one.tail:
                yield one.tail


def _lines(element: etree._Element) -> list[tuple[str, str]]:
    """The pieces of text in a link, each with the names of the elements that hold it."""
    found: list[tuple[list[str], str]] = []
    _gather(element, "", found)
    lines = [(clean_title("".join(pieces)), name) for pieces, name in found]
    return [(text, name) for text, name in lines if text]


def _gather(element: etree._Element, name: str, found: list[tuple[list[str], str]]) -> None:
    found.append(([element.text or ""], name))
    for child in element:
        if child.tag in INLINE and not len(child):
            found[-1][0].extend((child.text or "", child.tail or ""))
            continue
        if child.tag not in ("script", "style", "noscript", "svg", "template"):
            _gather(child, f"{name} {child.get('class', '')}", found)
        found.append(([child.tail or ""], name))


def times_within(element: etree._Element) -> list[str]:
    """The lines of a link of several that are times."""
    lines = _lines(element)
    return [text for text, _ in lines if _says_only_when(text)] if len(lines) > 1 else []


def _may_be_time(text: str) -> bool:
    return len(text) <= 25 and any(sign.isdigit() for sign in text)


def _linked(element: etree._Element, known: dict[etree._Element, float]) -> float:
    """The share of the words around a link that are links; one that stands alone has all."""
    parent = element.getparent()
    if parent is None or parent.tag not in RUNNING:
        return 1.0
    if element not in known:
        known |= _shares(parent)
    return known[element]


def _shares(parent: etree._Element) -> dict[etree._Element, float]:
    """The share of links in the line that each child of an element stands in."""
    lines: list[tuple[list[str], list[etree._Element]]] = [([parent.text or ""], [])]
    for child in parent:
        if child.tag == "br":
            lines.append(([], []))
        texts, children = lines[-1]
        texts.append(child.tail or "")
        children.append(child)
    found: dict[etree._Element, float] = {}
    for texts, children in lines:
        found |= dict.fromkeys(children, _share(texts, children))
    return found


def _share(texts: Sequence[str], children: Sequence[etree._Element]) -> float:
    words = sum(len(text) for text in map(one_line, texts) if not _may_be_time(text))
    anchors = (one for child in children for one in child.iter("a"))
    links = sum(len(one_line("".join(map(str, one.itertext())))) for one in anchors)
    return links / max(links + words, 1)
