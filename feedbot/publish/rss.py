"""RSS 2.0 for programs that know nothing newer: written by feedgen, as its Atom is.

What RSS itself cannot say stands in the modules that readers know: the whole text in
content:encoded, authors (RSS wants e-mail addresses) in dc:creator, the feed's own address in
atom:link. See https://www.rssboard.org/rss-specification and its profile.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension
from feedgen.ext.dc import DcEntryExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from ..web.urls import without_secrets
from .atom import show_in_browsers
from .entries import EMPTY, GENERATOR, VERSION, Entry, Feed, FeedContext

MEDIA_TYPE = "application/rss+xml"
# Some readers look for these prefixes, though any others would mean the same.
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
DECLARED_AGAIN = re.compile(rb'(<(?:content:encoded|dc:creator)) xmlns:\w+="[^"]*"')
UNKNOWN_LENGTH = "0"  # the attribute is required
END = b"  </channel>\n</rss>\n"

for prefix, namespace in NAMESPACES.items():
    etree.register_namespace(prefix, namespace)


class MendedItem(BaseEntryExtension):  # type: ignore[misc]
    """What feedgen 1.0.0 cannot say of an item: an enclosure without a length."""

    def __init__(self) -> None:
        self.enclosure: dict[str, str] | None = None

    def extend_rss(self, item: Any) -> Any:
        """Called by feedgen with the element that it has made."""
        if self.enclosure:
            etree.SubElement(item, "enclosure", self.enclosure)
        return item


def write_entry(entry: Entry, context: FeedContext) -> bytes:
    """The <item> element, as it stands in a feed."""
    writer = FeedEntry()
    writer.guid(entry.id, permalink=False)
    writer.title(entry.title)
    writer.link(href=entry.url)
    writer.pubDate(entry.published)
    writer.description(escape(entry.summary or entry.title), isSummary=True)  # HTML
    writer.content(entry.content)
    for label in entry.labels:
        writer.category(term=label.name, scheme=context.url + "topics")
    writer.register_extension("dc", DcEntryExtension, atom=False)
    writer.dc.dc_creator(list(entry.authors))
    writer.register_extension("mended", MendedItem, atom=False)
    writer.mended.enclosure = _enclosure(entry)
    element = writer.rss_entry()
    etree.indent(element, level=2)
    item = DECLARED_AGAIN.sub(rb"\1", etree.tostring(element, encoding="utf-8").rstrip())
    return b"    " + item + b"\n"


def _enclosure(entry: Entry) -> dict[str, str] | None:
    """The one file that RSS allows: a film or sound before a picture."""
    files = [(one.url, one.type) for one in entry.enclosures]
    if entry.image and entry.image_type:
        files.append((entry.image, entry.image_type))
    url, media_type = next(iter(files), ("", ""))
    return {"url": url, "length": UNKNOWN_LENGTH, "type": media_type} if url else None


def write_feed(feed: Feed) -> bytes:
    """The feed of a topic."""
    output = feed.output
    writer = FeedGenerator()
    writer.title(feed.title)
    writer.link(href=feed.url("html"), rel="alternate")
    writer.description(escape(feed.description or feed.title))  # HTML
    writer.language(output.language)
    writer.generator(GENERATOR, version=VERSION)
    writer.lastBuildDate(feed.updated or EMPTY)
    if output.rights:
        writer.copyright(output.rights)
    if output.logo:
        writer.image(url=output.logo, title=feed.title, link=feed.url("html"))
    links = [("self", feed.url("rss"), MEDIA_TYPE)]
    links += [("hub", without_secrets(output.hub), "")] if output.hub else []
    channel = etree.fromstring(writer.rss_str(pretty=True)).find("channel")
    assert channel is not None
    for rel, url, media_type in links:
        given = {"href": url, "rel": rel} | ({"type": media_type} if media_type else {})
        channel.insert(0, etree.Element(f"{{{NAMESPACES['atom']}}}link", given))
    rss = etree.Element("rss", {"version": "2.0"}, NAMESPACES)
    rss.append(channel)
    show_in_browsers(rss, channel, *feed.view)
    etree.indent(rss)
    document = rss.getroottree()
    head: bytes = etree.tostring(document, xml_declaration=True, encoding="utf-8") + b"\n"
    assert head.endswith(END)
    return b"".join([head[: -len(END)], *feed.entries, END])
