"""Many people, a bot or its database killed (-9) at random instants, and a verdict from what Telegram and Licrus saw.

    python -m tests.crash.campaign --kills 1000 --people 200 --seed 1

People hold one conversation after the other until the last kill, then finish the one they are in. The seed decides
what people do and where the killer aims; the scheduling of the machine is not in its power. Exit code 1 for any
violation, and where a phase was hit by too few of the kills; the bot's log is kept then.
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

from tests.crash.bot_process import BotProcess
from tests.crash.conversations import script
from tests.crash.house import House, Plan, Victim, built
from tests.crash.people import Conversation, Person, Town, patience_s
from tests.crash.phases import LEAST_SHARE, Sight, phases, table, thin
from tests.crash.verdict import Verdict, judge

READY_WITHIN_S = 30.0
AIMS = {"any": 15, "person": 15, "bot": 10, "summary": 30, "licrus": 20, "starting": 10}
"""What the killer waits for, and how often in a hundred kills."""
SERVES_PER_PERSON = 0.5
SERVES_WITHIN_S = 5.0
"""A bot that is killed as soon as it is ready serves nobody: before, it says up to so many messages, if it has them."""
ARRIVES_PER_PERSON_S = 0.3
"""People come one after the other, so that all phases are under way at once. Killing begins with the first call."""
AIM_WITHIN_S = 1.0
LONGEST_AFTER_S = {"any": 0.6, "person": 0.012, "bot": 0.006, "summary": 0.004, "licrus": 0.008, "starting": 0.9}
"""The kill comes at a random moment up to so long after what was waited for."""
SAID_EVERY = 50


@dataclass(slots=True)
class Report:
    """What a campaign came to."""

    plan: Plan
    kills: int = 0
    ended_by_itself: int = 0
    began: float = field(default_factory=time.monotonic)
    seconds: float = 0.0
    hit: Counter[str] = field(default_factory=Counter)
    conversations: list[Conversation] = field(default_factory=list)
    verdict: Verdict = field(default_factory=Verdict)

    @property
    def good(self) -> bool:
        return self.verdict.good and not self.ended_by_itself

    @property
    def thin(self) -> list[str]:
        """The phases into which too few of the kills fell to prove anything."""
        return thin(self.hit, self.kills)

    def text(self) -> str:
        answers = sum(len(conversation.script.steps) for conversation in self.conversations)
        lines = [
            f"{self.plan}",
            f"{self.kills} kills in {self.seconds:.0f} s on {os.cpu_count()} cores, of which fell into each phase:",
            table(self.hit, self.kills),
            f"{len(self.conversations)} conversations with {answers} answers: "
            f"{self.verdict.created} told their call number, {self.verdict.unknown} told that it is being checked",
            *(f"{len(found):>5} {kind}" for kind, found in self.verdict.found.items()),
            f"{self.ended_by_itself:>5} times the bot ended by itself",
            *(f"fewer than {LEAST_SHARE:.0%} of the kills fell into: {phase}" for phase in self.thin),
        ]
        lines += [f"  {kind}: {sentence}" for kind, found in self.verdict.found.items() for sentence in found[:10]]
        return "\n".join(lines)


async def run(plan: Plan, folder: Path) -> Report:
    """One campaign with the bot's data in this folder."""
    report = Report(plan)
    async with built(plan, folder) as house:
        chance = random.Random(plan.seed)
        town = Town(house.http, chance, patience_s(plan.people, quick_leases=plan.quick_leases))
        following = asyncio.create_task(town.follow())
        done = asyncio.Event()
        numbers = itertools.count(1)
        inhabitants = [await town.add_person(f"Kişi {number}") for number in range(1, plan.people + 1)]
        lives = asyncio.gather(*(live(person, numbers, done, town) for person in inhabitants))
        try:
            await killing(house, town, report, random.Random(plan.seed + 1))
            done.set()
            while not lives.done():
                await asyncio.wait({lives}, timeout=0.5)
                await house.revive()
            await lives
            report.ended_by_itself = house.ended_by_itself
            report.conversations = [talk for person in inhabitants for talk in person.conversations]
            report.verdict = await verdict_on(report.conversations, house.http)
        finally:
            for task in (lives, following):
                task.cancel()
            await asyncio.gather(lives, following, return_exceptions=True)
    report.seconds = time.monotonic() - report.began
    return report


async def live(person: Person, numbers: Iterator[int], done: asyncio.Event, town: Town) -> None:
    """One conversation after the other until it is done; whoever is stuck stays so."""
    await asyncio.sleep(town.chance.random() * len(town.people) * ARRIVES_PER_PERSON_S)
    while True:
        conversation = await person.hold(script(next(numbers), town.chance))
        if done.is_set() or conversation.stuck is not None:
            return


