"""Bytes to a tree, and a tree to blocks of text. The only home of parsel, and of HTML parsing.

A block is what a reader sees as one paragraph, whatever the markup: a `<p>`, a `<div>` of
`<span>`s, the text between two `<br>`, a list element, a table cell, a whole `<pre>`. What is no
text stands between the blocks: pictures, films, sounds and frames.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from itertools import islice
from typing import Any, TypeVar, cast
from urllib.parse import unquote
from zlib import crc32

from lxml import etree
from parsel import Selector

from ..errors import NotAnArticle
from ..model import Page
from .charset import decode
from .cloaked import show_addresses
from .formulas import formula_in, is_drawing, pieces_of
from .gutters import empty, empty_gutters
from .lenient_json import read_json
from .players import place_players
from .stairs import remove_stairs, without_strays
from .strips import part_strips
from .urls import NO_URL, join, parts_of, url_key

ELEMENTS = 100_000  # of one page; real ones have some thousands
CHARACTERS = 10_000_000
ATTRIBUTES = 1_000  # of one element, for which the parser takes quadratic time; real ones have 50
LONGEST_NAMES = (
    10_000  # characters of a class or an id that is kept; rules read them of whole ancestries
)

PAGE = frozenset(("html", "body", "main"))  # each holds a page whole
PLAYED = frozenset(
    "video amp-video audio iframe amp-iframe object embed"
    " lite-youtube amp-youtube lite-vimeo amp-vimeo".split()
)
MEDIA = PLAYED | {"img", "amp-img"}
SKIPPED = frozenset(
    "script style noscript template svg canvas head select option button textarea datalist"
    " base link meta param track".split()
)
INLINE = frozenset(  # with the `<g>` that a spelling checker leaves around words
    "a abbr acronym b bdi bdo big cite code data del dfn em font g i ins kbd label mark picture q"
    " ruby rt rp s samp small source span strike strong sub sup time tt u var wbr".split()
)
WORD_PROCESSOR = frozenset("o w v st1 st2 u1".split())  # before the colon of a tag
# The inline elements that mean something to a reader, and how they are written.
KEPT_INLINE = {
    "b": "strong",
    "i": "em",
    "tt": "code",
    "strike": "s",
    "acronym": "abbr",
    **{
        tag: tag
        for tag in "strong em sub sup code kbd samp var abbr cite q s del ins mark dfn".split()
    },
}
FORMULAS = frozenset("math script span div img mjx-container mjx-math mjx-assistive-mml".split())
SOURCES = frozenset(("math", "script"))  # of formulas, which are drawn by the others
# Attributes by which an element without content shows a picture, by style or by script.
SHOWS = re.compile(r"style|src|data-.*(?:src|bg|background|ima?ge?|photo|lazy|original).*")
PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?![\w-])", re.IGNORECASE)
PERMALINKS = frozenset("# ¶ § 🔗 ⚓ ∞ \u200b".split(" "))  # the last is a space of no width
SHORTEST = 8  # letters of the longest mark of a note
OPAQUE = (
    MEDIA | SKIPPED | {"br", "math", "mjx-container"}
)  # part of a paragraph, whatever is in them
SPECIAL = MEDIA | {"noscript", "br"}  # stand for something else than their text
LONGEST_HEADING = 300  # characters of one that is a button
FAR_AWAY = re.compile(r"(?:^|;)(?:left|top|right|bottom):-\d{4,}(?:\.\d+)?(?:px|pt)")
EMOJI = 8  # characters of an emoji, joiners included
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
METADATA = frozenset(
    "base basefont bgsound link meta noscript object script style template title".split()
)
# Characters without a width, and the spaces between them: editors write them in empty paragraphs.
BLANK = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff \n\xa0"
NO_NAME = re.compile(r"[^A-Za-z0-9_-]+")
ID = re.compile(r' id="[^"]*"')
MARK = re.compile(r"\W*(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶]{1,3})\W*")  # of a note
_ATTRIBUTE = (
    r"[\s/]*+[^\s/>][^\s/>=]*+"
    r"""(?>\s*+=\s*+(?>"[^"]*+"?+|'[^']*+'?+|[^\s>"'][^\s>]*+)?+)?+"""
)
_ATTRIBUTES = rf"(?>{_ATTRIBUTE}){{0,{ATTRIBUTES}}}+[\s/]*+"
_RAW = "(?i:script|style|textarea|title|iframe|xmp|noembed|noframes)"
# Matches a text as far as all its tags are as a browser reads them; possessive, so it is read once.
MODEST = re.compile(
    rf"""(?>[^<]++ | <(?![a-zA-Z!]) | <!(?!--) | <!--(?>[^-]++|-(?!->))*+
    | <{_RAW}(?=[\s/>]){_ATTRIBUTES}>(?>[^<]++|<(?!/{_RAW}))*+
    | <[a-zA-Z][^\s/>]*+{_ATTRIBUTES}(?:>|\Z))*+""",
    re.VERBOSE,
)
LONG_NAMES = {
    name: etree.XPath(f"descendant-or-self::*/@{name}[string-length() > {LONGEST_NAMES}]/..")
    for name in ("class", "id")
}


