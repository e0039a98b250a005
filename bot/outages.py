"""After an outage the open summaries are shown again: Telegram keeps a tap for 150 seconds, and then for nobody.

Texts are kept for a day and come by themselves; whoever tapped [Onayla ve gönder] meanwhile would wait for ever.
"""

import logging

import sqlalchemy as sa

from bot.conversing import context_of
from bot.logs import where
from bot.storage import life_queries, outbox_queries, queries
from bot.storage.errors import storage_error
from bot.telling import say_all
from bot.terms import Terms
from conversations.reviewing import shown_again

TAP_LIVES_S = 150.0
NOTE_EVERY_S = 30.0
TOUCHED_WITHIN_S = 24 * 3600.0
"""Whoever left a summary longer ago is reminded of it otherwise, if at all."""

log = logging.getLogger(__name__)


def updates_reach_us(connection: sa.Connection, now: float, terms: Terms) -> int:
    """Note that updates reach us now, and after an outage show the open summaries again; how many were shown.

    Note and messages are one commit, so one outage is answered once, however often the process dies meanwhile and
    however many replicas come back.
    """
    before = life_queries.reached_at(connection)
    if before is not None and 0 <= now - before < NOTE_EVERY_S:
        return 0
    if not life_queries.note_reached(connection, before, now) or before is None or now - before <= TAP_LIVES_S:
        return 0
    chats = life_queries.at_a_draft(connection, now - TOUCHED_WITHIN_S)
    shown = sum(_show(connection, *chat, now, terms) for chat in chats)
    log.warning("summaries_shown_again", extra={"away_s": int(now - before), "shown": shown})
    return shown


def _show(connection: sa.Connection, chat_id: int, user_id: int, language: str, now: float, terms: Terms) -> bool:
    """Whether this chat is at a summary, and nothing is on its way to it already. One that fails spoils no other."""
    attempt = connection.begin_nested()
    try:
        draft = queries.active_draft(connection, chat_id, user_id)
        if draft is None or outbox_queries.anything_waits(connection, chat_id):
            message = None
        else:
            form = terms.form_now(connection)
            message = shown_again(form, draft, context_of(connection, chat_id, user_id, terms, form))
        if message is not None:
            say_all(connection, chat_id, (message,), language, now)
    except Exception as error:
        if storage_error(error) is not None:
            raise
        attempt.rollback()
        log.error("summary_not_shown_again", extra={"error": where(error)})
        return False
    attempt.commit()
    return message is not None
