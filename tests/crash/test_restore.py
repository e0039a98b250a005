"""A copy of the database put back under a running business: the send journal stays, and no call is made twice.

One copy is taken while requests wait and others are being sent, and DEVREYE_RESTORES (1; more with `make crash`) at
random moments of the conversations. After the restore people tap their summary once more, or answer what they are
asked again with other answers and confirm that: the same draft, often the same revision, and another body.
"""

import asyncio
import contextlib
import os
import random
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args

import httpx
import pytest

from bot.sandbox import Sandbox
from bot.storage.copying import write_backup
from bot.storage.database import make_engine
from tests.crash.bot_process import BotProcess
from tests.crash.conversations import Script, script
from tests.crash.people import SHORT_PATIENCE_S, TOLD_CODE, TOLD_NUMBER, Conversation, Person, Town
from tests.crash.verdict import judge

SEED = int(os.environ.get("DEVREYE_SEED", "1"))
RESTORES = int(os.environ.get("DEVREYE_RESTORES", "1"))
Way = Literal["file", "restore", "without the journal"]
PEOPLE = 5
TALKING_S = 3.0
"""About how long the conversations take; a random copy is taken within."""
SETTLED_WITHIN_S = 30.0
ANSWERS_ANEW = 0.7
"""How many of those who are in the middle of the restored draft answer it anew; the others tap what they have."""
LONGEST_TALK = 40
SHOWN = (
    "CustomerFullName",
    "CustomerMobilePhone",
    "CustomerAddress",
    "ProductNameList",
    "ProductGroupName",
    "ProductSerialNumberList",
    "DealerCompanyName",
)
"""What the summary shows as it is sent, but for spaces."""


def copy_of(database: Path, copy: Path) -> None:
    """A consistent copy of the running database."""
    copy.unlink(missing_ok=True)
    with (
        contextlib.closing(sqlite3.connect(database)) as live,
        contextlib.closing(sqlite3.connect(copy)) as kept,
    ):
        live.backup(kept)


def states_in(copy: Path) -> Counter[str]:
    """How many requests this copy holds in each state."""
    with contextlib.closing(sqlite3.connect(copy)) as kept:
        return Counter(row[0] for row in kept.execute("SELECT state FROM requests"))


def in_the_middle(copy: Path) -> set[int]:
    """The chats whose draft is open in this copy; read only for who can answer it anew."""
    with contextlib.closing(sqlite3.connect(copy)) as kept:
        return {row[0] for row in kept.execute("SELECT chat_id FROM drafts WHERE status = 'open'")}


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


async def restored(folder: Path, seed: int, *, copy_after_s: float | None, way: Way = "file") -> Counter[str]:
    """Everybody's conversation, a copy taken on the way, put back after the last call number, and all once more.

    `way`: the file itself is copied and put back, or it is backed up and restored; the journal may be lost with the
    database. Without `copy_after_s` the copy is taken when all have confirmed: Licrus is slow, so some still wait.
    Returns the states of the copied requests, and how many answered "anew"; fails the test where any conversation had
    more than one call, or anybody was told the number of a call with other answers than those they confirmed.
    """
    database, copy = folder / "devreye.db", folder / "copy.db"
    chance = random.Random(seed)
    sandbox = Sandbox()
    await sandbox.start()
    bot = BotProcess(sandbox, folder, quick_leases=True)
    async with httpx.AsyncClient(
        base_url=sandbox.url, timeout=60, trust_env=False, limits=httpx.Limits(keepalive_expiry=1.0)
    ) as http:
        town = Town(http, chance, SHORT_PATIENCE_S)
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
            if way == "file":
                copy_of(database, copy)
            else:
                await asyncio.to_thread(write_backup, make_engine(f"sqlite:///{database}"), copy, {})
            states, open_in = states_in(copy), in_the_middle(copy)
            conversations = await asyncio.gather(*talks)
            await nothing_waits(database)
            await bot.kill()
            before = {person.chat_id: len(person.texts) for person in people}
            confirmed = {person.chat_id: newest_summary(person) for person in people}
            if way == "file":
                put_back(database, copy)
            else:
                if way == "without the journal":
                    database.with_suffix(".journal").unlink()
                await bot.command("restore", copy.name, "--replace")
            await bot.start()
            for person in people:
                await person.tap(max(person.summaries))
            await taken_up(http)
            await nothing_waits(database)
            for number, person in enumerate(people, 1):
                if person.chat_id in open_in and not told_an_end(person, before) and chance.random() < ANSWERS_ANEW:
                    await answer_anew(person, other_script(number))
                    confirmed[person.chat_id] = newest_summary(person)
                    states["anew"] += 1
            await taken_up(http)
            await nothing_waits(database)
            calls = (await http.get("/api/licrus/calls")).raise_for_status().json()["calls"]
        finally:
            await bot.kill()
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            await sandbox.stop()
    verdict = judge(conversations, calls, {person.chat_id: person.texts[: before[person.chat_id]] for person in people})
    assert verdict.good, f"seed {seed}, copied {copy_after_s}: {verdict.found}"
    assert len(calls) == PEOPLE
    for person in people:
        for told in told_since(person, before):
            call = next(call["parsed"] for call in calls if str(call["call_number"]) == told)
            differing = not_shown(call, confirmed[person.chat_id])
            assert not differing, f"seed {seed}: {told} was told for other answers: {differing}"
    return states


