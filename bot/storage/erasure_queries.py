"""Whose data were erased and when: remembered so that it is done again to whatever comes back from a backup."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from bot.storage.dialect import insert
from bot.storage.schema import erasures

SCOPE = ("requests", "drafts", "contacts", "marks")


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure. `asked_at` is in seconds since 1970: what came later is not meant.

    Either all of a user's data (`user_id`), or requests by their keys and drafts by their ids. `contacts` are the keys
    of requests out of which the dealer's contact goes, and nothing else. `marks` are codes and ids by which a message
    that was said can be known to be about them.
    """

    id: str
    asked_at: float
    asked_by: str
    user_id: int | None = None
    requests: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    marks: tuple[str, ...] = field(default=(), compare=False)


def add(connection: sa.Connection, erasure: Erasure, *, noted_at: float | None = None) -> bool:
    """Keep it; False if it is known. `noted_at`: when it was written to the file, if it was."""
    scope = {name: getattr(erasure, name) for name in SCOPE}
    new = insert(connection, erasures).values(
        id=erasure.id,
        asked_at=erasure.asked_at,
        asked_by=erasure.asked_by,
        user_id=erasure.user_id,
        scope=json.dumps(scope),
        noted_at=noted_at,
    )
    return connection.execute(new.on_conflict_do_nothing()).rowcount == 1


def unnoted(connection: sa.Connection) -> list[Erasure]:
    """Those that do not stand in the file yet, the oldest first."""
    return _read(connection, erasures.c.noted_at.is_(None))


def unfinished(connection: sa.Connection) -> list[Erasure]:
    """Those of which something is left to be erased, the oldest first."""
    return _read(connection, erasures.c.done_at.is_(None))


def everything(connection: sa.Connection) -> list[Erasure]:
    """All of them, the oldest first."""
    return _read(connection)


def note(connection: sa.Connection, ids: Iterable[str], now: float) -> None:
    """These stand in the file."""
    connection.execute(sa.update(erasures).where(erasures.c.id.in_(list(ids))).values(noted_at=now))


def finish(connection: sa.Connection, erasure: Erasure, now: float) -> None:
    """Nothing is left of it."""
    connection.execute(sa.update(erasures).where(erasures.c.id == erasure.id).values(done_at=now))


def _read(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> list[Erasure]:
    rows = connection.execute(sa.select(erasures).where(*which).order_by(erasures.c.asked_at, erasures.c.id))
    return [_erasure(row) for row in rows]


def _erasure(row: sa.Row[Any]) -> Erasure:
    scope = {name: tuple(map(str, values)) for name, values in json.loads(row.scope).items()}
    return Erasure(row.id, row.asked_at, row.asked_by, row.user_id, **scope)
