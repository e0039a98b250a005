"""Ids of drafts and codes of requests, drawn by chance.

Few turns make use of one, and what is drawn is hardly ever taken: whether it is, is looked up where it was used.
"""

import secrets

import sqlalchemy as sa

from bot.storage import queries
from conversations.events import Context
from conversations.replies import Turn

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without the look-alikes 0 and O, 1, I and L: people read the code out on the telephone."""
CODE_LENGTH = 4
_TRIES_PER_LENGTH = 20


def drawn_id() -> str:
    """The id of a draft."""
    return secrets.token_urlsafe(9)


def drawn_code(length: int = CODE_LENGTH) -> str:
    """The code of a request, with so many letters."""
    return "D-" + "".join(secrets.choice(CODE_LETTERS) for _ in range(length))


def uses_what_is_taken(connection: sa.Connection, turn: Turn, context: Context) -> bool:
    """Whether the draft that the turn begins has an id, or the request that it makes a code, that was used before."""
    begins = turn.draft is not None and turn.draft.id == context.fresh_draft_id
    if begins and queries.draft_id_taken(connection, context.fresh_draft_id):
        return True
    return turn.submit is not None and queries.code_taken(connection, context.fresh_code)


def unused_id(connection: sa.Connection) -> str:
    """An id that no draft has or had."""
    while queries.draft_id_taken(connection, drawn := drawn_id()):
        pass
    return drawn


def unused_code(connection: sa.Connection) -> str:
    """An unused code; it grows by a letter when the short ones are scarce."""
    length, tries = CODE_LENGTH, 0
    while queries.code_taken(connection, drawn := drawn_code(length)):
        tries += 1
        length = CODE_LENGTH + tries // _TRIES_PER_LENGTH
    return drawn
