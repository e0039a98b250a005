"""The writer on PostgreSQL, and what it makes of a server that is restarted, cut off or in the way of itself."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from bot.storage import queries
from bot.storage.database import make_engine, make_writer, migrate
from bot.storage.errors import StorageBusy, StorageError, StorageFull, storage_error
from bot.storage.schema import meta
from bot.storage.writer import Writer
from tests.databases import database_url
from tests.postgresql import Server

pytestmark = pytest.mark.only_on_postgresql(reason="about a server")


def with_writer(url: str, work: Callable[[Writer, sa.Engine], Awaitable[None]]) -> None:
    async def run() -> None:
        engine = make_engine(url)
        migrate(engine)
        writer = make_writer(engine)
        writer.start()
        try:
            await work(writer, engine)
        finally:
            await writer.close()

    asyncio.run(run())


def keep(name: str) -> Callable[[sa.Connection], None]:
    return lambda connection: queries.set_meta(connection, name, "kept")


def kept(engine: sa.Engine) -> set[str]:
    with engine.begin() as connection:
        return set(connection.scalars(sa.select(meta.c.name).where(meta.c.name != "identity")))


def cut_off_the_others(connection: sa.Connection) -> None:
    connection.exec_driver_sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that only this test kills."""
    server = Server("fsync=off").start()
    yield server
    server.stop()


async def soon(writer: Writer, work: Callable[[sa.Connection], None]) -> None:
    """Try until the database takes it, as Telegram does by delivering again."""
    async with asyncio.timeout(20):
        while True:
            try:
                return await writer.run(work)
            except StorageBusy:
                await asyncio.sleep(0.05)


def test_every_wait_has_a_bound_and_every_commit_is_on_the_disk(tmp_path: Path) -> None:
    with make_engine(database_url(tmp_path)).connect() as connection:
        found = {
            name: connection.scalar(sa.text(f"SHOW {name}"))
            for name in (
                "synchronous_commit",
                "transaction_isolation",
                "statement_timeout",
                "lock_timeout",
                "idle_in_transaction_session_timeout",
            )
        }
    assert found == {
        "synchronous_commit": "on",
        "transaction_isolation": "read committed",
        "statement_timeout": "10s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "15s",
    }


def test_jobs_run_side_by_side(tmp_path: Path) -> None:
    meeting = threading.Barrier(2, timeout=10)

    async def work(writer: Writer, engine: sa.Engine) -> None:
        await asyncio.gather(*(writer.run(lambda _: meeting.wait()) for _ in range(2)))

    with_writer(database_url(tmp_path), work)


def test_a_deadlock_is_tried_again_and_loses_nothing(tmp_path: Path) -> None:
    meeting = threading.Barrier(2, timeout=10)
    met = threading.Event()

    def crossing(first: str, second: str) -> Callable[[sa.Connection], None]:
        def job(connection: sa.Connection) -> None:
            queries.set_meta(connection, first, "kept")
            if not met.is_set():
                meeting.wait()
                met.set()
            queries.set_meta(connection, second, "kept")
            queries.set_meta(connection, f"{first} then {second}", "kept")

        return job

    async def work(writer: Writer, engine: sa.Engine) -> None:
        await asyncio.gather(writer.run(crossing("a", "b")), writer.run(crossing("b", "a")))
        assert kept(engine) == {"a", "b", "a then b", "b then a"}

    with_writer(database_url(tmp_path), work)


def test_a_connection_that_was_cut_while_idle_is_opened_anew(tmp_path: Path) -> None:
    async def work(writer: Writer, engine: sa.Engine) -> None:
        await asyncio.gather(*(writer.run(keep(str(number))) for number in range(20)))
        with engine.begin() as connection:
            cut_off_the_others(connection)
        await asyncio.gather(*(writer.run(keep(f"later {number}")) for number in range(20)))
        assert len(kept(engine)) == 40

    with_writer(database_url(tmp_path), work)


def test_a_commit_whose_answer_was_lost_is_neither_claimed_nor_repeated(tmp_path: Path) -> None:
    """The commit is made slow by a trigger, and its connection is cut meanwhile."""
    begun: list[str] = []

    def job(connection: sa.Connection) -> None:
        begun.append("job")
        queries.set_meta(connection, "slow", "kept")

    async def work(writer: Writer, engine: sa.Engine) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN PERFORM pg_sleep(5); RETURN NULL; END $$"
            )
            connection.exec_driver_sql(
                "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON meta DEFERRABLE INITIALLY DEFERRED"
                " FOR EACH ROW WHEN (NEW.name = 'slow') EXECUTE FUNCTION slow()"
            )
        try:
            running = asyncio.create_task(writer.run(job))
            await committing(engine)
            with engine.begin() as connection:
                cut_off_the_others(connection)
            with pytest.raises(StorageBusy):
                await running
            assert begun == ["job"]
        finally:
            with engine.begin() as connection:
                connection.exec_driver_sql("DROP FUNCTION slow CASCADE")

    with_writer(database_url(tmp_path), work)


