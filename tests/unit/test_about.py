"""Structured data that describes the page, and that of other articles."""

from __future__ import annotations

import json
from typing import Any

import pytest

from feedbot.model import Article
from feedbot.read.extract.about import alike
from tests.sample_pages import HOME, TITLE, html, paragraphs, read

HERE = f"{HOME}/buitenland/rusland-steekt-extra-geld-in-spoorlijn"
OWN: dict[str, Any] = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "author": {"name": "Anna Eigen"},
    "datePublished": "2026-01-30T09:00:00Z",
}
OTHER: dict[str, Any] = {
    "@type": "NewsArticle",
    "headline": "Gemeente koopt oude melkfabriek van eigenaar",
    "author": {"name": "Kees Vreemd"},
    "datePublished": "2025-10-02T09:00:00Z",
    "url": f"{HOME}/nieuws/iets-anders",
}


def without(one: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name not in names}


def read_with(*scripts: Any) -> Article:
    head = "".join(
        f'<script type="application/ld+json">{json.dumps(script)}</script>' for script in scripts
    )
    return read(html(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>", head))


@pytest.mark.parametrize(
    "scripts",
    [
        ([OTHER], OWN),
        (OTHER, OWN),
        (OWN, OTHER),
        ({"@graph": [OTHER, OWN]},),
        ({"@graph": [OTHER, OWN | {"mainEntityOfPage": {"@id": HERE}}]},),
        ([without(OTHER, "url"), OWN],),
        ([OTHER, without(OWN, "headline") | {"url": HERE}],),
        ([OTHER, without(OWN, "headline") | {"mainEntityOfPage": f"{HERE}/#article"}],),
        ({"@type": "ItemList", "itemListElement": [OTHER]}, OWN),
        (OWN | {"hasPart": [OTHER]},),
        ([OTHER, OWN | {"headline": "Extra geld voor spoorlijn naar oosten"}],),
        ([OTHER, OTHER | {"headline": "Nog een bericht"}, OWN | {"url": f"{HOME}/nieuws/9"}],),
    ],
)
def test_the_article_of_the_page_is_told_from_others(scripts: tuple[Any, ...]) -> None:
    article = read_with(*scripts)
    assert article.authors == ("Anna Eigen",)
    assert article.published
    assert article.published.at.day == 30
    assert "melkfabriek" not in article.title


@pytest.mark.parametrize(
    "scripts",
    [
        (OTHER,),
        ([OTHER, OTHER | {"headline": "Nog een bericht over iets heel anders"}],),
        ([without(OTHER, "url"), without(OTHER, "url") | {"headline": "Nog een ander bericht"}],),
        ({"@type": "ItemList", "itemListElement": [without(OTHER, "url")]},),
        ({"@type": "WebPage", "url": f"{HOME}/over-ons", "author": "Kees Vreemd"},),
    ],
)
def test_what_describes_only_other_articles_is_not_used(scripts: tuple[Any, ...]) -> None:
    article = read_with(*scripts)
    assert article.authors == ()
    assert article.published is None
    assert article.title == TITLE


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"headline": "Een heel andere kop voor zoekmachines"},
        {"headline": "X"},
        {"url": HOME},
        {"url": f"{HOME}/buitenland"},
        {"mainEntityOfPage": "https://google.com/article"},
        {"mainEntityOfPage": True, "@id": "#article"},
        {"url": f"{HOME}/amp/rusland-steekt-extra-geld-in-spoorlijn"},
        {"url": f"{HOME}/ander-adres-van-dit-bericht"},
    ],
)
def test_one_disagreement_is_not_enough(change: dict[str, Any]) -> None:
    article = read_with(OWN | change)
    assert article.authors == ("Anna Eigen",)
    assert article.published
    assert article.title == TITLE


def test_broken_json_ld_is_about_the_page_too() -> None:
    head = (
        '<script type="application/ld+json">{"@type":"BreadcrumbList"}{"@type":"NewsArticle",'
        '"headline":"Een "ruk" aan het stuur","datePublished":"2026-01-30T09:00:00Z",}</script>'
    )
    article = read(html(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>", head))
    assert article.published
    assert article.title == TITLE


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        (TITLE, f"Spoorwegen: {TITLE} | Nieuws", True),
        (TITLE, "Rusland steekt geld in het spoor", True),
        (TITLE, "Gemeente koopt oude melkfabriek van eigenaar", False),
        ("北京发布新的空气质量标准", "空气质量标准在北京发布", True),
        ("北京发布新的空气质量标准", "上海举行国际电影节", False),
        ("X", TITLE, False),
        ("", TITLE, False),
    ],
)
def test_headlines_are_alike_that_share_most_words(one: str, other: str, are: bool) -> None:
    assert alike(one, other) is are


def shared(title: str, url: str) -> str:
    """OpenGraph of an article."""
    return (
        f'<meta property="og:title" content="{title}"><meta property="og:url" content="{url}">'
        '<meta property="og:type" content="article"><meta property="og:image" content="/vreemd.jpg">'
        '<meta property="article:published_time" content="2025-10-02T09:00:00Z">'
        '<meta property="article:author" content="Kees Vreemd">'
    )


@pytest.mark.parametrize(
    ("title", "url", "is_used"),
    [
        (TITLE, HERE, True),
        (OTHER["headline"], HERE, True),
        (TITLE, OTHER["url"], True),
        (OTHER["headline"], HOME, True),
        (OTHER["headline"], OTHER["url"], False),
    ],
)
def test_opengraph_of_another_article_is_not_used(title: str, url: str, is_used: bool) -> None:
    article = read(html(f"<div><h1>{TITLE}</h1>{paragraphs()}</div>", shared(title, url)))
    assert bool(article.published) is is_used
    assert bool(article.authors) is is_used
    assert bool(article.image) is is_used
    assert is_used or article.title == TITLE


def item(headline: str, url: str, date: str, author: str) -> str:
    """Microdata of an article."""
    return (
        '<div itemscope itemtype="https://schema.org/NewsArticle">'
        f'<a itemprop=url href="{url}"><b itemprop=headline>{headline}</b></a>'
        f'<meta itemprop=author content="{author}"><meta itemprop=datePublished content="{date}">'
        f"<time itemprop=datePublished datetime={date}></time></div>"
    )


def test_microdata_of_another_article_are_not_used() -> None:
    other = item(OTHER["headline"], OTHER["url"], "2025-10-02T09:00:00Z", "Kees Vreemd")
    own = item(TITLE, HERE, "2026-01-30T09:00:00Z", "Anna Eigen")
    both = read(html(f"<div><h1>{TITLE}</h1>{paragraphs()}{other}{own}</div>"))
    assert both.authors == ("Anna Eigen",)
    assert both.published
    assert both.published.at.day == 30
    alone = read(html(f"<div><h1>{TITLE}</h1>{paragraphs()}{other}</div>"))
    assert alone.authors == ()
    assert alone.published is None
