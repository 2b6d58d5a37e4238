"""Private files next to the database."""

from __future__ import annotations

import os

OWNER_ONLY = 0o600


def private(path: str | os.PathLike[str], flags: int) -> int:
    """Opens a file; a new one is readable only for its owner. For the `opener` of `open`."""
    return os.open(path, flags, OWNER_ONLY)