async def committing(engine: sa.Engine) -> None:
    async with asyncio.timeout(10):
        while True:
            with engine.begin() as connection:
                found = connection.scalar(sa.text("SELECT count(*) FROM pg_stat_activity WHERE query ILIKE 'commit%'"))
            if found:
                return
            await asyncio.sleep(0.02)


def test_an_error_that_a_job_swallows_does_not_look_like_a_success(tmp_path: Path) -> None:
    def swallow(connection: sa.Connection) -> None:
        queries.set_meta(connection, "before", "kept")
        with pytest.raises(sa.exc.DBAPIError):
            connection.exec_driver_sql("SELECT 1 / 0")

    async def work(writer: Writer, engine: sa.Engine) -> None:
        with pytest.raises(StorageError):
            await writer.run(swallow)
        await writer.run(keep("after"))
        assert kept(engine) == {"after"}

    with_writer(database_url(tmp_path), work)


def test_a_server_that_dies_in_a_transaction_keeps_nothing_of_it_and_all_before_it(server: Server) -> None:
    entered = threading.Event()

    def long(connection: sa.Connection) -> None:
        queries.set_meta(connection, "long", "kept")
        entered.set()
        connection.exec_driver_sql("SELECT pg_sleep(5)")

    async def work(writer: Writer, engine: sa.Engine) -> None:
        await writer.run(keep("before"))
        running = asyncio.create_task(writer.run(long))
        await asyncio.to_thread(entered.wait)
        await asyncio.to_thread(server.kill)
        with pytest.raises(StorageBusy):
            await running
        assert not writer.broken
        tried: list[int] = []

        @sa.event.listens_for(engine, "do_connect")
        def count(*_: object) -> None:
            tried.append(1)

        results = await asyncio.gather(
            *(writer.run(keep(str(number))) for number in range(200)), return_exceptions=True
        )
        assert all(isinstance(result, StorageBusy) for result in results)
        assert len(tried) < 20, "a server that is away is not tried once more for each job"
        await asyncio.to_thread(server.start)
        await soon(writer, keep("after"))
        assert kept(engine) == {"before", "after"}

    with_writer(server.create("devreye"), work)


def test_a_server_that_was_restarted_meanwhile_is_not_noticed(server: Server) -> None:
    async def work(writer: Writer, engine: sa.Engine) -> None:
        await asyncio.gather(*(writer.run(keep(str(number))) for number in range(20)))
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
        await asyncio.gather(*(writer.run(keep(f"later {number}")) for number in range(20)))
        assert len(kept(engine)) == 40

    with_writer(server.create("devreye"), work)


def test_replicas_that_start_at_once_migrate_once(server: Server) -> None:
    url = server.create("devreye")

    async def run() -> list[str]:
        return await asyncio.gather(*(asyncio.to_thread(migrate, make_engine(url)) for _ in range(5)))

    assert len(set(asyncio.run(run()))) == 1


def test_nothing_that_goes_wrong_shows_a_value(tmp_path: Path) -> None:
    engine = make_engine(database_url(tmp_path))
    wrong = (
        "INSERT INTO meta (name, value) VALUES ('Ayşe', 'x'), ('Ayşe', 'y')",
        "SELECT 'Ayşe'::int",
        "INSERT INTO drafts (id) VALUES ('Ayşe')",
    )
    for statement in wrong:
        with pytest.raises(sa.exc.DBAPIError) as caught, engine.begin() as connection:
            connection.execute(sa.text(statement.replace("Ayşe", "{0}").format("Ayşe")))
        assert "Ayşe" not in str(caught.value.orig)
        assert "Ayşe" not in str(caught.value).partition("[SQL")[0]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (psycopg.errors.DiskFull(), StorageFull),
        (psycopg.errors.DeadlockDetected(), StorageBusy),
        (psycopg.errors.SerializationFailure(), StorageBusy),
        (psycopg.errors.LockNotAvailable(), StorageBusy),
        (psycopg.errors.QueryCanceled(), StorageBusy),
        (psycopg.errors.AdminShutdown(), StorageBusy),
        (psycopg.errors.CannotConnectNow(), StorageBusy),
        (psycopg.errors.TooManyConnections(), StorageBusy),
        (psycopg.errors.ReadOnlySqlTransaction(), StorageBusy),
        (psycopg.errors.IdleInTransactionSessionTimeout(), StorageBusy),
        (psycopg.OperationalError("server closed the connection"), StorageBusy),
        (psycopg.InterfaceError("the connection is closed"), StorageBusy),
        (psycopg.errors.IoError(), StorageError),
        (psycopg.errors.UniqueViolation(), type(None)),
        (psycopg.DataError("NUL"), type(None)),
    ],
)
def test_each_error_of_the_server_means_what_to_do(error: psycopg.Error, kind: type[object]) -> None:
    assert type(storage_error(error)) is kind
