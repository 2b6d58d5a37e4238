"""Themes that people think of, as weighted words in the languages that have a file beside this one.

They are the first level of the IPTC Media Topics (https://cv.iptc.org/newscodes/mediatopic), with
which other tools can match them. A line of `nl.tsv` is a theme, a weight and words: 3 tells
the theme in a headline, 2 beside another word, 1 only among many. `*` is any letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

MEDIA_TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "crime": "medtop:02000000",  # crime, law and justice
        "culture": "medtop:01000000",  # arts, culture, entertainment and media
        "economy": "medtop:04000000",  # economy, business and finance
        "health": "medtop:07000000",
        "sport": "medtop:15000000",
        "technology": "medtop:13000000",  # science and technology
        "war": "medtop:16000000",  # conflict, war and peace
    }
)


class Word(NamedTuple):
    """One word of a theme; `text` may begin and end with `*`."""

    text: str
    weight: int  # 1 to 3


def names() -> frozenset[str]:
    """Every theme."""
    return frozenset(MEDIA_TOPICS)


@cache
def languages() -> frozenset[str]:
    """The languages that have words for themes."""
    found = (path.name for path in files(__name__).iterdir())
    return frozenset(name.removesuffix(".tsv") for name in found if name.endswith(".tsv"))


@cache
def words(theme: str, language: str) -> tuple[Word, ...]:
    """The words of a theme in a language; none where the language has no file."""
    if language not in languages():
        return ()
    return tuple(_words(theme, language))


def _words(theme: str, language: str) -> Iterator[Word]:
    text = files(__name__).joinpath(f"{language}.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        name, _, rest = line.partition("\t")
        if name == theme:
            weight, _, cell = rest.partition("\t")
            yield from (Word(word, int(weight)) for word in cell.split(", "))
