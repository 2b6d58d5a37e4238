"""When polls happen. APScheduler supplies one heartbeat; what is due is a question to the store.

    beat:  reap finished polls ─▶ publish if something changed ─▶ renew leases ─▶ claim what is due

Polls run in a bounded number of threads; one that hangs loses its lease and makes room for others.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from . import retention
from .config import Config
from .errors import ConfigError, FeedbotError, Outdated, PublishError
from .events import tell
from .fetch import Fetcher
from .model import HealthChange, Report, Verdict
from .notify import notify
from .pace import back_off
from .poll import Tools, poll
from .publish import Press, Published, open_target, prune, publish, publish_health
from .replay import fill_new_topics
from .store import LEASE, Claim, Shelf, Store, alerts, database_file, reading
from .topics import compile_topics
from .urls import host_of
from .watch import alert, notice
from .websub import Hub

log = logging.getLogger(__name__)

WORKERS = 8  # polls at a time; they mostly wait for the network
BEAT = 1.0  # seconds; half of it is what a poll is late on average
BUSY = 0.8 * BEAT  # seconds of a beat that may be spent on waiting for a free thread
SKIPPED = 10 * BEAT  # seconds without a beat, after which it is given a push
HANGS = 900.0  # seconds; a visit reads no more pages after a third of that
MOST_HANGING = 16  # threads that are lost before the process asks to be started anew
RENEW = LEASE.total_seconds() / 3  # seconds between renewals of the leases held
VERDICTS: tuple[Verdict, ...] = ("new", "revised", "duplicate", "unchanged")
ALIVE = 3600.0  # seconds between two lines of a log in which nothing else stands
HUB_PATIENCE = 5.0  # seconds that a process which ends gives the hub
PUBLISH_AGAIN = 60.0  # seconds until an output that could not be written is tried again
PATIENCE = timedelta(minutes=2)  # how long `poll` waits for another process to end its own


@contextlib.contextmanager
def open_tools(config: Config, clock: Callable[[], datetime]) -> Iterator[Tools]:
    """Everything a poll works with, opened here and closed again."""
    with (
        Store(config.store_url) as store,
        Fetcher(notes=store, clock=clock) as fetcher,
    ):
        tools = Tools(
            store=store,
            fetcher=fetcher,
            router=compile_topics(config.topics, config.leaders),
            authority=config.output.authority,
            clock=clock,
        )
        _prepare(tools, config)
        yield tools


def _prepare(tools: Tools, config: Config) -> None:
    hosts = {host_of(url) for source in config.sources for url in source.urls}
    contacts = (source.polling.contact for source in config.sources)
    contact = next((one for one in contacts if one), config.output.url)
    tools.fetcher.configure(contact=contact, named_hosts=hosts)
    tools.store.know_sources(config.sources)
    fill_new_topics(config, tools.store)


@dataclass(slots=True)
class Running:
    """A poll under way."""

    claim: Claim
    future: Future[Report]
    thread: threading.Thread
    started: float  # monotonic seconds

    @property
    def hangs(self) -> bool:
        """Whether it takes longer than a poll can: a visit ends itself long before."""
        return time.monotonic() - self.started > HANGS and not self.future.done()

    def where(self) -> str:
        """Where its thread is now, for the log."""
        frame = sys._current_frames().get(self.thread.ident or 0)  # noqa: SLF001 - no other way
        return "".join(traceback.format_stack(frame)) if frame else ""


class Polls:
    """The polls that this process runs, each in a thread, and the leases that go with them."""

    def __init__(self, config: Config, tools: Tools) -> None:
        self._config = config
        self._tools = tools
        self._running: list[Running] = []
        self._hanging: list[Running] = []
        self._renewed = time.monotonic()

    @property
    def free(self) -> int:
        """How many more polls may start."""
        return WORKERS - len(self._running)

    @property
    def names(self) -> set[str]:
        """The sources being polled."""
        return {one.claim.source for one in self._running}

    def take(self, config: Config) -> None:
        """Goes on under another configuration; what is under way ends as it began."""
        self._config = config

    def start(self, claim: Claim) -> Future[Report]:
        """Polls a source whose lease is held."""
        source = self._config.source(claim.source)
        assert source is not None
        future = Future[Report]()
        # A daemon, because one that hangs must not keep the process from ending.
        thread = threading.Thread(
            target=_fulfil, args=(future, lambda: poll(source, claim, self._tools)),
            name=f"poll {claim.source}", daemon=True,
        )  # fmt: skip
        self._running.append(Running(claim, future, thread, time.monotonic()))
        thread.start()
        return future

    def reap(self, timeout: float = 0) -> list[Report]:
        """The reports of polls that have ended; waits for one, `timeout` seconds at most."""
        lost = [self._give_up(one) for one in self._running if one.hangs]
        self._renew()
        if timeout and self._running:
            wait([one.future for one in self._running], timeout, return_when="FIRST_COMPLETED")
        ended = [one for one in self._running if one.future.done()]
        self._running = [one for one in self._running if not one.future.done()]
        return lost + [self._report(one) for one in ended]

    @property
    def stuck(self) -> bool:
        """Whether so many polls hang that only a new process helps."""
        self._hanging = [one for one in self._hanging if not one.future.done()]
        return len(self._hanging) >= MOST_HANGING

    def _give_up(self, one: Running) -> Report:
        """Goes on without a poll that hangs; whatever it still finds cannot be saved."""
        self._running = [other for other in self._running if other is not one]
        self._hanging.append(one)
        minutes = (time.monotonic() - one.started) / 60
        error = f"its poll hung for {minutes:.0f} minutes and was given up"
        log.error("%s: %s; it is here:\n%s", one.claim.source, error, one.where())
        return self._broken(one, error)

    def _broken(self, one: Running, error: str) -> Report:
        """Gives a source back, ever later, after a poll that did not come to its end."""
        name, store, now = one.claim.source, self._tools.store, self._tools.clock()
        with contextlib.suppress(FeedbotError):
            with store.read() as connection:
                failures = reading.sources(connection, [name])[name].failures
            store.postpone(one.claim, now, now + back_off(failures + 1), error)
        return Report(source=name, status="failed", error=error)

    def _report(self, one: Running) -> Report:
        error = one.future.exception()
        if error is None:
            report = one.future.result()
        else:
            # A broken database, or a bug: this poll is lost, the scheduler lives on.
            expected = isinstance(error, FeedbotError)
            if not expected:
                log.error("a bug in the poll of %s", one.claim.source, exc_info=error)
            report = self._broken(one, str(error))
        log_report(report, time.monotonic() - one.started)
        return report

    def _renew(self) -> None:
        if self._running and time.monotonic() - self._renewed > RENEW:
            self._tools.store.renew([one.claim for one in self._running], self._tools.clock())
            self._renewed = time.monotonic()

    def finish(self, timeout: float) -> list[Report]:
        """Waits for what is in hand, `timeout` seconds at most."""
        wait([one.future for one in self._running], timeout)
        return self.reap()


def _fulfil(future: Future[Report], work: Callable[[], Report]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
        future.set_exception(error)


def log_report(report: Report, seconds: float) -> None:
    """One line on what a poll did: INFO if anything changed, WARNING if anything failed."""
    counts: dict[str, int] = {
        verdict: report.count(verdict) for verdict in VERDICTS if report.count(verdict)
    }
    if report.failures:
        counts["failed"] = len(report.failures)
    level = logging.INFO if report.status == "ok" else logging.DEBUG
    if report.error or report.failures:
        level = logging.WARNING
    tell(log, level, "polled", report.source, **counts, seconds=round(seconds, 1))
    if report.error:
        tell(log, logging.WARNING, "failed", report.source, problem=report.error)
    for failure in report.failures:
        what = f"{failure.step} failed"
        tell(log, logging.WARNING, what, failure.url, problem=failure.problem)


# --- publishing -------------------------------------------------------------------------------


def open_press(config: Config) -> Press:
    """What writes the documents of this configuration; remembers what it wrote."""
    return Press(config.output, config.topics, config.base)


def open_hub(config: Config, store: Store) -> Hub:
    """What tells the configured hub, if there is one, of changed feeds."""
    return Hub(config.output.hub, Shelf(store))


def publish_all(
    config: Config,
    store: Store,
    press: Press | None = None,
    hub: Hub | None = None,
    *,
    everything: bool = False,
    pruned: bool = False,
) -> Published:
    """Brings the output up to date with the store; one process at a time.

    `press` and `hub` are those of a process that goes on; without them, the hub is given a few
    seconds in the end.

    `everything` looks at every file, whatever was noted of it; `pruned` also removes the files of
    topics that are no more. Raises PublishError, once the rest is done, if a part of it failed.
    """
    press, shelf = press or open_press(config), Shelf(store)
    with _only_writer(config, store):
        target = open_target(config.output, config.base)
        published = publish(press, shelf, target, everything=everything)
        if pruned and not published.problems:
            prune(press, shelf, target)
    telling = hub or open_hub(config, store)
    telling.tell([config.output.url + name for name in published.feeds])
    if hub is None:
        telling.close(HUB_PATIENCE)
    if config.alerts.feed:
        with _only_writer(config, store):
            with store.read() as connection:
                changes = alerts.changes(connection, config.output.entries)
            publish_health(changes, config.output, target)
    if published.problems:
        raise PublishError("; ".join(dict.fromkeys(published.problems)))
    return published


@contextlib.contextmanager
def _only_writer(config: Config, store: Store) -> Iterator[None]:
    """Keeps a slow writer from replacing a newer feed."""
    if store.is_shared:
        with store.only_publisher(config.output.output):
            yield
        return
    database = database_file(config.store_url)
    if database is None:
        yield
        return
    with database.with_name(database.name + "-publish").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# --- once -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one round of polls did, and what was published after it."""

    reports: tuple[Report, ...]
    published: Published | None
    error: str | None = None  # why publishing failed

    @property
    def failed(self) -> bool:
        """Whether anything failed: a source, an article or the output."""
        return bool(self.error) or any(r.error or r.failures for r in self.reports)


