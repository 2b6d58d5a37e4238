"""JSON Feed 1.1: the same entries for programs that prefer JSON."""

from __future__ import annotations

import json

from ..web.urls import without_secrets
from .entries import GENERATOR, VERSION, Entry, Feed, FeedContext

END = "\n ]\n}\n"


def write_entry(entry: Entry, context: FeedContext) -> bytes:  # noqa: ARG001 - the seam of formats
    """One entry; the format calls it an item."""
    written = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.summary,
        "image": entry.image,
        "attachments": [{"url": one.url, "mime_type": one.type} for one in entry.enclosures],
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [label.name for label in entry.labels],
        "language": entry.language,
        "_feedbot": _extension(entry),
    }
    return json.dumps({k: v for k, v in written.items() if v}, ensure_ascii=False).encode()


def _extension(entry: Entry) -> dict[str, object]:
    """What the format has no name for: the source, and other sources with the same words."""
    also = [{"name": one.source, "url": one.url} for one in entry.copies]
    return {"source": entry.source} | ({"also": also} if also else {})


def _moved(feed: Feed) -> dict[str, str]:
    return {"moved_to": f"{feed.output.url}{feed.successor}.json"} if feed.successor else {}


def write_feed(feed: Feed) -> bytes:
    """The feed of a topic."""
    output = feed.output
    about = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url("html"),
        "feed_url": feed.url("json"),
        "description": feed.description,
        "language": output.language,
        "icon": output.logo,
        "favicon": output.icon,
        "authors": [{"name": feed.author or GENERATOR}],
        "hubs": [{"type": "WebSub", "url": without_secrets(output.hub)}] if output.hub else None,
        "expired": feed.is_over,
        "_feedbot": {"generator": f"{GENERATOR} {VERSION}"} | _moved(feed),
    }
    head = json.dumps({k: v for k, v in about.items() if v}, ensure_ascii=False, indent=1)
    body = b",\n  ".join(feed.entries)
    separator = b"\n  " if feed.entries else b""
    opening = head.removesuffix("\n}").encode() + b',\n "items": ['
    return opening + separator + body + END.encode()
