"""`python -m tests.fuzz --updates 1000000 --seed 1`: so many spoiled updates, in rounds on a fresh database each."""

import argparse
import logging
import sys
import time

import uvloop

from tests.fuzz.rounds import Report, run_round

A_ROUND = 10_000
FAULTS_SHOWN = 20


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--updates", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--round", type=int, help="only this round")
    parser.add_argument("--first-round", type=int, default=0, help="go on from here")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    print(f"seed {args.seed}", flush=True)
    whole = Report()
    number = args.first_round if args.round is None else args.round
    while whole.updates < args.updates:
        report = uvloop.run(run_round(args.seed, number, min(A_ROUND, args.updates - whole.updates)))
        whole.add(report)
        print(
            f"round {number}: {whole.updates:,} updates, {report.updates / report.wall_s:,.0f} a second, "
            f"the longest {report.longest_wall_s * 1000:.0f} ms, faults {len(whole.faults)}",
            flush=True,
        )
        for fault in report.faults[:FAULTS_SHOWN]:
            print(f"{fault}\n  whole body: {fault.keep()}", flush=True)
        if args.round is not None:
            break
        number += 1
    print(whole.text())
    return 1 if whole.faults else 0


if __name__ == "__main__":
    sys.exit(main())
