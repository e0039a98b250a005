"""`python -m tests.barcodes --photographs 400 --seed 1`: reads so many photographs and writes docs/barcodes.md."""

import argparse
import asyncio
import resource
import sys
import time
from pathlib import Path

from bot.media.decoding import read_codes
from tests.barcodes.photographs import Photograph, photographs
from tests.barcodes.report import GOAL_MS, GOAL_RIGHT, Trial, page

PAGE = Path(__file__).parents[2] / "docs/barcodes.md"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.barcodes", description=__doc__)
    parser.add_argument("--photographs", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only-print", action="store_true", help="leave docs/barcodes.md alone")
    args = parser.parse_args()
    trials = asyncio.run(_trials(args.photographs, args.seed))
    report = page(trials, args.seed)
    print(report)
    if not args.only_print:
        PAGE.write_text(report, "utf-8")
    right = sum(trial.right for trial in trials) / len(trials)
    cpu = max(trial.cpu_ms for trial in trials)
    return 0 if right >= GOAL_RIGHT and not any(trial.wrong for trial in trials) and cpu <= GOAL_MS else 1


async def _trials(count: int, seed: int) -> list[Trial]:
    return [await _trial(photograph) for photograph in photographs(count, seed)]


async def _trial(photograph: Photograph) -> Trial:
    """The processor's time is that of the picture's process, from its start to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    said = await read_codes(photograph.file)
    wall_ms = (time.perf_counter() - began) * 1000
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_ms = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000
    return Trial(photograph, said, cpu_ms, wall_ms)


if __name__ == "__main__":
    sys.exit(main())
