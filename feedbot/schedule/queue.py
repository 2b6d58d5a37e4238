"""The same polls on many machines: PostgreSQL keeps the state, Procrastinate hands out the work.

    heartbeat  what is due ──▶ a job a source      what changed ──▶ a job that publishes
    worker     a job ──begin──▶ poll, the very same

What is due is leased to the queue, and whoever has the job takes the lease. A job is a hint and no
more: that a source is polled once at a time, and again when a worker died, is the lease's doing, so
a job may be lost, doubled or late. Jobs that a dead worker had are thrown away: their sources are
handed out anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import threading
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import psycopg
from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ProcrastinateException
from procrastinate.jobs import Job, Status
from procrastinate.schema import SchemaManager
from psycopg_pool import AsyncConnectionPool

from ..config import Config
from ..errors import FeedbotError, StoreUnavailable
from ..events import emit
from ..model import Report
from ..poll import Tools
from ..store import Claim, FeedQueries, Store, queries
from . import BEAT, HANGS, WORKERS, Beat, Observer, in_thread

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

POLL, PUBLISH = "poll", "publish"  # queues, and the tasks in them
QUEUE_LENGTH = 200  # sources that wait for a job's turn: a short queue is a quick one
IDLE_SECONDS = 0.5  # seconds between two looks for jobs of a worker that has none
HEARTBEAT_SECONDS = 5.0  # seconds between two signs of life of a worker
DEAD = 20.0  # seconds without one
SWEEP = 10.0  # seconds between two looks for jobs of the dead
RETRY_ERRORS = (
    60.0  # seconds after which publishing is handed out even if nothing changed: it may have failed
)
RETRY = 2.0  # seconds before a server that is away is asked again
ANSWER = 15.0  # seconds that the queue has to answer
LAST_JOBS = 1.5  # seconds that jobs have at the end, once the polls have ended
# The jobs come and go by the thousand, and the planner must not remember a table long gone. Nobody
# listens for them (NOTIFY makes all commits on the server wait for each other), and the history
# of a job is deleted with it.
TUNING = """
ALTER TABLE procrastinate_jobs DISABLE TRIGGER USER;
ALTER TABLE procrastinate_jobs SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000
);
"""
# The library's own words for a lost server would fill the log, with a traceback each.
for _noisy in ("procrastinate", "psycopg.pool"):
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)


class SharedBeat(Beat):
    """The beat of a process that is not alone: it polls what the queue gives it.

    One that `leads` also takes part in handing out work, of which one process at a time has the
    right, and publishes.
    """

    def __init__(
        self, config: Config, tools: Tools, observers: Sequence[Observer] = (), *, leads: bool
    ) -> None:
        super().__init__(config, tools, observers)
        self._leader = tools.store.leader_lock() if leads else None
        self._leading = False
        self._ending = threading.Event()
        self._versions: dict[str, int] = {}  # of the topics when publishing was handed out last
        self._versions_at = self._swept_at = 0.0
        tools.store.add_tables("procrastinate_jobs", SchemaManager.get_schema() + TUNING)
        work = {POLL: self._visit, PUBLISH: self._write} if leads else {POLL: self._visit}
        self._queue = Queue(config.store_url, work)

    # --- handing out --------------------------------------------------------------------------

    def _claim(self) -> None:
        self._tools.store.check()
        if self._leader is None:
            return
        leading = False
        try:
            leading = self._leader.held()
        finally:
            if leading != self._leading:
                emit(log, logging.INFO, "leads" if leading else "leads no more")
                self._leading = leading
        if leading:
            self._sweep()
            self._hand_out()

    def _hand_out(self) -> None:
        waiting = self._queue.waiting()
        handed = self._tools.store.enqueue(self._tools.clock(), QUEUE_LENGTH, self._polls.names)
        self._queue.defer(POLL, [name for name in handed if name not in waiting])
        versions = FeedQueries(self._tools.store).versions()
        if versions != self._versions or time.monotonic() - self._versions_at > RETRY_ERRORS:
            if PUBLISH not in waiting:
                self._queue.defer(PUBLISH, [PUBLISH])
            self._versions, self._versions_at = versions, time.monotonic()

    def _sweep(self) -> None:
        if time.monotonic() - self._swept_at > SWEEP:
            self._swept_at = time.monotonic()
            thrown = self._queue.sweep()
            if thrown:
                emit(log, logging.WARNING, "took back the jobs of dead workers", jobs=thrown)

    # --- working ------------------------------------------------------------------------------

    async def _visit(self, name: str) -> None:
        """Polls a source, unless the queue has it no more."""
        if self._ending.is_set():
            return
        source = self._source(name)
        if source is None:
            await asyncio.wrap_future(in_thread("leave", lambda: self._leave(name)))
            return
        if name in self._polls.names:  # its lease ran out, and it was handed out again
            return
        poll = self._polls.begin(source, lambda: self._begin(name))
        polling = asyncio.wrap_future(poll)
        polling.add_done_callback(_heard)
        end = time.monotonic() + HANGS
        while not (polling.done() or self._ending.is_set() or time.monotonic() > end):
            await asyncio.wait([polling], timeout=BEAT)

    def _begin(self, name: str) -> Claim | None:
        claim = self._tools.store.acquire(name, self._tools.clock())
        if claim is None:
            log.debug("%s: somebody else has begun, or it was taken back", name)
        return claim

    def _leave(self, name: str) -> None:
        """Leaves a source to those who know it, and its host to other sources meanwhile."""
        with contextlib.suppress(FeedbotError):  # then it is handed out again
            claim = self._begin(name)
            if claim:
                self._tools.store.release(claim)

    async def _write(self, name: str) -> None:  # noqa: ARG002 - all topics, those that changed are written
        """Has this process publish. If it dies before it has, publishing is handed out again."""
        self._publisher.wake()

    def _changed(self) -> None:
        """Nothing: it is a job, whoever has it."""

    def prune(self) -> None:
        """What one process does is done for all."""
        if self._leading:
            super().prune()

    def finish(self, timeout: float) -> None:
        """Ends the polls in hand and leaves the rest to others."""
        self._ending.set()
        self._queue.stop()
        super().finish(timeout)
        self._queue.close(LAST_JOBS)
        if self._leader is not None:
            self._leader.give_up()


def _heard(polling: asyncio.Future[Report | None]) -> None:
    """Takes note of a poll that broke: the beat reports it, and asyncio need not."""
    if not polling.cancelled():
        polling.exception()


class Queue:
    """Jobs in the store's own database; `work` says what is done with those of each queue.

    They are done in this process, from now on until `close`, whether or not the server is there all
    the time.
    """

    def __init__(
        self, url: str, work: Mapping[str, Callable[[str], Coroutine[Any, Any, None]]]
    ) -> None:
        self._url = url
        self._app = application(url)
        for name, do in work.items():
            self._app.task(name=name, queue=name)(do)
        self._queues = sorted(work)
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(_unheard)
        self._serving = self._loop.create_task(self._serve())
        self._thread = threading.Thread(target=self._run, daemon=True, name="queue")
        self._thread.start()

    def _run(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._serving)
        self._loop.close()

    async def _serve(self) -> None:
        """Works off the queue; when the server goes away, from the start again."""
        while True:
            try:
                async with self._app.open_async():
                    await self._app.run_worker_async(
                        queues=self._queues,
                        concurrency=WORKERS,
                        delete_jobs="always",
                        install_signal_handlers=False,
                        shutdown_graceful_timeout=ANSWER,
                        # To be told of each job costs more than to look for jobs twice a second.
                        listen_notify=False,
                        fetch_job_polling_interval=IDLE_SECONDS,
                        update_heartbeat_interval=HEARTBEAT_SECONDS,
                        stalled_worker_timeout=DEAD,
                    )
                problem = "the connection was lost"
            except (ProcrastinateException, psycopg.Error) as error:
                problem = str(error.__cause__ or error).strip().split("\n")[0]
            except Exception as error:  # a bug in the library must not end the queue unnoticed
                log.exception("a bug in the queue")
                problem = str(error)
            emit(log, logging.WARNING, "queue is away", problem=f"{problem}; it is tried again")
            await asyncio.sleep(RETRY)

    def _ask(self, question: Coroutine[Any, Any, Answer]) -> Answer:
        try:
            return asyncio.run_coroutine_threadsafe(question, self._loop).result(ANSWER)
        except (ProcrastinateException, psycopg.Error, TimeoutError) as error:
            problem = str(error.__cause__ or error).strip().split("\n")[0]
            raise StoreUnavailable(f"the queue does not answer: {problem}") from error

    def waiting(self) -> set[str]:
        """The names of what waits to be done."""
        jobs = self._ask(self._app.job_manager.list_jobs_async(status=Status.TODO.value))
        return {str(job.task_kwargs.get("name")) for job in jobs}

    def defer(self, queue: str, names: Sequence[str]) -> None:
        """Adds a job for each name, unless one waits."""
        jobs = [
            Job(
                queue=queue, task_name=queue, task_kwargs={"name": name},
                lock=None, queueing_lock=f"{queue} {name}",
            )
            for name in names
        ]  # fmt: skip
        if jobs:
            # Somebody else led a moment ago, and added them: the next beat will see.
            with contextlib.suppress(AlreadyEnqueued):
                self._ask(self._app.job_manager.batch_defer_jobs_async(jobs))

    def sweep(self) -> int:
        """Throws away the jobs of workers that are dead; returns how many."""
        return self._ask(self._throw_away())

    async def _throw_away(self) -> int:
        manager = self._app.job_manager
        stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD))
        for job in stalled:
            await manager.finish_job(job, Status.ABORTED, delete_job=True)
        await manager.prune_stalled_workers(DEAD)
        return len(stalled)

    def stop(self) -> None:
        """Takes no more jobs; returns at once."""
        self._loop.call_soon_threadsafe(self._serving.cancel)

    def close(self, timeout: float) -> None:
        """Waits for the jobs in hand, after `stop`."""
        self._thread.join(timeout)


def _unheard(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Drops what the library's own tasks say of a lost server; `_serve` has said it in a line."""
    if not isinstance(context.get("exception"), ProcrastinateException | psycopg.Error):
        loop.default_exception_handler(context)


