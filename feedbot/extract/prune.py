"""What of a page is not the article, and why.

Three kinds of evidence, from the surest to the least sure:

    the markup   navigation, dialogs, footers, forms, captions
    the site     text that stands on sibling pages, or that belongs to another article
    the words    "Meer uit Buitenland" and what follows it, "Lees ook", "4 uur geleden"
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from ..blocks import block_hash, text_hash
from ..document import Block, Document
from ..language.fold import fold
from ..language.labels import (
    heads_other_stories,
    is_byline,
    is_caption,
    is_insert,
    is_service,
    says_published,
)
from ..language.times import is_clock, is_relative, without_age
from ..site import SiteModel
from ..urls import same_site, url_key
from .dateline import dateline_of

LONG = 120  # characters from which a block that recurs may be a background paragraph
SIBLINGS = 3  # pages that must share a long block before it counts as the site's
FIRST_WORDS = 8  # of a lead that tell it from other leads: teasers are often cut short
RARE = 0.1  # share of the sibling pages up to which a heading is the article's own
SAME_PAGE = 0.5  # share of long blocks from which two addresses are one article
MOST = 0.6  # share of a page's prose that no furniture has
ENOUGH = 200  # letters of prose that make the element around the headline the article
REQUEST = 400  # characters in a box around a form
READERS = "what readers wrote"
AROUND = 3  # containers around a heading in which its list may stand
COPIES = 2  # of a line that tells the date, for phones and screens; more are a list of events
QUIET = 100  # blocks in a row without such a trace, long or short, that end the list
CLASSES = 500  # characters of a class attribute that make a paragraph like others
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
CJK = re.compile("[\u3040-\u9fff]")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Readers may write more than the author did; what else is most of a page is no furniture.
COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|disqus|reacties|kommentare|commentaires)(?:$|[\s_-])"
    r"|comment(?:s|list|source|text|body|item)\b",
    re.IGNORECASE,
)


def weight(text: str) -> int:
    """How much a text says, in letters; a Chinese or Japanese sign counts for three."""
    if text.isascii():
        return len(text)
    return len(text) + 2 * len(CJK.findall(text))


def is_prose(block: Block) -> bool:
    """Whether a block reads like a paragraph."""
    if block.is_heading or block.linked > 0.5:
        return False
    return weight(block.text) >= 80 or (weight(block.text) >= 25 and is_sentence(block.text))


def is_sentence(text: str) -> bool:
    """Whether a text ends as sentences do."""
    return text.rstrip("\"'”’»“)] ")[-1:] in tuple(".!?…。！？।؟")


def make(block: Block) -> tuple[str, ...]:
    """What paragraphs of one text have in common: their tags and classes."""
    return tuple(
        f"{one.tag!s}.{(one.get('class') or '')[:CLASSES]}" for one in block.ancestors[-2:]
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
    reasons: tuple[str, ...]  # as many as there are blocks; "" stays
    title_at: int  # the block that shows the title; -1 if none does

    @cached_property
    def kept(self) -> tuple[Block, ...]:
        """What stays, in document order."""
        pairs = zip(self.document.blocks, self.reasons, strict=True)
        return tuple(block for block, reason in pairs if not reason)

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
    return Pruned(document, *_Pruner(document, title, model, frozenset(own)).run())


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
        self._siblings = self._sibling_pages()
        first = self._first_prose(title_at)
        for at, block in enumerate(self._blocks):
            if not self._reasons[at]:
                self._reasons[at] = self._foreign(at, block, is_lead=at == first)
        self._words(first)
        return tuple(self._reasons), title_at

    # --- the markup -------------------------------------------------------------------------

    def _markup(self) -> None:
        mass: dict[etree._Element, int] = {}
        for block in self._blocks:
            if is_prose(block):
                for element in block.ancestors:
                    mass[element] = mass.get(element, 0) + weight(block.text)
        total = sum(weight(block.text) for block in self._blocks if is_prose(block))
        reasons = self._reasons_of_markup(mass, total)
        # A name that most of the text goes by is no name of furniture: "paywall", "nav-layout".
        dropped: dict[str, int] = {}
        for block, reason in zip(self._blocks, reasons, strict=True):
            if is_prose(block):
                dropped[reason] = dropped.get(reason, 0) + weight(block.text)
        wrong = {
            reason for reason, held in dropped.items() if held > MOST * total and reason != READERS
        }
        self._reasons = ["" if reason in wrong else reason for reason in reasons]

    def _reasons_of_markup(self, mass: Mapping[etree._Element, int], total: int) -> list[str]:
        judged = dict.fromkeys(self._asking(), "a form and what asks to fill it in")
        reasons = []
        for block in self._blocks:
            reason = ""
            for element in block.ancestors:
                if element not in judged:
                    is_most = mass.get(element, 0) > MOST * total
                    judged[element] = by_readers(element) if is_most else _furniture(element)
                if reason := judged[element]:
                    break
            reasons.append(reason)
        return reasons

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
            0 if reason or not is_prose(block) else weight(block.text)
            for block, reason in zip(self._blocks, self._reasons, strict=True)
        ]
        total, above, best, at = sum(prose), 0, 0, -1
        for position, block in enumerate(self._blocks):
            same = fold(block.text) == self._title
            score = 2 * (block.tag == "h1") + 2 * same + (block.is_heading and same)
            if (same and block.linked > 0.5) or (above > MOST * total and (best or not same)):
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
            weight(block.text)
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
            if title_at < 0 or at > title_at + 12:
                return -1
            block = self._blocks[at]
            if not self._reasons[at] and is_prose(block) and weight(block.text) >= 80:
                return at
        return -1

    # --- the site ---------------------------------------------------------------------------

    def _sibling_pages(self) -> frozenset[str]:
        """The pages seen that are not this article under another address."""
        long = [h for h, b in zip(self._hashes, self._blocks, strict=True) if len(b.text) >= LONG]
        shared: dict[str, int] = {}
        for one in long:
            for page in self._model.pages_with.get(one, ()):
                shared[page] = shared.get(page, 0) + 1
        same = {page for page, count in shared.items() if count > SAME_PAGE * len(long)}
        return frozenset(self._model.seen) - same - self._own

    def _foreign(self, at: int, block: Block, *, is_lead: bool) -> str:
        text = without_age(block.text)
        if fold(text) == self._title:
            return "" if block.tag == "h1" else "the title once more"
        owners = self._owners(text)
        if owners & self._own:
            return ""
        if owners and not is_lead:
            return "belongs to another article"
        if block.card and self._leads_elsewhere(block.card):
            return "a card of another page"
        pages = self._seen_on(at)
        if not pages or is_lead:
            return ""
        if pages < RARE * len(self._siblings) and (block.is_heading or self._is_own_subhead(at)):
            return ""  # "Achtergrond" may be a subhead of several articles
        if len(text) < LONG or pages >= SIBLINGS:
            return "stands on sibling pages"
        return ""

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
        return same_site(url, self._document.page.url) and url_key(url) not in self._own

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
            if is_relative(block.text) or is_clock(block.text):
                self._reasons[at] = "a time"
            elif is_service(block.text) and not self._is_subhead(at):
                self._reasons[at] = "a button or a notice"
            elif is_caption(block.text) or is_byline(block.text):
                self._reasons[at] = "a byline or a caption"
            elif at in dates and len(dates) <= COPIES and at != first and not self._is_subhead(at):
                self._reasons[at] = "when it was published"
            elif at > first >= 0 and self._glued_age(block.text):
                self._reasons[at] = "a teaser with its age"
        self._aged_teasers(first)
        for at, block in enumerate(self._blocks):
            if at <= first:
                continue
            if self._is_pointer(block):
                self._reasons[at] = self._reasons[at] or "a pointer to another story"
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

    def _is_subhead(self, at: int) -> bool:
        """Whether text of the same element goes on below it: "Reacties" heads reactions, too."""
        around = self._blocks[at - 1 : at] + self._blocks[at + 1 : at + 2]
        parent = self._blocks[at].ancestors[-2:-1]
        return len(around) == 2 and all(
            is_prose(block) and block.ancestors[-2:-1] == parent for block in around
        )

    @staticmethod
    def _glued_age(text: str) -> bool:
        rest = without_age(text)
        return len(rest) < len(text) and not text.endswith(".") and (is_sentence(rest) or not rest)

    def _is_pointer(self, block: Block) -> bool:
        if is_insert(block.text) and (block.linked > 0.3 or len(block.text) < LONG):
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
                foreign.update(map(make, self._blocks[position : min(after, position + SAMPLE)]))
                quiet, prose, position = [], 0, after
                continue
            if is_prose(block):
                prose += 1
                if foreign and self._is_made_above(block, at) and make(block) not in foreign:
                    return  # a paragraph of the article's make, which no other story has
            quiet.append(position)
            if prose >= RESUMES or len(quiet) >= QUIET:
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
            if self._last_in[container] > at:
                return self._last_in[container] + 1
        return at + 1

    @cached_property
    def _last_in(self) -> Mapping[etree._Element, int]:
        """The last block of every element."""
        found: dict[etree._Element, int] = {}
        for at in range(len(self._blocks) - 1, -1, -1):
            for element in reversed(self._blocks[at].ancestors):
                if element in found:
                    break  # and so are those around it
                found[element] = at
        return found

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
        return self._first_made.get(make(block), at) < at

    @cached_property
    def _first_made(self) -> Mapping[tuple[str, ...], int]:
        found: dict[tuple[str, ...], int] = {}
        for at, block in enumerate(self._blocks):
            if is_prose(block):
                found.setdefault(make(block), at)
        return found

    def _is_trace_at(self, at: int) -> bool:
        """Whether a block shows that it is of another story; kept, as headings share lists."""
        if at not in self._traces:
            self._traces[at] = self._is_trace(self._blocks[at])
        return self._traces[at]

    def _is_trace(self, block: Block) -> bool:
        links = (*block.links, block.card)
        return (
            is_relative(block.text)
            or self._glued_age(block.text)
            or bool(dateline_of(block.text))
            or (block.linked > 0.5 and any(map(self._leads_elsewhere, filter(None, links))))
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


def by_readers(element: etree._Element) -> str:
    """Why an element holds what readers wrote; "" if it does not."""
    if element.tag in ("html", "body", "main", "article"):
        return ""
    names = CAMEL.sub("-", f"{element.get('class', '')} {element.get('id', '')}")
    return READERS if COMMENTS.search(names) and element.find(".//h1") is None else ""


def _furniture(element: etree._Element) -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in TAGS:
        return f"<{tag}>"
    if element.get("role", "").lower() in ROLES or element.get("aria-modal") == "true":
        return "role " + (element.get("role") or "dialog")
    if element.get("hidden") is not None or _is_unseen(element):
        return "hidden"
    if tag in ("html", "body", "main", "article", "h1"):
        return ""
    if readers := by_readers(element):
        return readers
    names = f"{element.get('class', '')} {element.get('id', '')}"
    found = FURNITURE.search(CAMEL.sub("-", names)) if len(names) > 1 else None
    return f"class {found[0].strip(' _-')}" if found else ""
