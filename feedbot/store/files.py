"""Files of feedbot's own beside the database: nobody else's business."""

from __future__ import annotations

import os

OWNER_ONLY = 0o600


def private(path: str | os.PathLike[str], flags: int) -> int:
    """Opens a file that is, if it is new, for its owner alone; the `opener` of `open`."""
    return os.open(path, flags, OWNER_ONLY)
