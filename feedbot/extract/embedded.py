"""The article that a page holds for machines alone: what a shell without text has in its scripts.

    json-ld    `articleBody` of the JSON-LD object that describes the page
    embedded   an object of the page's state with a text; its title or its address says that it
               is this article
    feed       what the feed that led here gave of it

Each is laid into the page as if its readers saw it, and read like any other text. Nothing is taken
that the site declares not to be free, nor from behind a login or an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Any

import lxml.html
from lxml import etree

from .. import page_state
from ..document import Document
from ..language.walls import ERROR, LOGIN, kinds_named, speaks_of_page
from ..model import Link
from ..page_state import ADDRESSES, TITLES, date_in, text_in
from ..sanitise import TAGGED, legible, plain
from ..urls import parts_of
from . import declared
from .about import alike
from .prose import weight
from .titles import headings

UNSEEN = frozenset(("json-ld", "embedded", "feed", "json", "wordpress"))
CLOSED = (LOGIN, ERROR)  # what is behind these is not ours to take
LEAST = 60  # letters of a text that is confirmed by its title or its address
SURE = 300  # letters of one that nothing confirms, and that nothing stands beside
MOST = 400_000  # characters of a text
SEEN = 2_000  # characters of what readers see that may tell them to log in
LEVELS = 12  # of blocks in blocks

AUTHORS = ("author", "authors", "byline", "creator")
LEADS = ("intro", "lead", "introduction", "inleiding", "chapo", "chapeau", "standfirst")
# Where the pieces of a text are within its blocks.
PIECES = ("html", "text", "value", "content", "children", "rendered", "data", "body", "paragraph",
          "blocks", "nodes", "items", "quote")  # fmt: skip
# How much a text under such a key counts: the name is evidence, and no more.
BODY = re.compile(r"body|content|text|tekst|article|html|paragra|block|inhoud|story", re.IGNORECASE)
BESIDE = re.compile(r"comment|reacti|repl(y|ies)|relat|teaser|summary|excerpt|descri|bio|seo|meta"
                    r"|disclaimer|social|intro|lead$", re.IGNORECASE)  # fmt: skip
PAID = re.compile(r"(is_?)?(premium|paid|paywall(ed)?|locked|subscribers?_?only)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """A text that was found, as HTML, and what is said of it. `by` names where."""

    html: str
    by: str
    title: str = ""
    published: str = ""
    author: str = ""


def articles(document: Document, link: Link | None, reason: str) -> Iterator[Document]:
    """The page with each text that it has for machines in the place of its own, the surest first.

    `reason` is why what it shows to readers is not an article.
    """
    if reason in CLOSED or document.page.given_by or _asks_for_login(document):
        return
    if not is_free(document):
        return
    for found in (_declared(document), _in_state(document, link), _in_feed(link)):
        if found and weight(plain(found.html)) >= LEAST:
            yield _laid_in(document, found)


def _asks_for_login(document: Document) -> bool:
    """Whether what readers see of a page tells them to log in or to subscribe."""
    if any(LOGIN in kinds_named(one) for one in headings(document)):
        return True
    return speaks_of_page(" ".join(block.text for block in document.blocks)[:SEEN], LOGIN)


def is_free(document: Document) -> bool:
    """Whether a page may be read without paying, as far as it declares that."""
    if document.meta("article:content_tier").lower() == "locked":
        return False
    return not any(map(_is_closed, document.linked_data))


def _is_closed(value: Any, depth: int = 0) -> bool:
    if depth > declared.DEEPEST:
        return False
    if isinstance(value, list):
        return any(_is_closed(one, depth + 1) for one in value[:50])
    if not isinstance(value, Mapping):
        return False
    if str(value.get("isAccessibleForFree", True)).lower().endswith("false"):
        return True
    inner = (value.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"))
    return any(_is_closed(one, depth + 1) for one in inner)


# --- JSON-LD and feeds ----------------------------------------------------------------------------


def _declared(document: Document) -> Text | None:
    for one in declared.objects(document):
        body = one.get("articleBody")
        if isinstance(body, str) and body.strip():
            return Text(html_of(body), "json-ld", declared.first([one], "headline", "name"))
    return None


def _in_feed(link: Link | None) -> Text | None:
    return Text(link.content, "feed", link.title) if link and link.content else None


# --- the state of scripts -------------------------------------------------------------------------


def _in_state(document: Document, link: Link | None) -> Text | None:
    """The text of the object that is this article; of the only one with a text, if none says so."""
    named = [*headings(document), link.title if link else ""]
    found = [
        (_is_this(one, document, named), text)
        for state in page_state.states(document)
        for one in page_state.objects(state)
        if (text := _text_of(one)) and weight(plain(text.html)) >= LEAST
    ]
    confirmed = [text for is_this, text in found if is_this]
    if confirmed:
        return max(confirmed, key=lambda text: len(text.html))
    alone = {text.html: text for _, text in found if weight(plain(text.html)) >= SURE}
    return next(iter(alone.values())) if len(alone) == 1 else None


def _is_this(one: Mapping[str, Any], document: Document, named: Sequence[str]) -> bool:
    """Whether an object has the headline or the address of the page."""
    title = text_in(one, TITLES)
    if title and any(name and alike(title, name) for name in named):
        return True
    here = {parts_of(url).path.rstrip("/") for url in (document.page.url, document.page.requested)}
    names = {path.rpartition("/")[2] for path in here} - {""}
    said = {str(one.get(key) or "").partition("?")[0].rstrip("/") for key in ADDRESSES}
    return any(url and (parts_of(url).path or url) in here | names for url in said)


def _text_of(one: Mapping[str, Any]) -> Text | None:
    """The text of an object, if it has one and a title, and is not for subscribers only."""
    title = text_in(one, TITLES)
    if not title or any(value is True and PAID.match(key) for key, value in one.items()):
        return None
    texts = [
        (_worth(key, html, value), html) for key, value in one.items() if (html := html_of(value))
    ]
    worth, html = max(texts, default=(0.0, ""))
    if not worth:
        return None
    lead = html_of(next((one[key] for key in LEADS if one.get(key)), ""))
    if lead and plain(lead) not in plain(html):
        html = lead + html
    return Text(html[:MOST], "embedded", title, date_in(one), text_in(one, AUTHORS))


def _worth(key: str, html: str, value: Any) -> float:
    letters = float(weight(plain(html)))
    if BESIDE.search(key):  # a text in one piece, if there is no other
        return letters / 20 if letters >= SURE and isinstance(value, str) else 0.0
    return letters * 2 if BODY.search(key) else letters if letters >= SURE else 0.0


# --- values as HTML -------------------------------------------------------------------------------


def html_of(value: Any, level: int = 0) -> str:
    """A text as HTML: of a string with tags or with lines, or of a list of blocks; "" for none."""
    if level > LEVELS:
        return ""
    if isinstance(value, str):
        return _of_string(value)
    if isinstance(value, list):
        if any(isinstance(one, Mapping) and _lists_articles(one) for one in value):
            return ""
        return "".join(_block(one, level + 1) for one in value)
    if isinstance(value, Mapping):
        inner = next((value[key] for key in PIECES if value.get(key)), None)
        return html_of(inner, level + 1) if isinstance(inner, str | list | Mapping) else ""
    return ""


def _of_string(text: str) -> str:
    if "<" not in text and "&lt;" in text:
        text = unescape(text)
    if TAGGED.search(text):
        return text
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)


def _lists_articles(one: Mapping[str, Any]) -> bool:
    """Whether a block is another article, with a title and an address of its own."""
    has_title = any(isinstance(one.get(key), str) for key in TITLES)
    return has_title and any(isinstance(one.get(key), str) for key in ADDRESSES)


def _block(block: Any, level: int) -> str:
    """One block of a text: a paragraph whose pieces stand in it, or blocks in blocks."""
    if not isinstance(block, Mapping):
        return html_of(block, level)
    kind = str(block.get("type") or block.get("nodeType") or block.get("_type") or "").lower()
    inner = next((block[key] for key in PIECES if block.get(key)), None)
    inline = _inline(inner, level)
    if inline is None:
        return html_of(inner, level + 1)
    if not inline.strip():
        return ""
    if TAGGED.search(inline):
        return inline
    tag = (
        "h2"
        if "head" in kind
        else "li"
        if "item" in kind
        else "blockquote"
        if "quote" in kind
        else "p"
    )
    return f"<{tag}>{escape(inline, quote=False)}</{tag}>"


def _inline(value: Any, level: int) -> str | None:
    """The text of pieces that stand in one line; None where there are blocks among them."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _inline(next((value[key] for key in PIECES if value.get(key)), ""), level + 1)
    if not isinstance(value, list) or level > LEVELS:
        return None
    pieces = [
        _inline(one, level + 1) if not _is_block(one) else None
        for one in value
        if isinstance(one, str | Mapping)
    ]
    if any(piece is None for piece in pieces):
        return None
    return "".join(piece for piece in pieces if piece)


