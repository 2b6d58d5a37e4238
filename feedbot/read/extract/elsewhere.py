"""What the other pages of a site say of the blocks of one: text that stands on them, too, or that
is known to be another article's headline or lead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from itertools import chain

from ...languages.fold import fold
from ...languages.wordcount import first_words
from ...web.blocks import block_hash, text_hash
from ...web.document import Block, Document
from ...web.urls import names_file, same_site, url_key
from ..site_model import SiteModel
from .dateline import dateline_of
from .headline import lead_at
from .media import is_file as is_picture
from .prose import SHORT_LINE, is_long_sentence, is_mere_link, is_prose, parted_label, shares_page

FIRST_WORDS = 8  # of a lead that tell it from other leads: teasers are often cut short
TELLING = 60  # characters of a paragraph that tells one article from others
LONG_BLOCK = 120  # characters from which a block that recurs may be a background paragraph
COPIED = 3  # other addresses at most that one article has; what stands on more is the site's
SAME_PAGE = 0.5  # share of paragraphs from which two addresses are one article
NEARLY_ALL = 0.8  # share of the pages seen that say what is the site's, with any links
OF_SITE = 0.5  # share of the pages seen that have what is the site's
SIBLINGS = 3  # pages that must share a long block before it counts as the site's


def lead_hash(text: str) -> int | None:
    """The hash of the first words of a lead, its dateline aside; None for too few words."""
    found = dateline_of(text)
    said = fold(text[len(found.text) :] if found else text).rstrip(" .…")
    words = first_words(said, FIRST_WORDS)
    return text_hash(f"lead {words}") if words else None


def label_hash(text: str) -> int | None:
    """The hash of what a line says before its colon: "Tags: sport, goes"; None for no label."""
    label, _ = parted_label(text)
    return text_hash(f"label {fold(label)}") if any(map(str.isalpha, label)) else None


def filed_hashes(document: Document, block: Block) -> list[int]:
    """The hashes of the addresses on its site that a line with a label links to."""
    if not block.links or label_hash(block.text) is None:
        return []
    return [text_hash(f"filed {url_key(one)}") for one in block.links if not leaves(one, document)]


def page_hashes(document: Document) -> tuple[int, ...]:
    """The hashes of a page's blocks, each once, in order."""
    return tuple(dict.fromkeys(block_hash(block.text) for block in document.blocks))


def taught_hashes(document: Document) -> tuple[int, ...]:
    """What a page teaches of its site's blocks: their hashes, each once, in order.

    A short line with links to other sites, or to files, is another one where they lead elsewhere:
    "Listen here", "Source: De Krant". What a line says before a colon is taught, too, and where
    the links behind it lead.
    """
    blocks = document.blocks
    hashes = (one for block in blocks for one in hashes_of(document, block))
    labels = (one for block in blocks if (one := label_hash(block.text)) is not None)
    filed = (one for block in blocks for one in filed_hashes(document, block))
    return tuple(dict.fromkeys(chain(hashes, labels, filed)))


def hashes_of(document: Document, block: Block) -> tuple[int, ...]:
    """The hash by which a block is known; and of a line that says more than its links, its own."""
    urls = [block.card] if block.card else block.links
    plain = block_hash(block.text)
    if not urls or len(block.text) > SHORT_LINE:
        return (plain,)
    if any(shares_page(url) or not leaves(url, document) for url in urls):
        return (plain,)
    with_urls = block_hash(" ".join((block.text, *urls)))
    is_page = is_mere_link(block) and len(urls) == 1 and not names_file(urls[0])
    return (with_urls,) if is_page else (with_urls, plain)  # "Download this article" is the site's


def leaves(url: str, document: Document) -> bool:
    """Whether an address is on another site than a page, or that of a file or a picture."""
    return names_file(url) or is_picture(url) or not same_site(url, document.page.url)


def leads_elsewhere(url: str, document: Document, own: Collection[str]) -> bool:
    """Whether an address is that of another page of the site, and of no file.

    `own` are the page's URL keys.
    """
    return not leaves(url, document) and url_key(url) not in own


