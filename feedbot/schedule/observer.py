"""Those who are told what the scheduler does."""

from __future__ import annotations

from typing import Protocol

from ..config import Config
from ..model import Report
from ..publish import Published


class Observer(Protocol):
    """Somebody who is told what the scheduler does. Calls come from several threads."""

    def polled(self, report: Report) -> None:
        """A visit has ended."""

    def published(self, done: Published) -> None:
        """The output is up to date."""

    def failed_to_publish(self) -> None:
        """It is not, and will be tried again."""

    def beat(self) -> None:
        """The scheduler is alive."""

    def take(self, config: Config) -> None:
        """There is another configuration."""
