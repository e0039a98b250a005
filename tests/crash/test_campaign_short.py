"""A short campaign on every run of the tests; `make crash` runs the long one."""

import asyncio
import os
from pathlib import Path

from tests.crash import campaign

SEED = int(os.environ.get("DEVREYE_SEED", "1"))


def test_a_bot_killed_at_random_instants_loses_repeats_and_misplaces_nothing(tmp_path: Path) -> None:
    report = asyncio.run(campaign.run(tmp_path, kills=15, people=6, seed=SEED, quick_leases=True))
    print(report.text())
    assert report.good, report.text()
    assert report.kills == 15
    assert len(report.conversations) >= 6
    assert {"received", "committed", "answered", "sending", "created"} & report.hit.keys()
