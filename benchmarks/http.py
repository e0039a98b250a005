"""HTTP for the load: asyncio's protocols and httptools, no more. It has to cost less than what it measures."""

import asyncio
from collections.abc import Callable
from typing import Any

import httptools

Answer = Callable[[bytes], None]
"""Takes the whole answer to a request, as it goes onto the wire."""
Handle = Callable[[str, bytes, Answer], None]
"""Takes a request's path and body, and whom to answer, now or later."""


def response(body: bytes, status: str = "200 OK") -> bytes:
    """An answer in JSON."""
    return (
        b"HTTP/1.1 %b\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
        % (
            status.encode(),
            len(body),
        )
        + body
    )


class ServerProtocol(asyncio.Protocol):
    """One connection that somebody made to the load; requests on it are answered in turn."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._parser: Any = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._url = b""
        self._body: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_begin(self) -> None:
        self._url = b""
        self._body = []

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"expect" and self._transport is not None:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        kept = self._parser.should_keep_alive()
        body = self._body[0] if len(self._body) == 1 else b"".join(self._body)
        self._handle(self._url.decode(), body, lambda whole: self._answer(whole, kept))

    def _answer(self, whole: bytes, kept: bool) -> None:
        if self._transport is None:
            return
        self._transport.write(whole)
        if not kept:
            self._transport.close()


Done = Callable[[int, bytes], None]
"""Takes status and body of an answer; the status is 0 where the connection was lost before."""


class ClientProtocol(asyncio.Protocol):
    """One connection to the bot's webhook, with one request in flight."""

    def __init__(self, lost: "Callable[[ClientProtocol], None]") -> None:
        self._lost = lost
        self._parser: Any = None
        self._transport: asyncio.Transport | None = None
        self._done: Done | None = None
        self._body: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]
        self._parser = httptools.HttpResponseParser(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._lost(self)
        if self._done is not None:
            self._finish(0, b"")

    def send(self, request: bytes, done: Done) -> None:
        """Send a request; `done` is told the answer. The connection must be free."""
        self._done = done
        if self._transport is None:
            self._finish(0, b"")
        else:
            self._transport.write(request)

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_begin(self) -> None:
        self._body = []

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        status, body = self._parser.get_status_code(), b"".join(self._body)
        if not self._parser.should_keep_alive():
            self.close()
            self._transport = None
        self._finish(status, body)

    def _finish(self, status: int, body: bytes) -> None:
        done, self._done = self._done, None
        if done is not None:
            done(status, body)
