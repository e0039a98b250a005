"""What the service office decided about requests, and what its operators want and is still to be confirmed."""

from dataclasses import dataclass, field
from typing import Literal

import sqlalchemy as sa

from bot.storage.dialect import wake_worker
from bot.storage.schema import decisions, wished_decisions

What = Literal["opened", "not_opened", "wait", "corrected"]

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class By:
    """Who decides: an operator, or without an id the command line ("command:" and the machine's user)."""

    name: str
    operator_id: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody wants of a request, and what they had before them.

    `attempts`: how often it had been sent. `call_number` goes with "opened" and "corrected", `instead_of` with the
    latter.
    """

    request_id: int
    what: What
    attempts: int
    call_number: str = ""
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it stands. `at` is in seconds since 1970."""

    what: What
    at: float
    by: By
    call_number: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What an operator wants done, as soon as it is confirmed that they belong to their chat."""

    id: int
    decision: Decision
    by: By = field(repr=False)
    operator_id: int
    by_reply: bool
    at: float
    tries: int


def add(connection: sa.Connection, decision: Decision, by: By, now: float) -> None:
    """Record a decision for good."""
    connection.execute(
        sa.insert(decisions).values(
            request_id=decision.request_id,
            at=now,
            operator_id=by.operator_id,
            operator_name=by.name[:LONGEST_NAME],
            what=decision.what,
            call_number=decision.call_number,
        )
    )


def of_request(connection: sa.Connection, request_id: int) -> list[Decided]:
    """All that was decided about this request, the oldest first."""
    rows = connection.execute(sa.select(decisions).where(decisions.c.request_id == request_id).order_by(decisions.c.id))
    return [Decided(row.what, row.at, By(row.operator_name, row.operator_id), row.call_number) for row in rows]


def wish(connection: sa.Connection, decision: Decision, by: By, now: float, *, by_reply: bool) -> bool:
    """Keep what an operator wants until it is known whether they may; False if the same waits already."""
    values = {
        "request_id": decision.request_id,
        "what": decision.what,
        "call_number": decision.call_number,
        "attempts": decision.attempts,
        "instead_of": decision.instead_of,
        "operator_id": by.operator_id,
    }
    same = sa.and_(*(wished_decisions.c[name] == value for name, value in values.items()))
    if connection.scalar(sa.select(sa.exists().where(same))):
        return False
    more = {"operator_name": by.name[:LONGEST_NAME], "by_reply": int(by_reply), "at": now, "due_at": now}
    connection.execute(sa.insert(wished_decisions).values(**values, **more))
    wake_worker(connection)
    return True


def next_wish(connection: sa.Connection, now: float) -> Wish | None:
    """The oldest wish whose time has come."""
    row = connection.execute(
        sa.select(wished_decisions).where(wished_decisions.c.due_at <= now).order_by(wished_decisions.c.id).limit(1)
    ).one_or_none()
    if row is None:
        return None
    decision = Decision(row.request_id, row.what, row.attempts, row.call_number, row.instead_of)
    by = By(row.operator_name, row.operator_id)
    return Wish(row.id, decision, by, row.operator_id, bool(row.by_reply), row.at, row.tries)


def take_wish(connection: sa.Connection, wish_id: int) -> bool:
    """Take the wish away; False if somebody else was faster."""
    return connection.execute(sa.delete(wished_decisions).where(wished_decisions.c.id == wish_id)).rowcount == 1


def forget_wishes(connection: sa.Connection) -> None:
    """Nothing that was wished is done."""
    connection.execute(sa.delete(wished_decisions))


def put_off(connection: sa.Connection, wish_id: int, due_at: float) -> None:
    """Try it again then."""
    later = {"due_at": due_at, "tries": wished_decisions.c.tries + 1}
    connection.execute(sa.update(wished_decisions).where(wished_decisions.c.id == wish_id).values(**later))
