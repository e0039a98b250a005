"""Help between a person and the operators' chat: how a reply is recognised, and what is not handed over."""

import re
import secrets

import sqlalchemy as sa

from bot.storage import help_queries
from bot.telegram.inbound import Inbound, RepliedTo
from conversations.events import Edit, Event, Text
from conversations.words import Words
from locales import LANGUAGES, say

HELP_TITLE = "operators-help"
"""The first line of what operators read of somebody who asked for help."""
ANSWER_TITLE = "office-answer"
"""The first line of what people read of the office."""

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6
_CODE = re.compile(rf"Y-[{LETTERS}]{{{CODE_LENGTH}}}")


def fresh_help_code() -> str:
    """A random code for a person's help. It is a label: who may use it is decided by who writes, and where."""
    return "Y-" + "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def code_of(replied_to: RepliedTo | None, title: str, bot_id: int) -> str | None:
    """The code in the first line of our own message that was replied to, if it was one with this title.

    Told by its text: under which id a message was sent may never have been heard, and a group that moves numbers its
    messages anew.
    """
    if replied_to is None or replied_to.bot_id != bot_id:
        return None
    found = _CODE.search(replied_to.first_line)
    titles = [say(Words(title, {"code": found[0]}), language) for language in LANGUAGES] if found else []
    return found[0] if found and replied_to.first_line in titles else None


def why_not_relayed(connection: sa.Connection, inbound: Inbound, event: Event, code: str) -> Words | None:
    """What the operators are told of a reply that can't be handed over; None for one that can."""
    asker = help_queries.asker(connection, code)
    if inbound.anonymous:
        return Words("operators-anonymous", {"code": code})
    if isinstance(event, Edit):
        return Words("operators-edit-not-relayed", {"code": code})
    if not isinstance(event, Text) or not event.text.strip():
        return Words("operators-text-only", {"code": code})
    if asker is None or asker.closed:
        return Words("operators-help-over", {"code": code})
    return None
