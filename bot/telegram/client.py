"""The Bot API client: python-telegram-bot's, with updates left raw, and every time-out set."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any

from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from bot.telegram.http import READ_S, Connections
from bot.telegram.inbound import ALLOWED_UPDATES

CONNECTIONS = 32
FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 60.0

Observe = Callable[[str], AbstractContextManager[Any]]
"""Given a method's name, what the call of it happens within."""


class Client(Bot):
    """One bot at one Bot API server; each call of it is made within `observe`.

    Its errors and its repr may hold the token: log their kind only.
    """

    def __init__(self, token: str, api_url: str, observe: Observe = nullcontext) -> None:
        super().__init__(
            token,
            base_url=f"{api_url.rstrip('/')}/bot",
            base_file_url=f"{api_url.rstrip('/')}/file/bot",
            request=Connections(api_url, CONNECTIONS),
            get_updates_request=Connections(api_url, 1),
        )
        self._observe = observe

    async def _do_post(self, endpoint: str, data: Any, **timeouts: Any) -> Any:
        with self._observe(endpoint):
            return await super()._do_post(endpoint, data, **timeouts)

    async def carry_out(self, method: Mapping[str, Any]) -> Any:
        """The result of this call, written as in a webhook's response. Raises TelegramError.

        python-telegram-bot makes an object of each result, with all that hangs on it: of a message that was sent its
        number alone is needed.
        """
        return await self._post(method["method"], {key: value for key, value in method.items() if key != "method"})

    async def raw_updates(self, offset: int | None, wait_s: int, limit: int = 100) -> list[Any]:
        """The next updates as Telegram sent them; those before `offset` are acknowledged.

        python-telegram-bot's own get_updates parses the whole batch at once: one malformed update would lose all.
        """
        found = await self._post(
            "getUpdates",
            {"offset": offset, "timeout": wait_s, "limit": limit, "allowed_updates": list(ALLOWED_UPDATES)},
            read_timeout=wait_s + READ_S,
        )
        return found if isinstance(found, list) else []

    async def raw_file(self, file_id: str) -> dict[str, Any]:
        """What getFile tells of a file, as Telegram sent it; its path is good for an hour."""
        found = await self._post("getFile", {"file_id": file_id})
        return found if isinstance(found, dict) else {}


def pause_after(error: TelegramError, failures: int, longest_s: float = LONGEST_PAUSE_S) -> float:
    """Seconds to wait after this error and so many before it: what Telegram wants, else 2, 4, 8 ... `longest_s`."""
    if isinstance(error, RetryAfter):
        return retry_after_s(error)
    return min(FIRST_PAUSE_S * 2.0 ** min(failures, 10), longest_s)


def retry_after_s(error: RetryAfter) -> float:
    """How many seconds Telegram wants us to wait."""
    wait = error.retry_after
    return max(wait.total_seconds() if isinstance(wait, timedelta) else float(wait), 0.5)
