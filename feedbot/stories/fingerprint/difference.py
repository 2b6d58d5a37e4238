"""What a revision changed, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from ...model import Article, WordChange

AROUND = 3  # words of context on each side
MOST_CHANGES = 40  # changes that are kept; after that the text is another one
MOST_WORDS = 4000  # words that are compared
LONGEST_CHANGE = 1000  # characters of a change that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that reads otherwise. `words` counts the words added and taken out."""

    title: bool
    words: int
    changes: tuple[WordChange, ...]


def difference(old: Article, new: Article) -> Difference:
    """What changed between two states of one article, as its readers see it."""
    a, b = old.text.split()[:MOST_WORDS], new.text.split()[:MOST_WORDS]
    places = _unlike(a, b)
    changes = [
        WordChange(
            before=_shown(a[max(i - AROUND, 0) : i]),
            old=_shown(a[i:j]),
            new=_shown(b[k:m]),
            after=_shown(a[j : j + AROUND]),
        )
        for i, j, k, m in places[:MOST_CHANGES]
    ]
    return Difference(
        title=old.title != new.title,
        words=sum(j - i + m - k for i, j, k, m in places),
        changes=tuple(changes),
    )


def unlike(a: Sequence[str], b: Sequence[str]) -> list[tuple[Sequence[str], Sequence[str]]]:
    """The places where two texts of words differ, as what stood and what stands there.

    Of texts that are longer than MOST_WORDS, all that follows is one place.
    """
    found = [(a[i:j], b[k:m]) for i, j, k, m in _unlike(a[:MOST_WORDS], b[:MOST_WORDS])]
    rest = (a[MOST_WORDS:], b[MOST_WORDS:])
    return found if rest[0] == rest[1] else [*found, rest]


def _unlike(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int, int]]:
    return [
        (op.src_start, op.src_end, op.dest_start, op.dest_end)
        for op in Levenshtein.opcodes(a, b)
        if op.tag != "equal"
    ]


def _shown(words: Sequence[str]) -> str:
    return " ".join(words)[:LONGEST_CHANGE]
