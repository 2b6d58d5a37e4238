"""When two articles say the same thing.

`words` makes the canonical words, `sketch` finds stories that may be copies, `compare` decides
whether they are, `difference` says what a revision changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from ...model import Article, Fingerprint
from . import sketch
from .compare import Relation, relation
from .difference import Difference, difference, unlike
from .tokens import VERSION, Tokens, tokens_of

__all__ = [
    "VERSION",
    "Difference",
    "Relation",
    "Tokens",
    "difference",
    "fingerprint_of",
    "relation",
    "rows_of",
    "tokens_of",
    "unlike",
]


def fingerprint_of(article: Article) -> Fingerprint:
    """The versioned identity of an article's words; equal words give equal fingerprints."""
    words = Tokens(article)
    return Fingerprint(
        version=VERSION,
        content=_digest(words.all),
        title=_digest(words.title),
        words=words.size,
        rows=sketch.rows(words),
        query=sketch.query(words),
    )


def rows_of(articles: Iterable[Article]) -> set[int]:
    """The rows of the sketch of all versions of a story."""
    return {row for article in articles for row in sketch.rows(Tokens(article))}


def _digest(words: tuple[str, ...]) -> bytes:
    return blake2b(
        " ".join(words).encode("utf-8", "replace"), digest_size=16, person=b"feedbot-%d" % VERSION
    ).digest()
