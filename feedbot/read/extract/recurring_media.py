"""What a medium of a page shows, and on which other pages of the site that stands."""

from __future__ import annotations

from collections.abc import Collection

from ...web.blocks import text_hash
from ...web.document import PLAYED, Document, Medium
from ...web.urls import url_key
from ..site_model import SiteModel
from .elsewhere import leads_elsewhere
from .media import Embed, Picture, embed_of, enlarged, is_file, picture_key, picture_of

OF_THE_SITE = 3  # other pages that declare a picture that is none of an article


def shown_by(document: Document, medium: Medium) -> Picture | Embed | None:
    """The picture of an `<img>` or the like, or what a film, a sound or a frame opens."""
    if medium.element.tag in PLAYED:
        return embed_of(document, medium.element)
    picture = picture_of(document, medium.element)
    return enlarged(picture, medium.link) if picture else None


def key_of(shows: Picture | Embed) -> str:
    """What tells a picture, in whatever size, or a film from others."""
    return picture_key(shows.url) if isinstance(shows, Picture) else shows.url


def pages_with(shows: Picture | Embed, model: SiteModel, own: Collection[str]) -> frozenset[str]:
    """The other pages of the site on which it stands, where it leads to no other page.

    `own` are the URL keys of the page itself.
    """
    return model.pages_with.get(_hash(shows), frozenset()) - frozenset(own)


def is_of_the_site(picture: Picture, model: SiteModel, own: Collection[str]) -> bool:
    """Whether so many other pages have a picture that it cannot be that of one article."""
    return len(pages_with(picture, model, own)) >= OF_THE_SITE


def picture_hashes(document: Document) -> tuple[int, ...]:
    """What tells a page's pictures from others; those that lead to other pages do not count."""
    own = {url_key(document.page.url)}
    shown = (
        shown_by(document, medium)
        for medium in document.media
        if is_file(medium.link) or not leads_elsewhere(medium.link, document, own)
    )
    named = document.absolute(document.meta("og:image", "twitter:image"))
    declared = [Picture(url=named)] if named else []
    return tuple(dict.fromkeys(_hash(shows) for shows in (*declared, *shown) if shows))


def _hash(shows: Picture | Embed) -> int:
    return text_hash(f"medium {key_of(shows)}")
