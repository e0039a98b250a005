"""One bot in its world: the real application, on a disk, a network and a clock that a seed decides."""

import asyncio
import contextlib
import errno
import itertools
import os
import random
import secrets
import shutil
import sqlite3
import string
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextvars import Context, copy_context
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar
from unittest import mock

import sqlalchemy as sa

import bot.journal
import bot.storage.dialect
from bot.app import App, StartError
from bot.journal import SendJournal
from bot.licrus import CallRequest, Outcome
from bot.licrus.client import create_call
from bot.listening import FINISH_S
from bot.settings import Settings, load_settings
from bot.storage.database import make_engine, migrate
from bot.storage.errors import StorageBroken, StorageClosed
from bot.storage.writer import GROUP_SIZE, Job, Writer
from bot.telegram.inbound import Inbound
from bot.telegram.webhook import Webhook
from bot.terms import Terms
from tests.simulation.faults import Faults
from tests.simulation.licrus import Licrus
from tests.simulation.loop import LIFE, Killed, Life, SimulatedTask, VirtualLoop
from tests.simulation.telegram import OPERATORS, Answer, Client, Telegram
from tests.statements import watch

T = TypeVar("T")

SHARED_MEMORY = Path("/dev/shm")
EPOCH_S = 1_800_000_000.0
SECRET = "the-secret-of-the-simulation"
PATH = "/telegram"
LETTERS = string.ascii_letters + string.digits + "-_"
SHORTEST_RESTART_S, LONGEST_RESTART_S = 0.05, 2.0
LONG_OUTAGE_S = 200.0
MOST_KILLS = 6
HANGS_S = (0.3, 3.0, 70.0, 160.0)
SAVEPOINTS = {
    "do_savepoint": "SAVEPOINT",
    "do_release_savepoint": "RELEASE SAVEPOINT",
    "do_rollback_to_savepoint": "ROLLBACK TO SAVEPOINT",
}
OF_OURS = ("SELECT", "INSERT", "UPDATE", "DELETE")
"""Whatever else is sent to the database is the driver's, and no mistake of ours can be there."""
MAY_BE_CANCELLED = ("request", "outbox chat", "submit ", "toast")


class Disk:
    """The database's folder: one for all histories of this process, with an engine that keeps what it compiled."""

    def __init__(self, folder: Path | None = None) -> None:
        """In this folder, or in memory where the system has a place for that."""
        within = folder or (SHARED_MEMORY if SHARED_MEMORY.is_dir() else None)
        self.folder = Path(tempfile.mkdtemp(prefix="devreye-simulation-", dir=within))
        self.database, self.journal = self.folder / "devreye.db", self.folder / "devreye.journal"
        self.engine = make_engine(f"sqlite:///{self.database}")
        migrate(self.engine)
        with self.engine.connect() as connection:
            self._empty = _driver(connection).serialize()
        self.world: World | None = None
        self._stop_watching = watch(self.engine, self._statement)
        # Word for word what the dialect does, without compiling it each time: that took an eighth of all.
        for method, words in SAVEPOINTS.items():
            setattr(self.engine.dialect, method, _runs(words))

    def _statement(self, driver: sqlite3.Connection, statement: str) -> None:
        if self.world is not None:
            self.world.statement(driver, statement)

    def reset(self, content: bytes | None = None) -> None:
        """The database as it was when it was made, or with this content."""
        for name in ("-wal", "-shm", "-journal"):
            self.database.with_name(self.database.name + name).unlink(missing_ok=True)
        self.database.write_bytes(content or self._empty)

    def close(self) -> None:
        self._stop_watching()
        self.engine.dispose()
        shutil.rmtree(self.folder, ignore_errors=True)


