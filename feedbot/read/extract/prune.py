"""What of a page is not the article, and why.

Three kinds of evidence, from the surest to the least sure:

    the markup   navigation, dialogs, footers, forms, captions
    the site     text that stands on sibling pages, or that belongs to another article
    the words    "Meer uit Buitenland" and what follows it, "Lees ook", "4 uur geleden"
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from ...languages.fold import fold
from ...languages.labels import (
    heads_other_stories,
    is_byline,
    is_caption,
    is_insert,
    is_service,
    says_published,
)
from ...languages.times import is_clock, is_relative, without_age
from ...web.blocks import block_hash, text_hash
from ...web.document import Block, Document
from ...web.urls import same_site, url_key
from ..site_model import SiteModel
from .dateline import dateline_of
from .own_blocks import OTHERS, RECURS, own_lead, own_recurring, own_rest
from .prose import is_prose, is_sentence, link_texts, signature, text_length

LONG_BLOCK = 120  # characters from which a block that recurs may be a background paragraph
SIBLINGS = 3  # pages that must share a long block before it counts as the site's
FIRST_WORDS = 8  # of a lead that tell it from other leads: teasers are often cut short
RARE = 0.1  # share of the sibling pages up to which a heading is the article's own
BESIDE = 80  # characters beside the headline in a line that says where the article is from
BELOW = 12  # blocks below the headline among which the lead stands
CONFIRMS = 40  # characters in which a description and a lead must agree
COPIED = 3  # other addresses at most that one article has; what stands on more is the site's
SAME_PAGE = 0.5  # share of long blocks from which two addresses are one article
MOST_PROSE = 0.6  # share of a page's prose that no furniture has
ENOUGH = 200  # letters of prose that make the element around the headline the article
REQUEST = 400  # characters in a box around a form
READERS = "what readers wrote"
HEADED = 3  # teasers below their headlines that make a list
MOST_HEADED = 0.8  # share of the paragraphs made like them
FEWEST_BESIDE = 0.1  # of what these teasers say: there is a text beside them
AROUND = 3  # containers around a heading in which its list may stand
MOST_DATE_COPIES = (
    2  # of a line that tells the date, for phones and screens; more are a list of events
)
WORDS = 4  # of an id that was made of a heading; names of furniture have fewer
QUIET_BLOCKS = 100  # blocks in a row without such a trace, long or short, that end the list
SAMPLE = 50  # blocks of other stories in a row whose make is noted
RESUMES = 3  # long blocks in a row without a trace of another story: the article goes on

TAGS = frozenset("nav footer form dialog aside figcaption menu address".split())
ROLES = frozenset(
    "navigation contentinfo complementary dialog alertdialog search menu menubar banner"
    " toolbar".split()
)
# Parts of class names and ids, as whole words: "share" is one of "share-bar", not of "shareholder".
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:"
    r"nav|navi|navbar|navigation|menu|footer|foot|breadcrumbs?|crumbs?|pagination|pager"
    r"|cookies?|consent|gdpr|modal|popup|overlay|lightbox|newsletter|nieuwsbrief|subscribe"
    r"|subscription|share|sharing|sharebar|social|socials|addthis|sharedaddy"
    r"|related|recirc|recirculation|recommend(?:ed|ation|ations)?|outbrain|taboola|mostread"
    r"|most-read|most-popular|popular|trending|sidebar|side-bar|rail|teasers?|promo|promos|promotion"
    r"|comments?|comment-list|commentlist|respond|disqus|reacties|reactions|kommentare"
    r"|advert|adverts|advertisement|ads|ad|sponsor|sponsored|banner"
    r"|caption|wp-caption-text|credits?|copyright|byline|dateline-bar|author-bio|authorbox|author-box"
    r"|tags|taglist|tag-list|tagcloud|topics-list|read-?more|readalso|lees-?ook|meer-?nieuws|skip-link"
    r"|screen-reader-text|sr-only|visually-hidden|visuallyhidden|noprint|print-only|toolbar|tools"
    r")(?:$|[\s_-])",
    re.IGNORECASE,
)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Readers may write more than the author did; what else is most of a page is no furniture.
COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|disqus|reacties|kommentare|commentaires)(?:$|[\s_-])"
    r"|comment(?:s|list|source|text|body|item)\b",
    re.IGNORECASE,
)


def lead_hash(text: str) -> int | None:
    """The same for the first words of a lead, its dateline aside; None for too few words."""
    found = dateline_of(text)
    words = fold(text[len(found.text) :] if found else text).rstrip(" .…").split()
    if len(words) < FIRST_WORDS:
        return None
    return text_hash("lead " + " ".join(words[:FIRST_WORDS]))


def page_hashes(document: Document) -> tuple[int, ...]:
    """The hashes of a page's blocks, each once, in order."""
    return tuple(dict.fromkeys(block_hash(block.text) for block in document.blocks))


