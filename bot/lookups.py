"""Holds a turn of the conversation, and looks up in the same transaction what the turn has to know first."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import sqlalchemy as sa

from bot.privacy.stored import stored_of
from bot.storage import queries
from bot.storage.link_queries import find_link
from bot.storage.request_queries import last_requests
from bot.storage.serial_queries import submitted_before
from conversations.draft import Draft
from conversations.events import Call, Context, Event, Found, Listed, Seen
from conversations.form import Form
from conversations.replies import Lookup, Turn

TURKEY = timezone(timedelta(hours=3))
"""The country has kept summer time since 2016."""

MOST_LOOKUPS = 4
"""How often one turn may ask; more would be a loop of the engine's."""

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without the look-alikes 0 and O, 1, I and L: people read the code out on the telephone."""
CODE_LENGTH = 4
_TRIES_PER_LENGTH = 20

MOST_DRAFTS = 25
MOST_CALLS = 10

Take = Callable[[Form, Draft | None, Event, Context], Turn | Lookup]


def hold_turn(
    connection: sa.Connection,
    take: Take,
    form: Form,
    draft: Draft | None,
    event: Event,
    context: Context,
    chat_id: int,
    user_id: int,
    now: float,
) -> Turn:
    """The turn, with everything looked up that it asked for, and ids and codes of its own.

    Raises RuntimeError for one that never has enough.
    """
    # Few turns use them, and what was drawn by chance is hardly ever taken: that is looked up afterwards.
    context = replace(context, fresh_draft_id=_drawn_id(), fresh_code=_drawn_code(CODE_LENGTH))
    for _ in range(MOST_LOOKUPS + 1):
        turn = take(form, draft, event, context)
        if isinstance(turn, Lookup):
            found = _look_up(connection, turn, chat_id, user_id, now)
            context = replace(context, found={**context.found, turn: found})
        elif _uses_what_is_taken(connection, turn, context):
            context = replace(context, fresh_draft_id=_unused_id(connection), fresh_code=_unused_code(connection))
        else:
            return turn
    raise RuntimeError("the turn keeps looking up")


def _uses_what_is_taken(connection: sa.Connection, turn: Turn, context: Context) -> bool:
    """Whether the draft that the turn begins has an id, or the request that it makes a code, that was used before."""
    begins = turn.draft is not None and turn.draft.id == context.fresh_draft_id
    if begins and queries.draft_id_taken(connection, context.fresh_draft_id):
        return True
    return turn.submit is not None and queries.code_taken(connection, context.fresh_code)


def _drawn_id() -> str:
    return secrets.token_urlsafe(9)


def _drawn_code(length: int) -> str:
    return "D-" + "".join(secrets.choice(CODE_LETTERS) for _ in range(length))


def _unused_id(connection: sa.Connection) -> str:
    while queries.draft_id_taken(connection, fresh := _drawn_id()):
        pass
    return fresh


def _unused_code(connection: sa.Connection) -> str:
    """It grows by a letter when the short ones are scarce."""
    length, tries = CODE_LENGTH, 0
    while queries.code_taken(connection, fresh := _drawn_code(length)):
        tries += 1
        length = CODE_LENGTH + tries // _TRIES_PER_LENGTH
    return fresh


def _look_up(connection: sa.Connection, lookup: Lookup, chat_id: int, user_id: int, now: float) -> Found:
    match lookup.kind:
        case "serials":
            return {
                serial: Seen(found.call_number, _date(found.created_at), own=found.user_id == user_id)
                for serial, found in submitted_before(connection, lookup.keys, user_id).items()
            }
        case "link":
            (code,) = lookup.keys
            return find_link(connection, code, now)
        case "drafts":
            open_ones = queries.open_drafts(connection, chat_id, user_id, MOST_DRAFTS)
            return tuple(Listed(draft, _days(touched_at, now)) for draft, touched_at in open_ones)
        case "calls":
            last = last_requests(connection, chat_id, user_id, MOST_CALLS)
            return tuple(Call(settled, customer, _date(created_at)) for settled, customer, created_at in last)
        case "draft":
            (draft_id,) = lookup.keys
            return queries.own_draft(connection, draft_id, chat_id, user_id)
        case "stored":
            return stored_of(connection, user_id)


def _days(since: float, now: float) -> int:
    """How many midnights in Turkey lie between."""
    return (_local(now).date() - _local(since).date()).days


def _date(seconds: float) -> str:
    return _local(seconds).strftime("%d.%m.%Y")


def _local(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, TURKEY)
