"""One article, all topics: find the terms, take out what is excluded, add up the points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from ..languages.fold import fold
from ..model import Article, Evidence, Routing, Topic, Where
from ..terms.countries import Kind, Office, Role, is_thing
from .context import (
    Bounds,
    acts,
    elsewhere,
    family_name,
    fights,
    follows_article,
    goes_on,
    is_alone,
    is_before_name,
    is_capital_inside,
    is_common,
    is_joined,
    is_namesake,
    is_place,
    is_scene,
    is_scene_anywhere,
    is_small_elsewhere,
    is_within_katakana,
    names_another_country,
    person,
    thing,
    titled,
)
from .lexicon import Lexicon
from .points import BRIEF, ENDING, MORE, SHARE, STRONG, TELLING, Match, alike, points
from .text import MARK, Text, read

_SURNAMES: frozenset[Kind] = frozenset(
    ("name", "adjective", "people", "seat", "place", "town", "leader")
)
_CLEAR: frozenset[Role] = frozenset(("name", "place"))
_LEAD: frozenset[Where] = frozenset(("opening", "lead"))
TOGETHER = 3  # different words with other meanings that make one another clear
_ORDER: tuple[Role, ...] = ("not", "name", "place", "ambiguous")  # of equal bounds


class Pattern(NamedTuple):
    """One phrase as one term uses it."""

    term: int
    label: str
    role: Role = "name"
    kind: Kind = "name"
    own: bool = True  # the operator's, which win over the table's
    exact: str = ""  # plain and marked, where the case counts
    capital: bool = False
    office: Office | None = None
    describes: bool = False  # means nothing beside a thing: Turkish, Vienna
    weight: float = 1.0
    home: bool = False
    place: str = ""  # the region or the country that a town is in
    small: bool = False  # with a capital inside a sentence it is a surname
    figurative: bool = False  # alone, it tells a theme only where a country is named
    shared: bool = False  # a city abroad is called so too


Words = Lexicon[Any, Pattern]


class Span(NamedTuple):
    """One place of the text where a pattern matched."""

    start: int
    end: int
    where: Where
    pattern: Pattern
    role: Role
    surname: str = ""  # the word of a country that is a surname in this article

    def touches(self, other: Span) -> bool:
        """Whether the two have a character in common."""
        return self.start < other.end and other.start < self.end


class Rule(NamedTuple):
    """A topic in numbers of its terms."""

    topic: Topic
    threshold: float
    any: frozenset[int]
    all: frozenset[int]
    sections: frozenset[str]
    sources: frozenset[str]

    @property
    def asks(self) -> bool:
        """Whether it asks for anything, whatever the points."""
        return bool(self.all or self.sections or self.sources)


class Router:
    """All topics, compiled; made by `compile_topics`.

    The operator's words are looked for in every text, those that ship in the text's language only:
    `shipped` is asked for them when the first text in a language comes.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        terms: Sequence[str],
        users: Sequence[Sequence[tuple[int, bool]]],
        filings: Mapping[tuple[str, str], int],
        own: Words,
        shipped: Callable[[str], Words],
        rivals: Set[int],
    ) -> None:
        self._rules = rules
        self._terms = terms
        self._users = users  # per term: the rules that use it, and whether they exclude it
        self._filings = filings
        self._own = own
        self._shipped = shipped
        self._rivals = rivals  # the themes, which are seen beside one another
        self._by_language: dict[str, Words] = {}

    def route(
        self, article: Article, source: str, text: Text | None = None, also: Collection[str] = ()
    ) -> tuple[Routing, ...]:
        """Every topic that the article has a word of, counted or blanked, in their order.

        With its `text`, which takes longest to make, only its sections are read. `also` are the
        other sources that list it.
        """
        text = text or read(article)
        sources = frozenset(map(fold, (source, *also)))
        finds = self._finds(article, sources, text)
        own = sources, frozenset(map(fold, article.sections))
        routings = (
            self._judge(self._rules[rule], finds[rule], text, *own) for rule in sorted(finds)
        )
        return tuple(routing for routing in routings if routing.score > 0 or routing.blanked)

    def topics_of(
        self, article: Article, source: str, also: Collection[str] = ()
    ) -> dict[str, tuple[Evidence, ...]]:
        """The slugs of the topics that take the article, with the evidence of each."""
        routings = self.route(article, source, also=also)
        return {to.topic: to.evidence for to in routings if to.routed}

    def asks_for(self, source: str) -> bool:
        """Whether it matters to any topic which source lists an article."""
        name = fold(source)
        return ("source", name) in self._filings or any(name in one.sources for one in self._rules)

    def _finds(
        self, article: Article, sources: Collection[str], text: Text
    ) -> Mapping[int, _Finds]:
        """What the article holds for each topic that it has anything of."""
        finds: defaultdict[int, _Finds] = defaultdict(_Finds)
        spans = list(self._spans(text))
        faint = self._faint(spans, text) if self._rivals else {}
        for span in spans:
            term = span.pattern.term
            for rule, negative in self._users[term]:
                found = finds[rule]
                if negative:
                    found.excluded.append(span)
                elif term in faint:
                    found.faint[f"{self._terms[term]} {faint[term]}"] = None
                else:
                    found.spans.append(span)
        for term, where in self._filed(article, sources):
            for rule, negative in self._users[term]:
                (finds[rule].refused if negative else finds[rule].filed)[term] = where
        return finds

    def _spans(self, text: Text) -> Iterator[Span]:
        """Every match of every pattern that counts in this text, nested ones too."""
        for words in (self._own, self._of_language(text.language)):
            for start, end, patterns in words.find(text.folded):
                for pattern in patterns:
                    if role := _counts(pattern, text, start, end):
                        span = Span(start, end, text.where(start), pattern, role)
                        yield span
                        if pattern.kind != "theme" and (not pattern.own or pattern.describes):
                            yield from wholes(span, text)

    def _faint(self, spans: Iterable[Span], text: Text) -> Mapping[int, str]:
        """The themes that one word alone tells here, or another one outweighs, with the reason."""
        told: defaultdict[int, list[Span]] = defaultdict(list)
        for span in spans:
            if span.pattern.term in self._rivals:
                told[span.pattern.term].append(span)
        single = {term for term, found in told.items() if _is_one_word(found, text)}
        if single == told.keys():  # no theme is told by more: a word that returns may tell one
            single = {term for term in single if not _returns(told[term], text)}
        faint = dict.fromkeys(single, "by one word")
        strengths = {
            term: sum([each.points for each in self._evidence(found, text)])
            for term, found in told.items()
            if term not in faint
        }
        if len(strengths) > 1:
            first = max(strengths, key=strengths.__getitem__)
            side = [term for term in strengths if strengths[term] < SHARE * strengths[first]]
            faint |= dict.fromkeys(side, f"beside {self._terms[first]}")
        return faint

    def _of_language(self, language: str) -> Words:
        """What ships in a language."""
        if language not in self._by_language:
            self._by_language[language] = self._shipped(language)
        return self._by_language[language]

    def _filed(self, article: Article, sources: Collection[str]) -> Iterator[tuple[int, Where]]:
        """The terms that the article meets as a whole."""
        keys: list[tuple[str, str, Where]] = [("everything", "", "article")]
        keys += [("section", fold(section), "section") for section in article.sections]
        keys += [("source", source, "source") for source in sorted(sources)]
        for kind, name, where in keys:
            if (term := self._filings.get((kind, name))) is not None:
                yield term, where

    def _judge(
        self, rule: Rule, finds: _Finds, text: Text, sources: Set[str], sections: frozenset[str]
    ) -> Routing:
        kept, met, blanked = _resolve(finds)
        evidence = points([self._match(span, text) for span in kept], text.length)
        blanked += finds.faint
        if finds.filed:
            filed = (self._filing(term, where, rule) for term, where in finds.filed.items())
            evidence = [*filed, *evidence]
            met |= finds.filed.keys()
        score = sum([each.points for each in evidence])
        lacking = tuple(self._lacking(rule, met, sources, sections)) if rule.asks else ()
        if finds.refused:
            blanked += [f"-{self._terms[term]}" for term in finds.refused]
        return Routing(
            topic=rule.topic.slug,
            score=score,
            threshold=rule.threshold,
            routed=score >= rule.threshold and not lacking and not finds.refused,
            evidence=tuple(evidence),
            blanked=tuple(blanked),
            lacking=lacking,
        )

    def _evidence(self, spans: list[Span], text: Text) -> list[Evidence]:
        """What spans that are alone in a topic are worth."""
        kept = _resolve(_Finds(spans=spans))[0]
        return points([self._match(span, text) for span in kept], text.length)

    def _match(self, span: Span, text: Text) -> Match:
        pattern = span.pattern
        term = self._terms[pattern.term]
        dated = span.where == "dateline"
        acting, fighting = _does(span, text)
        return Match(
            span.where,
            pattern.label,
            "" if pattern.label == term else term,
            span.role,
            pattern.kind,
            pattern.weight,
            pattern.own,
            pattern.home,
            acts=acting,
            fights=fighting,
            hosts=dated and is_thing(fold(pattern.label), text.language, "hosts"),
            alone=dated and is_alone(text, span.start, span.end, pattern.place),
        )

    def _filing(self, term: int, where: Where, rule: Rule) -> Evidence:
        """What the article meets as a whole is enough."""
        return Evidence(term=self._terms[term], where=where, count=1, points=rule.threshold)

    def _lacking(
        self, rule: Rule, met: set[int], sources: Set[str], sections: frozenset[str]
    ) -> Iterator[str]:
        """What a rule asks for, whatever the points, and the article has not."""
        yield from sorted(self._terms[term] for term in rule.all - met)
        if rule.all and rule.any and not rule.any & met:
            yield " or ".join(rule.topic.any)
        if rule.sections and not rule.sections & sections:
            yield "section " + " or ".join(rule.topic.sections)
        if rule.sources and not rule.sources & sources:
            yield "source " + " or ".join(rule.topic.sources)


