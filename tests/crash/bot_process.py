"""`devreye run` as a real process that is killed without warning."""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bot.commands.sandboxing import sandbox_settings
from bot.sandbox import Sandbox

ROOT = Path(__file__).parents[2]
DEVREYE = "from bot.commands import main; raise SystemExit(main())"
QUICK = "import bot.submission as s; s.START_WITHIN_S, s.SPARE_S = 3.0, 1.0; "
"""Shortens the two margins of a lease, so that what was being sent is unknown after seconds, not after a minute."""
LICRUS_SECONDS = {"LICRUS_CONNECT_TIMEOUT_S": "2", "LICRUS_READ_TIMEOUT_S": "2", "LICRUS_TOTAL_TIMEOUT_S": "3"}


class BotProcess:
    """The bot at this sandbox with its data in this folder. Its log is kept in the folder."""

    def __init__(
        self,
        sandbox: Sandbox,
        folder: Path,
        *,
        quick_leases: bool,
        planted: str = "",
        more: Mapping[str, str] | None = None,
    ) -> None:
        """`planted`: Python that runs in the process before the bot; `more`: settings."""
        self.folder = folder
        self.started_at = 0.0
        self._program = planted + (QUICK if quick_leases else "") + DEVREYE
        self.settings = sandbox_settings(sandbox, folder) | LICRUS_SECONDS | dict(more or {})
        self._process: asyncio.subprocess.Process | None = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        self.started_at = time.time()
        self._process = await self._spawn("run")

    async def command(self, *arguments: str) -> None:
        """Another command of the bot's with the same settings, until its good end."""
        process = await self._spawn(*arguments)
        assert await process.wait() == 0, f"devreye {' '.join(arguments)}: see {self.folder / 'log'}"

    async def _spawn(self, *arguments: str) -> asyncio.subprocess.Process:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        with (self.folder / "log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                self._program,
                *arguments,
                cwd=self.folder,
                env=kept | self.settings | {"PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )

    async def ended(self, within_s: float) -> int | None:
        """Its exit code once it has ended; None if it runs on."""
        if self._process is None:
            return None
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), within_s)
        return self._process.returncode

    def signal(self, number: int) -> None:
        if self._process is not None:
            self._process.send_signal(number)

    async def kill(self) -> bool:
        """Whether it was still running: a bot that ended by itself was not killed."""
        if self._process is None:
            return False
        running = self.running
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        self._process = None
        return running
