"""What publishing records about a topic, to see later whether it is up to date."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from .cards import TopicCard, TopicHeadline

MOST_KEPT = 2_000  # topics whose state is kept parsed, in about 7 MB
MOMENTS = ("published", "updated")  # of a headline


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishState:
    """How a topic was last published. While none of this changes, its files are up to date."""

    digest: str  # of everything except the stories
    changes: int  # how many times its stories had changed
    month: str  # the newest month of the store, such as "2026-02"; earlier ones are archived
    running: str = ""  # the month whose archive may still grow
    archived: tuple[str, ...] = ()  # all months that have an archive
    until: int = 0  # seconds since 1970; what changed before this is in the running archive
    feed_id: str = ""
    digested: str = ""  # the first day of the period whose digest is not yet written
    gone: str = ""  # since when there has been no such topic, in ISO 8601
    successor: str = ""  # the slug to which its feed then leads
    card: TopicCard  # what the index shows of it


def dump(note: PublishState) -> str:
    """The state as text."""
    return json.dumps(asdict(note), ensure_ascii=False, default=str)


@lru_cache(maxsize=MOST_KEPT)
def load(text: str) -> PublishState | None:
    """The inverse of `dump`; None for the state of another version of feedbot."""
    try:
        written: dict[str, Any] = json.loads(text)
        known = {"archived": tuple(written["archived"]), "card": _card(written["card"])}
        return PublishState(**written | known)
    except (ValueError, TypeError, KeyError):
        return None


def _card(written: dict[str, Any]) -> TopicCard:
    headlines = tuple(
        TopicHeadline(**one | {key: datetime.fromisoformat(one[key]) for key in MOMENTS})
        for one in written["headlines"]
    )
    updated = written["updated"] and datetime.fromisoformat(written["updated"])
    day = written["day"] and date.fromisoformat(written["day"])
    return TopicCard(**written | {"headlines": headlines, "updated": updated, "day": day})
