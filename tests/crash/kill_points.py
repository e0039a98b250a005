"""Every call of a whole conversation that writes to a file or a socket, and what comes of a bot that fails just there.

    python -m tests.crash.kill_points
    python -m tests.crash.kill_points --fault eio --mode polling --every 5

A life of a bot is recorded with strace: first start, a conversation with its call, stop. Then it is lived again for
each recorded call, with the fault in its way, and the bot is started again as a supervisor would. The verdict comes
from what the sandbox's Telegram and Licrus saw. Linux with strace only. Exit code 1 for any violation, or a call at
which the fault never came.
"""

import argparse
import asyncio
import logging
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bot.commands.running import SENTENCES
from tests.crash.lives import PHASES, PRELUDE, Injection, Life, Lived
from tests.crash.nursery import Nursery
from tests.crash.tracing import CALLS, FOLDER, FOLDER_PREFIX, SOCKETS, SYNCS, WAKE_UP, WRITES, Point, strace
from tests.crash.verdict import KINDS

RECORDED = 3
"""Lives that are recorded. The one with the fewest calls counts: a life takes its updates in as many groups as the
machine lets it, and calls of a group that others don't have could never be hit."""
TRIES = 20
"""How often a life is lived again in which the threads took turns in another order, so that the point never came."""
UNHEARD = {("write", "log"), ("fdatasync", FOLDER)}
"""What could not be written to the log can't be in it, and SQLite does not look at what its sync of the folder says."""
ALWAYS = ("devreye.journal", "Licrus")
"""Few, and where a call would be made twice: tried even where only every so many-th point is."""
MODES = ("webhook", "polling")
ENDS = {0: "ended in order", 1: "could not start", 3: "gave up", -9: "killed"}
"""How a bot may end, by its exit code."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is done to which calls. `kills`: the process must be gone; else it must say a clear line and be of use."""

    what: str
    calls: frozenset[str]
    sockets_too: bool = False
    kills: bool = False
    lasts_s: float = 0.0

    def concerns(self, point: Point) -> bool:
        return (
            point.call in self.calls and point.target != WAKE_UP and (self.sockets_too or point.target not in SOCKETS)
        )


FAULTS = {
    "kill": Fault("signal=SIGKILL", frozenset(CALLS), sockets_too=True, kills=True),
    "eio": Fault("error=EIO", SYNCS),
    "enospc": Fault("error=ENOSPC", WRITES),
    "full": Fault("error=ENOSPC", WRITES, lasts_s=3.0),
}
"""By name: killed just before the call, a disk that fails once, one that is full once, one that stays full a while."""


OWN_KINDS = ("faults without a clear line", "strange ends", "bots that lived and were of no use", "points never hit")