@dataclass(frozen=True)
class Pruned:
    """The blocks of a page: what stays, and why the rest went."""

    document: Document
    own: frozenset[str]  # the URL keys of the page
    reasons: tuple[str, ...]  # as many as there are blocks; "" stays
    title_at: int  # the block that shows the title; -1 if none does

    @cached_property
    def kept(self) -> tuple[Block, ...]:
        """What stays, in document order."""
        pairs = zip(self.document.blocks, self.reasons, strict=True)
        return tuple(block for block, reason in pairs if not reason)

    def leaves(self, url: str) -> bool:
        """Whether an address is on another site than the page."""
        return not same_site(url, self.document.page.url)

    def leads_elsewhere(self, url: str) -> bool:
        """Whether an address is that of another page of the site."""
        return leads_elsewhere(url, self.document, self.own)

    def between(self, first: Block, last: Block) -> tuple[Block, ...]:
        """What stays from one block of the page to another; these two may have gone themselves."""
        blocks = self.document.blocks
        return tuple(
            blocks[at]
            for at in range(blocks.index(first), blocks.index(last) + 1)
            if not self.reasons[at]
        )


def prune(document: Document, title: str, model: SiteModel, own: Collection[str]) -> Pruned:
    """Says of every block whether it is the article's. `own` are the page's URL keys."""
    keys = frozenset(own)
    return Pruned(document, keys, *_Pruner(document, title, model, keys).run())


def leads_elsewhere(url: str, document: Document, own: Collection[str]) -> bool:
    """Whether an address is that of another page of the site. `own` are the page's URL keys."""
    return same_site(url, document.page.url) and url_key(url) not in own


