"""What Prometheus hears: a text file, and an endpoint on loopback that also says whether we live.

Counters are of this process, since it started; gauges are asked of the store when somebody looks.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any, get_args
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    make_wsgi_app,
    write_to_textfile,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from ..config import Config
from ..errors import FeedbotError, PublishError
from ..events import emit
from ..model import VERDICTS, Health, Report
from ..poll import Tools
from ..publish import Published
from ..store import queries
from .status import collect_status

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)

WRITE_EVERY = 5.0  # seconds between two versions of the file; Prometheus looks more seldom
HUNG = 120.0  # seconds without a beat after which we are not well, as in feedbot.service
DELAYS = (60, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400)  # seconds


class Meter:
    """Counts what the scheduler does; `docs/reference.md` lists every name."""

    def __init__(self, config: Config, tools: Tools) -> None:
        self.config = config
        self._tools = tools
        self.registry = CollectorRegistry()
        self._polls = Counter(
            "feedbot_polls",
            "Visits: ok, unchanged, failed.",
            ["source", "status"],
            registry=self.registry,
        )
        self._articles = Counter(
            "feedbot_articles",
            "Articles: new, revised, duplicate, unchanged, failed.",
            ["source", "verdict"],
            registry=self.registry,
        )
        self._files = Counter("feedbot_feed_writes", "Feeds written anew.", registry=self.registry)
        self._failed = Counter(
            "feedbot_publish_failures",
            "Times that the output could not be written.",
            registry=self.registry,
        )
        self._delay = Histogram(
            "feedbot_delay_seconds",
            "From an article's publication, as its page says, to the feed.",
            buckets=DELAYS,
            registry=self.registry,
        )
        self.registry.register(_State(self))
        with tools.store.read() as connection:
            self._last = queries.last_story(connection)
        self._beat = time.monotonic()
        self._written = float("-inf")

    def polled(self, report: Report) -> None:
        """A visit has ended."""
        self._polls.labels(report.source, report.status).inc()
        for verdict in VERDICTS:
            self._articles.labels(report.source, verdict).inc(report.count(verdict))
        self._articles.labels(report.source, "failed").inc(len(report.failures))

    def published(self, done: Published) -> None:
        """The output is up to date; what is new in it was published that long ago."""
        self._files.inc(len(done.feeds))
        now = self._tools.clock()
        with self._tools.store.read() as connection:
            for story_id, published in queries.arrivals(connection, self._last):
                self._last = story_id
                if published is not None:
                    self._delay.observe(max((now - published).total_seconds(), 0))

    def failed_to_publish(self) -> None:
        """The output could not be written."""
        self._failed.inc()

    def beat(self) -> None:
        """The scheduler is alive; the file is renewed if it is time."""
        self._beat = time.monotonic()
        path = self.config.metrics.file
        if path and self._beat - self._written >= WRITE_EVERY:
            self._written = self._beat
            try:
                write_to_textfile(str(self.config.base / path), self.registry)
            except OSError as error:
                problem = f"cannot be written: {error.strerror}; see [metrics] file"
                raise PublishError(f"{self.config.base / path}: {problem}") from error

    def take(self, config: Config) -> None:
        """There is another configuration; where we listen stays as it is."""
        self.config = config

    @property
    def lives(self) -> bool:
        """Whether the scheduler has beaten lately."""
        return time.monotonic() - self._beat < HUNG

    def state(self) -> Iterable[Metric]:
        """What the store and the fetcher know now."""
        tools, now = self._tools, self._tools.clock()
        status = collect_status(self.config, tools.store)
        health = GaugeMetricFamily(
            "feedbot_source_health",
            "1 for the health that a source has: ok, new, failing, silent, degraded.",
            labels=["source", "health"],
        )
        polled = GaugeMetricFamily(
            "feedbot_source_last_poll_seconds", "When a source was last reached.", labels=["source"]
        )
        due = GaugeMetricFamily("feedbot_queue", "Sources that are due and not yet polled.")
        entries = GaugeMetricFamily(
            "feedbot_topic_entries", "Stories of a topic.", labels=["topic"]
        )
        changed = GaugeMetricFamily(
            "feedbot_topic_changed_seconds", "When a topic last changed.", labels=["topic"]
        )
        for one in status.sources:
            for word in get_args(Health):
                health.add_metric([one.name, word], word == one.health)
            if one.state.last_polled:
                polled.add_metric([one.name], one.state.last_polled.timestamp())
        due.add_metric([], sum(one.state.next_poll <= now for one in status.sources))
        for topic, state in status.topics:
            entries.add_metric([topic.slug], state.entries)
            if state.updated:
                changed.add_metric([topic.slug], state.updated.timestamp())
        return [health, polled, due, entries, changed, *self._traffic()]

    def _traffic(self) -> Iterable[Metric]:
        traffic = self._tools.fetcher.traffic()
        requests = CounterMetricFamily(
            "feedbot_requests",
            "Requests by class of answer: 2xx, 3xx, 304, 4xx, 5xx, none.",
            labels=["answer"],
        )
        size = CounterMetricFamily(
            "feedbot_received_bytes", "Bytes of pages, as they came over the wire."
        )
        for answer in ("2xx", "3xx", "304", "4xx", "5xx", "none"):
            requests.add_metric([answer], traffic[answer])
        size.add_metric([], traffic["bytes"])
        return [requests, size]

    def health(self) -> dict[str, Any]:
        """The contract of `/health`."""
        try:
            status = collect_status(self.config, self._tools.store)
        except FeedbotError as error:
            return {"status": "failing", "problem": str(error)}
        sources = {one.name: one.health for one in status.sources}
        return {"status": "ok" if self.lives else "hung", "sources": sources}


class _State:
    """What is collected when somebody looks."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: the names are our own."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """The state now."""
        return self._meter.state()


# --- the endpoint -----------------------------------------------------------------------------


@contextlib.contextmanager
def metered(config: Config, tools: Tools) -> Iterator[Meter]:
    """A meter for this configuration, its endpoint open meanwhile."""
    meter = Meter(config, tools)
    if config.metrics.listen is None:
        yield meter
        return
    with _served(config.metrics.listen, _application(meter)):
        yield meter


def _application(meter: Meter) -> Callable[..., Iterable[bytes]]:
    metrics = make_wsgi_app(meter.registry)

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO")
        if path == "/metrics":
            found: Iterable[bytes] = metrics(environ, start)
            return found
        if path != "/health":
            start("404 Not Found", [("Content-Type", "text/plain")])
            return [b"/metrics or /health\n"]
        health = meter.health()
        status = "200 OK" if health["status"] == "ok" else "503 Service Unavailable"
        start(status, [("Content-Type", "application/json"), ("Cache-Control", "no-store")])
        return [json.dumps(health, ensure_ascii=False).encode() + b"\n"]

    return answer


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Nothing: being looked at is no event."""


@contextlib.contextmanager
def _served(address: str, application: Callable[..., Iterable[bytes]]) -> Iterator[None]:
    host, _, port = address.rpartition(":")
    try:
        server = make_server(host.strip("[]"), int(port), application, _Server, _Quiet)
    except OSError as error:
        raise FeedbotError(f"[metrics] listen {address}: {error.strerror or error}") from error
    thread = threading.Thread(target=server.serve_forever, args=(0.2,), name="metrics", daemon=True)
    thread.start()
    emit(log, logging.INFO, "listening", f"http://{address}/metrics")
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
