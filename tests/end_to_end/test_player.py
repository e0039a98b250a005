"""The transcript player, held against a bot of a few lines that speaks the Bot API by itself."""

import asyncio
import contextlib
from collections.abc import Container
from typing import Any

import httpx
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.player import Differs, play
from bot.sandbox.transcripts import parse_transcript

CALL = {
    "AuthTicket": "sandbox-ticket",
    "DealerCompanyName": "Test Bayi",
    "DealerContactPerson": "MUTLU ÖZCAN",
    "DealerMobilePhone": "5301231213",
    "DealerWorkPhone": "",
    "DealerEmail": "",
    "CustomerCompanyName": "",
    "CustomerFullName": "Ayşe Yılmaz",
    "CustomerMobilePhone": "5301231212",
    "CustomerWorkPhone": "",
    "CustomerEmail": "",
    "CustomerCity": "Istanbul",
    "CustomerDistrict": "Umraniye",
    "CustomerAddress": "Balkan Cad. No: 12",
    "ProductNameList": "ECODENSE WT 65",
    "ProductGroupName": "KAZAN",
    "ProductSerialNumberList": "99958",
    "DeviceCount": 1,
}

CONVERSATION = """
# Konuşan: beş satırlık bir bot.
Kişi: Ayşe Yılmaz, +905301231212
👤 /start
🤖 **Merhaba** Ayşe!
Numaranız?
[Numaramı paylaş]
[Geri]
👤 [Numaramı paylaş]
🤖 Numara: 905301231212
🤖 Son kontrol
[Onayla] [Vazgeç]
👤 (düzenle) /start => /basla
🤖 Düzeltildi: /basla
👤 (kişi kartı) Ali Veli, 0532 111 22 33
🤖 Numara: 05321112233
🤖 Son kontrol
[Onayla] [Vazgeç]
👤 (fotoğraf)
🤖 Bu bir photo.
👤 (çıkartma)
🤖 Bu bir sticker.
👤 [Onayla] (eski)
🤖 (düzenlendi) Gönderiliyor. Takip kodu: {kod}
🤖 (bildirim) Gönderiliyor
🤖 Çağrı açıldı.
Çağrı numarası: 43090
📨 Licrus: {"CustomerFullName": "Ayşe Yılmaz", "DeviceCount": 1, ...}
📨 Licrus: toplam 1 çağrı
🛠 Licrus: ret "Seri numarası bulunamadı"
👤 [Onayla]
🤖 (düzenlendi) Gönderiliyor. Takip kodu: {kod}
🤖 Olmadı: Seri numarası bulunamadı
"""


class FewLines:
    """Answers by the kind of update; `extra` is a message too many after /start."""

    def __init__(self, sandbox: Sandbox, extra: bool = False) -> None:
        self._api = f"{sandbox.bot_api_url}/bot{sandbox.token}"
        self._licrus = f"{sandbox.licrus_url}/ExternalCall/Create"
        self._extra = extra
        self._offset = 0
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    def sleep(self) -> int:
        raise NotImplementedError("it has no clock")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        async with httpx.AsyncClient(timeout=60, trust_env=False) as self._http:
            while True:
                answer = await self._call("getUpdates", offset=self._offset, timeout=20)
                for update in answer["result"]:
                    await self._take(update)
                    self._offset = update["update_id"] + 1

    async def _call(self, method: str, **parameters: Any) -> Any:
        return (await self._http.post(f"{self._api}/{method}", json=parameters)).json()

    async def _take(self, update: dict[str, Any]) -> None:
        if tap := update.get("callback_query"):
            await self._confirm(tap)
            return
        message = update.get("message") or update["edited_message"]
        chat = message["chat"]["id"]
        if "edited_message" in update:
            await self._call("sendMessage", chat_id=chat, text=f"Düzeltildi: {message['text']}")
        elif "contact" in message:
            await self._call("sendMessage", chat_id=chat, text=f"Numara: {message['contact']['phone_number']}")
            buttons = [{"text": text, "callback_data": f"{text}-1"} for text in ("Onayla", "Vazgeç")]
            markup: dict[str, Any] = {"inline_keyboard": [buttons]}
            await self._call("sendMessage", chat_id=chat, text="Son kontrol", reply_markup=markup)
        elif "text" in message:
            rows = [[{"text": "Numaramı paylaş", "request_contact": True}], [{"text": "Geri"}]]
            markup = {"keyboard": rows, "one_time_keyboard": True}
            text = "<b>Merhaba</b> Ayşe!\nNumaranız?"
            await self._call("sendMessage", chat_id=chat, text=text, parse_mode="HTML", reply_markup=markup)
            if self._extra:
                await self._call("sendMessage", chat_id=chat, text="Bir de bu var.")
        else:
            kind = next(kind for kind in ("photo", "sticker") if kind in message)
            await self._call("sendMessage", chat_id=chat, text=f"Bu bir {kind}.")

    async def _confirm(self, tap: dict[str, Any]) -> None:
        chat, message_id = tap["message"]["chat"]["id"], tap["message"]["message_id"]
        text = "Gönderiliyor. Takip kodu: D-7K3F"
        await self._call("editMessageText", chat_id=chat, message_id=message_id, text=text)
        await self._call("answerCallbackQuery", callback_query_id=tap["id"], text="Gönderiliyor")
        answer = (await self._http.post(self._licrus, json=CALL)).json()
        sentence = answer["MessageList"][0]["Message"]
        number = sentence.rpartition(" ")[2]
        told = f"Olmadı: {sentence}" if answer["HasError"] else f"Çağrı açıldı.\nÇağrı numarası: {number}"
        await self._call("sendMessage", chat_id=chat, text=told)


