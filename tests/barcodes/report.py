"""What a trial of photographs comes to: read right, read wrong, missed, and what each cost."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.media.decoding import Unreadable
from conversations.answers.codes import Code
from tests.barcodes.photographs import FORMS, MODULE_SIZES, Photograph

GOAL_RIGHT = 0.97
GOAL_MS = 250.0
_FOR_95_OF_100 = 1.96


@dataclass(frozen=True, slots=True)
class Trial:
    """One photograph, what was read of it, and its milliseconds: the processor's and the clock's."""

    photograph: Photograph
    said: tuple[Code, ...] | Unreadable
    cpu_ms: float
    wall_ms: float

    @property
    def read(self) -> frozenset[tuple[str, str]]:
        return (
            frozenset((code.text, code.format) for code in self.said) if isinstance(self.said, tuple) else frozenset()
        )

    @property
    def right(self) -> bool:
        """Whether every code of it was read, and nothing else."""
        return self.read == self.photograph.codes

    @property
    def wrong(self) -> frozenset[tuple[str, str]]:
        return self.read - self.photograph.codes


def interval(right: int, count: int) -> tuple[float, float]:
    """Wilson's interval: where the true rate is, 95 times of 100."""
    z = _FOR_95_OF_100
    middle = (right + z * z / 2) / (count + z * z)
    half = z / (count + z * z) * math.sqrt(right * (count - right) / count + z * z / 4)
    return middle - half, middle + half


def page(trials: Sequence[Trial], seed: int) -> str:
    """docs/barcodes.md."""
    single = [trial for trial in trials if len(trial.photograph.codes) == 1]
    kinds = [("all", trials)]
    kinds += [(f"one {form}", [t for t in single if form in t.photograph.forms]) for form in FORMS]
    kinds.append(("three labels", [trial for trial in trials if len(trial.photograph.codes) > 1]))
    for module in MODULE_SIZES:
        kinds.append((f"{module} pixels a module", [t for t in trials if t.photograph.conditions.module == module]))
    rows = "\n".join(_row(name, some) for name, some in kinds if some)
    costs = "\n".join(
        (
            _cost("processor", [trial.cpu_ms for trial in trials]),
            _cost("clock", [trial.wall_ms for trial in trials]),
        )
    )
    missed = "\n".join(_missed(trial) for trial in trials if not trial.right) or "None."
    return PAGE.format(count=len(trials), seed=seed, rows=rows, costs=costs, missed=missed)


def _row(name: str, trials: Sequence[Trial]) -> str:
    right = sum(trial.right for trial in trials)
    low, high = interval(right, len(trials))
    wrong = sum(len(trial.wrong) for trial in trials)
    return f"| {name} | {len(trials)} | {right / len(trials):.1%} | {low:.1%} - {high:.1%} | {wrong} |"


def _missed(trial: Trial) -> str:
    taken = trial.photograph.conditions
    lost = ", ".join(f"{form} {text}" for text, form in sorted(trial.photograph.codes - trial.read))
    wrong = ", ".join(f"{form} {text}" for text, form in sorted(trial.wrong))
    return (
        f"- {trial.photograph.number}: missed {lost or 'nothing'}{f', read {wrong} instead' if wrong else ''}"
        f" ({taken.module} pixels a module, turned {taken.turn:.0f}°, tilted {taken.tilt:.0f}°, blur {taken.blur:.1f},"
        f" noise {taken.noise:.0f}, light down to {taken.darkest:.0%})"
    )


def _cost(name: str, values: Sequence[float]) -> str:
    ordered = sorted(values)
    parts = (ordered[min(len(ordered) - 1, int(len(ordered) * part))] for part in (0.5, 0.9, 0.99, 1))
    return f"| {name} | {' | '.join(f'{part:.0f}' for part in parts)} |"


PAGE = """# Barcodes: how well photographs are read

Written by `make barcodes`, not by hand. {count} photographs drawn from seed {seed} (`tests/barcodes/photographs.py`):
1280 pixels, JPEG of quality 60 as Telegram makes it, turned by any angle, tilted up to 35 degrees, blurred up to 0.4 of
a module (1.4 pixels at most), noise, uneven light, shadows, pale ink, words and frames around the codes; every fourth
with three labels. Each goes through `bot.media.decoding.read_codes` as in the bot, its process included. *Right* is:
every code of the picture, and nothing else. The goals: 97 % right, nothing wrong,
250 ms of the processor for each photograph.

| photographs | count | right | 95 % interval | wrong codes |
| --- | --- | --- | --- | --- |
{rows}

| milliseconds a photograph | median | 90 of 100 | 99 of 100 | longest |
| --- | --- | --- | --- | --- |
{costs}

## How
The reader (zxing-cpp) looks for bars along rows and columns only, and finds them up to some seven degrees off. So there
is one look at the picture as it is, one at 1.5 times its size for QR and Data Matrix, and six turned ones (by 13, 26
and 39 degrees to either side) for the bars; what each finds is put together. Where nothing is
found there is one more look, at twice the size, or at the picture's own size if it was made smaller first (to 1,920
pixels). Dropped are bars of less than three characters: Code 39 has no check digit, and edges read as "U" or ".". Of
480 photographs one look and two turned by 12 degrees, twice the size where those found nothing, read 84 of 100 right,
and three wrong. The clock's milliseconds depend on what else the machine does, the processor's little.

## Not read right
{missed}
"""
