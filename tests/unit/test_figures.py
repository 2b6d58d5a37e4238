"""Which pictures and players of a page belong to its article."""

from __future__ import annotations

import re

import pytest

from feedbot.read.extract import extract
from feedbot.read.extract.article_container import part
from feedbot.read.site_model import SiteModel
from tests.sample_pages import SOURCE, TITLE, document, html, paragraphs, read

STORY = paragraphs()
PHOTO = '<div class="thumb"><img src="/uploads/trein.jpg" width=1080 height=720 alt=""></div>'
HEADLINE = f"<header><h1>{TITLE}</h1></header>"
ABOVE = "<header><div>Buitenland</div><h1>{}</h1></header>"


def pictures(markup: str, *siblings: str) -> list[str]:
    """The addresses of an article's pictures, without the host."""
    shown = read(html(markup), siblings=tuple(map(html, siblings))).html
    return re.findall(r'<img[^>]*src="https?://[^/"]*/([^"]*)"', shown)


def links(markup: str) -> list[str]:
    return re.findall(r'<a[^>]*href="([^"]*)"', read(html(markup)).html)


@pytest.mark.parametrize(
    "markup",
    [
        f"<article>{PHOTO}{HEADLINE}<div>{STORY}</div></article>",
        f"<nav><a href=/>Home</a></nav><div class=post>{PHOTO}{HEADLINE}<div>{STORY}</div></div>",
        f"<article>{PHOTO}{ABOVE.format(TITLE)}<div>{STORY}</div></article>",
    ],
)
def test_a_picture_with_which_an_article_opens_is_its_own(markup: str) -> None:
    assert pictures(markup) == ["uploads/trein.jpg"]


@pytest.mark.parametrize(
    "markup",
    [
        f"{PHOTO}{HEADLINE}<div>{STORY}</div>",  # of a whole page
        f"<main>{PHOTO}{HEADLINE}<div>{STORY}</div></main>",
        f"<div><p>De krant</p>{PHOTO}{HEADLINE}<div>{STORY}</div></div>",
        f"{PHOTO}<article>{HEADLINE}<div>{STORY}</div></article>",
        f"<article>{PHOTO.replace('trein', 'logo')}{HEADLINE}<div>{STORY}</div></article>",
    ],
)
def test_a_picture_of_the_site_over_the_headline_is_not(markup: str) -> None:
    assert pictures(markup) == []


def test_a_picture_with_which_other_articles_open_is_of_the_site() -> None:
    other = (
        f"<article>{PHOTO}<h1>Een ander verhaal</h1><p>Hier staat iets heel anders.</p></article>"
    )
    assert pictures(f"<article>{PHOTO}{HEADLINE}<div>{STORY}</div></article>", other) == []


def test_a_gallery_below_the_text_is_kept_at_a_learnt_place() -> None:
    shots = "".join(
        f"<div><a href=/uploads/spoor{n}.jpg><img src=/uploads/spoor{n}.jpg></a></div>"
        for n in range(2)
    )
    page = document(html(f"<h1>{TITLE}</h1><div class=entry>{STORY}<div>{shots}</div></div>"))
    there = part(page, "div.entry")
    assert there is not None
    shown = extract(there, SOURCE, SiteModel(), None).html
    assert re.findall(r"spoor\d", shown) == ["spoor0", "spoor1"]
