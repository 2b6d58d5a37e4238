"""From `feedbot init` to feeds, on sites in the markup of well-known systems.

Every site has a front page with services and a few cards of news, a page that lists all of it,
pages that every site has, and articles with their neighbours beside them. Of each, every article
comes once and whole, and nothing else comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import pytest

from feedbot import config as configuration
from tests.processes import feedbot
from tests.wire import Wire, reply


@dataclass(frozen=True)
class Piece:
    number: int
    slug: str
    title: str
    day: int

    @property
    def date(self) -> str:
        return f"{self.day} februari 2026"

    @property
    def iso(self) -> str:
        return f"2026-02-{self.day:02}T09:30:00+01:00"

    @property
    def teaser(self) -> str:
        return f"{self.title}: wat er is gebeurd en wat er nu volgt, in een paar regels."

    @property
    def sentences(self) -> list[str]:
        return [
            f"Dit is alinea {at} van het bericht {self.slug}, en van geen ander." for at in range(5)
        ]

    @property
    def body(self) -> str:
        return "".join(f"<p>{one}</p>" for one in self.sentences)


PIECES = [
    Piece(number=311 + 7 * at, slug=slug, title=title, day=20 - 2 * at)
    for at, (slug, title) in enumerate(
        {
            "veerdienst-vaart-ook-s-avonds": "Veerdienst vaart voortaan ook in de avond",
            "raad-stemt-in-met-bibliotheek": "Raad stemt in met bouw van bibliotheek",
            "vissers-halen-anker-boven": "Vissers halen een oud anker boven water",
            "brug-blijft-dicht": "Brug blijft dicht",
            "scholieren-planten-bomen": "Scholieren planten vijfhonderd bomen langs de dijk",
            "koor-zoekt-nieuwe-stemmen": "Koor zoekt nieuwe stemmen voor het voorjaar",
            "museum-opent-een-vleugel": "Museum opent een vleugel over de watersnood",
        }.items()
    )
]
Render = Callable[[Piece], str]


@dataclass(frozen=True)
class System:
    """How a system writes its pages; `{}` of `page` and `listing` is what they hold."""

    name: str  # of the site
    news: str  # the path of its listing
    label: str  # what the front page calls that
    path: Render
    row: Render
    listing: str
    page: str
    article: Render
    head: str = ""

    def answers(self) -> dict[str, str]:
        cards = "".join(self.row(one) for one in PIECES[:3])
        front = (
            "<h1>Welkom</h1><ul class='tiles'><li><a href='/paspoort-aanvragen'>Paspoort aanvragen</a>"
            "<li><a href='/afval-en-milieu'>Afval en milieu</a><li><a href='/bouwen'>Bouwen</a></ul>"
            f"<h2>{self.label}</h2>{self.listing.format(cards)}"
            f"<p><a href='{self.news}'>{self.label}</a></p>"
        )
        pages = {
            "/": self._page("Home", front),
            self.news: self._page(
                self.label, self.listing.format("".join(map(self.row, PIECES))) + self._advert()
            ),
        }
        for at, one in enumerate(PIECES):
            beside = "".join(map(self.row, (PIECES[at - 1], PIECES[at - 2])))
            more = f"<h2>Meer nieuws</h2>{self.listing.format(beside)}"
            pages[self.path(one)] = self._page(one.title, self.article(one) + more)
        service = "<p>U kunt hiervoor bij ons terecht.</p>"
        for path in ("/contact", "/privacy", "/paspoort-aanvragen", "/afval-en-milieu", "/bouwen"):
            pages[path] = self._page(path.strip("/").capitalize(), f"<h1>{path}</h1>{service}")
        return pages

    def _advert(self) -> str:
        return (
            "<div class='promo'><span>Advertentie</span>"
            "<a href='/actie/tuinset'><h3>Nu een tuinset voor de halve prijs bij uw bouwmarkt</h3>"
            "</a></div>"
        )

    def _page(self, title: str, content: str) -> str:
        menu = "".join(
            f"<li><a href='{path}'>{label}</a></li>"
            for path, label in (("/", "Home"), (self.news, self.label), ("/contact", "Contact"))
        )
        return (
            f"<!doctype html><html lang='nl'><head><title>{title} | {self.name}</title>{self.head}"
            f"</head><body><header><nav><ul>{menu}</ul></nav></header>"
            f"{self.page.format(content)}"
            f"<footer><a href='/privacy'>Privacyverklaring</a> <p>© {self.name}</p></footer>"
        )


SYSTEMS = {
    "aspnet": System(
        name="Waterschap Oosterschor",
        news="/Nieuws/Default.aspx",
        label="Nieuwsoverzicht",
        path=lambda one: f"/Nieuws/Bericht.aspx?id={one.number}",
        row=lambda one: (
            f"<tr><td class='datum'>{one.day:02}-02-2026</td><td><a id='ctl00_rpt_ctl{one.day}_lnk'"
            f" href='/Nieuws/Bericht.aspx?id={one.number}'>{one.title}</a></td></tr>"
        ),
        listing="<table id='ctl00_Main_grd' class='GridView'>{}</table>",
        page="<form method='post' action='./' id='aspnetForm'><input type='hidden'"
        " name='__VIEWSTATE' value='x'><div id='ctl00_Main'>{}</div></form>",
        article=lambda one: (
            f"<h1>{one.title}</h1><span id='ctl00_lblDatum'>{one.date}</span>"
            f"<div id='ctl00_pnlTekst'>{one.body}</div>"
        ),
    ),
    "joomla": System(
        name="Heemkundekring Schorrenland",
        news="/index.php/nieuws",
        label="Nieuws",
        path=lambda one: f"/index.php/nieuws/{one.number}-{one.slug}",
        row=lambda one: (
            "<tr class='cat-list-row0'><td headers='categorylist_header_title' class='list-title'>"
            f"<a href='/index.php/nieuws/{one.number}-{one.slug}'>{one.title}</a></td>"
            f"<td class='list-date small'>{one.date}</td><td class='list-author'>Geschreven door"
            " Beheerder</td></tr>"
        ),
        listing="<form action='/index.php/nieuws' id='adminForm'><table class='category table'>"
        "<tbody>{}</tbody></table></form>",
        page="<div class='container'><div class='category-list'>{}</div></div>",
        article=lambda one: (
            f"<div class='item-page'><div class='page-header'><h2>{one.title}</h2></div>"
            f"<dl class='article-info'><dd class='published'><time datetime='{one.iso}'>"
            f"Gepubliceerd: {one.date}</time></dd></dl>"
            f"<div class='com-content-article__body'>{one.body}</div></div>"
        ),
    ),
    "divi": System(
        name="Dorpsraad Kwelderdam",
        news="/actueel/",
        label="Actueel",
        path=lambda one: f"/{one.slug}/",
        row=lambda one: (
            f"<article id='post-{one.number}' class='et_pb_post clearfix post-{one.number}'>"
            f"<a href='/{one.slug}/' class='entry-featured-image-url'><img src='/{one.number}.jpg'"
            f" alt=''></a><h2 class='entry-title'><a href='/{one.slug}/'>{one.title}</a></h2>"
            f"<p class='post-meta'><span class='published'>{one.date}</span> | "
            "<a href='/category/dorp/'>Dorp</a></p><div class='post-content'>"
            f"<p>{one.teaser}</p><a href='/{one.slug}/' class='more-link'>lees meer</a></div>"
            "</article>"
        ),
        listing="<div class='et_pb_module et_pb_blog_0 et_pb_blog_grid_wrapper'>"
        "<div class='et_pb_ajax_pagination_container'>{}</div></div>",
        page="<div id='et-main-area'><div id='main-content'><div class='et_pb_section'>"
        "<div class='et_pb_row'>{}</div></div></div></div>",
        article=lambda one: (
            f"<article class='et_pb_post'><div class='et_post_meta_wrapper'><h1 class='entry-title'>"
            f"{one.title}</h1><p class='post-meta'>door <a href='/author/redactie/'>Redactie</a> | "
            f"<span class='published'>{one.date}</span></p></div>"
            f"<div class='entry-content'>{one.body}</div></article>"
        ),
    ),
    "wordpress": System(
        name="Omroep Slikkerveer",
        news="/nieuws/",
        label="Alle nieuwsberichten",
        path=lambda one: f"/2026/02/{one.day:02}/{one.slug}/",
        row=lambda one: (
            f"<li class='wp-block-post post-{one.number}'><h3 class='wp-block-post-title'>"
            f"<a href='/2026/02/{one.day:02}/{one.slug}/' target='_self'>{one.title}</a></h3>"
            f"<div class='wp-block-post-date'><time datetime='{one.iso}'>{one.date}</time></div>"
            f"<div class='wp-block-post-excerpt'><p>{one.teaser}</p></div></li>"
        ),
        listing="<div class='wp-block-query'><ul class='wp-block-post-template'>{}</ul></div>",
        page="<main class='wp-block-group'>{}</main>",
        article=lambda one: (
            f"<h1 class='wp-block-post-title'>{one.title}</h1><div class='wp-block-post-date'>"
            f"<time datetime='{one.iso}'>{one.date}</time></div>"
            f"<div class='entry-content wp-block-post-content'>{one.body}</div>"
        ),
        head="<meta property='og:site_name' content='Omroep Slikkerveer'>",
    ),
    "drupal": System(
        name="Gemeente Zilverstrand",
        news="/actueel/nieuws-en-berichten",
        label="Meer nieuws",
        path=lambda one: f"/actueel/nieuws-en-berichten/{one.slug}",
        row=lambda one: (
            "<div class='views-row'><div class='views-field views-field-title'><span"
            f" class='field-content'><a href='/actueel/nieuws-en-berichten/{one.slug}' hreflang='nl'>"
            f"{one.title}</a></span></div><div class='views-field views-field-created'><span"
            f" class='field-content'>{one.date}</span></div><div class='views-field"
            f" views-field-body'><p>{one.teaser}</p></div></div>"
        ),
        listing="<div class='view view-nieuws view-id-nieuws'><div class='view-content'>{}</div></div>",
        page="<div class='dialog-off-canvas-main-canvas'><main role='main'><div"
        " class='region region-content'>{}</div></main></div>",
        article=lambda one: (
            f"<h1 class='page-title'>{one.title}</h1><div class='node node--type-nieuws'>"
            f"<div class='field--name-created'>{one.date}</div><div class='field field--name-body"
            f" text-formatted'>{one.body}</div></div>"
        ),
    ),
    "typo3": System(
        name="Stichting Zoutgracht",
        news="/aktueel/berichten",
        label="Berichten",
        path=lambda one: f"/aktueel/berichten/detail/{one.slug}",
        row=lambda one: (
            "<div class='article articletype-0' itemscope itemtype='http://schema.org/Article'>"
            f"<div class='header'><h3><a title='{one.title}' href='/aktueel/berichten/detail/"
            f"{one.slug}'><span itemprop='headline'>{one.title}</span></a></h3></div>"
            f"<div class='teaser-text'><div itemprop='description'><p>{one.teaser}</p></div>"
            f"<a class='more' title='{one.title}' href='/aktueel/berichten/detail/{one.slug}'>"
            f"Verder lezen</a></div><div class='footer'><p><span class='news-list-date'><time"
            f" itemprop='datePublished' datetime='2026-02-{one.day:02}'>{one.day:02}.02.2026</time>"
            "</span></p></div></div>"
        ),
        listing="<div class='news'><div class='news-list-view'>{}</div></div>",
        page="<div id='content'><!--TYPO3SEARCH_begin-->{}<!--TYPO3SEARCH_end--></div>",
        article=lambda one: (
            "<div class='news news-single'><div class='article' itemscope"
            f" itemtype='http://schema.org/Article'><div class='header'><h1 itemprop='headline'>"
            f"{one.title}</h1></div><p><span class='news-list-date'><time itemprop='datePublished'"
            f" datetime='2026-02-{one.day:02}'>{one.date}</time></span></p>"
            f"<div class='news-text-wrap' itemprop='articleBody'>{one.body}</div></div></div>"
        ),
    ),
    "ghost": System(
        name="De Schorkrant",
        news="/nieuws/",
        label="Nieuws",
        path=lambda one: f"/{one.slug}/",
        row=lambda one: (
            f"<article class='post-card post tag-hash-{one.number}'><a class='post-card-image-link'"
            f" href='/{one.slug}/'><img src='/{one.number}.webp' alt='{one.title}'></a>"
            f"<div class='post-card-content'><a class='post-card-content-link' href='/{one.slug}/'>"
            f"<header><h2 class='post-card-title'>{one.title}</h2></header>"
            f"<div class='post-card-excerpt'>{one.teaser}</div></a><footer class='post-card-meta'>"
            f"<time class='post-card-meta-date' datetime='2026-02-{one.day:02}'>{one.date}</time>"
            "<span class='post-card-meta-length'>2 min leestijd</span></footer></div></article>"
        ),
        listing="<div class='post-feed'>{}</div>",
        page="<div class='viewport'><main id='site-main' class='site-main outer'>{}</main></div>",
        article=lambda one: (
            "<article class='article post'><header class='article-header gh-canvas'>"
            f"<h1 class='article-title'>{one.title}</h1><time datetime='2026-02-{one.day:02}'>"
            f"{one.date}</time></header><section class='gh-content gh-canvas'>{one.body}</section>"
            "</article>"
        ),
        head="<meta name='generator' content='Ghost 5.8'>",
    ),
    "nextjs": System(
        name="Regio Vandaag",
        news="/nieuws",
        label="Laatste nieuws",
        path=lambda one: f"/artikel/{one.number}88/{one.slug}",
        row=lambda one: (
            f"<a class='Card_root__x{one.day}Zq' href='/artikel/{one.number}88/{one.slug}'>"
            f"<div class='Card_media__pQ1'><img alt='' src='/{one.number}.avif'></div>"
            f"<div class='Card_body__k3'><span class='Card_label__a'>Regio</span>"
            f"<div class='Card_title__m2' role='heading' aria-level='3'>{one.title}</div>"
            f"<div class='Card_time__z'>{one.date}</div></div></a>"
        ),
        listing="<div class='Grid_root__9s'>{}</div>",
        page="<div id='__next'><div class='Layout_main__1b'>{}</div></div>"
        "<script id='__NEXT_DATA__' type='application/json'>{{}}</script>",
        article=lambda one: (
            f"<div class='Article_root__7'><h1 class='Article_title__q'>{one.title}</h1>"
            f"<div class='Article_meta__v'><time datetime='{one.iso}'>{one.date}</time></div>"
            f"<div class='Article_body__e'>{one.body}</div></div>"
        ),
    ),
}


@pytest.fixture(params=SYSTEMS)
def system(request: pytest.FixtureRequest) -> System:
    return SYSTEMS[request.param]


@pytest.fixture
def site(system: System) -> Iterator[Wire]:
    with Wire() as wire:
        wire.answers |= {path: reply(page) for path, page in system.answers().items()}
        yield wire


def test_every_article_of_a_site_comes_once_and_whole_and_nothing_else_comes(
    tmp_path: Path, site: Wire, system: System
) -> None:
    begun = feedbot(tmp_path, "init", f"{site.url}/")
    assert (begun.returncode, begun.stderr) == (0, ""), begun.stderr
    for one in PIECES[:5]:
        assert f"2026-02-{one.day:02}" in begun.stdout
        assert one.title in begun.stdout
    path = tmp_path / "feedbot.toml"
    (source,) = configuration.load(path).sources
    assert (source.name, source.urls) == (system.name, (f"{site.url}{system.news}",))
    written = path.read_text(encoding="utf-8")
    path.write_text(written + '[polling]\ndelay = "0s"\n', encoding="utf-8")
    for _ in range(2):
        polled = feedbot(tmp_path, "poll")
        assert polled.returncode == 0, polled.stdout + polled.stderr
    feed = feedparser.parse(str(tmp_path / "feeds" / "alles.xml"))
    assert sorted(one.title for one in feed.entries) == sorted(one.title for one in PIECES)
    for entry in feed.entries:
        (piece,) = (one for one in PIECES if one.title == entry.title)
        text = entry.content[0].value
        assert all(one in text for one in piece.sentences)
        others = [one for one in PIECES if one is not piece]
        assert not any(one.title in text or one.teaser in text for one in others)
        published = datetime.fromisoformat(entry.published).astimezone(ZoneInfo("Europe/Amsterdam"))
        assert published.date() == date(2026, 2, piece.day)
