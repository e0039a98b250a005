"""What the worker does about erasures: brings them to the file, and finishes what had to wait.

The tables were changed when the erasure was asked for. Killed anywhere here, the next look does the rest.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from bot.privacy.erasing import carry_out, redo
from bot.privacy.pages import tidy
from bot.privacy.remembering import remember, remembered
from bot.storage import erasure_queries
from bot.storage.dialect import lock_chat
from bot.storage.erasure_queries import Erasure
from bot.storage.errors import StorageBroken, StorageClosed, StorageError
from bot.storage.writer import Writer

LOOK_EVERY_S = 60.0
AGAIN_AFTER_S = 600.0
"""What waits for a request's result is not looked for each minute."""

log = logging.getLogger(__name__)


async def redo_remembered(writer: Writer, path: Path, now: float) -> None:
    """Erase again what the database does not know to be erased, before anybody is answered from it.

    Raises StorageError, OSError.
    """
    erasures = await asyncio.to_thread(remembered, path)
    if erasures and (again := await writer.run(lambda connection: redo(connection, erasures, now))):
        log.warning("erased_again", extra={"erasures": again})


class Forgetting:
    """Looks every minute. `path`: the file of erasures; `database`: the SQLite file, None where there is none."""

    def __init__(
        self, writer: Writer, path: Path, database: Path | None, clock: Callable[[], float] = time.time
    ) -> None:
        self._writer = writer
        self._path = path
        self._database = database
        self._clock = clock
        self._tried_at: dict[str, float] = {}

    async def run(self) -> None:
        """Until it is cancelled, or until the storage is gone."""
        while True:
            try:
                await self.look()
            except (StorageBroken, StorageClosed):
                return
            except (StorageError, OSError) as error:
                log.error("forgetting_failed", extra={"error": type(error).__name__})
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """One look. Raises StorageError, OSError."""
        if unnoted := await self._writer.run(erasure_queries.unnoted):
            await asyncio.to_thread(remember, self._path, unnoted)
            ids = [erasure.id for erasure in unnoted]
            await self._writer.run(lambda connection: erasure_queries.note(connection, ids, self._clock()))
        finished = [await self._carry_out(each) for each in await self._writer.run(erasure_queries.unfinished)]
        if unnoted or any(finished):
            await tidy(self._writer, self._database, self._clock())

    async def _carry_out(self, erasure: Erasure) -> bool:
        now = self._clock()
        if now - self._tried_at.get(erasure.id, 0.0) < AGAIN_AFTER_S:
            return False

        def again(connection: sa.Connection) -> bool:
            if erasure.user_id is not None:
                lock_chat(connection, erasure.user_id)
            return carry_out(connection, erasure, now)

        done = await self._writer.run(again)
        self._tried_at[erasure.id] = now
        if done:
            del self._tried_at[erasure.id]
        return done
