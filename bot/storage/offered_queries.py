"""Files with dealers or products that operators sent: fetched, shown, and applied or dropped once, or gone in a day."""

import secrets
from dataclasses import dataclass, field
from typing import Literal

import sqlalchemy as sa

from bot.storage.dialect import wake_worker
from bot.storage.schema import offered_imports as offers

KEPT_S = 86_400.0
MOST_WAITING = 20
"""Files of one chat that may wait to be read: each costs a process and half a minute."""

State = Literal["reading", "shown", "applying"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A file and who wants what of it. `table` is what was read, "" until then."""

    id: str
    chat_id: int
    user_id: int
    user_name: str
    file_id: str = field(repr=False)
    file_name: str = field(repr=False)
    state: State
    table: str = field(repr=False)
    version: str
    tries: int
    created_at: float


_COLUMNS = tuple(offers.c[name] for name in Offer.__dataclass_fields__)


def add(
    connection: sa.Connection, chat_id: int, user_id: int, user_name: str, file_id: str, file_name: str, now: float
) -> bool:
    """Have a file read; False where too many wait already."""
    waiting = sa.select(sa.func.count()).where(offers.c.chat_id == chat_id, offers.c.state == "reading")
    if (connection.scalar(waiting) or 0) >= MOST_WAITING:
        return False
    connection.execute(
        sa.insert(offers).values(
            id=secrets.token_urlsafe(9),
            chat_id=chat_id,
            user_id=user_id,
            user_name=user_name[:64],
            file_id=file_id,
            file_name=file_name[:255],
            state="reading",
            table="",
            version="",
            tries=0,
            due_at=now,
            created_at=now,
        )
    )
    wake_worker(connection)
    return True


def load(connection: sa.Connection, offer_id: str, chat_id: int) -> Offer | None:
    """The offer of this id, if it was made in this chat."""
    row = connection.execute(
        sa.select(*_COLUMNS).where(offers.c.id == offer_id, offers.c.chat_id == chat_id)
    ).one_or_none()
    return None if row is None else Offer(*row)


def take_due(connection: sa.Connection, now: float) -> Offer | None:
    """The next file to be read or applied, one try counted."""
    row = connection.execute(_DUE, {"now": now}).one_or_none()
    if row is None:
        return None
    connection.execute(sa.update(offers).where(offers.c.id == row.id).values(tries=offers.c.tries + 1))
    return Offer(*row)


_DUE = (
    sa.select(*_COLUMNS)
    .where(offers.c.state != "shown", offers.c.due_at <= sa.bindparam("now"))
    .order_by(offers.c.due_at, offers.c.id)
    .limit(1)
)


def next_due_in(connection: sa.Connection, now: float) -> float | None:
    """In how many seconds the next one comes due."""
    due_at = connection.scalar(_NEXT)
    return None if due_at is None else due_at - now


_NEXT = sa.select(sa.func.min(offers.c.due_at)).where(offers.c.state != "shown")


def put_off(connection: sa.Connection, offer_id: str, due_at: float) -> None:
    """Try again then."""
    connection.execute(sa.update(offers).where(offers.c.id == offer_id).values(due_at=due_at))


def show(connection: sa.Connection, offer: Offer, table: str, version: str) -> bool:
    """Keep what was read, and wait for a person; False if that was done already."""
    return _turn(connection, offer, "shown", table=table, version=version)


def want(connection: sa.Connection, offer: Offer, user_id: int, user_name: str, now: float) -> bool:
    """This person wants it applied; False if somebody was faster."""
    done = _turn(connection, offer, "applying", user_id=user_id, user_name=user_name[:64], tries=0, due_at=now)
    wake_worker(connection)
    return done


def end(connection: sa.Connection, offer: Offer) -> bool:
    """It is applied or dropped with this transaction; False if it already was."""
    done = connection.execute(sa.delete(offers).where(offers.c.id == offer.id, offers.c.state == offer.state))
    return done.rowcount == 1


def sweep(connection: sa.Connection, now: float) -> None:
    """Forget what nobody decided about in a day."""
    connection.execute(sa.delete(offers).where(offers.c.created_at < now - KEPT_S))


def _turn(connection: sa.Connection, offer: Offer, state: State, **values: object) -> bool:
    done = connection.execute(
        sa.update(offers).where(offers.c.id == offer.id, offers.c.state == offer.state).values(state=state, **values)
    )
    return done.rowcount == 1
