"""The balancer in front of the replicas: it finds who is there, and hides from nobody that somebody died."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.crash.balancer import Balancer
from tests.ports import free_port

Speaks = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(await reader.readline())
    await writer.drain()
    await reader.read()
    writer.close()


async def dies(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.transport.abort()


def asked(speaks: Speaks | None, times: int) -> list[bytes]:
    """What comes back from one that speaks so (None: nobody) and one that is not there, asked so many times."""

    async def work() -> list[bytes]:
        ports = [free_port(), free_port()]
        behind = await asyncio.start_server(speaks, "127.0.0.1", ports[1]) if speaks else None
        balancer = Balancer(ports)
        await balancer.start()
        came = []
        for _ in range(times):
            reader, writer = await asyncio.open_connection("127.0.0.1", balancer.port)
            writer.write(b"an update\n")
            came.append(await asyncio.wait_for(reader.readline(), 5))
            writer.close()
            await writer.wait_closed()
        await balancer.stop()
        if behind is not None:
            behind.close()
        return came

    return asyncio.run(work())


def test_every_connection_goes_to_the_replica_that_is_there() -> None:
    assert asked(echo, times=4) == [b"an update\n"] * 4


@pytest.mark.parametrize("speaks", [dies, None])
def test_a_replica_that_dies_or_is_not_there_ends_the_connection(speaks: Speaks | None) -> None:
    assert asked(speaks, times=2) == [b"", b""]
