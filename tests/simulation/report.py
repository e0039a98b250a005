"""What many histories came to."""

import time
from collections import Counter

from tests.simulation.faults import KINDS
from tests.simulation.history import ALL_KINDS, Result

MOST_SHOWN = 20


class Report:
    """The figures, added up."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.figures: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.visited: Counter[str] = Counter()
        self.hit: Counter[str] = Counter()
        self.violations: Counter[str] = Counter()
        self.sentences: list[str] = []
        self.failed = 0
        self.cpu_s = 0.0
        self._began = time.monotonic()

    @property
    def good(self) -> bool:
        return not self.failed

    def add(self, result: Result) -> None:
        self.figures += result.figures
        self.cpu_s += result.cpu_s
        self.faults += result.faults
        self.visited += result.visited
        self.hit += result.hit
        self.failed += not result.good
        for kind, sentence in result.violations:
            self.violations[kind] += 1
            if len(self.sentences) < MOST_SHOWN:
                self.sentences.append(f"seed {result.seed}: {kind}: {sentence}")

    def progress(self, of: int) -> str:
        done = self.figures["histories"]
        seconds = time.monotonic() - self._began
        return f"{done} of {of} histories in {seconds:.0f} s, {self._cpu_ms():.0f} ms of CPU each, {self.failed} failed"

    def _cpu_ms(self) -> float:
        return self.cpu_s / max(self.figures["histories"], 1) * 1000

    def text(self, *, sites: bool = False) -> str:
        seconds = time.monotonic() - self._began
        histories = self.figures["histories"]
        lines = [
            f"seed {self.seed}: {histories} histories in {seconds:.0f} s, {self._cpu_ms():.0f} ms of CPU each",
            ", ".join(f"{number} {name}" for name, number in self.figures.items() if name != "histories"),
            "faults: " + ", ".join(f"{self.faults[kind]} {kind}" for kind in KINDS),
            f"{len(self.visited)} places where the bot waits, {len(self.hit)} of them hit by a kill, a stop or a hang",
            *(f"{self.violations[kind]:>5} {kind}" for kind in ALL_KINDS),
            *self.sentences,
        ]
        if sites:
            lines += [f"{self.visited[site]:>8} {self.hit[site]:>6} {site}" for site in sorted(self.visited)]
        return "\n".join(lines)
