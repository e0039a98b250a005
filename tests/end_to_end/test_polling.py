"""Long polling, and the whole bot on it, from the first message to the call number."""

import asyncio
import contextlib
import io
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from telegram.error import Conflict, NetworkError, TelegramError

from bot.app import App, StartError, run
from bot.logs import JsonLines, Redaction
from bot.sandbox import Sandbox
from bot.settings import Settings, load_settings
from bot.storage import queries
from bot.storage.database import make_engine
from bot.storage.errors import StorageBroken, StorageFull
from bot.telegram.client import Client
from bot.telegram.inbound import Inbound
from bot.telegram.polling import Polling
from tests.databases import storage_settings

USER = {"id": 7, "is_bot": False, "first_name": "Ayşe"}


def text(update_id: int, chat_id: int = 7) -> dict[str, Any]:
    chat = {"id": chat_id, "type": "private", "first_name": "Ayşe"}
    message = {"message_id": update_id, "date": 1, "chat": chat, "from": USER, "text": str(update_id)}
    return {"update_id": update_id, "message": message}


class Batches:
    """A Telegram that has these batches, one after the other, then nothing; offsets are written down."""

    def __init__(self, *batches: list[Any] | TelegramError) -> None:
        self.batches = list(batches)
        self.offsets: list[int | None] = []

    async def raw_updates(self, offset: int | None, wait_s: int, limit: int = 100) -> list[Any]:
        self.offsets.append(offset)
        if not self.batches:
            await asyncio.sleep(3600)
        batch = self.batches.pop(0)
        if isinstance(batch, TelegramError):
            raise batch
        return batch


def poll(batches: Batches, receive: Callable[[Inbound], Awaitable[None]]) -> None:
    """Poll until every batch is taken and the next fetch waits."""

    async def work() -> None:
        polling = Polling(cast(Client, batches), receive)
        task = asyncio.create_task(polling.run())
        async with asyncio.timeout(5):
            fetches = len(batches.batches) + 1
            while len(batches.offsets) < fetches and not task.done():  # noqa: ASYNC110 - two conditions
                await asyncio.sleep(0.005)
            polling.stop()
            await task

    asyncio.run(work())


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.polling.FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr("bot.telegram.polling.CONFLICT_PAUSE_S", 0.01)


