"""Which of several workers on one PostgreSQL is on duty, and how it hears at once of what others committed.

Telegram's rate limits, the order within a chat, the number of calls side by side and the send journal belong to the
bot, not to a process: so one worker sends and the others stand by. Duty is a lock that a connection holds for as long
as it lives; the server gives it to the next worker as soon as that connection ends, however the process died.
"""

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Callable

import sqlalchemy as sa

from bot.parts import WORK_ENDS_S, Parts
from bot.storage.dialect import CHANNEL, take_duty
from bot.storage.errors import storage_error

ASK_EVERY_S = 0.5
"""How often a worker that stands by asks: with Telegram's part it takes over within two seconds."""
BEAT_EVERY_S = 0.2
LOST_AFTER_S = 5.0
"""Without an answer for this long the server may soon give the duty to another: by its own time-outs, never earlier."""

log = logging.getLogger(__name__)


class Duty:
    """Calls `begin` when this process comes on duty, and stops the parts that it began when it no longer is.

    A duty that was lost begins nothing more, and lets what is under way end. `woken`: somebody committed what has to
    be said or sent.
    """

    def __init__(
        self,
        engine: sa.Engine,
        begin: Callable[[], Parts],
        woken: Callable[[], None],
    ) -> None:
        self._engine = engine
        self._begin = begin
        self._woken = woken
        self._thread = threading.Thread(target=self._hold_on, name="duty", daemon=True)
        self._stopping = False
        self._released = threading.Event()
        self._answered_at: float | None = None
        self._changed = asyncio.Event()

    @property
    def held(self) -> bool:
        """Whether the lock is held, as far as can be known."""
        answered_at = self._answered_at
        return answered_at is not None and time.monotonic() - answered_at < LOST_AFTER_S

    async def run(self) -> None:
        """Hold the duty, or wait for it, until `stop`."""
        self._loop = asyncio.get_running_loop()
        self._thread.start()
        parts: Parts | None = None
        try:
            while not self._stopping:
                self._changed.clear()
                if self.held and parts is None:
                    log.info("duty_began")
                    parts = self._begin()
                elif not self.held and parts is not None:
                    log.warning("duty_lost")
                    await self._let_end(parts)
                    parts = None
                    continue
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), LOST_AFTER_S / 5)
        finally:
            # The lock is let go last: until then nobody else begins.
            if parts is not None:
                await parts.stop()
            self._released.set()
            await asyncio.to_thread(self._thread.join, LOST_AFTER_S / 5)

    async def _let_end(self, parts: Parts) -> None:
        """End what was begun, in its own time; a stop of the whole process has less."""
        ending = asyncio.create_task(parts.stop(patient=True))
        while not ending.done() and not self._stopping:
            self._changed.clear()
            changed = asyncio.ensure_future(self._changed.wait())
            await asyncio.wait({ending, changed}, return_when=asyncio.FIRST_COMPLETED)
            changed.cancel()
        if not ending.done():
            await asyncio.wait({ending}, timeout=WORK_ENDS_S)
        ending.cancel()
        await asyncio.gather(ending, return_exceptions=True)

    def stop(self) -> None:
        """Come on duty no more; what is under way is still ended on duty."""
        self._stopping = True
        self._changed.set()

    def _hold_on(self) -> None:
        while not self._released.is_set():
            try:
                with self._engine.connect() as connection:
                    self._hold(connection.execution_options(isolation_level="AUTOCOMMIT"))
            except Exception as error:
                log.warning("duty_out_of_reach", extra={"error": type(storage_error(error) or error).__name__})
            self._answered_at = None
            self._tell(self._changed.set)
            self._released.wait(ASK_EVERY_S)

    def _hold(self, connection: sa.Connection) -> None:
        """Wait for the lock, then keep it for as long as the connection lives."""
        while not take_duty(connection):
            if self._released.wait(ASK_EVERY_S):
                return
        import psycopg

        connection.exec_driver_sql(f"LISTEN {CHANNEL}")
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)  # noqa: S101
        while not self._released.is_set():
            connection.execute(sa.select(1))
            newly, self._answered_at = self._answered_at is None, time.monotonic()
            if newly:
                self._tell(self._changed.set)
            for _ in driver.notifies(timeout=BEAT_EVERY_S, stop_after=1):
                self._tell(self._woken)

    def _tell(self, what: Callable[[], None]) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(what)
