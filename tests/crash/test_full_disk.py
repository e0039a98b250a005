"""A disk that is really full: a small file system in memory, filled and freed again in the middle of a conversation.

One life at DEVREYE_FULL_DISKS (2; more with `make crash`) moments each. Needs Linux and root, for mounting.
"""

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.lives import PRELUDE, Life, Lived
from tests.crash.nursery import Nursery
from tests.crash.people import SHORT_PATIENCE_S, Town

SEED = int(os.environ.get("DEVREYE_SEED", "1"))
MOMENTS = int(os.environ.get("DEVREYE_FULL_DISKS", "2"))
ANSWERS = 14
SIZE = "112m"
"""Little more than what a submission wants to be free: filling it takes so much memory."""
PAGE_BYTES = 4096
PAGES = 5
"""How many may be left free: some writes succeed then, and some are cut short."""
FULL_FOR_S = 3.0


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mounted there for a while; skips the test where that is not allowed."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"No disk was filled: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def fill(folder: Path, *, but_pages: int) -> Path:
    """Leave only so many pages free; the file that takes the rest."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(1 << 20))
    with ballast.open("r+b") as file:
        file.truncate(ballast.stat().st_size - but_pages * PAGE_BYTES)
    return ballast


async def one_life(folder: Path, data: Path, *, answers: int, but_pages: int) -> Lived:
    """Fills the disk after so many answers, for some seconds."""

    async def accident(town: Town) -> None:
        for _ in range(answers):
            await town.life.next("bot", SHORT_PATIENCE_S)
        ballast = fill(data, but_pages=but_pages)
        assert shutil.disk_usage(data).free <= but_pages * PAGE_BYTES
        await asyncio.sleep(FULL_FOR_S)
        ballast.unlink()

    async with Nursery(PRELUDE) as nursery:
        return await Life(nursery, folder, webhook=True, data=data).live(accident=accident)


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0, reason="mounting a small disk needs Linux and root"
)
def test_a_full_disk_loses_nothing_and_the_conversation_goes_on_when_there_is_room(tmp_path: Path) -> None:
    print(f"DEVREYE_SEED={SEED}")
    felt = 0
    for number in range(MOMENTS):
        folder = tmp_path / str(number)
        folder.mkdir()
        answers, but_pages = (SEED + number * max(ANSWERS // MOMENTS, 1)) % ANSWERS + 1, (SEED + number) % PAGES
        with small_disk(folder / "disk") as data:
            lived = asyncio.run(one_life(folder, data, answers=answers, but_pages=but_pages))
        assert lived.verdict.good, f"after {answers} answers, {but_pages} pages free: {lived.verdict.found}"
        assert lived.verdict.created == 2
        assert lived.exit_codes == [0]
        felt += "StorageFull" in lived.log or "submission_stopped_disk_full" in lived.log
    print(f"{felt} of {MOMENTS} full disks were felt")
    # A log that was emptied by a checkpoint is written again from its beginning, and needs no room.
    assert felt
