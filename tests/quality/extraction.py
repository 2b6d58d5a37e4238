"""How well pages become articles, beside trafilatura, newspaper4k and readability in the same run.

fundus     news pages, each alone          text, title, date, authors
daniel     news pages, host by host        text; each host is learnt from its other pages
wcxb       pages of all kinds, each alone  text: not below trafilatura's
htmldate   pages, each alone               date
variants   one portal in six markups       what leaks, what is lost, what differs between visits

The floors and the digests of the sets are in extraction.toml. Floors are raised by hand when they
are passed for good, and never lowered.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from feedbot.errors import NotAnArticle
from feedbot.languages.fold import fold
from feedbot.model import Source
from feedbot.read.extract import extract, learn
from feedbot.read.site_model import SiteModel
from feedbot.web.document import Document, parse
from tests.markups import MARKUPS, shots
from tests.quality import corpora
from tests.quality.portals import measure as measure_portals
from tests.quality.portals import variants

Row = Mapping[str, Any]
Figures = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a method made of a page."""

    body: str = ""
    title: str = ""
    date: datetime | None = None
    authors: tuple[str, ...] = ()


Method = Callable[[Sequence[Row]], list[Read]]


def source_of(row: Row) -> Source:
    """The source of a page, as an operator would write it; UTC because most sets cover the world."""
    return Source(name=row["host"] or "site", urls=(row["url"],), timezone="UTC", language="en")


def feedbot(rows: Sequence[Row]) -> list[Read]:
    """All pages of one host: learnt first, then read, as a poll does."""
    documents: dict[str, Document] = {}
    for row in rows:
        try:
            documents[row["id"]] = parse(
                corpora.page(row["html"], row["url"] or "https://x.example/a")
            )
        except NotAnArticle:
            continue
    model = learn(SiteModel(), [], list(documents.values())) if len(rows) > 1 else SiteModel()
    return [_read(documents.get(row["id"]), source_of(row), model) for row in rows]


def _read(document: Document | None, source: Source, model: SiteModel) -> Read:
    if document is None:
        return Read()
    try:
        article = extract(document, source, model, None)
    except NotAnArticle:
        return Read()
    return Read(
        body="\n".join(article.paragraphs),
        title=article.title,
        date=article.published.at if article.published else None,
        authors=article.authors,
    )


def trafilatura(rows: Sequence[Row]) -> list[Read]:
    """The library with its defaults."""
    from trafilatura import bare_extraction

    read = []
    for row in rows:
        found = bare_extraction(
            row["html"], url=row["url"], include_comments=False, with_metadata=True
        )
        if found is None:
            read.append(Read())
            continue
        authors = tuple(found.author.split("; ")) if found.author else ()
        read.append(
            Read(
                body=found.text or "",
                title=found.title or "",
                date=_moment(found.date),
                authors=authors,
            )
        )
    return read


def newspaper4k(rows: Sequence[Row]) -> list[Read]:
    """newspaper4k."""
    from newspaper import Article as Newspaper

    read = []
    for row in rows:
        page = Newspaper(row["url"] or "https://x.example/a", fetch_images=False)
        try:
            page.download(input_html=row["html"])
            page.parse()
        except Exception:
            read.append(Read())
            continue
        date = page.publish_date if isinstance(page.publish_date, datetime) else None
        read.append(
            Read(body=page.text, title=page.title, date=_aware(date), authors=tuple(page.authors))
        )
    return read


def readability(rows: Sequence[Row]) -> list[Read]:
    """readability-lxml."""
    import lxml.html
    from readability import Document as Readable

    read = []
    for row in rows:
        try:
            page = Readable(row["html"])
            text = "\n".join(map(str, lxml.html.fromstring(page.summary()).itertext()))
            read.append(Read(body=text, title=page.short_title()))
        except Exception:
            read.append(Read())
    return read


BESIDE = {
    "fundus": ("trafilatura", "newspaper4k", "readability"),
    "daniel": ("trafilatura",),
    "wcxb": ("trafilatura", "readability"),
    "htmldate": ("trafilatura", "newspaper4k"),
}
OTHERS: Mapping[str, Method] = {
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "readability": readability,
}


# --- what is counted --------------------------------------------------------------------------


def texts(rows: Sequence[Row], read: Sequence[Read]) -> Figures:
    """Word F1 of the bodies, and the share of pages where it is below one half."""
    scores = [
        corpora.f1(r.body, row["body"])[0] for row, r in zip(rows, read, strict=True) if row["body"]
    ]
    return {"f1": _mean(scores), "below half": _mean([score < 0.5 for score in scores])}


