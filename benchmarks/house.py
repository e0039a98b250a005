"""A contestant alive between its Telegram and its Licrus, and the two ways to load it."""

import asyncio
import contextlib
import gc
import os
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from benchmarks.contestants import Contestant, Place
from benchmarks.delivery import CONNECTIONS, FIRST_UPDATE, PATH, ByPolling, ByWebhook, Post
from benchmarks.figures import Stretch, latencies, stretch
from benchmarks.http import ServerProtocol
from benchmarks.people import Kind, Town
from benchmarks.processes import LOAD_CPU, Moment, bot_cores, moment, pinned
from benchmarks.servers import running
from benchmarks.telegram import TOKEN, Licrus, Telegram
from tests.ports import free_port

SECRET = "benchmark-secret-0123456789"
TICKET = "benchmark-ticket-0123456789"
START_WITHIN_S = 60.0
DID_NOT_START = (
    f"It took no update, or answered none, within {START_WITHIN_S:.0f} s of its start: --log FILE tells more."
)
PATIENCE_S = 60.0
"""How long an answer may take before it counts as lost."""
STOP_WITHIN_S = 15.0
TICK_S = 0.001
UPDATES_KEPT_APART = 100
"""Between the updates of one person and those of the next number, in another life of the same bot."""

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, and with how many: `seconds` of each stretch, `warm_s` before, `people` with an open conversation."""

    seconds: float = 10.0
    warm_s: float = 2.0
    people: int = 2000
    connections: int = CONNECTIONS
    seed: int = 1
    first: int = 0
    """The number of the first person: for a database where others have talked before."""


class Outside:
    """Telegram and Licrus, each on a port of its own, for whoever is given their addresses."""

    def __init__(self, town: Town, webhook_url: str, licrus_s: float = 0.0) -> None:
        self.telegram = Telegram(town, webhook_url)
        self.bot_api_url = self.licrus_url = ""
        self._licrus = Licrus(town, licrus_s)
        self._doors: list[asyncio.Server] = []

    async def open(self) -> None:
        """Begin to serve."""
        loop = asyncio.get_running_loop()
        for handle in (self.telegram.handle, self._licrus.handle):
            self._doors.append(await loop.create_server(partial(ServerProtocol, handle), "127.0.0.1", 0))
        ports = [door.sockets[0].getsockname()[1] for door in self._doors]
        self.bot_api_url, self.licrus_url = f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}/api"

    def close(self) -> None:
        """Serve no more."""
        for door in self._doors:
            door.close()


class House:
    """Everything around one living contestant."""

    def __init__(
        self, town: Town, post: Post, delivery: Any, telegram: Telegram, bots: list[int], servers: list[int]
    ) -> None:
        self.town = town
        self.post = post
        self.delivery = delivery
        self.telegram = telegram
        self.bots = bots
        self.servers = servers
        self.start_s = 0.0
        self._answered = (0, time.monotonic())

    def moment(self) -> Moment:
        """What was used until now."""
        return moment(self.bots, self.servers)

    async def saturate(self, seconds: float, most: int | None = None) -> Stretch:
        """As many updates as are taken, for so long or so many; it ends when everybody has their answer."""
        town, before = self.town, self._begin()
        until, sent = time.perf_counter() + seconds, 0

        def pump() -> None:
            nonlocal sent
            while self.delivery.has_room and time.perf_counter() < until and (most is None or sent < most):
                person = town.next()
                if person is None:
                    return
                sent += 1
                self.post.send(person)

        town.changed = pump
        pump()
        while time.perf_counter() < until and (most is None or sent < most) and not self._stands_still():
            await asyncio.sleep(0.01)
            # A connection may have become free for an update that was answered before its 2xx.
            pump()
        return await self._end(before)

    async def at_rate(
        self, per_s: float, seconds: float, chance: random.Random, *, going: Callable[[], bool] = lambda: False
    ) -> Stretch:
        """Updates at random times, so many a second whatever becomes of them, each due at a time of its own.

        It goes on for so many seconds, and for as long as `going` says.
        """
        before = self._begin()
        self.town.changed = lambda: None
        due = began = time.perf_counter()
        while (due < began + seconds or going()) and not self._stands_still():
            now = time.perf_counter()
            while due <= now:
                person = self.town.next()
                if person is None:
                    # Nobody is free since nobody is answered: that is a slow bot, and not fewer updates.
                    break
                self.post.send(person, due)
                due += chance.expovariate(per_s)
            await asyncio.sleep(max(due - time.perf_counter(), TICK_S) if due > now else TICK_S)
        return await self._end(before)

    async def at_full_and_half(self, plan: Plan) -> tuple[Stretch, Stretch | None]:
        """After warming up a stretch at saturation, and one at half of its rate where that left nobody unanswered."""
        await self.saturate(plan.warm_s)
        full, half = await self.saturate(plan.seconds), None
        if full.updates and not self.town.in_flight:
            half = await self.at_rate(full.per_s / 2, plan.seconds, random.Random(plan.seed))
        self.town.give_up()
        return full, half

    def _stands_still(self) -> bool:
        """Whether nobody was answered for longer than anybody waits."""
        now = time.monotonic()
        if self._answered[0] != self.town.answers:
            self._answered = (self.town.answers, now)
        return now - self._answered[1] > PATIENCE_S

    def _begin(self) -> tuple[Moment, int]:
        self.town.forget_waits()
        self._answered = (self.town.answers, time.monotonic())
        return self.moment(), self.town.answers

    async def _end(self, before: tuple[Moment, int]) -> Stretch:
        began, answers = before
        until = time.monotonic() + PATIENCE_S
        while self.town.in_flight and time.monotonic() < until:  # noqa: ASYNC110
            await asyncio.sleep(TICK_S)
        ended = self.moment()
        return stretch(
            began,
            ended,
            self.town.answers - answers,
            latencies(chain.from_iterable(self.town.latencies)),
            latencies(self.town.results),
        )


@contextlib.asynccontextmanager
async def living(
    contestant: Contestant,
    kind: Kind,
    plan: Plan,
    log: Path | None = None,
    *,
    folder: Path | None = None,
    licrus_s: float = 0.0,
) -> AsyncIterator[House]:
    """The contestant, started and able to take updates; ended at the end. Raises TimeoutError if it does not start.

    `folder`: where it finds what it left there earlier. Licrus takes `licrus_s` seconds for a call.
    """
    with contextlib.ExitStack() as stack:
        folder = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="devreye-bench-")))
        redis_url, database_url, servers = stack.enter_context(running(contestant.servers, folder))
        town = Town(kind, plan.people, TICKET, plan.first)
        ports = [free_port() for _ in range(contestant.replicas)]
        outside = Outside(town, "" if contestant.polls else f"http://127.0.0.1:{ports[0]}{PATH}", licrus_s)
        await outside.open()
        telegram = outside.telegram
        place = Place(
            folder, ports[0], TOKEN, SECRET, TICKET, outside.bot_api_url, outside.licrus_url, redis_url, database_url
        )
        output = stack.enter_context((log or Path(os.devnull)).open("ab"))
        began = time.perf_counter()
        processes = []
        for port, core in zip(ports, bot_cores(), strict=False):
            with pinned(core):
                processes.append(
                    subprocess.Popen(  # noqa: ASYNC220
                        contestant.command,
                        env=place.environment(contestant, PATH, port),
                        cwd=folder,
                        stdin=subprocess.DEVNULL,
                        stdout=output,
                        stderr=output,
                        start_new_session=True,
                    )
                )
        delivery: ByPolling | ByWebhook = (
            ByPolling(telegram) if contestant.polls else ByWebhook(telegram, town, ports, SECRET, plan.connections)
        )
        post = Post(town, delivery, FIRST_UPDATE + plan.first * UPDATES_KEPT_APART)
        house = House(town, post, delivery, telegram, [process.pid for process in processes], servers)
        try:
            await delivery.open(time.monotonic() + START_WITHIN_S)
            first = await house.saturate(START_WITHIN_S, most=1)
            house.start_s = time.perf_counter() - began
            if not first.updates:
                raise TimeoutError("the first update was not answered")
            yield house
        finally:
            delivery.close()
            for process in processes:
                await _end(process)
            outside.close()


async def _end(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    until = time.monotonic() + STOP_WITHIN_S
    while process.poll() is None and time.monotonic() < until:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def on_the_loads_core(measuring: Coroutine[Any, Any, Found]) -> Found:
    """What it returns. No collection of garbage falls into it: the load's would be taken for the bot's pauses."""
    gc.collect()
    gc.disable()
    try:
        with pinned(LOAD_CPU), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(measuring)
    finally:
        gc.enable()
