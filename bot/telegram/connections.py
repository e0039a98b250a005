"""One connection to the webhook, with bounds that uvicorn lacks: how long a request's head may take, and its size.

Without them whoever has no secret could hold connections open for ever, or fill the memory with one endless header.
"""

import asyncio
import logging

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_WITHIN_S = 15.0
"""From the connection, or from the first byte of a further request on it, to the end of the head."""
LARGEST_HEAD_BYTES = 64 * 1024

log = logging.getLogger(__name__)


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol; a connection whose head is too slow or too large is closed without an answer."""

    _in_head = False
    _head_bytes = 0
    _too_slow: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on. What is in memory of a head is never more than the limit and one piece."""
        super().data_received(data)
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > LARGEST_HEAD_BYTES:
                self._give_up("webhook_head_too_large")

    def on_message_begin(self) -> None:
        """The first byte of a head."""
        self._in_head, self._head_bytes = True, 0
        self._wait_for_head()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is there; what follows has bounds of its own."""
        self._in_head = False
        self._stop_waiting()
        super().on_headers_complete()

    def _wait_for_head(self) -> None:
        self._stop_waiting()
        self._too_slow = self.loop.call_later(HEAD_WITHIN_S, self._give_up, "webhook_head_too_slow")

    def _stop_waiting(self) -> None:
        if self._too_slow is not None:
            self._too_slow.cancel()
            self._too_slow = None

    def _give_up(self, why: str) -> None:
        log.info(why)
        # Not a polite close: what waits to be written would be waited for.
        self.transport.abort()
