"""Bytes to a tree, and a tree to blocks of text. The only home of parsel, and of HTML parsing.

A block is what a reader sees as one paragraph, whatever the markup: a `<p>`, a `<div>` of
`<span>`s, the text between two `<br>`, a list element, a table cell.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from urllib.parse import urljoin

import lxml.html
from lxml import etree
from parsel import Selector

from .errors import NotAnArticle
from .model import Page

ELEMENTS = 100_000  # of one page; real ones have some thousands
CHARACTERS = 10_000_000

SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed canvas audio video head"
    " select option button textarea datalist".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby rt rp"
    " s samp small span strike strong sub sup time tt u var wbr img".split()
)
KEPT_INLINE = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "sub": "sub", "sup": "sup"}
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w:-]+)""", re.IGNORECASE)
METADATA = frozenset(
    "base basefont bgsound link meta noscript object script style template title".split()
)
SPACE = re.compile(r"\s+")


@dataclass(slots=True, eq=False)
class Block:
    """One paragraph, as a reader sees it."""

    element: etree._Element  # the block element that holds it
    tag: str
    text: str
    pieces: Sequence[tuple[str, str | None]]  # text and the tag around it; markup and None
    link_text: int  # characters that are links
    links: tuple[str, ...]  # absolute URLs
    card: str = ""  # the URL of a link around the whole block
    ancestors: tuple[etree._Element, ...] = field(default=(), repr=False)

    @property
    def html(self) -> str:
        """Its text with links and emphasis, escaped."""
        return one_line(
            "".join(text if wrap is None else _wrapped(text, wrap) for text, wrap in self.pieces)
        )

    @property
    def is_heading(self) -> bool:
        """Whether the markup says that it is one."""
        return self.tag in HEADINGS

    @property
    def linked(self) -> float:
        """The share of its text that is links."""
        return 1.0 if self.card else self.link_text / max(len(self.text), 1)


@dataclass(frozen=True)
class Document:
    """A parsed page."""

    page: Page
    root: etree._Element = field(repr=False)
    scope: tuple[etree._Element, ...] = field(default=(), repr=False)  # (): all of it is read
    _parts: dict[tuple[etree._Element, ...], Document] = field(
        default_factory=dict, repr=False, compare=False
    )  # learning and reading look at the same part

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every block of text, in document order; only those in the scope if there is one."""
        if self.scope:
            return tuple(block for one in self.scope for block in _blocks(one, self.base))
        return tuple(_blocks(next(self.root.iter("body"), self.root), self.base))

    def within(self, *elements: etree._Element) -> Document:
        """The page as if these elements were all of its text."""
        if elements not in self._parts:
            self._parts[elements] = replace(self, scope=elements, _parts={})
        return self._parts[elements]

    @cached_property
    def base(self) -> str:
        """What relative URLs start from."""
        for element in self.root.iter("base"):
            return urljoin(self.page.url, element.get("href", ""))
        return self.page.url

    def absolute(self, url: str) -> str:
        """A URL of the page, absolute; "" for what is none."""
        try:
            return urljoin(self.base, url.strip())
        except ValueError:
            return ""

    def select(self, selector: str) -> list[lxml.html.HtmlElement]:
        """The elements that a CSS or XPath selector finds."""
        selected = _select(Selector(root=self.root, type="html"), selector)
        return [one.root for one in selected if isinstance(one.root, lxml.html.HtmlElement)]

    def without(self, selectors: Sequence[str]) -> Document:
        """The same page without the elements that these selectors find, and what is in them."""
        if not selectors:
            return self
        copy = Document(page=self.page, root=deepcopy(self.root))
        for element in [one for selector in selectors for one in copy.select(selector)]:
            if element.getparent() is not None:
                element.drop_tree()
        return copy

    def meta(self, *names: str) -> str:
        """The first `<meta>` of these names (or properties) that says something."""
        for name in names:
            if self._metas.get(name):
                return self._metas[name]
        return ""

    @cached_property
    def _metas(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for element in self.root.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            found.setdefault(name.lower(), one_line(element.get("content", "")))
        return found


def parse(page: Page) -> Document:
    """The tree of a page, bounded in size. Raises NotAnArticle for what cannot be an article."""
    text = decode(page.body, page.content_type)
    if len(text) > CHARACTERS:
        raise NotAnArticle(page.url, "more text than any page has")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NotAnArticle(page.url, "an empty page") from error
    if root.xpath("count(//*)") > ELEMENTS:
        raise NotAnArticle(page.url, f"more than {ELEMENTS:,} elements")
    _open_body(root)
    return Document(page=page, root=root)


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


def decode(body: bytes, content_type: str) -> str:
    """The text of a page: by its byte order mark, as UTF-8 if it is that, else as declared.

    UTF-8 comes before the declaration, because text of another encoding is practically never valid
    UTF-8, while servers declare Latin-1 for UTF-8 every day.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(mark):
            return body.decode(name, "replace").lstrip("\ufeff").replace("\x00", "")
    try:
        return body.decode("utf-8").replace("\x00", "")
    except UnicodeDecodeError:
        return body.decode(_declared(body, content_type), "replace").replace("\x00", "")


