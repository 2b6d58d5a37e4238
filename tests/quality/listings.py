"""How well the articles of real listings are found, beside three other ways in the same run.

    long texts    every link of the site whose text has 25 letters or more
    newspaper4k   what it takes for articles on a page
    courlan       the links that it extracts from a page

Precision and recall of each listing, then the mean over listings. Addresses are compared by their
keys. The set is judged by eye; it is not part of the project, and without it nothing is measured.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import Any

from feedbot.model import Source
from feedbot.read.discover.links import discover
from feedbot.web.document import Document, one_line, parse
from feedbot.web.urls import same_domain, url_key
from tests.quality import corpora
from tests.quality.extraction import beneath, show

NAME = "listings"
LONG = 25  # letters
Row = Mapping[str, Any]
Way = Callable[[Row], Iterable[str]]


def _document(row: Row) -> Document:
    return parse(corpora.page(row["html"], row["url"]))


def feedbot(row: Row) -> list[str]:
    """The links that feedbot follows."""
    source = Source(name=row["host"], urls=(row["url"],), language=row["language"])
    return [link.url for link in discover(_document(row), source)]


def long_texts(row: Row) -> list[str]:
    """The rule of one line."""
    document = _document(row)
    here = url_key(row["url"])
    links = [(document.absolute(a.get("href") or ""), a) for a in document.root.iter("a")]
    return [
        url
        for url, anchor in links
        if same_domain(url, row["url"])
        and url_key(url) != here
        and len(one_line("".join(anchor.itertext()))) >= LONG
    ]


def newspaper4k(row: Row) -> list[str]:
    """newspaper4k, given the page as the only category of its source."""
    from newspaper import Source as Newspaper
    from newspaper.source import Category
    from tldextract import TLDExtract, tldextract

    tldextract.TLD_EXTRACTOR = TLDExtract(suffix_list_urls=())  # nothing comes from the network
    paper = Newspaper(row["url"], memorize_articles=False)
    paper.categories = [Category(url=row["url"], html=row["html"])]
    paper.parse_categories()
    return [article.url for article in paper.categories_to_articles()]


def courlan(row: Row) -> set[str]:
    """courlan with its defaults."""
    from courlan import extract_links

    found: set[str] = extract_links(row["html"], url=row["url"], external_bool=False)
    return found


WAYS: Mapping[str, Way] = {
    "feedbot": feedbot,
    "long texts": long_texts,
    "newspaper4k": newspaper4k,
    "courlan": courlan,
}


def score(row: Row, urls: Iterable[str]) -> tuple[float, float]:
    """Precision and recall of the links of one listing; neutral ones count neither way."""
    wanted, neutral = set(map(url_key, row["articles"])), set(map(url_key, row["neutral"]))
    found = set(map(url_key, urls)) - neutral
    wanted -= neutral
    right = len(found & wanted)
    return right / len(found) if found else 0.0, right / len(wanted)


def measure(rows: Sequence[Row], way: Way) -> dict[str, float]:
    """Means over the listings, over the Dutch ones, and what was worst."""
    started = process_time()
    scores = [score(row, way(row)) for row in rows]
    dutch = [pair for pair, row in zip(scores, rows, strict=True) if row["language"] == "nl"]
    return {
        "precision": _mean(one for one, _ in scores),
        "recall": _mean(one for _, one in scores),
        "dutch precision": _mean(one for one, _ in dutch),
        "dutch recall": _mean(one for _, one in dutch),
        "perfect": _mean(float(pair == (1.0, 1.0)) for pair in scores),
        "lowest recall": min(one for _, one in scores),
        "seconds": process_time() - started,
    }


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / max(len(found), 1)


def main() -> list[str]:
    """Prints the figures of every way; what is below its floor."""
    if not (corpora.DATA / f"{NAME}.jsonl.gz").exists():
        print(f"not measured: there is no {NAME}.jsonl.gz in {corpora.DATA}")
        return []
    floors = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    rows, digest = corpora.rows(NAME), corpora.digest(NAME)
    print(f"{len(rows)} listings ({digest})")
    figures = {name: measure(rows, way) for name, way in WAYS.items()}
    for name, found in figures.items():
        show(name, found)
    changed = [f"{NAME}: another set than the one that the floors were pinned for"]
    return (changed if digest != floors["digest"] else []) + beneath(
        NAME, figures["feedbot"], floors
    )
