"""`devreye run` as a real process that is killed without warning, and how far it had come."""

import asyncio
import contextlib
import json
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from bot.commands.sandboxing import sandbox_settings
from bot.sandbox import Sandbox
from tests.crash.people import Town

ROOT = Path(__file__).parents[2]
RUN = "from bot.commands import main; raise SystemExit(main(['run']))"
QUICK = "import bot.submission as s; s.START_WITHIN_S, s.SPARE_S = 3.0, 1.0; "
"""Shortens the two margins of a lease, so that what was being sent is unknown after seconds, not after a minute."""
LICRUS_SECONDS = {"LICRUS_CONNECT_TIMEOUT_S": "2", "LICRUS_READ_TIMEOUT_S": "2", "LICRUS_TOTAL_TIMEOUT_S": "3"}
PHASES = ("starting", "received", "committed", "answered", "sending", "created", "idle")


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
        self._program = planted + (QUICK if quick_leases else "") + RUN
        self.settings = sandbox_settings(sandbox, folder) | LICRUS_SECONDS | dict(more or {})
        self._process: asyncio.subprocess.Process | None = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.started_at = time.time()
        with (self.folder / "log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                self._program,
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


def phases(bot: BotProcess, town: Town, *, ready: bool) -> set[str]:
    """What was under way when the bot was killed, for the statistics alone: read from a copy of what it left."""
    if not ready:
        return {"starting"}
    with tempfile.TemporaryDirectory(prefix="devreye-peek-") as temporary:
        for name in ("devreye.db", "devreye.db-wal"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copy(bot.folder / name, temporary)
        with contextlib.closing(sqlite3.connect(Path(temporary) / "devreye.db")) as database:
            found = _left(database, bot.started_at, town)
    return found or {"idle"}


def _left(database: sqlite3.Connection, started_at: float, town: Town) -> set[str]:
    found: set[str] = set()
    seen = {row[0] for row in database.execute("SELECT update_id FROM seen_updates")}
    if town.life.updates - seen:
        found.add("received")
    marked = dict(database.execute("SELECT chat_id, max(message_id) FROM outbox GROUP BY chat_id"))
    for chat_id, message in database.execute("SELECT chat_id, message FROM outbox WHERE state = 'pending'"):
        if "result-created" in message:
            found.add("created")
        person = town.people.get(chat_id)
        # Telegram has a newer message of ours than any that is marked as sent.
        sent = person is not None and person.newest_bot_message_id > (marked.get(chat_id) or 0)
        found.add("answered" if sent else "committed")
    if database.execute("SELECT count(*) FROM requests WHERE state = 'queued'").fetchone()[0]:
        found.add("committed")
    answered = {
        call["parsed"]["ProductSerialNumberList"]
        for call in town.life.calls
        if call["carried_out"] and call["outcome"] != "drip"
    }
    sending = database.execute("SELECT body FROM requests WHERE state = 'sending' AND updated_at > ?", (started_at,))
    for (body,) in sending:
        found.add("created" if json.loads(body)["ProductSerialNumberList"] in answered else "sending")
    return found


def table(hit: Counter[str], kills: int) -> str:
    """How many of the kills fell into each phase; with many people, one kill falls into several."""
    return "\n".join(f"  {phase:<10} {hit[phase]:>5}  {100 * hit[phase] / max(kills, 1):5.1f} %" for phase in PHASES)
