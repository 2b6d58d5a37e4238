"""How well feedbot tells a copy from a look-alike, beside what others use for it.

Every pair goes the whole way: the originals are stored in a real database among noise, the copy
looks for its candidates there, and `decide` judges.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from feedbot.model import Article, Dated
from feedbot.store import Store, queries
from feedbot.stories.decide import Arrival, decide
from feedbot.stories.fingerprint import fingerprint_of
from tests.quality import prose
from tests.quality.prose import FORMS, Writer

COUNT = 400  # pairs of a kind
NOW = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
# The least share of copies that is found, and the largest share of others that is taken for one.
FLOORS = {
    "1 % of words": 0.995,
    "5 % of words": 0.995,
    "15 % of words": 0.995,
    "30 % of words": 0.98,
    "30 % of sentences": 0.85,
    "paragraph appended": 0.995,
    "paragraph dropped": 0.995,
    "other agencies": 0.995,
    "cut to two thirds": 0.995,
    "the lead alone": 0.99,
    "full text after the lead": 0.99,
    "one sentence": 0.93,
}
CEILINGS = {
    "templates": 0.002,
    "follow-up, 20 % copied": 0.0,
    "follow-up, 35 % copied": 0.0,
    "follow-up, 50 % copied": 0.0,
    "unrelated": 0.0,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A story that is known, and an article that comes later, from another source."""

    kind: str
    known: Article
    later: Article


def pairs(count: int) -> Iterator[Pair]:
    """`count` pairs of every kind."""
    for number in range(count):
        one, writer = Writer(number).article(), Writer(("other", number))
        seed = number
        for percent in (1, 5, 15, 30):
            later = prose.words_replaced(one, percent / 100, seed)
            yield Pair(f"{percent} % of words", one, later)
        yield Pair("30 % of sentences", one, prose.sentences_rewritten(one, 0.30, seed))
        texts = one.paragraphs
        more = replace(one, paragraphs=(*texts, writer.paragraph()))
        yield Pair("paragraph appended", one, more)
        dropped = 1 + number % (len(texts) - 1)
        less = replace(one, paragraphs=(*texts[:dropped], *texts[dropped + 1 :]))
        yield Pair("paragraph dropped", one, less)
        yield Pair("other agencies", one, prose.with_agencies(one, "BELGA, dpa"))
        yield Pair("cut to two thirds", one, prose.cut(one, 2 / 3))
        yield Pair("the lead alone", one, prose.lead_alone(one, writer.headline()))
        whole = Writer(("whole", number)).article()
        yield Pair("full text after the lead", prose.lead_alone(whole, whole.title), whole)
        yield Pair("one sentence", one, prose.first_words(one, 25))
        for form in FORMS:
            yield Pair("templates", form.filled(number), form.filled(("again", number)))
        for percent in (20, 35, 50):
            yield Pair(f"follow-up, {percent} % copied", one, follow_up(one, percent, number))
        yield Pair("unrelated", one, writer.article())


def follow_up(one: Article, percent: int, seed: object) -> Article:
    """News about the same people, with a share of its words copied from the first story."""
    writer = Writer(("follow-up", seed))
    copied = [" ".join(one.text.split()[-round(percent / 100 * len(one.text.split())) :])]
    names = [w.strip(".") for w in one.text.split() if re.fullmatch(r"[A-Z][a-z]+\.?", w)]
    room = len(one.text.split()) * (100 - percent) // 100
    fresh: list[str] = []
    while sum(len(text.split()) for text in fresh) < room:
        words = writer.paragraph(2).split()
        fresh.append(" ".join([*words[:5], *names[:3], *words[5:]]))
    return replace(one, title=writer.headline(), paragraphs=(*fresh, *copied))


# --- the methods ------------------------------------------------------------------------------

Method = Callable[[Sequence[Pair]], list[bool]]


def feedbot(found: Sequence[Pair]) -> list[bool]:
    """The whole way, through a store that holds every first article."""
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/q.db") as store:
        ids: dict[Article, int] = {}
        with store.save(NOW, expected=len(found)) as saving:
            for one in dict.fromkeys(pair.known for pair in found):
                key = str(len(ids))
                ids[one] = saving.add(
                    replace(one, url=f"https://a.example.org/{key}"),
                    fingerprint_of(one),
                    tag=f"tag:example.org,2026:{key}",
                    source="a",
                    url_key=f"a.example.org/{key}",
                    published=Dated(at=NOW, origin="first sight"),
                )
        return [_verdict(store, pair.later) == ids[pair.known] for pair in found]


