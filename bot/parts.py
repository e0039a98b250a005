"""What runs side by side in this process, and is stopped in the opposite order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.intake import where

log = logging.getLogger(__name__)


class Parts:
    """Parts that run. `failed` is set when one of them ends by an exception."""

    def __init__(self, failed: asyncio.Event) -> None:
        self._failed = failed
        self._closing: list[Callable[[], Awaitable[None]]] = []

    def add(self, close: Callable[[], Awaitable[None]]) -> None:
        """Something that is open and has to be closed."""
        self._closing.append(close)

    def run(self, work: Awaitable[None], stop: Callable[[], None] | None, name: str) -> None:
        """Run this until it is stopped by `stop`, or by cancelling it where there is none."""
        task = asyncio.ensure_future(work)
        task.add_done_callback(lambda done: self._ended(done, name))

        async def close() -> None:
            if stop is None:
                task.cancel()
            else:
                stop()
            await asyncio.gather(task, return_exceptions=True)

        self.add(close)

    async def close(self) -> None:
        """Stop and close everything, the newest first. Closing twice does nothing."""
        while self._closing:
            await self._closing.pop()()

    def _ended(self, task: "asyncio.Future[None]", name: str) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("part_failed", extra={"part": name, "error": where(error)})
            self._failed.set()
