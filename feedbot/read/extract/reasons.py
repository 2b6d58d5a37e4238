"""What of a page is kept and what is cut, block by block, for a person who wants to know why."""

from __future__ import annotations

from collections import Counter

from ...model import Article, Source
from ...web.document import Document
from ...web.sanitise import plain_text
from ..results import ReadBlock
from ..site_model import SiteModel
from .prune import own_keys, prune

HEADLINE = "the headline"
DROPPED = "[sources.select] drop"
OUTSIDE = "beside the text"


def blocks_of(
    document: Document, source: Source, model: SiteModel, article: Article
) -> tuple[ReadBlock, ...]:
    """The blocks of the page of an article in its order, and those that an operator drops."""
    own = own_keys(document, article.url)
    pruned = prune(document.without(source.select.drop), article.title, model, own)
    blocks, kept = pruned.document.blocks, set(article.paragraphs)
    found = []
    for at, (block, reason) in enumerate(zip(blocks, pruned.reasons, strict=True)):
        text = plain_text(block.text)
        why = HEADLINE if at == pruned.title_at else reason or OUTSIDE
        found.append(
            ReadBlock(text=text, reason="" if text in kept else why, is_heading=block.is_heading)
        )
    dropped = Counter(block.text for block in document.blocks)
    dropped -= Counter(block.text for block in blocks)
    return (*found, *(ReadBlock(text=plain_text(text), reason=DROPPED) for text in dropped))
