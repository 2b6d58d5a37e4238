"""What an address says of the page that it leads to."""

from __future__ import annotations

import pytest

from feedbot.read.discover import addresses
from tests.sample_pages import HOME


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", 0),
        ("/", 0),
        ("/nieuws", 1),
        ("/nieuws/", 1),
        ("/nieuws-uit-zeeland/brug", 1),
        ("/nieuws/brug-weer_open+vandaag%20nog", 5),
        ("/nieuws/brug--open", 2),
        ("/nieuws/brug-open.html", 2),
        ("/nieuws/12-brug-2026", 1),
        ("/nieuws/12", 0),
        ("/nieuws?brug-weer-open", 1),
    ],
)
def test_the_words_that_a_path_ends_in(path: str, words: int) -> None:
    assert addresses.last_words(HOME + path) == words


@pytest.mark.parametrize(
    ("end", "is_headline"),
    [("brug", False), ("brug-open", False), ("brug-weer-open", True), ("de-brug-weer-open", True)],
)
def test_a_headline_has_several_words(end: str, *, is_headline: bool) -> None:
    assert addresses.is_headline(f"{HOME}/x/{end}") == is_headline


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("", "/"),
        ("/nieuws", "/*"),
        ("/Nieuws/brug", "/nieuws/*"),
        ("/nieuws/12", "/nieuws/9"),
        ("/nieuws/x12", "/nieuws/*"),
        ("/nieuws/brug.html", "/nieuws/*.html"),
        ("/nieuws/12.html", "/nieuws/9.html"),
        ("/index.php/brug", "/index.php/*"),
        ("/2026/02/brug", "/9/9/*"),
        ("/x12/brug", "/9/*"),
        # an earlier part that is as long as a headline is one
        ("/uit-zeeland/brug", "/uit-zeeland/*"),
        ("/uit-heel-zeeland/brug", "/*/*"),
        ("/uit-heel-zeeland-en-vlaanderen/brug", "/*/*"),
        (f"/{'n' * 25}/brug", f"/{'n' * 25}/*"),
        (f"/{'n' * 26}/brug", "/*/*"),
        # parameters in the order of their names
        ("/a?id=8&page=Nieuws", "/*?id=9&page=nieuws"),
        ("/a?page=nieuws&&id=9", "/*?id=9&page=nieuws"),
        ("/a?id=", "/*?id="),
        ("/a?f=b.html", "/*?f=b.html"),
        # a page's name in the query
        ("/spip.php?article12", "/*.php?article9"),
        ("/spip.php?rubrique3", "/*.php?rubrique9"),
        ("/spip.php?article12&lang=fr", "/*.php?article9&lang=fr"),
        ("/?p12", "/?p9"),
        ("/viewtopic?12", "/*?9"),
        ("/index.php?nieuws/12", "/*.php?nieuws/9"),
        ("/?2026/02/01/brug", "/?9/9/9/*"),
        ("/a?print", "/*?print="),
    ],
)
def test_the_form_of_an_address(path: str, form: str) -> None:
    assert addresses.form_of(HOME + path) == form


@pytest.mark.parametrize(
    ("path", "has_number"),
    [
        ("/1234", False), ("/12345", True), ("/x-12345-y", True), ("/?x=12345", False),
        ("/?id=8", True), ("/x?a=b&newsid=a8", True), ("/x?id=b", False), ("/x?void=8", False),
        ("/?article8", True), ("/?news/8", True), ("/?rubriek8", False),
    ],
)  # fmt: skip
def test_the_number_of_an_article(path: str, *, has_number: bool) -> None:
    assert addresses.has_number(HOME + path) == has_number


@pytest.mark.parametrize(
    ("path", "has_date"),
    [
        ("/2026/02/brug", True), ("/x/2026-2-1", True), ("/2026/02", True), ("/2026/2/brug", True),
        ("/2026/brug", False), ("/x2026/02", False), ("/2126/02/brug", False), ("/2026/021", False),
        ("/?2026/02/01/brug", True), ("/index.php?/2026/02/brug", True), ("/?p=2026/02/", False),
    ],
)  # fmt: skip
def test_the_date_of_an_article(path: str, *, has_date: bool) -> None:
    assert addresses.has_date(HOME + path) == has_date


@pytest.mark.parametrize(
    ("path", "names", "is_below"),
    [
        ("", False, False),
        ("/contact", True, False),
        ("/CONTACT/", True, False),
        ("/nl/contact", True, False),
        ("/nl/contact/adres", False, True),
        ("/contact/adres", False, True),
        ("/contact/brug/adres", False, True),
        ("/contact/contact", True, True),
        ("/cookiebeleid", True, False),
        ("/contacten-in-de-bouw", False, False),
        ("/nieuws/brug", False, False),
    ],
)
def test_what_every_site_has_beside_its_articles(path: str, *, names: bool, is_below: bool) -> None:
    assert addresses.names_service(HOME + path) == names
    assert addresses.below_service(HOME + path) == is_below


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/tag", True),
        ("/tag/zeeland", True),
        ("/tag/zeeland/brug", True),
        ("/nl/tag/zeeland/brug", True),
        ("/tag/zeeland/brug/open", False),
        ("/tag/zeeland/walcheren/brug/open", False),
        ("/nl/nieuws/regio/tag", True),
        ("/nieuws/brug", False),
    ],
)
def test_a_collection_is_named_near_the_end_of_a_path(path: str, *, names: bool) -> None:
    assert addresses.names_collection(HOME + path) == names


@pytest.mark.parametrize(
    ("path", "here", "is_page"),
    [
        ("/nieuws?page=2", "/nieuws", True),
        ("/nieuws/?page=2", "/nieuws", True),
        ("/nieuws?page=2", "/nieuws/?page=3", True),
        ("/nieuws?start=40", "/nieuws", True),
        ("/nieuws?id=2", "/nieuws", False),
        ("/nieuws?page=2", "/sport", False),
        ("/nieuws", "/nieuws", False),
        ("/nieuws/page/2", "/nieuws", True),
        ("/nieuws/pagina-2/", "/nieuws/", True),
        ("/nieuws/page/2", "/nieuws/page/3", True),
        ("/nieuws/page/2", "/sport", False),
        ("/nieuws/brug", "/nieuws", False),
    ],
)
def test_another_page_of_a_list_differs_in_a_number_alone(
    path: str, here: str, *, is_page: bool
) -> None:
    assert addresses.is_page_of_list(HOME + path, HOME + here) == is_page


def test_what_is_no_address_has_no_parts() -> None:
    assert addresses.split("http://[x/").path == ""
    assert addresses.form_of("http://[x/") == "/"
