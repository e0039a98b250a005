"""What changed in the sandbox, numbered, so that the chat page and the transcript player can follow along."""

import asyncio
import contextlib
from collections import deque
from typing import Any

KEPT_EVENTS = 20_000

Event = dict[str, Any]


class Signal:
    """Wakes everyone who waits, each time it is given; after `close` nobody waits any more."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.closed = False

    def give(self) -> None:
        self._event.set()
        if not self.closed:
            self._event = asyncio.Event()

    def close(self) -> None:
        self.closed = True
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Returns at the next signal, or after so many seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), max(seconds, 0))


class Changes:
    """The numbered list of events. `seq` is the number of the newest one."""

    def __init__(self) -> None:
        self.seq = 0
        self.signal = Signal()
        self._events: deque[Event] = deque(maxlen=KEPT_EVENTS)

    def add(self, kind: str, chat_id: int | None = None, **payload: Any) -> int:
        """Records an event and returns its number."""
        self.seq += 1
        event: Event = {"seq": self.seq, "type": kind, **payload}
        if chat_id is not None:
            event["chat_id"] = chat_id
        self._events.append(event)
        self.signal.give()
        return self.seq

    def after(self, seq: int) -> list[Event]:
        """The events that are newer than seq, oldest first."""
        newer: list[Event] = []
        for event in reversed(self._events):
            if event["seq"] <= seq:
                break
            newer.append(event)
        newer.reverse()
        return newer

    async def wait_after(self, seq: int, seconds: float) -> list[Event]:
        """As `after`, but waits up to so many seconds for the first event."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not (events := self.after(seq)) and not self.signal.closed:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                break
            await self.signal.wait(left)
        return events
