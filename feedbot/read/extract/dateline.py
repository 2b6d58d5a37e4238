"""The dateline of a wire story: place and agencies before the lead."""

from __future__ import annotations

import re

from ...model import Dateline

# "MOSKOU (ANP/AFP) - ", "DEN HAAG - ", "WASHINGTON (AP) — ", "BERLIN (dpa) – ", "Goes (ANP) - "
_WORD = r"[\w'’.À-ÿ]"
_FIRST = rf"(?:[A-ZÀ-ÖØ-Þ]{_WORD}*|'s|’s|de|la|el|al|am|an|der)"
_PLACE = rf"(?P<place>{_FIRST}(?:[ /,-]{{1,2}}{_WORD}+){{0,5}}?)"
# Possessive, as a hyphen may stand within a name and between two: there would be many ways to fail.
_AGENCIES = r"\((?P<agencies>[A-Za-z](?:\s?[/,-]\s?[A-Za-z]|[\w.&+-])*+)\)"
_DASH = r"\s*[-–—―]{1,2}\s+"
WITH_AGENCY = re.compile(rf"{_PLACE}\s*{_AGENCIES}{_DASH}")
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
