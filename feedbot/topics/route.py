"""One article, all topics: find the terms, take out what is excluded, add up the points."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import ahocorasick

from ..languages.fold import fold, plain
from ..languages.words import language_of
from ..model import Article, Evidence, Routing, Topic, Where
from .countries import LANGUAGES, Office, Role, is_thing

# Points per match, and how many matches count: measured on 317 labelled Dutch articles, where
# 3, 1.5 and .5 with caps separate "about it" from "mentions it" best of the formulas tried
# (F .970; a flat count .956, title and lead .96, title only .85). The caps change little there,
# but keep a long text that mentions a name thirty times from outweighing a headline.
POINTS: dict[Where, float] = {"title": 3.0, "lead": 1.5, "body": 0.5}
CAPS: dict[Where, float] = {"title": 1.5, "lead": 3.0, "body": 4.0}
WEIGHTS: dict[Role, float] = {
    "name": 1.0,
    "place": 0.5,
    "ambiguous": 0.5,
}  # cities alone made US recall .94 → 1.00

# One match in the title (3), or one in the lead with one in the text (2), is "about it"; a lead
# that mentions a residence (1.5) or two words deep in the text (1) are not. The F of the sample is
# flat from .75 to 1.5; 2 takes out the gymnast "uit Oekraïne" and the restaurant.
DEFAULT_THRESHOLD = 2.0
MOST_POINTS = sum(
    POINTS[where] * CAPS[where] for where in POINTS
)  # no threshold above it is reachable

MARK = "\x1f"  # stands at every edge of a word; folding leaves none in a text
_RUNS = re.compile(r"\w+|\W+")
_BREAK = "\n"  # between title, lead and paragraphs: no phrase runs across; none in folded text
_LONGEST = 40  # letters of a word before an adjective
_AFTER = re.compile(rf"[ -]{MARK}(\w+){MARK}(?:[ -]{MARK}(\w+){MARK})?")
_BEFORE = re.compile(rf"{MARK}(\w+){MARK} $")
_FIRST: dict[Role, int] = {"not": 0, "name": 1, "place": 2, "ambiguous": 3}


def mark(text: str) -> str:
    """`text` (plain or folded) with a mark at each edge of each word."""
    if text.isalnum() or not text:
        return text and f"{MARK}{text}{MARK}"
    first, last = (MARK if sign.isalnum() or sign == "_" else "" for sign in (text[0], text[-1]))
    return first + MARK.join(_RUNS.findall(text)) + last


class Pattern(NamedTuple):
    """One phrase as one term uses it."""

    term: int
    label: str
    role: Role = "name"
    own: bool = True  # the operator's, which win over the table's
    language: str = ""  # "": in any language
    exact: str = ""  # plain and marked, where the case counts
    capital: bool = False
    office: Office | None = None
    adjective: bool = False


class Span(NamedTuple):
    """One place of the text where a pattern matched."""

    start: int
    end: int
    where: Where
    pattern: Pattern
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A topic in numbers of its terms."""

    topic: Topic
    threshold: float
    any: frozenset[int]
    all: frozenset[int]
    sections: frozenset[str]
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Text:
    """An article as it is searched: plain and folded are equally long, and marked."""

    plain: str
    folded: str
    starts: tuple[int, int]  # of the lead and of the rest
    language: str  # "" where it is not one of the table's
    day: date | None

    def where(self, position: int) -> Where:
        if position < self.starts[0]:
            return "title"
        return "lead" if position < self.starts[1] else "body"


