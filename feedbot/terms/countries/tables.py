"""The files of this folder, as they are written. Each is read when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice, takewhile
from typing import NamedTuple

from .entries import Grammar, Spelling, grammar, spelling, words

_FOLDER = files(__package__)
COLUMNS = ("names", "adjectives", "people", "seat", "places", "not")


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file, in the order of their codes."""
    found = (path.name.removesuffix(".tsv") for path in _FOLDER.iterdir())
    return tuple(sorted(name for name in found if len(name) == 2))


def lines(*path: str) -> Iterator[list[str]]:
    """The cells of each line, read as far as they are asked for; comments are left out."""
    with _FOLDER.joinpath(*path).open(encoding="utf-8") as text:
        for line in text:
            if line[0] not in "#\n":
                yield line.rstrip("\n").split("\t")


@cache
def rows(language: str) -> dict[str, list[str]]:
    """The cells of one language, by country code."""
    found = (cells for cells in lines(f"{language}.tsv") if cells[0][0] != "@")
    return {code: cells for code, *cells in found}


@cache
def grammar_of(language: str) -> Grammar:
    """What a language does to names."""
    return grammar([cells for cells in lines(f"{language}.tsv") if cells[0][0] == "@"])


def column(code: str, language: str, name: str) -> list[str]:
    """The entries of one cell."""
    cell = rows(language)[code][COLUMNS.index(name)]
    return cell.split(", ") if cell else []


@cache
def institutions() -> dict[tuple[str, str], list[str]]:
    """Parliaments, parties, teams and such by country code and language ("": every language)."""
    return {
        (code, language): cell.split(", ") for code, language, cell in lines("institutions.tsv")
    }


@cache
def ordinary(language: str) -> frozenset[str]:
    """Names, folded, that are ordinary words of a language too."""
    rows = {name: cell for name, cell in lines("ordinary.tsv")}
    return frozenset(rows.get(language, "").split(", "))


@cache
def divisions(language: str) -> dict[str, list[str]]:
    """States and provinces of each country; the forms of one have "/" between."""
    if not _FOLDER.joinpath("divisions", f"{language}.tsv").is_file():
        return {}
    return {code: cell.split(", ") for code, cell in lines("divisions", f"{language}.tsv")}


@cache
def spoken(language: str) -> tuple[str, ...]:
    """The countries where a language is spoken, as its file says; most read it in the first."""
    for name, *rest in lines(f"{language}.tsv"):
        if name == "@spoken":
            return tuple(rest[0].split(", "))
    return ()


@cache
def idioms(language: str) -> tuple[str, ...]:
    """Phrases of a language that have a word of a country and are not about it."""
    cells = {name: cell for name, cell in lines("idioms.tsv")}.get(language, "")
    return tuple(word for entry in filter(None, cells.split(", ")) for word in words(entry))


@cache
def regions_by_hand() -> dict[tuple[str, str], list[tuple[str, list[str]]]]:
    """(kind, words) of what people call a region, by its code and language ("": all)."""
    found: dict[tuple[str, str], list[tuple[str, list[str]]]] = {}
    for code, language, kind, cell in lines("regions.tsv"):
        found.setdefault((code, language), []).append((kind, cell.split(", ")))
    return found


def has_places(country: str) -> bool:
    """Whether there is a file with the places of a country."""
    return f"{country}.tsv" in _files_of_places()


@cache
def _files_of_places() -> frozenset[str]:
    return frozenset(path.name for path in _FOLDER.joinpath("places").iterdir())


class Place(NamedTuple):
    """A town, or a region where there are no inhabitants."""

    region: str
    inhabitants: int | None
    names: tuple[str, ...]


def places(country: str) -> Iterator[Place]:
    """The places of a country: its regions, then its towns, the biggest first."""
    for region, people, names in lines("places", f"{country}.tsv") if has_places(country) else ():
        yield Place(region, int(people) if people else None, _names(names))


def _names(cell: str) -> tuple[str, ...]:
    """The names of a place; one in two languages is two: Gasteiz / Vitoria."""
    names = cell.split(", ")
    if " / " not in cell:
        return tuple(names)
    return tuple(
        part for name in names for part in ([name] if name[0] == "-" else name.split(" / "))
    )


def towns(country: str, least: int) -> Iterator[Place]:
    """The towns of a country with at least so many inhabitants, the biggest first."""
    every = (place for place in places(country) if place.inhabitants is not None)
    return takewhile(lambda place: (place.inhabitants or 0) >= least, every)


@cache
def cities(country: str, least: int, most: int) -> tuple[tuple[int, tuple[Spelling, ...]], ...]:
    """(inhabitants, spellings) of `towns`, the `most` biggest: all languages ask for these."""
    return tuple(
        (place.inhabitants or 0, tuple(map(spelling, place.names)))
        for place in islice(towns(country, least), most)
    )


@cache
def given_names() -> frozenset[str]:
    """Given names, folded."""
    return frozenset(cell for cells in lines("given.tsv") for cell in cells)
