"""An event loop whose time jumps: nothing sleeps, nothing waits for the network, and a seed decides what runs next.

Every task belongs to the world or to one life of the bot. A life that is killed never runs again: not its callbacks,
not its timers, not its `finally` blocks.
"""

import asyncio
import contextlib
import heapq
import itertools
import random
from collections.abc import Callable, Coroutine, Generator
from contextvars import Context, ContextVar, copy_context
from typing import Any

LIFE: ContextVar["Life | None"] = ContextVar("LIFE", default=None)
"""The life that a task belongs to; None for the world around the bot."""

EXECUTOR_S = 0.02
"""What is handed to a thread is done within so much time."""


class Killed(BaseException):
    """The process ends here: nothing of its own may run any more."""


class Life:
    """One process of the bot, from its start to its kill."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.dead = False
        self.tasks: list[SimulatedTask] = []

    def suspended(self, site: tuple[str, str, int], task: "SimulatedTask") -> float:
        """One of its tasks waits at this line: how many seconds longer than what it waits for; may end the life."""
        return 0.0


class SimulatedTask(asyncio.Task[Any]):
    """A task whose place in a set does not depend on where it lies in memory."""

    def __init__(self, number: int, coro: Any, name: str | None, **options: Any) -> None:
        self.number = number
        self.coro = coro
        super().__init__(coro, name=name or f"task {number}", **options)

    def __hash__(self) -> int:
        return self.number


class _Watched(Coroutine[Any, Any, Any]):
    """A coroutine of the bot's: each time it waits, its life hears where, and may let it wait longer or forever."""

    def __init__(self, coro: Coroutine[Any, Any, Any], life: Life, loop: "VirtualLoop") -> None:
        self._coro = coro
        self._life = life
        self._loop = loop
        self._held: BaseException | bool | None = False
        self._longer_s = 0.0
        self.task: SimulatedTask | None = None

    def send(self, value: Any) -> Any:
        if self._longer_s:
            return self._hang(None)
        held, self._held = self._held, False
        if isinstance(held, BaseException):
            return self._step(self._coro.throw, held)
        return self._step(self._coro.send, None)

    def throw(self, error: Any, value: Any = None, traceback: Any = None) -> Any:
        if self._longer_s and not isinstance(error, asyncio.CancelledError):
            return self._hang(error)
        self._longer_s, self._held = 0.0, False
        return self._step(self._coro.throw, error)

    def close(self) -> None:
        self._coro.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        raise TypeError("only a task may run this")

    def _step(self, step: Callable[[Any], Any], argument: Any) -> Any:
        found = step(argument)
        site = _site(self._coro)
        if site is not None and self.task is not None:
            self._longer_s = self._life.suspended(site, self.task)
            if self._life.dead:
                return self._blocking(self._loop.create_future())
        return found

    def _hang(self, error: BaseException | None) -> Any:
        seconds, self._longer_s, self._held = self._longer_s, 0.0, error
        future = self._loop.create_future()
        self._loop.call_later(seconds, _resolve, future)
        return self._blocking(future)

    @staticmethod
    def _blocking(future: "asyncio.Future[None]") -> "asyncio.Future[None]":
        future._asyncio_future_blocking = True
        return future


def _resolve(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


def _site(coro: Any) -> tuple[str, str, int] | None:
    """The innermost line of the bot's own code that waits: file, function, line."""
    found = None
    while coro is not None:
        frame = getattr(coro, "cr_frame", None)
        if frame is not None:
            name = frame.f_code.co_filename
            at = name.rfind("/bot/")
            if at >= 0:
                found = (name[at + 1 :], frame.f_code.co_name, frame.f_lineno)
        coro = getattr(coro, "cr_await", None)
    return found


class VirtualLoop(asyncio.AbstractEventLoop):
    """The loop. Times are seconds since the beginning of the history."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.steps = 0
        self._now = 0.0
        self._ready: list[asyncio.Handle] = []
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._order = itertools.count()
        self._tasks: list[SimulatedTask] = []
        self._closed = False

    def run(self, main: Coroutine[Any, Any, None], longest_s: float, most_steps: int) -> bool:
        """Run until `main` is done; False if it took too long."""
        asyncio._set_running_loop(self)
        try:
            task = self.create_task(main)
            while not task.done():
                if self._now > longest_s or self.steps > most_steps or not self._advance():
                    return False
            task.result()
            return True
        finally:
            asyncio._set_running_loop(None)

    def _advance(self) -> bool:
        """Run one callback; of those that are due, a random one."""
        if not self._ready:
            if not self._timers:
                return False
            self._now = max(self._now, self._timers[0][0])
        while self._timers and self._timers[0][0] <= self._now:
            self._ready.append(heapq.heappop(self._timers)[2])
        last = len(self._ready) - 1
        at = int(self.chance.random() * (last + 1)) if last else 0
        handle = self._ready[at]
        self._ready[at] = self._ready[last]
        self._ready.pop()
        self.steps += 1
        context: Context = handle._context  # type: ignore[attr-defined]
        life = context.get(LIFE)
        if handle.cancelled() or (life is not None and life.dead):
            return True
        with contextlib.suppress(Killed):
            context.run(handle._callback, *handle._args)  # type: ignore[attr-defined]
        return True

    def close(self) -> None:
        """Let go of all that still waits, without running any of it."""
        self._closed = True
        self._ready.clear()
        self._timers.clear()
        asyncio._set_running_loop(self)
        try:
            for task in self._tasks:
                if not task.done():
                    with contextlib.suppress(BaseException):
                        task.coro.close()
        finally:
            asyncio._set_running_loop(None)
        self._ready.clear()
        self._timers.clear()

    def time(self) -> float:
        return self._now

    def is_running(self) -> bool:
        return not self._closed

    def is_closed(self) -> bool:
        return self._closed

    def get_debug(self) -> bool:
        return False

    def call_soon(  # type: ignore[override]
        self, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    call_soon_threadsafe = call_soon  # type: ignore[assignment]

    def call_later(  # type: ignore[override]
        self, delay: float, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        return self.call_at(self._now + delay, callback, *args, context=context)

    def call_at(  # type: ignore[override]
        self, when: float, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        handle = asyncio.TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._timers, (when, next(self._order), handle))
        return handle

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        return

    def create_future(self) -> "asyncio.Future[Any]":
        return asyncio.Future(loop=self)

    def create_task(self, coro: Any, *, name: str | None = None, context: Context | None = None) -> SimulatedTask:
        context = context or copy_context()
        life = context.get(LIFE)
        if life is None:
            task = SimulatedTask(len(self._tasks), coro, name, loop=self, context=context)
        else:
            watched = _Watched(coro, life, self)
            watched.task = task = SimulatedTask(len(self._tasks), watched, name, loop=self, context=context)
            life.tasks.append(task)
        self._tasks.append(task)
        return task

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, function: Callable[..., Any], *args: Any
    ) -> "asyncio.Future[Any]":
        """The call is made whole, at some moment soon: a thread of the real loop's may take as long."""
        future = self.create_future()

        def call() -> None:
            try:
                value = function(*args)
            except Exception as error:
                if not future.done():
                    future.set_exception(error)
            else:
                if not future.done():
                    future.set_result(value)

        self.call_later(self.chance.random() * EXECUTOR_S, call)
        return future

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        return

    default_exception_handler = call_exception_handler
