"""Which pictures, films and sounds of a page belong to its article, and their captions.

No name, link or size decides alone: each speaks for or against, by the weights below. They are
set by hand and measured on pages whose pictures are known (`make quality`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from ...languages.labels import UTC
from ...languages.times import absolute
from ...model import Enclosure
from ...web.blocks import text_hash
from ...web.document import PLAYED, Block, Document, Medium
from ...web.urls import parts_of, url_key
from ..site_model import SiteModel
from .elsewhere import leads_elsewhere
from .furniture import furniture
from .media import (
    Embed,
    Picture,
    embed_of,
    is_file,
    is_icon,
    is_ornament,
    picture_key,
    picture_of,
)
from .prose import link_texts, text_length
from .prune import Pruned

AMID = 2.0  # between the first and the last block of the text
ABOVE = 1.0  # between headline and text
BELOW = 0.5  # right after the text, in its container
OVER = 0.0  # right over the headline
FIGURE = 2.0  # in a <figure>
CAPTIONED = 1.0
DECLARED = 3.0  # the page names it as its picture
KNOWN = 2.0  # a file, or a frame of a service that serves content
TITLED = -1.0  # a frame of anybody that says what it is
STYLED = -2.5  # a picture that is no <img>, but a background or filled in by a script
NAMELESS = -5.0  # one that does not
LEADS_ELSEWHERE = -4.0  # a link to another page of the site
LEADS_AWAY = -0.5  # a link to another site
PAID = -2.5  # a link that says so
NO_FOLLOW = -1.0  # one that may be
FURNITURE = -3.5  # its box is no part of the text, by its markup
FOREIGN = -5.0  # its box holds the text of something else
WORDY = -3.0  # its box holds more text than a caption has
ICON = -5.0
ORNAMENT = -2.5  # called as logos and portraits are
BANNER = -3.0  # of a size in which advertisements are sold
BYLINE = -5.0  # its caption is the byline: a link to whom it shows, and the date
RECURS = -2.0  # for each other page of the site that has it
MOST_RECURRING = -8.0
MOST_RECURRING_CAPTIONED = -3.0  # several stories may have one picture with its caption
OF_THE_SITE = 3  # other pages that declare a picture that is none of an article
LINE = 15  # letters of a line of text that a picture is published with
LONGEST_CAPTION = 600  # letters
STAMP = 40  # characters of a block that tells when the article was written, and little else
BANNERS = frozenset(
    tuple(map(int, size.split("x")))
    for size in (
        "468x60 728x90 970x90 970x250 300x250 336x280 160x600 120x600 300x600 320x50 320x100 234x60"
    ).split()
)
# Reasons for which text goes that say nothing against the picture beside it.
OF_PICTURES = re.compile(
    r"<figcaption>|a byline or a caption|the title once more|a time|when it was published"
    r"|a button or a notice"
    r"|class (?:wp-)?(?:captions?(?:-text)?|credits?|copyright|overlay|lightbox|teasers?|banner)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A medium that belongs to an article."""

    medium: Medium | None  # None: it is declared, and shown nowhere on the page
    shows: Picture | Embed
    captions: tuple[Block, ...] = ()


def figures_of(
    pruned: Pruned, chosen: Sequence[Block], model: SiteModel, declared: Picture | None
) -> list[Figure]:
    """The figures of an article whose text is these blocks, in document order.

    `declared` is the picture that the page names as its own.
    """
    if not chosen or not pruned.document.media:
        return []
    return list(_Chooser(pruned, chosen, model, declared).run())


def first_picture(figures: Sequence[Figure]) -> Picture | None:
    """The first of the figures that is a picture."""
    return next((one.shows for one in figures if isinstance(one.shows, Picture)), None)


def enclosures_of(figures: Sequence[Figure]) -> tuple[Enclosure, ...]:
    """The films and sounds among the figures that are files."""
    shown = (one.shows for one in figures)
    return tuple(
        Enclosure(url=one.url, type=one.type)
        for one in shown
        if isinstance(one, Embed) and one.type
    )


def with_lead(figures: Sequence[Figure], declared: Picture | None) -> Sequence[Figure]:
    """The figures, or the picture that the page declares where it shows none that we can see.

    Beside others it would often be one of them once more, under another name.
    """
    if declared is None or first_picture(figures):
        return figures
    return [Figure(None, declared), *figures]


def is_of_the_site(picture: Picture, model: SiteModel, own: Collection[str]) -> bool:
    """Whether so many other pages have a picture that it cannot be that of one article.

    `own` are the URL keys of the page itself.
    """
    return len(_pages_with(picture, model, own)) >= OF_THE_SITE


