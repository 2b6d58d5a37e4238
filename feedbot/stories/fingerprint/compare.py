"""Two articles side by side: copies, parts of one another, or only alike.

No threshold of similarity can tell an edited copy from a templated look-alike (a weather report,
a match result): measured, different ones share more than true copies do. So the texts are aligned,
and what stands in the gaps decides: where one number, name or day became another, again and again,
it is the same form filled in anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz.distance import LCSseq

from .sketch import FEWEST_WORDS, LEAD_WORDS, shingles
from .tokens import Tokens, days_and_months

Kind = Literal["same", "part", "fuller", "related", "template", "none"]

SLOT = 4  # words; the longest gap that can be a filled-in place
TEMPLATE_SLOTS = 2  # so many filled-in places …
TEMPLATE_SHARE = 0.25  # … among the facts of both; edits reach 0.11, templates begin at 0.50
SAME_FACTS = (
    0.45  # share of the smaller text's facts that a copy keeps; a form filled anew keeps 0.3
)
ALIKE = 0.80  # resemblance above which facts need not decide
LONGER = 1.8  # times: from here on one is a part of the other
PART = 0.80  # of the part that stands in the whole, in order
PART_LEAD = 0.75  # of its beginning that stands at the beginning of the whole
SAME = 0.62  # of the shorter that stands in the longer, in order
SAME_LEAD = 0.50
CONTAINED = 0.62  # of the shorter's triples, in whatever order
RELATED = 0.25
UNRELATED = 0.05  # containment below which nothing else is looked at
MOST_ALIGNED = 4000  # words that are aligned; beyond, a text is compared by its beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How the first article stands to the second, and what that rests on."""

    kind: Kind
    resemblance: float = 0.0  # Jaccard of word triples
    containment: float = 0.0  # of the smaller
    aligned: float = 0.0  # of the shorter, in order
    lead: float = 0.0
    slots: int = 0


def relation(one: Tokens, other: Tokens) -> Relation:
    """How `one` stands to `other`: "part" if it is a part of it, "fuller" the other way round.

    Texts of less than FEWEST_WORDS words are alike without being copies: they have no relation.
    """
    # In one order whoever asks: an alignment is one of several that are equally long.
    short, long = sorted((one, other), key=lambda words: (len(words.all), words.all))
    if short.size < FEWEST_WORDS:
        return Relation(kind="none")
    if short.all == long.all:
        return Relation(kind="same", resemblance=1, containment=1, aligned=1, lead=1)
    a, b = short.all[:MOST_ALIGNED], long.all[:MOST_ALIGNED]
    triples = shingles(a), shingles(b)
    shared = len(triples[0] & triples[1])
    containment = shared / min(map(len, triples))  # FEWEST_WORDS make one at least
    if containment < UNRELATED:
        return Relation(kind="none", containment=containment)
    slots, kept = _slots(a, b, {*short.facts, *long.facts})
    found = Relation(
        kind="none",
        resemblance=shared / len(triples[0] | triples[1]),
        containment=containment,
        aligned=LCSseq.similarity(a, b) / len(a),
        lead=LCSseq.similarity(a[:LEAD_WORDS], b[: 2 * LEAD_WORDS]) / len(a[:LEAD_WORDS]),
        slots=slots,
    )
    is_template = slots >= TEMPLATE_SLOTS and slots / (slots + kept) >= TEMPLATE_SHARE
    if is_template:
        return replace(found, kind="template")
    if _keeps_facts(found, short, long) and _is_copy(found, longer=len(b) / len(a)):
        part: Kind = "part" if short is one else "fuller"
        return replace(found, kind=part if len(b) >= LONGER * len(a) else "same")
    return replace(found, kind="related" if containment >= RELATED else "none")


def _keeps_facts(found: Relation, short: Tokens, long: Tokens) -> bool:
    """Whether the facts of the shorter stand in the longer; without any, it has to be verbatim."""
    if not short.facts:
        return found.containment >= ALIKE
    facts = set(short.facts)
    shared = len(facts.intersection(long.all)) / len(facts)
    return shared >= SAME_FACTS or found.resemblance >= ALIKE


def _is_copy(found: Relation, longer: float) -> bool:
    if longer >= LONGER:
        return found.aligned >= PART and found.lead >= PART_LEAD
    in_order = found.aligned >= SAME and found.lead >= SAME_LEAD
    return in_order or found.containment >= CONTAINED


def _slots(a: Sequence[str], b: Sequence[str], facts: Collection[str]) -> tuple[int, int]:
    """Places where a fact became another of its kind, and facts that stand in both texts."""
    slots = kept = x = y = 0
    for block in LCSseq.opcodes(a, b).as_matching_blocks():
        gap_a, gap_b = a[x : block.a], b[y : block.b]
        if len(gap_a) <= SLOT and len(gap_b) <= SLOT:
            slots += _filled_anew(gap_a, gap_b, facts)
        kept += sum(1 for word in a[block.a : block.a + block.size] if word in facts)
        x, y = block.a + block.size, block.b + block.size
    return slots, kept


def _filled_anew(a: Sequence[str], b: Sequence[str], facts: Collection[str]) -> bool:
    return any(_kind(x) == _kind(y) for x in a if x in facts for y in b if y in facts)


def _kind(word: str) -> str:
    if word[-1].isdigit():
        return "number"
    return "day" if word in days_and_months() else "name"
