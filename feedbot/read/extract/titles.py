"""The headline: what h1, metadata and listing agree on, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from ...languages.fold import fold
from ...web.document import INLINE, SKIPPED, Document, one_line, text_of
from ...web.sanitise import plain_text
from ...web.urls import host_of
from .about import alike

SEPARATOR = re.compile(r"\s+(?:[|•·»ㅣ—–-]|::)\s+|\s*[|»ㅣ]\s*|(?<=\w):\s")
BARS = frozenset("|»ㅣ•·")  # that no headline has; a dash may belong to one
SUFFIX = 2  # words that a site adds to its name: "de Volkskrant Online"
CUT = ("…", "...")
LONGEST_TITLE = 300  # characters
SHORTEST_TITLE = 3  # characters that no headline is as short as
SHORTEST_WITHOUT_KICKER = 8  # characters of what is left of an h1 without its kicker
MOST_PIECES = 200  # of text in one h1 that are looked at
PARTS = frozenset(("span", "a"))
HIDDEN = SKIPPED | {"title", "desc"}  # in a drawing
H1_ROLES = etree.XPath("descendant::*[@role='heading' and @aria-level='1']")
CREDIBLE = 1_000  # characters; what is longer is a text in the wrong place
MOST_HEADINGS = 50  # h1s of a page that are looked at


def title_of(document: Document, declared: str, listed: str) -> str:
    """The headline; "" where the page has none.

    `declared` is what JSON-LD calls the headline, meant to be that and nothing more. The only h1 is
    what readers see, and an h1 that nothing confirms may be a slogan.
    """
    h1s = [one for one in _h1s(document) if len(one) > SHORTEST_TITLE]
    shown = [one for one in h1s if not _is_site(one, document)]
    page = _page_title(document)
    og = _credible(plain_text(document.meta("og:title", "twitter:title")))
    declared, listed = _credible(declared), _credible(listed)
    declared = _headline(declared, shown, og, page)
    said = [text for text in (declared, og, page, listed) if text]
    if len(shown) == 1 and _is_headline(shown[0], declared, og, page, listed):
        return _shared_tail(shown[0], og) or _without_site(shown[0], document, said)
    is_article = document.meta("og:type").lower() == "article"
    for text in (declared, og if is_article else ""):
        if text and not text.endswith(CUT):
            return _without_site(text, document, [*shown, *(one for one in said if one != text)])
    if confirmed := _confirmed(shown, said):
        return _without_site(confirmed, document, [one for one in said if one != confirmed])
    for text in (declared, og, listed, page):
        if text:
            others = [other for other in said if other != text]
            return _without_site(text, document, others, dashes=text == page)
    return next(iter(shown or h1s), "")


def _confirmed(shown: Sequence[str], said: Sequence[str]) -> str:
    """The h1 that metadata or listing repeat, or else begin or end with; "" for none."""
    repeated = [h1 for h1 in shown if any(fold(h1) == fold(text) for text in said)]
    within = [h1 for h1 in shown if any(_begins(text, h1) for text in said)]
    return next(iter(repeated), max(within, key=len, default=""))


def _is_headline(h1: str, declared: str, og: str, page: str, listed: str) -> bool:
    """Whether the only h1 of a page is its headline rather than what is declared.

    JSON-LD is believed before it, unless that says the same at greater length, as titles for search
    engines do. So is og:title where it is all that differs, as somebody wrote it by hand, or where
    the h1 has a kicker in front.
    """
    shown, shared, titled = fold(h1), fold(og), fold(page)
    if declared:
        return _begins(declared, h1) and titled.startswith(shown)
    if shared and (
        _is_after_kicker(shared, shown) or (titled.startswith(shown) and shown not in shared)
    ):
        return False
    return any(alike(h1, text) for text in (og, page, listed) if text)


def _shared_tail(h1: str, og: str) -> str:
    """The headline of which h1 and og:title have each their own kicker in front; "" if not so."""
    separator = SEPARATOR.search(h1)
    tail = h1[separator.end() :] if separator else ""
    other = fold(og)
    is_same = len(tail.split()) > 3 and _is_after_kicker(fold(tail), other)
    is_same = is_same and not alike(h1.removesuffix(tail), og[: max(len(og) - len(tail), 0)])
    return tail if is_same else ""


def _is_after_kicker(headline: str, whole: str) -> bool:
    """Whether a heading is a headline with a few words and a separator in front, folded."""
    return any(whole.endswith(f"{mark} {headline}") for mark in (":", " -", " |", " /"))


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
    og = _credible(plain_text(document.meta("og:title")))
    return [*_h1s(document), _page_title(document), og]


def _h1s(document: Document) -> list[str]:
    """The different texts of its h1s, or else of what stands in for one, without kickers."""
    elements = list(islice(document.root.iter("h1"), MOST_HEADINGS)) or H1_ROLES(document.root)
    said = [fold(_page_title(document)), fold(document.meta("og:title", "twitter:title"))]
    texts = [_headline_in(element, said) for element in elements[:MOST_HEADINGS]]
    return list(dict.fromkeys(text for text in texts if 0 < len(text) <= LONGEST_TITLE))


def _headline_in(element: etree._Element, said: Sequence[str]) -> str:
    """The text of an h1 without a kicker: a part with markup of its own that no title has."""
    whole = _shown_text(element)
    if not len(element) or any(fold(whole) in text for text in said):
        return whole
    first, last = _shown_text(element[0]), _shown_text(element[-1])
    for part, rest in (
        (first, "" if (element.text or "").strip() else whole.removeprefix(first)),
        (last, "" if (element[-1].tail or "").strip() else whole.removesuffix(last)),
    ):
        text = rest.strip(" :|•·-–—/")
        is_most = SHORTEST_WITHOUT_KICKER <= len(text) > len(part)
        is_named = any(one.startswith(fold(text)) for one in said)
        if is_most and is_named and not any(fold(part) in one for one in said):
            return text
    return whole


def _shown_text(element: etree._Element) -> str:
    """The text of a heading as a browser shows it: inline markup adds no spaces to words."""
    pieces = list(islice(_pieces(element), MOST_PIECES))
    return (
        plain_text(one_line("".join(pieces))) if sum(map(len, pieces)) <= 2 * LONGEST_TITLE else ""
    )


def _pieces(element: etree._Element) -> Iterator[str]:
    for event, one in etree.iterwalk(element, events=("start", "end")):
        is_start = event == "start"
        if one is not element and (one.tag not in INLINE or (not is_start and _is_part(one))):
            yield " "
        if is_start and one.tag not in HIDDEN:
            yield one.text or ""
        elif not is_start and one is not element:
            yield one.tail or ""


def _is_part(span: etree._Element) -> bool:
    """Whether another span touches this one, as kicker and headline do; an initial is no part."""
    after = span.getnext()
    is_pair = span.tag in PARTS and not span.tail and after is not None and after.tag in PARTS
    return is_pair and len(span.text or "") > 1


def _page_title(document: Document) -> str:
    title = next(document.root.iter("title"), None)
    return "" if title is None else plain_text(text_of(title, CREDIBLE, between=""))


def _begins(text: str, h1: str) -> bool:
    """Whether a title is this headline and then the site's name, or the other way about."""
    folded, head = fold(text), fold(h1)
    if len(head) < 8:
        return False
    return folded.startswith(head) or folded.endswith(head) or head in SEPARATOR.split(folded)


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
