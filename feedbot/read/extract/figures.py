"""Which pictures, films and sounds of a page belong to its article, and their captions.

No name, link or size decides alone: each speaks for or against, by the weights below. They are
set by hand and measured on pages whose pictures are known (`make quality`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice, takewhile

from lxml import etree

from ...languages.fold import fold
from ...languages.labels import dates_only, is_caption
from ...languages.wordcount import count_words
from ...model import Enclosure
from ...web.blocks import block_hash
from ...web.document import PAGE, Block, Medium
from ...web.urls import host_of, parts_of, registered_domain, url_key
from ..site_model import SiteModel
from .boxes import made
from .elsewhere import COPIED, fewest_of_site
from .media import (
    BANNERS,
    Embed,
    OtherScreens,
    Picture,
    is_called_like,
    is_file,
    is_icon,
    is_of_design,
    is_ornament,
    may_be_called,
    picture_key,
)
from .opening import tells_of_story
from .own_blocks import RECURS as STANDS_ON_SIBLINGS
from .prose import is_long_sentence, is_prose, names_categories
from .prune import POINTER, SHARES, Pruned
from .recurring_media import is_on_few, key_of, pages_with, shown_by
from .surroundings import (
    IS_UNSEEN,
    LONGEST_CAPTION,
    Surroundings,
    is_byline,
    is_furniture,
    shows_person,
)

AMID = 2.0  # between the first and the last block of the text
ABOVE = 1.0  # between headline and text
BELOW = 0.5  # right after the text, in its container
OVER = 0.0  # right over the headline
GALLERY = 4.0  # one of several below the text, wherever, that links show alone
OWN = 4.0  # over it, whatever is between, where it leads to the page itself
FIRST = 1.0  # the same, as the first thing in the box of headline and text
FIGURE = 2.0  # in a <figure>
CAPTIONED = 1.0
DECLARED = 3.0  # the page names it as its picture
NAMED = 2.0  # its words are the headline
KNOWN = 2.0  # a file, or a frame of a service that serves content
CALLED_PLAYER = -0.25  # a frame of anybody whose address calls it a player
TITLED = -1.0  # a frame of anybody that says what it is
NAMELESS = -5.0  # one that does not
STYLED = -2.5  # a picture that is no <img>, but a background or filled in by a script
LEADS_ELSEWHERE = -4.0  # a link to another page of the site
LEADS_AWAY = -0.5  # a link to another site
PAID = -2.5  # a link that says so
NO_FOLLOW = -1.0  # one that may be
FURNITURE = -3.5  # its box is no part of the text, by its markup
FOREIGN = -5.0  # its box holds the text of something else
DEEP = -3.0  # above or below the text, deep in boxes that hold nothing of it
WORDY = -3.0  # its box holds more text than a caption has
ICON = -5.0
ORNAMENT = -2.5  # called as logos and portraits are
DESIGN = -2.0  # a file of the site's design
DRAWING = -2.0  # a drawing that is said to show nothing
REPEATED = -2.5  # it stands in several places of the page
BADGE = -5.0  # an ornament beside a picture, in one figure
BANNER = -3.0  # of a size in which advertisements are sold
CAPTION_WORDS = 6  # beside the name of the author who took the picture
BYLINE = -5.0  # it shows the author: its caption is the byline, or his name
LABELLED = -4.0  # a line beside it says that it is an advertisement
RECURS = -2.0  # for each other page of the site that has it
RECURS_ON_FEW = -0.5  # the pages on one thing may share its picture, which stands above the text
RECURS_ONCE = -1.0  # amid the text
MOST_RECURRING = -8.0
MOST_RECURRING_CAPTIONED = -3.0  # several stories may have one picture with its caption
SAID_OF_LINKS = frozenset(("sponsored", "license"))  # that show no part of an article
# Reasons of lines between a headline and its text: dates, bylines, where to share the article.
HEAD = re.compile(
    r"when it was published|a time|a byline|a button or a label"
    rf"|{SHARES}|class (?:byline|tools|toolbar)$"
)
LONG_HEADLINE = 20  # letters of one that is said of no other picture
ROW = 3  # pictures of one size amid a text
IN_ROW = 100  # pixels of them in both directions at least
LINES_ABOVE = 4  # looked at above the first picture of a box: labels that nobody sees
LINES_BELOW = 4  # of a post, at most, beside the picture that is the article
FACTS_BELOW = 6  # a headline, at most, before that picture: date, hour, author, section
SIGNED = 2  # lines between a text and a picture that stands as its paragraphs do
BETWEEN = 1  # lines of whatever kind between a text and pictures that are shown larger
CREDIT = 200  # letters of a line that is set apart below a picture
COUNTER = re.compile(r"\W*\+\d+\W*|\d+ ?/ ?\d+|\(\d+\)")  # of the pictures of a gallery
APART = frozenset(("small", "em", "i", "cite", "center", "figcaption"))
ROWS = frozenset(("tr", "thead", "tbody", "tfoot"))
LEVELS = 6  # boxes around the picture of an article at most
LISTS = frozenset(("ul", "ol", "table"))
GALLERY_LEVELS = 5  # boxes around one of its pictures, in one of which the others stand
WIDE = 200  # pixels of a picture that is more than a sign
BRAND = 5  # letters of a name that no other host has in it by chance
SHOWN_THERE = 2  # pictures that each lead to a page of another site, where they are shown, too
TIMES = 3  # places of a page from which a picture is a sign


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A medium that belongs to an article."""

    medium: Medium | None  # None: it is declared, and shown nowhere on the page
    shows: Picture | Embed
    captions: tuple[Block, ...] = ()


