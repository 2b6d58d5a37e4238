"""What stands around an element, asked of many elements of one page."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

FOOT = re.compile(r"entry|post|article|meta", re.IGNORECASE)


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

    Themes say there by whom and when it was published, and call it so: "entry-footer".
    """
    around = element.getparent()
    if element.tag != "footer" or around is None or around.tag != "article":
        return False
    is_last = next(element.itersiblings(etree.Element), None) is None
    if not is_last or not FOOT.search(element.get("class") or ""):
        return False
    headline = next(around.getroottree().getroot().iter("h1"), None)
    return headline is not None and around in headline.iterancestors()
