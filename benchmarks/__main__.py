"""`python -m benchmarks`: every contestant in turn, again and again, and what came of it."""

import argparse
import json
import sys
from pathlib import Path

from benchmarks.contestants import CONTESTANTS
from benchmarks.people import FLOOR, QUESTIONS_ALONE, WHOLE
from benchmarks.running import Plan, Run, measure

KINDS = {kind.name: kind for kind in (WHOLE, QUESTIONS_ALONE)}


def main(arguments: list[str] | None = None) -> int:
    """0 when every run is a result."""
    names = [contestant.name for contestant in CONTESTANTS]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="of each contestant and kind (5)")
    parser.add_argument("--seconds", type=float, default=10.0, help="of each stretch (10)")
    parser.add_argument("--warm", type=float, default=2.0, help="seconds before the first (2)")
    parser.add_argument("--people", type=int, default=2000, help="whose conversation is open at a time (2000)")
    parser.add_argument("--connections", type=int, default=40, help="to the webhook (40)")
    parser.add_argument("--only", nargs="*", choices=names, default=names)
    parser.add_argument("--kind", nargs="*", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path, help="a file for what the contestants print")
    parser.add_argument("--output", type=Path, default=Path("benchmark-results"), help="a folder for JSON and charts")
    args = parser.parse_args(arguments)
    plan = Plan(args.seconds, args.warm, args.people, args.connections, args.seed)
    runs: list[Run] = []
    for number in range(args.runs):
        for name in args.only:
            contestant = next(each for each in CONTESTANTS if each.name == name)
            if why := contestant.missing():
                print(f"{name}: left out, {why}")
                continue
            for kind in (FLOOR,) if contestant.is_floor else [KINDS[each] for each in args.kind]:
                run = measure(contestant, kind, plan, args.log)
                runs.append(run)
                print(f"run {number + 1}: {line(run)}", flush=True)
    args.output.mkdir(parents=True, exist_ok=True)
    (args.output / "runs.json").write_text(json.dumps([run.as_json() for run in runs], indent=1))
    return 0 if all(not run.failures for run in runs) else 1


def line(run: Run) -> str:
    """One run in one line."""
    told = f"{run.contestant:<20} {run.kind:<10}"
    if run.failures or run.saturated is None:
        return "\n    ".join((f"{told} NO RESULT: {run.failures}", *run.examples))
    full, half = run.saturated, run.half
    told += f" {full.per_s:8.0f} updates/s, CPU {full.user_ms:.3f}+{full.system_ms:.3f} ms"
    if full.answers:
        told += f", p50 {full.answers.p50:.1f} p99 {full.answers.p99:.1f} ms"
    if half and half.answers:
        told += f"; at half p50 {half.answers.p50:.1f} p99 {half.answers.p99:.1f} max {half.answers.most:.1f} ms"
    told += f"; {full.resident / 2**20:.0f} MiB, {full.written:.0f} bytes written, start {run.start_s:.2f} s"
    told += f"; load {full.load:.0%}, others {full.others:.0%}"
    return told + (f"; refused {run.refused}" if run.refused else "")


if __name__ == "__main__":
    sys.exit(main())
