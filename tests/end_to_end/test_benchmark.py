"""The benchmark itself: a bot that it starts by the public command holds whole conversations with its people.

So do the peers, where they are installed.
"""

from pathlib import Path

import pytest

from benchmarks.contestants import CONTESTANTS, COURSE, PEERS
from benchmarks.house import Plan
from benchmarks.peers import words
from benchmarks.people import FLOOR, WHOLE, Kind
from benchmarks.running import measure

SHORT = Plan(seconds=0.3, warm_s=0.1, people=40)


@pytest.mark.parametrize(
    ("name", "kind"), [("devreye", WHOLE), ("floor-response", FLOOR), *((peer, WHOLE) for peer in PEERS)]
)
def test_a_short_run_is_a_result(name: str, kind: Kind, tmp_path: Path) -> None:
    contestant = next(each for each in CONTESTANTS if each.name == name)
    if why := contestant.missing():
        pytest.skip(why)
    if name in PEERS:
        words.write(COURSE)
    run = measure(contestant, kind, SHORT, tmp_path / "log")
    assert not run.failures, (run.examples, (tmp_path / "log").read_text())
    assert run.saturated is not None
    assert run.half is not None
    assert run.saturated.updates > 0
    assert run.half.updates > 0
