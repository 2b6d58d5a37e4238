"""A service page that a listing lists is no article where the site's articles declare what they are."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedbot import config as configuration
from feedbot.model import Origin, Page, Source
from feedbot.poll.strays import declares_dates
from feedbot.read.extract import extract, is_undeclared
from feedbot.read.site_model import SiteModel
from feedbot.schedule import open_tools, poll_once
from feedbot.web.document import parse
from tests.wire import Wire, reply

NOON = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)
TERMS = "Voorwaarden voor het gebruik van deze site"
DATE = '<meta property="article:published_time" content="2026-02-01T08:00:00+01:00">'


def page(title: str, head: str = "") -> bytes:
    text = "".join(
        f"<p>{title}, zo staat het in deel {at} van wat de redactie daarover heeft geschreven.</p>"
        for at in range(5)
    )
    return reply(f"<title>{title}</title>{head}<main><h1>{title}</h1>{text}</main>")


def sitemap(url: str, paths: list[str]) -> bytes:
    places = "".join(
        f"<url><loc>{url}{path}</loc><lastmod>2026-02-01</lastmod></url>" for path in paths
    )
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return reply(f'<urlset xmlns="{xmlns}">{places}</urlset>', content_type="application/xml")


@pytest.mark.parametrize(("head", "left"), [(DATE, True), ("", False)])
@pytest.mark.parametrize("late", [False, True])
def test_a_service_page_of_a_sitemap_is_told_by_the_articles_of_its_site(
    tmp_path: Path, head: str, *, left: bool, late: bool
) -> None:
    with Wire() as site:
        titles = {
            f"/nieuws/brug-nummer-{at}-is-open": f"Brug nummer {at} is open" for at in range(8)
        }
        site.answers |= {path: page(title, head) for path, title in titles.items()}
        site.answers["/algemene-voorwaarden-van-de-site"] = page(TERMS)
        everything = sitemap(site.url, [*titles, "/algemene-voorwaarden-van-de-site"])
        first = sitemap(site.url, [*titles]) if late else everything
        site.answers["/sitemap.xml"] = [first, everything]
        path = tmp_path / "feedbot.toml"
        path.write_text(
            '[feeds]\nurl = "https://feeds.example.org/"\n[topics]\nAlles = "*"\n'
            f'[[sources]]\nname = "a"\nurl = "{site.url}/sitemap.xml"\ndelay = "0s"\n',
            encoding="utf-8",
        )
        config = configuration.load(path)
        published: set[str] = set()
        for visit in range(2):
            now = NOON + timedelta(hours=visit)
            with open_tools(config, lambda now=now: now) as tools:
                report = poll_once(config, tools, ["a"], threading.Event()).reports[0]
            published |= {title for _, title, verdict in report.verdicts if verdict == "new"}
    assert set(titles.values()) <= published
    assert (TERMS not in published) == left


ROWS: list[tuple[list[Origin], int, bool]] = [
    (["meta"] * 8, 1, True),
    (["json-ld"] * 9 + ["listing"], 3, True),
    (["meta"] * 2, 1, False),  # too few to know
    (["meta"] * 6 + ["visible"] * 2, 1, False),  # no habit of the site
    (["meta"] * 8, 8, False),  # half of its pages declare nothing
]


@pytest.mark.parametrize(("origins", "others", "told"), ROWS)
def test_how_a_site_declares_its_articles_is_known_from_enough_of_them(
    origins: list[Origin], others: int, *, told: bool
) -> None:
    assert declares_dates(origins, others) == told


def test_a_page_that_declares_itself_in_broken_words_is_not_bare() -> None:
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026</script>'
    for head, undeclared in ((broken, False), ("", True)):
        url = "https://krant.example/nieuws/brug-is-open"
        body = page("Brug is open", head).partition(b"\r\n\r\n")[2]
        document = parse(Page(url=url, requested=url, body=body, fetched_at=NOON))
        article = extract(document, Source(name="a", urls=(url,)), SiteModel(), None)
        assert is_undeclared(document, article) == undeclared
