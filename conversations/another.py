"""The answer to the question whether a block is another request: that is begun, and the open one put aside, or not."""

from dataclasses import replace

from conversations.beginning import begin
from conversations.blocks import take_block
from conversations.draft import Draft
from conversations.events import CardFile, Codes, Contact, Context, Edit, Event, Location, Tap, Text
from conversations.form import Form
from conversations.proceeding import ask_again
from conversations.replies import Turn
from conversations.several import MOST_PARKED, name_of, no_more
from conversations.typed import steering
from conversations.whose import WHOSE, ask_whose_again
from conversations.words import Words

LEAVES = frozenset(
    ("back", "cancel", "restart", "help", "ask-help", "status", "reminders", "no-reminders", "last", "drafts", "thanks")
)
"""Words that steer although a block waits; with any other nothing is taken, and it is asked again."""
SAYS = {"new": "new", "park": "new", "edit": "same", "keep": "same"}
"""The words that answer it."""


def answer_whose(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn | None:
    """The turn for what answers the question whose block it is, or passes it by; None where none is asked."""
    pending = draft.pending if draft is not None and draft.status == "open" else None
    if draft is None or pending is None or pending.field != WHOSE or draft.leaving is not None:
        return None
    match event:
        case Tap(action="option") if event.draft_id == draft.id and event.revision == draft.revision:
            return _chosen(form, draft, "new" if event.argument == "0" else "same", context)
        case Tap(action="confirm"):
            return ask_whose_again(draft)
        case Edit(text=text, message_id=message_id) if message_id == pending.message_id:
            draft = draft.changed(pending=None)
            return take_block(form, draft, Text(text, message_id), context) or ask_again(form, draft, context)
        case Text():
            return _text(form, draft, event, context)
        case Codes() | CardFile() | Contact() | Location():
            return ask_whose_again(draft, (Words("whose-first"),))
        case _:
            return None


def _text(form: Form, draft: Draft, event: Text, context: Context) -> Turn | None:
    action = steering(event.text, event.choice)
    if event.to_office or context.help.asking or action in LEAVES or (action or "").startswith("language-"):
        return None
    if event.option is not None:
        return _chosen(form, draft, "new" if event.option == 0 else "same", context)
    if action in SAYS:
        return _chosen(form, draft, SAYS[action], context)
    without = draft.changed(pending=None)
    return take_block(form, without, event, context) or ask_whose_again(draft)


def _chosen(form: Form, draft: Draft, chosen: str, context: Context) -> Turn:
    pending = draft.pending
    if pending is None:
        return ask_again(form, draft, context)
    block = Text(pending.text, pending.message_id or 0)
    draft = draft.changed(pending=None)
    if chosen == "same":
        return take_block(form, draft, block, context, of_this=True) or ask_again(form, draft, context)
    if context.parked >= MOST_PARKED:
        return ask_again(form, draft, context, (no_more(),))
    return replace(begin(form, context, (Words("parked", {"name": name_of(draft)}),), block=block), parks=True)