def figures_of(
    pruned: Pruned,
    chosen: Sequence[Block],
    model: SiteModel,
    declared: Picture | None,
    authors: Sequence[str] = (),
) -> list[Figure]:
    """The figures of an article whose text is these blocks, in document order.

    `declared` is the picture that the page names as its own; `authors` wrote the article.
    """
    if not chosen or not pruned.document.media:
        return []
    return list(_Chooser(pruned, chosen, model, declared, authors).run())


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


def post_of(
    pruned: Pruned,
    lines: Sequence[Block],
    model: SiteModel,
    declared: Picture | None,
    authors: Sequence[str] = (),
) -> tuple[tuple[Block, ...], list[Figure]]:
    """The words and the figures of a post that is a picture, a gallery or a film under a headline.

    Its words are those `lines` that were found, or the captions of the figures, the headings over
    them, and the lines right above and below them.
    """
    at = _heading_of(pruned)
    if at < 0:
        return tuple(lines), []
    heads = () if lines else _heads_of_pictures(pruned, at)
    anchors = [pruned.document.blocks[at], *(lines or _lines_below(pruned, at)), *heads]
    figures = figures_of(pruned, anchors, model, declared, authors)
    if lines:
        return tuple(lines), figures
    if behind := _lines_behind(pruned, anchors[0], figures):
        figures = figures_of(pruned, [*anchors, *behind], model, declared, authors)
    elif figures and not first_picture(figures):  # its picture is over the headline of a film
        box = _box_with(anchors[0], _media_of(figures))
        figures = list(_Chooser(pruned, anchors, model, declared, authors, box).run())
    captions = chain.from_iterable(one.captions for one in figures)
    words = set(map(id, (*captions, *heads, *behind, *_lines_over(pruned, at, figures))))
    return tuple(block for block in pruned.document.blocks if id(block) in words), figures


def _heads_of_pictures(pruned: Pruned, headline: int) -> Sequence[Block]:
    """The headings right over pictures that lead nowhere else, in the box of a headline: those
    that only this page of the site has.
    """
    blocks = pruned.document.blocks if pruned.is_known else ()
    media = reversed(pruned.document.media)  # the first one behind a block counts
    shown = {one.at: one for one in media if not one.link or is_file(one.link)}
    return [
        blocks[at]
        for at in range(headline + 1, len(blocks) - 1)
        if at + 1 in shown
        and _is_head_of(blocks[at], shown[at + 1], blocks[headline])
        and not pruned.reasons[at]
    ]


