"""`devreye run` as real processes that start in a fraction of a second: forked from one that has imported everything.

Thousands of kills need thousands of starts. A child is a process of its own, with its own threads, files and sockets;
only Python and the modules were loaded before. Any one of its threads can be made to wait until somebody traces it.
"""

import asyncio
import contextlib
import importlib
import json
import os
import select
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[2]
LOADED = ("bot.commands.running", "uvloop", "uvicorn.protocols.http.httptools_impl", "uvicorn.lifespan.off")
"""What a bot would import at its start."""
MAIN_THREAD = "MainThread"
CRASHED = 70
"""The exit code of a bot that an exception ended."""
BORN_WITHIN_S = 30.0
SETTLED_S = 0.02
"""How long a thread stays where it is once it has a tracer: attaching takes a moment more."""


@dataclass(eq=False, slots=True)
class Child:
    """A bot. `ended` holds its exit code, negative for a signal."""

    pid: int
    names: Path
    """A folder with an entry `<thread id>-<name>` for every thread; making one is no call that is traced."""
    ended: "asyncio.Future[int]"

    @property
    def running(self) -> bool:
        return not self.ended.done()

    async def send(self, number: signal.Signals, within_s: float = 15.0) -> int:
        """Its exit code after this signal; SIGKILL follows where it is not enough."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(self.ended), within_s)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return await self.ended

    async def thread(self, name: str) -> int | None:
        """The id of this thread, as soon as it lives; None if the bot ended before."""
        while self.running:
            for thread_id, found in self.threads().items():
                if found == name:
                    return thread_id
            await asyncio.sleep(0.002)
        return None

    def threads(self) -> dict[int, str]:
        """The name of every thread that it has had, by its id."""
        entries = (entry.name.partition("-") for entry in self.names.iterdir())
        return {int(thread_id): name for thread_id, _, name in entries}


class Nursery:
    """The process that bots are forked from, as seen from outside. `prelude` is run in it before the first."""

    def __init__(self, prelude: str = "") -> None:
        self._prelude = prelude
        self._children: dict[int, Child] = {}
        self._born: asyncio.Queue[int] = asyncio.Queue()
        self._one_birth = asyncio.Lock()

    async def __aenter__(self) -> "Nursery":
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.crash.nursery",
            self._prelude,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        self._listening = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Ends every bot that is left."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()
        await self._listening

    async def bear(self, folder: Path, settings: Mapping[str, str], held_thread: str = "") -> Child:
        """A bot with its log in this folder. The held thread waits until it is traced."""
        assert self._process.stdin is not None
        names = Path(tempfile.mkdtemp(prefix="threads-", dir=folder))
        wish = {"folder": str(folder), "names": str(names), "settings": dict(settings), "held": held_thread}
        async with self._one_birth:
            self._process.stdin.write(json.dumps(wish).encode() + b"\n")
            pid = await asyncio.wait_for(self._born.get(), BORN_WITHIN_S)
            child = self._children[pid] = Child(pid, names, asyncio.get_running_loop().create_future())
        return child

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            news = json.loads(line)
            if "born" in news:
                await self._born.put(news["born"])
                continue
            while news["ended"] not in self._children:  # noqa: ASYNC110 - its birth is being read at this moment
                await asyncio.sleep(0)
            self._children.pop(news["ended"]).ended.set_result(news["code"])


def _serve(wishes: IO[str], news: IO[str]) -> None:
    """Fork a bot for every line until the lines end."""
    for name in LOADED:
        importlib.import_module(name)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    children: set[int] = set()
    while True:
        ready, _, _ = select.select([wishes.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, 1000)
            _bury(children, news)
        if wishes.fileno() in ready:
            line = wishes.readline()
            if not line:
                break
            pid = os.fork()
            if not pid:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                os.closerange(3, 100)
                _live(json.loads(line))
            children.add(pid)
            _tell(news, {"born": pid})
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _bury(children: set[int], news: IO[str]) -> None:
    for pid in list(children):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            children.remove(pid)
            _tell(news, {"ended": pid, "code": os.waitstatus_to_exitcode(status)})


def _tell(news: IO[str], what: Mapping[str, int]) -> None:
    news.write(json.dumps(what) + "\n")
    news.flush()


def _live(wish: dict[str, Any]) -> None:
    """Be the bot; does not return."""
    from bot.commands import main

    code = CRASHED
    try:
        folder = Path(wish["folder"])
        log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for target, source in ((0, nothing), (1, log), (2, log)):
            os.dup2(source, target)
        os.closerange(3, 100)
        os.chdir(folder)
        os.environ.update(wish["settings"])
        run = threading.Thread.run

        def registered(thread: threading.Thread) -> None:
            _register(Path(wish["names"]), wish["held"])
            run(thread)

        threading.Thread.run = registered  # type: ignore[method-assign, assignment]
        _register(Path(wish["names"]), wish["held"])
        code = main(["run"])
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError):
            sys.stderr.flush()
        os._exit(code)


def _register(names: Path, held_thread: str) -> None:
    """Leave this thread's name; the held one goes on when it is traced."""
    thread_id, name = threading.get_native_id(), threading.current_thread().name
    (names / f"{thread_id}-{name}").mkdir()
    if name != held_thread:
        return
    status = Path(f"/proc/self/task/{thread_id}/status")
    while "\nTracerPid:\t0\n" in status.read_text():
        time.sleep(0.002)
    time.sleep(SETTLED_S)


if __name__ == "__main__":
    # What the test wants to be otherwise in the bot.
    exec(sys.argv[1])
    _serve(sys.stdin, sys.stdout)
