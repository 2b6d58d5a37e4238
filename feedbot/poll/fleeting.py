"""The parameters of links that change at every visit; see `links`."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence

from ..model import Link
from ..read.site_model import SiteModel
from ..store import KnownPage
from ..stories.fingerprint import tokens_of
from ..web.urls import parameters, url_key, without

FEWEST_LINKS = 3  # links that must show it, or all of them
CHANGED_SHARE = 0.8  # share of the links seen before that must have another value now
SAME_TITLE = 0.5  # share of the words of the shorter title that the other has
MOST_KEPT = 20  # names of parameters that are remembered of a site
NAMES = re.compile(
    r"(s|sid|sess\w*|visit\w*|_|ts|time(stamp)?|now|nonce|rnd|rand(om)?|cb|cache\w*|no-?cache"
    r"|bust\w*|_?dc)$",
    re.IGNORECASE,
)
# Long, with digits, and not a date: the id of a session, a time in seconds, or Math.random().
RANDOM = re.compile(
    r"(?=.*\d)(?!20\d{6}$)([0-9a-f]{8,}|[0-9a-z]{12,}|\d{9,}|0\.\d{6,})$", re.IGNORECASE
)


def learn_fleeting(links: Sequence[Link], pages: Sequence[KnownPage], site: SiteModel) -> SiteModel:
    """The site with the parameters that are seen to be fleeting now, too."""
    old = site.fleeting
    titles = {url_key(without(link.url, old)): link.title for link in links}
    before = {page.url_key: page.title for page in reversed(pages)}
    new = find_fleeting(titles, before)
    if not new:
        return site
    names = (*old, *sorted(new))[-MOST_KEPT:]
    return dataclasses.replace(
        site,
        fleeting=names,
        seen={without(key, names): blocks for key, blocks in site.seen.items()},
        owners={text: without(key, names) for text, key in site.owners.items()},
    )


def find_fleeting(links: Mapping[str, str], before: Mapping[str, str]) -> set[str]:
    """The names of the parameters that change at every visit.

    `links` are those of a listing, `before` the pages that are known, the oldest first; both as
    URL key → title, "" where it has none.
    """
    values: dict[str, dict[str, str]] = {}
    for key in links:
        for name, value in parameters(key).items():
            values.setdefault(name, {})[key] = value
    return {
        name
        for name, by_key in values.items()
        if _tells_nothing_apart(name, links)
        and (_looks_fleeting(name, by_key) or _has_changed(name, by_key, links, before))
    }


def _tells_nothing_apart(name: str, links: Mapping[str, str]) -> bool:
    """Whether links that are one without this parameter lead to one article, by their titles.

    A sidebar may link the articles of the list without it.
    """
    titles: dict[str, set[str]] = {}
    for key, title in links.items():
        titles.setdefault(without(key, {name}), set()).add(" ".join(tokens_of(title)) or key)
    return all(len(each) == 1 for each in titles.values())


def _looks_fleeting(name: str, values: Mapping[str, str]) -> bool:
    """Whether all links have one value, and one that no editor would choose."""
    different = set(values.values())
    if len(values) < FEWEST_LINKS or len(different) > 1:
        return False
    return bool(NAMES.match(name) and RANDOM.match(min(different)))


def _has_changed(
    name: str, values: Mapping[str, str], titles: Mapping[str, str], before: Mapping[str, str]
) -> bool:
    """Whether the same articles had other values."""
    old = {without(key, {name}): key for key in before if name in parameters(key)}
    bare = {key: without(key, {name}) for key in values}
    known = {key: old[bare[key]] for key in values if bare[key] in old}
    changed = [
        key
        for key, then in known.items()
        if values[key] != parameters(then)[name] and _same_title(titles[key], before[then], values)
    ]
    fewest = max(min(FEWEST_LINKS, len(values)), CHANGED_SHARE * len(known))
    return len(changed) >= fewest


def _same_title(title: str, before: str, values: Mapping[str, str]) -> bool:
    """Whether two links name one article; without titles, only if all links have one value."""
    if not (title and before):
        return len(values) >= FEWEST_LINKS and len(set(values.values())) == 1
    words, then = set(tokens_of(title)), set(tokens_of(before))
    return len(words & then) >= SAME_TITLE * min(len(words), len(then))
