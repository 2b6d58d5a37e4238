"""search.json: the headlines of all topics, which the index loads when somebody searches.

    {"topics": [
    ["rusland", "Rusland", [[anchor, title, source, minutes since 1970], …]],
    …
    ], "generator": "feedbot …"}

Each topic is a line, so that the lines of topics that did not change are kept without parsing them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from .cards import TopicCard, TopicHeadline
from .entries import GENERATOR, VERSION

NAME = "search.json"
MOST_STORIES = 20_000  # of all topics together: about 2 MB
ENCODER = json.JSONEncoder(ensure_ascii=False)
HEAD, END = b'{"topics": [\n', b"\n]"


def search_index(
    old: bytes | None,
    cards: Sequence[TopicCard],
    changed: Mapping[str, Sequence[TopicHeadline]],
) -> bytes:
    """The index with these topics; `changed` has all headlines of those that did."""
    known = _lines(old or b"")
    most = max(MOST_STORIES // max(len(cards), 1), 1)
    lines = [
        (None if card.slug in changed else known.get(_key(card)))
        or _line(card, changed.get(card.slug, card.headlines)[:most])
        for card in cards
    ]
    generator = json.dumps(f"{GENERATOR} {VERSION}").encode()
    return HEAD + b",\n".join(lines) + END + b', "generator": ' + generator + b"}\n"


def _lines(old: bytes) -> dict[bytes, bytes]:
    """The lines of topics by how they begin: with slug and title."""
    body = old.removeprefix(HEAD).partition(END)[0]
    lines = [line.removesuffix(b",") for line in body.split(b"\n")]
    return {line[: line.find(b", [")]: line for line in lines}


def _key(card: TopicCard) -> bytes:
    return _json([card.slug, card.title])[:-1]


def _line(card: TopicCard, headlines: Sequence[TopicHeadline]) -> bytes:
    rows = [
        [one.anchor, one.title, one.source, int(one.published.timestamp()) // 60]
        for one in headlines
    ]
    return _json([card.slug, card.title, rows])


def _json(value: object) -> bytes:
    return ENCODER.encode(value).encode()
