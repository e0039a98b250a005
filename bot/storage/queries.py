"""What is read from and written to the tables by an update: who is there, where they are in the form, what is said."""

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.dialects import postgresql

from bot.days import day_of
from bot.limits import Window
from bot.storage.dialect import on_both, wake_worker
from bot.storage.funnel_queries import Counts, counted, keep_counts
from bot.storage.prepared import Prepared
from bot.storage.schema import chats, drafts, failures, meta, outbox, requests, seen_updates
from conversations.asking import nothing_said
from conversations.draft import Draft
from conversations.replies import Message

DAY_S = 86_400.0
SEEN_FOR_S = 7 * DAY_S
SAID_FOR_S = 2 * DAY_S
MOST_ERASED = 500
"""Drafts that are erased in one transaction for their age: nobody who writes should have to wait for all of them."""

_messages = TypeAdapter(Message)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chat:
    """What is known of a chat."""

    chat_id: int
    language: str
    told_private: bool
    minute: Window
    notice_version: str | None = None


def see(connection: sa.Connection, update_id: int, fingerprint: str, chat_id: int | None, now: float) -> bool:
    """Mark the update as seen; False if it already was."""
    update = {"update_id": update_id, "fingerprint": fingerprint, "chat_id": chat_id, "seen_at": now}
    return _SEE.changed(connection, **update) == 1


_SEE = on_both(seen_updates, lambda new: new.on_conflict_do_nothing())


def count_failure(connection: sa.Connection, update_id: int, fingerprint: str, now: float) -> int:
    """One more failure of this update; how many there are now."""
    failure = {"update_id": update_id, "fingerprint": fingerprint, "attempts": 1, "failed_at": now}
    return int(_COUNT_FAILURE.value(connection, **failure) or 0)


_COUNT_FAILURE = on_both(
    failures,
    lambda new: new.on_conflict_do_update(
        index_elements=[failures.c.update_id, failures.c.fingerprint],
        set_={"attempts": failures.c.attempts + 1, "failed_at": new.excluded.failed_at},
    ).returning(failures.c.attempts),
)


def load_chat(connection: sa.Connection, chat_id: int, user_id: int | None) -> Chat:
    """The chat, made known if it is new; who writes in it is kept."""
    row = _CHAT.row(connection, chat_id=chat_id)
    if row is None or row[0] != user_id:
        (row,) = _MEET_CHAT.rows(connection, chat_id=chat_id, user_id=user_id)
    _, language, told_private_at, minute_began_at, minute_updates, notice_version = row
    minute = Window(minute_began_at, minute_updates)
    return Chat(chat_id, language, told_private_at is not None, minute, notice_version)


_OF_CHAT = (
    chats.c.user_id,
    chats.c.language,
    chats.c.told_private_at,
    chats.c.minute_began_at,
    chats.c.minute_updates,
    chats.c.notice_version,
)
_CHAT = Prepared(sa.select(*_OF_CHAT).where(chats.c.chat_id == sa.bindparam("chat_id")))
_MEET_CHAT = on_both(
    chats,
    lambda new: new.on_conflict_do_update(
        index_elements=[chats.c.chat_id], set_={"user_id": new.excluded.user_id}
    ).returning(*_OF_CHAT),
)


@dataclass(frozen=True, slots=True)
class ChatAsItIs:
    """What matters for a reminder. `unwilling`: the bot is blocked, or reminders are not wanted."""

    language: str
    unwilling: bool


def chat_as_it_is(connection: sa.Connection, chat_id: int) -> ChatAsItIs | None:
    """The chat as it is kept; None for one that is not known."""
    row = connection.execute(sa.select(chats).where(chats.c.chat_id == chat_id)).one_or_none()
    if row is None:
        return None
    return ChatAsItIs(row.language, row.blocked_at is not None or row.no_reminders_at is not None)


def is_blocked(connection: sa.Connection, chat_id: int) -> bool:
    """Whether the bot was blocked in this chat."""
    return connection.scalar(sa.select(chats.c.blocked_at).where(chats.c.chat_id == chat_id)) is not None


