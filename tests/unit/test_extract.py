"""The article, the whole article, and nothing beside it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feedbot.errors import NotAnArticle
from feedbot.model import Article, Dated, Link, Select, Source
from feedbot.read.extract import extract, learn, teach
from feedbot.read.extract.article_container import part
from feedbot.read.site_model import DOUBT, MOST_PAGES, MOVED_AFTER, OWNERS, SiteModel, dump, load
from feedbot.web.sanitise import sanitise
from tests.sample_pages import (
    BODY,
    HOME,
    LEAD,
    NOW,
    PARAGRAPHS,
    SOURCE,
    TITLE,
    document,
    html,
    paragraphs,
    read,
)

TEASERS = (
    (
        "SAN ANTONIO (ANP/RTR) - Een rechter in Texas heeft bepaald dat een waterschap zijn plannen voor"
        " een stuwmeer moet herzien. Boeren hadden geklaagd."
    ),
    (
        "BAGDAD (ANP/AFP) - In de Iraakse hoofdstad is een nieuw ziekenhuis geopend met plaats voor"
        " vierhonderd patiënten. De bouw duurde elf jaar."
    ),
)
DIALOG = "<div><h2>Webmail</h2><p>Kies je webmail</p><p>Sinds de overstap zijn er twee postbussen. Begin met de nieuwe als je niet weet welke de jouwe is.</p></div>"
MORE = f"<h3>Meer uit Buitenland</h3><p>{TEASERS[0]}</p><span>4 uur geleden</span><p>{TEASERS[1]} <span>11 uur geleden</span></p>"
CRUMBS = f"<div><a href=/>Home</a> &gt; <a href=/buitenland>Buitenland</a> &gt; <span>{TITLE}</span></div>"
OTHER = html(
    f"<div>{CRUMBS}<h1>Een ander verhaal over de haven</h1><p>{TEASERS[1]}</p></div>",
    title="Een ander verhaal over de haven",
)

# How sites mark up one and the same story; each must give its text exactly.
MARKUPS = {
    "flat, more inside": f"<div>{CRUMBS}<h1>{TITLE}</h1>{paragraphs()}{MORE}</div>",
    "dialog before": f"{DIALOG}<div>{CRUMBS}<h1>{TITLE}</h1>{paragraphs()}{MORE}</div>",
    "semantic": f"<article><h1>{TITLE}</h1><p class=byline>Door Jan Jansen</p>{paragraphs()}</article><aside>{MORE}</aside>",
    "bold subhead": f"<div><h1>{TITLE}</h1>{paragraphs().replace('<p>Extra sporen</p>', '<p><strong>Extra sporen</strong></p>')}</div>",
    "heading": f"<div><h1>{TITLE}</h1>{paragraphs().replace('<p>Extra sporen</p>', '<h2>Extra sporen</h2>')}{MORE}</div>",
    "line breaks": f"<div><h1>{TITLE}</h1>{'<br><br>'.join(PARAGRAPHS)}</div>",
    "tables": f"<table><tr><td><h1>{TITLE}</h1></td></tr><tr><td>{'<br>'.join(PARAGRAPHS)}</td></tr></table>",
    "spans": f"<div class=a9x><h1 class=b2c>{TITLE}</h1>{''.join(f'<div class=x1><span>{p}</span></div>' for p in PARAGRAPHS)}</div>",
    "insert": f"<div><h1>{TITLE}</h1><p>{LEAD}</p><p>Lees ook: <a href=/buitenland/iets-heel-anders>Iets heel anders</a></p>{paragraphs(BODY)}</div>",
    "newsletter": f"<div><h1>{TITLE}</h1><p>{LEAD}</p><div class=newsletter-signup><p>Elke ochtend het belangrijkste nieuws in je postbus, gratis en voor niets.</p></div>{paragraphs(BODY)}</div>",
    "caption and share": f"<article><h1>{TITLE}</h1><figure><img src=a.jpg><figcaption>Een trein met kolen op weg naar het oosten, vorige week.</figcaption></figure><div class=share-bar><p>Deel dit artikel</p></div>{paragraphs()}<p>12 reacties</p></article>",
    "cards": f"<div><h1>{TITLE}</h1>{paragraphs()}<section><h2>Lees verder</h2><a href=/buitenland/brug-dicht-na-aanvaring><h3>Brug dicht na aanvaring</h3><p>{TEASERS[1]}</p></a></section></div>",
    "sidebar first": f"<div class=left><h3>Net binnen</h3><p>{TEASERS[0]}</p><span>4 uur geleden</span></div><div><h1>{TITLE}</h1>{paragraphs()}</div>",
    "visible date": f"<div><h1>{TITLE}</h1><p>Dinsdag 27 januari 2026, 12:34</p>{paragraphs()}</div>",
}  # fmt: skip


@pytest.mark.parametrize("name", MARKUPS)
def test_the_whole_text_and_nothing_else(name: str) -> None:
    article = read(html(MARKUPS[name]), siblings=(OTHER,))
    assert article.paragraphs == PARAGRAPHS
    assert article.title == TITLE


@pytest.mark.parametrize("name", MARKUPS)
def test_one_page_alone_is_enough_for_a_clean_text(name: str) -> None:
    assert read(html(MARKUPS[name])).paragraphs == PARAGRAPHS


def test_other_teasers_and_other_times_change_nothing() -> None:
    model, found = SiteModel(), set()
    for age in (1, 4, 9):
        more = MORE.replace("4 uur", f"{age} uur").replace("BAGDAD", f"BASRA {age}")
        article = read(html(f"<div><h1>{TITLE}</h1>{paragraphs()}{more}</div>"), siblings=(OTHER,))
        found.add(article)
    assert len(found) == 1
    assert model == SiteModel()


def test_a_teaser_that_a_listing_gave_to_another_article_goes() -> None:
    listed = Link(
        url=f"{HOME}/buitenland/rechter-texas", title="Rechter in Texas", teaser=TEASERS[0]
    )
    here = document(
        html(f"<div><h1>{TITLE}</h1>{paragraphs()}<p>Rechter in Texas</p><p>{TEASERS[0]}</p></div>")
    )
    before = extract(here, SOURCE, SiteModel(), None)
    assert TEASERS[0] in before.paragraphs
    model = learn(
        SiteModel(), [(document("<body><p>lijst</p></body>", "/buitenland"), [listed])], [here]
    )
    assert extract(here, SOURCE, model, None).paragraphs == PARAGRAPHS


def test_a_background_paragraph_that_two_stories_share_stays() -> None:
    background = BODY[0] + " " + BODY[2]
    other = html(
        f"<div><h1>Een ander verhaal over het spoor</h1><p>{TEASERS[0]}</p><p>{background}</p></div>"
    )
    texts = (LEAD, background, BODY[3])
    assert (
        read(html(f"<div><h1>{TITLE}</h1>{paragraphs(texts)}</div>"), siblings=(other,)).paragraphs
        == texts
    )


def test_text_and_html_say_the_same_and_html_is_clean() -> None:
    markup = f"<div><h1>{TITLE}</h1><p>{LEAD}</p><h2>Extra sporen</h2><p>Zie <a href='/kaart?utm_source=x' onclick=evil()>de <b>kaart</b></a> van het spoor door het oosten.</p><ul><li>Eerste punt van de lijst.</li><li>Tweede punt van de lijst.</li></ul><p>{BODY[3]}</p></div>"
    article = read(html(markup))
    assert "<h2>Extra sporen</h2>" in article.html
    assert "<ul><li>Eerste punt van de lijst.</li>" in article.html.replace("\n", "")
    assert 'href="https://nieuws.example.org/kaart' in article.html
    assert "onclick" not in article.html
    assert sanitise(article.html, article.url) == article.html


@pytest.mark.parametrize(
    ("head", "body", "moment", "origin"),
    [
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-01-27T12:34:00+01:00"}</script>', "", "2026-01-27 11:34", "json-ld"),
        ('<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","datePublished":"27 januari 2026 12:34"}]}</script>', "", "2026-01-27 11:34", "json-ld"),
        ('<meta property="article:published_time" content="2026-01-27T11:34:00Z">', "", "2026-01-27 11:34", "meta"),
        ("", '<time datetime="2026-01-27T12:34">dinsdag</time>', "2026-01-27 11:34", "time"),
        ("", "<p>Geplaatst: dinsdag 27 januari 2026, 12:34</p>", "2026-01-27 11:34", "visible"),
        ("", "<p><a href=/2026/01/27>27-01-2026</a></p>", "2026-01-26 23:00", "visible"),
        ("", "<p>4 uur geleden</p>", "2026-02-01 08:00", "relative"),
        ('<meta name="date" content="2026-01-31T08:00:00Z">', "<p>27-01-2026</p>", "2026-01-26 23:00", "visible"),
        ('<meta name="date" content="2026-01-31T08:00:00Z">', "", "2026-01-31 08:00", "meta"),
        ('<meta name="date" content="2026-01-27T08:00:00Z">', "<p>Bijgewerkt: 30-01-2026</p>", "2026-01-27 08:00", "meta"),
        ("", "<p>Bijgewerkt: 30-01-2026</p>", "2026-01-29 23:00", "visible"),
        ("", '<blockquote><time datetime="2020-05-05">een tweet</time></blockquote><p>27-01-2026</p>', "2026-01-26 23:00", "visible"),
        ('<meta property="article:published_time" content="2199-01-01">', "<p>27-01-2026</p>", "2026-01-26 23:00", "visible"),
    ],
)  # fmt: skip
def test_a_date_carries_its_origin(head: str, body: str, moment: str, origin: str) -> None:
    article = read(
        html(f"<div><h1>{TITLE}</h1>{body}{paragraphs()}</div><p>© 2026 Nieuws</p>", head)
    )
    assert article.published == Dated(
        at=datetime.fromisoformat(moment).replace(tzinfo=UTC), origin=origin
    )
    assert article.paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "below",
    ["<p>Dit artikel is gepubliceerd op 27-01-2026</p>", "<i class=post-date>27-01-2026</i>"],
)
def test_a_date_below_the_text_is_found_by_what_says_that_it_is_one(below: str) -> None:
    far = "<p>Vraag of tip? Mail de redactie.</p>" * 20
    article = read(html(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>{far}{below}"))
    assert article.published == Dated(at=datetime(2026, 1, 26, 23, tzinfo=UTC), origin="visible")


def test_the_next_article_on_the_page_is_another() -> None:
    other = f"<article><h2>Rechter in Texas</h2>{paragraphs(TEASERS)}<p>{BODY[0]}</p></article>"
    page_ = html(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>{other}")
    assert read(page_).paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    ("head", "body", "names"),
    [
        ('<meta name=author content="Jan Jansen en Piet de Boer">', "", ("Jan Jansen", "Piet de Boer")),
        ('<meta name=author content="Nieuws">', "<p class=byline>Door <a href=/x>Jan Jansen</a></p>", ("Jan Jansen",)),
        ('<meta name=author content="Nieuws">', "", ("Nieuws",)),
        ('<meta name=author content="j.jansen@nieuws.example">', "", ()),
        ('<meta name=author content="Jan Jansen (jj), dpa">', "", ("Jan Jansen", "dpa")),
        ('<meta name=author content="Written by Jan Jansen, Ph.D., RD, AFP">', "", ("Jan Jansen", "AFP")),
        ("", "<aside><p class=author>Piet de Boer</p></aside>", ()),
        ("", "<div class=comment><p class=author>Piet de Boer</p></div>", ()),
        ("", "</div><div class='post comments-open'><article class=kommentar><h1>Kop</h1><p class=author>Piet de Boer</p></article>", ("Piet de Boer",)),
        ('<meta name=author content="MD">', "", ("MD",)),
        ("", "<p class=byline><span>Posted by:</span> <span>Jan Jansen</span></p>", ("Jan Jansen",)),
        ("", "<p>van <a href=/auteurs/jan-jansen>Jan Jansen</a></p>", ("Jan Jansen",)),
        ("", "<p>meer <a href=/auteurs/>Alle onze auteurs</a></p>", ()),
        ("", "<p id=authors><span>Jan Jansen</span></p>", ("Jan Jansen",)),
    ],
)  # fmt: skip
def test_authors_are_people_and_the_site_only_where_nobody_is_named(
    head: str, body: str, names: tuple[str, ...]
) -> None:
    head += '<meta property="og:site_name" content="Nieuws">'
    assert read(html(f"<div><h1>{TITLE}</h1>{body}{paragraphs()}</div>", head)).authors == names


def test_what_the_page_declares_as_its_headline_is_its_title() -> None:
    said = "Extra geld voor spoorlijn naar het oosten van Rusland"
    head = (
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{said}"}}</script>'
    )
    assert read(html(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>", head)).title == said
    cut = head.replace(said, TITLE[:30] + "…")
    assert read(html(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>", cut)).title == TITLE


SHORT = "Rusland geeft meer geld aan het spoor"


@pytest.mark.parametrize(
    ("declared", "h1", "og", "title"),
    [
        (SHORT, TITLE, TITLE, TITLE),  # JSON-LD repeats what `<title>` says to search engines
        (f"Spoorwegen: {SHORT}", f"Spoorwegen: {SHORT}", SHORT, SHORT),  # a kicker
        (f"{TITLE[:30]}...", TITLE, SHORT, TITLE),  # cut off
        (SHORT, TITLE, f"{TITLE} in cijfers", SHORT),
    ],
)
def test_what_readers_see_corrects_a_declared_headline(
    declared: str, h1: str, og: str, title: str
) -> None:
    head = (
        f'<meta property="og:type" content="article"><meta property="og:title" content="{og}">'
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{declared}"}}</script>'
    )
    page_ = html(f"<div><h1>{h1}</h1>{paragraphs()}</div>", head, title=declared)
    assert read(page_).title == title


@pytest.mark.parametrize(
    "said",
    ["Minister op de top: «Wij doen het niet nog eens»", "Minister zegt op de top »Nein danke«"],
)
def test_a_quotation_is_no_name_of_a_site(said: str) -> None:
    markup = html(f"<div><h1>{said}</h1>{paragraphs()}</div>").replace(TITLE, said)
    head = f'<meta property="og:type" content="article"><meta property="og:title" content="{said}">'
    assert read(markup.replace("<head>", f"<head>{head}")).title == said


def test_a_line_that_says_that_it_is_the_date_comes_before_other_dates() -> None:
    body = f"<h1>{TITLE}</h1><p>24.04.2023</p><p>Datum 28.04.2023</p>{paragraphs()}"
    article = read(html(f"<div>{body}</div>"))
    assert article.published == Dated(at=datetime(2023, 4, 27, 22, 0, tzinfo=UTC), origin="visible")


DATE_LINES = (
    "Published Jan 27, 2026 • Last updated 1 hour ago • 4 minute read",
    "Gepubliceerd op 27 januari 2026",
    "Autor: Jan | Artikel veröffentlicht am 27.01.2026",
    "Dieser Beitrag wurde am Dienstag, 27. Januar 2026 von Jan geschrieben und unter Spuren abgelegt. Sie können alle Antworten verfolgen, oder selbst eine geben.",
)


@pytest.mark.parametrize("line", DATE_LINES)
@pytest.mark.parametrize("place", ["below the summary", "at the end"])
def test_a_line_that_says_when_is_the_date_and_not_the_text(line: str, place: str) -> None:
    body = [f"<p>{text}</p>" for text in PARAGRAPHS]
    said = f"<div class=meta><p>{line}</p></div>"
    body.insert(1 if place == "below the summary" else len(body), said)
    article = read(html(f"<div><h1>{TITLE}</h1>{''.join(body)}</div>"))
    assert article.paragraphs == PARAGRAPHS
    assert article.published == Dated(at=datetime(2026, 1, 26, 23, tzinfo=UTC), origin="visible")


@pytest.mark.parametrize(
    "other",
    [
        "<p>Last updated: 30 January 2026</p>",
        "<p>Zuletzt aktualisiert: 30.01.2026</p>",
        "<p>Mis à jour le 30 janvier 2026</p>",
        "<p>Stand: 30.01.2026</p>",
        "<p>(Update 30-01-2026)</p>",
        "<figure><img src=a.jpg><figcaption>Minister Jansen op 3 mei 2019. Foto: ANP</figcaption></figure>",
    ],
)
def test_another_date_near_the_headline_is_not_that_of_publication(other: str) -> None:
    head = '<meta name="date" content="2026-01-27T08:00:00Z">'
    article = read(html(f"<div><h1>{TITLE}</h1>{other}{paragraphs()}</div>", head))
    assert article.published == Dated(at=datetime(2026, 1, 27, 8, tzinfo=UTC), origin="meta")


@pytest.mark.parametrize(
    "around",
    [
        "<p>Sonntag, 1. Februar 2026</p>{}",
        "{}<div class=comments><p>Posted on January 30, 2026 by Piet</p></div>",
        "{}<footer><p>Published by Example Ltd, since 3 May 2019</p></footer>",
    ],
)
def test_a_date_elsewhere_on_the_page_is_not_that_of_the_article(around: str) -> None:
    head = '<meta name="date" content="2026-01-27T08:00:00Z">'
    article = read(html(around.format(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>"), head))
    assert article.published == Dated(at=datetime(2026, 1, 27, 8, tzinfo=UTC), origin="meta")


@pytest.mark.parametrize(
    "sentence",
    [
        "Erschienen ist das Buch 2019.",
        "Published in 2019, it sold two million copies.",
        "Published 3 May 2019: how a leak became a scandal",
        "Datum: 24 januari 2026, 20.00 uur, Theater De Kom",
        "Erschienen am 3. Mai 1998 im Suhrkamp Verlag, 240 Seiten, 24 Euro",
        "Gepubliceerd door Uitgeverij Atlas, 2019, 240 blz., 24,99 euro",
        "Der Brief im Wortlaut, veröffentlicht am 3. Mai 2019:",
        'Dit bericht is 3 keer gepubliceerd, zegt hij: "Dat is 2 keer te veel"',
        "Dit artikel is in 2019 geschreven door een oud-medewerker, die nu voor de rechter staat.",
        "This post was 300 metres from the border when it was written off as lost by the army.",
        "Geplaatst op 20 meter hoogte zijn ze niet te zien, zegt de bouwer van de palen, en dat is ook het plan",
    ],
)
def test_a_sentence_that_begins_like_a_date_line_is_text(sentence: str) -> None:
    body = [f"<p>{text}</p>" for text in PARAGRAPHS]
    article = read(
        html(f"<div><h1>{TITLE}</h1>{body[0]}<p>{sentence}</p>{''.join(body[1:])}</div>")
    )
    assert sentence in article.paragraphs


def test_the_dates_of_a_list_of_events_are_text() -> None:
    events = "".join(
        f"<h2>Dag {day} van het spoor</h2><p>Datum: {day} mei 2026</p><p>{BODY[day]}</p>"
        for day in range(1, 4)
    )
    article = read(html(f"<div><h1>{TITLE}</h1><p>{LEAD}</p>{events}</div>"))
    assert [one for one in article.paragraphs if one.startswith("Datum: ")] == [
        f"Datum: {day} mei 2026" for day in range(1, 4)
    ]


def test_a_date_in_the_address() -> None:
    slug = "/nieuws/buitenland/poetin-spreekt-volk-toe-ANP220223123"
    article = read(html(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>"), path=slug)
    assert article.published == Dated(at=datetime(2023, 2, 21, 23, 0, tzinfo=UTC), origin="slug")


def test_what_the_listing_said_of_the_time_is_better_than_an_age() -> None:
    said = Dated(at=NOW.replace(hour=7), origin="listing")
    link = Link(url=f"{HOME}/buitenland/rusland-steekt-extra-geld-in-spoorlijn", published=said)
    assert (
        read(
            html(f"<div><h1>{TITLE}</h1><p>5 uur geleden</p>{paragraphs()}</div>"), link=link
        ).published
        == said
    )


@pytest.mark.parametrize(
    "footer", ["© 2026", "© 2010-2026 Nieuws", "Versie 12-2026", "Bel 0113 12 34 56"]
)
def test_a_page_without_a_date_gets_none(footer: str) -> None:
    article = read(
        html(f"<div><h1>{TITLE}</h1>{paragraphs()}{MORE}</div><div><p>{footer}</p></div>")
    )
    assert article.published is None


def test_dateline_authors_image_sections_and_language() -> None:
    head = (
        '<meta property="og:image" content="/beeld/trein.jpg"><meta property="og:image:alt" content="Een trein">'
        f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": TITLE, "author": [{"name": "Jan Jansen"}, {"name": "Piet de Boer"}]})}</script>'
    )
    article = read(html(f"<div>{CRUMBS}<h1>{TITLE}</h1>{paragraphs()}</div>", head))
    assert article.dateline is not None
    assert (article.dateline.place, article.dateline.agencies) == ("MOSKOU", ("ANP", "AFP"))
    assert article.lead.startswith("De Russische regering")
    assert article.authors == ("Jan Jansen", "Piet de Boer")
    assert article.image is not None
    assert (article.image.url, article.image.alt) == (f"{HOME}/beeld/trein.jpg", "Een trein")
    assert article.sections == ("Home", "Buitenland")
    assert article.language == "nl"


@pytest.mark.parametrize(
    ("h1", "title", "og"),
    [
        (TITLE, f"{TITLE} | Nieuws", ""),
        (TITLE, f"Nieuws: {TITLE}", TITLE),
        ("", f"{TITLE} - Nieuws", ""),
        ("", f"{TITLE} | Nieuws", f"{TITLE} | Nieuws"),
        ("Nieuws", TITLE, TITLE),
        (f"{TITLE} | Nieuws", f"{TITLE} | Nieuws", ""),
        ("", f"{TITLE} | Persbureau van het hele Oosten", ""),
    ],
)
def test_the_title_never_names_the_site(h1: str, title: str, og: str) -> None:
    head = (
        f'<meta property="og:title" content="{og}"><meta property="og:site_name" content="Nieuws">'
    )
    markup = html(f"<div><h1>{h1}</h1>{paragraphs()}</div>", head).replace(
        f"{TITLE} - Nieuws", title, 1
    )
    assert read(markup).title == TITLE


@pytest.mark.parametrize(
    ("site", "h1"),
    [
        ("Nieuws", "Krieg in der Ukraine | Russland greift Kiew an"),
        ("AD", "Onrust in Almere – raad wil onderzoek"),
        ("ARD", "Neues Paket – 3 Milliarden für Kiew"),
        ("WELT", "Klimakonferenz in Brasilien – was die Welt jetzt tun muss"),
        ("Nu", "Drie doden in Gent – minuut stilte in stadion"),
    ],
)
def test_half_a_headline_is_no_name_of_a_site(site: str, h1: str) -> None:
    head = (
        f'<meta property="og:title" content="{h1}"><meta property="og:site_name" content="{site}">'
    )
    assert read(html(f"<div><h1>{h1}</h1>{paragraphs()}</div>", head, title=h1)).title == h1


def test_a_logo_in_the_h1_is_no_headline() -> None:
    head = (
        '<meta property="og:title" content="De Gelderlander">'
        '<meta property="og:site_name" content="De Gelderlander">'
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}"}}</script>'
    )
    assert read(html(f"<h1>De Gelderlander</h1><div>{paragraphs()}</div>", head)).title == TITLE


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        (
            "/buitenland/echt-adres-van-dit-verhaal?utm_source=x",
            f"{HOME}/buitenland/echt-adres-van-dit-verhaal",
        ),
        ("/", f"{HOME}/buitenland/rusland-steekt-extra-geld-in-spoorlijn"),
        ("/buitenland", f"{HOME}/buitenland/rusland-steekt-extra-geld-in-spoorlijn"),
        (
            "https://elders.example.com/x",
            f"{HOME}/buitenland/rusland-steekt-extra-geld-in-spoorlijn",
        ),
    ],
)
def test_a_canonical_address_is_believed_if_it_can_be_true(canonical: str, url: str) -> None:
    markup = html(
        f"<div><h1>{TITLE}</h1>{paragraphs()}</div>", f'<link rel=canonical href="{canonical}">'
    )
    assert read(markup).url == url


NO_ARTICLES = {
    "an error page": html("<h1>Pagina niet gevonden</h1><p>Deze pagina bestaat niet of niet meer. Ga terug naar de voorpagina van deze site.</p>", title="Pagina niet gevonden"),
    "a consent wall": html("<h1>Privacyvoorkeuren</h1><p>Wij en onze partners gebruiken cookies om advertenties te tonen. Kies hieronder wat je goed vindt.</p>", title="Privacyvoorkeuren"),
    "a login wall": html("<h1>Inloggen</h1><p>Log in met je account om dit artikel te lezen. Nog geen account? Maak er dan hier een aan, het is gratis.</p>", title="Inloggen"),
    "an empty shell; its text comes by script": html("<div id=app></div><script>start()</script>"),
    "no text beside its video": html(f"<h1>{TITLE}</h1><div><a href=/a>Video's van vandaag en gisteren bekijken</a> <a href=/b>Meer video's over treinen</a></div><video src=a.mp4></video>"),
    "a section page": html("<h1>Buitenland</h1>" + "".join(f"<div><h3><a href=/buitenland/verhaal-nummer-{n}-van-vandaag>Verhaal nummer {n} van deze dag</a></h3><p>{TEASERS[n % 2]} Deel {n} van een lange reeks berichten.</p></div>" for n in range(12)), title="Buitenland"),
}  # fmt: skip


@pytest.mark.parametrize("kind", NO_ARTICLES)
def test_what_is_no_article_is_told_apart(kind: str) -> None:
    with pytest.raises(NotAnArticle) as caught:
        read(NO_ARTICLES[kind])
    assert caught.value.reason == kind


def test_selectors_override_everything() -> None:
    markup = html(
        f"<div class=t><b>Kop van de dag</b></div><i class=w>27-01-2026 12:34</i><div class=b>{paragraphs()}<p class=r>Reclame voor een ander product van deze krant.</p>{MORE}</div>"
    )
    select = Select(
        title=".t", body="//div[@class='b']", published=".w", drop=(".r", "h3", "h3 ~ *")
    )
    article = read(markup, select=select)
    assert article.title == "Kop van de dag"
    assert article.paragraphs == PARAGRAPHS
    assert article.published is not None
    assert article.published.at == datetime(2026, 1, 27, 11, 34, tzinfo=UTC)
    assert article.extracted_by == "select"


def test_a_selector_that_no_longer_matches_empties_no_feed_and_is_noticed() -> None:
    source = replace(SOURCE, select=Select(body="div.story"))
    model, (article,) = visit(SiteModel(), OLD_LAYOUT, range(1), source)
    assert article.extracted_by == "select"
    model, articles = visit(model, NEW_LAYOUT, range(1, 1 + DOUBT), source)
    assert {(one.extracted_by, len(one.paragraphs)) for one in articles} == {("generic", 5)}
    assert "select.body = div.story" in model.degraded
    mended = replace(SOURCE, select=Select(body="section.tekst"))
    model, (article,) = visit(model, NEW_LAYOUT, range(5, 6), mended)
    assert article.extracted_by == "select"
    assert not model.degraded


def test_a_model_survives_being_stored() -> None:
    from feedbot.read.extract import learn

    link = Link(url=f"{HOME}/a", title="Een titel van vier woorden", teaser=TEASERS[0])
    model = learn(SiteModel(), [(document("<p>x</p>", "/buitenland"), [link])], [document(OTHER)])
    assert load(dump(model)) == model
    assert model.explain()
    for broken in ("", "{", "[]", '{"version": 99}', '{"version": 1}', None):
        assert load(broken) == SiteModel()


# --- where articles stand ---------------------------------------------------------------------

SPACE = "".join(f"<div class=box><h3>Kop {n} van de week</h3></div>" for n in range(3))
OLD_LAYOUT = f"<div class=top><h1>{{title}}</h1><div class=story>{{text}}</div></div>{SPACE}"
NEW_LAYOUT = f"<main><h1>{{title}}</h1><section class=tekst>{{text}}</section></main>{SPACE}"


def visit(
    model: SiteModel, layout: str, numbers: range, source: Source = SOURCE
) -> tuple[SiteModel, list[Article]]:
    """The model after articles of a layout were read one by one, and what was read."""
    found = []
    for n in numbers:
        title = f"Nummer {n} in een reeks van verhalen over het spoor"
        text = paragraphs(tuple(f"{text} Dat was aflevering {n}." for text in PARAGRAPHS))
        here = document(
            html(layout.format(title=title, text=text), title=title), f"/spoor/{n}-deel"
        )
        model = learn(model, [], [here])
        found.append(extract(here, source, model, None))
        model = teach(model, here, source, None, found[-1])
    return model, found


def test_where_articles_stand_is_learnt_and_then_read_straight_from() -> None:
    model, articles = visit(SiteModel(), OLD_LAYOUT, range(20))
    assert [one.extracted_by for one in articles[:3]] == ["generic"] * 3
    assert [one.extracted_by for one in articles[3:]].count("learnt") > 10
    assert {len(one.paragraphs) for one in articles} == {len(PARAGRAPHS)}
    assert any("div.top > div.story (sure)" in line for line in model.explain())


def test_an_article_reads_the_same_before_and_after_its_place_is_known() -> None:
    model, _ = visit(SiteModel(), OLD_LAYOUT, range(5))
    _, sure = visit(model, OLD_LAYOUT, range(5, 9))
    _, unsure = visit(replace(model, place=None), OLD_LAYOUT, range(5, 9))
    assert "learnt" in {one.extracted_by for one in sure}
    assert [replace(one, extracted_by="") for one in sure] == [
        replace(one, extracted_by="") for one in unsure
    ]


def test_a_picture_above_the_place_of_the_texts_is_not_lost_where_most_have_none() -> None:
    picture = "<div class=media><img src=/uploads/{}.jpg width=1120 height=758></div>"
    model, plain = visit(SiteModel(), OLD_LAYOUT, range(24))
    assert [one.extracted_by for one in plain].count("learnt") > 10
    for n in range(25, 30):
        layout = OLD_LAYOUT.replace("<div class=story>", f"{picture}<div class=story>", 1)
        layout = layout.replace("/{}.jpg", f"/foto-{n}.jpg")
        model, (shown,) = visit(model, layout, range(n, n + 1))
        assert f"foto-{n}.jpg" in shown.html


def test_a_redesign_is_noticed_read_all_the_same_and_learnt_within_a_few_pages() -> None:
    model, _ = visit(SiteModel(), OLD_LAYOUT, range(6))
    assert not model.degraded
    states = []
    for n in range(6, 20):
        model, (article,) = visit(model, NEW_LAYOUT, range(n, n + 1))
        assert len(article.paragraphs) == len(PARAGRAPHS)
        states.append((bool(model.degraded), article.extracted_by))
    assert [state for state, _ in states].index(True) == DOUBT - 1
    assert not any(state for state, _ in states[MOVED_AFTER:])
    assert "learnt" in [by for _, by in states[MOVED_AFTER:]]


def test_a_model_stays_small_and_forgets_the_oldest_pages() -> None:
    model, _ = visit(SiteModel(), OLD_LAYOUT, range(3 * MOST_PAGES))
    assert len(model.seen) == MOST_PAGES
    assert f"nieuws.example.org/spoor/{3 * MOST_PAGES - 1}-deel" in model.seen
    assert len(model.owners) <= OWNERS
    assert len(dump(model)) < 100_000


def test_bare_lines_among_the_paragraphs_of_a_learnt_place_do_not_cut_it_short() -> None:
    first = "<p>" + "<br>".join(PARAGRAPHS[:2]) + "</p>"
    rest = "".join(f"<p>{one}</p>" for one in PARAGRAPHS[2:])
    bare = "<pre>rm -rf</pre>Daarna doen de treinen het weer, zoals het hoort op het spoor."
    page = document(html(f"<h1>{TITLE}</h1><div class=entry>{first}{rest}{bare}</div>"))
    there = part(page, "div.entry")
    assert there is not None
    assert extract(there, SOURCE, SiteModel(), None).paragraphs[: len(PARAGRAPHS)] == PARAGRAPHS


def test_a_page_of_code_takes_no_text_from_beside_it() -> None:
    code = "x = wissel(spoor, trein)\n" * 200
    beside = f"<h2>Uitleg</h2><p>{PARAGRAPHS[0]}</p><p>Zo dus:</p><table><tr><td><pre>{code}</pre>"
    page = f"<h1>{TITLE}</h1><div>{beside}</td></tr></table><h2>Slot</h2><p>{BODY[0]}</p></div>"
    found = read(html(page)).paragraphs
    assert [*found[:3], *found[-2:]] == ["Uitleg", PARAGRAPHS[0], "Zo dus:", "Slot", BODY[0]]


def test_code_says_nothing_of_the_language_of_a_text() -> None:
    code = "if this is not in the list then do that for each of them and return to it with all " * 9
    page = f"<h1>{TITLE}</h1><div><p>{PARAGRAPHS[0]}</p><pre>{code}</pre><p>{BODY[0]}</p></div>"
    assert read(html(page)).language == "nl"