def _verdict(store: Store, later: Article) -> int | None:
    fingerprint = fingerprint_of(later)
    arrival = Arrival(
        article=later, fingerprint=fingerprint, source="b", url_keys=("b.example.org/1",)
    )
    with store.read() as connection:
        decision = decide(
            arrival,
            known=None,
            named=None,
            same_words=queries.same_words(connection, fingerprint),
            candidates=queries.near_stories(connection, fingerprint),
        )
    return decision.story.id if decision.story else None


def jaccard(at_least: float) -> Method:
    """Word triples in common: what Feedly and others go by."""
    return lambda found: [
        len(a & b) >= at_least * max(len(a | b), 1)
        for a, b in ((_triples(pair.known), _triples(pair.later)) for pair in found)
    ]


def simhash(at_most: int) -> Method:
    """64 bits over weighted words (Manku 2007): so many of them may differ."""
    return lambda found: [
        (_simhash(pair.known) ^ _simhash(pair.later)).bit_count() <= at_most for pair in found
    ]


def minhash(threshold: float) -> Method:
    """The index of datasketch, which only the benchmarks need."""
    from datasketch import MinHashLSH

    def judge(found: Sequence[Pair]) -> list[bool]:
        index = MinHashLSH(threshold=threshold, num_perm=128)
        firsts = {one: str(at) for at, one in enumerate(dict.fromkeys(p.known for p in found))}
        for one, key in firsts.items():
            index.insert(key, _minhash(one))
        return [firsts[pair.known] in index.query(_minhash(pair.later)) for pair in found]

    return judge


def _words(one: Article) -> list[str]:
    return re.findall(r"\w+", one.text.lower())


def _triples(one: Article) -> set[tuple[str, ...]]:
    words = _words(one)
    return set(zip(words, words[1:], words[2:], strict=False))


def _simhash(one: Article) -> int:
    weights = [0] * 64
    for word in _words(one):
        bits = int.from_bytes(blake2b(word.encode(), digest_size=8).digest())
        for bit in range(64):
            weights[bit] += 1 if bits >> bit & 1 else -1
    return sum(1 << bit for bit, weight in enumerate(weights) if weight > 0)


def _minhash(one: Article) -> Any:
    from datasketch import MinHash

    signature = MinHash(num_perm=128)
    signature.update_batch([" ".join(triple).encode() for triple in _triples(one)])
    return signature


# --- the table --------------------------------------------------------------------------------


def shares(method: Method, found: Sequence[Pair]) -> dict[str, float]:
    """The share of pairs, by kind, that a method takes for copies."""
    judged: dict[str, list[bool]] = {}
    for pair, taken in zip(found, method(found), strict=True):
        judged.setdefault(pair.kind, []).append(taken)
    return {kind: sum(taken) / len(taken) for kind, taken in judged.items()}


def short(found: dict[str, float]) -> list[str]:
    """What is below its floor or above its ceiling."""
    below = [f"{k}: {found[k]:.4f} < {v}" for k, v in FLOORS.items() if found[k] < v]
    above = [f"{k}: {found[k]:.4f} > {v}" for k, v in CEILINGS.items() if found[k] > v]
    return [f"identity: {line}" for line in below + above]


def main() -> list[str]:
    """Prints the share that each method takes for copies; what falls short."""
    found = list(pairs(COUNT))
    methods: dict[str, Method] = {
        "feedbot": feedbot,
        "simhash ≤ 3": simhash(3),
        "MinHash ≥ .5": minhash(0.5),
        "Jaccard ≥ .3": jaccard(0.3),
        "Jaccard ≥ .5": jaccard(0.5),
    }
    columns = {name: shares(method, found) for name, method in methods.items()}
    print(f"{'':26} {'bound':>7} " + " ".join(f"{name:>12}" for name in columns))
    for kind, bound in (FLOORS | CEILINGS).items():
        sign = "≥" if kind in FLOORS else "≤"
        row = " ".join(f"{column[kind]:12.4f}" for column in columns.values())
        print(f"{kind:26} {sign}{bound:6} {row}")
    return short(columns["feedbot"])
