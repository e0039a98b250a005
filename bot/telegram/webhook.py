"""The webhook: a plain ASGI function. A framework on this path costs 40 % of the throughput.

Whatever is answered with 200 is acknowledged for good; whatever may succeed later is answered with 503 and comes again.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from pydantic import TypeAdapter

from bot.storage.errors import StorageError
from bot.telegram.inbound import Inbound, Malformed, parse, update_id_of

SECRET_HEADER = b"x-telegram-bot-api-secret-token"
LARGEST_BODY_BYTES = 1024 * 1024
BODY_WITHIN_S = 30.0
RETRY_AFTER_S = 2
"""Short: a tap lives for 150 seconds only."""
TRIES_PER_UPDATE = 3
CLOSE = (b"connection", b"close")
"""Told with a refusal: else the body would be read to its end all the same."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Take = Callable[[Inbound], Awaitable[dict[str, Any] | None]]
"""Takes an update and returns, once it is on the disk, the method to answer with, or raises StorageError."""

_methods = TypeAdapter(dict[str, Any])
"""Writes JSON four times as fast as json does."""

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
            await _answer(send, 404, CLOSE)
        elif not self._is_telegram(scope):
            log.warning("webhook_forged")
            await _answer(send, 401, CLOSE)
        elif scope["method"] != "POST":
            await _answer(send, 405, (b"allow", b"POST"), CLOSE)
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
            await _answer(send, 408, CLOSE)
            return
        except _TooLarge:
            log.error("webhook_body_too_large")
            await _answer(send, 413, CLOSE)
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
            await _answer(send, 200, body=b"" if method is None else _methods.dump_json(method))

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
