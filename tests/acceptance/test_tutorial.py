"""The tutorial, followed line by line by somebody who has a checkout and an empty folder."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from tests.acceptance.test_docs import ROOT, TUTORIAL, commands_of, shows
from tests.processes import feedbot, start, until

PAGE = TUTORIAL
BLOCK = re.compile(r"^```(sh|toml|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
PORTS = ("8000", "8001")  # of the feeds, and of the sample site


@dataclass
class Follower:
    """Somebody who types what the page says; what keeps running does so in a terminal of its own."""

    home: Path
    ports: dict[str, str]
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def here(self, text: str) -> str:
        """What the page says, with ports that are free on this machine."""
        return re.sub("|".join(self.ports), lambda found: self.ports[found[0]], text)

    def follow(self, language: str, text: str) -> None:
        match language:
            case "toml":
                (self.home / "feedbot.toml").write_text(self.here(text), encoding="utf-8")
            case "console":
                for command, printed in commands_of(text):
                    self.see(command, self.here(printed))
            case "sh":
                for line in text.splitlines():
                    self.type(line)

    def see(self, command: str, printed: str) -> None:
        program, *words = shlex.split(self.here(command))
        assert program == "feedbot"
        done = feedbot(self.home, *words)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        assert shows(printed, done.stdout), f"{command}:\n{done.stdout}"

    def type(self, line: str) -> None:
        match shlex.split(line):
            case ["make", target]:
                done = subprocess.run(["make", "-n", target], cwd=ROOT, check=False)
                assert done.returncode == 0
            case ["export", path]:
                assert path == "PATH=$PWD/.venv/bin:$PATH"
            case ["feedbot", "demo", *words]:
                self.leave("demo", *(self.here(word) for word in words))
                self.answers(PORTS[1], "nieuws")
            case ["feedbot", "serve"]:
                self.leave("serve", "--port", self.ports[PORTS[0]])
                self.answers(PORTS[0], "index.html")
            case _:
                pytest.fail(f"nobody knows how to follow {line!r}")

    def leave(self, *words: str) -> None:
        self.running.append(start(self.home, *words))

    def answers(self, port: str, path: str) -> None:
        def answered() -> bool:
            assert self.running[-1].poll() is None, self.running[-1].communicate()
            with contextlib.suppress(requests.ConnectionError):
                return requests.get(self.url(port, path), timeout=10).status_code == 200
            return False

        until(answered)

    def url(self, port: str, path: str) -> str:
        return f"http://127.0.0.1:{self.ports[port]}/{path}"


@pytest.fixture
def follower(tmp_path: Path) -> Iterator[Follower]:
    with contextlib.ExitStack() as sockets:
        free = [sockets.enter_context(socket.socket()) for _ in PORTS]
        for one in free:
            one.bind(("127.0.0.1", 0))
        ports = {port: str(one.getsockname()[1]) for port, one in zip(PORTS, free, strict=True)}
    follower = Follower(tmp_path, ports)
    yield follower
    for process in follower.running:
        process.kill()
        process.communicate()


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.skipif(not (ROOT / "Makefile").exists(), reason="this is no checkout")
def test_every_line_of_the_tutorial_holds(follower: Follower) -> None:
    for language, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        follower.follow(language, text)
    # Step 6: the page of a topic and the address that it offers.
    feed = follower.url(PORTS[0], "rusland.xml")
    page = requests.get(follower.url(PORTS[0], "rusland.html"), timeout=10).text
    assert f'value="{feed}"' in page
    assert requests.get(feed, timeout=10).headers["Content-Type"].startswith("text/xml")
    # Step 7: it runs until Ctrl-C.
    running = start(follower.home, "run")
    follower.running.append(running)
    assert running.stderr
    assert running.stderr.readline(), "it says that it has begun"
    os.kill(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 0, said