class Taker:
    """Takes updates, with failures in between."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.taken: list[int] = []

    async def __call__(self, inbound: Inbound) -> None:
        await asyncio.sleep(0)
        if self.failures:
            raise self.failures.pop(0)
        self.taken.append(inbound.update_id)


def test_the_offset_moves_past_what_was_taken_and_is_dropped_when_telegram_has_it() -> None:
    taker, batches = Taker(), Batches([text(10), text(11)], [text(12)], [])
    poll(batches, taker)
    assert taker.taken == [10, 11, 12]
    assert batches.offsets == [None, 12, 13, None]


def test_nothing_is_acknowledged_while_the_storage_is_full() -> None:
    taker, batches = Taker(StorageFull()), Batches([text(10)], [text(10)])
    poll(batches, taker)
    assert batches.offsets == [None, None, 11]
    assert taker.taken == [10]


def test_a_broken_storage_ends_the_polling_without_acknowledging() -> None:
    batches = Batches([text(10)], [text(11)])
    poll(batches, Taker(StorageBroken()))
    assert batches.offsets == [None]


def test_a_malformed_update_loses_no_other() -> None:
    taker, batches = Taker(), Batches([text(1), {"update_id": 2, "message": {"x": 1}}, "x", {}, text(3)])
    poll(batches, taker)
    assert taker.taken == [1, 3]
    assert batches.offsets == [None, 4]


def test_a_network_that_fails_and_another_poller_are_outlived() -> None:
    taker, batches = Taker(), Batches(NetworkError("cut"), Conflict("other"), [text(1)])
    poll(batches, taker)
    assert taker.taken == [1]


def test_a_slow_chat_holds_up_no_other_and_keeps_its_order() -> None:
    order: list[int] = []

    async def receive(inbound: Inbound) -> None:
        if inbound.update_id == 1:
            await asyncio.sleep(0.05)
        order.append(inbound.update_id)

    poll(Batches([text(1, 7), text(2, 8), text(3, 7)]), receive)
    assert order == [2, 1, 3]


def settings_for(sandbox: Sandbox, folder: Path, **more: Any) -> Settings:
    given = {
        "bot_token": sandbox.token,
        "bot_api_url": sandbox.bot_api_url,
        "licrus_url": sandbox.licrus_url,
        "licrus_auth_ticket": sandbox.ticket,
        "environment": "test",
        "rate_per_chat_per_s": 1000,
        "rate_chat_burst": 1000,
        "rate_per_s": 10_000,
    }
    return load_settings(None, **given | storage_settings(folder) | more)


class Chat:
    """One person in front of the running bot."""

    def __init__(self, http: httpx.AsyncClient, chat_id: int) -> None:
        self.http, self.chat_id = http, chat_id

    async def messages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.http.get(f"/api/chats/{self.chat_id}")).json()["messages"]
        return found

    async def hear(self, words: str) -> dict[str, Any]:
        """Wait for a message of the bot with these words."""
        async with asyncio.timeout(10):
            while True:
                message: dict[str, Any]
                for message in reversed(await self.messages()):
                    if message["from"] == "bot" and words in message["text"]:
                        return message
                await asyncio.sleep(0.01)

    async def type(self, typed: str) -> None:
        """Type, and wait until the bot has said something to it."""
        before = len(await self.messages())
        await self.http.post(f"/api/chats/{self.chat_id}/text", json={"text": typed})
        async with asyncio.timeout(10):
            while len(await self.messages()) < before + 2:  # noqa: ASYNC110 - the condition is the server's
                await asyncio.sleep(0.01)

    async def press(self, message: dict[str, Any], row: int = 0, column: int = 0) -> None:
        place = {"message_id": message["message_id"], "row": row, "column": column}
        (await self.http.post(f"/api/chats/{self.chat_id}/press", json=place)).raise_for_status()


@contextlib.asynccontextmanager
async def bot_and_chat(folder: Path, **more: Any) -> AsyncIterator[tuple[Chat, App]]:
    sandbox = Sandbox()
    await sandbox.start()
    app = App(settings_for(sandbox, folder, **more))
    try:
        await app.start()
        async with httpx.AsyncClient(base_url=sandbox.url) as http:
            person = (await http.post("/api/people", json={"name": "Ayşe Yılmaz"})).json()
            yield Chat(http, person["id"]), app
    finally:
        await app.stop()
        await sandbox.stop()


CUSTOMER = (
    "/start",
    "Müşteriyim",
    "Test Bayi",
    "Bilmiyorum, devam et",
    "Ayşe Yılmaz",
    "0530 123 12 12",
    "E-postam yok",
    "Ümraniye, İstanbul",
    "Fatih Sultan Mehmet Mah. Balkan Cad. No: 14 D: 2",
    "ECODENSE WT 65",
    "ECODENSE DUVAR- YER TİPİ KAZAN",
    "99958",
    "Yok, özete geç",
)


async def to_the_summary(chat: Chat) -> dict[str, Any]:
    for typed in CUSTOMER:
        await chat.type(typed)
    return await chat.hear("Son kontrol")


async def calls(chat: Chat) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await chat.http.get("/api/licrus/calls")).json()["calls"]
    return found


def test_from_the_first_message_to_the_call_number(tmp_path: Path) -> None:
    async def work() -> None:
        async with bot_and_chat(tmp_path) as (chat, app):
            summary = await to_the_summary(chat)
            await asyncio.gather(chat.press(summary), chat.press(summary))
            await chat.hear("43090")
            (call,) = await calls(chat)
            assert call["parsed"]["CustomerFullName"] == "Ayşe Yılmaz"
            assert not app.failed.is_set()

    asyncio.run(work())


def test_a_refusal_reaches_the_person_in_licruss_words(tmp_path: Path) -> None:
    async def work() -> None:
        async with bot_and_chat(tmp_path) as (chat, _):
            await chat.http.post(
                "/api/licrus/fault", json={"kind": "refuse", "reason": "Seri no <b>yok</b> & kayıtsız"}
            )
            await chat.press(await to_the_summary(chat))
            await chat.hear("Seri no <b>yok</b> & kayıtsız")

    asyncio.run(work())


def test_a_cut_exchange_is_never_sent_again(tmp_path: Path) -> None:
    async def work() -> None:
        async with bot_and_chat(tmp_path) as (chat, _):
            await chat.http.post("/api/licrus/fault", json={"kind": "reset-after"})
            await chat.press(await to_the_summary(chat))
            await chat.hear("çağrı numarası kontrol ediliyor")
            await chat.type("/durum")
            assert len(await calls(chat)) == 1

    asyncio.run(work())


def test_the_command_menu_is_set_in_turkish_and_english(tmp_path: Path) -> None:
    async def work() -> None:
        async with bot_and_chat(tmp_path) as (chat, _):
            commands = json.dumps((await chat.http.get("/api/commands")).json())
            for name in ("start", "yeni", "durum", "iptal", "yardim", "dil"):
                assert f'"{name}"' in commands

    asyncio.run(work())


def test_a_start_offers_the_commands_where_the_operators_group_is_now(tmp_path: Path) -> None:
    async def work() -> None:
        async with bot_and_chat(tmp_path, operators_chat_id="-5") as (chat, app):
            group = (await chat.http.post("/api/groups", json={"title": "Ofis", "name": "Zeynep"})).json()["chat_id"]
            await app.stop()
            engine = make_engine(app.settings.database_url.get_secret_value())
            with engine.begin() as connection:
                queries.move_chat(connection, -5, group)
            again = App(app.settings)
            await again.start()
            try:
                offered = (await chat.http.get(f"/api/chats/{group}/commands")).json()["commands"]
                assert {"command": "kuyruk", "description": "Sonucu belli olmayan talepler"} in offered
            finally:
                await again.stop()

    asyncio.run(work())


def test_a_stopped_bot_goes_on_where_it_was(tmp_path: Path) -> None:
    async def work() -> None:
        async with bot_and_chat(tmp_path) as (chat, app):
            for typed in CUSTOMER[:5]:
                await chat.type(typed)
            await app.stop()
            await chat.http.post(f"/api/chats/{chat.chat_id}/text", json={"text": "0530 123 12 12"})
            again = App(app.settings)
            await again.start()
            try:
                await chat.hear("E-posta adresiniz")
            finally:
                await again.stop()

    asyncio.run(work())


def start_fails(folder: Path, prepare: Callable[[Sandbox], Awaitable[Any]], **more: Any) -> str:
    async def work() -> str:
        sandbox = Sandbox()
        await sandbox.start()
        try:
            await prepare(sandbox)
            with pytest.raises(StartError) as caught:
                await App(settings_for(sandbox, folder, **more)).start()
            return caught.value.reason
        finally:
            await sandbox.stop()

    return asyncio.run(work())


async def nothing(sandbox: Sandbox) -> None:
    """Leave the sandbox as it is."""


def test_polling_refuses_to_start_while_a_webhook_is_set(tmp_path: Path) -> None:
    async def set_webhook(sandbox: Sandbox) -> None:
        async with Client(sandbox.token, sandbox.bot_api_url) as client:
            await client.set_webhook("https://example.com/hook")

    assert start_fails(tmp_path, set_webhook) == "webhook_set"


def test_a_wrong_token_stops_the_start(tmp_path: Path) -> None:
    assert start_fails(tmp_path, nothing, bot_token="1:WRONG") == "token_rejected"


@pytest.mark.only_on_sqlite(reason="on PostgreSQL the second bot stands by")
def test_two_bots_on_one_journal_are_refused(tmp_path: Path) -> None:
    async def work() -> None:
        async with bot_and_chat(tmp_path) as (_, app):
            with pytest.raises(StartError, match="journal_in_use"):
                await App(app.settings).start()

    asyncio.run(work())


@pytest.mark.only_on_sqlite(reason="a server's database is no file")
def test_a_database_that_is_none_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "devreye.db").write_text("no database " * 500)
    assert start_fails(tmp_path, nothing) == "storage_unusable"


def test_run_ends_when_it_is_told_to(tmp_path: Path) -> None:
    async def work() -> int:
        sandbox = Sandbox()
        await sandbox.start()
        stop = asyncio.Event()
        try:
            running = asyncio.create_task(run(settings_for(sandbox, tmp_path), stop=stop))
            await asyncio.sleep(0.2)
            stop.set()
            return await running
        finally:
            await sandbox.stop()

    assert asyncio.run(work()) == 0


def test_run_ends_by_itself_after_an_io_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> int:
        sandbox = Sandbox()
        await sandbox.start()
        try:
            original = App.start

            async def start(self: App) -> None:
                await original(self)
                self.failed.set()

            monkeypatch.setattr(App, "start", start)
            return await run(settings_for(sandbox, tmp_path))
        finally:
            await sandbox.stop()

    assert asyncio.run(work()) == 3


def test_neither_secrets_nor_what_people_wrote_stand_in_the_log(tmp_path: Path) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()

    async def work() -> tuple[str, ...]:
        async with bot_and_chat(tmp_path) as (chat, app):
            handler.setFormatter(JsonLines(Redaction(app.settings.secrets)))
            await chat.http.post("/api/licrus/fault", json={"kind": "refuse", "reason": "Demir kaydı yok"})
            await chat.press(await to_the_summary(chat))
            await chat.hear("Demir kaydı yok")
            logging.getLogger("bot").error("token %s", app.settings.bot_token.get_secret_value())
            return app.settings.secrets

    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    httpx_level = logging.getLogger("httpx").level
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        secrets = asyncio.run(work())
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        logging.getLogger("httpx").setLevel(httpx_level)
    written = stream.getvalue()
    assert "submission_ended" in written
    for private in (*secrets, "Ayşe", "5301231212", "99958", "Balkan", "Demir"):
        assert private not in written
