"""What stands around an element, asked of many elements of one page."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree


class Within:
    """Whether an element, or any that it stands in, passes a test; each is tested once."""

    def __init__(self, test: Callable[[etree._Element], bool]) -> None:
        self._test = test
        self._known: dict[etree._Element, bool] = {}

    def __call__(self, element: etree._Element) -> bool:
        chain = [element]
        while chain[-1] not in self._known and (parent := chain[-1].getparent()) is not None:
            chain.append(parent)
        passes = self._known.get(chain[-1], False)
        for one in reversed(chain):
            passes = passes or self._test(one)
            self._known[one] = passes
        return passes


def is_foot(element: etree._Element) -> bool:
    """Whether an element is the foot of the article that has the page's headline: its last one.

    Themes say there by whom and when it was published.
    """
    around = element.getparent()
    if element.tag != "footer" or around is None or around.tag != "article":
        return False
    is_last = next(element.itersiblings(etree.Element), None) is None
    return is_last and around.find(".//h1") is not None
