"""The picture that a page declares as that of its article.

    JSON-LD image > og:image > twitter:image > JSON-LD thumbnail

The first of them that can be a picture of this article. It cannot where other pages of the site
have it as well, or where it is called as the site or as what stands in for a picture is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple

from ...web.document import Document
from ...web.sanitise import plain_text
from ...web.urls import host_of, parts_of, registered_domain
from .about import shared
from .habits import Habits
from .media import Picture, is_ornament, is_picture_url, picture_key
from .recurring_media import is_of_the_site, is_on_many
from .structured_data import objects_by_id
from .titles import shown_headings

METAS = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
ADDRESSES = ("url", "contentUrl", "@value")  # of an image in JSON-LD; its name is a caption
MOST = 3  # images of one object that are looked at
DECLARED = "picture"  # the kind of fact that a site's habits remember
HOST = re.compile(r"[a-z0-9].*\.[a-z0-9-]+|localhost|\[.*\]", re.IGNORECASE)
FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|svg|bmp|tiff?)$", re.IGNORECASE)
STANDS_IN = re.compile(
    r"(?:.*[-_])?(?:default|fallback|placeholder|og[-_]?image|ogp|no[-_]?(?:image|photo|picture))"
    r"(?:[-_].*|\d*)",
    re.IGNORECASE,
)
SHARED = 3  # words of the page's address in the name of a file: "seven-ways-to-save-banner.png"
WORD = re.compile(r"[^\W\d_]{3,}")
SHORTEST = 5  # letters of a site's name, or of the end of an address, that tell it from a word


class Declared(NamedTuple):
    """The picture, and where it stood: "json-ld" or "meta"; None and "" for none."""

    picture: Picture | None = None
    origin: str = ""


def declared_picture(
    document: Document, found: Sequence[Mapping[str, Any]], habits: Habits
) -> Declared:
    """The picture that a page names as its own. `found` are the JSON-LD objects about it."""
    for origin, url in _named(document, found):
        picture = Picture(url=url, alt=_alt_of(url, document))
        if is_on_many(habits.others_with(DECLARED, picture_key(url)), habits.model):
            continue
        if not is_of_the_site(picture, habits.model, habits.own):
            return Declared(picture, origin)
    return Declared()


def facts(document: Document, found: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The pictures that the page declares, for the habits of its site: (kind, value)."""
    yield from ((DECLARED, picture_key(url)) for _, url in _named(document, found))


def _named(document: Document, found: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Where a picture is named that may be the article's, and its URL."""
    for origin, said in _said(document, found):
        url = document.absolute(said) if _is_address(said) else ""
        if is_picture_url(url) and _may_be_of_article(url, document):
            yield origin, url


def _said(document: Document, found: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Where a picture is named, and what is said there."""
    known = objects_by_id(document)
    yield from (("json-ld", said) for said in _in_objects(found, "image", known))
    headings = shown_headings(document)
    yield from (("meta", said) for name in METAS if (said := shared(document, headings, name)))
    yield from (("json-ld", said) for said in _in_objects(found, "thumbnailUrl", known))


def _in_objects(
    found: Sequence[Mapping[str, Any]], name: str, known: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    """The addresses in a property of JSON-LD: it is one, or an object, or a list of either."""
    for value in (one.get(name) for one in found):
        several = value if isinstance(value, list) else [value]
        yield from filter(None, (_address_of(one, known) for one in several[:MOST]))


def _address_of(value: Any, known: Mapping[str, Mapping[str, Any]]) -> str:
    """The address in an image of JSON-LD, which may only refer to one of the `known` objects."""
    if isinstance(value, Mapping):
        there = known.get(str(value.get("@id")), value)
        value = next((said for said in map(there.get, ADDRESSES) if said), "")
    if isinstance(value, list):
        value = next(iter(value), "")
    return unescape(value).strip() if isinstance(value, str) else ""


def _is_address(said: str) -> bool:
    """Whether a value may be an address: a caption in its place has spaces, and no file's name."""
    return " " not in said or bool(FILE.search(said))


def _may_be_of_article(url: str, document: Document) -> bool:
    """Whether a picture is called neither as the site nor as what stands in for a picture."""
    parts = parts_of(url)
    name = parts.path.rpartition("/")[2]
    stem = FILE.sub("", name)
    if not HOST.fullmatch(parts.host):
        return False
    if is_ornament([name]):
        return _is_named_after(stem, document.page.url)
    if STANDS_IN.fullmatch(stem):
        return _is_in(_last(document.page.url), parts.path)  # made for this page
    brand = registered_domain(host_of(document.page.url)).partition(".")[0]
    return len(brand) < SHORTEST or _letters(stem) != _letters(brand)


def _is_named_after(stem: str, url: str) -> bool:
    """Whether a file has so many words of a page's address that it was made for that page."""
    mine, theirs = (set(WORD.findall(said.lower())) for said in (stem, _last(url)))
    return len(mine & theirs) >= SHARED


def _last(url: str) -> str:
    """The last part of the path of a page, without its ending."""
    return parts_of(url).path.rstrip("/").rpartition("/")[2].partition(".")[0]


def _is_in(name: str, path: str) -> bool:
    return len(name) >= SHORTEST and name.lower() in path.lower()


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.lower()))


def _alt_of(url: str, document: Document) -> str:
    """What a picture shows, in words, where the page says so."""
    key = picture_key(url)
    for element in document.elements("img"):
        alt, src = element.get("alt"), element.get("src")
        if alt and src and picture_key(document.absolute(src)) == key and (said := plain_text(alt)):
            return said
    return plain_text(document.meta("og:image:alt", "twitter:image:alt"))
