"""What stands around a text and tells of its author or its site, not of the story.

    author     "Jan Jansen is a reporter in Moscow.": the name of the page's author and a job, or
               where to reach him
    address    an e-mail address, alone or after its label
    rights     "Copyright © 2026 Example. All rights reserved."
    filing     "Themes: bridges, rivers · Permalink": links whose `rel` says that they lead to tags
               or to the page itself, and little else

Only lines at the end, or above the first paragraph, go: amid a text they may be what it says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from itertools import dropwhile, islice, takewhile

from ...languages.fold import fold
from ...languages.labels import says_filed
from ...languages.times import ANYWHERE, found_in
from ...languages.wordcount import count_words
from ...web.document import Block, Document
from .names import JOB
from .prose import LINK, is_prose, is_sentence, leads_away, parts, without_links

MOST = 4  # blocks at the end
LONGEST = 600  # characters of what is said of an author
LONGEST_RIGHTS = 300
FEWEST_WORDS = 2  # of a name that can only be a person's
LONGEST_LABELS = 60  # characters beside the links of a line that says where an article is filed
HASHTAG = re.compile(r"#\w*[^\W\d]\w*,?")
FEWEST_KEYWORDS = 2  # in a line of them
LONGEST_COUNTER = 8  # digits
FILING = frozenset(("tag", "category", "bookmark"))  # the last: a permalink
FEW_WORDS = 6  # behind the name of the section in which an article is filed: a date, its author
BEFORE_NAME = " ]).,-–—|·•/"  # between a day and who wrote
NEAR = 120  # characters after a name that tell of a job
WORD = re.compile(r"\w")
ADDRESS_WITHIN = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+")
ADDRESS = re.compile(rf"(?:[^\W\d][\w -]{{0,20}}:\s*)?{ADDRESS_WITHIN.pattern}\W*")
RIGHTS = re.compile(r"\W*(?:copyright\b.{0,40}(?:©|\(c\)|\d{4})|(?:©|\(c\))\s*(?:copyright|\d{4}))")


def without_closing(
    blocks: Sequence[Block],
    authors: Sequence[str],
    leaves: Callable[[str], bool],
    document: Document,
) -> tuple[Block, ...]:
    """The blocks of a text without such lines; all of them where nothing else would be left.

    `leaves` says whether an address is another site's.
    """
    lines = document.blocks
    keywords = _keywords(document)
    names = tuple(fold(name) for name in authors if count_words(name) >= FEWEST_WORDS)

    def is_aside(block: Block) -> bool:
        text = fold(block.text)
        is_known = _is_of_author(text, names) or _is_address(block.text)
        if is_known or _is_rights(text) or _is_counter(block):
            return True
        is_filing = _is_filing(block) or _says_filed(block, leaves)
        return is_filing or _lists(text, keywords) or _are_hashtags(text)

    last = min(len(blocks) - _ending(blocks[::-1], is_aside), _card_at(blocks, names, lines))
    if last < len(blocks) and _goes_on_with_contact(blocks, last):
        last += 1
    above = takewhile(lambda one: _is_of_author(_behind_date(one.text), names), blocks[:MOST])
    first = len(list(above))
    kept = tuple(blocks[first:last])
    return kept if any(map(is_prose, kept)) else tuple(blocks)


def _card_at(blocks: Sequence[Block], names: Sequence[str], lines: Sequence[Block]) -> int:
    """Where a card of an author begins at the end: the name, and lines that tell of a job.

    The name may have gone as a line of other pages, too; then it is a heading, and stands above the
    text once more.
    """
    if not names or len(blocks) < 2:
        return len(blocks)
    first = max(len(blocks) - MOST, 1)
    places = list(map(id, lines))
    above, last = places.index(id(blocks[first - 1])), places.index(id(blocks[-1]))
    at = first
    for position in range(above + 1, last + 1):
        line, is_kept = lines[position], lines[position] is blocks[at]
        is_name = fold(line.text) in names and (is_kept or _is_repeated(line, lines[:above]))
        if is_name and _tells_of_job(lines[position + 1 : last + 1]):
            return at
        at += is_kept
    return len(blocks)


def _is_repeated(line: Block, above: Sequence[Block]) -> bool:
    """Whether a line is a heading, and its words stand above it, too."""
    name = fold(line.text)
    return line.is_heading and any(name in fold(one.text) for one in above)


def _tells_of_job(lines: Sequence[Block]) -> bool:
    """Whether lines are a little that tells of a job."""
    told = fold(" ".join(line.text for line in lines))
    return len(told) <= LONGEST and JOB.search(told) is not None


def _goes_on_with_contact(blocks: Sequence[Block], at: int) -> bool:
    """Whether an address is the next line of a contact: a name, a telephone number, an e-mail."""
    block = blocks[at]
    return block.is_next_line and at > 0 and block.element is blocks[at - 1].element


def _ending(backwards: Sequence[Block], is_aside: Callable[[Block], bool]) -> int:
    """How many blocks at the end go."""
    return len(list(takewhile(is_aside, backwards[:MOST])))


def _behind_date(text: str) -> str:
    """What stands behind the day with which a line begins, folded: "[3 May 2026] - Ann Bos".

    A sentence tells what somebody did on that day.
    """
    found = found_in(text, ANYWHERE) if len(text) <= NEAR and not is_sentence(text) else ()
    day = next(iter(found[:1]), None)
    is_first = day is not None and not WORD.search(text[: day.start])
    return fold(text[day.end :]).lstrip(BEFORE_NAME) if day and is_first else fold(text)


def _is_of_author(text: str, names: Sequence[str]) -> bool:
    """Whether a folded text is the name of an author, or begins with it and tells of a job."""
    for name in names:
        if text.startswith(name) and len(text) <= LONGEST:
            rest = text[len(name) :]
            if not WORD.search(rest) or (not rest[0].isalnum() and _tells_of_person(rest)):
                return True
    return False


def _tells_of_person(text: str) -> bool:
    return bool(JOB.search(text[:NEAR]) or ADDRESS_WITHIN.search(text))


def _is_address(text: str) -> bool:
    return ADDRESS.fullmatch(text.strip()) is not None


def _is_rights(text: str) -> bool:
    return len(text) <= LONGEST_RIGHTS and RIGHTS.match(text) is not None


def _is_counter(block: Block) -> bool:
    """Whether a line of its own is but a number; rows and items may be of results."""
    is_line = block.tag not in ("td", "th", "li", "dd") and not block.is_next_line
    return is_line and block.text.isdigit() and len(block.text) <= LONGEST_COUNTER


def _keywords(document: Document) -> Set[str]:
    """The folded words that a page declares that it is about."""
    said = document.meta("keywords").split(","), document.meta("news_keywords").split(",")
    return {word for some in said for one in some if (word := fold(one).strip())}


def _lists(text: str, keywords: Set[str]) -> bool:
    """Whether a folded line lists such words, several and no others, be it behind a label."""
    listed = [one.strip(" .#") for one in text.rpartition(":")[2].split(",")]
    return len(listed) >= FEWEST_KEYWORDS and all(one in keywords for one in listed)


def _are_hashtags(text: str) -> bool:
    return all(HASHTAG.fullmatch(word) for word in text.split())


def _is_filing(block: Block) -> bool:
    if not block.links or len(without_links(block)) > LONGEST_LABELS:
        return False
    links = [one for one in block.element.iter("a") if (one.text or "").strip() in block.text]
    return all(not FILING.isdisjoint((one.get("rel") or "").lower().split()) for one in links)


def _says_filed(block: Block, leaves: Callable[[str], bool]) -> bool:
    """Whether a sentence tells where the site has filed an article, and not who else printed it."""
    if not block.links or leads_away(block, leaves) or not says_filed(block.text):
        return False
    return count_words(_behind_link(block)) <= FEW_WORDS


def _behind_link(block: Block) -> str:
    """What the sentence says behind its first link to another page, as far as to the next one."""
    behind = islice(dropwhile(lambda part: part[0] != LINK, parts(block)), 1, None)
    text = "".join(text for _, text in takewhile(lambda part: part[0] != LINK, behind))
    return re.split(r"[.!?]", text, maxsplit=1)[0]
