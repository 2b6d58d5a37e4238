"""How much of the form of real articles is kept, beside three other ways in the same run.

rich   pages with the HTML that is wanted, made by Readability: what stands in it as a picture, a
       list, code, a quotation, a table or a subhead should be so in ours; what the page has beside
       it (`extra`) need not be wrong, as Readability leaves many a picture out itself. A picture
       counts once on a page, in whatever size; a table if it is one of data, and not of layout.
       Where feedbot differs, the markup was judged: `wanted` and `unwanted` in rich.toml are the parts, as
       hashes, that belong to an article although Readability left them out, and those that do not
       although it kept them. `raw` figures are without that; a subhead that is the title counts
       in none, as it is published as the title
wcxb   on how many pages there are pictures at all, and how many tables of data, whose text the
       wanted text has, are tables in ours

The sets are not part of the project, and without them nothing is measured.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
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
CANONICAL = re.compile(
    r"""<link\s[^>]*\brel=["']?canonical["']?\s[^>]*\bhref=["']?(https?://[^"'\s>]+)"""
)
PARTS = re.compile(r"\s[-–—|:»]\s")  # of a <title>
OWN = 3  # links of a page to places on it that tell its address
CELLS = 6  # with text: a table that has fewer, or fewer than two in a row, is one of layout
NESTED = frozenset("table p div ul ol blockquote pre h1 h2 h3 h4 h5 h6".split())
FIRST = 60  # characters of a text by which it is known again
Row = Mapping[str, Any]
Way = Callable[[Row], str]


def feedbot(row: Row) -> str:
    """The HTML of the article, each page alone."""
    url = row.get("url") or _address(row["html"])
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


@dataclass(frozen=True, slots=True)
class Judged:
    """The parts that were judged by their markup, where feedbot differs; by their hashes."""

    wanted: Collection[str] = ()
    unwanted: Collection[str] = ()

    def correct(self, page: str, kind: str, expected: Counter[str], found: Counter[str]) -> None:
        """Puts what is expected of one kind on a page right."""
        for key in [*expected, *found]:
            name = hashed(f"{page} {kind} {key}")
            if name in self.unwanted:
                expected.pop(key, None)
            elif name in self.wanted:
                expected[key] = max(expected[key], 1)


def hashed(text: str) -> str:
    """What stands for a part of a page in rich.toml, as that is not ours."""
    return blake2b(text.encode(), digest_size=6).hexdigest()


NOBODY = Judged()
WAYS: Mapping[str, Way] = {
    "feedbot": feedbot,
    "trafilatura": trafilatura,
    "readability": readability,
    "newspaper4k": newspaper4k,
}


def _address(html: str) -> str:
    """Where a saved page stood: as it declares, or by the address of its links to itself."""
    if declared := CANONICAL.search(html):
        return declared[1]
    ids = set(re.findall(r"""\bid=["']?([^"'\s>]+)""", html))
    links = re.findall(r"""href=["'](https?://[^"'#]+)#([^"']+)""", html)
    addresses = Counter(address for address, name in links if name in ids)
    address, times = addresses.most_common(1)[0] if addresses else (URL, OWN)
    return address if times >= OWN else URL


def parts(html: str, sizes: Mapping[str, str] = MappingProxyType({})) -> dict[str, Counter[str]]:
    """What stands in a text, kind by kind: pictures by their files, the rest by their words.

    `sizes` are the other sizes of pictures, each with the size by which it is known.
    """
    found: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    tree = _tree(html)
    for kind, tags in KINDS.items() if tree is not None else ():
        for element in tree.iter(*tags):
            if kind == "pictures":
                key = picture_key(_files(element)[0]) if _files(element) else ""
                found[kind][sizes.get(key, key)] = 1
            elif kind != "tables" or _is_data(element):
                found[kind][_words(element)] += 1
        found[kind].pop("", None)
    return found


def _tree(html: str) -> Any:
    try:
        return lxml.html.fromstring(f"<div>{html}</div>")
    except (ValueError, lxml.etree.LxmlError):
        return None


def other_sizes(html: str) -> dict[str, str]:
    """The files that an element of a page has one picture in, each with the first of them."""
    found: dict[str, str] = {}
    for element in lxml.html.fromstring(html).iter("img"):
        picture = element.getparent() if element.getparent().tag == "picture" else element
        keys = [picture_key(url) for one in picture.iter("source", "img") for url in _files(one)]
        known = next((found[key] for key in keys if key in found), keys[0] if keys else "")
        found |= dict.fromkeys(keys, known)
    return found


