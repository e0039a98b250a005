"""What is typed on the summary: a correction by its name, or what was not understood."""

from dataclasses import replace

from conversations.answers.counts import DeviceCount
from conversations.answers.emails import EmailAddress
from conversations.answers.outcome import Accepted, Refused
from conversations.answers.phones import MobilePhone, OfficePhone
from conversations.answers.places import District, Province
from conversations.answers.serials import SerialNumbers
from conversations.asking import (
    MISSES,
    SUMMARY,
    role_of,
)
from conversations.draft import Draft
from conversations.events import Context, Text
from conversations.form import Field, Form
from conversations.labels import recognised_on_summary, written_as
from conversations.leaving_out import skip
from conversations.proceeding import pick_field, proceed, third_miss
from conversations.reading import read, which_field
from conversations.replies import Button, Message, Turn
from conversations.typed import labelled, loosely_labelled, without
from conversations.words import Words

TOLD_BY_FORM = (MobilePhone, OfficePhone, EmailAddress, SerialNumbers, DeviceCount, Province, District)
"""Kinds whose answers can be told from any other text by their form."""


def on_summary(form: Form, draft: Draft, event: Text, context: Context) -> Turn:
    """A typed correction ("adres: ...", "seri 99958"), or anything else, which is told."""
    names = [field.name for field in form.fields(role_of(draft)) if field.sent]
    if (event.choice or "").endswith(".none"):
        return proceed(form, draft, context)  # "no, to the summary", tapped once more
    if event.choice is not None:
        return unclear(form, draft, context, Words("summary-unclear"))
    found = labelled(event.text, names)
    nothing = without(event.text, names)
    loose = loosely_labelled(event.text, names)
    if nothing is not None:
        return skip(form, _correcting(draft, nothing), context)
    if found is None and loose is not None:
        return _loosely_corrected(form, draft, form.field(loose[0]), loose[1], event, context)
    if found is None and (options := recognised_on_summary(form, draft, event.text)):
        field = form.field(next(iter(options[0].answers)))
        return which_field(form, _correcting(draft, field.name), field, options, event, context)
    if found is None:
        return unclear(form, draft, context, Words("summary-unclear"))
    name, text = found
    draft = _correcting(draft, name)
    if not text:
        return pick_field(form, draft, name, context, from_summary=True)
    return read(form, draft, form.field(name), text, event.message_id, context)


def _correcting(draft: Draft, name: str) -> Draft:
    return draft.changed(asked=name, from_summary=True, pending=None, misses=0)


def _loosely_corrected(form: Form, draft: Draft, field: Field, text: str, event: Text, context: Context) -> Turn:
    """A label without a colon, where the rest fits it: taken if its form tells, asked about if it may be any text."""
    outcome = field.kind.understand(text, draft.known())
    shaped = isinstance(field.kind, TOLD_BY_FORM)
    if isinstance(outcome, Refused) and not (shaped and any(c.isdigit() or c == "@" for c in text)):
        return unclear(form, draft, context, Words("summary-unclear"))
    if isinstance(outcome, Accepted) and not shaped:
        corrected_to = (written_as(draft, field, outcome),)
        return which_field(form, _correcting(draft, field.name), field, corrected_to, event, context)
    return read(form, _correcting(draft, field.name), field, text, event.message_id, context)


def unclear(form: Form, draft: Draft, context: Context, why: Words) -> Turn:
    """What was not understood on the summary, in one line: the summary stays, and its button confirms.

    The draft keeps in `misses` that something was not taken: a typed "evet" is then asked about first.
    """
    if draft.asked != SUMMARY:
        turn = proceed(form, draft, context, (why,))
        return turn if turn.draft is None else replace(turn, draft=turn.draft.model_copy(update={"misses": 1}))
    draft = draft.model_copy(update={"misses": draft.misses + 1})
    message = Message(
        (why, *(third_miss(context) if draft.misses >= MISSES else ())),
        buttons=((Button(Words("choice-edit"), "edit"), Button(Words("choice-to-summary"), "summary")),),
        surface="inline",
        draft_id=draft.id,
        revision=draft.revision,
    )
    return Turn(draft, (message,))
