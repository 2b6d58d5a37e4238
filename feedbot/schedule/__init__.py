"""When polls happen. APScheduler provides one heartbeat; the store knows what is due.

    beat:  reap finished polls ─▶ claim what is due          leases:  renew those of running polls
             └─▶ wake the health watch and the publisher

Each poll has a thread; one that hangs loses its lease and makes room for others. Everything that
may have to wait has a thread of its own, so that nothing delays the beat.

    loop        the beat, once a second, until the process is stopped; the only APScheduler
    beat        reaps and claims; polls: the polls under way; leases: renews their leases
    health      watches the health of sources, and alerts
    publisher   publishes when it is woken; publishing: the store to files, under a lock
    once        one round of polls, for cron and for people
    queue       the same polls on several machines; the only Procrastinate
    observer    the interface of what watches the scheduler
    threads     daemon threads and background work; sd_notify: the protocol of systemd

Here stands what commands share that do not keep running; `beat` and `loop` are for `feedbot run`.
"""

from __future__ import annotations

from ..poll.tools import open_tools
from .once import Outcome, poll_once
from .polls import HANGS, WORKERS
from .publishing import open_hub, open_renderer, publish_all
from .threads import in_thread

__all__ = [
    "HANGS",
    "WORKERS",
    "Outcome",
    "in_thread",
    "open_hub",
    "open_renderer",
    "open_tools",
    "poll_once",
    "publish_all",
]
