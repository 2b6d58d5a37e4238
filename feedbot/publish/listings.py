"""Lists of all topics: OPML for feed readers, a sitemap for search engines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from ..model import Output
from ..web.sanitise import plain_text
from .cards import TopicCard
from .entries import GENERATOR, VERSION

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_opml(cards: Sequence[TopicCard], output: Output) -> bytes:
    """All feeds, to import into a feed reader (OPML 2.0)."""
    opml = etree.Element("opml", version="2.0")
    head = etree.SubElement(opml, "head")
    etree.SubElement(head, "title").text = plain_text(output.title) or GENERATOR
    body = etree.SubElement(opml, "body")
    for card in cards:
        about = {"description": card.description} if card.description else {}
        shown = {"type": "rss", "text": card.title, "title": card.title} | about
        place = output.url + card.slug
        where = {"xmlUrl": f"{place}.xml", "htmlUrl": f"{place}.html"}
        etree.SubElement(body, "outline", shown | where | {"language": output.language})
    return _document(opml)


def write_sitemap(cards: Sequence[TopicCard], output: Output) -> bytes:
    """Every page, with its last change (sitemaps.org)."""
    pages = etree.Element("urlset", xmlns=SITEMAP)
    newest = max((card.updated for card in cards if card.updated), default=None)
    for name, updated in [("", newest), *((f"{c.slug}.html", c.updated) for c in cards)]:
        page = etree.SubElement(pages, "url")
        etree.SubElement(page, "loc").text = output.url + name
        if updated:
            etree.SubElement(page, "lastmod").text = updated.isoformat()
    return _document(pages)


def _document(root: Any) -> bytes:
    root.addprevious(etree.Comment(f" {GENERATOR} {VERSION} "))
    etree.indent(root)
    written: bytes = etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="utf-8", pretty_print=True
    )
    return written
