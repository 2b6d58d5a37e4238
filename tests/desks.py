"""A desk that is served on loopback, and what asks it as a browser would."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from feedbot import config as configuration
from feedbot import schedule
from feedbot.desk import Surroundings, serving
from feedbot.poll import Tools

TOKEN = re.compile(r'name="token" value="([^"]+)"')


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Visitor:
    """A browser without a screen: it keeps cookies, and sends forms with their token."""

    url: str
    session: requests.Session

    def get(self, path: str = "/", **headers: str) -> requests.Response:
        return self.session.get(
            self.url + path.lstrip("/"), headers=headers, timeout=30, allow_redirects=False
        )

    def token(self) -> str:
        found = TOKEN.search(self.get("/topic").text) or TOKEN.search(self.get("/sign-in").text)
        assert found
        return found[1]

    def post(self, path: str, token: str | None = None, /, **form: str) -> requests.Response:
        """Sends a form and follows where it leads."""
        data = form | {"token": self.token() if token is None else token}
        return self.session.post(self.url + path.lstrip("/"), data=data, timeout=60)


def visitor(url: str) -> Visitor:
    return Visitor(url, requests.Session())


@contextlib.contextmanager
def desk_on(path: Path, around: Surroundings | None = None, **changes: Any) -> Iterator[Visitor]:
    """Somebody who looks at a desk with the configuration at `path`; `changes` are in [desk]."""
    config = configuration.load(path)
    desk = dataclasses.replace(config.desk, **({"listen": "127.0.0.1:0"} | changes))
    config = dataclasses.replace(config, desk=desk)
    with serving(config, around or Surroundings(clock=now)) as url:
        yield visitor(url)


def poll_all(path: Path) -> None:
    """One visit to every source, and the feeds published."""
    config = configuration.load(path)
    with schedule.open_tools(config, now) as tools:
        names = [source.name for source in config.sources]
        outcome = schedule.poll_once(config, tools, names, threading.Event())
    assert not outcome.failed, outcome


@contextlib.contextmanager
def tools_of(path: Path) -> Iterator[Tools]:
    with schedule.open_tools(configuration.load(path), now) as tools:
        yield tools
