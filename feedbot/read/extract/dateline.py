"""The dateline of a wire story: place and agencies before the lead."""

from __future__ import annotations

import re

from ...languages.pattern import Pattern
from ...languages.tables import one_of, spelt
from ...model import Dateline

# "MOSKOU (ANP/AFP) - ", "DEN HAAG - ", "WASHINGTON (AP) — ", "BERLIN (dpa) – ", "Goes (ANP) - "
_WORD = r"[\w'’.À-ÿ]"
# Possessive, as a hyphen may stand within a name and between two: there would be many ways to fail.
_AGENCIES = r"\((?P<agencies>[A-Za-z](?>(?:\s?[/,-]\s?[A-Za-z]|[\w.&+-])*))\)"
_DASH = r"\s*[-–—―]{1,2}\s+"


def _with_agency() -> str:
    particles = one_of(
        form for one in spelt("dateline.particles") for form in (one, one.replace("'", "’"))
    )
    first = rf"(?:[A-ZÀ-ÖØ-Þ]{_WORD}*|{particles})"
    place = rf"(?P<place>{first}(?:[ /,-]{{1,2}}{_WORD}+){{0,5}}?)"
    return rf"{place}\s*{_AGENCIES}{_DASH}"


WITH_AGENCY = Pattern(_with_agency)
_UPPER = "[A-ZÀ-ÖØ-Þ]"
CAPITALS = re.compile(
    rf"(?P<place>['’]?{_UPPER}(?:{_UPPER}|['’.])+(?:[ /-]{_UPPER}(?:{_UPPER}|['’.])*){{0,4}})"
    rf"\s+[-–—―]{{1,2}}\s+(?=[\"'“„0-9]|{_UPPER})"
)
DASHES = frozenset("-–—―")
LONGEST_DATELINE = 80  # characters


def dateline_of(text: str) -> Dateline | None:
    """The dateline that a paragraph starts with; None if it has none.

    With agencies in brackets any place name will do; without, it must be in capitals.
    """
    if DASHES.isdisjoint(text[:LONGEST_DATELINE]):
        return None
    if found := WITH_AGENCY.match(text[:LONGEST_DATELINE]):
        agencies = tuple(re.split(r"\s?[/,]\s?", found["agencies"]))
        return Dateline(text=found[0], place=found["place"].strip(), agencies=agencies)
    if found := CAPITALS.match(text[:LONGEST_DATELINE]):
        return Dateline(text=found[0], place=found["place"].strip(), agencies=())
    return None
