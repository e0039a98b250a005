"""The exchange with Licrus cut after every byte of the request and after every byte of the answer.

A proxy of the tests' own stands between the client and the sandbox's Licrus, and only what that Licrus saw is believed:
where it carried a call out, the client may never say that it did not, and never names another call. All bytes are cut
with DEVREYE_EVERY_BYTE=1 (`make crash`), every 13th otherwise; DEVREYE_SEED moves where the counting begins.
"""

import asyncio
import contextlib
import os
import random
import socket
import struct
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Literal

import httpx
import pytest

from bot.licrus import CallRequest, Created, Limits, Outcome, Unknown
from bot.licrus.client import create_call
from bot.sandbox import Sandbox

EVERY_BYTE = os.environ.get("DEVREYE_EVERY_BYTE") == "1"
STEP = 1 if EVERY_BYTE else 13
SEED = int(os.environ.get("DEVREYE_SEED", "1"))
AT_ONCE = 16
MOST_OF_A_FAULT = 1000
"""How often the sandbox lets one fault be asked for."""
LIMITS = Limits(connect_seconds=20, write_seconds=20, read_seconds=20, total_seconds=30)
"""Patient: no outcome may come from a slow machine instead of from the cut."""

Part = Literal["request", "answer"]
Manner = Literal["close", "reset"]


@dataclass(frozen=True, slots=True)
class Cut:
    """Where one exchange ends: after so many bytes of that part, by closing or by resetting both connections."""

    part: Part
    after_bytes: int
    manner: Manner


