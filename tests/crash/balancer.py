"""A TCP balancer in front of the bot's replicas: a connection goes to whichever of them is there."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator

CHUNK = 65_536


class Balancer:
    """Listens on `port` and takes the ports behind it in turn."""

    def __init__(self, behind: list[int]) -> None:
        self.port = 0
        self._behind = behind
        self._turn = itertools.count()
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Returns when it listens."""
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Ends every connection."""
        self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Both directions until either side is gone; then the other goes too, in the middle of whatever it was."""
        async with _ending(writer):
            back = await self._behind_it()
            if back is None:
                return
            async with _ending(back[1]):
                ways = [asyncio.create_task(_pass_on(reader, back[1])), asyncio.create_task(_pass_on(back[0], writer))]
                try:
                    await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for way in ways:
                        way.cancel()
                    await asyncio.gather(*ways, return_exceptions=True)

    async def _behind_it(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """A connection to the first, in turn, that takes one."""
        first = next(self._turn)
        for turn in range(len(self._behind)):
            with contextlib.suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", self._behind[(first + turn) % len(self._behind)])
        return None


@contextlib.asynccontextmanager
async def _ending(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    try:
        yield
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
