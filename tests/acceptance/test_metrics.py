"""What Prometheus hears of `feedbot run`, over HTTP and in a file, as its own tool judges it."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from feedbot.demo.portal import Portal

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "prometheus"
CONFIG = """\
[feeds]
url = "https://feeds.example.org/"
[metrics]
listen = "127.0.0.1:{port}"
file = "metrics.prom"
[polling]
interval = "1s"
min_interval = "1s"
delay = "0s"
revisit = "0s"
[[sources]]
name = "Portaal"
url = {url}
[[sources]]
name = 'Dood "en" stil'
url = "http://127.0.0.1:9/nieuws"
[topics]
Rusland = {{}}
"""

Samples = dict[tuple[str, tuple[str, ...]], float]


def samples(text: str) -> Samples:
    """Every sample by its name and its labels' values, in the order of the labels' names."""
    return {
        (sample.name, tuple(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def until(claim: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.1)


class Service:
    """`feedbot run` with an endpoint, and the site that it polls."""

    def __init__(self, home: Path, portal: Portal) -> None:
        self.home, self.portal = home, portal
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        config = CONFIG.format(port=self.port, url=json.dumps(portal.url))
        (home / "feedbot.toml").write_text(config)
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "feedbot", "run"],
            cwd=home, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return str(answer.read().decode())

    def metrics(self) -> Samples:
        try:
            return samples(self.get("/metrics"))
        except urllib.error.URLError:
            return {}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with Portal() as portal:
        one = Service(tmp_path, portal)
        try:
            until(lambda: one.metrics().get(("feedbot_articles_total", ("Portaal", "new")), 0))
            until(
                lambda: one.metrics().get(("feedbot_polls_total", ('Dood "en" stil', "failed")), 0)
            )
            until(lambda: one.metrics().get(("feedbot_feed_writes_total", ()), 0))
            yield one
        finally:
            one.process.send_signal(signal.SIGTERM)
            assert one.process.wait(timeout=15) == 0


def test_what_happened_is_counted(service: Service) -> None:
    heard = service.metrics()
    new = len(service.portal.stories)
    assert heard["feedbot_articles_total", ("Portaal", "new")] == new
    assert heard["feedbot_requests_total", ("2xx",)] >= new + 1
    assert heard["feedbot_requests_total", ("none",)] >= 1
    assert heard["feedbot_received_bytes_total", ()] > 1000 * new
    assert heard["feedbot_source_health", ("failing", 'Dood "en" stil')] == 1
    assert heard["feedbot_source_health", ("failing", "Portaal")] == 0
    assert heard["feedbot_topic_entries", ("rusland",)] > 0
    assert heard["feedbot_delay_seconds_count", ()] == 0  # all of it was there before us
    assert service.portal.advance()
    until(lambda: service.metrics()["feedbot_articles_total", ("Portaal", "new")] == new + 1)
    until(lambda: service.metrics()["feedbot_delay_seconds_count", ()] == 1)


def test_the_endpoint_says_whether_the_scheduler_lives(service: Service) -> None:
    health = json.loads(service.get("/health"))
    assert health["status"] == "ok"
    assert health["sources"]['Dood "en" stil'] == "failing"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        service.get("/")


def test_the_file_holds_the_same(service: Service) -> None:
    path = service.home / "metrics.prom"
    asked = service.metrics()
    until(lambda: path.exists() and set(asked) <= set(samples(path.read_text())))
    assert promtool("check", "metrics", input_=service.get("/metrics")) == ""


def promtool(*arguments: str, input_: str = "") -> str:
    """What promtool finds wrong; "" where it is not to be had, too: the parser has looked."""
    if shutil.which("promtool") is None:
        return ""
    done = subprocess.run(
        ["promtool", *arguments], input=input_, capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("promtool") is None, reason="no promtool: apt install prometheus")
def test_the_alert_rules_are_right() -> None:
    assert promtool("check", "rules", str(EXAMPLES / "alerts.yml")) == ""


def test_rules_dashboard_and_page_name_what_is_there(service: Service) -> None:
    there = {name for name, _ in service.metrics()}
    dashboard = json.loads((EXAMPLES / "grafana.json").read_text())
    queries = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    texts = [*queries, (EXAMPLES / "alerts.yml").read_text()]
    named = {name for text in texts for name in re.findall(r"\bfeedbot_\w+", text)}
    assert len(named) > 8
    assert named <= there
    told = set(re.findall(r"`(feedbot_\w+)`", (ROOT / "docs" / "metrics.md").read_text()))
    families = {re.sub(r"_(bucket|count|sum|created)$", "", name) for name in there}
    assert families - {name.removesuffix("_total") for name in told} - told == set()
    assert told <= families | there
