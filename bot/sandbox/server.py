"""The sandbox as one server on this machine: Telegram, Licrus, the control API and the chat page on one port."""

import asyncio
import contextlib
import ipaddress
import socket
import struct
from collections.abc import Iterable, Iterator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Scope

from bot.sandbox.control import Control
from bot.sandbox.dealer_links import DealerLinks
from bot.sandbox.files import FileStore
from bot.sandbox.licrus import Licrus
from bot.sandbox.licrus_lookups import Lookups
from bot.sandbox.people import People
from bot.sandbox.state import World
from bot.sandbox.taps import Taps
from bot.sandbox.telegram import BotApi
from bot.sandbox.updates import UpdateQueue

SITE_PREFIX = "/licrus"
LICRUS_PREFIX = f"{SITE_PREFIX}/api"
LAST_ANSWERS_SECONDS = 0.1


class _Server(uvicorn.Server):
    """uvicorn as a part of another program: signals are that program's business, and it ends at once when told to."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ended = asyncio.Event()

    async def main_loop(self) -> None:
        await self.ended.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for listening in self.servers:
            listening.close()
        for listener in sockets or []:
            listener.close()
        tasks = set(self.server_state.tasks)
        if tasks:  # the answers of the long polls go out; what never answers is ended
            await asyncio.wait(tasks, timeout=LAST_ANSWERS_SECONDS)
        for connection in list(self.server_state.connections):
            _transport(connection).abort()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for listening in self.servers:
            await listening.wait_closed()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Sandbox:
    """Telegram and Licrus in miniature. Listens on loopback only; port 0 takes a free one.

    `bot_api_url` goes into python-telegram-bot as base_url f"{bot_api_url}/bot" and base_file_url
    f"{bot_api_url}/file/bot"; `licrus_url` is the base to which /ExternalCall/Create is appended.
    `app` is the ASGI application: tests in the same process ask it without a network.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        token: str = "110201543:SANDBOX-TOKEN",  # noqa: S107 - a token of the sandbox only
        ticket: str = "sandbox-ticket",
        first_call_number: int = 43090,
    ) -> None:
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise ValueError("the sandbox listens on loopback only")
        bot_id = token.partition(":")[0]
        if not bot_id.isdecimal():
            raise ValueError("a bot's token begins with its id and a colon")
        self.host = host
        self.port = port
        self.token = token
        self.ticket = ticket
        self._world = World(_bot_user(int(bot_id)))
        self._queue = UpdateQueue()
        files, taps = FileStore(), Taps()
        self._api = BotApi(token, self._world, self._queue, files, taps)
        self._licrus = Licrus(ticket, first_call_number, self._world.changes, self._reset_connection)
        self.lookups = Lookups(ticket)
        self._dealers: dict[str, DealerLinks] = {}
        control = Control(self._api, People(self._world, self._queue, files, taps), self._licrus, self._dealers)
        self.app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._api.handle, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self._api.download, methods=["GET"]),
                Route(f"{LICRUS_PREFIX}/ExternalCall/Create", self._licrus.create, methods=["POST"]),
                *self.lookups.routes(SITE_PREFIX),
                *control.routes(),
            ]
        )
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def bot_api_url(self) -> str:
        return self.url

    @property
    def licrus_url(self) -> str:
        return self.url + LICRUS_PREFIX

    @property
    def licrus_site_url(self) -> str:
        """The tenant's site, which answers look-ups."""
        return self.url + SITE_PREFIX

    @property
    def bot_name(self) -> str:
        """The bot's name in links, without its @."""
        return str(self._world.bot_user["username"])

    def add_group(self, title: str, first_name: str, last_name: str) -> int:
        """A group and a member who acts in it from now on; the group's id."""
        return self._world.group_of(title, first_name, last_name).id

    def know_dealers(self, links: Iterable[DealerLinks]) -> None:
        """The dealers whose stickers and invitations people have."""
        self._dealers.update({known.dealer: known for known in links})

    async def start(self) -> None:
        """Returns when it listens; raises OSError if the port is taken. A sandbox starts once."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        # asyncio switches Nagle's algorithm off only where the protocol is named: without it an answer takes 40 ms.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((self.host, self.port))
            self.port = listener.getsockname()[1]
            listener.listen(512)
            listener.setblocking(False)
        except OSError:
            listener.close()
            raise
        config = uvicorn.Config(
            self.app, log_config=None, access_log=False, ws="none", lifespan="off", http="h11", backlog=512
        )
        self._server = _Server(config)
        await self._api.delivery.start()
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]))
        while not self._server.started:
            if self._serving.done():
                await self._serving
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """Ends long polls, deliveries and open connections, and returns when the port is free."""
        if self._server is None or self._serving is None:
            return
        self._queue.signal.close()
        self._world.changes.signal.close()
        await self._api.delivery.stop()
        self._server.ended.set()
        await self._serving
        self._server = self._serving = None

    def _reset_connection(self, scope: Scope) -> None:
        """Ends the connection of a request with a TCP reset."""
        if self._server is None:
            return
        for connection in list[Any](self._server.server_state.connections):
            if connection.client == scope["client"]:
                transport = _transport(connection)
                linger_not = struct.pack("ii", 1, 0)
                transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_not)
                transport.abort()


def _transport(connection: Any) -> asyncio.Transport:
    transport: asyncio.Transport = connection.transport
    return transport


def _bot_user(bot_id: int) -> dict[str, Any]:
    return {"id": bot_id, "is_bot": True, "first_name": "Devreye", "username": "devreye_sandbox_bot"}
