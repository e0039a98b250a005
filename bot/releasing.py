"""A ticket that was replaced: what Licrus turned away because of the old one is sent with the new one, by itself.

It was certainly not carried out, so nobody has to look. Each request is released in a commit of its own and the ticket
is noted last: killed in between, the next start goes on.
"""

import hashlib
import hmac
import secrets

import sqlalchemy as sa

from bot.storage import queries, request_queries
from bot.storage.dialect import lock_chat, wake_worker
from bot.storage.request_queries import Request
from bot.telling import tell_operators
from bot.terms import Terms
from conversations.words import Words

TURNED_AWAY = ("ticket", "status_401", "status_403")
"""Why a request is held that another ticket may open the door for."""
TICKET = "licrus_ticket"


def is_new(connection: sa.Connection, ticket: str) -> bool:
    """Whether this is another ticket than the one that was noted last; the first one is none."""
    known = queries.get_meta(connection, TICKET)
    if known is None:
        note(connection, ticket)
        return False
    return not hmac.compare_digest(known, _digest(known.partition(":")[0], ticket))


def note(connection: sa.Connection, ticket: str) -> None:
    """This is the ticket from now on. A salted digest of it is kept: it is a secret."""
    queries.set_meta(connection, TICKET, _digest(secrets.token_hex(16), ticket))


def turned_away(connection: sa.Connection) -> list[Request]:
    """The requests that wait because of a ticket."""
    return [request for request in request_queries.held(connection) if request.reason in TURNED_AWAY]


def release(connection: sa.Connection, waiting: Request, now: float) -> bool:
    """Queue this request again; False if it no longer waits because of a ticket."""
    lock_chat(connection, waiting.chat_id)
    request = request_queries.find(connection, waiting.id)
    if request is None or request.state != "held" or request.reason not in TURNED_AWAY:
        return False
    values = {"state": "queued", "due_at": now, "reason": "", "told": "", "operators_told": ""}
    request_queries.change(connection, request.id, now, **values)
    wake_worker(connection)
    return True


def say_released(connection: sa.Connection, number: int, now: float, terms: Terms) -> None:
    """Tell the operators how many go out again."""
    if number:
        tell_operators(connection, Words("operators-released", {"n": number}), now, terms)


def _digest(salt: str, ticket: str) -> str:
    return f"{salt}:{hmac.new(salt.encode(), ticket.encode(), hashlib.sha256).hexdigest()}"
