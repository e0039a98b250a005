"""What operators asked in their chat, until it is confirmed that they belong there and it is answered."""

from dataclasses import dataclass, field
from typing import Literal

import sqlalchemy as sa

from bot.storage.dialect import wake_worker
from bot.storage.schema import office_questions

Asked = Literal["queue", "find", "statistics", "invite"]

DAY_S = 86_400.0
MOST_WAITING = 20
LONGEST_ARGUMENT = 100
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `page` counts from 0; `message_id` is the message that the answer replaces, if a button asked."""

    id: int
    what: Asked
    argument: str = field(repr=False)
    page: int
    message_id: int | None
    operator_id: int
    operator_name: str = field(repr=False)
    tries: int


def add(
    connection: sa.Connection,
    what: Asked,
    argument: str,
    operator: tuple[int, str],
    now: float,
    *,
    page: int = 0,
    message_id: int | None = None,
) -> bool:
    """Keep a question of this operator (id and name) until it is answered; False while too many wait."""
    if int(connection.scalar(sa.select(sa.func.count()).select_from(office_questions)) or 0) >= MOST_WAITING:
        return False
    connection.execute(
        sa.insert(office_questions).values(
            what=what,
            argument=argument[:LONGEST_ARGUMENT],
            page=page,
            message_id=message_id,
            operator_id=operator[0],
            operator_name=operator[1][:LONGEST_NAME],
            due_at=now,
        )
    )
    wake_worker(connection)
    return True


def next_question(connection: sa.Connection, now: float) -> Question | None:
    """The oldest question whose time has come."""
    row = connection.execute(
        sa.select(*(office_questions.c[name] for name in Question.__dataclass_fields__))
        .where(office_questions.c.due_at <= now)
        .order_by(office_questions.c.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else Question(*row)


def take(connection: sa.Connection, question_id: int) -> bool:
    """Take the question away; False if somebody else was faster."""
    gone = connection.execute(sa.delete(office_questions).where(office_questions.c.id == question_id))
    return gone.rowcount == 1


def put_off(connection: sa.Connection, question_id: int, due_at: float) -> None:
    """Try it again then."""
    later = {"due_at": due_at, "tries": office_questions.c.tries + 1}
    connection.execute(sa.update(office_questions).where(office_questions.c.id == question_id).values(**later))


def sweep(connection: sa.Connection, now: float) -> None:
    """Forget what nobody could answer for a day, because the operators' chat is set no more."""
    connection.execute(sa.delete(office_questions).where(office_questions.c.due_at < now - DAY_S))
