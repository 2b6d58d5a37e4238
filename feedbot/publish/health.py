"""health.xml: a feed of changes in the health of sources, for whoever runs feedbot."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from feedgen.entry import FeedEntry
from lxml import etree

from ..formats import ATOM
from ..model import HealthChange, Output, Topic
from ..web.sanitise import plain_text
from . import HEALTH
from .atom import LANG, begin_feed, finish_feed
from .entries import feed_context
from .target import Target


def publish_health(changes: Sequence[HealthChange], output: Output, target: Target) -> bool:
    """Writes the feed, newest change first; False if it stood there already."""
    context = feed_context(output, ())
    about = Topic(
        name=f"{output.title}: sources",
        slug="health",
        description="Changes in the health of sources: failing, silent, degraded, or ok again.",
    )
    updated = max((one.at for one in changes), default=None)
    writer = begin_feed(about, updated, output, context)
    writer.link(href=output.url + HEALTH, rel="self", type=ATOM.media_type)
    writer.link(href=output.url, rel="alternate", type="text/html")
    writer.mended.page = "index.html"
    entries = []
    for one in changes:
        entry = FeedEntry()
        entry.id(context.tag("health", f"{one.source}/{one.at:%Y%m%dT%H%M%SZ}"))
        entry.title(plain_text(f"{one.source}: {one.health}"))
        entry.updated(one.at)
        entry.published(one.at)
        entry.link(href=output.url, rel="alternate", type="text/html")
        evidence = plain_text(one.evidence) or "It works again."
        entry.content(f"<p>{escape(evidence)}</p>", type="html")
        element = entry.atom_entry()
        element.find("content").set(LANG, "en")  # feedbot's own words
        etree.indent(element, level=1)
        entries.append(b"  " + etree.tostring(element, encoding="utf-8").rstrip() + b"\n")
    return target.put(HEALTH, finish_feed(writer, entries))
