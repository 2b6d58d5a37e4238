"""Articles that a site has cut into several pages."""

from __future__ import annotations

import pytest

from feedbot.model import Link
from feedbot.read import pipeline
from feedbot.read.extract import from_single_page, joined, next_part, single_page
from feedbot.read.results import Fetched
from feedbot.read.site_model import SiteModel
from tests.sample_pages import (
    BODY,
    HOME,
    LEAD,
    SOURCE,
    TITLE,
    document,
    html,
    page,
    paragraphs,
    read,
)

STORY = "/buitenland/een-verhaal-in-delen"


@pytest.mark.parametrize(
    ("first", "url"),
    [
        (STORY, f"{STORY}/2"),
        (STORY, f"{STORY}/2/"),
        (f"{STORY}/", f"{STORY}/2/"),
        (STORY, f"{STORY}/page/2"),
        (STORY, f"{STORY}/pagina-2"),
        (f"{STORY}.html", f"{STORY}-2.html"),
        (f"{STORY}.html", f"{STORY},2.html"),
        (f"{STORY}.html", f"{STORY}_seite-2.html"),
        (STORY, f"{STORY}?page=2"),
        (f"{STORY}?page=1", f"{STORY}?page=2"),
        ("/node/4", "/node/4/2"),
        ("/node/4", "/node/4_2"),
        (f"{STORY}?id=7", f"{STORY}?id=7&pagina=2"),
    ],
)
@pytest.mark.parametrize(
    "link", ["<link rel=next href='{url}'>", "<a href='{url}'>2</a>", "<a href='{url}'>Verder</a>"]
)
def test_the_next_part_has_the_address_of_the_article_and_its_number(
    first: str, url: str, link: str
) -> None:
    page = document(html(paragraphs() + link.format(url=url)), first)
    assert next_part(page, HOME + first, 2) == HOME + url
    assert next_part(page, HOME + first, 3) == ""


@pytest.mark.parametrize(
    ("first", "url"),
    [
        (STORY, "/buitenland/een-ander-verhaal"),
        (STORY, "/buitenland/een-ander-verhaal/2"),
        (STORY, "/buitenland?page=2"),
        (STORY, "/buitenland/2"),
        ("/artikel/1", "/artikel/2"),
        ("/artikel-1.html", "/artikel-2.html"),
        ("/", "/2"),
        ("/node/4", "/node/42"),
        ("/node/4.html", "/node/42.html"),
        ("/?p=4", "/?p=2"),
        (f"{STORY}?id=1", f"{STORY}?id=2"),
        (STORY, f"{STORY}/comment-page-2"),
        (STORY, f"{STORY}/2026"),
        (STORY, f"{STORY}?reactie=2"),
        (STORY, f"https://elders.example{STORY}/2"),
    ],
)
def test_the_next_article_is_no_part(first: str, url: str) -> None:
    page = document(html(f"{paragraphs()}<a rel=next href='{url}'>Volgende</a>"), first)
    assert next_part(page, HOME + first, 2) == ""


def test_parts_are_joined_and_what_they_repeat_stands_once() -> None:
    one = read(html(f"<article><h1>{TITLE}</h1><p>{LEAD}</p><p>{BODY[0]}</p></article>"))
    two = read(html(f"<article><h1>{TITLE}</h1><p>{BODY[2]}</p><p>{BODY[3]}</p></article>"))
    whole = joined(one, two, 2)
    assert whole
    assert whole.paragraphs == (LEAD, BODY[0], BODY[2], BODY[3])
    assert whole.html == f"{one.html}\n{two.html}"


