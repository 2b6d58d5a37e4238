"""What may be the name of a person, and what only looks so."""

from __future__ import annotations

import re
from functools import cache

from ...languages.fold import fold
from ...languages.labels import Label, label_of
from ...languages.pattern import Pattern
from ...languages.tables import any_spelt, joined, spelt
from ...terms.countries import place_names

INTERFACE = Pattern(  # what is written on links and buttons beside a name
    lambda: rf"\b(?:{any_spelt('people.buttons')}|facebook|twitter|linkedin)\b", re.IGNORECASE
)
# The letters beyond ASCII that begin a name, and those that do not. Scripts without capitals have
# neither; small are those letters of Georgian only that are written beside capitals.
CAPITALS = "A-Z" + "".join(one for one in map(chr, range(0xC0, 0x590)) if one.isupper())
SMALL = "a-z" + "".join(one for one in map(chr, range(0xC0, 0x590)) if one.title() != one)
NO_NAME = re.compile(r"[\d?？~：]|[!！](?!\w)")  # a number, or a sentence
LOGIN = re.compile(r"[^\W\dA-Z_]\.\w+|[^\WA-Z_]+(?:\.[^\WA-Z_]+)*\.[^\WA-Z_]{5,}")  # "j.jansen"
OF = Pattern(
    lambda: rf"\b(?:{any_spelt('people.of', 'people.particles')})\s$", re.IGNORECASE
)  # before a name


def _pictures() -> str:
    """What pictures are called: "Fotos", "foto's", "Photography"."""
    return rf"(?:{any_spelt('labels.caption')})[\w'’]{{0,8}}"


def _and_more() -> str:
    """A word for a text at the beginning, or after a sign: "Text und ", "Words and "."""
    return rf"(?:^|(?<=[|;,.•·\n])|(?<=[|;,.•·\n]\s))[\w'’]+\s(?:{any_spelt('people.and')}|&|\+)\s"


def _then_who() -> str:
    return rf"\s?(?::|\s(?:{any_spelt('people.by', 'people.of')})(?=\s))"


def text_and_pictures() -> str:
    """What stands before the name of who did both: "Text und Fotos:", "Photos and words by"."""
    and_then = rf"\s(?:{any_spelt('people.and')}|&|\+)\s"
    return rf"(?:{_and_more()}{_pictures()}|{_pictures()}{and_then}\w+){_then_who()}\s*"


# Who took the pictures, as a byline has it: "Foto: Nils Ek", "photos by Nils Ek". Who also wrote,
# as in "Words and pictures by Nils Ek", is no mere photographer.
PICTURED = Pattern(
    lambda: (
        rf"(?P<both>{_and_more()})?\b{_pictures()}{_then_who()}"
        r"\s*[^\n|]*?(?=[\n|]|\b[\w'’]+:|$)"
    ),
    re.IGNORECASE,
)
JOB = Pattern(lambda: rf"\b(?:{any_spelt('people.jobs')})\b", re.IGNORECASE)  # after a name


def pictured_in(said: str) -> str:
    """What a byline says of who only took the pictures; "" for nothing."""
    return " ".join(one[0] for one in PICTURED.finditer(said) if not one["both"])


def without_pictured(said: str) -> str:
    """A byline without who only took the pictures."""
    return PICTURED.regex.sub(lambda one: one[0] if one["both"] else "", said)


TITLE = re.compile(r"[^\W\d_]{2,5}\.")  # in small letters, as "prof. dr." before a name
BESIDE = 25  # characters beside the name of whom a picture shows


def names_person(said: str, name: str) -> bool:
    """Whether what is said of a picture is whom it shows: "Jan Jansen", "Portrait of Jan Jansen".

    Both are folded. "Photo by Jan Jansen" says who took it.
    """
    before, _, after = said.partition(name)
    if not name or len(before) + len(after) > BESIDE or before + name + after != said:
        return False
    return not before or bool(OF.search(before))


@cache
def touching() -> str:
    """What stands before a name, and touches it: "ByJan Jansen".

    In capitals it may be the beginning of the name itself: PARKER, AFRICA.
    """
    by = (f"[{one[0].upper()}{one[0]}]{re.escape(one[1:])}" for one in spelt("people.by"))
    return rf"(?:{joined(by)})(?=[A-ZÀ-Þ][a-zß-ÿ'’])"


@cache
def _between() -> re.Pattern[str]:
    """What stands between two people. "y" and "e" stand within a name, too."""
    return re.compile(rf"\s(?:{joined(one for one in spelt('people.and') if len(one) == 1)})\s")


def people_in(text: str) -> list[str]:
    """The two people of "Juan Pérez y Ana Gómez", and the one of "José Ortega y Gasset"."""
    found = _between().split(text)
    return found if all(" " in one.strip() for one in found) else [text]


@cache
def _particles() -> frozenset[str]:
    return frozenset(spelt("people.particles"))


def may_be_person(text: str) -> bool:
    """Whether a text may name somebody: its words begin with capitals, where its script has them.

    No interface says it, no place is called so, and it does not tell what a date is.
    """
    if NO_NAME.search(text) or INTERFACE.search(text) or label_of(text) != Label.NONE:
        return False
    if text.rpartition(" ")[2] in _particles():
        return False  # "Scris de": a label whose name stands apart
    return all(map(_may_be_of_name, text.split())) and not is_place(text)


def _may_be_of_name(word: str) -> bool:
    return word[0] == word[0].title() or word in _particles() or bool(TITLE.fullmatch(word))


def is_account(text: str) -> bool:
    """Whether a text is the name by which somebody logs in: "j.jansen"; no address is: "nu.nl"."""
    return LOGIN.fullmatch(text) is not None


def is_place(text: str) -> bool:
    """Whether a country, a city or a region of the country tables is called so."""
    return fold(text) in place_names()
