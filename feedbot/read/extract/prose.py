"""What reads like text: how much a block says, and whether it is a paragraph or a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from ...languages.labels import (
    begins_with_date,
    dates_only,
    heads_comments,
    is_service,
    says_submitted,
    tells_when,
)
from ...web.document import Block, Markup, one_line
from ...web.urls import host_of

FEWEST_LETTERS = 60  # letters of text below which a page tells no story
PARAGRAPH = 80  # letters of a line that is one, whatever its end
SENTENCE = 25  # and of one that ends as sentences do
UNSTOPPED = 40  # of Thai or Lao, whose sentences end without a sign
STOPLESS = re.compile("[\u0e00-\u0eff]")
CLASSES = 500  # characters of a class attribute that make a paragraph like others
SUMMARY = 50  # letters of the shortest summary above a text
FILED_UNDER = 2  # links of a line that says where an article is filed; a teaser has one
MOST_FILED = 30  # links in the element of such a line; lines of one text may share one
LONGEST_FILING = 200  # characters of such a line
SHORT_LINE = 90  # characters of a line that is a link, or names a source with one
GREETING = 60  # characters of the longest line that greets
GREETED = 4  # words of a line that greets, where no comma says so
GREETS = re.compile(r"[,!][^\w!-~]*$")  # also with an emoji behind it
TEXT, LINK, PLACE = "text", "link", "place"  # parts of a block
CJK = re.compile("[\u3040-\u9fff\uac00-\ud7a3]")
PHRASE_WORDS = 3  # of the shortest phrase
PHRASE_LETTERS = 8  # of one in a script without capitals, and maybe without spaces
LONG_WORD = 4  # letters of a word that no name has without a capital
LABELLED = re.compile(r"([^:\uff1a.]{2,40})[:\uff1a](?!//)\s*(?=\S)")


def text_length(text: str) -> int:
    """How much a text says, in letters; a Chinese, Japanese or Korean sign counts for three."""
    if text.isascii():
        return len(text)
    return len(text) + 2 * len(CJK.findall(text))


def letters_of(blocks: Iterable[Block]) -> int:
    """How much blocks say together."""
    return sum(text_length(block.text) for block in blocks)


def is_phrase(text: str) -> bool:
    """Whether a text says more than a name does, by its small letters."""
    if text.lower() == text.upper():
        return len(text) >= PHRASE_LETTERS
    words = text.split()
    return len(words) >= PHRASE_WORDS and any(
        len(one) >= LONG_WORD and one[0].islower() for one in words
    )


def parted_label(text: str) -> tuple[str, str]:
    """What a line says before its first colon, and what behind it: "Tags: sport, Goes".

    ("", text) where it has no colon, no words on one side of it, or more than a label before it.
    """
    found = LABELLED.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def is_text(blocks: Iterable[Block]) -> bool:
    """Whether blocks say enough to be an article by their words alone."""
    return letters_of(blocks) >= FEWEST_LETTERS


def is_prose(block: Block) -> bool:
    """Whether a block reads like a paragraph."""
    if block.is_heading or block.linked > 0.5:
        return False
    if len(block.text) >= PARAGRAPH or (letters := text_length(block.text)) >= PARAGRAPH:
        return True
    return letters >= SENTENCE and (is_sentence(block.text) or _is_unstopped(block.text))


def _is_unstopped(text: str) -> bool:
    """Whether a line is long in a script whose sentences end without a sign."""
    return not text.isascii() and len(STOPLESS.findall(text)) >= UNSTOPPED


def is_sentence(text: str) -> bool:
    """Whether a text ends as sentences do."""
    return text.rstrip("\"'”’»“)] ")[-1:] in tuple(".!?…。！？।؟۔။។։።")


def is_long_sentence(text: str) -> bool:
    """Whether a text is a sentence that is long enough for a paragraph."""
    return text_length(text) >= SENTENCE and is_sentence(text)


def announces(block: Block) -> bool:
    """Whether a line announces what stands below it: "Included in the report:".

    A sentence may lead somewhere, too: "There were six talks (see the slides):".
    """
    is_free = not block.links or (is_prose(block) and block.linked <= 0.5)
    return is_free and block.text.rstrip().endswith((":", "："))


def tells_of_list(block: Block) -> bool:
    """Whether a line announces in a sentence what stands below it, and not by a label."""
    return announces(block) and text_length(block.text) >= FEWEST_LETTERS


def greets(block: Block, text: Block, *, is_signed: bool = False) -> bool:
    """Whether a line may open a letter or end it, beside a text: "Beste leden,", "Hoogachtend,".

    The comma may be missing in a letter that is signed: "Kære forældre".
    """
    return (
        len(block.text) <= GREETING
        and (GREETS.search(block.text) is not None or (is_signed and is_few_words(block.text)))
        and not block.links
        and not block.is_heading
        and not any(map(str.isdigit, block.text))
        and stands_with(block, text)
    )


def is_few_words(text: str) -> bool:
    """Whether a text is no longer than whom a letter greets."""
    return len(text.split()) <= GREETED and text[-1:].isalpha()


def stands_with(block: Block, text: Block) -> bool:
    """Whether a line stands where a paragraph does, and is made like it."""
    place = text.element.getparent()
    return block.element is text.element or (
        block.element.getparent() is place and signature(block) == signature(text)
    )


def signature(block: Block) -> tuple[str, ...]:
    """What paragraphs of one text have in common: their tags and classes."""
    return tuple(
        f"{one.tag!s}.{(one.get('class') or '')[:CLASSES]}" for one in block.ancestors[-2:]
    )


def is_filing(block: Block) -> bool:
    """Whether a line says when and where an article was filed, and is no sentence.

    It says what a date is the date of, or has a date among links; where markup says that these are
    categories, one is enough. So it is where one leads to what readers wrote, or is a button.
    """
    if len(block.text) > LONGEST_FILING:
        return False
    if _leads_to_comments(block) or _is_dated_button(block):
        return True
    is_filed = bool(block.links) and names_categories(block)
    if not is_filed and is_sentence(block.text):
        return says_submitted(block.text)
    if tells_when(block.text):
        return True
    return (is_filed or len(block.links) >= FILED_UNDER) and dates_only(without_links(block))


def names_categories(block: Block) -> bool:
    """Whether all links in the element of a block say that they lead to a category or a tag."""
    links = list(islice(block.element.iter("a"), MOST_FILED + 1))
    relations = [(one.get("rel") or "").lower().split() for one in links]
    return 0 < len(relations) <= MOST_FILED and all(
        "tag" in one or "category" in one for one in relations
    )


def _leads_to_comments(block: Block) -> bool:
    """Whether one of several links of a line leads to what readers wrote."""
    return len(block.links) >= FILED_UNDER and any(map(heads_comments, link_texts(block)))


def _is_dated_button(block: Block) -> bool:
    """Whether a line is a date and what else it tells, with a button: "3 May - Ann - Print"."""
    if not block.links or not all(map(is_service, link_texts(block))):
        return False
    return begins_with_date(block.text) or dates_only(without_links(block))


def without_links(block: Block) -> str:
    """The text of a block apart from its links, be they to places of its own page."""
    return one_line(" ".join(text for kind, text in parts(block) if kind == TEXT))


def link_texts(block: Block) -> list[str]:
    """What the links of a block to other pages say, in order."""
    return [one_line(text) for kind, text in parts(block) if kind == LINK]


def parts(block: Block) -> Iterator[tuple[str, str]]:
    """What a block says, cut where a link begins or ends.

    Each as `TEXT`, `LINK` or `PLACE` (a link to a place of its own page) and its words.
    """
    kind, said = TEXT, list[str]()
    for piece in block.pieces:
        if not isinstance(piece, Markup):
            said.append(piece)
        elif piece == "</a>" or piece.startswith("<a href="):
            if said or kind != TEXT:
                yield kind, "".join(said)
            kind, said = _kind_of(piece), []
    if said or kind != TEXT:
        yield kind, "".join(said)


def _kind_of(tag: str) -> str:
    if not tag.startswith("<a href="):
        return TEXT
    return PLACE if tag.startswith('<a href="#') else LINK


def is_mere_link(block: Block) -> bool:
    """Whether a short line is a link, and hardly anything more."""
    return block.linked > 0.8 and len(block.text) <= SHORT_LINE


def shares_page(url: str) -> bool:
    """Whether an address has another one in its query: that of the page, which a button shares."""
    return "http" in url.partition("?")[2]


def gives_addresses(block: Block) -> bool:
    """Whether each link of a line is written as where it leads: "See also www.example.org"."""
    hosts = [host_of(url).removeprefix("www.") for url in block.links]
    return bool(hosts) and all(host and host in block.text for host in hosts)


def leads_away(block: Block, leaves: Callable[[str], bool]) -> bool:
    """Whether a block has links, all of them to other sites, as `leaves` says of an address."""
    return bool(block.links) and all(map(leaves, block.links))
