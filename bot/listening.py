"""The HTTP server within this process, for the webhook and for whoever watches: uvicorn, with bounds."""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import uvicorn

from bot.telegram.connections import BoundedProtocol

FINISH_S = 4
"""How long the requests in flight may take to end: below what the whole process has for its work."""
KEEP_ALIVE_S = 75

App = Callable[[Any, Any, Any], Awaitable[None]]
"""An ASGI function."""


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
    """The server of an ASGI function. Behind a proxy that ends TLS it needs no certificate."""

    def __init__(self, app: App, host: str, port: int, cert: Path | None = None, key: Path | None = None) -> None:
        self._host, self._port = host, port
        self._config = uvicorn.Config(
            app,
            http=BoundedProtocol,
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
