"""What still has to be said: read and marked by the sender. Messages of one chat keep their order."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from bot.storage.dialect import wake_worker
from bot.storage.prepared import Prepared
from bot.storage.queries import NEW_MESSAGE
from bot.storage.schema import chats, outbox


@dataclass(frozen=True, slots=True)
class Row:
    """A message that waits. Times are seconds since 1970."""

    id: int
    chat_id: int
    language: str
    message: str = field(repr=False)
    attempts: int
    parts_sent: int
    due_at: float
    created_at: float


def waiting_chats(connection: sa.Connection) -> list[tuple[int, float]]:
    """The chats for which something waits, each with the time at which its first message is due.

    Whoever has waited longest comes first: in the order of their ids, a bot that has more to say than it can send would
    serve the same chats again and again.
    """
    return [(chat_id, due_at) for chat_id, due_at in _WAITING_CHATS.rows(connection)]


_FIRST = (
    sa.select(sa.func.min(outbox.c.id).label("id"))
    .where(outbox.c.state == "pending")
    .group_by(outbox.c.chat_id)
    .subquery()
)
_WAITING_CHATS = Prepared(
    sa.select(outbox.c.chat_id, outbox.c.due_at).join(_FIRST, _FIRST.c.id == outbox.c.id).order_by(outbox.c.id)
)
_COLUMNS = tuple(outbox.c[name] for name in Row.__dataclass_fields__)
_OF_CHAT = outbox.c.chat_id == sa.bindparam("chat_id")


def first_waiting(connection: sa.Connection, chat_id: int) -> Row | None:
    """The message this chat has to get next."""
    row = _FIRST_WAITING.row(connection, chat_id=chat_id)
    return None if row is None else Row(*row)


_PENDING = sa.select(*_COLUMNS).where(_OF_CHAT, outbox.c.state == "pending").order_by(outbox.c.id)
_WAITING, _FIRST_WAITING = Prepared(_PENDING), Prepared(_PENDING.limit(1))


def mark_sent(connection: sa.Connection, row_id: int, message_id: int | None) -> None:
    """Telegram has it, under this message id."""
    _CHANGE.changed(connection, row_id=row_id, state="sent", message_id=message_id)


_CHANGE = Prepared(sa.update(outbox).where(outbox.c.id == sa.bindparam("row_id")))


def forget(connection: sa.Connection, row_id: int) -> None:
    """Nothing of it is kept here."""
    _FORGET.changed(connection, row_id=row_id)


_FORGET = Prepared(sa.delete(outbox).where(outbox.c.id == sa.bindparam("row_id")))


def mark_part(connection: sa.Connection, row_id: int, parts_sent: int) -> None:
    """Telegram has this many parts of it."""
    _CHANGE.changed(connection, row_id=row_id, parts_sent=parts_sent)


def mark_failed(connection: sa.Connection, row: Row, failure: str, now: float) -> None:
    """It will not be sent."""
    _CHANGE.changed(connection, row_id=row.id, state="failed", failure=failure)
    if failure == "blocked":
        connection.execute(sa.update(chats).where(chats.c.chat_id == row.chat_id).values(blocked_at=now))


def anything_waits(connection: sa.Connection, chat_id: int) -> bool:
    """Whether this chat has still to get a message."""
    return bool(_ANYTHING_WAITS.value(connection, chat_id=chat_id))


_ANYTHING_WAITS = Prepared(sa.select(sa.exists().where(outbox.c.state == "pending", _OF_CHAT)))


def add_given(
    connection: sa.Connection, chat_id: int, message: str, language: str, now: float, update: tuple[int, str]
) -> None:
    """A message that goes out in the response to this update (id and fingerprint), after this very commit."""
    update_id, fingerprint = update
    row = {
        "chat_id": chat_id,
        "language": language,
        "message": message,
        "state": "sent",
        "due_at": now,
        "created_at": now,
        "given_to_update": update_id,
        "given_to_fingerprint": fingerprint,
    }
    NEW_MESSAGE.changed(connection, **row)


def given_to(connection: sa.Connection, chat_id: int, update: tuple[int, str]) -> Row | None:
    """What was given to this update, as long as nothing newer was said in the chat."""
    row = _NEWEST.row(connection, chat_id=chat_id)
    return None if row is None or row[-2:] != update else Row(*row[:-2])


_NEWEST = Prepared(
    sa.select(*_COLUMNS, outbox.c.given_to_update, outbox.c.given_to_fingerprint)
    # Every state is named, so that the index by state and chat serves.
    .where(outbox.c.state.in_([sa.literal_column(f"'{state}'") for state in ("pending", "sent", "failed")]), _OF_CHAT)
    .order_by(outbox.c.id.desc())
    .limit(1)
)


def send_after_all(connection: sa.Connection, row_id: int) -> None:
    """It was given to a response that nobody got, and is sent like any other."""
    given = {"state": "pending", "given_to_update": None, "given_to_fingerprint": None}
    _CHANGE.changed(connection, row_id=row_id, **given)
    wake_worker(connection)


def waiting(connection: sa.Connection, chat_id: int) -> list[Row]:
    """All that this chat has still to get, in order."""
    return [Row(*row) for row in _WAITING.rows(connection, chat_id=chat_id)]


def put_off(connection: sa.Connection, row_id: int, due_at: float) -> None:
    """Try it again then; what follows in its chat waits with it."""
    connection.execute(
        sa.update(outbox).where(outbox.c.id == row_id).values(due_at=due_at, attempts=outbox.c.attempts + 1)
    )
