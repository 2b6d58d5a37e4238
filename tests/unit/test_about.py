"""Structured data that describes the page, and that of other articles."""

from __future__ import annotations

import json
from typing import Any

import pytest

from feedbot.model import Article
from feedbot.read.extract.about import alike
from tests.pages import HOME, TITLE, html, paragraphs, read

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
