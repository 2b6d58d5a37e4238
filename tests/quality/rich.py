"""How much of the form of real articles is kept, beside three other ways in the same run.

rich   pages with the HTML that is wanted, made by Readability: what stands in it as a picture, a
       list, code, a quotation, a table or a subhead should be so in ours; what the page has beside
       it (`extra`) need not be wrong, as Readability leaves many a picture out itself
wcxb   on how many pages there are pictures at all

The sets are not part of the project, and without them nothing is measured.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import lxml.html

from feedbot.errors import NotAnArticle
from feedbot.model import Source
from feedbot.read.extract import extract
from feedbot.read.extract.media import picture_key
from feedbot.read.site_model import SiteModel
from feedbot.web.document import parse
from tests.quality import corpora
from tests.quality.extraction import beneath, show

NAME = "rich"
URL = "http://fakehost/test/page.html"  # where the pages say that they stand
KINDS = {
    "pictures": ("img", "graphic"),
    "items": ("li", "item"),
    "numbered lists": ("ol",),
    "code": ("pre", "code"),
    "quotations": ("blockquote", "quote"),
    "tables": ("table",),
    "subheads": ("h2", "h3", "h4", "h5", "h6"),
}
FIRST = 60  # characters of a text by which it is known again
Row = Mapping[str, Any]
Way = Callable[[Row], str]


def feedbot(row: Row) -> str:
    """The HTML of the article, each page alone."""
    url = row.get("url") or URL
    try:
        page = parse(corpora.page(row["html"], url))
        return extract(page, Source(name="rich", urls=(url,)), SiteModel(), None).html
    except NotAnArticle:
        return ""


def trafilatura(row: Row) -> str:
    """trafilatura, told to keep everything that it can."""
    from trafilatura import extract as read

    found: str | None = read(
        row["html"],
        url=row.get("url") or URL,
        output_format="xml",
        include_images=True,
        include_tables=True,
        include_formatting=True,
        include_links=True,
    )
    return re.sub(r"<head\b[^>]*>", "<h2>", found or "").replace("</head>", "</h2>")


def readability(row: Row) -> str:
    """readability-lxml; not what made the set, which is written in JavaScript."""
    from readability import Document as Readable

    try:
        summary: str = Readable(row["html"], url=row.get("url") or URL).summary()
    except Exception:
        return ""
    return summary


def newspaper4k(row: Row) -> str:
    """newspaper4k."""
    from newspaper import Article as Newspaper

    page = Newspaper(row.get("url") or URL, fetch_images=False, keep_article_html=True)
    try:
        page.download(input_html=row["html"])
        page.parse()
    except Exception:
        return ""
    return page.article_html or ""


WAYS: Mapping[str, Way] = {
    "feedbot": feedbot,
    "trafilatura": trafilatura,
    "readability": readability,
    "newspaper4k": newspaper4k,
}


def parts(html: str) -> dict[str, Counter[str]]:
    """What stands in a text, kind by kind: pictures by their files, the rest by their words."""
    found: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    try:
        tree = lxml.html.fromstring(f"<div>{html}</div>")
    except (ValueError, lxml.etree.LxmlError):
        return found
    for kind, tags in KINDS.items():
        for element in tree.iter(*tags):
            said = _picture(element) if kind == "pictures" else _words(element)
            if said:
                found[kind][said] += 1
    return found


def _picture(element: Any) -> str:
    url = (
        element.get("src") or element.get("data-src") or (element.get("srcset") or "").split(" ")[0]
    )
    return picture_key(url) if url else ""


def _words(element: Any) -> str:
    return re.sub(r"\W+", "", "".join(map(str, element.itertext())).lower())[:FIRST]


def measure(rows: Sequence[Row], way: Way) -> dict[str, float]:
    """The share of what is expected that is kept, and what is more, per hundred expected."""
    wanted: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    for row in rows:
        expected, found = parts(row["expected"]), parts(way(row))
        for kind in KINDS:
            both = (expected[kind] & found[kind]).total()
            wanted[kind] += expected[kind].total()
            kept[kind] += both
            extra[kind] += found[kind].total() - both
    figures = {kind: kept[kind] / max(wanted[kind], 1) for kind in KINDS}
    return figures | {f"extra {kind}": extra[kind] / max(wanted[kind], 1) for kind in KINDS}


def pages_with_pictures(rows: Sequence[Row], way: Way) -> float:
    """The share of pages in whose article there is a picture."""
    return sum(bool(parts(way(row))["pictures"]) for row in rows) / len(rows)


def main() -> list[str]:
    """Prints the figures of every way; what is below its floor."""
    missing = [name for name in (NAME, "wcxb") if not (corpora.DATA / f"{name}.jsonl.gz").exists()]
    if missing:
        print(f"not measured: there is no {missing[0]}.jsonl.gz in {corpora.DATA}")
        return []
    floors = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    rows, digest = corpora.rows(NAME), corpora.digest(NAME)
    print(f"{len(rows)} pages ({digest})")
    figures = {name: measure(rows, way) for name, way in WAYS.items()}
    others = corpora.rows("wcxb")
    for name, way in WAYS.items():
        figures[name]["pages with pictures"] = pages_with_pictures(others, way)
        show(name, figures[name])
    changed = [f"{NAME}: another set than the one that the floors were pinned for"]
    return (changed if digest != floors["digest"] else []) + beneath(
        NAME, figures["feedbot"], floors
    )
