"""A page that takes hours to read costs only itself: real processes, and a page that really hangs.

What hangs is a selector of the operator's whose cost is cubic in the number of elements: nothing for
an ordinary page, and hours, with the interpreter's lock held, for one with some thousands.
"""

from __future__ import annotations

import json
import signal
import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import psutil
import pytest

from feedbot.demo.portal import LISTING, Portal
from tests.processes import feedbot, start, until

SLOW = "//i[count(//i[count(//i[count(//i) > 1]) > 1]) > 1]"
COMMENTS = "<!--[if lt IE 9]> een oude browser <![endif]-->\n" * 40
HEADLINES = (
    "Brug bij Veere blijft een week langer dicht",
    "Oogst van mosselen valt dit jaar mee",
    "Veerdienst vaart in de winter minder vaak",
    "Nieuwe dijk krijgt een pad voor wandelaars",
    "Museum zoekt foto's van de watersnood",
)
HANGS = 2  # the number of the page that does

CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
[metrics]
listen = "127.0.0.1:{port}"
[polling]
interval = "1s"
min_interval = "1s"
max_interval = "1s"
delay = "0s"
[[sources]]
name = "Portaal"
url = "{healthy}"
[[sources]]
name = "Streek"
url = "{hanging}"
select.drop = "{slow}"
[topics]
Alles = "*"
"""


def article(number: int) -> str:
    text = "".join(
        f"<p>Alinea {at} van bericht {number}, over een heel gewone zaak in de streek.</p>"
        for at in range(6)
    )
    rest = "<i></i>" * (4000 if number == HANGS else 3)
    return (
        f"<html lang=nl><title>{HEADLINES[number]}</title><article><h1>{HEADLINES[number]}</h1>"
        f"{text}</article>{rest}"
    )


def listing() -> str:
    links = "".join(
        f"<h2><a href='/nieuws/{number}-bericht-uit-de-streek'>{headline}</a></h2>"
        for number, headline in enumerate(HEADLINES)
    )
    return f"{COMMENTS}<html lang=nl><title>Nieuws</title><body>{links}"


@pytest.fixture
def hanging() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = self.path.removeprefix("/nieuws/").partition("-")[0]
            said = article(int(number)) if number.isdigit() else listing()
            self.send_response(404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(said.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/nieuws"
        server.shutdown()


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def configure(home: Path, portal: Portal, hanging: str, port: int) -> None:
    text = CONFIG.format(healthy=portal.url, hanging=hanging, slow=SLOW, port=port)
    (home / "feedbot.toml").write_text(text, encoding="utf-8")


def visits(portal: Portal) -> int:
    return sum(path == LISTING for _, path, _ in portal.requests)


def busy_worker(parent: int) -> bool:
    """Whether a worker has computed for two seconds."""
    found = psutil.Process(parent).children(recursive=True)
    return any(one.cpu_times().user > 2 for one in found if one.is_running())


def titles(home: Path) -> set[str]:
    path = home / "feeds" / "alles.json"
    if not path.exists():
        return set()
    return {one["title"] for one in json.loads(path.read_text(encoding="utf-8"))["items"]}


@pytest.mark.slow
def test_while_a_page_hangs_everything_else_goes_on_and_then_it_is_named(
    tmp_path: Path, portal: Portal, hanging: str, free_port: int
) -> None:
    configure(tmp_path, portal, hanging, free_port)
    process = start(tmp_path, "run")
    try:
        until(lambda: busy_worker(process.pid))
        before = visits(portal)
        added = portal.advance()
        assert added
        until(lambda: visits(portal) >= before + 3, seconds=10)
        until(lambda: added.headline in titles(tmp_path), seconds=10)
        assert urlopen(f"http://127.0.0.1:{free_port}/health", timeout=2).status == 200
        others = set(HEADLINES) - {HEADLINES[HANGS]}
        until(lambda: others <= titles(tmp_path), seconds=90)
        assert HEADLINES[HANGS] not in titles(tmp_path)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=10)
    finally:
        process.kill()
    assert process.returncode == 0
    assert f"{HANGS}-bericht-uit-de-streek" in said
    assert "of CPU time" in said
    assert "Traceback" not in said
    again = feedbot(tmp_path, "poll", "Streek", "--json")
    (source,) = json.loads(again.stdout)["sources"]
    assert (source["failed"], source["new"]) == (0, 0), "it is left alone for a day"


@pytest.mark.parametrize(("how", "seconds"), [(signal.SIGTERM, 10), (signal.SIGKILL, 40)])
def test_no_process_is_left_when_feedbot_ends_while_a_page_hangs(
    tmp_path: Path,
    portal: Portal,
    hanging: str,
    free_port: int,
    how: signal.Signals,
    seconds: float,
) -> None:
    configure(tmp_path, portal, hanging, free_port)
    process = start(tmp_path, "run")
    try:
        until(lambda: busy_worker(process.pid))
        below = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(how)
        asked = time.monotonic()
        process.wait(timeout=seconds)
        # Nobody ends the worker of a process that was killed but the limit on its CPU time.
        until(lambda: not any(one.is_running() for one in below), seconds=seconds)
        assert time.monotonic() - asked < seconds
    finally:
        process.kill()
        process.communicate()
