"""The headline: what h1, metadata and listing agree on, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from ..document import Document, text_of
from ..language.fold import fold
from ..sanitise import plain
from ..urls import host_of

SEPARATOR = re.compile(r"\s+(?:[|•·»ㅣ—–-]|::)\s+|\s*[|»ㅣ]\s*|(?<=\w):\s")
BARS = frozenset("|»ㅣ•·")  # that no headline has; a dash may belong to one
SUFFIX = 2  # words that a site adds to its name: "de Volkskrant Online"
CUT = ("…", "...")
LONGEST = 300  # characters
CREDIBLE = 1_000  # characters; what is longer is a text in the wrong place
MOST_HEADINGS = 50  # h1s of a page that are looked at


def title_of(document: Document, declared: str, listed: str) -> str:
    """The headline; "" where the page has none.

    What the page declares for machines is meant to be the headline and nothing more. An h1 that
    metadata or listing confirm is what readers see; unconfirmed, it may be a slogan.
    """
    h1s = [text for text in _h1s(document) if 3 < len(text) <= LONGEST]
    page = _page_title(document)
    og = _credible(plain(document.meta("og:title", "twitter:title")))
    declared, listed = _credible(declared), _credible(listed)
    declared = _headline(declared, [one for one in h1s if not _is_site(one, document)], og, page)
    is_article = document.meta("og:type").lower() == "article"
    said = [text for text in (declared, og, page, listed) if text]
    for text in (declared, og if is_article else ""):
        if text and not text.endswith(CUT):
            return _without_site(text, document, [*h1s, *(one for one in said if one != text)])
    for h1 in h1s:
        if any(fold(h1) == fold(text) for text in said):
            return _without_site(h1, document, [one for one in said if one != h1])
    best = [h1 for h1 in h1s if any(_begins(text, h1) for text in said)]
    if best:
        return max(best, key=len)
    if len(h1s) == 1 and any(_akin(h1s[0], text) for text in said):
        return h1s[0]
    for text in (declared, og, listed, page):
        if text:
            others = [other for other in said if other != text]
            return _without_site(text, document, others, dashes=text == page)
    return h1s[0] if h1s else ""


def _credible(text: str) -> str:
    return text if len(text) <= CREDIBLE else ""


def _headline(declared: str, h1s: Sequence[str], og: str, page: str) -> str:
    """What JSON-LD says, unless what readers see shows it to be cut, optimised or preceded."""
    said, shared = fold(declared), fold(og)
    if declared.endswith(CUT):
        return next((h1 for h1 in h1s if fold(h1).startswith(said.rstrip(" .…"))), declared)
    if not said or not shared or said == shared:
        return declared
    shown = next((h1 for h1 in h1s if fold(h1) == shared), "")
    if shown and fold(page).startswith(said):  # one title for search engines, one for readers
        return shown
    if said.endswith(f": {shared}") and len(shared.split()) > 3:
        return og  # without a kicker, which editors leave off where people share
    return declared


def headings(document: Document) -> list[str]:
    """What the page calls itself: its h1s, its `<title>` and its og:title."""
    og = _credible(plain(document.meta("og:title")))
    return [*_h1s(document), _page_title(document), og]


def _h1s(document: Document) -> list[str]:
    return [
        plain(text_of(h1, 2 * LONGEST)) for h1 in islice(document.root.iter("h1"), MOST_HEADINGS)
    ]


def _page_title(document: Document) -> str:
    title = next(document.root.iter("title"), None)
    return "" if title is None else plain(text_of(title, CREDIBLE, between=""))


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


def _without_site(
    text: str, document: Document, others: Sequence[str], *, dashes: bool = False
) -> str:
    """A title without " | Site": what follows the last separator, if it is not the headline's.

    `dashes`: a few words after a dash are a name, too, as they are in every `<title>`.
    """
    for separator in reversed(list(SEPARATOR.finditer(text))):
        head, tail = text[: separator.start()].strip(), text[separator.end() :].strip()
        if ":" in separator[0] or ("»" in separator[0] and "«" in text):  # a quotation
            continue
        confirmed = any(fold(other) == fold(head) for other in others)
        barred = dashes or not BARS.isdisjoint(separator[0])
        is_long = "|" in separator[0] and fold(text) not in map(fold, _h1s(document))
        longest = len(head.split()) if is_long else 3  # words of a site's name
        label = barred and len(tail.split()) <= longest and len(head.split()) > 3
        if len(head) >= 8 and (confirmed or label or _is_site(tail, document)):
            text = head
        elif _is_site(head, document) and len(tail) >= 8:
            return tail
        else:
            break
    return text


def _is_site(text: str, document: Document) -> bool:
    """Whether a part of a title is the name of the site, by what the page says or by its host."""
    name, site = fold(text), fold(document.meta("og:site_name", "application-name"))
    more = len(name.split()) - len(site.split())
    if site and more <= SUFFIX and (f" {name} " in f" {site} " or f" {site} " in f" {name} "):
        return True
    letters = "".join(filter(str.isalnum, name))
    return len(letters) >= 3 and letters in "".join(filter(str.isalnum, host_of(document.page.url)))
