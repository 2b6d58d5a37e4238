"""What an article is, seen beside what is known. Pure: no clock, no database.

same words                                          unchanged
same URL, materially other words or headline        revised
same or nearly the same words elsewhere             duplicate
a part of a known story                             duplicate
a fuller text of a story known only in part         duplicate, and the story is completed
other words: a follow-up, a template filled anew    new
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from .fingerprint import canonical_words, facts, relation, unlike, words_of
from .model import Article, Decision, Fingerprint, Story

COSMETIC = 8  # words; below that, and with no name or number among them, nobody need be told
SHORTEST = 25  # words; shorter texts never merge across URLs: two paywall stubs are one text
REUSED = 60  # words; from here on other words at a known URL are another story ("/weer")
WITHIN_SOURCE = 0.90  # resemblance; a site's own near copies are mostly its templates


def decide(
    article: Article,
    print_: Fingerprint,
    *,
    source: str,
    known: Story | None,
    same_words: Sequence[Story],
    candidates: Sequence[Story],
) -> Decision:
    """What `article` is.

    known       the story at its URL, be it the story's own or a copy's
    same_words  stories with the same content hash, oldest first
    candidates  stories that may be near duplicates, the likeliest first
    """
    if known and known.source == source:
        decision = _at_known_url(article, print_, known)
        if decision:
            return decision
    if known and known.source != source:
        # The URL is a copy's: what it says now is compared like any copy.
        candidates = [known, *candidates]
    return _elsewhere(article, print_, source, same_words, candidates)


# --- at a URL that is known -------------------------------------------------------------------


def _at_known_url(article: Article, print_: Fingerprint, known: Story) -> Decision | None:
    """Unchanged or revised; None where the URL carries another story now."""
    if print_.content == known.fingerprint.content and print_.version == known.fingerprint.version:
        if _headline(article) == _headline(known.article):
            return Decision(
                verdict="unchanged",
                story=known,
                replace=_looks_otherwise(article, known.article),
                reason="the same words",
            )
        return _revised(known, "another headline")
    old, new = canonical_words(known.article), canonical_words(article)
    if old == new:  # hashed by rules of another version
        return Decision(verdict="unchanged", story=known, replace=True, reason="the same words")
    if _is_another(article, known.article, old, new):
        return None
    if _headline(article) == _headline(known.article) and _is_cosmetic(article, known, old, new):
        return Decision(verdict="unchanged", story=known, replace=True, reason="a cosmetic change")
    return _revised(known, "other words")


def _revised(known: Story, reason: str) -> Decision:
    return Decision(verdict="revised", story=known, replace=True, material=True, reason=reason)


def _headline(article: Article) -> list[str]:
    return words_of(article.title)


def _looks_otherwise(one: Article, other: Article) -> bool:
    """Same words in another dress (a link, a picture), which subscribers get without being told."""
    return (one.html, one.image) != (other.html, other.image)


def _is_another(article: Article, known: Article, old: Sequence[str], new: Sequence[str]) -> bool:
    if min(len(old), len(new)) < REUSED:
        return False
    if _headline(article) == _headline(known):
        return False
    return relation(article, known).kind == "none"


def _is_cosmetic(article: Article, known: Story, old: Sequence[str], new: Sequence[str]) -> bool:
    salient = {*facts(article), *facts(known.article)}
    changed = 0
    for before, after in unlike(old, new):
        if any(word in salient or word[-1].isdigit() for word in (*before, *after)):
            return False
        changed += max(len(before), len(after))
    return changed < COSMETIC


# --- elsewhere --------------------------------------------------------------------------------


def _elsewhere(
    article: Article,
    print_: Fingerprint,
    source: str,
    same_words: Sequence[Story],
    candidates: Sequence[Story],
) -> Decision:
    """A duplicate of a story at another URL, or new."""
    if print_.words >= SHORTEST and same_words:
        return Decision(verdict="duplicate", story=same_words[0], reason="the same words")
    for story in candidates:
        decision = _beside(article, source, story)
        if decision:
            return decision
    return Decision(verdict="new", reason="no story with these words")


def _beside(article: Article, source: str, story: Story) -> Decision | None:
    found = relation(article, story.article)
    if story.source == source and (found.resemblance < WITHIN_SOURCE or found.slots):
        return None
    if found.kind == "same":
        return Decision(verdict="duplicate", story=story, reason="nearly the same words")
    if found.kind == "part":
        return Decision(verdict="duplicate", story=story, reason="a part of the story")
    if found.kind == "fuller":
        return Decision(
            verdict="duplicate",
            story=story,
            replace=True,
            material=True,
            reason="the whole of a story that was known in part",
        )
    return None


# --- ids --------------------------------------------------------------------------------------


def mint_tag(authority: str, url_key: str, n: int = 1) -> str:
    """The tag URI (RFC 4151) of a story, from the first URL it was seen at.

    The same URL gives the same id, so that a lost database publishes the same ids again; `n`
    counts the stories that one URL has carried.
    """
    domain, _, date = authority.partition(",")
    name = blake2b(url_key.encode(), digest_size=10, person=b"feedbot-story").hexdigest()
    number = f"-{n}" if n > 1 else ""
    return f"tag:{domain},{date or DATE}:story/{name}{number}"


DATE = "2026"  # when ids of this form began; part of every id, so it never changes
