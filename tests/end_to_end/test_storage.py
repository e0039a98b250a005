"""The database as it is opened, migrated and written to."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.storage import database, outbox_queries, queries
from bot.storage.database import known_revisions, make_engine, make_tables, make_writer, migrate
from bot.storage.errors import SchemaTooNew, StorageBroken, StorageClosed, StorageError, StorageFull
from bot.storage.prepared import Prepared
from bot.storage.schema import drafts, meta, metadata
from bot.storage.writer import Writer
from conversations.draft import Draft
from conversations.replies import Message
from conversations.words import Words
from tests.databases import database_url, empty_database_url

only_on_sqlite = pytest.mark.only_on_sqlite(reason="about SQLite's file, pragmas or group commit")


def engine_at(tmp_path: Path) -> sa.Engine:
    return make_engine(database_url(tmp_path))


def with_writer(tmp_path: Path, work: Callable[[Writer], Awaitable[None]], broken: list[bool] | None = None) -> None:
    async def run() -> None:
        engine = engine_at(tmp_path)
        migrate(engine)
        writer = make_writer(engine, lambda: None if broken is None else broken.append(True))
        writer.start()
        try:
            await work(writer)
        finally:
            await writer.close()

    asyncio.run(run())


def on_disk(tmp_path: Path) -> dict[str, str]:
    with engine_at(tmp_path).begin() as connection:
        found = connection.execute(sa.select(meta).where(meta.c.name != "identity"))
        return {row.name: row.value for row in found}


def keep(name: str) -> Callable[[sa.Connection], None]:
    return lambda connection: queries.set_meta(connection, name, "kept")


@only_on_sqlite
def test_the_pragmas_are_what_was_set(tmp_path: Path) -> None:
    with engine_at(tmp_path).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar() == 0
        assert connection.exec_driver_sql("PRAGMA temp_store").scalar() == 2


def test_the_migrations_make_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    engine = make_engine(empty_database_url(tmp_path))
    migrate(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        # Alembic does not compare CHECK constraints.
        look = sa.inspect(connection)
        made = {check["name"] for table in metadata.tables for check in look.get_check_constraints(table)}
    checks = [c for t in metadata.tables.values() for c in t.constraints if isinstance(c, sa.CheckConstraint)]
    assert len(checks) == 10
    assert made == {check.name for check in checks}


@only_on_sqlite
def test_the_checks_are_made_as_the_code_says_them(tmp_path: Path) -> None:
    engine = engine_at(tmp_path)
    migrate(engine)
    with engine.connect() as connection:
        made = "".join(connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table'").scalars())
    for table in metadata.tables.values():
        for check in table.constraints:
            assert not isinstance(check, sa.CheckConstraint) or str(check.sqltext) in made


def test_migrating_again_changes_nothing_and_keeps_the_identity(tmp_path: Path) -> None:
    assert migrate(engine_at(tmp_path)) == migrate(engine_at(tmp_path))


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    engine = make_engine(empty_database_url(tmp_path))
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaTooNew):
        migrate(engine)


@only_on_sqlite
def test_a_file_that_is_no_database_is_broken(tmp_path: Path) -> None:
    (tmp_path / "devreye.db").write_text("not a database at all, but long enough to be looked at " * 50)
    with pytest.raises(StorageError):
        migrate(engine_at(tmp_path))


@only_on_sqlite
def test_a_checkpoint_that_fails_after_the_migrations_is_not_kept_quiet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(connection: sa.Connection) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_IOERR, "SQLITE_IOERR_FSYNC"
        raise error

    # SQLite makes one more when the last connection closes, and tells nobody what came of it.
    monkeypatch.setattr(database, "checkpoint", fails)
    with pytest.raises(StorageBroken):
        migrate(engine_at(tmp_path))


@only_on_sqlite
def test_a_writer_that_cannot_open_the_database_says_so_in_the_words_of_the_storage(tmp_path: Path) -> None:
    (tmp_path / "devreye.db").mkdir()
    with pytest.raises(StorageBroken, match="CANTOPEN"):
        Writer(engine_at(tmp_path)).start()


def test_errors_show_no_values(tmp_path: Path) -> None:
    engine = engine_at(tmp_path)
    migrate(engine)
    with pytest.raises(sa.exc.IntegrityError) as caught, engine.begin() as connection:
        connection.execute(sa.insert(meta).values([{"name": "Ayşe", "value": "x"}, {"name": "Ayşe", "value": "x"}]))
    assert "Ayşe" not in str(caught.value)
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)) as caught_past, engine.begin() as connection:
        Prepared(sa.insert(meta).values([{"name": "Ayşe", "value": "x"}] * 2)).changed(connection)
    assert "Ayşe" not in str(caught_past.value)


def test_what_runs_past_sqlalchemy_is_part_of_the_transaction(tmp_path: Path) -> None:
    engine = engine_at(tmp_path)
    migrate(engine)
    with engine.connect() as connection:
        queries.set_meta(connection, "undone", "x")
        assert connection.in_transaction()
    with engine.begin() as connection:
        assert queries.get_meta(connection, "undone") is None


def test_a_failing_job_takes_nothing_else_with_it(tmp_path: Path) -> None:
    def fail(connection: sa.Connection) -> None:
        queries.set_meta(connection, "failed", "kept")
        raise KeyError("mine")

    async def work(writer: Writer) -> None:
        jobs = [writer.run(job) for job in (keep("before"), fail, keep("after"))]
        before, failed, after = await asyncio.gather(*jobs, return_exceptions=True)
        assert (before, after) == (None, None)
        assert isinstance(failed, KeyError)

    with_writer(tmp_path, work)
    assert on_disk(tmp_path) == {"before": "kept", "after": "kept"}


def test_what_was_answered_is_on_the_disk(tmp_path: Path) -> None:
    async def work(writer: Writer) -> None:
        for number in range(20):
            await writer.run(keep(str(number)))
            assert str(number) in on_disk(tmp_path)

    with_writer(tmp_path, work)


def test_many_jobs_are_all_kept(tmp_path: Path) -> None:
    async def work(writer: Writer) -> None:
        await asyncio.gather(*(writer.run(keep(str(number))) for number in range(500)))

    with_writer(tmp_path, work)
    assert len(on_disk(tmp_path)) == 500


@only_on_sqlite
def test_a_full_disk_fails_the_whole_group_and_the_next_one_works(tmp_path: Path) -> None:
    def fill(connection: sa.Connection) -> None:
        # The limit is of the connection, and SQLite answers exactly as it does for a full disk.
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        queries.set_meta(connection, "large", "x" * 1_000_000)

    async def work(writer: Writer) -> None:
        jobs = [writer.run(job) for job in (keep("before"), fill, keep("after"))]
        for result in await asyncio.gather(*jobs, return_exceptions=True):
            assert isinstance(result, StorageFull)
        assert on_disk(tmp_path) == {}
        await writer.run(keep("later"))
        assert not writer.broken

    with_writer(tmp_path, work)
    assert on_disk(tmp_path) == {"later": "kept"}


@only_on_sqlite
def test_an_io_error_breaks_the_writer_for_good(tmp_path: Path) -> None:
    broken: list[bool] = []

    def fail(connection: sa.Connection) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
        error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
        raise error

    async def work(writer: Writer) -> None:
        jobs = [writer.run(job) for job in (keep("before"), fail)]
        for result in await asyncio.gather(*jobs, return_exceptions=True):
            assert isinstance(result, StorageBroken)
        with pytest.raises(StorageBroken):
            await writer.run(keep("later"))

    with_writer(tmp_path, work, broken)
    assert broken == [True]
    assert on_disk(tmp_path) == {}


@only_on_sqlite
def test_a_lost_transaction_fails_the_group_instead_of_committing_by_itself(tmp_path: Path) -> None:
    def lose(connection: sa.Connection) -> None:
        connection.exec_driver_sql("ROLLBACK")
        raise KeyError("mine")

    async def work(writer: Writer) -> None:
        jobs = [writer.run(job) for job in (keep("before"), lose, keep("after"))]
        for result in await asyncio.gather(*jobs, return_exceptions=True):
            assert isinstance(result, StorageError)

    with_writer(tmp_path, work)
    assert on_disk(tmp_path) == {}


def test_a_closed_writer_says_so(tmp_path: Path) -> None:
    async def run() -> None:
        engine = engine_at(tmp_path)
        migrate(engine)
        writer = make_writer(engine)
        writer.start()
        await writer.close()
        with pytest.raises(StorageClosed):
            await writer.run(keep("later"))

    asyncio.run(run())


def test_the_chat_that_has_waited_longest_comes_first(tmp_path: Path) -> None:
    engine = engine_at(tmp_path)
    migrate(engine)
    note = Message((Words("help"),))
    with engine.begin() as connection:
        for now, chat_id in enumerate((900, 500, 100, 900, 700)):
            queries.say_later(connection, chat_id, note, "tr", now)
        assert outbox_queries.waiting_chats(connection) == [(900, 0), (500, 1), (100, 2), (700, 4)]


def test_the_files_of_the_migrations_are_named_by_their_revisions_in_order() -> None:
    scripts = ScriptDirectory(str(Path(database.__file__).parent / "migrations")).walk_revisions()
    assert known_revisions() == tuple(script.revision for script in scripts)[::-1]


def test_a_database_of_the_release_before_is_brought_up_with_what_waits_in_it(tmp_path: Path) -> None:
    engine = make_engine(empty_database_url(tmp_path))
    with engine.begin() as connection:
        make_tables(connection, "0001")
        connection.exec_driver_sql(
            "INSERT INTO outbox (chat_id, language, message, due_at, created_at) VALUES (7, 'tr', '{}', 1, 1)"
        )
    migrate(engine)
    with engine.begin() as connection:
        row = outbox_queries.first_waiting(connection, 7)
        assert row is not None
        assert outbox_queries.given_to(connection, 7, (1, "f")) is None
        # The release before may still run beside this one: what it writes needs none of the new columns.
        connection.exec_driver_sql(
            "INSERT INTO outbox (chat_id, language, message, due_at, created_at) VALUES (7, 'tr', '{}', 1, 1)"
        )
        assert len(outbox_queries.waiting(connection, 7)) == 2


def test_a_draft_goes_on_for_its_owner_alone_and_one_that_was_reminded_waits_for_no_other_reminder(
    tmp_path: Path,
) -> None:
    engine = engine_at(tmp_path)
    migrate(engine)
    draft = Draft(id="one", form="activation")
    with engine.begin() as connection:
        queries.save_draft(connection, draft, 1, 1, 100.0)
        before = connection.execute(sa.select(drafts)).one()
        queries.go_on(connection, draft.changed(misses=1), 1, 1, 200.0)
        after = connection.execute(sa.select(drafts)).one()
        changed = {name for name in before._fields if getattr(before, name) != getattr(after, name)}
        assert changed == {"revision", "data", "touched_at", "left_at"}
        connection.execute(sa.update(drafts).values(reminded_at=250.0))
        queries.go_on(connection, draft.changed(misses=2), 1, 1, 300.0)
        assert connection.scalar(sa.select(drafts.c.left_at)) is None
        for chat_id, user_id in ((1, 2), (2, 1)):
            with pytest.raises(ValueError, match="someone else"):
                queries.go_on(connection, draft, chat_id, user_id, 400.0)
