"""What the matches of one topic in one article are worth: the formula of docs/routing.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..model import Evidence, Where
from ..terms.countries import Kind, Role

DEFAULT_THRESHOLD = 2.0
# Points of one match, and how many matches count in each part of an article.
POINTS: dict[Where, float] = {
    "title": 3.0,
    "dateline": 1.5,
    "opening": 1.5,
    "lead": 1.5,
    "body": 0.5,
    "section": 1.0,
}
CAPS: dict[Where, float] = {
    "title": 1.5,
    "dateline": 4 / 3,
    "opening": 3.0,
    "lead": 3.0,
    "body": 4.0,
    "section": 1.0,
}
WEIGHTS: dict[Role, float] = {"name": 1.0, "place": 0.5, "ordinary": 0.5, "ambiguous": 0.5}
ACTS = 4 / 3  # times: of what is said to act or to be the scene; alone enough in the first sentence
FIGHTS = 8 / 3  # times: in the rest of the text, of forces; alone enough in a brief one
BRIEF = 120  # words and other signs of an article with its title; each of so few says more of it:
IN_BRIEF = 1.5  # times what it is worth in the body of a longer one
THEME_IN_BODY = 2.0  # times: a theme is told by many words all through the text
SHARE = 0.5  # of the points of the strongest theme of an article: another with less is a side issue
TOWN = 1.0  # of a town to its region: there is little else in local news
SCENE = 4 / 3  # of its dateline, which alone is enough
AT_HOME = 0.3  # of a town where the language is spoken
HOSTS = 0.5  # of a dateline such as Geneva: whoever meets there
COMPANY = 1.5  # points of one company all through an article: it needs another word
DEEP = 3.5  # matches that count where the rest of the text alone has any: not enough
DISTINCT = 0.5  # for each other word of a country, after the first
DISTINCT_IN_THEME = 0.25  # or of a theme, which has many words
MOST_DISTINCT = 1.0  # points
DIFFERENT = "different words"  # what `why` calls them
TELLING = 0.2  # weight from which a word tells a theme, beside another such word
STRONG = 1.0  # from which it tells one alone, in title and lead, where nothing tells another
ENDING = 3  # letters by which two forms of one word differ; two compounds differ by more
MORE = 2  # letters of a form that a word may have beyond what the list has of it
_ALIKE = 5  # letters that two forms of one word share
MOST = (
    sum(POINTS[where] * CAPS[where] for where in POINTS) + MOST_DISTINCT
)  # no threshold above it is reachable


class Match(NamedTuple):
    """One match that counts."""

    where: Where
    label: str
    rule: str  # the topic's term that stands for it; "" if it is the same
    role: Role
    kind: Kind
    weight: float
    own: bool
    home: bool  # in the country where the language is spoken: most of what is there is local
    acts: bool  # or is the scene
    fights: bool  # the forces of the country do something
    hosts: bool  # organisations that datelines are about
    alone: bool  # a dateline, in an article without a clear word of another country


def points(matches: Sequence[Match], length: int) -> list[Evidence]:
    """The points of each phrase in each place; what is beyond the cap of a place has none.

    `length` is that of the article's `Text`.
    """
    room, deep = CAPS.copy(), _is_deep(matches)
    if deep:
        room["body"] = DEEP
    counts: dict[tuple[Where, str, str], int] = {}
    earned: dict[tuple[Where, str, str], float] = {}
    companies: dict[str, float] = {}
    brief = not deep and length <= BRIEF
    for match in matches:
        where = match.where
        key = where, match.label, match.rule
        worth = min(_weight(match, brief=brief), room[where])
        if match.kind == "company":
            left = companies.get(match.label, COMPANY)
            worth = min(worth, left / POINTS[where])
            companies[match.label] = left - worth * POINTS[where]
        room[where] -= worth
        counts[key] = counts.get(key, 0) + 1
        earned[key] = earned.get(key, 0.0) + worth * POINTS[where]
    found = [
        Evidence(term=label, where=where, count=count, points=earned[where, label, rule], rule=rule)
        for (where, label, rule), count in counts.items()
    ]
    if not deep and len(counts) > 1:
        found += _distinct(matches)
    return found


def _is_deep(matches: Sequence[Match]) -> bool:
    """Whether what ships is only deep in the text: what an article is about is said before.

    Who acts in the second paragraph of a brief one may be whom it is about.
    """
    return all(match.where == "body" and not match.own and not match.acts for match in matches)


def _weight(match: Match, *, brief: bool) -> float:
    weight = WEIGHTS[match.role] * match.weight
    if match.own:
        return weight
    if match.kind == "theme":
        return weight * THEME_IN_BODY if match.where == "body" else weight
    if match.kind == "town":
        weight = TOWN * match.weight
        return weight * SCENE if match.where in ("dateline", "opening") else weight
    if match.where == "body" and brief:
        weight *= IN_BRIEF
    return _weight_of_country(match, weight)


def _weight_of_country(match: Match, weight: float) -> float:
    if match.home and match.kind == "place":
        return weight * AT_HOME
    if match.where == "dateline":
        return _weight_in_dateline(match, weight)
    if match.fights:
        return weight * FIGHTS
    if match.acts and (match.role == "name" or match.kind == "place"):
        return weight * ACTS
    return weight


def _weight_in_dateline(match: Match, weight: float) -> float:
    weight = 1.0 if match.role == "place" else weight
    return weight * (HOSTS if match.hosts else SCENE if match.alone else 1.0)


def _distinct(matches: Sequence[Match]) -> Iterator[Evidence]:
    """A point for variety: many words of a country are rarely in an article about another."""
    labels: defaultdict[tuple[str, bool], set[str]] = defaultdict(set)
    for match in matches:
        if not match.own and not match.home:
            labels[match.rule, match.kind == "theme"].add(alike(match.label))
    for (rule, is_theme), words in labels.items():
        if more := (len(words) - 1) * (DISTINCT_IN_THEME if is_theme else DISTINCT):
            yield Evidence(
                term=DIFFERENT,
                where="article",
                count=len(words),
                points=min(more, MOST_DISTINCT),
                rule=rule,
            )


def alike(label: str) -> str:
    """What the forms of one word share."""
    return label.lstrip("*")[:_ALIKE].lower()
