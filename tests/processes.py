"""feedbot as its operators run it: real processes in a folder of their own."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pty
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import feedparser

FEEDBOT = [sys.executable, "-W", "error", "-m", "feedbot"]


def feedbot(home: Path, *args: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*FEEDBOT, *args], cwd=home, capture_output=True, text=True, timeout=timeout, check=False
    )


def on_terminal(home: Path, *args: str, typed: str = "") -> tuple[int, str]:
    """The exit status, and what a person sees who has `typed` this."""
    mouth, terminal = pty.openpty()
    os.write(mouth, typed.encode())
    with ThreadPoolExecutor() as ears:
        heard = ears.submit(_hear, mouth)
        done = subprocess.run(
            [*FEEDBOT, *args],
            cwd=home,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            timeout=60,
            check=False,
        )
        os.close(terminal)
    return done.returncode, heard.result()


def _hear(terminal: int) -> str:
    parts = []
    with contextlib.suppress(OSError):  # so it ends
        while part := os.read(terminal, 65536):
            parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode()


def start(home: Path, *args: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*FEEDBOT, *args],
        cwd=home,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until(claim: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)


def entries(home: Path, slug: str) -> list[feedparser.FeedParserDict]:
    path = home / "feeds" / f"{slug}.xml"
    return feedparser.parse(path.read_bytes()).entries if path.exists() else []


def output(home: Path) -> dict[str, tuple[bytes, int]]:
    """Every published file with its bytes and its modification time."""
    return {
        str(path.relative_to(home)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted((home / "feeds").rglob("*"))
        if path.is_file()
    }


def without_read_time(content: bytes) -> bytes:
    """A published file, but for when a site was read: a poll without news does not write it."""
    return re.sub(rb"\(gelezen [^)]*\)", b"", content)


@contextlib.contextmanager
def serving(serve: Callable[..., None], *args: object) -> Iterator[Any]:
    """What `serve(*args, pipe)` says first, from a process of its own, which is killed in the end."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(*args, there), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.kill()
        process.join()
