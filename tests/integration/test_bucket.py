"""Publishing into a bucket, with a real server that speaks S3."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner
from obstore.store import S3Store

from feedbot.cli import main
from feedbot.errors import PublishError
from feedbot.publish.bucket import Bucket
from tests.shelves import CHINA, NOW, OUTPUT, RUSLAND, House

BUCKET = "s3://nieuws/feeds"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                requests.get(url, timeout=5)
                break
            except requests.ConnectionError:
                assert process.poll() is None, "the server ended"
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.2)
        yield url
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def house(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "name",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    requests.post(f"{server}/moto-api/reset", timeout=10)
    requests.put(f"{server}/nieuws", timeout=10)
    house = House(tmp_path, replace(OUTPUT, output=BUCKET))
    with house.store:
        yield house


@dataclass
class Object:
    content: bytes
    attributes: dict[str, str]
    modified: datetime


def bucket() -> S3Store:
    return S3Store.from_url(BUCKET, client_options={"allow_http": True})


def objects() -> dict[str, Object]:
    found = {}
    for batch in bucket().list():
        for one in batch:
            answer = bucket().get(one["path"])
            attributes = dict(answer.attributes)
            found[one["path"]] = Object(bytes(answer.bytes()), attributes, one["last_modified"])
    return found


def test_a_bucket_holds_what_a_folder_would(house: House, tmp_path: Path) -> None:
    house.add(1, now=datetime(2026, 1, 5, tzinfo=UTC), topics=("china", "rusland"))
    house.add(2)
    house.publish()
    found = objects()
    (tmp_path / "beside").mkdir()
    folder = House(tmp_path / "beside", replace(OUTPUT, output="feeds"))
    with folder.store:
        folder.add(1, now=datetime(2026, 1, 5, tzinfo=UTC), topics=("china", "rusland"))
        folder.add(2)
        folder.publish()
        assert {key: one.content for key, one in found.items()} == {
            name: content for name, (content, _) in folder.files().items()
        }
    for key, kind in {
        "rusland.xml": "application/xml; charset=utf-8",
        "rusland.html": "text/html; charset=utf-8",
        "rusland.json": "application/feed+json; charset=utf-8",
        "style.css": "text/css; charset=utf-8",
        "feed.js": "text/javascript; charset=utf-8",
    }.items():
        assert found[key].attributes["Content-Type"] == kind
        assert found[key].attributes["Cache-Control"] == "public, max-age=300"
    archive = found["archive/rusland-2026-01.xml"]
    assert archive.attributes["Cache-Control"] == "public, max-age=86400"


def test_only_what_changed_is_written(house: House) -> None:
    house.add(1)
    house.publish()
    before = {key: one.modified for key, one in objects().items()}
    assert house.publish().written == 0
    assert house.publish(everything=True).written == 0
    time.sleep(1.1)  # Last-Modified has whole seconds
    house.add(2, now=NOW + timedelta(hours=1))
    done = house.publish(everything=True)
    after = {key: one.modified for key, one in objects().items()}
    changed = {key for key in after if after[key] != before.get(key)}
    assert changed == {"rusland.xml", "rusland.json", "rusland.html", "index.html", "search.json"}
    assert done.feeds == ("rusland.xml", "rusland.json")


def test_topics_that_are_gone_are_pruned_and_foreign_objects_stay(house: House) -> None:
    bucket().put("mine.html", b"by hand")
    house.add(1, topics=("china",))
    house.publish()
    house.topics = (RUSLAND,)
    house.publish()
    assert house.prune() == ("china.html", "china.json", "china.xml")
    assert objects()["mine.html"].content == b"by hand"
    bucket().put("china.xml", b"by hand")
    house.topics = (RUSLAND, CHINA)
    done = house.publish()
    assert "china.xml: was not written by feedbot" in done.problems[0]
    assert objects()["china.xml"].content == b"by hand"


def test_an_index_never_names_an_object_that_is_not_there(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.add(1, now=datetime(2026, 1, 5, tzinfo=UTC))
    house.add(2)
    order: list[str] = []
    put = Bucket.put

    def noted(self: Bucket, name: str, content: bytes) -> bool:
        order.append(name)
        return put(self, name, content)

    monkeypatch.setattr(Bucket, "put", noted)
    house.publish()
    assert order.index("archive/rusland-2026-01.xml") < order.index("rusland.xml")
    assert order[-1] == "index.html"
    assert order[0] == "style.css"


CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
output = "{output}"
[[sources]]
name = "Voorbeeld"
url = "https://nieuws.example.org/"
[topics]
China = "China"
"""


def test_check_names_a_topic_that_is_gone_from_a_bucket(house: House) -> None:
    def checked(output: str) -> tuple[int, str]:
        path = house.folder / "feedbot.toml"
        path.write_text(CONFIG.format(output=output), encoding="utf-8")
        done = CliRunner().invoke(main, ["check", "-c", str(path)], catch_exceptions=False)
        return done.exit_code, done.stderr

    assert checked(BUCKET) == (0, "")
    house.add(1)
    house.publish()
    status, told = checked(BUCKET)
    assert status == 0
    assert told.startswith("warning: topic rusland is gone, and rusland.xml ends;")
    status, told = checked("s3://elders/feeds")
    assert status == 0
    assert told.startswith("warning: output s3://elders/feeds: ")


def test_a_bucket_that_is_not_there_is_named(house: House) -> None:
    house.output = replace(OUTPUT, output="s3://elders/feeds")
    with pytest.raises(PublishError, match=r"s3://elders/feeds: .*bucket does not exist"):
        house.publish()


def test_a_server_that_does_not_answer_is_named(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("feedbot.publish.bucket.RETRIES", {"max_retries": 0})
    with pytest.raises(PublishError, match="output s3://nieuws/feeds"):
        house.publish()
