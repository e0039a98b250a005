"""What is left without an answer, and what is said where that can't be."""

from dataclasses import replace

from conversations.answers.listed import FromList
from conversations.answers.outcome import Refused
from conversations.answers.serials import SerialNumbers
from conversations.asking import (
    MISSES,
    current_ask,
    may_skip,
    open_in,
    said_of,
)
from conversations.draft import Draft
from conversations.events import Context
from conversations.form import Field, Form, Menu
from conversations.proceeding import proceed, whom_to_ask
from conversations.reading import refuse
from conversations.replies import Turn
from conversations.words import Words


def skip(form: Form, draft: Draft, context: Context) -> Turn:
    """Leaves out what may be left out; otherwise says that it is needed, with an example."""
    ask = current_ask(form, draft, context)
    if ask is None:
        return proceed(form, draft, context)
    fields = open_in(form, draft, ask, context) if isinstance(ask, Menu) else (ask,)
    if isinstance(ask, Field) and not may_skip(form, draft, ask, context):
        needed = Words("needed", {"label": said_of(draft, ask.name, "label"), "why": said_of(draft, ask.name, "why")})
        if isinstance(ask.kind, SerialNumbers):
            needed = Words("serial-needed")
        if context.help.available:
            # Whoever doesn't know what is needed is not helped by being asked twice more.
            draft = draft.changed(misses=max(draft.misses, MISSES - 1))
        return _still_needed(refuse(form, draft, ask, Refused(needed), "", None, context), draft, ask, context)
    names = frozenset(field.name for field in fields)
    answers = {name: answer for name, answer in draft.answers.items() if name not in names}
    dropped = draft.from_summary or len(answers) < len(draft.answers)
    lead = (Words("left-out", {"label": said_of(draft, ask.name, "label")}),) if dropped else ()
    draft = draft.changed(answers=answers, skipped=draft.skipped | names)
    return proceed(form, draft, context, lead)


def _still_needed(turn: Turn, draft: Draft, field: Field, context: Context) -> Turn:
    """The turn that says that an answer is needed, with what helps whoever does not know it."""
    ways: list[Words] = []
    if isinstance(field.kind, FromList) and field.kind.seeks(draft.known()):
        ways.append(Words("a-part-will-do"))
    on_paper = isinstance(field.kind, FromList | SerialNumbers)  # on the invoice, or on the label
    if on_paper and not context.help.available and not draft.from_summary and draft.misses + 1 < MISSES:
        ways += [Words("needed-later"), *whom_to_ask(context)]
    first = turn.messages[0]
    return replace(turn, messages=(replace(first, paragraphs=(*first.paragraphs, *ways)), *turn.messages[1:]))
