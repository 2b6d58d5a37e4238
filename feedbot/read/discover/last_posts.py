"""Links to the last post of a topic, which stand beside that to the topic itself.

A forum lists each topic once, and both addresses show one page.

    /viewtopic.php?t=311              New repeater on air     the topic
    /viewtopic.php?p=902#p902         (an icon)               its last post
    /threads/repeater.311/            New repeater on air     the topic
    /threads/repeater.311/latest      Yesterday, 19:22        its last post
    /index.php?topic=311.msg902#new   Re: New repeater        its last post
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from ...languages.fold import fold
from .addresses import split
from .anchors import anchor_text
from .cards import says_when
from .evidence import Showing, add_clue

FEWEST = 2  # topics of a list of them
MOST_LINKS = 2  # into a topic, on the average: to what is unread, and to the last post
OUTSIDE = frozenset(("body", "html", "main"))  # no row of a list
PLACE = re.compile(r"/(?:[a-z]+|(?:[a-z]+[-_])?\d+)/?")  # behind the address of a topic

SEVERAL = 3  # topics from which an element is more than a row, and others need not be known

# By a row and a path: the titled links in that row to pages at that path, or right below it.
Topics = Mapping[tuple[object, str], Mapping[str, Showing]]


def weigh_last_posts(showings: Sequence[Showing]) -> None:
    """Takes from the scores of links into a page that their row links by its title."""
    topics = _topics(showings)
    found = {one: topic for one in showings if (topic := _topic_beside(one, topics))}
    pages = {topic.key for topic in found.values()}
    if len(pages) >= max(FEWEST, len({one.key for one in found}) / MOST_LINKS):
        for one in found:
            add_clue(one, "last post", 1.0)


def _topics(showings: Sequence[Showing]) -> Topics:
    found: dict[tuple[object, str], dict[str, Showing]] = {}
    whole = (one for one in showings if not split(one.card.best.target).fragment)
    for one in (one for one in whole if one.score > 0 and _words(one)):
        for place in (
            (row, path) for row in _rows(one) for path in (_path(one), _above(_path(one)))
        ):
            topics = found.setdefault(place, {})
            if len(topics) < SEVERAL:
                topics[one.key] = one
    return found


def _topic_beside(one: Showing, topics: Topics) -> Showing | None:
    """The only topic in the row of a link that leads into it; None if that is no such link."""
    paths = (_path(one), _above(_above(_path(one))))
    for row in _rows(one):
        near = {key: topic for path in paths for key, topic in topics.get((row, path), {}).items()}
        near.pop(one.key, None)
        if near:
            topic = next(iter(near.values()))
            is_topic = len(near) == 1 and _leads_into(one, topic) and _says_no_more(one, topic)
            return topic if is_topic else None
    return None


def _leads_into(one: Showing, topic: Showing) -> bool:
    """Whether an address may be that of a place in the page of a topic."""
    path, stem = _path(one), _path(topic)
    if path != stem:
        return path.startswith(stem) and PLACE.fullmatch(path[len(stem) :]) is not None
    said, whole = (set(split(each.url).query.split("&")) for each in (one, topic))
    return bool(split(one.card.best.target).fragment) or said > whole


def _says_no_more(one: Showing, topic: Showing) -> bool:
    """Whether a link has no words, or only those of the topic: "Re: New repeater on air"."""
    words = _words(one)
    return not words or fold(topic.shown.title) in fold(words)


def _words(one: Showing) -> str:
    """What the links of a card say; "" for a time, or the number of a page."""
    said = (anchor_text(link.element) for link in one.card.anchors)
    return next((text for text in said if any(map(str.isalpha, text)) and not says_when(text)), "")


def _path(one: Showing) -> str:
    return split(one.url).path.rstrip("/")


def _above(path: str) -> str:
    return path.rpartition("/")[0]


def _rows(one: Showing) -> Iterator[etree._Element]:
    """The elements around a link that may be its row, from the inside outwards."""
    for element in one.card.best.element.iterancestors():
        if element.tag in OUTSIDE:
            return
        yield element
