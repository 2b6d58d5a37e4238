"""How the tables write words: what an entry is short for, and the forms that a word takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from ...languages.fold import plain

Role = Literal["name", "place", "ordinary", "ambiguous", "not"]
Kind = Literal[
    "name",
    "adjective",
    "people",
    "seat",
    "place",
    "town",
    "theme",
    "institution",
    "company",
    "leader",
    "not",
]
_MARKS = "^?~!$+"
_SHORT = re.compile(r"(.*\S)\(([^)]+)\)")  # after a space a bracket is one of the text


@cache
def folded(word: str) -> str:
    """`fold` of a word of the tables, which is asked for several times."""
    return word.lower() if word.isascii() else plain(word).lower()


class Office(NamedTuple):
    """A term of office. `until` is None while it lasts."""

    since: date
    until: date | None
    after: Role = "place"  # what the name is afterwards


class Phrase(NamedTuple):
    """One way to name a country, a region or a theme."""

    text: str
    role: Role
    kind: Kind = "name"
    capital: bool = False  # counts only where it is written with a capital
    office: Office | None = None
    weight: float = 1.0
    home: bool = False  # the language is spoken there
    figurative: bool = False  # often a figure of speech
    shared: bool = False  # a city abroad is called so too

    @property
    def describes(self) -> bool:
        """Whether it means nothing beside a thing, as in "Turkse pizza" and "café Moskou"."""
        return self.kind in ("adjective", "place", "town")


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a language does to a name: the lines that begin with `@` in its file."""

    genitive: str = ""  # what every name can end with: Ruslands
    apart: bool = True  # whether there are spaces between words
    clitics: tuple[str, ...] = ()  # what is written at the front of a word
    contractions: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of its beginning
    endings: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by the end they replace

    def forms(self, word: str) -> list[str]:
        """Every form of a name: its cases, its genitive, with clitics, a hyphen as a space."""
        cases = [word, *self._declined(word)] if self.endings else [word]
        if self.genitive and _takes_genitive(word):
            cases.append(word + self.genitive)
        if not self.clitics and not self.contractions and "-" not in word:
            return cases
        found = []
        for form in cases:
            found += [form, *self._joined(form)]
            if "-" in form:
                found.append(form.replace("-", " "))
        return found

    def _joined(self, form: str) -> Iterator[str]:
        """A form with what is written at the front of it."""
        yield from (clitic + form for clitic in self.clitics)
        for start, contracted in self.contractions.items():
            if form.startswith(start):
                yield from (new + form[len(start) :] for new in contracted)

    def _declined(self, word: str) -> Iterator[str]:
        if word.isupper() or not word[-1].isalpha():
            return
        for length in range(min(4, len(word) - 2), -1, -1):
            end = word[len(word) - length :]
            if end in self.endings:
                stem = word[: len(word) - length]
                yield from (stem + ending for ending in self.endings[end])
                return


def grammar(directives: Sequence[Sequence[str]]) -> Grammar:
    """The grammar that the `@` lines of a language's file describe."""
    said = {name: rest for name, *rest in directives}
    endings = {"" if end == "-" else end: new for end, new in _replaced(directives, "@ending")}
    return Grammar(
        genitive="".join(said.get("@genitive", ())),
        apart="@together" not in said,
        clitics=tuple(said.get("@clitics", [""])[0].split(", ")) if "@clitics" in said else (),
        contractions=dict(_replaced(directives, "@contract")),
        endings=endings,
    )


def _replaced(directives: Sequence[Sequence[str]], name: str) -> Iterator[tuple[str, list[str]]]:
    """(old, new ones) of the lines that say what a part of a word is replaced by."""
    for directive, *rest in directives:
        if directive == name:
            yield rest[0], rest[1].split(", ")


def words(entry: str) -> list[str]:
    """The words that an entry is short for: "Rus(sen)" is Rus and Russen."""
    short = _SHORT.fullmatch(entry)
    if not short:
        return [entry]
    stem, endings = short.groups()
    return [stem, *(stem + ending for ending in endings.split("/"))]


def unmarked(entry: str) -> tuple[str, str]:
    """(marks, text) of an entry: "^?Jersey" is ("^?", "Jersey")."""
    if entry[0] not in _MARKS:
        return "", entry
    text = entry.lstrip(_MARKS)
    return entry[: len(entry) - len(text)], text


class Spelling(NamedTuple):
    """One spelling of a place; `marks` is "-" for a longer name that is blanked beside it."""

    marks: str
    text: str
    script: str


def spelling(entry: str) -> Spelling:
    """What an entry of a place says."""
    marks, text = ("-", entry[1:]) if entry[0] == "-" else unmarked(entry)
    return Spelling(marks, text, script_of(text))


def script_of(text: str) -> str:
    """The script of the first letter of a text, as Unicode calls it; "" if it has no letter."""
    if "A" <= text[0] <= "z":
        return "LATIN"
    sign = next((sign for sign in text if sign.isalpha()), "")
    return unicodedata.name(sign, "").partition(" ")[0] if sign else ""


def _takes_genitive(word: str) -> bool:
    """Ruslands, Trumps; but Parijs' and VS."""
    return word[-1].isalpha() and word[-1] not in "sxz" and not word.isupper()
