"""One life of a bot at a sandbox of its own: the first start, one conversation with its call, the stop; and what came.

Whatever happens to the bot on the way, it is started again, and the conversation goes on to its end. A second one
follows where the first bot came as far as its stop. The verdict is from what the sandbox saw.
"""

import asyncio
import contextlib
import itertools
import random
import signal
import socket
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bot.commands.sandboxing import sandbox_settings
from bot.sandbox import Sandbox
from tests.crash.bot_process import LICRUS_SECONDS, QUICK
from tests.crash.campaign import verdict_on
from tests.crash.conversations import customer_script
from tests.crash.nursery import MAIN_THREAD, Child, Nursery
from tests.crash.people import SHORT_PATIENCE_S, Chances, Conversation, Person, Stuck, Town
from tests.crash.tracing import CALLS, FOLDER, Point, Trace, points
from tests.crash.verdict import Verdict

PRELUDE = QUICK + "import bot.storage.writer as w; w.CHECKPOINT_EVERY_GROUPS = 24"
"""Leases of seconds, and a checkpoint now and then within one conversation instead of after hundreds."""
SECRET = "a-secret-of-the-crash-tests"
PHASES = ("starting", "talking", "sending", "stopping")
QUIET_S = 0.15
STUCK_S = 30.0
"""A bot that lives and says nothing for so long, much longer than a lease, is started again."""
READY_WITHIN_S = 20.0
_ports = itertools.count(random.randrange(20_000, 26_000))


@dataclass(frozen=True, slots=True)
class Injection:
    """What is done to a point: `what` as strace writes it, once, or from then on for so many seconds."""

    point: Point
    what: str
    lasts_s: float = 0.0

    def __str__(self) -> str:
        when = f"{self.point.n}+" if self.lasts_s else f"{self.point.n}"
        return f"{self.point.call}:{self.what}:when={when}"


@dataclass(slots=True)
class Lived:
    """How one life went. `hit`: the call at which something was injected, None where it never came."""

    hit: Point | None = None
    recorded: list[Point] = field(default_factory=list)
    exit_codes: list[int] = field(default_factory=list)
    """Of every bot that ended by itself, or by what was injected."""
    stuck: int = 0
    """How often a bot that lived had to be started again."""
    changed_at: list[float] = field(default_factory=list)
    """When each phase but the first began."""
    seconds: float = 0.0
    log: str = ""
    verdict: Verdict = field(default_factory=Verdict)

    def phase(self, point: Point) -> str:
        """The phase in which this point of the same life was recorded."""
        return PHASES[sum(point.time >= begun for begun in self.changed_at)]


def free_port() -> int:
    """A port below those that the system gives to connections, another one each time."""
    for port in _ports:
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError


