"""Atom (RFC 4287) with feed history (RFC 5005): written by feedgen, whose errors are corrected.

An entry is written once; a document is its head, the bytes of its entries, and its end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from ..formats import ATOM, formats_of
from ..model import Output, Topic
from ..web.sanitise import plain_text
from ..web.urls import without_secrets
from .entries import EMPTY, GENERATOR, VERSION, Entry, Feed, FeedContext, title_of

MEDIA = "http://search.yahoo.com/mrss/"
XHTML = "http://www.w3.org/1999/xhtml"
HISTORY = "http://purl.org/syndication/history/1.0"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LINK_ATTRIBUTES = ("href", "rel", "type", "hreflang", "title", "length")
END = b"</feed>\n"


class MendedEntry(BaseEntryExtension):  # type: ignore[misc]
    """Adds what feedgen 1.0.0 drops from an entry or cannot express.

    links      it drops every attribute except href, so an enclosure becomes a second alternate
    source     it has no id and updated, which RFC 4287 requires
    content    it cannot set xml:lang
    thumbnail  it puts it into a media:group, which is for alternatives
    """

    def __init__(self) -> None:
        self.entry: Entry | None = None
        self.links: list[dict[str, str]] = []

    def extend_atom(self, entry: Any) -> Any:
        """Called by feedgen with the element that it created."""
        assert self.entry is not None
        for link in entry.findall("link"):
            entry.remove(link)
        for link in self.links:
            given = {name: link[name] for name in LINK_ATTRIBUTES if link.get(name)}
            etree.SubElement(entry, "link", given)
        entry.find("content").set(LANG, self.entry.language)
        entry.append(_source(self.entry))
        if self.entry.image:
            thumbnail = etree.SubElement(entry, f"{{{MEDIA}}}thumbnail", nsmap={"media": MEDIA})
            thumbnail.set("url", self.entry.image)
        return entry


class MendedFeed(BaseExtension):  # type: ignore[misc]
    """Adds what feedgen cannot express about a feed.

    page     its page, relative to the feed; what shows a feed in a browser is beside it
    view     what a feed says of itself in a browser
    archive  whether it is an archive
    """

    def __init__(self) -> None:
        self.page = ""
        self.view = ""
        self.archive = False

    def extend_ns(self) -> dict[str, str]:
        """Called by feedgen: the namespaces that the feed needs."""
        return {"fh": HISTORY} if self.archive else {}

    def extend_atom(self, feed: Any) -> Any:
        """Called by feedgen with the element that it created."""
        show_in_browsers(feed, feed, self.page, self.view)
        if self.archive:
            etree.SubElement(feed, f"{{{HISTORY}}}archive")
        return feed


def show_in_browsers(root: Any, feed: Any, page: str, view: str) -> None:
    """Lets browsers show a feed: with CSS, a link to its page, and a script that writes a page.

    `root` is the element of the document, `feed` the one of the feed, `view` the words of the link.
    """
    # CSS, not XSLT: browsers are removing the latter.
    folder = page[: page.rfind("/") + 1]
    style = f'type="text/css" href="{folder}style.css"'
    root.addprevious(etree.ProcessingInstruction("xml-stylesheet", style))
    # In a div, since the W3C validator warns of any other XHTML. The script has an end tag, since
    # what reads XML as HTML would take all that follows for the script.
    shown = etree.SubElement(feed, f"{{{XHTML}}}div", nsmap={None: XHTML})
    etree.SubElement(shown, f"{{{XHTML}}}a", href=page).text = view
    etree.SubElement(shown, f"{{{XHTML}}}script", src=f"{folder}feed.js").text = ""


def _source(entry: Entry) -> Any:
    source = etree.Element("source")
    etree.SubElement(source, "id").text = entry.source_id
    etree.SubElement(source, "title").text = entry.source
    etree.SubElement(source, "updated").text = entry.updated.isoformat()
    etree.SubElement(source, "link", href=entry.source_url, rel="alternate", type="text/html")
    return source


def write_entry(entry: Entry, context: FeedContext) -> bytes:
    """The <entry> element, as it stands in a feed."""
    writer = FeedEntry()
    writer.id(entry.id)
    writer.title(entry.title)
    writer.updated(entry.updated)
    writer.published(entry.published)
    writer.author([{"name": name} for name in entry.authors])
    writer.link(href=entry.url, rel="alternate", type="text/html", hreflang=entry.language)
    if entry.image and entry.image_type:
        writer.link(href=entry.image, rel="enclosure", type=entry.image_type)
    for one in entry.enclosures:
        writer.link(href=one.url, rel="enclosure", type=one.type)
    scheme = context.url + "topics"
    for label in entry.labels:
        writer.category(term=label.slug, label=label.name, scheme=scheme)
    if entry.summary:
        writer.summary(entry.summary)
    writer.content(entry.content, type="html")
    writer.register_extension("mended", MendedEntry, rss=False)
    writer.mended.entry, writer.mended.links = entry, writer.link()
    element = writer.atom_entry()
    etree.indent(element, level=1)
    return b"  " + etree.tostring(element, encoding="utf-8").rstrip() + b"\n"


def write_feed(feed: Feed) -> bytes:
    """The current feed of a topic."""
    output = feed.output
    writer = begin_feed(feed.topic, feed.updated, output, feed.context)
    writer.link(href=feed.url(ATOM.suffix), rel="self", type=ATOM.media_type)
    writer.link(href=feed.url("html"), rel="alternate", type="text/html")
    for other in formats_of(output.formats):
        if other != ATOM:
            writer.link(href=feed.url(other.suffix), rel="alternate", type=other.media_type)
    if output.hub:
        writer.link(href=without_secrets(output.hub), rel="hub")
    if feed.newest_archive:
        address = output.url + feed.newest_archive
        writer.link(href=address, rel="prev-archive", type=ATOM.media_type)
    if feed.successor:
        address = f"{output.url}{feed.successor}.{ATOM.suffix}"
        writer.link(href=address, rel="related", type=ATOM.media_type)
    writer.mended.page, writer.mended.view = feed.view
    return finish_feed(writer, feed.entries)


def write_archive(
    topic: Topic,
    name: str,
    entries: Sequence[bytes],
    updated: datetime,
    output: Output,
    context: FeedContext,
) -> bytes:
    """One month of a topic's history (RFC 5005, section 4), without links to the others."""
    writer = begin_feed(topic, updated, output, context)
    writer.link(href=output.url + name, rel="self", type=ATOM.media_type)
    writer.link(href=f"{output.url}{topic.slug}.{ATOM.suffix}", rel="current", type=ATOM.media_type)
    writer.mended.page, writer.mended.archive = f"../{topic.slug}.html", True
    return finish_feed(writer, entries)


