"""Posts of few words: a film, an album, a talk with its speaker; and what is none of them."""

from __future__ import annotations

import pytest

from feedbot.errors import NotAnArticle
from feedbot.model import Article, Link
from feedbot.read.extract import extract, learn
from feedbot.read.site_model import SiteModel
from tests.sample_pages import HOME, SOURCE, document, html

TITLE = "De veerboot vaart weer naar het eiland"
DAY = "<p class=date>12 januari 2026</p>"
FILM = "<iframe src=https://www.youtube.com/embed/a1b2c3d4e5></iframe>"
POSTER = "<div class=beeld><img src=/veerboot.jpg width=1200 height=700></div>"
DECLARED_DAY = "<meta name=date content=2026-05-12>"
FILED = "<p><a rel='category tag' href=/rubriek/varen>Varen</a></p>"


def page(content: str, title: str = TITLE, above: str = "", day: str = DAY) -> str:
    head = f"<header>{above}<div><h1>{title}</h1>{day}</div></header>"
    menu = "<nav><a href=/nieuws>Nieuws</a> <a href=/havens>Havens</a></nav>"
    post = f"<article>{head}<div class=tekst>{content}</div></article>"
    return html(f"{menu}<main>{post}</main><footer>Havenblad, sinds 1921</footer>", title=title)


def read(content: str, listed: str | None = None, *siblings: str) -> Article:
    here = document(content)
    others = [document(one, f"/nieuws/{at}") for at, one in enumerate(siblings)]
    link = Link(url=here.page.url, title=TITLE if listed is None else listed)
    model = learn(SiteModel(), [], [here, *others]) if siblings else SiteModel()
    return extract(here, SOURCE, model, link)


@pytest.mark.parametrize("facts", ["", FILED])
@pytest.mark.parametrize("above", ["", POSTER])
def test_a_film_under_a_headline_that_the_listing_gives_is_a_post(facts: str, above: str) -> None:
    """No date is needed, nor words; the picture over the headline is the film's."""
    article = read(page(f"<p>{FILM}</p>", above=above, day=facts))
    assert "watch?v=a1b2c3d4e5" in article.html
    assert ("veerboot.jpg" in article.html) == bool(above)


DRAWINGS = "".join(f"<p><img src=/tekening-{at}.jpg width=600 height=800></p>" for at in range(3))


@pytest.mark.parametrize(
    ("kind", "is_post"),
    [("website", True), ("activity", True), ("school", True), ("profile", False)],
)
def test_drawings_below_the_facts_of_every_page_are_a_post(kind: str, is_post: bool) -> None:
    """Whose site it is, that a page says for machines, says nothing of the page."""
    facts = "<div>Mei 2026</div><div>12 9:40 uur</div><p>Van: redactie</p><p>In: inzendingen</p>"
    head = f"<meta property=og:type content={kind}>"

    def write(number: int) -> str:
        thanks = "<p>Met dank aan alle tekenaars</p>"
        drawings = DRAWINGS.replace("tekening", f"tekening{number}")
        content = page(thanks + drawings, f"Tekeningen van de haven, deel {number}", day=facts)
        return content.replace("<head>", f"<head>{head}{DECLARED_DAY}", 1)

    here, siblings = write(9), [write(at) for at in range(5)]
    assert head in here
    if is_post:
        assert "tekening9-2.jpg" in read(here, "Tekeningen van de haven, deel 9", *siblings).html
    else:
        with pytest.raises(NotAnArticle):
            read(here, "Tekeningen van de haven, deel 9", *siblings)


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (FILM, "Live"),
        ("<iframe src=https://kaart.example.org/veer></iframe>", TITLE),
        ("<iframe src=/rooster.pdf></iframe>", TITLE),
        (f"<p><a href=/films>Alle films</a></p><aside>{FILM}</aside>", TITLE),
    ],
    ids=["a name", "a frame of anybody", "a file", "beside"],
)
def test_what_has_no_date_and_is_no_film_by_its_headline_is_none(content: str, title: str) -> None:
    with pytest.raises(NotAnArticle):
        read(page(content, title, day=""), title)


