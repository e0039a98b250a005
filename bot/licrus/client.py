"""Sends one request to Licrus over one fresh connection and says what is known afterwards.

Whether a byte of the request left decides between "again later" and "never again by itself", so it is proved twice:
by what httpx raises and by the moment at which httpcore begins to write the request's head. Nothing is retried here
and nothing is logged: body and ticket stay in this module.
"""

import asyncio
import json
import ssl
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import httpx

from bot.licrus.models import CallRequest
from bot.licrus.outcomes import (
    Held,
    Outcome,
    RefusedByLicrus,
    Unknown,
    Unreachable,
    outcome_of_answer,
    outcome_of_status,
)

CREATE_PATH = "/ExternalCall/Create"

# httpcore's trace events: the request's first byte follows the one, everything of the other comes before it.
_FIRST_BYTE = "http11.send_request_headers.started"
_CONNECTING = "connection."
_CONNECTED = "connection.connect_tcp.complete"


class _NotAllowed(Exception):
    """The lease or the deadline of the attempt had passed when its first byte was about to leave."""


class _AnswerTooLarge(Exception):
    """The answer, as sent or as decoded, is larger than the limit."""


class _AnswerUnreadable(Exception):
    """The answer is compressed in a way that was not asked for, or broken."""


# The errors that httpx raises only before a request is written. DNS and TLS failures are ConnectError.
_BEFORE_FIRST_BYTE: dict[type[Exception], str] = {
    _NotAllowed: "deadline",
    httpx.ConnectTimeout: "connect_timeout",
    httpx.ConnectError: "connect",
    httpx.PoolTimeout: "pool_timeout",
    httpx.UnsupportedProtocol: "url",
    httpx.InvalidURL: "url",
}
_READABLE_ENCODINGS = frozenset({"gzip", "x-gzip", "deflate"})

