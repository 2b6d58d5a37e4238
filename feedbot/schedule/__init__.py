"""When polls happen. APScheduler supplies one heartbeat; what is due is a question to the store.

    beat:  reap finished polls ─▶ publish if something changed ─▶ renew leases ─▶ claim what is due

Polls run in a bounded number of threads; one that hangs loses its lease and makes room for others.

    tools    what polls work with            once  one round, for cron and for people
    polls    those under way                 beat  one look at what is due
    output   the store to files              loop  the beat for ever, and its end
"""

from __future__ import annotations

from .beat import Beat, Observer
from .loop import BEAT, Reload, run
from .once import Outcome, poll_once
from .output import open_hub, open_press, publish_all
from .polls import HANGS, WORKERS
from .tools import open_tools

__all__ = [
    "BEAT",
    "HANGS",
    "WORKERS",
    "Beat",
    "Observer",
    "Outcome",
    "Reload",
    "open_hub",
    "open_press",
    "open_tools",
    "poll_once",
    "publish_all",
    "run",
]
