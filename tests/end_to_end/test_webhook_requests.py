"""The webhook's ASGI function alone: who is let in, what is read, and what is acknowledged."""

import asyncio
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.storage.errors import StorageBroken, StorageFull
from bot.telegram.inbound import Inbound
from bot.telegram.webhook import LARGEST_BODY_BYTES, Webhook

NEW, OLD = "new-secret-new-secret", "old-secret-old-secret"
REPLY = {"method": "sendMessage", "chat_id": 7, "text": "Merhaba"}
USER = {"id": 7, "is_bot": False, "first_name": "Ayşe"}


def update(update_id: int = 1, **more: Any) -> dict[str, Any]:
    chat = {"id": 7, "type": "private", "first_name": "Ayşe"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": USER, "text": "gizli metin", **more}
    return {"update_id": update_id, "message": message}


@dataclass
class Answer:
    status: int = 0
    headers: dict[bytes, bytes] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Caller:
    """Calls the function as the server would; `reads` counts how often the body was asked for."""

    failures: list[Exception] = field(default_factory=list)
    taken: list[Inbound] = field(default_factory=list)
    reads: int = 0

    def __post_init__(self) -> None:
        self.webhook = Webhook(self.take, (NEW, OLD), "/telegram")

    async def take(self, inbound: Inbound) -> dict[str, Any] | None:
        if self.failures:
            raise self.failures.pop(0)
        self.taken.append(inbound)
        return REPLY

    def post(
        self,
        body: bytes | Iterable[bytes],
        secrets: Iterable[str] = (NEW,),
        *,
        method: str = "POST",
        path: str = "/telegram",
        length: int | None = None,
    ) -> Answer:
        chunks = [body] if isinstance(body, bytes) else list(body)
        headers = [(b"x-telegram-bot-api-secret-token", secret.encode()) for secret in secrets]
        if length is not None:
            headers.append((b"content-length", str(length).encode()))
        answer = Answer()

        async def receive() -> dict[str, Any]:
            self.reads += 1
            if not chunks:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                answer.status, answer.headers = message["status"], dict(message["headers"])
            else:
                answer.body += message["body"]

        scope = {"type": "http", "method": method, "path": path, "headers": headers}
        asyncio.run(self.webhook(scope, receive, send))
        return answer


def raw(body: Any) -> bytes:
    return json.dumps(body).encode()


@pytest.mark.parametrize("secret", [NEW, OLD])
def test_both_secrets_are_good_while_one_is_being_changed(secret: str) -> None:
    caller = Caller()
    answer = caller.post(raw(update()), (secret,))
    assert (answer.status, json.loads(answer.body)) == (200, REPLY)
    assert answer.headers[b"content-type"] == b"application/json"
    assert [inbound.update_id for inbound in caller.taken] == [1]


@pytest.mark.parametrize(
    "secrets", [(), ("",), ("wrong-secret-wrong-sec",), (NEW[:-1],), (NEW + "x",), (NEW, NEW), (NEW, "x"), ("\u00fc",)]
)
def test_a_forged_call_is_refused_before_anything_is_read(secrets: tuple[str, ...]) -> None:
    caller = Caller()
    answer = caller.post(raw(update()), secrets, length=10 * LARGEST_BODY_BYTES)
    assert (answer.status, answer.body) == (401, b"")
    assert caller.reads == 0
    assert caller.taken == []


def test_the_secret_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def compare(given: bytes, secret: bytes) -> bool:
        compared.append((given, secret))
        return given == secret

    monkeypatch.setattr("hmac.compare_digest", compare)
    assert Caller().post(raw(update()), (NEW,)).status == 200
    assert compared == [(NEW.encode(), NEW.encode()), (NEW.encode(), OLD.encode())]


def test_no_webhook_is_open_to_anybody() -> None:
    for secrets in ((), ("",), (NEW, "")):
        with pytest.raises(ValueError, match="open to anybody"):
            Webhook(Caller().take, secrets, "/telegram")


def test_another_path_and_another_method_take_nothing() -> None:
    caller = Caller()
    assert caller.post(raw(update()), path="/").status == 404
    assert caller.post(b"", method="GET").status == 405
    assert (caller.reads, caller.taken) == (0, [])


def test_a_body_said_to_be_too_large_is_not_read() -> None:
    caller = Caller()
    assert caller.post(b"x", length=LARGEST_BODY_BYTES + 1).status == 413
    assert caller.reads == 0


def test_a_body_that_grows_too_large_is_not_read_to_its_end() -> None:
    caller = Caller()
    assert caller.post([b"x" * (LARGEST_BODY_BYTES // 2)] * 10).status == 413
    assert caller.reads == 3
    assert caller.taken == []


def test_the_largest_body_is_read() -> None:
    body = raw(update())
    assert Caller().post(body + b" " * (LARGEST_BODY_BYTES - len(body))).status == 200


def test_a_body_in_pieces_is_put_together_and_one_cut_short_is_not_answered() -> None:
    caller, body = Caller(), raw(update())
    assert caller.post([body[:10], body[10:]]).status == 200
    assert caller.post([]).status == 0
    assert len(caller.taken) == 1


def test_a_body_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.webhook.BODY_WITHIN_S", 0.01)
    answer = Answer()

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(3600)
        raise AssertionError

    async def send(message: Any) -> None:
        answer.status = message.get("status", answer.status)

    headers = [(b"x-telegram-bot-api-secret-token", NEW.encode())]
    scope = {"type": "http", "method": "POST", "path": "/telegram", "headers": headers}
    asyncio.run(Caller().webhook(scope, receive, send))
    assert answer.status == 408


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"9" * 10_000,
        b"null",
        b"[]",
        b'"x"',
        raw({}),
        raw({"update_id": "1"}),
        raw({"update_id": True}),
        raw({"update_id": 10**30}),
        raw({"update_id": 5, "message": {"x": 1}}),
        raw({"update_id": 5, "message": "gizli metin"}),
        raw({"update_id": 5, "callback_query": {"id": 1}}),
        raw({"update_id": 5, "poll": {}}),
        raw(update(5, chat={"id": 10**30, "type": "private"})),
        raw(update(5, **{"from": {**USER, "id": -(10**30)}})),
    ],
)
def test_what_can_never_be_read_is_acknowledged_and_not_sent_for_ever(
    body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caller = Caller()
    with caplog.at_level(logging.INFO):
        answer = caller.post(body)
    assert (answer.status, answer.body, caller.taken) == (200, b"", [])
    assert "gizli metin" not in caplog.text


@pytest.mark.parametrize("error", [StorageFull(), StorageBroken()])
def test_what_could_not_be_stored_comes_again(error: Exception) -> None:
    caller = Caller([error])
    answer = caller.post(raw(update()))
    assert (answer.status, answer.body) == (503, b"")
    assert 0 < int(answer.headers[b"retry-after"]) <= 10
    assert caller.post(raw(update())).status == 200
    assert len(caller.taken) == 1


def test_a_storage_that_stays_full_never_makes_an_update_lost() -> None:
    caller = Caller([StorageFull() for _ in range(20)])
    assert {caller.post(raw(update())).status for _ in range(20)} == {503}
    assert caller.post(raw(update())).status == 200


def test_a_fault_around_the_intake_is_tried_three_times_and_holds_up_no_other_update() -> None:
    caller = Caller([KeyError("gizli metin") for _ in range(4)])
    assert [caller.post(raw(update(5))).status for _ in range(3)] == [503, 503, 200]
    assert caller.post(raw(update(6))).status == 503
    assert caller.post(raw(update(6))).status == 200
    assert [inbound.update_id for inbound in caller.taken] == [6]