def language_of(connection: sa.Connection, chat_id: int) -> str:
    """The language chosen in this chat, Turkish where none was."""
    return str(_LANGUAGE.value(connection, chat_id=chat_id) or "tr")


_LANGUAGE = Prepared(sa.select(chats.c.language).where(chats.c.chat_id == sa.bindparam("chat_id")))


def change_chat(connection: sa.Connection, chat_id: int, **values: Any) -> None:
    """Keep these values of the chat."""
    _CHANGE_CHAT.changed(connection, of_chat=chat_id, **values)


_CHANGE_CHAT = Prepared(sa.update(chats).where(chats.c.chat_id == sa.bindparam("of_chat")))


def own_draft(connection: sa.Connection, draft_id: str, chat_id: int, user_id: int) -> Draft | None:
    """The draft with this id, if it belongs to this user in this chat."""
    return draft_from(_OWN_DRAFT.value(connection, draft_id=draft_id, chat_id=chat_id, user_id=user_id))


_OF_PERSON = (drafts.c.chat_id == sa.bindparam("chat_id"), drafts.c.user_id == sa.bindparam("user_id"))
_OWN_DRAFT = Prepared(sa.select(drafts.c.data).where(drafts.c.id == sa.bindparam("draft_id"), *_OF_PERSON))


def active_draft(connection: sa.Connection, chat_id: int, user_id: int) -> Draft | None:
    """The open draft that this user is at in this chat, the one touched last; without one the last draft of all.

    A draft that was put aside is neither.
    """
    return draft_from(_ACTIVE_DRAFT.value(connection, chat_id=chat_id, user_id=user_id))


_ACTIVE_DRAFT = Prepared(
    sa.select(drafts.c.data)
    .where(*_OF_PERSON, drafts.c.parked == 0)
    .order_by((drafts.c.status == "open").desc(), drafts.c.touch_order.desc())
    .limit(1)
)


def draft_from(data: str | None) -> Draft | None:
    """The stored draft. One that this release can't read, because a newer one wrote it, must not lock its owner out."""
    if data is None:
        return None
    try:
        return Draft.model_validate_json(data)
    except ValidationError:
        log.error("draft_unreadable")
        return None


def save_draft(
    connection: sa.Connection, draft: Draft, chat_id: int, user_id: int, now: float, *, touched: bool = True
) -> None:
    """Keep the draft. `touched`: the chat is at this one now."""
    is_open = draft.status == "open"
    values = {
        "id": draft.id,
        "chat_id": chat_id,
        "of_chat": chat_id,
        "user_id": user_id,
        "form": draft.form,
        "revision": draft.revision,
        "status": draft.status,
        "data": draft.model_dump_json(),
        "parked": int(draft.parked and is_open),
        "touched_at": now,
        "left_at": now if is_open else None,
        "begun_at": now,
    }
    if (_TOUCH_DRAFT if touched else _KEEP_DRAFT).changed(connection, **values) != 1:
        raise ValueError("draft belongs to someone else")


def _saving(new: postgresql.Insert, *touched: str) -> postgresql.Insert:
    last = sa.select(sa.func.coalesce(sa.func.max(drafts.c.touch_order), 0))
    last = last.where(drafts.c.chat_id == sa.bindparam("of_chat"))
    changed: dict[str, sa.ColumnElement[Any]] = {
        name: new.excluded[name] for name in ("revision", "status", "data", "parked", "touched_at", *touched)
    }
    # A draft of which its owner was reminded waits for no other reminder.
    changed["left_at"] = sa.case((drafts.c.reminded_at.is_(None), new.excluded.left_at))
    return new.values(touch_order=last.scalar_subquery() + 1).on_conflict_do_update(
        index_elements=[drafts.c.id],
        set_=changed,
        # Ids are random and checked, but nobody's draft may ever be written over by someone else's.
        where=sa.and_(drafts.c.chat_id == new.excluded.chat_id, drafts.c.user_id == new.excluded.user_id),
    )


