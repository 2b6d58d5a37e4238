"""Pages that answer 200 and are no article: told apart, so that the report can name them.

A page is refused on two kinds of evidence, never on a word of its headline:

    named      the headline has a word that such pages have        needed, or nothing but such words
    only       and no other word                                   direct
    spoken     the text tells whoever looks at it what to do       direct
    asks       there is a form for a password, or a button to agree   direct
    noindex    the page does not want to be found                  direct
    little     there is hardly a text
    bare       no date, no author and no type is declared

Refused is what has a headline so named, something direct, and one thing more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from lxml import etree

from ...errors import NotAnArticle
from ...languages.times import ANYWHERE, DMY
from ...languages.walls import (
    ADDRESSED,
    CONSENT,
    LOGIN,
    ROBOTS,
    asks_to_agree,
    kinds_named,
    names_nothing_else,
    speaks_of_page,
)
from ...model import LISTING, Source
from ...web.charset import narrowed
from ...web.document import Block, Document, one_line
from ...web.timestamps import timestamp_of
from ...web.urls import parts_of
from ..results import NO_TEXT, SHELL
from . import structured_data
from .noise import has_markup, is_binary, is_data, is_file, is_noise
from .prose import FEWEST_LETTERS, is_prose, is_text, leads_away, letters_of, text_length
from .prune import Pruned
from .titles import headings

LITTLE = 300  # letters of text that a brief may have, but most walls have no more
WALL_LETTERS = 600  # letters of text from which a page is no wall
CARDS = 8  # headings that link to pages of the site: so many only a section page has
SAYING = 0.6  # share of a text that speaks to whoever looks at the page, where it is nothing else
EVIDENCE = 2  # kinds of it, beside the headline, that make a wall
PARAGRAPH_LETTERS = 200  # letters of a paragraph that no list of articles has between its links
TEXTS = 5  # such paragraphs that make a page a text
NO_SETTING = "feedbot does not pass it, and no setting helps; another listing or a feed may"
# What helps where a listing is something else.
WITHOUT = {
    "an error page": "correct url",
    "an empty page": "correct url",
    "an empty shell; its links come by script": "set url to a feed or a sitemap of the site",
    "a file or data, and no page for readers": "set url to a page, a feed or a sitemap",
}
WHOLE = ', or name those that stand whole on this one, as in select.items = "article"'
NO_PAGE = "a file or data, and no page for readers"
DATES = ("article:published_time", "datepublished", "date", "dc.date", "pubdate", "publishdate")


def refuse(
    pruned: Pruned,
    title: str,
    blocks: Sequence[Block],
    *,
    is_declared: bool,
    needs_few: bool = False,
) -> None:
    """Raises NotAnArticle, with what the page is instead, unless it is an article.

    `is_declared` says that the page tells machines that it is one; `needs_few`, that few words are
    enough, or none: the article is a picture or a film, or a sentence under the headline of its
    listing.
    """
    document, url = pruned.document, pruned.document.page.url
    text, size = _text(blocks), letters_of(blocks)
    if is_no_page(document) or is_noise(text):
        raise NotAnArticle(url, NO_PAGE)
    if size < WALL_LETTERS and not is_declared and (kind := _wall(document, title, text, size)):
        raise NotAnArticle(url, kind)
    if reason := _why_no_text(document, blocks, text, needs_few=needs_few):
        raise NotAnArticle(url, reason)
    if not title:
        raise NotAnArticle(url, "no headline")
    if document.page.given_by == LISTING:
        return  # the address is that of its listing
    is_list = structured_data.is_profile(document) or _is_section(pruned, blocks)
    if _is_front(url) or (not is_declared and is_list):
        raise NotAnArticle(url, "a section page")


def _why_no_text(document: Document, blocks: Sequence[Block], text: str, *, needs_few: bool) -> str:
    """What a page is that says too little, or only what walls say; "" for a text."""
    if needs_few:
        # Many pages ask for consent below what they show; a wall has another headline.
        kind = "" if text else _spoken_around(document)
        return "" if kind == CONSENT else kind
    if not any(map(is_prose, blocks)) and (kind := _spoken(document, text)):
        return kind
    return "" if is_text(blocks) else _without_text(document)


def _text(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks)


def is_no_page(document: Document) -> bool:
    """Whether a document was made of something that is no HTML."""
    body = narrowed(document.page.body)
    return is_binary(body) or is_file(body) or (not has_markup(body) and is_data(body))


def declares_article(document: Document, objects: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a page says to machines that it is an article."""
    return (
        document.meta("og:type").lower() == "article"
        or any(map(structured_data.is_article, objects))
        or structured_data.is_one_article(document)
    )


