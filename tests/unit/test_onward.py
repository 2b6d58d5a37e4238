"""Where a listing goes on: its next page, and other listings of the site."""

from __future__ import annotations

import pytest

from feedbot.model import Link
from feedbot.read.discover.onward import next_page, says_news, sections
from tests.sample_pages import HOME, LISTING, document

MONTH = "".join(f"<td>{day}" for day in range(1, 32))
DAYS = "".join(f"<li>{day}" for day in range(1, 32))
LINKED_DAYS = "".join(f"<li><a href='/n/{day}'>{day}</a>" for day in range(1, 32))
ARCHIVED = "".join(f"<i><a href='/2026/11/{day:02}/'>{day}</a></i>" for day in range(1, 31))
PAGER = "".join(f"<a href='/buitenland/deel-{at:x}z'>{at}</a>" for at in range(1, 31))
LONG_TEXT = "De bussen rijden weer. " * 30


@pytest.mark.parametrize(
    ("markup", "path"),
    [
        ("<link rel='prefetch Next' href='/buitenland?x=y'>", "/buitenland?x=y"),
        ("<a rel=next href='/buitenland?x=y'>Verder</a>", "/buitenland?x=y"),
        ("<a href='/buitenland?x=y'>Volgende</a>", "/buitenland?x=y"),
        ("<a href='/buitenland?x=y'>volgende pagina »</a>", "/buitenland?x=y"),
        ("<a href='/buitenland?x=y' aria-label='Volgende'></a>", "/buitenland?x=y"),
        ("<a href='/buitenland?x=y' title='Volgende'><i></i></a>", "/buitenland?x=y"),
        ("<a href='/buitenland?x=y'>»</a>", "/buitenland?x=y"),
        ("<a href='/buitenland?x=y'>›</a>", "/buitenland?x=y"),
        ("<a href='/buitenland?x=y'>«</a>", ""),
        # a name alone, of what is no link in the text
        ("<link rel=stylesheet href='/x.css' title='Volgende'>", ""),
        ("<a href='/buitenland?x=y' title='Volgende'>Brug dicht</a>", ""),
        ("<a href='/buitenland?x=y'>Volgende week meer regen</a>", ""),
        # not this page, nor another site
        ("<link rel=next href='/buitenland'>", ""),
        ("<link rel=next href='https://elders.example.com/buitenland?page=2'>", ""),
        ("<a>Volgende</a>", ""),
        ("<a href='https://elders.example.com/'>Elders</a><a href='/buitenland?page=2'>2</a>", "/buitenland?page=2"),
        # by numbers: the first link to the second page, unless the next one is named later
        ("<a href='?page=2'>2</a><a href='/buitenland/page/2'>2</a>", "/buitenland?page=2"),
        ("<a href='?page=2'>2</a><a rel=next href='?page=2&amp;x=y'>Verder</a>", "/buitenland?page=2&x=y"),
        ("<a href='/agenda?x=y'>»</a><a href='?page=2'>2</a>", "/buitenland?page=2"),
        ("<a href='/agenda?x=y'>»</a><a href='/buitenland?x=y'>Volgende</a>", "/buitenland?x=y"),
        (f"<table><tr><th><a href='/agenda?x=y'>»</a>{MONTH}</table>", ""),
        (f"<table><tr><th><a rel=next href='/agenda?x=y'>februari</a>{MONTH}</table>", ""),
        (f"<p>{LONG_TEXT}<a href='/buitenland?x=y'>»</a></p><table><tr>{MONTH}</table>", "/buitenland?x=y"),
        (f"<div><ul>{DAYS}</ul><a rel=next href='/agenda?x=y'>februari</a></div>", ""),
        (f"<div>{ARCHIVED}<a rel=next href='/agenda?x=y'>december</a></div>", ""),
        (f"<div>{PAGER}<a rel=next href='/buitenland/deel-2z'>Volgende</a></div>", "/buitenland/deel-2z"),
        (f"<ul>{LINKED_DAYS}</ul><div><a href='/buitenland?tot=2026'>Volgende</a></div>", "/buitenland?tot=2026"),
        (f"<ul>{DAYS}</ul><div><a href='/buitenland?tot=2026'>Volgende</a></div>", "/buitenland?tot=2026"),
        (f"<link rel=next href='/buitenland?x=y'><ul>{DAYS}</ul>", "/buitenland?x=y"),
        ("<a href='?page=3'>3</a>", ""),
        ("<a href='?page=1'>1</a>", ""),
        ("<a href='?page=0'>0</a>", ""),
    ],
)  # fmt: skip
def test_the_next_page(markup: str, path: str) -> None:
    assert next_page(document(markup, LISTING)) == (HOME + path if path else "")


