"""What the bot's processes, and the servers beside it, cost: read from /proc, with all that they started."""

import contextlib
import itertools
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import psutil

BOT_CPU, LOAD_CPU = 0, 1


def bot_cores() -> Iterator[int]:
    """A core for each replica of a bot: never the load's, and one that is shared where there are no more."""
    cores = [core for core in range(os.cpu_count() or 1) if core != LOAD_CPU]
    return itertools.cycle(cores)


@contextlib.contextmanager
def pinned(cpu: int) -> Iterator[None]:
    """Keep this thread, and what it starts meanwhile, on one core, where the system and the machine can do that."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    with contextlib.suppress(OSError):
        os.sched_setaffinity(0, {cpu})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds of CPU in user and in system mode, bytes written, and resident bytes.

    `dirtied` is what Linux says will go to the disk: many times too much where it counts large folios whole. `handed`
    is what was handed to write calls, some of it to sockets. What really was written is less than either.
    """

    user_s: float = 0.0
    system_s: float = 0.0
    dirtied: int = 0
    handed: int = 0
    resident: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.user_s + other.user_s,
            self.system_s + other.system_s,
            self.dirtied + other.dirtied,
            self.handed + other.handed,
            self.resident + other.resident,
        )

    @property
    def written(self) -> int:
        """At most so many bytes."""
        return min(self.dirtied, self.handed)

    def since(self, earlier: "Usage") -> "Usage":
        """What was used between the two; the resident bytes are those of now."""
        return Usage(
            self.user_s - earlier.user_s,
            self.system_s - earlier.system_s,
            self.dirtied - earlier.dirtied,
            self.handed - earlier.handed,
            self.resident,
        )


def usage(pids: Iterable[int]) -> Usage:
    """Of these processes and all that they started and that still run, or were waited for."""
    total = Usage()
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            first = psutil.Process(pid)
            for process in (first, *first.children(recursive=True)):
                with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                    total += _of(process)
    return total


def _of(process: psutil.Process) -> Usage:
    times = process.cpu_times()
    ended = getattr(times, "children_user", 0.0), getattr(times, "children_system", 0.0)
    counted = process.io_counters() if hasattr(process, "io_counters") else None
    dirtied, handed = (counted.write_bytes, counted.write_chars) if counted else (0, 0)
    return Usage(times.user + ended[0], times.system + ended[1], dirtied, handed, process.memory_info().rss)


@dataclass(frozen=True, slots=True)
class Moment:
    """What is read before and after a stretch of a run. `busy_s`: how long the bot's core was busy, for whomever."""

    at: float
    bot: Usage
    servers: Usage
    load_s: float
    busy_s: float


def moment(bot: Iterable[int], servers: Iterable[int]) -> Moment:
    """Now."""
    cores = psutil.cpu_times(percpu=True)
    core = cores[min(BOT_CPU, len(cores) - 1)]
    busy = sum(core) - core.idle - getattr(core, "iowait", 0.0) - getattr(core, "guest", 0.0)
    return Moment(time.perf_counter(), usage(bot), usage(servers), time.process_time(), busy)
