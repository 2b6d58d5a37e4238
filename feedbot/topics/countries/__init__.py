"""What names a country, in Dutch, English, German and French.

The table is four files beside this one, `nl.tsv`, `en.tsv`, `de.tsv` and `fr.tsv`: a line per
ISO 3166 code (and EU, NATO, UN, XK) with tab-separated columns of words with ", " between.

    names       Rusland, Russische Federatie     worth a whole point, like the next three
    adjectives  Russisch(e)                      short for: Russisch, Russische
    people      Rus(sen), Russin(nen)            short for: Rus, Russen, Russin, Russinnen
    seat        Moskou, Kremlin                  the capital, and what stands for the government
    places      Sint-Petersburg                  cities, regions, institutions: worth half
    not         Wit-Rusland, Russische roulette  blanked before anything is matched

`^Polish` counts with its capital only. `?Georgia` has other meanings too: it is worth half, and
only beside something that has not. `things.tsv` has what an adjective is blanked with, whatever the
country: "Turkse pizza", "Duitse herder", "examen Frans"; `*hond` is any word that ends so.
`leaders.tsv` has the heads of state and government, in the
spellings of all four languages, a line per term of office; outside of it a leader is a `?`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from ...languages.fold import fold

LANGUAGES = ("nl", "en", "de", "fr")
Role = Literal["name", "place", "ambiguous", "not"]
Side = Literal["before", "after"]
_COLUMNS = ("names", "adjectives", "people", "seat", "places", "not")
_ROLES: dict[str, Role] = {"places": "place", "not": "not"}
_DESCRIBING = ("adjectives", "places")  # columns of what can stand beside a thing: Turks, Weens
_SHORT = re.compile(r"(.+)\(([^)]+)\)")


class Office(NamedTuple):
    """A term of office. `until` is None while it lasts."""

    since: date
    until: date | None


class Phrase(NamedTuple):
    """One way to name a country. `language` is "" where all languages say it so."""

    text: str
    role: Role
    language: str = ""
    capital: bool = False  # counts only where it is written with a capital
    office: Office | None = None
    adjective: bool = False  # or a place: means nothing beside a thing, as in "Turkse pizza"


def codes() -> frozenset[str]:
    """Every code of the table."""
    return frozenset(_table("nl"))


def name_of(code: str, language: str = "nl") -> str:
    """The first name of a country in one of the four languages."""
    return _words(_column(code, language, "names")[0])[0].lstrip("^?")


def code_of(name: str) -> str | None:
    """The country that has this name in any of the four languages; None if there is none."""
    return _codes_by_name().get(fold(name.strip()))


def nearest_code(name: str) -> str | None:
    """The country that a misspelt name or code most likely means; None if none is near."""
    wanted, known = fold(name.strip()), _codes_by_name()
    if len(wanted) > 1 and (starts := [text for text in known if text.startswith(wanted)]):
        return known[starts[0]]
    near = get_close_matches(wanted, known, n=1, cutoff=0.7)
    return known[near[0]] if near else None


@cache
def phrases(code: str) -> tuple[Phrase, ...]:
    """Everything that names a country, without its leaders, and what is to be blanked for it."""
    return tuple(phrase for language in LANGUAGES for phrase in _phrases(code, language))


def leaders(code: str) -> tuple[Phrase, ...]:
    """The shipped heads of state and government."""
    return _leaders().get(code, ())


def named_leaders(names: Sequence[str]) -> tuple[Phrase, ...]:
    """Leaders that the operator names; nothing is said of their terms of office."""
    return tuple(Phrase(form, "name") for name in names for form in _forms(name, genitive=True))


def exclusions(folded: str) -> tuple[Phrase, ...]:
    """What is to be blanked for a term that is, folded, one of the table's words for a country."""
    held = (out for code, out in _exclusions().get(folded, ()) if folded in _folded(code))
    return tuple(sorted(set(held)))


def is_thing(word: str, language: str, side: Side) -> bool:
    """Whether this folded word makes a thing of an adjective on its other side."""
    words, endings = _things().get((language, side), (frozenset(), ()))
    return word in words or word.endswith(endings)


