"""A round: so many updates from people side by side, each judged; afterwards everybody can still get to the end.

How the time is judged: every update is timed from the request to the response, with seven others beside it. Where
that takes longer than the bound, the CPU time that the whole process used meanwhile tells computing from waiting for
the machine: more CPU time than the bound is a fault at once. Otherwise the same bytes are given again, under an id of
their own and with nothing beside them, up to ten times with growing pauses; if none of them stays below the bound it is
a fault too: it waits for something, every time. What is left is counted as the machine's ("held up"), and printed.
"""

import asyncio
import json
import random
import re
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.fuzz.bench import Bench, Response, bench
from tests.fuzz.oracle import Expected, expected, refusal
from tests.fuzz.people import Person

PEOPLE = 60
SIDE_BY_SIDE = 8
BOUND_S = 0.25
TRIES_ALONE = 10
BATCHES_BETWEEN_CALLS = 25
MOST_STEPS = 60
APOLOGY = "Bu mesajınızı işleyemedim"
APOLOGY_EN = "could not process"

_STEP = re.compile(r"(?:Adım|Step) (\d+)/(\d+)")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that may not be: what, and the update that did it."""

    what: str
    seed: int
    round: int
    update: int
    body: bytes = b""
    heard: tuple[str, ...] = ()

    def __str__(self) -> str:
        again = f"python -m tests.fuzz --seed {self.seed} --round {self.round} --updates {self.update + 1}"
        heard = " | ".join(self.heard)[:300]
        return f"{self.what}\n  again: {again}\n  update: {self.body[:3000]!r}\n  before: {heard!r}"

    def keep(self) -> str:
        """Write the whole body to a file, since a busy machine may keep a round from going the same way again."""
        with tempfile.NamedTemporaryFile(prefix="devreye-fuzz-fault-", suffix=".json", delete=False) as kept:
            kept.write(self.body)
        return kept.name


@dataclass
class Report:
    """What came of the updates. Times in seconds."""

    updates: int = 0
    wall_s: float = 0.0
    cpu_s: float = 0.0
    longest_wall_s: float = 0.0
    longest_batch_cpu_s: float = 0.0
    held_up: int = 0
    answered: int = 0
    taps: int = 0
    rounds: int = 0
    ended: int = 0
    calls: int = 0
    moves: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    walls_ms: Counter[int] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def add(self, other: "Report") -> None:
        for name in ("updates", "wall_s", "cpu_s", "held_up", "answered", "taps", "rounds", "ended", "calls"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.longest_wall_s = max(self.longest_wall_s, other.longest_wall_s)
        self.longest_batch_cpu_s = max(self.longest_batch_cpu_s, other.longest_batch_cpu_s)
        for name in ("moves", "rules", "statuses", "states", "walls_ms"):
            getattr(self, name).update(getattr(other, name))
        self.faults += other.faults

    def within_ms(self, part: float) -> int:
        """The time within which this part of the updates was answered."""
        wanted, seen = part * self.walls_ms.total(), 0
        for ms in sorted(self.walls_ms):
            seen += self.walls_ms[ms]
            if seen >= wanted:
                return ms + 1
        return 0

    def text(self) -> str:
        def table(counter: Counter[Any]) -> str:
            return "\n".join(f"    {count:>9,}  {name}" for name, count in counter.most_common())

        cpu_ms = self.cpu_s / max(self.updates, 1) * 1000
        within = f"half within {self.within_ms(0.5)} ms, 99.9 % within {self.within_ms(0.999)} ms"
        return "\n".join(
            (
                f"{self.updates:,} updates in {self.rounds} rounds, {self.wall_s:.0f} s; "
                f"CPU {cpu_ms:.2f} ms an update, the fuzzer's own included",
                f"  answers: {self.answered:,} had to come, {self.taps:,} of them to taps; what is missing is a fault",
                f"  afterwards: {self.ended} conversations brought to their end; {self.calls} calls at Licrus",
                f"  time, {SIDE_BY_SIDE} side by side: {within}, the longest {self.longest_wall_s * 1000:.0f} ms",
                f"  most CPU time for {SIDE_BY_SIDE} updates together: {self.longest_batch_cpu_s * 1000:.0f} ms",
                f"  over {BOUND_S * 1000:.0f} ms for want of a processor, and below it alone: {self.held_up}",
                "  statuses:",
                table(self.statuses),
                "  what was sent:",
                table(self.moves),
                "  what had to come of it:",
                table(self.rules),
                "  where people were:",
                table(self.states),
                f"  faults: {len(self.faults)}",
            )
        )


class Round:
    """One bot, and the people who write to it."""

    def __init__(self, made: Bench, rng: random.Random, seed: int, number: int) -> None:
        self.bench = made
        self.rng = rng
        self.seed = seed
        self.number = number
        self.report = Report(rounds=1)
        self.people = [Person(random.Random(rng.getrandbits(64)), 10_000_000 + place) for place in range(PEOPLE)]
        self.by_chat = {person.chat_id: person for person in self.people}
        self.known_ids: set[Any] = set()
        self.next_id = 1

    async def run(self, updates: int) -> Report:
        """So many updates, then the way to the end."""
        batches = 0
        while self.report.updates < updates:
            several = min(SIDE_BY_SIDE, updates - self.report.updates)
            await self._batch(self.rng.sample(self.people, several))
            batches += 1
            if batches % BATCHES_BETWEEN_CALLS == 0:
                await self.bench.settle()
                self._listen(self.bench.telegram.take())
        for person in (*self.rng.sample(self.people, 3), Person(self.rng, 20_000_000)):
            await self._to_the_end(person)
        self.report.calls = self.bench.calls_at_licrus
        return self.report

    async def _batch(self, people: list[Person]) -> None:
        self.bench.now += 3.0
        bodies: list[bytes] = []
        for person in people:
            self.next_id += 1
            name, body = person.next_update(self.next_id, int(self.bench.now))
            self.report.moves[name] += 1
            self.report.states[state_of(person)] += 1
            bodies.append(body)
        wanted = [self._wanted(body) for body in bodies]
        cpu, wall = time.process_time(), time.perf_counter()
        responses = await asyncio.gather(*(self.bench.post(body) for body in bodies))
        cpu_s = time.process_time() - cpu
        given = [json.loads(response.body) for response in responses if response.body]
        calls = self.bench.telegram.calls
        in_time = await self.bench.said(lambda: not missing(wanted, [*given, *calls]))
        said = [*given, *self.bench.telegram.take()]
        self.report.wall_s += time.perf_counter() - wall
        self.report.cpu_s += time.process_time() - cpu
        self.report.longest_batch_cpu_s = max(self.report.longest_batch_cpu_s, cpu_s)
        for at, (body, response) in enumerate(zip(bodies, responses, strict=True)):
            self.report.statuses[response.status] += 1
            self.report.rules[wanted[at].rule] += 1
            if response.status >= 500:
                self._fault(f"answered with {response.status}", at, body, people[at])
            await self._judge_time(response, cpu_s, at, body, people[at])
        for at in missing(wanted, said):
            self._fault(f"no answer, though it is {wanted[at].rule}", at, bodies[at], people[at])
        if not in_time and not missing(wanted, said):
            self._fault("the outbox doesn't come to an end", 0, bodies[0], people[0])
        for method in said:
            if (reason := refusal(method)) is not None:
                self._fault(f"Telegram refuses {method['method']}: {reason}", *self._of(method, people, bodies))
            elif APOLOGY in (method.get("text") or "") or APOLOGY_EN in (method.get("text") or ""):
                self._fault("set aside: an exception of ours", *self._of(method, people, bodies))
        self.report.answered += sum(w.verdict in ("answer", "tap") for w in wanted)
        self.report.taps += sum(w.verdict == "tap" for w in wanted)
        self.report.updates += len(bodies)
        self._listen(said)

    def _wanted(self, body: bytes) -> Expected:
        """What must come of it; what came before under the same id may be passed over."""
        wanted = expected(body)
        if wanted.verdict in ("answer", "tap"):
            if wanted.update_id in self.known_ids:
                return Expected("free", "an update that came before")
            self.known_ids.add(wanted.update_id)
        return wanted

    async def _judge_time(self, response: Response, cpu_s: float, at: int, body: bytes, person: Person) -> None:
        self.report.longest_wall_s = max(self.report.longest_wall_s, response.wall_s)
        self.report.walls_ms[int(response.wall_s * 1000)] += 1
        if response.wall_s <= BOUND_S:
            return
        if cpu_s <= BOUND_S and await self._quick_alone(body):
            self.report.held_up += 1
            return
        self._fault(f"took {response.wall_s * 1000:.0f} ms, CPU {cpu_s * 1000:.0f} ms of all", at, body, person)

    async def _quick_alone(self, body: bytes) -> bool:
        """Whether the same update, under another id, is answered in time when nothing is beside it."""
        for attempt in range(TRIES_ALONE):
            await asyncio.sleep(attempt * 0.2)
            self.next_id += 1
            fresh = re.sub(rb'"update_id": *-?\d+', b'"update_id": %d' % (10**9 + self.next_id), body, count=1)
            response = await self.bench.post(fresh)
            if response.wall_s <= BOUND_S:
                return True
        return False

    def _of(self, method: dict[str, Any], people: list[Person], bodies: list[bytes]) -> tuple[int, bytes, Person]:
        """The update that this call answers: that of its chat."""
        at = next((at for at, person in enumerate(people) if person.chat_id == method.get("chat_id")), 0)
        return at, bodies[at], people[at]

    def _fault(self, what: str, at: int, body: bytes, person: Person) -> None:
        self.report.faults.append(
            Fault(what, self.seed, self.number, self.report.updates + at, body, (person.text, *person.keys))
        )

    def _listen(self, said: list[dict[str, Any]]) -> None:
        for method in said:
            person = self.by_chat.get(method.get("chat_id") or 0)
            if person is not None:
                person.hear(method)

    async def _to_the_end(self, person: Person) -> None:
        """From wherever this person is: begun anew, the form filled in, confirmed, and the code told."""
        self.by_chat[person.chat_id] = person
        for text in ("/dil", "Türkçe", "/yeni", "baştan", "evet"):
            await self._say(person, person.line.text(self.rng, int(self.bench.now), text))
        calls, last = self.bench.calls_at_licrus, b""
        for _ in range(MOST_STEPS):
            last = await self._say(person, person.answer(self.next_id + 1, int(self.bench.now)))
            if "D-" in person.text:
                break
        await self.bench.settle()
        if self.bench.calls_at_licrus != calls + 1:
            self._fault("the conversation does not come to its end any more", 0, last, person)
        self._listen(self.bench.telegram.take())
        self.report.ended += 1

    async def _say(self, person: Person, update: dict[str, Any]) -> bytes:
        self.next_id += 1
        self.bench.now += 3.0
        body = json.dumps({"update_id": self.next_id, **update}).encode()
        response = await self.bench.post(body)
        await self.bench.said(lambda: True)
        said = [json.loads(response.body)] if response.body else []
        self._listen([*said, *(call for call in self.bench.telegram.take() if "text" in call)])
        return body


def missing(wanted: list[Expected], said: list[dict[str, Any]]) -> list[int]:
    """Which of the updates has not got what must come of it."""
    told = Counter(method["chat_id"] for method in said if "chat_id" in method)
    toasts = {method["callback_query_id"] for method in said if method.get("text") and "callback_query_id" in method}
    ended = {method["callback_query_id"] for method in said if "callback_query_id" in method}
    found = []
    for at, update in enumerate(wanted):
        if update.verdict not in ("answer", "tap"):
            continue
        if update.tapped is not None and update.tapped not in ended:
            found.append(at)
        elif told[update.chat_id]:
            told[update.chat_id] -= 1
        elif update.tapped is None or update.tapped not in toasts:
            found.append(at)
    return found


def state_of(person: Person) -> str:
    """Where this person is in the conversation, as far as the last message tells."""
    step = _STEP.search(person.text)
    if step:
        return f"step {step[1]} of {step[2]}" + (
            ", asked back" if any(":option:" in tap for tap in person.taps) else ""
        )
    actions = sorted({tap.split(":", 3)[2] for tap in person.taps if tap.count(":") >= 3})
    return "a message with " + (", ".join(actions) or ("keys" if person.keys else "nothing to tap"))


async def run_round(seed: int, number: int, updates: int) -> Report:
    """The round of this number: the same for the same seed, but for how the machine schedules it."""
    # The bot draws its ids beside the people: with one generator for both, a slow moment would change everything after.
    async with bench(random.Random(f"bot {seed}:{number}")) as made:
        return await Round(made, random.Random(f"people {seed}:{number}"), seed, number).run(updates)