Result = TypeVar("Result")


class Markup(str):
    """A piece of HTML amid text that is not escaped yet."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class Block:
    """One paragraph, as a reader sees it."""

    element: etree._Element  # the block element that holds it
    tag: str
    text: str
    pieces: Sequence[str]  # text, and Markup between
    link_text: int  # characters that are links
    links: tuple[str, ...]  # absolute URLs
    card: str = ""  # the URL of a link around the whole block
    ancestors: tuple[etree._Element, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()  # the ids of what the marks in it lead to: "1", "[2]", "*"
    is_next_line: bool = False  # one `<br>` parts it from the block before, as lines of a poem
    is_heading: bool = field(init=False)  # by its markup
    linked: float = field(init=False)  # the share of its text that is links

    def __post_init__(self) -> None:
        self.is_heading = self.tag in HEADINGS
        self.linked = 1.0 if self.card else self.link_text / max(len(self.text), 1)

    @property
    def html(self) -> str:
        """Its text with links and emphasis, escaped; all in one line, but for a `<pre>`."""
        if self.tag == "pre":
            return "".join(map(_escaped, self.pieces)).strip("\n")
        return one_line("".join(map(_escaped, self.pieces)))


@dataclass(slots=True, eq=False)
class Medium:
    """A picture, a film, a sound or a frame, and where it stands."""

    element: etree._Element
    at: int  # the index of the block that follows it, if there is one
    link: str  # the URL of a link around it, or of one beside it to a picture; "" if there is none
    ancestors: tuple[etree._Element, ...] = field(default=(), repr=False)  # block elements around


@dataclass(frozen=True)
class Document:
    """A parsed page."""

    page: Page
    root: etree._Element = field(repr=False)
    scope: tuple[etree._Element, ...] = field(default=(), repr=False)  # (): all of it is read
    _parts: dict[tuple[etree._Element, ...], Document] = field(
        default_factory=dict, repr=False, compare=False
    )  # learning and reading look at the same part
    _whole: Document | None = field(default=None, repr=False, compare=False)  # of a part
    _said: dict[Callable[[Document], Any], Any] = field(
        default_factory=dict, repr=False, compare=False
    )  # by `once`; a part has that of the whole

    @cached_property
    def _content(self) -> _Reader:
        reader = _Reader(self.base, self.page.url, self.anchors)
        for element in self.scope or (next(self.root.iter("body"), self.root),):
            reader.inside(element, (), "")
        return reader

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every block of text, in document order; only those in the scope if there is one."""
        return tuple(self._content.found)

    @cached_property
    def spans(self) -> Mapping[etree._Element, range]:
        """Which blocks stand in an element, by their indexes; only elements that hold some."""
        firsts: dict[etree._Element, int] = {}
        lasts: dict[etree._Element, int] = {}
        for found, order in ((firsts, 1), (lasts, -1)):
            for at, block in list(enumerate(self.blocks))[::order]:
                for element in reversed(block.ancestors):
                    if element in found:
                        break  # and so are those around it
                    found[element] = at
        return {element: range(at, lasts[element] + 1) for element, at in firsts.items()}

    def blocks_in(self, element: etree._Element) -> Sequence[Block]:
        """The blocks that stand in an element."""
        within = self.spans.get(element, range(0))
        return self.blocks[within.start : within.stop]

    @cached_property
    def media(self) -> tuple[Medium, ...]:
        """Every picture, film, sound and frame in document order; those in the scope, likewise."""
        return tuple(self._content.media)

    def within(self, *elements: etree._Element) -> Document:
        """The page as if these elements were all of its text."""
        if elements not in self._parts:
            self._parts[elements] = replace(
                self, scope=elements, _parts={}, _whole=self._whole or self
            )
        return self._parts[elements]

    def once(self, read: Callable[[Document], Result]) -> Result:
        """What a function reads in the whole page, whatever part of it this is; read once."""
        if read not in self._said:
            self._said[read] = read(self._whole or self)
        return cast("Result", self._said[read])

    def elements(self, tag: str) -> Sequence[etree._Element]:
        """The elements of a tag in the whole page, in document order."""
        found = self.once(_by_tag)
        if tag not in found:  # libxml2 walks a page faster than Python looks at all its elements
            found[tag] = list(self.root.iter(tag))
        return found[tag]

    @cached_property
    def anchors(self) -> Mapping[str, str]:
        """The ids that links within the page lead to, and what they are called in an entry.

        These are of this page alone, as a feed shows the notes of many.
        """
        if self._whole:
            return self._whole.anchors
        prefix = f"n{crc32(url_key(self.page.url).encode()):08x}-"
        hrefs = (one.get("href") or "" for one in self.elements("a"))
        names = dict.fromkeys(filter(None, (fragment_of(one, self.page.url) for one in hrefs)))
        return {name: prefix + NO_NAME.sub("-", name)[:80] for name in names}

    @cached_property
    def base(self) -> str:
        """What relative URLs start from."""
        if self._whole:
            return self._whole.base
        for element in self.elements("base"):
            if href := element.get("href"):  # the first that has one, though others come before
                return join(self.page.url, href) or self.page.url
        return self.page.url

    def absolute(self, url: str) -> str:
        """A URL of the page, absolute; "" for what is none."""
        return join(self.base, url)

    def select(self, selector: str) -> list[etree._Element]:
        """The elements that a CSS or XPath selector finds."""
        selected = _select(Selector(root=self.root, type="html"), selector)
        return [one.root for one in selected if etree.iselement(one.root)]

    def without(self, selectors: Sequence[str]) -> Document:
        """The same page without the elements that these selectors find, and what is in them."""
        if not selectors:
            return self
        copy = Document(page=self.page, root=deepcopy(self.root))
        for element in [one for selector in selectors for one in copy.select(selector)]:
            if element.getparent() is not None:
                empty(element)
        return copy

    @cached_property
    def title(self) -> str:
        """What its `<title>` says, on one line; "" where it has none."""
        return next(
            (one_line("".join(map(str, one.itertext()))) for one in self.elements("title")), ""
        )

    def meta(self, *names: str) -> str:
        """The first `<meta>` of these names (or properties) that says something."""
        for name in names:
            if self._metas.get(name):
                return self._metas[name]
        return ""

    @cached_property
    def linked_data(self) -> list[Any]:
        """The values of its JSON-LD scripts; a broken one costs only itself."""
        if self._whole:
            return self._whole.linked_data
        scripts = self.elements("script")
        texts = (one.text or "" for one in scripts if "ld+json" in one.get("type", "").lower())
        return [value for value in map(read_json, texts) if value is not None]

    @cached_property
    def _metas(self) -> dict[str, str]:
        if self._whole:
            return self._whole._metas  # noqa: SLF001
        found: dict[str, str] = {}
        for element in self.elements("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            found.setdefault(name.lower(), one_line(element.get("content", "")))
        return found


def parse(page: Page) -> Document:
    """The tree of a page, bounded in size. Raises NotAnArticle for what cannot be an article."""
    text = decode(page.body, page.content_type)
    if len(text) > CHARACTERS:
        raise NotAnArticle(page.url, "more text than any page has")
    if MODEST.match(text).end() < len(text):  # type: ignore[union-attr]  # it matches anything
        raise NotAnArticle(page.url, f"an element with more than {ATTRIBUTES:,} attributes")
    # That of lxml.html would ask Python for the class of every element that is looked at.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(without_strays(text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAnArticle(page.url, "an empty page") from error
    if root is None:
        raise NotAnArticle(page.url, "an empty page")
    if root.xpath("count(//*)") > ELEMENTS:
        raise NotAnArticle(page.url, f"more than {ELEMENTS:,} elements")
    for name, elements in LONG_NAMES.items():
        for element in elements(root):
            del element.attrib[name]
    _open_body(root)
    _take_in_rest(root)
    show_addresses(root, page.body)
    empty_gutters(root)
    remove_stairs(root)
    part_strips(root)
    place_players(root, page.body)
    return Document(page=page, root=root)


def _by_tag(_: Document) -> dict[str, Sequence[etree._Element]]:
    """Where the elements are kept that were asked for."""
    return {}


def has_text(element: etree._Element) -> bool:
    """Whether there is any text in an element but spaces."""
    return any(str(text).strip() for text in element.itertext())


def text_of(element: etree._Element, most: int, between: str = " ") -> str:
    """The text of an element on one line; "" where it has more than `most` characters.

    It looks no further than that, so asking every ancestor of a text costs little.
    """
    pieces: list[str] = []
    length = 0
    for piece in map(str, element.itertext()):
        pieces.append(piece)
        length += len(piece.strip())
        if length > most:
            return ""
    return one_line(between.join(pieces))


def _open_body(root: etree._Element) -> None:
    """Lets the body begin where a browser lets it begin.

    Its tag may be omitted, and then libxml2 does not know that `<main>` or `<article>` opens it.
    """
    head = next(root.iterchildren("head"), None)
    strays = [one for one in head if one.tag not in METADATA] if head is not None else []
    if strays:
        body = next(root.iterchildren("body"), None)
        body = etree.SubElement(root, "body") if body is None else body
        for at, one in enumerate(strays):
            body.insert(at, one)


def _take_in_rest(root: etree._Element) -> None:
    """Moves what stands below the end of the body into it, as browsers do.

    A header that is included in every page may end the page; libxml2 begins a second one then.
    """
    body = next(root.iterchildren("body"), None)
    if body is None:
        return
    rest = [one for one in body.itersiblings() if isinstance(one.tag, str)]
    for page in root.itersiblings("html"):
        for part in list(page):
            rest += list(part) if part.tag in ("head", "body") else [part]
    for element in rest:
        body.append(element)


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


# Functions and node tests that a selector may call, those that parsel adds included.
CALLS = frozenset(
    "last position count id local-name namespace-uri name string concat starts-with contains"
    " substring-before substring-after substring string-length normalize-space translate boolean"
    " not true false lang number sum floor ceiling round node text comment processing-instruction"
    " has-class and or div mod".split()
)
LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'")
CALL = re.compile(r"(?<![\w:-])([\w-]+(?::[\w-]+)?)\s*\(")
NOT_ELEMENTS = re.compile(
    r"::(text|attr\(.*\))\s*(,|$)|(^|/)(@[\w:*-]+|(text|comment)\(\))\s*(\||$)"
)


def check_selector(selector: str) -> None:
    """Raises ValueError, with the reason, for what finds no elements on any page."""
    kind = "an XPath expression" if _is_xpath(selector) else "a CSS selector"
    try:
        found = _select(Selector(text="<p>", type="html"), selector)
    except (ValueError, SyntaxError, RuntimeError) as error:  # whatever parsel makes of it
        reason = str(error).partition(" in ")[0].removeprefix("XPath error: ")
        raise ValueError(f"is not {kind}: {reason[:1].lower()}{reason[1:]}") from error
    bare = LITERAL.sub("''", selector)
    if NOT_ELEMENTS.search(bare) or any(isinstance(one.root, str) for one in found):
        raise ValueError("finds text or values; name the elements that hold them")
    unknown = [name for name in CALL.findall(bare) if name not in CALLS and ":" not in name]
    unknown += re.findall(r"\$[\w-]+", bare)
    if _is_xpath(selector) and unknown:
        raise ValueError(f"is not {kind}: {unknown[0]} is not defined")


def _is_xpath(selector: str) -> bool:
    return selector.startswith(("/", "./", "(", "descendant"))


def _select(selector: Selector, expression: str) -> list[Selector]:
    found = selector.xpath(expression) if _is_xpath(expression) else selector.css(expression)
    return list(found)


# --- blocks -----------------------------------------------------------------------------------


class _Run:
    """Text of one element that is being gathered, for one block after the other."""

    def __init__(
        self,
        element: etree._Element,
        ancestors: tuple[etree._Element, ...],
        card: str,
        found: list[Block],
    ) -> None:
        self.ancestors = ancestors
        self.card = card
        self.found = found
        self._element = element
        self.is_pre = element.tag == "pre"
        self.is_heading = element.tag in HEADINGS
        self._is_caption = element.tag == "figcaption"
        self._breaks = 0  # `<br>` since the last block of this element
        self._open: list[tuple[str, str]] = []  # inline elements: tag with attributes, and link
        self._empty()

    def _empty(self) -> None:
        self._text: list[str] = []
        self._pieces: list[str] = []
        self._links: list[str] = []
        self._notes: list[str] = []
        self._linked = 0

    def add(self, text: str, link: str) -> None:
        self._text.append(text)
        self._pieces.append(text)
        if link:
            self._linked += len(text.strip())

    def add_formula(self, formula: etree._Element) -> None:
        for text, is_tag in pieces_of(formula):
            if is_tag:
                self._pieces.append(Markup(text))
            elif text:
                self.add(text, "")

    def note(self, name: str) -> None:
        self._notes.append(name)

    def open(self, tag: str, href: str = "") -> None:
        self._open.append((tag, href))
        self._begin(tag, href)

    def _begin(self, tag: str, href: str) -> None:
        self._pieces.append(Markup(f"<{tag}>"))
        if href:
            self._links.append(href)

    def open_link(self, href: str, anchor: str) -> None:
        self.open(f'a href="{escape(href)}"{anchor}', href)

    def close(self, tag: str) -> None:
        self._open.pop()
        self._end(tag)

    def _end(self, tag: str) -> None:
        last = self._pieces[-1] if self._pieces else ""
        if isinstance(last, Markup) and last.startswith(f"<{tag}") and ' id="' not in last:
            self._pieces.pop()  # there was nothing in it
            if last.startswith("<a href=") and not last.startswith('<a href="#'):
                self._links.pop()
        else:
            self._pieces.append(Markup(f"</{tag}>"))

    @property
    def texts(self) -> int:
        """How many pieces of text have been gathered."""
        return len(self._text)

    @property
    def is_amid_sentence(self) -> bool:
        """Whether the text so far has begun a sentence, and not ended it."""
        last = "".join(self._text[-2:]).strip()
        return bool(last) and last[-1] not in ".!?"

    def is_told_by(self, credit: etree._Element) -> bool:
        """Whether an inline element right behind a caption says whose picture it is.

        Styles part them: "The harbour at night<span class=credit>Jan Jansen</span>".
        """
        if not self._is_caption or not credit.get("class"):
            return False
        before, behind = self._text[-1:], (credit.text or "")[:1]
        return bool(before) and before[0][-1:].isalnum() and behind.isupper()

    @property
    def ends_line(self) -> bool:
        """Whether the text so far ends in a line break."""
        return bool(self._text) and self._text[-1].endswith("\n")

    def is_empty(self) -> bool:
        return not any(map(_says_something, self._text))

    def end_line(self) -> None:
        """Ends a block where a `<br>` stands, and a line in a `<pre>`."""
        if self.is_pre:
            self.add("\n", "")
            return
        for tag, _ in reversed(self._open):
            self._end(tag.partition(" ")[0])
        if self._flush():
            self._breaks = 0
        self._breaks += 1
        for tag, href in self._open:  # what is open goes on in the next line, its id does not
            self._begin(ID.sub("", tag), href)

    def flush(self) -> None:
        """Ends a block."""
        self._flush()
        self._breaks = 0

    def _flush(self) -> bool:
        if not self._pieces:
            return False
        text = one_line("".join(self._text))
        says_something = _says_something(text)
        if says_something:
            self.found.append(
                Block(
                    element=self._element,
                    tag=str(self._element.tag),
                    text=text,
                    pieces=self._pieces,
                    link_text=self._linked,
                    links=tuple(self._links),
                    notes=tuple(self._notes),
                    card=self.card,
                    ancestors=self.ancestors,
                    is_next_line=self._breaks == 1,
                )
            )
        self._empty()
        return says_something


def _says_something(text: str) -> bool:
    """Whether there is a sign in a text that readers see."""
    return bool(text.strip().strip(BLANK))


def _is_box_of_heading(child: etree._Element) -> bool:
    """Whether the words of a heading stand in a box in it: `<h2><div>Brug open</div></h2>`."""
    around = child.getparent()
    if around is None or around.tag not in HEADINGS or child.tag != "div":
        return False
    beside = (around.text or "") + (child.tail or "")
    return len(around) == 1 and not beside.strip()


class _Reader:
    """Reads a tree into blocks. It calls itself for what is nested: at most 256 deep, as lxml
    goes no deeper."""

    def __init__(self, base: str, url: str, anchors: Mapping[str, str]) -> None:
        self.found: list[Block] = []
        self.media: list[Medium] = []
        self._base = base
        self._url = url
        self._anchors = anchors
        self._holders: set[etree._Element] = set()  # inline elements known to hold blocks

    def inside(self, element: etree._Element, above: tuple[etree._Element, ...], card: str) -> None:
        """A block element: its own text, and the blocks in it."""
        run = _Run(element, (*above, element), card, self.found)
        self._walk(element, run, "", only_inline=run.is_pre)
        run.flush()

    def _walk(self, node: etree._Element, run: _Run, link: str, *, only_inline: bool) -> None:
        """The inline content of a node; a block inside of it ends the run."""
        if text := node.text:
            run.add(text, link)
        for child in node:
            tag = child.tag
            if not isinstance(tag, str):
                tag = ""
            if tag in FORMULAS and (tag in SOURCES or is_drawing(child)):
                self._formula(child, run)
            elif self._is_inline(child, tag, run, only_inline=only_inline):
                self._inline(child, tag, run, link)
            elif tag in SPECIAL or not tag:
                self._special(child, tag, run, link)
            elif tag not in SKIPPED or _is_shown(child, tag):
                self._block(child, tag, run, link)
            if tail := child.tail:
                run.add(tail, link)

    def _is_inline(self, child: etree._Element, tag: str, run: _Run, *, only_inline: bool) -> bool:
        if tag == "button":
            return _is_word_of(run, child)
        is_in_line = _stands_in_line(tag) or (run.is_heading and _is_box_of_heading(child))
        return is_in_line and (only_inline or not self._holds_blocks(child))

    def _formula(self, child: etree._Element, run: _Run) -> None:
        if (formula := formula_in(child)) is not None:
            run.add_formula(formula)

    def _picture(self, child: etree._Element, tag: str, run: _Run, link: str) -> None:
        """An element that shows a picture without an `<img>`, if it is one."""
        if _shows_picture(child) or (tag == "picture" and child.find(".//img") is None):
            self._medium(child, run, link)

    def _block(self, child: etree._Element, tag: str, run: _Run, link: str) -> None:
        if run.is_pre or (run.is_heading and tag == "button"):
            self._line(child, run, link)
        else:
            run.flush()
            self._picture(child, tag, run, link)
            around = _href(child, self._base) if tag == "a" else link
            self.inside(child, run.ancestors, around or run.card)

    def _line(self, child: etree._Element, run: _Run, link: str) -> None:
        """A block within code, which is one line of it, as are the blocks around it."""
        before = run.texts
        self._walk(child, run, link, only_inline=True)
        if run.texts == before or not run.ends_line:
            run.add("\n", "")

    def _special(self, child: etree._Element, tag: str, run: _Run, link: str) -> None:
        """An element that stands for something else than its text; a comment stands for nothing."""
        if tag in MEDIA:
            self._medium(child, run, link)
        elif tag == "noscript":
            for medium in child.iterdescendants("img", "iframe", "video", "audio"):
                self._medium(medium, run, link)
        elif tag == "br":
            run.end_line()

    def _inline(self, child: etree._Element, tag: str, run: _Run, link: str) -> None:
        is_mark = run.is_heading and tag == "a" and is_permalink(child)
        if is_mark or _is_unseen_amid(child):
            return
        if run.is_told_by(child):
            run.add(" ", link)
        self._picture(child, tag, run, link)
        anchor = anchor_of(child, self._anchors)
        href = ""
        if tag == "a":
            kept, href = self._link(child, run, anchor)
        else:
            kept = KEPT_INLINE.get(tag, "")
            title = child.get("title") if kept == "abbr" else None
            if kept:
                run.open(kept + (f' title="{escape(title)}"' if title else "") + anchor)
        if anchor and not kept:
            kept = "span"
            run.open(kept + anchor)
        self._walk(child, run, href or link, only_inline=True)
        if kept:
            run.close(kept)

    def _link(self, child: etree._Element, run: _Run, anchor: str) -> tuple[str, str]:
        """Opens a link: the tag, and the URL of another page; "" for what is none."""
        name = fragment_of(child.get("href") or "", self._url)
        if name:
            run.open(f'a href="#{self._anchors[name]}"{anchor}')
            if MARK.fullmatch(text_of(child, SHORTEST)):
                run.note(name)
            return "a", ""
        href = _href(child, self._base)
        if href:
            run.open_link(href, anchor)
        return ("a" if href else ""), href

    def _medium(self, element: etree._Element, run: _Run, link: str) -> None:
        if is_emoji(alt := element.get("alt") or ""):
            run.add(alt, link)
            return
        at = len(self.found) + (not run.is_empty())
        link = link or run.card or self._link_beside(element)
        self.media.append(Medium(element, at, link, run.ancestors))

    def _link_beside(self, element: etree._Element) -> str:
        """The file to which the only element beside a picture leads: "View the full image"."""
        around = element.getparent()
        if element.tag != "img" or around is None or len(around) != 2:
            return ""
        other = around[0] if around[1] is element else around[1]
        href = _href(other, self._base) if other.tag == "a" else ""
        return href if PICTURE_FILE.search(parts_of(href).path) else ""

    def _holds_blocks(self, element: etree._Element) -> bool:
        """Whether a block stands in an inline element; each element is looked at twice at most."""
        if not len(element):
            return False
        if element in self._holders:
            return True
        inside = [element]
        while inside:
            for child in inside.pop():
                if not isinstance(child.tag, str):
                    continue
                if _stands_in_line(child.tag):
                    inside.append(child)
                elif child.tag not in OPAQUE:
                    for between in child.iterancestors():
                        self._holders.add(between)
                        if between is element:
                            return True
        return False


def _stands_in_line(tag: str) -> bool:
    """Whether elements of a name stand within a line; so do those of a word processor: `<o:p>`."""
    return tag in INLINE or tag.partition(":")[0] in WORD_PROCESSOR


def _is_unseen_amid(element: etree._Element) -> bool:
    """Whether an inline element explains a word of a sentence, to who asks, or stands outside the
    page, as the links of spam do. What is hidden below a sentence may be its rest.
    """
    if element.get("role") == "tooltip" or is_off_page(element):
        return True
    is_hidden = element.get("hidden") not in (None, "until-found")
    return is_hidden and _goes_on(_tail_of(element))


def is_off_page(element: etree._Element) -> bool:
    """Whether styles put an element where no reader sees it: far to the left, or far above."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return "position:" in style and FAR_AWAY.search(style) is not None


def _is_word_of(run: _Run, button: etree._Element) -> bool:
    """Whether a button is a word of a sentence that goes on behind it, as those of a glossary."""
    behind = button.getnext()
    explained = behind is not None and not (button.tail or "").strip() and _is_unseen_amid(behind)
    return run.is_amid_sentence and _goes_on(_tail_of(behind if explained else button))


def _tail_of(element: etree._Element | None) -> str:
    """The text right behind an inline element in its paragraph; "" if there is none."""
    while element is not None:
        after, above = (element.tail or "").strip(), element.getparent()
        if after or element.getnext() is not None:
            return after
        element = above if above is not None and above.tag in INLINE else None
    return ""


def _goes_on(text: str) -> bool:
    """Whether a text goes on with a sentence."""
    return bool(text) and (text[0].islower() or text[0] in ",;:.)")


def _shows_picture(element: etree._Element) -> bool:
    """Whether an element without content names the file of a picture, as its background or so."""
    if len(element) or (element.text or "").strip() or element.tag in ("a", "source"):
        return False
    return any(
        SHOWS.fullmatch(str(name)) and PICTURE_FILE.search(str(value))
        for name, value in element.attrib.items()
    )


def fragment_of(href: str, url: str) -> str:
    """The id that a link within the page leads to; "" for other links. `url` is the page's."""
    if "#" not in href:
        return ""
    before, _, name = href.strip().partition("#")
    is_within = before in ("", url) or url_key(before) == url_key(url)
    return unquote(name) if is_within else ""


def is_permalink(link: etree._Element) -> bool:
    """Whether a link in a heading only leads to that heading: "#", "¶"."""
    return "#" in (link.get("href") or "") and text_of(link, SHORTEST) in PERMALINKS


def anchor_of(element: etree._Element, anchors: Mapping[str, str]) -> str:
    """The id of an element that links of the page lead to, as an attribute; else ""."""
    name = element.get("id") or (element.get("name") if element.tag == "a" else "") or ""
    return f' id="{anchors[name]}"' if name in anchors else ""


def is_emoji(text: str) -> bool:
    """Whether a text is one sign that is no letter, as the alt of a picture that stands for it."""
    return 0 < len(text) <= EMOJI and not any(sign.isalnum() or sign.isascii() for sign in text)


def _is_shown(element: etree._Element, tag: str) -> bool:
    """Whether readers see the text of an element that most often has none for them.

    A button that was never closed holds all that follows; browsers show a declarative shadow root.
    """
    if tag == "template":
        return element.get("shadowrootmode") is not None
    return tag == "button" and (element.find(".//p") is not None or _is_all_of_heading(element))


def _is_all_of_heading(button: etree._Element) -> bool:
    """Whether a heading says nothing but what its button does: that opens what is below it."""
    heading = next((one for one in button.iterancestors() if one.tag in HEADINGS), None)
    if heading is None:
        return False
    is_lone = len(list(islice(heading.iter("button"), 2))) == 1
    return is_lone and text_of(button, LONGEST_HEADING) == text_of(heading, LONGEST_HEADING)


def _href(element: etree._Element, base: str) -> str:
    href = (element.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return ""
    if href.startswith(("https://", "http://")):
        return "" if parts_of(href) is NO_URL else href
    return join(base, href)


def _escaped(piece: str) -> str:
    return piece if isinstance(piece, Markup) else escape(piece, quote=False)
