"""Licrus with its faults. Of each exchange it knows truly whether a call was made, and what its caller could know."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from tests.simulation.world import World

READ_S = 45.0
ALONE_S = (60.0, 400.0)
"""How long Licrus may go on without its caller. Five minutes after the deadline of an attempt it has ended."""
REFUSAL = "Cihaz bilgileri eksik."


@dataclass(slots=True)
class Exchange:
    """One request whose first byte left. `certain`: its answer, handed over whole, left no doubt."""

    parsed: dict[str, Any]
    at: float
    carried_out: bool = False
    call_number: str = ""
    certain: bool = False


class Licrus(httpx.AsyncBaseTransport):
    """The network to Licrus, and Licrus."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.exchanges: list[Exchange] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange."""
        world, faults = self.world, self.world.faults
        await self._reach(request)
        # Whoever is stopped here for long must be told by the clock, just before the first byte, that it is too late.
        trace: Callable[[str, Any], Awaitable[None]] = request.extensions["trace"]
        await trace("http11.send_request_headers.started", {})
        exchange = Exchange(json.loads(await request.aread()), world.loop.time())
        self.exchanges.append(exchange)
        world.trace("licrus", lambda: f"request {len(self.exchanges)}: {exchange.parsed['CustomerFullName']}")
        await self._point()
        if faults.happens("Licrus resets before"):
            raise httpx.ReadError("reset")
        if faults.happens("Licrus hangs before"):
            self._go_on_alone(exchange)
            await self._hang()
        if faults.happens("Licrus fails before"):
            return _response(500, b"<html>")
        answer = await self._not_carried_out(exchange)
        if answer is not None:
            return answer
        self._carry_out(exchange)
        await self._point()
        if faults.happens("Licrus resets after"):
            raise httpx.ReadError("reset")
        if faults.happens("Licrus hangs after"):
            await self._hang()
        if faults.happens("Licrus fails after"):
            return _response(500, b"<html>")
        if faults.happens("Licrus answers garbage"):
            return _response(200, b'{"HasErr')
        return self._answer(exchange, f"Çağrı numarası: {exchange.call_number}", error=False)

    async def _reach(self, request: httpx.Request) -> None:
        await self._point()
        if self.world.faults.happens("Licrus can't be reached"):
            if self.world.chance.random() < 0.5:
                raise httpx.ConnectError("refused")
            await asyncio.sleep(10)
            raise httpx.ConnectTimeout("connect")

    async def _not_carried_out(self, exchange: Exchange) -> httpx.Response | None:
        faults = self.world.faults
        if faults.happens("Licrus refuses"):
            return self._answer(exchange, REFUSAL, error=True)
        if faults.happens("Licrus doubts the ticket"):
            return self._answer(exchange, "AuthTicket geçersiz.", error=True)
        if faults.happens("Licrus asks to wait"):
            exchange.certain = True
            return _response(429, b"", {"Retry-After": "30"})
        return None

    def _carry_out(self, exchange: Exchange) -> None:
        exchange.carried_out = True
        exchange.call_number = str(43001 + self.exchanges.index(exchange))
        self.world.trace("licrus", lambda: f"carried out: {exchange.call_number}")

    def _go_on_alone(self, exchange: Exchange) -> None:
        """At times Licrus carries a request out long after its caller has hung up."""
        # Its own chance: whatever else happens in the history stays as it is.
        chance = random.Random(f"{exchange.at} {len(self.exchanges)}")
        if chance.random() < 0.5:
            self.world.loop.call_later(chance.uniform(*ALONE_S), self._carry_out, exchange)

    async def _hang(self) -> None:
        if self.world.chance.random() < 0.5:
            await asyncio.sleep(READ_S)
            raise httpx.ReadTimeout("read")
        await asyncio.sleep(600)

    async def _point(self) -> None:
        await self.world.pause(0.5)
        self.world.kill_here("killed around Licrus")
        await self.world.alive()

    def _answer(self, exchange: Exchange, text: str, *, error: bool) -> httpx.Response:
        exchange.certain = True
        answer = {"HasError": error, "MessageList": [{"Type": 2, "Message": text}]}
        return _response(200, json.dumps(answer, ensure_ascii=False).encode())


def _response(status: int, body: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))
