"""Operators send the bot a table in their own chat: it shows what would change, and applies it once."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
import sqlalchemy as sa

from bot.app import App
from bot.sandbox import Sandbox
from bot.settings import load_settings
from bot.storage import offered_queries
from bot.storage.database import make_engine
from bot.storage.directory_queries import Source, import_dealers, load_dealers, load_products
from bot.storage.schema import imports, offered_imports
from conversations.directory import Dealer
from conversations.letters import name_key
from tests.databases import database_url, storage_settings
from tests.tables import DEALER_HEADINGS, lines, workbook

ADA = ("Ada Isı", "Mutlu Özcan", "0530 123 12 12", "", "ada@ornek.com")
GOOD = workbook(DEALER_HEADINGS, ADA, ("Bora Isı", "", "", "", ""))
WITHIN_S = 20.0


class Office:
    """The operators' group with one member, and the bot in it."""

    def __init__(self, http: httpx.AsyncClient, chat_id: int, app: App, folder: Path) -> None:
        self.http, self.chat_id, self.app, self.folder = http, chat_id, app, folder

    async def messages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.http.get(f"/api/chats/{self.chat_id}")).json()["messages"]
        return [message for message in found if message["from"] == "bot"]

    async def send(self, content: bytes, name: str) -> None:
        answer = await self.http.post(f"/api/chats/{self.chat_id}/document", files={"file": (name, content)})
        answer.raise_for_status()

    async def type(self, text: str) -> None:
        (await self.http.post(f"/api/chats/{self.chat_id}/text", json={"text": text})).raise_for_status()

    async def hear(self, words: str) -> dict[str, Any]:
        """The newest message with these words, once there is one."""
        async with asyncio.timeout(WITHIN_S):
            while True:
                message: dict[str, Any]
                for message in reversed(await self.messages()):
                    if words in message["text"]:
                        return message
                await asyncio.sleep(0.02)

    async def press(self, message: dict[str, Any], column: int = 0) -> None:
        place = {"message_id": message["message_id"], "row": 0, "column": column}
        (await self.http.post(f"/api/chats/{self.chat_id}/press", json=place)).raise_for_status()

    async def member(self, **values: Any) -> None:
        asked = {"title": "Servis ofisi", "name": "Ece Kurt", **values}
        (await self.http.post("/api/groups", json=asked)).raise_for_status()

    def companies(self) -> list[str]:
        with make_engine(database_url(self.folder)).begin() as connection:
            return [dealer.company for dealer in load_dealers(connection)]


def in_the_office(folder: Path, scenario: Callable[[Office], Awaitable[None]]) -> None:
    @contextlib.asynccontextmanager
    async def opened() -> AsyncIterator[Office]:
        sandbox = Sandbox()
        await sandbox.start()
        async with httpx.AsyncClient(base_url=sandbox.url) as http:
            made = await http.post("/api/groups", json={"title": "Servis ofisi", "name": "Ece Kurt"})
            chat_id = int(made.json()["chat_id"])
            given = {
                "bot_token": sandbox.token,
                "bot_api_url": sandbox.bot_api_url,
                "licrus_url": sandbox.licrus_url,
                "licrus_auth_ticket": "bilet-bilet",
                "environment": "test",
                "operators_chat_id": str(chat_id),
                **storage_settings(folder),
            }
            app = App(load_settings(None, **given))
            await app.start()
            try:
                yield Office(http, chat_id, app, folder)
            finally:
                await app.stop()
                await sandbox.stop()

    async def work() -> None:
        async with opened() as office:
            await scenario(office)

    asyncio.run(work())


