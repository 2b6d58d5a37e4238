"""What of a page is not the article, and why.

Three kinds of evidence, from the surest to the least sure:

    furniture   the markup: navigation, dialogs, footers, forms, captions
    elsewhere   the site: text that stands on sibling pages, or that belongs to another article
    teasers     the words: "Meer uit Buitenland" and what follows it (lists), "Lees ook",
                "4 uur geleden"
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile

from lxml import etree

from ...languages.fold import fold
from ...languages.labels import (
    DIGIT,
    asks_to_read_on,
    dates_only,
    has_hour,
    heads_author,
    heads_comments,
    heads_comments_on,
    heads_other_stories,
    is_byline,
    is_caption,
    is_dated_byline,
    is_insert,
    is_moment,
    is_rating,
    is_service,
    is_shortcode,
    may_head_comments,
    names_file_of_page,
    names_source,
    says_published,
)
from ...languages.times import is_clock, is_relative, without_age
from ...languages.wordcount import count_words
from ...model import Link
from ...web.document import Block, Document, text_of
from ...web.urls import names_file, same_site, url_key
from ..site_model import SiteModel
from .details import details
from .elsewhere import LONG_BLOCK, SIBLINGS, Elsewhere, leads_elsewhere, leaves, owners_of
from .ending import is_file_line
from .furniture import reasons_of_markup
from .headline import (
    BELOW,
    ENOUGH,
    headline_at,
    in_another_article,
    in_appended_stories,
    is_path_to,
)
from .last_links import last_links
from .lists import Lists
from .own_blocks import (
    OTHERS,
    RECURS,
    is_marked_summary,
    marked_lead,
    own_asides,
    own_below,
    own_facts,
    own_files,
    own_lead,
    own_letters,
    own_named_lists,
    own_opening,
    own_recurring,
    own_rest,
    own_sections,
    own_sources,
    own_wrapper,
)
from .own_passages import (
    own_addresses,
    own_amid,
    own_announced,
    own_announced_lists,
    own_passages,
    own_tables,
)
from .prose import (
    FEWEST_LETTERS,
    announces,
    is_filing,
    is_mere_link,
    is_phrase,
    is_prose,
    is_sentence,
    leads_away,
    link_texts,
    parted_label,
    shares_page,
    signature,
    stands_with,
    tells_of_list,
    text_length,
    without_links,
)
from .slides import slides
from .teasers import CARD, aged_teasers, boxed_teasers, has_age, headed_teasers, is_pointer

OWN = (own_recurring, own_opening, own_sections, own_sources, own_facts, own_below, own_letters)
FEW = 0.25  # share of the sibling pages up to which they may have the last line of a paragraph
RARE = 0.1  # share of the sibling pages up to which a heading is the article's own
HEADLINE_WORDS = 4  # behind a label amid a text: fewer may be a name
LINES = 40  # links of a paragraph, one below the other, that are looked at
BESIDE = 80  # characters beside the headline in a line that says where the article is from
CONFIRMS = 40  # characters in which a description and a lead must agree
WITHIN = 12  # blocks from one paragraph of a text to the next, with a list between them
COMMENT = 6  # blocks below a line in which who wrote, and when, stands first or last
POSTS = 3  # of the shortest live blog
SERVICE = "a button or a label"
PUBLISHED = "when it was published"
TITLE_AGAIN = "the title once more"
FIGCAPTION = "<figcaption>"
CAPTION_CLASS = r"class [\w-]*captions?(?:-text)?"
CAPTIONS = re.compile(rf"{FIGCAPTION}|{CAPTION_CLASS}$")
# Of what only shares the article: the reasons that its names give.
SHARES = "class (?:share|sharing|sharebar|social|socials|addthis|sharedaddy)$"
APPENDED = "in another article on the page"
POINTER = "a pointer to another story"
FILED = "what most pages have before their links"
ADDRESS = re.compile(r"https?://|\bwww\.")
STAMP = re.compile(r"\d:\d\d:\d\d(?!\d)")
DIGEST = 120  # letters of what is told of another story; a teaser says less
LEADS_ON = 60  # letters of the longest line that says where to read on
LISTED = frozenset("li td th dt dd".split())
SUBHEADS = frozenset(("h2", "h3"))
FACT_TAGS = frozenset(("li", "dt", "dd"))
EMOJI = re.compile("[\u2300-\u2604\u2607-\u27bf\U0001f300-\U0001faff]\ufe0f?")  # no stars
MOST_DATE_COPIES = (
    2  # of a line that tells the date, for phones and screens; more are a list of events
)


@dataclass(frozen=True)
class Pruned:
    """The blocks of a page: what stays, and why the rest went."""

    document: Document
    own: frozenset[str]  # the URL keys of the page
    reasons: tuple[str, ...]  # as many as there are blocks; "" stays
    title_at: int  # the block that shows the title; -1 if none does
    last_links: tuple[int, ...] = ()  # lines that lead to other pages of the site, and end the text
    is_known: bool = False  # whether other pages of the site tell what is the site's

    @cached_property
    def kept(self) -> tuple[Block, ...]:
        """What stays, in document order."""
        pairs = zip(self.document.blocks, self.reasons, strict=True)
        return tuple(block for block, reason in pairs if not reason)

    def describes(self, text: str) -> bool:
        """Whether the page is described by a text, or by how that begins."""
        return describes(self.document, text)

    def leaves(self, url: str) -> bool:
        """Whether an address is on another site than the page, or that of a file."""
        return leaves(url, self.document)

    def leads_elsewhere(self, url: str) -> bool:
        """Whether an address is that of another page of the site."""
        return leads_elsewhere(url, self.document, self.own)

    def leads_below(self, url: str) -> bool:
        """Whether an address is below one of the page: that of a picture of it, or an attachment.

        WordPress shows each picture of a story on a page of its own there.
        """
        key = url_key(url)
        folders = (one.removesuffix(".html") for one in self.own if "/" in one)
        return any(key.startswith(f"{one}/") for one in folders)

    def between(self, first: Block, last: Block) -> tuple[Block, ...]:
        """What stays from one block of the page to another; these two may have gone themselves."""
        blocks = self.document.blocks
        return tuple(
            blocks[at]
            for at in range(blocks.index(first), blocks.index(last) + 1)
            if not self.reasons[at]
        )


def own_keys(document: Document, url: str, link: Link | None = None) -> set[str]:
    """The keys of all URLs of a page: `url` is its own, and `link` leads to it."""
    urls = {url, document.page.url, document.page.requested} | ({link.url} if link else set())
    return set(map(url_key, urls))


def prune(document: Document, title: str, model: SiteModel, own: Collection[str]) -> Pruned:
    """Says of every block whether it is the article's. `own` are its `own_keys`."""
    keys, folded = frozenset(own), fold(title)
    reasons = reasons_of_markup(document, folded)
    title_at = headline_at(document.blocks, reasons, folded, keys)
    appended = in_appended_stories(document, title_at, lambda text: owners_of(text, model) - keys)
    for at in (*in_another_article(document.blocks, reasons, title_at), *appended):
        reasons[at] = reasons[at] or APPENDED
    elsewhere = Elsewhere(document, model, keys, reasons, folded, title_at)
    pruner = _Pruner(document, folded, title_at, keys, elsewhere, reasons)
    pruner.run()
    last = pruner.keep_last_links() if elsewhere.is_known else ()
    return Pruned(document, keys, tuple(reasons), title_at, last, elsewhere.is_known)


