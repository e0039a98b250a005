"""The one writer: a thread with one connection that takes all waiting jobs and commits them as one group.

One fsync serves many, each job stands behind its own SAVEPOINT, and nobody hears of a success before COMMIT returned.
"""

import asyncio
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from bot.storage.errors import StorageBroken, StorageClosed, StorageError, storage_error
from bot.storage.prepared import Prepared

T = TypeVar("T")

GROUP_SIZE = 64
CHECKPOINT_EVERY_GROUPS = 256

_SAVEPOINT = Prepared(sa.text("SAVEPOINT job"))
_RELEASE = Prepared(sa.text("RELEASE SAVEPOINT job"))
_ROLL_BACK = Prepared(sa.text("ROLLBACK TO SAVEPOINT job"))

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Job:
    """What is to be done, and who waits for it."""

    work: Callable[[sa.Connection], Any]
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Any]"
    between: bool = False
    """It is no part of a transaction, but done between two."""
    value: Any = None
    error: BaseException | None = None

    def answer(self) -> None:
        """Hand the result to whoever waits; a loop that is gone has nobody waiting."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._resolve)

    def _resolve(self) -> None:
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.value)
        else:
            self.future.set_exception(self.error)


class Writer:
    """Runs jobs in transactions, on SQLite.

    An I/O error makes it `broken` for good; `on_broken` is called once, in its thread.
    """

    threads = 1

    def __init__(self, engine: sa.Engine, on_broken: Callable[[], None] = lambda: None) -> None:
        self._engine = engine
        self._on_broken = on_broken
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        names = ["writer"] if self.threads == 1 else [f"writer {number}" for number in range(self.threads)]
        self._threads = [threading.Thread(target=self._serve, name=name, daemon=True) for name in names]
        self._lock = threading.Lock()
        self._closed = False
        self.broken = False

    def start(self) -> None:
        """Connect, and start the thread. Raises StorageError where the database can't be opened."""
        try:
            self._connection = self._engine.connect()
        except Exception as error:
            found = storage_error(error)
            if found is None:
                raise
            raise found from None
        self._begin()

    def _begin(self) -> None:
        for thread in self._threads:
            thread.start()

    async def run(self, work: Callable[[sa.Connection], T]) -> T:
        """The job's result, once it is on the disk.

        Raises what the job raised, of which then nothing was kept, or a StorageError: nothing of its whole group was.
        A cancelled wait does not cancel the job.
        """
        return await self._hand_over(work)

    async def tidy(self, *, rewrite: bool = False) -> bool:
        """Empty the log, so that what was erased does not stand there; whether nobody kept it from that.

        `rewrite`: write the whole file anew first, for pages keep copies of rows that were moved. Nobody is answered
        meanwhile. Raises a StorageError where that could not be done; then all is as it was.
        """
        return await self._hand_over(lambda connection: tidy(connection, rewrite=rewrite), between=True)

    async def _hand_over(self, work: Callable[[sa.Connection], T], *, between: bool = False) -> T:
        loop = asyncio.get_running_loop()
        job = Job(work, loop, loop.create_future(), between)
        with self._lock:
            if self._closed:
                raise StorageClosed
            self._jobs.put(job)
        result: T = await job.future
        return result

    async def close(self, within_s: float | None = None) -> None:
        """Finish what waits and stop; a job that takes longer is left to end with the process, uncommitted."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            for _ in self._threads:
                self._jobs.put(None)
        await asyncio.to_thread(self._join, within_s)

    def _join(self, within_s: float | None) -> None:
        deadline = None if within_s is None else time.monotonic() + within_s
        for thread in self._threads:
            thread.join(None if deadline is None else max(deadline - time.monotonic(), 0.0))

    def _serve(self) -> None:
        connection = self._connection
        groups = 0
        open_for_more = True
        while open_for_more:
            group, open_for_more = self._waiting()
            if not group:
                continue
            if together := [job for job in group if not job.between]:
                self._commit(connection, together)
            for job in group:
                if job.between:
                    self._between(connection, job)
            groups += 1
            for job in group:
                job.answer()
            if groups % CHECKPOINT_EVERY_GROUPS == 0 and not self.broken:
                self._checkpoint(connection)
        if not self.broken:
            self._checkpoint(connection)
        connection.close()

    def _waiting(self) -> tuple[list[Job], bool]:
        """All jobs that wait now, at least one, and whether more may come."""
        group: list[Job] = []
        job = self._jobs.get()
        while job is not None:
            group.append(job)
            if len(group) == GROUP_SIZE or self._jobs.empty():
                return group, True
            job = self._jobs.get()
        return group, False

    def _commit(self, connection: sa.Connection, group: list[Job]) -> None:
        try:
            if self.broken:
                raise StorageBroken
            with connection.begin():
                for job in group:
                    self._attempt(connection, job)
        except BaseException as error:
            lost = storage_error(error) or StorageError(type(error).__name__)
            log.error("storage_group_lost", extra={"error": type(lost).__name__, "code": str(lost), "jobs": len(group)})
            for job in group:
                job.value, job.error = None, lost
            # The connection may be in any state: closing it rolls back whatever was left.
            connection.invalidate()
            self._end_if_broken(lost)

    def _attempt(self, connection: sa.Connection, job: Job) -> None:
        """Run one job behind its savepoint. What it raises is its own unless the storage or the transaction is gone."""
        _SAVEPOINT.changed(connection)
        try:
            job.value = job.work(connection)
        except Exception as error:
            if storage_error(error) is not None:
                raise
            if not _driver(connection).in_transaction:
                # SQLite rolled back everything; a further statement would commit by itself.
                raise StorageError("transaction_lost") from None
            _ROLL_BACK.changed(connection)
            _RELEASE.changed(connection)
            job.error = error
        else:
            _RELEASE.changed(connection)

    def _between(self, connection: sa.Connection, job: Job) -> None:
        try:
            if self.broken:
                raise StorageBroken
            job.value = job.work(connection)
        except BaseException as error:
            job.error = storage_error(error) or error
            log.error("between_failed", extra={"error": type(job.error).__name__})
            self._end_if_broken(job.error)

    def _checkpoint(self, connection: sa.Connection) -> None:
        try:
            checkpoint(connection)
        except sqlite3.Error as error:
            found = storage_error(error)
            log.error("checkpoint_failed", extra={"error": type(found).__name__})
            self._end_if_broken(found)

    def _end_if_broken(self, error: BaseException | None) -> None:
        if isinstance(error, StorageBroken) and not self.broken:
            self.broken = True
            self._on_broken()


def checkpoint(connection: sa.Connection) -> None:
    """Bring what was committed from the log into the database's file. Raises sqlite3.Error.

    Closing the last connection does the same, but keeps its errors to itself.
    """
    _driver(connection).execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def tidy(connection: sa.Connection, *, rewrite: bool) -> bool:
    """Empty the log, after writing the file anew where that is wanted; False if a reader held it. On SQLite only."""
    driver = _driver(connection)
    if rewrite:
        driver.execute("VACUUM").fetchall()
    (held, _, _) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not held


def _driver(connection: sa.Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101
    return driver
