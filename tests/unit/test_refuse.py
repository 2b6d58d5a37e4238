"""Walls, error pages and noise are told from short articles, on more than a word."""

from __future__ import annotations

import json
import random
import zlib

import pytest

from feedbot.errors import NotAnArticle
from feedbot.model import Article, Link, Page
from feedbot.read.extract import extract, learn
from feedbot.read.extract.refuse import what_it_is
from feedbot.read.site_model import SiteModel
from feedbot.web.document import parse
from tests.sample_pages import HOME, NOW, SOURCE

# Short news whose headline has a word that walls and error pages have, too.
HEADLINES = [
    "Groot onderhoud aan de tunnel in mei",
    "Onderhoud: brug bij Kats twee weken dicht",
    "Robot helpt boeren met onkruid op het land",
    "Are robots taking over the harbour?",
    "Premium benzine weer duurder dan vorig jaar",
    "Server error legt handel een uur stil",
    "Trial and error: how the village built its own ferry",
    "Koekjesfabriek: nieuwe wet voor cookies treft ook de bakker",
    "Cookies and cream named ice cream of the year",
    "DDoS-aanval legt DigiD plat",
    "Een moment geduld: trein naar Vlissingen komt later",
    "Nog even geduld met de nieuwe sporthal",
    "500 banen weg bij scheepswerf",
    "404 huizen gebouwd in de polder",
    "Fehler im System: Bahn fährt wieder",
    "Wartung am Wehr dauert bis März",
    "Datenschutz an Schulen wird strenger geprüft",
    "Jetzt anmelden zum Lauf um den See",
    "Erreur d'aiguillage : un train bloqué six heures",
    "Le chat introuvable est rentré à la maison",
    "Votre vie privée au travail : un nouveau guide",
    "Uw privacy in het ziekenhuis: wat verandert er",
    "Inloggen bij de bibliotheek kan straks met een pasje",
    "Access denied: fans left outside the stadium",
    "Toegang geweigerd voor vrachtwagens in de binnenstad",
    "Storing in sluis verholpen",
    "Just a moment of silence for the drowned sailors",
    "Maintenance of dikes will cost more",
]
BRIEF = "De bewoners van het dorp kregen daar dinsdag een brief over van de burgemeester, die het besluit ook toelichtte op een avond in het oude dorpshuis aan de haven."
MORE = "Volgens de wethouder was er lang over gesproken. Twee raadsleden stemden tegen, de andere twaalf waren het met het voorstel eens en het debat duurde tot laat."
DATED = '<meta property="article:published_time" content="2026-11-10T08:00:00+01:00">'


def site_page(title: str, body: str, head: str = "", h1: str | None = None) -> str:
    """A page as a site wraps it, whatever it holds."""
    return (
        f"<!doctype html><html><head><title>{title} - Havenblad</title>{head}</head><body><header>"
        "<a href=/>Havenblad</a><nav><a href=/nieuws>Nieuws</a> <a href=/sport>Sport</a></nav>"
        f"</header><main><h1>{title if h1 is None else h1}</h1>{body}</main>"
        "<footer><p>© Havenblad</p></footer></body></html>"
    )


def fetched(
    body: bytes | str,
    content_type: str = "text/html",
    path: str = "/nieuws/een-bericht-van-vandaag",
) -> Page:
    url = f"{HOME}{path}"
    encoded = body if isinstance(body, bytes) else body.encode()
    return Page(url=url, requested=url, body=encoded, content_type=content_type, fetched_at=NOW)


def read(body: bytes | str, title: str = "", content_type: str = "text/html") -> Article:
    page = fetched(body, content_type)
    return extract(parse(page), SOURCE, SiteModel(), Link(url=page.url, title=title))


@pytest.mark.parametrize("head", [DATED, ""], ids=["dated", "undated"])
@pytest.mark.parametrize("paragraphs", [1, 3])
@pytest.mark.parametrize("headline", HEADLINES)
def test_a_short_article_may_have_any_word_in_its_headline(
    headline: str, paragraphs: int, head: str
) -> None:
    body = "".join(f"<p>{text}</p>" for text in (BRIEF, MORE, BRIEF[::-1])[:paragraphs])
    assert read(site_page(headline, body, head)).title == headline


