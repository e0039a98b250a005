"""The lives of the bot's processes: how the last one ended, what it may have died of, and how long nobody lived."""

import sqlalchemy as sa

from bot.storage import queries
from bot.storage.schema import chats, drafts, failures, meta, seen_updates

_RUNNING = "running:"
_REACHED_AT = "reached_at"


def begin(connection: sa.Connection, life: str, now: float, gone_before: float) -> bool:
    """Note that this life runs; whether another one did not end cleanly, or still runs elsewhere.

    Of those, the ones that gave no sign since `gone_before` are forgotten: this start is told of them, the next not.
    """
    is_other = sa.and_(meta.c.name.startswith(_RUNNING, autoescape=True), meta.c.name != _RUNNING + life)
    others = connection.execute(sa.select(meta.c.name, meta.c.value).where(is_other)).all()
    for name, last_sign in others:
        if float(last_sign) < gone_before:
            connection.execute(sa.delete(meta).where(meta.c.name == name))
    sign(connection, life, now)
    return bool(others)


def forget_all(connection: sa.Connection) -> None:
    """The lives of the database that this one was copied from are not its own."""
    connection.execute(sa.delete(meta).where(meta.c.name.startswith(_RUNNING, autoescape=True)))


def anybody_lives(connection: sa.Connection, since: float) -> bool:
    """Whether some process has given a sign of life since then."""
    signs = connection.scalars(sa.select(meta.c.value).where(meta.c.name.startswith(_RUNNING, autoescape=True)))
    return any(float(sign) >= since for sign in signs)


def sign(connection: sa.Connection, life: str, now: float) -> None:
    """A sign of life."""
    queries.set_meta(connection, _RUNNING + life, repr(now))


def end(connection: sa.Connection, life: str) -> None:
    """This life ends cleanly."""
    connection.execute(sa.delete(meta).where(meta.c.name == _RUNNING + life))


def _is(table: sa.Table) -> sa.ColumnElement[bool]:
    """Whether a row is this update's; the id alone comes again for another one after an idle week."""
    return sa.and_(table.c.update_id == sa.bindparam("update"), table.c.fingerprint == sa.bindparam("print"))


_TAKEN = sa.select(sa.exists().where(_is(seen_updates)))
_DEATHS = sa.select(failures.c.attempts).where(_is(failures))
_FORGET = sa.delete(failures).where(_is(failures))
_TAKE_BACK = sa.update(failures).where(_is(failures)).values(attempts=failures.c.attempts - 1)


def deaths(connection: sa.Connection, update_id: int, fingerprint: str) -> int | None:
    """How often the update was begun and not taken; None if it was taken, whatever came after."""
    update = {"update": update_id, "print": fingerprint}
    if connection.scalar(_TAKEN, update):
        return None
    return connection.scalar(_DEATHS, update) or 0


def forget_begun(connection: sa.Connection, update_id: int, fingerprint: str) -> None:
    """It was taken: whatever ended the process before, it was not this update."""
    connection.execute(_FORGET, {"update": update_id, "print": fingerprint})


def take_back(connection: sa.Connection, update_id: int, fingerprint: str) -> None:
    """One count less: it was begun and not taken, and yet the process did not end."""
    connection.execute(_TAKE_BACK, {"update": update_id, "print": fingerprint})


def reached_at(connection: sa.Connection) -> float | None:
    """When updates were last known to reach us; None for a database that never met any."""
    found = queries.get_meta(connection, _REACHED_AT)
    return None if found is None else float(found)


def note_reached(connection: sa.Connection, before: float | None, now: float) -> bool:
    """Note that updates reach us; False if another replica has noted it since `before` was read."""
    if before is None:
        queries.set_meta(connection, _REACHED_AT, repr(now))
        return True
    is_unchanged = sa.and_(meta.c.name == _REACHED_AT, meta.c.value == repr(before))
    return connection.execute(sa.update(meta).where(is_unchanged).values(value=repr(now))).rowcount == 1


def at_a_draft(connection: sa.Connection, since: float) -> list[tuple[int, int, str]]:
    """Chat, user and language wherever an open draft was touched since then, but for who blocked the bot."""
    found = connection.execute(
        sa.select(drafts.c.chat_id, drafts.c.user_id, chats.c.language)
        .join(chats, chats.c.chat_id == drafts.c.chat_id)
        .where(drafts.c.status == "open", drafts.c.touched_at >= since, chats.c.blocked_at.is_(None))
        .distinct()
        .order_by(drafts.c.chat_id)
    )
    return [(row.chat_id, row.user_id, row.language) for row in found]