def _pages_with(shows: Picture | Embed, model: SiteModel, own: Collection[str]) -> frozenset[str]:
    """The other pages of the site on which it stands, where it leads to no other page."""
    return model.pages_with.get(_hash(shows), frozenset()) - frozenset(own)


def post_of(
    pruned: Pruned, lines: Sequence[Block], model: SiteModel, declared: Picture | None
) -> tuple[tuple[Block, ...], list[Figure]]:
    """The words and the figures of a post that is a picture, a gallery or a film under a headline.

    Its words are those `lines` that were found, or the captions; nothing where there is neither.
    """
    if pruned.title_at < 0:
        return tuple(lines), []
    heading = pruned.document.blocks[pruned.title_at]
    figures = figures_of(pruned, [heading, *lines], model, declared)
    captions = tuple(block for one in figures for block in one.captions)
    words = tuple(lines) or captions
    if not figures or sum(text_length(block.text) for block in words) < LINE:
        return tuple(lines), []
    return words, figures if lines else [replace(one, captions=()) for one in figures]


def picture_hashes(document: Document) -> tuple[int, ...]:
    """What tells a page's pictures from others; those that lead to other pages do not count."""
    own = {url_key(document.page.url)}
    shown = (
        _shown_by(document, medium)
        for medium in document.media
        if is_file(medium.link) or not leads_elsewhere(medium.link, document, own)
    )
    named = document.absolute(document.meta("og:image", "twitter:image"))
    declared = [Picture(url=named)] if named else []
    return tuple(dict.fromkeys(_hash(shows) for shows in (*declared, *shown) if shows))


def _hash(shows: Picture | Embed) -> int:
    return text_hash(f"medium {_key(shows)}")


def _key(shows: Picture | Embed) -> str:
    return picture_key(shows.url) if isinstance(shows, Picture) else shows.url


def _shown_by(document: Document, medium: Medium) -> Picture | Embed | None:
    if medium.element.tag in PLAYED:
        return embed_of(document, medium.element)
    return picture_of(document, medium.element)


def _is_in_figure(medium: Medium) -> bool:
    return any(one.tag == "figure" for one in (medium.element, *medium.ancestors))


def _is_styled(element: etree._Element) -> bool:
    """Whether an element that shows a picture is not said to be one."""
    is_named = str(element.tag).endswith(("img", "image", "picture", "figure"))
    return not (is_named or element.get("role") == "img")


