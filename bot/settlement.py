"""What becomes of a request once an attempt's outcome is known: the table of the design's chapter Submission.

Row, draft, the person's message and the operators' are changed in one transaction.
"""

import logging
from typing import Literal

import sqlalchemy as sa

from bot.conversing import context_of
from bot.licrus import Created, Held, Outcome, RateLimited, RefusedByLicrus, Unknown, Unreachable
from bot.logs import where
from bot.lookups import hold_turn
from bot.office.cards import JOURNAL_CHANGED, SENT_WITH_OTHER_ANSWERS, reason_said, show_card
from bot.office.floods import Kind, left_to_summary
from bot.privacy.masking import NOBODY
from bot.storage import queries, request_queries
from bot.storage.dialect import lock_chat
from bot.storage.errors import storage_error
from bot.storage.request_queries import Request
from bot.telling import tell_operators
from bot.terms import Terms
from conversations.events import Settled
from conversations.replies import Message
from conversations.steering import state_of
from conversations.words import Words

FIRST_PAUSE_S = 5.0
LONGEST_PAUSE_S = 600.0
GIVE_UP_AFTER_S = 24 * 3600.0
OPERATORS_HEAR_AFTER_S = 600.0
OPERATORS_HEAR_REFUSALS = 2

RESEND_AFTER_S = 300.0
"""How long after an attempt's deadline people may decide to send it again: until then Licrus may still be at it."""
TRIES_TO_SPEAK = 3

log = logging.getLogger(__name__)


def settle(connection: sa.Connection, taken: Request, outcome: Outcome, now: float, terms: Terms) -> bool:
    """Apply the outcome of this attempt; False if the request no longer waits for it.

    A call that exists counts whenever it is heard of; a second one for the same request is the operators' to look at.
    Anything else only while this very attempt is being sent: a row whose lease ran out is unknown, and a late "not
    carried out" of it proves nothing about a later attempt.
    """
    lock_chat(connection, taken.chat_id)
    request = request_queries.find(connection, taken.id)
    if request is None:
        return False
    if request.state == "created":
        return isinstance(outcome, Created) and _another_call(connection, request, outcome.call_number, now, terms)
    current = request.state == "sending" and request.attempts == taken.attempts
    if not current and not isinstance(outcome, Created):
        return False
    match outcome:
        case Created(call_number):
            request_queries.change(connection, request.id, now, state="created", call_number=call_number, reason="")
            tell(connection, request, Settled("created", request.code, call_number), now, terms)
            if request.card_id is not None:
                show_card(connection, request, now, terms)
            _close_earlier(connection, request, now, terms)
        case RefusedByLicrus(reason):
            request_queries.change(connection, request.id, now, state="refused", reason=reason)
            tell(connection, request, Settled("refused", request.code, reason=reason), now, terms)
            often = request_queries.refusals(connection, request.draft_id) >= OPERATORS_HEAR_REFUSALS
            if often or request.card_id is not None:
                _ask_operators(connection, request, "refused", reason, now, terms)
                _close_earlier(connection, request, now, terms)
        case Held(why):
            _hold(connection, request, why, now, terms)
        case Unknown(why, call_number):
            resend_from = (request.lease_until or now) + RESEND_AFTER_S
            values = {
                "state": "unknown",
                "reason": why,
                "mentioned_call": call_number or "",
                "resend_from": resend_from,
            }
            request_queries.change(connection, request.id, now, **values)
            tell(connection, request, Settled("unknown", request.code), now, terms)
            _ask_operators(connection, request, "unknown", why, now, terms, call_number or "")
        case RateLimited(seconds):
            _again(connection, request, now + seconds, "rate_limited", "held", now, terms)
        case Unreachable(why):
            age = now - request.created_at
            if age >= GIVE_UP_AFTER_S:
                _hold(connection, request, why, now, terms)
            else:
                operators: Kind | None = "unreachable" if age >= OPERATORS_HEAR_AFTER_S else None
                _again(connection, request, now + pause(request.attempts), why, operators, now, terms)
    return True


def doubt(connection: sa.Connection, waiting: Request, now: float, terms: Terms) -> None:
    """Leave a request that waits, or is being sent, to a person: the journal at hand can't tell what was sent."""
    lock_chat(connection, waiting.chat_id)
    request = request_queries.find(connection, waiting.id)
    if request is not None and request.state == "queued":
        _hold(connection, request, JOURNAL_CHANGED, now, terms)
    elif request is not None and request.state == "sending":
        settle(connection, request, Unknown(JOURNAL_CHANGED), now, terms)


