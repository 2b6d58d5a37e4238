"""What looks wrong with what a visit read. A sign that lasts makes its source `degraded`.

short      the texts are much shorter than they were: a paywall, or a layout that is no longer read
refused    most pages gave no article: a redesign, a wall, a status
same       several addresses give one and the same text: a consent wall, an error page
nothing    the source has not given one article yet
elsewhere  the listing is on another host now
moved      the listing is permanently redirected to a page that still lists the same
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
HARMLESS = frozenset(("moved",))  # told beside the health, which it does not change
OF_LISTINGS = frozenset(("elsewhere", "moved", "nothing"))  # each visit says anew
FEWEST_ARTICLES = 3  # articles from which a visit is judged
SHORT_SHARE = 0.3  # of the usual length
FEWEST_KNOWN = 10  # articles from which a usual length is known

Anomalies = Mapping[str, tuple[int, str]]


def find_anomalies(
    *,
    lengths: Sequence[int],
    usual: Sequence[int],
    problems: Sequence[str],
    contents: Sequence[bytes],
    given: bool = True,
    listing: Mapping[str, str] | None = None,
    layout: str = "",
) -> dict[str, str]:
    """The signs of one visit, each with its words.

    lengths    words of every article that was read; `usual` those of the source's last ones
    problems   why each of the other pages gave none: "answered 403", "are a consent wall"
    contents   what the text of each article is known by
    given      whether the source has given an article, now or ever
    listing    the signs of its listings
    layout     what the site model says of its layout
    """
    found = {}
    if len(lengths) >= FEWEST_ARTICLES and len(usual) >= FEWEST_KNOWN:
        now, before = median(lengths), median(usual)
        if now < SHORT_SHARE * before:
            found["short"] = f"articles of {now:.0f} words, where {before:.0f} were usual"
    pages = len(lengths) + len(problems)
    if problems and len(problems) * 2 > pages and (len(problems) > FEWEST_ARTICLES or not given):
        found["refused"] = _refused(problems, pages)
    most = max(Counter(contents).values(), default=0)
    if most >= FEWEST_ARTICLES:
        found["same"] = f"{most} addresses give the same text"
    if not given:
        found["nothing"] = "it has not given one article yet"
    found |= listing or {}
    if layout:
        found["layout"] = layout
    return found


def _refused(problems: Sequence[str], pages: int) -> str:
    """What most pages have in common: "8 of 8 articles answered 403"."""
    problem, count = Counter(problems).most_common(1)[0]
    if count * 2 > len(problems):
        return f"{count} of {pages} articles {problem}"
    return f"{len(problems)} of {pages} pages gave no article"


def count_anomalies(before: Anomalies, found: Mapping[str, str], *, read: bool) -> Anomalies:
    """The signs after one more visit; one that read no article says nothing of articles.

    Only that most pages gave none goes on until one is read: they are not all asked at each visit.
    """
    kept = {} if read else {sign: one for sign, one in before.items() if sign not in OF_LISTINGS}
    if "refused" in kept:
        kept["refused"] = (kept["refused"][0] + 1, kept["refused"][1])
    return kept | {sign: (before.get(sign, (0, ""))[0] + 1, words) for sign, words in found.items()}


def lasting(signs: Anomalies) -> str:
    """What has been wrong for some visits, in words; "" if nothing has."""
    barren = signs.get("nothing", (0, ""))[0] >= LASTS
    told = {
        sign: words
        for sign, (count, words) in signs.items()
        if sign not in HARMLESS and (count >= LASTS or sign in AT_ONCE or barren)
    }
    return "; ".join(told[sign] for sign in sorted(told, key=lambda sign: sign == "nothing"))


def advice_on(signs: Anomalies) -> str:
    """What the operator might correct although all is well; "" for nothing."""
    return "; ".join(words for sign, (_, words) in signs.items() if sign in HARMLESS)


def dump(signs: Anomalies) -> str:
    """As text, for the store."""
    return json.dumps(dict(sorted(signs.items()))) if signs else ""


def load(text: str) -> Anomalies:
    """The inverse of `dump`."""
    return {sign: (count, words) for sign, (count, words) in json.loads(text or "{}").items()}