class Router:
    """All topics, compiled; made by `compile_topics`."""

    def __init__(
        self,
        rules: Sequence[Rule],
        terms: Sequence[str],
        users: Sequence[Sequence[tuple[int, bool]]],
        filings: Mapping[tuple[str, str], int],
        patterns: Mapping[str, list[Pattern]],
    ) -> None:
        self._rules = rules
        self._terms = terms
        self._users = users  # per term: the rules that use it, and whether they exclude it
        self._filings = filings
        self._automaton = ahocorasick.Automaton()
        for phrase, uses in patterns.items():
            self._automaton.add_word(phrase, (len(phrase), uses))
        self._automaton.make_automaton()

    def route(self, article: Article, source: str) -> tuple[Routing, ...]:
        """Every topic that the article has a word of, counted or blanked, in their order."""
        finds: defaultdict[int, _Finds] = defaultdict(_Finds)
        for span in self._spans(_read(article)):
            for rule, negative in self._users[span.pattern.term]:
                found = finds[rule]
                (found.excluded if negative else found.spans).append(span)
        for term, where in self._filed(article, source):
            for rule, negative in self._users[term]:
                (finds[rule].refused if negative else finds[rule].filed)[term] = where
        own = fold(source), frozenset(map(fold, article.sections))
        routings = (self._judge(self._rules[rule], finds[rule], *own) for rule in sorted(finds))
        return tuple(routing for routing in routings if routing.score > 0 or routing.blanked)

    def _spans(self, text: _Text) -> Iterator[Span]:
        """Every match of every pattern that counts in this text, nested ones too."""
        if not self._automaton:  # sections and sources only
            return
        for last, (length, patterns) in self._automaton.iter(text.folded):
            start = last - length + 1
            for pattern in patterns:
                if role := _counts(pattern, text, start, last + 1):
                    span = Span(start, last + 1, text.where(start), pattern, role)
                    yield span
                    if pattern.language or pattern.adjective:
                        yield from _thing(span, text)

    def _filed(self, article: Article, source: str) -> Iterator[tuple[int, Where]]:
        """The terms that the article meets as a whole."""
        keys: list[tuple[str, str, Where]] = [("everything", "", "article")]
        keys += [("section", fold(section), "section") for section in article.sections]
        keys += [("source", fold(source), "source")]
        for kind, name, where in keys:
            if (term := self._filings.get((kind, name))) is not None:
                yield term, where

    def _judge(self, rule: Rule, finds: _Finds, source: str, sections: frozenset[str]) -> Routing:
        kept, met, blanked = _resolve(finds)
        filed = [
            Evidence(term=self._terms[term], where=where, count=1, points=rule.threshold)
            for term, where in finds.filed.items()
        ]
        evidence = (*filed, *self._evidence(kept))
        score = sum(each.points for each in evidence)
        met |= finds.filed.keys()
        lacking = tuple(self._lacking(rule, met, source, sections))
        refused = tuple(f"-{self._terms[term]}" for term in finds.refused)
        return Routing(
            topic=rule.topic.slug,
            score=score,
            threshold=rule.threshold,
            routed=score >= rule.threshold and not lacking and not refused,
            evidence=evidence,
            blanked=(*blanked, *refused),
            lacking=lacking,
        )

    def _lacking(
        self, rule: Rule, met: set[int], source: str, sections: frozenset[str]
    ) -> Iterator[str]:
        """What a rule asks for, whatever the points, and the article has not."""
        yield from sorted(self._terms[term] for term in rule.all - met)
        if rule.all and rule.any and not rule.any & met:
            yield " or ".join(rule.topic.any)
        if rule.sections and not rule.sections & sections:
            yield "section " + " or ".join(rule.topic.sections)
        if rule.sources and source not in rule.sources:
            yield "source " + " or ".join(rule.topic.sources)

    def _evidence(self, spans: Iterable[Span]) -> Iterator[Evidence]:
        """The points of each phrase in each place; what is beyond the cap of a place has none."""
        room = dict(CAPS)
        counts: Counter[tuple[Where, str, str]] = Counter()
        points: defaultdict[tuple[Where, str, str], float] = defaultdict(float)
        for where, pattern, role in ((span.where, span.pattern, span.role) for span in spans):
            term = self._terms[pattern.term]
            key = where, pattern.label, "" if pattern.label == term else term
            worth = min(WEIGHTS[role], room[where])
            room[where] -= worth
            counts[key] += 1
            points[key] += worth * POINTS[where]
        for key, count in counts.items():
            where, label, rule = key
            yield Evidence(term=label, where=where, count=count, points=points[key], rule=rule)


