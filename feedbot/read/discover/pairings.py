"""Lists of matches beside the stories of a sports page: who plays whom, the score, the odds.

Radnik – Sloga 2:1      no day, no text: a page of the match
Radnik – Sloga 2:1      28 November: what a club calls its report
Radiohead – Kid A       no score: a review
Radnik beats Sloga      a story
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...languages import times
from ...languages.wordcount import count_words
from .cards import is_day
from .evidence import REPEATED, Showing, add_clue

PAIRED = 0.9  # share of a list's titles that name two sides, from which it is one of matches
SIDE = 3  # words of the longest name of a side
_SCORE = r"\d{1,3}\s?[:–—-]\s?\d{1,3}"
BETWEEN = re.compile(rf"\s(?:{_SCORE}|[–—-]|vs?\.?)\s", re.IGNORECASE)
SCORE_BEHIND = re.compile(rf"\s+(?:{_SCORE}|[–—-])$")
FIGURES = re.compile(rf"(?<![\w.]){_SCORE}(?!\w)|\b\d{{1,2}}[:.]\d\d\b")  # a score, an hour, odds


def weigh_pairings(showings: Sequence[Showing]) -> None:
    """Takes from the scores of matches whose list, or whose form of address, is one of matches."""
    groups: dict[object, list[Showing]] = {}
    for one in showings:
        groups.setdefault(one.card.root.getparent(), []).append(one)
        groups.setdefault(one.form, []).append(one)
    for one in _matches({one: _is_match(one) for one in showings}, groups):
        add_clue(one, "match", 1.0)


def _matches(
    is_match: Mapping[Showing, bool], groups: Mapping[object, Sequence[Showing]]
) -> Sequence[Showing]:
    """The matches that stand in groups of them, each once; half of a group shows figures."""
    found: dict[Showing, None] = {}
    for members in groups.values():
        matches = [one for one in members if is_match[one]]
        pages = {one.key for one in matches}
        has_figures = 2 * sum(map(_shows_figures, matches)) >= len(matches)
        if len(pages) >= REPEATED and len(matches) >= PAIRED * len(members) and has_figures:
            found |= dict.fromkeys(matches)
    return list(found)


def _is_match(one: Showing) -> bool:
    """Whether a card names two sides, and neither tells of them nor has a day."""
    return not one.shown.teaser and names_two_sides(one.shown.title) and not _has_day(one)


def names_two_sides(title: str) -> bool:
    """Whether a title is two names with a dash or a score between them, and a score at most."""
    sides = BETWEEN.split(SCORE_BEHIND.sub("", title.strip()))
    return len(sides) == 2 and all(map(_is_name, sides))


def _is_name(side: str) -> bool:
    """Whether a side is a few words and begins as names do, where a script has capitals."""
    first = side.strip()[:1]
    return bool(first) and not first.islower() and count_words(side) <= SIDE


def _has_day(one: Showing) -> bool:
    """Whether readers see a day on a card; the hour of a match is none."""
    return any(is_day(line) or times.found_in(line, times.ANYWHERE) for line in _lines(one))


def _shows_figures(one: Showing) -> bool:
    return any(FIGURES.search(line) for line in (one.shown.title, *_lines(one)))


def _lines(one: Showing) -> Sequence[str]:
    return [block.text for block in one.card.blocks]
