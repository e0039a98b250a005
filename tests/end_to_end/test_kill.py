"""The bot as a process of its own, killed without warning and started again between every two messages."""

import asyncio
import contextlib
import os
import sys
from pathlib import Path

import pytest

from bot.commands.sandboxing import sandbox_settings
from bot.sandbox import Sandbox
from bot.sandbox.player import Differs, play
from bot.sandbox.transcript_parts import Received, Transcript
from bot.sandbox.transcripts import PACKAGED, read_transcript
from tests.databases import storage_settings

ROOT = Path(__file__).parents[2]
RUN = "from bot.commands import main; raise SystemExit(main(['run']))"


class KilledBot:
    """`devreye run`, ended by SIGKILL."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self._settings = sandbox_settings(sandbox, folder) | storage_settings(folder)
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        with (self._folder / "log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                RUN,
                cwd=self._folder,
                env=kept | self._settings | {"PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )

    def sleep(self) -> int:
        raise NotImplementedError("its clock is the machine's")

    async def stop(self) -> None:
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        self._process = None


def sample() -> Transcript:
    """The first packaged conversation that ends at Licrus."""
    for path in sorted(PACKAGED.glob("*.txt")):
        transcript = read_transcript(path)
        if any(isinstance(told, Received) for exchange in transcript.exchanges for told in exchange.licrus):
            return transcript
    pytest.fail("no packaged transcript reaches Licrus")


def test_a_kill_between_any_two_messages_changes_nothing(tmp_path: Path) -> None:
    async def run() -> str | None:
        sandbox = Sandbox()
        await sandbox.start()
        bot = KilledBot(sandbox, tmp_path)
        try:
            await bot.start()
            return await play(sample(), sandbox.url, bot=bot, restarts=range(1000))
        finally:
            await bot.stop()
            await sandbox.stop()

    try:
        assert asyncio.run(run()) == "43090"
    except Differs as difference:
        log = (tmp_path / "log").read_text(encoding="utf-8", errors="replace")
        pytest.fail(f"{difference}\n{log[-5000:]}", pytrace=False)
