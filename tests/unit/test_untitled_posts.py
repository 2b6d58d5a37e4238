"""Blogs whose posts need no headline, under the name of the site; and what a text announces."""

from __future__ import annotations

import pytest

from feedbot.model import Article, Link
from feedbot.read.extract import extract, learn
from feedbot.read.site_model import SiteModel
from tests.sample_pages import HOME, SOURCE, document, html

SITE = "Jan De Bouwer"
POSTS = (
    ("", ("Dit is een dikke bui", "(De wind maakt mij bang)", "De grote wolk")),
    ("De auto", ("Dit is een auto met een accu die niets meer doet", "Een maand aan de lader")),
    ("De rare wolk", ("Is die niet raar?", "Het lijkt of ze mij een bericht stuurt")),
    ("Brand", ("Gisteren was er brand dicht bij huis, met veel rook", "Arme akker")),
    ("Op reis", ("Op reis kwam ik een heel grappige hond tegen", "Pip (de hond) en ik")),
    ("De brug", ("De brug gaat open als er een boot komt, dat duurt", "Dan wachten")),
)
POSTING = "itemscope itemtype='http://schema.org/BlogPosting'"
LIKES = (
    "het strand",
    "het eiland",
    "dingen maken",
    "Heel veel, heel veel foto's maken !!!!",
    "treinen en trams",
)


def page(at: int, *, marked: str = "itemprop='description articleBody'") -> str:
    title, lines = POSTS[at]
    likes = "".join(f"<li>{one}</li>" for one in LIKES)
    head = f"<h1><a href=/>{SITE}</a></h1><p>De wereld gezien door een jongen van dertien jaar</p>"
    box = f"<div class=widget><h2>Wat ik leuk vind</h2><ul>{likes}</ul></div>"
    day = f"<h2 class=day>maandag, {at + 1} december 2025</h2>"
    named = f"<h3 class=post-title>{title}</h3>" if title else ""
    text = f"<img src=/foto-{at}.jpg width=200 height=150><br>{'<br>'.join(lines)}"
    post = f"<div class=post {POSTING}>{named}<div class=post-body {marked}>{text}</div></div>"
    foot = f"<div class=post-footer>Geplaatst op {at + 1} december 2025</div>"
    inner = (
        f"{head}<div class=inner><div class=column>{box}</div><main>{day}{post}{foot}</main></div>"
    )
    return html(inner, title=f"{SITE}: {title}" if title else SITE)


def read(at: int, listed: str) -> Article:
    pages = [document(page(one), f"/2025/12/{one}.html") for one in range(len(POSTS))]
    links = [
        Link(url=f"{HOME}/2025/12/{one}.html", title=title or listed)
        for one, (title, _) in enumerate(POSTS)
    ]
    model = learn(SiteModel(), [(None, links)], pages)
    return extract(pages[at], SOURCE, model, links[at])


@pytest.mark.parametrize("listed", ["maandag, december 1, 2025", "Dit is een dikke bui"])
def test_an_untitled_post_is_its_own_lines_and_not_the_site(listed: str) -> None:
    said = " ".join(read(0, listed).paragraphs)
    assert "De wind maakt mij bang" in said
    assert "De grote wolk" in said
    assert not any(one in said for one in (*LIKES, "jongen van dertien"))


def test_a_titled_post_has_its_own_title() -> None:
    article = read(1, "maandag, december 1, 2025")
    assert article.title == "De auto"
    assert article.paragraphs == POSTS[1][1]


# --- what a text announces ----------------------------------------------------------------------

STORIES = 9


def story(at: int, foot: str) -> str:
    lines = "".join(
        f"<p>In dorp {at} opent {word} een winkel, zegt wethouder {at} van gemeente {at}, na"
        f" overleg met {at} ondernemers.</p>"
        for word in ("vandaag", "morgen", "straks")
    )
    return html(
        f"<main><h1>Winkel opent in dorp {at}</h1><div class=tekst>{lines}{foot}</div></main>"
        "<div class=onder><p>Bezoek ons</p><p>Elke dag open</p></div>",
        title=f"Winkel opent in dorp {at}",
    )


@pytest.mark.parametrize("signed", [1, 2])
def test_who_signs_some_stories_stands_below_what_announces_the_name(signed: int) -> None:
    """More stories end with the name than with the line above it."""
    name = "<p>Sanne Lievens</p>"
    feet = [f"<p>Informatie verzorgd door:</p>{name}"] * signed + [
        f"<p>Tekst en foto,</p>{name}"
    ] * 3
    feet += [""] * (STORIES - len(feet))
    pages = [document(story(at, foot), f"/n/{at}") for at, foot in enumerate(feet)]
    links = [
        Link(url=f"{HOME}/n/{at}", title=f"Winkel opent in dorp {at}") for at in range(STORIES)
    ]
    model = learn(SiteModel(), [(None, links)], pages)
    article = extract(pages[0], SOURCE, model, links[0])
    assert article.paragraphs[-2:] == ("Informatie verzorgd door:", "Sanne Lievens")
