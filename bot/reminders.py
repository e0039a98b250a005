"""A draft that was left open is brought to mind once, a day later, by day: written down together with its message.

Between writing and sending may lie an outage: what no longer fits by then is not sent.
"""

import logging
from datetime import datetime, time

import sqlalchemy as sa

from bot.conversing import context_of
from bot.days import TURKEY
from bot.logs import where
from bot.storage import outbox_queries, queries
from bot.storage.errors import storage_error
from bot.storage.outbox_queries import Row
from bot.storage.reminder_queries import Left, give_back, is_left_as_it_was, left_since, mark_reminded, no_reminder
from bot.telling import say_all
from bot.terms import Terms
from conversations.reminding import reminder
from conversations.replies import Message

HOUR_S = 3600.0
LOOK_EVERY_S = 300.0
MOST_AT_ONCE = 100
BY_DAY = (time(9), time(21))

log = logging.getLogger(__name__)


def is_day(now: float) -> bool:
    """Whether people in Turkey may be written to at this time (seconds since 1970) without having asked."""
    return BY_DAY[0] <= datetime.fromtimestamp(now, TURKEY).time() < BY_DAY[1]


def to_remind(connection: sa.Connection, now: float, after_s: float) -> list[Left]:
    """The drafts that were left so long ago that a reminder is due, the oldest first; none at night."""
    return left_since(connection, now - after_s, MOST_AT_ONCE) if is_day(now) else []


def remind(connection: sa.Connection, left: Left, now: float, terms: Terms) -> bool:
    """Write the reminder of this draft down, unless nobody wants it; whether there is something to send.

    One that can't be written is given up, and spoils no other.
    """
    attempt = connection.begin_nested()
    try:
        written = _remind(connection, left, now, terms)
    except Exception as error:
        if storage_error(error) is not None:
            raise
        attempt.rollback()
        log.error("reminder_unsaid", extra={"error": where(error)})
        no_reminder(connection, left)
        return False
    attempt.commit()
    return written


def _remind(connection: sa.Connection, left: Left, now: float, terms: Terms) -> bool:
    chat = queries.chat_as_it_is(connection, left.chat_id)
    draft = queries.active_draft(connection, left.chat_id, left.user_id)
    if chat is None or chat.unwilling or draft is None or draft.id != left.draft_id:
        no_reminder(connection, left)
        return False
    if outbox_queries.anything_waits(connection, left.chat_id):
        return False
    form = terms.form_now(connection)
    message = reminder(form, draft, context_of(connection, left.chat_id, left.user_id, terms, form))
    if message is None:
        no_reminder(connection, left)
        return False
    if not mark_reminded(connection, left, now):
        return False
    say_all(connection, left.chat_id, (message,), chat.language, now)
    return True


def still_fits(connection: sa.Connection, row: Row, message: Message, now: float) -> bool:
    """Whether a written reminder may be sent. Overtaken, it is dropped; at night it is written anew in the morning."""
    if not is_left_as_it_was(connection, message.draft_id, row.created_at):
        outbox_queries.mark_failed(connection, row, "overtaken", now)
        return False
    if not is_day(now):
        give_back(connection, message.draft_id)
        outbox_queries.mark_failed(connection, row, "at_night", now)
        return False
    return True