@pytest.mark.parametrize(
    ("here", "link", "number", "is_next"),
    [
        ("/n?page=3", "/n?page=4", "4", True),
        ("/n?PAGE=3", "/n?page=4", "4", True),
        ("/n?pagina=3", "/n?pagina=4", "4", True),
        ("/n?x=7&pg=3", "/n?pg=4", "4", True),
        ("/n?page=x", "/n?page=2", "2", True),
        ("/n?page=3", "/n?page=4", "2", False),
        ("/n/page/3", "/n/page/4", "4", True),
        ("/n/page-3/", "/n/page-4/", "4", True),
        ("/n/p3", "/n/p4", "4", True),
        ("/n/page/99998", "/n/page/99999", "99999", True),
        ("/n/page/999998", "/n/page/999999", "999999", False),
    ],
)
def test_the_page_after_this_one(here: str, link: str, number: str, *, is_next: bool) -> None:
    page = document(f"<a href='{link}'>{number}</a>", here)
    assert next_page(page) == (HOME + link if is_next else "")


def names(body: str, *articles: str, here: str = "/") -> list[str]:
    """The paths of other listings, where these are articles."""
    links = [Link(url=HOME + path) for path in articles]
    return [one.url.removeprefix(HOME) for one in sections(document(body, HOME + here), links)]


@pytest.mark.parametrize(
    ("link", "is_section"),
    [
        ("<a href='/sport'>Sport</a>", True),
        ("<a href='/sport'>Tv</a>", True),
        ("<a href='/sport'>S</a>", False),
        (f"<a href='/sport'>{'s' * 45}</a>", True),
        (f"<a href='/sport'>{'s' * 46}</a>", False),
        ("<a href='/sport' aria-label='Sport'></a>", True),
        ("<a href='/sport'></a>", False),
        ("<a>Sport</a>", False),
        ("<a href='https://elders.example.com/sport'>Sport</a>", False),
        ("<a href='/'>Home</a>", False),
        ("<a href='/?taal=nl'>Nederlands</a>", True),
        ("<a href='/krant.pdf'>Krant</a>", False),
        ("<a href='?page=2'>Ouder</a>", False),
        ("<a href='/contact'>Redactie</a>", False),
        ("<a href='/contact/redactie'>Redactie</a>", False),
        ("<a href='/contact/nieuws'>Nieuws</a>", False),
        # what may be an article or a tag is one only if it is called news
        ("<a href='/tag/zeeland'>Zeeland</a>", False),
        ("<a href='/tag/zeeland'>Nieuws</a>", True),
        ("<a href='/brug-weer-open'>Brug</a>", False),
        ("<a href='/het-laatste-nieuws'>Brug</a>", True),
        ("<a href='/x12345'>Brug</a>", False),
        ("<a href='/x12345'>Actueel</a>", True),
    ],
)
def test_another_page_that_may_list_articles(link: str, *, is_section: bool) -> None:
    assert bool(names(link, here="/buitenland")) == is_section


def test_neither_this_page_nor_an_article_is_another_listing() -> None:
    body = "<a href='/nu'>Nu</a><a href='/brug'>Brug</a><a href='/sport'>Sport</a>"
    assert names(body, "/brug", here="/nu") == ["/sport"]


def test_a_listing_that_is_linked_twice_has_its_first_name() -> None:
    body = "<a href='/nu'>Eerst</a><a href='/nu'>Later</a>"
    assert [one.title for one in sections(document(body, f"{HOME}/"), [])] == ["Eerst"]


def test_listings_that_are_called_news_come_first_then_those_above_articles() -> None:
    body = "".join(f"<a href='/{one}'>{one}</a>" for one in ("wonen", "sport", "regio", "nieuws"))
    articles = ("/sport/a", "/regio/walcheren/b", "/regio/c")
    assert names(body, *articles) == ["/nieuws", "/regio", "/sport", "/wonen"]


@pytest.mark.parametrize(
    ("path", "title", "is_news"),
    [
        ("/x", "Nieuws", True),
        ("/x", "Al het nieuws uit heel Zeeland", True),
        ("/x", "Al het nieuws uit heel de provincie", False),
        ("/nieuws.html", "", True),
        ("/x/het_laatste-nieuws/", "Alles", True),
        ("/nieuws/x", "", False),
        ("", "", False),
        ("/al-het-nieuws-uit-heel-de-provincie", "", False),
        ("/vernieuwsd", "Vernieuwsd", False),
    ],
)
def test_the_name_or_the_address_says_news(path: str, title: str, *, is_news: bool) -> None:
    assert says_news(Link(url=HOME + path, title=title)) == is_news
