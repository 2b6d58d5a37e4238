"""Stories that are held ready to be routed again and again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from ..model import Article, Routing, Story, Where
from .text import MARK, Text, read

_BETWEEN = f"{MARK} {MARK}"  # two words: a quarter of a text is this
_PACKED = "\x1e"  # folding leaves none in a text
_Frame = tuple[
    tuple[int, ...], tuple[Where, ...], str, date | None, bool, int, tuple[tuple[int, int], ...]
]


@dataclass(slots=True)
class Held:
    """A story ready to be routed, in half of the memory that its text takes.

    story      without its text
    routings   those by the rules that are in force, by slug
    """

    story: Story
    language: str  # its code, as routing knows it
    _packed: str  # the plain text; to unpack what zlib has packed would take longer than to route
    _frame: _Frame  # the rest of the text
    routings: dict[str, Routing] = field(default_factory=dict)

    @property
    def text(self) -> Text:
        """Its text, unpacked."""
        plain = self._packed.replace(_PACKED, _BETWEEN)
        return Text(plain, plain.lower(), *self._frame)

    @property
    def article(self) -> Article:
        """The article without its text."""
        return self.story.article

    @property
    def is_routed(self) -> bool:
        """Whether any topic takes it."""
        return any(routing.routed for routing in self.routings.values())

    def is_in(self, slug: str) -> bool:
        """Whether a topic takes it by the rules that are in force."""
        routing = self.routings.get(slug)
        return routing is not None and routing.routed


def hold(story: Story) -> Held:
    """A story, ready to be routed again and again."""
    stub = replace(story.article, paragraphs=(), html="", dateline=None)
    text = read(story.article)
    told = text.language, text.day, text.title_case, text.length
    frame = (text.starts, text.parts, *told, text.titles)
    packed = text.plain.replace(_BETWEEN, _PACKED)
    return Held(replace(story, article=stub, first=None), text.language, packed, frame)
