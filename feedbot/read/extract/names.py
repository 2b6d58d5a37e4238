"""What may be the name of a person, and what only looks so."""

from __future__ import annotations

import re
from functools import cache

from ...languages.fold import fold
from ...languages.labels import Label, label_of
from ...languages.pattern import Pattern
from ...languages.tables import any_spelt, spelt
from ...terms.countries import codes, languages, phrases

INTERFACE = Pattern(  # what is written on links and buttons beside a name
    lambda: rf"\b(?:{any_spelt('people.buttons')}|facebook|twitter|linkedin)\b", re.IGNORECASE
)
JOB = Pattern(lambda: rf"\b(?:{any_spelt('people.jobs')})\b", re.IGNORECASE)  # after a name


@cache
def _particles() -> frozenset[str]:
    return frozenset(spelt("people.particles"))


def may_be_person(text: str) -> bool:
    """Whether a text may name somebody: its words begin with capitals, where its script has them.

    No interface says it, no place is called so, and it does not tell what a date is.
    """
    if re.search(r"\d", text) or INTERFACE.search(text) or label_of(text) != Label.NONE:
        return False
    words = [word for word in text.split() if word not in _particles()]
    return not any(word[0].islower() for word in words) and not is_place(text)


def is_place(text: str) -> bool:
    """Whether a country, a city or a region of the country table is called so."""
    return fold(text) in _places()


@cache
def _places() -> frozenset[str]:
    return frozenset(
        fold(phrase.text)
        for language in languages()
        for code in codes()
        for phrase in phrases(code, language)
        if phrase.kind not in ("adjective", "people")
    )
