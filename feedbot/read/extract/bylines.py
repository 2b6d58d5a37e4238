"""Who wrote an article, as readers see it: names in lines that no markup calls a byline.

By Jan Jansen · 3 min read        a word for it, near the headline or on a line of its own
3 mei 2025 | Jan Jansen           a name beside a date, near the headline
Jan Jansen                        a name near the headline that the page says again
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...languages.fold import fold
from ...languages.timewords import MONTHS
from ...web.document import Block, Document
from ...web.sanitise import plain_text
from .ancestry import Within
from .furniture import by_readers

ABOVE = 2  # blocks above the headline that may name the author
BELOW = 6  # and below it
LONGEST_BYLINE = 160  # characters of a line with a name
STAMP = 40  # characters of a line with a date and little else
MOST_NAMES = 6  # of authors in one line

_PARTICLE = r"(?:van|de|der|den|het|ten|ter|von|zu|du|la|le|el|di|da|dos|al|bin|af|av|ter|y|e)"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞŁŚŽŠČĐ][\w'’.-]*"
NAME = rf"{_CAPITAL}(?: (?:{_PARTICLE}|{_CAPITAL})){{0,3}} {_CAPITAL}"
_AND = r"(?:, and |, | and | en | und | et | og | och | y | & )"
NAMES = rf"{NAME}(?:{_AND}{NAME}){{0,{MOST_NAMES - 1}}}"
_BY = (
    r"(?:(?:[Ww]ritten|[Pp]osted|[Pp]ublished|[Ww]ords|[Aa]rticles?|[Ss]tory|[Rr]eported"
    r"|[Ii]nterview|[Pp]ost|[Gg]eschreven|[Gg]eschrieben|[Vv]erfasst|[ÉEée]crit|[Ee]scrito) )?"
    r"(?:[Bb]y|BY|[Dd]oor|DOOR|[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|[Dd]i|[Aa]v|[Aa]f)"
)
_LABEL = r"(?:[Tt]ekst|[Tt]ext|[Aa]uteurs?|[Aa]utor(?:in)?(?:en)?|[Aa]uthors?|[Tt]exto|[Ww]riter)"
SAID = re.compile(rf"(?:{_BY}:? ?|{_LABEL}: ?)(?P<names>{NAMES})(?![\w'’-])")
ALONE = re.compile(rf"(?:{_BY}:? ?|{_LABEL}: ?)(?P<names>{NAMES})(?:, .{{0,80}}|\*)?")
LONE = re.compile(NAMES)
DATED = re.compile(r"\b(?:19|20)\d\d\b")
PARTS = re.compile(r"\s*[|•·●—–/]\s*|\s+-\s+|(?<=\b20\d\d)(?=[A-Z])|(?<=\b20\d\d)\s+")
ASIDE = frozenset(("aside", "footer", "nav", "form", "figcaption"))


def by_lines(document: Document, title: str) -> list[str]:
    """The names in a line near the headline, or else in a line that says nothing but the author."""
    blocks = document.blocks
    folded = fold(title)
    named = [at for at, one in enumerate(blocks) if fold(one.text[:500]) == folded]
    at = next((at for at in named if blocks[at].is_heading), next(iter(named), -1))
    near = blocks[max(at - ABOVE, 0) : at + 1 + BELOW] if at >= 0 else ()
    found = _said_near(near) or _lone_near(near, blocks, folded) or _said_alone(blocks[at + 1 :])
    return [_without_month(one) for one in found]


def _without_month(name: str) -> str:
    """A name without the date that touches it: "Jan Jansen December 3, 2025"."""
    first, _, last = name.rpartition(" ")
    return first if " " in first and fold(last) in MONTHS else name


def _said_near(near: Sequence[Block]) -> list[str]:
    for block in near:
        text = plain_text(block.text)
        if len(text) <= LONGEST_BYLINE and not block.is_heading:
            for part in PARTS.split(text):
                if found := SAID.match(part):
                    return [found["names"]]
    return []


def _lone_near(near: Sequence[Block], blocks: Sequence[Block], title: str) -> list[str]:
    """A name beside a date, or of a person about whom another line tells."""
    for at, block in enumerate(near):
        text = plain_text(block.text)
        if len(text) > LONGEST_BYLINE or block.is_heading:
            continue
        beside = [text, *(one.text for one in near[max(at - 1, 0) : at + 2] if _is_stamp(one))]
        is_dated = any(map(DATED.search, beside))
        for part in PARTS.split(text):
            name = part.strip(" ,*")
            if not LONE.fullmatch(name) or fold(name) in title or _is_section(name, blocks):
                continue
            if is_dated or _is_told_of(name, blocks):
                return [name]
    return []


def _is_stamp(block: Block) -> bool:
    return len(block.text) <= STAMP and bool(DATED.search(block.text))


def _is_section(name: str, blocks: Sequence[Block]) -> bool:
    """Whether a link of the page is called so, and nothing else of it is."""
    same = [one for one in blocks if one.text == name]
    return len(same) > 1 and all(one.linked for one in same)


def _is_told_of(name: str, blocks: Sequence[Block]) -> bool:
    return any(
        one.linked < 1 and one.text.startswith((f"{name} is ", f"{name}, ")) for one in blocks
    )


def _said_alone(blocks: Sequence[Block]) -> list[str]:
    is_outside = Within(lambda one: one.tag in ASIDE or bool(by_readers(one)))
    lines = (
        block for block in blocks if len(block.text) <= LONGEST_BYLINE and not block.is_heading
    )
    found = [
        match["names"]
        for block, match in ((one, ALONE.fullmatch(plain_text(one.text))) for one in lines)
        if match and not is_outside(block.element)
    ]
    return found[:1] if len(set(found)) == 1 else []  # several belong to other articles
