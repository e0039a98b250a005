"""The office's answers on their way to people: handed over once Telegram has confirmed who wrote them.

The row goes in the same commit as the message to the person, so an answer is never handed over twice.
"""

import time
from collections.abc import Callable

import sqlalchemy as sa

from bot.office.confirming import Confirming
from bot.storage import help_queries, queries
from bot.storage.dialect import lock_chat
from bot.storage.help_queries import OfficeAnswer
from bot.storage.writer import Writer
from bot.telegram.client import Client
from bot.telling import say_all, tell_operators
from bot.terms import Terms
from conversations.office import from_office
from conversations.words import Words


def answering(
    writer: Writer,
    client: Client,
    terms: Terms,
    *,
    spoke: Callable[[], None] = lambda: None,
    clock: Callable[[], float] = time.time,
) -> Confirming[OfficeAnswer]:
    """What hands answers over."""
    next_due, put_off = help_queries.next_answer, help_queries.put_off
    return Confirming(writer, client, terms, next_due, put_off, hand_over, spoke=spoke, clock=clock)


def hand_over(connection: sa.Connection, answer: OfficeAnswer, belongs: bool, now: float, terms: Terms) -> bool:
    """Give the person the answer and tell the operators, or only these that it was not given; False if done before."""
    asker = help_queries.asker(connection, answer.code)
    if asker is not None:
        lock_chat(connection, asker.chat_id)
    if not help_queries.take_answer(connection, answer.id):
        return False
    args = {"code": answer.code}
    if not belongs:
        tell_operators(connection, Words("operators-not-a-member", args), now, terms)
    elif asker is None or asker.closed:
        tell_operators(connection, Words("operators-help-over", args), now, terms)
    elif queries.is_blocked(connection, asker.chat_id):
        tell_operators(connection, Words("operators-help-blocked", args), now, terms)
    else:
        language = queries.language_of(connection, asker.chat_id)
        say_all(connection, asker.chat_id, (from_office(answer.code, answer.text),), language, now)
        tell_operators(connection, Words("operators-relayed", args), now, terms)
    return True
