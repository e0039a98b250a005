"""One run: a contestant is started, answers as fast as it can, then half as much at random times, and is checked."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.contestants import Contestant
from benchmarks.figures import Stretch
from benchmarks.house import DID_NOT_START, Plan, living, on_the_loads_core
from benchmarks.people import Kind
from benchmarks.processes import usage


@dataclass(slots=True)
class Run:
    """What one run has shown. It is no result where `failures` has anything."""

    contestant: str
    kind: str
    round: int = 0
    start_s: float = 0.0
    start_cpu_s: float = 0.0
    idle_resident: int = 0
    saturated: Stretch | None = None
    half: Stretch | None = None
    failures: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)
    refused: int = 0
    calls: dict[str, int] = field(default_factory=dict)
    load_average: float = 0.0


async def _measured(contestant: Contestant, kind: Kind, plan: Plan, log: Path | None) -> Run:
    run = Run(contestant.name, kind.name, load_average=round(os.getloadavg()[0], 2))
    async with living(contestant, kind, plan, log) as house:
        run.start_s = house.start_s
        begun = usage(house.bots)
        run.start_cpu_s, run.idle_resident = begun.user_s + begun.system_s, begun.resident
        run.saturated, run.half = await house.at_full_and_half(plan)
        run.failures, run.examples = dict(house.town.failures), house.town.examples
        run.refused, run.calls = house.delivery.refused, dict(house.telegram.calls)
    return run


def measure(contestant: Contestant, kind: Kind, plan: Plan, log: Path | None = None) -> Run:
    """One run. A contestant that does not start has lost everything."""
    try:
        return on_the_loads_core(_measured(contestant, kind, plan, log))
    except TimeoutError:
        return Run(contestant.name, kind.name, failures={"lost": 1}, examples=[DID_NOT_START])
