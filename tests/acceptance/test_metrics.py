"""What Prometheus hears of `feedbot run`, over HTTP and in a file, as its own tool judges it."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from feedbot.demo.portal import Portal
from tests.processes import FEEDBOT, until

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
            [*FEEDBOT, "run"],
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


needs_promtool = pytest.mark.skipif(
    shutil.which("promtool") is None, reason="no promtool: apt install prometheus"
)


def statements() -> list[str]:
    """Every query of the dashboard."""
    dashboard = json.loads((EXAMPLES / "grafana.json").read_text())
    return [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]


@needs_promtool
def test_alert_rules_and_queries_are_right(tmp_path: Path) -> None:
    assert promtool("check", "rules", str(EXAMPLES / "alerts.yml")) == ""
    rules = [{"record": f"query:{n}", "expr": query} for n, query in enumerate(statements())]
    path = tmp_path / "queries.yml"
    path.write_text(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}))
    assert promtool("check", "rules", str(path)) == ""


# An alert; a series and its values at every minute, as Prometheus writes them; when it is not yet
# heard, when it is.
ALARMS = [
    ("FeedbotDown", 'up{job="feedbot"}', "1x9 0x60", "12m", "20m"),
    ("FeedbotSourceFailing", 'feedbot_source_health{health="failing"}', "1x400", "5h", "6h10m"),
    ("FeedbotSourceNeedsEyes", 'feedbot_source_health{health="silent"}', "1x90", "20m", "40m"),
    ("FeedbotCannotPublish", "feedbot_publish_failures_total", "0x9 0+1x60", "5m", "30m"),
    ("FeedbotBehind", "feedbot_queue", "50x9 51x60", "20m", "30m"),
    ("FeedbotLate", 'feedbot_delay_seconds_bucket{le="14400"}', "0x600", "30m", "2h"),
]


@needs_promtool
@pytest.mark.parametrize(("alert", "series", "values", "before", "after"), ALARMS)
def test_an_alert_is_heard_in_its_time_and_not_before(
    tmp_path: Path, alert: str, series: str, values: str, before: str, after: str
) -> None:
    given = [{"series": series, "values": values}]
    if "bucket" in series:  # ten articles a minute, all of them later than that
        slow = [f'feedbot_delay_seconds_bucket{{le="{bound}"}}' for bound in ("43200", "+Inf")]
        given += [{"series": one, "values": "0+10x600"} for one in slow]
    if "queue" not in series:
        given.append({"series": "feedbot_queue", "values": "0x600"})

    def heard(time: str) -> bool:
        expected = [{"eval_time": time, "alertname": alert, "exp_alerts": []}]
        test = {"interval": "1m", "input_series": given, "alert_rule_test": expected}
        path = tmp_path / "test.yml"
        path.write_text(json.dumps({"rule_files": [str(EXAMPLES / "alerts.yml")], "tests": [test]}))
        found = promtool("test", "rules", str(path))
        assert not found or f"alertname: {alert}" in found, found
        return bool(found)

    assert (heard(before), heard(after)) == (False, True)


def test_every_alert_is_tried() -> None:
    named = re.findall(r"alert: (\w+)", (EXAMPLES / "alerts.yml").read_text())
    assert named == [alert for alert, *_ in ALARMS]


def test_rules_dashboard_and_page_name_what_is_there(service: Service) -> None:
    there = {name for name, _ in service.metrics()}
    texts = [*statements(), (EXAMPLES / "alerts.yml").read_text()]
    named = {name for text in texts for name in re.findall(r"\bfeedbot_\w+", text)}
    assert len(named) > 8
    assert named <= there
    told = set(re.findall(r"`(feedbot_\w+)`", (ROOT / "docs" / "reference.md").read_text()))
    families = {re.sub(r"_(bucket|count|sum|created)$", "", name) for name in there}
    assert families - {name.removesuffix("_total") for name in told} - told == set()
    assert told <= families | there
