"""Links into the site that end a text, and those that lead to other stories or are the site's."""

from __future__ import annotations

import pytest

from feedbot.model import Article, Link
from feedbot.read.extract import extract, learn
from feedbot.read.site_model import SiteModel
from tests.sample_pages import HOME, SOURCE, document, html

PAGES = 8


def title(at: int) -> str:
    return f"Vereniging {at} viert feest in dorp {at}"


def page(at: int, last: str, first: str = "") -> str:
    text = "".join(
        f"<p>In dorp {at} kwam {word} iedereen naar het feest van vereniging {at}, ook de"
        f" burgemeester van dorp {at} en de fanfare van dorp {at + 20}.</p>"
        for word in ("maandag", "dinsdag", "woensdag")
    )
    return html(
        f"<main><h1>{title(at)}</h1><div class=tekst>{first}{text}{last}</div></main>"
        "<footer>Vereniging, sinds 1921</footer>",
        title=title(at),
    )


def read(lasts: list[str], first: str = "") -> Article:
    """The first article of a site whose texts end so, and whose first one begins with `first`."""
    pages = [
        document(page(at, last, first if at == 0 else ""), f"/feest/{at}")
        for at, last in enumerate(lasts)
    ]
    links = [Link(url=f"{HOME}/feest/{at}", title=title(at)) for at in range(PAGES)]
    model = learn(SiteModel(), [(None, links)], pages)
    return extract(pages[0], SOURCE, model, links[0])


def ends_with_link(article: Article) -> bool:
    return "/a>" in article.html


ALBUM = "<p><a href='/galerie/41'>Alle foto's staan hier</a></p>"
INFO = "<p><a href='/crema/sole'>Meer informatie</a></p>"


@pytest.mark.parametrize("last", [ALBUM, INFO])
@pytest.mark.parametrize("few", [1, 3])
def test_a_line_that_is_a_link_of_few_pages_ends_the_text(last: str, few: int) -> None:
    article = read([last] * few + [""] * (PAGES - few))
    assert ends_with_link(article)
    assert article.paragraphs[-1] in ("Alle foto's staan hier", "Meer informatie")


@pytest.mark.parametrize("picture", ["", "<p><img src=/beeld/sole.jpg width=300 height=400></p>"])
def test_a_picture_below_it_is_kept_too(picture: str) -> None:
    article = read([INFO + picture, INFO, *[""] * (PAGES - 2)])
    assert ends_with_link(article)
    assert ("sole.jpg" in article.html) == bool(picture)


@pytest.mark.parametrize(
    "last",
    [
        # to a story that is known, or that is called as its address
        "<p><a href='/feest/3'>Zo ging het in het derde dorp</a></p>",
        "<p><a href='/nieuws/brug-over-de-maas-weer-open'>De brug over de Maas is open</a></p>",
        # the site's own
        "<p><a href='/nieuwsbrief'>Schrijf u in voor de nieuwsbrief</a></p>",
        # which a line announces as such
        "<p>Lees ook: <a href='/d/9913'>Waarom de haven niet open ging</a></p>",
        # made otherwise than the paragraphs
        "<div class=meer><a href='/d/9913'>Alle foto's bekijken</a></div>",
    ],
)
@pytest.mark.parametrize("few", [1, 3])
def test_other_links_below_a_text_are_not_of_it(last: str, few: int) -> None:
    assert not ends_with_link(read([last] * few + [""] * (PAGES - few)))


def test_a_line_that_leads_up_to_the_list_is_the_sites() -> None:
    back = "<p>Dit is een stuk van het archief. <a href='/feest/'>Terug</a>.</p>"
    assert not ends_with_link(read([back] * 3 + [""] * (PAGES - 3)))


def test_what_most_pages_end_with_is_the_sites() -> None:
    assert not ends_with_link(read([ALBUM] * 6 + [""] * (PAGES - 6)))


def test_on_a_site_that_is_not_known_nobody_can_tell() -> None:
    article = extract(document(page(0, ALBUM)), SOURCE, SiteModel(), None)
    assert not ends_with_link(article)


@pytest.mark.parametrize(
    ("urls", "is_kept"),
    [
        (("/media/deel-1.jpg", "/media/deel-2.pdf"), True),
        (("https://elders.example/1", "https://elders.example/2"), True),
        (("/feest/3", "/feest/4"), False),  # to other stories
    ],
)
@pytest.mark.parametrize("name", ["menu-event", "sidebar list", "toolbar"])
def test_a_list_amid_a_text_may_be_called_as_furniture_is(
    urls: tuple[str, ...], is_kept: bool, name: str
) -> None:
    items = "".join(f"<li><a href='{url}'>Deel {at}</a></li>" for at, url in enumerate(urls, 1))
    closing = "<p>Volgend jaar komt de fanfare weer, en dan duurt het feest twee dagen.</p>"
    article = read([f"<ol class='{name}'>{items}</ol>{closing}", *[""] * (PAGES - 1)])
    assert [one for one in article.paragraphs if one.startswith("Deel")] == (
        ["Deel 1", "Deel 2"] if is_kept else []
    )
    assert article.paragraphs[-1].startswith("Volgend jaar")


@pytest.mark.parametrize(
    ("first", "is_kept"),
    [
        ("<p><a href='https://theater.example/web'>De Dijk</a></p>", True),
        ("<div><a href='https://theater.example/web'>De Dijk</a></div>", False),
        ("<p><a href='/feest/3'>De Dijk</a></p>", False),
    ],
)
def test_a_link_over_the_text_leads_to_what_it_is_about(first: str, is_kept: bool) -> None:
    article = read([""] * PAGES, first)
    assert ("De Dijk" in article.paragraphs) == is_kept


@pytest.mark.parametrize(
    "last",
    [
        "<p style='text-align: right'>Zie: <a href='https://elders.example/gids'>https://elders.example/gids</a></p>",
        "<p>Klaar, en goed bewaren tot het volgende feest in het dorp.</p>",
    ],
)
def test_a_paragraph_below_a_text_that_is_a_list_belongs_to_it(last: str) -> None:
    def steps(at: int, end: str) -> str:
        items = "".join(
            f"<li>Neem {word} lampions van vereniging {at}, en hang ze op in dorp {at} bij huis"
            f" {at + 30}, tot aan de brug.</li>"
            for word in ("vier", "acht", "twaalf")
        )
        body = f"<div class=tekst><ol>{items}</ol>{end}</div>"
        foot = "<div class=onder><p>Elke dag open</p></div>"
        return html(f"<main><h1>{title(at)}</h1>{body}</main>{foot}", title=title(at))

    pages = [document(steps(at, "" if at else last), f"/feest/{at}") for at in range(PAGES)]
    links = [Link(url=f"{HOME}/feest/{at}", title=title(at)) for at in range(PAGES)]
    article = extract(pages[0], SOURCE, learn(SiteModel(), [(None, links)], pages), links[0])
    assert article.paragraphs[-1].startswith(("Zie", "Klaar"))
    assert "Elke dag open" not in article.paragraphs


@pytest.mark.parametrize(("pages", "is_kept"), [(4, True), (7, False)])
def test_a_line_with_a_link_that_half_of_the_pages_have_ends_the_text(
    pages: int, is_kept: bool
) -> None:
    lasts = [
        f"<p>De foto's staan <a href='/galerie/{at}.html'>daar</a>.</p>" if at < pages else ""
        for at in range(PAGES)
    ]
    assert (read(lasts).paragraphs[-1] == "De foto's staan daar.") == is_kept