def test_a_film_is_none_under_a_headline_that_the_listing_does_not_give() -> None:
    with pytest.raises(NotAnArticle):
        read(page(FILM, day=""), "Kijk hier naar onze films")


OTHERS = [
    page(f"<p>Bericht {at} over de haven van dorp {at}.</p>", f"Bericht nummer {at} van de haven")
    for at in range(4)
]
LEADING_AWAY = {
    "a speaker": "<p>“Varen op zon” door <a href=https://net.example.org/in/jan>Jan Bos</a></p>",
    "a film": "<p><a href=https://film.example.org/9>“Varen op zon”</a> door Jan Bos</p>",
    "facts": "<p>Soort: raadsel<br>Niveau: licht<br>Stuk: <a href=https://wolk.example.org/x/>Haal op</a></p>",
    "an album": "<div><h2><a href=https://album.example.org/veer>Bekijk de foto's</a></h2></div>",
    "after a line": "<p>Met dank aan de schipper</p><p><a href=https://wolk.example.org/x>Logboek</a></p>",
}


@pytest.mark.parametrize("content", LEADING_AWAY.values(), ids=LEADING_AWAY)
def test_lines_that_lead_to_other_sites_are_a_post_under_a_dated_headline(content: str) -> None:
    article = read(page(content), None, *OTHERS)
    assert "example.org/" in article.html.replace(HOME, "")
    assert not {"Havenblad, sinds 1921", "12 januari 2026"}.intersection(article.paragraphs)


def test_the_picture_behind_such_a_line_goes_with_it() -> None:
    cover = f"<div class=omslag><img src=/veer.jpg width=1024 height=700>{LEADING_AWAY['an album']}</div>"
    assert "/veer.jpg" in read(page(cover), None, *OTHERS).html


def test_so_does_the_day_of_an_event_and_the_line_above_it() -> None:
    lines = ("Kom met ons varen op de zon", "Datum: 16.05.2026", "van 14 tot 22 uur", "vrij entree")
    link = "<p><a href=https://wolk.example.org/x>https://wolk.example.org/x</a></p>"
    own = read(page(f"<p>{'<br>'.join(lines)}</p><p>Zo gaat het</p>{link}"), None, *OTHERS)
    assert own.paragraphs[:4] == lines


def test_a_fact_that_other_pages_have_too_stays_in_the_paragraph() -> None:
    facts = LEADING_AWAY["facts"]
    others = [
        page(
            facts.replace("raadsel", f"soort {at}").replace("/x/", f"/{at}/"),
            f"Het raadsel van haven {at}",
        )
        for at in range(3)
    ]
    assert "Niveau: licht" in read(page(facts), None, *others, *OTHERS).html


@pytest.mark.parametrize("others", [3, 9])
def test_a_line_that_leads_to_the_file_of_its_own_is_a_post_whatever_others_say(
    others: int,
) -> None:
    """All that an office writes is "See the document here"."""
    line = "<p>Zie het besluit <a href=/stukken/{}.pdf>op deze plaats</a></p>"
    siblings = [page(line.format(at), f"Besluit nummer {at} van de haven") for at in range(others)]
    above = page(line.format(99), above="<div>3 mei 2026</div>", day="")
    for shown in (page(line.format(99)), above):
        assert "/stukken/99.pdf" in read(shown, None, *siblings, *OTHERS).html


def test_the_same_file_on_every_page_is_none() -> None:
    line = "<p>Zie de regels <a href=/stukken/regels.pdf>op deze plaats</a></p>"
    siblings = [page(line, f"Besluit nummer {at} van de haven") for at in range(6)]
    with pytest.raises(NotAnArticle):
        read(page(line), None, *siblings)