def application(url: str) -> App:
    """The queue of the store at `url`, as Procrastinate's own tools want it."""
    connector = PsycopgConnector(
        conninfo=_libpq(url), min_size=1, max_size=4, configure=_alone, pool_factory=_trusting_pool
    )
    return App(connector=connector)


async def _alone(connection: psycopg.AsyncConnection) -> None:
    """Sets a connection up: each question of the library is one statement, and so whole by itself.

    BEGIN and COMMIT around it would be half of the round trips of a job.
    """
    await connection.set_autocommit(True)


def _trusting_pool(*, check: Any, **options: Any) -> AsyncConnectionPool:  # noqa: ARG001
    """Connections that nobody asks, before each question, whether they are still there.

    One that is lost is noticed all the same, and the queue is served anew.
    """
    return AsyncConnectionPool(**options)


def _libpq(url: str) -> str:
    """The address of a database as PostgreSQL's own library writes it."""
    return re.sub(r"^postgresql\+\w+:", "postgresql:", url)


def wait_for_store(config: Config, stop: threading.Event) -> None:
    """Waits until the server answers; a process that is started too early need not crash."""
    while not stop.is_set():
        try:
            Store(config.store_url).close()
        except StoreUnavailable as error:
            emit(log, logging.WARNING, "waiting", problem=str(error))
            stop.wait(RETRY)
        else:
            return


