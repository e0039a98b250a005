"""The message in the operators' chat that shows one request: what is known, what to look for, what was decided.

It is made when it is sent. So it tells how things stand by then, and what waits in the outbox holds nobody's data.
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from bot.days import moment
from bot.privacy.masking import NOBODY
from bot.storage import decision_queries, queries, request_queries
from bot.storage.decision_queries import By, Decided
from bot.storage.request_queries import Request
from bot.telling import operators_chat
from bot.terms import Terms
from conversations.answers.dealers import DealerName
from conversations.answers.phones import shown
from conversations.directory import Dealers
from conversations.letters import one_line
from conversations.replies import Button, Message
from conversations.words import Words

NUMBER, RESEND, WAIT, CORRECT = "settle-number", "settle-resend", "settle-wait", "settle-correct"
"""The actions of the buttons under a card."""
OPEN_TITLES: Mapping[str, str] = {"unknown": "card-unknown", "held": "card-held", "refused": "card-refused"}
TITLES = (*OPEN_TITLES.values(), "card-sending", "card-closed")
"""The first lines by which a reply to a card is recognised; nothing that a person wrote may stand in one."""
MOST_SHOWN = 300
"""Characters of one answer: the whole card has to fit into one message."""
MOST_DECISIONS = 6
MOST_NEAR = 3

CARDS_CHAT = "cards_chat"
"""The name in `meta` for the chat that the cards are in: in another chat the numbers of its messages mean others."""

JOURNAL_CHANGED = "journal_changed"
"""Why a request waits for a person: the database met another send journal than the one it knows."""
SENT_WITH_OTHER_ANSWERS = "sent_with_other_answers"
"""Why a request is unknown whose draft the send journal knows with other answers, or where that can't be told."""


def show_card(
    connection: sa.Connection, request: Request, now: float, terms: Terms, words: Words | None = None
) -> bool:
    """Put this request's card into the outbox; False where no operators' chat is set.

    `words` are for a release that knows no cards.
    """
    chat_id = operators_chat(connection, terms)
    if chat_id is None:
        return False
    words = words or Words("card-changed", {"code": request.code})
    message = Message((words,), surface="kept", must_arrive=True, kind="result", card=request.code)
    queries.say_later(connection, chat_id, message, "tr", now)
    return True


def forget_cards_elsewhere(connection: sa.Connection, terms: Terms) -> None:
    """Where the operators' chat is another one by now, or has moved, no card is there to be changed."""
    chat_id, known = operators_chat(connection, terms), queries.get_meta(connection, CARDS_CHAT)
    if chat_id is None or known == str(chat_id):
        return
    if known is not None:
        request_queries.forget_cards(connection)
    queries.set_meta(connection, CARDS_CHAT, str(chat_id))


def empty_masked(connection: sa.Connection, now: float, terms: Terms) -> int:
    """Let the cards of masked requests be emptied too; how many those are. Settled ones hold nothing of a person."""
    masked = request_queries.masked_with_cards(connection)
    return sum(show_card(connection, request, now, terms) for request in masked)


def drawn(connection: sa.Connection, message: Message, terms: Terms) -> Message | None:
    """The card as it stands now, as an edit of the one that is there; None where the request is no longer kept."""
    forget_cards_elsewhere(connection, terms)
    request = request_queries.by_code(connection, message.card)
    if request is None:
        return None
    done = decision_queries.of_request(connection, request.id)
    newer = request_queries.newer_of_the_draft(connection, request)
    title, paragraphs, buttons = _content(connection, request, done, newer, terms)
    return Message(
        (Words(title, {"code": request.code}), *paragraphs, *history(done[-MOST_DECISIONS:])),
        buttons,
        "inline" if buttons else "kept",
        edits=request.card_id,
        must_arrive=True,
        draft_id=request.code,
        revision=request.attempts,
        kind="result",
        card=request.code,
    )


