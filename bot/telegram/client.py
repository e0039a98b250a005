"""The Bot API client: python-telegram-bot's, with updates left raw, and every time-out set."""

import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from functools import cache
from typing import Any

import httpx
from telegram import Bot
from telegram.error import RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.telegram.inbound import ALLOWED_UPDATES

CONNECT_S = 10.0
READ_S = 20.0
WRITE_S = 20.0
POOL_S = 30.0
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
            request=_request(CONNECTIONS),
            get_updates_request=_request(1),
        )
        self._observe = observe

    async def _do_post(self, endpoint: str, data: Any, **timeouts: Any) -> Any:
        with self._observe(endpoint):
            return await super()._do_post(endpoint, data, **timeouts)

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


def _request(connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=CONNECT_S,
        read_timeout=READ_S,
        write_timeout=WRITE_S,
        pool_timeout=POOL_S,
        httpx_kwargs={"verify": _tls()},
    )


@cache
def _tls() -> ssl.SSLContext:
    # Reading the system's certificates takes 20 ms and more, for each of a client's two pools.
    return httpx.create_ssl_context()


def pause_after(error: TelegramError, failures: int, longest_s: float = LONGEST_PAUSE_S) -> float:
    """Seconds to wait after this error and so many before it: what Telegram wants, else 2, 4, 8 ... `longest_s`."""
    if isinstance(error, RetryAfter):
        return retry_after_s(error)
    return min(FIRST_PAUSE_S * 2.0 ** min(failures, 10), longest_s)


def retry_after_s(error: RetryAfter) -> float:
    """How many seconds Telegram wants us to wait."""
    wait = error.retry_after
    return max(wait.total_seconds() if isinstance(wait, timedelta) else float(wait), 0.5)
