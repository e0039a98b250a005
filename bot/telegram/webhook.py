"""The webhook: a plain ASGI function, and the server it runs in. A framework on this path costs 40 % of the throughput.

Whatever is answered with 200 is acknowledged for good; whatever may succeed later is answered with 503 and comes again.
"""

import asyncio
import contextlib
import hmac
import json
import logging
import socket
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import uvicorn

from bot.storage.errors import StorageError
from bot.telegram.inbound import Inbound, Malformed, parse, update_id_of

SECRET_HEADER = b"x-telegram-bot-api-secret-token"
LARGEST_BODY_BYTES = 1024 * 1024
BODY_WITHIN_S = 30.0
RETRY_AFTER_S = 2
"""Short: a tap lives for 150 seconds only."""
TRIES_PER_UPDATE = 3
FINISH_S = 4
"""How long the updates in flight may take to end: below what the whole process has for its work."""
KEEP_ALIVE_S = 75

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Take = Callable[[Inbound], Awaitable[dict[str, Any] | None]]
"""Takes an update and returns, once it is on the disk, the method to answer with, or raises StorageError."""

log = logging.getLogger(__name__)


class _Gone(Exception):
    """Whoever called has hung up before the whole body was there."""


class _TooLarge(Exception):
    """The body is larger than any update."""


class Webhook:
    """The ASGI function. `secrets`: each of them is good, so that one can be changed while updates come."""

    def __init__(self, take: Take, secrets: tuple[str, ...], path: str) -> None:
        if not secrets or not all(secrets):
            raise ValueError("a webhook without a secret would be open to anybody")
        self._take = take
        self._secrets = tuple(secret.encode() for secret in secrets)
        self._path = path or "/"
        self._failures: dict[int, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise RuntimeError("only HTTP is served here")
        if scope["path"] != self._path:
            await _answer(send, 404)
        elif not self._is_telegram(scope):
            log.warning("webhook_forged")
            await _answer(send, 401)
        elif scope["method"] != "POST":
            await _answer(send, 405, (b"allow", b"POST"))
        else:
            await self._serve(scope, receive, send)

    def _is_telegram(self, scope: Scope) -> bool:
        """Whether the secret is there, once. Every secret is compared whole, so that the time says nothing."""
        found = [value for name, value in scope["headers"] if name.lower() == SECRET_HEADER]
        given = found[0] if len(found) == 1 else b""
        good = False
        for secret in self._secrets:
            good |= hmac.compare_digest(given, secret)
        return good

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(BODY_WITHIN_S):
                body = await _read(scope, receive)
        except _Gone:
            return
        except TimeoutError:
            await _answer(send, 408, (b"connection", b"close"))
            return
        except _TooLarge:
            log.error("webhook_body_too_large")
            await _answer(send, 413, (b"connection", b"close"))
            return
        await self._answer_update(body, send)

    async def _answer_update(self, body: bytes, send: Send) -> None:
        inbound, update_id = _parsed(body)
        if inbound is None:
            await _answer(send, 200)
            return
        try:
            method = await self._take(inbound)
        except StorageError as error:
            log.error("update_waits_for_storage", extra={"update_id": update_id, "error": type(error).__name__})
            await _answer(send, 503, (b"retry-after", str(RETRY_AFTER_S).encode()))
        except Exception as error:
            # The intake sets poisonous updates aside itself: this is a fault around it.
            log.critical("update_not_taken", extra={"update_id": update_id, "error": type(error).__name__})
            if self._goes_on_failing(inbound.update_id):
                await _answer(send, 200)
            else:
                await _answer(send, 503, (b"retry-after", str(RETRY_AFTER_S).encode()))
        else:
            self._failures.pop(inbound.update_id, None)
            await _answer(send, 200, body=b"" if method is None else json.dumps(method).encode())

    def _goes_on_failing(self, update_id: int) -> bool:
        """Whether it is time to give up on it: chats that always fail would stop the whole bot."""
        self._failures[update_id] = failures = self._failures.pop(update_id, 0) + 1
        if len(self._failures) > LARGEST_BODY_BYTES // 1024:
            del self._failures[next(iter(self._failures))]
        return failures >= TRIES_PER_UPDATE


def _parsed(body: bytes) -> tuple[Inbound | None, int | None]:
    """The update and its id. None where there is nothing to do: the same bytes would never be read any better."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        log.error("webhook_body_unreadable", extra={"bytes": len(body)})
        return None, None
    update_id = update_id_of(raw)
    if update_id is None:
        log.error("update_without_id")
        return None, None
    try:
        return parse(raw, update_id), update_id
    except Malformed:
        return None, update_id


async def _read(scope: Scope, receive: Receive) -> bytes:
    """The whole body. Raises _TooLarge before it is read where its length is told, else as soon as it shows."""
    for name, value in scope["headers"]:
        if name.lower() == b"content-length" and int(value) > LARGEST_BODY_BYTES:
            raise _TooLarge
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY_BYTES:
            raise _TooLarge
        if not message.get("more_body", False):
            return bytes(body)


async def _answer(send: Send, status: int, *headers: tuple[bytes, bytes], body: bytes = b"") -> None:
    told = [(b"content-length", str(len(body)).encode()), *headers]
    if body:
        told.append((b"content-type", b"application/json"))
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})


class _Server(uvicorn.Server):
    """uvicorn as a part of this process, which has its own business with signals."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.begun = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.begun.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Listener:
    """The server of the webhook. Behind a proxy that ends TLS it needs no certificate."""

    def __init__(self, app: Webhook, host: str, port: int, cert: Path | None = None, key: Path | None = None) -> None:
        self._host, self._port = host, port
        self._config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            lifespan="off",
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=FINISH_S,
            ssl_certfile=cert,
            ssl_keyfile=key,
        )
        self._server = _Server(self._config)
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Take the port and read the certificate. Raises OSError, or ssl.SSLError for the certificate."""
        self._config.load()
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        # asyncio switches Nagle's algorithm off only where the protocol is named: without it an answer takes 40 ms.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((self._host, self._port))
            listening.listen(self._config.backlog)
            listening.setblocking(False)
        except OSError:
            listening.close()
            raise
        self._socket = listening

    async def run(self) -> None:
        """Serve until `stop`: then take no more, and let what is in flight end."""
        if self._socket is None:
            raise RuntimeError("open it first")
        try:
            await self._server.serve(sockets=[self._socket])
        finally:
            self._server.begun.set()

    async def started(self) -> None:
        """Wait until it serves, or has failed to."""
        await self._server.begun.wait()

    def stop(self) -> None:
        """Take no more."""
        self._server.should_exit = True
