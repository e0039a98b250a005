"""After a TV spot: so many confirm at once while others talk on. The queue must drain as fast as Licrus takes it."""

import random
import time
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from benchmarks.contestants import Contestant
from benchmarks.figures import Latencies, latencies
from benchmarks.house import DID_NOT_START, Plan, living, on_the_loads_core
from benchmarks.people import WHOLE

PARALLEL = 2
"""Calls of Licrus at a time, as the bot's settings have it by default."""
WITHIN_S = 1800.0
EVERYBODY = 900_000
"""Whoever comes to the summary stays there: there must always be somebody else."""


@dataclass(slots=True)
class Campaign:
    """`drained_s` from the first tap to the last call number; `ideal_s` what Licrus alone would have taken.

    `quiet` and `meanwhile`: how long others waited for an answer before the burst, and during it, at the same rate.
    """

    contestant: str
    requests: int
    licrus_ms: float
    per_s: float = 0.0
    ideal_s: float = 0.0
    drained_s: float = 0.0
    quiet: Latencies | None = None
    taps: Latencies | None = None
    meanwhile: Latencies | None = None
    failures: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)


def campaign(contestant: Contestant, requests: int, licrus_ms: float, plan: Plan, log: Path | None = None) -> Campaign:
    """One burst of so many taps on "Onayla ve gönder"."""
    try:
        return on_the_loads_core(_campaign(contestant, requests, licrus_ms, plan, log))
    except TimeoutError:
        return Campaign(contestant.name, requests, licrus_ms, failures={"lost": 1}, examples=[DID_NOT_START])


async def _campaign(contestant: Contestant, requests: int, licrus_ms: float, plan: Plan, log: Path | None) -> Campaign:
    found = Campaign(contestant.name, requests, licrus_ms, ideal_s=requests * licrus_ms / 1000 / PARALLEL)
    async with living(contestant, WHOLE, replace(plan, people=EVERYBODY), log, licrus_s=licrus_ms / 1000) as house:
        town = house.town
        town.holds = True
        while town.at_summary < requests and not town.failures:
            full = await house.saturate(plan.seconds)
        chance = random.Random(plan.seed)
        found.per_s = full.per_s / 2
        found.quiet = (await house.at_rate(found.per_s, plan.seconds, chance)).answers
        began, done = time.perf_counter(), town.done
        ended = 0.0

        def going() -> bool:
            nonlocal ended
            if town.done - done >= requests and not ended:
                ended = time.perf_counter()
            return not ended and time.perf_counter() < began + WITHIN_S

        town.forget_waits()
        for _ in range(requests):
            house.post.send(town.tap())
        await house.at_rate(found.per_s, 0.0, chance, going=going)
        found.drained_s = (ended or time.perf_counter()) - began
        found.taps = latencies(town.latencies[-1])
        found.meanwhile = latencies(chain.from_iterable(town.latencies[:-1]))
        town.give_up()
        found.failures, found.examples = dict(town.failures), town.examples
    return found


def as_text(found: Campaign) -> list[str]:
    """The lines that are printed."""
    lines = [
        "",
        f"campaign, {found.contestant}: {found.requests:,} confirmed at once, Licrus takes {found.licrus_ms:g} ms, "
        f"{PARALLEL} at a time",
        f"  drained in {found.drained_s:.1f} s; Licrus alone would have taken {found.ideal_s:.1f} s",
    ]
    for name, waits in (
        ("answers before", found.quiet),
        ("answers to others meanwhile", found.meanwhile),
        ("answers to the taps", found.taps),
    ):
        if waits is not None:
            lines.append(f"  {name} (ms): p50 {waits.p50:.1f}, p99 {waits.p99:.1f}, max {waits.most:.1f}")
    lines.append(f"  others at {found.per_s:.0f} updates/s, half of the saturation")
    if found.failures:
        lines += [f"  NO RESULT: {found.failures}", *found.examples]
    return lines
