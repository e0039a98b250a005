"""When Licrus is down the operators read one summary, not a message for each request.

The first few are told one by one. From then on, until it has been quiet for a while, what is new is left to a summary
that comes at once and again every half hour, and to /kuyruk.
"""

from dataclasses import dataclass, replace
from typing import Literal

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError

from bot.office import lists
from bot.storage import desk_queries, queries
from bot.telling import operators_chat, say_all
from bot.terms import Terms

Kind = Literal["unknown", "held", "unreachable"]

QUIET_S = 600.0
"""After so long without anything new to tell, the next is told by itself again."""
AGAIN_S = 1800.0
GIVEN_UP_S = 86_400.0
"""A day without anything new ends a flood whose end nobody could tell."""
MOST_ALONE: dict[Kind, int] = {"unknown": 5, "held": 5, "unreachable": 1}
"""How many of a flood are told one by one. Of those that can't be sent yet nobody has to do anything."""
FLOOD = "flood"


@dataclass(frozen=True, slots=True)
class Flood:
    """How many were told one by one, when the last one came, and when the last summary was said (0: none yet).

    Times are seconds since 1970.
    """

    told: int = 0
    last_at: float = 0.0
    said_at: float = 0.0


_FLOOD = TypeAdapter(Flood)


def step(
    flood: Flood, kind: Kind, now: float, *, goes_on: bool = False
) -> tuple[Flood, Literal["alone", "summary", "nothing"]]:
    """How the operators hear of one more request that has no end yet. `goes_on`: one that they heard of waits still.

    What was summed up is over when `tell_end` says so; what was not, when it has been quiet.
    """
    if abs(now - flood.last_at) > (GIVEN_UP_S if flood.said_at or goes_on else QUIET_S):
        flood = Flood()
    flood = replace(flood, last_at=now)
    if flood.told < MOST_ALONE[kind] and not flood.said_at:
        return replace(flood, told=flood.told + 1), "alone"
    if not 0 <= now - flood.said_at < AGAIN_S:
        return replace(flood, said_at=now), "summary"
    return flood, "nothing"


def left_to_summary(connection: sa.Connection, kind: Kind, now: float, terms: Terms) -> bool:
    """Whether a request need not be told by itself, since a summary stands for it, which is said here when due."""
    chat_id = operators_chat(connection, terms)
    if chat_id is None:
        return False
    goes_on = kind == "unreachable" and desk_queries.put_off(connection) > 1
    flood, how = step(_load(connection), kind, now, goes_on=goes_on)
    queries.set_meta(connection, FLOOD, _FLOOD.dump_json(flood).decode())
    if how == "summary":
        message = lists.flood(kind, desk_queries.waiting_counts(connection))
        say_all(connection, chat_id, (message,), "tr", now)
    return how != "alone"


def tell_end(connection: sa.Connection, now: float, terms: Terms) -> bool:
    """Say what a flood left, once it is quiet and nothing waits to be sent again; whether there is something to send.

    Only after a flood that was summed up: else every request was told by itself.
    """
    flood = _load(connection)
    chat_id = operators_chat(connection, terms)
    if chat_id is None or not flood.said_at or now - flood.last_at <= QUIET_S:
        return False
    if desk_queries.put_off(connection):
        return False
    counts = desk_queries.waiting_counts(connection)
    queries.set_meta(connection, FLOOD, _FLOOD.dump_json(Flood()).decode())
    say_all(connection, chat_id, (lists.flood_over(counts),), "tr", now)
    return True


def _load(connection: sa.Connection) -> Flood:
    stored = queries.get_meta(connection, FLOOD)
    try:
        return Flood() if stored is None else _FLOOD.validate_json(stored)
    except ValidationError:
        return Flood()
