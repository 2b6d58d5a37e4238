"""What of a page is furniture by its markup: navigation, dialogs, footers, forms, captions.

A name proves nothing where most of the text, or the headline and a text below it, go by it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import TypeVar

from lxml import etree

from ...languages.fold import fold
from ...languages.pattern import Pattern
from ...languages.tables import any_spelt
from ...languages.walls import CONSENT as WALL
from ...languages.walls import speaks_of_page
from ...remembered import remembered
from ...web.document import HEADINGS, Block, Document, is_off_page, one_line
from .inserts import CONSENT, CONSENTS, FORM, WHOLE, inserts, is_asking
from .prose import PARAGRAPH, is_prose, text_length

MOST = 0.6  # share of a page's prose that no furniture has
PROSE = 0.5  # share of prose in what a story says
STORY = 200  # letters of prose in a short one
NEAR = 12  # blocks below the headline among which the lead stands
MOST_SLIDES = 50  # of a gallery among which one is shown
LEAST = 0.3  # share of a page's prose in a running text that has a name of furniture
ROW = 3  # paragraphs in a row that make a running text
RUNNING = 500  # letters in them
BOXED = 4  # elements, from a paragraph outwards, that are called alike in boxes made alike
READERS = "what readers wrote"
HIDDEN = "hidden"
WORDS = 4  # of an id that was made of a heading; names of furniture have fewer

TAGS = frozenset("nav footer form dialog aside figcaption menu address".split())
ROLES = frozenset(
    "navigation contentinfo complementary dialog alertdialog search menu menubar banner"
    " toolbar".split()
)
# Parts of class names and ids, as whole words: "share" is one of "share-bar", not of "shareholder".
FURNITURE = Pattern(
    lambda: (
        r"(?:^|[\s_-])(?:"
        r"nav|navi|navbar|navigation|menu|footer|foot|breadcrumbs?|crumbs?|pagination|pager"
        r"|cookies?|consent|gdpr|modal|popup|overlay|lightbox|newsletter|subscribe"
        r"|subscription|share|sharing|sharebar|social|socials|addthis|sharedaddy"
        r"|related|recirc|recirculation|recommend(?:ed|ation|ations)?|outbrain|taboola|mostread"
        r"|most-read|most-popular|popular|trending|sidebar|side-bar|rail|teasers?|promo|promos|promotion"
        r"|comments?|comment-list|commentlist|respond|disqus|reactions"
        r"|advert|adverts|advertisement|ads|ad|sponsor|sponsored|banner"
        r"|[a-z]*caption|wp-caption-text|credits?|copyright|byline|dateline-bar|author-bio|author-?box(?:es)?"
        r"|tags|taglist|tag-list|tagcloud|topics-list|read-?more|readalso|skip-link"
        r"|messages (?:error|warning)"
        r"|screen-reader-text|sr-only|visually-hidden|visuallyhidden|noprint|print-only|toolbar|tools"
        rf"|{any_spelt('classes.furniture')})(?:$|[\s_-])"
    ),
    re.IGNORECASE,
)
UNSEEN = re.compile(r"sr-only|screen-?reader|visually-?hidden", re.IGNORECASE)  # read aloud only
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Readers may write more than the author did; what else is most of a page is no furniture.
COMMENTS = Pattern(
    lambda: (
        rf"(?:^|[\s_-])(?:comments?|commentlist|disqus|{any_spelt('classes.comments')})(?:$|[\s_-])"
        r"|comment(?:s|list|source|text|body|item)\b"
    ),
    re.IGNORECASE,
)
COMMENT = "schema.org/Comment"  # the type of what a reader wrote
TEXT = 40  # letters below a heading, links apart, that make a text
ASKED = 40  # pieces of text in which a banner says what it asks

Key = TypeVar("Key")


def reasons_of_markup(document: Document, title: str) -> list[str]:
    """Why each block of a page is furniture; "" for those that are not. `title` is folded."""
    blocks = document.blocks
    letters = _letters_of_prose(blocks)
    total = sum(letters)
    inside = _letters_inside(blocks, letters)
    most = {one for one in _holding_most(inside, total) if _is_story(inside[one])}
    footers = {one for one in most if _is_long_footer(one, inside[one], total, document, title)}
    wrappers = _around_title(blocks, title) | most - footers
    reasons = _by_elements(document, wrappers)
    dropped = _letters_dropped(reasons, letters)
    # A name that most of the text goes by is no name of furniture: "paywall", "nav-layout".
    # But for the long footers: the story is left where they go.
    if wrong := {
        reason
        for reason in _holding_most(dropped, total) - {READERS, CONSENT}
        if _is_story(dropped[reason])
        and not _are_links(_dropped_for(reason, blocks, reasons), dropped[reason], dropped[""])
    }:
        return ["" if reason in wrong else reason for reason in reasons]
    least = max(dropped[""], LEAST * total)
    texts = [named for named in _around_texts(document) if inside[named[-1]] > least]
    return _by_elements(document, wrappers.union(*texts)) if texts else reasons


def _letters_of_prose(blocks: Sequence[Block]) -> list[int]:
    """How many letters of prose each block has that no block before it says."""
    said, found = set[str](), []
    for block in blocks:
        is_new = is_prose(block) and block.text not in said
        found.append(text_length(block.text) if is_new else 0)
        said.add(block.text)
    return found


def _letters_inside(blocks: Sequence[Block], letters: Sequence[int]) -> Counter[etree._Element]:
    """How many letters of prose stand in each element."""
    inside: Counter[etree._Element] = Counter()
    for block, said in zip(blocks, letters, strict=True):
        if said:
            for element in block.ancestors:
                inside[element] += said
    return inside


def _letters_dropped(reasons: Sequence[str], letters: Sequence[int]) -> Counter[str]:
    """How many letters of prose go for each reason."""
    dropped: Counter[str] = Counter()
    for reason, said in zip(reasons, letters, strict=True):
        dropped[reason] += said
    return dropped


def _holding_most(letters: Mapping[Key, int], total: int) -> frozenset[Key]:
    """What more of the prose goes with than any furniture has."""
    return frozenset(key for key, said in letters.items() if said > MOST * total)


def _is_story(letters: int) -> bool:
    """Whether so much prose is a story; less may be all the prose beside a table of results."""
    return letters >= STORY


def _is_long_footer(
    element: etree._Element, prose: int, total: int, document: Document, title: str
) -> bool:
    """Whether an element says more than the story does, which stands elsewhere: below the title."""
    inside = document.blocks_in(element)
    return _are_links(inside, prose, total - prose) and all(
        fold(block.text) != title for block in inside
    )


def _are_links(blocks: Iterable[Block], prose: int, left: int) -> bool:
    """Whether blocks with so much prose are links above all, and a story is left without them.

    An address below the links of a footer may be longer than a short story.
    """
    return left >= STORY and prose <= PROSE * sum(text_length(block.text) for block in blocks)


def _dropped_for(reason: str, blocks: Sequence[Block], reasons: Sequence[str]) -> Iterator[Block]:
    return (block for block, why in zip(blocks, reasons, strict=True) if why == reason)


def _by_elements(document: Document, wrappers: Collection[etree._Element]) -> list[str]:
    """The reason of the outermost element around each block that gives one.

    `wrappers` hold the story, whatever they are called; a short one may share its box with a form.
    """
    judged = {box: why for box, why in inserts(document) if why != FORM or box not in wrappers}
    reasons = []
    for block in document.blocks:
        reason = ""
        for element in block.ancestors:
            if element not in judged:
                judged[element] = (
                    _in_any_case(element) if element in wrappers else furniture(element)
                )
            if reason := judged[element]:
                break
        reasons.append(reason)
    return reasons


def _around_texts(document: Document) -> Iterator[list[etree._Element]]:
    """The elements named like furniture around each running text: paragraphs in a row.

    Page builders give each paragraph a box of its own: those made alike are one text where the
    element around them has the heading of the page, too.
    """
    for _, group in groupby(document.blocks, lambda one: (is_prose(one), one.ancestors[-2:-1])):
        yield from _named_around(list(group))
    boxed: dict[Hashable, list[Block]] = {}
    for block in filter(is_prose, document.blocks):
        boxed.setdefault(tuple(map(_names_of, block.ancestors[-BOXED:])), []).append(block)
    for row in boxed.values():
        for named in _named_around(row):
            if named[-1].find(".//h1") is not None:
                yield named


def _named_around(row: Sequence[Block]) -> Iterator[list[etree._Element]]:
    """The elements named like furniture around all of some paragraphs, if these are a text."""
    letters = sum(text_length(block.text) for block in row if not block.links)
    if len(row) >= ROW and is_prose(row[0]) and letters >= RUNNING:
        shared = set(row[0].ancestors[:-1]).intersection(*(one.ancestors for one in row))
        around = [one for one in row[0].ancestors if one in shared]
        if named := [one for one in around if furniture(one).startswith("class ")]:
            yield named


def _around_title(blocks: Sequence[Block], title: str) -> frozenset[etree._Element]:
    """What holds the headline as the page's heading, and a text below it."""
    headlines = [
        at
        for at, block in enumerate(blocks)
        if (block.is_heading or block.tag == "p") and fold(block.text) == title
    ]
    if len(headlines) != 1 or blocks[headlines[0]].tag != "h1":
        return frozenset()  # one of them may be in a dialog
    at = headlines[0]
    lead = next(filter(is_prose, blocks[at + 1 : at + 1 + NEAR]), blocks[at])
    return frozenset(blocks[at].ancestors) & frozenset(lead.ancestors)


