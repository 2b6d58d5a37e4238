"""Whatever a site answers, what was published stays, and no error becomes an entry."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import feedparser
import pytest

from feedbot import config as configuration
from feedbot.model import Report
from feedbot.poll import Tools
from feedbot.poll.pages import GIVE_UP
from feedbot.schedule import open_tools, poll_once
from tests.wire import Answer, Slowly, Wire, redirect, reply

NOON = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)
TITLES = {
    "/nieuws/brand-in-haven-van-rilland": "Brand in haven van Rilland geblust",
    "/nieuws/koning-opent-nieuwe-brug-bij-kats": "Koning opent nieuwe brug bij Kats",
    "/nieuws/storm-legt-veerdienst-naar-texel-stil": "Storm legt veerdienst naar Texel stil",
}
LATER = ("/nieuws/oude-molen-van-retranchement-draait", "Oude molen van Retranchement draait weer")
TEXT = (
    "De brandweer van Rilland heeft dinsdag een grote brand in een loods aan de haven geblust.",
    "Niemand raakte gewond. De oorzaak van de brand wordt nog onderzocht, zegt de burgemeester.",
    "Het dorp zat een uur lang zonder stroom, en de weg naar de dijk was tot de avond dicht.",
)
HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
SENTENCE = (
    "Er is op dit moment een storing. Probeer het over een paar minuten nog eens, of bel ons."
)


def listing(titles: dict[str, str]) -> bytes:
    links = "".join(f'<h2><a href="{path}">{title}</a></h2>' for path, title in titles.items())
    return reply(f"<main>{links}</main>")


def article(title: str) -> bytes:
    text = "".join(f"<p>{title}: {line}</p>" for line in TEXT)
    return reply(f"<title>{title}</title><body><main><h1>{title}</h1>{text}</main>")


def page(title: str, *paragraphs: str, status: int = 200) -> bytes:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    return reply(html, status=status)


BAD: dict[str, Answer] = {
    "400": page("Bad Request", SENTENCE, status=400),
    "401": page("Unauthorized", SENTENCE, status=401),
    "403": page("Access denied", SENTENCE, status=403),
    "404": page("Pagina niet gevonden", SENTENCE, status=404),
    "410": page("Verwijderd", SENTENCE, status=410),
    "429": page("Too many requests", SENTENCE, status=429),
    "500": page("Interne fout", SENTENCE, status=500),
    "503": page("Onderhoud", SENTENCE, status=503),
    "404 that says 200": page("Pagina niet gevonden", "De pagina die u zoekt bestaat niet (meer)."),
    "an error that says 200": page("Er ging iets mis", SENTENCE),
    "a consent wall": page("Privacyvoorkeuren", "Wij gebruiken cookies.", "Klik op akkoord om verder te gaan. Lees ons cookiebeleid en ons privacybeleid."),
    "a robot wall": page("Just a moment...", "Checking your browser before accessing the site. Enable JavaScript and cookies to continue."),
    "a shell for scripts": reply('<html><head><title>Nieuws</title></head><body><div id="root"></div><script src="/app.js"></script></body></html>'),
    "nothing": reply(""),
    "a single word": reply("OK", content_type="text/plain"),
    "a picture": reply(b"\x89PNG\r\n", content_type="image/png"),
    "JSON": reply('{"error": "internal"}', content_type="application/json"),
    "XML that is broken": reply("<rss><channel><item><title>x", content_type="application/rss+xml"),
    "an empty feed": reply('<rss version="2.0"><channel></channel></rss>', content_type="application/rss+xml"),
    "half a body": HEADERS + b"Content-Length: 900\r\n\r\n<main><h1>Brand",
    "no gzip": reply(b"nonsense", "Content-Encoding: gzip"),
    "half a gzip": reply(gzip.compress(b"<p>x</p>" * 999)[:40], "Content-Encoding: gzip"),
    "a hang-up": lambda connection: None,
    "a drip": Slowly(HEADERS + b"\r\n", b"<", 0.1),
    "a loop": redirect(302, "/nieuws"),
    "a way to a file": redirect(302, "file:///etc/passwd"),
    "a way inside": redirect(302, "http://169.254.169.254/latest/"),
    "304 out of the blue": reply(status=304),
}  # fmt: skip


class Desk:
    """A site, and feedbot that polls it and publishes."""

    tools: Tools

    def __init__(self, home: Path, site: Wire) -> None:
        self.home, self.site, self.now = home, site, NOON
        site.answers["/nieuws"] = listing(TITLES)
        site.answers |= {path: article(title) for path, title in [*TITLES.items(), LATER]}
        path = home / "feedbot.toml"
        path.write_text(
            '[feeds]\nurl = "https://feeds.example.org/"\n[topics]\nAlles = "*"\n'
            f'[[sources]]\nname = "a"\nurl = "{site.url}/nieuws"\n'
            'delay = "0s"\nrevisit = "0s"\ntimeout = "1s"\n',
            encoding="utf-8",
        )
        self.config = configuration.load(path)

    def poll(self, hours: float = 0.5) -> Report:
        self.now += timedelta(hours=hours)
        return poll_once(self.config, self.tools, ["a"], threading.Event()).reports[0]

    def files(self) -> dict[str, bytes]:
        paths = (self.home / "feeds").rglob("*")
        return {path.name: path.read_bytes() for path in paths if path.is_file()}

    def titles(self) -> set[str]:
        feed = feedparser.parse((self.home / "feeds" / "alles.xml").read_bytes())
        return {entry.title for entry in feed.entries}


@pytest.fixture
def site() -> Iterator[Wire]:
    with Wire() as site:
        yield site


@pytest.fixture
def desk(tmp_path: Path, site: Wire) -> Iterator[Desk]:
    desk = Desk(tmp_path, site)
    with open_tools(desk.config, lambda: desk.now) as desk.tools:
        yield desk


@pytest.mark.parametrize("name", BAD)
def test_a_listing_that_goes_wrong_costs_nothing_that_was_published(
    desk: Desk, site: Wire, name: str
) -> None:
    desk.poll()
    before = desk.files()
    assert desk.titles() == set(TITLES.values())
    site.answers["/nieuws"] = BAD[name]
    assert desk.poll().error
    assert desk.files() == before
    desk.now += timedelta(days=31)  # also after a 410
    site.answers["/nieuws"] = listing(dict([LATER]) | TITLES)
    assert desk.poll().error is None
    assert desk.titles() == {LATER[1], *TITLES.values()}


@pytest.mark.parametrize("name", BAD)
def test_articles_that_go_wrong_keep_their_entries_and_become_none(
    desk: Desk, site: Wire, name: str
) -> None:
    desk.poll()
    before = desk.files()
    site.answers["/nieuws"] = listing(dict([LATER]) | TITLES)
    good = {path: site.answers[path] for path in (*TITLES, LATER[0])}
    site.answers |= dict.fromkeys(good, BAD[name])
    report = desk.poll()
    assert desk.files() == before
    if name != "304 out of the blue":  # the first three were asked for on conditions, maybe
        assert {failure.step for failure in report.failures} <= {"fetch", "extract"}
        assert report.failures
        assert all(failure.problem and failure.url for failure in report.failures)
    site.answers |= good
    desk.now += timedelta(days=1, hours=1)
    desk.poll()
    wanted = set(TITLES.values()) | ({LATER[1]} if name != "410" else set())
    assert desk.titles() == wanted


def test_an_article_that_fails_is_tried_on_its_own_schedule_and_not_for_ever(
    desk: Desk, site: Wire
) -> None:
    bad = "/nieuws/brand-in-haven-van-rilland"
    site.answers[bad] = reply(status=500)
    tried = []
    end = NOON + GIVE_UP + timedelta(days=3)
    while desk.now < end:
        asked = site.paths().count(bad)
        desk.poll(hours=0.5 if len(tried) < 5 else 6)
        tried += [desk.now] * (site.paths().count(bad) - asked)
    gaps = [later - earlier for earlier, later in pairwise(tried)]
    assert gaps[0] <= timedelta(hours=1)
    assert gaps == sorted(gaps), "ever more seldom"
    assert timedelta(hours=24) <= gaps[-1] <= timedelta(hours=30)
    assert tried[-1] < NOON + GIVE_UP + timedelta(days=1, hours=7)
    assert desk.titles() == set(TITLES.values()) - {TITLES[bad]}