# What went wrong after the first byte, in a word for the operator; the first that fits.
_AFTER_FIRST_BYTE: tuple[tuple[type[Exception], str], ...] = (
    (_AnswerTooLarge, "large_answer"),
    (_AnswerUnreadable, "unreadable_body"),
    (httpx.TimeoutException, "timeout"),
    (TimeoutError, "timeout"),
    (httpx.RemoteProtocolError, "broken_answer"),
    (httpx.TransportError, "connection_lost"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one exchange. A lease on the attempt must be longer than total_seconds."""

    connect_seconds: float = 10.0
    write_seconds: float = 10.0
    read_seconds: float = 45.0  # between two pieces of the answer
    pool_seconds: float = 5.0
    total_seconds: float = 75.0
    answer_bytes: int = 1024 * 1024  # as sent, and again as decoded


@dataclass(slots=True)
class _Exchange:
    """How far one exchange came."""

    still_allowed: Callable[[], bool]
    connecting: bool = False
    begun: bool = False
    status: int | None = None
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    body: bytes | None = None
    connection: Any = None  # httpcore's stream, a type that httpx does not pass on

    async def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """httpcore's trace: called and awaited before each step is taken."""
        if event == _FIRST_BYTE:
            try:
                allowed = self.still_allowed()
            except Exception:
                allowed = False
            if not allowed:
                raise _NotAllowed
            self.begun = True
        if event == _CONNECTED:
            self.connection = info["return_value"]
        self.connecting = event.startswith(_CONNECTING)

    async def close(self) -> None:
        """Closes the connection once more: httpcore leaves it open when it is interrupted during the TLS handshake."""
        if self.connection is not None:
            with suppress(Exception):
                await self.connection.aclose()


def _always() -> bool:
    return True


class ExchangeFailed(Exception):
    """No answer came to a question that changes nothing; `why` is a word for it, as in Unreachable and Unknown."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def ask(
    url: str, content: bytes, limits: Limits, transport: httpx.AsyncBaseTransport | None = None
) -> tuple[int, bytes]:
    """Posts one question that changes nothing, within the same bounds as a call; the answer's status and body.

    Raises ExchangeFailed.
    """
    exchange = _Exchange(_always)
    try:
        async with asyncio.timeout(limits.total_seconds):
            await _converse(exchange, url, content, limits, transport)
    except Exception as error:
        whys = (*_BEFORE_FIRST_BYTE.items(), *_AFTER_FIRST_BYTE)
        raise ExchangeFailed(next((why for kind, why in whys if isinstance(error, kind)), "unexpected")) from None
    finally:
        await exchange.close()
    return exchange.status or 0, exchange.body or b""


async def create_call(
    request: CallRequest,
    *,
    url: str,
    ticket: str,
    limits: Limits | None = None,
    still_allowed: Callable[[], bool] = _always,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Outcome:
    """Sends the request once to `url` + /ExternalCall/Create and says what is known about the call.

    `url` is Licrus's base ("https://test-ecostar-api.licrus.com/api"). `still_allowed` is asked once, after
    connecting and before the first byte of the request; if it says no (or fails), nothing is sent and the outcome is
    Unreachable("deadline"). `transport` replaces the network in tests.

    Raises nothing but asyncio.CancelledError: a cancelled attempt may have been carried out.
    """
    limits = limits or Limits()
    try:
        content = request_body(request, ticket)
    except ValueError:
        return Held("request_not_encodable")
    exchange = _Exchange(still_allowed)
    failure: Exception | None = None
    try:
        async with asyncio.timeout(limits.total_seconds):
            await _converse(exchange, url.rstrip("/") + CREATE_PATH, content, limits, transport)
    except Exception as error:  # Whatever it is, it has to become an outcome.
        failure = error
    finally:
        await exchange.close()
    try:
        return _without(ticket, _outcome_of_exchange(exchange, failure))
    except Exception:
        return Unknown("unreadable_answer")


def request_body(request: CallRequest, ticket: str) -> bytes:
    """The JSON that is sent: UTF-8, AuthTicket first, then the fields in LICRUS.md's order. Raises ValueError."""
    return json.dumps({"AuthTicket": ticket, **request.model_dump()}, ensure_ascii=False).encode()


async def _converse(
    exchange: _Exchange, url: str, content: bytes, limits: Limits, transport: httpx.AsyncBaseTransport | None
) -> None:
    timeouts = httpx.Timeout(
        connect=limits.connect_seconds,
        write=limits.write_seconds,
        read=limits.read_seconds,
        pool=limits.pool_seconds,
    )
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "User-Agent": "devreye",
    }
    told = {"trace": exchange.watch, "timeout": timeouts.as_dict()}
    request = httpx.Request("POST", url, content=content, headers=headers, extensions=told)
    # Past httpx's client: of all that it adds, redirects, cookies and proxies, nothing is wanted here.
    async with transport or _fresh_transport() as opened:
        response = await opened.handle_async_request(request)
        try:
            exchange.status = response.status_code
            exchange.headers = response.headers
            exchange.body = _decoded(await _bounded_body(response, limits.answer_bytes), response, limits.answer_bytes)
        finally:
            await response.aclose()


def _fresh_transport() -> httpx.AsyncHTTPTransport:
    return httpx.AsyncHTTPTransport(
        verify=_tls(),
        trust_env=False,
        http2=False,
        retries=0,
        limits=httpx.Limits(max_connections=1, max_keepalive_connections=0),
    )


@cache
def _tls() -> ssl.SSLContext:
    # Reading the certificates takes tens of milliseconds, in which no update is answered: once is enough.
    return httpx.create_ssl_context(trust_env=False)


async def _bounded_body(response: httpx.Response, limit_bytes: int) -> bytes:
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > limit_bytes:
            raise _AnswerTooLarge
    return bytes(body)


def _decoded(body: bytes, response: httpx.Response, limit_bytes: int) -> bytes:
    # httpx decodes a piece whole, however large it becomes; zlib can be told where to stop.
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding in ("", "identity"):
        return body
    if encoding not in _READABLE_ENCODINGS:
        raise _AnswerUnreadable
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        decoded = stream.decompress(body, limit_bytes + 1)
    except zlib.error:
        raise _AnswerUnreadable from None
    if len(decoded) > limit_bytes:
        raise _AnswerTooLarge
    if not stream.eof:
        raise _AnswerUnreadable
    return decoded


def _outcome_of_exchange(exchange: _Exchange, failure: Exception | None) -> Outcome:
    if exchange.status is not None:
        # A complete answer stands, even if closing the connection failed after it.
        if exchange.body is not None:
            return outcome_of_answer(exchange.status, exchange.headers, exchange.body)
        decided = outcome_of_status(exchange.status, exchange.headers)
        if decided is not None:
            return decided
    elif not exchange.begun and failure is not None:
        before = _why_before_first_byte(exchange, failure)
        if before is not None:
            return Unreachable(before)
    return Unknown(next((why for kind, why in _AFTER_FIRST_BYTE if isinstance(failure, kind)), "unexpected"))


def _why_before_first_byte(exchange: _Exchange, failure: Exception) -> str | None:
    """Why no byte left, or None where that is not proved.

    A transport that does not trace, or names its steps otherwise, proves nothing by silence: so the last step it told
    of has to be one of connecting.
    """
    named = next((why for kind, why in _BEFORE_FIRST_BYTE.items() if isinstance(failure, kind)), None)
    if named is not None or not exchange.connecting:
        return named
    return "total_timeout" if isinstance(failure, TimeoutError) else "connect"


def _without(ticket: str, outcome: Outcome) -> Outcome:
    if isinstance(outcome, RefusedByLicrus) and ticket and ticket in outcome.reason:
        return replace(outcome, reason=outcome.reason.replace(ticket, "***"))
    return outcome