def _declared(body: bytes, content_type: str) -> str:
    header = re.search(r"charset\s*=\s*[\"']?([\w:-]+)", content_type, re.IGNORECASE)
    meta = CHARSET.search(body[:4096])
    names = [header[1] if header else "", meta[1].decode("ascii", "replace") if meta else ""]
    for name in names:
        try:
            found = codecs.lookup(name).name
        except LookupError:
            continue
        if found in ("iso8859-1", "ascii"):
            return "windows-1252"  # as every browser reads it (WHATWG Encoding)
        return found
    return "windows-1252"


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
        self._empty()

    def _empty(self) -> None:
        self._text: list[str] = []
        self._pieces: list[tuple[str, str | None]] = []
        self._links: list[str] = []
        self._linked = 0

    def add(self, text: str | None, link: str, wrap: str) -> None:
        if not text:
            return
        self._text.append(text)
        self._pieces.append((text, wrap))
        if link:
            self._linked += len(text.strip())

    def open_link(self, href: str) -> None:
        self._links.append(href)
        self._pieces.append((f'<a href="{escape(href)}">', None))

    def close_link(self) -> None:
        self._pieces.append(("</a>", None))

    def flush(self) -> None:
        """Ends a block."""
        if text := one_line("".join(self._text)):
            self.found.append(
                Block(
                    element=self._element,
                    tag=str(self._element.tag),
                    text=text,
                    pieces=self._pieces,
                    link_text=self._linked,
                    links=tuple(self._links),
                    card=self.card,
                    ancestors=self.ancestors,
                )
            )
        if self._pieces:
            self._empty()


def _blocks(root: etree._Element, base: str) -> Sequence[Block]:
    found: list[Block] = []
    _inside(root, base, (), "", found)
    return found


def _inside(
    element: etree._Element,
    base: str,
    above: tuple[etree._Element, ...],
    card: str,
    found: list[Block],
) -> None:
    run = _Run(element, (*above, element), card, found)
    _walk(element, run, base, "", "")
    run.flush()


def _walk(node: etree._Element, run: _Run, base: str, link: str, wrap: str) -> None:
    """The inline content of a node; a block inside of it ends the run."""
    run.add(node.text, link, wrap)
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        if not tag or (tag in SKIPPED and not _is_unclosed(child, tag)):
            pass
        elif tag == "br":
            run.flush()
        elif tag in INLINE and not _holds_blocks(child):
            _inline(child, tag, run, base, link, wrap)
        else:
            run.flush()
            around = _href(child, base) if tag == "a" else link
            _inside(child, base, run.ancestors, around or run.card, run.found)
        run.add(child.tail, link, wrap)


def _inline(child: etree._Element, tag: str, run: _Run, base: str, link: str, wrap: str) -> None:
    href = _href(child, base) if tag == "a" else ""
    if href:
        run.open_link(href)
    _walk(child, run, base, href or link, KEPT_INLINE.get(tag, wrap))
    if href:
        run.close_link()


def _is_unclosed(element: etree._Element, tag: str) -> bool:
    """Whether a button has swallowed the page: one that was never closed holds all that follows."""
    return tag == "button" and element.find(".//p") is not None


def _holds_blocks(element: etree._Element) -> bool:
    return any(
        isinstance(child.tag, str) and child.tag not in INLINE and child.tag not in SKIPPED
        and child.tag != "br"
        for child in element.iterdescendants()
    )  # fmt: skip


def _href(element: etree._Element, base: str) -> str:
    href = (element.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return ""
    try:
        return href if href.startswith(("https://", "http://")) else urljoin(base, href)
    except ValueError:
        return ""


def _wrapped(text: str, tag: str) -> str:
    piece = escape(SPACE.sub(" ", text))
    return f"<{tag}>{piece}</{tag}>" if tag and piece.strip() else piece
