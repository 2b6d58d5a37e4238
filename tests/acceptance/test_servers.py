"""The configurations of docs/serving.md, each in the server that it is for, under another user."""

from __future__ import annotations

import gzip
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from lxml import etree

from tests.servers import COMMANDS, host
from tests.shelves import NOW, OUTPUT, RUSLAND, House

TYPES = {
    "rusland.xml": ("application/xml", "text/xml"),
    "rusland.rss": ("text/xml",),
    "rusland.json": ("application/feed+json",),
    "rusland.html": ("text/html",),
    "style.css": ("text/css",),
    "feed.js": ("text/javascript", "application/javascript"),
    "icon.png": ("image/png",),
    "feeds.opml": ("text/x-opml", "text/x-opml+xml"),
    "archive/rusland-2026-01.xml": ("application/xml", "text/xml"),
}
PLAIN = {"Accept-Encoding": "identity"}
PACKED = {"Accept-Encoding": "gzip"}


@pytest.fixture
def house() -> Iterator[House]:
    # Not where pytest puts its folders: nobody else may look into those.
    with tempfile.TemporaryDirectory(prefix="feedbot-test-") as folder:
        Path(folder).chmod(0o755)
        house = House(Path(folder), replace(OUTPUT, gzip=True, formats=("atom", "json", "rss")))
        with house.store:
            house.add(1, now=datetime(2026, 1, 10, tzinfo=UTC))
            house.add(2)
            house.publish()
            yield house


@pytest.fixture(params=COMMANDS)
def url(request: pytest.FixtureRequest, house: House, tmp_path: Path) -> Iterator[str]:
    with host(request.param, house.feeds, tmp_path) as url:
        yield url


@pytest.mark.parametrize("accepted", [PLAIN, PACKED], ids=["plain", "packed"])
def test_every_file_comes_with_its_type_and_is_not_sent_twice(
    house: House, url: str, accepted: dict[str, str]
) -> None:
    for name, types in TYPES.items():
        answer = requests.get(url + name, headers=accepted, timeout=10)
        assert answer.status_code == 200, name
        assert answer.content == (house.feeds / name).read_bytes()
        kind, _, charset = answer.headers["Content-Type"].partition(";")
        assert kind in types, name
        assert charset.strip().lower() in ("", "charset=utf-8"), name
        encoding = answer.headers.get("Content-Encoding", "identity")
        assert encoding == accepted["Accept-Encoding"], name
        assert "accept-encoding" in answer.headers["Vary"].lower()
        age = 86400 if name.startswith("archive/") else 300
        assert answer.headers["Cache-Control"] == f"public, max-age={age}"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        known = {"If-None-Match": answer.headers["ETag"]}
        again = requests.get(url + name, headers=accepted | known, timeout=10)
        assert again.status_code == 304, name
        since = {"If-Modified-Since": answer.headers["Last-Modified"]}
        again = requests.get(url + name, headers=accepted | since, timeout=10)
        assert again.status_code == 304, name


def test_the_index_is_what_the_folder_shows(house: House, url: str) -> None:
    answer = requests.get(url, timeout=10)
    assert answer.text == house.read("index.html")
    assert answer.headers["Content-Type"].lower() == "text/html; charset=utf-8"


@pytest.mark.parametrize("accepted", [PLAIN, PACKED], ids=["plain", "packed"])
def test_every_version_has_another_etag(house: House, url: str, accepted: dict[str, str]) -> None:
    seen, press = [], house.press()
    for number in range(10, 18):  # within a second or two, and all of one size
        house.add(number, now=NOW + timedelta(minutes=number))
        house.publish(press)
        known = {"If-None-Match": seen[-1]} if seen else {}
        answer = requests.get(url + "rusland.xml", headers=accepted | known, timeout=10)
        assert answer.status_code == 200
        assert f"Bericht {number}<" in answer.text
        seen.append(answer.headers["ETag"])
    assert len(set(seen)) == len(seen)


# Apache asks for the size before it opens the file, so it cuts some off; docs/serving.md says so.
@pytest.mark.parametrize("url", ["nginx", "caddy"], indirect=True)
def test_who_reads_meanwhile_sees_old_or_new(house: House, url: str) -> None:
    done, problems, read = threading.Event(), [], [0]
    names = [("rusland.xml", PLAIN), ("rusland.xml", PACKED), ("index.html", PACKED)]

    def look() -> None:
        with requests.Session() as session:
            while not done.is_set():
                for name, accepted in names:
                    answer = session.get(url + name, headers=accepted, timeout=10)
                    whole = answer.text.rstrip().endswith(("</feed>", "-->"))
                    if answer.status_code != 200 or not whole:
                        problems.append((name, answer.status_code, answer.text[-50:]))
                    read[0] += 1

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    press = house.press()
    for number in range(20, 80):
        house.add(number, now=NOW + timedelta(minutes=number))
        house.publish(press)
    done.set()
    for thread in threads:
        thread.join()
    assert not problems
    assert read[0] > 20
    answer = requests.get(url + "rusland.xml", timeout=10).content
    assert len(etree.fromstring(answer).findall("{*}entry")) == 62
    assert gzip.decompress((house.feeds / "rusland.xml.gz").read_bytes()) == answer


@pytest.mark.parametrize("server", COMMANDS)
def test_a_renamed_topic_is_redirected_and_a_removed_one_is_gone(
    server: str, house: House, tmp_path: Path
) -> None:
    house.topics = (replace(RUSLAND, slug="russische-federatie"),)
    house.publish()
    with host(server, house.feeds, tmp_path, moved=True) as url:
        for accepted in (PLAIN, PACKED):
            for ending in (".xml", ".json", ".rss", ".html", "-daily.xml"):
                old = requests.get(
                    f"{url}rusland{ending}", headers=accepted, timeout=10, allow_redirects=False
                )
                assert old.status_code == 301, ending
                assert urljoin(url, old.headers["Location"]) == f"{url}russische-federatie{ending}"
                gone = requests.get(f"{url}korea{ending}", headers=accepted, timeout=10)
                assert gone.status_code == 410, ending
            followed = requests.get(url + "rusland.xml", headers=accepted, timeout=10)
            assert followed.content == (house.feeds / "russische-federatie.xml").read_bytes()
        assert requests.get(url + "style.css", timeout=10).status_code == 200
        archived = requests.get(url + "archive/rusland-2026-01.xml", timeout=10)
        assert archived.status_code == 200