class _Pruner:
    def __init__(
        self, document: Document, title: str, model: SiteModel, own: frozenset[str]
    ) -> None:
        self._document = document
        self._blocks = document.blocks
        self._model = model
        self._own = own
        self._reasons = [""] * len(self._blocks)
        self._title = fold(title)
        self._jumps: dict[int, int] = {}  # from a block that goes to one after those that follow it
        self._traces: dict[int, bool] = {}
        self._hashes = [block_hash(block.text) for block in self._blocks]

    def run(self) -> tuple[tuple[str, ...], int]:
        self._markup()
        title_at = self._find_title()
        self._other_articles(title_at)
        self._siblings = self._sibling_pages(self._first_prose(title_at))
        self._keep_own(title_at)
        first = self._first_prose(title_at)
        for at, block in enumerate(self._blocks):
            if not self._reasons[at]:
                is_lead = at == first or self._is_own_teaser(at, title_at, first)
                self._reasons[at] = self._foreign(at, block, is_lead=is_lead)
        for at in list(own_recurring(self._blocks, self._reasons)):
            self._reasons[at] = ""
        self._words(first)
        return tuple(self._reasons), title_at

    # --- the markup -------------------------------------------------------------------------

    def _markup(self) -> None:
        mass: dict[etree._Element, int] = {}
        for block in self._blocks:
            if is_prose(block):
                for element in block.ancestors:
                    mass[element] = mass.get(element, 0) + text_length(block.text)
        total = sum(text_length(block.text) for block in self._blocks if is_prose(block))
        reasons = self._reasons_of_markup(mass, total)
        # A name that most of the text goes by is no name of furniture: "paywall", "nav-layout".
        dropped: dict[str, int] = {}
        for block, reason in zip(self._blocks, reasons, strict=True):
            if is_prose(block):
                dropped[reason] = dropped.get(reason, 0) + text_length(block.text)
        wrong = {
            reason
            for reason, held in dropped.items()
            if held > MOST_PROSE * total and reason != READERS
        }
        self._reasons = ["" if reason in wrong else reason for reason in reasons]

    def _reasons_of_markup(self, mass: Mapping[etree._Element, int], total: int) -> list[str]:
        judged = dict.fromkeys(self._asking(), "a form and what asks to fill it in")
        wrappers = self._around_title()
        reasons = []
        for block in self._blocks:
            reason = ""
            for element in block.ancestors:
                if element not in judged:
                    is_story = element in wrappers or mass.get(element, 0) > MOST_PROSE * total
                    judged[element] = (
                        is_comment_section(element) if is_story else furniture(element)
                    )
                if reason := judged[element]:
                    break
            reasons.append(reason)
        return reasons

    def _around_title(self) -> frozenset[etree._Element]:
        """What holds the headline as the page's heading, and a text below it."""
        headlines = [
            at
            for at, block in enumerate(self._blocks)
            if (block.is_heading or block.tag == "p") and fold(block.text) == self._title
        ]
        if len(headlines) != 1 or self._blocks[headlines[0]].tag != "h1":
            return frozenset()  # one of them may be in a dialog
        at = headlines[0]
        below = self._blocks[at + 1 : at + 1 + BELOW]
        lead = next((block for block in below if is_prose(block)), self._blocks[at])
        return frozenset(self._blocks[at].ancestors) & frozenset(lead.ancestors)

    def _asking(self) -> Iterator[etree._Element]:
        """The boxes around forms, unless there is more in them than a request to fill one in."""
        seen: set[etree._Element] = set()
        for form in self._document.root.iter("form"):
            box = form.getparent()
            if box is None or box.tag in ("body", "main", "article"):
                continue
            if box not in seen and _says_little(box):
                yield box
            seen.add(box)

    def _find_title(self) -> int:
        """Where the title stands: not in the breadcrumb, and not in a list below the text."""
        prose = [
            0 if reason or not is_prose(block) else text_length(block.text)
            for block, reason in zip(self._blocks, self._reasons, strict=True)
        ]
        total, above, best, at = sum(prose), 0, 0, -1
        for position, block in enumerate(self._blocks):
            same = fold(block.text) == self._title
            score = 2 * (block.tag == "h1") + 2 * same + (block.is_heading and same)
            if (same and block.linked > 0.5) or (above > MOST_PROSE * total and (best or not same)):
                score = 0
            if score > best:
                best, at = score, position
            above += prose[position]
        return at if best >= 2 else -1

    def _other_articles(self, title_at: int) -> None:
        """Drops what stands in another `<article>` than the headline: sites append the next one."""
        if title_at < 0:
            return
        ours = [one for one in self._blocks[title_at].ancestors if one.tag == "article"]
        text = sum(
            text_length(block.text)
            for block, reason in zip(self._blocks, self._reasons, strict=True)
            if ours and not reason and is_prose(block) and ours[-1] in block.ancestors
        )
        if text < ENOUGH:
            return
        for at, block in enumerate(self._blocks):
            if ours[0] in block.ancestors or not any(e.tag == "article" for e in block.ancestors):
                continue
            self._reasons[at] = self._reasons[at] or "in another <article>"

    def _first_prose(self, title_at: int) -> int:
        """The block that must be the lead, whatever else speaks against it."""
        for at in range(title_at + 1, len(self._blocks)):
            if title_at < 0 or at > title_at + BELOW:
                return -1
            block = self._blocks[at]
            if not self._reasons[at] and is_prose(block) and text_length(block.text) >= 80:
                return at
        return -1

    def _keep_own(self, title_at: int) -> None:
        """Keeps the story's own lead and its hidden rest, whatever their names."""
        lead = own_lead(
            self._blocks, self._reasons, title_at, self._is_elsewhere, self._is_confirmed
        )
        rest = own_rest(
            self._blocks, self._reasons, self._is_elsewhere, is_alone=not self._knows_others
        )
        for at in [*([lead] if lead >= 0 else []), *rest]:
            self._reasons[at] = ""

    @property
    def _knows_others(self) -> bool:
        return len(self._siblings) >= SIBLINGS

    def _is_elsewhere(self, at: int) -> bool:
        """Whether a block is known from other pages."""
        owners = self._owners(self._blocks[at].text)
        return not owners & self._own and bool(owners or self._seen_on(at))

    def _is_confirmed(self, text: str) -> bool:
        """Whether the site's other pages, or the page's description, speak for a text."""
        said = fold(self._document.meta("og:description", "description", "twitter:description"))
        return self._knows_others or (
            len(said) >= CONFIRMS and fold(text).startswith(said.rstrip(" .…")[:CONFIRMS])
        )

    # --- the site ---------------------------------------------------------------------------

    def _sibling_pages(self, first: int) -> frozenset[str]:
        """The pages seen that are not this article under another address.

        Such a copy has its lead, and most of its long blocks that are neither another article's
        nor the site's: a story of one paragraph shares its sidebar with every page.
        """
        long = [
            self._model.pages_with.get(one, frozenset()) - self._own
            for one, block in zip(self._hashes, self._blocks, strict=True)
            if len(block.text) >= LONG_BLOCK and not self._owners(block.text) - self._own
        ]
        telling = [pages for pages in long if len(pages) <= COPIED]
        shared = Counter(page for pages in telling for page in pages)
        same = {page for page, count in shared.items() if count > SAME_PAGE * len(telling)}
        if first >= 0:
            same &= self._model.pages_with.get(self._hashes[first], frozenset())
        return frozenset(self._model.seen) - same - self._own

    def _foreign(self, at: int, block: Block, *, is_lead: bool) -> str:
        text = without_age(block.text)
        if fold(text) == self._title:
            return "" if block.tag == "h1" else "the title once more"
        owners = self._owners(text)
        if owners & self._own:
            return ""
        if owners and not is_lead:
            return OTHERS
        if block.card and self._leads_elsewhere(block.card):
            return "a card of another page"
        if self._opens_with_title(block):
            return OTHERS
        pages = self._seen_on(at)
        if not pages or is_lead:
            return ""
        if pages < RARE * len(self._siblings) and (block.is_heading or self._is_own_subhead(at)):
            return ""  # "Achtergrond" may be a subhead of several articles
        if len(text) < LONG_BLOCK or pages >= SIBLINGS:
            return RECURS
        return ""

    def _is_own_teaser(self, at: int, title_at: int, first: int) -> bool:
        """Whether a short paragraph above the lead is elsewhere a teaser of this article.

        Other pages show it with this headline, or few do; a notice of the site stands on most.
        """
        if not 0 <= title_at < at < (first if first >= 0 else title_at + BELOW):
            return False
        pages = self._model.pages_with
        shown = pages.get(self._hashes[at], frozenset()) & self._siblings
        with_title = pages.get(self._hashes[title_at], frozenset())
        return is_prose(self._blocks[at]) and (shown <= with_title or len(shown) < SIBLINGS)

    def _opens_with_title(self, block: Block) -> bool:
        """Whether a block begins with the linked headline of another article."""
        if not block.links or block.linked > 0.5 or not self._leads_elsewhere(block.links[0]):
            return False
        said = link_texts(block)[0]
        return block.text.startswith(said) and bool(self._owners(said) - self._own)

    def _names_itself(self, block: Block) -> bool:
        """Whether a line links to this very article: "The post … appeared first on …"."""
        beside = len(block.text) - len(self._title)
        return 0 < beside <= BESIDE and any(fold(one) == self._title for one in link_texts(block))

    def _seen_on(self, at: int) -> int:
        """How many sibling pages have a block."""
        return len(self._model.pages_with.get(self._hashes[at], frozenset()) & self._siblings)

    def _is_own_subhead(self, at: int) -> bool:
        """Whether a block stands between two paragraphs that only this page has."""
        return self._is_subhead(at) and not any(
            self._seen_on(near) or self._owners(self._blocks[near].text) - self._own
            for near in (at - 1, at + 1)
        )

    def _owners(self, text: str) -> set[str]:
        """The articles that a text is known to be the title or the lead of."""
        hashes = (text_hash(text), lead_hash(text))
        found = (self._model.owners.get(one) for one in hashes if one is not None)
        return {owner for owner in found if owner is not None}

    def _leads_elsewhere(self, url: str) -> bool:
        return leads_elsewhere(url, self._document, self._own)

    def _links_elsewhere(self, block: Block) -> bool:
        links = (*block.links, block.card)
        return any(map(self._leads_elsewhere, filter(None, links)))

    # --- the words --------------------------------------------------------------------------

    def _words(self, first: int) -> None:
        dates = {
            at
            for at, block in enumerate(self._blocks)
            if not self._reasons[at] and says_published(block.text)
        }
        for at, block in enumerate(self._blocks):
            if self._reasons[at]:
                continue
            if (is_relative(block.text) or is_clock(block.text)) and not self._is_value(at):
                self._reasons[at] = "a time"
            elif is_service(block.text) and not self._is_subhead(at):
                self._reasons[at] = "a button or a notice"
            elif is_caption(block.text) or is_byline(block.text):
                self._reasons[at] = "a byline or a caption"
            elif (
                at in dates
                and len(dates) <= MOST_DATE_COPIES
                and at != first
                and not self._is_subhead(at)
            ):
                self._reasons[at] = "when it was published"
            elif at > first >= 0 and self._glued_age(block.text):
                self._reasons[at] = "a teaser with its age"
        self._aged_teasers(first)
        self._headed_teasers(first)
        for at, block in enumerate(self._blocks):
            if at <= first:
                continue
            if self._is_pointer(block):
                self._reasons[at] = self._reasons[at] or "a pointer to another story"
            elif self._names_itself(block):
                self._reasons[at] = self._reasons[at] or "where the article is from"
            elif heads_other_stories(block.text):
                self._cut(at)

    def _aged_teasers(self, first: int) -> None:
        """Drops a paragraph that an age follows, if a dateline, a link or a teaser precedes it.

        An age below the text may be the article's own; above each entry it is a live blog's.
        """
        above = ""  # what the block above it is: "other" for what leads to another story
        for at in range(first + 1, len(self._blocks)):
            block, reason = self._blocks[at], self._reasons[at]
            below = self._blocks[at + 1 : at + 2]
            if is_relative(block.text):
                above = "other" if above == "teaser" else ""
            elif reason:
                above = "other" if block.linked > 0.5 else ""
            elif self._is_pointer(block):
                above = "other"
            elif (
                is_prose(block)
                and below
                and is_relative(below[0].text)
                and (above == "other" or dateline_of(block.text))
            ):
                self._reasons[at] = "a teaser with its age below it"
                above = "teaser"
            else:
                above = ""

    def _headed_teasers(self, first: int) -> None:
        """Drops paragraphs that stand below linked headlines, as all that are made like them do."""
        made: dict[tuple[str, ...], list[int]] = {}
        for at in range(max(first + 1, 1), len(self._blocks)):
            if not self._reasons[at] and is_prose(self._blocks[at]):
                made.setdefault(signature(self._blocks[at]), []).append(at)
        total = sum(self._weight_of(places) for places in made.values())
        for places in made.values():
            headed = [at for at in places if self._is_headline(self._blocks[at - 1])]
            said = self._weight_of(headed)
            if (
                len(headed) >= HEADED
                and len(headed) > MOST_HEADED * len(places)
                and total - said > (FEWEST_BESIDE if self._siblings else 1.0) * said
                and self._is_dense(headed)
            ):
                for at in headed:
                    self._reasons[at] = "a teaser below its headline"

    def _is_dense(self, headed: Sequence[int]) -> bool:
        """Whether hardly anything but headlines stands between these paragraphs."""
        within = set(range(headed[0], headed[-1])) - set(headed)
        between = [at for at in within if not self._reasons[at] and self._blocks[at].linked < 0.5]
        if self._siblings:
            return len(between) <= 2 * len(headed)
        return len(between) <= len(headed) and not any(is_prose(self._blocks[at]) for at in between)

    def _weight_of(self, positions: Iterable[int]) -> int:
        return sum(text_length(self._blocks[at].text) for at in positions)

    def _is_headline(self, block: Block) -> bool:
        """Whether a line is a link to another page of the site."""
        return block.linked > 0.7 and self._links_elsewhere(block)

    def _is_subhead(self, at: int) -> bool:
        """Whether text of the same element goes on below it: "Reacties" heads reactions, too."""
        around = self._blocks[at - 1 : at] + self._blocks[at + 1 : at + 2]
        parent = self._blocks[at].ancestors[-2:-1]
        return len(around) == 2 and all(
            is_prose(block) and block.ancestors[-2:-1] == parent for block in around
        )

    def _is_value(self, at: int) -> bool:
        """Whether a block is the value that a row or a definition gives for the block before it."""
        block, before = self._blocks[at], self._blocks[at - 1]
        return block.tag in ("dd", "td") and before.element.getparent() is block.element.getparent()

    @staticmethod
    def _glued_age(text: str) -> bool:
        rest = without_age(text)
        return len(rest) < len(text) and not text.endswith(".") and (is_sentence(rest) or not rest)

    def _is_pointer(self, block: Block) -> bool:
        if is_insert(block.text) and (block.linked > 0.3 or len(block.text) < LONG_BLOCK):
            return ":" in block.text[:40] or block.linked > 0.3
        whole = block.linked > 0.9 and len(block.text) < 250 and not block.is_heading
        return whole and any(self._leads_elsewhere(url) for url in block.links)

    def _cut(self, at: int) -> None:
        """Drops a heading over other stories, and them."""
        self._reasons[at] = self._reasons[at] or "a heading over other stories"
        foreign: set[tuple[str, ...]] = set()
        quiet: list[int] = []
        prose = 0
        position, end = at + 1, self._end_below(at)
        while position < end:
            block = self._blocks[position]
            if self._reasons[position] or self._is_trace_at(position):
                self._drop([*quiet, position])
                after = min(self._next_kept(position), end)
                foreign.update(
                    map(signature, self._blocks[position : min(after, position + SAMPLE)])
                )
                quiet, prose, position = [], 0, after
                continue
            if is_prose(block):
                prose += 1
                if foreign and self._is_made_above(block, at) and signature(block) not in foreign:
                    return  # a paragraph of the article's make, which no other story has
            quiet.append(position)
            if prose >= RESUMES or len(quiet) >= QUIET_BLOCKS:
                return
            position += 1
        # What is left over ends the list, unless it has a subhead, as an article would.
        if len(quiet) <= 2 * RESUMES and not any(self._blocks[one].is_heading for one in quiet):
            self._drop(quiet)

    def _drop(self, positions: Iterable[int]) -> None:
        for at in positions:
            self._reasons[at] = self._reasons[at] or "below a heading over other stories"

    def _end_below(self, at: int) -> int:
        """Where the container of a heading ends, or that around it if nothing follows in it."""
        heading = self._blocks[at]
        containers = [one for one in heading.ancestors if one is not heading.element]
        for container in containers[: -1 - AROUND : -1]:
            end = self._document.spans[container].stop
            if end > at + 1:
                return end
        return at + 1

    def _next_kept(self, at: int) -> int:
        """The first block from `at` on that has no reason to go. Remembers what it has passed."""
        end, passed = at, list[int]()
        while end < len(self._blocks) and self._reasons[end]:
            passed.append(end)
            end = self._jumps.get(end, end + 1)
        self._jumps.update(dict.fromkeys(passed, end))
        return end

    def _is_made_above(self, block: Block, at: int) -> bool:
        """Whether a paragraph of the same make stands above block `at`."""
        return self._first_made.get(signature(block), at) < at

    @cached_property
    def _first_made(self) -> Mapping[tuple[str, ...], int]:
        found: dict[tuple[str, ...], int] = {}
        for at, block in enumerate(self._blocks):
            if is_prose(block):
                found.setdefault(signature(block), at)
        return found

    def _is_trace_at(self, at: int) -> bool:
        """Whether a block shows that it is of another story; kept, as headings share lists."""
        if at not in self._traces:
            self._traces[at] = self._is_trace(self._blocks[at])
        return self._traces[at]

    def _is_trace(self, block: Block) -> bool:
        return (
            is_relative(block.text)
            or self._glued_age(block.text)
            or bool(dateline_of(block.text))
            or (block.linked > 0.5 and self._links_elsewhere(block))
        )


