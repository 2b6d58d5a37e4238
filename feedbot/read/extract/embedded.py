"""The article that a page holds for machines alone: what a shell without text has in its scripts.

    json-ld    `articleBody` of the JSON-LD object that describes the page
    embedded   an object of the page's state with a text; its title or its address says that it
               is this article
    feed       what the feed that led here gave of it

Each is laid into the page as if its readers saw it, and read like any other text. Where the page
shows a little that is something else, such as a footer, a text that is surely this article's counts
for more. Nothing is taken that the site declares not to be free, nor from behind a login or an
error. Where readers see the beginning only, the rest is taken if it is declared to be free, or if
the site's own feed gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import lxml.html
from lxml import etree

from ...languages.fold import fold
from ...languages.walls import ERROR, LOGIN, kinds_named, speaks_of_page
from ...model import LISTING, Article, Link
from ...web import page_state
from ...web.document import Document
from ...web.page_state import ADDRESSES, TITLES, date_in, text_in
from ...web.sanitise import legible, plain_text
from ...web.urls import parts_of
from . import structured_data
from .about import alike, is_confirmed
from .prose import text_length
from .rich_text import html_of
from .titles import headings

UNSEEN = frozenset(("json-ld", "embedded", "feed", "json", "wordpress", LISTING))
CLOSED = (LOGIN, ERROR)  # what is behind these is not ours to take
LEAST = 60  # letters of a text that is confirmed by its title or its address
LITTLE = 600  # letters of what readers see, from which it is the article
TIMES = 2  # so much longer is a text than the little that readers see instead
LINE = 40  # characters of a line that does not recur by chance
SURE = 300  # letters of one that nothing confirms, and that nothing stands beside
MOST = 400_000  # characters of a text
SEEN = 2_000  # characters of what readers see that may tell them to log in

AUTHORS = ("author", "authors", "byline", "creator")
LEADS = ("intro", "lead", "introduction", "inleiding", "chapo", "chapeau", "standfirst")
# How much a text under such a key counts: the name is evidence, and no more.
BODY = re.compile(r"body|content|text|tekst|article|html|paragra|block|inhoud|story", re.IGNORECASE)
BESIDE = re.compile(r"comment|reacti|repl(y|ies)|relat|teaser|summary|excerpt|descri|bio|seo|meta"
                    r"|disclaimer|social|intro|lead$", re.IGNORECASE)  # fmt: skip
PAID = re.compile(r"(is_?)?(premium|paid|paywall(ed)?|locked|subscribers?_?only)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """A text that was found, as HTML, and what is said of it; `by` names where."""

    html: str
    by: str
    title: str = ""
    published: str = ""
    author: str = ""
    is_sure: bool = True  # whether something says that it is of this article


def is_little(article: Article) -> bool:
    """Whether what readers see may be something beside the article."""
    is_seen = article.extracted_by in ("generic", "learnt")
    return is_seen and sum(map(text_length, article.paragraphs)) < LITTLE


def may_be_shell(document: Document, article: Article | None) -> bool:
    """Whether a script may yet put another text onto the page than the little that it shows."""
    if article and not is_little(article):
        return False
    if not any(one.get("src") for one in document.root.iter("script")):
        return False
    places = document.root.iter("div", "main", "section", "article")
    return any(one.get("id") and not len(one) and not (one.text or "").strip() for one in places)


def articles(
    document: Document, link: Link | None, reason: str, own: Article | None
) -> Iterator[Document]:
    """The page with each text that it has for machines in the place of its own, the surest first.

    `own` is the little that it shows to readers; if it is None, `reason` is why that is nothing.
    """
    if reason in CLOSED or document.page.given_by or _asks_for_login(document):
        return
    if not is_free(document):
        return
    for found in (_declared(document), _in_state(document, link), _in_feed(link)):
        if found is None or text_length(plain_text(found.html)) < LEAST:
            continue
        if own is None or _outweighs(found, own, document):
            yield _laid_in(document, found)


def _outweighs(found: Text, own: Article, document: Document) -> bool:
    """Whether a text is the article, and not the little that readers see."""
    text = plain_text(found.html)
    if not found.is_sure or text_length(text) < TIMES * sum(map(text_length, own.paragraphs)):
        return False
    folded = fold(text)
    is_beginning = any(fold(one) in folded for one in own.paragraphs if len(one) >= LINE)
    return not is_beginning or found.by == "feed" or _says_free(document)


def _says_free(document: Document) -> bool:
    """Whether a page declares that it may be read without paying."""
    said = (one.get("isAccessibleForFree") for one in structured_data.objects(document))
    return any(str(one).lower().endswith("true") for one in said)


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
    if depth > structured_data.DEEPEST:
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
    for one in structured_data.objects(document):
        body = one.get("articleBody")
        if isinstance(body, str) and body.strip():
            title = structured_data.first([one], "headline", "name")
            is_sure = is_confirmed(document, one, headings(document))
            return Text(html_of(body), "json-ld", title, is_sure=is_sure)
    return None


def _in_feed(link: Link | None) -> Text | None:
    return Text(link.content, "feed", link.title) if link and link.content else None


# --- the state of scripts -------------------------------------------------------------------------


def _in_state(document: Document, link: Link | None) -> Text | None:
    """The text of the object that is this article; of the only one with a text, if none says so."""
    named = [one for one in (*headings(document), link.title if link else "") if one]
    here = _addresses_of(document)
    confirmed, others = list[Text](), dict[str, Text]()
    for one, text in _texts(document):
        if _addresses(one) & here or any(alike(text.title, name) for name in named):
            confirmed.append(text)
        else:
            others[text.html] = replace(text, is_sure=False)
    return max(confirmed, key=_length) if confirmed else _only(list(others.values()))


def _length(text: Text) -> int:
    return len(text.html)


def _only(texts: Sequence[Text]) -> Text | None:
    """The one text that is long, if there is no other."""
    long = [text for text in texts if text_length(plain_text(text.html)) >= SURE]
    return long[0] if len(long) == 1 else None


def _addresses_of(document: Document) -> set[str]:
    """The paths of a page, and their last parts, by which a state may know it."""
    paths = {parts_of(url).path.rstrip("/") for url in (document.page.url, document.page.requested)}
    return paths | {path.rpartition("/")[2] for path in paths} - {""}


def _texts(document: Document) -> Iterator[tuple[Mapping[str, Any], Text]]:
    """The objects of a page's state that have a text."""
    for state in page_state.states(document):
        for one in page_state.objects(state):
            text = _text_of(one)
            if text and text_length(plain_text(text.html)) >= LEAST:
                yield one, text