class _Chooser:
    def __init__(
        self,
        pruned: Pruned,
        chosen: Sequence[Block],
        model: SiteModel,
        declared: Picture | None,
    ) -> None:
        self._document = pruned.document
        self._blocks = pruned.document.blocks
        self._pruned = pruned
        self._model = model
        self._declared = picture_key(declared.url) if declared else None
        ids = set(map(id, chosen))
        self._chosen = [at for at, block in enumerate(self._blocks) if id(block) in ids]
        self._title = pruned.title_at
        anchors = [self._blocks[at] for at in (*self._chosen, self._title) if at >= 0]
        self._anchored = {element for block in anchors for element in block.ancestors}
        chains = [set(self._blocks[at].ancestors) for at in self._chosen]
        self._common = set.intersection(*chains)

    def run(self) -> Iterator[Figure]:
        keys: set[str] = set()
        used: dict[int, int] = {}  # a block of a caption → the figure that it is under
        figures: list[Figure] = []
        for medium in self._document.media:
            place = self._place(medium)
            shows = _shown_by(self._document, medium) if place is not None else None
            if shows is None or _key(shows) in keys:
                continue
            box = self._box(medium)
            captions = self._captions(box)
            if (place or 0.0) + self._score(medium, shows, box, captions) > 0:
                keys.add(_key(shows))
                for at in captions:
                    used[at] = len(figures)  # several pictures over one caption: under the last
                figures.append(Figure(medium, shows))
        for number, figure in enumerate(figures):
            under = tuple(self._blocks[at] for at, last in used.items() if last == number)
            yield Figure(figure.medium, figure.shows, under)

    def _score(
        self,
        medium: Medium,
        shows: Picture | Embed,
        box: Sequence[etree._Element],
        captions: Sequence[int],
    ) -> float:
        names = [f"{one.get('class') or ''} {one.get('id') or ''}" for one in box]
        names.append(f"{medium.element.get('class') or ''} {medium.element.get('id') or ''}")
        score = FIGURE * _is_in_figure(medium)
        score += CAPTIONED * bool(captions) + self._score_of_link(medium)
        score += FURNITURE * any(map(self._is_furniture, box)) + self._text_around(box, captions)
        score += BYLINE * self._is_byline(medium.element.get("alt") or "", captions)
        score += self._recurrence(shows, medium, captions)
        if isinstance(shows, Embed):
            return score + (KNOWN if shows.is_known else TITLED if shows.title else NAMELESS)
        score += STYLED * _is_styled(medium.element)
        score += DECLARED * (picture_key(shows.url) == self._declared)
        is_banner = (shows.width, shows.height) in BANNERS and not is_file(medium.link)
        score += ICON * is_icon(shows) + BANNER * is_banner
        headline = self._blocks[self._title].text if self._title >= 0 else ""
        path = parts_of(shows.url).path
        return score + ORNAMENT * (is_ornament([path], headline) or is_ornament(names))

    def _recurrence(self, shows: Picture | Embed, medium: Medium, captions: Sequence[int]) -> float:
        """What it says against a medium that other pages have it, too."""
        others = _pages_with(shows, self._model, self._pruned.own)
        is_figure = captions and not medium.link and _is_in_figure(medium)
        return max(MOST_RECURRING_CAPTIONED if is_figure else MOST_RECURRING, RECURS * len(others))

    def _score_of_link(self, medium: Medium) -> float:
        """What the link around it says."""
        link = medium.link
        if not link or is_file(link):
            return 0.0
        anchor = next(medium.element.iterancestors("a"), None)
        rel = (anchor.get("rel") or "").lower().split() if anchor is not None else []
        score = PAID if "sponsored" in rel else NO_FOLLOW * ("nofollow" in rel)
        if self._pruned.leaves(link):
            return score + LEADS_AWAY
        return score + LEADS_ELSEWHERE * self._pruned.leads_elsewhere(link)

    # --- where it stands --------------------------------------------------------------------

    def _place(self, medium: Medium) -> float | None:
        """What the place on the page is worth; None for one that is no article's."""
        first, last = self._chosen[0], self._chosen[-1]
        if first < medium.at <= last:
            return AMID
        if medium.at > last:
            inside = any(one in self._common for one in medium.ancestors[1:])
            return BELOW if inside and self._is_bare(last + 1, medium.at) else None
        if medium.at > self._title:
            return ABOVE
        return OVER if self._is_bare(medium.at, self._title) else self._place_if_declared(medium)

    def _place_if_declared(self, medium: Medium) -> float | None:
        shows = _shown_by(self._document, medium) if self._declared else None
        return OVER if shows and _key(shows) == self._declared else None

    def _is_bare(self, start: int, end: int) -> bool:
        """Whether there is no text between but captions, bylines and the like."""
        return end - start <= 4 and all(
            self._pruned.reasons[at] and OF_PICTURES.match(self._pruned.reasons[at])
            for at in range(start, end)
        )

    # --- what stands around it --------------------------------------------------------------

    def _box(self, medium: Medium) -> Sequence[etree._Element]:
        """The elements around it that hold neither headline nor text, from the innermost out."""
        box = []
        for element in reversed(medium.ancestors):
            if element in self._anchored:
                break
            box.append(element)
        return box

    def _captions(self, box: Sequence[etree._Element]) -> list[int]:
        """The blocks that say what is on the picture."""
        figure = next((one for one in box if one.tag == "figure"), None)
        if figure is not None:
            found = list(self._within(figure))
        else:
            found = [
                at
                for at in (self._within(box[-1]) if box else ())
                if OF_PICTURES.match(self._pruned.reasons[at])
            ]
        letters = sum(len(self._blocks[at].text) for at in found)
        return found if letters <= LONGEST_CAPTION else []

    def _is_byline(self, name: str, captions: Collection[int]) -> bool:
        """Whether a caption says who wrote the article, and when."""
        blocks = [self._blocks[at] for at in captions]
        is_linked = bool(name) and any(name in link_texts(block) for block in blocks)
        return is_linked and any(
            len(block.text) <= STAMP and absolute(block.text, UTC) is not None for block in blocks
        )

    def _text_around(self, box: Sequence[etree._Element], captions: Collection[int]) -> float:
        """What the text in its box says against it."""
        if not box:
            return 0.0
        others = [at for at in self._within(box[-1]) if at not in set(captions)]
        foreign = [at for at in others if self._is_foreign(at)]
        wordy = sum(len(self._blocks[at].text) for at in others) > LONGEST_CAPTION
        return FOREIGN * bool(foreign) + WORDY * wordy

    def _is_foreign(self, at: int) -> bool:
        reason = self._pruned.reasons[at]
        if self._blocks[at].card or self._blocks[at].linked > 0.5:
            return True
        return bool(reason) and not OF_PICTURES.match(reason)

    def _within(self, element: etree._Element) -> range:
        return self._document.spans.get(element, range(0))

    def _is_furniture(self, element: etree._Element) -> bool:
        reason = furniture(element)
        return bool(reason) and not OF_PICTURES.match(reason)
