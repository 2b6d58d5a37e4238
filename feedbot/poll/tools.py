"""What polls work with, made from a configuration."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime

from ..config import Config
from ..fetch import Fetcher
from ..read.reader import Reader
from ..store import Store
from ..topics import compile_topics
from .visit import Tools


@contextlib.contextmanager
def open_tools(config: Config, clock: Callable[[], datetime]) -> Iterator[Tools]:
    """Everything a poll works with, opened here and closed again."""
    with (
        Store(config.store_url) as store,
        Fetcher(notes=store, clock=clock) as fetcher,
        Reader(config.topics, config.leaders) as reader,
    ):
        tools = Tools(
            store=store,
            fetcher=fetcher,
            reader=reader,
            router=compile_topics(config.topics, config.leaders),
            authority=config.output.authority,
            clock=clock,
        )
        prepare(tools, config)
        yield tools


def prepare(tools: Tools, config: Config) -> None:
    """Has the store and the fetcher know the sources of this configuration."""
    contacts = (source.polling.contact for source in config.sources)
    contact = next((one for one in contacts if one), config.output.url)
    tools.fetcher.configure(contact=contact)
    tools.store.know_sources(config.sources)