def test_a_file_is_shown_before_it_changes_anything_and_is_applied_once(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        await office.send(GOOD, "bayiler.xlsx")
        shown = await office.hear("Henüz bir şey değişmedi")
        assert "Bayi listesi: bayiler.xlsx\nEklenecek: 2 (Ada Isı, Bora Isı)" in shown["text"]
        assert [b["text"] for b in shown["inline_keyboard"][0]] == ["Uygula", "Vazgeç"]
        assert office.companies() == []
        await office.press(shown)
        await office.press(shown)
        await office.hear("Eklendi: 2. Değişti: 0. Uygulayan: Ece Kurt")
        assert office.companies() == ["Ada Isı", "Bora Isı"]
        await office.press(shown)
        await asyncio.sleep(0.2)
        assert len([m for m in await office.messages() if "güncellendi" in m["text"]]) == 1
        with make_engine(database_url(tmp_path)).begin() as connection:
            (row,) = connection.execute(sa.select(imports)).all()
            assert connection.scalar(sa.select(sa.func.count()).select_from(offered_imports)) == 0
        assert row.imported_by.startswith("telegram:7")

    in_the_office(tmp_path, scenario)


def test_bad_rows_are_named_and_the_good_ones_can_be_applied(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        text = lines("Firma;Cep", "Ada Isı;0530 123 12 12", "<b>Kötü</b>;5,30123E+09")
        await office.send(text.encode("cp1254"), "bayiler.csv")
        shown = await office.hear("Henüz bir şey değişmedi")
        assert "Okunamayan satır: 1\n3. satır (<b>Kötü</b>): Cep: Excel numarayı yuvarlamış" in shown["text"]
        assert shown["inline_keyboard"][0][0]["text"] == "İyi satırları uygula"
        await office.press(shown)
        await office.hear("Eklendi: 1.")
        assert office.companies() == ["Ada Isı"]

    in_the_office(tmp_path, scenario)


def test_a_dropped_file_changes_nothing(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        await office.send(GOOD, "bayiler.xlsx")
        shown = await office.hear("Henüz bir şey değişmedi")
        await office.press(shown, column=1)
        await office.hear("Vazgeçildi, bir şey değişmedi: bayiler.xlsx")
        await office.press(shown)
        await asyncio.sleep(0.2)
        assert office.companies() == []

    in_the_office(tmp_path, scenario)


def test_a_list_that_changed_meanwhile_is_shown_anew_before_anything_is_applied(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        await office.send(GOOD, "bayiler.xlsx")
        shown = await office.hear("Henüz bir şey değişmedi")
        with make_engine(database_url(tmp_path)).begin() as connection:
            import_dealers(connection, [Dealer(name_key("Ada Isı"), "ADA ISI")], Source("command:x", 0.0, ""))
        await office.press(shown)
        again = await office.hear("Liste bu dosya gösterildikten sonra değişti")
        assert "Eklenecek: 1 (Bora Isı)\nDeğişecek: 1 (Ada Isı)" in again["text"]
        assert office.companies() == ["ADA ISI"]
        await office.press(again)
        await office.hear("Eklendi: 1. Değişti: 1.")

    in_the_office(tmp_path, scenario)


def test_products_are_told_by_their_headings(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        await office.send(workbook(("Ürün", "Grup"), ("ECODENSE  WT 65", "DUVAR- YER")), "urunler.xlsx")
        shown = await office.hear("Henüz bir şey değişmedi")
        assert "Ürün listesi: urunler.xlsx" in shown["text"]
        await office.press(shown)
        await office.hear("Ürün listesi güncellendi")
        with make_engine(database_url(tmp_path)).begin() as connection:
            assert [p.name for p in load_products(connection)] == ["ECODENSE  WT 65"]

    in_the_office(tmp_path, scenario)


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"a;b\n1;2\n", "x.csv", "x.csv: Sütun başlıkları bulunamadı."),
        (b"PK\x03\x04", "x.xlsx", "x.xlsx: Dosya açılamadı"),
        (b"\xd0\xcf\x11\xe0", "eski.xls", "eski.xls: Dosya eski Excel biçiminde"),
    ],
)
def test_a_file_without_a_table_is_told_why(tmp_path: Path, content: bytes, name: str, says: str) -> None:
    async def scenario(office: Office) -> None:
        await office.send(content, name)
        await office.hear(says)

    in_the_office(tmp_path, scenario)


def test_a_file_that_changes_nothing_is_not_offered(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        await office.send(GOOD, "bayiler.xlsx")
        await office.press(await office.hear("Henüz bir şey değişmedi"))
        await office.hear("güncellendi")
        await office.send(GOOD, "yine.xlsx")
        told = await office.hear("Bu dosyayla listede bir şey değişmiyor")
        assert told["inline_keyboard"] is None

    in_the_office(tmp_path, scenario)


@pytest.mark.parametrize("values", [{"status": "left"}, {"status": "administrator", "anonymous": True}])
def test_whoever_is_no_member_under_their_own_name_applies_nothing(tmp_path: Path, values: dict[str, Any]) -> None:
    async def scenario(office: Office) -> None:
        await office.send(GOOD, "bayiler.xlsx")
        shown = await office.hear("Henüz bir şey değişmedi")
        await office.member(**values)
        await office.press(shown)
        await office.hear("yalnızca bu grupta kendi adıyla yazanlar")
        assert office.companies() == []
        await office.member(status="creator")
        await office.press(shown)
        await office.hear("güncellendi")

    in_the_office(tmp_path, scenario)


def test_an_anonymous_administrator_sends_no_file(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        await office.member(status="administrator", anonymous=True)
        await office.send(GOOD, "anonim.xlsx")
        await office.hear("anonim.xlsx: okunmadı. Gruba adınızla gönderdiğinizde okunur")
        await office.member()
        await office.send(GOOD, "bayiler.xlsx")
        await office.hear("Bayi listesi: bayiler.xlsx")
        assert not any("Bayi listesi: anonim" in message["text"] for message in await office.messages())

    in_the_office(tmp_path, scenario)


def test_a_stop_between_any_two_steps_loses_nothing(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        async def while_stopped(act: Awaitable[None]) -> None:
            await office.app.stop()
            await act
            office.app = App(office.app.settings)
            await office.app.start()

        try:
            await while_stopped(office.send(GOOD, "bayiler.xlsx"))
            shown = await office.hear("Henüz bir şey değişmedi")
            await while_stopped(office.press(shown))
            await office.hear("Eklendi: 2.")
            assert office.companies() == ["Ada Isı", "Bora Isı"]
        finally:
            await office.app.stop()

    in_the_office(tmp_path, scenario)


def test_empty_sheets_are_handed_out(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        await office.type("/sablon@devreye_sandbox_bot")
        for words, name in (("Boş bayi tablosu", "bayiler.xlsx"), ("Boş ürün tablosu", "urunler.xlsx")):
            message = await office.hear(words)
            assert message["document"]["file_name"] == name
            file = await office.http.get(f"/api/files/{await _path(office, message)}")
            book = openpyxl.load_workbook(io.BytesIO(file.content))
            assert book.active is not None

    in_the_office(tmp_path, scenario)


async def _path(office: Office, message: dict[str, Any]) -> str:
    settings = office.app.settings
    url = f"{settings.bot_api_url}/bot{settings.bot_token.get_secret_value()}/getFile"
    answer = await office.http.post(url, json={"file_id": message["document"]["file_id"]})
    return str(answer.json()["result"]["file_path"])


def test_strangers_and_other_groups_get_neither_sheets_nor_imports(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        other = (await office.http.post("/api/groups", json={"title": "Başka grup", "name": "Can Er"})).json()[
            "chat_id"
        ]
        person = (await office.http.post("/api/people", json={"name": "Ali Veli"})).json()["chat_id"]
        await office.send(GOOD, "bayiler.xlsx")
        shown = await office.hear("Henüz bir şey değişmedi")
        data = shown["inline_keyboard"][0][0]["callback_data"]
        for chat_id in (other, person):
            stranger = Office(office.http, chat_id, office.app, tmp_path)
            await stranger.send(GOOD, "kotu.xlsx")
            await stranger.type("/sablon")
            said = await stranger.messages() or [await stranger.hear("")]
            forged = {"message_id": said[0]["message_id"], "callback_data": data}
            await office.http.post(f"/api/chats/{chat_id}/press", json=forged)
            await asyncio.sleep(0.3)
            assert not any("kotu" in m["text"] or "tablosu" in m["text"] for m in await stranger.messages())
        assert office.companies() == []

    in_the_office(tmp_path, scenario)


def test_what_nobody_decided_about_is_forgotten_after_a_day(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        await office.send(GOOD, "bayiler.xlsx")
        shown = await office.hear("Henüz bir şey değişmedi")
        with make_engine(database_url(tmp_path)).begin() as connection:
            (row,) = connection.execute(sa.select(offered_imports.c.created_at)).all()
            offered_queries.sweep(connection, row.created_at + offered_queries.KEPT_S - 1)
            assert connection.scalar(sa.select(sa.func.count()).select_from(offered_imports)) == 1
            offered_queries.sweep(connection, row.created_at + offered_queries.KEPT_S + 1)
        await office.press(shown)
        await asyncio.sleep(0.2)
        assert office.companies() == []

    in_the_office(tmp_path, scenario)
