"""/sil in a running bot: what its commit and its worker leave on the disk, and a copy that is put back under it."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.commands.sandboxing import sandbox_and_bot
from bot.privacy import forgetting
from bot.privacy.remembering import remembered

NEEDLES = (b"rahime", b"5309876543", b"sat\xc4\xb1lm\xc4\xb1\xc5\x9fo")

pytestmark = pytest.mark.only_on_sqlite(reason="it looks into the file; the tables are looked at on both elsewhere")


def held(folder: Path) -> dict[str, list[bytes]]:
    """What of the person stands in which file, in whatever case."""
    found = {
        path.name: [needle for needle in NEEDLES if needle in path.read_bytes().lower()]
        for path in folder.iterdir()
        if path.name.startswith("devreye.")
    }
    return {name: needles for name, needles in found.items() if needles}


def put_back(copy: Path, folder: Path) -> None:
    for path in copy.iterdir():
        shutil.copy(path, folder / path.name)


def test_what_a_person_erases_is_gone_from_the_disk_and_stays_gone_when_a_copy_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "LOOK_EVERY_S", 0.1)
    copy, folder = tmp_path / "copy", tmp_path / "bot"
    folder.mkdir()

    async def work() -> None:
        async with (
            sandbox_and_bot(folder) as (sandbox, bot),
            httpx.AsyncClient(base_url=sandbox.url, trust_env=False, timeout=30) as http,
        ):
            person = {"name": "Rahime Satılmışoğlu"}
            chat = f"/api/chats/{(await http.post('/api/people', json=person)).json()['chat_id']}"

            async def heard(words: str) -> Any:
                async with asyncio.timeout(10):
                    while True:
                        messages = (await http.get(chat)).json()["messages"]
                        if messages and messages[-1]["from"] == "bot" and words in messages[-1]["text"]:
                            return messages[-1]
                        await asyncio.sleep(0.01)

            async def gone() -> None:
                async with asyncio.timeout(10):
                    while held(folder) or not remembered(folder / "devreye.erasures"):  # noqa: ASYNC110 - a disk tells nobody
                        await asyncio.sleep(0.05)

            async def says(text: str, answer: str) -> Any:
                await http.post(f"{chat}/text", json={"text": text})
                return await heard(answer)

            await says("/start", "Talebi kim dolduruyor?")
            await says("Bayiyim", "Firmanızın adı?")
            await says("Satılmışoğlu Isı", "Adınız ve soyadınız?")
            await says("Rahime Satılmışoğlu", "Cep telefonunuz?")
            await says("0530 987 65 43", "İş telefonunuz?")
            await bot.stop()
            assert set(held(folder)["devreye.db"]) == set(NEEDLES)
            shutil.copytree(folder, copy)
            await bot.start()
            sure = await says("/sil", "Verileriniz silinsin mi?")
            (yes, *_), *_ = sure["inline_keyboard"]
            tap = {"message_id": sure["message_id"], "callback_data": yes["callback_data"]}
            await http.post(f"{chat}/press", json=tap)
            await heard("Verileriniz silindi.")
            await gone()
            (erasure,) = remembered(folder / "devreye.erasures")
            assert erasure.asked_by == "person"
            await bot.stop()
            put_back(copy, folder)
            assert held(folder)
            await bot.start()
            await gone()
            assert "Gönderilmiş bir talebiniz yok." in (await says("/durum", "talebiniz"))["text"]

    asyncio.run(work())