ERROR, CONSENT, LOGIN, ROBOTS = (
    "an error page", "a consent wall", "a login wall", "a check for robots",
)  # fmt: skip
AGREE = "<button>Alles accepteren</button><button>Instellingen</button>"
PASSWORD = "<form><input name=user><input type=password name=p><button>OK</button></form>"
# Kind, headline, text.
WALLS = [
    (ERROR, "Pagina niet gevonden", "De pagina die u zoekt bestaat niet of niet meer. Ga terug naar de voorpagina van deze site."),
    (ERROR, "Oeps! Er ging iets mis", "Er is op dit moment een storing. Probeer het over een paar minuten nog eens, of bel ons even op."),
    (ERROR, "404", "Dit artikel is er niet meer, of het adres is verkeerd getypt. Hieronder staat het laatste nieuws van de dag."),
    (ERROR, "Deze site is in onderhoud", "Wij werken op dit moment aan de site en zijn over een uur weer bereikbaar. Onze excuses voor het ongemak."),
    (ERROR, "Page not found", "We could not find the page you were looking for. Try the search above, or go back to the home page."),
    (ERROR, "403 Forbidden", "You don't have permission to access this resource. Reference #18.2d351ab8.1557333295.a4e16ab"),
    (ERROR, "Service temporarily unavailable", "The server is temporarily unable to service your request due to maintenance downtime or capacity problems."),
    (ERROR, "Seite nicht gefunden", "Die gesuchte Seite existiert nicht mehr oder wurde verschoben. Zurück zur Startseite der Zeitung."),
    (ERROR, "Interner Fehler", "Bei der Verarbeitung ist ein Problem aufgetreten. Bitte versuchen Sie es in einigen Minuten noch einmal."),
    (ERROR, "Page introuvable", "La page que vous recherchez n'existe plus ou a été déplacée. Retournez à l'accueil du journal."),
    (CONSENT, "Jouw privacy", "Wij en onze partners gebruiken cookies om advertenties te tonen. Kies hieronder wat je goed vindt."),
    (CONSENT, "Voordat je verdergaat naar Havenblad", "Onze 834 partners slaan informatie op je apparaat op, of lezen die, zoals unieke nummers en wat je hebt bekeken." + AGREE),
    (CONSENT, "Cookie-instellingen", "Met uw toestemming meten wij hoe de site wordt gebruikt, en tonen wij advertenties die bij u passen." + AGREE),
    (CONSENT, "Before you continue", "We and our partners use cookies to store data on your device, and to show you personalised advertising."),
    (CONSENT, "Datenschutz-Einstellungen", "Wir und unsere Partner verwenden Cookies und speichern Daten auf Ihrem Gerät, um Werbung zu zeigen."),
    (CONSENT, "Votre vie privée", "Nous et nos partenaires utilisons des cookies pour stocker des données et vous proposer des publicités."),
    (LOGIN, "Inloggen", "Log in met je account om dit artikel te lezen. Nog geen account? Maak er dan hier een aan, het is gratis."),
    (LOGIN, "Word abonnee van Havenblad", "Dit verhaal is geschreven voor wie een abonnement heeft. Lees verder met een abonnement vanaf een euro." + PASSWORD),
    (LOGIN, "Sign in", "To continue reading, please sign in to your account with the address that you registered when you joined."),
    (LOGIN, "Anmelden", "Bereits Abonnent? Melden Sie sich mit Ihrer Adresse an, um den ganzen Artikel zu lesen. Passwort vergessen?"),
    (LOGIN, "Se connecter", "Déjà abonné ? Connectez-vous pour continuer la lecture de cet article, réservé à nos abonnés."),
    (ROBOTS, "Just a moment...", "Checking your browser before accessing the site. Enable JavaScript and cookies to continue."),
    (ROBOTS, "Attention Required!", "Please complete the security check to access the site. This process protects against unusual traffic."),
    (ROBOTS, "Een moment geduld", "Wij controleren of u geen robot bent. U wordt zo doorgestuurd naar de pagina; schakel JavaScript in."),
    (ROBOTS, "Einen Moment bitte", "Ihr Browser wird überprüft. Bestätigen Sie, dass Sie ein Mensch sind; aktivieren Sie JavaScript und Cookies."),
    (ROBOTS, "Un instant", "Nous vérifions que vous êtes un humain. Activez JavaScript et les cookies, puis rechargez la page du journal."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "headline", "text"), WALLS, ids=lambda value: value[:24])