NONE = {
    "a page of the site": "<p>Varen op zon, door <a href=/wie/jan>Jan Bos</a></p>",
    "pages of the site above": "<p><a href=/b>De haven in de winter</a></p>"
    "<p>Verteld door <a href=https://net.example.org/jan>Jan Bos</a></p>",
    "a button that shares": "<p><a href='https://net.example.org/share?u=https://haven.example.org/veer'>Deel dit bericht</a></p>",
    "a wall": "<p>Log in om verder te lezen: <a href=https://login.example.org/>inloggen</a></p>",
    "a few letters": "<p><a href=https://net.example.org/jan>Meer</a></p>",
}


@pytest.mark.parametrize("content", NONE.values(), ids=NONE)
def test_other_lines_are_none(content: str) -> None:
    with pytest.raises(NotAnArticle):
        read(page(content), None, *OTHERS)


WALLS = (
    "<p>Dit artikel is alleen voor abonnees. <a href=https://abo.example.org/?terug={}>Word lid</a></p>",
    "<p>Reageren? Praat mee op <a href=https://forum.example.org/p/{}>het forum</a></p>",
    "<p>Deze website is gemaakt door <a href=https://bureau.example.org/{}>Bureau Haven</a></p>",
)


@pytest.mark.parametrize("content", WALLS)
@pytest.mark.parametrize("walled", [0, 2, 4])
def test_what_other_pages_say_of_where_to_go_is_none(content: str, walled: int) -> None:
    """Where no other page is known, a line that leads away is none either."""
    walls = [page(content.format(at), f"Bericht achter de muur {at}") for at in range(walled)]
    siblings = [*walls, *OTHERS] if walled else []
    with pytest.raises(NotAnArticle):
        read(page(content.format(9)), None, *siblings)


@pytest.mark.parametrize("content", LEADING_AWAY.values(), ids=LEADING_AWAY)
def test_nor_are_such_lines_without_a_date_or_their_headline(content: str) -> None:
    with pytest.raises(NotAnArticle):
        read(page(content, day=""))
    with pytest.raises(NotAnArticle):
        read(page(content), "Iets anders uit de haven")


VERSES = (
    "de haven slaapt onder een deken van mist",
    "geen schip dat nog roept om de kade",
    "de kraan hangt stil boven het donkere water",
    "en niemand telt de uren van de nacht",
    "de meeuw op de paal weet van geen morgen",
    "de lantaarn brandt voor wie nog komt",
    "het touw kraakt zacht tegen het natte hout",
    "en de stad draait zich nog eens om",
    "tot de eerste boot het donker openvouwt",
    "en alles weer naar teer en koffie ruikt",
)


def poem(verses: tuple[str, ...], day: str = "<p>Geplaatst op 3 mei 2026 door Jan Bos</p>") -> str:
    half = len(verses) // 2
    parts = "".join(f"<p>{'<br>'.join(one)}</p>" for one in (verses[:half], verses[half:]))
    picture = "<p><img src=/haven.jpg width=600 height=800></p>"
    return page(f"<blockquote>{picture}{parts}</blockquote>", day=day)


def test_a_poem_alone_is_an_article_though_nothing_declares_one() -> None:
    article = read(poem(VERSES))
    assert "\n".join(article.paragraphs).split("\n") == list(VERSES)
    assert "/haven.jpg" in article.html


@pytest.mark.parametrize(
    ("verses", "day"),
    [
        (VERSES, ""),
        (VERSES[:4], DAY),
        (tuple(f"Baan {at} is open van {at} tot tien" for at in range(10)), DAY),
        (("Jan Bosveld", "Wilhelmina Vos", "Anna Hartman", "Wim Smitskamp", "Eva Molenaar") * 2, DAY),
        (tuple(f"<a href=/{at}>{one}</a>" for at, one in enumerate(VERSES)), DAY),
    ],
    ids=["undated", "few", "numbers", "names", "links"],
)  # fmt: skip
def test_other_lines_of_an_undeclared_page_are_none(verses: tuple[str, ...], day: str) -> None:
    content = poem(verses, day.replace("12 januari 2026", "Geplaatst op 3 mei 2026"))
    content = content.replace("<p><img src=/haven.jpg width=600 height=800></p>", "")
    with pytest.raises(NotAnArticle):
        read(content)


