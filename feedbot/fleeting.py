"""Parameters that are others at every visit: sessions, and what keeps caches from answering.

They say nothing of the page, so an address is known, asked for and published without them. What
they are called says little ("sid" may be a session or a story), so three things are weighed: the
name, the shape of the values, and whether the same addresses had other values when the listing was
last read. A parameter that tells two addresses of one listing apart is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

FEWEST = 3  # addresses that show it, or all of them
MOST = 0.8  # share of the addresses with a parameter that must show it
NAMES = re.compile(
    r"(s|sid|sess\w*|session\w*|token|visit\w*|_|t|ts|time(stamp)?|now|nonce|rnd|rand(om)?|cb"
    r"|cache\w*|no-?cache|bust\w*|uniq\w*|dc|_dc|v|ver)$",
    re.IGNORECASE,
)
# Long, with digits, and not a date or a word: an id of a session, or a clock in seconds.
RANDOM = re.compile(r"(?=.*\d)(?!20\d{6}$)([0-9a-f]{8,}|[0-9a-z]{12,}|\d{9,})$", re.IGNORECASE)
PARAMETER = re.compile(r"(?P<mark>[?&;])(?P<name>[^=&;?#/]+)=(?P<value>[^&;?#/]*)")


def find_fleeting(urls: Sequence[str], before: Collection[str]) -> set[str]:
    """The fleeting parameters among the links of a listing.

    `before` are addresses, with or without scheme, that it had when it was read last.
    """
    values: dict[str, dict[str, str]] = {}
    for url in urls:
        for name, value in _parameters(url):
            values.setdefault(name, {})[url] = value
    return {
        name
        for name, held in values.items()
        if not _tells_apart(name, urls) and (_looks_so(name, held) or _changes(name, held, before))
    }


def without(url: str, names: Collection[str]) -> str:
    """The URL without these parameters."""
    if not names or "=" not in url:
        return url
    kept = PARAMETER.sub(lambda found: "" if found["name"] in names else found[0], url)
    if "?" not in kept and "&" in kept:  # the first of several parameters is gone
        kept = kept.replace("&", "?", 1)
    return kept


def _parameters(url: str) -> Iterator[tuple[str, str]]:
    for found in PARAMETER.finditer(url.partition("#")[0]):
        yield found["name"], found["value"]


def _tells_apart(name: str, urls: Sequence[str]) -> bool:
    return len({without(url, {name}) for url in urls}) < len(set(urls))


def _looks_so(name: str, held: Mapping[str, str]) -> bool:
    """Whether one value, such as no editor would choose, is that of every link."""
    values = set(held.values())
    enough = len(held) >= FEWEST
    return enough and len(values) == 1 and bool(NAMES.match(name) and RANDOM.match(min(values)))


def _changes(name: str, held: Mapping[str, str], before: Collection[str]) -> bool:
    """Whether the same addresses had other values."""
    old = {_bare(without(url, {name})): dict(_parameters(url)).get(name) for url in before}
    found = {url: old.get(_bare(without(url, {name}))) for url in held}
    known = [url for url, value in found.items() if value is not None]
    changed = [url for url in known if found[url] != held[url]]
    return len(changed) >= min(FEWEST, len(held)) and len(changed) >= MOST * len(known) > 1


def _bare(url: str) -> str:
    return url.partition("://")[2] or url
