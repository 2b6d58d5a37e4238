"""What looks wrong with what a visit read. A sign that lasts makes its source `degraded`.

short      the texts are much shorter than they were: a paywall, or a layout that is no longer read
refused    most pages hold no article: a redesign, a wall
same       several addresses give one and the same text: a consent wall, an error page
elsewhere  the listing is on another host now
layout     articles are no longer where they were

Pure; a mapping from the sign to how many visits in a row showed it, and the words for it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

LASTS = 3  # visits in a row; a slip of one evening is none
AT_ONCE = frozenset(("layout",))  # the site model has waited for some articles already
FEWEST = 3  # articles from which a visit is judged
SHORT = 0.3  # of the usual length
USUAL = 10  # articles from which a usual length is known

Signs = Mapping[str, tuple[int, str]]


def find_signs(
    *,
    lengths: Sequence[int],
    usual: Sequence[int],
    refused: int,
    contents: Sequence[bytes],
    elsewhere: str = "",
    layout: str = "",
) -> dict[str, str]:
    """The signs of one visit, each with its words.

    lengths    words of every article that was read; `usual` those of the source's last ones
    refused    pages that hold no article
    contents   what the text of each article is known by
    elsewhere  the host that the listing was found on, if it is another
    layout     what the site model says of its layout
    """
    found = {}
    if len(lengths) >= FEWEST and len(usual) >= USUAL:
        now, before = median(lengths), median(usual)
        if now < SHORT * before:
            found["short"] = f"articles of {now:.0f} words, where {before:.0f} were usual"
    pages = len(lengths) + refused
    if refused > FEWEST and refused * 2 > pages:
        found["refused"] = f"{refused} of {pages} pages hold no article"
    most = max(Counter(contents).values(), default=0)
    if most >= FEWEST:
        found["same"] = f"{most} addresses give the same text"
    if elsewhere:
        found["elsewhere"] = f"the listing is on {elsewhere} now; correct its url"
    if layout:
        found["layout"] = layout
    return found


def count_signs(before: Signs, found: Mapping[str, str], *, judged: bool) -> Signs:
    """The signs after one more visit; one that read no article says nothing of articles."""
    counted = {sign: (before.get(sign, (0, ""))[0] + 1, words) for sign, words in found.items()}
    kept = {} if judged else {sign: one for sign, one in before.items() if sign != "elsewhere"}
    return kept | counted


def lasting(signs: Signs) -> str:
    """What has been wrong for some visits, in words; "" if nothing has."""
    return "; ".join(
        words for sign, (count, words) in signs.items() if count >= LASTS or sign in AT_ONCE
    )


def dump(signs: Signs) -> str:
    """As text, for the store."""
    return json.dumps(dict(sorted(signs.items()))) if signs else ""


def load(text: str) -> Signs:
    """The inverse of `dump`."""
    return {sign: (count, words) for sign, (count, words) in json.loads(text or "{}").items()}
