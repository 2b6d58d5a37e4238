"""Pages for tests: HTML as a site would write it, as `Page` and `Document`."""

from __future__ import annotations

from datetime import UTC, datetime

from feedbot.model import Article, Link, Page, Select, Source
from feedbot.read.extract import extract, learn
from feedbot.read.site_model import SiteModel
from feedbot.web.document import Document, parse

NOW = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
HOME = "https://nieuws.example.org"
LISTING = f"{HOME}/buitenland"
SOURCE = Source(name="Nieuws", urls=(LISTING,))

LEAD = (
    "MOSKOU (ANP/AFP) - De Russische regering trekt extra geld uit voor de spoorlijn naar het"
    " oosten. Dat heeft het ministerie van Verkeer dinsdag bekendgemaakt na overleg in het Kremlin."
)
BODY = (
    (
        "De lijn is volgens de vervoerders al jaren te vol. Treinen met kolen en erts staan soms dagen"
        " stil voordat zij een haven bereiken."
    ),
    "Extra sporen",
    (
        "Langs het drukste deel komen extra sporen. Het werk begint in het voorjaar en duurt naar"
        " verwachting vier jaar, zegt een woordvoerder."
    ),
    "Een vakbond van spoorwegpersoneel noemt het plan een goed begin.",
)
TITLE = "Rusland steekt extra geld in spoorlijn naar het oosten"
PARAGRAPHS = (LEAD, *BODY)


def page(html: str, path: str = "/buitenland/rusland-steekt-extra-geld-in-spoorlijn") -> Page:
    """A page of the site, fetched at NOW."""
    url = path if path.startswith("http") else HOME + path
    return Page(url=url, requested=url, body=html.encode(), fetched_at=NOW)


def document(
    html: str, path: str = "/buitenland/rusland-steekt-extra-geld-in-spoorlijn"
) -> Document:
    """The same, parsed."""
    return parse(page(html, path))


def paragraphs(texts: tuple[str, ...] = PARAGRAPHS) -> str:
    """The story as plain paragraphs."""
    return "".join(f"<p>{text}</p>" for text in texts)


def html(body: str, head: str = "", title: str = TITLE) -> str:
    """A whole page around a body."""
    return (
        f"<!DOCTYPE html><html lang=nl><head><title>{title} - Nieuws</title>{head}</head>"
        f"<body>{body}</body></html>"
    )


def read(
    markup: str,
    *,
    siblings: tuple[str, ...] = (),
    link: Link | None = None,
    select: Select | None = None,
    path: str = "/buitenland/rusland-steekt-extra-geld-in-spoorlijn",
) -> Article:
    """The article of a page, after the model has seen it and its siblings."""
    here = document(markup, path)
    others = [document(one, f"/buitenland/een-ander-verhaal-{n}") for n, one in enumerate(siblings)]
    source = Source(name="Nieuws", urls=(LISTING,), select=select or Select())
    return extract(here, source, learn(SiteModel(), [], [*others, here]), link)
