"""Where the tests' databases come from: SQLite files, or with DEVREYE_TEST_DATABASE=postgresql a real PostgreSQL.

The server is started when the first test asks for a database, and ends with the process that runs the tests.
"""

import os
import secrets
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

from bot.storage.database import make_engine, migrate
from bot.storage.schema import metadata
from tests.postgresql import Server

ON_POSTGRESQL = os.environ.get("DEVREYE_TEST_DATABASE", "sqlite") == "postgresql"

_made: dict[Path, str] = {}
"""The databases of this test by the folder that each stands for, so that a bot that starts again finds its own."""
_spoiled: set[str] = set()
_clean: list[str] = []
"""Migrated databases that a test has used and that were emptied: making one takes many times as long."""


def database_url(folder: Path) -> str:
    """The address of the migrated database that belongs to this folder; a SQLite file may have to be migrated yet."""
    if not ON_POSTGRESQL:
        return f"sqlite:///{folder / 'devreye.db'}"
    if folder not in _made:
        _made[folder] = _clean.pop() if _clean else _migrated()
    return server().url(_made[folder])


def storage_settings(folder: Path) -> dict[str, str]:
    """Where a bot keeps everything that belongs to this folder, by the settings' names."""
    return {"DATABASE_URL": database_url(folder), "JOURNAL_FILE": str(folder / "devreye.journal")}


def empty_database_url(folder: Path) -> str:
    """The address of a database without tables, which this test alone uses."""
    if not ON_POSTGRESQL:
        return f"sqlite:///{folder / 'devreye.db'}"
    name = _fresh_name()
    server().create(name)
    _spoiled.add(name)
    _made[folder] = name
    return server().url(name)


@cache
def server() -> Server:
    """The one server of these tests. What is on its disk needn't outlive the machine."""
    return Server("fsync=off", "full_page_writes=off").start()


def end_of_test() -> None:
    """Cut off whoever is still connected; empty what can be used again, and drop the rest."""
    while _made:
        _, name = _made.popitem()
        if name in _spoiled:
            server().drop(name)
        else:
            _empty(name)
            _clean.append(name)


def _fresh_name() -> str:
    return f"test_{secrets.token_hex(4)}"


def _migrated() -> str:
    name = _fresh_name()
    engine = make_engine(server().create(name))
    migrate(engine)
    _empty(name)
    return name


def _empty(name: str) -> None:
    """As if it were migrated anew: no rows, numbers that begin with 1, and no identity."""
    server().disconnect(name)
    with psycopg.connect(server().url(name)) as connection:
        for table in metadata.tables.values():
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))
        connection.execute("SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence")