def relinked(archive: bytes, links: Mapping[str, str]) -> bytes:
    """An archive with exactly these links (URLs by rel) to other archives, otherwise unchanged."""
    head, entry, rest = archive.partition(b"<entry>")
    head = re.sub(rb'\n *<link [^>]*rel="(prev|next)-archive"[^>]*/>', b"", head)
    added = "".join(
        f'\n  <link href={quoteattr(url)} rel="{rel}" type="{ATOM.media_type}"/>'
        for rel, url in links.items()
    ).encode()
    head = re.sub(rb'\n *<link [^>]*rel="current"[^>]*/>', lambda m: m[0] + added, head, count=1)
    return head + entry + rest


def begin_feed(topic: Topic, updated: datetime | None, output: Output, context: FeedContext) -> Any:
    """The head of a feed, in feedgen's own form."""
    writer = FeedGenerator()
    writer.id(context.tag("topic", topic.slug))
    writer.title(title_of(topic))
    writer.updated(updated or EMPTY)
    writer.language(output.language)
    writer.author(name=plain_text(output.author or output.title) or GENERATOR)
    writer.generator(GENERATOR, version=VERSION)
    if topic.description and plain_text(topic.description):
        writer.subtitle(plain_text(topic.description))
    if output.rights and plain_text(output.rights):
        writer.rights(plain_text(output.rights))
    if output.logo:
        writer.logo(output.logo)
    if output.icon:
        writer.icon(output.icon)
    writer.register_extension("mended", MendedFeed, rss=False)
    writer.mended.view = context.view
    return writer


def finish_feed(writer: Any, entries: Sequence[bytes]) -> bytes:
    """The document: the head and rendered entries."""
    head: bytes = writer.atom_str(pretty=True).replace(b"\r\n", b"\n")
    assert head.endswith(END)
    return b"".join([head[: -len(END)], *entries, END])
