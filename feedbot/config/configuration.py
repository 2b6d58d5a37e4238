"""What feedbot.toml says, as the other modules use it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from ..model import Alerts, Desk, Metrics, Output, Source, Topic


@dataclass(frozen=True, kw_only=True)
class Config:
    """The configuration. Relative paths start from `base`.

    off   the sources that are switched off: nothing visits them, and what they gave stays
    """

    path: Path
    output: Output
    store_url: str
    store_keep: timedelta  # how long a story's text is kept after its last change
    sources: tuple[Source, ...]
    topics: tuple[Topic, ...]
    leaders: Mapping[str, tuple[str, ...]]
    alerts: Alerts = field(default_factory=Alerts)
    metrics: Metrics = field(default_factory=Metrics)
    desk: Desk = field(default_factory=Desk)
    off: tuple[Source, ...] = ()

    @property
    def known(self) -> tuple[Source, ...]:
        """All sources, those that are switched off included."""
        return (*self.sources, *self.off)

    @property
    def base(self) -> Path:
        """The folder of the configuration file."""
        return self.path.resolve().parent

    @property
    def folder(self) -> Path | None:
        """The output folder; None if the output is a bucket."""
        return None if "://" in self.output.output else self.base / self.output.output

    @property
    def is_shared(self) -> bool:
        """Whether several machines may share the database."""
        return self.store_url.startswith("postgresql")

    def source(self, name: str) -> Source | None:
        """The source with this name; None if there is none."""
        return self._by_name.get(name)

    @functools.cached_property
    def _by_name(self) -> Mapping[str, Source]:
        return {source.name: source for source in self.sources}
