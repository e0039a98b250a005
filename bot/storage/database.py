"""Opening the database, SQLite or PostgreSQL: the engine, the migrations and the writer."""

import secrets
import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.storage.dialect import is_postgresql, lock_migrations
from bot.storage.errors import SchemaTooNew, StorageBroken, storage_error
from bot.storage.postgresql import postgresql_engine
from bot.storage.schema import meta
from bot.storage.writer import Writer, checkpoint

_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))

BUSY_TIMEOUT_MS = 5000
MIGRATED_WITHIN_S = 60
_PRAGMAS = {
    # name: (what is set, what must be read back)
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "busy_timeout": (BUSY_TIMEOUT_MS, BUSY_TIMEOUT_MS),
    # An automatic checkpoint swallows I/O errors: the writer makes them itself.
    "wal_autocheckpoint": (0, 0),
    # What a SAVEPOINT would restore may otherwise go to a file in the system's temporary folder, and so may its data.
    "temp_store": ("MEMORY", 2),
    # What is deleted is written over with zeros; bot/privacy/pages.py tells what that leaves.
    "secure_delete": ("ON", 1),
}


def make_engine(url: str) -> sa.Engine:
    """The engine for `sqlite:///...` or `postgresql://...`. Its errors show no values."""
    return postgresql_engine(url) if url.startswith("postgresql://") else _sqlite_engine(url)


def make_writer(engine: sa.Engine, on_broken: Callable[[], None] = lambda: None) -> Writer:
    """The writer for this database, to be started."""
    if engine.dialect.name != "postgresql":
        return Writer(engine, on_broken)
    from bot.storage.parallel_writer import ParallelWriter

    return ParallelWriter(engine, on_broken)


def sqlite_file_engine(path: Path) -> sa.Engine:
    """The engine for a SQLite file of any name."""
    return _sqlite_engine(sa.URL.create("sqlite", database=str(path)))


def _sqlite_engine(url: str | sa.URL) -> sa.Engine:
    """An engine whose transactions begin with BEGIN IMMEDIATE, or as the execution option `begin` says.

    The driver's own transaction handling is off (isolation_level None): by default it begins late and leaks rows past
    a SAVEPOINT.
    """
    engine = sa.create_engine(
        url,
        connect_args={"isolation_level": None, "check_same_thread": False},
        hide_parameters=True,
        poolclass=sa.pool.NullPool,
    )
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    for name, (wanted, expected) in _PRAGMAS.items():
        # To its end: the switch to WAL is committed by the last step, and whoever stops before hears of no error.
        connection.execute(f"PRAGMA {name}={wanted}").fetchall()
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != expected:
            raise StorageBroken(f"{name} is {found}, not {expected}")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN IMMEDIATE"))


@cache
def known_revisions() -> tuple[str, ...]:
    """The revisions this release knows, the oldest first. The name of a migration's file begins with its revision."""
    return tuple(path.name[1:5] for path in sorted((_MIGRATIONS / "versions").glob("v*.py")))


def newest_revision() -> str:
    """The revision a migrated database is at."""
    return known_revisions()[-1]


def current_revision(connection: sa.Connection) -> str | None:
    """The revision the database is at; None for an empty one."""
    if not sa.inspect(connection).has_table(_VERSION.name):
        return None
    found: str | None = connection.scalar(sa.select(_VERSION.c.version_num))
    return found


def migrate(engine: sa.Engine) -> str:
    """Bring the tables up to this release in one transaction; returns the database's own identity.

    Raises SchemaTooNew when a newer release was here, StorageError when the database can't be used.
    """
    try:
        with engine.connect() as connection:
            with connection.begin():
                if is_postgresql(connection):
                    # Replicas start at once, and what the first of them does may take a while.
                    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{MIGRATED_WITHIN_S}s'")
                lock_migrations(connection)
                revision = current_revision(connection)
                if revision is not None and revision not in known_revisions():
                    raise SchemaTooNew(revision)
                if revision != newest_revision():
                    make_tables(connection)
                identity = _identity(connection)
            if not is_postgresql(connection):
                checkpoint(connection)
            return identity
    except Exception as error:
        found = storage_error(error)
        if found is None:
            raise
        raise found from None


def make_tables(connection: sa.Connection, revision: str = "head") -> None:
    """Bring the tables up to this revision, within the transaction that is open."""
    # A start that has nothing to migrate does without Alembic, which takes longer to import than the rest to begin.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _identity(connection: sa.Connection) -> str:
    found = connection.scalar(sa.select(meta.c.value).where(meta.c.name == "identity"))
    if found is not None:
        return str(found)
    fresh = secrets.token_hex(8)
    connection.execute(sa.insert(meta).values(name="identity", value=fresh))
    return fresh
