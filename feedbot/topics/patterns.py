"""What the terms of all topics look for, as one set of phrases."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from ..languages.detection import everywhere, function_words
from ..languages.fold import fold, plain
from ..model import Topic
from ..terms import Term, countries, parse_term, themes
from ..terms.countries import Phrase
from .lexicon import Lexicon
from .points import DEFAULT_THRESHOLD
from .route import Pattern, Router, Rule
from .text import MARK, Text, mark

WEIGHTS = {3: 1.0, 2: 0.4, 1: 0.15}  # of a word of a theme, by what its file says
Use = tuple[int, Phrase]  # the number of a term, and one of its phrases
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
        rivals = book.rivals()
        own = Lexicon(book.own, _as_written)
        return Router(rules, book.terms, book.users, book.filings, own, book.shipped, rivals)


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


def _as_written(pattern: Pattern) -> Pattern:
    return pattern


class _Book:
    """Gathers the terms of all topics, each once."""

    def __init__(self, leaders: Mapping[str, Sequence[str]]) -> None:
        self.terms: list[str] = []
        self.users: list[list[tuple[int, bool]]] = []
        self.filings: dict[tuple[str, str], int] = {}
        self.own: dict[str, list[Pattern]] = {}
        self._known: list[Term] = []  # in the order of their numbers
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

    def rivals(self) -> frozenset[int]:
        """The numbers of all themes, since each is seen beside the others; none if none is used."""
        if not any(term.kind == "theme" for term in self._known):
            return frozenset()
        return frozenset(
            self._number(parse_term(f"theme:{name}")) for name in sorted(themes.names())
        )

    def shipped(self, language: str) -> Lexicon[Use, Pattern]:
        """What ships for the terms of all topics in one language."""
        found: defaultdict[str, list[Use]] = defaultdict(list)
        if language not in countries.languages():
            return Lexicon(found, self._meaning)
        key = mark if countries.is_apart(language) else _unmarked
        folded = countries.folded
        with _collector_paused():
            for number, term in enumerate(self._known):
                for phrase in _phrases(term, language, self._leaders):
                    found[key(folded(phrase.text))].append((number, phrase))
                for word in themes.words(term.text, language) if term.kind == "theme" else ():
                    weight, figurative = WEIGHTS[word.weight], word.figurative
                    weighted = Phrase(
                        word.text, "name", "theme", weight=weight, figurative=figurative
                    )
                    found[_starred(word.text)].append((number, weighted))
            return Lexicon(found, partial(self._meaning, small=countries.writes_small(language)))

    def _meaning(self, use: Use, *, small: bool = False) -> Pattern:
        number, phrase = use
        if phrase.kind == "theme":
            return Pattern(
                number,
                phrase.text,
                kind="theme",
                own=False,
                exact=_exact(phrase.text),
                weight=phrase.weight,
                figurative=phrase.figurative,
            )
        return _shipped(phrase, number, self._known[number].text, small=small)

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
            self._known.append(term)
            self._look_for(term, number, written)
        return number

    def _look_for(self, term: Term, number: int, written: str) -> None:
        if term.kind in ("phrase", "prefix"):
            key = mark(fold(term.text))
            own = _own(term, number, written)
            self.own.setdefault(
                key if term.kind == "phrase" else key.removesuffix(MARK), []
            ).append(own)
        elif term.kind in ("section", "source", "everything"):
            self.filings[term.kind, fold(term.text)] = number


class Cased(NamedTuple):
    """A common word that counts only as it is written here: Van is a town, WHO an organisation."""

    key: str  # folded and marked
    exact: str  # plain and marked; "" where a capital is enough

    def is_in(self, text: Text) -> bool:
        """Whether a text has it so."""
        if self.exact:
            return self.exact in text.plain
        return text.folded.count(self.key) > text.plain.count(self.key)


class Needed(NamedTuple):
    """What a text must have one of to match a term."""

    phrases: list[str]  # folded, that an index tells
    cased: list[Cased]  # that only the text tells: nearly every text has the word


def needed(term: Term, language: str, leaders: Mapping[str, Sequence[str]] = {}) -> Needed | None:
    """What a text in a language needs to match a word, a country or a region.

    None if there is no such list: for other terms, and for names where no spaces part the words.
    """
    if term.kind in ("phrase", "prefix"):
        common = everywhere() if term.kind == "phrase" else frozenset[str]()
        return _needed([(term.text, _own(term, 0, ""))], common)
    if term.kind not in ("country", "region") or not countries.is_apart(language):
        return None
    if language not in countries.languages():
        return Needed([], [])
    phrases = _phrases(term, language, leaders)
    shipped = ((countries.folded(one.text), _shipped(one, 0, "", small=False)) for one in phrases)
    return _needed(shipped, function_words().get(language, frozenset()))


def _needed(patterns: Iterable[tuple[str, Pattern]], common: Set[str]) -> Needed:
    found = Needed([], [])
    for text, pattern in patterns:
        if (pattern.exact or pattern.capital) and (folded := fold(text)) in common:
            found.cased.append(Cased(mark(folded), pattern.exact))
        else:
            found.phrases.append(text)
    return found


def _phrases(term: Term, language: str, leaders: Mapping[str, Sequence[str]]) -> Iterable[Phrase]:
    """What ships for a term in a language; the words of themes are kept elsewhere."""
    match term.kind:
        case "phrase" | "prefix":
            return countries.exclusions(fold(term.text), language)
        case "country":
            return _country(term.text, language, leaders.get(term.text))
        case "region":
            return countries.region_phrases(term.text, language)
    return ()


def _country(code: str, language: str, named: Sequence[str] | None) -> Iterable[Phrase]:
    """What names a country, with the leaders that the operator names, or those that ship."""
    if named is None:
        return countries.phrases(code, language) + countries.leaders(code, language)
    return countries.phrases(code, language) + countries.named_leaders(named, language)


def _starred(text: str) -> str:
    """The key of a word that may begin and end with `*`."""
    key = mark(fold(text.strip("*")))
    key = key.removesuffix(MARK) if text.endswith("*") else key
    return key.removeprefix(MARK) if text.startswith("*") else key


def _unmarked(text: str) -> str:
    return text


def _own(term: Term, number: int, written: str) -> Pattern:
    exact = _exact(term.text)
    if term.kind == "prefix":
        return Pattern(number, written, exact=exact.removesuffix(MARK))
    capital, adjective = _needs_capital(term.text), countries.is_adjective(fold(term.text))
    return Pattern(number, written, exact=exact, capital=capital, describes=adjective)


def _shipped(phrase: Phrase, number: int, place: str, *, small: bool) -> Pattern:
    return Pattern(
        number,
        phrase.text,
        phrase.role,
        phrase.kind,
        own=False,
        exact=_exact(phrase.text),
        capital=phrase.capital or _needs_capital(phrase.text) or _is_proper(phrase),
        office=phrase.office,
        describes=phrase.describes,
        weight=phrase.weight,
        home=phrase.home,
        place=place,
        shared=phrase.shared and phrase.kind == "town",
        small=small and phrase.kind == "adjective",
    )


def _exact(text: str) -> str:
    """What the text must read where the case of every letter counts; "" where it does not."""
    return mark(plain(text)) if text.isupper() else ""


def _is_proper(phrase: Phrase) -> bool:
    """Whether a phrase names a country, and is another word without its capital: peru, a turkey."""
    return phrase.kind == "name" and phrase.role == "name" and phrase.text[:1].isupper()


def _needs_capital(text: str) -> bool:
    return len(text) <= _SHORT and text[0].isupper()
