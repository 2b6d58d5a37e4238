"""Two articles side by side: copies, parts of one another, or only alike.

No threshold of similarity can tell an edited copy from a templated look-alike (a weather report,
a match result): measured, different ones share more than true copies do. So the texts are aligned,
and what stands in the gaps decides: where one number, name or day became another, again and again,
it is the same form filled in anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from rapidfuzz.distance import LCSseq

from ..model import Article
from .sketch import LEAD_WORDS, SHORTEST, shingles
from .words import MONTHS_AND_DAYS, canonical_words, facts

Kind = Literal["same", "part", "fuller", "related", "template", "none"]

SLOT = 4  # words; the longest gap that can be a filled-in place
TEMPLATE_SLOTS = 2  # so many filled-in places …
TEMPLATE_SHARE = (
    0.25  # … among the facts that stand in both; edits reach 0.11, templates begin at .50
)
SAME_FACTS = 0.55  # share of the smaller text's facts that a copy keeps
ALIKE = 0.80  # resemblance above which facts need not decide
LONGER = 1.8  # times: from here on one is a part of the other
PART = 0.80  # of the part that stands in the whole, in order
PART_LEAD = 0.75  # of its beginning that stands at the beginning of the whole
SAME = 0.62  # of the shorter that stands in the longer, in order
SAME_LEAD = 0.50
CONTAINED = 0.62  # of the shorter's triples, in whatever order
RELATED = 0.25
QUOTE = 14  # words; a shorter beginning proves nothing
LONGEST = 4000  # words that are aligned; beyond, a text is compared by its beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How the first article stands to the second, and what that rests on."""

    kind: Kind
    resemblance: float = 0.0  # Jaccard of word triples
    containment: float = 0.0  # of the smaller
    aligned: float = 0.0  # of the shorter, in order
    lead: float = 0.0
    slots: int = 0


class Words:
    """An article's words, with what is computed of them once."""

    def __init__(self, article: Article) -> None:
        self.all = canonical_words(article)[:LONGEST]
        self._article = article

    @cached_property
    def shingles(self) -> set[int]:
        """Of the whole text."""
        return shingles(self.all)

    @cached_property
    def facts(self) -> frozenset[str]:
        """Names, numbers and days."""
        return frozenset(facts(self._article))


def relation(one: Article, other: Article) -> Relation:
    """How `one` stands to `other`: "part" if it is a part of it, "fuller" the other way round."""
    a, b = Words(one), Words(other)
    if a.all == b.all:
        equal = Relation(kind="same", resemblance=1, containment=1, aligned=1, lead=1)
        return equal if a.all else Relation(kind="none")
    short, long = (a, b) if len(a.all) <= len(b.all) else (b, a)
    if len(short.all) < QUOTE:
        return Relation(kind="none")
    shared = len(short.shingles & long.shingles)
    containment = shared / max(min(len(short.shingles), len(long.shingles)), 1)
    if containment < 0.05:
        return Relation(kind="none", containment=containment)
    found = Relation(
        kind="none",
        resemblance=shared / max(len(short.shingles | long.shingles), 1),
        containment=containment,
        aligned=LCSseq.similarity(short.all, long.all) / len(short.all),
        lead=_lead(short.all, long.all),
    )
    return _judge(found, short, long, "part" if short is a else "fuller")


def _lead(short: Sequence[str], long: Sequence[str]) -> float:
    head = short[:LEAD_WORDS]
    return LCSseq.similarity(head, long[: 2 * LEAD_WORDS]) / max(len(head), 1)


def _judge(found: Relation, short: Words, long: Words, part: Kind) -> Relation:
    if len(short.all) < SHORTEST:
        verbatim = found.lead >= 0.9 and found.containment >= 0.8
        return replace(found, kind=part if verbatim else "none")
    slots, kept = _slots(short, long)
    found = replace(found, slots=slots)
    distant: Kind = "related" if found.containment >= RELATED else "none"
    if slots >= TEMPLATE_SLOTS and slots / (slots + kept) >= TEMPLATE_SHARE:
        return replace(found, kind="template")
    shared_facts = len(short.facts & long.facts) / max(len(short.facts), 1)
    if shared_facts < SAME_FACTS and found.resemblance < ALIKE and short.facts:
        return replace(found, kind=distant)
    if len(long.all) >= LONGER * len(short.all):
        is_part = found.aligned >= PART and found.lead >= PART_LEAD
        return replace(found, kind=part if is_part else distant)
    in_order = found.aligned >= SAME and found.lead >= SAME_LEAD
    same = in_order or found.containment >= CONTAINED
    return replace(found, kind="same" if same else distant)


def _slots(short: Words, long: Words) -> tuple[int, int]:
    """Places where a fact became another of its kind, and facts that stand in both texts."""
    salient = short.facts | long.facts
    slots = kept = x = y = 0
    for block in LCSseq.opcodes(short.all, long.all).as_matching_blocks():
        gap_a, gap_b = short.all[x : block.a], long.all[y : block.b]
        if 0 < len(gap_a) <= SLOT and 0 < len(gap_b) <= SLOT:
            slots += _filled_anew(gap_a, gap_b, salient)
        kept += sum(1 for word in short.all[block.a : block.a + block.size] if word in salient)
        x, y = block.a + block.size, block.b + block.size
    return slots, kept


def _filled_anew(a: Sequence[str], b: Sequence[str], salient: frozenset[str]) -> bool:
    return any(
        _kind(x) == _kind(y) and x != y for x in a if x in salient for y in b if y in salient
    )


def _kind(word: str) -> str:
    if word[-1].isdigit():
        return "number"
    return "day" if word in MONTHS_AND_DAYS else "name"
