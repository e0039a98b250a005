"""Who was shown which version of the privacy notice, and when."""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.storage.dialect import on_both
from bot.storage.queries import change_chat
from bot.storage.schema import notices


@dataclass(frozen=True, slots=True)
class Notice:
    """A version that was shown. Times are seconds since 1970; `arrived_at` is None until Telegram confirmed it."""

    version: str
    said_at: float
    arrived_at: float | None


def note_said(connection: sa.Connection, chat_id: int, user_id: int, version: str, now: float) -> None:
    """This version is put to the person with this very transaction."""
    change_chat(connection, chat_id, notice_version=version)
    _SAID.changed(connection, user_id=user_id, version=version, said_at=now)


_SAID = on_both(notices, lambda new: new.on_conflict_do_nothing())


def note_arrived(connection: sa.Connection, user_id: int, now: float) -> None:
    """Telegram has what this person was to be shown. In private chats a chat's id is its person's."""
    missing = sa.and_(notices.c.user_id == user_id, notices.c.arrived_at.is_(None))
    connection.execute(sa.update(notices).where(missing).values(arrived_at=now))


def notices_of(connection: sa.Connection, user_id: int) -> list[Notice]:
    """What this person was shown, the oldest first."""
    rows = connection.execute(
        sa.select(notices.c.version, notices.c.said_at, notices.c.arrived_at)
        .where(notices.c.user_id == user_id)
        .order_by(notices.c.said_at)
    )
    return [Notice(*row) for row in rows]
