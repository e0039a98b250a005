"""The webhook as whoever finds its address would attack it: raw bytes over real connections, most without a secret."""

import asyncio
import contextlib
import gzip
import json
import logging
import random
import socket
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from bot.listening import Listener
from bot.telegram.inbound import Inbound
from bot.telegram.webhook import LARGEST_BODY_BYTES, Webhook

SECRET = "the-secret-of-these-tests"
USER = {"id": 7, "is_bot": False, "first_name": "Ayşe"}
MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "from": USER, "text": "merhaba"}
UPDATE = json.dumps({"update_id": 1, "message": MESSAGE}).encode()
HEAD = b"POST /telegram HTTP/1.1\r\nHost: bot\r\n"
GOOD = b"X-Telegram-Bot-Api-Secret-Token: " + SECRET.encode() + b"\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(UPDATE)


class Door:
    """The listening webhook; `taken` is what got in."""

    def __init__(self) -> None:
        self.taken: list[Inbound] = []
        self.port = 0

    async def take(self, inbound: Inbound) -> dict[str, Any] | None:
        self.taken.append(inbound)
        return None

    @contextlib.asynccontextmanager
    async def connection(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            yield reader, writer
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def send(self, *pieces: bytes, within_s: float = 5.0) -> bytes:
        """All that is answered until the connection ends, or for a while where it is kept open."""
        answer = b""
        async with self.connection() as (reader, writer):
            with contextlib.suppress(ConnectionError, TimeoutError):
                for piece in pieces:
                    writer.write(piece)
                    await writer.drain()
                async with asyncio.timeout(within_s):
                    while not answer.endswith(b"\r\n\r\n") and (more := await reader.read(65536)):
                        answer += more
        return answer

    async def still_works(self) -> None:
        before = len(self.taken)
        answer = await self.send(HEAD + GOOD + LENGTH + b"\r\n" + UPDATE)
        assert status(answer) == 200
        assert len(self.taken) == before + 1


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def free_port() -> int:
    while True:
        port = random.randrange(20_000, 32_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def attack(work: Callable[[Door], Awaitable[None]]) -> None:
    """Attack it, and see that it serves Telegram afterwards as before."""

    async def run() -> None:
        door = Door()
        door.port = free_port()
        listener = Listener(Webhook(door.take, (SECRET,), "/telegram"), "127.0.0.1", door.port)
        listener.open()
        serving = asyncio.create_task(listener.run())
        await listener.started()
        try:
            await work(door)
            await door.still_works()
        finally:
            listener.stop()
            await serving

    asyncio.run(run())


FORGED = {
    "no secret": HEAD + LENGTH,
    "an empty secret": HEAD + b"X-Telegram-Bot-Api-Secret-Token:\r\n" + LENGTH,
    "a wrong secret": HEAD + b"X-Telegram-Bot-Api-Secret-Token: the-secret-of-other-tests\r\n" + LENGTH,
    "the secret twice": HEAD + GOOD + GOOD + LENGTH,
    "the secret beside a wrong one": HEAD + GOOD + b"X-Telegram-Bot-Api-Secret-Token: x\r\n" + LENGTH,
    "the secret twice in one header": HEAD + GOOD.removesuffix(b"\r\n") + b", " + SECRET.encode() + b"\r\n" + LENGTH,
    "the secret in other case": HEAD + GOOD.replace(b"the-secret", b"The-Secret") + LENGTH,
    "the secret in the query": HEAD.replace(b"/telegram", b"/telegram?secret_token=" + SECRET.encode()) + LENGTH,
    "the secret as a bearer": HEAD + b"Authorization: Bearer " + SECRET.encode() + b"\r\n" + LENGTH,
    "a secret that is no text": HEAD + b"X-Telegram-Bot-Api-Secret-Token: \xff\xfe\r\n" + LENGTH,
    "without the secret, another method": HEAD.replace(b"POST", b"DELETE") + LENGTH,
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_call_gets_401_and_nothing_else(forged: str, caplog: pytest.LogCaptureFixture) -> None:
    async def work(door: Door) -> None:
        answer = await door.send(FORGED[forged] + b"\r\n" + UPDATE)
        assert status(answer) == 401
        assert answer.endswith(b"\r\n\r\n")
        assert SECRET.encode() not in answer
        assert b"server:" not in answer.lower()
        assert door.taken == []

    with caplog.at_level(logging.INFO):
        attack(work)
    assert "the-secret" not in caplog.text


OTHERWISE = {
    "another path": (HEAD.replace(b"/telegram", b"/other"), 404),
    "a path below": (HEAD.replace(b"/telegram", b"/telegram/x"), 404),
    "a path that climbs": (HEAD.replace(b"/telegram", b"/x/../telegram"), 404),
    "a path with a slash more": (HEAD.replace(b"/telegram", b"//telegram"), 404),
    "GET": (HEAD.replace(b"POST", b"GET"), 405),
    "PUT": (HEAD.replace(b"POST", b"PUT"), 405),
    "OPTIONS": (HEAD.replace(b"POST", b"OPTIONS"), 405),
    "TRACE": (HEAD.replace(b"POST", b"TRACE"), 405),
    "HEAD": (HEAD.replace(b"POST", b"HEAD"), 405),
}


@pytest.mark.parametrize("otherwise", OTHERWISE)
def test_only_a_post_to_the_path_is_taken_even_with_the_secret(otherwise: str) -> None:
    async def work(door: Door) -> None:
        head, wanted = OTHERWISE[otherwise]
        assert status(await door.send(head + GOOD + LENGTH + b"\r\n" + UPDATE)) == wanted
        assert door.taken == []

    attack(work)


SMUGGLED = {
    "two lengths": HEAD + GOOD + LENGTH + b"Content-Length: 5\r\n\r\n" + UPDATE,
    "the same length twice": HEAD + GOOD + LENGTH * 2 + b"\r\n" + UPDATE,
    "a length and chunks": HEAD + GOOD + LENGTH + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + UPDATE,
    "a negative length": HEAD + GOOD + b"Content-Length: -1\r\n\r\n" + UPDATE,
    "a length with a sign": HEAD + GOOD + b"Content-Length: +5\r\n\r\n" + UPDATE,
    "a length beyond numbers": HEAD + GOOD + b"Content-Length: " + b"9" * 40 + b"\r\n\r\n" + UPDATE,
    "a length in underscores": HEAD + GOOD + b"Content-Length: 1_0\r\n\r\n" + UPDATE,
    "chunks that are none": HEAD + GOOD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + UPDATE,
    "a header folded over two lines": HEAD + b"X-A: b\r\n c\r\n" + b"Content-Length: x\r\n\r\n",
    "a header without a colon": HEAD + b"nonsense\r\n\r\n",
    "a line that is no request": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "an HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
}


@pytest.mark.parametrize("smuggled", SMUGGLED)
def test_a_request_that_can_be_read_in_two_ways_is_not_read_at_all(smuggled: str) -> None:
    async def work(door: Door) -> None:
        assert status(await door.send(SMUGGLED[smuggled], within_s=1)) in (0, 400)
        assert door.taken == []

    attack(work)


def test_a_body_in_chunks_is_bounded_like_any_other() -> None:
    async def work(door: Door) -> None:
        chunked = HEAD + GOOD + b"Transfer-Encoding: chunked\r\n\r\n"
        piece = b"10000\r\n" + b" " * 65536 + b"\r\n"
        answer = await door.send(chunked, *[piece] * (LARGEST_BODY_BYTES // 65536 + 2))
        assert status(answer) in (0, 413)
        assert door.taken == []
        small = b"%x\r\n%b\r\n0\r\n\r\n" % (len(UPDATE), UPDATE)
        assert status(await door.send(chunked + small)) == 200
        assert len(door.taken) == 1

    attack(work)


def test_a_large_body_without_the_secret_is_not_waited_for() -> None:
    async def work(door: Door) -> None:
        answer = await door.send(HEAD + b"Content-Length: 1000000000\r\n\r\n" + b" " * 1000)
        assert status(answer) == 401
        assert b"connection: close" in answer.lower()

    attack(work)


def test_a_compressed_body_is_never_unpacked() -> None:
    bomb = gzip.compress(b'{"update_id": 1, "x": "' + b" " * 200_000_000 + b'"}')

    async def work(door: Door) -> None:
        told = GOOD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
        tracemalloc.start()
        answer = await door.send(HEAD + told + bomb)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        # Bytes that are no JSON: acknowledged, for they would never become any.
        assert status(answer) == 200
        assert door.taken == []
        assert most < 10_000_000

    attack(work)


def test_an_endless_head_is_cut_off() -> None:
    async def work(door: Door) -> None:
        for bomb in (b"X-Filler: " + b"a" * 5_000_000, b"".join(b"X-%d: a\r\n" % n for n in range(500_000))):
            tracemalloc.start()
            answer = await door.send(HEAD + bomb)
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert status(answer) in (0, 400)
            assert most < 3 * len(bomb)
        assert door.taken == []

    attack(work)


def test_an_endless_head_is_not_kept_in_memory() -> None:
    async def work(door: Door) -> None:
        sent = 0
        async with door.connection() as (_, writer):
            writer.write(HEAD + b"X-Filler: ")
            with contextlib.suppress(ConnectionError):
                while sent < 20_000_000:
                    writer.write(b"a" * 65536)
                    await writer.drain()
                    sent += 65536
        assert sent < 20_000_000

    attack(work)


@pytest.mark.parametrize("begun", [b"", b"POST", HEAD, HEAD + GOOD], ids=["nothing", "a word", "a line", "the secret"])
def test_a_head_that_never_ends_is_given_up(begun: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.connections.HEAD_WITHIN_S", 0.3)

    async def work(door: Door) -> None:
        async with door.connection() as (reader, writer):
            writer.write(begun)

            async def drip() -> None:
                while begun:
                    await asyncio.sleep(0.05)
                    writer.write(b"a")

            dripping = asyncio.create_task(drip())
            with contextlib.suppress(ConnectionError):
                assert status(await asyncio.wait_for(reader.read(), 5)) in (0, 400)
            dripping.cancel()

    attack(work)


def test_the_second_request_of_a_connection_is_bounded_like_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.connections.HEAD_WITHIN_S", 0.3)

    async def work(door: Door) -> None:
        async with door.connection() as (reader, writer):
            for _ in range(2):
                writer.write(HEAD + GOOD + LENGTH + b"\r\n" + UPDATE)
                assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
                # Idle between two updates, as Telegram's connections are: that is no slow head.
                await asyncio.sleep(0.5)
            writer.write(HEAD)
            with contextlib.suppress(ConnectionError):
                assert await asyncio.wait_for(reader.read(), 5) == b""
        assert len(door.taken) == 2

    attack(work)


def test_a_body_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.webhook.BODY_WITHIN_S", 0.3)

    async def work(door: Door) -> None:
        answer = await door.send(HEAD + GOOD + LENGTH + b"\r\n" + UPDATE[:-1])
        assert status(answer) == 408
        assert door.taken == []

    attack(work)
