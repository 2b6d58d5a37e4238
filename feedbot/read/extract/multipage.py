"""Articles that a site has cut into pages: where the next part is, and all parts as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from ...languages.fold import fold
from ...model import Article
from ...web.document import Document
from ...web.urls import canonical, same_site

MOST_PARTS = 10  # pages of one article that are read
SAME_SHARE = 0.5  # share of a part's paragraphs from which it is the page before once more
NUMBER = re.compile(
    r"[/_,.-]?(?:(?:page|pagina|seite|part|deel|teil|p)[/_-]?)?(\d{1,2})/?$", re.IGNORECASE
)
NAMES = frozenset("page pagina p pg seite part deel teil pageno page_no pagenumber".split())
ENDING = re.compile(r"\.(?:html?|php|aspx?|shtml|jsp)$", re.IGNORECASE)


def next_part(document: Document, first: str, number: int) -> str:
    """The URL of part `number` of the article that begins at `first`; "" if the page names none.

    A part has the address of the article with its number added. Whatever the link is called, the
    next article and the next page of a list have other addresses.
    """
    for element in document.root.iter("link", "a"):
        href = element.get("href") or ""
        if str(number) not in href and str(number - 1) not in href:
            continue
        url = document.absolute(href)
        if same_site(url, first) and number in _numbers(canonical(url), canonical(first)):
            return url
    return ""


def _numbers(url: str, first: str) -> Iterator[int]:
    """Which part of the article that begins at `first` an address may be."""
    here, begins = urlsplit(url), urlsplit(first)
    ending, end = ENDING.search(here.path), ENDING.search(begins.path)
    path = here.path[: ending.start() if ending else None].rstrip("/")
    stem = begins.path[: end.start() if end else None].rstrip("/")
    longer = path[len(stem) :] if path.startswith(stem) and len(stem) > 1 else ""
    if here.query == begins.query and (found := NUMBER.fullmatch(longer)):
        yield int(found[1])
    added = set(parse_qsl(here.query)) - set(parse_qsl(begins.query))
    gone = dict(parse_qsl(begins.query)).keys() - dict(parse_qsl(here.query)).keys()
    if path == stem and not gone and len(added) == 1:
        ((name, value),) = added
        if name.lower() in NAMES and value.isdecimal() and len(value) < 3:
            yield int(value)


def joined(article: Article, part: Article) -> Article | None:
    """An article with its next part; None if that says what was said before."""
    said = {fold(one) for one in article.paragraphs}
    new = [one for one in part.paragraphs if fold(one) not in said]
    if len(new) <= SAME_SHARE * len(part.paragraphs):
        return None
    return replace(
        article,
        paragraphs=(*article.paragraphs, *new),
        html=f"{article.html}\n{part.html}",
        enclosures=tuple(dict.fromkeys((*article.enclosures, *part.enclosures))),
    )
