"""Listings made for machines, and listings that go on: read like any other, on a real site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

import pytest

from feedbot import config as configuration
from feedbot.demo import STORIES
from feedbot.demo import configuration as sample
from feedbot.demo.portal import Portal
from feedbot.demo.server import Answer
from feedbot.model import Report
from feedbot.poll import poll
from feedbot.schedule import open_tools
from feedbot.store import queries
from tests.processes import on_terminal

NOW = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)
PUBLISHED = NOW - timedelta(hours=3)
ISO = PUBLISHED.isoformat()


class Announcing(Portal):
    """The portal with listings for machines beside those for people."""

    def _find(self, path: str, target: str) -> Answer:
        urls = [self.address(one.story) for one in self._shown]
        titles = [one.story.headline for one in self._shown]
        rows = list(zip(urls, titles, strict=True))
        match path:
            case "/rss.xml":
                return Answer(content_type="application/rss+xml", body=rss(rows))
            case "/atom.xml":
                return Answer(content_type="text/xml; charset=utf-8", body=atom(rows))
            case "/feed.json":
                return Answer(content_type="application/json", body=json_feed(rows))
            case "/sitemap.xml":
                return Answer(content_type="application/xml", body=sitemap(rows, news=False))
            case "/news.xml":
                return Answer(content_type="application/xml", body=sitemap(rows, news=True))
            case "/index.xml":
                return Answer(content_type="application/xml", body=sitemap_index(self.origin))
            case "/leeg":
                head = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
                return Answer(
                    body=f"<html><head>{head}</head><body><p>JavaScript</p></body></html>"
                )
            case "/bom.xml":
                return Answer(content_type="application/xml", body=BOMB)
            case _:
                return super()._find(path, target)


def rss(rows: list[tuple[str, str]]) -> str:
    entries = "".join(
        f"<item><title>{escape(title)}</title><link>{url}?utm_source=rss</link>"
        f"<pubDate>{format_datetime(PUBLISHED)}</pubDate>"
        "<description>&lt;p&gt;Een korte samenvatting.&lt;/p&gt;</description></item>"
        for url, title in rows
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{entries}</channel></rss>'


def atom(rows: list[tuple[str, str]]) -> str:
    entries = "".join(
        f'<entry><id>{url}</id><title>{escape(title)}</title><link href="{url}"/>'
        f"<updated>{ISO}</updated></entry>"
        for url, title in rows
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{entries}</feed>'


def json_feed(rows: list[tuple[str, str]]) -> str:
    items = [{"id": url, "url": url, "title": title, "date_published": ISO} for url, title in rows]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items})


def sitemap(rows: list[tuple[str, str]], *, news: bool) -> str:
    extra = "<n:news><n:publication_date>{}</n:publication_date><n:title>{}</n:title></n:news>"
    entries = "".join(
        f"<url><loc>{url}</loc>"
        + (extra.format(ISO, escape(title)) if news else f"<lastmod>{ISO}</lastmod>")
        + "</url>"
        for url, title in rows
    )
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {spaces}>{entries}</urlset>'


def sitemap_index(origin: str) -> str:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    rows = "".join(f"<sitemap><loc>{origin}/{name}</loc></sitemap>" for name in ("alt", "news.xml"))
    return f"<sitemapindex {space}>{rows}</sitemapindex>"


BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("bcdefgh", "cdefghi", strict=True))
    + "]><rss><channel><item><link>http://x.example/</link><title>&i;</title></item></channel></rss>"
)


@pytest.fixture
def portal() -> Iterator[Announcing]:
    with Announcing(clock=lambda: NOW) as portal:
        yield portal


def visit(
    folder: Path, portal: Portal, path: str, times: int = 1, **polling: object
) -> list[Report]:
    file = folder / "feedbot.toml"
    file.write_text(sample(portal.url, folder), encoding="utf-8")
    config, reports = configuration.load(file), []
    source = config.sources[0]
    source = replace(
        source,
        urls=(portal.origin + path,),
        polling=replace(source.polling, **polling),  # type: ignore[arg-type]
    )
    config = replace(config, sources=(source,))
    with open_tools(config, lambda: NOW) as tools:
        for _ in range(times):
            (held,) = tools.store.claim(None, NOW, due_only=False)
            reports.append(poll(source, held, tools))
        with tools.store.read() as connection:
            stories = {s.article.title: s for s in queries.stories_after(connection, 0, 1000)}
    for truth in STORIES:
        if truth.headline in stories:
            assert stories[truth.headline].article.paragraphs == truth.paragraphs
    return reports


@pytest.mark.parametrize(
    "path",
    ["/rss.xml", "/atom.xml", "/feed.json", "/sitemap.xml", "/news.xml", "/index.xml", "/leeg"],
)
def test_a_listing_for_machines_is_a_listing(tmp_path: Path, portal: Announcing, path: str) -> None:
    first, second = visit(tmp_path, portal, path, times=2)
    assert first.error is None
    assert first.count("new") == len(portal.stories)
    assert second.count("new") == 0
    assert second.error is None
    assert not [target for _, target, _ in portal.requests if "utm_" in target]


def test_an_article_that_a_feed_lists_is_the_one_that_a_page_lists(
    tmp_path: Path, portal: Announcing
) -> None:
    visit(tmp_path, portal, "/nieuws")
    (report,) = visit(tmp_path, portal, "/rss.xml")
    assert report.count("new") == 0


def test_entities_that_grow_without_end_are_not_followed(
    tmp_path: Path, portal: Announcing
) -> None:
    (report,) = visit(tmp_path, portal, "/bom.xml")
    assert report.count("new") == 0
    assert report.error


def test_the_first_visit_goes_back_as_far_as_it_may(tmp_path: Path) -> None:
    with Announcing(clock=lambda: NOW, at_first=len(STORIES)) as portal:
        shallow = visit(tmp_path / "a", portal, "/nieuws", backfill=1)[0].count("new")
        deep, again = visit(tmp_path / "b", portal, "/nieuws", times=2, backfill=50)
        assert shallow < deep.count("new") == len(STORIES)
        listed = [path for _, path, _ in portal.requests if path.startswith("/nieuws?page=")]
        assert len(listed) == len(set(listed)) < 50, "no page twice, none beyond the last"
        assert again.count("new") == 0


def test_the_first_visit_shows_how_far_it_is(tmp_path: Path) -> None:
    with Portal(at_first=len(STORIES)) as portal:
        text = sample(portal.url, tmp_path).replace('delay = "0s"', 'delay = "0s"\nbackfill = 9')
        (tmp_path / "feedbot.toml").write_text(text, encoding="utf-8")
        status, seen = on_terminal(tmp_path, "poll")
    assert status == 0, seen
    percents = [int(percent) for percent in re.findall(r"reading.*?(\d+)%", seen)]
    assert percents, "a bar"
    assert percents == sorted(percents)
    assert str(len(STORIES)) in seen, "the table is there, too"


@pytest.fixture(autouse=True)
def folders(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
