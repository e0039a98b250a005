"""The queue of updates that the bot has not confirmed yet, whichever way it fetches them."""

import asyncio
import itertools
import time
from dataclasses import dataclass
from typing import Any, Literal

from bot.sandbox.changes import Signal
from bot.sandbox.errors import ApiError

MESSAGE_LIFE_SECONDS = 24 * 3600.0
TAP_LIFE_SECONDS = 150.0
FIRST_UPDATE_ID = 641_000_001
LONGEST_POLL_SECONDS = 50
MOST_PENDING = 100_000
WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"

# Kinds that are delivered only to a bot that asked for them by name.
_UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}

Lane = tuple[int, Literal["messages", "taps"]]


@dataclass
class Update:
    """One update. Updates of one lane are delivered one after the other; taps have a lane of their own."""

    update_id: int
    kind: str
    payload: dict[str, Any]
    lane: Lane
    expires: float  # time.monotonic
    resent: bool = False  # delivered again on purpose: an offset confirms it only after it was seen

    def body(self) -> dict[str, Any]:
        return {"update_id": self.update_id, self.kind: self.payload}


class UpdateQueue:
    """Pending updates in the order of their ids."""

    def __init__(self) -> None:
        self.signal = Signal()
        self.allowed: list[str] = []
        self.webhook_is_set = False
        self._ids = itertools.count(FIRST_UPDATE_ID)
        self._pending: dict[int, Update] = {}
        self.polls = 0
        """How often getUpdates was called."""
        self._waiting = 0

    def add(self, kind: str, chat_id: int, payload: dict[str, Any], update_id: int | None = None) -> int | None:
        """Queues an update (again, if its id is given). Returns its id, None if the bot doesn't want this kind."""
        if (self.allowed and kind not in self.allowed) or (not self.allowed and kind in _UNASKED):
            return None
        tap = kind == "callback_query"
        life = TAP_LIFE_SECONDS if tap else MESSAGE_LIFE_SECONDS
        resent = update_id is not None
        update_id = next(self._ids) if update_id is None else update_id
        lane: Lane = (chat_id, "taps" if tap else "messages")
        self._pending[update_id] = Update(update_id, kind, payload, lane, time.monotonic() + life, resent)
        if len(self._pending) > MOST_PENDING:
            del self._pending[next(iter(self._pending))]
        self.signal.give()
        return update_id

    def pending(self) -> list[Update]:
        """What is not confirmed and not too old."""
        now = time.monotonic()
        for update in [update for update in self._pending.values() if update.expires <= now]:
            del self._pending[update.update_id]
        return sorted(self._pending.values(), key=lambda update: update.update_id)

    def first_of(self, lane: Lane) -> Update | None:
        return next((update for update in self.pending() if update.lane == lane), None)

    def confirm(self, update: Update) -> None:
        """Drops a delivered update, unless it was queued again meanwhile."""
        if self._pending.get(update.update_id) is update:
            del self._pending[update.update_id]

    @property
    def polling(self) -> bool:
        """Is a getUpdates waiting just now?"""
        return self._waiting > 0

    def drop_all(self) -> None:
        self._pending.clear()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """getUpdates: confirms what is before the offset, then waits for something to come. Raises ApiError (409)."""
        if self.webhook_is_set:
            raise ApiError(409, WEBHOOK_IS_SET)
        self.polls += 1
        mine = self.polls
        self.signal.give()
        self._confirm_before(offset)
        deadline = asyncio.get_running_loop().time() + seconds
        while True:
            if mine != self.polls:
                raise ApiError(409, OTHER_POLLER)
            if self.webhook_is_set:
                raise ApiError(409, "Conflict: terminated by setWebhook request")
            left = deadline - asyncio.get_running_loop().time()
            if (waiting := self.pending()) or left <= 0 or self.signal.closed:
                break
            self._waiting += 1
            try:
                await self.signal.wait(left)
            finally:
                self._waiting -= 1
        for update in waiting[:limit]:
            update.resent = False
        return waiting[:limit]

    def _confirm_before(self, offset: int) -> None:
        pending = self.pending()
        if offset < 0:
            offset = pending[max(len(pending) + offset, 0)].update_id if pending else 0
        for update in pending:
            if update.update_id < offset and not update.resent:
                self.confirm(update)