# --- walls ------------------------------------------------------------------------------------


def _wall(document: Document, title: str, text: str, size: int) -> str:
    """Which kind of wall or error a page is; "" for none."""
    said = [title, *headings(document)]
    if kind := _named(document, said, text, size):
        return kind
    if has_markup(document.page.body) and any(said[1:]):
        return next((kind for kind in ADDRESSED if _says_only(text, kind)), "")
    # The bare text of a server or a proxy, and a headline that only the listing knows.
    is_little = size < LITTLE and is_bare(document)
    return next(iter(kinds_named(text)), "") if is_little else ""


def _named(document: Document, said: Sequence[str], text: str, size: int) -> str:
    """Which kind of wall the headlines name, with evidence enough; "" for none."""
    for kind in dict.fromkeys(kind for one in said for kind in kinds_named(one)):
        direct = sum(_direct(document, said, text, kind))
        if direct and direct + (size < LITTLE) + is_bare(document) >= EVIDENCE:
            return kind
    return ""


def _direct(document: Document, said: Sequence[str], text: str, kind: str) -> Iterator[bool]:
    yield any(one and kind in kinds_named(one) and _is_only(one, kind) for one in said)
    yield speaks_of_page(text, kind)
    yield kind in _asked(document)
    yield "noindex" in document.meta("robots").lower()


def _is_only(headline: str, kind: str) -> bool:
    """Whether a headline says nothing else, or nothing but a site's name behind a bar."""
    return any(
        kind in kinds_named(part) and names_nothing_else(part, kind)
        for part in re.split("[|»•·]", headline)
    )


def _says_only(text: str, kind: str) -> bool:
    """Whether most lines of a text speak of the page that they stand on."""
    lines = [line for line in text.split("\n") if line]
    spoken = sum(len(line) for line in lines if speaks_of_page(line, kind))
    return len(lines) > 1 and spoken > SAYING * sum(map(len, lines))


def _asked(document: Document) -> set[str]:
    """The walls whose question is on the page: for a password, for consent, for a human."""
    asking = document.root.iter("input", "button", "a", "iframe")
    return {kind for element in asking if (kind := _question(element))}


def _question(element: etree._Element) -> str:
    if element.tag == "iframe":
        return ROBOTS if "captcha" in (element.get("src") or "") else ""
    if element.tag == "input" and (element.get("type") or "").lower() == "password":
        return LOGIN
    said = element.get("value") or "".join(map(str, element.itertext()))
    return CONSENT if asks_to_agree(one_line(said)) else ""


def is_bare(document: Document) -> bool:
    """Whether nothing says when and by whom the page was written."""
    if document.meta(*DATES) or document.meta("author", "article:author"):
        return False
    if b"datePublished" in narrowed(document.page.body):
        return False
    return all(map(_lies_ahead(document), document.elements("time")))


def _lies_ahead(document: Document) -> Callable[[etree._Element], bool]:
    """Whether a <time> is that of an event to come, and says nothing of when a page was written."""
    tomorrow = document.page.fetched_at + timedelta(days=1)

    def is_so(element: etree._Element) -> bool:
        found = timestamp_of(element, ANYWHERE, DMY)
        return found is not None and found.at > tomorrow

    return is_so