def _driver(connection: sa.Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _runs(words: str) -> Callable[[sa.Connection, str], None]:
    def run(connection: sa.Connection, name: str) -> None:
        connection.exec_driver_sql(f"{words} {name}")

    return run


class JournalDisk:
    """What the journal has instead of `os`: its writes may fail, and what was not synced may be lost or torn."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._synced = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def write(self, descriptor: int, data: bytes) -> int:
        self._world.kill_now("killed around the journal")
        if self._world.faults.happens("journal full"):
            os.write(descriptor, data[: self._world.chance.randrange(len(data))])
            raise OSError(errno.ENOSPC, "No space left on device")
        return os.write(descriptor, data)

    def fsync(self, descriptor: int) -> None:
        self._world.kill_now("killed around the journal")
        if self._world.faults.happens("journal not synced"):
            raise OSError(errno.EIO, "Input/output error")
        size = os.fstat(descriptor).st_size
        if os.path.samestat(os.fstat(descriptor), os.stat(self._world.disk.journal)):
            self._synced = size

    def lose_what_was_not_synced(self) -> None:
        path = self._world.disk.journal
        size = path.stat().st_size if path.exists() else 0
        if size > self._synced:
            os.truncate(path, self._world.chance.randint(self._synced, size))


class InlineWriter(Writer):
    """The writer without its thread: the same groups, savepoints and commits, at a moment that the seed decides."""

    def __init__(self, world: "World", life: "BotLife", on_broken: Callable[[], None]) -> None:
        super().__init__(world.disk.engine, on_broken)
        self._world = world
        self._life = life
        self._queue: list[Job] = []
        self._due = False

    def start(self) -> None:
        self._connection = self._engine.connect()

    async def run(self, work: Callable[[sa.Connection], T]) -> T:
        loop = asyncio.get_running_loop()
        job = Job(work, loop, loop.create_future())
        if self._closed:
            raise StorageClosed
        self._queue.append(job)
        self._schedule()
        result: T = await job.future
        return result

    async def tidy(self, *, rewrite: bool = False) -> bool:
        """What stays on a page of the file is nothing that a history looks at."""
        return True

    async def close(self, within_s: float | None = None) -> None:
        if self._closed:
            return
        self._closed = True
        while self._queue:  # noqa: ASYNC110 - the queue is emptied by a timer
            await asyncio.sleep(0.01)
        if not self.broken:
            self._checkpoint(self._connection)
        self.let_go()

    def let_go(self) -> None:
        """The process is gone: what was not committed is rolled back."""
        self._connection.close()

    def _schedule(self) -> None:
        if not self._due:
            self._due = True
            slow = self._world.faults.happens("slow disk")
            delay_s = self._world.chance.choice(HANGS_S) if slow else self._world.chance.random() * 0.02
            self._world.loop.call_later(delay_s, self._turn)

    def _turn(self) -> None:
        world = self._world
        self._due = False
        group, self._queue = self._queue[:GROUP_SIZE], self._queue[GROUP_SIZE:]
        if self._queue:
            self._schedule()
        world.in_group = True
        try:
            self._commit(self._connection, group)
        finally:
            world.in_group = False
        world.groups += 1
        if self._life.dead:
            return
        world.kill_now("killed after a commit")
        if not self.broken and world.faults.happens("commit done but lost"):
            self.broken = True
            for job in group:
                job.value, job.error = None, StorageBroken("SQLITE_IOERR_FSYNC")
            self._on_broken()
        for job in group:
            job.answer()
        world.may_take_a_copy(self._connection)


class BotLife(Life):
    """One process: what the world has to clean up when it is killed."""

    def __init__(self, number: int, world: "World") -> None:
        super().__init__(number)
        self.world = world
        self.context: Context = copy_context()
        self.context.run(LIFE.set, self)
        self.ended: asyncio.Future[None] = world.loop.create_future()
        self.stop = asyncio.Event()
        self.writer: InlineWriter | None = None
        self.journal: SendJournal | None = None
        self.listener: Listener | None = None
        self.exchanges: dict[int, asyncio.Future[Answer]] = {}

    def suspended(self, site: tuple[str, str, int], task: SimulatedTask) -> float:
        world = self.world
        place = f"{site[0]}:{site[2]} {site[1]}"
        world.visited[place] += 1
        if world.kills < MOST_KILLS and world.faults.happens("killed while waiting"):
            world.hit[place] += 1
            world.kill(self, f"while waiting at {place}")
        elif task.get_name().startswith(MAY_BE_CANCELLED) and world.faults.happens("task cancelled"):
            world.hit[place] += 1
            world.trace("fault", lambda: f"{task.get_name()} is cancelled at {place}")
            world.loop.call_soon(task.cancel)
        elif world.faults.happens("task hangs"):
            world.hit[place] += 1
            seconds = world.chance.choice(HANGS_S)
            world.trace("fault", lambda: f"{task.get_name()} hangs for {seconds} s at {place}")
            return seconds
        return 0.0


class Listener:
    """What stands in for uvicorn: calls the ASGI function, and at the end gives what is in flight some time."""

    def __init__(self, app: Webhook, life: BotLife) -> None:
        self._app = app
        self._life = life
        self._stop = asyncio.Event()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self.open = True

    async def run(self) -> None:
        self._life.listener = self
        await self._stop.wait()
        self.open = False
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=FINISH_S)
        for task in list(self._tasks.values()):
            task.cancel()

    async def started(self) -> None:
        await asyncio.sleep(0)

    def stop(self) -> None:
        self._stop.set()

    def call(self, body: bytes) -> "asyncio.Future[Answer]":
        """Begin one request; its answer, or a ConnectionError."""
        world, life = self._life.world, self._life
        answer: asyncio.Future[Answer] = world.loop.create_future()
        number = next(world.numbers)
        life.exchanges[number] = answer
        scope = {
            "type": "http",
            "method": "POST",
            "path": PATH,
            "headers": [(b"x-telegram-bot-api-secret-token", SECRET.encode())],
        }
        head: dict[str, Any] = {}

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                head.update(message)
                world.kill_here("killed around a response")
                await world.alive()
                if world.faults.happens("response hangs"):
                    await asyncio.sleep(world.chance.choice((30, 70, 130)))
                return
            if not answer.done():
                answer.set_result((head["status"], dict(head["headers"]), message["body"]))
            await world.pause(0.02)
            world.kill_here("killed around a response")
            await world.alive()

        task = world.loop.create_task(
            self._app(scope, receive, send), name=f"request {number}", context=life.context.copy()
        )
        self._tasks[number] = task

        def done(_: Any) -> None:
            del self._tasks[number]
            life.exchanges.pop(number, None)
            if not task.cancelled():
                task.exception()
            if not answer.done():
                answer.set_exception(ConnectionResetError())

        task.add_done_callback(done)
        return answer


class SimulatedApp(App):
    """The real application; only what reaches out of the process is the world's."""

    def __init__(self, world: "World", life: BotLife) -> None:
        super().__init__(world.settings, clock=world.clock, steady=world.loop.time)
        self._world = world
        self._life = life

    def _open_journal(self, *, shared: bool) -> SendJournal:
        self._life.journal = journal = super()._open_journal(shared=shared)
        return journal

    async def _open_storage(self) -> tuple[sa.Engine, Writer]:
        await self._world.pause(0.2)
        self._life.writer = writer = InlineWriter(self._world, self._life, self.failed.set)
        writer.start()
        self._parts.add(writer.close)
        return self._world.disk.engine, writer

    async def _connect(self) -> Any:
        await self._world.pause(0.3)
        return Client(self._world.telegram)

    def _open_listener(self, answer: Callable[[Inbound], Awaitable[dict[str, Any] | None]]) -> Any:
        return Listener(Webhook(answer, (SECRET,), PATH), self._life)

    def _terms(self, username: str) -> Terms:
        return replace(super()._terms(username), **self._world.terms)

    async def _send(self, request: CallRequest, still_allowed: Callable[[], bool]) -> Outcome:
        return await create_call(
            request,
            url=self.settings.licrus_url,
            ticket=self.settings.licrus_auth_ticket.get_secret_value(),
            limits=self.settings.licrus_limits,
            still_allowed=still_allowed,
            transport=self._world.licrus,
        )


def settings(disk: Disk, *, webhook: bool) -> Settings:
    """The bot's settings; nothing of the machine's environment."""
    return load_settings(
        None,
        bot_token="7:simulation",
        licrus_url="https://licrus.example.com/api",
        licrus_auth_ticket="ticket",
        database_url=f"sqlite:///{disk.database}",
        journal_file=disk.journal,
        operators_chat_id=OPERATORS,
        updates_per_minute=1_000_000,
        webhook_url=f"https://bot.example.com{PATH}" if webhook else "",
        webhook_secret=SECRET,
    )


class World:
    """All of one history but its people."""

    def __init__(self, seed: int, disk: Disk, given: Settings, terms: dict[str, Any], *, tracing: bool) -> None:
        self.chance = random.Random(seed)
        self.disk = disk
        self.settings = given
        self.terms = terms
        self.loop = VirtualLoop(self.chance)  # type: ignore[abstract]
        self.faults = Faults(self.chance, lambda kind: self.trace("fault", lambda: kind))
        self.lines: list[str] | None = [] if tracing else None
        self.telegram = Telegram(self, webhook=bool(given.webhook_url))
        self.licrus = Licrus(self)
        self.life: BotLife | None = None
        self.lives = self.kills = self.groups = 0
        self.in_group = False
        self.restored = False
        self.calm_at = 0.0
        """From here on nothing goes wrong any more."""
        self.visited: Counter[str] = Counter()
        self.hit: Counter[str] = Counter()
        self.numbers = itertools.count(1)
        self._journal_disk = JournalDisk(self)
        self._copy: bytes | None = None
        self._restoring = False

    def clock(self) -> float:
        """Seconds since 1970."""
        return EPOCH_S + self.loop.time()

    def trace(self, who: str, what: Callable[[], str]) -> None:
        """One line of the history, if somebody wants to read it."""
        if self.lines is not None:
            self.lines.append(f"{self.loop.time():9.3f} {who:8} {what()}")

    def spawn(self, coro: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """A task of the world's own."""
        context = copy_context()
        context.run(LIFE.set, None)
        return self.loop.create_task(coro, context=context)

    async def pause(self, longest_s: float) -> None:
        await asyncio.sleep(self.chance.random() * longest_s)

    async def alive(self) -> None:
        """Returns, unless the process in which it is called was killed."""
        life = LIFE.get()
        if life is not None and life.dead:
            await self.loop.create_future()

    async def call_webhook(self, body: bytes) -> Answer:
        """What the bot answers. Raises ConnectionError where there is no bot, or it dies meanwhile."""
        life = self.life
        if life is None or life.dead or life.listener is None or not life.listener.open:
            raise ConnectionRefusedError
        return await life.listener.call(body)

    # The process

    async def supervise(self) -> None:
        """Start the bot, and start it again whenever it ended."""
        while True:
            self.lives += 1
            self.life = life = BotLife(self.lives, self)
            self.trace("process", lambda: f"life {self.lives} begins")
            self.loop.create_task(self._live(life), name="main", context=life.context)
            await life.ended
            self.trace("process", lambda: f"life {self.lives} has ended")
            longest = LONG_OUTAGE_S if self.chance.random() < 0.1 else LONGEST_RESTART_S
            await asyncio.sleep(SHORTEST_RESTART_S + self.chance.random() * longest)
            if self._restoring and self._copy is not None:
                self.disk.reset(self._copy)
                self._copy, self._restoring, self.restored = None, False, True

    async def _live(self, life: BotLife) -> None:
        app = SimulatedApp(self, life)
        try:
            await app.start()
        except Exception as error:
            why = error.reason if isinstance(error, StartError) else type(error).__name__
            self.trace("process", lambda: f"can't start: {why}")
        else:
            stopping = asyncio.ensure_future(life.stop.wait())
            failing = asyncio.ensure_future(app.failed.wait())
            await asyncio.wait({stopping, failing}, return_when=asyncio.FIRST_COMPLETED)
            await app.stop()
        life.dead = True
        self._bury(life)

    async def restore_once(self) -> None:
        """Some time after a copy was taken the process is killed and the copy put back; the journal stays."""
        while self.faults.planned("database restored") and not self.restored:
            await self.pause(60)
            if self._copy is not None and self.life is not None and self.faults.happens("database restored"):
                self._restoring = True
                self.kill(self.life, "for the copy to be put back")
                return

    async def stop_at_times(self) -> None:
        """An orderly stop now and then, as for a new release."""
        while self.faults.planned("stopped"):
            await self.pause(60)
            if self.faults.happens("stopped") and self.life is not None:
                self.life.stop.set()

    def kill(self, life: BotLife, where: str) -> None:
        """The process ends at this instant."""
        if not life.dead:
            life.dead = True
            self.kills += 1
            self.trace("fault", lambda: f"life {life.number} is killed {where}".replace("killed killed", "killed"))
            context = copy_context()
            context.run(LIFE.set, None)
            self.loop.call_soon(self._bury, life, context=context)

    def kill_here(self, kind: str) -> None:
        """Perhaps the process in whose task this is called ends here; `alive` has to be awaited then."""
        life = LIFE.get()
        if isinstance(life, BotLife) and not life.dead and self.kills < MOST_KILLS and self.faults.happens(kind):
            self.kill(life, kind)

    def kill_now(self, kind: str) -> None:
        """Perhaps the process ends here. Raises Killed."""
        life = self.life
        if life is None or life.dead:
            return
        if self.kills < MOST_KILLS and self.faults.happens(kind):
            self.kill(life, kind)
            raise Killed

    def _bury(self, life: BotLife) -> None:
        if life.writer is not None:
            life.writer.let_go()
        if life.journal is not None:
            life.journal.close()
            self._journal_disk.lose_what_was_not_synced()
        for answer in life.exchanges.values():
            if not answer.done():
                answer.set_exception(ConnectionResetError())
        if not life.ended.done():
            life.ended.set_result(None)

    # The storage

    def statement(self, driver: sqlite3.Connection, statement: str) -> None:
        """A statement is about to run in a transaction of the bot's. Raises what SQLite raises, or Killed."""
        if not self.in_group:
            return
        self.kill_now("killed in a transaction")
        if statement.startswith(OF_OURS) and self.faults.happens("our own mistake"):
            raise RuntimeError("a mistake of ours")
        if self.faults.happens("disk full"):
            driver.rollback()
            raise _sqlite_error(sqlite3.SQLITE_FULL, "SQLITE_FULL")
        if self.faults.happens("database busy"):
            raise _sqlite_error(sqlite3.SQLITE_BUSY, "SQLITE_BUSY")
        if self.faults.happens("commit failed"):
            raise _sqlite_error(sqlite3.SQLITE_IOERR, "SQLITE_IOERR_FSYNC")

    def may_take_a_copy(self, connection: sa.Connection) -> None:
        """A backup, taken while the bot runs."""
        if self._restoring or self.restored or not self.faults.planned("database restored"):
            return
        if self.chance.random() < (0.05 if self._copy is None else 0.02):
            self._copy = _driver(connection).serialize()

    def _hexadecimal(self, size: int) -> str:
        return self.chance.randbytes(size).hex()

    def _token(self, _size: int) -> str:
        return "".join(self.chance.choices(LETTERS, k=12))

    @contextlib.contextmanager
    def in_place(self) -> Iterator[None]:
        """What the bot takes from the machine comes from the seed."""
        self.disk.reset()
        self.disk.journal.unlink(missing_ok=True)
        self.disk.world = self
        with (
            mock.patch.object(bot.journal, "os", self._journal_disk),
            mock.patch.object(shutil, "disk_usage", return_value=SimpleNamespace(free=10**12)),
            mock.patch.object(bot.storage.dialect, "time", SimpleNamespace(time=self.clock)),
            mock.patch.object(secrets, "choice", self.chance.choice),
            mock.patch.object(secrets, "token_hex", self._hexadecimal),
            mock.patch.object(secrets, "token_urlsafe", self._token),
        ):
            try:
                yield
            finally:
                self.disk.world = None
                self.loop.close()
                if self.life is not None and not self.life.dead:
                    self._bury(self.life)


def _sqlite_error(code: int, name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(name)
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    return error
