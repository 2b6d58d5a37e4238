"""Pages that send a reader on by themselves: the Refresh header, and `<meta http-equiv=refresh>`.

What a script or a `<noscript>` holds is not meant for us: most pages there say that they need
scripts, and the page that they stand on is whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from ..web.urls import join, url_key

LOOKED_AT = 16_384  # bytes of a page
SOON = 5.0  # seconds after which a page still means to send a reader on, not to renew itself
REFRESH = re.compile(
    r"\s*(?P<delay>\d{1,6}(?:\.\d*)?)\s*[;,\s]\s*(?>(?:url\s*=\s*)?)(?P<quote>[\"']?)(?P<url>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
UNSEEN = frozenset(("noscript", "template", "svg"))


def sends_on(url: str, headers: Mapping[str, str], body: bytes) -> str:
    """Where a page sends its readers within a few seconds, absolute; "" if it does not."""
    said = headers.get("Refresh", "")
    if not said and b"refresh" in body[:LOOKED_AT].lower():
        reader = _Metas()
        reader.feed(body[:LOOKED_AT].decode("utf-8", "replace"))
        said = reader.refresh
    return _target(url, said)


def _target(url: str, said: str) -> str:
    match = REFRESH.match(said)
    if match is None or float(match["delay"]) > SOON:
        return ""
    there = match["url"].partition(match["quote"])[0] if match["quote"] else match["url"]
    target = join(url, there.strip()).partition("#")[0]
    is_elsewhere = target.startswith(("http://", "https://")) and url_key(target) != url_key(url)
    return target if is_elsewhere else ""


class _Metas(HTMLParser):
    """Finds the first refresh that a browser with scripts would obey."""

    def __init__(self) -> None:
        super().__init__()
        self.refresh = ""
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        said = dict(attrs)
        is_refresh = (said.get("http-equiv") or "").strip().lower() == "refresh"
        if tag == "meta" and is_refresh and not self._unseen and not self.refresh:
            self.refresh = said.get("content") or ""

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN and self._unseen > 0
