"""The next question, the same once more, or the summary: what the bot says where nothing is read."""

from dataclasses import replace

from conversations.asking import (
    SUMMARY,
    current_ask,
    example,
    keyboard,
    next_ask,
    open_in,
    question,
    right_answer,
)
from conversations.draft import Draft
from conversations.events import Context
from conversations.form import Field, Form, Menu
from conversations.repeats import asked_back
from conversations.replies import Message, Turn
from conversations.summary import summary
from conversations.whose import WHOSE, ask_whose_again
from conversations.words import Words


def proceed(form: Form, draft: Draft, context: Context, lead: tuple[Words, ...] = ()) -> Turn:
    """The next question, or the summary when nothing is missing."""
    repeated = asked_back(form, draft, context)
    if repeated is not None:
        draft = draft.changed(asked=repeated.field, pending=repeated, misses=0, leaving=None)
        return Turn(draft, (remark(form, draft, context, (*lead, *repeated.lines, repeated.question)),))
    ask = next_ask(form, draft, context)
    if ask is None:
        draft = draft.changed(asked=SUMMARY, from_summary=False, pending=None, misses=0, leaving=None)
        return Turn(draft, (summary(form, draft, context, lead=lead),))
    fields = open_in(form, draft, ask, context) if isinstance(ask, Menu) else (ask,)
    name = next((field.name for field in fields if field.name in draft.waiting), ask.name)
    pending = draft.waiting.get(name)
    waiting = {other: waits for other, waits in draft.waiting.items() if other != name}
    draft = draft.changed(asked=name, pending=pending, waiting=waiting, misses=0, leaving=None)
    asked = question(form, draft, context, lead=lead, hint=pending is None)
    if pending is not None:
        asked = replace(asked, paragraphs=(*asked.paragraphs, pending.question))
    return Turn(draft, (asked,))


def ask_again(form: Form, draft: Draft, context: Context, lead: tuple[Words, ...] = ()) -> Turn:
    """The question at hand once more (or the summary), behind a word on why; a question back stays one."""
    if draft.pending is not None and draft.pending.field == WHOSE:
        return ask_whose_again(draft.changed(leaving=None), lead)
    ask = current_ask(form, draft, context)
    if ask is None:
        return proceed(form, draft, context, lead)
    draft = draft.changed(asked=ask.name, leaving=None)
    if draft.pending is not None:
        pending = draft.pending
        of_this = any(ask.name in option.answers for option in pending.options)
        right = (example(draft, ask),) if isinstance(ask, Field) and of_this and not pending.standing else ()
        return Turn(draft, (remark(form, draft, context, (*lead, *pending.lines, pending.question, *right)),))
    return Turn(draft, (question(form, draft, context, lead=lead),))


def third_miss(context: Context) -> list[Words]:
    """Other words after the third refusal, and the way to a person."""
    if context.help.available:
        return [Words("third-miss-help"), *whom_to_ask(context)]
    return [Words("third-miss"), *whom_to_ask(context)]


def whom_to_ask(context: Context) -> list[Words]:
    """The line with the brand's contact, where a setting gives one."""
    return [Words("contact", {"contact": context.contact})] if context.contact else []


def remark(form: Form, draft: Draft, context: Context, paragraphs: tuple[Words, ...]) -> Message:
    """A message about the question at hand that does not repeat it, with that question's buttons."""
    ask = current_ask(form, draft, context)
    return Message(
        paragraphs,
        buttons=keyboard(form, draft, context),
        surface="inline" if draft.from_summary else "reply",
        placeholder=right_answer(draft, ask) if ask is not None else None,
        draft_id=draft.id,
        revision=draft.revision,
        kind="question",
    )


def pick_field(form: Form, draft: Draft, name: str, context: Context, *, from_summary: bool = False) -> Turn:
    """Asks this very field next, whatever is missing."""
    draft = draft.changed(asked=name, pending=None, misses=0, leaving=None, from_summary=from_summary)
    return Turn(draft, (question(form, draft, context),))
