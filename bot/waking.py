"""The loop that workers have in common: look for something to do, and wait until woken or until the next is due."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.storage.errors import StorageBroken, StorageClosed, StorageError

LOOK_EVERY_S = 30.0
STORAGE_PAUSE_S = 1.0


class Waking:
    """Looks until `stop`: at once when woken, else after as many seconds as the last look said."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self.stopping = False

    def wake(self) -> None:
        """Look again, soon."""
        self._woken.set()

    def stop(self) -> None:
        """Look no more."""
        self.stopping = True
        self._woken.set()

    async def run(self, look: Callable[[], Awaitable[float]]) -> bool:
        """True when stopped; False when the storage is gone. A storage that fails otherwise is tried again soon."""
        while not self.stopping:
            self._woken.clear()
            try:
                pause = await look()
            except (StorageBroken, StorageClosed):
                return False
            except StorageError:
                pause = STORAGE_PAUSE_S
            try:
                await asyncio.wait_for(self._woken.wait(), pause)
            except TimeoutError:
                continue
        return True


def until_due(due_in: float | None) -> float:
    """How long to wait for what is due in so many seconds, or for what may come unannounced."""
    return LOOK_EVERY_S if due_in is None else min(max(due_in, 0.0), LOOK_EVERY_S)
