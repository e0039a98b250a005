"""What can be wrong with the storage, and what whoever meets it should do.

StorageError
├── StorageFull     the disk is full: nothing of the group was kept; try again later
├── StorageBusy     held by somebody else, restarting or out of reach: try again. Nothing was kept, unless the
│                   connection to PostgreSQL was lost during the commit: then only a later look tells
├── StorageBroken   an I/O error or damage of SQLite: what was committed is only known after a restart; the process
│                   must end
├── StorageClosed   the writer has stopped
└── SchemaTooNew    a newer release has already changed the tables; this one must not run
"""

import sqlite3
import sys
from typing import TYPE_CHECKING, TypeGuard

import sqlalchemy.exc

if TYPE_CHECKING:
    import psycopg


class StorageError(Exception):
    """The storage could not do it. Never carries a statement or its values: they are personal data."""


class StorageFull(StorageError):
    """The disk is full."""


class StorageBusy(StorageError):
    """The database is held by somebody else, or out of reach."""


class StorageBroken(StorageError):
    """The storage gave an I/O error or is damaged."""


class StorageClosed(StorageError):
    """The writer has stopped."""


class SchemaTooNew(StorageError):
    """The database belongs to a newer release."""


_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_BROKEN = {
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
}

_SERVER: tuple[tuple[str, type[StorageError]], ...] = (
    ("53100", StorageFull),
    ("08", StorageBusy),  # the connection
    ("25006", StorageBusy),  # read-only: a standby that is not promoted yet
    ("25P03", StorageBusy),  # idle in a transaction for too long
    ("25P04", StorageBusy),  # a transaction that took too long
    ("40", StorageBusy),  # rolled back: a deadlock, a serialization
    ("53", StorageBusy),  # too many connections, out of memory
    ("55P03", StorageBusy),  # a lock that was waited for too long
    ("57", StorageBusy),  # cancelled, shut down, starting up
    ("58", StorageError),  # the server's own disk
    ("XX", StorageError),  # the server's own faults
)
"""PostgreSQL's SQLSTATE, or how it begins, and what it means here (PostgreSQL's manual, appendix A)."""

_GIVEN_UP_FOR_OTHERS = ("40001", "40P01")
_GONE = ("08", "25P03", "25P04", "57P")


def storage_error(error: BaseException) -> StorageError | None:
    """The storage's own trouble behind this exception; None if it is the fault of whoever asked."""
    if isinstance(error, StorageError):
        return error
    original = error.orig if isinstance(error, sqlalchemy.exc.DBAPIError) else error
    if is_of_postgresql(original):
        return _of_postgresql(original)
    if not isinstance(original, sqlite3.Error):
        return None
    # The low byte is the primary code; the rest says more closely which I/O error it was.
    code = getattr(original, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    name = getattr(original, "sqlite_errorname", "SQLITE_ERROR")
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_FULL:
        return StorageFull(name)
    if primary in _BUSY:
        return StorageBusy(name)
    if primary in _BROKEN:
        return StorageBroken(name)
    return None


def is_of_postgresql(error: BaseException | None) -> "TypeGuard[psycopg.Error]":
    """Whether PostgreSQL's driver raised it. A process that uses SQLite alone never imports that driver."""
    driver = sys.modules.get("psycopg")
    return driver is not None and isinstance(error, driver.Error)


def conceal(error: "psycopg.Error") -> str:
    """Leave of the error its kind: PostgreSQL repeats the values in its way, "Key (name)=(Ayşe) already exists"."""
    told = f"{type(error).__name__} {error.sqlstate}"
    error.args = (told,)
    return told


def _of_postgresql(error: "psycopg.Error") -> StorageError | None:
    if error.sqlstate is None:
        # Whatever the server did not say itself is about the connection; the rest is about what was asked.
        return StorageBusy("connection_lost") if _may_be_of_connection(error) else None
    for beginning, kind in _SERVER:
        if error.sqlstate.startswith(beginning):
            return kind(error.sqlstate)
    return None


def is_repeatable(error: BaseException) -> bool:
    """Whether PostgreSQL certainly kept nothing of the transaction, and will take it another time.

    Only of errors before the COMMIT: the connection is lost, or this transaction was given up for another's sake.
    """
    original = error.orig if isinstance(error, sqlalchemy.exc.DBAPIError) else error
    if not is_of_postgresql(original) or not _may_be_of_connection(original):
        return False
    return original.sqlstate is None or original.sqlstate.startswith((*_GIVEN_UP_FOR_OTHERS, *_GONE))


def _may_be_of_connection(error: "psycopg.Error") -> bool:
    import psycopg

    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
