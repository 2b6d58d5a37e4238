"""What a page says of itself, for the habits of its site to be learnt from (see `habits`)."""

from __future__ import annotations

from ..document import Document
from . import authors, dates, declared, pictures, titles
from .habits import hashed


def facts_of(document: Document) -> tuple[int, ...]:
    """The facts of one page, as its site model remembers them."""
    objects = declared.objects(document)
    headline = declared.headline(document, objects)
    return hashed(
        (
            *titles.facts(document, headline),
            *authors.facts(document, objects),
            *dates.facts(document, objects),
            *pictures.facts(document, objects),
        )
    )
