"""Which drafts wait for their reminder."""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.storage.schema import chats, drafts


@dataclass(frozen=True, slots=True)
class Left:
    """An open draft, and when it was left, in seconds since 1970."""

    draft_id: str
    chat_id: int
    user_id: int
    left_at: float


def left_since(connection: sa.Connection, before: float, limit: int) -> list[Left]:
    """The open drafts that were left before then and of which nobody was reminded, the oldest first."""
    found = connection.execute(
        sa.select(drafts.c.id, drafts.c.chat_id, drafts.c.user_id, drafts.c.left_at)
        .where(drafts.c.left_at <= before)
        .order_by(drafts.c.left_at)
        .limit(limit)
    )
    return [Left(*row) for row in found]


def mark_reminded(connection: sa.Connection, left: Left, now: float) -> bool:
    """Note that its owner is reminded; False if the draft was touched, or somebody else was faster."""
    return _change(connection, left, left_at=None, reminded_at=now)


def no_reminder(connection: sa.Connection, left: Left) -> None:
    """There is nothing to remind of, until the draft is touched again."""
    _change(connection, left, left_at=None)


def _change(connection: sa.Connection, left: Left, **values: float | None) -> bool:
    as_seen = sa.and_(drafts.c.id == left.draft_id, drafts.c.left_at == left.left_at)
    return connection.execute(sa.update(drafts).where(as_seen).values(**values)).rowcount == 1


def is_left_as_it_was(connection: sa.Connection, draft_id: str, since: float) -> bool:
    """Whether the draft is still open and untouched since then, and its owner still wants to be reminded."""
    wanted = (
        sa.select(drafts.c.id)
        .join(chats, chats.c.chat_id == drafts.c.chat_id)
        .where(
            drafts.c.id == draft_id,
            drafts.c.status == "open",
            drafts.c.touched_at <= since,
            chats.c.no_reminders_at.is_(None),
        )
    )
    return connection.scalar(wanted) is not None


def give_back(connection: sa.Connection, draft_id: str) -> None:
    """It was not sent after all: the reminder is still to come."""
    values = {"left_at": drafts.c.touched_at, "reminded_at": None}
    connection.execute(sa.update(drafts).where(drafts.c.id == draft_id).values(**values))
