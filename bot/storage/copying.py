"""Copies a whole database, row by row, between SQLite and PostgreSQL: what backup, restore and move share.

A backup is a SQLite file with the tables as they were, whichever database it comes from. Only rows are copied, never
pages: nothing that was erased before can be in it.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa

from bot.storage.database import current_revision, known_revisions, make_tables, migrate, sqlite_file_engine
from bot.storage.dialect import is_postgresql
from bot.storage.errors import SchemaTooNew, storage_error
from bot.storage.queries import set_meta
from bot.storage.schema import metadata

BATCH_ROWS = 500
BACKUP_AT = "backup_at"
"""The name in `meta` under which a backup says when it was made, in seconds since 1970."""
_VERSION_TABLE = "alembic_version"
_DIGESTS_TABLE = "backup_digests"
_OTHER_TABLES = (_VERSION_TABLE, _DIGESTS_TABLE)


class CopyError(Exception):
    """A database could not be copied.

    CopyError
    ├── NothingToCopy   it has no tables yet
    ├── NoBackup        the file is not a backup, or a damaged one
    ├── CopyDiffers     what was written reads otherwise than what was copied; `str` is the table's name
    └── RowRefused      a row does not fit into the other database; `str` is the table's name
    """


class NothingToCopy(CopyError):
    """The database has no tables yet."""


class NoBackup(CopyError):
    """The file is not a SQLite file of Devreye's, or it is damaged."""


class CopyDiffers(CopyError):
    """What was written to this table reads otherwise than what was copied."""