def furniture(element: etree._Element) -> str:
    """Why an element is no part of an article, by its markup; "" if nothing says so."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if _asks_for_consent(element):
        return CONSENT
    if tag in TAGS and not _is_of_text(element):
        return f"<{tag}>"
    if element.get("role", "").lower() in ROLES or element.get("aria-modal") == "true":
        return "role " + (element.get("role") or "dialog")
    if _is_unseen(element) and not (_is_opened_by_heading(element) or _is_slide(element)):
        return HIDDEN
    reason = is_comment_section(element) or named_furniture(element)
    return "" if reason and _goes_by_any_name(element) else reason


def _is_of_text(element: etree._Element) -> bool:
    """Whether an element called furniture is a paragraph, a form that asks for nothing, or the
    caption of a table.
    """
    is_free_form = element.tag == "form" and not is_asking(element)
    return is_free_form or _is_paragraph(element) or _is_caption_of_table(element)


def _is_caption_of_table(element: etree._Element) -> bool:
    """Whether a `<figcaption>` says what is in a table, which stands in its figure instead of a
    picture.
    """
    figure = element.getparent()
    if element.tag != "figcaption" or figure is None or figure.find(".//img") is not None:
        return False
    return figure.find(".//table") is not None


def _is_paragraph(element: etree._Element) -> bool:
    """Whether an `<address>` is a paragraph beside others, as an editor's menu has that, too."""
    around = element.getparent()
    if element.tag != "address" or around is None or next(element.iter("a"), None) is not None:
        return False
    said = one_line(" ".join(map(str, element.itertext())))
    return text_length(said) >= PARAGRAPH and next(around.iterchildren("p"), None) is not None


