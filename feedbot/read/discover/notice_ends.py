"""Where the last notice of a list ends, if no element of its own holds it.

What follows may be its text or the end of the page: contact, opening hours, who made the site. The
other notices show what one looks like, and the last visit shows what stood behind another one.

    it goes on   with what was this one's at the last visit, what looks like others there, prose
    it ends      at what stood behind the list at the last visit, or in the one that was last then;
                 where all others have one length, at that
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from itertools import chain, islice
from math import inf

from lxml import etree

from ...languages.wordcount import count_words
from ...web.blocks import block_hash
from ...web.document import INLINE, one_line
from ..site_model import NoticeList
from .anchors import ends_sentence
from .families import Places

# What may follow the last start of a flat list; all else must follow another one, too.
TEXTUAL = frozenset("p ul ol dl dd blockquote figure img picture table pre br".split()) | INLINE
FEWEST_WORDS = 8  # of prose
REACHED = re.compile(r"@|©|\bcopyright\b|\bhttps?:|\bwww\.", re.IGNORECASE)
SEVERAL = 3  # members of one length from which the last has it, too
MOST_MEMBERS = 20  # of a list, the last, that are remembered
MOST_ELEMENTS = 40  # of each, and behind the list
PHONE = re.compile(r"(?:\+|\b0)\d(?:[\s()/-]{0,3}\d){7,12}\b")
CLASS = re.compile(r"\.[^>]*?(?= > |$)")

Look = tuple[str, str]  # the name of an element, and what it says


def own_elements(
    members: Sequence[Sequence[etree._Element]], places: Places, last: NoticeList | None
) -> Sequence[Sequence[etree._Element]]:
    """The members of a flat list, the last one without what is not its own.

    `last` is what was learnt of the list at the last visit.
    """
    *others, mine = members
    looks = [[_look(one, places) for one in elements[1:]] for elements in others]
    if others and not any(looks):
        return [*others, mine[:1]]  # no other has anything behind its start
    known = _Known(mine[0], others, last)
    like = _Like(looks)
    texts = kept = 0
    for at, one in enumerate(mine[1:]):
        said = hash_of(one)
        texts += said != 0
        may_be = texts <= like.usual and not known.ends(said, at)
        if said not in known.own and not (may_be and like.fits(one, at, places)):
            break
        kept = at + 1
    return [*others, mine[: kept + 1]]


class _Like:
    """What the other members show of what follows a start.

    usual   how many texts each of several has; endless where that differs, or few tell
    """

    def __init__(self, looks: Sequence[Sequence[Look]]) -> None:
        counts = {sum(bool(said) for _, said in one) for one in looks}
        self.usual = counts.pop() if len(looks) >= SEVERAL and len(counts) == 1 else inf
        self._latest: dict[Look, int] = {}
        for at, look in chain.from_iterable(map(enumerate, looks)):
            self._latest[look] = max(at, self._latest.get(look, 0))
        self._names = {name for name, _ in self._latest}

    def fits(self, element: etree._Element, at: int, places: Places) -> bool:
        """Whether an element behind a start looks like what others have there, or is prose."""
        if not self._latest:
            return True
        look = _look(element, places)
        if element.tag not in TEXTUAL and look[0] not in self._names:
            return False
        return look[1] in ("prose", "") or self._latest.get(look, -1) >= max(at - 1, 0)


class _Known:
    """What the last visit shows of what follows a start.

    own     what followed it then
    behind  what stood behind the list
    lasts   what only the last member had, beyond what each has
    """

    def __init__(
        self,
        start: etree._Element,
        others: Sequence[Sequence[etree._Element]],
        last: NoticeList | None,
    ) -> None:
        members = last.members if last else ()
        named = hash_of(start)
        self.own = _every(one[1:] for one in members if one[:1] == (named,)) - {0}
        theirs = self.own | _every(members[:-1]) | _every(map(_hashes, others)) | {0}
        self._behind = _every([last.after] if last else []) - theirs
        self._lasts = _every(members[-1:]) - theirs
        self._fewest = min(map(len, (*others, *members[:-1])), default=1) - 1

    def ends(self, said: int, at: int) -> bool:
        """Whether the text behind a start with this hash is another's or nobody's."""
        return said in self._behind or (at >= self._fewest and said in self._lasts)


def _every(hashes: Iterable[Sequence[int]]) -> Set[int]:
    return frozenset(chain.from_iterable(hashes))


def _hashes(elements: Sequence[etree._Element]) -> Sequence[int]:
    return [hash_of(one) for one in elements]


def _look(element: etree._Element, places: Places) -> Look:
    text = said_by(element)
    if REACHED.search(text) or PHONE.search(text):
        said = "how somebody is reached, or whose it is"
    elif ends_sentence(text) and count_words(text) >= FEWEST_WORDS:
        said = "prose"
    else:
        said = "a line" if text else ""
    return name_of(element, places), said


def name_of(element: etree._Element, places: Places) -> str:
    return places.of(element).rpartition(" > ")[2]


def said_by(element: etree._Element) -> str:
    """The text of an element, and the line behind it."""
    return one_line("".join(map(str, element.itertext())) + (element.tail or ""))


def hash_of(element: etree._Element) -> int:
    """What tells the text of one element from that of others; 0 for none."""
    text = said_by(element)
    return block_hash(text) if text else 0


# --- what is remembered -----------------------------------------------------------------------


def remembered(
    start: str, members: Sequence[Sequence[etree._Element]], places: Places, *, is_boxed: bool
) -> NoticeList:
    """What the next visit has to know of a list of notices."""
    list_of = () if is_boxed else members[-MOST_MEMBERS:]
    behind = members[-1][-1].itersiblings(etree.Element)
    return NoticeList(
        start=start,
        box=places.of(members[0][0]),
        members=tuple(tuple(_hashes(one[:MOST_ELEMENTS])) for one in list_of),
        after=() if is_boxed else tuple(filter(None, _hashes([*islice(behind, MOST_ELEMENTS)]))),
    )


def matching(last: NoticeList | None, starts: Set[str]) -> Set[str]:
    """Those of these kinds and places that may have begun the list of the last visit.

    The same one, or if there is none, those of the same tags: which class of an element counts
    depends on how many others have it.
    """
    if last is None or last.start in starts:
        return {last.start} if last else frozenset()
    return {one for one in starts if without_classes(one) == without_classes(last.start)}


def without_classes(place: str) -> str:
    return CLASS.sub("", place)