def test_walls_and_error_pages_are_told_apart(kind: str, headline: str, text: str) -> None:
    with pytest.raises(NotAnArticle) as caught:
        read(site_page(headline, f"<p>{text}</p>"))
    assert caught.value.reason == kind


@pytest.mark.parametrize(("kind", "headline", "text"), WALLS, ids=lambda value: value[:24])
def test_a_listing_that_is_a_wall_is_named_alike(kind: str, headline: str, text: str) -> None:
    assert what_it_is(parse(fetched(site_page(headline, f"<p>{text}</p>")))) == kind


RANDOM = random.Random(18)
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Agenda van het dorp\r\nBEGIN:VEVENT\r\n"
    f"SUMMARY:{BRIEF}\r\nDESCRIPTION:{MORE}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
NOISE: dict[str, bytes] = {
    "random bytes": RANDOM.randbytes(40_000),
    "random bytes with a tag": b"<html><body><p>" + RANDOM.randbytes(40_000),
    "an archive": b"PK\x03\x04" + zlib.compress(json.dumps(list(range(20_000))).encode()),
    "an error as JSON": json.dumps({"error": {"code": 500, "message": f"{BRIEF} {MORE}"}}).encode(),
    "JSON that is cut off": json.dumps({"items": [BRIEF] * 40})[:3000].encode(),
    "an error as XML": f"<?xml version='1.0'?><Error><Code>Denied</Code><Message>{BRIEF}</Message></Error>".encode(),
    "a long code": b"<p>" + RANDOM.randbytes(4000).hex().encode(),
    "a script": b"!function(e,t){" + b"var n=(r[e]||{}).i&&o(t,{u:1})?{}:[];" * 90 + b"}()",
    "signs that are none": ("<title>Bericht</title><p>" + "\ufffd\ue123 x" * 300).encode(),
    "a calendar": CALENDAR.encode(),
    "a calendar with markup in it": CALENDAR.replace("SUMMARY:", "SUMMARY:<p>").encode(),
    "a calendar that a page shows": f"<html><body><pre>{CALENDAR}</pre></body></html>".encode(),
    "cards": f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Bos\r\nNOTE:{BRIEF}\r\nEND:VCARD\r\n".encode() * 3,
    "a table": "".join(f"{n};2026-11-{n};Anna Bos;Brug {n} dicht voor onderhoud\r\n" for n in range(10, 30)).encode(),
    "a table with commas": "".join(f"{n},Anna Bos,Brug {n} dicht voor onderhoud\n" for n in range(10, 30)).encode(),
    "references": f"TY  - JOUR\nAU  - Bos, Anna\nTI  - {BRIEF}\nAB  - {MORE}\nER  -\n".encode(),
    "subtitles": f"WEBVTT\n\n00:01.000 --> 00:04.000\n{BRIEF}\n\n00:05.000 --> 00:09.000\n{MORE}\n".encode(),
    "rules for crawlers": b"User-agent: *\nDisallow: /zoeken/\nDisallow: /winkelwagen/en/nog/meer/\n" * 3,
    "the words of a proxy": b"upstream connect error or disconnect/reset before headers. reset reason: connection failure",
}  # fmt: skip


@pytest.mark.parametrize("name", NOISE)
def test_noise_is_no_news_whatever_the_listing_calls_it(name: str) -> None:
    with pytest.raises(NotAnArticle):
        read(NOISE[name], "Groot onderhoud aan de tunnel in mei")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("ニュースの本文です。今日は東京で大きな会議が開かれました。" * 20, "euc_jp"),
        ("Новости дня: мост открыт для движения после ремонта. " * 20, "koi8_r"),
        (f"{BRIEF} {MORE} " * 4, "utf-16"),
        ("Το παλιό ναυπηγείο γίνεται σχολή για τα παιδιά του νησιού. " * 20, "utf-16"),
        ("Новости дня: мост открыт для движения после ремонта. " * 20, "utf-16-le"),
        ("1. Ajax 34 - 80 | 2. PSV 34 - 77 | 3. AZ 34 - 61. " * 10 + BRIEF, "utf-8"),
    ],
)
def test_no_encoding_of_words_is_noise(text: str, encoding: str) -> None:
    markup = site_page("Nieuws van deze dinsdag", f"<p>{text}</p>", DATED)
    content_type = f"text/html; charset={encoding.replace('_', '-')}"
    assert read(markup.encode(encoding, "ignore"), content_type=content_type).paragraphs


