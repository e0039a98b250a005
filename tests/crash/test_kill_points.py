"""Short forms of the exhaustive trials at every write (`python -m tests.crash.kill_points`): every so many-th point.

They need Linux and strace; DEVREYE_STRACE_REQUIRED=1 makes a failure of its absence.
"""

import asyncio
import os
from pathlib import Path

import pytest

from tests.crash import kill_points
from tests.crash.tracing import points, strace

SEED = int(os.environ.get("DEVREYE_SEED", "1"))


@pytest.fixture
def tracer() -> None:
    if strace() is None:
        sentence = "strace is not here, so no bot was killed at a chosen call (Linux; Debian: apt install strace)."
        if os.environ.get("DEVREYE_STRACE_REQUIRED") == "1":
            pytest.fail(sentence, pytrace=False)
        pytest.skip(sentence)


@pytest.mark.usefixtures("tracer")
@pytest.mark.parametrize(
    ("fault", "mode", "every"),
    [("kill", "webhook", 37), ("kill", "polling", 59), ("eio", "webhook", 11), ("enospc", "polling", 97)],
)
def test_a_bot_that_fails_at_a_write_loses_repeats_and_misplaces_nothing(
    tmp_path: Path, fault: str, mode: str, every: int
) -> None:
    print(f"DEVREYE_SEED={SEED}")
    report = asyncio.run(kill_points.campaign(fault, mode=mode, every=every, first=SEED % every, keep=tmp_path))
    print(report.text())
    # Threads take turns otherwise in each life, so the last of the recorded calls may never come again: the long form
    # insists on every point, this one on all but one, or on nine in ten.
    never_hit = report.found.pop("points never hit")
    assert len(never_hit) <= max(1.0, report.tried.total() / 10) < report.tried.total(), report.text()
    assert not any(report.found.values()), never_hit


TRACE = """\
7 1795507148.100000 write(17<TCP:[127.0.0.1:44902->127.0.0.1:46339]>, "POST /bot1:TOKEN/sendMessage"..., 235) = 235
8 1795507148.200000 pwrite64(9</tmp/devreye-life-x/devreye.db-wal>, "7\\177\\6\\202"..., 24, 0 <unfinished ...>
7 1795507148.300000 write(6<anon_inode:[eventfd]>, "\\1\\0\\0\\0"..., 8) = 8
8 1795507148.400000 <... pwrite64 resumed>) = 24
7 1795507148.500000 write(18<TCP:[127.0.0.1:40002->127.0.0.1:46339]>, "POST /licrus/api/ExternalCall/C"..., 300) = 300
7 1795507148.600000 write(18<TCP:[127.0.0.1:40002->127.0.0.1:46339]>, "{\\"AuthTicket\\""..., 500) = 500
7 1795507148.700000 write(19<TCP:[127.0.0.1:8443->127.0.0.1:57412]>, "HTTP/1.1 200 OK"..., 109) = 109
8 1795507148.800000 fsync(4</tmp/devreye-life-x>) = 0
8 1795507148.900000 unlink("/tmp/devreye-life-x/devreye.db-journal") = 0
8 1795507148.950000 pwrite64(9</tmp/devreye-life-x/devreye.db-wal>, "7\\177\\6\\202"..., 24, 24) = ?
"""


def test_a_trace_is_read_as_who_did_what_for_the_how_manieth_time() -> None:
    found = points(TRACE.splitlines(), {7: "MainThread", 8: "writer"}, webhook_port=8443)
    folder = "/tmp/devreye-life-x"
    assert [(point.thread, point.call, point.n, point.target, point.path) for point in found] == [
        ("MainThread", "write", 1, "Telegram", ""),
        ("writer", "pwrite64", 1, "devreye.db-wal", f"{folder}/devreye.db-wal"),
        ("MainThread", "write", 2, "wake-up", ""),
        ("MainThread", "write", 3, "Licrus", ""),
        ("MainThread", "write", 4, "Licrus", ""),
        ("MainThread", "write", 5, "webhook", ""),
        ("writer", "fsync", 1, "the folder", folder),
        ("writer", "unlink", 1, "devreye.db-journal", f"{folder}/devreye.db-journal"),
        ("writer", "pwrite64", 2, "devreye.db-wal", f"{folder}/devreye.db-wal"),
    ]
