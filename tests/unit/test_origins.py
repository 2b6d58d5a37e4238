"""Where what is known of an article came from, as `feedbot why` names it."""

from __future__ import annotations

import pytest

from feedbot.cli.output import account_json, account_text
from feedbot.model import Article, Link, Origins, Select
from feedbot.operations.explain import Account
from feedbot.store.records import pack_article, unpack_article
from tests.sample_pages import HOME, TITLE, html, paragraphs, read

LD = f"""<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}",
"author": "Jan Jansen", "image": "/spoor.jpg"}}</script>"""
META = f"""<meta property="og:title" content="{TITLE}"><meta name=author content="Jan Jansen">
<meta property="og:image" content="/spoor.jpg">"""
FIGURE = "<figure><img src=/spoor.jpg width=800 height=500></figure>"


def page(line: str = "", head: str = "", h1: str = TITLE) -> str:
    heading = f"<h1>{h1}</h1>" if h1 else ""
    return html(f"<article>{heading}{line}{paragraphs()}</article>", head)


@pytest.mark.parametrize(
    ("markup", "origins"),
    [
        (page(), Origins(title="h1", language="text")),
        (page(head=LD), Origins(title="h1", authors="json-ld", image="json-ld", language="text")),
        (page(head=META), Origins(title="h1", authors="meta", image="meta", language="text")),
        (
            page(f"<p>Door Jan Jansen</p>{FIGURE}"),
            Origins(title="h1", authors="visible", image="figure", language="text"),
        ),
        (
            page("<p class=byline>Jan Jansen</p>"),
            Origins(title="h1", authors="byline", language="text"),
        ),
        (
            page(head=META, h1=""),
            Origins(title="og:title", authors="meta", image="meta", language="text"),
        ),
        (page(h1=""), Origins(title="title", language="text")),
    ],
)
def test_every_value_has_an_origin(markup: str, origins: Origins) -> None:
    assert read(markup).origins == origins


def test_the_operator_and_the_listing_are_origins_too() -> None:
    link = Link(url=f"{HOME}/1", title=TITLE)
    bare = f"<html lang=nl><body><article>{paragraphs()}</article>"
    assert read(bare, link=link).origins.title == "listing"
    shown = bare.replace("<article>", f"<article><p><b>{TITLE}</b></p>")
    assert read(shown, link=link).origins.title == "line"
    linked = bare.replace("<article>", f"<ul><li><a href=/2>{TITLE}</a></ul><article>")
    assert read(linked, link=link).origins.title == "listing"
    assert read(page(), select=Select(title="h1")).origins.title == "select"


def test_a_text_that_does_not_tell_is_in_the_language_that_is_declared() -> None:
    names = (
        "Borussia Dortmund – Bayern München 2:1 (1:0). Tore: Haaland, Reus, Lewandowski, Kimmich. "
    )
    markup = f"<html lang=de><body><article><h1>{TITLE}</h1><p>{names * 3}</p></article>"
    assert read(markup).origins.language == "page"


def test_origins_are_stored() -> None:
    article = read(page(head=LD))
    assert unpack_article(pack_article(article)).origins == article.origins


def explained(article: Article) -> Account:
    return Account(
        url=article.url, article=article, published=None, verdict="new", story=None, routings=(),
        topics=(),
    )  # fmt: skip


def test_why_names_them() -> None:
    account = explained(read(page(head=LD)))
    assert account_json(account)["origins"]["authors"] == "json-ld"
    text = " ".join(account_text(account).split())
    assert "authors Jan Jansen (from: json-ld)" in text
    assert f"title {TITLE} (from: h1)" in text
    assert "language nl (from: text)" in text
