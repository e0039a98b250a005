"""A copy of the database put back under a running business: the send journal stays, and no call is made twice.

One copy is taken while requests wait and others are being sent, and DEVREYE_RESTORES (1; more with `make crash`) at
random moments of the conversations.
"""

import asyncio
import contextlib
import os
import random
import sqlite3
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest

from bot.sandbox import Sandbox
from tests.crash.bot_process import BotProcess
from tests.crash.conversations import script
from tests.crash.people import SHORT_PATIENCE_S, TOLD_CODE, Conversation, Person, Town
from tests.crash.verdict import judge

SEED = int(os.environ.get("DEVREYE_SEED", "1"))
RESTORES = int(os.environ.get("DEVREYE_RESTORES", "1"))
PEOPLE = 5
TALKING_S = 3.0
"""About how long the conversations take; a random copy is taken within."""
SETTLED_WITHIN_S = 30.0


def copy_of(database: Path, copy: Path) -> Counter[str]:
    """A consistent copy of the running database; how many requests it holds in each state."""
    copy.unlink(missing_ok=True)
    with (
        contextlib.closing(sqlite3.connect(database)) as live,
        contextlib.closing(sqlite3.connect(copy)) as kept,
    ):
        live.backup(kept)
        return Counter(row[0] for row in kept.execute("SELECT state FROM requests"))


def put_back(database: Path, copy: Path) -> None:
    for leftover in database.parent.glob(f"{database.name}*"):
        leftover.unlink()
    copy.rename(database)


async def nothing_waits(database: Path) -> None:
    """Until no request and no message waits; what is read here decides only how long to wait, never the verdict."""
    deadline = time.monotonic() + SETTLED_WITHIN_S
    while time.monotonic() < deadline:
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as look:
            (requests,) = look.execute("SELECT count(*) FROM requests WHERE state IN ('queued', 'sending')").fetchone()
            (messages,) = look.execute("SELECT count(*) FROM outbox WHERE state = 'pending'").fetchone()
        if requests == messages == 0:
            return
        await asyncio.sleep(0.1)
    pytest.fail("the restored bot did not come to rest")


async def taken_up(http: httpx.AsyncClient) -> None:
    """Until the bot has fetched everything and waits for more."""
    deadline = time.monotonic() + SETTLED_WITHIN_S
    while time.monotonic() < deadline:
        state = (await http.get("/api/state")).json()
        if state["polling"] and not state["pending_updates"]:
            return
        await asyncio.sleep(0.05)
    pytest.fail("the restored bot does not fetch updates")


async def restored(folder: Path, seed: int, *, copy_after_s: float | None) -> Counter[str]:
    """Everybody's conversation, a copy taken on the way, put back after the last call number, and all taps once more.

    Without `copy_after_s` the copy is taken when all have confirmed: Licrus is slow, so some requests still wait.
    Returns the states of the copied requests; fails the test where any conversation had more than one call.
    """
    database, copy = folder / "devreye.db", folder / "copy.db"
    sandbox = Sandbox()
    await sandbox.start()
    bot = BotProcess(sandbox, folder, quick_leases=True)
    async with httpx.AsyncClient(
        base_url=sandbox.url, timeout=60, trust_env=False, limits=httpx.Limits(keepalive_expiry=1.0)
    ) as http:
        town = Town(http, random.Random(seed), SHORT_PATIENCE_S)
        town.chances.slow_licrus = town.chances.cut_licrus = 0.0
        following = asyncio.create_task(town.follow())
        try:
            await bot.start()
            people = [await town.add_person(f"Kişi {number}") for number in range(PEOPLE)]
            await town.post("/api/licrus/fault", {"kind": "drip", "times": PEOPLE, "drip_seconds": 0.002})
            together = asyncio.Barrier(PEOPLE)
            talks = [
                asyncio.create_task(talk(person, number, together, meet=copy_after_s is None))
                for number, person in enumerate(people, 1)
            ]
            if copy_after_s is None:
                await everybody_has_confirmed(town)
            else:
                assert await town.life.next("bot", SHORT_PATIENCE_S)
                await asyncio.sleep(copy_after_s)
            states = copy_of(database, copy)
            conversations = await asyncio.gather(*talks)
            await nothing_waits(database)
            await bot.kill()
            put_back(database, copy)
            await bot.start()
            for person in people:
                await person.tap(max(person.summaries))
            await taken_up(http)
            await nothing_waits(database)
            calls = (await http.get("/api/licrus/calls")).raise_for_status().json()["calls"]
        finally:
            await bot.kill()
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            await sandbox.stop()
    verdict = judge(conversations, calls, {person.chat_id: person.texts for person in people})
    assert verdict.good, f"seed {seed}, copied {copy_after_s}: {verdict.found}"
    assert len(calls) == PEOPLE
    return states


async def talk(person: Person, number: int, together: asyncio.Barrier, *, meet: bool) -> Conversation:
    """One conversation; where they are to meet, all confirm at the same moment."""
    conversation = Conversation(script(number, random.Random(number)), person.chat_id)
    person.conversations.append(conversation)
    await person.fill(conversation)
    if meet:
        await together.wait()
    await person.confirm(conversation)
    return conversation


async def everybody_has_confirmed(town: Town) -> None:
    """Until everybody was told that the request is on its way."""
    while not all(any(TOLD_CODE.search(text) for text in person.texts) for person in town.people.values()):
        assert await town.life.next("bot", SHORT_PATIENCE_S)


def test_a_database_put_back_while_requests_waited_makes_no_second_call(tmp_path: Path) -> None:
    print(f"DEVREYE_SEED={SEED}")
    states = asyncio.run(restored(tmp_path, SEED, copy_after_s=None))
    # Otherwise the copy would prove nothing: these were sent after it was taken.
    assert states["queued"] > 0


@pytest.mark.parametrize("number", range(RESTORES))
def test_a_database_put_back_from_any_moment_makes_no_second_call(tmp_path: Path, number: int) -> None:
    chance = random.Random(SEED * 1000 + number)
    print(f"DEVREYE_SEED={SEED}, restore {number}")
    asyncio.run(restored(tmp_path, SEED * 1000 + number, copy_after_s=chance.random() * TALKING_S))
