"""What a site says on most of its pages in the same way, and so says of no article of its own.

A fact is a kind and a value that one page declares, such as ("author", "Redactie").
The site model keeps the facts of the pages seen last, as hashes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from ...web.blocks import block_hash, text_hash
from ..site_model import SiteModel

FEWEST = 3  # other pages that say the same
SHARE = 0.5  # of the other pages


class Habits(NamedTuple):
    """The habits of a site, as all its pages but one show them."""

    model: SiteModel
    own: Collection[str] = ()  # the URL keys of the page itself

    def has(self, kind: str, value: str = "") -> bool:
        """Whether most other pages of the site have this fact, and at least FEWEST of them."""
        same = self.others_with(kind, value)
        if same < FEWEST:
            return False
        others = len(self.model.facts.keys() - set(self.own))
        return same >= SHARE * others

    def recurs(self, kind: str, value: str) -> bool:
        """Whether FEWEST other pages have this fact."""
        return self.others_with(kind, value) >= FEWEST

    def shows(self, text: str) -> bool:
        """Whether most other pages of the site show a block with this text."""
        same = len(self.model.pages_with.get(block_hash(text), frozenset()) - frozenset(self.own))
        if same < FEWEST:
            return False
        others = len(self.model.seen.keys() - set(self.own))
        return same >= SHARE * others

    @property
    def are_known(self) -> bool:
        """Whether there are FEWEST other pages."""
        return len(self.model.facts.keys() - set(self.own)) >= FEWEST

    def others_with(self, kind: str, value: str) -> int:
        """How many other pages have a fact."""
        pages = self.model.pages_saying.get(fact(kind, value), frozenset())
        return len(pages - frozenset(self.own))


UNKNOWN = Habits(SiteModel())


def fact(kind: str, value: str) -> int:
    """The hash by which a site model knows a fact."""
    return text_hash(f"{kind}: {value}")


def hashed(facts: Iterable[tuple[str, str]]) -> tuple[int, ...]:
    """The hashes of these facts, each once, in order."""
    return tuple(dict.fromkeys(fact(kind, value) for kind, value in facts))
