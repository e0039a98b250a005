"""The office's decision on a request that needs a person: opened under this number, not opened, to be looked at later.

One settles it, once: whoever comes second is told what was decided. Row, record, the person's message and the
operators' card are changed in one transaction, so a kill leaves all of it or nothing.
"""

import secrets

import sqlalchemy as sa

from bot.days import moment
from bot.office.cards import OPEN_TITLES, SENT_WITH_OTHER_ANSWERS, by_a_person, perhaps_there, show_card, who
from bot.privacy.masking import NOBODY
from bot.settlement import RESEND_AFTER_S, tell
from bot.storage import decision_queries, queries, request_queries
from bot.storage.audit_queries import note, operator
from bot.storage.decision_queries import By, Decision
from bot.storage.dialect import lock_chat
from bot.storage.request_queries import Request
from bot.telling import say_all, tell_operators
from bot.terms import Terms
from conversations.answers.phones import shown
from conversations.events import Settled
from conversations.office import call_corrected
from conversations.replies import Message
from conversations.words import Words

LEFT_AS_IT_WAS = 2
"""How many revisions a draft is ahead of its request when Licrus refused it and its owner has not touched it since."""


def refusal(connection: sa.Connection, request: Request, decision: Decision, now: float) -> Words | None:
    """Why this can't be decided about the request as it stands; None if it can. `now` is the database's clock."""
    args: dict[str, str | int | Words] = {"code": request.code}
    done = decision_queries.of_request(connection, request.id)
    if decision.what == "corrected":
        return _no_correction(connection, request, decision, by_a_person(done), args)
    if request.state == "created":
        by = [decided.by for decided in done if decided.what in ("opened", "corrected")]
        args["call"] = request.call_number
        return Words("settle-done", {**args, "by": who(by[-1])}) if by else Words("settle-done-by-licrus", args)
    if request.state not in OPEN_TITLES:
        resent = [decided for decided in done if decided.what == "not_opened"]
        return Words("settle-resent", {**args, "by": who(resent[-1].by)}) if resent else Words("settle-queued", args)
    if newer := request_queries.newer_of_the_draft(connection, request):
        return Words("settle-superseded", {**args, "newer": newer})
    if decision.what == "opened":
        return _no_number(connection, request, decision.call_number)
    if decision.attempts != request.attempts:
        return Words("settle-changed", args)
    return _no_resending(connection, request, now, args) if decision.what == "not_opened" else None


def decide(connection: sa.Connection, decision: Decision, by: By, now: float, terms: Terms) -> Words | None:
    """Decide this about the request, with all that follows from it. Instead of it: why nothing was changed.

    `now` is the database's clock. Locks the person's chat.
    """
    request = request_queries.find(connection, decision.request_id)
    if request is not None:
        lock_chat(connection, request.chat_id)
        request = request_queries.find(connection, decision.request_id)
    if request is None or request.chat_id == NOBODY:
        return Words("settle-gone")
    refused = refusal(connection, request, decision, now)
    if refused is not None:
        return refused
    decision_queries.add(connection, decision, by, now)
    whoever = by.name if by.operator_id is None else operator(by.operator_id, by.name)
    note(connection, whoever, "resend" if decision.what == "not_opened" else "settle", _noted(request, decision), now)
    match decision.what:
        case "opened":
            _opened(connection, request, decision.call_number, now, terms)
        case "not_opened":
            _send_again(connection, request, now, terms)
            # The card follows when the attempt has ended, which is mostly at once.
            tell_operators(connection, Words("settle-resent", {"code": request.code, "by": who(by)}), now, terms)
            return None
        case "corrected":
            request_queries.change(connection, request.id, now, call_number=decision.call_number)
            language = queries.language_of(connection, request.chat_id)
            message = call_corrected(request.call_number, decision.call_number)
            say_all(connection, request.chat_id, (message,), language, now)
    show_card(connection, request, now, terms)
    return None