_KEEP_DRAFT = on_both(drafts, _saving)
_TOUCH_DRAFT = on_both(drafts, lambda new: _saving(new, "touch_order"))


def go_on(connection: sa.Connection, draft: Draft, chat_id: int, user_id: int, now: float) -> None:
    """Keep the draft that the chat is at and stays at: what doesn't change with an answer is not written again."""
    values = {"revision": draft.revision, "data": draft.model_dump_json(), "touched_at": now, "left": now}
    whose = {"draft_id": draft.id, "of_chat": chat_id, "of_user": user_id}
    if _GO_ON.changed(connection, **values, **whose) != 1:
        raise ValueError("draft belongs to someone else")


_GO_ON = Prepared(
    sa.update(drafts)
    .where(
        drafts.c.id == sa.bindparam("draft_id"),
        drafts.c.chat_id == sa.bindparam("of_chat"),
        drafts.c.user_id == sa.bindparam("of_user"),
    )
    .values(left_at=sa.case((drafts.c.reminded_at.is_(None), sa.bindparam("left", type_=sa.Double))))
)


def park_others(connection: sa.Connection, at: Draft, chat_id: int, user_id: int, now: float) -> None:
    """The chat is at this draft: every other open one is put aside, and one that holds nothing is given up."""
    others = _OTHERS.rows(connection, draft_id=at.id, chat_id=chat_id, user_id=user_id)
    for other in filter(None, (draft_from(data) for (data,) in others)):
        left = other.changed(status="cancelled") if nothing_said(other) else other.changed(parked=True, leaving=None)
        save_draft(connection, left, chat_id, user_id, now, touched=False)


_OTHERS = Prepared(
    sa.select(drafts.c.data).where(
        *_OF_PERSON, drafts.c.status == "open", drafts.c.parked == 0, drafts.c.id != sa.bindparam("draft_id")
    )
)


def parked_count(connection: sa.Connection, chat_id: int, user_id: int) -> int:
    """How many drafts of this user are put aside in this chat."""
    return int(_PARKED.value(connection, chat_id=chat_id, user_id=user_id) or 0)


_PARKED = Prepared(
    sa.select(sa.func.count()).select_from(drafts).where(*_OF_PERSON, drafts.c.status == "open", drafts.c.parked == 1)
)


def open_drafts(connection: sa.Connection, chat_id: int, user_id: int, limit: int) -> list[tuple[Draft, float]]:
    """The open drafts of this user in this chat with when each was touched last; the one at hand first."""
    rows = connection.execute(
        sa.select(drafts.c.data, drafts.c.touched_at)
        .where(*_open(chat_id, user_id))
        .order_by(drafts.c.parked, drafts.c.touch_order.desc())
        .limit(limit)
    )
    found = ((draft_from(row.data), row.touched_at) for row in rows)
    return [(draft, touched_at) for draft, touched_at in found if draft is not None]


