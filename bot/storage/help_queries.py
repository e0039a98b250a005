"""Who asked the service office for help, and the office's answers that are still to be confirmed and handed over."""

from collections.abc import Callable
from dataclasses import dataclass, field

import sqlalchemy as sa

from bot.storage.dialect import insert, wake_worker
from bot.storage.prepared import Prepared
from bot.storage.schema import chats, help_requests, office_answers
from conversations.events import Help

DAY_S = 86_400.0
OPEN_FOR_S = 30 * DAY_S
MOST_A_DAY = 20
"""Messages of one person that are handed to the office within a day: whoever has more to say is better called."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked for help under a code, and whether it is over."""

    code: str
    chat_id: int
    closed: bool


@dataclass(frozen=True, slots=True)
class OfficeAnswer:
    """An answer from the operators' chat that waits for the confirmation that its writer belongs there."""

    id: int
    code: str
    operator_id: int
    text: str = field(repr=False)
    tries: int


def help_of(connection: sa.Connection, chat_id: int, now: float, fresh_code: Callable[[], str]) -> Help:
    """How this chat stands with the office. `fresh_code` gives an unused code, for a first request."""
    asked_at, said_at = _ASKED.row(connection, chat_id=chat_id) or (None, None)
    mine = _OF_CHAT.rows(connection, chat_id=chat_id)
    current = next((code for code, closed_at, _, _ in mine if closed_at is None), None)
    said = sum(messages for _, _, messages, created_at in mine if created_at > now - DAY_S)
    return Help(
        available=True,
        code=current or fresh_code(),
        is_open=current is not None,
        asking=asked_at is not None,
        said_at=said_at or 0,
        left=max(MOST_A_DAY - said, 0),
    )


_ASKED = Prepared(
    sa.select(chats.c.help_asked_at, chats.c.help_said_at).where(chats.c.chat_id == sa.bindparam("chat_id"))
)
_OF_CHAT = Prepared(
    sa.select(
        help_requests.c.code, help_requests.c.closed_at, help_requests.c.messages, help_requests.c.created_at
    ).where(help_requests.c.chat_id == sa.bindparam("chat_id"))
)


def ask(connection: sa.Connection, chat_id: int, asking: bool, now: float) -> None:
    """Keep whether the next text of this chat is for the office."""
    values = {"help_asked_at": now if asking else None}
    connection.execute(sa.update(chats).where(chats.c.chat_id == chat_id).values(**values))


def keep(connection: sa.Connection, code: str, chat_id: int, user_id: int, said_at: int, now: float) -> None:
    """One more message of this person to the office, under this code; sent in this second since 1970."""
    new = insert(connection, help_requests).values(
        code=code, chat_id=chat_id, user_id=user_id, messages=1, created_at=now
    )
    counted = {"messages": help_requests.c.messages + 1}
    connection.execute(new.on_conflict_do_update(index_elements=[help_requests.c.code], set_=counted))
    connection.execute(sa.update(chats).where(chats.c.chat_id == chat_id).values(help_said_at=said_at or None))


def close(connection: sa.Connection, code: str, now: float) -> None:
    """The help under this code is over."""
    connection.execute(sa.update(help_requests).where(help_requests.c.code == code).values(closed_at=now))


def asker(connection: sa.Connection, code: str) -> Asker | None:
    """Who asked for help under this code; None where that is no longer kept."""
    row = connection.execute(_ASKER, {"code": code}).one_or_none()
    return None if row is None else Asker(row.code, row.chat_id, row.closed_at is not None)


_ASKER = sa.select(help_requests).where(help_requests.c.code == sa.bindparam("code"))


def code_taken(connection: sa.Connection, code: str) -> bool:
    """Whether somebody asked for help under this code."""
    return asker(connection, code) is not None


def add_answer(connection: sa.Connection, code: str, operator_id: int, text: str, now: float) -> None:
    """Keep an answer of the office until it is known whether its writer may give it."""
    values = {"code": code, "operator_id": operator_id, "text": text, "due_at": now}
    connection.execute(sa.insert(office_answers).values(**values))
    wake_worker(connection)


def next_answer(connection: sa.Connection, now: float) -> OfficeAnswer | None:
    """The oldest answer whose time has come."""
    row = connection.execute(_NEXT_ANSWER, {"now": now}).one_or_none()
    return None if row is None else OfficeAnswer(*row)


_NEXT_ANSWER = (
    sa.select(*(office_answers.c[name] for name in OfficeAnswer.__dataclass_fields__))
    .where(office_answers.c.due_at <= sa.bindparam("now"))
    .order_by(office_answers.c.id)
    .limit(1)
)


def take_answer(connection: sa.Connection, answer_id: int) -> bool:
    """Take the answer away; False if somebody else was faster."""
    return connection.execute(sa.delete(office_answers).where(office_answers.c.id == answer_id)).rowcount == 1


def put_off(connection: sa.Connection, answer_id: int, due_at: float) -> None:
    """Try it again then."""
    later = {"due_at": due_at, "tries": office_answers.c.tries + 1}
    connection.execute(sa.update(office_answers).where(office_answers.c.id == answer_id).values(**later))


def sweep(connection: sa.Connection, now: float) -> None:
    """Forget who asked for help long ago."""
    connection.execute(sa.delete(help_requests).where(help_requests.c.created_at < now - OPEN_FOR_S))
