"""A service page that a listing lists is no article where the site's articles declare what they are."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedbot import config as configuration
from feedbot.config import Config
from feedbot.model import Origin, Page, Source
from feedbot.poll.strays import says_when
from feedbot.read.extract import extract, is_undeclared
from feedbot.read.site_model import SiteModel
from feedbot.schedule import open_tools, poll_once
from feedbot.web.document import parse
from tests.wire import Wire, reply

NOON = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)
TERMS = "Voorwaarden voor het gebruik van deze site"
DATE = '<meta property="article:published_time" content="2026-02-01T08:00:00+01:00">'


def page(title: str, head: str = "", below: str = "") -> bytes:
    text = "".join(
        f"<p>{title}, zo staat het in deel {at} van wat de redactie daarover heeft geschreven.</p>"
        for at in range(5)
    )
    return reply(f"<title>{title}</title>{head}<main><h1>{title}</h1>{below}{text}</main>")


def sitemap(url: str, paths: list[str]) -> bytes:
    places = "".join(
        f"<url><loc>{url}{path}</loc><lastmod>2026-02-01</lastmod></url>" for path in paths
    )
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return reply(f'<urlset xmlns="{xmlns}">{places}</urlset>', content_type="application/xml")


def configured(tmp_path: Path, url: str) -> Config:
    path = tmp_path / "feedbot.toml"
    path.write_text(
        '[feeds]\nurl = "https://feeds.example.org/"\n[topics]\nAlles = "*"\n'
        f'[[sources]]\nname = "a"\nurl = "{url}"\ndelay = "0s"\n',
        encoding="utf-8",
    )
    return configuration.load(path)


def visited(config: Config, hour: int) -> set[str]:
    """The titles that a visit publishes, so many hours after noon."""
    with open_tools(config, lambda: NOON + timedelta(hours=hour)) as tools:
        report = poll_once(config, tools, ["a"], threading.Event()).reports[0]
    return {title for _, title, verdict in report.verdicts if verdict == "new"}


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
        config = configured(tmp_path, f"{site.url}/sitemap.xml")
        published = visited(config, 0) | visited(config, 1)
    assert set(titles.values()) <= published
    assert (TERMS not in published) == left


# --- told by what readers see -----------------------------------------------------------------

DAYS = ("27 januari 2026", "25 januari 2026", "23 januari 2026", "21 januari 2026")
NEWS = tuple(f"Brug nummer {at} is weer open voor verkeer" for at in range(4))
PERMIT = "Vergunning aanvragen voor een kleine verbouwing"
ARTICLES = {f"/p/{at}-de-brug-is-weer-open": title for at, title in enumerate(NEWS)}
TIMED = '<p>Dinsdag <time datetime="2026-03-17T19:30">17 maart 2026</time></p>'


def listing(days: Sequence[str], beside: str = "") -> bytes:
    rows = "".join(
        f"<li><h3><a href='{path}'>{title}</a></h3><p>{day}</p></li>"
        for (path, title), day in zip(ARTICLES.items(), days, strict=True)
    )
    more = (
        f"<ul><li><h3><a href='/p/vergunning-voor-verbouwing'>{PERMIT}</a></h3><p>{beside}</p></ul>"
    )
    return reply(f"<main><h1>Nieuws</h1><ul>{rows}</ul><h2>Regelen</h2>{more}</main>")


@pytest.mark.parametrize(
    ("days", "dated", "own", "left"),
    [
        pytest.param(DAYS, 4, "", True, id="neither the listing nor the page says when"),
        pytest.param(DAYS, 4, TIMED, True, id="the page says when something is to be"),
        pytest.param(DAYS, 4, "<p>27 januari 2026</p>", False, id="the page says when"),
        pytest.param(DAYS, 4, "<p>Door Marijke de Wit</p>", False, id="it has an author"),
        pytest.param(("",) * 4, 4, "", False, id="the listing says when of none"),
        pytest.param((*DAYS[:3], ""), 4, "", False, id="the listing does not say of all"),
        pytest.param(DAYS, 3, "", False, id="the pages do not say of all"),
    ],
)
def test_a_page_is_told_by_the_days_that_the_others_show(
    tmp_path: Path, days: Sequence[str], dated: int, own: str, *, left: bool
) -> None:
    """One that was left is asked for once more, and then remembered."""
    with Wire() as site:
        for at, (path, title) in enumerate(ARTICLES.items()):
            site.answers[path] = page(title, below=f"<p>{DAYS[at]}</p>" if at < dated else "")
        site.answers["/p/vergunning-voor-verbouwing"] = page(PERMIT, below=own)
        site.answers["/nieuws"] = listing(days)
        config = configured(tmp_path, f"{site.url}/nieuws")
        first, *later = (visited(config, hour) for hour in (0, 26, 80))
        asked = [one for one in site.paths() if "vergunning" in one]
    assert set(NEWS) <= first
    assert (PERMIT not in first.union(*later)) == left
    assert not left or len(asked) == 2


@pytest.mark.parametrize(("shown", "left"), [(DAYS, True), (("",) * 4, False)])
def test_what_the_listing_says_first_may_stand_on_the_pages_too(
    tmp_path: Path, shown: Sequence[str], *, left: bool
) -> None:
    with Wire() as site:
        for (path, title), day in zip(ARTICLES.items(), shown, strict=True):
            told = (
                f"<p>Kom eens kijken in de haven, op {day or 'een dag'}, want dan is hij open.</p>"
            )
            site.answers[path] = page(title, below=told)
        site.answers["/p/vergunning-voor-verbouwing"] = page(PERMIT)
        site.answers["/nieuws"] = listing(DAYS)
        published = visited(configured(tmp_path, f"{site.url}/nieuws"), 0)
    assert set(NEWS) <= published
    assert (PERMIT not in published) == left


@pytest.mark.parametrize(
    ("dated", "name", "beside", "left"),
    [
        pytest.param(4, "De vereniging", "section", True, id="a name, listed apart"),
        pytest.param(4, "Steiger bij de haven is weer open", "section", False, id="a headline"),
        pytest.param(4, "De vereniging", "", False, id="listed among the articles"),
        pytest.param(2, "De vereniging", "section", False, id="the pages show no day"),
    ],
)
def test_a_page_that_has_a_name_and_is_listed_apart_is_no_article(
    tmp_path: Path, dated: int, name: str, beside: str, *, left: bool
) -> None:
    """The front page of a club: its news, and what it is."""
    with Wire() as site:
        rows = ""
        for at, (path, title) in enumerate(ARTICLES.items()):
            site.answers[path] = page(title, below=f"<p>{DAYS[at]}</p>" if at < dated else "")
            rows += f"<article><h3><a href='{path}'>{title}</a></h3></article>"
        for at in range(3):
            site.answers[f"/p/{at}-van-de-club"] = page(f"{name} {at}")
        more = "".join(f"<h3><a href='/p/{at}-van-de-club'>{name} {at}</a></h3>" for at in range(3))
        more = (
            f"<section class=wij>{more}</section>"
            if beside
            else more.replace("<h3>", "<article><h3>").replace("</h3>", "</h3></article>")
        )
        site.answers["/"] = reply(f"<main><h1>De club</h1>{rows}{more}</main>")
        published = visited(configured(tmp_path, f"{site.url}/"), 0)
    assert set(NEWS) <= published
    assert published.isdisjoint({f"{name} {at}" for at in range(3)}) == left


def test_a_short_headline_that_comes_later_is_no_name(tmp_path: Path) -> None:
    """It may be the lead of the day, in a place of its own."""
    with Wire() as site:
        rows = ""
        for at, (path, title) in enumerate(ARTICLES.items()):
            site.answers[path] = page(title, below=f"<p>{DAYS[at]}</p>")
            rows += f"<article><h3><a href='{path}'>{title}</a></h3></article>"
        site.answers["/p/9-brug-dicht"] = page("Brug dicht")
        new = "<article class=groot><h3><a href='/p/9-brug-dicht'>Brug dicht</a></h3></article>"
        site.answers["/"] = reply(f"<main><h1>De club</h1>{rows}</main>")
        config = configured(tmp_path, f"{site.url}/")
        assert set(NEWS) <= visited(config, 0)
        site.answers["/"] = reply(f"<main><h1>De club</h1>{new}{rows}</main>")
        assert "Brug dicht" in visited(config, 26)


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
    assert says_when(origins, others) == told


def test_a_page_that_declares_itself_in_broken_words_is_not_bare() -> None:
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026</script>'
    for head, undeclared in ((broken, False), ("", True)):
        url = "https://krant.example/nieuws/brug-is-open"
        body = page("Brug is open", head).partition(b"\r\n\r\n")[2]
        document = parse(Page(url=url, requested=url, body=body, fetched_at=NOON))
        article = extract(document, Source(name="a", urls=(url,)), SiteModel(), None)
        assert is_undeclared(document, article) == undeclared