def _open(chat_id: int, user_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return drafts.c.chat_id == chat_id, drafts.c.user_id == user_id, drafts.c.status == "open"


def has_other_open_draft(connection: sa.Connection, chat_id: int, draft_id: str) -> bool:
    """Whether the chat is in the middle of another draft."""
    return _OTHER_OPEN_DRAFT.value(connection, chat_id=chat_id, draft_id=draft_id) is not None


_OTHER_OPEN_DRAFT = Prepared(
    sa.select(drafts.c.id)
    .where(
        drafts.c.chat_id == sa.bindparam("chat_id"),
        drafts.c.status == "open",
        drafts.c.parked == 0,
        drafts.c.id != sa.bindparam("draft_id"),
    )
    .limit(1)
)


def erase_drafts(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> int:
    """Erase these drafts, and keep what came of their questions; how many it were."""
    kept = (drafts.c.data, drafts.c.begun_at, drafts.c.touched_at)
    gone = connection.execute(sa.delete(drafts).where(*which).returning(*kept)).all()
    by_day: dict[date, Counts] = {}
    for data, begun_at, touched_at in gone:
        day = day_of(touched_at if begun_at is None else begun_at)
        by_day.setdefault(day, Counter()).update(counted(draft_from(data), over=True))
    keep_counts(connection, by_day)
    return len(gone)


def erase_untouched(connection: sa.Connection, before: float) -> int:
    """The same for drafts that nobody has touched since then, at most MOST_ERASED of them.

    Those of requests that are still to be settled stay.
    """
    unsettled = sa.exists().where(
        requests.c.draft_id == drafts.c.id, requests.c.state.in_(("queued", "sending", "unknown", "held"))
    )
    untouched = (drafts.c.touched_at < before, ~unsettled)
    return erase_drafts(
        connection, drafts.c.id.in_(sa.select(drafts.c.id).where(*untouched).limit(MOST_ERASED)), *untouched
    )


def draft_id_taken(connection: sa.Connection, draft_id: str) -> bool:
    """Whether a draft or a request has, or had, this id."""
    return bool(_DRAFT_ID_TAKEN.value(connection, draft_id=draft_id))


_DRAFT_ID_TAKEN = Prepared(
    sa.select(
        sa.or_(
            sa.exists().where(drafts.c.id == sa.bindparam("draft_id")),
            sa.exists().where(requests.c.draft_id == sa.bindparam("draft_id")),
        )
    )
)


def code_taken(connection: sa.Connection, code: str) -> bool:
    """Whether a request has this code."""
    return bool(_CODE_TAKEN.value(connection, code=code))


_CODE_TAKEN = Prepared(sa.select(sa.exists().where(requests.c.code == sa.bindparam("code"))))


def say_later(connection: sa.Connection, chat_id: int, message: Message, language: str, now: float) -> None:
    """Put a message into the outbox."""
    stored = stored_message(message)
    row = {"chat_id": chat_id, "language": language, "message": stored, "due_at": now, "created_at": now}
    NEW_MESSAGE.changed(connection, **row)
    wake_worker(connection)


NEW_MESSAGE = Prepared(sa.insert(outbox).inline())
"""A row of the outbox. Nobody asks for its id, which the server would have to be asked to return."""


def stored_message(message: Message) -> str:
    """A message as it is put into the outbox."""
    return _messages.dump_json(message).decode()


def read_message(stored: str) -> Message:
    """A message as it was put into the outbox."""
    return _messages.validate_json(stored)


def get_meta(connection: sa.Connection, name: str) -> str | None:
    """A fact about the whole database."""
    found: str | None = _META.value(connection, name=name)
    return found


_META = Prepared(sa.select(meta.c.value).where(meta.c.name == sa.bindparam("name")))


def set_meta(connection: sa.Connection, name: str, value: str) -> None:
    """Keep a fact about the whole database."""
    _SET_META.changed(connection, name=name, value=value)


_SET_META = on_both(
    meta,
    lambda new: new.on_conflict_do_update(index_elements=[meta.c.name], set_={"value": new.excluded.value}),
)


def move_chat(connection: sa.Connection, old: int, new: int) -> None:
    """A group became a supergroup under another id: what still has to be said there goes to the new one."""
    connection.execute(
        sa.update(outbox).where(outbox.c.chat_id == old, outbox.c.state == "pending").values(chat_id=new)
    )
    set_meta(connection, f"moved:{old}", str(new))


def where_is(connection: sa.Connection, chat_id: int) -> int:
    """The id this chat has now."""
    return int(get_meta(connection, f"moved:{chat_id}") or chat_id)


def sweep(connection: sa.Connection, now: float) -> None:
    """Erase what is no longer needed: seen updates, and what was said."""
    connection.execute(sa.delete(seen_updates).where(seen_updates.c.seen_at < now - SEEN_FOR_S))
    connection.execute(sa.delete(failures).where(failures.c.failed_at < now - SEEN_FOR_S))
    connection.execute(sa.delete(outbox).where(outbox.c.created_at < now - SAID_FOR_S, outbox.c.state != "pending"))
