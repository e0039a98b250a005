"""What all runs of the benchmark say together: only ratios within a round count, and only runs that are a result."""

import pytest

from benchmarks.figures import Latencies, Stretch, latencies
from benchmarks.report import as_json, as_text, chart, goals, ratios, spreads
from benchmarks.running import Run


def stretch(per_s: float) -> Stretch:
    waits = Latencies(1.0, 12.0, 20.0)
    return Stretch(100, 1.0, per_s, 1.0, 0.5, 0.0, 4096, 0, 2**20, waits, waits, 0.2, 0.0)


def run(contestant: str, number: int, per_s: float, kind: str = "whole", **failures: int) -> Run:
    return Run(contestant, kind, number, 0.5, saturated=stretch(per_s), half=stretch(per_s / 2), failures=failures)


RUNS = [
    *(run("devreye", number, per_s) for number, per_s in ((1, 800.0), (2, 90.0), (3, 1000.0))),
    *(run("aiogram", number, per_s) for number, per_s in ((1, 100.0), (2, 10.0), (3, 100.0))),
    run("floor-request", 1, 400.0, "floor"),
]


def test_a_ratio_is_the_median_over_rounds_and_a_floor_stands_beside_every_kind() -> None:
    assert ratios(RUNS, "updates/s") == {("aiogram", "whole"): 9.0, ("floor-request", "whole"): 2.0}


def test_a_run_with_anything_wrong_is_no_result() -> None:
    runs = [*RUNS[:3], run("aiogram", 1, 1.0, lost=1), *RUNS[4:]]
    assert ratios(runs, "updates/s")["aiogram", "whole"] == 9.5
    assert spreads(runs, ("aiogram", "whole"))["updates/s"].least == 10.0
    assert any("NO RESULT in round 1" in line for line in as_text(runs))


def test_goals_say_whether_they_are_met() -> None:
    told = "\n".join(goals(RUNS))
    assert "times aiogram" in told
    assert [line.endswith("NOT MET") for line in goals(RUNS)] == [False, True, False]


def test_everything_is_written_and_drawn() -> None:
    written = as_json(RUNS, {"seconds": 1})
    assert written["figures"]["devreye/whole"]["updates/s"] == {"least": 90.0, "median": 800.0, "most": 1000.0}
    assert len(written["runs"]) == len(RUNS)
    assert "devreye" in repr(chart(RUNS, "whole", "updates/s", "updates/s"))


def test_percentiles_are_of_what_was_waited() -> None:
    assert latencies(number / 1000 for number in range(100)) == Latencies(50.0, 99.0, 99.0)
    assert latencies([]) is None
    assert latencies([0.25]) == pytest.approx(Latencies(250.0, 250.0, 250.0))