def poll_once(config: Config, tools: Tools, names: Sequence[str], stop: threading.Event) -> Outcome:
    """Visits the named sources now, each once, and publishes."""
    polls = Polls(config, tools)
    waiting, reports = list(names), list[Report]()
    deadline = tools.clock() + PATIENCE
    while waiting or polls.names:
        if stop.is_set():
            tools.fetcher.stop()
            waiting = []
        if waiting and polls.free:
            claims = tools.store.claim(waiting, tools.clock(), limit=polls.free, due_only=False)
            for claim in claims:
                polls.start(claim)
                waiting.remove(claim.source)
            if not polls.names and tools.clock() > deadline:
                busy = "another feedbot is polling it, or was cut off; try again in a minute"
                reports += [Report(source=n, status="failed", error=busy) for n in waiting]
                break
        reports += polls.reap(timeout=0.2)
        if not polls.names and waiting:
            stop.wait(0.2)
    polls.finish(0)
    telling = alert(config.alerts, _health_changes(tools, reports))
    if telling:
        telling.join()
    return _publish(config, tools.store, reports)


def _health_changes(tools: Tools, reports: Sequence[Report]) -> list[HealthChange]:
    """What these polls changed in the health of their sources; a line in the log for each."""
    changed = notice(tools.store, [report.source for report in reports], tools.clock())
    for one in changed:
        facts = {"problem": one.evidence} if one.evidence else {}
        level = logging.INFO if one.health == "ok" else logging.WARNING
        tell(log, level, f"now {one.health}", one.source, **facts)
    return changed


