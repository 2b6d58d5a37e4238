"""Listings: articles told from everything else that is linked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feedbot.discover import discover
from feedbot.model import Link, Select, Source
from tests.pages import HOME, LISTING, NOW, SOURCE, document

SLUGS = (
    "brand-in-haven-van-rilland",
    "koning-opent-nieuwe-brug-bij-kats",
    "regen-verdrijft-toeristen",
)
TITLES = (
    "Brand in haven van Rilland geblust",
    "Koning opent brug bij Kats",
    "Regen verdrijft toeristen",
)
NAVIGATION = """
<div><a href="/">Home</a><a href="/buitenland">Buitenland</a><a href="/binnenland">Binnenland</a>
<a href="/economie">Economie</a><a href="/weer">Het weer van vandaag en morgen</a>
<a href="https://elders.example.com/een-lang-artikel-van-een-ander">Ergens anders op het web</a>
<a href="mailto:redactie@example.org">Mail de redactie van deze site</a></div>
"""
END = """
<div><a href="?page=2">2</a><a href="/buitenland?page=3">3</a><a href="/buitenland/page/2">Ouder</a>
<a href="/contact">Neem contact op met de redactie</a><a href="/privacyverklaring">Privacyverklaring van dit bedrijf</a>
<a href="/over-ons/wie-wij-zijn">Over deze redactie en haar mensen</a><a href="/foto.jpg">Een foto van de haven</a></div>
"""


def listing(items: str) -> list[Link]:
    return discover(document(f"<body>{NAVIGATION}{items}{END}</body>", LISTING), SOURCE)


def item(at: int, slug: str = "") -> str:
    return (
        f'<div><a href="/buitenland/{slug or SLUGS[at]}{"&" if "?" in slug else "?"}utm_source=x#foto">{TITLES[at]}</a>'
        f"<p>Een inleiding van een paar regels bij verhaal nummer {at} op deze pagina.</p>"
        f"<span>{at + 1} uur geleden</span><a href='/buitenland/{slug or SLUGS[at]}#reacties'>Reageer</a></div>"
    )


def test_articles_are_told_from_navigation_sections_pages_and_footer() -> None:
    links = listing("".join(item(at) for at in range(3)))
    assert [link.url for link in links] == [f"{HOME}/buitenland/{slug}" for slug in SLUGS]
    assert [link.title for link in links] == list(TITLES)
    assert all(link.why for link in links)


def test_what_the_listing_says_of_an_article_comes_along() -> None:
    first, second, _ = listing("".join(item(at) for at in range(3)))
    assert first.teaser.startswith("Een inleiding")
    assert second.published is not None
    assert second.published.at == NOW - timedelta(hours=2)
    assert second.published.origin == "relative"


def test_a_flat_listing_needs_no_boxes() -> None:
    items = "".join(
        f"<h3><a href='/buitenland/{SLUGS[at]}'>{TITLES[at]}</a></h3><p>Een inleiding van een paar"
        f" regels bij verhaal nummer {at} op de pagina.</p><span>{at + 1} uur geleden</span>"
        for at in range(3)
    )
    links = listing(items)
    assert [link.title for link in links] == list(TITLES)
    assert [link.teaser.split()[-4] for link in links] == ["0", "1", "2"]
    assert [link.published.at for link in links if link.published] == [
        NOW - timedelta(hours=at + 1) for at in range(3)
    ]


@pytest.mark.parametrize("slug", ["brand", "12345678", "artikel.php?id=99123"])
def test_short_addresses_are_articles_too(slug: str) -> None:
    assert f"{HOME}/buitenland/{slug}" in [link.url for link in listing(item(0, slug))]


def test_each_article_is_listed_once() -> None:
    assert (
        len(
            listing(
                item(0) * 2
                + f"<a href='http://nieuws.example.org/buitenland/{SLUGS[0]}/'><b>x</b></a>"
            )
        )
        == 1
    )


def test_times_of_a_ticker_are_read() -> None:
    ticker = f"<ul><li>Zeeland 12:34 <a href='/zeeland/{SLUGS[0]}'>{TITLES[0]}</a></li></ul>"
    [link] = listing(ticker)
    assert link.published is not None
    assert link.published.at == NOW.replace(hour=11, minute=34)
    assert link.published.origin == "listing"


def test_the_operator_names_the_links() -> None:
    source = Source(name="x", urls=(LISTING,), select=Select(links="li > a"))
    markup = "<body><ul><li><a href='/a'>A</a><li><a href='/b'>B</a></ul><a href='/c-d-e-f'>Een lang artikel</a>"
    assert [link.url for link in discover(document(markup, LISTING), source)] == [
        f"{HOME}/a",
        f"{HOME}/b",
    ]


def test_a_page_without_articles_lists_none() -> None:
    assert listing("<p>Geen nieuws vandaag.</p>") == []