def _goes_by_any_name(element: etree._Element) -> bool:
    """Whether its name tells nothing. A heading may have "anchorWithStickyNavbar": where a text
    follows, what it says decides, unless it is read aloud only.
    """
    if element.tag in HEADINGS and element.tag != "h1":
        return not UNSEEN.search(element.get("class") or "") and _heads_text(element)
    return element.tag in WHOLE or element.tag == "h1"


def _heads_text(heading: etree._Element) -> bool:
    """Whether a text stands right below a heading, or another heading does."""
    below = next(heading.itersiblings(etree.Element), None)
    if below is None or below.tag in HEADINGS:
        return below is not None
    linked = sum(len(str(text)) for link in below.iter("a") for text in link.itertext())
    return sum(len(str(text)) for text in below.itertext()) - linked >= TEXT


def _in_any_case(element: etree._Element) -> str:
    """Why an element is no part of an article, even where most of the text stands in it."""
    if _asks_for_consent(element):
        return CONSENT
    return is_comment_section(element)


def _asks_for_consent(element: etree._Element) -> bool:
    """Whether something named so is a dialog, or speaks of it; a page may have no other text."""
    if element.tag in WHOLE or not _names_consent(_names_of(element)):
        return False
    if element.find(".//h1") is not None or element.find(".//article") is not None:
        return False  # around the page: "has-cookie-bar"
    if _is_dialog(element):
        return True
    said = " ".join(islice(map(str, element.itertext()), ASKED))
    return speaks_of_page(said, WALL)


