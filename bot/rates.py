"""How fast messages may go to Telegram: a bucket for each chat and one for the whole bot. Pure but for its clock."""

import time
from collections.abc import Callable
from dataclasses import dataclass

BOT_BURST_PART = 0.2
"""The bot's bucket holds this part of a second's messages: with more, the first second could carry twice the rate."""
KEPT_BUCKETS = 10_000


@dataclass(slots=True)
class _Bucket:
    per_s: float
    size: float
    left: float
    at: float

    def fill(self, now: float) -> None:
        self.left = min(self.size, self.left + max(now - self.at, 0.0) * self.per_s)
        self.at = now

    def wait_s(self) -> float:
        return 0.0 if self.left >= 1.0 else (1.0 - self.left) / self.per_s


class Rates:
    """Room for messages, in messages a second. `clock` gives seconds and never goes back."""

    def __init__(
        self,
        *,
        per_chat_per_s: float = 1.0,
        chat_burst: int = 3,
        per_s: float = 25.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_chat_per_s = per_chat_per_s
        self._chat_burst = chat_burst
        self._clock = clock
        size = max(1.0, per_s * BOT_BURST_PART)
        self._bot = _Bucket(per_s, size, size, clock())
        self._chats: dict[int, _Bucket] = {}

    def take(self, chat_id: int) -> float:
        """0.0 if a message may go to this chat now, which is then counted; else how many seconds to wait."""
        chat = self._chat(chat_id)
        self._bot.fill(chat.at)
        wait_s = max(chat.wait_s(), self._bot.wait_s())
        if wait_s == 0.0:
            chat.left -= 1.0
            self._bot.left -= 1.0
        return wait_s

    def give_back(self, chat_id: int) -> None:
        """What was taken was not used."""
        for bucket in (self._chat(chat_id), self._bot):
            bucket.left = min(bucket.size, bucket.left + 1.0)

    def _chat(self, chat_id: int) -> _Bucket:
        now = self._clock()
        bucket = self._chats.get(chat_id)
        if bucket is None:
            if len(self._chats) >= KEPT_BUCKETS:
                self._forget_full(now)
            bucket = self._chats[chat_id] = _Bucket(self._per_chat_per_s, self._chat_burst, self._chat_burst, now)
        bucket.fill(now)
        return bucket

    def _forget_full(self, now: float) -> None:
        """A full bucket says no more than none."""
        for bucket in self._chats.values():
            bucket.fill(now)
        self._chats = {chat_id: bucket for chat_id, bucket in self._chats.items() if bucket.left < bucket.size}
