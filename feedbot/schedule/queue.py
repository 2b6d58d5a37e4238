"""Polls on several machines: PostgreSQL keeps the state, Procrastinate hands out the work.

    heartbeat  due sources ──▶ one job each        changed topics ──▶ a job that publishes
    worker     job ──acquire the lease──▶ the same poll

Due sources are leased to the queue, and the worker that gets the job takes over the lease. A job is
only a hint: the lease ensures that a source is polled by one process at a time, and again after a
worker dies. So a job may be lost, doubled or late. The jobs of dead workers are deleted, and their
sources handed out again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import threading
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import CancelledError
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
from . import HANGS, WORKERS, in_thread
from .beat import Beat
from .loop import BEAT
from .observer import Observer

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

POLL, PUBLISH = "poll", "publish"  # the names of queues and of the tasks in them
QUEUE_LENGTH = 200  # waiting jobs; a short queue is a fast one
IDLE_SECONDS = 0.5  # between two looks for jobs by an idle worker
HEARTBEAT_SECONDS = 5.0  # between two heartbeats of a worker
DEAD = 20.0  # seconds without a heartbeat after which a worker is dead
SWEEP = 10.0  # seconds between two searches for jobs of dead workers
RETRY_ERRORS = (
    60.0  # seconds after which publishing is handed out even if nothing changed: it may have failed
)
RETRY = 2.0  # seconds until a server that is down is asked again
ANSWER = 15.0  # seconds that the queue has to respond
LAST_JOBS = 1.5  # seconds that jobs get at the end, after the polls
# Jobs come and go by the thousand, so the planner's statistics must be updated often. The triggers
# only send NOTIFY, which nobody listens to and which serialises all commits on the server, and
# write a job's history, which is deleted with the job.
TUNING = """
ALTER TABLE procrastinate_jobs DISABLE TRIGGER USER;
ALTER TABLE procrastinate_jobs SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000
);
"""
# The libraries would log a traceback for every attempt to reach a lost server.
for _noisy in ("procrastinate", "psycopg.pool"):
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)


class SharedBeat(Beat):
    """The beat of a process on a shared database: it polls what the queue hands out.

    With `leads`, it also publishes, and hands out work while it holds the leader lock.
    """

    def __init__(
        self, config: Config, tools: Tools, observers: Sequence[Observer] = (), *, leads: bool
    ) -> None:
        super().__init__(config, tools, observers)
        self._leader = tools.store.leader_lock() if leads else None
        self._leading = False
        self._ending = threading.Event()
        self._versions: dict[str, int] = {}  # of topics when publishing was last handed out
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
                emit(log, logging.INFO, "leads" if leading else "no longer leads")
                self._leading = leading
        if leading:
            with contextlib.suppress(QueueEnded):  # the last beat may run while the process ends
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
        """Polls a source, unless it no longer waits in the queue."""
        if self._ending.is_set():
            return
        source = self._source(name)
        if source is None:
            await asyncio.wrap_future(in_thread("leave", lambda: self._leave(name)))
            return
        if name in self._polls.names:  # its lease expired, and it was handed out again
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
            log.debug("%s: another worker has it, or it was taken back", name)
        return claim

    def _leave(self, name: str) -> None:
        """Releases a source that this configuration does not have, so that others can poll it."""
        with contextlib.suppress(FeedbotError):  # it is handed out again anyway
            claim = self._begin(name)
            if claim:
                self._tools.store.release(claim)

    async def _write(self, name: str) -> None:  # noqa: ARG002 - there is one such job, for all topics
        """Publishes in this process. If it dies before that, publishing is handed out again."""
        self._publisher.wake()

    def _changed(self) -> None:
        """Does nothing: publishing is handed out as a job."""

    def prune(self) -> None:
        """Prunes only in the leading process."""
        if self._leading:
            super().prune()

    def finish(self, timeout: float) -> None:
        """Waits for running polls and leaves waiting jobs to other processes."""
        self._ending.set()
        self._queue.stop()
        super().finish(timeout)
        self._queue.close(LAST_JOBS)
        if self._leader is not None:
            self._leader.give_up()


def _heard(polling: asyncio.Future[Report | None]) -> None:
    """Retrieves the exception of a poll, so that asyncio does not log it; the beat reports it."""
    if not polling.cancelled():
        polling.exception()


class QueueEnded(FeedbotError):
    """The queue was stopped, and answers no more."""


class Queue:
    """Jobs in the store's database; `work` has the function for each queue.

    This process works on them from now until `close`, and survives a restart of the server.
    """

    def __init__(
        self, url: str, work: Mapping[str, Callable[[str], Coroutine[Any, Any, None]]]
    ) -> None:
        self._url = url
        self._app = application(url)
        for name, do in work.items():
            self._app.task(name=name, queue=name)(do)
        self._queues = sorted(work)
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self._loop = self._runner.get_loop()
        self._loop.set_exception_handler(_unheard)
        self._serving = self._loop.create_task(self._serve())
        self._stopped = False
        self._stopping = threading.Lock()  # nothing is asked after the loop was told to end
        self._thread = threading.Thread(target=self._run, daemon=True, name="queue")
        self._thread.start()

    def _run(self) -> None:
        with self._runner, contextlib.suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._serving)

    async def _serve(self) -> None:
        """Processes jobs; reconnects whenever the server was lost."""
        while True:
            try:
                async with self._app.open_async():
                    await self._app.run_worker_async(
                        queues=self._queues,
                        concurrency=WORKERS,
                        delete_jobs="always",
                        install_signal_handlers=False,
                        shutdown_graceful_timeout=ANSWER,
                        # Listening costs more than polling for jobs twice a second.
                        listen_notify=False,
                        fetch_job_polling_interval=IDLE_SECONDS,
                        update_heartbeat_interval=HEARTBEAT_SECONDS,
                        stalled_worker_timeout=DEAD,
                    )
                problem = "the connection was lost"
            except (ProcrastinateException, psycopg.Error) as error:
                problem = str(error.__cause__ or error).strip().split("\n")[0]
            except Exception as error:  # a bug in the library must not silently end the queue
                log.exception("a bug in the queue")
                problem = str(error)
            emit(log, logging.WARNING, "queue unavailable", problem=f"{problem}; will try again")
            await asyncio.sleep(RETRY)

    def _ask(self, question: Coroutine[Any, Any, Answer]) -> Answer:
        with self._stopping:
            if self._stopped:
                question.close()
                raise QueueEnded("the queue was stopped")
            answer = asyncio.run_coroutine_threadsafe(question, self._loop)
        try:
            return answer.result(ANSWER)
        except (ProcrastinateException, psycopg.Error, TimeoutError, CancelledError) as error:
            if self._stopped:
                raise QueueEnded("the queue was stopped") from error
            problem = str(error.__cause__ or error).strip().split("\n")[0]
            raise StoreUnavailable(f"the queue does not respond: {problem}") from error

    def waiting(self) -> set[str]:
        """The names of waiting jobs."""
        jobs = self._ask(self._app.job_manager.list_jobs_async(status=Status.TODO.value))
        return {str(job.task_kwargs.get("name")) for job in jobs}

    def defer(self, queue: str, names: Sequence[str]) -> None:
        """Adds a job for each name that has none waiting."""
        jobs = [
            Job(
                queue=queue, task_name=queue, task_kwargs={"name": name},
                lock=None, queueing_lock=f"{queue} {name}",
            )
            for name in names
        ]  # fmt: skip
        if jobs:
            # The previous leader has just added some of them; the next beat sees which.
            with contextlib.suppress(AlreadyEnqueued):
                self._ask(self._app.job_manager.batch_defer_jobs_async(jobs))

    def sweep(self) -> int:
        """Deletes the jobs of dead workers; returns how many."""
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
        with self._stopping:
            self._stopped = True
            self._loop.call_soon_threadsafe(self._serving.cancel)

    def close(self, timeout: float) -> None:
        """Waits up to `timeout` seconds for running jobs, after `stop`."""
        self._thread.join(timeout)


def _unheard(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Ignores errors of the library's own tasks about a lost server, which `_serve` has logged."""
    if not isinstance(context.get("exception"), ProcrastinateException | psycopg.Error):
        loop.default_exception_handler(context)