class Life:
    """A sandbox, one person, and one bot after the other. `data`: where its files are, unless beside the log."""

    def __init__(self, nursery: Nursery, folder: Path, *, webhook: bool, data: Path | None = None) -> None:
        self._nursery = nursery
        self._folder = folder
        self._data = folder if data is None else data
        self._port = free_port() if webhook else 0
        self._sandbox = Sandbox()
        self._lived = Lived()
        self._bot: Child | None = None
        self._born_at = 0.0

    async def live(
        self,
        injection: Injection | None = None,
        *,
        record: bool = False,
        killed: bool = False,
        accident: Callable[[Town], Coroutine[Any, Any, None]] | None = None,
    ) -> Lived:
        """From the first start to the verdict. `killed`: the first bot ends by SIGKILL instead of SIGTERM.

        The accident happens beside the first conversation, from its beginning.
        """
        began = time.monotonic()
        await self._sandbox.start()
        limits = httpx.Limits(keepalive_expiry=1.0)
        async with httpx.AsyncClient(base_url=self._sandbox.url, timeout=60, trust_env=False, limits=limits) as http:
            town = Town(http, random.Random(1), SHORT_PATIENCE_S)
            town.chances = Chances.none()
            following = asyncio.create_task(town.follow())
            try:
                await self._set_webhook(town)
                person = await town.add_person("Ayşe Yılmaz")
                happening = None if accident is None else asyncio.create_task(accident(town))
                await self._first_bot(town, person, injection, record=record, killed=killed)
                if happening is not None:
                    await happening
                self._lived.verdict = await verdict_on(person.conversations, http)
            finally:
                if self._bot is not None:
                    await self._bot.send(signal.SIGKILL)
                following.cancel()
                await asyncio.gather(following, return_exceptions=True)
                await self._sandbox.stop()
        self._lived.seconds = time.monotonic() - began
        self._lived.log = (self._folder / "log").read_text(errors="replace")
        return self._lived

    @property
    def _url(self) -> str:
        return f"http://127.0.0.1:{self._port}/telegram"

    async def _first_bot(
        self, town: Town, person: Person, injection: Injection | None, *, record: bool, killed: bool
    ) -> None:
        """The bot with which something happens, one conversation, and its stop, if it came so far."""
        held = MAIN_THREAD if record else "" if injection is None else injection.point.thread
        first = await self._start(held)
        tracing = asyncio.create_task(self._trace(first, injection, record=record))
        try:
            await self._ready(town)
            self._phase_begins()
            await self._conversation(town, person, 1)
            if first.running:
                await quiet(town)
                self._phase_begins()
                self._lived.exit_codes.append(await first.send(signal.SIGKILL if killed else signal.SIGTERM))
                await self._start_again(town)
                await self._conversation(town, person, 2)
        finally:
            if not first.running:
                await tracing
            tracing.cancel()
            await asyncio.gather(tracing, return_exceptions=True)

    async def _trace(self, bot: Child, injection: Injection | None, *, record: bool) -> None:
        """Record everything, or do what is to be done to one thread, until the bot ends."""
        if injection is None and not record:
            return
        name = MAIN_THREAD if injection is None else injection.point.thread
        thread_id = await bot.thread(name)
        if thread_id is None:
            return
        calls = CALLS if injection is None else (injection.point.call,)
        path = "" if injection is None else self._path(injection.point)
        async with Trace(thread_id, calls, path=path, everything=record, inject=str(injection or "")) as trace:
            if injection is not None and injection.lasts_s:
                while bot.running and len(trace.lines()) < injection.point.n:  # noqa: ASYNC110 - strace writes a file
                    await asyncio.sleep(0.05)
                await asyncio.wait({bot.ended}, timeout=injection.lasts_s)
            else:
                await asyncio.wait({bot.ended})
            await trace.let_go()
            names = bot.threads() if record else {0: name}
            found = points(trace.lines(), names, self._port)
        if injection is None:
            self._lived.recorded = found
        elif len(found) >= injection.point.n:
            self._lived.hit = found[injection.point.n - 1]

    def _path(self, point: Point) -> str:
        """The point's file in this life's folder; empty for a socket."""
        if point.target == FOLDER:
            return str(self._folder)
        return str(self._folder / point.target) if point.path else ""

    async def _conversation(self, town: Town, person: Person, number: int) -> None:
        """A whole conversation, with as many bots as it takes."""
        talk: asyncio.Future[None] = asyncio.create_task(self._talk(person, number))
        while not talk.done():
            bot = self._bot
            assert bot is not None
            either: list[asyncio.Future[Any]] = [talk, bot.ended]
            await asyncio.wait(either, timeout=0.5, return_when=asyncio.FIRST_COMPLETED)
            if not bot.running:
                self._lived.exit_codes.append(bot.ended.result())
                await self._start_again(town)
            elif time.time() > max(town.life.spoke_at, self._born_at) + STUCK_S:
                self._lived.stuck += 1
                await bot.send(signal.SIGTERM)
                await self._start_again(town)
        await talk

    async def _talk(self, person: Person, number: int) -> None:
        conversation = Conversation(customer_script(number, random.Random(number)), person.chat_id)
        person.conversations.append(conversation)
        try:
            await person.fill(conversation)
            self._phase_begins()
            await person.confirm(conversation)
        except Stuck as stuck:
            conversation.stuck = str(stuck)

    async def _start(self, held_thread: str = "") -> Child:
        settings = sandbox_settings(self._sandbox, self._data) | LICRUS_SECONDS
        if self._port:
            hook = {"WEBHOOK_URL": self._url, "WEBHOOK_SECRET": SECRET, "WEBHOOK_PORT": str(self._port)}
            settings |= hook
        self._bot = await self._nursery.bear(self._folder, settings, held_thread)
        self._born_at = time.time()
        return self._bot

    async def _start_again(self, town: Town) -> None:
        """The next bot. Telegram is told its address anew: else it pauses for longer after each try in vain."""
        await self._start()
        await self._ready(town)
        await self._set_webhook(town)

    async def _set_webhook(self, town: Town) -> None:
        if self._port:
            await town.post(f"/bot{self._sandbox.token}/setWebhook", {"url": self._url, "secret_token": SECRET})

    async def _ready(self, town: Town) -> None:
        """Until the bot waits for updates, or has ended, or takes too long."""
        assert self._bot is not None
        deadline = time.monotonic() + READY_WITHIN_S
        while self._bot.running and time.monotonic() < deadline:
            if self._port:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 1):
                    return
            elif (await town.http.get("/api/state")).json()["polling"]:
                return
            await asyncio.sleep(0.01)

    def _phase_begins(self) -> None:
        if len(self._lived.changed_at) < len(PHASES) - 1:
            self._lived.changed_at.append(time.time())


async def quiet(town: Town) -> None:
    """Until the bot has said nothing for a moment: what it has still to note of what it said is noted then."""
    while time.time() < town.life.spoke_at + QUIET_S:  # noqa: ASYNC110 - it moves on
        await asyncio.sleep(0.02)
