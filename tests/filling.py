"""A database with something in every column of every table, for whatever has to carry all of it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from bot.storage.schema import metadata

_LISTED = re.compile(r"^(\w+) IN \((.+)\)$")
_TEXT = 'Çağrı "İĞÜŞÖÇ" ığüşöç 🔧 \\ \' %s \t\n'
_TIME = 1_793_000_000.123456789
_LARGE = 9_007_199_254_740_993
"""No floating-point number is exactly this one."""
_ONLY: Mapping[str, Mapping[str, Any]] = {
    "requests": {"state": "created", "call_number": "43090", "lease_until": None},
    "links": {"used_at": None, "used_by": None},
}
"""What two columns of a table may be together."""


def fill(connection: sa.Connection) -> None:
    """Two rows for every table: in one every column is set, in the other only those that must be."""
    for table in metadata.sorted_tables:
        for number, whole in ((1, True), (2, False)):
            connection.execute(sa.insert(table).values(dict(_values(table, number, whole=whole))))


def _values(table: sa.Table, number: int, *, whole: bool) -> Iterator[tuple[str, Any]]:
    allowed = dict(_allowed(table))
    only = _ONLY.get(table.name, {})
    for column in table.columns:
        if column.name in only:
            yield column.name, only[column.name]
        elif whole or not (column.nullable or column.server_default is not None):
            yield column.name, allowed.get(column.name) or _value(column, number)


def _value(column: sa.Column[Any], number: int) -> Any:
    kind = column.type
    if isinstance(kind, sa.String):
        # What has to be unique differs in its first character.
        return f"{number}{_TEXT}"[: kind.length or 10_000]
    if isinstance(kind, sa.BigInteger):
        return _LARGE + number
    if isinstance(kind, sa.Integer):
        return number
    if isinstance(kind, sa.Boolean):
        return True
    return _TIME + number


def _allowed(table: sa.Table) -> Iterator[tuple[str, str]]:
    """The columns that hold one of a few words, each with one."""
    for constraint in table.constraints:
        if isinstance(constraint, sa.CheckConstraint) and (listed := _LISTED.match(str(constraint.sqltext))):
            yield listed[1], listed[2].split(",")[0].strip().strip("'")


def contents(connection: sa.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in an order that is the same on every database."""
    return {
        table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
        for table in metadata.sorted_tables
    }
