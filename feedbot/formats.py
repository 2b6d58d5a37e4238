"""The formats of feeds, one line each: what `[feeds] formats` may name, and what writes it.

And the feed readers that `[feeds] readers` may name.
"""

from __future__ import annotations

from typing import NamedTuple


class Format(NamedTuple):
    """One format: a feed of every topic is a file `slug.suffix`.

    `module` is that of `feedbot.publish` which has

        write_entry(Entry, FeedContext) -> bytes    one entry, written once for all feeds
        write_feed(Feed) -> bytes                   a document of entries that are written already
    """

    name: str  # in the configuration
    suffix: str
    media_type: str
    label: str  # on pages
    module: str


ATOM = Format("atom", "xml", "application/atom+xml", "Atom", "atom")
FORMATS = {
    one.name: one
    for one in (
        ATOM,
        Format("json", "json", "application/feed+json", "JSON", "jsonfeed"),
        Format("rss", "rss", "application/rss+xml", "RSS", "rss"),
    )
}


# Feed readers in the browser: the name that people know, and the address that adds a feed.
READERS = {
    "feedly": ("Feedly", "https://feedly.com/i/subscription/feed/{url}"),
    "inoreader": ("Inoreader", "https://www.inoreader.com/?add_feed={url}"),
    "newsblur": ("NewsBlur", "https://www.newsblur.com/?url={url}"),
    "theoldreader": ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url={url}"),
}


def formats_of(names: tuple[str, ...]) -> tuple[Format, ...]:
    """The formats of these names, in the order of the table. Raises KeyError."""
    wanted = {FORMATS[name] for name in names}
    return tuple(one for one in FORMATS.values() if one in wanted)
