"""The servers that a contestant asks for, each fresh for one run, on the load's core: what is compared is the bot."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from tests.ports import free_port

Server = Literal["redis", "postgresql"]
REDIS_WITHIN_S = 10.0


@contextlib.contextmanager
def running(servers: tuple[Server, ...], folder: Path) -> Iterator[tuple[str, str, list[int]]]:
    """The addresses of Redis and PostgreSQL ("" where not asked for) and the servers' process ids; they end with it."""
    with contextlib.ExitStack() as stack:
        redis_url = database_url = ""
        pids: list[int] = []
        if "redis" in servers:
            redis_url, pid = stack.enter_context(_redis(folder))
            pids.append(pid)
        if "postgresql" in servers:
            from tests.postgresql import Server as PostgreSQL

            server = PostgreSQL().start()
            stack.callback(server.stop)
            database_url = server.create("bench")
            if server.pid is not None:
                pids.append(server.pid)
        yield redis_url, database_url, pids


def redis_program() -> str:
    """The Redis server; "" where there is none. REDIS_SERVER names another."""
    return os.environ.get("REDIS_SERVER") or shutil.which("redis-server") or ""


@contextlib.contextmanager
def _redis(folder: Path) -> Iterator[tuple[str, int]]:
    """Redis as it is by default: it saves to the disk now and then, and is not asked for more."""
    port = free_port()
    program = [redis_program(), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    process = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + REDIS_WITHIN_S
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.01)
        yield f"redis://127.0.0.1:{port}/0", process.pid
    finally:
        process.terminate()
        process.wait(10)
