"""`feedbot init`: what a site offers, and a configuration that works as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedbot import config as configuration
from feedbot.config import Config
from feedbot.demo import STORIES
from feedbot.demo.portal import Portal
from feedbot.errors import FeedbotError, Refused
from feedbot.operations.inspection import FEWEST_ARTICLES, SiteInspection, drafts, inspect_site
from feedbot.read.discover.named import site_name
from feedbot.schedule import open_tools
from tests.processes import feedbot, on_terminal
from tests.sample_pages import document
from tests.wire import Wire, reply

ROBOTS = "User-agent: *\nDisallow: /sport\nCrawl-delay: 0.1\n"
TITLES = {
    "Brand in haven van Rilland geblust": "brand-in-haven-van-rilland-geblust",
    "Koning opent nieuwe brug bij Kats": "koning-opent-nieuwe-brug-bij-kats",
    "Storm legt veerdienst naar Texel stil": "storm-legt-veerdienst-naar-texel-stil",
    "Oude molen van Retranchement draait weer": "oude-molen-van-retranchement-draait-weer",
}


def text(title: str) -> str:
    said = (
        f"{title}: dat is zin {number} van dit bericht, en van geen ander." for number in range(6)
    )
    return "".join(f"<p>{sentence}</p>" for sentence in said)


def listing(path: str, first: int, count: int = 4) -> str:
    rows = list(TITLES.items())[first : first + count]
    links = "".join(f'<h2><a href="{path}/{slug}">{title}</a></h2>' for title, slug in rows)
    sections = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in ("Zeeland", "Sport", "Weer"))  # fmt: skip
    return f"""<html lang="nl-NL"><head><meta property="og:site_name" content="De Schelde">
        <link rel="alternate" type="application/rss+xml" href="/rss.xml"></head>
        <body><nav><ul>{sections}</ul></nav><main>{links}</main></body></html>"""


def rss(count: int) -> str:
    rows = "".join(
        f"<item><title>{title}</title><link>/nieuws/{slug}</link></item>"
        for title, slug in list(TITLES.items())[:count]
    )
    return f'<rss version="2.0"><channel><title>De Schelde - RSS</title><language>nl</language>{rows}</channel></rss>'


@pytest.fixture
def site() -> Iterator[Wire]:
    with Wire() as site:
        site.answers |= {
            "/robots.txt": reply(ROBOTS, content_type="text/plain"),
            "/nieuws": reply(listing("/nieuws", 0)),
            "/zeeland": reply(listing("/zeeland", 0, 3)),
            "/leeg": reply(listing("/leeg", 0, 0)),
            "/rss.xml": reply(rss(4), content_type="application/rss+xml"),
            "/weer": reply("<p>Het wordt morgen mooi weer.</p>"),
        }
        for title, slug in TITLES.items():
            page = reply(f"<title>{title}</title><h1>{title}</h1>{text(title)}")
            site.answers |= {f"/nieuws/{slug}": page, f"/zeeland/{slug}": page}
        yield site


def look(url: str) -> SiteInspection:
    config = configuration.for_listing(url)
    polling = replace(config.sources[0].polling, delay=timedelta())
    with open_tools(config, lambda: datetime.now(UTC)) as tools:
        return inspect_site(replace(config.sources[0], polling=polling), tools)


def understood(seen: SiteInspection, *topics: str) -> Config:
    return configuration.parse(drafts([(seen, seen.listings[0])], [], topics), Path("feedbot.toml"))


def test_what_a_site_offers_is_found(site: Wire) -> None:
    seen = look(f"{site.url}/nieuws")
    assert (seen.name, seen.language, seen.timezone) == ("De Schelde", "nl", "Europe/Amsterdam")
    assert [(one.url, one.label, one.articles, one.is_feed) for one in seen.listings] == [
        (f"{site.url}/nieuws", "", 4, False),
        (f"{site.url}/zeeland", "Zeeland", 3, False),
    ]
    assert seen.refused == (f"{site.url}/sport",)
    assert seen.crawl_delay == 0.1
    assert "/sport" not in site.paths()


def test_a_feed_is_taken_where_the_page_lists_nothing(site: Wire) -> None:
    seen = look(f"{site.url}/leeg")
    first = seen.listings[0]
    assert (first.url, first.articles, first.is_feed) == (f"{site.url}/rss.xml", 4, True)


def test_a_feed_may_be_named_itself(site: Wire) -> None:
    seen = look(f"{site.url}/rss.xml")
    assert (seen.name, seen.language) == ("De Schelde - RSS", "nl")
    assert [one.url for one in seen.listings] == [f"{site.url}/rss.xml"]


def test_the_draft_is_a_configuration_and_says_what_else_there_is(site: Wire) -> None:
    seen = look(f"{site.url}/nieuws")
    config = understood(seen, "Rusland", "Walcheren & de Bevelanden")
    assert config.sources[0].urls == (f"{site.url}/nieuws",)
    assert [(topic.name, topic.any) for topic in config.topics] == [
        ("Rusland", ("country:RU",)),
        ("Walcheren & de Bevelanden", ("Walcheren & de Bevelanden",)),
    ]
    assert [topic.any for topic in understood(seen).topics] == [("*",)]
    text = drafts([(seen, seen.listings[0])], [], ())
    assert f'#   "{site.url}/zeeland"  # Zeeland: 3 articles' in text
    assert "0.1 s between requests" in text
    bare = text.replace("\n# Rusland", "\nRusland").replace("\n# Zeeland", "\nZeeland")
    topics = configuration.parse(bare, Path("feedbot.toml")).topics
    assert [topic.name for topic in topics] == ["Alles", "Rusland", "Zeeland"]


def test_names_and_languages_that_nobody_foresaw_are_written_well(site: Wire) -> None:
    site.answers["/nieuws"] = reply(
        listing("/nieuws", 0)
        .replace("De Schelde", "&quot;Zo&quot; \\ 't nieuws&#10; # é")
        .replace("nl-NL", "Klingon")
    )
    seen = look(f"{site.url}/nieuws")
    assert understood(seen).sources[0].name == '"Zo" \\ \'t nieuws # é'
    assert understood(seen).sources[0].language == "nl"


@pytest.mark.parametrize(
    ("host", "zone"),
    [
        ("nieuws.be", "Europe/Brussels"),
        ("news.co.uk", "Europe/London"),
        ("news.com", "Europe/Amsterdam"),
    ],
)
def test_the_time_zone_is_guessed_from_the_host_then_from_the_language(
    host: str, zone: str
) -> None:
    from feedbot.operations.inspection import _timezone

    assert _timezone(host, "nl") == zone
    assert _timezone("news.com", "es") == "UTC"


def test_where_nothing_is_listed_nothing_is_written(site: Wire) -> None:
    site.answers["/rss.xml"] = reply(rss(FEWEST_ARTICLES - 1), content_type="application/rss+xml")
    site.answers["/zeeland"] = reply(listing("/zeeland", 0, FEWEST_ARTICLES - 1))
    with pytest.raises(FeedbotError, match="no list of articles was found"):
        look(f"{site.url}/leeg")
    with pytest.raises(Refused, match=r"robots\.txt does not allow it"):
        look(f"{site.url}/sport")


def test_the_built_in_site_has_sections() -> None:
    with Portal(at_first=len(STORIES)) as portal:
        seen = look(portal.url)
    labels = {one.label for one in seen.listings}
    assert {"Zeeland", "Binnenland", "Buitenland", "Sport"} <= labels


def test_a_front_page_with_a_few_cards_is_passed_over_for_the_page_that_lists_the_news(
    site: Wire,
) -> None:
    home = listing("/nieuws", 0, 3).replace("</main>", "<a href='/nieuws'>Meer nieuws</a></main>")
    site.answers["/"] = reply(home)
    assert look(f"{site.url}/").listings[0].url == f"{site.url}/nieuws"
    assert look(f"{site.url}/zeeland").listings[0].url == f"{site.url}/zeeland", "it was named"


def test_a_front_page_that_lists_more_than_any_other_stays(site: Wire) -> None:
    site.answers["/"] = reply(listing("/nieuws", 0, 4))
    site.answers["/nieuws"] = reply(listing("/nieuws", 0, 3))
    assert look(f"{site.url}/").listings[0].url == f"{site.url}/"


NAMED = {
    "<meta property='og:site_name' content='De Schelde'><title>Home</title>": "De Schelde",
    "<title>Nieuws | Gemeente Veere</title>": "Gemeente Veere",
    "<title>Gemeente Veere - Home</title>": "Gemeente Veere",
    "<title>Welkom bij ons</title><meta name='application-name' content='Home'>": "",
    "<title>Laatste nieuws: alles uit de streek • Veerenieuws</title>": "Veerenieuws",
    '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "De Kust"}]}'
    "</script><title>Nieuws uit de streek</title>": "De Kust",
}


@pytest.mark.parametrize(("head", "name"), NAMED.items())
def test_a_site_is_named_as_it_names_itself(head: str, name: str) -> None:
    page = document(f"<html><head>{head}</head><body></body>", "https://www.veere.example/nieuws")
    assert site_name(page) == name


# --- the command ------------------------------------------------------------------------------


def test_what_it_writes_can_be_polled_at_once(tmp_path: Path, site: Wire) -> None:
    site.answers["/robots.txt"] = reply(status=404)
    done = feedbot(tmp_path, "init", f"{site.url}/nieuws", "--topic", "Rusland")
    assert (done.returncode, done.stderr) == (0, "")
    assert "4 articles" in done.stdout
    polled = feedbot(tmp_path, "poll")
    assert polled.returncode == 0, polled.stderr
    assert (tmp_path / "feeds" / "rusland.xml").exists()


def test_headlines_feeds_and_the_lasting_address_are_told_before_anything_is_polled(
    tmp_path: Path, site: Wire
) -> None:
    site.answers["/robots.txt"] = reply(status=404)
    done = feedbot(tmp_path, "init", f"{site.url}/nieuws")
    for title in TITLES:
        assert title in done.stdout
    assert f"De Schelde has its own feed: {site.url}/rss.xml" in done.stdout
    assert "Before the first poll, set [feeds] url" in done.stdout
    written = (tmp_path / "feedbot.toml").read_text()
    assert f'which you can use instead: "{site.url}/rss.xml"' in written
    assert "all entry ids for good" in written


def test_a_configuration_that_is_there_stays_as_it_is(tmp_path: Path, site: Wire) -> None:
    (tmp_path / "feedbot.toml").write_text("mine")
    done = feedbot(tmp_path, "init", f"{site.url}/nieuws")
    assert done.returncode == 2
    assert "feedbot.toml already exists; name another file with -c" in done.stderr
    assert (tmp_path / "feedbot.toml").read_text() == "mine"
    assert site.requests == []


def test_on_a_terminal_it_asks_what_to_take(tmp_path: Path, site: Wire) -> None:
    typed = "2\nChina, Kats\n"
    status, said = on_terminal(tmp_path, "init", f"{site.url}/nieuws", typed=typed)
    assert status == 0, said
    assert "Which listing" in said
    config = configuration.load(tmp_path / "feedbot.toml")
    assert config.sources[0].urls == (f"{site.url}/zeeland",)
    assert [topic.any for topic in config.topics] == [("country:CN",), ("Kats",)]


OPML = """<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0"><head><title>Mijn feeds</title></head><body>
<outline text="Streek"><outline type="rss" text="De Schelde" title="De Schelde" xmlUrl="{url}/rss.xml"
 htmlUrl="{url}/nieuws"/><outline type="rss" text="Elders" xmlUrl="https://elders.be/feed?a=1&amp;b=2"/></outline>
