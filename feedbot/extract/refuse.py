"""Pages that answer 200 and are no article: told apart, so that the report can name them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..document import Block, Document
from ..errors import NotAnArticle
from ..language.fold import fold
from ..urls import parts_of
from . import declared
from .prune import Pruned, is_prose, weight
from .titles import headings

LEAST = 60  # letters of text below which a page tells no story
SHORT = 600  # letters of text below which the headline decides what a page is
CARDS = 8  # headings that link to pages of the site: so many only a section page has
KINDS = {
    "an error page": (
        r"\b(404|403|500|503|niet gevonden|not found|bestaat niet|page gone|verwijderd bericht"
        r"|bericht verwijderd|pagina verwijderd|nicht gefunden|introuvable|er ging iets mis"
        r"|something went wrong|access denied|toegang geweigerd|forbidden|error|foutmelding"
        r"|service unavailable|onderhoud)\b"
    ),
    "a consent wall": (
        r"\b(cookies?|cookiewall|consent|privacyvoorkeuren|privacy-?instellingen|privacy settings"
        r"|datenschutz(einstellungen)?|voordat je verdergaat|before you continue|jouw privacy"
        r"|your privacy|votre vie privee)\b"
    ),
    "a login wall": (
        r"\b(inloggen|log ?in|sign ?in|anmelden|einloggen|connexion|se connecter|abonneer je"
        r"|word abonnee|subscribe to (read|continue)|premium)\b"
    ),
    "a check for robots": (
        r"\b(captcha|robot|are you human|just a moment|attention required|ddos|verify you are"
        r"|checking your browser|even geduld|een moment geduld)\b"
    ),
}
PATTERNS = {kind: re.compile(pattern) for kind, pattern in KINDS.items()}


def refuse(
    pruned: Pruned,
    title: str,
    blocks: Sequence[Block],
    objects: Sequence[Mapping[str, Any]],
) -> None:
    """Raises NotAnArticle, with what the page is instead, unless it is an article."""
    document, url = pruned.document, pruned.document.page.url
    text = sum(weight(block.text) for block in blocks)
    if text < SHORT and not _is_declared(document, objects):
        said = fold(" ".join([title, *headings(document)]))
        for kind, pattern in PATTERNS.items():
            if pattern.search(said):
                raise NotAnArticle(url, kind)
    if text < LEAST:
        raise NotAnArticle(url, _without_text(document))
    if not title:
        raise NotAnArticle(url, "no headline")
    if _is_front(url) or (_is_section(pruned, blocks) and not _is_declared(document, objects)):
        raise NotAnArticle(url, "a section page")


def _is_declared(document: Document, objects: Sequence[Mapping[str, Any]]) -> bool:
    return document.meta("og:type").lower() == "article" or any(
        declared.is_article(one) for one in objects
    )


def _without_text(document: Document) -> str:
    everything = " ".join(block.text for block in document.blocks)
    if len(everything) < LEAST:
        return "an empty shell; its text comes by script"
    for kind, pattern in PATTERNS.items():
        if pattern.search(fold(everything[:2000])) and len(everything) < 5 * SHORT:
            return kind
    for name in ("video", "audio", "iframe"):
        if next(document.root.iter(name), None) is not None:
            return f"no text beside its {name}"
    return "no text of an article"


def _is_front(url: str) -> bool:
    parts = parts_of(url)
    return parts.path in ("", "/") and not parts.query


def _is_section(pruned: Pruned, blocks: Sequence[Block]) -> bool:
    """Whether the text is a list of teasers, with headlines that link to pages of their own."""
    if not blocks:
        return False
    among = pruned.between(blocks[0], blocks[-1])
    linked = sum(1 for block in among if block.is_heading and (block.card or block.linked > 0.8))
    prose = sum(1 for block in blocks if is_prose(block))
    return linked >= CARDS and linked >= 0.6 * prose
