"""What a page says of itself for machines: JSON-LD (schema.org) and `<meta>`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from lxml import etree

from ...web.document import Document
from ...web.sanitise import plain_text
from .about import about_page, is_confirmed
from .titles import headings

ARTICLE_TYPES = re.compile(
    r"(\w*(Article|(?<!Job)Posting|Blog|Story|Report|Review)|WebPage|ItemPage)$"
)
PROFILE = "ProfilePage"  # of schema.org: a page about somebody
TYPED = etree.XPath("descendant-or-self::*[@itemtype]")
ITEM = re.compile(r"(?:Article|(?<!Job)Posting)$")
DEEPEST = 6  # levels of JSON-LD that are looked into
LISTS = ("itemListElement", "hasPart")


def objects(document: Document) -> list[Mapping[str, Any]]:
    """The JSON-LD objects that describe the article of the page, the most telling type first."""
    found = [
        (one, is_listed)
        for value in document.linked_data
        for one, is_listed in _walk(value, 0)
        if kind(one)
    ]
    if not found:
        return []
    return sorted(about_page(document, found, headings(document)), key=lambda one: _rank(kind(one)))


def objects_by_id(document: Document) -> Mapping[str, Mapping[str, Any]]:
    """The JSON-LD objects of the page that others may refer to, by their ids."""
    found: dict[str, Mapping[str, Any]] = {}
    for value in document.linked_data:
        for one, _ in _walk(value, 0):
            if isinstance(name := one.get("@id"), str) and len(one) > 1:
                found.setdefault(name, one)
    return found


def headline(document: Document, found: Sequence[Mapping[str, Any]]) -> str:
    """What JSON-LD calls the headline, if something else confirms that it means this page."""
    named = headings(document)
    sure = (one for one in found if is_confirmed(document, one, named))
    return first(list(sure), "headline")


def _rank(name: str) -> int:
    if name.endswith(("WebPage", "ItemPage")):
        return 2
    return 0 if "Article" in name or "Posting" in name else 1


def _walk(
    value: Any, depth: int, *, is_listed: bool = False
) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """Every object, and whether it is one of a list of other things or a part of one."""
    if depth > DEEPEST:
        return
    if isinstance(value, Mapping):
        yield value, is_listed
        for key in ("@graph", "mainEntity", "mainEntityOfPage", *LISTS):
            yield from _walk(value.get(key), depth + 1, is_listed=is_listed or key in LISTS)
    elif isinstance(value, list):
        for one in value[:50]:
            yield from _walk(one, depth + 1, is_listed=is_listed)


def kind(one: Mapping[str, Any]) -> str:
    """The first type of a JSON-LD object that an article or a page can have; "" if none is."""
    return next((name for name in types(one) if ARTICLE_TYPES.match(name)), "")


def is_article(one: Mapping[str, Any]) -> bool:
    """Whether a JSON-LD object says that it is an article, or a post."""
    return any(ITEM.search(name) for name in types(one))


def is_one_article(document: Document) -> bool:
    """Whether one element of the page is an article, by its microdata, and no other."""
    items = (one for one in TYPED(document.root) if ITEM.search(one.get("itemtype")))
    return len(list(islice(items, 2))) == 1


def is_profile(document: Document) -> bool:
    """Whether a page says that it is about somebody: the list of what an author wrote is."""
    every = (one for value in document.linked_data for one, _ in _walk(value, 0))
    is_page = any(PROFILE in types(one) for one in every)
    return is_page or document.meta("og:type").lower() == "profile"


def types(one: Mapping[str, Any]) -> list[str]:
    """The types of a JSON-LD object, as schema.org calls them."""
    given = one.get("@type")
    names = given if isinstance(given, list) else [given]
    return [name.rpartition("/")[2] for name in names if isinstance(name, str)]


def text(value: Any) -> str:
    """A JSON-LD value as one line of plain text; "" for what is none."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, Mapping):
        value = value.get("@value") or value.get("name") or value.get("url") or ""
    return plain_text(value) if isinstance(value, str) else ""


def first(found: Sequence[Mapping[str, Any]], *names: str) -> str:
    """The first of these properties that any object has."""
    for one in found:
        for name in names:
            if said := text(one.get(name)):
                return said
    return ""


def breadcrumb(document: Document) -> tuple[str, ...]:
    """The sections that a JSON-LD BreadcrumbList or the metadata name, outermost first."""
    names = [
        name
        for value in document.linked_data
        for one, _ in _walk(value, 0)
        if one.get("@type") == "BreadcrumbList"
        for name in _listed(one.get("itemListElement"))
    ]
    section = document.meta("article:section", "og:section", "dc.subject")
    return tuple(dict.fromkeys(name for name in (*names, section) if name and "://" not in name))


def _listed(items: Any) -> list[str]:
    """The names of the items of a list."""
    given = items if isinstance(items, list) else []
    named = (item for item in given if isinstance(item, Mapping))
    return [text(item.get("name")) or text(item.get("item")) for item in named]
