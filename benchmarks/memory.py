"""How much memory a bot holds with so many drafts open, and how long an import takes before anything is held at all."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.contestants import ROOT, Contestant
from benchmarks.figures import Spread, spread
from benchmarks.house import DID_NOT_START, Plan, living, on_the_loads_core
from benchmarks.people import DRAFTS
from benchmarks.processes import BOT_CPU, pinned, usage

WITHIN_S = 3600.0
SETTLED_S = 2.0
IMPORTED = "bot.app"
"""With it comes all that `devreye run` needs until its first answer."""
_TIMED = (
    "import time; clock, cpu = time.perf_counter(), time.process_time(); import {}; "
    "print(time.perf_counter() - clock, time.process_time() - cpu)"
)


@dataclass(slots=True)
class Memory:
    """Resident MiB by how many people have begun and not finished."""

    contestant: str
    resident: dict[int, float] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)


def memory(contestant: Contestant, drafts: Sequence[int], plan: Plan, log: Path | None = None) -> Memory:
    """One contestant, talked to by more and more people, each of whom answers the first questions and then no more."""
    try:
        return on_the_loads_core(_memory(contestant, drafts, plan, log))
    except TimeoutError:
        return Memory(contestant.name, failures={"lost": 1}, examples=[DID_NOT_START])


async def _memory(contestant: Contestant, drafts: Sequence[int], plan: Plan, log: Path | None) -> Memory:
    found = Memory(contestant.name)
    async with living(contestant, DRAFTS, plan, log) as house:
        await asyncio.sleep(SETTLED_S)
        found.resident[0] = usage(house.bots).resident / 2**20
        for number in sorted(drafts):
            await house.saturate(WITHIN_S, most=number * DRAFTS.updates - house.post.sent)
            await asyncio.sleep(SETTLED_S)
            found.resident[number] = usage(house.bots).resident / 2**20
        house.town.give_up()
        found.failures, found.examples = dict(house.town.failures), house.town.examples
    return found


def import_seconds(runs: int, module: str = IMPORTED) -> tuple[Spread, Spread]:
    """Of an import, by the clock and of CPU, each in a new interpreter on the bot's core, its files read before."""
    values = []
    for _ in range(runs + 1):
        with pinned(BOT_CPU):
            done = subprocess.run(
                [sys.executable, "-c", _TIMED.format(module)],
                env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)},
                capture_output=True,
                text=True,
                check=True,
            )
        values.append(tuple(map(float, done.stdout.split())))
    return spread([clock for clock, _ in values[1:]]), spread([cpu for _, cpu in values[1:]])


def as_text(found: Sequence[Memory]) -> list[str]:
    """The lines that are printed."""
    lines = ["", "MiB resident by open drafts"]
    for each in found:
        told = "  ".join(f"{drafts:,}: {resident:.0f}" for drafts, resident in each.resident.items())
        lines.append(f"  {each.contestant:22}{told}" + (f"  NO RESULT: {each.failures}" if each.failures else ""))
    return lines