def _is_block(one: Any) -> bool:
    kind = (
        str(one.get("type") or one.get("nodeType") or one.get("_type") or "")
        if isinstance(one, Mapping)
        else ""
    )
    return bool(re.match(r"(para|p$|head|block|list|quote|item|h\d)", kind.lower()))


# --- into the page --------------------------------------------------------------------------------


def _laid_in(document: Document, found: Text) -> Document:
    """The page with a text in the place of what it shows."""
    root = deepcopy(document.root)
    head = root.find("head")
    head = etree.SubElement(root, "head") if head is None else head
    for body in root.findall("body"):
        head.extend(one for one in body.iter("script") if "ld+json" in (one.get("type") or ""))
        root.remove(body)
    title = f"<h1>{escape(found.title)}</h1>" if found.title else ""
    article = f"<html><body><main><article>{title}{found.html}</article></main></body></html>"
    root.extend(lxml.html.document_fromstring(legible(article)).findall("body"))
    _add_title(head, found.title)
    _add_meta(document, head, "article:published_time", found.published)
    _add_meta(document, head, "author", found.author)
    return Document(page=replace(document.page, given_by=found.by), root=root)


def _add_title(head: etree._Element, title: str) -> None:
    """Names the page after its article, where a shell has the same name for all of them."""
    before = head.find("title")
    if not title or (before is not None and alike(before.text or "", title)):
        return
    before = etree.SubElement(head, "title") if before is None else before
    before.text = legible(title)


def _add_meta(document: Document, head: etree._Element, name: str, said: str) -> None:
    if said and not document.meta(name):
        etree.SubElement(head, "meta", name=name, content=legible(said))
