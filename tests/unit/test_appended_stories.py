"""Sites that show whole stories below the page's own, as one scrolls down."""

from __future__ import annotations

import pytest

from feedbot.model import Link
from feedbot.read.extract import extract, learn
from feedbot.read.site_model import SiteModel
from tests.sample_pages import HOME, SOURCE, document, html

PAGES = 7
FOLLOWING = 3  # stories below that of a page


def title(at: int) -> str:
    return f"Raad van gemeente {at % PAGES} besluit over haven {at % PAGES}"


def text(at: int) -> tuple[str, ...]:
    number = at % PAGES
    return tuple(
        f"In gemeente {number} heeft de raad {word} gesproken over haven {number}. De wethouder van"
        f" gemeente {number} wil daar volgend jaar beginnen met het baggeren van {number} geulen."
        for word in ("maandag", "dinsdag", "woensdag")
    )


def story(at: int, *, boxed: bool) -> str:
    whole = f"<h1 class=kop>{title(at)}</h1><p class=datum>3 mei 2026</p>" + "".join(
        f"<p>{one}</p>" for one in text(at)
    )
    return f"<section class=verhaal>{whole}</section>" if boxed else whole


def page(at: int, *, boxed: bool = True) -> str:
    stories = "".join(story(at + more, boxed=boxed) for more in range(FOLLOWING + 1))
    foot = "<div class=regels><p>Dit is de krant van de streek, elke dag te lezen.</p></div>"
    return html(f"<main>{stories}</main>{foot}", title=title(at))


def listing(some: range) -> str:
    cards = "".join(f"<li><h2><a href=/nieuws/{at}>{title(at)}</a></h2></li>" for at in some)
    return html(f"<main><ul>{cards}</ul></main>")


def links_to(some: range) -> list[Link]:
    return [Link(url=f"{HOME}/nieuws/{at}", title=title(at)) for at in some]


@pytest.mark.parametrize("boxed", [True, False])
def test_a_page_has_the_first_of_its_stories_though_others_show_it_too(boxed: bool) -> None:
    pages = [document(page(at, boxed=boxed), f"/nieuws/{at}") for at in range(PAGES)]
    links = [(document(listing(range(PAGES)), "/nieuws"), links_to(range(PAGES)))]
    model = learn(SiteModel(), links, pages)
    read = [extract(one, SOURCE, model, None) for one in pages]
    assert [one.title for one in read] == [title(at) for at in range(PAGES)]
    assert [one.paragraphs for one in read] == [text(at) for at in range(PAGES)]


def test_subheads_made_like_the_headline_are_of_a_text_that_no_listing_parts() -> None:
    parts = "".join(
        f"<h1 class=kop>Deel {at} van het plan</h1><p>{text(at)[0]}</p>" for at in (8, 9)
    )
    whole = f"<h1 class=kop>{title(0)}</h1><p>{text(0)[0]}</p>{parts}"
    pages = [document(html(f"<main>{whole}</main>", title=title(0)), "/nieuws/0")]
    pages += [document(page(at), f"/nieuws/{at}") for at in range(1, PAGES)]
    links = [(document(listing(range(PAGES)), "/nieuws"), links_to(range(PAGES)))]
    found = extract(pages[0], SOURCE, learn(SiteModel(), links, pages), None).paragraphs
    assert [one for one in found if one.startswith("Deel")] == [
        "Deel 8 van het plan",
        "Deel 9 van het plan",
    ]


@pytest.mark.parametrize(("known", "stays"), [(6, True), (1, False)])
def test_a_list_goes_on_behind_a_pointer_to_another_story(known: int, stays: bool) -> None:
    tail = (
        "<p>Lees ook: <a href=/nieuws/3>Raad van gemeente 3 besluit over haven 3</a></p>"
        "<h3>Wanneer er gebaggerd wordt:</h3><ul><li>Mei: geul 1.</li><li>Juni: geul 2.</li></ul>"
    )
    own = f"<h1>{title(0)}</h1>{''.join(f'<p>{one}</p>' for one in text(0))}{tail}"
    pages = [document(html(f"<main>{own}</main>", title=title(0)), "/nieuws/0")]
    pages += [document(page(at), f"/nieuws/{at}") for at in range(1, known)]
    found = extract(pages[0], SOURCE, learn(SiteModel(), [], pages), None).paragraphs
    below = ("Wanneer er gebaggerd wordt:", "Mei: geul 1.", "Juni: geul 2.")
    assert found == (*text(0), *(below if stays else ()))