def titles(rows: Sequence[Row], read: Sequence[Read]) -> Figures:
    """Titles that are exact but for case and punctuation, and those that name the site."""
    pairs = [(_bare(r.title), _bare(row["title"])) for row, r in zip(rows, read, strict=True)]
    named = [
        " | " in r.title and " | " not in row["title"] for row, r in zip(rows, read, strict=True)
    ]
    return {"title": _mean([one == other for one, other in pairs]), "site in title": _mean(named)}


def dates(rows: Sequence[Row], read: Sequence[Read]) -> Figures:
    """Dates on the right day, in UTC or in their own zone; and wrong ones.

    Recall as htmldate counts it: the right ones among those that are right or missing.
    """
    right = wrong = found = 0
    for row, r in zip(rows, read, strict=True):
        if r.date is None:
            continue
        found += 1
        if _same_day(r.date, row["date"]):
            right += 1
        else:
            wrong += 1
    return {
        "date right": right / len(rows),
        "date wrong": wrong / len(rows),
        "date precision": right / max(found, 1),
        "date recall": right / max(len(rows) - wrong, 1),
    }


def authors(rows: Sequence[Row], read: Sequence[Read]) -> Figures:
    """Pages on which exactly the right authors were found."""
    right = [
        {_bare(name) for name in r.authors} == {_bare(name) for name in _list(row["author"])}
        for row, r in zip(rows, read, strict=True)
    ]
    return {"authors": _mean(right)}


def _list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _bare(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(len(values), 1)


def _same_day(found: datetime, true: str) -> bool:
    if len(true) == 10:
        return any(
            (found + timedelta(hours=zone)).date().isoformat() == true for zone in range(-10, 13)
        )
    moment = _moment(true)
    return moment is not None and (
        found.date() == moment.date() or abs(found - moment) < timedelta(hours=14)
    )


def _moment(text: str | None) -> datetime | None:
    return _aware(datetime.fromisoformat(text)) if text else None


def _aware(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


# --- the sets ---------------------------------------------------------------------------------

COUNTED = {
    "fundus": (texts, titles, dates, authors),
    "daniel": (texts,),
    "wcxb": (texts,),
    "htmldate": (dates,),
}


def measure(name: str, method: Method, every: int = 1) -> Figures:
    """The figures of a method on a set, host by host."""
    hosts = [pages for _, pages in corpora.by_host(name)][::every]
    alone = name != "daniel"
    groups = [[row] for pages in hosts for row in pages] if alone else hosts
    rows = [row for group in groups for row in group]
    read = [one for group in groups for one in method(group)]
    figures: Figures = {}
    for count in COUNTED[name]:
        figures |= count(rows, read)
    return figures


def show(tool: str, figures: Figures) -> None:
    """One line of the table."""
    shown = "  ".join(f"{name} {value:.4f}" for name, value in figures.items())
    print(f"  {tool:12} {shown}", flush=True)


def main() -> list[str]:
    """Prints every figure beside those of the other tools; what is below its floor."""
    pinned = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    own = measure_portals([shots(markup) for markup in MARKUPS])
    print(f"own markups: {', '.join(MARKUPS)}")
    show("feedbot", own.figures())
    print("\n".join(own.wrong[:5]))
    if not corpora.DATA.exists():
        print(f"not measured: there is no {corpora.DATA} beside the repository")
        return []
    short: list[str] = []
    for name, floors in pinned.items():
        print(f"{name} ({corpora.digest(name)})")
        if corpora.digest(name) != floors["digest"]:
            short.append(f"{name}: another set than the one that the floors were pinned for")
        figures = _figures(name)
        show("feedbot", figures)
        for tool in BESIDE.get(name, ()):
            theirs = measure(name, OTHERS[tool])
            show(tool, theirs)
            figures |= {
                f"{figure} over {tool}": figures[figure] - theirs[figure] for figure in theirs
            }
        short += beneath(name, figures, floors)
    return short


def _figures(name: str) -> Figures:
    if name == "variants":
        return measure_portals(variants(corpora.rows(name))).figures()
    return measure(name, feedbot)


def beneath(name: str, figures: Figures, floors: Mapping[str, Any]) -> list[str]:
    """What fell short of its floor, or rose above its ceiling."""
    low = [
        f"{name}: {figure} is {figures[figure]:.4f}, at least {floor} was reached before"
        for figure, floor in floors.get("at_least", {}).items()
        if figures[figure] < floor
    ]
    high = [
        f"{name}: {figure} is {figures[figure]:.4f}, at most {ceiling} was reached before"
        for figure, ceiling in floors.get("at_most", {}).items()
        if figures[figure] > ceiling
    ]
    return low + high