@dataclass(slots=True)
class Report:
    """What the lives of one fault came to."""

    fault: str
    mode: str
    recorded: int = 0
    tried: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    hit: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Both by call, target and phase."""
    lives: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    found: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in (*KINDS, *OWN_KINDS)})
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        return not any(self.found.values()) and self.tried == self.hit and self.tried.total() > 0

    def text(self) -> str:
        rows = Counter[tuple[str, str]]()
        phases = Counter[tuple[str, str, str]]()
        for (call, target, phase), count in self.hit.items():
            rows[call, target] += count
            phases[call, target, phase] += count
        lines = [
            f"{self.fault}, {self.mode}: {self.recorded} points recorded, {self.tried.total()} tried, "
            f"{self.hit.total()} hit, {self.lives} lives, {self.seconds:.0f} s",
            f"  {'hit at':<34}" + "".join(f"{phase:>10}" for phase in PHASES),
            *(
                f"  {call + ' ' + target:<34}" + "".join(f"{phases[call, target, phase]:>10}" for phase in PHASES)
                for call, target in sorted(rows)
            ),
            "  bots: " + ", ".join(f"{count} {end}" for end, count in self.ends.most_common()),
            *(f"{len(found):>5} {kind}" for kind, found in self.found.items()),
            *(f"  {kind}: {sentence}" for kind, found in self.found.items() for sentence in found[:10]),
        ]
        return "\n".join(lines)


async def campaign(
    fault: str, *, mode: str = "webhook", every: int = 1, first: int = 0, parallel: int = 3, keep: Path | None = None
) -> Report:
    """The fault at every so many-th point, from the first one on, and at all that ALWAYS names.

    `keep`: a folder for the logs of what was found.
    """
    report, began = Report(fault, mode), time.monotonic()
    async with Nursery(PRELUDE) as nursery:
        records = [await _life(nursery, mode, None, keep, record=True) for _ in range(RECORDED)]
        for lived in records:
            _judge(report, None, lived)
        record = min(records, key=lambda lived: sum(map(FAULTS[fault].concerns, lived.recorded)))
        points = [point for point in record.recorded if FAULTS[fault].concerns(point)]
        report.recorded = len(points)
        chosen = [point for place, point in enumerate(points) if place % every == first or point.target in ALWAYS]
        waiting = iter([(point, record.phase(point)) for point in chosen])

        async def work() -> None:
            for point, phase in waiting:
                await _try(report, nursery, point, phase, keep)

        await asyncio.gather(*(work() for _ in range(parallel)))
        if FAULTS[fault].kills:
            _judge(report, None, await _life(nursery, mode, None, keep, killed=True))
    report.seconds = time.monotonic() - began
    return report


async def _try(report: Report, nursery: Nursery, point: Point, phase: str, keep: Path | None) -> None:
    fault = FAULTS[report.fault]
    report.tried[point.call, point.target, phase] += 1
    for _ in range(TRIES):
        lived = await _life(nursery, report.mode, Injection(point, fault.what, fault.lasts_s), keep)
        _judge(report, point, lived)
        if lived.hit is not None and lived.hit.target == point.target:
            report.hit[point.call, point.target, phase] += 1
            return
    report.found["points never hit"].append(str(point))


async def _life(
    nursery: Nursery,
    mode: str,
    injection: Injection | None,
    keep: Path | None,
    *,
    record: bool = False,
    killed: bool = False,
) -> Lived:
    folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
    try:
        lived = await Life(nursery, folder, webhook=mode == "webhook").live(injection, record=record, killed=killed)
    except BaseException:
        print(f"A life did not end ({injection}); the bot's log and data are kept in {folder}", file=sys.stderr)
        raise
    if keep is None or (lived.verdict.good and not lived.stuck):
        shutil.rmtree(folder)
    else:
        shutil.move(folder, keep)
    return lived


def _judge(report: Report, point: Point | None, lived: Lived) -> None:
    """Add what one life came to."""
    fault = FAULTS[report.fault]
    name = "without a fault" if point is None else f"{point} ({lived.hit})"
    report.lives += 1
    for kind, sentences in lived.verdict.found.items():
        report.found[kind] += [f"{name}: {sentence}" for sentence in sentences]
    for code in lived.exit_codes:
        report.ends[ENDS.get(code, str(code))] += 1
        if code not in ENDS:
            report.found["strange ends"].append(f"{name}: exit code {code}")
    report.ends["had to be ended"] += lived.stuck
    if lived.stuck:
        report.found["bots that lived and were of no use"].append(name)
    if point is None or lived.hit is None or fault.kills:
        return
    if (point.call, point.target) not in UNHEARD and not _clear_line(lived.log.splitlines()):
        report.found["faults without a clear line"].append(name)


def _clear_line(log: Iterable[str]) -> bool:
    """Whether it says that something is wrong: an event of that level, or the command's own sentence."""
    return any(
        '"level": "error"' in line or '"level": "critical"' in line or line in SENTENCES.values() for line in log
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crash.kill_points", description=__doc__)
    parser.add_argument("--fault", choices=FAULTS, action="append", help="all of them, unless some are named")
    parser.add_argument("--mode", choices=MODES, action="append", help="both, unless one is named")
    parser.add_argument(
        "--every", type=int, default=1, metavar="K", help="only every K-th point, and all at the journal and Licrus"
    )
    parser.add_argument("--first", type=int, default=0, metavar="N", help="the first of them, counted from 0")
    parser.add_argument("--parallel", type=int, default=(os.cpu_count() or 1) + 1)
    args = parser.parse_args()
    if strace() is None:
        print("This needs strace (Linux; Debian: apt install strace).", file=sys.stderr)
        return 2
    # The sandbox's server complains of every request that a kill cut in two.
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
    keep = Path(tempfile.mkdtemp(prefix="devreye-points-"))
    good = True
    for fault in args.fault or FAULTS:
        for mode in args.mode or MODES:
            report = asyncio.run(
                campaign(fault, mode=mode, every=args.every, first=args.first, parallel=args.parallel, keep=keep)
            )
            print(report.text(), flush=True)
            good &= report.good
    if any(keep.iterdir()):
        print(f"The logs and data of what was found are kept in {keep}", file=sys.stderr)
    else:
        keep.rmdir()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
