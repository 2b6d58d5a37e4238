"""When two articles say the same thing.

`words` makes the canonical words, `sketch` finds stories that may be copies, `compare` decides
whether they are, `difference` says what a revision changed.
"""

from __future__ import annotations

from hashlib import blake2b

from ..model import Article, Fingerprint
from . import sketch
from .compare import Relation, relation
from .difference import Change, Difference, difference, unlike
from .words import VERSION, canonical_words, facts, words_of

__all__ = [
    "VERSION",
    "Change",
    "Difference",
    "Relation",
    "canonical_words",
    "difference",
    "facts",
    "fingerprint",
    "relation",
    "unlike",
    "words_of",
]


def fingerprint(article: Article) -> Fingerprint:
    """The versioned identity of an article's words; equal words give equal fingerprints."""
    words, salient = canonical_words(article), facts(article)
    return Fingerprint(
        version=VERSION,
        content=_digest(" ".join(words)),
        title=_digest(" ".join(words_of(article.title))),
        words=len(words),
        rows=sketch.rows(words, salient),
        query=sketch.query(words, salient),
    )


def _digest(text: str) -> bytes:
    return blake2b(
        text.encode("utf-8", "replace"), digest_size=16, person=b"feedbot-%d" % VERSION
    ).digest()
