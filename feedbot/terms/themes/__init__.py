"""Themes that people think of, as weighted words in the languages that have a file beside this one.

They are the first level of the IPTC Media Topics (https://cv.iptc.org/newscodes/mediatopic), with
which other tools can match them. A line of `nl.tsv` is a theme, a weight and words: 3 tells
the theme in a headline if another word does too, 2 beside more words, 1 only among many. `*` is any
letters, and a word in capitals counts in capitals only. `~war` is often a figure of speech: where
no other word tells the theme, it does only if another country is named. One line for each theme has
its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from ...languages.fold import fold

MEDIA_TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "climate": "medtop:06000000",  # environment
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
    figurative: bool = False


def names() -> frozenset[str]:
    """Every theme."""
    return frozenset(MEDIA_TOPICS)


@cache
def languages() -> frozenset[str]:
    """The languages that have words for themes."""
    found = (path.name for path in files(__name__).iterdir())
    return frozenset(name.removesuffix(".tsv") for name in found if name.endswith(".tsv"))


def code_of(name: str) -> str | None:
    """The theme with this id of Media Topics, or with this name, or the first word of its name, in
    any language; None if there is none.
    """
    if name in MEDIA_TOPICS:
        return name
    return _codes().get(fold(name.strip()))


@cache
def _codes() -> Mapping[str, str]:
    """Every theme by its id and its names, folded."""
    found = {topic: theme for theme, topic in MEDIA_TOPICS.items()}
    found |= {topic.partition(":")[2]: theme for topic, theme in found.items()}
    for language in sorted(languages()):
        for theme in sorted(names()):
            name = fold(name_of(theme, language))
            found |= {name: theme, name.partition(" ")[0]: theme}
    return found


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
        Word(word.removeprefix("~"), int(weight), word[0] == "~")
        for weight, cell in rows
        if weight != NAME
        for word in cell.split(", ")
    )


def _rows(theme: str, language: str) -> Iterable[tuple[str, str]]:
    """The second and third cell of a theme's lines."""
    return _table(language)[theme]


@cache
def _table(language: str) -> Mapping[str, list[tuple[str, str]]]:
    """The lines of a language by their theme."""
    text = files(__name__).joinpath(f"{language}.tsv").read_text(encoding="utf-8")
    rows: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in text.splitlines():
        theme, _, rest = line.partition("\t")
        what, _, cell = rest.partition("\t")
        rows[theme].append((what, cell))
    return rows
