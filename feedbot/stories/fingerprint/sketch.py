"""The sketch: a few hashes that near duplicates share.

Bottom-k sampling of word triples (Broder 1997): the k smallest hashes of a text are a sample of it
that copies share, whatever their length. Three samples, because copies are cut and templates alike:
of the whole body, of its beginning (a lead-only copy is in it), and of the sequence of facts (where
the wording is a template's, names and numbers are not).
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nsmallest

from xxhash import xxh3_64_intdigest

from .tokens import Tokens

WHOLE = 16  # rows; with these three sizes a story's rows take about 630 bytes of database
LEAD = 16
FACTS = 8
LEAD_WORDS = 60  # what a teaser holds
SHINGLE = 3  # words
FEWEST_WORDS = (
    25  # words; shorter texts (a paywall's stub, a caption) are alike without being copies
)


def rows(words: Tokens) -> tuple[int, ...]:
    """What is stored with a story."""
    if words.size < FEWEST_WORDS:
        return ()
    kept = set(nsmallest(WHOLE, shingles(words.all)))
    kept |= set(nsmallest(LEAD, shingles(words.all[:LEAD_WORDS])))
    kept |= set(nsmallest(FACTS, shingles(words.facts, salt="facts")))
    return tuple(sorted(kept))


def query(words: Tokens) -> tuple[int, ...]:
    """What is looked up: the rows, and every triple of the beginning, so that a single sentence
    finds the text that it was taken from."""
    if words.size < FEWEST_WORDS:
        return ()
    return tuple(sorted({*rows(words), *shingles(words.all[:LEAD_WORDS])}))


def shingles(words: Sequence[str], salt: str = "") -> set[int]:
    """Hashes of 48 bits of every three words in a row: 6-byte integers in SQLite."""
    return {
        xxh3_64_intdigest(" ".join((salt, *words[i : i + SHINGLE])).encode("utf-8", "replace"))
        >> 16
        for i in range(len(words) - SHINGLE + 1)
    }