def played(text: str, *, extra: bool = False, restarts: Container[int] = ()) -> tuple[str | None, list[str]]:
    lines: list[str] = []

    async def run() -> str | None:
        sandbox = Sandbox()
        await sandbox.start()
        bot = FewLines(sandbox, extra)
        await bot.start()
        try:
            transcript = parse_transcript(text, "sohbet.txt")
            return await play(transcript, sandbox.url, say=lines.append, bot=bot, restarts=restarts)
        finally:
            await bot.stop()
            await sandbox.stop()

    return asyncio.run(run()), lines


@pytest.mark.parametrize("restarts", [(), range(100)])
def test_a_conversation_that_goes_as_written_ends_with_its_call_number(restarts: Container[int]) -> None:
    number, lines = played(CONVERSATION, restarts=restarts)
    assert number == "43090"
    assert lines[0] == "👤 /start"
    assert lines[1] == "🤖 Merhaba Ayşe!\nNumaranız?\n[Numaramı paylaş]\n[Geri]"


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("Numaranız?", "Telefonunuz?", "-Telefonunuz?\n+Numaranız?"),
        ("[Geri]\n", "", "+[Geri]"),
        ("🤖 Düzeltildi: /basla\n", "", "+🤖 Düzeltildi: /basla"),
        (
            "🤖 (düzenlendi) Gönderiliyor. Takip kodu: {kod}\n🤖 Olmadı",
            "🤖 Gönderiliyor. Takip kodu: {kod}\n🤖 Olmadı",
            "-🤖 G",
        ),
        ('"DeviceCount": 1', '"DeviceCount": 2', "-DeviceCount: 2"),
        ("toplam 1", "toplam 2", "Licrus 1 çağrı aldı"),
        ("👤 [Onayla]\n", "👤 [Gönder]\n", "böyle bir düğme yok: [Gönder]"),
    ],
)
def test_a_difference_is_shown_with_its_place(right: str, wrong: str, told: str) -> None:
    assert right in CONVERSATION
    with pytest.raises(Differs) as difference:
        played(CONVERSATION.replace(right, wrong))
    assert str(difference.value).startswith("sohbet.txt:")
    assert told in str(difference.value)


def test_a_message_too_many_is_a_difference() -> None:
    with pytest.raises(Differs, match="Bir de bu var"):
        played(CONVERSATION, extra=True)


def test_a_message_that_never_comes_is_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sandbox.player.ANSWER_SECONDS", 0.5)
    with pytest.raises(Differs, match="-🤖 Orada mısınız"):
        played(CONVERSATION.replace("👤 (düzenle)", "🤖 Orada mısınız?\n👤 (düzenle)"))
