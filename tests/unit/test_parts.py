"""Articles that a site has cut into several pages."""

from __future__ import annotations

import pytest

from feedbot.read.extract import joined, next_part
from tests.sample_pages import BODY, HOME, LEAD, TITLE, document, html, paragraphs, read

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
    whole = joined(one, two)
    assert whole
    assert whole.paragraphs == (LEAD, BODY[0], BODY[2], BODY[3])
    assert whole.html == f"{one.html}\n{two.html}"


def test_a_part_that_is_the_same_page_adds_nothing() -> None:
    one = read(html(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>"))
    assert joined(one, one) is None
