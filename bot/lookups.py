"""Holds a turn of the conversation, and looks up in the same transaction what the turn has to know first."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import sqlalchemy as sa

from bot.storage.link_queries import find_link
from bot.storage.serial_queries import submitted_before
from conversations.directory import Link
from conversations.draft import Draft
from conversations.events import Context, Event, Seen
from conversations.form import Form
from conversations.replies import Lookup, Turn

TURKEY = timezone(timedelta(hours=3))
"""The country has kept summer time since 2016."""

MOST_LOOKUPS = 4
"""How often one turn may ask; more would be a loop of the engine's."""

Take = Callable[[Form, Draft | None, Event, Context], Turn | Lookup]


def hold_turn(
    connection: sa.Connection,
    take: Take,
    form: Form,
    draft: Draft | None,
    event: Event,
    context: Context,
    user_id: int,
    now: float,
) -> Turn:
    """The turn, with everything looked up that it asked for. Raises RuntimeError for one that never has enough."""
    for _ in range(MOST_LOOKUPS + 1):
        turn = take(form, draft, event, context)
        if isinstance(turn, Turn):
            return turn
        context = replace(context, found={**context.found, turn: _look_up(connection, turn, user_id, now)})
    raise RuntimeError("the turn keeps looking up")


def _look_up(connection: sa.Connection, lookup: Lookup, user_id: int, now: float) -> Mapping[str, Seen] | Link | None:
    match lookup.kind:
        case "serials":
            return {
                serial: Seen(found.call_number, _date(found.created_at), own=found.user_id == user_id)
                for serial, found in submitted_before(connection, lookup.keys, user_id).items()
            }
        case "link":
            (code,) = lookup.keys
            return find_link(connection, code, now)


def _date(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, TURKEY).strftime("%d.%m.%Y")
