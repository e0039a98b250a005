"""`python -m tests.corpus`: precision and recall of both halves of the corpus; 1 where a threshold is missed.

Then of the blind part, which nothing was fitted to and no threshold is asked of.

`--faults HALF` prints every value of it that is off. The half held out keeps its worth only as long as nobody who mends
the reading looks there.
"""

import argparse
import sys

from tests.corpus.scoring import BLIND, HALVES, PRECISION, RECALL, Score, score, wilson


def _share(right: int, of: int) -> str:
    low, high = wilson(right, of)
    share = right / of if of else 1.0
    return f"{100 * share:6.2f} %  ({right} of {of}; 95 %: {100 * low:.2f} to {100 * high:.2f} %)"


def _printed(half: str, result: Score) -> None:
    print(f"{half}: {result.blocks} blocks, {result.answers.total()} single answers")
    print(f"  precision of fields  {_share(*result.precision)}")
    print(f"  recall of fields     {_share(*result.recall)}")
    for name in sorted({*result.right, *result.wrong, *result.missed}):
        right, wrong, missed = result.right[name], result.wrong[name], result.missed[name]
        print(f"    {name:26} right {right:4}   wrong {wrong:3}   missed {missed:3}")
    print(f"  single answers       {_share(*result.single)}")
    for kind in sorted(result.answers):
        print(
            f"    {kind:26} right {result.answers[kind] - result.answers_wrong[kind]:4}   of {result.answers[kind]:4}"
        )


def main() -> int:
    """Prints the figures; 0 where both halves hold the thresholds."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("--faults", choices=HALVES)
    args = parser.parse_args()
    held = True
    for half in HALVES:
        result = score(half)
        _printed(half, result)
        if args.faults == half:
            print("\n".join(result.faults))
        (right, taken), (found, there) = result.precision, result.recall
        held = held and right >= PRECISION * taken and found >= RECALL * there
    _printed(BLIND, score(BLIND))
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
