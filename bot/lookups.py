"""Holds a turn of the conversation, and looks up in the same transaction what the turn has to know first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import sqlalchemy as sa

from bot.fresh import unused_code, unused_id, uses_what_is_taken
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
    """The turn, with everything looked up that it asked for. Raises RuntimeError for one that never has enough."""
    for _ in range(MOST_LOOKUPS + 1):
        turn = take(form, draft, event, context)
        if isinstance(turn, Lookup):
            found = _look_up(connection, turn, chat_id, user_id, now)
            context = replace(context, found={**context.found, turn: found})
        elif uses_what_is_taken(connection, turn, context):
            context = replace(context, fresh_draft_id=unused_id(connection), fresh_code=unused_code(connection))
        else:
            return turn
    raise RuntimeError("the turn keeps looking up")


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
