"""The rules of the topics as polls use them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ..model import Topic

if TYPE_CHECKING:
    from ..topics import Router


class Rules:
    """The topics of one configuration.

    Workers route articles as they read them. What is compiled here is for those that were read
    before, by other rules; most processes never need it.
    """

    def __init__(self, topics: Sequence[Topic], leaders: Mapping[str, Sequence[str]]) -> None:
        self._topics = topics
        self._leaders = leaders

    @cached_property
    def router(self) -> Router:
        """Compiled at its first use."""
        from ..topics import compile_topics  # and with it the words of all countries

        return compile_topics(self._topics, self._leaders)
