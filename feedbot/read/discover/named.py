"""What a site calls itself, as its pages tell.

Several places may say so: the declared name of the site, its data for machines, the ends of the
title. None is believed alone: "Home" and the name of a page stand there, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from ...languages.fold import fold
from ...languages.pattern import Pattern
from ...languages.tables import any_phrase
from ...web.document import Document, one_line

LONGEST_NAME = 60  # letters of a name
PARTS = re.compile(r"\s+[|·•–—»›:/~-]+\s+|\s*[|·•»›]\s*|:\s+")
PAGE = Pattern(lambda: rf"{any_phrase('labels.home')}|just another wordpress site")
SITES = frozenset(
    "WebSite Organization NewsMediaOrganization GovernmentOrganization LocalBusiness".split()
)


def site_name(document: Document) -> str:
    """The name that a site gives itself; "" if it gives none."""
    host = _squashed(urlsplit(document.page.url).hostname or "")
    names = [one for one in _names(document) if _may_be_name(one)]
    for name in names:
        if _is_of_host(name, host):
            return name
    return names[0] if names else ""


def _names(document: Document) -> Iterator[str]:
    """Candidates, those that are declared for this first."""
    yield one_line(document.meta("og:site_name", "application-name", "apple-mobile-web-app-title"))
    for one in document.linked_data:
        yield from _declared(one)
    yield from reversed(PARTS.split(document.title))


def _declared(value: Any) -> Iterator[str]:
    """The names of sites and organisations in JSON-LD, also those in a list or a graph."""
    several = value if isinstance(value, list) else [value]
    for one in several:
        if isinstance(one, Mapping):
            graph = one.get("@graph")
            yield from _declared(graph) if isinstance(graph, list) else ()
            if one.get("@type") in SITES and isinstance(one.get("name"), str):
                yield one_line(one["name"])


def _may_be_name(text: str) -> bool:
    return 2 <= len(text) <= LONGEST_NAME and not PAGE.fullmatch(fold(text))


def _is_of_host(name: str, host: str) -> bool:
    """Whether a host has a name, or a long word of it, in it: De Schelde, www.deschelde.nl."""
    squashed = _squashed(name)
    words = [_squashed(word) for word in name.split()]
    return len(squashed) >= 3 and (
        squashed in host or any(len(word) >= 4 and word in host for word in words)
    )


def _squashed(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign.isalnum())
