"""Phrases to look for in a text, all in one pass, with what each means to its terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

import ahocorasick

Use = TypeVar("Use")
Meaning = TypeVar("Meaning")


class Lexicon(Generic[Use, Meaning]):
    """Phrases with their uses; what a use means is made when a text first has the phrase.

    Most of the tens of thousands of phrases of a language are in no text at all.
    """

    def __init__(
        self, phrases: Mapping[str, Sequence[Use]], meaning: Callable[[Use], Meaning]
    ) -> None:
        self._phrases = phrases
        self._meaning = meaning
        self._known: dict[str, list[Meaning]] = {}
        self._automaton = ahocorasick.Automaton()
        for phrase in phrases:
            self._automaton.add_word(phrase, phrase)
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[tuple[int, int, list[Meaning]]]:
        """(start, end, meanings) of every phrase in a text, by their ends."""
        if not self._phrases:
            return
        for last, phrase in self._automaton.iter(text):
            meanings = self._known.get(phrase)
            if meanings is None:
                meanings = self._known[phrase] = list(map(self._meaning, self._phrases[phrase]))
            yield last - len(phrase) + 1, last + 1, meanings
