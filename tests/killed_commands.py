"""Commands of the office that run in this process, and commands in one of their own that is killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.databases import storage_settings
from tests.end_to_end.test_submission import OPERATORS

ROOT = Path(__file__).parents[1]
SETTINGS = {
    "BOT_TOKEN": "1:" + "a" * 35,
    "LICRUS_URL": "https://ornek-api.licrus.com/api",
    "LICRUS_AUTH_TICKET": "bilet-bilet",
    "OPERATORS_CHAT_ID": str(OPERATORS),
}
Run = Callable[..., tuple[int, str, str]]


KILLED = """
import os, signal, sys
import bot.commands.backups, bot.restoring, bot.storage.copying
from bot.commands import main
where, name, nth = sys.argv[1:4]
owner = eval(where)
real, seen = getattr(owner, name), 0
def dies(*arguments, **named):
    global seen
    seen += 1
    if seen == int(nth):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **named)
setattr(owner, name, dies)
main(sys.argv[4:])
"""


def killed(folder: Path, where: str, name: str, nth: int, *command: str) -> None:
    """Run a command that is killed just before this call."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = kept | SETTINGS | storage_settings(folder) | {"PYTHONPATH": str(ROOT)}
    script = [sys.executable, "-c", KILLED, where, name, str(nth), *command]
    done = subprocess.run(script, cwd=folder, env=environment, capture_output=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
