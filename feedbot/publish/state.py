"""What publishing remembers of a topic from one time to the next."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from .pages import TopicHeadline


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishState:
    """How a topic was published last: it need not be again while nothing of this has changed."""

    digest: str  # of everything but the stories
    changes: int  # how often its stories had changed
    month: str  # the newest of the store, such as "2026-02"; those before it are archived
    running: str = ""  # the month whose archive may still grow
    archived: tuple[str, ...] = ()  # all months that have an archive
    until: int = 0  # seconds since 1970; what changed before this is in the running archive
    entries: int = 0
    headlines: tuple[TopicHeadline, ...] = ()


def dump(note: PublishState) -> str:
    """A note as text."""
    return json.dumps(asdict(note), ensure_ascii=False, default=datetime.isoformat)


def load(text: str) -> PublishState | None:
    """The inverse of `dump`; None for what another version of feedbot noted."""
    try:
        written: dict[str, Any] = json.loads(text)
        headlines = [
            TopicHeadline(**one | {"updated": datetime.fromisoformat(one["updated"])})
            for one in written["headlines"]
        ]
        archived = tuple(written["archived"])
        return PublishState(**written | {"headlines": tuple(headlines), "archived": archived})
    except (ValueError, TypeError, KeyError):
        return None
