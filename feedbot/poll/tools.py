"""What polls work with, made from a configuration."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime

from ..config import Config
from ..config.rules import Rules
from ..fetch import Fetcher
from ..fetch.browser import PageRenderer
from ..read.reader import Reader
from ..store import Store
from .visit import Tools


@contextlib.contextmanager
def open_tools(config: Config, clock: Callable[[], datetime]) -> Iterator[Tools]:
    """Everything a poll works with, opened here and closed again."""
    with (
        Store(config.store_url) as store,
        Fetcher(notes=store, clock=clock) as fetcher,
        PageRenderer(fetcher) as renderer,
        Reader(config.topics, config.leaders) as reader,
    ):
        tools = Tools(
            store=store,
            fetcher=fetcher,
            reader=reader,
            renderer=renderer,
            rules=Rules(config.topics, config.leaders),
            authority=config.output.authority,
            clock=clock,
        )
        prepare(tools, config)
        yield tools


def prepare(tools: Tools, config: Config) -> None:
    """Has the store and the fetcher know the sources of this configuration."""
    contacts = (source.polling.contact for source in config.sources)
    tools.fetcher.configure(contact=next(filter(None, contacts), config.output.url))
    tools.store.know_sources(config.sources)
