"""Lists of articles that a page holds for machines alone: JSON-LD, state, addresses of scripts.

Each is laid into the page as readers would see it, and its links are weighed like any others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from html import escape
from typing import Any, NamedTuple

import lxml.html
from lxml import etree

from ...web import page_state
from ...web.document import Document, text_of
from ...web.page_state import TITLES, date_in, text_in
from ...web.sanitise import legible, plain_text
from ...web.urls import same_domain, url_key

FEWEST = 3  # articles that make a list
MOST = 300  # of one list
DEEPEST = 6
ADDRESSES = ("url", "link", "href", "permalink", "canonicalUrl", "canonical", "path", "uri", "@id")
TYPES = ("__typename", "@type", "_type")  # GraphQL, schema.org, Sanity
TEASERS = ("description", "excerpt", "summary", "teaser", "intro", "lead")
# What scripts read where to go from.
TARGETS = ("data-href", "data-url", "data-link", "data-target-url", "data-permalink")
NAMED = ("headline", "heading", "title")  # attributes in which elements of a site's own say it
ONCLICK = re.compile(r"location(?:\.href)?\s*=\s*(?:&quot;|[\"'])([^\"'&]+)")


class Item(NamedTuple):
    """One article of a list; "" for what is not said."""

    url: str
    title: str
    date: str = ""
    teaser: str = ""
    type: str = ""


def lists(document: Document) -> Iterator[tuple[Document, str]]:
    """The page with each list in the place of what it shows, and the words for where it was."""
    if by_script := _with_links(document):
        yield by_script, "an address for scripts"
    for found, where in (
        (_declared(document), "in its JSON-LD"),
        (_in_state(document), "in its state"),
    ):
        if len(found) >= FEWEST:
            yield _laid_in(document, found), where


# --- addresses for scripts ------------------------------------------------------------------------


def _with_links(document: Document) -> Document | None:
    """The page with links where scripts make them; None where they make none."""
    targets = [_target(element) for element in document.root.iter(etree.Element)]
    if sum(map(bool, targets)) < FEWEST:
        return None
    root = deepcopy(document.root)
    for element, target in zip(root.iter(etree.Element), targets, strict=True):
        if target and next(element.iterdescendants("a"), None) is None:
            if _is_of_site(element) and not text_of(element, 1):
                element.text = next(filter(None, map(element.get, NAMED)), None)
            element.tag = "a"
            element.set("href", target)
    return Document(page=document.page, root=root)


def _target(element: etree._Element) -> str:
    if element.tag == "a" and element.get("href", "#").startswith(("http", "/")):
        return ""
    names = ("href", *TARGETS) if _is_of_site(element) else TARGETS
    named = next((element.get(name) for name in names if element.get(name)), "") or ""
    match = ONCLICK.search(element.get("onclick") or "")
    said = named or (match[1] if match else "")
    return said if said.startswith(("http://", "https://", "/")) else ""


def _is_of_site(element: etree._Element) -> bool:
    """Whether a site has made an element of its own: <news-card href headline>."""
    return "-" in str(element.tag)


# --- JSON-LD and state ----------------------------------------------------------------------------


def _declared(document: Document) -> list[Item]:
    found = [_item(one, document) for value in document.linked_data for one in _listed(value, 0)]
    return _once(found, document)


def _listed(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """The objects of a value that are in a list, and what list elements stand for."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for one in value[:MOST]:
            yield from _listed(one, depth + 1)
    elif isinstance(value, Mapping):
        inner = value.get("item")
        yield {**value, **inner} if isinstance(inner, Mapping) else value
        for key in ("@graph", "mainEntity", "itemListElement", "hasPart", "blogPost"):
            yield from _listed(value.get(key), depth + 1)


def _in_state(document: Document) -> list[Item]:
    """The longest list of the page's state whose elements have a title and an address."""
    best: list[Item] = []
    for state in page_state.states(document):
        for one in page_state.objects({"": state} if isinstance(state, list) else state):
            for value in one.values():
                found = _items(value, document)
                best = found if len(found) > len(best) else best
    return best


def _items(value: Any, document: Document) -> list[Item]:
    values = list(value.values()) if isinstance(value, Mapping) else value
    if not isinstance(values, list) or len(values) < FEWEST:
        return []
    inner = (one.get("node", one) for one in values[:MOST] if isinstance(one, Mapping))
    return _once([_item(one, document) for one in inner if isinstance(one, Mapping)], document)


def _item(one: Mapping[str, Any], document: Document) -> Item | None:
    title, url = text_in(one, TITLES), ""
    for key in ADDRESSES:
        said = one.get(key)
        if isinstance(said, str) and said.startswith(("http://", "https://", "/")):
            url = url or document.absolute(said)
    if not title or not url or not same_domain(url, document.page.url):
        return None
    return Item(url, title, date_in(one), text_in(one, TEASERS), text_in(one, TYPES))


def _once(found: Sequence[Item | None], document: Document) -> list[Item]:
    """Each article once; not the page itself."""
    seen = {url_key(document.page.url)}
    kept = []
    for one in found:
        if one and url_key(one.url) not in seen:
            seen.add(url_key(one.url))
            kept.append(one)
    return _of_articles(kept)


def _of_articles(found: Sequence[Item]) -> list[Item]:
    """Without types that have titles alone, where most are of types with dates: authors, sections.

    What has no type is judged by its link alone.
    """
    dated = {one.type for one in found if one.date}
    told = dated | {one.type for one in found if one.teaser} | {""}
    is_most = 2 * sum(one.type in dated for one in found) > len(found)
    return [one for one in found if one.type in told or not is_most]


# --- into the page --------------------------------------------------------------------------------


def _laid_in(document: Document, found: Sequence[Item]) -> Document:
    items = "".join(
        f"<article><h2><a href='{escape(one.url)}'>{escape(one.title)}</a></h2>"
        + (f"<time datetime='{escape(one.date)}'>{escape(one.date)}</time>" if one.date else "")
        + f"<p>{escape(plain_text(one.teaser)[:300])}</p></article>"
        for one in found
    )
    root = deepcopy(document.root)
    for body in root.findall("body"):
        root.remove(body)
    whole = f"<html><body><main>{items}</main></body></html>"
    root.extend(lxml.html.document_fromstring(legible(whole)).findall("body"))
    return Document(page=replace(document.page), root=root)
