"""Families: links that are alike, in their place on the page or in the form of their address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from lxml import etree

STEPS = 7  # elements from a link upwards that make its place
DIGITS = re.compile(r"\d+")
# Classes that say where an item stands among its siblings, and not what it is.
POSITIONS = frozenset("first last odd even alt alternate active current".split())
Clues = Mapping[str, float]


class Places:
    """The place of a link on its page: the names of the elements from it upwards.

    Of the classes of an element only the one counts that most elements of the page have: a class
    that stands for one article, such as post-812, tells places apart that are alike.
    """

    def __init__(self, root: etree._Element) -> None:
        self._counts = Counter(
            name for one in root.iter() if isinstance(one.tag, str) for name in _classes(one)
        )
        self._names: dict[etree._Element, str] = {}

    def of(self, element: etree._Element) -> str:
        """The place of a link, from the outermost element inwards."""
        steps = [self._name(element)]
        for one in element.iterancestors():
            if len(steps) == STEPS or one.tag == "body":
                break
            steps.append(self._name(one))
        return " > ".join(reversed(steps))

    def _name(self, element: etree._Element) -> str:
        if element not in self._names:
            classes = _classes(element)
            common = max(classes, key=lambda name: (self._counts[name], name), default="")
            self._names[element] = f"{element.tag!s}.{common}" if common else str(element.tag)
        return self._names[element]


def _classes(element: etree._Element) -> list[str]:
    names = DIGITS.sub("", element.get("class") or "").split()
    return [name for name in names if name.lower() not in POSITIONS]


def means(members: Sequence[Clues], names: Sequence[str]) -> Clues:
    """What the members of a family have on the average."""
    return {name: sum(one[name] for one in members) / len(members) for name in names}
