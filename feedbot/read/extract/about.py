"""Whether structured data describes the page that it stands on, or other articles.

    its address      this page's: for it        another article's of the same site: against it
    its headline     like one that the page has: for it        unlike all: against it
    its place        in a list, or as a part of something: against it

What disagrees in one way only is still used, as templates copy addresses and editors write second
headlines, unless something else on the page agrees or the page names several such headlines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ...languages.fold import fold
from ...web.document import Document
from ...web.sanitise import plain_text
from ...web.urls import parts_of, same_site, url_key

Object = Mapping[str, Any]

ADDRESSES = ("url", "mainEntityOfPage", "@id")
TELLING = 2  # points of an address, and of a headline that agrees
AGAINST = -1  # points of a headline that disagrees, and of a place in a list
NUMBER = re.compile(r"\d{5,}")  # of an article in an address
NAME = 8  # characters of the last part of a path that names an article
SHORTEST_HEADLINE = 8  # characters of a headline that may be a part of a longer one


def about_page(
    document: Document, found: Sequence[tuple[Object, bool]], headings: Sequence[str]
) -> list[Object]:
    """The objects that describe the page. Each comes with whether it stands in a list of others.

    `headings` are what the page calls itself.
    """
    named = [heading for heading in headings if heading]
    scored = [
        (_by_address(document, one) + _by_headline(one, named) + AGAINST * is_listed, one)
        for one, is_listed in found
    ]
    best = max((score for score, _ in scored), default=0)
    doubtful = {fold(declared_headline(one)) for score, one in scored if score < 0}
    least = AGAINST if best <= 0 and len(doubtful) == 1 else 0
    return [one for score, one in scored if score >= least]


def is_confirmed(document: Document, one: Object, headings: Sequence[str]) -> bool:
    """Whether its address or its headline says that an object describes the page.

    Where the page has no heading to compare with, nothing has to.
    """
    named = [heading for heading in headings if heading]
    return _by_address(document, one) > 0 or _by_headline(one, named) >= 0


def declared_headline(one: Object) -> str:
    """The headline of an object on one line; "" if it has none."""
    said = one.get("headline") or one.get("name")
    return plain_text(said) if isinstance(said, str) else ""


def alike(one: str, other: str) -> bool:
    """Whether two headlines share most of their words: one is often an edited form of the other."""
    first, second = fold(one), fold(other)
    shorter, longer = sorted((first, second), key=len)
    if first == second or (len(shorter) >= SHORTEST_HEADLINE and shorter in longer):
        return True
    few, many = sorted((_terms(first), _terms(second)), key=len)
    return len(few & many) >= 0.5 * len(few) > 0.5


def _terms(folded: str) -> set[str]:
    """The words of a text; pairs of signs where it is written without spaces."""
    words = set(re.findall(r"\w+", folded))
    if len(words) > 2 or folded.isascii():
        return words
    return {a + b for a, b in pairwise(folded)}


def _by_headline(one: Object, named: Collection[str]) -> int:
    headline = declared_headline(one)
    if not headline or not named:
        return 0
    return TELLING if any(alike(headline, heading) for heading in named) else AGAINST


def _by_address(document: Document, one: Object) -> int:
    page = document.page
    here = [url for url in (page.url, page.requested) if url]
    said = [document.absolute(url) for url in _addresses(one)]
    if any(_same_article(url, mine) for url in said for mine in here):
        return TELLING
    return -TELLING if any(_is_article_beside(url, page.url) for url in said) else 0


def _addresses(one: Object) -> Iterator[str]:
    for name in ADDRESSES:
        value = one.get(name)
        if isinstance(value, Mapping):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and ("/" in value or "?" in value):
            yield value.partition("#")[0].strip()


def _same_article(url: str, mine: str) -> bool:
    """Whether two addresses are of one article: equal, or with the same name or number."""
    said, here = parts_of(url), parts_of(mine)
    if not said.host or url_key(url) == url_key(mine):
        return bool(said.host)
    if said.query and here.query and said.query != here.query:
        return False
    if set(NUMBER.findall(url)) & set(NUMBER.findall(mine)):
        return True
    name = _name(said.path)
    return len(name) >= NAME and name == _name(here.path)


def _name(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _is_article_beside(url: str, mine: str) -> bool:
    """Whether an address is of the same site, and neither its front page nor a section above."""
    path = parts_of(url).path.rstrip("/")
    is_above = parts_of(mine).path.startswith(f"{path}/")
    return bool(path) and not is_above and same_site(url, mine)
