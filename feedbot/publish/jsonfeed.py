"""JSON Feed 1.1: the same entries for programs that prefer JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..model import Output, Topic
from ..web.sanitise import plain_text
from ..web.urls import without_secrets
from .atom import GENERATOR, VERSION
from .entries import Entry

END = "\n ]\n}\n"


def write_entry(entry: Entry) -> bytes:
    """One entry; the format calls it an item."""
    written = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.summary,
        "image": entry.image,
        "attachments": [{"url": one.url, "mime_type": one.type} for one in entry.enclosures],
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [label.name for label in entry.labels],
        "language": entry.language,
        "_feedbot": {"source": entry.source},
    }
    return json.dumps({k: v for k, v in written.items() if v}, ensure_ascii=False).encode()


def write_feed(topic: Topic, entries: Sequence[bytes], output: Output) -> bytes:
    """The feed of a topic."""
    here = f"{output.url}{topic.slug}"
    about = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plain_text(topic.title or topic.name) or topic.slug,
        "home_page_url": f"{here}.html",
        "feed_url": f"{here}.json",
        "description": plain_text(topic.description or ""),
        "language": output.language,
        "icon": output.logo,
        "favicon": output.icon,
        "authors": [{"name": plain_text(output.author or output.title) or GENERATOR}],
        "hubs": [{"type": "WebSub", "url": without_secrets(output.hub)}] if output.hub else None,
        "_feedbot": {"generator": f"{GENERATOR} {VERSION}"},
    }
    head = json.dumps({k: v for k, v in about.items() if v}, ensure_ascii=False, indent=1)
    body = b",\n  ".join(entries)
    separator = b"\n  " if entries else b""
    opening = head.removesuffix("\n}").encode() + b',\n "items": ['
    return opening + separator + body + END.encode()
