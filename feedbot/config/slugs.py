"""The file names of topics."""

from __future__ import annotations

import re
from hashlib import blake2b

from anyascii import anyascii

# File names that the output uses itself, and device names of Windows.
RESERVED = {
    *("index", "style", "feeds", "sitemap", "archive", "health", "help", "search", "icon"),
    *("con", "prn", "aux", "nul"),
}


def slug_of(name: str) -> str:
    """The file name of a topic: ASCII, stable, valid on every system ("Oekraïne" → "oekraine")."""
    slug = re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")[:80].rstrip("-")
    if not slug:
        slug = "topic-" + blake2b(name.encode(), digest_size=4).hexdigest()
    return f"{slug}-feed" if slug in RESERVED or re.fullmatch(r"(com|lpt)\d", slug) else slug