<outline text="De Schelde" xmlUrl="https://www.deschelde.nl/atom"/><outline text="Weg" xmlUrl="feed:x"/>
<outline text="Dubbel" xmlUrl="{url}/rss.xml"/></body></opml>
"""


def test_the_subscriptions_of_an_opml_file_become_sources(tmp_path: Path, site: Wire) -> None:
    (tmp_path / "feeds.opml").write_text(OPML.format(url=site.url))
    done = feedbot(tmp_path, "init", "feeds.opml", "-t", "Rusland")
    assert done.returncode == 0, done.stderr
    assert "3 subscriptions" in done.stdout
    config = configuration.load(tmp_path / "feedbot.toml")
    assert [(one.name, one.urls) for one in config.sources] == [
        ("De Schelde", (f"{site.url}/rss.xml",)),
        ("Elders", ("https://elders.be/feed?a=1&b=2",)),
        ("De Schelde 2", ("https://www.deschelde.nl/atom",)),
    ]
    assert config.sources[1].timezone == "Europe/Brussels"
    assert [one.name for one in config.topics] == ["Rusland"]
    assert site.requests == []


@pytest.mark.parametrize("text", ["", "<opml>", "<html><body>Hoi</body></html>", "[]", "<opml><body/></opml>"])  # fmt: skip
def test_what_is_no_opml_is_a_mistake(tmp_path: Path, text: str) -> None:
    (tmp_path / "feeds.opml").write_text(text)
    done = feedbot(tmp_path, "init", "feeds.opml")
    assert done.returncode == 2
    assert "feeds.opml: " in done.stderr
    assert not (tmp_path / "feedbot.toml").exists()


def test_several_sites_are_looked_at_and_one_that_fails_costs_itself(
    tmp_path: Path, site: Wire
) -> None:
    done = feedbot(tmp_path, "init", f"{site.url}/nieuws", f"{site.url}/sport", f"{site.url}/zeeland")  # fmt: skip
    assert done.returncode == 1
    assert "robots.txt does not allow it" in done.stderr
    config = configuration.load(tmp_path / "feedbot.toml")
    assert [(one.name, one.urls) for one in config.sources] == [
        ("De Schelde", (f"{site.url}/nieuws",)),
        ("De Schelde 2", (f"{site.url}/zeeland",)),
    ]
