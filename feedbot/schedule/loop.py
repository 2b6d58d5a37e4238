"""Polling and publishing for ever: the heartbeat, and how it ends. The only APScheduler."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from ..config import Config
from ..errors import ConfigError, FeedbotError
from ..events import emit
from ..poll import Tools
from .beat import Beat
from .sd_notify import sd_notify
from .threads import Background

log = logging.getLogger(__name__)

BEAT = 1.0  # seconds; half of it is what a poll is late on average
PRUNE_AFTER = timedelta(minutes=5)  # of the start, and then once a day
SKIPPED = 10 * BEAT  # seconds without a beat, after which it is given a push


@dataclass(frozen=True, slots=True)
class Reload:
    """How a running scheduler comes to a new configuration.

    `asked` wakes it up: whoever sets `stop` sets this, too.
    """

    asked: threading.Event
    load: Callable[[], Config]


def run(
    config: Config,
    tools: Tools,
    stop: threading.Event,
    *,
    beat: Beat | None = None,
    reload: Reload | None = None,
    patience: float = 4.0,
) -> None:
    """Polls and publishes until `stop` is set; then ends within about `patience` seconds.

    Raises Outdated if another version of feedbot took over the database.

    `beat` is what is done every second, if not what a process does that works alone.
    """
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.interval import IntervalTrigger

    beat = beat or Beat(config, tools)
    # The defaults drop a job that starts a second late; a beat is never worth dropping.
    scheduler = BackgroundScheduler(
        timezone="UTC",
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    # Its own threads would be waited for at the end of the process, even one that hangs. So they
    # only wake others.
    beating = Background("beat", beat, BEAT)
    pruning = Background("pruning", beat.prune, BEAT)
    reloading = Background("reloading", lambda: _reload(beat, reload), BEAT)
    job = scheduler.add_job(beating.ask, IntervalTrigger(seconds=BEAT), next_run_time=tools.clock())
    first = tools.clock() + PRUNE_AFTER
    scheduler.add_job(pruning.ask, IntervalTrigger(days=1), next_run_time=first)
    scheduler.start()
    _tell_extent("started", config)
    sd_notify("READY=1")
    while not (stop.is_set() or beat.outdated):
        woken = (reload.asked if reload else stop).wait(BEAT)
        if reload and woken:
            reload.asked.clear()
            if not stop.is_set():
                reloading.ask()
        # The trigger goes by the wall clock: set back by an hour, it would rest for an hour.
        if beat.rest > SKIPPED:
            job.modify(next_run_time=tools.clock())
    sd_notify("STOPPING=1")
    emit(log, logging.INFO, "stopping")
    for thread in (beating, pruning, reloading):
        thread.stop()
    tools.fetcher.stop()
    scheduler.shutdown(wait=False)
    beat.finish(patience)
    emit(log, logging.INFO, "stopped")
    if beat.outdated:
        raise beat.outdated


def _reload(beat: Beat, reload: Reload | None) -> None:
    """Takes the new configuration if it is right; else says why not, and keeps the old one."""
    assert reload is not None
    sd_notify(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")
    try:
        config = reload.load()
        beat.take(config)
    except ConfigError as error:
        for mistake in error.mistakes:
            emit(log, logging.ERROR, "kept the old configuration", problem=str(mistake))
    except FeedbotError as error:
        emit(log, logging.ERROR, "kept the old configuration", problem=str(error))
    else:
        _tell_extent("reloaded", config)
    sd_notify("READY=1")


def _tell_extent(event: str, config: Config) -> None:
    sources, topics = len(config.sources), len(config.topics)
    emit(log, logging.INFO, event, str(config.path), sources=sources, topics=topics)
