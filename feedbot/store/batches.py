"""How much one query may ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

MOST_PARAMETERS = 500  # parameters of one query; SQLite may be built for no more than 999

T = TypeVar("T")


def batches(keys: Sequence[T]) -> list[Sequence[T]]:
    """These, so many at a time as one query may have."""
    return [keys[start : start + MOST_PARAMETERS] for start in range(0, len(keys), MOST_PARAMETERS)]