LINE = "Samen lezen wij het verhaal van de veerman…."
SIGN = "<figure><img src=/affiche.jpg width=640 height=900></figure>"


@pytest.mark.parametrize("heading", [LINE, "Het verhaal van de veerman"])
def test_a_sentence_as_a_heading_over_a_poster_is_the_text(heading: str) -> None:
    """A heading that is no sentence heads what is below it."""
    article = read(page(f"{POSTER}<div><h2>{heading}</h2>{SIGN}</div>"))
    assert (article.paragraphs == (LINE,)) == (heading == LINE)
    assert ("/affiche.jpg" in article.html) == (heading == LINE)


def test_it_is_the_text_though_the_listing_shows_it_too() -> None:
    content = page(f"{POSTER}<div><h2>{LINE}</h2>{SIGN}</div>")
    here, link = document(content), Link(url=document(content).page.url, title=TITLE)
    listing = document(html(f"<main><h2>{TITLE}</h2><h2>{LINE}</h2></main>"), "/nieuws")
    others = [
        document(page(f"<p>{at}. {LINE} {LINE}</p>", f"Haven {at} viert feest"), f"/n/{at}")
        for at in range(5)
    ]
    model = learn(SiteModel(), [(listing, [])], [here, *others])
    assert extract(here, SOURCE, model, link).paragraphs == (LINE,)


OVER = "Dit is de volgorde van de boten bij de ingang:"


@pytest.mark.parametrize("described", [True, False])
def test_the_line_over_the_pictures_of_a_post_is_of_it(described: bool) -> None:
    content = page(f"<p>{OVER}</p>{DRAWINGS}")
    if described:
        content = content.replace("</title>", f"</title><meta name=description content='{OVER}'>")
    found = read(content)
    assert found.paragraphs == ((OVER,) if described else ())
    assert found.html.count("<img") == 3


LINES = "<div>Haven van Goes</div><div>Varen voor Kinderen</div>"


@pytest.mark.parametrize(
    ("content", "day", "known", "is_post"),
    [
        (LINES, DAY, 5, True),
        (LINES, "", 5, False),
        (LINES, DAY, 1, False),
        ("<div>Goes</div>", DAY, 5, False),
        ("<div><a href=/havens/goes>Haven van Goes</a></div>", DAY, 5, False),
        ("<p>Nu al vol!</p><p>Wij zien u graag in Goes.</p>", DAY, 5, True),
        ("<div>Log in om verder te lezen</div>", DAY, 5, False),
    ],
)
def test_lines_that_only_a_dated_post_has_are_its_text(
    content: str, day: str, known: int, is_post: bool
) -> None:
    others = tuple(
        page(
            f"<p>De boot {at} vaart weer om {at} uur, en wel van de steiger {at} af.</p>",
            f"Boot {at}",
        )
        for at in range(known)
    )
    if is_post:
        assert len(read(page(content, day=day), None, *others).paragraphs) == 2
    else:
        with pytest.raises(NotAnArticle):
            read(page(content, day=day), None, *others)


@pytest.mark.parametrize("link", ["/groot-{}.jpg", "/nieuws/{}"])
def test_headings_over_pictures_are_a_post_of_them(link: str) -> None:
    shown = "".join(
        f"<h4>Programma {name}</h4><figure><a href={link.format(at)}><img src=/programma-{at}.jpg "
        "width=1024 height=724></a></figure>"
        for at, name in enumerate(("klein", "groot"))
    )
    if link.startswith("/nieuws"):
        with pytest.raises(NotAnArticle):
            read(page(shown), None, *OTHERS)
        return
    article = read(page(shown), None, *OTHERS)
    assert article.paragraphs == ("Programma klein", "Programma groot")
    assert article.html.count("<img") == 2
