"""What goes between a person and the service office: the message for the operators' chat, and the office's answer."""

from conversations.asking import current_ask, heading, next_ask
from conversations.draft import Draft
from conversations.events import Context, Settled
from conversations.form import Form
from conversations.letters import one_line
from conversations.masking import masked
from conversations.replies import Button, ForOffice, Message
from conversations.words import Words

LONGEST_HELP = 2000
LONGEST_ANSWER = 3000
LONGEST_NAME = 60

ASK_HELP = (Button(Words("choice-ask-help"), "ask-help"),)
"""The row of buttons with the way to a person."""


def for_office(
    form: Form, draft: Draft | None, context: Context, said: Words, *, said_at: int = 0, closes: bool = False
) -> ForOffice:
    """What the operators read: who it is, where they stand, and what was said. Nothing of the form but that.

    The first line is what an operator's reply is recognised by: nothing that a person wrote may stand in it.
    """
    name = one_line(context.first_name)[:LONGEST_NAME]
    paragraphs = [Words("operators-help", {"code": context.help.code}), Words("operators-help-who", {"name": name})]
    paragraphs += [*_standing(form, draft, context), *_telephone(form, draft), said]
    if not closes:
        paragraphs.append(Words("operators-help-how"))
    message = Message(tuple(paragraphs), must_arrive=True, kind="result")
    return ForOffice(context.help.code, message, said_at, closes)


def _standing(form: Form, draft: Draft | None, context: Context) -> list[Words]:
    if draft is not None and draft.status == "open":
        ask = current_ask(form, draft, context)
        if ask is None or next_ask(form, draft, context) is None:
            return [Words("operators-help-summary")]
        return [Words("operators-help-question", {"question": heading(form, draft, ask)})]
    return [_request(context.last_request)] if context.last_request is not None else []


def _request(last: Settled) -> Words:
    if last.state == "created":
        return Words("operators-help-call", {"code": last.code, "call": last.call_number})
    return Words("operators-help-request", {"code": last.code})


def _telephone(form: Form, draft: Draft | None) -> list[Words]:
    """The mobile number, enough of it to recognise a call from it."""
    for name in ("CustomerMobilePhone", "DealerMobilePhone"):
        answer = draft.answers.get(name) if draft is not None else None
        if answer is not None and not answer.masked:
            shown = form.field(name).kind.show(answer.value)
            return [Words("operators-help-phone", {"phone": masked(shown)})]
    return []


def call_corrected(before: str, now: str) -> Message:
    """What the person reads whose call number had been written down wrong."""
    return Message(
        (
            Words("call-corrected"),
            Words("call-number", {"call": now}),
            Words("call-corrected-before", {"call": before}),
        ),
        buttons=((Button(Words("choice-copy-number"), copies=now),),),
        surface="inline",
        must_arrive=True,
        kind="result",
    )


def from_office(code: str, text: str) -> Message:
    """The office's answer as the person reads it; its first line is what a reply to it is recognised by."""
    return Message(
        (Words("office-answer", {"code": code}), Words("verbatim", {"text": text[:LONGEST_ANSWER]})),
        buttons=(
            (Button(Words("choice-reply-office"), "reply-office"), Button(Words("choice-help-solved"), "help-solved")),
        ),
        surface="inline",
        must_arrive=True,
        kind="result",
    )