def _is_head_of(block: Block, medium: Medium, headline: Block) -> bool:
    """Whether a heading stands beside a medium, and both in one box with a headline."""
    is_free = block.is_heading and not (block.links or block.card)
    is_beside = block.element.getparent() in medium.ancestors
    return is_free and is_beside and _box_with(headline, [medium]) is not None


def _media_of(figures: Sequence[Figure]) -> list[Medium]:
    """The media of figures that stand on the page."""
    return [one.medium for one in figures if one.medium is not None]


def _lines_over(pruned: Pruned, heading: int, figures: Sequence[Figure]) -> Iterator[Block]:
    """The lines from a heading to the first of some figures that tell of the story."""
    first = min((one.at for one in _media_of(figures)), default=0)
    for at in range(heading + 1, min(first, heading + 1 + FACTS_BELOW)):
        block = pruned.document.blocks[at]
        is_told = pruned.describes(block.text) or (pruned.is_known and tells_of_story(block))
        if not pruned.reasons[at] and _is_free_line(block) and is_told:
            yield block


def _lines_behind(pruned: Pruned, heading: Block, figures: Sequence[Figure]) -> Sequence[Block]:
    """The lines right below the last of some figures that stand in the box of it and a heading."""
    media = _media_of(figures)
    box = _box_with(heading, media)
    if box is None:
        return []
    first = max(one.at for one in media)
    below = range(first, min(first + LINES_BELOW, len(pruned.reasons)))
    kept = takewhile(lambda at: not pruned.reasons[at], below)
    lines = takewhile(_says_something, (pruned.document.blocks[at] for at in kept))
    return [block for block in lines if box in block.ancestors]


def _box_with(heading: Block, media: Sequence[Medium]) -> etree._Element | None:
    """The innermost box of a heading that some media stand in, too; None for the whole page."""
    boxes = {box for one in media for box in one.ancestors if box.tag not in PAGE}
    return next((one for one in reversed(heading.ancestors) if one in boxes), None)


def _says_something(block: Block) -> bool:
    """Whether a line leads nowhere, and is no date; a heading is one if it is a sentence."""
    if not block.is_heading:
        return _is_free_line(block)
    return is_long_sentence(block.text) and not (block.links or block.card)


def _is_free_line(block: Block) -> bool:
    """Whether a line leads nowhere, and is no date."""
    return not (block.is_heading or block.links or block.card or dates_only(block.text))


def _is_set_apart(element: etree._Element) -> bool:
    """Whether all that an element says is in small or slanted letters, or in the middle."""
    while element.tag not in APART:
        inside = list(element)
        if len(inside) != 1 or (element.text or "").strip() or (inside[0].tail or "").strip():
            return False
        element = inside[0]
    return True


def _heading_of(pruned: Pruned) -> int:
    """The block of the headline, or where it is in other words, of the first heading; else -1."""
    if pruned.title_at >= 0:
        return pruned.title_at
    kept = (at for at, reason in enumerate(pruned.reasons) if not reason)
    return next((at for at in kept if pruned.document.blocks[at].is_heading), -1)


def _lines_below(pruned: Pruned, at: int) -> Sequence[Block]:
    """The lines right below a heading that are no text: its date, its section, who writes."""
    below = slice(at + 1, at + 1 + FACTS_BELOW)
    pairs = zip(pruned.document.blocks[below], pruned.reasons[below], strict=True)
    lines = takewhile(lambda one: stands_below(*one), pairs)
    return [block for block, _ in takewhile(_is_of_head, lines)]


def _is_of_head(line: tuple[Block, str]) -> bool:
    """Whether a line is short, or tells of the page: "Written by Jan Jansen on Monday, 3 May."."""
    block, reason = line
    return HEAD.match(reason) is not None or _is_line(block)


def stands_below(block: Block, reason: str) -> bool:
    """Whether what goes for a reason may stand between a headline and what is below it."""
    if reason in ("", STANDS_ON_SIBLINGS) or HEAD.match(reason):
        return True
    return reason == POINTER and names_categories(block)


def _is_line(block: Block) -> bool:
    return not (block.is_heading or is_prose(block))


