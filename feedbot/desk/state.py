"""What the pages of a desk work with, and how a change of theirs takes effect."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from flask import abort, current_app

from .. import config as configuration
from .. import schedule
from ..config import Config
from ..config.rules import Rules
from ..errors import ConfigError, Diagnostic, FeedbotError
from ..operations import pid_file
from ..poll import Tools
from ..store import Store, queries
from .jobs import Job, Jobs
from .story_cache import StoryCache

KEY = "feedbot.desk"


@dataclass(slots=True)
class Surroundings:
    """The feedbot that a desk belongs to.

    tools   those of the `feedbot run` that serves it; None: it is a process of its own
    asked   makes that `run` read its configuration again
    """

    clock: Callable[[], datetime]
    tools: Tools | None = None
    asked: threading.Event | None = None
    stop: threading.Event = field(default_factory=threading.Event)


class Desk:
    """What one desk works with; its threads share it."""

    def __init__(self, config: Config, store: Store, around: Surroundings) -> None:
        self.store = store
        self.around = around
        self.jobs = Jobs()
        self.editing = threading.Lock()  # of the configuration
        self.mistakes: tuple[Diagnostic, ...] = ()  # of a file that is not used, as it is wrong
        self._config = config
        self._rules = Rules(config.topics, config.leaders)
        self._seen = _stamp(config)
        self.stories = StoryCache(store)
        store.know_sources(config.sources)

    @property
    def config(self) -> Config:
        """The configuration as its file says it, or as it last said it without a mistake."""
        stamp = _stamp(self._config)
        if stamp != self._seen:
            self._seen = stamp
            try:
                self._config = configuration.load(self._config.path)
                self._rules = Rules(self._config.topics, self._config.leaders)
                self.mistakes = ()
            except ConfigError as error:
                self.mistakes = error.mistakes
        return self._config

    @property
    def rules(self) -> Rules:
        """The rules of that configuration, which are compiled once."""
        _ = self.config  # read anew if its file has changed
        return self._rules

    @property
    def now(self) -> datetime:
        """The time."""
        return self.around.clock()

    @property
    def is_alone(self) -> bool:
        """Whether no `feedbot run` is there to do what is asked, as far as this machine knows."""
        if self.around.tools is not None or self._config.is_shared:
            return False
        return not pid_file.is_running(self._config)

    def members(self, slug: str) -> set[int]:
        """The ids of the stories that are in a topic."""
        with self.store.read() as connection:
            return queries.members(connection, slug)

    @contextlib.contextmanager
    def open_tools(self, config: Config | None = None) -> Iterator[Tools]:
        """What polls work with: those of `run`, or others; with another `config`, always others."""
        if config is None and self.around.tools is not None:
            yield self.around.tools
            return
        with schedule.open_tools(config or self.config, self.around.clock) as tools:
            yield tools

    def take_effect(self) -> str:
        """Has feedbot use the changed configuration; a sentence on who does."""
        config = self.config
        self.store.know_sources(config.sources)
        others = " Copy feedbot.toml to the other machines, and send SIGHUP to their feedbot."
        if self.around.asked is not None:
            self.around.asked.set()
            return "feedbot uses it now." + (others if config.is_shared else "")
        if config.is_shared:
            schedule.publish_all(config, self.store)
            return "Send SIGHUP to `feedbot run`." + others
        try:
            pid_file.ask_to_reload(config)
        except FeedbotError:
            schedule.publish_all(config, self.store)
            return "It is used when `feedbot run` starts; the feeds are up to date."
        return "feedbot uses it now."

    def poll(self, name: str) -> str:
        """Has a source visited now; a sentence on who does."""
        if not self.is_alone:
            self.store.hasten(name, self.now)
            return f"{name} is visited within a few seconds."
        self.jobs.start(f"visiting {name}", lambda job: self._poll(name, job))
        return f"{name} is being visited; reload this page in a moment."

    def _poll(self, name: str, job: Job) -> None:
        with self.open_tools() as tools:
            tools.progress = job.advance
            outcome = schedule.poll_once(self.config, tools, [name], self.around.stop, insist=True)
        if outcome.error:
            raise FeedbotError(outcome.error)


def _stamp(config: Config) -> tuple[int, int, int] | None:
    """What changes when the file of a configuration does; None if there is none."""
    try:
        found = config.path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def desk() -> Desk:
    """The desk of the request that is being answered."""
    return cast("Desk", current_app.extensions[KEY])


def kept_job(key: str) -> Job:
    """A job of this desk; answers 404 where it is not kept any more."""
    job = desk().jobs.find(key)
    if job is None:
        abort(404, "This result is not kept any more; ask again.")
    return job
