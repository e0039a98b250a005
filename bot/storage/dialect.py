"""The few places where SQLite and PostgreSQL are told apart; every query is otherwise the same for both.

SQLite has one writer, so nothing there waits for anything. On PostgreSQL several processes write at once, and there is
one order in which whatever is locked is locked: first the chat, then rows. A transaction locks one chat at most.
"""

import time
from collections.abc import Callable
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.prepared import Prepared

CHANNEL = "devreye"
"""Where a commit tells the worker on duty, on PostgreSQL, that there is something to say or to send."""

_LOCKS = 0x44657672
"""Keeps the locks of whole databases apart from those of chats, which are locked by their 64-bit ids."""
_MIGRATION, _DUTY, _IMPORT = 1, 2, 3
_LOCK_CHAT = Prepared(sa.select(sa.func.pg_advisory_xact_lock(sa.cast(sa.bindparam("chat_id"), sa.BigInteger))))
_WAKE = Prepared(sa.select(sa.func.pg_notify(CHANNEL, "")))
_TIME = Prepared(sa.select(sa.extract("epoch", sa.func.clock_timestamp())))


def is_postgresql(connection: sa.Connection) -> bool:
    """Whether this is PostgreSQL; otherwise it is SQLite."""
    return connection.dialect.name == "postgresql"


def insert(connection: sa.Connection, table: sa.Table) -> postgresql.Insert:
    """An INSERT with ON CONFLICT, which both databases spell alike."""
    if is_postgresql(connection):
        return postgresql.insert(table)
    return cast(postgresql.Insert, sqlite.insert(table))


def on_both(table: sa.Table, build: Callable[[postgresql.Insert], sa.Executable]) -> Prepared:
    """An INSERT with ON CONFLICT that is needed all the time."""
    return Prepared(build(postgresql.insert(table)), build(cast(postgresql.Insert, sqlite.insert(table))))


def lock_chat(connection: sa.Connection, chat_id: int) -> None:
    """Until the end of the transaction nobody else does anything for this chat. Lock it before anything else."""
    if is_postgresql(connection):
        _LOCK_CHAT.row(connection, chat_id=chat_id)


def lock_migrations(connection: sa.Connection) -> None:
    """Until the end of the transaction nobody else changes the tables."""
    if is_postgresql(connection):
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCKS, _MIGRATION)))


def lock_imports(connection: sa.Connection) -> None:
    """Until the end of the transaction nobody else changes the directory or the catalogue. A chat is locked before."""
    if is_postgresql(connection):
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCKS, _IMPORT)))


def take_duty(connection: sa.Connection) -> bool:
    """Whether this connection, until it ends, is the one of the worker on duty. On PostgreSQL only."""
    return bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_LOCKS, _DUTY))))


def wake_worker(connection: sa.Connection) -> None:
    """With the commit, tell the worker on duty in whatever process it is."""
    if is_postgresql(connection):
        _WAKE.row(connection)


def database_time(connection: sa.Connection) -> float:
    """Seconds since 1970 by the one clock that all processes on this database share."""
    if not is_postgresql(connection):
        return time.time()
    return float(_TIME.value(connection) or 0.0)