def _says_little(box: etree._Element) -> bool:
    length = 0
    for text in box.itertext():
        length += len(str(text).strip())
        if length > REQUEST:
            return False
    return True


def _is_unseen(element: etree._Element) -> bool:
    """Whether styles hide it; "hidden md:block" is shown on larger screens."""
    classes = (element.get("class") or "").split()
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or ("hidden" in classes and not any(":" in c for c in classes))


def is_comment_section(element: etree._Element) -> str:
    """Why an element holds what readers wrote; "" if it does not."""
    if element.tag in ("html", "body", "main", "article"):
        return ""
    names = CAMEL.sub("-", f"{element.get('class', '')} {element.get('id', '')}")
    return READERS if COMMENTS.search(names) and element.find(".//h1") is None else ""


def _name_of(element: etree._Element) -> str:
    """An id, if it is a name and not the words of a heading: "sharing-with-a-single-developer"."""
    said = element.get("id") or ""
    return said if said.count("-") + said.count("_") < WORDS else ""


def furniture(element: etree._Element) -> str:
    """Why an element is no part of an article, by its markup; "" if nothing says so."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in TAGS:
        return f"<{tag}>"
    if element.get("role", "").lower() in ROLES or element.get("aria-modal") == "true":
        return "role " + (element.get("role") or "dialog")
    if element.get("hidden") is not None or _is_unseen(element):
        return "hidden"
    if tag in ("html", "body", "main", "article", "h1"):
        return ""
    if readers := is_comment_section(element):
        return readers
    names = f"{element.get('class', '')} {_name_of(element)}"
    found = FURNITURE.search(CAMEL.sub("-", names)) if len(names) > 1 else None
    return f"class {found[0].strip(' _-')}" if found else ""
