"""A second feed of a topic, with one entry for each day or week, for those who want fewer.

A day is over when something was read or stored a quarter of an hour after it, so that no visit that
began on it is still under way; its entry is then written once and kept as it is, whatever changes
in the stories later. A story is in the digest of the day on which it was first seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from html import escape

from feedgen.entry import FeedEntry
from lxml import etree

from ..formats import ATOM
from ..model import Output, Topic
from .atom import LANG, begin_feed, finish_feed
from .entries import Entry, FeedContext, title_of
from .periods import KEPT, Period, digest_name
from .translations import Translations

ENTRY = re.compile(rb"  <entry>.*?</entry>\n", re.DOTALL)
ID = re.compile(rb"<id>(.*?)</id>")
UPDATED = re.compile(rb"<updated>(.*?)</updated>")


def write_digest_entry(
    topic: Topic,
    period: Period,
    entries: Sequence[Entry],
    context: FeedContext,
    words: Translations,
) -> bytes:
    """The entry of a period: headlines with links, their sources and leads."""
    days = dict.fromkeys(words.date_of(day) for day in (period.first, period.last))
    writer = FeedEntry()
    writer.id(context.tag("digest", f"{topic.slug}/{topic.digest}/{period.first}"))
    writer.title(f"{title_of(topic)}: {' – '.join(days)} ({len(entries)})")
    writer.updated(period.end)
    writer.published(period.end)
    link = f"{context.url}{topic.slug}.html#d{period.last}"
    writer.link(href=link, rel="alternate", type="text/html")
    writer.content("\n".join(_item(one, words) for one in entries), type="html")
    element = writer.atom_entry()
    element.find("content").set(LANG, words.language)
    etree.indent(element, level=1)
    written: bytes = etree.tostring(element, encoding="utf-8")
    return b"  " + written.rstrip() + b"\n"


def _item(entry: Entry, words: Translations) -> str:
    about = f"{escape(entry.source)} · {escape(words.moment_of(entry.published))}"
    lead = f"\n<p>{escape(entry.summary)}</p>" if entry.summary else ""
    link = f'<a href="{escape(entry.url)}">{escape(entry.title)}</a>'
    return f"<h3>{link}</h3>\n<p><small>{about}</small></p>{lead}"


def write_digest(
    topic: Topic,
    new: Sequence[bytes],
    old: bytes | None,
    output: Output,
    context: FeedContext,
    words: Translations,
) -> bytes:
    """The feed: entries of the `old` document, byte for byte, and new ones, the newest first.

    One of both is the old one: somebody who died after writing it could not say that he had.
    """
    by_id = {_said(ID, one): one for one in (*new, *ENTRY.findall(old or b""))}
    entries = sorted(by_id.values(), key=lambda one: _said(UPDATED, one), reverse=True)[:KEPT]
    often = words.digest_of(topic.digest or "")
    name = digest_name(topic)
    about = Topic(
        name=f"{title_of(topic)} – {often}",
        slug=name.removesuffix(".xml"),
        description=topic.description,
    )
    updated = datetime.fromisoformat(_said(UPDATED, entries[0])) if entries else None
    writer = begin_feed(about, updated, output, context)
    writer.link(href=output.url + name, rel="self", type=ATOM.media_type)
    writer.link(href=f"{output.url}{topic.slug}.html", rel="alternate", type="text/html")
    writer.mended.page = f"{topic.slug}.html"
    return finish_feed(writer, entries)


def newest_id(document: bytes) -> str:
    """The id of the newest entry of a digest; an empty string if it has none."""
    newest = ENTRY.search(document)
    return _said(ID, newest[0]) if newest else ""


def _said(what: re.Pattern[bytes], entry: bytes) -> str:
    found = what.search(entry)
    assert found
    return found[1].decode()
