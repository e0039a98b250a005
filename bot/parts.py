"""What runs side by side in this process, and how it is ended: in order, and within bounds."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.logs import where

WORK_ENDS_S = 5.0
"""Seconds after the beginning of a stop: updates and calls that still run then are cut off."""
MESSAGES_END_S = 7.5
STOP_S = 9.0
CUT_WITHIN_S = 1.0
"""How long what was cut off may take to say so: a call that may have been carried out becomes unknown."""
SHORTEST_WAIT_S = 0.2

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Part:
    """Something that runs until it is told to stop. The `last` one still says what the others came to."""

    name: str
    task: "asyncio.Future[None]"
    stop: Callable[[], object]
    last: bool


class Parts:
    """Parts that run. `failed` is set when one of them ends by an exception. `hurry`: a stop waits for nothing."""

    def __init__(self, failed: asyncio.Event, hurry: asyncio.Event) -> None:
        self._failed = failed
        self._hurry = hurry
        self._parts: list[_Part] = []
        self._closing: list[Callable[[], Awaitable[None]]] = []

    def add(self, close: Callable[[], Awaitable[None]]) -> None:
        """Something that is open and has to be closed."""
        self._closing.append(close)

    def run(self, work: Awaitable[None], stop: Callable[[], object] | None, name: str, *, last: bool = False) -> None:
        """Run this until it is stopped by `stop`, or by cancelling it where there is none."""
        task = asyncio.ensure_future(work)
        task.add_done_callback(lambda done: self._ended(done, name))
        self._parts.append(_Part(name, task, stop or task.cancel, last))

    async def stop(self, *, patient: bool = False) -> None:
        """Finish what is in flight, take no more, and close everything, within STOP_S; stopping twice does nothing.

        Updates and calls come first, all of them at once: what they still say goes out. What hangs is cut off, and
        leaves what a kill would leave. `patient`: nothing is cut off, unless there is a hurry or this is cancelled.
        """
        began = asyncio.get_running_loop().time()
        parts, self._parts = self._parts, []
        try:
            await self._end([part for part in parts if not part.last], began + (math.inf if patient else WORK_ENDS_S))
            await self._end([part for part in parts if part.last], began + (math.inf if patient else MESSAGES_END_S))
        except asyncio.CancelledError:
            for part in parts:
                part.task.cancel()
            raise
        while self._closing:
            closing = asyncio.ensure_future(self._closing.pop()())
            left = began + STOP_S - asyncio.get_running_loop().time()
            await asyncio.wait({closing}, timeout=max(left / (len(self._closing) + 1), SHORTEST_WAIT_S))
            if not closing.done():
                log.error("close_cut_short")
                closing.cancel()
            elif (error := closing.exception()) is not None:
                log.error("close_failed", extra={"error": where(error)})

    async def _end(self, parts: "list[_Part]", until: float) -> None:
        """Let these end until then (the loop's time), or until there is a hurry; what still runs is cut off."""
        for part in parts:
            part.stop()
        ending = asyncio.gather(*(part.task for part in parts), return_exceptions=True)
        hurrying = asyncio.ensure_future(self._hurry.wait())
        left = until - asyncio.get_running_loop().time()
        waited: set[asyncio.Future[Any]] = {ending, hurrying}
        timeout = None if math.isinf(left) else max(left, 0.0)
        try:
            await asyncio.wait(waited, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        finally:
            hurrying.cancel()
        running = [part for part in parts if not part.task.done()]
        for part in running:
            log.warning("part_cut_short", extra={"part": part.name})
            part.task.cancel()
        if running:
            await asyncio.wait({part.task for part in running}, timeout=CUT_WITHIN_S)

    def _ended(self, task: "asyncio.Future[None]", name: str) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("part_failed", extra={"part": name, "error": where(error)})
            self._failed.set()
