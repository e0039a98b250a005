"""2,000 histories on every run of the tests; `make simulate` runs as many as one likes."""

import logging
import os
from collections.abc import Iterator

import pytest

from tests.simulation.faults import KINDS
from tests.simulation.history import Simulator
from tests.simulation.report import Report

SEED = int(os.environ.get("DEVREYE_SEED", "1"))
HISTORIES = 2000
PARTS = 4


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    logging.disable()
    simulator = Simulator()
    yield simulator
    simulator.close()
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_fails_nothing_is_lost_twice_or_in_a_wrong_place(simulator: Simulator, part: int) -> None:
    report = Report(SEED + part)
    for seed in range(SEED + part, SEED + HISTORIES, PARTS):
        report.add(simulator.run(seed))
    print(report.text())
    assert report.good, report.text()
    assert [kind for kind in KINDS if not report.faults[kind]] == []
    assert report.figures["told created"] > report.figures["histories"] / 2


def test_a_seed_tells_the_same_history_again(simulator: Simulator) -> None:
    for seed in range(SEED, SEED + 10):
        first, again = (simulator.run(seed, tracing=True) for _ in range(2))
        assert first.lines == again.lines
        assert first.lines
