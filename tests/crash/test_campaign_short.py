"""Short campaigns on every run of the tests; `make crash` runs the long ones."""

import asyncio
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.crash.campaign import run
from tests.crash.house import Plan
from tests.crash.phases import WANTED, thin

SEED = int(os.environ.get("DEVREYE_SEED", "1"))
ON_POSTGRESQL = Plan(kills=8, people=6, seed=SEED, quick_leases=True, database="postgresql")


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(Plan(kills=10, people=6, seed=SEED, quick_leases=True), id="a bot on SQLite"),
        pytest.param(ON_POSTGRESQL, id="a bot on PostgreSQL"),
        pytest.param(replace(ON_POSTGRESQL, kills=5, victim="postgresql"), id="PostgreSQL itself"),
        pytest.param(replace(ON_POSTGRESQL, webhook=True, replicas=2, every=2.0), id="one of two replicas"),
    ],
)
def test_what_is_killed_at_random_instants_loses_repeats_and_misplaces_nothing(plan: Plan, tmp_path: Path) -> None:
    report = asyncio.run(run(plan, tmp_path))
    print(report.text())
    assert report.good, report.text()
    assert report.kills == plan.kills
    assert len(report.conversations) >= plan.people
    assert set(WANTED) & report.hit.keys()


def test_a_phase_into_which_hardly_a_kill_fell_is_told() -> None:
    hit = Counter({"received": 5, "committed": 100, "answered": 4, "created": 5})
    assert thin(hit, kills=100) == ["answered", "sending"]


def test_replicas_and_kills_of_the_database_need_what_makes_them_possible() -> None:
    with pytest.raises(ValueError, match="--database postgresql"):
        Plan(victim="postgresql")
    with pytest.raises(ValueError, match="--database postgresql"):
        Plan(replicas=2, webhook=True)
    with pytest.raises(ValueError, match="--webhook"):
        Plan(replicas=2, database="postgresql")
