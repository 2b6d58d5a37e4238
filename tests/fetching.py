"""What tests of fetching have in common: a source, a fetcher with a store of its own, a body."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from feedbot.fetch import Fetcher
from feedbot.model import Page, Polling, Source
from feedbot.store import Store


@contextmanager
def open_fetcher(folder: Path, **options: Any) -> Iterator[Fetcher]:
    """A fetcher that notes what hosts ask of it in a new store in a folder."""
    with (
        Store(f"sqlite:///{folder / 'feedbot.db'}") as store,
        Fetcher(notes=store, clock=lambda: datetime.now(UTC), **options) as fetcher,
    ):
        yield fetcher


def source_of(polling: Polling, *urls: str, **settings: Any) -> Source:
    """A source with these listings; `settings` take the place of those in `polling`."""
    return Source(name="krant", urls=urls, polling=replace(polling, **settings))


def body_of(fetcher: Fetcher, url: str, source: Source) -> bytes:
    """The body that a page has now."""
    page = fetcher.fetch(url, source=source)
    assert isinstance(page, Page)
    return page.body
