"""`python -m tests.simulation --histories N --seed S`: many histories, one line of progress, the figures.

A violation prints its seed and the history; `--seed S --histories 1` plays it again.
"""

import argparse
import contextlib
import logging
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from tests.simulation.history import Simulator, histories
from tests.simulation.report import Report
from tests.simulation.world import SHARED_MEMORY

PROGRESS_EVERY_S = 5.0
PART = 25
TRACED = 3
"""So many failed histories are printed whole."""


def told(seed: int) -> str:
    """The history of this seed, line by line, and what was wrong with it."""
    with contextlib.closing(Simulator()) as simulator:
        result = simulator.run(seed, tracing=True)
    wrong = [f"seed {seed}: {kind}: {what}" for kind, what in result.violations]
    return "\n".join((*result.lines, *wrong))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--histories", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--first", action="store_true", help="stop at the first violation")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--sites", action="store_true", help="print the awaits that were reached, and hit")
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    logging.disable()
    report = Report(args.seed)
    seeds = range(args.seed, args.seed + args.histories)
    shown = time.monotonic()
    with (
        tempfile.TemporaryDirectory(dir=SHARED_MEMORY if SHARED_MEMORY.is_dir() else None) as folder,
        ProcessPoolExecutor(args.processes, mp_context=get_context("spawn")) as pool,
    ):
        parts = [seeds[at : at + PART] for at in range(0, len(seeds), PART)]
        for result in chain.from_iterable(pool.map(partial(histories, Path(folder)), parts)):
            report.add(result)
            if not result.good and (report.failed <= TRACED or args.first):
                print(told(result.seed), flush=True)
            if args.first and not result.good:
                pool.shutdown(wait=False, cancel_futures=True)
                break
            if time.monotonic() - shown > PROGRESS_EVERY_S:
                shown = time.monotonic()
                print(report.progress(args.histories), flush=True)
    print(report.text(sites=args.sites))
    return 0 if report.good else 1


if __name__ == "__main__":
    sys.exit(main())
