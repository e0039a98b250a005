"""Each morning the operators read how yesterday went, and what waits for somebody now."""

from datetime import date

import sqlalchemy as sa

from bot.days import day_of, start_of
from bot.office import lists
from bot.reminders import is_day
from bot.storage import desk_queries, queries
from bot.storage.dialect import lock_chat
from bot.telling import operators_chat, say_all
from bot.terms import Terms

TOLD_ON = "digest_told_on"
"""The day of the last digest, as 2026-11-24."""
DAY_S = 86_400.0


def tell_digest(connection: sa.Connection, now: float, terms: Terms) -> bool:
    """Tell the operators once a day, from nine in the morning on; whether there is something to send.

    Of the day before the bot first ran nothing is told: that it was quiet would be said of a bot that was not there.
    """
    chat_id = operators_chat(connection, terms)
    if chat_id is None:
        return False
    today, told_on = day_of(now), queries.get_meta(connection, TOLD_ON)
    if told_on is not None and (date.fromisoformat(told_on) >= today or not is_day(now)):
        return False
    lock_chat(connection, chat_id)
    queries.set_meta(connection, TOLD_ON, today.isoformat())
    if told_on is None:
        return False
    begins = start_of(today)
    message = lists.digest(
        desk_queries.counts(connection, begins - DAY_S, begins),
        desk_queries.waiting(connection, 0, for_a_person=True),
        desk_queries.waiting_counts(connection),
        desk_queries.open_help(connection),
        now,
    )
    say_all(connection, chat_id, (message,), "tr", now)
    return True