@dataclass(slots=True)
class _Finds:
    """What one article holds for one topic, before anything is taken out."""

    spans: list[Span] = field(default_factory=list)
    excluded: list[Span] = field(default_factory=list)
    faint: dict[str, None] = field(default_factory=dict)  # themes that do not count, and why
    filed: dict[int, Where] = field(default_factory=dict)
    refused: dict[int, Where] = field(default_factory=dict)


def _does(span: Span, text: Text) -> tuple[bool, bool]:
    """Whether what ships is said to act or to be the scene where that matters, and to fight late:
    in the first sentence, and in the rest of a brief article."""
    late = span.where == "body" and text.length <= BRIEF
    pattern = span.pattern
    if pattern.own or pattern.kind == "theme" or not (late or span.where == "opening"):
        return False, False
    here = text, span.start, span.end, pattern.kind
    return acts(*here), late and fights(*here)


def _is_one_word(spans: Sequence[Span], text: Text) -> bool:
    """Whether one word alone tells a theme: it may always be there for something else.

    Two words with one beginning are two if they are compounds: klimaattop, klimaatakkoord.
    """
    telling = [span for span in spans if span.pattern.weight >= TELLING]
    if len({alike(span.pattern.label) for span in telling}) != 1:
        return not telling
    return not _are_compounds([span for span in telling if span.pattern.weight >= STRONG], text)