def pause(attempts: int) -> float:
    """Seconds to wait after this many attempts that reached nobody: 5, 10, 20 ... up to ten minutes."""
    return min(FIRST_PAUSE_S * 2.0 ** min(max(attempts, 1) - 1, 20), LONGEST_PAUSE_S)


def _hold(connection: sa.Connection, request: Request, why: str, now: float, terms: Terms) -> None:
    request_queries.change(connection, request.id, now, state="held", reason=why)
    tell(connection, request, Settled("held", request.code), now, terms)
    _ask_operators(connection, request, "held", why, now, terms)


def _again(
    connection: sa.Connection, request: Request, due: float, why: str, operators: Kind | None, now: float, terms: Terms
) -> None:
    """Queue it again. Person and operators, where they are to hear of it, are told once, however often it is tried."""
    request_queries.change(connection, request.id, now, state="queued", due_at=due, reason=why)
    if request.told != "unreachable":
        tell(connection, request, Settled("unreachable", request.code), now, terms)
        if request.card_id is not None:
            show_card(connection, request, now, terms)
    if operators is not None and request.operators_told != operators:
        reason = reason_said("queued", why)
        words = Words(f"operators-{operators}", {"code": request.code, "reason": reason, "why": why})
        if left_to_summary(connection, operators, now, terms) or tell_operators(connection, words, now, terms):
            request_queries.change(connection, request.id, now, operators_told=operators)


def _close_earlier(connection: sa.Connection, request: Request, now: float, terms: Terms) -> None:
    """What Licrus refused before of the same draft needs nobody any longer."""
    for earlier in request_queries.earlier_with_cards(connection, request):
        show_card(connection, earlier, now, terms)


def _another_call(connection: sa.Connection, request: Request, call_number: str, now: float, terms: Terms) -> bool:
    """Tell the operators of a call that Licrus opened beside the one that the request has; False if it is the same."""
    if call_number == request.call_number:
        return False
    args = {"code": request.code, "call": request.call_number, "other": call_number}
    return tell_operators(connection, Words("operators-two-calls", args), now, terms)


def tell(connection: sa.Connection, request: Request, settled: Settled, now: float, terms: Terms) -> None:
    """Let the conversation say it. Should that fail each time, the outcome is kept and told in plain words.

    Of a masked request nobody knows whose it was.
    """
    if request.chat_id == NOBODY:
        return
    for _ in range(TRIES_TO_SPEAK):
        attempt = connection.begin_nested()
        try:
            _speak(connection, request, settled, now, terms)
        except Exception as error:
            if storage_error(error) is not None:
                raise
            attempt.rollback()
            log.error("settled_unsaid", extra={"code": request.code, "error": where(error)})
        else:
            attempt.commit()
            break
    else:
        plain = Message((state_of(settled),), must_arrive=True, kind="result")
        language = queries.language_of(connection, request.chat_id)
        queries.say_later(connection, request.chat_id, plain, language, now)
    request_queries.change(connection, request.id, now, told=settled.state)


def _speak(connection: sa.Connection, request: Request, settled: Settled, now: float, terms: Terms) -> None:
    draft = queries.own_draft(connection, request.draft_id, request.chat_id, request.user_id)
    form = terms.form_now(connection)
    context = context_of(connection, request.chat_id, request.user_id, terms, form)
    turn = hold_turn(connection, terms.turn, form, draft, settled, context, request.chat_id, request.user_id, now)
    if turn.draft is not None:
        # Whoever has begun another request meanwhile goes on with that one.
        touched = not queries.has_other_open_draft(connection, request.chat_id, turn.draft.id)
        draft = turn.draft
        if draft.status == "open" and not touched:
            draft = draft.model_copy(update={"parked": True})
        queries.save_draft(connection, draft, request.chat_id, request.user_id, now, touched=touched)
    language = queries.language_of(connection, request.chat_id)
    for message in turn.messages:
        queries.say_later(connection, request.chat_id, message, language, now)


def _ask_operators(
    connection: sa.Connection,
    request: Request,
    state: Kind | Literal["refused"],
    reason: str,
    now: float,
    terms: Terms,
    call_number: str = "",
) -> None:
    """Show them the request, which needs a person; while too many do, only where it is shown already."""
    if state != "refused" and request.card_id is None and left_to_summary(connection, state, now, terms):
        request_queries.change(connection, request.id, now, operators_told=state)
        return
    words = Words(
        f"operators-{state}", {"code": request.code, "reason": reason_said(state, reason), "call": call_number}
    )
    if reason == SENT_WITH_OTHER_ANSWERS:
        words = Words("operators-sent-before", {"code": request.code, "call": call_number or "?"})
    if show_card(connection, request, now, terms, words):
        request_queries.change(connection, request.id, now, operators_told=state)