def test_a_part_that_is_the_same_page_adds_nothing() -> None:
    one = read(html(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>"))
    assert joined(one, one, 2) is None


@pytest.mark.parametrize(
    ("first", "link"),
    [
        (STORY, f"<a href='{STORY}?page=all'>Alles op één pagina</a>"),
        (STORY, f"<a href='{STORY}/full'>Lees het artikel op 1 pagina</a>"),
        (STORY, f"<a href='{STORY}/komplettansicht'>Auf einer Seite lesen</a>"),
        (STORY, f"<a href='{STORY}/print'>Print</a>"),
        (STORY, f"<a href='{STORY}?print=1'><img src=p.gif></a>"),
        (STORY, f"<a href='/print{STORY}' title='Printversie'><i></i></a>"),
        (f"{STORY}.html", f"<a href='{STORY}-print.html'>Printversie</a>"),
        (f"{STORY}.html", f"<a href='{STORY}.html?pagewanted=all'>Single page</a>"),
        (f"{STORY}?id=7", f"<a href='{STORY}?id=7&singlepage=true'>View all</a>"),
        (STORY, "<a href='/printversies/7'>Het hele verhaal op één pagina</a>"),
        (STORY, f"<link rel=alternate media=print href='{STORY}?view=print'>"),
    ],
)
def test_a_single_page_view_is_told_by_its_label_and_its_address(first: str, link: str) -> None:
    page = document(html(paragraphs() + link), first)
    url = link.partition("href='")[2].partition("'")[0]
    assert single_page(page, HOME + first, has_parts=True) == HOME + url


@pytest.mark.parametrize(
    "link",
    [
        f"<a href='{STORY}/2'>2</a>",
        f"<a href='{STORY}'>Alles</a>",
        f"<a href='{STORY}/reacties'>Alle reacties</a>",
        f"<a href='{STORY}/reacties/alles'>Reacties</a>",
        "<a href='/buitenland'>Alles</a>",
        "<a href='/print'>Print</a>",
        "<a href='/abonnement'>Drukwerk</a>",
        f"<a href='https://elders.example{STORY}?page=all'>Alles op één pagina</a>",
    ],
)
def test_other_links_are_no_single_page_view(link: str) -> None:
    page = document(html(paragraphs() + link), STORY)
    assert single_page(page, HOME + STORY, has_parts=True) == ""


def test_without_parts_only_a_link_that_says_it_twice_is_a_single_page_view() -> None:
    printed = document(html(f"{paragraphs()}<a href='{STORY}/print'>Print</a>"), STORY)
    assert single_page(printed, HOME + STORY, has_parts=False) == ""
    said = document(html(f"{paragraphs()}<a href='{STORY}/alles'>Alles op één pagina</a>"), STORY)
    assert single_page(said, HOME + STORY, has_parts=False) == f"{HOME}{STORY}/alles"


def test_a_single_page_view_gives_the_text_if_it_holds_that_of_the_first_part_and_more() -> None:
    onward = "<p>Lees verder op de volgende pagina.</p>"
    one = read(html(f"<article><h1>{TITLE}</h1><p>{LEAD}</p><p>{BODY[0]}</p>{onward}</article>"))
    all_ = read(html(f"<article><h1>Print: {TITLE}</h1>{paragraphs()}</article>"))
    whole = from_single_page(one, all_)
    assert whole
    assert (whole.title, whole.paragraphs, whole.html) == (TITLE, all_.paragraphs, all_.html)
    assert whole.origins.text == "single-page view"


@pytest.mark.parametrize(
    "view",
    [
        f"<p>{LEAD}</p><p>{BODY[0]}</p><p>{BODY[2]}</p>",  # nothing more
        f"<p>{BODY[0]}</p><p>{BODY[2]}</p><p>{BODY[3]}</p>" * 2,  # another part
        f"<p>{LEAD}</p>",
    ],
)
def test_a_single_page_view_that_is_none_gives_nothing(view: str) -> None:
    texts = (LEAD, BODY[0], BODY[2])
    one = read(html(f"<article><h1>{TITLE}</h1>{paragraphs(texts)}</article>"))
    assert from_single_page(one, read(html(f"<article><h1>{TITLE}</h1>{view}</article>"))) is None


def test_a_print_without_the_pictures_gives_nothing() -> None:
    picture = "<figure><img src=/a.jpg width=800 height=600><figcaption>Spoor</figcaption></figure>"
    lead = f"<p>{LEAD}</p>{picture}<p>{BODY[0]}</p>"
    one = read(html(f"<article><h1>{TITLE}</h1>{lead}</article>"))
    assert "<img" in one.html
    assert from_single_page(one, read(html(f"<article>{paragraphs()}</article>"))) is None


def test_a_part_needs_no_headline_of_its_own() -> None:
    links = "<div><a href=index.html>01</a> <a href=index2.html>02</a></div>"
    first = page(html(f"<h1>{TITLE}</h1>{paragraphs(BODY[:1])}{links}"), f"{STORY}/index.html")
    second = page(
        f"<html lang=nl><head></head><body>{paragraphs(BODY[2:])}{links}</body></html>",
        f"{STORY}/index2.html",
    )
    pipeline.use_topics((), {})
    one = Fetched(page=first, link=Link(url=first.url, title=TITLE), parts=(second,))
    (found,), _ = pipeline.read_pages([one], SOURCE, SiteModel())
    assert found.article is not None
    assert found.article.title == TITLE
    assert found.article.paragraphs[-2:] == BODY[2:]