class Proxy:
    """Passes one exchange on until its cut. `passed` counts the bytes that went through, by part."""

    def __init__(self, licrus_port: int, cut: Cut | None = None) -> None:
        self.passed: Counter[Part] = Counter()
        self._licrus_port = licrus_port
        self._cut = cut
        self._served: list[asyncio.Task[Any] | None] = []

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """The port, as long as it listens; returns when both ends of the exchange are closed."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        async with server:
            yield server.sockets[0].getsockname()[1]
        await asyncio.gather(*(task for task in self._served if task is not None), return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._served.append(asyncio.current_task())
        licrus_reader, licrus_writer = await asyncio.open_connection("127.0.0.1", self._licrus_port)
        ways = {
            asyncio.create_task(self._pass(reader, licrus_writer, "request")),
            asyncio.create_task(self._pass(licrus_reader, writer, "answer")),
        }
        try:
            # Whichever way ends first, by its cut or because its sender has gone, ends the exchange.
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            for end in (writer, licrus_writer):
                await self._end(end)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, part: Part) -> None:
        cut = self._cut if self._cut is not None and self._cut.part == part else None
        if cut is not None and cut.after_bytes == 0 and part == "answer":
            # Not a byte of the answer passes, but there is one: the call was carried out.
            await reader.read(1)
        while cut is None or self.passed[part] < cut.after_bytes:
            piece = await reader.read(65_536 if cut is None else cut.after_bytes - self.passed[part])
            if not piece:
                return
            writer.write(piece)
            await writer.drain()
            self.passed[part] += len(piece)

    async def _end(self, writer: asyncio.StreamWriter) -> None:
        if self._cut is not None and self._cut.manner == "reset":
            raw = writer.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        else:
            writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


def request_of(number: int) -> CallRequest:
    """A request that can be told from every other by its serial number; all have the same length."""
    return CallRequest(
        DealerCompanyName="Test Bayi",
        DealerContactPerson="",
        DealerMobilePhone="",
        DealerWorkPhone="",
        DealerEmail="",
        CustomerCompanyName="",
        CustomerFullName="Deneme Müşteri",
        CustomerMobilePhone="5301231212",
        CustomerWorkPhone="",
        CustomerEmail="",
        CustomerCity="Istanbul",
        CustomerDistrict="Umraniye",
        CustomerAddress="Fatih Sultan Mehmet mahallesi",
        ProductNameList="ECODENSE WT 65",
        ProductGroupName="ECODENSE DUVAR- YER TİPİ KAZAN",
        ProductSerialNumberList=str(1_000_000 + number),
        DeviceCount=1,
    )


class Trial:
    """A sandbox, the exchanges with its Licrus, and what each of them was said to have come to."""

    def __init__(self, sandbox: Sandbox, control: httpx.AsyncClient) -> None:
        self.outcomes: dict[str, tuple[Cut | None, Outcome]] = {}
        self.request_bytes = 0
        self._sandbox = sandbox
        self._control = control

    async def exchange(self, cut: Cut | None) -> Proxy:
        request = request_of(len(self.outcomes))
        serial = request.ProductSerialNumberList
        self.outcomes[serial] = (cut, Unknown("not_ended"))
        proxy = Proxy(self._sandbox.port, cut)
        async with proxy.listening() as port:
            url = self._sandbox.licrus_url.replace(str(self._sandbox.port), str(port))
            outcome = await create_call(request, url=url, ticket=self._sandbox.ticket, limits=LIMITS)
        self.outcomes[serial] = (cut, outcome)
        return proxy

    async def fail(self, fault: str, times: int) -> None:
        while times > 0:
            wanted = {"kind": fault, "times": min(times, MOST_OF_A_FAULT), "drip_seconds": 0}
            (await self._control.post("/api/licrus/fault", json=wanted)).raise_for_status()
            times -= MOST_OF_A_FAULT

    async def carried_out(self) -> dict[str, str]:
        """The number of each call that Licrus carried out, by serial number; none was carried out twice."""
        (await self._control.delete("/api/licrus/fault")).raise_for_status()
        # One whole exchange after all the others: what they left on the wire was read before it.
        await self.exchange(None)
        answer = (await self._control.get("/api/licrus/calls")).raise_for_status().json()
        calls: dict[str, str] = {}
        for call in answer["calls"]:
            if call["carried_out"]:
                serial = call["parsed"]["ProductSerialNumberList"]
                assert serial not in calls, f"{serial} was sent twice"
                calls[serial] = str(call["call_number"])
        return calls


def cuts(lengths: Counter[Part], seed: int) -> list[Cut]:
    """Every STEP-th byte of both parts in both manners, and always none, the first, the last but one, and all."""
    chance = random.Random(seed)
    chosen: list[Cut] = []
    for part, length in sorted(lengths.items()):
        places = {0, 1, length - 1, length, *range(chance.randrange(STEP), length, STEP)}
        chosen += [Cut(part, place, manner) for place in sorted(places) for manner in ("close", "reset")]
    return chosen


async def cut_everywhere(fault: str | None) -> tuple[Trial, dict[str, str]]:
    sandbox = Sandbox()
    await sandbox.start()
    try:
        limits = httpx.Limits(max_keepalive_connections=0)
        async with httpx.AsyncClient(base_url=sandbox.url, timeout=60, trust_env=False, limits=limits) as control:
            trial = Trial(sandbox, control)
            if fault is not None:
                await trial.fail(fault, 1)
            whole = await trial.exchange(None)
            trial.request_bytes = whole.passed["request"]
            chosen = cuts(whole.passed, SEED)
            if fault is not None:
                await trial.fail(fault, len(chosen))
            waiting = iter(chosen)

            async def work() -> None:
                for cut in waiting:
                    await trial.exchange(cut)

            await asyncio.gather(*(work() for _ in range(AT_ONCE)))
            return trial, await trial.carried_out()
    finally:
        await sandbox.stop()


@pytest.mark.parametrize("fault", [None, "warning", "500-after", "broken-json", "drip", "success-without-number"])
def test_a_call_that_exists_is_never_said_not_to_exist_wherever_the_exchange_is_cut(fault: str | None) -> None:
    trial, calls = asyncio.run(cut_everywhere(fault))
    print(f"seed {SEED}, {fault}: {len(trial.outcomes)} exchanges, of which Licrus carried out {len(calls)}")
    wrong = [
        (cut, outcome, calls[serial])
        for serial, (cut, outcome) in trial.outcomes.items()
        if serial in calls and not isinstance(outcome, Unknown) and outcome != Created(calls[serial])
    ]
    assert wrong == []
    invented = [
        (cut, said)
        for serial, (cut, said) in trial.outcomes.items()
        if serial not in calls and isinstance(said, Created)
    ]
    assert invented == []
    # Where a byte of the answer came, there was a call; where a byte of the request was missing, there was none.
    for serial, (cut, _) in trial.outcomes.items():
        if cut is None or cut.part == "answer":
            assert serial in calls
        elif cut.after_bytes < trial.request_bytes:
            assert serial not in calls


def test_the_number_is_known_when_only_the_last_moment_is_cut() -> None:
    """The comparison above could not fail if no cut exchange ever came to more than "unknown"."""
    trial, _ = asyncio.run(cut_everywhere(None))
    created = {cut for cut, outcome in trial.outcomes.values() if isinstance(outcome, Created)}
    assert None in created
    assert any(cut is not None and cut.part == "answer" for cut in created)