def _publish(config: Config, store: Store, reports: Sequence[Report]) -> Outcome:
    try:
        return Outcome(reports=tuple(reports), published=publish_all(config, store))
    except PublishError as error:
        return Outcome(reports=tuple(reports), published=None, error=str(error))


# --- for ever ---------------------------------------------------------------------------------


class Observer(Protocol):
    """Somebody who is told what the scheduler does."""

    def polled(self, report: Report) -> None:
        """A visit has ended."""

    def published(self, done: Published) -> None:
        """The output is up to date."""

    def failed_to_publish(self) -> None:
        """It is not, and will be tried again."""

    def beat(self) -> None:
        """The scheduler is alive."""

    def take(self, config: Config) -> None:
        """There is another configuration."""


class Beat:
    """One look at what is due, again and again."""

    def __init__(self, config: Config, tools: Tools, observers: Sequence[Observer] = ()) -> None:
        self._observers = observers
        self.outdated: Outdated | None = None  # why this process has to end
        self._config = config
        self._tools = tools
        self._polls = Polls(config, tools)
        self._press = open_press(config)
        self._hub = open_hub(config, tools.store)
        self._unpublished = True  # the output may be older than the store
        self._publish_after = 0.0  # monotonic seconds
        self._lock = threading.Lock()
        self._last: datetime | None = None  # None: the clock may have been set while nobody ran
        self._ended = time.monotonic()
        self._hour = Counter[str]()  # what happened since the last sign of life
        self._alive = time.monotonic()

    def __call__(self) -> None:
        """Reaps, publishes, claims; whatever fails is named and tried again at the next beat."""
        with self._lock:
            try:
                self._reap()
                self._publish()
                self._watch_clock()
                self._claim()
                for observer in self._observers:
                    observer.beat()
            except Outdated as error:
                self.outdated = error
            except FeedbotError as error:
                tell(log, logging.ERROR, "beat failed", problem=str(error))
            self._show_life()
            self._ended = time.monotonic()
            watchdog = "" if self._polls.stuck else "WATCHDOG=1\n"
            notify(f"{watchdog}STATUS={self._status()}")

    def prune(self) -> None:
        """Frees what is older than [store] keep."""
        now = self._tools.clock()
        try:
            gone = retention.prune(self._config, self._tools.store, now)
        except FeedbotError as error:
            tell(log, logging.ERROR, "prune failed", problem=str(error))
        else:
            if gone.stories or gone.revisions:
                tell(log, logging.INFO, "pruned", stories=gone.stories, revisions=gone.revisions)

    @property
    def rest(self) -> float:
        """Seconds since the last beat; 0 while one is under way."""
        return 0.0 if self._lock.locked() else time.monotonic() - self._ended

    def take(self, config: Config) -> None:
        """Goes on under another configuration. Polls under way end, and route by the new rules."""
        with self._lock:
            if config.store_url != self._config.store_url:
                raise FeedbotError("another [store] needs a restart")
            self._tools.router = compile_topics(config.topics, config.leaders)
            self._tools.authority = config.output.authority
            with self._tools.store.write():
                pass  # what was routed by the old rules is saved, so that new topics find it
            _prepare(self._tools, config)
            self._config = config
            self._press = open_press(config)
            self._hub.close(0)
            self._hub = open_hub(config, self._tools.store)
            self._polls.take(config)
            for observer in self._observers:
                observer.take(config)
            self._unpublished = True

    def _reap(self, timeout: float = 0) -> None:
        reports = self._polls.reap(timeout)
        for report in reports:
            self._unpublished |= report.status != "unchanged"
            for observer in self._observers:
                observer.polled(report)
            self._hour["polls"] += 1
            self._hour["failed"] += report.error is not None
            self._hour["new"] += report.count("new")
        if reports:
            changed = _health_changes(self._tools, reports)
            alert(self._config.alerts, changed)
            self._unpublished |= bool(changed)

    def _publish(self) -> None:
        if not self._unpublished or time.monotonic() < self._publish_after:
            return
        try:
            published = publish_all(self._config, self._tools.store, self._press, self._hub)
        except PublishError as error:
            # The site is polled all the same; the output is tried again later.
            self._publish_after = time.monotonic() + PUBLISH_AGAIN
            for observer in self._observers:
                observer.failed_to_publish()
            tell(log, logging.ERROR, "publishing failed", problem=str(error))
            return
        self._unpublished = False
        for observer in self._observers:
            observer.published(published)
        if published.written:
            tell(
                log, logging.INFO, "published", self._config.output.output,
                written=published.written, unchanged=published.unchanged,
            )  # fmt: skip

    def _watch_clock(self) -> None:
        now = self._tools.clock()
        if self._last is None or now < self._last:
            self._tools.store.replan(now)
        self._last = now

    def _claim(self) -> None:
        """Fills the threads; where more is due than there are, each again as soon as it is free."""
        end = time.monotonic() + BUSY
        while self._polls.free:
            now = self._tools.clock()
            for claim in self._tools.store.claim(None, now, limit=self._polls.free):
                self._polls.start(claim)
            left = end - time.monotonic()
            if self._polls.free or left <= 0:
                return
            self._reap(left)

    def _show_life(self) -> None:
        """A line an hour, however quiet it is."""
        if time.monotonic() - self._alive >= ALIVE:
            hour = self._hour
            tell(
                log, logging.INFO, "alive",
                sources=len(self._config.sources),
                polls=hour["polls"], failed=hour["failed"], new=hour["new"],
            )  # fmt: skip
            self._hour.clear()
            self._alive = time.monotonic()

    def _status(self) -> str:
        names = ", ".join(sorted(self._polls.names))
        return f"polling {names}" if names else f"{len(self._config.sources)} sources, waiting"

    def finish(self, timeout: float) -> None:
        """Ends the polls in hand, saves and publishes what they found."""
        with self._lock:
            for report in self._polls.finish(timeout):
                self._unpublished |= report.status != "unchanged"
            self._publish_after = 0.0
            try:
                self._publish()
            except FeedbotError as error:
                tell(log, logging.ERROR, "publishing failed", problem=str(error))
        self._hub.close(1.0)


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
    job = scheduler.add_job(beat, IntervalTrigger(seconds=BEAT), next_run_time=tools.clock())
    scheduler.start()
    _tell_extent("started", config)
    notify("READY=1")
    while not (stop.is_set() or beat.outdated):
        woken = (reload.asked if reload else stop).wait(BEAT)
        if reload and woken:
            reload.asked.clear()
            if not stop.is_set():
                _reload(beat, reload)
        # The trigger goes by the wall clock: set back by an hour, it would rest for an hour.
        if beat.rest > SKIPPED:
            job.modify(next_run_time=tools.clock())
    notify("STOPPING=1")
    tell(log, logging.INFO, "stopping")
    tools.fetcher.stop()
    scheduler.shutdown(wait=False)
    beat.finish(patience)
    tell(log, logging.INFO, "stopped")
    if beat.outdated:
        raise beat.outdated


def _reload(beat: Beat, reload: Reload) -> None:
    """Takes the new configuration if it is right; else says why not, and keeps the old one."""
    notify(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")
    try:
        config = reload.load()
        beat.take(config)
    except ConfigError as error:
        for mistake in error.mistakes:
            tell(log, logging.ERROR, "kept the old configuration", problem=str(mistake))
    except FeedbotError as error:
        tell(log, logging.ERROR, "kept the old configuration", problem=str(error))
    else:
        _tell_extent("reloaded", config)
    notify("READY=1")


def _tell_extent(event: str, config: Config) -> None:
    sources, topics = len(config.sources), len(config.topics)
    tell(log, logging.INFO, event, str(config.path), sources=sources, topics=topics)
