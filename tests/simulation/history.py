"""One history from its seed: people, the bot, the faults; then the verdict from what Telegram and Licrus saw."""

import asyncio
import logging
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.settings import Settings
from tests.crash.verdict import KINDS, Owners, Verdict, judge
from tests.simulation.operators import Operator
from tests.simulation.people import Person, Talk
from tests.simulation.talks import SHORT_TERMS, WHOLE_TERMS, short_script, whole_script
from tests.simulation.telegram import OPERATORS
from tests.simulation.world import Disk, World, settings

WHOLE_FORM = 0.08
"""How many histories hold conversations of the whole form: each takes five times as long as one of the short form."""
LONGEST_S = 40 * 3600.0
MOST_STEPS = 60_000
CALM_AFTER_S = (20.0, 400.0)
SETTLES_S = 80.0
LONGEST_QUEUE = 20
DOUBTS_SETTLE_S = 180.0
"""How long the world goes on after the last person has an end: where a request is in doubt, longer than a lease."""
OWN_KINDS = (
    "sent again after it may have been carried out",
    "messages without an answer",
    "operators not told",
    "set aside without a reason",
    "histories without an end",
)
FEWEST_LIVES = 4
"""An update is set aside when the process died of it thrice."""
OPERATOR_AT_WORK = 0.5
"""In how many histories an operator settles what needs a person."""
OPERATORS_UNKNOWN = ("Sonucu belirsiz talep", "Gönderilmeyen talep")
# The request as a card, or in one sentence where the card can't be made.
OPERATORS_HELD = ("Karar bekleyen talep", "Bekletilen talep")
ALL_KINDS = (*KINDS, *OWN_KINDS)


@dataclass(slots=True)
class Result:
    """What one history came to."""

    seed: int
    violations: list[tuple[str, str]]
    faults: Counter[str]
    visited: Counter[str]
    hit: Counter[str]
    figures: Counter[str]
    lines: list[str] = field(default_factory=list)
    cpu_s: float = 0.0

    @property
    def good(self) -> bool:
        return not self.violations


class Simulator:
    """Runs histories one after the other on one disk."""

    def __init__(self, folder: Path | None = None) -> None:
        self.disk = Disk(folder)
        self._settings: dict[bool, Settings] = {
            webhook: settings(self.disk, webhook=webhook) for webhook in (True, False)
        }

    def close(self) -> None:
        self.disk.close()

    def run(self, seed: int, *, tracing: bool = False) -> Result:
        """The history of this seed."""
        began = time.process_time()
        plan = random.Random(seed)
        webhook, whole = plan.random() < 0.75, plan.random() < WHOLE_FORM
        world = World(seed, self.disk, self._settings[webhook], WHOLE_TERMS if whole else SHORT_TERMS, tracing=tracing)
        world.calm_at = plan.uniform(*CALM_AFTER_S)
        with world.in_place():
            people = _people(world, plan, whole=whole)
            # Its own chance: histories without an operator go as they went before there were any.
            chance = random.Random(f"operator {seed}")
            operator = Operator(world, chance) if chance.random() < OPERATOR_AT_WORK else None
            ended = world.loop.run(_main(world, people, operator), LONGEST_S, MOST_STEPS)
            verdict = _verdict(world, people, operator, ended=ended)
        figures = Counter(
            histories=1,
            kills=world.kills,
            lives=world.lives,
            restores=int(world.restored),
            apologies=sum(person.apologised for person in people),
            updates=sum(len(chat.updates) for chat in world.telegram.chats.values()),
            messages=world.telegram.sent,
            requests=len(world.licrus.exchanges),
            calls=sum(exchange.carried_out for exchange in world.licrus.exchanges),
            conversations=sum(len(person.talks) for person in people),
            steps=world.loop.steps,
            resent=sum(map(len, operator.resent.values())) if operator is not None else 0,
            **{f"told {kind}": n for kind, n in _ends(people).items()},
        )
        violations = [(kind, sentence) for kind, found in verdict.found.items() for sentence in found]
        return Result(
            seed,
            violations,
            world.faults.counts,
            world.visited,
            world.hit,
            figures,
            world.lines or [],
            time.process_time() - began,
        )


@cache
def _simulator(folder: Path) -> Simulator:
    logging.disable()
    return Simulator(folder)


def histories(folder: Path, seeds: range) -> list[Result]:
    """The histories of these seeds, for a process that has nothing else to do; whoever made the folder erases it."""
    return [_simulator(folder).run(seed) for seed in seeds]


def _people(world: World, plan: random.Random, *, whole: bool) -> list[Person]:
    numbers = iter(range(1, 100))
    people = []
    for number in range(plan.choice((1, 2, 2, 3)) if not whole else 1):
        count = 2 if plan.random() < 0.3 else 1
        scripts = [whole_script(next(numbers), plan) if whole else short_script(next(numbers)) for _ in range(count)]
        people.append(Person(700 + number, world, scripts))
    return people


