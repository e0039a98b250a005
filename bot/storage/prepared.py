"""Statements that are needed all the time: written with SQLAlchemy, compiled once, and run by the driver itself.

For a small statement SQLAlchemy takes four times as long as SQLite does, and an update has a dozen of them.
"""

from collections.abc import Mapping
from typing import Any, Protocol, cast

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from bot.storage.errors import conceal, is_of_postgresql

_FILE = SQLiteDialect_pysqlite(paramstyle="named")


class _Cursor(Protocol):
    """What the drivers of both databases give."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> tuple[Any, ...] | None: ...

    def fetchall(self) -> list[tuple[Any, ...]]: ...


def by_driver(driver: Any, text: str, values: Mapping[str, Any]) -> _Cursor:
    """Run the statement past SQLAlchemy: here tests can watch."""
    return cast(_Cursor, driver.execute(text, values))


class Prepared:
    """A statement whose values are given by name, as columns or bound parameters, at each run.

    It runs in the connection's transaction, which begins with it if none has, as SQLAlchemy has it. Rows are plain
    tuples in the order of the statement's columns. An IN has to spell its values out. `on_file`: what SQLite gets
    instead. Raises the driver's errors.
    """

    def __init__(self, statement: sa.Executable, on_file: sa.Executable | None = None) -> None:
        self._statements = {"postgresql": statement, "sqlite": statement if on_file is None else on_file}
        self._made: dict[tuple[str, ...], tuple[str, dict[str, Any]]] = {}

    def row(self, connection: sa.Connection, **values: Any) -> tuple[Any, ...] | None:
        """The first row; None where there is none."""
        return self._run(connection, values).fetchone()

    def rows(self, connection: sa.Connection, **values: Any) -> list[tuple[Any, ...]]:
        """All rows."""
        return self._run(connection, values).fetchall()

    def value(self, connection: sa.Connection, **values: Any) -> Any:
        """The first column of the first row; None where there is none."""
        row = self._run(connection, values).fetchone()
        return None if row is None else row[0]

    def changed(self, connection: sa.Connection, **values: Any) -> int:
        """How many rows it wrote or erased."""
        return self._run(connection, values).rowcount

    def _run(self, connection: sa.Connection, values: Mapping[str, Any]) -> _Cursor:
        if not connection.in_transaction():
            connection.begin()
        made = self._made.get((connection.dialect.name, *values))
        text, constants = made or self._make(connection.dialect, values)
        try:
            return by_driver(connection.connection.driver_connection, text, {**constants, **values})
        except Exception as error:
            if is_of_postgresql(error):
                conceal(error)
            raise

    def _make(self, dialect: sa.Dialect, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """The text for these names, and the values that the statement brings itself; both are remembered."""
        compiled = self._statements[dialect.name].compile(  # type: ignore[attr-defined]
            dialect=_FILE if dialect.name == "sqlite" else dialect,
            column_keys=list(values),
        )
        constants = {name: value for name, value in compiled.params.items() if name not in values}
        made = self._made[dialect.name, *values] = (str(compiled), constants)
        return made
