""" "Yardım iste": one message to the service office, its answer, and the end of it. Otherwise texts stay answers."""

from dataclasses import replace

from conversations.answers.codes import said as said_by
from conversations.draft import Draft
from conversations.events import Codes, Context, Text, Unfetched
from conversations.form import Form
from conversations.joining import WITHIN_S
from conversations.office import LONGEST_HELP, for_office
from conversations.replies import Button, Message, Turn
from conversations.steering import steer, where
from conversations.typed import NO, said, steering
from conversations.words import Words


def ask_help(form: Form, draft: Draft | None, context: Context, *, replies: bool = False) -> Turn:
    """Asks what it is about, or for the reply to the office; without an operators' chat the help that there is."""
    if not context.help.available:
        return steer(form, draft, "help", context)
    if not context.help.left:
        return where(form, draft, context, (Words("help-too-many"),))
    message = Message(
        (Words("help-reply"),) if replies else (Words("help-ask"), Words("help-example")),
        buttons=((Button(Words("choice-help-not"), "help-not"),),),
        surface="inline",
        draft_id=draft.id if draft is not None else "",
        revision=draft.revision if draft is not None else 0,
        kind="question",
    )
    return Turn(draft, (message,), asking_help=True)


def hear_for_office(form: Form, draft: Draft | None, event: Text, context: Context) -> Turn | None:
    """The turn for a text that is for the office; None for one that is not."""
    office = context.help
    quick = event.date and office.said_at and abs(event.date - office.said_at) <= WITHIN_S and event.choice is None
    if not office.available or not (event.to_office or office.asking or quick):
        return None
    action = steering(event.text, event.choice)
    if not event.to_office:
        if event.choice is not None and action is None:
            return None  # a button of the question at hand
        if action == "ask-help":
            return ask_help(form, draft, context)
        if action is not None or said(event.text) in NO:
            return not_after_all(form, draft, context) if office.asking else None
    if not office.left:
        return where(form, draft, context, (Words("help-too-many"),))
    text = Words("operators-help-text", {"text": event.text.strip()[:LONGEST_HELP]})
    going_on = (Words("help-go-on"),) if draft is not None and draft.status == "open" else ()
    turn = where(form, draft, context, (Words("help-sent"), *going_on))
    return replace(turn, office=for_office(form, draft, context, text, said_at=event.date))


def not_for_office(draft: Draft | None, event: Codes | Unfetched, turn: Turn, context: Context) -> Turn:
    """The turn for a picture, with what became of it for the office: pictures are not passed on to it.

    While it is asked what the office is to hear, a picture with nothing on it for the form leaves that question open.
    """
    office = context.help
    if not office.available or not (office.asking or office.is_open):
        return turn
    if office.asking and not (isinstance(event, Codes) and said_by(event.codes).serials):
        message = Message(
            (Words("help-no-pictures"),),
            buttons=((Button(Words("choice-help-not"), "help-not"),),),
            surface="inline",
            draft_id=draft.id if draft is not None else "",
            revision=draft.revision if draft is not None else 0,
            kind="question",
        )
        return Turn(draft, (message,), asking_help=True)
    first, *others = turn.messages
    told = replace(first, paragraphs=(Words("help-picture-as-label"), *first.paragraphs))
    return replace(turn, messages=(told, *others))


def not_after_all(form: Form, draft: Draft | None, context: Context) -> Turn:
    """Nothing is sent to the office; the question at hand goes on."""
    return where(form, draft, context, (Words("help-not-sent"),))


def solved(form: Form, draft: Draft | None, context: Context) -> Turn:
    """The end of the help: the office is told, once."""
    turn = where(form, draft, context, (Words("help-solved"),))
    if not (context.help.available and context.help.is_open):
        return turn
    return replace(turn, office=for_office(form, draft, context, Words("operators-help-solved"), closes=True))