def is_adjective(folded: str) -> bool:
    """Whether this is, folded, an adjective of some country."""
    return folded in _adjectives()


# --- the files --------------------------------------------------------------------------------


def _lines(name: str) -> Iterator[list[str]]:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def _table(language: str) -> dict[str, list[str]]:
    """The cells of one language as they are written, by code."""
    return {code: cells for code, *cells in _lines(f"{language}.tsv")}


def _column(code: str, language: str, column: str) -> list[str]:
    cell = _table(language)[code][_COLUMNS.index(column)]
    return cell.split(", ") if cell else []


@cache
def _leaders() -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, tuple[Phrase, ...]] = {}
    for code, since, until, names in _lines("leaders.tsv"):
        office = Office(date.fromisoformat(since), date.fromisoformat(until) if until else None)
        for entry in names.split(", "):
            role: Role = "ambiguous" if entry.startswith("?") else "name"
            found[code] = found.get(code, ()) + tuple(
                Phrase(form, role, office=office)
                for form in _forms(entry.lstrip("?"), genitive=True)
            )
    return found


@cache
def _things() -> dict[tuple[str, str], tuple[frozenset[str], tuple[str, ...]]]:
    """Per language and side: the words, and the endings that any word may have before."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for language, side, cell in _lines("things.tsv"):
        found[language, side].update(fold(w) for entry in cell.split(", ") for w in _words(entry))
    return {
        key: (
            frozenset(word for word in words if word[0] != "*"),
            tuple(sorted(word[1:] for word in words if word[0] == "*")),
        )
        for key, words in found.items()
    }


@cache
def _codes_by_name() -> dict[str, str]:
    """Every name, folded; the earlier language wins."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code in _table(language):
            for entry in _column(code, language, "names"):
                for word in _words(entry.lstrip("^?")):
                    found.setdefault(fold(word), code)
    return found


@cache
def _exclusions() -> dict[str, frozenset[tuple[str, Phrase]]]:
    """The exclusions of every country, with its code, by each of their folded words."""
    found: defaultdict[str, set[tuple[str, Phrase]]] = defaultdict(set)
    for language in LANGUAGES:
        for code in _table(language):
            for exclusion in _phrases(code, language, ("not",)):
                for word in re.split(r"\W+", fold(exclusion.text)):
                    found[word].add((code, exclusion))
    return {word: frozenset(held) for word, held in found.items()}


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(
        fold(phrase.text)
        for language in LANGUAGES
        for code in _table(language)
        for phrase in _phrases(code, language, ("adjectives",))
    )


@cache
def _folded(code: str) -> frozenset[str]:
    return frozenset(fold(phrase.text) for phrase in phrases(code) if phrase.role != "not")


# --- the entries ------------------------------------------------------------------------------


def _phrases(code: str, language: str, columns: Sequence[str] = _COLUMNS) -> Iterator[Phrase]:
    for column in columns:
        genitive = column in ("names", "seat", "places") and language in ("nl", "de")
        for entry in _column(code, language, column):
            text = entry.lstrip("^?")
            marks = entry[: len(entry) - len(text)]
            role = "ambiguous" if "?" in marks else _ROLES.get(column, "name")
            for form in _forms(text, genitive=genitive):
                adjective = column in _DESCRIBING
                yield Phrase(form, role, language, "^" in marks, adjective=adjective)


def _words(entry: str) -> list[str]:
    """The words that an entry is short for: "Rus(sen)" is Rus and Russen."""
    short = _SHORT.fullmatch(entry)
    if not short:
        return [entry]
    return [short[1], *(short[1] + ending for ending in short[2].split("/"))]


def _forms(entry: str, *, genitive: bool) -> Iterator[str]:
    """Every form of an entry: its inflections, its genitive, its hyphen written as a space."""
    for word in _words(entry):
        for form in (word, f"{word}s") if genitive and _takes_s(word) else (word,):
            yield form
            if "-" in form:
                yield form.replace("-", " ")


def _takes_s(word: str) -> bool:
    """Ruslands, Trumps; but Parijs' and VS."""
    return word[-1].isalpha() and word[-1] not in "sxz" and not word.isupper()
