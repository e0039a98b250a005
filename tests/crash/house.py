"""What a campaign is about: the sandbox, the bot's processes at it, their database, and what stands between them."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx

from bot.sandbox import Sandbox
from tests.crash.balancer import Balancer
from tests.crash.bot_process import BotProcess
from tests.ports import free_port
from tests.postgresql import Server


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be tried. Its fields are the options of the command."""

    kills: int = 100
    people: int = 20
    seed: int = 1
    quick_leases: bool = False
    webhook: bool = False
    database: Literal["sqlite", "postgresql"] = "sqlite"
    victim: Literal["bot", "postgresql"] = "bot"
    replicas: int = 1
    every: float | None = None

    def __post_init__(self) -> None:
        if self.database == "sqlite" and (self.victim == "postgresql" or self.replicas > 1):
            raise ValueError("several replicas, and a database that can be killed, need --database postgresql")
        if self.replicas > 1 and not self.webhook:
            raise ValueError("Telegram is polled by one process only: several replicas need --webhook")


class PostgreSql:
    """The server, killed with all its processes and started again on its data."""

    def __init__(self, server: Server) -> None:
        self.started_at = 0.0
        self._server = server

    async def start(self) -> None:
        """Returns when it answers."""
        self.started_at = time.time()
        await asyncio.to_thread(self._server.start)

    async def kill(self) -> bool:
        """SIGKILL; whether it ran."""
        return await asyncio.to_thread(self._server.kill)


Victim = BotProcess | PostgreSql


@dataclass(slots=True)
class House:
    """All that runs. `ports` is where each bot listens, empty with long polling; `http` asks the sandbox."""

    http: httpx.AsyncClient
    database_url: str
    bots: list[BotProcess]
    ports: list[int]
    postgresql: PostgreSql | None = None
    ended_by_itself: int = 0
    _polls: int = 0

    async def start(self, victim: Victim) -> None:
        """Start it, again after a kill."""
        self._polls = await self._polls_so_far()
        await victim.start()

    async def kill(self, victim: Victim) -> None:
        """SIGKILL. What was down already has ended by itself, and counts."""
        if not await victim.kill():
            self.ended_by_itself += 1

    async def revive(self) -> None:
        """Start every bot again that has ended by itself, as a supervisor does."""
        for bot in self.bots:
            if not bot.running:
                self.ended_by_itself += 1
                await self.start(bot)

    async def takes_updates(self, bot: BotProcess) -> bool:
        """Whether it has asked for updates since its start, or waits for them at its port."""
        if not self.ports:
            return await self._polls_so_far() > self._polls
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.ports[self.bots.index(bot)])
        except OSError:
            return False
        writer.close()
        return True

    async def _polls_so_far(self) -> int:
        polls: int = (await self.http.get("/api/state")).raise_for_status().json()["polls"]
        return polls


@contextlib.asynccontextmanager
async def built(plan: Plan, folder: Path) -> AsyncIterator[House]:
    """The house of this plan, its bots not yet started, their data in this folder; everything is down at the end."""
    async with contextlib.AsyncExitStack() as closing:
        sandbox = Sandbox()
        await sandbox.start()
        closing.push_async_callback(sandbox.stop)
        # Within its own process: two hundred people's sockets would take the processor from the bot.
        within = httpx.ASGITransport(sandbox.app)
        http = await closing.enter_async_context(httpx.AsyncClient(base_url=sandbox.url, transport=within))
        shared = {"JOURNAL_FILE": str(folder / "devreye.journal")}
        postgresql = None
        if plan.database == "postgresql":
            server = Server()
            closing.callback(server.stop)
            postgresql = PostgreSql(server)
            await postgresql.start()
            shared["DATABASE_URL"] = server.create("devreye")
        ports = [free_port() for _ in range(plan.replicas)] if plan.webhook else []
        if ports:
            balancer = Balancer(ports)
            await balancer.start()
            closing.push_async_callback(balancer.stop)
            shared |= {
                "WEBHOOK_URL": f"http://127.0.0.1:{balancer.port}/telegram",
                "WEBHOOK_SECRET": "a-secret-of-these-tests",
            }
        of_each = [{"WEBHOOK_PORT": str(port)} for port in ports] or [{}]
        bots = [BotProcess(sandbox, folder, quick_leases=plan.quick_leases, more=shared | own) for own in of_each]
        for bot in bots:
            closing.push_async_callback(bot.kill)
        if ports:
            await bots[0].command("webhook", "set")
        yield House(http, bots[0].settings["DATABASE_URL"], bots, ports, postgresql)
