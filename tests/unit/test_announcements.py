"""Lines without a paragraph: an article where they are all that a dated page says; else none."""

from __future__ import annotations

import pytest

from feedbot.errors import NotAnArticle
from feedbot.model import Link
from feedbot.read.extract import extract
from feedbot.read.site_model import SiteModel
from tests.sample_pages import SOURCE, document

HEADLINE = '<h1>Open dag op de steiger</h1><time datetime="2026-01-20">20 januari 2026</time>'
LINES = "<p>Kom kijken bij de jeugdvloot<br>Wanneer: zaterdag 5 februari<br>Plaats: loods B</p>"
RELATED = (
    '<div><a href="/b/1">Vloed bedreigt dijk bij Kats</a> <span>2 uur geleden</span></div>'
    '<div><a href="/b/2">Pont vaart vandaag niet uit</a> <span>3 uur geleden</span></div>'
)
SHARE = (
    "<div>Deel dit bericht</div><div>Facebook</div><div>WhatsApp</div><div>Mail het bericht</div>"
)


def read(main: str, below: str = "") -> tuple[str, ...]:
    """The paragraphs of a page."""
    html = (
        f"<!DOCTYPE html><html lang='nl'><title>Open dag</title><body><main><article>{main}"
        f"</article></main>{below}<footer><a href='/contact'>Contact</a></footer></body></html>"
    )
    return extract(document(html), SOURCE, SiteModel(), None).paragraphs


@pytest.mark.parametrize("box", ["{}", "<div>{}</div>", "<section><div>{}</div></section>"])
def test_lines_below_a_dated_headline_are_its_text(box: str) -> None:
    lines = ("Kom kijken bij de jeugdvloot", "Wanneer: zaterdag 5 februari", "Plaats: loods B")
    assert read(HEADLINE + box.format(LINES)) == lines


def test_where_to_share_an_article_says_nothing_against_its_lines() -> None:
    lines = "<p>Goes – Kats 2-1</p><p>Hulst – Axel 0-0</p><p>Sluis – Veere 1-3, na verlenging</p>"
    links = "".join(
        f"<li><a href=/delen/{n}>Deel dit bericht op netwerk {n}</a></li>" for n in range(5)
    )
    share = f"<div class=sharedaddy><h3>Deel dit:</h3><ul>{links}</ul></div>"
    assert read(f"{HEADLINE}<div>{lines}{share}</div>") == (
        "Goes – Kats 2-1", "Hulst – Axel 0-0", "Sluis – Veere 1-3, na verlenging",
    )  # fmt: skip


@pytest.mark.parametrize(("main", "below"), [
    (f"<h1>Open dag op de steiger</h1>{LINES}", ""),  # nothing says when
    (f"{HEADLINE}<div>{RELATED}</div>", ""),
    (f"{HEADLINE}<div>{SHARE}</div>", ""),
    (HEADLINE, f"<div><div>{LINES}</div></div>"),  # not where the headline stands
    (f"{HEADLINE}<div><p>Log in om verder te lezen</p><p>Abonnees lezen alles</p></div>", ""),
    (f"{HEADLINE}<p>Loods B</p>", ""),
])  # fmt: skip
def test_other_lines_are_not(main: str, below: str) -> None:
    with pytest.raises(NotAnArticle):
        read(main, below)


POST = (
    "<blockquote data-permalink='https://berichten.example/p/110'>"
    "<a href='https://berichten.example/p/110'><div>{}</div></a>"
    "<p><a href='https://berichten.example/p/110'>Een bericht van de Jeugdvloot (@jeugdvloot)</a></p>"
    "</blockquote>"
)


def test_a_post_of_another_site_may_be_all_of_an_article() -> None:
    lines = ("Bekijk dit bericht op Berichten", "Een bericht van de Jeugdvloot (@jeugdvloot)")
    assert read(f"{HEADLINE}<div>{POST.format(lines[0])}</div>") == lines


def test_a_quotation_that_leads_to_the_own_site_is_none() -> None:
    own = POST.format("Bekijk dit bericht op onze site").replace("https://berichten.example", "")
    with pytest.raises(NotAnArticle):
        read(f"{HEADLINE}<div>{own}</div>")


ASKED = "<div class=x><p>Wij en onze partners gebruiken cookies, ook om je films te laten zien.</p></div>"
SOUND = "<audio controls><source src=/2026/steiger.mp3 type=audio/mpeg></audio>"


def enclosed(headline: str, said: str) -> tuple[str, ...]:
    """The files of an article that its listing calls "Open dag op de steiger"."""
    when = '<time datetime="2026-01-20">20 januari 2026</time>'
    html = f"<body><main><h1>{headline}</h1><article>{when}{SOUND}</article></main>{said}</body>"
    here = document(f"<!DOCTYPE html><html lang='nl'><title>{headline}</title>{html}</html>")
    link = Link(url=here.page.url, title="Open dag op de steiger")
    found = extract(here, SOURCE, SiteModel(), link)
    assert found.paragraphs == ()
    return tuple(one.url for one in found.enclosures)


def test_a_question_for_consent_is_not_the_text_of_a_post_that_is_a_recording() -> None:
    assert enclosed("Open dag op de steiger", ASKED)[0].endswith("/steiger.mp3")


def test_a_wall_is_none_though_it_has_a_recording() -> None:
    with pytest.raises(NotAnArticle):
        enclosed("Voordat je verdergaat naar De Steiger", ASKED)


@pytest.mark.parametrize(
    ("said", "is_article"),
    [
        ("<pre>zet steiger open</pre>", True),
        ("<p><a href=https://kaarten.example/7>kaarten.example/7</a></p>", True),
        ("<p><a href=/kaart>De kaart</a></p>", False),
        ("<p>Even geduld</p>", False),
    ],
)
def test_code_or_a_link_to_another_site_may_be_all_that_a_headline_asks_for(
    said: str, is_article: bool
) -> None:
    headline = "Open dag op de steiger"
    body = f"<main><h1>{headline}</h1><time datetime=2026-01-20>20 januari</time><div>{said}</div></main>"
    here = document(
        f"<!DOCTYPE html><html lang='nl'><title>{headline}</title><body>{body}</body></html>"
    )
    link = Link(url=here.page.url, title=headline)
    if is_article:
        assert extract(here, SOURCE, SiteModel(), link).html
    else:
        with pytest.raises(NotAnArticle):
            extract(here, SOURCE, SiteModel(), link)
