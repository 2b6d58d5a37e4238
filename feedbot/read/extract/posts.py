"""Articles of few words: a picture, a film, a table or a file under a headline, a line beside one,
a sentence, a line that leads to another site.

Few words are an article where enough else says so: the page declares it, or its listing names it
and it says when it was written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice, takewhile
from typing import Any, NamedTuple

from lxml import etree

from ...languages.fold import fold
from ...languages.labels import dates_only, is_byline
from ...languages.walls import ADDRESSED, CONSENT, speaks_of_page
from ...model import Link
from ...web.blocks import block_hash
from ...web.document import Block, Document
from ...web.urls import names_file
from ..site_model import SiteModel
from .elsewhere import hashes_of
from .ending import is_file_line
from .figures import Figure, figures_of, post_of, stands_below
from .media import Embed, Picture
from .own_blocks import RECURS
from .prose import (
    gives_addresses,
    is_prose,
    is_text,
    leads_away,
    letters_of,
    names_categories,
    shares_page,
    text_length,
)
from .prune import POINTER, PUBLISHED, TITLE_AGAIN, Pruned
from .refuse import declares_article, is_bare
from .titles import is_cut_from, says_the_same

TEASER = 20  # letters of the shortest teaser that tells one text from others
BELOW = 2  # lines below a headline that may tell when
NEAR = 16  # lines below a headline, facts among them, among which a table or a file follows
FEWEST_PAGES = 4  # of a site, of which it is known what they share
LINE = 15  # letters of a line of text that a picture is published with
TOLD = frozenset(("td", "th", "pre"))
# og:type of pages that are something, or anything: the later ones say what the site is of.
MAY_BE_ARTICLES = frozenset(
    (
        *("", "website", "blog", "activity", "sport", "cause", "sports_league", "sports_team"),
        *("band", "company", "government", "non_profit", "school", "university"),
    )
)


class Content(NamedTuple):
    """The text and the figures of an article."""

    blocks: tuple[Block, ...]
    figures: Sequence[Figure]
    is_declared: bool  # the page tells machines that it is an article
    is_enough: bool  # it is one, however few its words are


class Named(NamedTuple):
    """What a page is called, by itself and by its listing, and what it says for machines."""

    title: str
    link: Link | None
    objects: Sequence[Mapping[str, Any]]
    picture: Picture | None  # that it declares
    authors: Sequence[str]

    @property
    def is_listed_so(self) -> bool:
        """Whether its listing gives the headline that it shows, or how that begins."""
        listed = self.link.title if self.link else ""
        return says_the_same(listed, self.title) or is_cut_from(listed, self.title)


def content_of(
    pruned: Pruned, found: tuple[Block, ...], model: SiteModel, named: Named, *, is_whole: bool
) -> Content:
    """What an article consists of, whose text was found to be these blocks.

    `is_whole` says that all of the page was looked at, and not a learnt place alone, from which a
    text may have moved.
    """
    found = () if _asks_for_consent(found) else found
    is_declared = declares_article(pruned.document, named.objects)
    is_dated = _is_dated(pruned, named.link)
    is_vouched = is_declared or _is_vouched(pruned, found, named, is_dated=is_dated)
    if not is_text(found) and is_vouched:
        return _post(
            pruned,
            found,
            model,
            named,
            is_declared=is_declared,
            is_silent=(is_whole and named.is_listed_so and is_dated),
        )
    if is_whole and not found and (film := _film(pruned, model, named)):
        return film
    figures = figures_of(pruned, found, model, named.picture, named.authors)
    return Content(found, figures, is_declared, is_enough=False)


def _post(
    pruned: Pruned,
    found: tuple[Block, ...],
    model: SiteModel,
    named: Named,
    *,
    is_declared: bool,
    is_silent: bool,
) -> Content:
    """What a page consists of that is vouched for, and says little.

    `is_silent` says that it needs no words: its listing has its headline, and it is dated.
    """
    is_known = len(model.seen) >= FEWEST_PAGES
    lines = found
    if not lines and is_silent and is_known:
        lines = _leading_away(pruned, model) or _own_lines(pruned)
    blocks, figures = post_of(pruned, lines, model, named.picture, named.authors)
    if is_silent and not figures and (told := _told(pruned, blocks)):
        return Content(told, (), is_declared, is_enough=True)
    is_sentence = named.is_listed_so and any(map(is_prose, blocks))
    is_shown = bool(figures) and (is_silent or letters_of(blocks) >= LINE)
    return Content(blocks, figures, is_declared, lines != found or is_sentence or is_shown)


def _asks_for_consent(found: Sequence[Block]) -> bool:
    """Whether a text is a question that many pages ask; this one has none of its own."""
    return all(speaks_of_page(block.text, CONSENT) for block in found)


def _is_vouched(pruned: Pruned, found: Sequence[Block], named: Named, *, is_dated: bool) -> bool:
    """Whether few words are an article, as their listing names it, and tells or dates it."""
    is_told = is_dated or _is_teased(found, named.link)
    return named.is_listed_so and is_told and _may_be_article(pruned.document)


def _film(pruned: Pruned, model: SiteModel, named: Named) -> Content | None:
    """A film under a headline that is its own, though nobody tells its date.

    "Webcam" and "Live" are no news; where the articles of a site have a date, its films have one.
    """
    is_named = named.is_listed_so and text_length(named.title) >= TEASER
    if not is_named or not _may_be_article(pruned.document):
        return None
    blocks, figures = post_of(pruned, (), model, named.picture, named.authors)
    is_enough = any(map(_is_film, figures))
    return Content(blocks, figures, is_declared=False, is_enough=True) if is_enough else None


def _is_film(figure: Figure) -> bool:
    """Whether a figure is a film or a sound of a service that plays them, and no file."""
    shows = figure.shows
    return isinstance(shows, Embed) and shows.is_known and not names_file(shows.url)


def _told(pruned: Pruned, found: tuple[Block, ...]) -> tuple[Block, ...]:
    """What says all that a dated headline promises: a table, links to files, code, an address."""
    if any(block.tag == "pre" or gives_addresses(block) for block in found):
        return found
    return () if found else _told_below(pruned)


def _told_below(pruned: Pruned) -> tuple[Block, ...]:
    """The same right below a headline and its date, though none of it is a text."""
    blocks, at = pruned.document.blocks, pruned.title_at + 1
    near = range(at, min(at + NEAR, len(blocks))) if at else ()
    lines = (one for one in near if not (pruned.reasons[one] or _is_date(blocks[one])))
    rest = range(next(lines, len(blocks)), len(blocks))
    told = takewhile(lambda one: not pruned.reasons[one] and _may_tell(blocks[one]), rest)
    return tuple(blocks[one] for one in told)


def _leading_away(pruned: Pruned, model: SiteModel) -> tuple[Block, ...]:
    """The lines right below a dated headline, where some of them lead to other sites.

    A talk and who gave it, a task and where its files are, the album of a run. What leads to
    pages of the site ends them; above them, it heads a list of teasers. What several pages say of
    where to go is a wall or a footer, wherever that is; where few pages are known, nobody can tell.
    """
    blocks, at = pruned.document.blocks, pruned.title_at + 1
    near = range(at, min(at + NEAR, len(blocks))) if at else range(0)
    first = next((one for one in near if _leads_away(pruned, one)), -1)
    if first < 0 or any(_is_teaser(pruned, one) for one in range(at, first)):
        return ()
    lines = _lines_with(pruned, first)
    recurs = (_recurs(pruned.document, one, model) for one in lines if one.links)
    is_own = not (_are_of_wall(lines) or any(recurs))
    return lines if letters_of(lines) >= LINE and is_own else ()


def _lines_with(pruned: Pruned, first: int) -> tuple[Block, ...]:
    """The lines right above and below one, as far as they stand in its place."""
    blocks = pruned.document.blocks
    may_be_line = partial(_may_be_line, pruned, blocks[first].ancestors[-2:-1])
    above = list(takewhile(may_be_line, range(first - 1, pruned.title_at, -1)))
    below = takewhile(may_be_line, range(first, len(blocks)))
    return tuple(blocks[one] for one in (*reversed(above), *below))


def _own_lines(pruned: Pruned) -> tuple[Block, ...]:
    """The lines right below a dated headline that only this page has, though none says much."""
    first = _first_own_line(pruned) if pruned.is_known and pruned.title_at >= 0 else -1
    if first < 0 or any(_is_teaser(pruned, one) for one in range(pruned.title_at + 1, first)):
        return ()
    lines = _lines_with(pruned, first)
    return lines if letters_of(lines) >= LINE and not _are_of_wall(lines) else ()


def _first_own_line(pruned: Pruned) -> int:
    """The first line below the headline that may be a text, before anything else; -1 for none."""
    blocks, at = pruned.document.blocks, pruned.title_at + 1
    near = range(at, min(at + NEAR, len(blocks)))
    head = takewhile(lambda one: _may_stand_over(blocks[one], pruned.reasons[one]), near)
    own = (one for one in head if not (pruned.reasons[one] or blocks[one].is_heading))
    return next((one for one in own if _is_plain(blocks[one])), -1)


def _may_stand_over(block: Block, reason: str) -> bool:
    return reason == TITLE_AGAIN or stands_below(block, reason)


def _is_plain(block: Block) -> bool:
    """Whether a line leads nowhere, and tells neither when nor who."""
    return not (block.links or block.card or dates_only(block.text) or is_byline(block.text))


def _recurs(document: Document, block: Block, model: SiteModel) -> bool:
    """Whether other pages say the same in a line by itself; of a link to a file, if to the same."""
    known = hashes_of(document, block)[0] if is_file_line(block) else block_hash(block.text)
    pages = model.pages_with.get(known, frozenset())
    return len(pages) > 1 and not block.is_next_line


def _leads_away(pruned: Pruned, at: int) -> bool:
    """Whether a block that is left leads to other sites or to files.

    All that the pages of some sites say is "See the document here", each with its own.
    """
    block, reason = pruned.document.blocks[at], pruned.reasons[at]
    may_be_own = not reason or (reason == RECURS and all(map(names_file, block.links)))
    return may_be_own and leads_away(block, pruned.leaves)


def _is_teaser(pruned: Pruned, at: int) -> bool:
    """Whether a line leads to another story, and not to where this one is filed."""
    return pruned.reasons[at] == POINTER and not names_categories(pruned.document.blocks[at])


def _are_of_wall(lines: Sequence[Block]) -> bool:
    """Whether one of some lines tells whoever looks at the page what to do."""
    return any(speaks_of_page(block.text, kind) for block in lines for kind in ADDRESSED)


def _may_be_line(pruned: Pruned, place: Sequence[etree._Element], at: int) -> bool:
    """Whether a block may be one of such lines, which stand in one place.

    What other pages have, too, and the day of an event may be in a paragraph of theirs.
    """
    block, reason = pruned.document.blocks[at], pruned.reasons[at]
    if not all(one in block.ancestors for one in place) or block.card:
        return False
    if block.links:
        return _leads_away(pruned, at) and not any(map(shares_page, block.links))
    return reason in ("", RECURS) if block.is_next_line else not (reason or dates_only(block.text))


def _may_tell(block: Block) -> bool:
    """Whether a block is code or of a table and leads to no page, or is an address or files."""
    if is_file_line(block) or gives_addresses(block):
        return True
    return not block.links and block.tag in TOLD


def _is_dated(pruned: Pruned, link: Link | None) -> bool:
    """Whether a page or its listing says when it was written, be it in a line by itself, in one of
    facts right below the headline, or right above it.
    """
    if PUBLISHED in pruned.reasons or (link is not None and link.published is not None):
        return True
    is_shown = any(_is_date(pruned.document.blocks[at]) for at in _beside_headline(pruned))
    return is_shown or not is_bare(pruned.document)


def _beside_headline(pruned: Pruned) -> set[int]:
    """The lines of which one may say when: the one above the headline, and the first ones below
    it, be they between the facts of every page.
    """
    at = pruned.title_at + 1
    if not at:
        return set()
    near = range(at, min(at + NEAR, len(pruned.document.blocks)))
    own = (one for one in near if not pruned.reasons[one])
    above = range(at - 2, at - 1) if at > 1 and not pruned.reasons[at - 2] else ()
    return {*above, *near[:BELOW], *islice(own, BELOW)}


def _is_date(block: Block) -> bool:
    """Whether a line says when, and leads nowhere: "Plan 3.5.2026.pdf" is a file."""
    return dates_only(block.text) and not block.links


def _is_teased(found: Sequence[Block], link: Link | None) -> bool:
    """Whether a listing has the beginning of a text below its headline."""
    teaser = fold(link.teaser).rstrip(" .…") if link else ""
    return len(teaser) >= TEASER and fold(" ".join(one.text for one in found)).startswith(teaser)


def _may_be_article(document: Document) -> bool:
    """Whether a page does not say that it is something else."""
    return document.meta("og:type").lower() in MAY_BE_ARTICLES
