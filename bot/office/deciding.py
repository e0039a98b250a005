"""How operators decide in their own chat: a tap on a card, or a number as a reply; kept, confirmed, carried out."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from bot.logs import where
from bot.office.cards import CORRECT, NUMBER, RESEND, TITLES, WAIT, forget_cards_elsewhere, show_card
from bot.office.confirming import Confirming
from bot.office.desk import Done
from bot.office.lists import DECIDE
from bot.office.settling import decide, refusal
from bot.storage import decision_queries, queries, request_queries
from bot.storage.decision_queries import By, Decision, What, Wish
from bot.storage.dialect import database_time, lock_chat
from bot.storage.errors import storage_error
from bot.storage.request_queries import Request
from bot.storage.writer import Writer
from bot.telegram.client import Client
from bot.telegram.inbound import Inbound, RepliedTo
from bot.telling import operators_chat, say_all, tell_operators
from bot.terms import Terms
from conversations.answers.call_numbers import call_number_in
from conversations.events import Edit, Tap, Text
from conversations.letters import one_line
from conversations.replies import Button, Message
from conversations.words import Words
from locales import LANGUAGES, say

ASKED, ASKED_ANEW = "settle-ask", "settle-ask-anew"
"""The first lines of our questions for a number, and for the right one in place of a wrong one."""
LOOKED_WITHIN_S = 600.0
"""How long a look at Licrus counts: Telegram may be away meanwhile, or the database come back from a copy."""
_SHOWN_ANYWAY = ("settle-done", "settle-done-by-licrus", "settle-resent", "settle-queued", "settle-superseded")
"""What is in the chat already when a tap comes second: somebody else decided first."""
_CARD_IS_OLD = ("settle-done", "settle-done-by-licrus", "settle-superseded", "settle-changed")
"""Whoever taps then sees an old card: perhaps Telegram never had its edit."""
_ASKED_AGAIN = (
    "settle-no-number",
    "settle-is-a-serial",
    "settle-is-a-phone",
    "settle-of-another",
    "settle-same-number",
)
"""What was written is no number for this request: the right one can be given at once."""
_WISHES: dict[str, What] = {RESEND: "not_opened", WAIT: "wait"}

log = logging.getLogger(__name__)


def take(connection: sa.Connection, inbound: Inbound, now: float, terms: Terms) -> Done | None:
    """What an update of the operators' chat does about a request; None if it is about something else."""
    match inbound.event:
        case Tap(action=action, draft_id=code) if action == DECIDE:
            return _shown_anew(connection, inbound.chat_id, code, now, terms)
        case Tap(action=action) as tap if action in (NUMBER, CORRECT, *_WISHES):
            return _tapped(connection, inbound, tap, now, terms)
        case None:
            return None
    asked = _asked(inbound.replied_to, terms.bot_id)
    return None if asked is None else _replied(connection, inbound, asked, now, terms)


def wishes(
    writer: Writer,
    client: Client,
    terms: Terms,
    *,
    spoke: Callable[[], None] = lambda: None,
    clock: Callable[[], float] = time.time,
    shared_clock: Callable[[sa.Connection], float] = database_time,
) -> Confirming[Wish]:
    """What carries operators' wishes out. `shared_clock` is the database's, by which attempts are dated."""
    return Confirming(
        writer,
        client,
        terms,
        decision_queries.next_wish,
        decision_queries.put_off,
        lambda connection, wish, belongs, _, terms: carry_out(
            connection, wish, belongs, shared_clock(connection), terms
        ),
        spoke=spoke,
        clock=clock,
    )


def carry_out(connection: sa.Connection, wish: Wish, belongs: bool, now: float, terms: Terms) -> bool:
    """Do what an operator wanted, once it is known whether they may, and say so; False if it was done before.

    A fault of ours may neither end the bot nor keep what follows from being decided: it is said, and nothing changes.
    """
    request = request_queries.find(connection, wish.decision.request_id)
    if request is not None:
        lock_chat(connection, request.chat_id)
    if not decision_queries.take_wish(connection, wish.id):
        return False
    attempt = connection.begin_nested()
    try:
        _carry_out(connection, wish, request, belongs, now, terms)
    except Exception as error:
        if storage_error(error) is not None:
            raise
        attempt.rollback()
        log.error("decision_failed", extra={"error": where(error)})
        tell_operators(connection, Words("settle-failed"), now, terms)
    else:
        attempt.commit()
    return True


def _carry_out(
    connection: sa.Connection, wish: Wish, request: Request | None, belongs: bool, now: float, terms: Terms
) -> None:
    args = {"code": request.code if request is not None else "?"}
    if not belongs:
        tell_operators(connection, Words("settle-not-a-member", args), now, terms)
        return
    if wish.decision.what == "not_opened" and now - wish.at > LOOKED_WITHIN_S:
        tell_operators(connection, Words("settle-looked-long-ago", args), now, terms)
        return
    refused = decide(connection, wish.decision, wish.by, now, terms)
    if refused is not None:
        if wish.by_reply or refused.id not in _SHOWN_ANYWAY:
            tell_operators(connection, refused, now, terms)
    elif wish.by_reply and request is not None:
        _confirm(connection, request, wish, now, terms)


def _shown_anew(connection: sa.Connection, chat_id: int, code: str, now: float, terms: Terms) -> Done:
    """The card once more, where the chat is now; the one before only says so."""
    forget_cards_elsewhere(connection, terms)
    request = request_queries.by_code(connection, code)
    if request is None:
        return Done(toast=Words("settle-gone"))
    if request.card_id is not None:
        moved = Message((Words("card-moved", {"code": code}),), surface="kept", edits=request.card_id, must_arrive=True)
        say_all(connection, chat_id, (moved,), "tr", now)
    request_queries.forget_card(connection, request.id)
    show_card(connection, request, now, terms)
    return Done(spoke=True)