@dataclass(slots=True)
class _Finds:
    """What one article holds for one topic, before anything is taken out."""

    spans: list[Span] = field(default_factory=list)
    excluded: list[Span] = field(default_factory=list)
    filed: dict[int, Where] = field(default_factory=dict)
    refused: dict[int, Where] = field(default_factory=dict)


def _read(article: Article) -> _Text:
    rest = _BREAK.join(map(plain, article.paragraphs[1:]))
    title, lead = plain(article.title), plain(article.lead)
    parts = [f"{mark(part)}{_BREAK}" for part in (title, lead, rest)]
    whole = "".join(parts)
    folded = whole.lower()
    language = language_of(set(folded.split(MARK)), article.language)
    return _Text(
        whole,
        folded,
        (len(parts[0]), len(parts[0]) + len(parts[1])),
        language if language in LANGUAGES else "",
        article.published.at.date() if article.published else None,
    )


def _counts(pattern: Pattern, text: _Text, start: int, end: int) -> Role | None:
    """What a match is worth here; None if it is none in this language or case."""
    if pattern.language and text.language and pattern.language != text.language:
        return None
    if pattern.exact and text.plain[start:end] != pattern.exact:
        return None
    if pattern.capital and not text.plain[start : start + 2].strip(MARK)[:1].isupper():
        return None
    if pattern.office and not _in_office(pattern.office, text.day):
        return "ambiguous"
    return pattern.role


def _thing(span: Span, text: _Text) -> Iterator[Span]:
    """What a country's word and the one beside it are together: Turkse pizza, café Moskou."""
    start, end, language = span.start, span.end, span.pattern.language or text.language
    if span.pattern.adjective and (after := _AFTER.match(text.folded, end)):
        if is_thing(after[1], language, "after"):
            end = after.end(1)
        elif after[2] and text.folded[end] == "-" and is_thing(after[2], language, "after"):
            end = after.end(2)  # Chinees-Indisch restaurant
    before = _BEFORE.search(text.folded, max(0, start - _LONGEST), start)
    if before and is_thing(before[1], language, "before"):
        start = before.start()
    if (start, end) != (span.start, span.end):
        label = text.plain[start:end].replace(MARK, "")
        pattern = span.pattern._replace(label=label, role="not", own=False)
        yield Span(start, end, span.where, pattern, "not")


def _in_office(office: Office, day: date | None) -> bool:
    """Whether a leader was in office on a day; an article without a date is of today."""
    if day is None:
        return office.until is None
    return office.since <= day and (office.until is None or day <= office.until)


def _resolve(found: _Finds) -> tuple[list[Span], set[int], list[str]]:
    """The matches that count, in reading order; the terms they meet; what took others out.

    What the operator excludes goes first. Of what then overlaps, the leftmost and longest wins,
    the operator's own terms before the table's. An ambiguous word counts beside a clear one only.
    """
    blanked: dict[str, None] = {}
    kept: list[Span] = []
    met: set[int] = set()
    end, last = 0, None
    for span in sorted(_outside(found, blanked), key=_precedence):
        if span.start >= end:
            kept.append(span)
            end, last = span.end, span
        elif last and last.role == "not":
            blanked[last.pattern.label] = None
        elif last and (span.start, span.end) == (last.start, last.end):
            met.add(span.pattern.term)  # two terms of one topic say the same
    clear = {span.pattern.term for span in kept if span.role in ("name", "place")}
    kept = [
        span
        for span in kept
        if span.role != "not" and (span.role != "ambiguous" or span.pattern.term in clear)
    ]
    return kept, met | {span.pattern.term for span in kept}, list(blanked)


def _outside(found: _Finds, blanked: dict[str, None]) -> Iterator[Span]:
    """The matches that touch nothing the operator excludes; fills in what took others out."""
    outs = [span for span in found.excluded if span.role in ("name", "place")]
    for span in found.spans:
        over = [out for out in outs if out.start < span.end and span.start < out.end]
        blanked.update((out.pattern.label, None) for out in over if span.role != "not")
        if not over:
            yield span


def _precedence(span: Span) -> tuple[int, int, bool, int]:
    return span.start, -span.end, not span.pattern.own, _FIRST[span.role]