def _noted(request: Request, decision: Decision) -> str:
    """What the record of the office says of it."""
    return " ".join(filter(None, (request.code, decision.what, decision.instead_of, decision.call_number)))


def _no_number(connection: sa.Connection, request: Request, number: str) -> Words | None:
    """Why this can't be the request's call number: it is another of its answers, another request's, or a code."""
    if not number:
        return None
    if request_queries.by_code(connection, number.upper()) is not None:
        return Words("settle-no-number", {"text": number})
    body = request.body
    serials = str(body.get("ProductSerialNumberList", "")).split(",")
    if number in serials:
        return Words("settle-is-a-serial", {"call": number})
    phones = [str(value) for name, value in body.items() if name.endswith("Phone") and value]
    if number.lstrip("0") in phones:
        return Words("settle-is-a-phone", {"call": shown(number.lstrip("0"))})
    other = request_queries.with_call(connection, number)
    return Words("settle-of-another", {"call": number, "other": other}) if other else None


def _no_correction(
    connection: sa.Connection,
    request: Request,
    decision: Decision,
    typed: bool,
    args: dict[str, str | int | Words],
) -> Words | None:
    if request.state != "created" or not typed:
        return Words("settle-nothing-to-correct", args)
    if request.call_number != decision.instead_of:
        return Words("settle-corrected-before", {**args, "call": request.call_number})
    if request.call_number == decision.call_number:
        return Words("settle-same-number", {"call": request.call_number})
    return _no_number(connection, request, decision.call_number)


def _no_resending(
    connection: sa.Connection, request: Request, now: float, args: dict[str, str | int | Words]
) -> Words | None:
    if request.reason == SENT_WITH_OTHER_ANSWERS:
        return Words("settle-not-to-be-sent", args)
    if request.state == "unknown":
        opens_at = request.resend_from if request.resend_from is not None else request.created_at + RESEND_AFTER_S
        return Words("settle-too-early", {**args, "at": moment(opens_at)}) if now < opens_at else None
    if request.state == "refused":
        draft = queries.own_draft(connection, request.draft_id, request.chat_id, request.user_id)
        if draft is not None and draft.status == "cancelled":
            return Words("settle-given-up", args)
        revision = int(request.key.rpartition(":")[2])
        if draft is not None and draft.revision != revision + LEFT_AS_IT_WAS:
            return Words("settle-being-corrected", args)
    return None


def _opened(connection: sa.Connection, request: Request, number: str, now: float, terms: Terms) -> None:
    _close_draft(connection, request, now)
    request_queries.change(connection, request.id, now, state="created", call_number=number, reason="")
    tell(connection, request, Settled("created", request.code, number), now, terms)


def _send_again(connection: sa.Connection, request: Request, now: float, terms: Terms) -> None:
    """A new attempt, decided by a person.

    The journal lets it pass because of this decision, and once, where whoever decided was told to look in Licrus. What
    Licrus certainly did not carry out needs no such leave: should the journal know better, since the database came back
    from a copy, the request becomes unknown, and is looked for.
    """
    _close_draft(connection, request, now)
    values = {"state": "queued", "due_at": now, "reason": "", "told": "", "operators_told": "", "mentioned_call": ""}
    leave = secrets.token_hex(16) if perhaps_there(request) else ""
    request_queries.change(connection, request.id, now, resend_decision=leave, **values)
    if request.state == "refused":
        language = queries.language_of(connection, request.chat_id)
        message = Message((Words("result-resent", {"code": request.code}),), must_arrive=True, kind="result")
        say_all(connection, request.chat_id, (message,), language, now)


def _close_draft(connection: sa.Connection, request: Request, now: float) -> None:
    """A refused request's draft was open again for its owner; what the office does now is done with it."""
    draft = queries.own_draft(connection, request.draft_id, request.chat_id, request.user_id)
    if draft is not None and draft.status == "open":
        closed = draft.changed(status="submitted", code=request.code, asked=None, pending=None, parked=False)
        queries.save_draft(connection, closed, request.chat_id, request.user_id, now, touched=False)
