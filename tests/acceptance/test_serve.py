"""`feedbot serve`: the output on loopback, as a static host would send it."""

from __future__ import annotations

import re
import signal
import subprocess
from pathlib import Path

import requests

from feedbot.cli.serving import served
from tests.processes import FEEDBOT
from tests.shelves import House

CONFIG = """\
[feeds]
url = "http://127.0.0.1:8000/"
authority = "example.org"
[[sources]]
name = "Portaal"
url = "http://127.0.0.1:9/"
[topics]
Rusland = {}
"""
TYPES = {
    "": "text/html; charset=utf-8",
    "rusland.html": "text/html; charset=utf-8",
    "rusland.xml": "text/xml; charset=utf-8",
    "rusland.json": "application/feed+json",
    "style.css": "text/css",
    "feed.js": "text/javascript",
    "icon.png": "image/png",
}


def test_every_file_has_its_type_and_is_not_sent_twice(tmp_path: Path) -> None:
    house = House(tmp_path)
    with house.store, served(house.feeds) as url:
        house.add(1)
        house.publish()
        for name, kind in TYPES.items():
            answer = requests.get(url + name, timeout=10)
            assert answer.content == (house.feeds / (name or "index.html")).read_bytes()
            assert answer.headers["Content-Type"] == kind
            assert answer.headers["X-Robots-Tag"] == "noindex"
            known = {"If-None-Match": answer.headers["ETag"]}
            assert requests.get(url + name, headers=known, timeout=10).status_code == 304
        tag = requests.get(url + "rusland.xml", timeout=10).headers["ETag"]
        house.add(2)
        house.publish()
        answer = requests.get(url + "rusland.xml", headers={"If-None-Match": tag}, timeout=10)
        assert answer.status_code == 200
        assert requests.get(url + "../feedbot.db", timeout=10).status_code == 404


def test_it_says_where_to_look_until_it_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "feedbot.toml").write_text(CONFIG, encoding="utf-8")
    process = subprocess.Popen(
        [*FEEDBOT, "serve", "--port", "0"], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
    assert found
    assert requests.get(found[0] + "nothing.html", timeout=10).status_code == 404
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    process.stdout.close()
