"""The writer on PostgreSQL: a few threads, each with a connection of its own and one transaction for each job.

The server groups the commits of all its clients by itself. A lost connection is opened anew; while the server is away
every job fails at once, and nothing ends.
"""

import logging
import threading
import time

import psycopg
import sqlalchemy as sa

from bot.storage.errors import StorageBusy, StorageError, is_repeatable, storage_error
from bot.storage.writer import Job, Writer

TRIES = 3
AWAY_FOR_S = 0.5
"""How long a server that could not be reached is not tried again: a queue of jobs would wait for each try."""
CLOSED_WITHIN_S = 5.0

log = logging.getLogger(__name__)


class ParallelWriter(Writer):
    """Runs jobs in transactions, side by side. It is never `broken`: PostgreSQL comes back."""

    threads = 8

    def start(self) -> None:
        """Start the threads; each connects when it has something to do."""
        self._local = threading.local()
        self._away_until = 0.0
        self._begin()

    async def tidy(self, *, rewrite: bool = False) -> bool:
        """Nothing to be done: the server vacuums its own tables, and its log is its administrator's."""
        return True

    def _join(self, within_s: float | None) -> None:
        super()._join(min(within_s or CLOSED_WITHIN_S, CLOSED_WITHIN_S))
        if any(thread.is_alive() for thread in self._threads):
            # A server that does not answer is not waited for.
            log.error("storage_not_closed")

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._do(job)
            job.answer()
        self._disconnect()

    def _do(self, job: Job) -> None:
        """Run the job, again where certainly nothing was kept and another try may succeed."""
        for last in (False,) * (TRIES - 1) + (True,):
            job.value, job.error = None, None
            try:
                connection = self._connected()
            except Exception as error:
                self._lose(job, error)
                return
            if not self._transact(connection, job) or last:
                return

    def _transact(self, connection: sa.Connection, job: Job) -> bool:
        """Run the job once; whether it failed in a way that another try may mend."""
        transaction = connection.begin()
        try:
            job.value = job.work(connection)
            if _driver(connection).info.transaction_status == psycopg.pq.TransactionStatus.INERROR:
                # A COMMIT would be carried out as a ROLLBACK, and look like a success.
                raise StorageError("transaction_lost")
        except BaseException as error:
            if storage_error(error) is None:
                job.error = error
                self._roll_back(transaction)
                return False
            self._lose(job, error)
            return is_repeatable(error)
        try:
            transaction.commit()
        except Exception as error:
            # Lost during the commit, nobody knows: whoever asked has to look.
            self._lose(job, error)
        return False

    def _roll_back(self, transaction: sa.RootTransaction) -> None:
        try:
            transaction.rollback()
        except Exception:
            self._disconnect()

    def _lose(self, job: Job, error: BaseException) -> None:
        """The storage failed this job: its connection may be in any state, and closing it rolls everything back."""
        found = storage_error(error) or StorageError(type(error).__name__)
        log.error("storage_job_lost", extra={"error": type(found).__name__, "code": str(found)})
        job.value, job.error = None, found
        self._disconnect()

    def _connected(self) -> sa.Connection:
        connection: sa.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            return connection
        if time.monotonic() < self._away_until:
            raise StorageBusy("away")
        try:
            connection = self._engine.connect()
        except Exception:
            self._away_until = time.monotonic() + AWAY_FOR_S
            raise
        self._local.connection = connection
        return connection

    def _disconnect(self) -> None:
        connection: sa.Connection | None = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is None:
            return
        try:
            connection.invalidate()
            connection.close()
        except Exception as error:
            log.info("connection_not_closed", extra={"error": type(error).__name__})


def _driver(connection: sa.Connection) -> psycopg.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101
    return driver
