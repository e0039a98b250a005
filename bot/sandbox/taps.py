"""The taps on inline buttons that the bot may still answer."""

import secrets
import time
from dataclasses import dataclass, field

from bot.sandbox.errors import bad_request
from bot.sandbox.updates import TAP_LIFE_SECONDS

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass
class Taps:
    """Callback query ids with their chat and the time of the tap (time.monotonic)."""

    _open: dict[str, tuple[int, float]] = field(default_factory=dict)

    def add(self, chat_id: int) -> str:
        """A new callback query id."""
        now = time.monotonic()
        self._open = {key: tap for key, tap in self._open.items() if now - tap[1] < TAP_LIFE_SECONDS}
        query_id = str(secrets.randbelow(9 * 10**17) + 10**17)
        self._open[query_id] = (chat_id, now)
        return query_id

    def answer(self, query_id: str) -> int:
        """Closes the tap and returns its chat; raises ApiError if it is unknown, answered or too old."""
        chat_id, tapped = self._open.pop(query_id, (0, -TAP_LIFE_SECONDS))
        if not chat_id or time.monotonic() - tapped >= TAP_LIFE_SECONDS:
            raise bad_request(TOO_OLD)
        return chat_id