def _sizes_of(candidates: Iterable[_Candidate]) -> Counter[tuple[int, ...]]:
    """How many pictures amid the text have one size."""
    amid = {key_of(one.shows): one.medium for one in candidates if one.place == AMID}
    return Counter(size for size in map(_size_of, amid.values()) if size)


def _size_of(medium: Medium) -> tuple[int, ...]:
    """The width and the height that a page gives a medium, if both are those of no icon."""
    said = (medium.element.get("width") or "", medium.element.get("height") or "")
    sizes = tuple(int(one) for one in said if one.isdecimal())
    return sizes if len(sizes) == len(said) and min(sizes) >= IN_ROW else ()


def _is_styled(element: etree._Element) -> bool:
    """Whether an element that shows a picture is not said to be one."""
    is_named = str(element.tag).endswith(("img", "image", "picture", "figure"))
    return not (is_named or element.get("role") == "img")


def _score_of_embed(embed: Embed) -> float:
    """What the address and the title of a film, a sound or a frame say of it."""
    if embed.is_known:
        return KNOWN
    if embed.is_called_player:
        return CALLED_PLAYER
    return TITLED if embed.title else NAMELESS


def _is_design(picture: Picture) -> bool:
    """Whether a file is of the site's design, and not said to be as wide as pictures are."""
    return is_of_design(picture.url) and (picture.width or 0) < WIDE


def _is_mere_drawing(one: _Candidate, picture: Picture) -> bool:
    """Whether a picture is a drawing that is said to show nothing, and stands in no figure."""
    is_drawing = parts_of(picture.url).path.lower().endswith(".svg")
    return is_drawing and not picture.alt and one.figure is None