async def killing(house: House, town: Town, report: Report, chance: random.Random) -> None:
    """Start the bots, let them run for a moment, kill one or their database; so many times. All run at the end."""
    plan = report.plan
    for bot in house.bots:
        await house.start(bot)
        await ready(house, town, bot)
    await town.life.next("licrus", town.patience_s)
    due = time.monotonic()
    while report.kills < plan.kills:
        await house.revive()
        if plan.every is None:
            victim, served = await at_a_moment(house, town, chance, plan)
        else:
            due = max(due + plan.every, time.monotonic())
            await asyncio.sleep(due - time.monotonic())
            victim, served = await one_that_serves(house, chance)
            await aimed(town, chance, *chance.choices(list(AIMS), list(AIMS.values())))
        await house.kill(victim)
        report.kills += 1
        sight, since = Sight.of(town), victim.started_at
        if victim is house.postgresql:
            # Without it there is nothing to look at. What the bot does with it meanwhile is little.
            await house.start(victim)
        found = {"starting"}
        if served:
            found, taken = await asyncio.to_thread(phases, house.database_url, sight, since)
            town.life.updates -= taken
        report.hit.update(found)
        if victim is not house.postgresql:
            await house.start(victim)
        if report.kills % SAID_EVERY == 0:
            begun = sum(len(person.conversations) for person in town.people.values())
            seconds = time.monotonic() - report.began
            print(f"{report.kills} kills in {seconds:.0f} s, {begun} conversations begun", file=sys.stderr, flush=True)


async def at_a_moment(house: House, town: Town, chance: random.Random, plan: Plan) -> tuple[Victim, bool]:
    """What to kill just now, when it has run for a while, and whether it had begun to take updates."""
    victim = house.postgresql if plan.victim == "postgresql" else chance.choice(house.bots)
    assert victim is not None
    (aim,) = chance.choices(list(AIMS), list(AIMS.values()))
    if aim != "starting" and await ready(house, town, victim):
        await town.life.said_more(int(chance.random() * SERVES_PER_PERSON * len(town.people)), SERVES_WITHIN_S)
    await aimed(town, chance, aim)
    return victim, await takes_updates(house, town, victim)


async def aimed(town: Town, chance: random.Random, aim: str) -> None:
    """Returns a moment after what the killer aims at."""
    if aim not in ("any", "starting"):
        await town.life.next(aim, AIM_WITHIN_S)
    await asyncio.sleep(chance.random() * LONGEST_AFTER_S[aim])


async def one_that_serves(house: House, chance: random.Random) -> tuple[Victim, bool]:
    """One of the bots that take updates, or any, and whether it does: a slow machine may still be starting some."""
    serving = [bot for bot in house.bots if await house.takes_updates(bot)]
    return chance.choice(serving or house.bots), bool(serving)


async def ready(house: House, town: Town, victim: Victim) -> bool:
    """Whether it takes updates, as soon as it does; False if that takes too long."""
    deadline = time.monotonic() + READY_WITHIN_S
    while not await takes_updates(house, town, victim):
        if time.monotonic() >= deadline:
            return False
        await asyncio.sleep(0.01)
    return True


async def takes_updates(house: House, town: Town, victim: Victim) -> bool:
    """Whether the bot has begun to take updates since its start; of a database, whether it has spoken since then."""
    if isinstance(victim, BotProcess):
        return await house.takes_updates(victim)
    return town.life.spoke_at > victim.started_at


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


def asked() -> Plan:
    """The plan that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash.campaign", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--quick-leases", action="store_true", help="leases of seconds instead of a minute")
    parser.add_argument("--webhook", action="store_true", help="Telegram delivers, instead of being polled")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--victim", choices=("bot", "postgresql"), default="bot")
    parser.add_argument("--replicas", type=int, default=1, help="of the bot, behind a balancer")
    parser.add_argument("--every", type=float, metavar="SECONDS", help="kill so often, whether it is ready or not")
    try:
        return Plan(**vars(parser.parse_args()))
    except ValueError as error:
        parser.error(str(error))


def main() -> int:
    plan = asked()
    print(plan, flush=True)
    # The sandbox's server complains of every request that a kill cut in two.
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
    outcome: list[Report] = []
    with kept_on_failure(outcome) as folder:
        outcome.append(asyncio.run(run(plan, folder)))
    print(outcome[0].text())
    return 0 if outcome[0].good and not outcome[0].thin else 1


if __name__ == "__main__":
    sys.exit(main())
