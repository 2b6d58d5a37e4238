"""Where a listing goes on: its next page, and the other pages of the site that list articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice, takewhile
from urllib.parse import parse_qsl

from lxml import etree

from ...languages.fold import fold
from ...languages.pattern import Pattern
from ...languages.tables import any_phrase, any_spelt, spelt
from ...languages.wordcount import count_words
from ...model import Link
from ...web.document import Document, one_line
from ...web.urls import canonical, same_site, url_key
from . import addresses

LABEL = 45  # letters of the longest name of a section
PHRASE = 6  # words of the longest name that says news; a headline may, too
ARROWS = r"[«‹<←»›>→\"]+"  # folding makes quotation marks of some
NEXT = Pattern(lambda: rf"({ARROWS} ?)?({any_phrase('labels.next')})( ?{ARROWS})?")
ONWARD = re.compile(r"[»›→]+")  # a link without words; once folded, « and » are the same
NUMBER = Pattern(lambda: rf"(?:{any_spelt('labels.page')}|p)[/-]?(\d+)/?$", re.IGNORECASE)
NEWS = Pattern(lambda: rf"\b({any_phrase('labels.news')})\b")
DAYS = frozenset(map(str, range(1, 29)))  # of every month
CALENDAR_LETTERS = 500  # of a box that holds a calendar and what stands in its days, at most
PAGE = frozenset(("html", "head", "body"))
CALENDAR = 6  # elements around a link, in one of which the days of its calendar stand
PAGES = frozenset(("p", "pg", "paged"))  # parameters that number the pages of a list


def next_page(document: Document) -> str:
    """Where a listing goes on, further back in time; "" if it does not say.

    Words count more than a number, and that more than an arrow, which may turn anything.
    """
    numbered = arrow = ""
    holds_calendar = cache(_holds_calendar)
    for element, url in _others(document):
        label = _label(element)
        if _says_next(element, label) and not _is_within(element, holds_calendar):
            return url
        if not numbered and label.isdecimal() and _follows(url, label, document.page.url):
            numbered = url
        elif not arrow and ONWARD.fullmatch(label) and not _is_within(element, holds_calendar):
            arrow = url
    return numbered or arrow


def _others(document: Document) -> Iterator[tuple[etree._Element, str]]:
    """What links to other pages of the site, with their addresses."""
    here = url_key(document.page.url)
    for element in document.root.iter("link", "a"):
        url = document.absolute(element.get("href") or "")
        if same_site(url, document.page.url) and url_key(url) != here:
            yield element, url


def _says_next(element: etree._Element, label: str) -> bool:
    """Whether a link says in its markup or in words that it leads to the next page."""
    if "next" in (element.get("rel") or "").lower().split():
        return True
    return element.tag == "a" and NEXT.fullmatch(fold(label)) is not None


def _is_within(element: etree._Element, holds: Callable[[etree._Element], bool]) -> bool:
    """Whether a box around a link holds something: the calendar whose months it turns."""
    around = takewhile(lambda one: one.tag not in PAGE, element.iterancestors())
    return any(map(holds, islice(around, CALENDAR)))


def _holds_calendar(box: etree._Element) -> bool:
    """Whether the days of a month stand in a box, and little else: in a table, or most of them
    without a link or with one to what names the day. The numbers of pages are links, too.
    """
    texts = [str(one).strip() for one in box.itertext()]
    if sum(map(len, texts)) > CALENDAR_LETTERS or not {*texts} >= DAYS:
        return False
    if any(True for one in (box.iter("table"), box.iterancestors("table")) for _ in one):
        return True
    return 2 * len(_pages_in(box)) <= len(DAYS)


def _pages_in(box: etree._Element) -> set[str]:
    """The numbers that days may have, too, with links that name no day."""
    links = {(one.text or "").strip(): one.get("href") or "" for one in box.iter("a")}
    return {number for number in DAYS & links.keys() if not _names_day(links[number], number)}


def _names_day(href: str, day: str) -> bool:
    """Whether an address holds a date of this day of the month: "/2026/11/05/"."""
    return re.search(rf"(?:19|20)\d\d\D?[01]?\d\D?0?{day}(?!\d)", href, re.ASCII) is not None


def _follows(url: str, label: str, here: str) -> bool:
    """Whether a link that is only a number leads to the page after this one."""
    return (
        len(label) < 6 and int(label) == _number(here) + 1 and addresses.is_page_of_list(url, here)
    )


def _number(url: str) -> int:
    """Which page of a list an address names; 1 if it names none."""
    parts = addresses.split(url)
    if found := NUMBER.search(parts.path):
        return int(found[1])
    for name, value in parse_qsl(parts.query):
        if value.isdecimal() and (name.lower() in PAGES or name.lower() in spelt("labels.page")):
            return int(value)
    return 1


def _label(element: etree._Element) -> str:
    text = one_line("".join(map(str, element.itertext())))
    return text or element.get("aria-label", "") or element.get("title", "")


def sections(document: Document, articles: Sequence[Link]) -> list[Link]:
    """Other pages of the site that may list articles.

    First those whose names say so, then those that known articles stand below.
    """
    here, known = url_key(document.page.url), {url_key(link.url) for link in articles}
    found: dict[str, Link] = {}
    for url, label in _named(document):
        key = url_key(url)
        link = Link(url=url, title=label)
        if key != here and key not in known and _may_list(link, document.page.url):
            found.setdefault(key, link)
    below = Counter(key for one in known for key in _above(one) if key in found)
    return sorted(
        found.values(),
        key=lambda link: (not says_news(link), -below[url_key(link.url)]),
    )


def says_news(link: Link) -> bool:
    """Whether the name of a page, or the end of its address, says that it lists the news."""
    last = (addresses.segments(link.url) or [""])[-1]
    words = fold(addresses.WORDS.sub(" ", addresses.ENDING.sub("", last)))
    return any(
        count_words(text) <= PHRASE and bool(NEWS.search(text))
        for text in (fold(link.title), words)
    )


def _named(document: Document) -> Iterator[tuple[str, str]]:
    """The links of a page to its own site that have a short name."""
    for anchor in document.root.iter("a"):
        label = _label(anchor)
        url = document.absolute(anchor.get("href") or "")
        if 2 <= len(label) <= LABEL and same_site(url, document.page.url):
            yield canonical(url), label


def _may_list(link: Link, here: str) -> bool:
    url = link.url
    parts = addresses.split(url)
    is_front = parts.path in ("", "/") and not parts.query
    if is_front or addresses.FILES.search(parts.path) or addresses.is_page_of_list(url, here):
        return False
    is_service = addresses.names_service(url) or addresses.below_service(url)
    may_be_other = (
        addresses.names_collection(url) or addresses.is_headline(url) or addresses.has_number(url)
    )
    return not is_service and (says_news(link) or not may_be_other)


def _above(key: str) -> Iterator[str]:
    """Every address that this one stands below."""
    while "/" in key:
        key = key.rpartition("/")[0]
        yield key
