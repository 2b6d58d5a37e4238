"""What a revision changed, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from ..model import Article

AROUND = 3  # words of context on each side
MOST = 40  # changes that are kept; after that the text is another one
LONGEST = 4000  # words that are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One place that reads otherwise; `before` and `after` are the words around it."""

    before: str
    old: str
    new: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that reads otherwise. `words` counts the words added and taken out."""

    title: bool
    words: int
    changes: tuple[Change, ...]


def difference(old: Article, new: Article) -> Difference:
    """What changed between two states of one article, as its readers see it."""
    a, b = old.text.split()[:LONGEST], new.text.split()[:LONGEST]
    changes = [
        Change(
            before=" ".join(a[max(op.src_start - AROUND, 0) : op.src_start]),
            old=" ".join(a[op.src_start : op.src_end]),
            new=" ".join(b[op.dest_start : op.dest_end]),
            after=" ".join(a[op.src_end : op.src_end + AROUND]),
        )
        for op in Levenshtein.opcodes(a, b)
        if op.tag != "equal"
    ]
    words = sum(len(change.old.split()) + len(change.new.split()) for change in changes)
    return Difference(title=old.title != new.title, words=words, changes=tuple(changes[:MOST]))


def unlike(a: Sequence[str], b: Sequence[str]) -> list[tuple[Sequence[str], Sequence[str]]]:
    """The places where two sequences of words differ, as what stood and what stands there."""
    return [
        (a[op.src_start : op.src_end], b[op.dest_start : op.dest_end])
        for op in Levenshtein.opcodes(a, b)
        if op.tag != "equal"
    ]
