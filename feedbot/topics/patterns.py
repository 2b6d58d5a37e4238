"""What the terms of all topics look for, as one set of phrases."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from ..languages.fold import fold, plain
from ..model import Topic
from . import countries
from .countries import Phrase
from .route import DEFAULT_THRESHOLD, MARK, Pattern, Router, Rule, mark
from .terms import Term, parse_term

_SHORT = 3  # letters up to which a capital counts: Xi, Rus and Fed are words or parts without it


def compile_topics(
    topics: Sequence[Topic],
    leaders: Mapping[str, Sequence[str]] = {},
) -> Router:
    """The router of these topics. Raises TermError for a term that cannot be meant.

    `leaders` replaces, per ISO code, the heads of state and government that feedbot ships.
    """
    with _collector_paused():
        book = _Book(leaders)
        rules = [book.rule(index, topic) for index, topic in enumerate(topics)]
        return Router(rules, book.terms, book.users, book.filings, book.patterns)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Nothing here is garbage, but looking for it among 200,000 patterns costs 40 % of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Book:
    """Gathers the terms of all topics, each once."""

    def __init__(self, leaders: Mapping[str, Sequence[str]]) -> None:
        self.terms: list[str] = []
        self.users: list[list[tuple[int, bool]]] = []
        self.filings: dict[tuple[str, str], int] = {}
        self.patterns: dict[str, list[Pattern]] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._leaders = leaders

    def rule(self, index: int, topic: Topic) -> Rule:
        """Numbers the terms of a topic; one that names sections or sources only takes all."""
        wanted = topic.any
        if not topic.any and not topic.all and (topic.sections or topic.sources):
            wanted = ("*",)
        self._use(index, topic.veto, veto=True)
        return Rule(
            topic=topic,
            threshold=DEFAULT_THRESHOLD if topic.threshold is None else topic.threshold,
            any=self._use(index, wanted),
            all=self._use(index, topic.all),
            sections=frozenset(map(fold, topic.sections)),
            sources=frozenset(map(fold, topic.sources)),
        )

    def _use(self, rule: int, texts: Sequence[str], *, veto: bool = False) -> frozenset[int]:
        """The numbers of the terms that are wanted; the others are noted as excluded."""
        wanted = set()
        for text in texts:
            term = parse_term(text)
            negative = veto or term.negative
            number = self._number(term)
            self.users[number].append((rule, negative))
            if not negative:
                wanted.add(number)
        return frozenset(wanted)

    def _number(self, term: Term) -> int:
        key = term.kind, term.text
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.terms)
            written = str(term).removeprefix("-")
            self.terms.append(written)
            self.users.append([])
            self._look_for(term, number, written)
        return number

    def _look_for(self, term: Term, number: int, written: str) -> None:
        match term.kind:
            case "phrase" | "prefix":
                folded = fold(term.text)
                key = mark(folded)
                self._add(
                    key if term.kind == "phrase" else key.removesuffix(MARK),
                    _own(term, number, written),
                )
                for phrase in countries.exclusions(folded):
                    self._add(mark(fold(phrase.text)), _shipped(phrase, number))
            case "country":
                for phrase in self._country(term.text):
                    self._add(mark(fold(phrase.text)), _shipped(phrase, number))
            case _:
                self.filings[term.kind, fold(term.text)] = number

    def _country(self, code: str) -> tuple[Phrase, ...]:
        named = self._leaders.get(code)
        leaders = countries.leaders(code) if named is None else countries.named_leaders(named)
        return countries.phrases(code) + leaders

    def _add(self, key: str, pattern: Pattern) -> None:
        self.patterns.setdefault(key, []).append(pattern)


def _own(term: Term, number: int, written: str) -> Pattern:
    exact = _exact(term.text)
    if term.kind == "prefix":
        return Pattern(number, written, exact=exact.removesuffix(MARK))
    capital, adjective = _needs_capital(term.text), countries.is_adjective(fold(term.text))
    return Pattern(number, written, exact=exact, capital=capital, adjective=adjective)


def _shipped(phrase: Phrase, number: int) -> Pattern:
    return Pattern(
        number,
        phrase.text,
        phrase.role,
        own=False,
        language=phrase.language,
        exact=_exact(phrase.text),
        capital=phrase.capital or _needs_capital(phrase.text),
        office=phrase.office,
        adjective=phrase.adjective,
    )


def _exact(text: str) -> str:
    """What the text must read where the case of every letter counts; "" where it does not."""
    return mark(plain(text)) if text.isupper() else ""


def _needs_capital(text: str) -> bool:
    return len(text) <= _SHORT and text[0].isupper()
