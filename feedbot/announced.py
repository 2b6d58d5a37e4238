"""Listings made for machines: RSS, Atom, JSON Feed and sitemaps, read into the same links.

A feed says what is new and when; its own text of an article is a teaser at most, and the article
is fetched, cleaned and routed like any other. The only home of feedparser.
"""

from __future__ import annotations

import calendar
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import feedparser
from lxml import etree

from .document import Document, decode
from .language import times
from .model import Dated, Link, Page, Source
from .sanitise import plain
from .urls import canonical, url_key

FEED_TYPES = ("application/atom+xml", "application/rss+xml", "application/feed+json")
NEWEST = 200  # of a sitemap without news; it may list a whole archive
CHILDREN = 2  # sitemaps of an index that are read: those changed last
TEASER = 500  # characters; a feed may hold the whole article
START = re.compile(
    rb"^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*|<\?.*?\?>\s*|<!DOCTYPE[^>\[]*>\s*)*"
    rb"<(?P<root>(\w+:)?(rss|feed|RDF|urlset|sitemapindex))[\s>]",
    re.DOTALL,
)
JSON_FEED = re.compile(rb'"version"\s*:\s*"https?://jsonfeed\.org/version/')


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
    head = page.body[:4096].lstrip()
    if head.startswith(b"{") and JSON_FEED.search(page.body[:65536]):
        found = _json_feed(page, source)
    else:
        match = START.match(page.body[:65536])
        if match is None:
            return None
        root = match["root"].rpartition(b":")[2]
        found = _sitemap(page, source) if root in (b"urlset", b"sitemapindex") else _feed(page)
    return replace(found, links=tuple(_once(found.links, page)))


def _once(links: Sequence[Link], page: Page) -> Iterator[Link]:
    """Each link once, canonical, and none with a time that cannot be."""
    seen, latest = set[str](), page.fetched_at + timedelta(days=1)
    for link in links:
        url = urljoin(page.url, link.url.strip())
        if not url.startswith(("http://", "https://")) or url_key(url) in seen:
            continue
        seen.add(url_key(url))
        believed = link.published and link.published.at <= latest
        yield replace(
            link,
            url=canonical(url),
            title=plain(link.title),
            teaser=plain(link.teaser)[:TEASER],
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


# --- feeds ------------------------------------------------------------------------------------


def _feed(page: Page) -> Announced:
    # As a stream: a text that looks like an address would be fetched by feedparser itself.
    parsed: Any = feedparser.parse(
        io.BytesIO(page.body),
        response_headers={"content-type": page.content_type, "content-location": page.url},
    )
    older = ""
    for link in parsed.feed.get("links", ()):
        if link.get("rel") in ("next", "prev-archive"):
            older = older or urljoin(page.url, link.get("href", ""))
    return Announced(
        links=tuple(_entry(entry) for entry in parsed.entries if entry.get("link")),
        older=older,
        title=plain(parsed.feed.get("title", "")),
        language=parsed.feed.get("language", ""),
    )


def _entry(entry: Any) -> Link:
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    at = datetime.fromtimestamp(calendar.timegm(when), UTC) if when else None
    return Link(
        url=entry.link,
        title=_words(entry.get("title", "")),
        teaser=_words(entry.get("summary", "")),
        published=Dated(at=at, origin="listing") if at else None,
        why="listed by a feed",
    )


def _words(html: str) -> str:
    return re.sub(r"<[^>]*>", " ", html)


def _json_feed(page: Page, source: Source) -> Announced:
    try:
        feed = json.loads(decode(page.body, page.content_type))
    except ValueError:
        return Announced()
    entries = feed.get("items") if isinstance(feed, dict) else None
    return Announced(
        links=tuple(
            Link(
                url=_text(entry, "url") or _text(entry, "id"),
                title=_text(entry, "title"),
                teaser=_text(entry, "summary") or _text(entry, "content_text"),
                published=_dated(_text(entry, "date_published"), source),
                why="listed by a feed",
            )
            for entry in (entries if isinstance(entries, list) else ())
            if isinstance(entry, dict)
        ),
        older=_text(feed, "next_url"),
        title=_text(feed, "title"),
        language=_text(feed, "language"),
    )


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _dated(text: str, source: Source) -> Dated | None:
    at = times.declared(text, ZoneInfo(source.timezone)) if text else None
    return Dated(at=at.replace(microsecond=0), origin="listing") if at else None


# --- sitemaps ---------------------------------------------------------------------------------


def _sitemap(page: Page, source: Source) -> Announced:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root: etree._Element | None = etree.fromstring(page.body, parser=parser)
    if root is None:  # nothing in it could be read
        return Announced()
    rows = [_row(element) for element in root if isinstance(element.tag, str)]
    rows = [row for row in rows if row.get("loc")]
    if etree.QName(root).localname == "sitemapindex":
        newest = sorted(rows, key=lambda row: row.get("lastmod", ""), reverse=True)
        news = [row for row in newest if "news" in row["loc"].lower()]
        return Announced(others=tuple(row["loc"] for row in (news or newest)[:CHILDREN]))
    links = [_listed(row, source) for row in rows]
    if not any("publication_date" in row for row in rows):
        never = datetime.fromtimestamp(0, UTC)
        dates = [times.declared(row.get("lastmod", ""), ZoneInfo(source.timezone)) for row in rows]
        order = sorted(range(len(rows)), key=lambda at: dates[at] or never, reverse=True)
        links = [links[at] for at in order[:NEWEST]]
    return Announced(links=tuple(links))


def _row(element: etree._Element) -> dict[str, str]:
    """The texts of a sitemap's entry by their names, whatever their namespace."""
    row: dict[str, str] = {}
    for part in element.iter():
        if isinstance(part.tag, str) and part.text:
            row.setdefault(etree.QName(part).localname, part.text.strip())
    return row


def _listed(row: dict[str, str], source: Source) -> Link:
    return Link(
        url=row["loc"],
        title=row.get("title", ""),
        published=_dated(row.get("publication_date", ""), source),
        why="listed by a sitemap",
    )
