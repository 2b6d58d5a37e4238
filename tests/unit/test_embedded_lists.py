"""Lists of articles that a page holds for machines alone, where it shows no links."""

from __future__ import annotations

import json

import pytest

from feedbot.read.discover.links import consider_all
from tests.sample_pages import HOME, SOURCE, document

ARTICLES = {
    f"/nieuws/{slug}": title
    for slug, title in (
        ("brand-in-haven-van-rilland", "Brand in haven van Rilland geblust"),
        ("koning-opent-nieuwe-brug-bij-kats", "Koning opent nieuwe brug bij Kats"),
        ("storm-legt-veerdienst-stil", "Storm legt veerdienst naar Texel stil"),
        ("oude-molen-draait-weer", "Oude molen van Retranchement draait weer"),
    )
}


def state(value: object) -> str:
    return f'<script type="application/json">{json.dumps(value)}</script>'


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def rows(**names: str) -> list[dict[str, object]]:
    url, title = names.get("url", "url"), names.get("title", "title")
    return [{url: path, title: text, "id": n} for n, (path, text) in enumerate(ARTICLES.items())]


def cards(attribute: str) -> str:
    return "".join(
        f"<div class=kaart {attribute.format(path)}><h2>{title}</h2><p>Een regel over {title}.</p></div>"
        for path, title in ARTICLES.items()
    )


LISTS = {
    "ItemList of addresses and names": ld({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": n, "url": HOME + path, "name": title} for n, (path, title) in enumerate(ARTICLES.items())]}),
    "ItemList of articles": ld({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {"@type": "NewsArticle", "url": path, "headline": title}} for path, title in ARTICLES.items()]}),
    "a page of parts": ld({"@type": "CollectionPage", "hasPart": [{"@type": "NewsArticle", "@id": HOME + path, "headline": title} for path, title in ARTICLES.items()]}),
    "state": state({"props": {"items": rows()}}),
    "state with links and names": state({"a": {"b": rows(url="permalink", title="headline")}}),
    "state by name": state({"byId": {str(one["id"]): one for one in rows()}}),
    "state of nodes": state({"edges": [{"node": one} for one in rows()]}),
    "state that is a list": state(rows()),
    "state beside a menu": state({"menu": [{"title": "Home", "url": "/"}, {"title": "Contact", "url": "/contact"}], "items": rows()}),
    "assigned": f"<script>window.__STATE__ = {json.dumps({'items': rows()})};</script>",
    "data-href": cards("data-href='{}'"),
    "data-url": cards("data-url='{}' role=link"),
    "elements of its own": "".join(f"<news-card headline='{title}' href='{path}'></news-card>" for path, title in ARTICLES.items()),
    "elements of its own with text": "".join(f"<my-teaser href='{HOME}{path}'><b slot=title>{title}</b></my-teaser>" for path, title in ARTICLES.items()),
    "elements of its own with a title": "".join(f"<li><x-story-link title='{title}' href='{path}'></x-story-link></li>" for path, title in ARTICLES.items()),
    "onclick": cards('onclick="window.location.href=\'{}\'"'),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_page_without_links_gives_those_for_machines(name: str) -> None:
    page = document(f"<html lang=nl><body><h1>Nieuws</h1>{LISTS[name]}</body></html>", "/nieuws")
    found = consider_all(page, SOURCE)
    assert {link.url: link.title for link in found.links} == {
        HOME + path: title for path, title in ARTICLES.items()
    }
    assert all(";" in link.why for link in found.links)


def test_links_that_readers_see_come_first() -> None:
    seen = "".join(f"<h2><a href='{path}'>{title}</a></h2>" for path, title in ARTICLES.items())
    hidden = state([{"title": f"Een ander bericht {n}", "url": f"/x/{n}"} for n in range(9)])
    page = document(f"<html><body><main>{seen}</main>{hidden}</body></html>", "/nieuws")
    assert [link.url for link in consider_all(page, SOURCE).links] == [HOME + p for p in ARTICLES]


@pytest.mark.parametrize(
    "said",
    [
        state({"menu": [{"title": "Home", "url": "/"}, {"title": "Over ons", "url": "/over-ons"}, {"title": "Contact", "url": "/contact"}]}),
        state([{"title": title, "url": "https://elders.example.com" + path} for path, title in ARTICLES.items()]),
        state({"items": [{"title": 3, "url": 4}] * 9}),
        ld({"@type": "BreadcrumbList", "itemListElement": [{"name": "Home", "item": HOME + "/"}]}),
        cards("data-href='#'"),
        *(f'<script type="application/json">{" " * 40}{said}</script>' for said in ("null", "7", '"x"', "}")),
    ],
)  # fmt: skip
def test_what_is_no_list_of_articles_gives_none(said: str) -> None:
    page = document(f"<html lang=nl><body><h1>Nieuws</h1>{said}</body></html>", "/nieuws")
    assert consider_all(page, SOURCE).links == ()


def test_dates_and_teasers_come_with_the_list() -> None:
    said = [one | {"publishedAt": "2026-02-02T09:00:00Z", "excerpt": "Kort."} for one in rows()]
    page = document(f"<html><body>{state(said)}</body></html>", "/nieuws")
    assert all(link.published for link in consider_all(page, SOURCE).links)


DATED = [one | {"__typename": "Story", "date": "2026-02-02T09:00:00Z"} for one in rows()]
BARE = [one | {"__typename": "Story"} for one in rows()]


@pytest.mark.parametrize(
    ("items", "other", "is_taken"),
    [
        (DATED, {"__typename": "Author", "title": "Anna van der Smit"}, False),
        (DATED, {"__typename": "Topic", "title": "Alles over de Westerschelde"}, False),
        (DATED, {"__typename": "Video", "title": "Zo dook de wolf op", "excerpt": "Kort."}, True),
        (DATED, {"__typename": "Story", "title": "Wolf gezien bij Kats"}, True),
        (DATED, {"title": "Wolf gezien bij Kats"}, True),
        (BARE, {"__typename": "Live", "title": "Wolf gezien bij Kats", "date": "2026-02-02"}, True),
    ],
)
def test_types_that_have_titles_alone_are_not_listed_beside_those_with_dates(
    items: list[dict[str, object]], other: dict[str, object], *, is_taken: bool
) -> None:
    url = "/nieuws/dit-is-het-andere-verhaal"
    said = state({"items": [*items, other | {"url": url}]})
    found = consider_all(document(f"<html lang=nl><body>{said}</body></html>", "/nieuws"), SOURCE)
    expected = {HOME + path for path in ARTICLES} | ({HOME + url} if is_taken else set())
    assert {link.url for link in found.links} == expected