def test_plain_text_that_tells_of_a_format_is_an_article() -> None:
    listing = f"{BRIEF}\r\n\r\nBEGIN:VCALENDAR ... END:VCALENDAR\r\n\r\n{MORE}\r\n{MORE}"
    assert read(listing.encode(), "Hoe een agenda werkt").paragraphs
    shown = site_page("Hoe een agenda werkt", f"<pre>{CALENDAR}</pre><p>{BRIEF}</p><p>{MORE}</p>")
    assert read(shown).paragraphs


SHELLS = {
    "an empty shell; its links come by script": "<html><head><title>Nieuws</title></head><body><div id=root></div><script src=/app.js></script></body></html>",
    "an empty page": "<html><head><title>Nieuws</title></head><body></body></html>",
    "a file or data, and no page for readers": '{"error": "internal", "code": 17}',
    "": site_page("Nieuws", f"<p>{BRIEF}</p><p>{MORE}</p>"),
}  # fmt: skip


@pytest.mark.parametrize("reason", SHELLS)
def test_a_page_without_links_says_why(reason: str) -> None:
    assert what_it_is(parse(fetched(SHELLS[reason]))) == reason


@pytest.mark.parametrize(("where", "is_section"), [("", True), ("https://film.example.org", False)])
def test_headlines_that_link_to_other_sites_alone_make_no_section_page(
    where: str, is_section: bool
) -> None:
    teasers = "".join(
        f'<h3><a href="{where}/nieuws/brug-{number}">De brug van dorp {number} gaat dicht</a></h3>'
        f"<p>{MORE if number % 2 else BRIEF} Het duurt {number} weken.</p>"
        for number in range(10)
    )
    page = site_page("Onze beste films", teasers)
    if is_section:
        with pytest.raises(NotAnArticle, match="section page"):
            read(page)
    else:
        assert len(read(page).paragraphs) >= 10


LD = "<script type='application/ld+json'>"
AUTHORS = (
    "<div><h1>Anna Jansen</h1><p>Anna Jansen has written about bridges and harbours since 2012, and"
    " lives in the old town by the river.</p><p><a href=/a>A new bridge</a></p></div>"
)


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='og:type' content='profile'>",
        f"{LD}{json.dumps({'@graph': [{'@type': 'ProfilePage'}]})}</script>",
        f"{LD}{json.dumps({'@type': ['WebPage', 'ProfilePage']})}</script>",
    ],
)
def test_a_page_about_an_author_is_no_article(head: str) -> None:
    page = (
        f"<html><head><title>Anna Jansen, author</title>{head}</head><body>{AUTHORS}</body></html>"
    )
    with pytest.raises(NotAnArticle, match="a section page"):
        read(page)


def test_an_article_about_somebody_is_one() -> None:
    head = (
        "<meta property='og:type' content='article'><script type='application/ld+json'>"
        '{"@type": "NewsArticle", "author": {"@type": "ProfilePage"}}</script>'
    )
    page = f"<html><head><title>Anna Jansen</title>{head}</head><body>{AUTHORS}</body></html>"
    assert read(page).title == "Anna Jansen"


@pytest.mark.parametrize("row", ["." * 90 + "YES!", "-" * 70, "_" * 80, "★" * 60, "=" * 65])
def test_a_row_of_one_sign_makes_no_text_noise(row: str) -> None:
    text = f"<p>{row}</p><p>Ira was born at home this morning at 11:30.</p><p>All are well.</p>"
    page = f"<html><head><title>A birth</title></head><body><h1>A birth</h1>{text}</body></html>"
    assert "All are well." in read(page).paragraphs


