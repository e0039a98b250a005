"""What can be wrong with the storage, and what whoever meets it should do.

StorageError
├── StorageFull     the disk is full: nothing of the group was kept; try again later
├── StorageBusy     another process holds the database: nothing was kept; try again
├── StorageBroken   an I/O error or damage: what was committed is only known after a restart; the process must end
├── StorageClosed   the writer has stopped
└── SchemaTooNew    a newer release has already changed the tables; this one must not run
"""

import sqlite3

import sqlalchemy.exc


class StorageError(Exception):
    """The storage could not do it. Never carries a statement or its values: they are personal data."""


class StorageFull(StorageError):
    """The disk is full."""


class StorageBusy(StorageError):
    """Another process holds the database."""


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


def storage_error(error: BaseException) -> StorageError | None:
    """The storage's own trouble behind this exception; None if it is the fault of whoever asked."""
    if isinstance(error, StorageError):
        return error
    original = error.orig if isinstance(error, sqlalchemy.exc.DBAPIError) else error
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
