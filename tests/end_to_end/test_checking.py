"""What `devreye check` finds at Telegram and in the folder, and what it advises."""

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import BotCommandScopeAllPrivateChats, Chat, WebhookInfo
from telegram.constants import ChatType
from telegram.error import ChatMigrated

from bot.commands import checking_telegram
from bot.commands.checking import check_everything, reach
from bot.commands.finding import Finding
from bot.commands.running import table
from bot.sandbox import Sandbox
from bot.settings import load_settings
from bot.telegram.client import Client
from bot.telegram.inbound import ALLOWED_UPDATES
from bot.telegram.profile import set_profile

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WANTED = "https://bot.ornek.com/telegram"


def findings(
    folder: Path, prepare: Callable[[Sandbox], Awaitable[dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> dict[str, Finding]:
    monkeypatch.chdir(folder)

    async def work() -> dict[str, Finding]:
        sandbox = Sandbox()
        await sandbox.start()
        given = {
            "bot_token": sandbox.token,
            "bot_api_url": sandbox.bot_api_url,
            "licrus_url": sandbox.licrus_url,
            "licrus_auth_ticket": "sandbox-ticket",
            "database_url": f"sqlite:///{folder / 'devreye.db'}",
            "environment": "test",
        }
        try:
            found = await check_everything(load_settings(None, **given | await prepare(sandbox)))
        finally:
            await sandbox.stop()
        return {finding.what: finding for finding in found}

    return asyncio.run(work())


def test_what_is_set_up_as_init_does_it_needs_no_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def prepare(sandbox: Sandbox) -> dict[str, str]:
        group = sandbox.add_group("Servis Ofisi", "Zeynep", "Demir")
        async with Client(sandbox.token, sandbox.bot_api_url) as client:
            assert await set_profile(client, group) == []
        return {"operators_chat_id": str(group), "notice_url": "https://www.ornek.com/aydinlatma"}

    found = findings(tmp_path, prepare, monkeypatch)
    assert [finding for finding in found.values() if not finding.good or finding.advised] == []
    assert found["Ofisin grubu"].found == "Servis Ofisi"


def test_what_could_be_better_is_advised_and_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def prepare(sandbox: Sandbox) -> dict[str, str]:
        async with Client(sandbox.token, sandbox.bot_api_url) as client:
            await set_profile(client, None)
            await client.set_my_commands([("eski", "Eski")], BotCommandScopeAllPrivateChats(), "en")
        return {}

    found = findings(tmp_path, prepare, monkeypatch)
    assert all(finding.good for finding in found.values())
    advised = {what: finding.mend for what, finding in found.items() if finding.advised}
    assert list(advised) == ["Menü ve tanıtım", "Ofisin grubu", "Aydınlatma metni"]
    assert found["Menü ve tanıtım"].found == "komutlar kurulu değil ya da eski"
    assert "devreye init --only-telegram" in advised["Menü ve tanıtım"]
    lines = table(list(found.values()))
    assert lines[0].startswith("tamam  Ayar dosyası")
    assert sum(line.startswith("öneri ") for line in lines) == 3
    assert sum("  -> " in line for line in lines) == 3


def test_a_group_that_the_bot_is_not_in_is_found_and_so_is_a_channel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(sandbox: Sandbox) -> dict[str, str]:
        return {"operators_chat_id": "-100999"}

    async def channel(sandbox: Sandbox) -> dict[str, str]:
        async def found(client: Client, chat_id: int) -> Chat:
            return Chat(chat_id, ChatType.CHANNEL, title="Duyurular")

        monkeypatch.setattr(Client, "get_chat", found)
        return {"operators_chat_id": str(sandbox.add_group("Duyurular", "Zeynep", "Demir"))}

    for prepare, says in ((away, "bot bu grubu görmüyor"), (channel, "bu numara bir kanalın")):
        group = findings(tmp_path, prepare, monkeypatch)["Ofisin grubu"]
        assert (group.good, group.found) == (False, says)
        assert group.mend


def test_an_office_of_one_has_its_private_chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def private(sandbox: Sandbox) -> dict[str, str]:
        async with httpx.AsyncClient(base_url=sandbox.url) as http:
            person = (await http.post("/api/people", json={"name": "Ayşe"})).json()["chat_id"]
        return {"operators_chat_id": str(person)}

    assert findings(tmp_path, private, monkeypatch)["Ofisin grubu"].good


def test_a_settings_file_that_others_can_read_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(sandbox: Sandbox) -> dict[str, str]:
        return {}

    (tmp_path / ".env").write_text("BOT_TOKEN=1:x\n")
    for mode, good in ((0o640, False), (0o604, False), (0o600, True), (0o400, True)):
        (tmp_path / ".env").chmod(mode)
        found = findings(tmp_path, nothing, monkeypatch)["Ayar dosyası"]
        assert (found.good, found.mend) == (good, "chmod 600 .env")


@pytest.mark.parametrize(
    ("more", "good", "says"),
    [
        ({}, True, "WEBHOOK_URL adresinde"),
        ({"url": ""}, False, "yok"),
        ({"url": "https://baska.ornek.com/telegram"}, False, "başka bir adreste"),
        ({"allowed_updates": ["message"]}, False, "bütün mesajlar gelmiyor"),
        ({"last_error_date": NOW, "last_error_message": "Connection refused"}, True, "WEBHOOK_URL adresinde"),
        ({"last_error_date": NOW, "last_error_message": "Connection refused", "pending_update_count": 3}, False,
         "Telegram bota ulaşamıyor: Connection refused"),
        ({"last_error_date": NOW - timedelta(hours=2), "pending_update_count": 3}, True, "WEBHOOK_URL adresinde"),
        ({"pending_update_count": 101}, True, "WEBHOOK_URL adresinde, 101 mesaj bekliyor"),
    ],
)  # fmt: skip
def test_what_telegram_says_of_the_webhook_is_read(more: dict[str, Any], good: bool, says: str) -> None:
    usual = {"url": WANTED, "has_custom_certificate": False, "pending_update_count": 0}
    info = WebhookInfo(**{**usual, "allowed_updates": ALLOWED_UPDATES, **more})
    finding = checking_telegram._webhook(info, WANTED, NOW)
    assert (finding.good, finding.found) == (good, says)


def test_a_ticket_that_licrus_does_not_take_is_found_without_a_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ticket, good in (("sandbox-ticket", True), ("eski-bilet", False)):

        async def prepare(sandbox: Sandbox, ticket: str = ticket) -> dict[str, str]:
            return {"licrus_site_url": sandbox.licrus_site_url, "licrus_auth_ticket": ticket}

        found = findings(tmp_path, prepare, monkeypatch)["Bilet"]
        assert found.good is good
        assert ticket not in found.found + found.mend


def test_something_that_is_no_tls_is_told_apart_from_nothing_at_all() -> None:
    async def work() -> list[Finding]:
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            found = [await reach(f"https://127.0.0.1:{port}/api")]
        with contextlib.suppress(ssl.SSLError):
            found.append(await reach(f"https://127.0.0.1:{port}/api"))
        return found

    broken, away = asyncio.run(work())
    assert not broken.good
    assert not away.good
    assert away.found == "127.0.0.1 adresine ulaşılamadı"


def test_a_group_that_goes_on_under_another_number_is_told_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def moved(*_: object) -> None:
        raise ChatMigrated(-100123)

    async def prepare(sandbox: Sandbox) -> dict[str, str]:
        monkeypatch.setattr(Client, "get_chat", moved)
        return {"operators_chat_id": "-5"}

    group = findings(tmp_path, prepare, monkeypatch)["Ofisin grubu"]
    assert (group.good, group.advised, group.mend) == (True, True, "OPERATORS_CHAT_ID=-100123 yazın.")