async def _main(world: World, people: list[Person], operator: Operator | None) -> None:
    world.spawn(world.supervise())
    world.spawn(world.stop_at_times())
    world.spawn(world.restore_once())
    world.loop.call_later(world.calm_at, world.faults.stop)
    await asyncio.gather(*(person.live() for person in people))
    world.faults.stop()
    doubtful = world.restored or any(not exchange.certain for exchange in world.licrus.exchanges)
    for _ in range(LONGEST_QUEUE):
        if not any(update.state == "waiting" for chat in world.telegram.chats.values() for update in chat.updates):
            break
        await asyncio.sleep(SETTLES_S)
    await asyncio.sleep(DOUBTS_SETTLE_S if doubtful else SETTLES_S)
    if operator is not None:
        for _ in range(2 * LONGEST_QUEUE):
            if not operator.busy:
                break
            await asyncio.sleep(SETTLES_S)
        await asyncio.sleep(DOUBTS_SETTLE_S)


def _ends(people: list[Person]) -> Counter[str]:
    ends: Counter[str] = Counter()
    for talk in (talk for person in people for talk in person.talks):
        conversation = talk.conversation
        if conversation.number is not None:
            ends["created"] += 1
        elif conversation.unknown:
            ends["unknown"] += 1
        elif talk.held:
            ends["held"] += 1
        elif talk.refusals:
            ends["refused"] += 1
    return ends


def _verdict(world: World, people: list[Person], operator: Operator | None, *, ended: bool) -> Verdict:
    """The campaign's verdict on the calls that were made, and what only this simulator can see."""
    talks = [talk for person in people for talk in person.talks]
    owners = Owners([talk.conversation for talk in talks])
    by_number = {talk.conversation.script.number: talk for talk in talks}
    calls = []
    for exchange in world.licrus.exchanges:
        owner = owners.of(exchange.parsed)
        if owner is not None:
            _take_what_was_confirmed(by_number[owner.script.number], exchange.parsed)
        if exchange.carried_out:
            calls.append({"parsed": exchange.parsed, "carried_out": True, "call_number": exchange.call_number})
    verdict = judge(
        [talk.conversation for talk in talks],
        calls,
        {chat: known.texts for chat, known in world.telegram.chats.items()},
    )
    verdict.found |= {kind: [] for kind in OWN_KINDS}
    if world.restored:
        # What came after the copy is gone for good; that no call is made twice has to hold all the same.
        for kind in ("answers lost", "people stuck", "confirmed without an end"):
            verdict.found[kind].clear()
    _look_at_exchanges(world, owners, verdict, operator.resent if operator is not None else {})
    if any(person.apologised for person in people) and world.lives < FEWEST_LIVES:
        verdict.found["set aside without a reason"].append(f"after {world.lives} lives")
    if not ended:
        verdict.found["histories without an end"].append(f"at {world.loop.time():.0f} s, {world.loop.steps} steps")
    elif not world.restored:
        _look_at_answers(world, verdict)
        _look_at_operators(world, talks, verdict)
    return verdict


def _take_what_was_confirmed(talk: Talk, body: dict[str, object]) -> None:
    """Of several summaries that were tapped, any may be the one that was sent; the last one if none fits."""
    sent = {name: value for name, value in body.items() if name != "AuthTicket"}
    fitting = [script for script in talk.tapped if script.body == sent]
    if talk.tapped:
        talk.conversation.script = (fitting or talk.tapped)[-1]


def _look_at_exchanges(world: World, owners: Owners, verdict: Verdict, resent: Mapping[str, Sequence[float]]) -> None:
    """What may have been carried out is sent again only after an operator looked, and once for each decision."""
    doubtful: set[int] = set()
    decided = {customer: list(times) for customer, times in resent.items()}
    for exchange in world.licrus.exchanges:
        owner = owners.of(exchange.parsed)
        number = owner.script.number if owner is not None else 0
        looks = decided.get(exchange.parsed["CustomerFullName"], [])
        if number in doubtful and looks and looks[0] < exchange.at:
            doubtful.remove(number)
            decided[exchange.parsed["CustomerFullName"]] = [at for at in looks if at > exchange.at]
        if number in doubtful:
            verdict.found[OWN_KINDS[0]].append(f"conversation {number}: request at {exchange.at:.1f} s")
        if exchange.carried_out or not exchange.certain:
            doubtful.add(number)


def _look_at_answers(world: World, verdict: Verdict) -> None:
    """The last update of each chat was followed by a message of the bot's."""
    for chat in world.telegram.chats.values():
        texts = [update for update in chat.updates if not update.tap and "my_chat_member" not in update.raw]
        if not texts or chat.excused:
            continue
        last = texts[-1]
        if last.state != "acknowledged":
            verdict.found[OWN_KINDS[1]].append(f"chat {chat.chat_id}: update {last.update_id} is still {last.state}")
        elif last.first_delivered_at is None or chat.last_said_at < last.first_delivered_at:
            verdict.found[OWN_KINDS[1]].append(f"chat {chat.chat_id}: nothing came after update {last.update_id}")


def _look_at_operators(world: World, talks: list[Talk], verdict: Verdict) -> None:
    heard = "\n".join(world.telegram.chat(OPERATORS).texts)
    for talk in talks:
        if talk.conversation.unknown and not any(words in heard for words in OPERATORS_UNKNOWN):
            verdict.found[OWN_KINDS[2]].append(f"conversation {talk.conversation.script.number}: unknown")
        if talk.held and not any(words in heard for words in OPERATORS_HELD):
            verdict.found[OWN_KINDS[2]].append(f"conversation {talk.conversation.script.number}: held")
        if talk.poisoned and "kenara ayrıldı" not in heard:
            verdict.found[OWN_KINDS[2]].append(f"conversation {talk.conversation.script.number}: set aside")
