"""What feedbot tells of itself: one event a line, with the object it is about, and numbers.

polled ZeelandNet: new=3 unchanged=17 seconds=1.2                                (people)
event=polled object=ZeelandNet new=3 unchanged=17 seconds=1.2                    (the journal)
{"time":"…","level":"info","event":"polled","object":"ZeelandNet","new":3, …}    (machines)
"""

from __future__ import annotations

import logging
from collections.abc import Callable

Fact = str | int | float | bool
Progress = Callable[[int, int], None]  # is told how far something is, in two numbers


def unwatched(done: int, total: int) -> None:
    """The progress of what no person waits for."""


def emit(log: logging.Logger, level: int, event: str, about: str = "", **facts: Fact) -> None:
    """Logs that `event` happened to the object `about`; `problem` says in words what is wrong."""
    if log.isEnabledFor(level):
        extra = {"event": event, "about": about, "facts": facts}
        log.log(level, _sentence(event, about, facts), extra=extra)


def _sentence(event: str, about: str, facts: dict[str, Fact]) -> str:
    words = [f"{key}={value}" for key, value in facts.items() if key != "problem"]
    rest = " ".join([*words, *([str(facts["problem"])] if "problem" in facts else [])])
    start = f"{event} {about}".rstrip()
    return f"{start}: {rest}" if rest else start