def _depth(box: Sequence[etree._Element]) -> int:
    """How many boxes these elements are; the rows of a table are none of their own."""
    return sum(one.tag not in ROWS for one in box)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A medium that may belong to the article, and what stands around it."""

    medium: Medium
    shows: Picture | Embed
    place: float
    box: Sequence[etree._Element]  # the elements around it without headline and text, inside out
    figure: etree._Element | None  # the innermost <figure> around it
    captions: Sequence[int]  # the blocks that say what it shows

    @property
    def identities(self) -> set[object]:
        """What it has in common with another size of itself."""
        alt = self.shows.alt if isinstance(self.shows, Picture) else ""
        named = {(self.figure, alt)} if self.figure is not None and alt else set()
        return {key_of(self.shows), *named}


def _once_each(candidates: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """Each of some media once: where it stands first, or where a caption says what it shows.

    A picture is shown in the largest size that any of its places has.
    """
    told = set[object]().union(*(one.identities for one in candidates if one.captions))
    largest = _largest(candidates)
    known = set[object]()
    for one in candidates:
        is_told = bool(one.captions) or not one.identities & told
        if is_told and not one.identities & known:
            known |= one.identities
            yield _in_full(one, largest)


def _largest(candidates: Sequence[_Candidate]) -> dict[object, Picture]:
    """The pictures by what their sizes have in common, each in its largest."""
    found: dict[object, Picture] = {}
    for one in candidates:
        if isinstance(one.shows, Picture):
            key = key_of(one.shows)
            found[key] = max(found.get(key, one.shows), one.shows, key=lambda it: it.width or 0)
    return found


def _in_full(one: _Candidate, largest: Mapping[object, Picture]) -> _Candidate:
    """A candidate with the largest of its picture; one that is no picture stays as it is."""
    if not isinstance(one.shows, Picture):
        return one
    return replace(one, shows=replace(largest[key_of(one.shows)], alt=one.shows.alt))


class _Chooser:
    def __init__(
        self,
        pruned: Pruned,
        chosen: Sequence[Block],
        model: SiteModel,
        declared: Picture | None,
        authors: Sequence[str],
        box: etree._Element | None = None,
    ) -> None:
        self._document = pruned.document
        self._blocks = pruned.document.blocks
        self._pruned = pruned
        self._around = Surroundings(pruned)
        self._model = model
        self._declared = picture_key(declared.url) if declared else None
        self._authors = [fold(name) for name in authors if " " in name]
        ids = set(map(id, chosen))
        self._chosen = [at for at, block in enumerate(self._blocks) if id(block) in ids]
        self._title = pruned.title_at
        anchors = [self._blocks[at] for at in (*self._chosen, self._title) if at >= 0]
        self._anchored = {element for block in anchors for element in block.ancestors}
        chains = [set(self._blocks[at].ancestors) for at in self._chosen]
        self._common = set.intersection(*chains)
        self._innermost = self._box_of_all() if box is None else box
        self._headline = self._blocks[self._title].text if self._title >= 0 else ""

    def run(self) -> Iterator[Figure]:
        candidates = list(self._candidates())
        self._count(candidates)
        used: dict[int, int] = {}  # a block of a caption → the figure that it is under
        figures: list[Figure] = []
        for one in _once_each([one for one in candidates if one.place + self._score(one) > 0]):
            for at in filter(self._has_words, one.captions):
                used[at] = len(figures)  # several pictures over one caption: under the last
            figures.append(Figure(one.medium, one.shows))
        for number, figure in enumerate(figures):
            under = tuple(self._blocks[at] for at, last in used.items() if last == number)
            yield Figure(figure.medium, figure.shows, under)

    def _has_words(self, at: int) -> bool:
        """Whether a caption says more than how many pictures there are: "+2", "1/12"."""
        return COUNTER.fullmatch(self._blocks[at].text) is None

    def _count(self, candidates: Sequence[_Candidate]) -> None:
        """Notes how often what they show, where they lead, and their figures occur."""
        places = {(key_of(one.shows), one.medium.at) for one in candidates}
        self._places = Counter(key for key, _ in places)
        links = {one.medium.link for one in candidates if one.medium.link}
        self._led_to = Counter(map(host_of, links))  # pages of a service that shows pictures
        self._sizes = _sizes_of(candidates)
        within = {(one.figure, key_of(one.shows)) for one in candidates}
        self._within_figure = Counter(figure for figure, _ in within if figure is not None)

    def _candidates(self) -> Iterator[_Candidate]:
        screens = OtherScreens()
        for medium in self._document.media:
            place = self._place(medium)
            shows = shown_by(self._document, medium) if place is not None else None
            if place is None or shows is None or screens.have(medium):
                continue
            box = self._box(medium)
            around = (medium.element, *reversed(medium.ancestors))
            figure = next((element for element in around if element.tag == "figure"), None)
            captions = self._captions(box, figure) or self._line_below(medium)
            captions = captions or self._credit_below(medium, shows)
            yield _Candidate(medium, shows, place, box, figure, captions)

    def _captions(
        self, box: Sequence[etree._Element], figure: etree._Element | None
    ) -> Sequence[int]:
        """The captions in a box; without a `<figure>`, a line that names the author is a byline."""
        found = self._around.captions(box)
        return [at for at in found if figure is not None or not self._names_author(at)]

    def _credit_below(self, medium: Medium, shows: Picture | Embed) -> list[int]:
        """The line right below a film whose links lead to where it is: "… from … on Vimeo"."""
        at = medium.at
        if isinstance(shows, Picture) or at in self._chosen or at >= len(self._blocks):
            return []
        block, site = self._blocks[at], registered_domain(host_of(shows.url))
        is_below = medium.ancestors[-1] in block.ancestors and len(block.text) <= CREDIT
        hosts = {registered_domain(host_of(url)) for url in block.links}
        return [at] if is_below and hosts == {site} else []

    def _line_below(self, medium: Medium) -> list[int]:
        """The line between what is over a text and that text that is called a caption, or is in
        small or slanted letters.
        """
        at = medium.at
        if not self._title < at < self._chosen[0]:
            return []
        is_called = bool(self._pruned.reasons[at])
        if is_called and not self._around.may_be_caption(at):
            return []
        return [at] if self._is_caption_line(at, is_called=is_called) else []

    def _is_caption_line(self, at: int, *, is_called: bool) -> bool:
        """Whether a line is one, if it is called so, or else by how it is set."""
        block = self._blocks[at]
        most = LONGEST_CAPTION if is_called else CREDIT
        if not _is_free_line(block) or len(block.text) > most or self._names_author(at):
            return False
        return is_called or _is_set_apart(block.element)

    def _names_author(self, at: int) -> bool:
        """Whether a line is a byline, or tells of the author: no caption of what they took."""
        said = fold(self._blocks[at].text)
        named = [name for name in self._authors if name in said]
        if not named or is_caption(self._blocks[at].text):
            return False
        rest = count_words(said.replace(named[0], ""))
        return rest < CAPTION_WORDS or said.startswith(tuple(named))

    def _score(self, one: _Candidate) -> float:
        score = FIGURE * (one.figure is not None) + CAPTIONED * bool(one.captions)
        score += FURNITURE * any(map(is_furniture, one.box)) + self._text_around(one)
        score += self._score_of_link(one) + self._recurrence(one)
        score += DEEP * self._is_deep(one)
        if isinstance(one.shows, Embed):
            return score + _score_of_embed(one.shows)
        return score + self._score_of_picture(one, one.shows)

    def _is_deep(self, one: _Candidate) -> bool:
        """Whether a medium stands above or below the text, deep in boxes that hold nothing of it.

        A gallery has many, too: below a text, where nothing else is in them, and other pages tell.
        """
        if one.place >= AMID or one.place == OWN or self._is_enlarged(one.medium):
            return False
        is_told = one.place == BELOW and self._pruned.is_known and not one.medium.link
        is_alone = is_told and not self._around.others(one.box, one.captions)
        return _depth(one.box) > LEVELS and not is_alone

    def _score_of_picture(self, one: _Candidate, picture: Picture) -> float:
        """What address, size and words of a picture say of it."""
        is_declared = picture_key(picture.url) == self._declared
        is_banner = (picture.width, picture.height) in BANNERS and not is_file(one.medium.link)
        score = DECLARED * is_declared + STYLED * _is_styled(one.medium.element)
        score += BYLINE * self._is_of_author(one, picture) + BANNER * is_banner
        # A formula may be as low as a rule; what is an ornament does not lead to itself.
        is_shown_alone = picture_key(one.medium.link) == picture_key(picture.url)
        score += ICON * (is_icon(picture) and not is_shown_alone) + self._ornament(one, picture)
        score += NAMED * (self._is_called_as_page(picture) and one.place != OVER)
        score += DESIGN * _is_design(picture) + DRAWING * _is_mere_drawing(one, picture)
        return score + REPEATED * (self._places[picture_key(picture.url)] >= TIMES)

    def _is_called_as_page(self, picture: Picture) -> bool:
        """Whether what is said instead of a picture is the headline."""
        said = fold(self._headline)
        return len(said) >= LONG_HEADLINE and fold(picture.alt or "") == said

    def _ornament(self, one: _Candidate, picture: Picture) -> float:
        """What it says against a picture that it is called as ornaments are."""
        elements = (*one.box, one.medium.element)
        names = [f"{each.get('class') or ''} {each.get('id') or ''}" for each in elements]
        said = [self._headline, *(self._blocks[at].text for at in one.captions)]
        parts = parts_of(picture.url)
        path = f"{parts.host * self._pruned.leaves(picture.url)}{parts.path}"
        may_be = may_be_called(picture, leads_away=self._leads_away(one.medium))
        is_named = is_ornament([path], " ".join(said), may_be=may_be)
        is_named = is_named and not self._is_one_of_row(one)
        if is_named and one.figure is not None and self._within_figure[one.figure] > 1:
            return BADGE
        is_called = is_ornament(names, may_be=may_be)
        return 0.0 if self._is_enlarged(one.medium) else ORNAMENT * (is_named + is_called)

    def _leads_away(self, medium: Medium) -> bool:
        """Whether a medium leads to a page of another site."""
        link = medium.link
        return bool(link) and not is_file(link) and self._pruned.leaves(link)

    def _is_one_of_row(self, one: _Candidate) -> bool:
        """Whether several pictures amid the text are as large: "ads-machine.jpg" is one of them."""
        return self._sizes[_size_of(one.medium)] >= ROW

    def _is_enlarged(self, medium: Medium) -> bool:
        """Whether a link shows the picture alone, as a file or on a page of its own.

        That of an ornament does not. The box of each picture of a gallery may be called "icon".
        """
        return bool(medium.link) and (is_file(medium.link) or self._is_its_page(medium))

    def _is_its_page(self, medium: Medium) -> bool:
        """Whether a link leads to the page of a picture: below the article's, or called like it."""
        url = medium.element.get("src") or ""
        return self._pruned.leads_below(medium.link) or is_called_like(medium.link, url)

    def _recurrence(self, one: _Candidate) -> float:
        """What it says against a medium that other pages have it, too.

        Those that have the headline, too, show the same article: filed twice, below others, or in
        a list with its picture. What most pages have says nothing.
        """
        pages = pages_with(one.shows, self._model, self._pruned.own)
        headed = self._model.pages_with.get(block_hash(self._headline), frozenset())
        is_few = len(headed) < max(COPIED + 1, fewest_of_site(len(self._model.seen)))
        others = len(pages - headed if is_few else pages)
        if others and self._stands_alone(one):
            if is_on_few(others, self._model):
                return RECURS_ON_FEW
            if others == 1 and one.place == AMID:
                return RECURS_ONCE  # in the announcement, and in the report
        is_figure = one.captions and not one.medium.link and one.figure is not None
        return max(MOST_RECURRING_CAPTIONED if is_figure else MOST_RECURRING, RECURS * others)

    def _stands_alone(self, one: _Candidate) -> bool:
        """Whether a picture leads to no page, and has no words beside it: that of who wrote has."""
        is_plain = not _is_styled(one.medium.element) or key_of(one.shows) == self._declared
        is_picture = isinstance(one.shows, Picture) and is_plain
        is_free = not one.medium.link or is_file(one.medium.link)
        return is_picture and is_free and not self._around.others(one.box, one.captions)

    def _score_of_link(self, one: _Candidate) -> float:
        """What the link around it says."""
        link = one.medium.link
        if not link or is_file(link):
            return 0.0
        anchor = next(one.medium.element.iterancestors("a"), None)
        rel = (anchor.get("rel") or "").lower().split() if anchor is not None else []
        score = PAID if SAID_OF_LINKS.intersection(rel) else NO_FOLLOW * ("nofollow" in rel)
        if self._pruned.leaves(link):
            return score + LEADS_AWAY * (not self._is_shown_at(link, one.shows.url))
        is_other = self._pruned.leads_elsewhere(link) and not self._is_its_page(one.medium)
        return score + LEADS_ELSEWHERE * is_other

    def _is_shown_at(self, link: str, url: str) -> bool:
        """Whether a link to another site shows the picture, or several of them."""
        brand = registered_domain(host_of(link)).partition(".")[0]
        return self._led_to[host_of(link)] >= SHOWN_THERE or (len(brand) >= BRAND and brand in url)

    # --- where it stands --------------------------------------------------------------------

    def _place(self, medium: Medium) -> float | None:
        """What the place on the page is worth; None for one that is no article's."""
        first, last = self._chosen[0], self._chosen[-1]
        if first < medium.at <= last:
            return AMID
        if medium.at > last:
            if self._is_right_below(medium, last):
                return BELOW
            return GALLERY if self._is_of_gallery(medium) else None
        if medium.at > self._title:
            return ABOVE
        if self._opens_article(medium):
            return FIRST
        if self._leads_to_itself(medium):
            return OWN
        is_near = self._around.is_bare(medium.at, self._title)
        return OVER if is_near else self._place_if_declared(medium)

    def _is_of_gallery(self, medium: Medium) -> bool:
        """Whether a picture stands with others, each in a link that shows it alone, and the site's
        other pages tell what is of all of them.
        """
        if not self._pruned.is_known or not is_file(medium.link):
            return False
        return any(self._enlarged_in[one] >= ROW for one in medium.ancestors[-GALLERY_LEVELS:])

    @cached_property
    def _enlarged_in(self) -> Counter[etree._Element]:
        """How many pictures in an element links show alone, each another one."""
        shown = {one.link: one for one in self._document.media if is_file(one.link)}
        return Counter(
            box for one in shown.values() for box in one.ancestors if box.tag not in PAGE
        )

    def _leads_to_itself(self, medium: Medium) -> bool:
        """Whether a link around a medium leads to the page that shows it, and others beside it to
        no other page: in a list of the latest stories each has its own.
        """
        if not medium.link or url_key(medium.link) not in self._pruned.own:
            return False
        if parts_of(medium.link).query != parts_of(self._document.page.url).query:
            return False  # a button
        around = list(islice(medium.element.iterancestors(), LEVELS))
        beside = next((one for one in around if one.tag in LISTS), around[-1])
        urls = (self._document.absolute(one.get("href") or "") for one in beside.iter("a"))
        return all(url_key(url) in self._pruned.own for url in urls)

    def _is_right_below(self, medium: Medium, last: int) -> bool:
        """Whether at most captions stand between a medium and the text in its container.

        Where a link shows the picture alone, there may be a line of something else; and where it
        stands as the paragraphs do, on a known site, a line or two: who signs, where to read on.
        """
        boxes = (one for one in medium.ancestors if one.tag != "body")
        if not any(one in self._common for one in boxes):
            return False
        lines = medium.at - last - 1
        is_near = lines <= BETWEEN and self._is_enlarged(medium)
        is_placed = lines <= SIGNED and self._stands_as_text(medium, last)
        return is_near or is_placed or self._around.is_bare(last + 1, medium.at)

    def _stands_as_text(self, medium: Medium, last: int) -> bool:
        """Whether a medium stands where the last paragraph does, alone in an element made like it,
        and other pages tell what is the site's.
        """
        text = self._blocks[last].element
        own = next((one for one in medium.ancestors if one.getparent() is text.getparent()), None)
        if own is None or not self._pruned.is_known or medium.link:
            return False
        return made(own) == made(text) and not "".join(map(str, own.itertext())).strip()

    def _opens_article(self, medium: Medium) -> bool:
        """Whether a medium over the headline is the first thing in the box of headline and text.

        Themes put the picture of a post there, and its section or date below that. In the box of
        a whole page, it may be of the site.
        """
        box = self._innermost
        if box is None or box.tag in PAGE or box not in medium.ancestors:
            return False
        between = self._blocks[medium.at : self._title]
        above = range(self._document.spans[box][0], medium.at)
        is_first = len(above) <= LINES_ABOVE and all(
            IS_UNSEEN.match(self._pruned.reasons[at]) for at in above
        )
        return is_first and len(between) <= LINES_BELOW and all(map(_is_line, between))

    def _place_if_declared(self, medium: Medium) -> float | None:
        shows = shown_by(self._document, medium) if self._declared else None
        return OVER if shows and key_of(shows) == self._declared else None

    def _box_of_all(self) -> etree._Element | None:
        """The innermost element that holds headline and text; None without a headline."""
        around = self._blocks[self._title].ancestors if self._title >= 0 else ()
        return next((one for one in reversed(around) if one in self._common), None)

    # --- what stands around it --------------------------------------------------------------

    def _box(self, medium: Medium) -> Sequence[etree._Element]:
        """The elements around it that hold neither headline nor text, from the innermost out."""
        box = []
        for element in reversed(medium.ancestors):
            if element in self._anchored:
                break
            box.append(element)
        return box

    def _is_of_author(self, one: _Candidate, picture: Picture) -> bool:
        """Whether a picture shows the author; who took it is named in a figure, too."""
        captions = [self._blocks[at] for at in one.captions]
        names = [name for name in self._authors if name not in fold(self._headline)]
        said = captions if one.figure is None else ()
        return is_byline(picture.alt, captions) or shows_person(picture.alt, said, names)

    def _text_around(self, one: _Candidate) -> float:
        """What the text in its box says against it."""
        others = self._around.others(one.box, one.captions)
        score = FOREIGN * any(map(self._around.is_foreign, others))
        score += WORDY * (self._around.letters(others) > LONGEST_CAPTION)
        return score + LABELLED * self._around.is_labelled(one.box)
