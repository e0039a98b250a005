"""An update that ends the whole process is not tried for ever, and nobody else has to wait for it."""

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.commands.webhook import set_webhook
from bot.sandbox import Sandbox
from bot.settings import load_settings
from bot.telegram.client import Client
from tests.crash.bot_process import BotProcess
from tests.crash.people import SHORT_PATIENCE_S, Person, Town
from tests.end_to_end.test_webhook import free_port, webhook_settings

DEADLY = """
import os
import bot.intake as intake
original = intake.take
def deadly(connection, inbound, *args, **more):
    if getattr(inbound.event, "text", "") == "zehir":
        os._exit(9)
    return original(connection, inbound, *args, **more)
intake.take = deadly
"""
APOLOGY = "Bu mesajınızı işleyemedim"
DEATHS = 4
"""The first is in a life without suspicion, and is not counted."""


@contextlib.asynccontextmanager
async def town_with_a_bot(folder: Path, *, webhook: bool) -> AsyncIterator[tuple[Town, BotProcess]]:
    sandbox = Sandbox()
    await sandbox.start()
    more = webhook_settings(free_port()) if webhook else {}
    bot = BotProcess(sandbox, folder, quick_leases=True, planted=DEADLY, more=more)
    try:
        async with httpx.AsyncClient(base_url=sandbox.url, timeout=60, trust_env=False) as http:
            town = Town(http, random.Random(1), SHORT_PATIENCE_S)
            following = asyncio.create_task(town.follow())
            if webhook:
                settings = load_settings(None, **(bot.settings | more))
                async with Client(sandbox.token, sandbox.bot_api_url) as client:
                    assert await set_webhook(client, settings) == 0
            yield town, bot
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
    finally:
        await bot.kill()
        await sandbox.stop()


async def says(person: Person, text: str) -> None:
    heard = person.newest_bot_message_id
    await person.say(text)
    await person.hears_more(heard)


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_an_update_that_kills_the_process_is_set_aside_after_three_counted_deaths(
    tmp_path: Path, webhook: bool
) -> None:
    deaths: list[int] = []

    async def supervise(bot: BotProcess) -> None:
        while True:
            code = await bot.ended(3600)
            assert code is not None
            deaths.append(code)
            await bot.start()

    async def work() -> dict[str, Any]:
        async with town_with_a_bot(tmp_path, webhook=webhook) as (town, bot):
            await bot.start()
            people = [await town.add_person(f"Kişi {number}") for number in range(6)]
            supervising = asyncio.create_task(supervise(bot))
            try:
                await asyncio.gather(*(says(person, "/start") for person in people))
                victim, others = people[0], people[1:]
                heard = [person.newest_bot_message_id for person in people]
                # They write while it is read and dies: whoever shares a batch with it must not die with it for ever.
                await asyncio.gather(victim.say("zehir"), *(person.say("Müşteriyim") for person in others))
                began = time.monotonic()
                async with asyncio.timeout(90):
                    await asyncio.gather(*(p.hears_more(h) for p, h in zip(people, heard, strict=True)))
                # The next message of the same person is answered like any other.
                await says(victim, "Müşteriyim")
            finally:
                supervising.cancel()
                await asyncio.gather(supervising, return_exceptions=True)
            return {
                "seconds": time.monotonic() - began,
                "victim": list(victim.texts),
                "others": [list(person.texts) for person in others],
            }

    told = asyncio.run(work())
    print(f"{deaths} after {told['seconds']:.1f} s")
    assert deaths == [9] * DEATHS
    assert sum(APOLOGY in text for text in told["victim"]) == 1
    assert "Cihazı hangi bayiden aldınız?" in told["victim"][-1]
    for texts in told["others"]:
        assert not any(APOLOGY in text for text in texts)
        assert "Cihazı hangi bayiden aldınız?" in texts[-1]
    assert (tmp_path / "log").read_text(encoding="utf-8").count("update_set_aside") == 1
