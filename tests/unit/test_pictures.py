"""The picture that a page declares as that of its article."""

from __future__ import annotations

import json
from typing import Any

import pytest

from feedbot.model import Article
from tests.sample_pages import HOME, TITLE, html, paragraphs, read

RIGHT = f"{HOME}/foto/spoor.jpg"
OG = '<meta property="og:image" content="{}">'
SLUG = "rusland-steekt-extra-geld-in-spoorlijn"


def linked(*objects: Any) -> str:
    """JSON-LD with these objects in a graph."""
    script = json.dumps({"@graph": list(objects)})
    return f'<script type="application/ld+json">{script}</script>'


def article(image: Any, **more: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": TITLE, "image": image} | more


def page(head: str) -> str:
    return html(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>", head)


def picture(head: str) -> str:
    image = read(page(head)).image
    return image.url if image else ""


@pytest.mark.parametrize(
    "head",
    [
        linked(article("/foto/spoor.jpg")),
        linked(article({"@type": "ImageObject", "name": "Een trein", "url": RIGHT})),
        linked(article({"contentUrl": RIGHT})),
        linked(article([{"url": [RIGHT]}, {"url": "/foto/ander.jpg"}])),
        linked(article({"@id": "#kop"}), {"@type": "ImageObject", "@id": "#kop", "url": RIGHT}),
        linked(article("", thumbnailUrl=RIGHT)),
        OG.format(RIGHT) + linked(article({"@id": "#nergens"})),
        OG.format(RIGHT) + linked(article("Een trein in de sneeuw")),
        OG.format(RIGHT) + linked(article("https://-/media/75EB.ashx")),
        OG.format("/img/logo.png") + f"<meta name=twitter:image content={RIGHT}>",
        OG.format("/img/default-image.png") + f"<meta name=twitter:image content={RIGHT}>",
        OG.format(RIGHT),
    ],
)
def test_the_first_picture_that_can_be_the_articles_is_it(head: str) -> None:
    assert picture(head) == RIGHT


@pytest.mark.parametrize(
    "name",
    [
        "https://-/media/75EB.ashx",
        "/social/CB_og-image_v1.png",
        "/img/default.jpg",
        "/plugins/default-user-image.png",
        "/img/no-image.png",
        "/uploads/example-150.webp",
        "Een trein in de sneeuw",
    ],
)
def test_what_stands_in_for_a_picture_is_none(name: str) -> None:
    assert picture(OG.format(name)) == ""


def test_a_name_of_an_ornament_says_nothing_where_the_file_is_named_after_the_page() -> None:
    name = f"{HOME}/img/Rusland_extra_geld_banner.png"
    assert picture(OG.format(name)) == name
    assert picture(OG.format(f"{HOME}/img/rusland-banner.png")) == ""


@pytest.mark.parametrize("name", [f"/blog/{SLUG}/og-image.png", f"/og-image/{SLUG}.png"])
def test_a_card_that_is_made_for_the_page_is_its_picture(name: str) -> None:
    assert picture(OG.format(name)) == HOME + name


def on_a_site(head: str, default: str) -> Article:
    """The article of a page with this head; other pages of its site have a default."""
    others = [
        html(f"<h1>Verhaal {n} over iets</h1><p>{f'Zin {n} van vijf woorden. ' * 20}</p>", default)
        for n in range(3)
    ]
    return read(page(head), siblings=tuple(others))


def test_a_picture_that_other_pages_declare_gives_way_to_one_of_the_article() -> None:
    default = linked(article("/foto/van-de-site.jpg"))
    image = on_a_site(default + OG.format(RIGHT), default).image
    assert image
    assert image.url == RIGHT
    assert on_a_site(default, default).image is None


@pytest.mark.parametrize("path", ["/nieuws/feest/", "/nieuws/feest/index.html"])
def test_pictures_that_lead_to_their_own_page_below_the_story_are_its_own(path: str) -> None:
    """As WordPress shows each picture of a gallery, unless it is told otherwise."""
    own, other, file = (
        f"<dl><dt class=gallery-icon><a href={to}><img src=/foto/{name}.jpg></a></dl>"
        for name, to in (
            ("a", "/nieuws/feest/foto-a/"),
            ("b", "/nieuws/markt/"),
            ("c", "/foto/c-groot.jpg"),
        )
    )
    text = f"<div><h1>{TITLE}</h1>{paragraphs()}{own}{other}{file}</div>"
    article = read(html(text), path=path)
    assert "/foto/a.jpg" in article.html
    assert "/foto/c.jpg" in article.html
    assert "/foto/b.jpg" not in article.html