def _files(element: Any) -> list[str]:
    """The addresses of a picture, the one that is shown first."""
    sets = [element.get(name) or "" for name in ("srcset", "data-srcset")]
    several = [part.split()[0] for one in sets for part in re.split(r",\s+", one) if part.split()]
    values = [
        value for name, value in element.attrib.items() if "src" in name and "set" not in name
    ]
    return [one for one in (element.get("src"), *values, *several) if one and one[:5] != "data:"]


def _is_data(table: Any) -> bool:
    """Whether a table holds data: words in rows and columns, and nothing that has parts itself."""
    rows = [
        [_words(cell) for cell in row.iter("td", "th", "cell")] for row in table.iter("tr", "row")
    ]
    wide = sum(sum(map(bool, row)) > 1 for row in rows)
    cells = sum(bool(cell) for row in rows for cell in row)
    is_nested = sum(one.tag in NESTED for cell in table.iter("td") for one in cell) > cells / 4
    return wide > 1 and cells >= CELLS and not is_nested


def _words(element: Any) -> str:
    return _letters("".join(map(str, element.itertext())))[:FIRST]


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def measure(rows: Sequence[Row], way: Way, judged: Judged = NOBODY) -> dict[str, float]:
    """The share of what is expected that is kept, and what is more, as a share of that."""
    wanted: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    for row in rows:
        sizes = other_sizes(row["html"])
        expected, found = parts(row["expected"], sizes), parts(way(row), sizes)
        for title in _titles(row["html"]):
            expected["subheads"].pop(title, None)
            found["subheads"].pop(title, None)
        for kind in KINDS:
            judged.correct(row["id"], kind, expected[kind], found[kind])
            both = (expected[kind] & found[kind]).total()
            wanted[kind] += expected[kind].total()
            kept[kind] += both
            extra[kind] += found[kind].total() - both
    figures = {kind: kept[kind] / max(wanted[kind], 1) for kind in KINDS}
    return figures | {f"extra {kind}": extra[kind] / max(wanted[kind], 1) for kind in KINDS}


def _titles(html: str) -> set[str]:
    """What may be the title of a page, in the words of a subhead."""
    heads = [one for one in lxml.html.fromstring(html).iter("h1", "title")]
    texts = [str(one.text_content()) for one in heads]
    return {_letters(part)[:FIRST] for text in texts for part in (text, *PARTS.split(text))} - {""}


def in_whole_pages(rows: Sequence[Row], way: Way) -> dict[str, float]:
    """The share of pages in whose article there is a picture, and of tables that are kept."""
    pictures, wanted, kept = 0, 0, 0
    for row in rows:
        found = parts(way(row))
        pictures += bool(found["pictures"])
        expected = wanted_tables(row)
        wanted += len(expected)
        kept += len(expected & found["tables"].keys())
    return {"pages with pictures": pictures / len(rows), "data tables": kept / max(wanted, 1)}


def wanted_tables(row: Row) -> set[str]:
    """The tables of data on a page whose cells all stand in the text that is wanted of it."""
    body = _letters(row["body"] or "")
    tree = _tree(row["html"])
    return {
        _words(table)
        for table in (tree.iter("table") if tree is not None else ())
        if _is_data(table) and all(_words(cell) in body for cell in table.iter("td", "th"))
    }


def main() -> list[str]:
    """Prints the figures of every way; what is below its floor."""
    missing = [name for name in (NAME, "wcxb") if not (corpora.DATA / f"{name}.jsonl.gz").exists()]
    if missing:
        print(f"not measured: there is no {missing[0]}.jsonl.gz in {corpora.DATA}")
        return []
    floors = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    rows, digest = corpora.rows(NAME), corpora.digest(NAME)
    print(f"{len(rows)} pages ({digest})")
    judged = Judged(floors["wanted"], floors["unwanted"])
    figures = {name: measure(rows, way, judged) for name, way in WAYS.items()}
    show("raw", measure(rows, feedbot))
    others = corpora.rows("wcxb")
    for name, way in WAYS.items():
        figures[name] |= in_whole_pages(others, way)
        show(name, figures[name])
    changed = [f"{NAME}: another set than the one that the floors were pinned for"]
    return (changed if digest != floors["digest"] else []) + beneath(
        NAME, figures["feedbot"], floors
    )
