"""The script that somebody would write for one site instead of running feedbot.

python tests/benchmarks/by_hand.py URL [trafilatura|newspaper4k]

It knows the markup of the demo's site by heart, keeps the addresses that it has seen in a file,
and writes one feed of all articles. With a second argument, that library looks for the text.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
from feedgen.feed import FeedGenerator
from parsel import Selector

STATE = Path("by-hand.json")
FEED = Path("by-hand.xml")
LINKS = "//div[@class='k4']/div/a/@href"


def main(listing: str, extractor: str = "") -> None:
    """Visits a listing once."""
    known = json.loads(STATE.read_text()) if STATE.exists() else {}
    with requests.Session() as session:
        page = Selector(session.get(listing, timeout=10).text)
        found = [urljoin(listing, href) for href in page.xpath(LINKS).getall()]
        new = [url for url in dict.fromkeys(map(_clean, found)) if url not in known]
        for url in new:
            known[url] = _read(session.get(url, timeout=10).text, extractor)
    STATE.write_text(json.dumps(known))
    _write(listing, known)


def _clean(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))


def _read(html: str, extractor: str) -> tuple[str, str]:
    """Title and text."""
    page = Selector(html)
    title = page.xpath("string(//h1)").get("")
    if extractor == "trafilatura":
        import trafilatura

        return title, trafilatura.extract(html, output_format="html") or ""
    if extractor == "newspaper4k":
        from newspaper import Article

        article = Article("http://localhost/", language="nl")
        article.download(input_html=html)
        article.parse()
        return article.title, article.text
    return title, "".join(page.xpath("//h1/following-sibling::p[not(preceding::h2)]").getall())


def _write(listing: str, known: dict[str, tuple[str, str]]) -> None:
    feed = FeedGenerator()
    feed.id(listing)
    feed.title("By hand")
    feed.link(href=listing)
    for url, (title, html) in known.items():
        entry = feed.add_entry()
        entry.id(url)
        entry.title(title)
        entry.link(href=url)
        entry.content(html, type="html")
    feed.atom_file(str(FEED))


if __name__ == "__main__":
    main(*sys.argv[1:])