def describes(document: Document, text: str) -> bool:
    """Whether what a page gives as its description is a text, or how that begins."""
    said = fold(document.meta("og:description", "description", "twitter:description"))
    return len(said) >= CONFIRMS and fold(text).startswith(said.rstrip(" .…")[:CONFIRMS])


class _Pruner:
    """What the site and the words say, after the markup. `reasons` are changed."""

    def __init__(
        self,
        document: Document,
        title: str,
        title_at: int,
        own: frozenset[str],
        elsewhere: Elsewhere,
        reasons: list[str],
    ) -> None:
        self._document = document
        self._blocks = document.blocks
        self._title = title
        self._title_at = title_at
        self._own = own
        self._elsewhere = elsewhere
        self._reasons = reasons
        self._own_lists: dict[int, bool] = {}  # by the first block of each

    def run(self) -> None:
        self._keep_own()
        lead = self._elsewhere.lead_at(self._reasons)
        for at, block in enumerate(self._blocks):
            if not self._reasons[at]:
                is_lead = at == lead or self._is_own_teaser(at, lead)
                self._reasons[at] = self._foreign(at, block, is_lead=is_lead)
        self._keep_recurring()
        if self._keep_passages():
            self._keep_recurring()  # what stands among passages that are the story's now
        for at, reason in list(slides(self._blocks, self._reasons)):
            self._reasons[at] = self._reasons[at] or reason
        self._labels(lead)
        self._teasers(lead)
        self._pointers(lead)

    def keep_last_links(self) -> tuple[int, ...]:
        """Keeps links into the site that end the text; returns where they stand."""
        elsewhere = self._elsewhere
        shown = (elsewhere.shown_on, len(elsewhere.siblings), elsewhere.is_known_page)
        found = tuple(last_links(self._blocks, self._reasons, POINTER, *shown))
        for at in found:
            self._reasons[at] = ""
        return found

    def _keep_recurring(self) -> None:
        """Keeps what recurs and is the story's by what only this page has beside it."""
        for own in OWN if RECURS in self._reasons else ():
            for at in list(own(self._blocks, self._reasons)):
                self._reasons[at] = ""

    def _keep_passages(self) -> bool:
        """Keeps what other pages show and is the story's by its place; whether there is any."""
        pages, siblings = self._elsewhere.shown_on, len(self._elsewhere.siblings)
        passages = list(
            own_passages(self._blocks, self._reasons, pages, siblings, self._leaves_or_file)
        )
        tables = list(own_tables(self._document, self._reasons, self._title_at, pages))
        for at in [*passages, *tables]:
            self._reasons[at] = ""
        for at in list(
            own_amid(self._blocks, self._reasons, pages, siblings, self._leaves_or_file)
        ):
            self._reasons[at] = ""
        announced = own_announced(self._blocks, self._reasons, pages, siblings)
        lists = own_announced_lists(
            self._blocks, self._reasons, pages, siblings, self._leaves_or_file
        )
        rows = own_addresses(self._blocks, self._reasons, pages, siblings, self._leaves)
        for at in [*announced, *lists, *rows]:
            self._reasons[at] = ""
        for at in [at for at, why in enumerate(self._reasons) if why in (RECURS, OTHERS)]:
            if self._is_line_of_own(at) or self._is_item_of_own(at):
                self._reasons[at] = ""
        return bool(passages or tables)

    def _is_line_of_own(self, at: int) -> bool:
        """Whether only this page has the lines beside a line in its paragraph.

        What few pages have may also be the last one: "Admission free".
        """
        around = self._reasons[at - 1 : at] + self._reasons[at + 1 : at + 2]
        if not any(around) and self._is_line_amid(at):
            return True
        return not any(around[:1]) and self._is_last_line(at)

    def _is_last_line(self, at: int) -> bool:
        """Whether a line that leads nowhere ends a paragraph, and few pages have it."""
        block, above, below = self._blocks[at], self._blocks[at - 1], self._blocks[at + 1 : at + 2]
        if block.links or not block.is_next_line or above.element is not block.element:
            return False
        is_last = all(one.element is not block.element for one in below)
        return is_last and self._elsewhere.seen_on(at) <= FEW * len(self._elsewhere.siblings)

    def _is_item_of_own(self, at: int) -> bool:
        """Whether a block is an item of the text's own list, or of one that it announces."""
        if self._is_announced(at):
            return self._has_own_items(at)
        return self._is_told(at) or self._is_among_own_items(at)

    def _is_among_own_items(self, at: int) -> bool:
        """Whether an item leads to no page of the site, and only this page has half of its list."""
        block = self._blocks[at]
        if block.tag != "li" or any(map(self._leads_elsewhere, block.links)):
            return False
        return self._is_own_list(at)

    def _is_own_list(self, at: int) -> bool:
        """Whether only this page has half of the items of the list of one; remembered, as it is
        asked of each of them.
        """
        within, _ = self._listed_with(at)
        if within.start not in self._own_lists:
            own = sum(not self._reasons[one] for one in within)
            self._own_lists[within.start] = 2 * own >= len(within)
        return self._own_lists[within.start]

    def _has_own_items(self, at: int) -> bool:
        """Whether only this page has another item of the list that a block is of."""
        place, spans = self._blocks[at].element.getparent(), self._document.spans
        return place is not None and any(not self._reasons[one] for one in spans[place])

    def _keep_own(self) -> None:
        """Keeps the story's own lead and its hidden rest, whatever their names."""
        elsewhere = self._elsewhere
        lead = own_lead(
            self._blocks,
            self._reasons,
            self._title_at,
            elsewhere.has,
            lambda text: describes(self._document, text),
            is_known=elsewhere.is_known,
        )
        if elsewhere.is_known:
            for at in own_wrapper(self._blocks, self._reasons, elsewhere.has):
                self._reasons[at] = ""
            marked = marked_lead(self._blocks, self._reasons, self._title_at, self._is_others)
            lists = own_named_lists(
                self._blocks, self._reasons, elsewhere.has, self._leaves_or_file
            )
            files = own_files(self._blocks, self._reasons, elsewhere.has)
            for at in [*marked, *lists, *files]:
                self._reasons[at] = ""
        rest = own_rest(self._blocks, self._reasons, elsewhere.has, is_alone=not elsewhere.is_known)
        notes = own_asides(self._blocks, self._reasons, elsewhere.has, is_known=elsewhere.is_known)
        for at in [*([lead] if lead >= 0 else []), *rest, *notes]:
            self._reasons[at] = ""

    # --- the site ---------------------------------------------------------------------------

    def _is_others(self, at: int) -> bool:
        """Whether a block is known from other pages, and not as a teaser of this article."""
        is_others = self._elsewhere.is_others(self._blocks[at].text)
        return is_others or not self._elsewhere.teases(at)

    def _foreign(self, at: int, block: Block, *, is_lead: bool) -> str:
        text = without_age(block.text)
        if fold(text) == self._title and block.tag == "h1":
            return ""
        if self._says_title(at, text):
            return TITLE_AGAIN
        owners = self._owners(at, text)
        if owners & self._own:
            return ""
        if owners and not is_lead and not self._is_digest(at):
            return OTHERS
        if block.card and self._elsewhere.leads(block.card):
            return CARD
        if self._opens_with_title(block):
            return OTHERS
        return RECURS if not is_lead and self._recurs(at, text) else ""

    def _is_digest(self, at: int) -> bool:
        """Whether another article's headline that leads nowhere heads what is told of it here, at
        more length than a teaser, and on no other page.
        """
        block, below = self._blocks[at], self._blocks[at + 1 : at + 2]
        leads = block.links or block.card or any(one.get("onclick") for one in block.ancestors[-2:])
        is_told = any(text_length(one.text) >= DIGEST for one in below)
        return is_told and not leads and self._is_own_subhead(at)

    def _says_title(self, at: int, text: str) -> bool:
        """Whether a line is the title, or a path to the page; a file below it may be called so."""
        block = self._blocks[at]
        if is_path_to(block, self._title):
            return True
        is_below = at > self._title_at >= 0 and not block.is_heading
        return fold(text) == self._title and not (is_below and is_file_line(block))

    def _owners(self, at: int, text: str) -> set[str]:
        """The articles that a text is the title or the lead of, or the beginning of a lead.

        A whole paragraph that goes on with this article may only begin like another's.
        """
        owners = self._elsewhere.owners(text)
        if not owners or self._elsewhere.is_whole(text) or not self._goes_on(at):
            return owners
        return owners & self._own

    def _goes_on(self, at: int) -> bool:
        """Whether a block is a sentence, and stands a little below a kept paragraph made alike."""
        block = self._blocks[at]
        kept = [one for one in range(max(at - WITHIN, 0), at) if not self._reasons[one]]
        above = (self._blocks[one] for one in kept)
        return is_sentence(block.text) and any(
            is_prose(one) and stands_with(block, one) for one in above
        )

    def _recurs(self, at: int, text: str) -> bool:
        """Whether a block is the site's, as other pages have it, too."""
        pages = self._elsewhere.seen_on(at)
        if not pages:
            return False
        if pages < RARE * len(self._elsewhere.siblings) and (
            self._blocks[at].is_heading or self._is_own_subhead(at)
        ):
            return False  # "Achtergrond" may be a subhead of several articles
        if self._announces_own(at) or self._says_source(at):
            return False
        if len(text) < LONG_BLOCK or pages >= SIBLINGS:
            return True
        return pages == SIBLINGS - 1 and self._is_in_box_of_site(at)

    def _is_in_box_of_site(self, at: int) -> bool:
        """Whether other pages have all of the box that a block stands in, and it says more."""
        box = self._blocks[at].element.getparent()
        within = self._document.spans.get(box, range(0)) if box is not None else range(0)
        return len(within) > 1 and all(map(self._elsewhere.seen_on, within))

    def _is_own_teaser(self, at: int, lead: int) -> bool:
        """Whether a line above the lead is elsewhere a teaser of this article."""
        end = lead if lead >= 0 else self._title_at + BELOW
        block = self._blocks[at]
        if not 0 <= self._title_at < at < end or not self._elsewhere.teases(at):
            return False
        if is_prose(block) or is_marked_summary(block):
            return True
        is_fact = block.tag in FACT_TAGS and self._elsewhere.stands_with_title(at)
        return is_fact or self._is_own_phrase(at)

    def _is_own_phrase(self, at: int) -> bool:
        """Whether other pages show a phrase only where they show the headline of this one."""
        block = self._blocks[at]
        if block.links or any(map(str.isdigit, block.text)) or not is_phrase(block.text):
            return False
        return self._elsewhere.stands_with_title(at)

    def _opens_with_title(self, block: Block) -> bool:
        """Whether a block begins with the linked headline of another article."""
        if not block.links or block.linked > 0.5 or not self._elsewhere.leads(block.links[0]):
            return False
        said = link_texts(block)[0]
        return block.text.startswith(said) and self._elsewhere.is_others(said)

    def _is_own_subhead(self, at: int) -> bool:
        """Whether a block stands between two paragraphs that only this page has."""
        return self._is_subhead(at) and self._is_amid_own(at)

    def _is_amid_own(self, at: int) -> bool:
        """Whether what stands right above and below a block is on no other page."""
        return not any(
            self._elsewhere.seen_on(near) or self._elsewhere.is_others(self._blocks[near].text)
            for near in (at - 1, at + 1)
        )

    def _leads_elsewhere(self, url: str) -> bool:
        """Whether an address is that of another page of the site."""
        return leads_elsewhere(url, self._document, self._own)

    def _announces_own(self, at: int) -> bool:
        """Whether a line below a paragraph announces what only this page has: "Bronnen:"."""
        if not self._blocks[at].text.endswith(":") or not 0 < at < len(self._blocks) - 1:
            return False
        block, above, below = self._blocks[at], self._blocks[at - 1], self._blocks[at + 1]
        place = block.element.getparent()
        is_announcement = block.is_heading or is_prose(above)
        is_amid = is_announcement and place in above.ancestors and place in below.ancestors
        return (
            is_amid and self._is_amid_own(at) and not any(map(self._leads_elsewhere, below.links))
        )

    # --- the words --------------------------------------------------------------------------

    def _labels(self, lead: int) -> None:
        """Drops times, buttons, bylines, and lines and lists that tell the date."""
        dates = self._dates(lead).union(details(self._document, self._title_at))
        clocks = self._clocks_of_posts()
        for at in range(len(self._blocks)):
            if not self._reasons[at] and at not in clocks:
                told = PUBLISHED if at in dates else ""
                self._reasons[at] = self._label(at) or told or self._aged_or_filed(at, lead)

    def _aged_or_filed(self, at: int, lead: int) -> str:
        """Why a line is a teaser that says its age, or files the page; "" if it is neither."""
        if at > lead >= 0 and has_age(self._blocks[at].text):
            return "a teaser with its age"
        return FILED if self._is_filed_by_site(at) else ""

    def _clocks_of_posts(self) -> set[int]:
        """The times over the parts of a live blog, each in a box of its own with its text."""
        found: dict[tuple[str, ...], set[int]] = {}
        for at, block in enumerate(self._blocks):
            if not self._reasons[at] and is_clock(block.text) and self._opens_post(at):
                found.setdefault(signature(block), set()).add(at)
        return {at for same in found.values() if len(same) >= POSTS for at in same}

    def _opens_post(self, at: int) -> bool:
        """Whether a block is the first of a box with a headline, a text and no other links."""
        spans = self._document.spans
        boxes = [one for one in self._blocks[at].ancestors if spans[one].start == at]
        within = self._document.blocks_in(boxes[0]) if boxes else ()
        is_post = any(map(is_prose, within)) and any(one.is_heading for one in within)
        return is_post and not any(one.card or (one.links and not is_prose(one)) for one in within)

    def _dates(self, lead: int) -> set[int]:
        """The lines that tell when the article was published; none where there are many."""
        reasons = enumerate(self._reasons)
        found = {at for at, why in reasons if not why and self._tells_date(at, lead)}
        if len(found) > MOST_DATE_COPIES:
            return set()
        if lead in found and not self._is_stamp(lead):
            found.remove(lead)
        return {at for at in found if not self._is_subhead(at)}

    def _tells_date(self, at: int, lead: int) -> bool:
        """Whether a line says when the article was published, above its text or below a summary."""
        block = self._blocks[at]
        if is_filing(block) and (at <= lead or self._is_above_text(at)):
            return True
        if says_published(block.text):
            return not self._is_fact(at)
        if not self._is_above_text(at) or self._may_tell_more(at):
            return False
        if is_dated_byline(block.text) or self._is_stamp(at):
            return True
        return _is_moment(block) and not self._opens_several(at)

    def _is_stamp(self, at: int) -> bool:
        """Whether a line gives a date to the second behind a label that most pages have."""
        text = self._blocks[at].text
        is_exact = STAMP.search(text) is not None and dates_only(text)
        return is_exact and self._elsewhere.is_label_of_site(at)

    def _is_filed_by_site(self, at: int) -> bool:
        """Whether a line with a label that most pages have says nothing behind it but a date, and
        links into the site, to what others file there, too: its tags, or a story to read as well.
        """
        block = self._blocks[at]
        if is_sentence(block.text) or is_pointer(block, self._elsewhere):
            return False
        if self._may_tell_more(at) or not self._elsewhere.is_label_of_site(at):
            return False
        if not (self._is_story_behind(at) if self._is_amid_text(at) else self._files(at)):
            return False
        label, _ = parted_label(block.text)
        plain = without_links(block).removeprefix(label).lstrip(":\uff1a ")
        return not is_phrase(plain) or dates_only(plain)

    def _is_story_behind(self, at: int) -> bool:
        """Whether nothing stands behind a label but a link that has the words of a headline, or
        leads to a page of the site that is known: "Hintergrund: the bridge that nobody wanted".
        """
        block = self._blocks[at]
        if any(map(self._elsewhere.is_known_page, block.links)):
            return True
        if not all(map(self._leads_elsewhere, block.links)):
            return False
        said, behind = link_texts(block), parted_label(block.text)[1].strip()
        return len(said) == 1 and said[0] == behind and count_words(behind) >= HEADLINE_WORDS

    def _files(self, at: int) -> bool:
        """Whether all links of a line lead into the site: to what others file, or beside a date,
        which is all that its label is the label of.
        """
        block = self._blocks[at]
        if not block.links or not all(map(self._leads_elsewhere, block.links)):
            return False
        return self._elsewhere.files(at) or dates_only(parted_label(block.text)[1], 0)

    def _is_amid_text(self, at: int) -> bool:
        """Whether a line stands between two paragraphs, and is made like them."""
        block = self._blocks[at]
        around: Sequence[Block] = self._blocks[at - 1 : at] + self._blocks[at + 1 : at + 2]
        return len(around) == 2 and all(is_prose(one) and stands_with(block, one) for one in around)

    def _may_tell_more(self, at: int) -> bool:
        """Whether a line with a date may be an item, a heading or a source of the text."""
        block = self._blocks[at]
        return block.tag in LISTED or block.is_heading or at in self._sources

    def _is_fact(self, at: int) -> bool:
        """Whether a line is one of several in a paragraph that each tell a fact: of a record."""
        around: Sequence[Block] = self._blocks[at - 1 : at] + self._blocks[at + 1 : at + 2]
        return len(around) == 2 and all(
            one.element is self._blocks[at].element and parted_label(one.text)[0] and not one.links
            for one in around
        )

    def _is_above_text(self, at: int) -> bool:
        """Whether a block stands below the headline, and below a summary at the most."""
        is_near = 0 <= self._title_at < at <= self._title_at + BELOW
        above = self._blocks[self._title_at + 1 : at] if is_near else ()
        return is_near and sum(map(is_prose, above)) <= 1

    def _opens_several(self, at: int) -> bool:
        """Whether a moment stands over one of several parts of a text, as in a live blog."""
        made = signature(self._blocks[at])
        below = islice(self._blocks, at + 1, None)
        return any(_is_moment(one) for one in below if signature(one) == made)

    def _label(self, at: int) -> str:
        text = self._blocks[at].text
        if self._is_time(at):
            return "a time"
        if self._blocks[at].tag == "div" and EMOJI.fullmatch(text):
            return "a sign beside a text"
        if names_file_of_page(text):
            return "when the page was changed"
        if self._is_of_service(at):
            return SERVICE
        return "a byline or a caption" if self._is_credit(at) else ""

    def _is_credit(self, at: int) -> bool:
        """Whether a line says whose a picture is, or who wrote; a subhead may begin as one does:
        "Video: the ferry". "© Reuters" is none.
        """
        text, tag = self._blocks[at].text, self._blocks[at].tag
        is_subhead = tag in SUBHEADS and not (is_byline(text) or "©" in text)
        return _credits(text) and not (is_subhead or at in self._sources)

    def _is_of_service(self, at: int) -> bool:
        """Whether a line is a rating, a shortcode, or a button that is not to read on."""
        text = self._blocks[at].text
        if is_rating(text) or is_shortcode(text):
            return True
        return is_service(text) and not (self._is_subhead(at) or self._leads_on(at))

    def _is_time(self, at: int) -> bool:
        """Whether a line is an age or a clock: no value of a row, no clock that opens an item."""
        text = self._blocks[at].text
        is_one = is_relative(text) or (is_clock(text) and not self._opens_item(at))
        return is_one and not self._is_value(at)

    def _leads_on(self, at: int) -> bool:
        """Whether a line right below another of the text, and made like it, says to read on, and
        leads to an address on another site that no other page of its own has: the whole article.
        """
        block = self._blocks[at]
        is_label = len(block.links) == 1 and len(block.text) <= LEADS_ON
        if not is_label or not self._elsewhere.is_known or self._elsewhere.has(at):
            return False
        url = block.links[0]
        is_page = self._leaves(url) and not (shares_page(url) or names_file(url))
        is_made_like = at > 0 and stands_with(block, self._blocks[at - 1])
        return is_page and is_made_like and asks_to_read_on(block.text)

    @cached_property
    def _sources(self) -> Collection[int]:
        """The lines that link to what a text is told from, made like its paragraphs.

        At least one of them stands below a paragraph: whose a picture is, stands below that.
        """
        pictures = {one.at for one in self._document.media}
        found = [at for at in range(1, len(self._blocks)) if self._may_be_source(at)]
        return found if any(at not in pictures for at in found) else ()

    def _may_be_source(self, at: int) -> bool:
        block = self._blocks[at]
        if self._reasons[at] or not stands_with(block, self._blocks[at - 1]):
            return False
        is_linked = leads_away(block, self._leaves) and _credits(block.text)
        return is_linked or self._says_source(at)

    def _says_source(self, at: int) -> bool:
        """Whether a line right below a paragraph says what that is told from: "Bron: ANP"."""
        block, above = self._blocks[at], self._blocks[at - 1]
        is_below = at > 0 and is_prose(above) and stands_with(block, above)
        return is_below and not block.links and names_source(block.text)

    def _leaves(self, url: str) -> bool:
        return not same_site(url, self._document.page.url)

    def _leaves_or_file(self, url: str) -> bool:
        return leaves(url, self._document)

    def _teasers(self, lead: int) -> None:
        for at in list(aged_teasers(self._blocks, self._reasons, lead, self._elsewhere)):
            self._reasons[at] = "a teaser with its age below it"
        for at in list(headed_teasers(self._blocks, self._reasons, lead, self._elsewhere)):
            self._reasons[at] = "a teaser below its headline"
        for at in list(boxed_teasers(self._blocks, self._reasons, lead)):
            self._reasons[at] = "a teaser in the box of a card"

    def _pointers(self, lead: int) -> None:
        """Drops pointers to other stories, and the lists of them, below the lead."""
        lists = Lists(self._document, self._reasons, self._elsewhere)
        for at in range(lead + 1, len(self._blocks)):
            block = self._blocks[at]
            if is_pointer(block, self._elsewhere):
                if not (self._is_pointer_of_text(at) or self._leads_on(at)):
                    self._reasons[at] = self._reasons[at] or POINTER
            elif self._names_itself(block):
                self._reasons[at] = self._reasons[at] or "where the article is from"
            elif heads_other_stories(block.text) and not lists.heads_own(at):
                lists.cut(at)
            elif self._heads_comments(at) and self._is_below_text(at, lead):
                lists.cut_comments(at)
            elif heads_author(block.text) and not self._is_subhead(at):
                lists.cut_author(at)

    def _heads_comments(self, at: int) -> bool:
        """Whether a line stands over what readers wrote; one without a number or the headline may
        be a subhead, unless a moment stands over the first paragraph below it, or several below.
        """
        text = self._blocks[at].text
        if heads_comments(text) or heads_comments_on(text, self._title):
            return True
        if not may_head_comments(text):
            return False
        box = self._blocks[at].element.getparent()
        below = [one for one in self._blocks[at + 1 : at + 1 + COMMENT] if box in one.ancestors]
        first = next((number for number, one in enumerate(below) if is_prose(one)), 0)
        return any(map(_tells_moment, below[:first])) or sum(map(_tells_moment, below)) > 1

    def _is_pointer_of_text(self, at: int) -> bool:
        is_amid = self._is_announced(at) or self._is_line_amid(at)
        return is_amid or self._is_told(at) or self._is_own_head(at)

    def _is_announced(self, at: int) -> bool:
        """Whether a link is of a list or of lines amid the text, which the line above announces.

        "The report has these parts:", and the text goes on below them.
        """
        within, place = self._listed_with(at)
        before, behind = within.start - 1, self._behind(within.stop)
        around = [one for one in (before, behind) if 0 <= one < len(self._blocks)]
        beside = [self._blocks[one] for one in around if not self._reasons[one]]
        is_amid = [one.element.getparent() for one in beside] == [place] * 2
        if not is_amid or not announces(beside[0]):
            return False
        return not beside[1].links or is_prose(beside[1])

    def _is_told(self, at: int) -> bool:
        """Whether a link is of a list that a sentence of the text right above it announces."""
        within, place = self._listed_with(at)
        above = within.start - 1
        if above < 0 or self._reasons[above] or self._blocks[at].tag != "li":
            return False
        block = self._blocks[above]
        is_told = block.element.getparent() is place and tells_of_list(block)
        return is_told and self._is_own_list(at)

    def _is_own_head(self, at: int) -> bool:
        """Whether a line stands over links of the text to other sites: "For more, visit:"."""
        block, below = self._blocks[at], self._blocks[at + 1 : at + 2]
        return announces(block) and any(
            not self._reasons[at + 1]
            and leads_away(one, self._leaves_or_file)
            and block.element.getparent() in one.ancestors
            for one in below
        )

    def _listed_with(self, at: int) -> tuple[range, etree._Element | None]:
        """The list of an item, or the links of a paragraph that are lines one below the other, with
        the element that it stands in.
        """
        block = self._blocks[at]
        around = block.element.getparent()
        if block.tag == "li" and around is not None:
            return self._document.spans.get(around, range(0)), around.getparent()
        above, below = (self._linked_lines(at, step) for step in (-1, 1))
        return range(at - above, at + 1 + below), around

    def _linked_lines(self, at: int, step: int) -> int:
        """How many lines right above or below one, in its paragraph, are nothing but links."""
        element = self._blocks[at].element
        above = self._blocks[max(at - LINES, 0) : at][::-1]
        near = above if step < 0 else self._blocks[at + 1 : at + 1 + LINES]
        lines = takewhile(lambda one: one.element is element, near)
        return len(list(takewhile(is_mere_link, lines)))

    def _is_line_amid(self, at: int) -> bool:
        """Whether a link is a line between others of one paragraph: of those who play tonight."""
        block = self._blocks[at]
        if is_insert(block.text):
            return False
        around = (*self._blocks[at - 1 : at], *self._blocks[at + 1 : at + 2])
        is_amid = len(around) == 2 and all(one.element is block.element for one in around)
        return (
            is_amid
            and block.is_next_line
            and all(one.linked < 1 or leads_away(one, self._leaves) for one in around)
        )

    def _behind(self, at: int) -> int:
        """The first block from one on that is no caption of a picture."""
        return next(
            (one for one in range(at, len(self._blocks)) if not CAPTIONS.match(self._reasons[one])),
            len(self._blocks),
        )

    def _is_below_text(self, at: int, lead: int) -> bool:
        """Whether a line stands below the text, and is no counter, link or tab above it."""
        block = self._blocks[at]
        is_free = self._reasons[at] in ("", SERVICE)
        if not is_free or block.tag == "li" or block.linked > 0.5:
            return False
        above = (one for one in range(max(lead, 0), at) if not self._reasons[one])
        said = sum(
            text_length(self._blocks[one].text) for one in above if is_prose(self._blocks[one])
        )
        return said >= (FEWEST_LETTERS if DIGIT.search(block.text) else ENOUGH)

    def _names_itself(self, block: Block) -> bool:
        """Whether a line links to this very article: "The post … appeared first on …".

        A link to another page that is called like it is part of the story, or where that is from.
        """
        beside = len(block.text) - len(self._title)
        if not 0 < beside <= BESIDE or self._title not in map(fold, link_texts(block)):
            return False
        is_other = all(map(self._leads_elsewhere, block.links))
        is_source = len(block.links) == 1 and leads_away(block, self._leaves)
        return not (is_other or is_source)

    def _is_subhead(self, at: int) -> bool:
        """Whether text of the same element goes on below it: "Reacties" heads reactions, too."""
        around: Sequence[Block] = self._blocks[at - 1 : at] + self._blocks[at + 1 : at + 2]
        parent = self._blocks[at].ancestors[-2:-1]
        return len(around) == 2 and all(
            is_prose(block) and block.ancestors[-2:-1] == parent for block in around
        )

    def _is_value(self, at: int) -> bool:
        """Whether a block is the value that a row or a definition gives for the block before it."""
        block, before = self._blocks[at], self._blocks[at - 1]
        return block.tag in ("dd", "td") and before.element.getparent() is block.element.getparent()

    def _opens_item(self, at: int) -> bool:
        """Whether a block is the first of an item of a list, and what it says stands below it."""
        block = self._blocks[at]
        item = next((one for one in reversed(block.ancestors) if one.tag == "li"), None)
        if item is None or at != self._document.spans[item][0]:
            return False
        return at + 1 in self._document.spans[item] and not self._blocks[at + 1].linked


def _credits(text: str) -> bool:
    """Whether a line says who wrote a text, or whose a picture is, and not where to read on."""
    return is_caption(text) or (is_byline(text) and not ADDRESS.search(text))


def _tells_moment(block: Block) -> bool:
    """Whether a short line without a sentence gives a day and an hour."""
    is_line = len(block.text) <= BESIDE and not (block.is_heading or is_sentence(block.text))
    return is_line and has_hour(block.text)


def _is_moment(block: Block) -> bool:
    """Whether a line is nothing but a day and an hour, or an element that tells a time."""
    time = next(block.element.iter("time"), None)
    if time is not None and text_of(time, len(block.text) + 1) == block.text:
        return True
    return is_moment(block.text)
