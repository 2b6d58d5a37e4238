"""What a page says of itself, for the habits of its site to be learnt from (see `habits`)."""

from __future__ import annotations

from ...web.document import Document
from . import authors, dates, pictures, structured_data, titles
from .habits import hashed


def facts_of(document: Document, part: Document) -> tuple[int, ...]:
    """The facts of one page, as its site model remembers them; `part` of it is read."""
    objects = structured_data.objects(document)
    headline = structured_data.headline(document, objects)
    return hashed(
        (
            *titles.facts(document, headline),
            *authors.facts(document, objects),
            *dates.facts(document, objects),
            *dates.shown_facts(part),
            *pictures.facts(document, objects),
        )
    )