NOTICE = "Rooster van de lessen in het voorjaar"
DATED_HEADS = (
    f"<h1>{NOTICE}</h1><p class=date>12 januari 2026</p>",
    f"<h3>{NOTICE}</h3><p><span>Bron: </span><span>Datum: 2026-01-12</span></p>",
    f"<div class=title>{NOTICE}</div><div class=time>2026-01-12 Auteur: Hits: 12</div>",
)
WHOLE_NOTICES = {
    "a picture": "<p><img src=/rooster.png width=800 height=600></p>",
    "a table": "<table><tr><th>Dag</th><th>Uur</th></tr><tr><td>Maandag</td><td>9.00</td></tr></table>",
    "a file": "<p><a href=/rooster.pdf>Download het rooster</a></p>",
    "a file in a frame": "<iframe src=/rooster.pdf></iframe>",
    "an attachment": "<div>Bijlage: <a href=/rooster.docx>Rooster.docx</a> (32 kB)</div>",
}
EMPTY = {
    "nothing": "",
    "a login": "<p>Log in om dit te lezen.</p><form><input type=password></form>",
    "pages of the site": "<p><a href=/a>Rooster van vorig jaar</a></p><p><a href=/b>Meer</a></p>",
}


def notice(head: str, content: str) -> str:
    box = f"<form><div>{head}<div>{content}</div></div></form>"
    return site_page(NOTICE, f"<main><h2>Nieuws</h2>{box}</main>", h1="")


@pytest.mark.parametrize("head", DATED_HEADS)
@pytest.mark.parametrize("content", WHOLE_NOTICES.values(), ids=WHOLE_NOTICES)
def test_a_notice_that_is_a_picture_a_table_or_a_file_is_an_article(
    head: str, content: str
) -> None:
    article = read(notice(head, content), NOTICE)
    assert "rooster" in article.html or "Maandag" in article.html


@pytest.mark.parametrize("day", ["<div>Datum:</div><div>23.11.1991.</div>", ""])
def test_facts_of_every_page_stand_between_a_headline_and_its_date(day: str) -> None:
    """An archive: each page is a headline, who, what, when, and a file that is called by its day."""

    def write(name: str, who: str, day: str) -> str:
        facts = f"<h3>Auteur:</h3><ul><li>{who}</li></ul><h3>Soort:</h3><ul><li>Verslag</li></ul>"
        file = (
            f"<div>Stuk:</div><span><a href=/f/{name[0]}.pdf>{name[:7]}_23.11.1991.pdf</a></span>"
        )
        return site_page(name, f"{facts}{day}{file}")

    kinds = ("Plan", "Krant", "Brief", "Kaart", "Foto")
    siblings = [
        write(f"{one} van de haven in het voorjaar", "Jan Bos", day.replace("23.11", f"{at}.12"))
        for at, one in enumerate(kinds, start=1)
    ]
    others = [parse(fetched(one, path=f"/nieuws/{at}")) for at, one in enumerate(siblings)]
    page, learnt = fetched(write(NOTICE, "Jan Bos", day)), learn(SiteModel(), [], others)
    link = Link(url=page.url, title=NOTICE)
    if day:
        assert "23.11.1991.pdf" in extract(parse(page), SOURCE, learnt, link).html
    else:
        with pytest.raises(NotAnArticle):
            extract(parse(page), SOURCE, learnt, link)


@pytest.mark.parametrize("head", DATED_HEADS)
@pytest.mark.parametrize("content", EMPTY.values(), ids=EMPTY)
def test_a_headline_with_a_date_and_nothing_else_is_none(head: str, content: str) -> None:
    with pytest.raises(NotAnArticle):
        read(notice(head, content), NOTICE)


@pytest.mark.parametrize("content", WHOLE_NOTICES.values(), ids=WHOLE_NOTICES)
def test_such_a_page_without_a_date_is_none(content: str) -> None:
    with pytest.raises(NotAnArticle):
        read(notice(f"<h1>{NOTICE}</h1>", content), NOTICE)


def test_a_form_around_all_of_a_page_asks_for_nothing() -> None:
    form = (
        "<form method=post><input type=hidden name=__VIEWSTATE>{}<select><option>A</select></form>"
    )
    text = (
        f"<h2>{NOTICE}</h2><p>24/11/2026, 15:05</p><p>Het rooster hangt vanaf morgen in de hal.</p>"
    )
    page = f"<!doctype html><html><head><title>{NOTICE}</title></head><body>{{}}</body></html>"
    around = page.format(form.format(f"<div><a href=/>Havenblad</a></div><div>{text}</div>"))
    assert read(around, NOTICE).paragraphs == ("Het rooster hangt vanaf morgen in de hal.",)
    beside = page.format(f"<div><a href=/>Havenblad</a></div>{form.format(text)}")
    with pytest.raises(NotAnArticle):
        read(beside, NOTICE)