def _tapped(connection: sa.Connection, inbound: Inbound, tap: Tap, now: float, terms: Terms) -> Done:
    request = request_queries.by_code(connection, tap.draft_id)
    if request is None:
        return Done(toast=Words("settle-gone"))
    what: What = "opened" if tap.action == NUMBER else "corrected" if tap.action == CORRECT else _WISHES[tap.action]
    instead_of = request.call_number if what == "corrected" else ""
    decision = Decision(request.id, what, tap.revision, instead_of=instead_of)
    refused = refusal(connection, request, decision, now)
    if refused is not None:
        stale = refused.id in _CARD_IS_OLD
        if stale:
            show_card(connection, request, now, terms)
        return Done(spoke=stale, toast=refused)
    if tap.action in _WISHES:
        by = By(_name(inbound), inbound.user_id)
        decision_queries.wish(connection, decision, by, now, by_reply=False)
        return Done(answers=True, toast=Words("settle-noted"))
    title, how = (ASKED, "settle-ask-how") if what == "opened" else (ASKED_ANEW, "settle-ask-anew-how")
    _ask(connection, inbound, _Asked(title, request.code, instead_of), Words(how), now)
    return Done(spoke=True, toast=Words("settle-asked"))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a message of ours that somebody replied to is about; `call` is the number that is to be corrected."""

    title: str
    code: str
    call: str = ""


def _asked(replied_to: RepliedTo | None, bot_id: int) -> _Asked | None:
    """What our own message that was replied to asked for.

    Told by its text: under which id a message was sent may never have been heard, and a group that moves numbers its
    messages anew.
    """
    if replied_to is None or replied_to.bot_id != bot_id:
        return None
    for language in LANGUAGES:
        for title in (ASKED, ASKED_ANEW, *TITLES):
            found = _filled(say(Words(title, {"code": "\0", "call": "\1"}), language), replied_to.first_line)
            if found is not None:
                return _Asked(title, *found)
    return None


def _filled(pattern: str, text: str) -> tuple[str, str] | None:
    """The code and the number (or "") that this text has where the pattern has gaps; None if it reads otherwise."""
    before, _, rest = pattern.partition("\0")
    between, numbered, after = rest.partition("\1")
    if not text.startswith(before) or not text.endswith(after):
        return None
    code, _, call = text[len(before) : len(text) - len(after)].partition(between if numbered else "\0")
    return (code, call) if 0 < len(code) <= 16 and _is_code(code) and bool(call) == bool(numbered) else None


def _is_code(code: str) -> bool:
    """Whether this could be a request's code."""
    return code.startswith("D-") and code[2:].isalnum()


def _replied(connection: sa.Connection, inbound: Inbound, asked: _Asked, now: float, terms: Terms) -> Done:
    refused, decision = _read(connection, inbound, asked, now)
    if decision is not None and refused is None:
        by = By(_name(inbound), inbound.user_id)
        decision_queries.wish(connection, decision, by, now, by_reply=True)
        return Done(answers=True)
    if refused is not None and refused.id in _ASKED_AGAIN:
        _ask(connection, inbound, asked, refused, now)
    elif refused is not None:
        tell_operators(connection, refused, now, terms)
    return Done(spoke=True)


def _ask(connection: sa.Connection, inbound: Inbound, asked: _Asked, how: Words, now: float) -> None:
    """Ask whoever wrote or tapped for a number, by a message that opens a reply for them alone."""
    title = Words(ASKED_ANEW if asked.title == ASKED_ANEW else ASKED, {"code": asked.code, "call": asked.call})
    mention = Words("settle-mention", {"id": str(inbound.user_id), "name": _name(inbound)})
    question = Message((title, how, mention), surface="ask", must_arrive=True, kind="result", kept=False)
    say_all(connection, inbound.chat_id, (question,), "tr", now)


def _read(
    connection: sa.Connection, inbound: Inbound, asked: _Asked, now: float
) -> tuple[Words | None, Decision | None]:
    """Why a reply is not taken, or what it decides."""
    args = {"code": asked.code}
    request = request_queries.by_code(connection, asked.code)
    if request is None:
        return Words("settle-gone"), None
    if inbound.anonymous:
        return Words("settle-anonymous", args), None
    if isinstance(inbound.event, Edit):
        return Words("settle-edit", args), None
    if not isinstance(inbound.event, Text):
        return Words("settle-text-only", args), None
    number = call_number_in(inbound.event.text)
    if number is None:
        return Words("settle-no-number", {"text": one_line(inbound.event.text)[:100]}), None
    what: What = "corrected" if asked.title == ASKED_ANEW else "opened"
    decision = Decision(request.id, what, request.attempts, number, asked.call)
    return refusal(connection, request, decision, now), decision


def _confirm(connection: sa.Connection, request: Request, wish: Wish, now: float, terms: Terms) -> None:
    """Whoever typed a number reads that it was taken, and can correct it at once."""
    chat_id = operators_chat(connection, terms)
    if chat_id is None:
        return
    args = {"code": request.code, "call": wish.decision.call_number, "by": wish.by.name}
    paragraphs = [Words("settle-kept", args)]
    if queries.is_blocked(connection, request.chat_id):
        paragraphs.append(Words("settle-blocked"))
    message = Message(
        tuple(paragraphs),
        ((Button(Words("choice-correct-number"), CORRECT),),),
        "inline",
        must_arrive=True,
        draft_id=request.code,
        revision=request.attempts,
        kind="result",
    )
    say_all(connection, chat_id, (message,), "tr", now)


def _name(inbound: Inbound) -> str:
    return one_line(f"{inbound.first_name} {inbound.last_name}")[:64] or str(inbound.user_id)
