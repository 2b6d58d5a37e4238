"""What a site says about being visited, and that feedbot does as it says: a table of behaviours.

Each row is a real server, real polls and a real store; only the clock is moved by hand.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from feedbot import config as configuration
from feedbot.config import Config
from feedbot.errors import FetchError, Refused
from feedbot.fetch import Fetcher
from feedbot.model import Page, Polling, Report, Source, Validators
from feedbot.operations.doctor import diagnose
from feedbot.operations.status import collect_status
from feedbot.poll import Tools, poll
from feedbot.poll.listings import GONE_AGAIN
from feedbot.poll.moves import SIGHTINGS
from feedbot.read.reader import Reader
from feedbot.schedule import open_tools, poll_once
from feedbot.sources import adaptive_interval
from feedbot.store import SourceState, Store, queries
from tests.hanging import FOR_EVER
from tests.wire import Answer, Wire, redirect, reply

NOON = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)
USUAL = (4, 20)  # minutes until a source of which nothing is known is visited again
TEXT = (
    "De brandweer van Rilland heeft dinsdag een grote brand in een loods aan de haven geblust.",
    "Niemand raakte gewond. De oorzaak van de brand wordt nog onderzocht, zegt de burgemeester.",
    "Het dorp zat een uur lang zonder stroom, en de weg naar de dijk was tot de avond dicht.",
)
LISTING = "<main>{}</main>".format(
    "".join(
        f"<h2><a href='/nieuws/{slug}'>{title}</a></h2>"
        for slug, title in (
            ("brand-in-haven-van-rilland", "Brand in haven van Rilland geblust"),
            ("koning-opent-nieuwe-brug-bij-kats", "Koning opent nieuwe brug bij Kats"),
        )
    )
)
ARTICLES = {
    "/nieuws/brand-in-haven-van-rilland": "Brand in haven van Rilland geblust",
    "/nieuws/koning-opent-nieuwe-brug-bij-kats": "Koning opent nieuwe brug bij Kats",
}
LINE = reply(LISTING)


def hang_up(connection: socket.socket) -> None:
    """Answers nothing."""


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Desk:
    """A site, and feedbot that polls it whenever the test says so."""

    def __init__(self, home: Path, site: Wire, sources: str = "") -> None:
        self.home, self.site, self.clock = home, site, Clock()
        for path, title in ARTICLES.items():
            text = "".join(f"<p>{title}: {line}</p>" for line in TEXT)
            site.answers[path] = reply(f"<title>{title}</title><h1>{title}</h1>{text}")
        path = home / "feedbot.toml"
        path.write_text(
            '[feeds]\nurl = "https://feeds.example.org/"\n[topics]\nAlles = "*"\n'
            '[polling]\ndelay = "0s"\nrevisit = "1d"\n'
            + (sources or f'[[sources]]\nname = "a"\nurl = "{site.url}/nieuws"\n'),
            encoding="utf-8",
        )
        self.config: Config = configuration.load(path)

    @contextmanager
    def tools(self) -> Iterator[Tools]:
        with open_tools(self.config, self.clock) as tools:
            yield tools

    def poll(self, tools: Tools, name: str = "a") -> Report:
        source = self.config.source(name)
        assert source
        [claim] = tools.store.claim([name], self.clock(), due_only=False)
        return poll(source, claim, tools)

    def state(self, tools: Tools, name: str = "a") -> SourceState:
        with tools.store.read() as connection:
            return queries.sources(connection, [name])[name]

    def listings(self) -> list[dict[str, str]]:
        """The headers of every request for the listing."""
        return [r.headers for r in self.site.requests if r.path == "/nieuws"]


@pytest.fixture
def site() -> Iterator[Wire]:
    with Wire() as site:
        yield site


def date(**after: float) -> str:
    return format_datetime(NOON + timedelta(**after), usegmt=True)


@dataclass(frozen=True)
class Row:
    """The answers to successive requests for the listing, and what must follow from them.

    sent    a header of the last request for the listing, and its value; None: not sent
    wait    minutes from the last visit until the next, at least and at most
    error   part of the error after the last visit; "" where there must be none
    asked   how often the listing was asked for; None: at each visit
    """

    answers: list[Answer]
    sent: tuple[str, str | None] = ("cookie", None)
    wait: tuple[float, float] = USUAL
    error: str = ""
    asked: int | None = None


def says(*headers: str, status: int = 200, body: str = LISTING) -> bytes:
    return reply(body, *headers, status=status)


OLD = reply(status=304)
RESET = "Connection: close"

ROWS = {
    # --- validators ---
    "a strong ETag": Row([says('ETag: "a-1"'), OLD], ("if-none-match", '"a-1"')),
    "a weak ETag": Row([says('ETag: W/"a 1"'), OLD], ("if-none-match", 'W/"a 1"')),
    "an ETag without quotes": Row([says("ETag: abc--gzip"), OLD], ("if-none-match", "abc--gzip")),
    "Last-Modified only": Row(
        [says("Last-Modified: Mon, 2 Feb 2026 9:00:00 +0100"), OLD],
        ("if-modified-since", "Mon, 2 Feb 2026 9:00:00 +0100"),
    ),
    "Last-Modified beside an ETag": Row(
        [says('ETag: "a"', f"Last-Modified: {date(hours=-1)}"), OLD],
        ("if-modified-since", date(hours=-1)),
    ),
    "an ETag alone asks by no date": Row([says('ETag: "a"'), OLD], ("if-modified-since", None)),
    "a new ETag with the same body": Row(
        [says('ETag: "0"'), says('ETag: "1"'), OLD], ("if-none-match", '"1"')
    ),
    "a new ETag with 304": Row(
        [says('ETag: "0"'), reply(b"", 'ETag: "1"', status=304), OLD], ("if-none-match", '"1"')
    ),
    "an ETag that is taken back": Row([says('ETag: "0"'), LINE, LINE], ("if-none-match", None)),
    "no validators": Row([LINE, LINE], ("if-none-match", None)),
    "an error between keeps the ETag": Row(
        [says('ETag: "0"'), says(status=500), OLD], ("if-none-match", '"0"')
    ),
    "an ETag longer than any": Row([says(f'ETag: "{"x" * 9000}"'), LINE], ("if-none-match", None)),
    "304 to what was never asked": Row([OLD], error="304 to a request without conditions", wait=(5, 6)),
    # --- freshness ---
    "max-age": Row([says("Cache-Control: public, max-age=3600")], wait=(60, 60)),
    "max-age of a year": Row([says("Cache-Control: max-age=31536000")], wait=(240, 240)),
    "max-age and Age": Row([says("Cache-Control: max-age=3600", "Age: 1800")], wait=(30, 30)),
    "max-age wins over Expires": Row(
        [says("Cache-Control: max-age=3600", f"Expires: {date(hours=3)}")], wait=(60, 60)
    ),
    "max-age of a 304": Row(
        [says('ETag: "0"'), reply(b"", "Cache-Control: max-age=3600", status=304)], wait=(60, 60)
    ),
    "s-maxage is not for us": Row([says("Cache-Control: s-maxage=7200")]),
    "no-cache": Row([says("Cache-Control: no-cache, max-age=7200")]),
    "no-store": Row([says("Cache-Control: no-store", f"Expires: {date(hours=3)}")]),
    "Expires": Row([says(f"Expires: {date(hours=2)}")], wait=(120, 120)),
    "Expires: 0": Row([says("Expires: 0")]),
    "Expires in the past": Row([says(f"Expires: {date(days=-9)}")]),
    "nonsense": Row([says("Cache-Control: max-age=soon", "Expires: tomorrow", "Age: young")]),
    # --- not now ---
    "429 with seconds": Row(
        [says("Retry-After: 7200", status=429)], wait=(120, 121), error="429 Too Many Requests"
    ),
    "429 with a date": Row(
        [says(f"Retry-After: {date(hours=2)}", status=429)], wait=(120, 121), error="429"
    ),
    "429 without": Row([says(status=429)], wait=(10, 11), error="429"),
    "503 with seconds": Row(
        [says("Retry-After: 7200", status=503)], wait=(120, 121), error="503 Service Unavailable"
    ),
    "503 with a date": Row(
        [says(f"Retry-After: {date(hours=2)}", status=503)], wait=(120, 121), error="503"
    ),
    "503 with nonsense": Row(
        [says("Retry-After: later", status=503)], wait=(5, 6), error="503"
    ),
    "503 with a moment past": Row(
        [says(f"Retry-After: {date(days=-1)}", status=503)], wait=(5, 6), error="503"
    ),
    "503 for ten years": Row(
        [says("Retry-After: 315360000", status=503)], wait=(0, 31 * 24 * 60), error="503"
    ),
    # --- failures ---
    "500": Row([LINE, says(status=500)], wait=(5, 6), error="500 Internal Server Error"),
    "500 twice": Row([LINE] + [says(status=500)] * 2, wait=(10, 11), error="500"),
    "500 four times": Row([LINE] + [says(status=500)] * 4, wait=(40, 44), error="500"),
    "500 for ever": Row([LINE] + [says(status=500)] * 12, wait=(240, 264), error="500"),
    "500, and well again": Row([says(status=500)] * 6 + [LINE]),
    "502": Row([says(status=502)], wait=(5, 6), error="502"),
    "404": Row([says(status=404)], wait=(5, 6), error="404 Not Found"),
    "401": Row([says(status=401)], wait=(5, 6), error="401"),
    "403": Row([says(status=403)], wait=(5, 6), error="403 Forbidden"),
    "451": Row([says(status=451)], wait=(5, 6), error="451"),
    "an unknown status": Row([b"HTTP/1.1 299 Odd\r\nContent-Length: 0\r\n\r\n"], wait=(5, 6), error="299 Odd"),
    "the connection ends": Row(
        [LINE, hang_up], wait=(5, 6), error="ended the connection", asked=3
    ),
    "the connection ends, and well again": Row([hang_up] * 3 + [LINE], asked=5),
    # --- gone ---
    "410": Row(
        [LINE, says(status=410)],
        wait=(GONE_AGAIN / timedelta(minutes=1), GONE_AGAIN / timedelta(minutes=1)),
        error="gone for good since 2026-02-02 (410)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_feedbot_does_as_the_site_says(tmp_path: Path, site: Wire, name: str) -> None:
    row = ROWS[name]
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = list(row.answers)
    with desk.tools() as tools:
        for visit in range(len(row.answers)):
            desk.clock.now += timedelta(minutes=1) if visit else timedelta()
            report = desk.poll(tools)
        state = desk.state(tools)
    header, value = row.sent
    assert desk.listings()[-1].get(header) == value
    assert len(desk.listings()) == (row.asked or len(row.answers))
    if row.error:
        assert row.error in (report.error or "")
        assert row.error in (state.last_error or "")
    else:
        assert report.error is None
        assert state.failures == 0
    wait = (state.next_poll - desk.clock.now) / timedelta(minutes=1)
    # Moments are stored in whole seconds.
    assert row.wait[0] - 0.1 <= wait <= row.wait[1] + 0.1, f"next visit after {wait} minutes"


# --- moves ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "remembered"),
    [
        ((301,), True),
        ((308,), True),
        ((301, 308), True),
        ((302,), False),
        ((303,), False),
        ((307,), False),
        ((301, 302), False),
        ((302, 301), False),
    ],
)
def test_only_a_permanent_move_is_remembered_and_not_at_once(
    tmp_path: Path, site: Wire, statuses: tuple[int, ...], remembered: bool
) -> None:
    desk = Desk(tmp_path, site)
    steps = ["/nieuws", *(f"/{number}" for number in range(1, len(statuses))), "/nieuw"]
    for status, here, there in zip(statuses, steps, steps[1:], strict=False):
        site.answers[here] = redirect(status, there)
    site.answers["/nieuw"] = reply(LISTING, 'ETag: "n"')
    with desk.tools() as tools:
        for _ in range(SIGHTINGS):
            assert desk.poll(tools).error is None
        assert len(desk.listings()) == SIGHTINGS
    with desk.tools() as tools:  # feedbot was started again
        site.requests.clear()
        site.answers["/nieuw"] = OLD
        assert desk.poll(tools).error is None
    asked = [path for path in site.paths() if path in steps]
    assert asked == (["/nieuw"] if remembered else steps)
    assert site.requests[-1].headers["if-none-match"] == '"n"'


def test_a_move_that_changes_its_mind_starts_anew(tmp_path: Path, site: Wire) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/een"] = site.answers["/twee"] = LINE
    to_one, to_two = redirect(301, "/een"), redirect(301, "/twee")
    site.answers["/nieuws"] = [to_one, to_one, to_two, to_two, LINE, to_two, to_two, to_two]
    with desk.tools() as tools:
        for _ in range(8):
            desk.poll(tools)
            assert len(desk.listings()) == site.paths().count("/nieuws")
        assert len(desk.listings()) == 8
        desk.poll(tools)
        assert len(desk.listings()) == 8


def test_a_move_to_what_is_dead_is_forgotten(tmp_path: Path, site: Wire) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = [redirect(301, "/nieuw")] * SIGHTINGS + [LINE]
    site.answers["/nieuw"] = [LINE] * SIGHTINGS + [reply(status=404)]
    with desk.tools() as tools:
        for _ in range(SIGHTINGS):
            desk.poll(tools)
        assert "404" in (desk.poll(tools).error or "")
        assert len(desk.listings()) == SIGHTINGS
        assert desk.poll(tools).error is None
        assert len(desk.listings()) == SIGHTINGS + 1


OTHERS = reply(LISTING.replace("/nieuws/", "/sport/").replace("-", "-x-"))


def test_a_move_to_other_articles_is_not_believed_and_is_told(tmp_path: Path, site: Wire) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = [LINE, *[redirect(301, "/")] * 5, LINE]
    site.answers["/"] = OTHERS
    with desk.tools() as tools:
        desk.poll(tools)
        there = f"{site.url}/"
        for visit in range(2, 7):
            error = desk.poll(tools).error or ""
            assert (
                f'leads to {there} for good (301), where other articles are; write "{there}"'
                in (error)
            )
            assert len(desk.listings()) == visit
        assert not [path for path in site.paths() if path.startswith("/sport")]
        assert collect_status(desk.config, tools.store).sources[0].health == "failing"
        assert desk.poll(tools).error is None
        assert collect_status(desk.config, tools.store).sources[0].health == "ok"


def test_a_move_to_other_articles_that_lasts_for_a_day_is_one(tmp_path: Path, site: Wire) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = [LINE, redirect(301, "/")]
    site.answers["/"] = OTHERS
    with desk.tools() as tools:
        desk.poll(tools)
        assert desk.poll(tools).error
        desk.clock.now += timedelta(days=1)
        assert desk.poll(tools).error is None


def asked(site: Wire) -> list[str]:
    """The requests for the listing, at either address."""
    return [path for path in site.paths() if path in ("/nieuws", "/nieuw")]


def moved(desk: Desk, tools: Tools) -> None:
    """The listing moves for good, with all that it lists."""
    desk.site.answers["/nieuws"] = [LINE, *[redirect(301, "/nieuw")] * SIGHTINGS, LINE]
    desk.site.answers["/nieuw"] = LINE
    for _ in range(SIGHTINGS + 2):
        desk.poll(tools)
    assert len(desk.listings()) == SIGHTINGS + 1, "the new address is asked first"
    desk.site.requests.clear()


def test_a_move_that_is_trusted_is_told_by_status_and_doctor(tmp_path: Path, site: Wire) -> None:
    desk = Desk(tmp_path, site)
    with desk.tools() as tools:
        moved(desk, tools)
        (seen,) = collect_status(desk.config, tools.store).sources
    advice = f'{site.url}/nieuws has moved for good; write "{site.url}/nieuw" in its place in'
    assert seen.health == "ok"
    assert advice in seen.evidence
    (finding,) = [one for one in diagnose(desk.config, desk.clock) if one.about == "a"]
    assert finding.good
    assert advice in finding.text


def test_a_move_is_doubted_once_a_day(tmp_path: Path, site: Wire) -> None:
    desk = Desk(tmp_path, site)
    with desk.tools() as tools:
        moved(desk, tools)
        more = (
            "<main><h2><a href='/nieuws/brand-in-haven-van-goes'>Brand in haven van Goes</a></h2>"
        )
        site.answers["/nieuw"] = reply(LISTING.replace("<main>", more))
        site.answers["/nieuws/brand-in-haven-van-goes"] = reply(
            f"<title>Brand in haven van Goes</title><h1>Brand in haven van Goes</h1><p>{TEXT[2]}"
        )
        desk.clock.now += timedelta(hours=23)
        assert desk.poll(tools).count("new") == 1, "it is not quiet"
        assert asked(site) == ["/nieuw"]
        desk.clock.now += timedelta(hours=2)
        desk.poll(tools)
        desk.poll(tools)
    assert asked(site) == ["/nieuw", "/nieuws", "/nieuws"], "it is back"


def test_a_move_is_doubted_at_once_when_it_lists_nothing_that_it_listed(
    tmp_path: Path, site: Wire
) -> None:
    desk = Desk(tmp_path, site)
    with desk.tools() as tools:
        moved(desk, tools)
        site.answers["/nieuw"] = OTHERS
        desk.poll(tools)
        desk.poll(tools)
    assert asked(site) == ["/nieuw", "/nieuws", "/nieuws"]


def test_a_move_is_doubted_when_nothing_comes_for_longer_than_usual(
    tmp_path: Path, site: Wire
) -> None:
    desk = Desk(tmp_path, site)
    busy = adaptive_interval.AdaptiveInterval()
    for hour in range(14 * 24):
        at = NOON - timedelta(days=14) + timedelta(hours=hour)
        busy = adaptive_interval.observe_news(busy, now=at, new=2, timezone="Europe/Amsterdam")
    with desk.tools() as tools:
        moved(desk, tools)
        (held,) = tools.store.claim(["a"], desk.clock(), due_only=False)
        with tools.store.save(NOON) as saving:
            saving.finish(held, next_poll=NOON, next_why="", pace=adaptive_interval.dump(busy), error=None, reached=True)  # fmt: skip
        for _ in range(5):
            desk.clock.now += timedelta(hours=1)
            desk.poll(tools)
    assert asked(site)[0] == "/nieuw"
    assert "/nieuws" in asked(site)


# --- gone -------------------------------------------------------------------------------------


def test_what_is_gone_is_named_and_left_alone_for_a_month(tmp_path: Path, site: Wire) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = [says(status=410), LINE]
    with desk.tools() as tools:
        desk.poll(tools)
    with desk.tools() as tools:
        for _ in range(3):
            desk.clock.now += timedelta(days=9)
            report = desk.poll(tools)
            assert report.status == "failed"
            assert "gone for good since 2026-02-02 (410)" in (report.error or "")
            assert "feedbot.toml" in (report.error or "")
        assert len(desk.listings()) == 1
        assert desk.state(tools).next_poll == NOON + GONE_AGAIN
        desk.clock.now = NOON + GONE_AGAIN
        assert desk.poll(tools).error is None


def test_one_page_of_a_source_that_is_gone_does_not_slow_the_others(
    tmp_path: Path, site: Wire
) -> None:
    urls = f'urls = ["{site.url}/nieuws", "{site.url}/sport"]'
    desk = Desk(tmp_path, site, f'[[sources]]\nname = "a"\n{urls}\n')
    site.answers["/nieuws"], site.answers["/sport"] = LINE, says(status=410)
    with desk.tools() as tools:
        for _ in range(4):
            report = desk.poll(tools)
            desk.clock.now += timedelta(minutes=1)
        state = desk.state(tools)
        assert report.count("new") + report.count("unchanged") == 0
        assert "/sport: gone for good" in (state.last_error or "")
        assert state.failures == 0
        assert state.last_polled == desk.clock.now - timedelta(minutes=1)
        assert state.next_poll < desk.clock.now + timedelta(minutes=USUAL[1])
    assert site.paths().count("/sport") == 1


def test_a_trusted_move_that_says_410_is_no_word_about_the_listing(
    tmp_path: Path, site: Wire
) -> None:
    desk = Desk(tmp_path, site)
    with desk.tools() as tools:
        moved(desk, tools)
        site.answers["/nieuw"] = says(status=410)
        assert desk.poll(tools).error is None
        assert asked(site) == ["/nieuw", "/nieuws"]
        assert desk.poll(tools).error is None
    assert asked(site) == ["/nieuw", "/nieuws", "/nieuws"], "the move is forgotten"


def sitemap(site: Wire, root: str, *paths: str) -> bytes:
    element = "sitemap" if root == "sitemapindex" else "url"
    rows = "".join(f"<{element}><loc>{site.url}{path}</loc></{element}>" for path in paths)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return reply(f'<{root} xmlns="{space}">{rows}</{root}>', content_type="application/xml")


@pytest.mark.parametrize(
    "dead", [says(status=410), says(status=404), says(status=500), reply("<p>Inloggen")]
)
def test_a_sitemap_that_fails_costs_only_itself(tmp_path: Path, site: Wire, dead: Answer) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = sitemap(site, "sitemapindex", "/dood.xml", "/leeft.xml")
    site.answers["/dood.xml"] = dead
    site.answers["/leeft.xml"] = sitemap(site, "urlset", *ARTICLES)
    with desk.tools() as tools:
        first, second = desk.poll(tools), desk.poll(tools)
    assert first.error is None
    assert first.count("new") == len(ARTICLES)
    assert second.error is None


def test_an_index_whose_sitemaps_are_gone_is_not_gone_itself(tmp_path: Path, site: Wire) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = sitemap(site, "sitemapindex", "/dood.xml")
    site.answers["/dood.xml"] = [says(status=410), sitemap(site, "urlset", *ARTICLES)]
    with desk.tools() as tools:
        assert desk.poll(tools).error == f"{site.url}/dood.xml: 410 Gone"
        assert desk.poll(tools).count("new") == len(ARTICLES)


# --- time -------------------------------------------------------------------------------------


def test_listings_that_take_too_long_cost_the_further_ones_and_no_article(
    tmp_path: Path, site: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedbot.poll.listings.LISTINGS_SECONDS", 0.3)
    urls = f'urls = ["{site.url}/nieuws", "{site.url}/sport", "{site.url}/weer"]'
    desk = Desk(tmp_path, site, f'[[sources]]\nname = "a"\n{urls}\n')
    site.answers["/nieuws"] = lambda connection: (time.sleep(0.5), connection.sendall(LINE))[-1]
    with desk.tools() as tools:
        report = desk.poll(tools)
    assert report.count("new") == len(ARTICLES)
    for path in ("/sport", "/weer"):
        assert f"{site.url}{path}: not asked, because the visit took too long" in report.error
        assert path not in site.paths()


def test_a_visit_that_is_late_fetches_one_page_and_the_next_one_goes_on_at_once(
    tmp_path: Path, site: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedbot.poll.pages.FETCH_SECONDS", -1.0)
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = LINE
    with desk.tools() as tools:
        assert desk.poll(tools).count("new") == 1
        assert desk.state(tools).next_poll == desk.clock.now
        assert desk.poll(tools).count("new") == 1


def test_a_site_full_of_pages_that_take_for_ever_is_read_page_by_page(
    tmp_path: Path, site: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedbot.read.reader.MODULE", "tests.hanging")
    desk = Desk(tmp_path, site)
    slow = {f"/nieuws/de-raad-van-goes-praat-over-{n}": f"Raad praat over {n}" for n in "abcd"}
    links = "".join(f"<h2><a href='{path}'>{title}</a></h2>" for path, title in slow.items())
    site.answers["/nieuws"] = reply(LISTING.replace("<main>", f"<main>{links}"))
    for path, title in slow.items():
        site.answers[path] = reply(f"<title>{title}</title><h1>{title}</h1>".encode() + FOR_EVER)
    with desk.tools() as tools, Reader((), {}, cpu=0.5) as reader:
        tools.reader = reader
        first, second = desk.poll(tools), desk.poll(tools)
    assert [one.url for one in first.failures] == [site.url + path for path in list(slow)[:3]]
    assert "more than 0.5 s of CPU time" in first.failures[0].problem
    assert first.error is None
    assert [one.url for one in second.failures] == [site.url + list(slow)[3]]
    assert second.count("new") == len(ARTICLES)


# --- the host ---------------------------------------------------------------------------------


def test_a_429_holds_for_every_source_on_the_host_and_after_a_restart(
    tmp_path: Path, site: Wire
) -> None:
    both = "".join(
        f'[[sources]]\nname = "{name}"\nurl = "{site.url}/{name}"\n' for name in ("a", "b")
    )
    desk = Desk(tmp_path, site, both)
    site.answers["/a"] = [reply(b"", "Retry-After: 3600", status=429), LINE]
    site.answers["/b"] = LINE
    with desk.tools() as tools:
        assert "429" in (desk.poll(tools, "a").error or "")
        desk.clock.now += timedelta(minutes=30)
        assert "asked for a pause" in (desk.poll(tools, "b").error or "")
        assert desk.state(tools, "b").next_poll >= NOON + timedelta(hours=1)
    with desk.tools() as tools:
        desk.clock.now = NOON + timedelta(minutes=59)
        assert "asked for a pause" in (desk.poll(tools, "b").error or "")
        assert site.paths() == ["/robots.txt", "/a"]
        desk.clock.now = NOON + timedelta(minutes=60, seconds=2)
        assert desk.poll(tools, "b").error is None
        assert desk.poll(tools, "a").error is None


def test_a_429_among_the_articles_postpones_the_rest(tmp_path: Path, site: Wire) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = LINE
    first = next(iter(ARTICLES))
    good = site.answers[first]
    site.answers[first] = [reply(b"", "Retry-After: 2592000000", status=429), good]  # type: ignore[list-item]
    with desk.tools() as tools:
        report = desk.poll(tools)
        assert [failure.url for failure in report.failures] == [site.url + first]
        assert site.paths()[-1] == first
        assert (
            NOON + timedelta(minutes=30) <= desk.state(tools).next_poll < NOON + timedelta(hours=1)
        )
        desk.clock.now = desk.state(tools).next_poll + timedelta(seconds=1)
        assert desk.poll(tools).count("new") == 2


MONTH = "Retry-After: 2592000000"  # in milliseconds, where seconds are meant


@pytest.mark.parametrize(
    "answer",
    [
        reply(b"", MONTH, status=429),
        reply(b"", MONTH, status=503),
        reply(b"", f"Retry-After: {date(days=30)}", status=429),
        reply(LISTING, "Cache-Control: max-age=2592000000"),
        reply(LISTING, f"Expires: {date(days=30)}"),
    ],
)
def test_more_than_a_day_counts_as_a_day(tmp_path: Path, site: Wire, answer: bytes) -> None:
    source = f'[[sources]]\nname = "a"\nurl = "{site.url}/nieuws"\nmax_interval = "40d"\n'
    desk = Desk(tmp_path, site, source)
    site.answers["/nieuws"] = answer
    with desk.tools() as tools:
        desk.poll(tools)
        wait = desk.state(tools).next_poll - NOON
        assert timedelta(hours=23) < wait < timedelta(hours=25)


@pytest.mark.parametrize("status", [429, 503])
def test_a_source_that_is_named_is_tried_although_it_asked_for_a_pause(
    tmp_path: Path, site: Wire, status: int
) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = [reply(b"", MONTH, status=status), LINE]
    with desk.tools() as tools:
        desk.poll(tools)
        error = desk.poll(tools).error or ""
        assert f"asked for a pause until 2026-02-03 12:00 UTC ({status})" in error
        for insist, new in ((False, 0), (True, 2)):
            assert len(desk.listings()) == 1, "it asked not to be asked"
            outcome = poll_once(desk.config, tools, ["a"], threading.Event(), insist=insist)
            assert outcome.reports[0].count("new") == new


def test_a_503_ends_with_the_pause_that_it_asked_for_and_holds_for_its_listing_alone(
    tmp_path: Path, site: Wire
) -> None:
    urls = [f"{site.url}/nieuws", f"{site.url}/sport"]
    desk = Desk(tmp_path, site, f'[[sources]]\nname = "a"\nurls = {urls}\n')
    site.answers["/nieuws"] = [reply(b"", "Retry-After: 3600", status=503), LINE]
    site.answers["/sport"] = LINE
    with desk.tools() as tools:
        for minutes in (0, 30, 31):
            desk.clock.now += timedelta(minutes=minutes)
            desk.poll(tools)
    assert [path for path in site.paths() if path in ("/nieuws", "/sport")] == [
        "/nieuws", "/sport", "/sport", "/nieuws", "/sport"
    ]  # fmt: skip


def test_a_source_that_is_named_is_tried_although_it_said_once_that_it_is_gone(
    tmp_path: Path, site: Wire
) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = [reply(status=410), LINE]
    with desk.tools() as tools:
        desk.poll(tools)
        for insist, new in ((False, 0), (True, 2)):
            outcome = poll_once(desk.config, tools, ["a"], threading.Event(), insist=insist)
            assert outcome.reports[0].count("new") == new
        assert desk.poll(tools).error is None, "it is back for all"


def test_a_pause_that_a_wrong_clock_made_endless_is_not_kept(tmp_path: Path, site: Wire) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = [reply(b"", "Retry-After: 60", status=429), LINE]
    with desk.tools() as tools:
        desk.clock.now = NOON + timedelta(days=1000)
        desk.poll(tools)
        desk.clock.now = NOON
        assert desk.poll(tools).count("new") == 2


def test_an_article_that_leads_into_the_private_site_of_another_source_is_refused(
    tmp_path: Path, site: Wire
) -> None:
    with Wire() as inside:
        both = (("a", site.url), ("b", inside.url))
        sources = "".join(
            f'[[sources]]\nname = "{name}"\nurl = "{url}/nieuws"\n' for name, url in both
        )
        desk = Desk(tmp_path, site, sources)
        inside.answers |= site.answers | {"/nieuws": LINE}
        site.answers["/nieuws"] = LINE
        led, good = ARTICLES
        site.answers[led] = redirect(302, inside.url + led)
        with desk.tools() as tools:
            report = desk.poll(tools, "a")
            assert [
                (one.url, "not a public address" in one.problem) for one in report.failures
            ] == [(site.url + led, True)]
            assert [url for url, _, _ in report.verdicts] == [site.url + good]
            assert inside.requests == []
            assert desk.poll(tools, "b").error is None


def test_one_request_at_a_time_with_a_pause_between(tmp_path: Path, site: Wire) -> None:
    with Store(f"sqlite:///{tmp_path / 'f.db'}") as store, fetcher(store) as fetch:
        polling = Polling(delay=timedelta(seconds=0.2), robots=False)
        paths = [f"/{number}" for number in range(5)]
        for path in paths:
            site.answers[path] = lambda connection: connection.sendall(
                reply("goed", "Connection: close")
            )
        threads = [
            threading.Thread(
                target=fetch.fetch, args=(site.url + path,), kwargs={"source": from_(site, polling)}
            )
            for path in paths
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(site.paths()) == paths
    assert site.parallel == 1
    began = [request.began for request in site.requests]
    gaps = [later - earlier for earlier, later in pairwise(began)]
    assert min(gaps) >= 0.2
    assert len({round(gap, 3) for gap in gaps}) > 1, "no jitter"


def test_connections_are_kept(tmp_path: Path, site: Wire) -> None:
    with Store(f"sqlite:///{tmp_path / 'f.db'}") as store, fetcher(store) as fetch:
        site.answers |= {"/robots.txt": reply(), "/": reply("goed"), "/oud": OLD}
        for _ in range(5):
            fetch.fetch(site.url + "/", source=from_(site))
            fetch.fetch(site.url + "/oud", source=from_(site), validators=Validators(etag='"a"'))
    assert site.connections == 1


def test_a_kept_connection_that_has_just_ended_is_replaced(tmp_path: Path, site: Wire) -> None:
    with Store(f"sqlite:///{tmp_path / 'f.db'}") as store, fetcher(store) as fetch:
        site.answers |= {"/": [hang_up, reply("goed")]}
        page = fetch.fetch(site.url + "/", source=from_(site))  # robots.txt kept a connection
    assert isinstance(page, Page)
    assert page.body == b"goed"
    assert site.connections == 2


def test_a_new_connection_that_ends_is_not_tried_again(tmp_path: Path, site: Wire) -> None:
    with Store(f"sqlite:///{tmp_path / 'f.db'}") as store, fetcher(store) as fetch:
        site.answers |= {"/": hang_up, "/robots.txt": reply("", "Connection: close", status=404)}
        with pytest.raises(FetchError, match="the host ended the connection"):
            fetch.fetch(site.url + "/", source=from_(site))
    assert site.paths() == ["/robots.txt", "/"]


def test_requests_say_who_asks_and_carry_nothing_else(tmp_path: Path, site: Wire) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = reply(LISTING, "Set-Cookie: id=1; Path=/", 'ETag: "a"')
    with desk.tools() as tools:
        desk.poll(tools)
        desk.poll(tools)
    for request in site.requests:
        agent = request.headers["user-agent"]
        assert agent.startswith("feedbot/")
        assert agent.endswith(" (+https://feeds.example.org/)")
        allowed = {
            "host",
            "user-agent",
            "accept",
            "accept-encoding",
            "accept-language",
            "connection",
        }
        assert set(request.headers) <= allowed | {"if-none-match", "cookie"}
        assert request.headers["accept-encoding"] == "gzip, deflate, br"
    assert not any("cookie" in headers for headers in desk.listings())


def test_an_article_that_robots_txt_closes_lets_the_listing_be_asked_conditionally(
    tmp_path: Path, site: Wire
) -> None:
    desk = Desk(tmp_path, site)
    closed = f"User-agent: *\nDisallow: {next(iter(ARTICLES))}"
    site.answers["/robots.txt"] = reply(closed)
    site.answers["/nieuws"] = reply(LISTING, 'ETag: "l"')
    with desk.tools() as tools:
        assert "robots.txt" in desk.poll(tools).failures[0].problem
        desk.poll(tools)
    assert desk.listings()[-1].get("if-none-match") == '"l"'


# --- robots.txt -------------------------------------------------------------------------------

QUICK = Polling(delay=timedelta(0), timeout=timedelta(seconds=5))


def fetcher(store: Store, clock: Clock | None = None, **kwargs: object) -> Fetcher:
    return Fetcher(notes=store, clock=clock or Clock(), **kwargs)  # type: ignore[arg-type]


def from_(site: Wire, polling: Polling = QUICK) -> Source:
    return Source(name="krant", urls=(site.url,), polling=polling)


FILL = "# vol\n" * 400_000
DENIED = "robots.txt does not allow it"
ALONE = "robots.txt cannot be read"

# robots.txt, the path asked for, and why it is refused; "" if it is not.
ROBOTS: dict[str, tuple[Answer, str, str]] = {
    "allows": (reply("User-agent: *\nDisallow: /intern"), "/nieuws", ""),
    "denies": (reply("User-agent: *\nDisallow: /nieuws"), "/nieuws/1", DENIED),
    "denies everything": (reply("User-agent: *\nDisallow: /"), "/", DENIED),
    "denies others": (reply("User-agent: GPTBot\nDisallow: /\n"), "/nieuws", ""),
    "denies us": (
        reply("User-agent: *\nAllow: /\n\nUser-agent: Feedbot\nDisallow: /"), "/nieuws", DENIED,
    ),
    "denies us with a version": (reply("User-agent: feedbot/1.0\nDisallow: /"), "/nieuws", DENIED),
    "denies us with any version": (reply("User-agent: Feedbot/*\nDisallow: /"), "/nieuws", DENIED),
    "denies us with a remark": (reply("User-agent: FeedBot (slow)\nDisallow: /"), "/nieuws", DENIED),
    "denies all with a remark": (reply("User-agent: * (all)\nDisallow: /"), "/nieuws", DENIED),
    "denies a longer name": (reply("User-agent: feedbot-images/1\nDisallow: /"), "/nieuws", ""),
    "denies who names us": (reply("User-agent: Mozilla/5 (feedbot)\nDisallow: /"), "/nieuws", ""),
    "allows us with a version": (
        reply("User-agent: feedbot/2\nDisallow:\n\nUser-agent: *\nDisallow: /"), "/nieuws", "",
    ),
    "allows us alone": (
        reply("User-agent: *\nDisallow: /\n\nUser-agent: feedbot\nDisallow:"), "/nieuws", "",
    ),
    "the longest rule wins": (
        reply("User-agent: *\nDisallow: /nieuws\nAllow: /nieuws/openbaar"), "/nieuws/openbaar/1", "",
    ),
    "wildcards": (reply("User-agent: *\nDisallow: /*?print=$"), "/nieuws?print=", DENIED),
    "with a byte order mark": (reply("\ufeffUser-agent: *\nDisallow: /"), "/nieuws", DENIED),
    "with other line ends": (reply("User-agent: *\rDisallow: /"), "/nieuws", DENIED),
    "404": (reply("Disallow: /", status=404), "/nieuws", ""),
    "403": (reply("Disallow: /", status=403), "/nieuws", ""),
    "410": (reply(status=410), "/nieuws", ""),
    "500": (reply(status=500), "/nieuws", ALONE),
    "503": (reply(status=503), "/nieuws", ALONE),
    "429": (reply(status=429), "/nieuws", "429 Too Many Requests"),
    "nobody answers": (lambda connection: None, "/nieuws", "ended the connection"),
    "redirected": (redirect(301, "/elders.txt"), "/nieuws", DENIED),
    "redirected for ever": (redirect(302, "/robots.txt"), "/nieuws", ""),
    "redirected to nowhere": (redirect(302, ""), "/nieuws", ""),
    "redirected to what is no address": (redirect(302, "http://[x"), "/nieuws", ""),
    "packed otherwise than it says": (reply("User", "Content-Encoding: gzip"), "/nieuws", ""),
    "redirected to 404": (redirect(302, "/niets.txt"), "/nieuws", ""),
    "a page": (reply("<html><body>User-agent: alles mag hier<p>Disallow</body>"), "/nieuws", ""),
    "bytes": (reply(bytes(range(256)) * 40, content_type="text/plain"), "/nieuws", ""),
    "empty": (reply(""), "/nieuws", ""),
    "huge": (reply("User-agent: *\nDisallow: /nieuws\n" + FILL), "/nieuws", DENIED),
    "huge, with a rule beyond what need be read": (
        reply(f"User-agent: *\n{FILL}Disallow: /nieuws\n"), "/nieuws", "",
    ),
    "wildcards without end": (
        reply(f"User-agent: *\nDisallow: /{'*a' * 2000}b\n" * 50), f"/{'a' * 2000}", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROBOTS)
def test_robots_txt_is_obeyed(tmp_path: Path, site: Wire, name: str) -> None:
    robots, path, problem = ROBOTS[name]
    site.answers |= {
        "/robots.txt": robots,
        "/elders.txt": reply("User-agent: *\nDisallow: /nieuws"),
        path: reply("goed"),
    }
    with Store(f"sqlite:///{tmp_path / 'f.db'}") as store, fetcher(store) as fetch:
        if problem:
            with pytest.raises(FetchError, match=problem) as caught:
                fetch.fetch(site.url + path, source=from_(site))
            assert isinstance(caught.value, Refused) is (problem == DENIED)
            assert path not in site.paths()
        else:
            assert isinstance(fetch.fetch(site.url + path, source=from_(site)), Page)
        polling = Polling(delay=timedelta(0), robots=False)
        if name != "429":
            assert fetch.fetch(site.url + path, source=from_(site, polling)).url == site.url + path


def test_robots_txt_is_read_once_a_day_whoever_starts_feedbot(tmp_path: Path, site: Wire) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = LINE
    site.answers["/robots.txt"] = reply("User-agent: *\nDisallow: /x")
    for _ in range(3):
        with desk.tools() as tools:
            assert desk.poll(tools).error is None
        desk.clock.now += timedelta(hours=7)
    assert site.paths().count("/robots.txt") == 1
    desk.clock.now = NOON + timedelta(hours=24)
    site.answers["/robots.txt"] = reply("User-agent: *\nDisallow: /")
    with desk.tools() as tools:
        assert DENIED in (desk.poll(tools).error or "")
    assert site.paths().count("/robots.txt") == 2


def test_an_old_robots_txt_holds_while_a_new_one_cannot_be_had(tmp_path: Path, site: Wire) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = LINE
    site.answers["/robots.txt"] = [reply("User-agent: *\nDisallow: /x"), reply(status=503)]
    with desk.tools() as tools:
        desk.poll(tools)
        desk.clock.now += timedelta(days=2)
        assert desk.poll(tools).error is None
        assert desk.poll(tools).error is None
        assert site.paths().count("/robots.txt") == 2, "asked for once in ten minutes"
        desk.clock.now += timedelta(minutes=11)
        desk.poll(tools)
        assert site.paths().count("/robots.txt") == 3


def test_a_site_without_robots_txt_recovers_at_once(tmp_path: Path, site: Wire) -> None:
    desk = Desk(tmp_path, site)
    site.answers["/nieuws"] = LINE
    site.answers["/robots.txt"] = [lambda connection: None, reply(status=503), reply(status=404)]
    with desk.tools() as tools:
        assert "ended the connection" in (desk.poll(tools).error or "")
        assert ALONE in (desk.poll(tools).error or "")
        desk.clock.now += timedelta(minutes=11)
        assert desk.poll(tools).error is None


def test_crawl_delay_is_obeyed(tmp_path: Path, site: Wire) -> None:
    site.answers["/robots.txt"] = reply("User-agent: *\nCrawl-delay: 0.4\n")
    site.answers["/"] = reply("goed")
    with Store(f"sqlite:///{tmp_path / 'f.db'}") as store, fetcher(store) as fetch:
        for _ in range(3):
            fetch.fetch(site.url + "/", source=from_(site))
    began = [request.began for request in site.requests]
    assert min(b - a for a, b in pairwise(began)) >= 0.4


def test_sources_on_one_host_read_its_robots_txt_once(tmp_path: Path, site: Wire) -> None:
    for number in range(6):
        site.answers[f"/{number}"] = reply("goed")
    with Store(f"sqlite:///{tmp_path / 'f.db'}") as store, fetcher(store) as fetch:
        threads = [
            threading.Thread(
                target=fetch.fetch, args=(f"{site.url}/{number}",), kwargs={"source": from_(site)}
            )
            for number in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert site.paths().count("/robots.txt") == 1
    assert len(site.requests) == 7