def _are_compounds(spans: Sequence[Span], text: Text) -> bool:
    """Whether words with one beginning are several words rather than forms of one."""
    words = {text.word(span.start) for span in spans}
    if len(words) < 2:
        return False
    first, last = min(words), max(words)
    stem = next((at for at, sign in enumerate(first) if last[at] != sign), len(first))
    return any(len(word) - stem > ENDING for word in words)


def _returns(spans: Sequence[Span], text: Text) -> bool:
    """Whether a strong word that stands in the title stands in the lead too."""
    abroad = names_another_country(text)
    where = {
        span.where
        for span in spans
        if span.pattern.weight >= STRONG
        and (abroad or not span.pattern.figurative)
        and len(text.word(span.start)) <= len(span.pattern.label.strip("*")) + MORE
    }
    return "title" in where and not where.isdisjoint(_LEAD)


def _counts(pattern: Pattern, text: Text, start: int, end: int) -> Role | None:
    """What a match is worth here; None if it is none in this case."""
    if not _is_written_so(pattern, text, start, end) or _is_a_part(pattern, text, start, end):
        return None
    if pattern.office:
        return _of_leader(pattern.office, pattern.role, text.day)
    if _is_doubtful(pattern, text, start, end):
        return "ambiguous"
    if pattern.kind == "name" and pattern.role == "ordinary":
        return "name" if is_scene(text, start, end) else "ambiguous"
    if _may_be_a_word(pattern, text, start, end):
        return "place" if is_place(text, start, end) else "ambiguous"
    return pattern.role


def _is_doubtful(pattern: Pattern, text: Text, start: int, end: int) -> bool:
    """Whether what stands here may be a surname, a common word, a part of a name or a namesake."""
    if pattern.kind == "name":
        return pattern.capital and is_common(text, start, end)
    if pattern.kind == "place" and pattern.role == "place":
        return goes_on(text, end)
    if pattern.shared:
        return is_namesake(text, start, end, pattern.place)
    return pattern.small and is_capital_inside(text, start)


def _is_a_part(pattern: Pattern, text: Text, start: int, end: int) -> bool:
    """Whether a match is only a part of a longer name."""
    if pattern.kind == "town" and is_joined(text, start, end):
        return True
    return is_within_katakana(text, start, end)


def _may_be_a_word(pattern: Pattern, text: Text, start: int, end: int) -> bool:
    """Whether a match may be another word: a dictionary says so, or the text does of a town."""
    if pattern.kind == "town" and pattern.role == "name":
        return is_before_name(text, end)  # Zeeland Blue is an oil
    if pattern.kind != "town" or pattern.role != "place":
        return pattern.role == "ordinary"
    return (
        follows_article(text, start)
        or is_small_elsewhere(text, start, end)
        or is_before_name(text, end)
    )


