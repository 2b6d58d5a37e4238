"""When polls happen. APScheduler supplies one heartbeat; what is due is a question to the store.

    beat:  reap finished polls ─▶ claim what is due          leases:  renew those of running polls
             └─▶ wake what tells of health and what publishes

Each poll has a thread; one that hangs loses its lease and makes room for others. Whatever may have
to wait has a thread, too, and none of them delays the beat.

    threads  daemons, and what is done in the background   observer   who is told what happens
    tools    what polls work with                          health     who is not well, and alerts
    polls    those under way                               publisher  the store to files, when woken
    leases   renewed beside everything else                beat       one look at what is due
    output   the store to files                            loop       the beat for ever, and its end
    once     one round, for cron and for people
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