def _addresses(one: Mapping[str, Any]) -> set[str]:
    """The paths and names that an object has as its address."""
    said = (str(one.get(key) or "").partition("?")[0].rstrip("/") for key in ADDRESSES)
    return {parts_of(url).path or url for url in said if url}


def _text_of(one: Mapping[str, Any]) -> Text | None:
    """The text of an object, if it has one and a title, and is not for subscribers only."""
    title = text_in(one, TITLES)
    html = _body_of(one) if title and not _is_paid(one) else ""
    if not html:
        return None
    lead = html_of(next((one[key] for key in LEADS if one.get(key)), ""))
    if lead and plain_text(lead) not in plain_text(html):
        html = lead + html
    return Text(html[:MOST], "embedded", title, date_in(one), text_in(one, AUTHORS))


def _is_paid(one: Mapping[str, Any]) -> bool:
    return any(value is True and PAID.match(key) for key, value in one.items())


def _body_of(one: Mapping[str, Any]) -> str:
    """The value of an object that is most likely its text, as HTML."""
    texts = ((key, value, html) for key, value in one.items() if (html := html_of(value)))
    weighed = [(_worth(key, html, value), html) for key, value, html in texts]
    worth, html = max(weighed, default=(0.0, ""))
    return html if worth else ""


def _worth(key: str, html: str, value: Any) -> float:
    letters = float(text_length(plain_text(html)))
    if BESIDE.search(key):  # a text in one piece, if there is no other
        return letters / 20 if letters >= SURE and isinstance(value, str) else 0.0
    return letters * 2 if BODY.search(key) else letters if letters >= SURE else 0.0


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
