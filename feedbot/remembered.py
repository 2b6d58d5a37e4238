"""Answers that are remembered while pages are read: many rules ask the same of each block.

A worker forgets them after each visit: they are of no use for the next site, and tens of thousands
of texts would stay in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_forget: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Has a function remember its last answers, `most` of them, until `forget` is called."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        cached = lru_cache(maxsize=most)(function)
        _forget.append(cached.cache_clear)
        return cached  # type: ignore[return-value]

    return decorate


def forget() -> None:
    """Has all those functions forget their answers."""
    for clear in _forget:
        clear()
