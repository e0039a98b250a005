"""Many people, one bot that is killed (-9) at random instants, and a verdict from what Telegram and Licrus saw.

    python -m tests.crash.campaign --kills 300 --people 40 --seed 1

People hold one conversation after the other until the last kill, then finish the one they are in. The seed decides
what people do and where the killer aims; the scheduling of the machine is not in its power. Exit code 1 for any
violation; the bot's log is kept then.
"""

import argparse
import asyncio
import contextlib
import itertools
import logging
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.sandbox import Sandbox
from tests.crash.bot_process import BotProcess, phases, table
from tests.crash.conversations import script
from tests.crash.people import PATIENCE_S, SHORT_PATIENCE_S, Conversation, Person, Town
from tests.crash.verdict import Verdict, judge

READY_WITHIN_S = 20.0
AIMS = {"any": 25, "person": 20, "bot": 20, "licrus": 25, "starting": 10}
"""What the killer waits for, and how often in a hundred kills."""
AIM_WITHIN_S = 1.0
LONGEST_AFTER_S = {"any": 0.6, "person": 0.012, "bot": 0.006, "licrus": 0.008, "starting": 0.9}
"""The kill comes at a random moment up to so long after what was waited for."""


@dataclass(slots=True)
class Report:
    """What a campaign came to."""

    seed: int
    people: int
    kills: int = 0
    ended_by_itself: int = 0
    seconds: float = 0.0
    hit: Counter[str] = field(default_factory=Counter)
    conversations: list[Conversation] = field(default_factory=list)
    verdict: Verdict = field(default_factory=Verdict)

    @property
    def good(self) -> bool:
        return self.verdict.good and not self.ended_by_itself

    def text(self) -> str:
        answers = sum(len(conversation.script.steps) for conversation in self.conversations)
        lines = [
            f"seed {self.seed}, {self.people} people, {self.kills} kills, {self.seconds:.0f} s, {os.cpu_count()} cores",
            "kills that fell into each phase:",
            table(self.hit, self.kills),
            f"{len(self.conversations)} conversations with {answers} answers: "
            f"{self.verdict.created} told their call number, {self.verdict.unknown} told that it is being checked",
            *(f"{len(found):>5} {kind}" for kind, found in self.verdict.found.items()),
            f"{self.ended_by_itself:>5} times the bot ended by itself",
        ]
        lines += [f"  {kind}: {sentence}" for kind, found in self.verdict.found.items() for sentence in found[:10]]
        return "\n".join(lines)


async def run(folder: Path, *, kills: int, people: int, seed: int, quick_leases: bool = False) -> Report:
    """One campaign with the bot's data in this folder."""
    report = Report(seed, people)
    began = time.monotonic()
    sandbox = Sandbox()
    await sandbox.start()
    bot = BotProcess(sandbox, folder, quick_leases=quick_leases)
    # The sandbox closes what was idle for 5 s; whoever writes in that very moment would be reset.
    limits = httpx.Limits(max_connections=people * 3 + 20, keepalive_expiry=1.0)
    async with httpx.AsyncClient(base_url=sandbox.url, timeout=120, trust_env=False, limits=limits) as http:
        town = Town(http, random.Random(seed), SHORT_PATIENCE_S if quick_leases else PATIENCE_S)
        following = asyncio.create_task(town.follow())
        try:
            done = asyncio.Event()
            numbers = itertools.count(1)
            inhabitants = [await town.add_person(f"Kişi {number}") for number in range(1, people + 1)]
            lives = asyncio.gather(*(live(person, numbers, done, town) for person in inhabitants))
            await killing(bot, town, report, kills, random.Random(seed + 1))
            done.set()
            await bot.start()
            await watched(lives, bot, report)
            report.conversations = [talk for person in inhabitants for talk in person.conversations]
            report.verdict = await verdict_on(report.conversations, http)
        finally:
            await bot.kill()
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
    await sandbox.stop()
    report.seconds = time.monotonic() - began
    return report


async def live(person: Person, numbers: Iterator[int], done: asyncio.Event, town: Town) -> None:
    """One conversation after the other until it is done; whoever is stuck stays so."""
    while True:
        conversation = await person.hold(script(next(numbers), town.chance))
        if done.is_set() or conversation.stuck is not None:
            return


async def killing(bot: BotProcess, town: Town, report: Report, kills: int, chance: random.Random) -> None:
    """Start the bot, let it run for a moment, kill it; so many times."""
    while report.kills < kills:
        await bot.start()
        (aim,) = chance.choices(list(AIMS), list(AIMS.values()))
        ready = False
        if aim != "starting":
            ready = await is_ready(bot, town)
            if aim != "any":
                await town.life.next(aim, AIM_WITHIN_S)
        await asyncio.sleep(chance.random() * LONGEST_AFTER_S[aim])
        ready = ready or answers_again(bot, town)
        if not await bot.kill():
            report.ended_by_itself += 1
        report.kills += 1
        for phase in phases(bot, town, ready=ready):
            report.hit[phase] += 1


def answers_again(bot: BotProcess, town: Town) -> bool:
    """Did it say anything since it was started?"""
    return town.life.last_bot_activity > time.monotonic() - (time.time() - bot.started_at)


async def is_ready(bot: BotProcess, town: Town) -> bool:
    """Whether it fetches updates or speaks, as soon as it does; False if that takes too long."""
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline and bot.running:
        if answers_again(bot, town):
            return True
        await asyncio.sleep(0.01)
        # Nobody may have said anything to it: then it waits for updates.
        if time.time() - bot.started_at > 2 and (await town.http.get("/api/state")).json()["polling"]:
            return True
    return False


async def watched(lives: "asyncio.Future[list[None]]", bot: BotProcess, report: Report) -> None:
    """Until everybody has come to an end; a bot that gives up meanwhile is started again, and counted."""
    while not lives.done():
        await asyncio.wait({lives}, timeout=0.5)
        if not bot.running:
            report.ended_by_itself += 1
            await bot.start()
    await lives


async def verdict_on(conversations: list[Conversation], http: httpx.AsyncClient) -> Verdict:
    """The verdict, from the sandbox's own memory."""
    calls = (await http.get("/api/licrus/calls")).raise_for_status().json()["calls"]
    texts: dict[int, list[str]] = {}
    for chat_id in {conversation.chat_id for conversation in conversations}:
        chat = (await http.get(f"/api/chats/{chat_id}")).raise_for_status().json()
        texts[chat_id] = [message["text"] for message in chat["messages"] if message["from"] == "bot"]
    return judge(conversations, calls, texts)


@contextlib.contextmanager
def kept_on_failure(outcome: list[Report]) -> Iterator[Path]:
    """A folder that goes away, unless the campaign found something or did not end."""
    folder = Path(tempfile.mkdtemp(prefix="devreye-crash-"))
    yield folder
    if outcome and outcome[0].good:
        shutil.rmtree(folder)
    else:
        print(f"The bot's log and data are kept in {folder}", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crash.campaign", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--quick-leases", action="store_true", help="leases of seconds instead of a minute")
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    # The sandbox's server complains of every request that a kill cut in two.
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
    outcome: list[Report] = []
    with kept_on_failure(outcome) as folder:
        outcome.append(
            asyncio.run(
                run(folder, kills=args.kills, people=args.people, seed=args.seed, quick_leases=args.quick_leases)
            )
        )
    print(outcome[0].text())
    return 0 if outcome[0].good else 1


if __name__ == "__main__":
    sys.exit(main())