def application(url: str) -> App:
    """The Procrastinate app for the store at `url`; also for Procrastinate's own shell."""
    connector = PsycopgConnector(
        conninfo=_libpq(url), min_size=1, max_size=4, configure=_alone, pool_factory=_trusting_pool
    )
    return App(connector=connector)


async def _alone(connection: psycopg.AsyncConnection) -> None:
    """Sets autocommit: each query of the library is one statement and needs no transaction.

    BEGIN and COMMIT would be half of a job's round trips.
    """
    await connection.set_autocommit(True)


def _trusting_pool(*, check: Any, **options: Any) -> AsyncConnectionPool:  # noqa: ARG001
    """A pool that does not check a connection before each use.

    A lost connection is noticed anyway, and `_serve` reconnects.
    """
    return AsyncConnectionPool(**options)


def _libpq(url: str) -> str:
    """The URL of a database in the form that libpq expects."""
    return re.sub(r"^postgresql\+\w+:", "postgresql:", url)


def wait_for_store(config: Config, stop: threading.Event) -> None:
    """Waits until the server answers, so that a process that starts early does not crash."""
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
    """How much work waits, and who does it."""

    workers: int
    waiting: int  # jobs that no worker has taken yet
    doing: int
    oldest: timedelta | None  # how long the most overdue source has been due; None: none is
    takeovers: int  # leases that were taken over because their owner did not give them back


def queue_status(config: Config, store: Store, now: datetime) -> QueueStatus:
    """The state of the queue; all zero before the first `feedbot run` on this database."""
    with store.read() as connection:
        due, takeovers = queries.oldest_due(connection, now), queries.takeovers(connection)
    workers, queues = _workers_and_queues(config.store_url)
    return QueueStatus(
        workers=workers,
        waiting=sum(queue["todo"] for queue in queues),
        doing=sum(queue["doing"] for queue in queues),
        oldest=now - due if due else None,
        takeovers=takeovers,
    )


def _workers_and_queues(url: str) -> tuple[int, list[dict[str, Any]]]:
    """How many workers are alive, and Procrastinate's counts for each queue."""
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
        raise StoreUnavailable(f"the queue does not respond: {error}") from error
