"""What a page says of itself for machines: JSON-LD (schema.org) and `<meta>`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..document import Document, one_line
from ..sanitise import plain

ARTICLE_TYPES = re.compile(r"(\w*(Article|Posting|Blog|Story|Report|Review)|WebPage|ItemPage)$")
DEEPEST = 6  # levels of JSON-LD that are looked into
NOBODY = re.compile(
    r"^(admin|redactie|redaction|editor(ial)?|unknown|null|undefined|none)$", re.IGNORECASE
)


def objects(document: Document) -> list[Mapping[str, Any]]:
    """The JSON-LD objects that describe an article, the most telling type first."""
    found: list[Mapping[str, Any]] = []
    for script in document.root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            found += [one for one in _walk(_json(script.text or ""), 0) if _type(one)]
    return sorted(found, key=lambda one: _rank(_type(one)))


def _rank(kind: str) -> int:
    if kind.endswith(("WebPage", "ItemPage")):
        return 2
    return 0 if "Article" in kind or "Posting" in kind else 1


def _json(text: str) -> Any:
    text = re.sub(
        r"^\s*(<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(-->|//\s*\]\]>|\]\]>)\s*;?\s*$", "", text
    )
    for candidate in (
        text,
        re.sub(r"[\x00-\x1f]+", " ", text),
        re.sub(r",\s*([}\]])", r"\1", text),
    ):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, Mapping):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"):
            yield from _walk(value.get(key), depth + 1)
    elif isinstance(value, list):
        for one in value[:50]:
            yield from _walk(one, depth + 1)


def _type(one: Mapping[str, Any]) -> str:
    kinds = one.get("@type")
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if isinstance(kind, str) and ARTICLE_TYPES.match(kind.rpartition("/")[2]):
            return kind
    return ""


def text(value: Any) -> str:
    """A JSON-LD value as one line of plain text; "" for what is none."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, Mapping):
        value = value.get("@value") or value.get("name") or value.get("url") or ""
    return plain(value) if isinstance(value, str) else ""


def first(found: Sequence[Mapping[str, Any]], *names: str) -> str:
    """The first of these properties that any object has."""
    for one in found:
        for name in names:
            if said := text(one.get(name)):
                return said
    return ""


def authors(document: Document, found: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The people (or agencies) who are named as authors."""
    names: list[str] = []
    for one in found:
        given = one.get("author") or one.get("creator")
        for author in given if isinstance(given, list) else [given]:
            if isinstance(author, Mapping) and isinstance(author.get("name"), list):
                names += [text(name) for name in author["name"]]
            else:
                names.append(text(author))
        if any(names):
            break
    if not any(names):
        names = _marked_up(document)
    clean = [part for name in names for part in _people(name)]
    return tuple(dict.fromkeys(clean))


def _marked_up(document: Document) -> list[str]:
    meta = [
        document.meta(
            "author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl"
        )
    ]
    meta = [name for name in meta if name and not name.startswith("http")]
    if meta:
        return meta
    marks = (
        "//*[@rel='author' or @itemprop='author' or contains(@class, 'author-name')"
        " or contains(@class, 'byline-name')]"
    )
    names = [one_line("".join(map(str, one.itertext()))) for one in document.select(marks)[:5]]
    return [name for name in names if 3 < len(name) < 60]


def _people(name: str) -> list[str]:
    name = re.sub(
        r"^(by|door|von|par|text(:| von)?|redactie)\s+", "", plain(name), flags=re.IGNORECASE
    )
    if not name or name.startswith("http") or len(name) > 120 or NOBODY.match(name):
        return []
    parts = re.split(r"\s*(?:[;|]|,\s(?=[A-ZÀ-Þ])|\s(?:and|en|und|et|&)\s)\s*", name)
    return [part.strip(" ,.") for part in parts if part.strip(" ,.")]


def breadcrumb(document: Document) -> tuple[str, ...]:
    """The sections that a JSON-LD BreadcrumbList or the metadata name, outermost first."""
    names: list[str] = []
    for script in document.root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for one in _walk(_json(script.text or ""), 0):
            if one.get("@type") == "BreadcrumbList" and isinstance(
                one.get("itemListElement"), list
            ):
                items = (one for one in one["itemListElement"] if isinstance(one, Mapping))
                names += [text(item.get("name")) or text(item.get("item")) for item in items]
    section = document.meta("article:section", "og:section", "dc.subject")
    return tuple(dict.fromkeys(name for name in (*names, section) if name and "://" not in name))
