"""What the matches of one topic in one article are worth: the formula of docs/routing.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..countries import Kind, Role
from ..model import Evidence, Where
from .text import Text

# One match in the title (3), or one in the lead with one in the text (2), is "about it"; a lead
# that mentions a residence (1.5) or two words deep in the text (1) are not.
DEFAULT_THRESHOLD = 2.0
POINTS: dict[Where, float] = {
    "title": 3.0,
    "dateline": 1.0,
    "opening": 1.5,
    "lead": 1.5,
    "body": 0.5,
    "section": 1.0,
}
CAPS: dict[Where, float] = {
    "title": 1.5,
    "dateline": 1.0,
    "opening": 3.0,
    "lead": 3.0,
    "body": 4.0,
    "section": 1.0,
}
WEIGHTS: dict[Role, float] = {"name": 1.0, "place": 0.5, "ambiguous": 0.5}
MOST = sum(POINTS[where] * CAPS[where] for where in POINTS)  # no threshold above it is reachable


class Match(NamedTuple):
    """One match that counts."""

    start: int
    end: int
    where: Where
    label: str
    rule: str  # the topic's term that stands for it; "" if it is the same
    role: Role
    kind: Kind
    weight: float
    own: bool


def points(matches: Sequence[Match], text: Text) -> Iterator[Evidence]:
    """The points of each phrase in each place; what is beyond the cap of a place has none."""
    room = dict(CAPS)
    counts: Counter[tuple[Where, str, str]] = Counter()
    earned: defaultdict[tuple[Where, str, str], float] = defaultdict(float)
    for match in matches:
        key = match.where, match.label, match.rule
        worth = min(WEIGHTS[match.role] * match.weight, room[match.where])
        room[match.where] -= worth
        counts[key] += 1
        earned[key] += worth * POINTS[match.where]
    for (where, label, rule), count in counts.items():
        yield Evidence(
            term=label, where=where, count=count, points=earned[where, label, rule], rule=rule
        )