def fewest_of_site(seen: int) -> float:
    """How many of the pages seen must have a block at least, so that it is the site's."""
    return max(SIBLINGS, OF_SITE * seen)


def owners_of(text: str, model: SiteModel) -> set[str]:
    """The articles, by their keys, that a text is known to be the title or the lead of."""
    if not model.owners:
        return set()
    hashes = (text_hash(text), lead_hash(text))
    found = (model.owners.get(one) for one in hashes if one is not None)
    return {owner for owner in found if owner is not None}


def _is_copy(page: str, telling: Sequence[tuple[Collection[str], Collection[str]]]) -> bool:
    """Whether a page has most paragraphs of an article, each given with who has and who owns it."""
    has = [page in pages for pages, owners in telling if page in owners or not owners]
    return sum(has) > SAME_PAGE * len(has)


class Elsewhere:
    """What is known of the blocks of a page from the site's other pages.

    `own` are the URL keys of the page, `reasons` why blocks are cut; `title` is the folded title,
    and `title_at` where the headline stands.
    """

    def __init__(
        self,
        document: Document,
        model: SiteModel,
        own: frozenset[str],
        reasons: Sequence[str],
        title: str,
        title_at: int,
    ) -> None:
        self._document = document
        self._blocks = document.blocks
        self._model = model
        self._own = own
        known = model.pages_with  # of a site that is new nothing is
        self._hashes = [hashes_of(document, one) for one in self._blocks] if known else []
        self._title, self._title_at = title, title_at
        self._furniture = [bool(reason) for reason in reasons]
        self._leads: dict[str, bool] = {}
        self.siblings = self._sibling_pages(self.lead_at(reasons))

    def lead_at(self, reasons: Sequence[str]) -> int:
        """The block that must be the lead, now that others are cut for these reasons."""
        return lead_at(self._blocks, reasons, self._title_at, self.is_of_site)

    def _sibling_pages(self, lead: int) -> frozenset[str]:
        """The pages seen that are not this article under another address.

        Such a copy has its lead, and most of its paragraphs that are neither a third article's
        nor the site's: a story of one paragraph shares its sidebar with every page.
        """
        telling = (
            self._telling(TELLING, is_prose)
            or self._telling(0, is_prose)
            or self._telling(0, self._is_own_line)
        )
        everywhere = frozenset[str]().union(*(pages for pages, _ in telling))
        like = self._pages_with(lead) if lead >= 0 else everywhere
        same = {page for page in like if _is_copy(page, telling)}
        return frozenset(self._model.seen) - same - self._own

    def _telling(
        self, shortest: int, tells: Callable[[Block], bool]
    ) -> list[tuple[Collection[str], Collection[str]]]:
        """The blocks that may tell this article from others, each with who has and owns it.

        A notice may have none but short ones, and results none that are paragraphs; a listing that
        shows it whole is a copy of it, too.
        """
        return [
            (pages, self.owners(block.text) - self._own)
            for at, block in enumerate(self._blocks)
            if len(block.text) >= shortest
            and not self._furniture[at]
            and at != self._title_at
            and tells(block)
            and self._may_tell(pages := self._pages_with(at))
            and not self.is_of_site(at)
        ]

    def _may_tell(self, pages: Collection[str]) -> bool:
        """Whether a block on these pages may be the article's: few, or some with its headline.

        Sites show whole stories below others, as one scrolls down. What most pages have is the
        site's, though all of them may list this headline.
        """
        if len(pages) <= COPIED:
            return True
        return len(pages) < fewest_of_site(len(self._model.seen)) and self._titled.issuperset(pages)

    def _is_own_line(self, block: Block) -> bool:
        """Whether a block is a line of whatever text, and leads to no other page of the site."""
        if block.is_heading and not is_long_sentence(block.text):
            return False
        return not (block.card or any(map(self.leads, block.links)))

    def _pages_with(self, at: int) -> frozenset[str]:
        """The pages seen that have a block; what nearly all say is one, wherever its links lead."""
        if not self._hashes:
            return frozenset()
        has = [self._model.pages_with.get(one, frozenset()) for one in self._hashes[at]]
        is_everywhere = len(has[-1]) > max(SIBLINGS, NEARLY_ALL * len(self._model.seen))
        return (has[-1] if is_everywhere else has[0]) - self._own

    @cached_property
    def _titled(self) -> frozenset[str]:
        """The pages that show this article's headline, be it in a list of the latest articles.

        The name of the site may stand in its place: `<title>` does not begin with that.
        """
        if self._title_at >= 0:
            shown = fold(self._blocks[self._title_at].text)
            if shown == self._title or fold(self._document.title).startswith(shown):
                return self._pages_with(self._title_at)
        return self._model.pages_with.get(block_hash(self._title), frozenset()) - self._own

    def is_of_site(self, at: int, *, below_text: bool = True) -> bool:
        """Whether most pages seen have a block, and not as they show this article's headline.

        What begins a text may be another article's lead, as this one may be its copy.
        """
        pages = self._pages_with(at)
        if len(pages) < fewest_of_site(len(self._model.seen)):
            return False
        if pages <= self._titled:
            return False
        owners = self.owners(self._blocks[at].text)
        return not owners or (below_text and not owners & self._own)

    def is_label_of_site(self, at: int) -> bool:
        """Whether most pages seen have a line with the label of a block."""
        label = label_hash(self._blocks[at].text)
        pages = self._model.pages_with.get(label, frozenset()) if label is not None else frozenset()
        return len(pages - self._own) >= fewest_of_site(len(self._model.seen))

    def files(self, at: int) -> bool:
        """Whether a line with a label leads to a page that is known, or to where such a line of
        another page leads, too: to a story, a tag, a section; who won leads to a page of its own.
        """
        filed = filed_hashes(self._document, self._blocks[at])
        if any(self._model.pages_with.get(one, frozenset()) - self._own for one in filed):
            return True
        return any(map(self.is_known_page, self._blocks[at].links))

    @property
    def is_known(self) -> bool:
        """Whether enough other pages of the site are known to tell what is the site's."""
        return len(self.siblings) >= SIBLINGS

    def owners(self, text: str) -> set[str]:
        """The articles that a text is known to be the title or the lead of."""
        return owners_of(text, self._model)

    def is_whole(self, text: str) -> bool:
        """Whether a text is known to be a whole title or lead, and not only to begin like one."""
        return text_hash(text) in self._model.owners

    def is_others(self, text: str) -> bool:
        """Whether a text is known to be the title or the lead of another article."""
        return bool(self.owners(text) - self._own)

    def shown_on(self, at: int) -> frozenset[str]:
        """The sibling pages that have a block."""
        return self._pages_with(at) & self.siblings

    def seen_on(self, at: int) -> int:
        """How many sibling pages have a block."""
        return len(self.shown_on(at))

    def has(self, at: int) -> bool:
        """Whether a block is known from other pages, and not as this article's teaser."""
        owners = self.owners(self._blocks[at].text)
        return not owners & self._own and bool(owners or self.seen_on(at))

    def teases(self, at: int) -> bool:
        """Whether other pages show a block as a teaser of this article.

        They show it with this headline, or few do; a banner of the site stands on most.
        """
        return self.stands_with_title(at) or len(self.shown_on(at)) < SIBLINGS

    def stands_with_title(self, at: int) -> bool:
        """Whether other pages show a block only where they show this article's headline."""
        return self.shown_on(at) <= self._titled

    def is_known_page(self, url: str) -> bool:
        """Whether an address is that of an article of the site that is known, of a page that was
        read, or of a folder above this one.
        """
        key = url_key(url)
        is_above = any(one.startswith(f"{key}/") for one in self._own)
        return is_above or key in self._articles or key in self._model.seen

    @cached_property
    def _articles(self) -> frozenset[str]:
        return frozenset(self._model.owners.values())

    def leads(self, url: str) -> bool:
        """Whether an address is that of another page of the site."""
        if url not in self._leads:
            self._leads[url] = leads_elsewhere(url, self._document, self._own)
        return self._leads[url]

    def is_linked_from(self, block: Block) -> bool:
        """Whether a block has a link to another page of the site."""
        links: Sequence[str] = (*block.links, block.card)
        return any(map(self.leads, filter(None, links)))
