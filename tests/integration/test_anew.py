"""Settings that say how a site is read: what is corrected in them shows, and no reader is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import escape
from pathlib import Path

import pytest

from feedbot.schedule import publish_all
from tests.krant import ListingsDesk, open_listings, tagged
from tests.quality.prose import Writer

ADVERTISEMENTS = [f"{Writer(('ad', n)).paragraph()} Met korting, lezer." for n in range(6)]


@pytest.fixture
def desk(tmp_path: Path, store_url: str) -> Iterator[ListingsDesk]:
    with open_listings(tmp_path, store_url) as desk:
        desk.list("/home", *range(6))
        yield desk


def show(desk: ListingsDesk, *, more: str = "") -> None:
    """Shows all articles, each with another advertisement that nothing tells apart."""
    krant = desk.krant
    for number, path in enumerate(krant.paths):
        first, *others = krant.articles[number].paragraphs
        text = "".join(f"<p>{escape(one)}</p>" for one in others)
        page = (
            f"<html lang='nl'><title>{krant.articles[number].title}</title><article>"
            f"<h1>{krant.articles[number].title}</h1><p>{escape(first)}</p>"
            f"<p class='x'>{ADVERTISEMENTS[number]}</p>{text}{more}</article></html>"
        )
        krant.wire.answers[path] = tagged(krant.wire, path, page, f'"{len(more)}"')


def test_a_listing_is_read_by_a_selector_that_is_corrected(desk: ListingsDesk) -> None:
    desk.configure(desk.source("Home", "/home", 'select.links = "li:first-child a"'))
    assert desk.visit("Home").count("new") == 1
    assert desk.visit("Home").count("new") == 0
    assert desk.krant.wire.requests[0].headers["if-none-match"]
    desk.configure(Home="/home")
    assert desk.visit("Home").count("new") == 5
    desk.visit("Home")
    assert desk.krant.wire.paths().count("/home") == 1


@pytest.mark.parametrize("more", ["", "<aside>Nu 12 graden in de stad.</aside>"])
def test_what_is_dropped_leaves_the_articles_that_are_published(
    desk: ListingsDesk, tmp_path: Path, more: str
) -> None:
    show(desk)
    topics = 'Boot = { any = "korting", threshold = 0.1 }'
    desk.configure(topics=topics, Home="/home")
    desk.visit("Home")
    assert desk.tools
    publish_all(desk.config, desk.tools.store)
    feed = tmp_path / "feeds" / "boot.xml"
    assert feed.read_text(encoding="utf-8").count("Met korting, lezer") >= 6
    before = desk.stories
    desk.now += timedelta(days=3)  # they are old by now, and would not be read again

    show(desk, more=more)
    desk.configure(desk.source("Home", "/home", 'select.drop = ".x"'), topics=topics)
    assert desk.visit("Home").count("unchanged") == 6
    after = desk.stories
    for path, one in zip(desk.krant.paths, desk.krant.articles, strict=True):
        assert after[path].article.paragraphs == one.paragraphs
    assert {path: (one.tag, one.updated, one.revisions) for path, one in before.items()} == {
        path: (one.tag, one.updated, one.revisions) for path, one in after.items()
    }
    publish_all(desk.config, desk.tools.store)
    assert "korting, lezer" not in feed.read_text(encoding="utf-8")
    desk.visit("Home")
    assert desk.krant.wire.paths() == ["/home"], "once is enough"