def _is_written_so(pattern: Pattern, text: Text, start: int, end: int) -> bool:
    """Whether the case is right, where it counts, and the operator's words are in the text."""
    if pattern.own and text.where(start) in ("dateline", "section"):
        return False
    if pattern.exact and text.plain[start:end] != pattern.exact:
        return False
    return not pattern.capital or text.plain[start : start + 2].strip(MARK)[:1].isupper()


def _of_leader(office: Office, role: Role, day: date | None) -> Role:
    """A leader's name counts in full in office, half afterwards, and before it beside others."""
    if _in_office(office, day):
        return role
    after = role == "name" and day is not None and office.until is not None and day > office.until
    return office.after if after else "ambiguous"


def wholes(span: Span, text: Text) -> Iterator[Span]:
    """What a country's word is only a part of: Turkse pizza, café Moskou, Frank Polen."""
    if found := _thing(span, text) or _named(span, text):
        bounds, surname = found
        label = text.plain[bounds[0] : bounds[1]].replace(MARK, "")
        whole = span.pattern._replace(label=label, role="not", own=False)
        yield Span(*bounds, span.where, whole, "not", surname)


def _thing(span: Span, text: Text) -> tuple[Bounds, str] | None:
    """The bounds of a thing, and the name if the whole text means the thing by it: ship Zeeland."""
    pattern, bounds = span.pattern, (span.start, span.end)
    found = thing(text, *bounds, kind=pattern.kind, describes=pattern.describes)
    if not found:
        return None
    is_its_name = pattern.kind == "town" and found[0] < span.start
    return found, pattern.label if is_its_name and not is_scene_anywhere(text, *bounds) else ""


def _named(span: Span, text: Text) -> tuple[Bounds, str] | None:
    """The bounds of somebody, with the surname, of a work, or of a namesake of a town elsewhere."""
    pattern, bounds = span.pattern, (span.start, span.end)
    if pattern.kind in _SURNAMES:
        found = person(text, *bounds, pattern.kind) or family_name(text, *bounds, pattern.kind)
        if found:
            return found, pattern.label
    other = titled(text, *bounds)
    if not other and pattern.kind == "town":
        other = elsewhere(text, *bounds, pattern.place)
    return (other, "") if other else None


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
    kept = _clear(kept)
    return kept, met | {span.pattern.term for span in kept}, list(blanked)


def _clear(spans: list[Span]) -> list[Span]:
    """Without surnames, what is blanked, and ambiguous words that stand beside nothing clear."""
    spans = _without_surnames(spans)
    if all(span.role in _CLEAR for span in spans):
        return spans
    clear = {span.pattern.term for span in spans if span.role in _CLEAR} | _together(spans)
    return [span for span in spans if span.role != "ambiguous" or span.pattern.term in clear]


def _together(spans: Iterable[Span]) -> set[int]:
    """The terms of which so many different ambiguous words are here that all of them are meant."""
    words: defaultdict[int, set[str]] = defaultdict(set)
    for span in spans:
        if span.role == "ambiguous":
            words[span.pattern.term].add(alike(span.pattern.label))
    return {term for term, labels in words.items() if len(labels) >= TOGETHER}


def _without_surnames(spans: list[Span]) -> list[Span]:
    """Without what is blanked, and words that are surnames here, unless a leader has them."""
    names = [span for span in spans if span.role != "not"]
    surnames = {span.surname for span in spans if span.surname}
    if not surnames:
        return names
    labels = (span.pattern.label.rpartition(" ") for span in names)
    surnames -= {last for first, _, last in labels if first}
    return [span for span in names if span.pattern.label not in surnames]


def _outside(found: _Finds, blanked: dict[str, None]) -> Iterator[Span]:
    """The matches that touch nothing the operator excludes; fills in what took others out."""
    outs = [span for span in found.excluded if span.role in _CLEAR]
    if not outs:
        yield from found.spans
        return
    for span in found.spans:
        over = [out.pattern.label for out in outs if out.touches(span)]
        if not over:
            yield span
        elif span.role != "not":
            blanked.update(dict.fromkeys(over))


def _precedence(span: Span) -> tuple[int, int, bool, int]:
    # Donald Trump is a leader before he is somebody called like one.
    is_namesake = span.role == "not" and span.pattern.kind == "leader"
    rank = len(_ORDER) if is_namesake else _ORDER.index(span.role)
    return span.start, -span.end, not span.pattern.own, rank
