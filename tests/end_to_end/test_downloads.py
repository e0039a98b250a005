"""Files fetched over real HTTP, within their bounds; the address, which holds the token, stays where it is."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from telegram.error import NetworkError, TelegramError

from bot.sandbox import Sandbox
from bot.telegram.client import Client
from bot.telegram.downloads import Downloads, Unfetchable


def fetching(work: Callable[[Client, str], Awaitable[None]], content: bytes = b"x" * 1000) -> None:
    """Run this with a client, and the id of a file that somebody sent."""

    async def run() -> None:
        sandbox = Sandbox()
        await sandbox.start()
        client = Client(sandbox.token, sandbox.bot_api_url)
        await client.initialize()
        async with httpx.AsyncClient(base_url=sandbox.url) as http:
            person = (await http.post("/api/people", json={"name": "Ayşe Yılmaz"})).json()["id"]
            await http.post(f"/api/chats/{person}/document", files={"file": ("a.png", content, "image/png")})
        try:
            (update,) = await client.raw_updates(None, 0)
            await work(client, update["message"]["document"]["file_id"])
        finally:
            await client.shutdown()
            await sandbox.stop()

    asyncio.run(run())


def answers(monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any]) -> None:
    """From now on getFile answers so."""

    async def raw_file(self: Client, file_id: str) -> dict[str, Any]:
        return answer

    monkeypatch.setattr(Client, "raw_file", raw_file)


def test_a_file_is_fetched_whole() -> None:
    async def work(client: Client, file_id: str) -> None:
        assert await Downloads(client).fetch(file_id) == b"x" * 1000

    fetching(work)


def test_an_unknown_file_can_never_be_fetched() -> None:
    async def work(client: Client, file_id: str) -> None:
        with pytest.raises(Unfetchable) as refused:
            await Downloads(client).fetch("AgAC-nothing")
        assert not refused.value.too_big

    fetching(work)


def test_what_is_too_large_is_not_read_to_its_end_whatever_telegram_says_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(client: Client, file_id: str) -> None:
        for told in ({}, {"file_size": 3}, {"file_size": 1000}):
            path = (await client.raw_file(file_id))["file_path"]

            answers(monkeypatch, {"file_path": path, **told})
            with pytest.raises(Unfetchable) as refused:
                await Downloads(client, most_bytes=999).fetch(file_id)
            assert refused.value.too_big
            monkeypatch.undo()

    fetching(work)


@pytest.mark.parametrize(
    "path", ["", None, 5, "/etc/passwd", "../../etc/passwd", "photos/../../x", ["a"], "photos/none.jpg"]
)
def test_a_path_that_leads_nowhere_gives_nothing(path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(client: Client, file_id: str) -> None:
        answers(monkeypatch, {"file_path": path})
        with pytest.raises(Unfetchable):
            await Downloads(client).fetch(file_id)

    fetching(work)


def test_an_address_that_fails_is_neither_logged_nor_raised(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)

    async def work(client: Client, file_id: str) -> None:
        for failure in (httpx.ConnectError, httpx.ReadTimeout, httpx.InvalidURL):

            def stream(*args: object, failure: type[Exception] = failure, **kwargs: object) -> None:
                raise failure(f"could not reach {client.base_file_url}")

            monkeypatch.setattr(httpx.AsyncClient, "stream", stream)
            with pytest.raises(NetworkError) as raised:
                await Downloads(client).fetch(file_id)
            assert client.token not in f"{raised.value!r} {raised.value}"
            assert raised.value.__cause__ is None
        assert client.token not in caplog.text

    fetching(work)


def test_an_answer_that_is_no_file_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(client: Client, file_id: str) -> None:
        transport = httpx.MockTransport(lambda request: httpx.Response(502, text="Bad Gateway"))
        original = httpx.AsyncClient
        monkeypatch.setattr(httpx, "AsyncClient", lambda **options: original(transport=transport))
        with pytest.raises(TelegramError):
            await Downloads(client).fetch(file_id)

    fetching(work)
