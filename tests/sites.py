"""Small sites kept as folders of `tests/pages`, and whether feedbot makes of them what it should.

    about.txt      what the site does, and what a subscriber must get
    feedbot.toml   @PORT@ stands for the port of the server
    site/          its files; those of site.2/ come before them from the second poll on, and so on
    expected.json  what must be in the feed; see `Case.entries`, and README.md beside the folders

A request for /a/b?q=1 is answered with the first of these files that exists:
a/b@q=1, a/b/index.html@q=1, a/b, a/b/index.html; a "/" within the query is written "_".
NAME.head holds header lines for NAME: `Status: 302`; `Content-Type:` with nothing behind it sends none.
"""

from __future__ import annotations

import html
import json
import re
import threading
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from feedbot import config as configuration
from feedbot.config.rules import Rules
from feedbot.errors import ConfigError
from feedbot.fetch import Fetcher
from feedbot.model import Report
from feedbot.operations import explain
from feedbot.poll import Tools
from feedbot.poll.tools import prepare
from feedbot.read.reader import Reader
from feedbot.schedule import poll_once, publish_all
from feedbot.store import Store

FOLDER = Path(__file__).with_name("pages")
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)  # when all of these sites are read
TYPES = {
    ".xml": "text/xml",
    ".rss": "application/rss+xml",
    ".json": "application/json",
    ".txt": "text/plain",
}
BLOCK = re.compile(
    r"</?(?:p|li|h[1-6]|ul|ol|dl|dt|dd|figure|blockquote|pre|table|tr|td|th|caption|div|section)\b[^>]*>|<br\s*/?>"
)


class Site:
    """A site on a free port of 127.0.0.1; `asked` holds the paths that were asked for."""

    def __init__(self, case: Path) -> None:
        self.case, self.poll = case, 1
        self.asked: list[str] = []
        self._hits = Counter[str]()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                status, headers, body = site.answer(self.path)
                self.send_response_only(status)
                for name, value in [
                    *headers,
                    ("Date", format_datetime(NOW, usegmt=True)),
                    ("Content-Length", str(len(body))),
                ]:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.port: int = self._server.server_address[1]

    def __enter__(self) -> Site:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, target: str) -> tuple[int, list[tuple[str, str]], bytes]:
        self.asked.append(target)
        self._hits[target.partition("?")[0]] += 1
        file = next(self._files(target), None)
        if file is None:
            return 404, [("Content-Type", "text/html")], b"<title>404</title><h1>not found</h1>"
        status, headers = (
            200,
            [("Content-Type", TYPES.get(file.suffix, "text/html; charset=utf-8"))],
        )
        head = file.with_name(file.name + ".head")
        if head.exists():
            lines = self._filled(head.read_bytes(), target).decode().splitlines()
            given = [
                (name, value.strip()) for name, _, value in (line.partition(":") for line in lines)
            ]
            status = int(dict(given).get("Status", status))
            headers = [] if "Content-Type" in dict(given) else headers
            headers += [(name, value) for name, value in given if name != "Status" and value]
        return status, headers, self._filled(file.read_bytes(), target)

    def _files(self, target: str) -> Iterator[Path]:
        path, _, query = target.partition("?")
        for plain in dict.fromkeys((unquote(path), unquote(path).partition(";")[0])):
            for number in range(self.poll, 0, -1):
                folder = self.case / ("site" if number == 1 else f"site.{number}")
                names = [plain.lstrip("/"), plain.lstrip("/").rstrip("/") + "/index.html"]
                if query:
                    asked = unquote(query).replace("/", "_")
                    names = [f"{name}@{asked}" for name in names] + names
                yield from (file for name in names if (file := folder / name.lstrip("/")).is_file())

    def _filled(self, text: bytes, target: str) -> bytes:
        hits = str(self._hits[target.partition("?")[0]]).encode()
        return text.replace(b"@PORT@", str(self.port).encode()).replace(b"@HIT@", hits)


