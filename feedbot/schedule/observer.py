"""Observers of the scheduler."""

from __future__ import annotations

from typing import Protocol

from ..config import Config
from ..model import Report
from ..publish import Published


class Observer(Protocol):
    """Is called with what the scheduler does, from several threads."""

    def polled(self, report: Report) -> None:
        """A visit has ended."""

    def published(self, done: Published) -> None:
        """The output is up to date."""

    def failed_to_publish(self) -> None:
        """The output could not be written; this is retried."""

    def beat(self) -> None:
        """The scheduler is alive."""

    def take(self, config: Config) -> None:
        """The configuration has changed."""