def newest_summary(person: Person) -> str:
    return next(text for text in reversed(person.texts) if "Son kontrol" in text)


def told_since(person: Person, before: Mapping[int, int]) -> set[str]:
    texts = person.texts[before[person.chat_id] :]
    return {number for text in texts for number, _ in TOLD_NUMBER.findall(text)}


def told_an_end(person: Person, before: Mapping[int, int]) -> bool:
    """The tap found the summary as it was: it was confirmed by that."""
    return any(TOLD_CODE.search(text) for text in person.texts[before[person.chat_id] :])


def not_shown(body: Mapping[str, Any], summary: str) -> list[str]:
    """The fields of this body that the summary showed otherwise."""
    seen = re.sub(r"\s", "", summary)
    return [name for name in SHOWN if re.sub(r"\s", "", str(body[name])) not in seen]


def other_script(number: int) -> Script:
    """Other answers to the same questions."""
    same = script(number, random.Random(number)).steps[0].answer
    scripts = (script(100 * number + other, random.Random(other)) for other in range(100))
    return next(found for found in scripts if found.steps[0].answer == same)


async def answer_anew(person: Person, answers: Script) -> None:
    """Whatever is asked, answered with these; at a summary, two questions back first; last, the summary confirmed."""
    left = list(answers.steps)
    backs = 2
    heard = person.newest_bot_message_id
    await person.say("/start")
    for _ in range(LONGEST_TALK):
        await person.hears_more(heard)
        assert person.newest is not None
        heard, text = person.newest_bot_message_id, person.newest["text"]
        step = next((step for step in left if step.question in text), None)
        if backs and (backs < 2 or "Son kontrol" in text):
            backs -= 1
            await person.say("geri")
        elif step is not None:
            backs = 0
            left.remove(step)
            await person.say(step.answer)
        else:
            assert "Son kontrol" in text, f"neither a summary nor a question that is left: {text}"
            return await person.tap(max(person.summaries))
    pytest.fail(f"the summary never came; the last message was: {text}")


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


@pytest.mark.parametrize("way", ["file", "without the journal"])
def test_a_database_put_back_while_requests_waited_makes_no_second_call(tmp_path: Path, way: Way) -> None:
    print(f"DEVREYE_SEED={SEED}")
    states = asyncio.run(restored(tmp_path, SEED, copy_after_s=None, way=way))
    # Otherwise the copy would prove nothing: these were sent after it was taken.
    assert states["queued"] > 0


@pytest.mark.parametrize("number", range(RESTORES))
def test_a_database_put_back_from_any_moment_makes_no_second_call(tmp_path: Path, number: int) -> None:
    chance = random.Random(SEED * 1000 + number)
    print(f"DEVREYE_SEED={SEED}, restore {number}")
    way = chance.choice(get_args(Way))
    after_s = chance.random() * TALKING_S
    states = asyncio.run(restored(tmp_path, SEED * 1000 + number, copy_after_s=after_s, way=way))
    print(way, dict(states))
