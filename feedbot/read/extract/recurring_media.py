"""What a medium of a page shows, and on which other pages of the site that stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, islice

from lxml import etree

from ...web.blocks import text_hash
from ...web.document import PAGE, PLAYED, Document, Medium
from ...web.urls import url_key
from ..site_model import SiteModel
from .elsewhere import leads_elsewhere
from .media import Embed, Picture, embed_of, enlarged, is_file, picture_key, picture_of

OF_THE_SITE = 3  # other pages that declare a picture that is none of an article
TELLING = 20  # pages seen that tell what is on few of them
MOST_ABOVE = 20  # pictures beside one box that are looked at
FEW = 0.15  # share of them: the posts on one tournament, or of one series


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
    return is_on_many(len(pages_with(picture, model, own)), model)


def is_on_many(others: int, model: SiteModel) -> bool:
    """Whether a picture that so many other pages have is none of an article."""
    return others >= OF_THE_SITE and not is_on_few(others, model)


def is_on_few(others: int, model: SiteModel) -> bool:
    """Whether a picture that so many other pages have is on few of those that are known."""
    return len(model.seen) >= TELLING and others <= FEW * len(model.seen)


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


def own_picture_above(document: Document, there: Document, model: SiteModel) -> bool:
    """Whether a picture above the place of a text may be that of the article: few pages have it.

    The place was learnt from articles that have none, or that of the site.
    """
    own = {url_key(document.page.url)}
    others = (len(pages_with(one, model, own)) for one in pictures_above(document, there))
    return any(not count or is_on_few(count, model) for count in others)


def hashes_above(document: Document, there: Document) -> tuple[int, ...]:
    """What tells the pictures above the place of a text from others."""
    return tuple(map(_hash, pictures_above(document, there)))


def pictures_above(document: Document, there: Document) -> Iterator[Picture]:
    """The pictures between a headline and the place of its text, or above both in their box."""
    place = there.scope[-1]
    around_headline = {box for one in there.scope[:-1] for box in one.iterancestors()}
    inner = place
    for box in place.iterancestors():
        for image in _images_above(inner):
            if next(image.iterancestors("a"), None) is None:
                picture = picture_of(document, image)
                yield from (picture,) if picture else ()
        if box.tag in PAGE or box in around_headline or not around_headline:
            return
        inner = box


def _images_above(element: etree._Element) -> Iterator[etree._Element]:
    beside = (one.iter("img") for one in element.itersiblings(preceding=True))
    return islice(chain.from_iterable(beside), MOST_ABOVE)


def _hash(shows: Picture | Embed) -> int:
    return text_hash(f"medium {key_of(shows)}")
