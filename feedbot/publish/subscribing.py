"""How a feed is taken into a reader: addresses that open one, and a QR code for a telephone."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from ..formats import READERS
from ..web.urls import redact

MASK = 0  # any will do for an address; trying all eight takes ten times as long


class ReaderLink(NamedTuple):
    """A reader in the browser, and where it adds this feed."""

    name: str
    url: str


def opening(feed: str) -> str:
    """The address that makes the reader of this computer open a feed; "" for a local file."""
    return f"feed:{feed}" if feed.startswith("http") else ""


def reader_links(feed: str, readers: Sequence[str]) -> Iterator[ReaderLink]:
    """Where these readers, by name or by address with {url}, add a feed; none for a local file."""
    for reader in readers if feed.startswith("http") else ():
        name, address = READERS.get(reader) or (urlsplit(reader).hostname or reader, reader)
        yield ReaderLink(name=name, url=redact(address).replace("{url}", quote(feed, safe="")))


@lru_cache(maxsize=1_000)
def qr_code(text: str) -> str:
    """The QR code of a text as SVG, black on nothing and without the white border that it needs."""
    import segno  # only where a page is written

    svg = io.BytesIO()
    drawn = {"xmldecl": False, "svgns": False, "omitsize": True, "nl": False, "border": 0}
    code = segno.make_qr(text, error="l", boost_error=False, mask=MASK)
    code.save(svg, kind="svg", svgclass=None, lineclass=None, **drawn)
    return svg.getvalue().decode()
