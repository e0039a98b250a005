"""Fetching a file from Telegram, within bounds. Its address holds the bot's token and is never logged or raised."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import quote

import httpx
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.telegram.attachments import LARGEST_FILE_BYTES
from bot.telegram.client import Client
from bot.telegram.http import CONNECT_S, READ_S

WITHIN_S = 60.0
"""How long a whole download may take, however it drips."""
Fetch = Callable[[str], Awaitable[bytes]]
"""Fetches a file by its id. Raises Unfetchable, or TelegramError where another try may help."""


class Unfetchable(Exception):
    """Telegram will never give this file. `too_big`: because of its size."""

    def __init__(self, *, too_big: bool) -> None:
        super().__init__("too big" if too_big else "not given")
        self.too_big = too_big


class Downloads:
    """Fetches files for one bot. `most_bytes`: larger ones are not read to their end."""

    def __init__(self, client: Client, most_bytes: int = LARGEST_FILE_BYTES) -> None:
        self._client = client
        self._most_bytes = most_bytes

    async def fetch(self, file_id: str) -> bytes:
        """The file's content. Raises Unfetchable, or TelegramError where another try may help."""
        try:
            found = await self._client.raw_file(file_id)
        except BadRequest as error:
            raise Unfetchable(too_big="too big" in error.message.lower()) from None
        except Forbidden:
            raise Unfetchable(too_big=False) from None
        size, path = found.get("file_size"), found.get("file_path")
        if isinstance(size, int) and size > self._most_bytes:
            raise Unfetchable(too_big=True)
        if not isinstance(path, str) or not path or path.startswith("/") or ".." in path.split("/"):
            raise Unfetchable(too_big=False)
        try:
            async with asyncio.timeout(WITHIN_S):
                return await self._download(f"{self._client.base_file_url}/{quote(path)}")
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            # Its own text names the address.
            raise NetworkError(type(error).__name__) from None

    async def _download(self, url: str) -> bytes:
        content = bytearray()
        limits = httpx.Timeout(READ_S, connect=CONNECT_S)
        # Nothing is unpacked on the way: a few bytes could become a lot before anybody counts them.
        headers = {"Accept-Encoding": "identity"}
        async with (
            httpx.AsyncClient(timeout=limits, headers=headers, follow_redirects=False) as http,
            http.stream("GET", url) as response,
        ):
            if response.status_code in (400, 404):
                raise Unfetchable(too_big=False)
            if response.status_code != 200:
                raise TelegramError(f"status {response.status_code}")
            async for piece in response.aiter_raw(65536):
                content += piece
                if len(content) > self._most_bytes:
                    raise Unfetchable(too_big=True)
        return bytes(content)
