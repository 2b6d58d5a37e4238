"""Subscriptions as other readers write them: OPML 2.0."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from .urls import url_key

MOST = 5_000  # subscriptions of one file


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that somebody reads; `home` is the page that it belongs to, "" where none is named."""

    name: str
    url: str
    home: str = ""


def read_opml(content: bytes) -> list[Subscription]:
    """The subscriptions in an OPML file, in its order, each once. Raises ValueError for no OPML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("is not OPML") from error
    if root is None or str(root.tag).lower() != "opml":
        raise ValueError("is not OPML")
    found: dict[str, Subscription] = {}
    for outline in root.iter("outline"):
        said = {str(name).lower(): str(value).strip() for name, value in outline.items()}
        url = said.get("xmlurl", "")
        if url.startswith(("http://", "https://")) and len(found) < MOST:
            name = said.get("title") or said.get("text") or ""
            home = said.get("htmlurl", "")
            found.setdefault(url_key(url), Subscription(name, url, home))
    if not found:
        raise ValueError("holds no subscription")
    return list(found.values())