class Case:
    """One folder, polled and published; `problems` says how the feed is not what it must be."""

    def __init__(self, case: Path, home: Path, reader: Reader) -> None:
        self.case, self.home, self._reader = case, home, reader
        self.problems: list[str] = []
        self.expected = json.loads((case / "expected.json").read_text("utf-8"))
        self._written = (case / "feedbot.toml").read_text("utf-8")

    def run(self) -> list[str]:
        """Every way in which the result is wrong, in words."""
        with Site(self.case) as self._site:
            path = self.home / "feedbot.toml"
            path.write_text(self._written.replace("@PORT@", str(self._site.port)), "utf-8")
            if self.expected.get("check_fails"):
                self._check(path)
            else:
                self._poll_all(path)
        return self.problems

    def _check(self, path: Path) -> None:
        try:
            configuration.load(path)
        except ConfigError as error:
            if "feedbot.toml:" not in str(error):
                self.problems.append("the error does not name the line")
        else:
            self.problems.append("the configuration is taken")

    def _poll_all(self, path: Path) -> None:
        config = configuration.load(path)
        self._zone = ZoneInfo(tomllib.loads(self._written)["sources"][0].get("timezone", "UTC"))
        now = NOW
        reports: list[Report] = []
        items: list[dict[str, Any]] = []
        with Store(config.store_url) as store, Fetcher(notes=store, clock=lambda: now) as fetcher:
            tools = Tools(
                store=store,
                fetcher=fetcher,
                reader=self._reader,
                rules=Rules(config.topics, config.leaders),
                authority=config.output.authority,
                clock=lambda: now,
            )
            prepare(tools, config)
            for number in range(1, self.expected.get("polls", 1) + 1):
                self._site.poll, before = number, len(self._site.asked)
                names = [source.name for source in config.sources]
                reports += poll_once(config, tools, names, threading.Event()).reports
                publish_all(config, store)
                self._count_requests(number, self._site.asked[before:])
                items = self._stay(items, self._items(), number)
                now += timedelta(seconds=5)
            self._config, self._tools = config, tools
            self._judge(reports, items)

    def _count_requests(self, poll: int, asked: list[str]) -> None:
        requests = [path for path in asked if path != "/robots.txt"]
        most = [10**9, *self.expected.get("max_requests", [10**9] * poll)][poll]
        if len(requests) > most:
            self.problems.append(f"poll {poll} sends {len(requests)} requests, not {most} at most")

    def _items(self) -> list[dict[str, Any]]:
        file = self.home / "feeds" / "alles.json"
        return json.loads(file.read_text("utf-8"))["items"] if file.exists() else []

    def _stay(
        self, before: list[dict[str, Any]], items: list[dict[str, Any]], poll: int
    ) -> list[dict[str, Any]]:
        """What is promised of every entry: it stays, and its date of publication never moves."""
        now = {item["id"]: item for item in items}
        for item in before:
            if item["id"] not in now:
                self.problems.append(f"poll {poll}: the entry {item['title']!r} is gone")
            elif now[item["id"]]["date_published"] != item["date_published"]:
                self.problems.append(f"poll {poll}: the date of {item['title']!r} moves")
        return items

    def _judge(self, reports: list[Report], items: list[dict[str, Any]]) -> None:
        status = reports[-1].status
        if status not in self.expected.get("status", [status]):
            self.problems.append(f"the source is {status!r}: {reports[-1].error}")
        revised = sum(report.count("revised") for report in reports)
        if revised != self.expected.get("revised", revised):
            self.problems.append(f"{revised} revised, not {self.expected['revised']}")
        left = list(items)
        for want in self.expected.get("entries", []):
            name = want.get("url", want.get("title"))
            found = [
                one
                for one in left
                if name == (self._path(one["url"]) if "url" in want else one["title"])
            ]
            if not found:
                self.problems.append(f"no entry {name}")
                continue
            left.remove(found[0])
            self.problems += [f"{name}: {problem}" for problem in self._compare(want, found[0])]
        if self.expected.get("only"):
            self.problems += [
                f"an entry too many: {self._path(one['url'])} {one['title']!r}" for one in left
            ]

    def _compare(self, want: Mapping[str, Any], item: Mapping[str, Any]) -> Iterator[str]:
        content, whole = item.get("content_html", ""), json.dumps(item, ensure_ascii=False)
        authors = [author["name"] for author in item.get("authors", [])]
        if item["title"] != want.get("title", item["title"]):
            yield f"title {item['title']!r}, not {want['title']!r}"
        if authors != want.get("authors", authors):
            yield f"authors {authors}, not {want['authors']}"
        if "published" in want and (got := self._wrong_date(want["published"], item)):
            yield f"date {got}, not {want['published']}"
        if "text" in want and (got := text_lines(content)) != want["text"]:
            yield f"text {got}, not {want['text']}"
        if "image" in want and self._path(item.get("image")) not in [
            one or "" for one in want["image"]
        ]:
            yield f"image {self._path(item.get('image'))!r}, not {want['image']}"
        yield from (f"content lacks {one!r}" for one in want.get("html", []) if one not in content)
        yield from (f"entry has {one!r}" for one in want.get("not", []) if one in whole)

    def _wrong_date(self, want: str | None, item: Mapping[str, Any]) -> str:
        got = datetime.fromisoformat(item["date_published"]).astimezone(self._zone)
        if want is None:
            account = explain.why(item["url"], self._config, self._tools)
            origin = account.published.origin if account.published else "first sight"
            return "" if origin == "first sight" else f"{got} from {origin}"
        if relative := re.match(r"day-(\d+)", want):  # day-1T07:05: yesterday at five past seven
            day = NOW.astimezone(self._zone).date() - timedelta(days=int(relative[1]))
            want = day.isoformat() + want[relative.end() :]
        if re.search(r"T.*[+-]\d\d:\d\d$", want):
            return "" if got == datetime.fromisoformat(want) else got.isoformat()
        return "" if got.isoformat().startswith(want) else got.isoformat()

    def _path(self, url: str | None) -> str:
        return re.sub(rf"^https?://(127\.0\.0\.1|localhost):{self._site.port}", "", url or "")


def text_lines(content: str) -> list[str]:
    """The paragraphs, cells and lines of the text, without captions."""
    content = re.sub(r"(?s)<figcaption.*?</figcaption>", "", content)
    plain = [html.unescape(re.sub(r"<[^>]+>", "", part)) for part in BLOCK.split(content)]
    return [text for part in plain if (text := re.sub(r"\s+", " ", part).strip())]