def _content(
    connection: sa.Connection, request: Request, done: Sequence[Decided], newer: str, terms: Terms
) -> tuple[str, Sequence[Words], tuple[tuple[Button, ...], ...]]:
    """Title, paragraphs, buttons. Once it is decided nobody needs the person's data here any more."""
    if request.state == "created":
        correct = ((Button(Words("choice-correct-number"), CORRECT),),) if by_a_person(done) else ()
        return "card-closed", (Words("call-number", {"call": request.call_number}),), correct
    if request.state in ("queued", "sending"):
        return "card-sending", (), ()
    title = OPEN_TITLES[request.state]
    if request.chat_id == NOBODY:
        return title, (), ()
    if newer:
        return title, (Words("card-superseded", {"newer": newer}),), ()
    resend = Button(Words("choice-not-opened"), RESEND)
    rest = (Button(Words("choice-wait"), WAIT),)
    buttons = (
        (Button(Words("choice-opened"), NUMBER, style="success"),),
        rest if request.reason == SENT_WITH_OTHER_ANSWERS else (resend, *rest),
    )
    # What was refused, or never left, is not in Licrus: there the answers are what is to be mended.
    look = Words("card-look" if perhaps_there(request) else "card-answers")
    return title, (*why(request), look, *_answers(connection, request, terms), *_sent(request)), buttons


def perhaps_there(request: Request) -> bool:
    """Whether an open request may be in Licrus as far as is known here: whoever decides is told to look there."""
    return request.state == "unknown" or request.reason == JOURNAL_CHANGED


def by_a_person(done: Sequence[Decided]) -> bool:
    """Whether the call number came from a person, who may have mistyped it."""
    return any(decision.what == "opened" for decision in done)


def why(request: Request) -> list[Words]:
    """Why an open request needs a person."""
    said = reason_said(request.state, request.reason)
    if request.state == "refused" or not request.mentioned_call:
        return [said]
    return [said, Words("card-mentioned", {"call": request.mentioned_call})]


def reason_said(state: str, reason: str) -> Words:
    """Why a request is in this state: of a refused one as Licrus put it, else in our own words."""
    if state == "refused":
        return Words("refused-reason", {"reason": one_line(reason)[:MOST_SHOWN]})
    kind, _, status = reason.partition("_")
    return (
        Words("card-why-status", {"status": status})
        if kind == "status"
        else Words("card-why", {"why": reason[:MOST_SHOWN]})
    )


def _answers(connection: sa.Connection, request: Request, terms: Terms) -> list[Words]:
    """What to look for in Licrus, spelled as it was sent there."""
    body = {name: one_line(str(value))[:MOST_SHOWN] for name, value in request.body.items()}
    lines = [
        ("name", body.get("CustomerFullName", "")),
        ("company", body.get("CustomerCompanyName", "")),
        ("phone", shown(phone) if (phone := body.get("CustomerMobilePhone", "")) else ""),
        ("place", " / ".join(filter(None, (body.get("CustomerCity"), body.get("CustomerDistrict"))))),
        ("product", body.get("ProductNameList", "")),
        ("serials", ", ".join(body.get("ProductSerialNumberList", "").split(","))),
    ]
    found = [Words(f"card-{name}", {"text": text}) for name, text in lines if text]
    company = body.get("DealerCompanyName", "")
    return [*found, _dealer(company, _directory(connection, terms))] if company else found


def _directory(connection: sa.Connection, terms: Terms) -> Dealers:
    kinds = (
        field.kind for section in terms.form_now(connection).sections for step in section.steps for field in step.fields
    )
    return next((kind.dealers for kind in kinds if isinstance(kind, DealerName)), Dealers())


def _dealer(company: str, directory: Dealers) -> Words:
    """The dealer; one typed by hand is shown as such, for Licrus finds the dealer by this very name."""
    known = directory.exact(company)
    if not directory or (known is not None and known.company == company):
        return Words("card-dealer", {"text": company})
    near = [found.dealer.company[:MOST_SHOWN] for found in directory.search(company, MOST_NEAR)]
    if not near:
        return Words("card-dealer-by-hand", {"text": company})
    return Words("card-dealer-near", {"text": company, "near": ", ".join(near)})


def _sent(request: Request) -> list[Words]:
    lines = [Words("card-confirmed", {"at": moment(request.created_at), "n": request.attempts})]
    if request.state == "unknown" and request.reason != SENT_WITH_OTHER_ANSWERS and request.resend_from is not None:
        lines.append(Words("card-resend-from", {"at": moment(request.resend_from)}))
    return lines


def history(done: Sequence[Decided]) -> list[Words]:
    """A line for each decision."""
    return [_decided(decision) for decision in done]


def _decided(decision: Decided) -> Words:
    args = {"at": moment(decision.at), "by": who(decision.by), "call": decision.call_number}
    return Words(f"decided-{decision.what.replace('_', '-')}", args)


def who(by: By) -> str | Words:
    """Whoever decided, as operators read it."""
    if by.operator_id is not None:
        return by.name
    return Words("decided-by-command", {"user": by.name.removeprefix("command:")})
