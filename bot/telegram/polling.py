"""Long polling: a batch is fetched raw, each update parsed alone and committed, and only then all is acknowledged.

Killed anywhere, Telegram delivers what was not acknowledged again, and the intake knows what it has seen.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

from bot.storage.errors import StorageBroken, StorageClosed, StorageError
from bot.telegram.client import Client, retry_after_s
from bot.telegram.inbound import Inbound, Malformed, parse, update_id_of

WAIT_S = 25
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
CONFLICT_PAUSE_S = 10.0

log = logging.getLogger(__name__)


class Polling:
    """Fetches updates and hands each to `receive`, which returns when it is on the disk or raises StorageError.

    `fetched` is told after each batch, once it is taken, whether there was anything in it.
    """

    def __init__(
        self,
        client: Client,
        receive: Callable[[Inbound], Awaitable[None]],
        wait_s: int = WAIT_S,
        fetched: Callable[[bool], Awaitable[None]] | None = None,
    ) -> None:
        self._client = client
        self._receive = receive
        self._fetched = fetched
        self._wait_s = wait_s
        self._stopping = asyncio.Event()
        self._offset: int | None = None
        self._failures = 0
        self._is_away = True

    def stop(self) -> None:
        """Fetch no more; what was fetched is still finished."""
        self._stopping.set()

    async def run(self) -> None:
        """Poll until `stop`, or until the storage is gone."""
        while not self._stopping.is_set():
            pause = 0.0
            try:
                batch = await self._fetch()
                await self._take(batch)
                self._failures, self._is_away = 0, False
                if self._fetched is not None and not self._stopping.is_set():
                    await self._fetched(bool(batch))
            except (StorageBroken, StorageClosed):
                return
            except StorageError as error:
                # Nothing is acknowledged: the same updates come again.
                log.error("updates_wait_for_storage", extra={"error": type(error).__name__})
                pause = FIRST_PAUSE_S
            except TelegramError as error:
                pause = self._pause_after(error)
                log.warning("polling_failed", extra={"error": type(error).__name__, "pause_s": pause})
            if pause:
                await self._sleep(pause)

    def _pause_after(self, error: TelegramError) -> float:
        self._failures += 1
        match error:
            case RetryAfter():
                return retry_after_s(error)
            case Conflict():
                # Another process polls with this token, or a webhook was set: hammering would starve both.
                return CONFLICT_PAUSE_S
            case NetworkError():
                return min(FIRST_PAUSE_S * 2.0 ** min(self._failures - 1, 10), LONGEST_PAUSE_S)
            case _:
                return LONGEST_PAUSE_S

    async def _sleep(self, pause: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), pause)
        except TimeoutError:
            return

    async def _fetch(self) -> list[Any]:
        """The next batch; an empty one when it is time to stop."""
        # Whoever has been away looks first what is there: waiting for more would hide for so long that it is back.
        wait_s = 0 if self._is_away or self._failures else self._wait_s
        fetching = asyncio.create_task(self._client.raw_updates(self._offset, wait_s))
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return fetching.result() if fetching.done() else []
        finally:
            stopping.cancel()
            if not fetching.done():
                fetching.cancel()
            await asyncio.gather(fetching, stopping, return_exceptions=True)

    async def _take(self, batch: list[Any]) -> None:
        """Take the batch: in order within a chat, chats side by side; then move the offset past it."""
        chats: dict[int, list[Inbound]] = {}
        newest: int | None = None
        for raw in batch:
            update_id = update_id_of(raw)
            if update_id is None:
                log.error("update_without_id")
                continue
            newest = update_id if newest is None else max(newest, update_id)
            try:
                inbound = parse(raw, update_id)
            except Malformed:
                continue
            if inbound is not None:
                chats.setdefault(inbound.chat_id, []).append(inbound)
        done = await asyncio.gather(*(self._in_order(updates) for updates in chats.values()), return_exceptions=True)
        for result in done:
            if isinstance(result, BaseException):
                raise result
        # An empty batch shows that Telegram took the offset. It is dropped then: after an idle week the ids restart at
        # random, and may restart below it.
        self._offset = None if newest is None else newest + 1

    async def _in_order(self, updates: list[Inbound]) -> None:
        for inbound in updates:
            await self._receive(inbound)