class RowRefused(CopyError):
    """A row of this table does not fit into the other database."""


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that sees the database as it is at one moment; whoever writes goes on writing."""
    with engine.connect() as connection:
        if is_postgresql(connection):
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        else:
            connection = connection.execution_options(begin="BEGIN")
        with connection.begin():
            allow_time(connection)
            yield connection


def allow_time(connection: sa.Connection) -> None:
    """A whole database takes longer than an update may: in this transaction the server waits for it."""
    if is_postgresql(connection):
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")


def _tables_of(sqlite: sa.Connection) -> Sequence[sa.Table]:
    """The tables that a SQLite file has, at whatever revision it is."""
    found = sa.MetaData()
    found.reflect(sqlite)
    return [table for table in found.sorted_tables if table.name not in _OTHER_TABLES]


def copy_rows(source: sa.Connection, target: sa.Connection, tables: Sequence[sa.Table]) -> Mapping[str, int]:
    """Copy every row of these tables, whose counterparts are empty; how many there were, by table.

    Both are then read once more and compared row by row. On PostgreSQL the counters go on behind the highest number.
    Raises RowRefused, CopyDiffers.
    """
    copied: dict[str, int] = {}
    for table in tables:
        copied[table.name] = 0
        rows = source.execute(sa.select(table), execution_options={"yield_per": BATCH_ROWS})
        for batch in rows.mappings().partitions():
            try:
                target.execute(sa.insert(table), [dict(row) for row in batch])
            except (sa.exc.DataError, sa.exc.IntegrityError):
                raise RowRefused(table.name) from None
            copied[table.name] += len(batch)
    for table in tables:
        if digest(source, table) != digest(target, table):
            raise CopyDiffers(table.name)
    if is_postgresql(target):
        _count_on(target)
    return copied


def digest(connection: sa.Connection, table: sa.Table) -> str:
    """What stands for all rows of a table, whatever their order, which differs between the databases."""
    total = 0
    rows = connection.execute(sa.select(table), execution_options={"yield_per": BATCH_ROWS})
    for row in rows:
        total += int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest(), "big")
    return f"{total % 2**256:064x}"


def _count_on(connection: sa.Connection) -> None:
    for table in metadata.sorted_tables:
        for column in table.columns:
            counter = sa.select(sa.func.pg_get_serial_sequence(table.name, column.name)).scalar_subquery()
            following = sa.select(sa.func.coalesce(sa.func.max(column), 0) + 1).scalar_subquery()
            if column is table.autoincrement_column:
                connection.execute(sa.select(sa.func.setval(counter, following, False)))


def write_backup(engine: sa.Engine, path: Path, facts: Mapping[str, str]) -> Mapping[str, int]:
    """Write the database as it is at this moment to a new file, which appears whole or not at all.

    The database keeps its revision, so that a backup can be made before an upgrade. `facts` are kept in the file's
    `meta`. How many rows there are, by table. Raises CopyError, StorageError, FileExistsError or another OSError.
    """
    if path.exists():
        raise FileExistsError(path)
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)
    os.close(descriptor)
    part = Path(name)
    try:
        with _storage_errors():
            copied = _fill(engine, part, facts)
        _bring_to_disk(part)
        os.replace(part, path)
        _bring_to_disk(path.parent)
        return copied
    finally:
        _remove(part)


def _fill(engine: sa.Engine, part: Path, facts: Mapping[str, str]) -> Mapping[str, int]:
    copy = sqlite_file_engine(part)
    try:
        with snapshot(engine) as source, copy.begin() as target:
            revision = current_revision(source)
            if revision is None:
                raise NothingToCopy
            if revision not in known_revisions():
                raise SchemaTooNew(revision)
            make_tables(target, revision)
            copied = copy_rows(source, target, _tables_of(target))
            for fact, value in facts.items():
                set_meta(target, fact, value)
            _keep_digests(target)
    finally:
        copy.dispose()
    with closing(sqlite3.connect(part, isolation_level=None)) as alone:
        # One file, without the log beside it that a running database has.
        alone.execute("PRAGMA journal_mode=DELETE").fetchall()
        (sound,) = alone.execute("PRAGMA integrity_check(1)").fetchone()
    if sound != "ok":
        raise NoBackup
    return copied


def _keep_digests(target: sa.Connection) -> None:
    """What every table holds, so that a bit that turns on the way is noticed before it is restored."""
    tables = _tables_of(target)
    target.execute(sa.text(f"CREATE TABLE {_DIGESTS_TABLE} (name TEXT PRIMARY KEY, digest TEXT NOT NULL)"))
    kept = sa.table(_DIGESTS_TABLE, sa.column("name"), sa.column("digest"))
    target.execute(sa.insert(kept), [{"name": table.name, "digest": digest(target, table)} for table in tables])


def _check_digests(backup: sa.Connection) -> None:
    """Raises NoBackup where a table holds something else than when the backup was made. A plain copy has no digests."""
    if not sa.inspect(backup).has_table(_DIGESTS_TABLE):
        return
    kept = sa.table(_DIGESTS_TABLE, sa.column("name", sa.Text), sa.column("digest", sa.Text))
    made = {row.name: row.digest for row in backup.execute(sa.select(kept))}
    if made != {table.name: digest(backup, table) for table in _tables_of(backup)}:
        raise NoBackup


@contextmanager
def opened_backup(path: Path, folder: Path) -> Iterator[sa.Connection]:
    """A backup, or a SQLite database of Devreye's that nobody uses, at this release's revision.

    The file itself stays as it is: what is opened is a copy under `folder`, which goes afterwards. Raises NoBackup,
    SchemaTooNew, or OSError where there is no room for the copy.
    """
    if path.exists() and not path.is_file():
        # A pipe or a device may never end.
        raise NoBackup
    with tempfile.TemporaryDirectory(prefix="devreye-restore-", dir=folder) as private:
        copy = Path(private) / "copy.db"
        shutil.copyfile(path, copy)
        with suppress(FileNotFoundError):
            # A database that was not closed has its last commits there.
            shutil.copyfile(f"{path}-wal", f"{copy}-wal")
        _check(copy)
        engine = sqlite_file_engine(copy)
        try:
            with snapshot(engine) as connection:
                _check_digests(connection)
            migrate(engine)
            with snapshot(engine) as connection:
                yield connection
        finally:
            engine.dispose()


def _check(path: Path) -> None:
    """Raises NoBackup for whatever is not a whole SQLite file with Devreye's tables."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            (sound,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            revisions = connection.execute(f"SELECT version_num FROM {_VERSION_TABLE}").fetchall()  # noqa: S608
    except (sqlite3.Error, UnicodeDecodeError):
        raise NoBackup from None
    if sound != "ok" or len(revisions) != 1:
        raise NoBackup


@contextmanager
def _storage_errors() -> Iterator[None]:
    """What the databases raise is raised as a StorageError, where it is one."""
    try:
        yield
    except Exception as error:
        found = storage_error(error)
        if found is None:
            raise
        raise found from None


def _bring_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(part: Path) -> None:
    for left in (part, *(part.with_name(f"{part.name}{end}") for end in ("-wal", "-shm", "-journal"))):
        left.unlink(missing_ok=True)