# --- for operators ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueStatus:
    """How the work is handed out."""

    workers: int
    waiting: int  # jobs that nobody has taken yet
    doing: int
    oldest: timedelta | None  # how long ago the source was due that waits longest
    takeovers: int  # leases whose owner did not give them back


def queue_status(config: Config, store: Store, now: datetime) -> QueueStatus:
    """How the work on a shared store is handed out; nobody works there before the first `run`."""
    with store.read() as connection:
        due, takeovers = queries.oldest_due(connection, now), queries.takeovers(connection)
    workers, queues = _people(config.store_url)
    return QueueStatus(
        workers=workers,
        waiting=sum(queue["todo"] for queue in queues),
        doing=sum(queue["doing"] for queue in queues),
        oldest=now - due if due else None,
        takeovers=takeovers,
    )


def _people(url: str) -> tuple[int, list[dict[str, Any]]]:
    """How many workers are alive, and what Procrastinate says of each queue."""
    app = App(connector=SyncPsycopgConnector(conninfo=_libpq(url), min_size=1, max_size=1))
    alive = (
        "SELECT count(*) AS workers FROM procrastinate_workers"
        " WHERE last_heartbeat > now() - make_interval(secs => %(dead)s)"
    )
    try:
        with app.open():
            if not app.check_connection():
                return 0, []
            workers = app.connector.execute_query_one(alive, dead=DEAD)["workers"]
            return int(workers), [dict(queue) for queue in app.job_manager.list_queues()]
    except (ProcrastinateException, psycopg.Error) as error:
        raise StoreUnavailable(f"the queue does not answer: {error}") from error
