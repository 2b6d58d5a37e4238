"""The site corrects what its listing promised: a link that led to no article is not asked for again."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from feedbot import config as configuration
from feedbot.explain import preview
from feedbot.schedule import open_tools, poll_once

HEADLINES = (
    "Brug bij Veere blijft een week langer dicht",
    "Oogst van mosselen valt dit jaar erg mee",
    "Veerdienst vaart in de winter minder vaak",
    "Nieuwe dijk krijgt een pad voor wandelaars",
)
PROMISE = "Alle uitslagen van de streek op een rij"  # reads like a headline, and is a table


def listing() -> str:
    titles = [*HEADLINES, PROMISE]
    return "<html lang=nl><title>Nieuws</title><body><main>" + "".join(
        f"<article><h2><a href='/nieuws/{number}-uit-de-streek'>{title}</a></h2></article>"
        for number, title in enumerate(titles)
    )


def page(number: int) -> str:
    if number == len(HEADLINES):
        return f"<html lang=nl><title>{PROMISE}</title><h1>{PROMISE}</h1><p>2-1, 3-0.</p>"
    text = "".join(
        f"<p>Dit is alinea {at} van bericht {number} uit de streek.</p>" for at in range(6)
    )
    return f"<html lang=nl><title>{HEADLINES[number]}</title><article><h1>{HEADLINES[number]}</h1>{text}</article>"


@pytest.fixture
def asked() -> Counter[str]:
    return Counter()


@pytest.fixture
def url(asked: Counter[str]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked[self.path] += 1
            number = self.path.removeprefix("/nieuws/").partition("-")[0]
            said = page(int(number)) if number.isdigit() else listing()
            self.send_response(404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(said.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/nieuws"
        server.shutdown()


def test_a_link_that_led_to_no_article_is_left_out_of_the_listing(
    tmp_path: Path, url: str, asked: Counter[str]
) -> None:
    path = tmp_path / "feedbot.toml"
    path.write_text(
        '[feeds]\nurl = "https://feeds.example.org/"\n[polling]\ndelay = "0s"\n'
        f'[[sources]]\nname = "Streek"\nurl = "{url}"\n[topics]\nAlles = "*"\n'
    )
    config = configuration.load(path)
    with open_tools(config, lambda: datetime.now(UTC)) as tools:
        before = preview(url, config, tools, 0)
        assert [one.title for one in before.links] == [*HEADLINES, PROMISE]
        (report,) = poll_once(config, tools, ["Streek"], threading.Event()).reports
        assert report.count("new") == len(HEADLINES)
        assert [one.url.rpartition("/")[2] for one in report.failures] == ["4-uit-de-streek"]
        after = preview(url, config, tools, 0)
        assert [one.title for one in after.links] == list(HEADLINES)
        assert "1 links of listings led to no article: they are left out" in after.learnt
    assert asked["/nieuws/4-uit-de-streek"] == 1
