"""When polls happen. APScheduler provides one heartbeat; the store knows what is due.

    beat:  reap finished polls ─▶ claim what is due          leases:  renew those of running polls
             └─▶ wake the health watch and the publisher

Each poll has a thread; one that hangs loses its lease and makes room for others. Everything else
that may block has its own thread too, so nothing delays the beat.

    beat        starts due polls and reaps finished ones   loop       repeats the beat until stopped
    polls       the running polls                          once       one round, for cron
    leases      renews the leases of running polls         queue      the beat on several machines
    publishing  brings the files up to date with the store publisher  does so when woken
    health      notices changes in health, sends alerts    observer   is informed of what happens
    threads     daemon threads and background work         sd_notify  reports to systemd
"""

from __future__ import annotations

from ..poll.tools import open_tools
from .beat import Beat
from .loop import BEAT, Reload, run
from .observer import Observer
from .once import Outcome, poll_once
from .polls import HANGS, WORKERS
from .publishing import open_hub, open_renderer, publish_all
from .threads import in_thread

__all__ = [
    "BEAT",
    "HANGS",
    "WORKERS",
    "Beat",
    "Observer",
    "Outcome",
    "Reload",
    "in_thread",
    "open_hub",
    "open_renderer",
    "open_tools",
    "poll_once",
    "publish_all",
    "run",
]
