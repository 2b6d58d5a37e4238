"""Polls and publishes until it is stopped: the heartbeat, and how it ends. The only APScheduler."""

from __future__ import annotations

import contextlib
import ctypes
import gc
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

BEAT = 1.0  # seconds between beats; polls are late by half of it on average
PRUNE_AFTER = timedelta(minutes=5)  # after the start, and then once a day
LOOK = 5 * BEAT  # seconds between two looks at whether it still beats, and may
SKIPPED = 2 * LOOK  # seconds without a beat after which the job is rescheduled
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8  # mallopt(3)
LARGE = 128 * 1024  # bytes: the default, which grows unless it is set
YOUNG = 20_000  # new objects until Python looks for garbage among them


@dataclass(frozen=True, slots=True)
class Reload:
    """How a running scheduler gets a new configuration.

    Setting `asked` wakes it up; whoever sets `stop` must set `asked` too.
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
    """Keeps polling and publishing until `stop` is set; then ends within about `patience` seconds.

    Raises SchemaChanged if another version of feedbot took over the database.

    `beat` is called every second; the default is that of a process that works alone.
    """
    _save_memory()
    gc.set_threshold(YOUNG)
    from apscheduler.executors.debug import DebugExecutor
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.interval import IntervalTrigger

    beat = beat or Beat(config, tools)
    # By default, a job that starts a second late is dropped; a beat must not be.
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": DebugExecutor()},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    # The process would wait at its end for APScheduler's own threads, even hanging ones. So these
    # only wake other threads, and are run where they become due.
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
        if _wait(stop, reload):
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


def _save_memory() -> None:
    """Has the threads share their memory, and give back what is large: with an arena for each,
    30 MB lie unused, and 20 MB where the library learns to keep what was large once.
    """
    with contextlib.suppress(AttributeError, OSError):  # another C library
        library = ctypes.CDLL(None)
        library.mallopt(M_ARENA_MAX, 1)
        for threshold in (M_MMAP_THRESHOLD, M_TRIM_THRESHOLD):
            library.mallopt(threshold, LARGE)


def _wait(stop: threading.Event, reload: Reload | None) -> bool:
    """Waits some beats, or until it is woken up; whether a new configuration is asked for."""
    if reload is None:
        stop.wait(LOOK)
        return False
    if not reload.asked.wait(LOOK):
        return False
    reload.asked.clear()
    return not stop.is_set()


def _reload(beat: Beat, reload: Reload | None) -> None:
    """Uses the new configuration if it is valid; otherwise logs why not and keeps the old one."""
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