# --- pages without a text of their own --------------------------------------------------------


def _without_text(document: Document) -> str:
    if len(_text(document.blocks)) < FEWEST_LETTERS:
        return SHELL
    if kind := _spoken_around(document):
        return kind
    for name in ("video", "audio", "iframe"):
        if next(document.root.iter(name), None) is not None:
            return f"no text beside its {name}"
    return NO_TEXT


def _spoken_around(document: Document) -> str:
    """Which kind of wall the page speaks of that has no text; "" for none, or for a long page."""
    everything = _text(document.blocks)
    return _spoken(document, everything[:2000]) if len(everything) < 5 * WALL_LETTERS else ""


def _spoken(document: Document, text: str) -> str:
    """Which kind of wall stands where there is no text anyway; less evidence is enough."""
    said = " ".join(headings(document))
    return next(
        (kind for kind in ADDRESSED if speaks_of_page(text, kind) or kind in kinds_named(said)), ""
    )


def what_it_is(document: Document) -> str:
    """What a page without links to articles is, as far as it shows; "" where nothing does."""
    if is_no_page(document):
        return NO_PAGE
    text = _text(document.blocks)
    if len(text) < FEWEST_LETTERS and next(document.root.iter("a"), None) is None:
        scripted = next(document.root.iter("script"), None) is not None
        return "an empty shell; its links come by script" if scripted else "an empty page"
    size = text_length(text)
    is_short = size < 5 * WALL_LETTERS
    if is_short and (kind := _wall(document, "", text, size)):
        return kind
    return _asked_for(document, text, is_short=is_short) if _asked(document) else ""


def _asked_for(document: Document, text: str, *, is_short: bool) -> str:
    """Which kind of wall asks for something; a long text needs a heading that names it, too."""
    named = {kind for one in headings(document) for kind in kinds_named(one)}
    kinds = ADDRESSED if is_short else [kind for kind in ADDRESSED if kind in named]
    return next((kind for kind in kinds if speaks_of_page(text, kind)), "")


def why_nothing(document: Document, source: Source) -> str:
    """What a page is that lists no article, and which setting would help if there is one."""
    if found := what_it_is(document):
        return f"{found}; {WITHOUT.get(found, NO_SETTING)}"
    links = [link for link in document.root.iter("a") if link.get("href")]
    if source.select.items:
        return "no text that select.items finds on the page; correct it"
    if source.select.links:
        return f"no link that select.links finds, of {len(links)} on the page; correct it"
    if not links:
        return f"a text without a single link; set url to the page that lists the articles{WHOLE}"
    if sum(map(_is_paragraph, document.blocks)) >= TEXTS:
        return f"a text, and not a list of articles; set url to the page that lists them{WHOLE}"
    return (
        f"no links to articles among {len(links)} links: an empty list, or one of something else;"
        ' name them, as in select.links = "h2 a", or set url to another page'
    )


def _is_paragraph(block: Block) -> bool:
    return is_prose(block) and text_length(block.text) >= PARAGRAPH_LETTERS


# --- fronts and sections ----------------------------------------------------------------------


def _is_front(url: str) -> bool:
    parts = parts_of(url)
    return parts.path in ("", "/") and not parts.query


def _is_teaser(block: Block, leaves: Callable[[str], bool]) -> bool:
    """Whether a block is a headline that links to a page, and not to other sites alone."""
    if not block.is_heading or not (block.card or block.linked > 0.8):
        return False
    return not leads_away(block, leaves)


def _is_section(pruned: Pruned, blocks: Sequence[Block]) -> bool:
    """Whether the text is a list of teasers, with headlines that link to pages of their own."""
    if not blocks:
        return False
    among = pruned.between(blocks[0], blocks[-1])
    linked = sum(1 for block in among if _is_teaser(block, pruned.leaves))
    prose = sum(1 for block in blocks if is_prose(block))
    return linked >= CARDS and linked >= 0.6 * prose
