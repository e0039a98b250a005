"""What is put into the outbox: messages to a chat, and to the operators."""

import sqlalchemy as sa

from bot.storage import queries
from bot.telegram.inbound import Inbound
from bot.telegram.outbound import render
from bot.terms import Terms
from conversations.replies import Message
from conversations.words import Words


def say_all(connection: sa.Connection, chat_id: int, messages: tuple[Message, ...], language: str, now: float) -> None:
    """Put the messages into the outbox.

    Each is rendered once here: one that can't be must fail the update, which is then apologised for, and not the
    outbox later, where nobody would hear of it.
    """
    for message in messages:
        render(message, language)
        queries.say_later(connection, chat_id, message, language, now)


def tell_operators(connection: sa.Connection, words: Words, now: float, terms: Terms) -> bool:
    """Put a message for the operators into the outbox; False where no operators' chat is set."""
    chat_id = operators_chat(connection, terms)
    if chat_id is None:
        return False
    queries.say_later(connection, chat_id, Message((words,), must_arrive=True, kind="result"), "tr", now)
    return True


def operators_chat(connection: sa.Connection, terms: Terms) -> int | None:
    """The id that the operators' chat has now; None where none is set."""
    if terms.operators_chat_id is None:
        return None
    return queries.where_is(connection, terms.operators_chat_id)


def is_operators(connection: sa.Connection, inbound: Inbound, terms: Terms) -> bool:
    """Whether this is the operators' chat. Only a group may have moved since it was set."""
    if inbound.chat_type == "private":
        return inbound.chat_id == terms.operators_chat_id
    return inbound.chat_id == operators_chat(connection, terms)
