"""`python -m benchmarks`: every contestant in turn, again and again, and what came of it."""

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import campaign, memory, report, scaling
from benchmarks.contestants import CONTESTANTS, COURSE, OURS, PEERS, Contestant
from benchmarks.delivery import CONNECTIONS
from benchmarks.house import Plan
from benchmarks.peers import words
from benchmarks.people import FLOOR, QUESTIONS_ALONE, WHOLE
from benchmarks.running import Run, measure

KINDS = {kind.name: kind for kind in (WHOLE, QUESTIONS_ALONE)}
PARTS = ("speed", "memory", "imports", "campaign", "scaling")
DRAFTS = (10_000, 100_000)


def main(arguments: list[str] | None = None) -> int:
    """0 when every run is a result."""
    args = _parser().parse_args(arguments)
    # As Ctrl+C does it: whoever is being measured, a process of a session of its own, must not outlive this one.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    plan = Plan(args.seconds, args.warm, args.people, args.connections, args.seed)
    contestants = _present(args.only)
    if any(each.name in PEERS for each in contestants):
        words.write(COURSE)
    args.output.mkdir(parents=True, exist_ok=True)
    found: dict[str, Any] = {}
    good = True
    if "imports" in args.parts:
        for name, over in zip(("import_s", "import_cpu_s"), memory.import_seconds(args.runs), strict=True):
            print(f"{name} of {memory.IMPORTED}: {over.least:.3f} {over.median:.3f} {over.most:.3f}")
            found[name] = asdict(over)
    if "speed" in args.parts:
        runs = _rounds(contestants, args, plan)
        good = all(not run.failures for run in runs)
        print(*report.as_text(runs), sep="\n")
        found |= report.as_json(runs, asdict(plan))
        report.write_charts(runs, args.output)
    if "memory" in args.parts:
        held = [memory.memory(each, args.drafts, plan, args.log) for each in contestants if not each.is_floor]
        good &= all(not each.failures for each in held)
        print(*memory.as_text(held), sep="\n")
        found["memory"] = [asdict(each) for each in held]
    if "campaign" in args.parts:
        for each in contestants:
            if each.name in OURS:
                burst = campaign.campaign(each, args.requests, args.licrus_ms, plan, args.log)
                good &= not burst.failures
                print(*campaign.as_text(burst), sep="\n")
                found.setdefault("campaign", []).append(asdict(burst))
    if "scaling" in args.parts:
        sheet = [
            scaling.scale(what, size, plan, args.log)
            for what, sizes in scaling.SIZES.items()
            for size in sizes
            if size <= args.most
        ]
        good &= not any(each.failures for each in sheet)
        print(*scaling.as_text(sheet), sep="\n")
        found["scaling"] = [asdict(each) for each in sheet]
    (args.output / "results.json").write_text(json.dumps(found, indent=1, ensure_ascii=False))
    print(f"\nWritten to {args.output}: results.json and the charts.")
    return 0 if good else 1


def _parser() -> argparse.ArgumentParser:
    names = [contestant.name for contestant in CONTESTANTS]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS, metavar="PART", help=f"of {', '.join(PARTS)} (all)")
    parser.add_argument("--runs", type=int, default=5, help="of each contestant and kind (5)")
    parser.add_argument("--seconds", type=float, default=10.0, help="of each stretch (10)")
    parser.add_argument("--warm", type=float, default=2.0, help="seconds before the first (2)")
    parser.add_argument("--people", type=int, default=2000, help="whose conversation is open at a time (2000)")
    parser.add_argument("--connections", type=int, default=CONNECTIONS, help=f"to the webhook ({CONNECTIONS})")
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="these contestants")
    parser.add_argument("--kind", nargs="+", choices=list(KINDS), default=list(KINDS), help="these conversations")
    parser.add_argument("--drafts", nargs="+", type=int, default=DRAFTS, help="for the memory (10000 100000)")
    parser.add_argument("--requests", type=int, default=2000, help="confirmed at once, for the campaign (2000)")
    parser.add_argument("--licrus-ms", type=float, default=20.0, help="that Licrus takes for a call of it (20)")
    parser.add_argument("--most", type=int, default=1_000_000, help="of anything in the scaling sheet (1000000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path, help="a file for what the contestants print")
    parser.add_argument("--output", type=Path, default=Path("benchmark-results"), help="a folder for JSON and charts")
    return parser


def _present(names: Sequence[str]) -> list[Contestant]:
    found = []
    for contestant in CONTESTANTS:
        if contestant.name not in names:
            continue
        if why := contestant.missing():
            print(f"{contestant.name}: left out, {why}")
        else:
            found.append(contestant)
    return found


def _rounds(contestants: Sequence[Contestant], args: argparse.Namespace, plan: Plan) -> list[Run]:
    """All runs, one contestant after the other in each round: what the machine does meanwhile, it does to all."""
    runs = []
    for number in range(1, args.runs + 1):
        for contestant in contestants:
            for kind in (FLOOR,) if contestant.is_floor else [KINDS[each] for each in args.kind]:
                run = measure(contestant, kind, plan, args.log)
                run.round = number
                runs.append(run)
                print(f"round {number}: {line(run)}", flush=True)
    return runs


def line(run: Run) -> str:
    """One run in one line."""
    told = f"{run.contestant:<20} {run.kind:<10}"
    if run.failures or run.saturated is None:
        return "\n    ".join((f"{told} NO RESULT: {run.failures}", *run.examples))
    full, half = run.saturated, run.half
    told += f" {full.per_s:8.0f} updates/s, CPU {full.user_ms:.3f}+{full.system_ms:.3f} ms"
    if full.servers_ms:
        told += f" (servers {full.servers_ms:.3f})"
    if full.answers:
        told += f", p50 {full.answers.p50:.1f} p99 {full.answers.p99:.1f} ms"
    if half and half.answers:
        told += f"; at half p50 {half.answers.p50:.1f} p99 {half.answers.p99:.1f} max {half.answers.most:.1f} ms"
    told += f"; {full.resident / 2**20:.0f} MiB, {full.written:.0f} bytes written, start {run.start_s:.2f} s"
    told += f"; load {full.load:.0%}, others {full.others:.0%}"
    return told + (f"; refused {run.refused}" if run.refused else "")


if __name__ == "__main__":
    sys.exit(main())
