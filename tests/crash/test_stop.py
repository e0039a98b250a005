"""A stop ends in ten seconds whatever hangs, and the next start goes on: nothing lost, nothing twice."""

import asyncio
import contextlib
import random
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.sandbox import Sandbox
from tests.crash.bot_process import BotProcess
from tests.crash.conversations import script
from tests.crash.people import SHORT_PATIENCE_S, TOLD_UNKNOWN, Conversation, Person, Town

HANGING = """
import asyncio, os, time
import bot.intake as intake
from bot.telegram.client import Client
carry_out, take = Client.carry_out, intake.take
async def hung(self, method):
    if method["method"] == "sendMessage" and os.path.exists("hanging"):
        await asyncio.sleep(3600)
    return await carry_out(self, method)
def slow(connection, inbound, *args, **more):
    if getattr(inbound.event, "text", "") == "yavaş" and os.path.exists("hanging"):
        open("slow", "w").close()
        time.sleep(float(open("hanging").read()))
    return take(connection, inbound, *args, **more)
Client.carry_out, intake.take = hung, slow
"""
PATIENT = {"LICRUS_READ_TIMEOUT_S": "12", "LICRUS_TOTAL_TIMEOUT_S": "12"}
STOPS_WITHIN_S = 10.0
NEXT = "Cihazı hangi bayiden aldınız?"


@dataclass(slots=True)
class Scene:
    """A bot in the middle of everything: one request at Licrus, one reply on its way to Telegram, one slow update."""

    town: Town
    bot: BotProcess
    sending: Person
    waiting: Person
    slow: Person


@contextlib.asynccontextmanager
async def everything_hangs(folder: Path, slow_s: float) -> AsyncIterator[Scene]:
    sandbox = Sandbox()
    await sandbox.start()
    bot = BotProcess(sandbox, folder, quick_leases=True, planted=HANGING, more=PATIENT)
    try:
        async with httpx.AsyncClient(base_url=sandbox.url, timeout=60, trust_env=False) as http:
            town = Town(http, random.Random(1), SHORT_PATIENCE_S)
            town.chances.slow_licrus = town.chances.cut_licrus = town.chances.double_tap = 0.0
            following = asyncio.create_task(town.follow())
            await bot.start()
            sending, waiting, slow = [await town.add_person(f"Kişi {number}") for number in range(3)]
            await sending.fill(Conversation(script(1, random.Random(1)), sending.chat_id))
            for person in (waiting, slow):
                heard = person.newest_bot_message_id
                await person.say("/start")
                await person.hears_more(heard)
            await town.post("/api/licrus/fault", {"kind": "timeout-after"})
            called = asyncio.create_task(town.life.next("licrus", SHORT_PATIENCE_S))
            await sending.tap(max(sending.summaries))
            assert await called
            (folder / "hanging").write_text(str(slow_s))
            await waiting.say("Müşteriyim")
            await slow.say("yavaş")
            async with asyncio.timeout(30):
                while not (folder / "slow").exists():  # noqa: ASYNC110 - the condition is another process's
                    await asyncio.sleep(0.02)
            yield Scene(town, bot, sending, waiting, slow)
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
    finally:
        await bot.kill()
        await sandbox.stop()


async def goes_on(folder: Path, scene: Scene) -> None:
    """The next start, with nothing that hangs: everybody is answered, once, and Licrus is not called again."""
    (folder / "hanging").unlink()
    heard = scene.slow.newest_bot_message_id
    await scene.bot.start()
    await scene.slow.hears_more(heard)
    async with asyncio.timeout(40):
        while not told_unknown(scene.sending) or not any(NEXT in text for text in scene.waiting.texts):
            await scene.town.life.next("bot", 1)
    # Nothing comes after that: neither a second call nor a second answer.
    await asyncio.sleep(1)
    assert told_unknown(scene.sending) == 1
    assert sum(NEXT in text for text in scene.waiting.texts) == 1
    calls = (await scene.town.http.get("/api/licrus/calls")).json()["calls"]
    assert [call["carried_out"] for call in calls] == [True]


def told_unknown(person: Person) -> int:
    return sum(len(TOLD_UNKNOWN.findall(text)) for text in person.texts)


@pytest.mark.parametrize("slow_s", [2, 60])
def test_a_stop_ends_in_time_whatever_hangs(tmp_path: Path, slow_s: float) -> None:
    async def work() -> None:
        async with everything_hangs(tmp_path, slow_s) as scene:
            began = time.monotonic()
            scene.bot.signal(signal.SIGTERM)
            code = await scene.bot.ended(30)
            took = time.monotonic() - began
            print(f"exit code {code} after {took:.1f} s")
            assert code == 0
            assert took < STOPS_WITHIN_S
            await goes_on(tmp_path, scene)

    asyncio.run(work())


def test_a_second_signal_waits_for_nothing(tmp_path: Path) -> None:
    async def work() -> None:
        async with everything_hangs(tmp_path, 0.5) as scene:
            began = time.monotonic()
            scene.bot.signal(signal.SIGTERM)
            await asyncio.sleep(1)
            scene.bot.signal(signal.SIGTERM)
            assert await scene.bot.ended(30) == 0
            assert time.monotonic() - began < 4
            await goes_on(tmp_path, scene)

    asyncio.run(work())
