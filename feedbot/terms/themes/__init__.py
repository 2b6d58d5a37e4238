"""Themes that people think of, as weighted words in the languages that have a file beside this one.

They are the first level of the IPTC Media Topics (https://cv.iptc.org/newscodes/mediatopic), with
which other tools can match them. A line of `nl.tsv` is a theme, a weight and words: 3 tells
the theme in a headline, 2 beside another word, 1 only among many. `*` is any letters. One line
for each theme has its name.
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
NAME = "name"  # in place of a weight


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


def name_of(theme: str, language: str) -> str:
    """What a theme is called in a language that has words for themes; else in English."""
    rows = _rows(theme, language if language in languages() else "en")
    return next(cell for what, cell in rows if what == NAME)


@cache
def words(theme: str, language: str) -> tuple[Word, ...]:
    """The words of a theme in a language; none where the language has no file."""
    if language not in languages():
        return ()
    rows = _rows(theme, language)
    return tuple(
        Word(word, int(weight))
        for weight, cell in rows
        if weight != NAME
        for word in cell.split(", ")
    )


def _rows(theme: str, language: str) -> Iterator[tuple[str, str]]:
    """The second and third cell of a theme's lines."""
    text = files(__name__).joinpath(f"{language}.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        name, _, rest = line.partition("\t")
        if name == theme:
            what, _, cell = rest.partition("\t")
            yield what, cell
