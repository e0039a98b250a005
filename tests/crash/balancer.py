"""A TCP balancer in front of the bot's replicas: a connection goes to whichever of them is there."""

import asyncio
import contextlib
import itertools

CHUNK = 65_536


class Balancer:
    """Listens on `port` and takes the ports behind it in turn."""

    def __init__(self, behind: list[int]) -> None:
        self.port = 0
        self._behind = behind
        self._turn = itertools.count()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Both directions until either side is gone; then the other goes too, in the middle of whatever it was."""
        with contextlib.closing(writer):
            first = next(self._turn)
            for turn in range(len(self._behind)):
                with contextlib.suppress(OSError):
                    back = await asyncio.open_connection("127.0.0.1", self._behind[(first + turn) % len(self._behind)])
                    break
            else:
                return
            with contextlib.closing(back[1]):
                ways = {
                    asyncio.ensure_future(_pass_on(reader, back[1])),
                    asyncio.ensure_future(_pass_on(back[0], writer)),
                }
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
