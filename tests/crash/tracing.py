"""The calls by which a bot changes anything outside itself, as strace records them, and strace in the way of one.

A point is the n-th such call of one thread since its birth: strace counts per thread, so a thread is traced alone.
Calls to a file are counted for this file, those to a socket with all others of the thread: strace can't tell them.
"""

import asyncio
import contextlib
import os
import re
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    *("write", "writev", "pwrite64", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg", "sendfile"),
    *("copy_file_range", "fsync", "fdatasync", "sync_file_range", "ftruncate", "fallocate"),
    *("unlink", "unlinkat", "rename", "renameat", "renameat2"),
)
SYNCS = frozenset({"fsync", "fdatasync", "sync_file_range"})
WRITES = frozenset({"write", "writev", "pwrite64", "pwritev", "pwritev2", "ftruncate", "fallocate", "copy_file_range"})
WAKE_UP = "wake-up"
"""An eventfd or a pipe: how the threads of one process wake each other, seen by nobody else."""
FOLDER, FOLDER_PREFIX = "the folder", "devreye-life-"
"""Where the bot of one life has its data: a temporary folder whose name begins so."""
SOCKETS = ("webhook", "Telegram", "Licrus")

_LINE = re.compile(r"(?:(?P<thread>\d+) +)?(?P<time>\d+\.\d+) (?P<call>[a-z0-9_]+)\((?P<arguments>.*)")
_DESCRIPTOR = re.compile(r"(?P<number>\d+)<(?P<what>(?:->|[^<>]|<[^<>]*>)*)>")


@dataclass(frozen=True, slots=True)
class Point:
    """The n-th `call` of the thread of this name, what it goes to, and when it was recorded (seconds since 1970).

    `path` is the file's, or empty for a socket.
    """

    thread: str
    call: str
    n: int
    target: str
    path: str = ""
    time: float = 0.0

    def __str__(self) -> str:
        return f"{self.call} {self.n} of {self.thread} to {self.target}"


def strace() -> str | None:
    """Where strace is, if it is here."""
    return shutil.which("strace")


class Trace:
    """strace at one thread, or at a whole process; as a context it lets go at its end."""

    def __init__(
        self, thread_id: int, calls: Iterable[str], *, path: str = "", everything: bool = False, inject: str = ""
    ) -> None:
        self._thread_id = thread_id
        self._calls = tuple(calls)
        self._path = path
        self._everything = everything
        self._inject = inject
        self._folder = tempfile.TemporaryDirectory(prefix="devreye-strace-")
        self._output = Path(self._folder.name) / "output"

    async def __aenter__(self) -> "Trace":
        self._process = await asyncio.create_subprocess_exec(
            *("strace", "-qq", "-yy", "-ttt", "-s", "80", "-o", str(self._output), "-e", "signal=none"),
            # Not every architecture has every call.
            *("-e", "trace=" + ",".join(f"?{call}" for call in self._calls)),
            *(("-f",) if self._everything else ()),
            *(("-P", self._path) if self._path else ()),
            *(("-e", f"inject={self._inject}") if self._inject else ()),
            *("-p", str(self._thread_id)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.let_go()
        self._folder.cleanup()

    async def let_go(self) -> None:
        """The thread goes on by itself, and nothing is injected any more."""
        # Not send_signal(): it would collect the exit code, which asyncio then misses.
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGINT)
        await self._process.communicate()

    def lines(self) -> list[str]:
        """What was recorded; whole only once it has let go, or the bot has ended."""
        return self._output.read_text(errors="replace").splitlines() if self._output.exists() else []


def points(lines: Iterable[str], names: Mapping[int, str], webhook_port: int) -> list[Point]:
    """Every call of a trace in its order, wake-ups too: they count. A trace of one thread names no ids: it is 0."""
    found: list[Point] = []
    of_thread: Counter[tuple[str, str]] = Counter()
    of_file: Counter[tuple[str, str, str]] = Counter()
    talks: dict[str, str] = {}
    for line in lines:
        match = _LINE.match(line)
        if match is None:
            continue
        thread_id, call = int(match["thread"] or 0), match["call"]
        thread = names.get(thread_id, f"unnamed {thread_id}")
        target, path = _target(match["arguments"], webhook_port, talks)
        of_thread[thread, call] += 1
        of_file[thread, call, path] += 1
        n = of_file[thread, call, path] if path else of_thread[thread, call]
        found.append(Point(thread, call, n, target, path, float(match["time"])))
    return found


def _target(arguments: str, webhook_port: int, talks: dict[str, str]) -> tuple[str, str]:
    """Whom it reaches, and the path where it is a file; a socket is named by who is at its other end."""
    descriptor = _DESCRIPTOR.match(arguments)
    if descriptor is None:
        path = arguments.partition('"')[2].partition('"')[0]
        return _name(path), path
    what = descriptor["what"]
    if what.startswith("TCP"):
        if f":{webhook_port}->" in what:
            return "webhook", ""
        # Both are at one port of the sandbox: a request says to whom it goes, and what follows it goes there too.
        if "/licrus/" in arguments:
            talks[what] = "Licrus"
        elif "/bot" in arguments:
            talks[what] = "Telegram"
        return talks.get(what, "Telegram"), ""
    if not what.startswith("/"):
        return WAKE_UP, ""
    path = what.removesuffix("(deleted)")
    return _name(path), path


def _name(path: str) -> str:
    """A file's own name; the folder is called so, since each life has another one."""
    name = Path(path).name
    return FOLDER if name.startswith(FOLDER_PREFIX) else name
