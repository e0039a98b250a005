"""What the operators do in their own chat: ask for empty sheets, send a file, apply it or drop it, ask about requests.

All of it is done within the update's transaction; what needs the network is left to the worker.
"""

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from bot.office.offers import APPLY, DROP
from bot.office.questions import ask
from bot.storage import offered_queries, queries
from bot.telegram.inbound import Inbound
from conversations.events import Command, Tap
from conversations.letters import one_line
from conversations.replies import Message
from conversations.words import Words

SHEETS = "sablon"


@dataclass(frozen=True, slots=True)
class Done:
    """What is left to do after the commit: something waits in the outbox, and what a tap is told.

    `answers`: what an operator wants waits to be confirmed and done.
    """

    spoke: bool = False
    answers: bool = False
    toast: Words | None = None


def take(connection: sa.Connection, inbound: Inbound, now: float) -> Done | None:
    """Do what this update of the operators' chat asks for; None if it concerns something else."""
    if inbound.table is not None:
        name = inbound.table.name
        if inbound.anonymous:
            return _say(connection, inbound, now, Words("import-anonymous", {"file": name}))
        waits = offered_queries.add(
            connection, inbound.chat_id, inbound.user_id, _who(inbound), inbound.table.file_id, name, now
        )
        return _say(connection, inbound, now, Words("import-reading", {"file": name}) if waits else _MANY)
    match inbound.event:
        case Command(name=name) if name == SHEETS:
            kinds: tuple[Literal["dealers", "catalogue"], ...] = ("dealers", "catalogue")
            for kind in kinds:
                message = Message((Words(f"sheet-{kind}"),), must_arrive=True, document=kind)
                queries.say_later(connection, inbound.chat_id, message, "tr", now)
            return Done(spoke=True)
        case Tap(action=action, draft_id=offer_id) if action in (APPLY, DROP):
            return _decide(connection, inbound, offer_id, action, now)
    asked = ask(connection, inbound, now)
    if isinstance(asked, Words):
        return _say(connection, inbound, now, asked)
    return Done(spoke=True) if asked else None


_MANY = Words("import-too-many")


def _decide(connection: sa.Connection, inbound: Inbound, offer_id: str, action: str, now: float) -> Done:
    offer = offered_queries.load(connection, offer_id, inbound.chat_id)
    if offer is None or offer.state == "reading":
        return Done(toast=Words("import-over"))
    if offer.state == "applying":
        return Done(toast=Words("import-wait"))
    if action == DROP:
        offered_queries.end(connection, offer)
        return _say(connection, inbound, now, Words("import-dropped", {"file": offer.file_name}))
    offered_queries.want(connection, offer, inbound.user_id, _who(inbound), now)
    return Done(spoke=True, toast=Words("import-wait"))


def _say(connection: sa.Connection, inbound: Inbound, now: float, words: Words) -> Done:
    queries.say_later(connection, inbound.chat_id, Message((words,), must_arrive=True), "tr", now)
    return Done(spoke=True)


def _who(inbound: Inbound) -> str:
    return one_line(f"{inbound.first_name} {inbound.last_name}")
