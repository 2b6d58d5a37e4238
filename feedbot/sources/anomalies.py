"""What looks wrong with what a visit read. What lasts makes its source `degraded`.

short      the texts are much shorter than they were: a paywall, or a layout that is no longer read
refused    most pages gave no article: a redesign, a wall, a status
same       several addresses give one and the same text: a consent wall, an error page
nothing    the source has not given one article yet
elsewhere  the listing is on another host now
moved      the listing is permanently redirected to a page that still lists the same
layout     articles are no longer where they were

Pure; a mapping from the name to how many visits in a row showed it, and the words for it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

LASTS = 3  # visits in a row; one bad evening is not an anomaly
AT_ONCE = frozenset(("layout",))  # the site model has waited for some articles already
HARMLESS = frozenset(("moved",))  # shown beside the health, which it does not change
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
    """The anomalies of one visit, by name, each in words.

    lengths    words of every article that was read; `usual` those of the source's last ones
    problems   why each of the other pages gave none: "answered 403", "are a consent wall"
    contents   what the text of each article is known by
    given      whether the source has given an article, now or ever
    listing    the anomalies of its listings
    layout     what the site model says of its layout
    """
    found = {
        "short": _short(lengths, usual),
        "refused": _refused(problems, len(lengths), given=given),
        "same": _same(contents),
        "nothing": "" if given else "it has not given one article yet",
        **(listing or {}),
        "layout": layout,
    }
    return {name: words for name, words in found.items() if words}


def _short(lengths: Sequence[int], usual: Sequence[int]) -> str:
    """How much shorter than usual the articles are; "" if they are not."""
    if len(lengths) < FEWEST_ARTICLES or len(usual) < FEWEST_KNOWN:
        return ""
    now, before = median(lengths), median(usual)
    if now >= SHORT_SHARE * before:
        return ""
    return f"articles of {now:.0f} words, where {before:.0f} were usual"


def _refused(problems: Sequence[str], articles: int, *, given: bool) -> str:
    """Why most pages gave no article, if they did: "8 of 8 articles answered 403"."""
    pages = articles + len(problems)
    enough = FEWEST_ARTICLES + 1 if given else 1
    if len(problems) < enough or len(problems) <= articles:
        return ""
    problem, count = Counter(problems).most_common(1)[0]
    if count * 2 > len(problems):
        return f"{count} of {pages} articles {problem}"
    return f"{len(problems)} of {pages} pages gave no article"


def _same(contents: Sequence[bytes]) -> str:
    """How many addresses give the same text; "" if too few do."""
    most = max(Counter(contents).values(), default=0)
    return f"{most} addresses give the same text" if most >= FEWEST_ARTICLES else ""


def count_anomalies(before: Anomalies, found: Mapping[str, str], *, read: bool) -> Anomalies:
    """The anomalies after one more visit; without an article it says nothing about articles.

    Only "refused" is kept until an article is read, because not every visit asks for all pages.
    """
    kept = {} if read else {name: before[name] for name in before if name not in OF_LISTINGS}
    if "refused" in kept:
        count, words = kept["refused"]
        kept["refused"] = (count + 1, words)
    now = {name: (_count(before, name) + 1, words) for name, words in found.items()}
    return kept | now


def _count(anomalies: Anomalies, name: str) -> int:
    """How many visits in a row an anomaly was seen."""
    return anomalies.get(name, (0, ""))[0]


def lasting(anomalies: Anomalies) -> str:
    """What has been wrong for several visits, in words; "" if nothing has."""
    # A source that never gave anything needs no second evening where its pages say why.
    barren = "nothing" in anomalies and (
        "refused" in anomalies or _count(anomalies, "nothing") >= LASTS
    )
    found = {
        name: words
        for name, (count, words) in anomalies.items()
        if name not in HARMLESS and (count >= LASTS or name in AT_ONCE or barren)
    }
    return "; ".join(found[name] for name in sorted(found, key=lambda name: name == "nothing"))


def advice_on(anomalies: Anomalies) -> str:
    """What the operator might correct although all is well; "" for nothing."""
    return "; ".join(words for name, (_, words) in anomalies.items() if name in HARMLESS)


def dump(anomalies: Anomalies) -> str:
    """As JSON, for the store; "" for none."""
    return json.dumps(dict(sorted(anomalies.items()))) if anomalies else ""


def load(text: str) -> Anomalies:
    """The inverse of `dump`."""
    return {name: (count, words) for name, (count, words) in json.loads(text or "{}").items()}