def _is_dialog(element: etree._Element) -> bool:
    is_modal = element.get("aria-modal") == "true"
    return element.tag == "dialog" or is_modal or "dialog" in (element.get("role") or "")


def _names_of(element: etree._Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


@remembered(1024)  # likewise
def _names_consent(names: str) -> bool:
    return CONSENTS.search(names) is not None


def is_comment_section(element: etree._Element) -> str:
    """Why an element holds what readers wrote; "" if it does not."""
    if element.tag in WHOLE:
        return ""
    if (element.get("itemtype") or "").rstrip("/").endswith(COMMENT):
        return READERS
    return READERS if _names_comments(_names_of(element)) and element.find(".//h1") is None else ""


@remembered(1024)  # pages of a site have the same names, each of them several times
def _names_comments(names: str) -> bool:
    return COMMENTS.search(CAMEL.sub("-", names)) is not None


def named_furniture(element: etree._Element) -> str:
    """Why an element is no part of an article, by its class and id; "" if they do not say so."""
    said = element.get("id") or ""
    # An id may be the words of a heading: "sharing-with-a-single-developer".
    name = said if said.count("-") + said.count("_") < WORDS else ""
    return _named_furniture(f"{element.get('class', '')} {name}")


@remembered(1024)  # likewise
def _named_furniture(names: str) -> str:
    found = FURNITURE.search(CAMEL.sub("-", names))
    return f"class {found[0].strip(' _-')}" if found else ""


def _is_unseen(element: etree._Element) -> bool:
    """Whether it is hidden, be it by styles; "hidden md:block" is shown on larger screens."""
    if element.get("hidden") is not None:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    names = element.get("class") or ""
    return (
        "display:none" in style
        or is_off_page(element)
        or ("hidden" in names and ":" not in names and "hidden" in names.split())
    )


def _is_opened_by_heading(element: etree._Element) -> bool:
    """Whether a button in the heading right above shows it, as the accordion of WAI-ARIA does."""
    name, above = element.get("id"), next(element.itersiblings(etree.Element, preceding=True), None)
    if not name or above is None:
        return False
    headings = (one for one in above.iter() if one.tag in HEADINGS or one.get("role") == "heading")
    return any(one.get("aria-controls") == name for heading in headings for one in heading.iter())


def _is_slide(element: etree._Element) -> bool:
    """Whether a picture with its words stands beside one that is shown, in a box made alike: a
    slide of a gallery that a script turns. Those that lead to other pages are teasers.
    """
    around, above = element.getparent(), element.getprevious()
    if around is None or above is None or element.find(".//a[@href]") is not None:
        return False
    made = (element.tag, element.get("class"))
    alike = (one for one in islice(around, MOST_SLIDES) if (one.tag, one.get("class")) == made)
    first = next((one for one in alike if not _is_unseen(one)), None)
    return first is not None and all(
        one.find(".//img") is not None for one in (first, above, element)
    )
