"""What may be the name of a person, and what only looks so."""

from __future__ import annotations

import re
from functools import cache

from ...languages.fold import fold
from ...languages.labels import Label, label_of
from ...topics.countries import codes, phrases

INTERFACE = re.compile(  # what is written on links and buttons beside a name
    r"\b(?:view|read more|more|follow|share|contact|subscribe|skip|search|menu|log ?in"
    r"|sign ?(?:in|up)|archives?|posts|profile|profil|profiel|bekijk|volg|meer|lees"
    r"|artikelen|beiträge|voir|suivre|updated|published|photos?|comments?|min(?:utes?)? read"
    r"|facebook|twitter|linkedin|posted|disclosure|disclaimer|polic(?:y|ies)|newsletter"
    r"|copyright|advertis\w+|sponsored|privacy|reacties|kommentare|commentaires|leestijd)\b",
    re.IGNORECASE,
)
JOB = re.compile(  # after a name
    r"\b(?:directors?|editors?|writer|reporter|manager|officer|profess?or\w*|expert|contributor"
    r"|columnist|correspondent\w*|coordinator|analyst|attorney|specialist|representative|head of"
    r"|ceo|founder|consultant|redakteur\w*|redacteur|journalist\w*|r[eé]dact\w+|staff)\b",
    re.IGNORECASE,
)
PARTICLES = frozenset(
    "van de der den het 't ten ter von zu zur vom du des la le el di da do dos del della al bin ibn"
    " ben af av y e".split()
)


def may_be_person(text: str) -> bool:
    """Whether a text may name somebody: its words begin with capitals, where its script has them.

    No interface says it, no place is called so, and it does not tell what a date is.
    """
    if re.search(r"\d", text) or INTERFACE.search(text) or label_of(text) != Label.NONE:
        return False
    words = [word for word in text.split() if word not in PARTICLES]
    return not any(word[0].islower() for word in words) and not is_place(text)


def is_place(text: str) -> bool:
    """Whether a country, a city or a region of the country table is called so."""
    return fold(text) in _places()


@cache
def _places() -> frozenset[str]:
    return frozenset(
        fold(phrase.text)
        for code in codes()
        for phrase in phrases(code)
        if not phrase.adjective or phrase.role == "place"
    )
