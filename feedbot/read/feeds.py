"""Listings made for machines: RSS, Atom, JSON Feed and sitemaps, read into the same links.

A feed says what is new and when. The article is fetched, cleaned and routed like any other; the
feed's own text of it is taken where its page refuses or holds none. The only home of feedparser.
"""

from __future__ import annotations

import calendar
import io
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from ..errors import ReadError
from ..languages import times
from ..model import Dated, Link, Page, Source
from ..web.charset import decode
from ..web.document import Document
from ..web.lenient_json import read_json
from ..web.sanitise import plain_text
from ..web.urls import canonical, join, url_key
from .synthetic_page import is_whole

FEED_TYPES = ("application/atom+xml", "application/rss+xml", "application/feed+json")
NEWEST = 200  # of a sitemap without news; it may list a whole archive
CHILDREN = 2  # sitemaps of an index that are read: those changed last
LONGEST_TEASER = 500  # characters; a feed may hold the whole article
LONGEST_NUMBER = 20  # digits of a character reference
ROOT_WITHIN = 65_536  # bytes in which the first element must begin
# Atomic throughout: a page may begin with a thousand comments.
START = re.compile(
    r"\ufeff?+(?>(?>\s*+(?:<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*+>))*)\s*+"
    r"<(?>(?:\w++:)?)(?P<root>rss|feed|RDF|urlset|sitemapindex)[\s>]",
    re.DOTALL,
)
JSON_FEED = re.compile(r'"version"\s*+:\s*+"https?://jsonfeed\.org/version/')
TAG = re.compile(r"<[^<>]*>")
REFERENCE = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]*+)|(?P<decimal>\d*+));?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What such a listing says.

    links   the articles that it lists, each once
    older   where it goes on, further back; "" if nowhere
    others  further listings to be read instead of it: those of a sitemap index
    """

    links: tuple[Link, ...] = ()
    older: str = ""
    others: tuple[str, ...] = ()
    title: str = ""
    language: str = ""


def read_announced(page: Page, source: Source) -> Announced | None:
    """What the listing at `page` announces; None where it is a page for people."""
    head = decode(page.body[:ROOT_WITHIN], page.content_type)
    if head.lstrip().startswith("{") and JSON_FEED.search(head):
        found = _json_feed(page, source)
    else:
        match = START.match(head)
        if match is None:
            return None
        is_sitemap = match["root"] in ("urlset", "sitemapindex")
        found = _sitemap(page, source) if is_sitemap else _feed(page)
    return tidied(found, page)


def tidied(found: Announced, page: Page) -> Announced:
    """The same with absolute addresses, each link once, and no time that cannot be."""
    older, *others = (_address(url, page) for url in (found.older, *found.others))
    return replace(
        found,
        links=tuple(_once(found.links, page)),
        older=older,
        others=tuple(filter(None, others)),
    )


def _address(url: str, page: Page) -> str:
    """An address that the listing names, absolute; "" for what cannot be fetched."""
    whole = join(page.url, url) if url else ""
    return whole if whole.startswith(("http://", "https://")) else ""


def _once(links: Sequence[Link], page: Page) -> Iterator[Link]:
    """Each link once, canonical, and none with a time that cannot be."""
    seen, latest = set[str](), page.fetched_at + timedelta(days=1)
    for link in links:
        url = _address(link.url, page)
        if not url or url_key(url) in seen:
            continue
        seen.add(url_key(url))
        believed = link.published and link.published.at <= latest
        yield replace(
            link,
            url=canonical(url),
            title=plain_text(link.title),
            teaser=plain_text(link.teaser)[:LONGEST_TEASER],
            published=link.published if believed else None,
        )


def advertised(document: Document) -> list[str]:
    """The feeds that a page names in its head."""
    found = []
    for element in document.root.iter("link"):
        rels = (element.get("rel") or "").lower().split()
        kind = (element.get("type") or "").lower().partition(";")[0].strip()
        if "alternate" in rels and kind in FEED_TYPES:
            found.append(document.absolute(element.get("href") or ""))
    return [url for url in dict.fromkeys(found) if url.startswith("http")]


def _xml(page: Page) -> bytes:
    """The text of the page as UTF-8, whatever its declaration says."""
    text = decode(page.body, page.content_type).lstrip("\ufeff \t\r\n")
    return REFERENCE.sub(_possible, text).encode("utf-8", "replace")


def _possible(reference: re.Match[str]) -> str:
    """The reference, if there is such a character; XML parsers stumble over the others.

    Something stays in its place, else what stood around it could become another such reference.
    """
    digits, base = (reference["hex"], 16) if reference["hex"] else (reference["decimal"], 10)
    number = int(digits, base) if digits and len(digits) <= LONGEST_NUMBER else -1
    is_half = 0xD800 <= number <= 0xDFFF
    return reference[0] if 0 < number <= sys.maxunicode and not is_half else "\ufffd"


# --- feeds ------------------------------------------------------------------------------------


def _parsed(page: Page) -> Any:
    """The feed as feedparser understands it. Raises ReadError for one that it stumbles over."""
    import feedparser  # now that there is a feed: most sites that are read have none

    # As a stream: a text that looks like an address would be fetched by feedparser itself. It only
    # reads what it is given: markup within entries is cleaned here, and the encoding is known.
    try:
        return feedparser.parse(
            io.BytesIO(_xml(page)),
            response_headers={
                "content-type": "application/xml; charset=utf-8",
                "content-location": page.url,
            },
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ReadError(page.url, "its feed is broken XML that cannot be read") from error


def _feed(page: Page) -> Announced:
    """The entries of a feed."""
    parsed = _parsed(page)
    older = ""
    for link in parsed.feed.get("links", ()):
        if link.get("rel") in ("next", "prev-archive"):
            older = older or _text(link, "href")
    return Announced(
        links=tuple(_entry(entry) for entry in parsed.entries if _text(entry, "link")),
        older=older,
        title=plain_text(_text(parsed.feed, "title")),
        language=_text(parsed.feed, "language"),
    )


def _entry(entry: Any) -> Link:
    when = entry.get("published_parsed")
    if when is None and "updated_parsed" in entry:  # asked for in vain, feedparser warns
        when = entry["updated_parsed"]
    at = _moment(when) if when else None
    return Link(
        url=_text(entry, "link"),
        title=_words(_text(entry, "title")),
        teaser=_words(_text(entry, "summary")),
        published=Dated(at=at, origin="listing") if at else None,
        why="listed by a feed",
        content=_content(entry),
    )


def _content(entry: Any) -> str:
    """The text of an entry, where it is more than a teaser."""
    said = [one.get("value") or "" for one in entry.get("content", ()) if _is_text(one)]
    longest = max((*said, _text(entry, "summary")), key=len)
    return longest if is_whole(longest) else ""


def _is_text(content: Any) -> bool:
    return (content.get("type") or "text/html") in (
        "text/html",
        "application/xhtml+xml",
        "text/plain",
    )


def _moment(when: time.struct_time) -> datetime | None:
    """The moment of a date as feedparser read it; it takes 0000-00-00 for one."""
    try:
        return datetime.fromtimestamp(calendar.timegm(when), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _words(html: str) -> str:
    return TAG.sub(" ", html)


def _json_feed(page: Page, source: Source) -> Announced:
    feed = read_json(decode(page.body, page.content_type))
    if not isinstance(feed, dict):
        return Announced()
    entries = feed.get("items")
    return Announced(
        links=tuple(
            Link(
                url=_text(entry, "url") or _text(entry, "id"),
                title=_text(entry, "title"),
                teaser=_text(entry, "summary") or _text(entry, "content_text"),
                published=_dated(_text(entry, "date_published"), source),
                why="listed by a feed",
                content=_whole(_text(entry, "content_html")),
            )
            for entry in (entries if isinstance(entries, list) else ())
            if isinstance(entry, dict)
        ),
        older=_text(feed, "next_url"),
        title=_text(feed, "title"),
        language=_text(feed, "language"),
    )


def _whole(html: str) -> str:
    return html if is_whole(html) else ""


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _dated(text: str, source: Source) -> Dated | None:
    at = times.declared(text, ZoneInfo(source.timezone)) if text else None
    return Dated(at=at.replace(microsecond=0), origin="listing") if at else None


# --- sitemaps ---------------------------------------------------------------------------------


def _sitemap(page: Page, source: Source) -> Announced:
    root = _tree(page)
    if root is None:  # nothing in it could be read
        return Announced()
    every = [_row(element) for element in root if isinstance(element.tag, str)]
    rows = [row for row in every if row.get("loc")]
    if _name(root) == "sitemapindex":
        return Announced(others=tuple(_newest_sitemaps(rows)))
    if not any("publication_date" in row for row in rows):
        rows = _newest_pages(rows, ZoneInfo(source.timezone))
    return Announced(links=tuple(_listed(row, source) for row in rows))


def _newest_sitemaps(rows: Sequence[dict[str, str]]) -> list[str]:
    """Of an index: those of news, if any are called so; the newest first."""
    newest = sorted(rows, key=lambda row: row.get("lastmod", ""), reverse=True)
    news = [row for row in newest if "news" in row["loc"].lower()]
    return [row["loc"] for row in (news or newest)[:CHILDREN]]


def _newest_pages(rows: Sequence[dict[str, str]], zone: ZoneInfo) -> list[dict[str, str]]:
    """Of a sitemap of a whole site, which says when pages changed, not when they appeared."""

    def changed(row: dict[str, str]) -> datetime:
        at = times.declared(row.get("lastmod", ""), zone)
        return at or datetime.fromtimestamp(0, UTC)

    return sorted(rows, key=changed, reverse=True)[:NEWEST]


def _tree(page: Page) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, encoding="utf-8"
    )
    try:
        return etree.fromstring(_xml(page), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _row(element: etree._Element) -> dict[str, str]:
    """The texts of a sitemap's entry by their names, whatever their namespace."""
    row: dict[str, str] = {}
    for part in element.iter():
        if isinstance(part.tag, str) and part.text:
            row.setdefault(_name(part), part.text.strip())
    return row


def _name(element: etree._Element) -> str:
    """Its name without a namespace, be it one that no element can have."""
    return str(element.tag).rpartition("}")[2]


def _listed(row: dict[str, str], source: Source) -> Link:
    return Link(
        url=row["loc"],
        title=row.get("title", ""),
        published=_dated(row.get("publication_date", ""), source),
        why="listed by a sitemap",
    )
