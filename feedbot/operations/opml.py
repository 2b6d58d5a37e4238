"""Reads the OPML 2.0 of other readers; `publish.listings` writes feedbot's own."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ..web.urls import url_key

MOST = 5_000  # subscriptions of one file


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that somebody reads; `home` is the page that it belongs to, "" where none is named."""

    name: str
    url: str
    home: str = ""


def read_opml(content: bytes) -> list[Subscription]:
    """The subscriptions in an OPML file, in its order, each once. Raises ValueError for no OPML."""
    found: dict[str, Subscription] = {}
    for outline in _root(content).iter("outline"):
        one = _subscription(outline)
        if one.url.startswith(("http://", "https://")) and len(found) < MOST:
            found.setdefault(url_key(one.url), one)
    if not found:
        raise ValueError("holds no subscription")
    return list(found.values())


def _root(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("is not OPML") from error
    if root is None or str(root.tag).lower() != "opml":
        raise ValueError("is not OPML")
    return root


def _subscription(outline: etree._Element) -> Subscription:
    """What an outline says; names of attributes in any case, as readers write them."""
    said = {str(name).lower(): str(value).strip() for name, value in outline.items()}
    name = said.get("title") or said.get("text") or ""
    return Subscription(name, said.get("xmlurl", ""), said.get("htmlurl", ""))
