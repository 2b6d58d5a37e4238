"""The headline: what h1, metadata and listing agree on, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..document import Document, one_line
from ..language.fold import fold
from ..sanitise import plain

SEPARATOR = re.compile(r"\s+(?:[|•·»—–-]|::)\s+|\s*[|»]\s*|(?<=\w):\s")
LONGEST = 300  # characters


def title_of(document: Document, declared: str, listed: str) -> str:
    """The headline; "" where the page has none.

    An h1 that metadata or listing confirm is what readers see; unconfirmed, it may be a slogan.
    """
    h1s = [text for text in _h1s(document) if 3 < len(text) <= LONGEST]
    page = _page_title(document)
    og = plain(document.meta("og:title", "twitter:title"))
    said = [text for text in (declared, og, page, listed) if text]
    for h1 in h1s:
        if any(fold(h1) == fold(text) for text in said):
            return h1
    best = [h1 for h1 in h1s if any(_begins(text, h1) for text in said)]
    if best:
        return max(best, key=len)
    if len(h1s) == 1 and any(_akin(h1s[0], text) for text in said):
        return h1s[0]
    for text in (declared, og, listed, page):
        if text:
            return _without_site(text, document, [other for other in said if other != text])
    return h1s[0] if h1s else ""


def headings(document: Document) -> list[str]:
    """What the page calls itself: its h1s, its `<title>` and its og:title."""
    return [*_h1s(document), _page_title(document), plain(document.meta("og:title"))]


def _h1s(document: Document) -> list[str]:
    texts = (one_line(" ".join(map(str, h1.itertext()))) for h1 in document.root.iter("h1"))
    return [plain(text) for text in texts]


def _page_title(document: Document) -> str:
    title = next(document.root.iter("title"), None)
    return "" if title is None else plain(one_line("".join(map(str, title.itertext()))))


def _begins(text: str, h1: str) -> bool:
    """Whether a title is this headline and then the site's name, or the other way about."""
    folded, head = fold(text), fold(h1)
    if len(head) < 8:
        return False
    return folded.startswith(head) or folded.endswith(head) or head in SEPARATOR.split(folded)


def _akin(one: str, other: str) -> bool:
    """Whether two headlines share most of their words: one is often an edited form of the other."""
    first, second = set(fold(one).split()), set(fold(other).split())
    return len(first & second) >= 0.5 * min(len(first), len(second)) > 1


def _without_site(text: str, document: Document, others: Sequence[str]) -> str:
    """A title without " | Site": what follows the last separator, if it is not the headline's."""
    site = fold(document.meta("og:site_name", "application-name"))
    for separator in reversed(list(SEPARATOR.finditer(text))):
        head, tail = text[: separator.start()].strip(), text[separator.end() :].strip()
        if ":" in separator[0]:
            continue
        is_site = site and (fold(tail) in site or site in fold(tail))
        confirmed = any(fold(other) == fold(head) for other in others)
        if len(head) >= 8 and (is_site or confirmed or len(tail.split()) <= 3 < len(head.split())):
            text = head
        elif site and fold(head) == site:
            return tail
        else:
            break
    return text
