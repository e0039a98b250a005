"""The sandbox's delivery to a webhook, against a small receiver over real HTTP."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.sandbox import Sandbox
from bot.sandbox.delivery import Attempts

Client = httpx.AsyncClient


@dataclass
class Receiver:
    """A webhook that keeps what it got and answers what it was told to; raw HTTP, so that nothing is shared."""

    answers: list[bytes] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = int(
                next(line.split(":")[1] for line in head.lower().splitlines() if line.startswith("content-le"))
            )
            body = await reader.readexactly(length)
            self.bodies.append(httpx.Response(200, content=body).json())
            self.headers.append(head)
            self.times.append(time.monotonic())
            answer = self.answers.pop(0) if self.answers else response(200)
            await self.gate.wait()
            writer.write(answer)
            await writer.drain()
        finally:
            writer.close()


def response(status: int, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} x", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


@asynccontextmanager
async def running() -> AsyncIterator[tuple[Sandbox, Client, Receiver]]:
    sandbox, receiver = Sandbox(), Receiver()
    receiver.gate.set()
    await sandbox.start()
    server = await asyncio.start_server(receiver.handle, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    try:
        async with Client(base_url=sandbox.url, trust_env=False, verify=False) as client:
            yield sandbox, client, receiver
    finally:
        receiver.gate.set()
        await sandbox.stop()
        server.close()
        await server.wait_closed()


def inside(scenario: Callable[[Sandbox, Client, Receiver], Awaitable[None]]) -> None:
    async def main() -> None:
        async with running() as (sandbox, client, receiver):
            await scenario(sandbox, client, receiver)

    asyncio.run(main())


async def until(condition: Callable[[], bool], seconds: float = 5) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def settled(client: Client) -> None:
    """Returns when everything was taken."""
    async with asyncio.timeout(5):
        while True:
            state = (await client.get("/api/state")).json()
            if not state["pending_updates"] and not state["in_flight"]:
                return
            await asyncio.sleep(0.01)


async def person(client: Client, name: str = "Ayşe Yılmaz") -> int:
    return int((await client.post("/api/people", json={"name": name})).json()["chat_id"])


async def say(client: Client, chat: int, text: str) -> None:
    (await client.post(f"/api/chats/{chat}/text", json={"text": text})).raise_for_status()


async def set_webhook(sandbox: Sandbox, client: Client, receiver: Receiver, **more: Any) -> None:
    answer = await client.post(f"/bot{sandbox.token}/setWebhook", json={"url": receiver.url, **more})
    assert answer.json() == {"ok": True, "result": True}


def test_updates_come_with_the_secret_and_their_methods_are_carried_out() -> None:
    async def scenario(sandbox: Sandbox, client: Client, receiver: Receiver) -> None:
        chat = await person(client)
        method = f'{{"method": "sendMessage", "chat_id": {chat}, "text": "Merhaba"}}'.encode()
        receiver.answers = [response(200, method)]
        await set_webhook(sandbox, client, receiver, secret_token="Sir-1")
        await say(client, chat, "selam")
        await settled(client)
        assert "x-telegram-bot-api-secret-token: sir-1" in receiver.headers[0].lower()
        assert receiver.bodies[0]["message"]["text"] == "selam"
        messages = (await client.get(f"/api/chats/{chat}")).json()["messages"]
        assert [message["text"] for message in messages] == ["selam", "Merhaba"]

    inside(scenario)


def test_any_2xx_acknowledges_and_a_refused_method_reaches_nobody() -> None:
    async def scenario(sandbox: Sandbox, client: Client, receiver: Receiver) -> None:
        chat = await person(client)
        refused = b'{"method": "sendMessage", "chat_id": 1, "text": "x"}'
        receiver.answers = [response(204), response(201, b"{broken"), response(200, refused)]
        await set_webhook(sandbox, client, receiver)
        for text in ("bir", "iki", "üç"):
            await say(client, chat, text)
        await settled(client)
        assert len(receiver.bodies) == 3
        (error,) = (await client.get("/api/state")).json()["discarded_errors"]
        assert error["description"] == "Bad Request: chat not found"

    inside(scenario)


def test_one_update_of_a_chat_is_in_flight_and_a_tap_overtakes() -> None:
    async def scenario(sandbox: Sandbox, client: Client, receiver: Receiver) -> None:
        chat, other = await person(client), await person(client, "Veli")
        keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "d"}]]}
        body = {"chat_id": chat, "text": "x", "reply_markup": keyboard}
        await client.post(f"/bot{sandbox.token}/sendMessage", json=body)
        receiver.gate.clear()
        await set_webhook(sandbox, client, receiver)
        await say(client, chat, "bir")
        await say(client, chat, "iki")
        await client.post(f"/api/chats/{chat}/press", json={"message_id": 1, "row": 0, "column": 0})
        await say(client, other, "başka")
        await until(lambda: len(receiver.bodies) == 3)
        assert (await client.get("/api/state")).json()["in_flight"] == 3
        texts = {update["message"]["text"] for update in receiver.bodies if "message" in update}
        assert texts == {"bir", "başka"}
        assert any("callback_query" in update for update in receiver.bodies)
        receiver.gate.set()
        await settled(client)
        assert receiver.bodies[3]["message"]["text"] == "iki"

    inside(scenario)


def test_a_failed_delivery_comes_again_at_once_and_keeps_its_place() -> None:
    async def scenario(sandbox: Sandbox, client: Client, receiver: Receiver) -> None:
        chat = await person(client)
        receiver.answers = [response(500)]
        await say(client, chat, "bir")
        await say(client, chat, "iki")
        await set_webhook(sandbox, client, receiver)
        await settled(client)
        assert [update["message"]["text"] for update in receiver.bodies] == ["bir", "bir", "iki"]
        assert receiver.bodies[0] == receiver.bodies[1]
        info = (await client.get(f"/bot{sandbox.token}/getWebhookInfo")).json()["result"]
        assert info["last_error_message"].startswith("Wrong response from the webhook: 500")

    inside(scenario)


def test_the_pauses_between_deliveries_double_up_to_a_minute() -> None:
    attempts = Attempts()
    assert [attempts.next_pause(0) for _ in range(8)] == [0, 2, 4, 8, 16, 32, 60, 60]
    assert attempts.next_pause(5) == 5


def test_a_webhook_that_hangs_up_gets_the_update_again() -> None:
    async def scenario(sandbox: Sandbox, client: Client, receiver: Receiver) -> None:
        receiver.answers = [b""]
        await set_webhook(sandbox, client, receiver)
        await say(client, await person(client), "bir")
        await settled(client)
        assert len(receiver.bodies) == 2

    inside(scenario)


def test_retry_after_is_obeyed() -> None:
    async def scenario(sandbox: Sandbox, client: Client, receiver: Receiver) -> None:
        receiver.answers = [response(503, b"", "Retry-After: 1")]
        await set_webhook(sandbox, client, receiver)
        await say(client, await person(client), "bir")
        await settled(client)
        assert 1.0 <= receiver.times[1] - receiver.times[0] < 1.5

    inside(scenario)


def test_polling_is_refused_while_a_webhook_is_set_and_gets_what_it_left() -> None:
    async def scenario(sandbox: Sandbox, client: Client, receiver: Receiver) -> None:
        receiver.gate.clear()
        await set_webhook(sandbox, client, receiver)
        await say(client, await person(client), "bir")
        await until(lambda: len(receiver.bodies) == 1)
        refused = (await client.get(f"/bot{sandbox.token}/getUpdates")).json()
        assert refused["error_code"] == 409
        assert "can't use getUpdates method while webhook is active" in refused["description"]
        await client.post(f"/bot{sandbox.token}/deleteWebhook")
        left = (await client.get(f"/bot{sandbox.token}/getUpdates")).json()["result"]
        assert left == receiver.bodies

    inside(scenario)


def test_pending_updates_are_dropped_only_when_asked() -> None:
    async def scenario(sandbox: Sandbox, client: Client, receiver: Receiver) -> None:
        await say(client, await person(client), "bir")
        await client.post(f"/bot{sandbox.token}/deleteWebhook", json={"drop_pending_updates": False})
        assert (await client.get("/api/state")).json()["pending_updates"] == 1
        await client.post(f"/bot{sandbox.token}/deleteWebhook", json={"drop_pending_updates": True})
        assert (await client.get("/api/state")).json()["pending_updates"] == 0

    inside(scenario)


def test_a_kind_that_was_not_allowed_is_not_delivered() -> None:
    async def scenario(sandbox: Sandbox, client: Client, receiver: Receiver) -> None:
        chat = await person(client)
        await set_webhook(sandbox, client, receiver, allowed_updates=["message"])
        await say(client, chat, "bir")
        await client.post(f"/api/chats/{chat}/edit", json={"message_id": 1, "text": "iki"})
        await settled(client)
        assert [update["message"]["text"] for update in receiver.bodies] == ["bir"]

    inside(scenario)
