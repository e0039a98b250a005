"""An edited message corrects the answer it once gave."""

from dataclasses import replace
from typing import Any

from conversations.answering import answer_text
from conversations.answers.outcome import Accepted, Ambiguous, Refused
from conversations.asking import label_of, line, may_skip
from conversations.blocks import correct_block
from conversations.draft import Draft, Part
from conversations.events import Context, Edit, Listed, Settled, Text
from conversations.form import Field, Form
from conversations.joining import answer_stays, joined, with_parts
from conversations.letters import one_line
from conversations.proceeding import ask_again, proceed, whom_to_ask
from conversations.reading import read
from conversations.repeats import asked_back
from conversations.replies import Button, Message, Turn
from conversations.several import DRAFTS, name_of
from conversations.taking import put
from conversations.typed import DASHES, NOTHING, labelled, said, steering
from conversations.words import Words


def correct(form: Form, draft: Draft, event: Edit, context: Context) -> Turn:
    """The turn for an edited message: it corrects the answers it gave; one that was not understood is read again."""
    fields = [field for field in _fields_of(form) if _gave(draft, field, event.message_id)]
    if any(draft.answers[field.name].shared for field in fields):
        return correct_block(form, draft, event, context)
    if fields:
        return _correct(form, draft, fields[0], event, context)
    if draft.pending is not None and event.message_id in (draft.pending.message_id, *_ids(draft.pending.parts)):
        return _read_again(form, draft, draft.pending.field, draft.pending.parts, event, context)
    if draft.asked is not None and event.message_id in _ids(draft.tried):
        return _read_again(form, draft, draft.asked, draft.tried, event, context)
    for field in _fields_of(form):
        answer = draft.answers.get(field.name)
        if answer is not None and event.message_id in answer.earlier:
            return ask_again(form, draft, context, (Words("edit-overtaken", line(form, draft, field.name).args),))
    left_out = [field for field in _fields_of(form) if draft.skips.get(field.name) == event.message_id]
    if left_out:
        return _after_all(form, draft, left_out, event, context)
    if context.edited_request is not None:
        return ask_again(form, draft, context, too_late(context.edited_request, context))
    return of_parked(draft, event, context) or ask_again(form, draft, context, (Words("edit-of-nothing"),))


def messages_of(draft: Draft) -> frozenset[int]:
    """The messages that this draft's answers were read from, or that left something out of it."""
    answers = (frozenset((*answer.message_ids, *answer.earlier)) for answer in draft.answers.values())
    return frozenset(draft.skips.values()).union(*answers)


def of_parked(draft: Draft | None, event: Edit, context: Context) -> Turn | None:
    """The turn for an edited message of a request that was put aside: that changes only once its owner returns."""
    listed = context.found.get(DRAFTS)
    for entry in listed if isinstance(listed, tuple) else ():
        here = draft is not None and isinstance(entry, Listed) and entry.draft.id == draft.id
        if isinstance(entry, Listed) and not here and event.message_id in messages_of(entry.draft):
            message = Message(
                (Words("edit-parked", {"name": name_of(entry.draft)}),),
                buttons=((Button(Words("choice-return"), "resume"),),),
                surface="inline",
                draft_id=entry.draft.id,
                revision=entry.draft.revision,
                kind="notice",
            )
            return Turn(draft, (message,))
    return None


def _after_all(form: Form, draft: Draft, fields: list[Field], event: Edit, context: Context) -> Turn:
    """A message that left something out and now answers it."""
    found = labelled(event.text, [field.name for field in fields])
    text = found[1] if found is not None else event.text
    field = form.field(found[0]) if found is not None else fields[0]
    label = label_of(form, draft, field.name)
    none = {"label": label, "value": Words("not-given")}
    if steering(event.text, None) is not None:
        return ask_again(form, draft, context, (Words("edit-steers"), Words("edit-not-taken", none)))
    if said(event.text) in NOTHING or one_line(event.text) in DASHES:
        return ask_again(form, draft, context, (Words("edit-same", none),))
    if found is None and len(fields) > 1:
        return ask_again(form, draft, context, (Words("edit-left-out"),))
    match field.kind.understand(text, draft.known()):
        case Accepted(value=value, also=also, told=told):
            after = put(form, draft, {field.name: value, **also}, text, event.message_id)
            after = after.model_copy(update=still_asked(form, draft, field))
            new = line(form, after, field.name).args["value"]
            edited = Words("edited", {"label": label, "old": Words("not-given"), "new": new})
            return ask_again(form, after, context, (edited, *told))
        case Ambiguous():
            return read(form, draft, field, text, event.message_id, context)
        case Refused(reason=reason):
            return ask_again(form, draft, context, (reason, Words("edit-not-taken", none)))


def too_late(sent: Settled, context: Context) -> tuple[Words, ...]:
    """That an edit changes nothing in what was sent, under which number that goes, and whom to ask."""
    number = (
        Words("call-number", {"call": sent.call_number})
        if sent.call_number
        else Words("request-code", {"code": sent.code})
    )
    return (Words("edit-too-late"), number, *whom_to_ask(context))


def _fields_of(form: Form) -> list[Field]:
    """Every field once, in the form's order."""
    return list({field.name: field for field in form.every_field}.values())


def _gave(draft: Draft, field: Field, message_id: int) -> bool:
    answer = draft.answers.get(field.name)
    return answer is not None and message_id in answer.message_ids


def _ids(parts: tuple[Part, ...]) -> list[int]:
    return [part.message_id for part in parts]


def _edited(parts: tuple[Part, ...], event: Edit) -> tuple[Part, ...]:
    """The messages of an answer, one of which now reads otherwise."""
    return tuple(
        part.model_copy(update={"text": event.text[:4096]}) if part.message_id == event.message_id else part
        for part in parts
    )


def _read_again(form: Form, draft: Draft, name: str, parts: tuple[Part, ...], event: Edit, context: Context) -> Turn:
    """What was asked back about, or not understood, reads otherwise now: it is the answer to the same question."""
    draft = draft.changed(pending=None)
    field = next((field for field in _fields_of(form) if field.name == name), None)
    parts = _edited(parts, event)
    if field is not None and len(parts) > 1:
        outcome = field.kind.understand(joined(parts), draft.known())
        if isinstance(outcome, Accepted):
            return with_parts(read(form, draft, field, joined(parts), _ids(parts)[-1], context), field, parts)
    return answer_text(form, draft, Text(event.text, event.message_id), context)


def _correct(form: Form, draft: Draft, field: Field, event: Edit, context: Context) -> Turn:
    answer = draft.answers[field.name]
    label, old = label_of(form, draft, field.name), line(form, draft, field.name).args["value"]
    kept = answer_stays(form, draft, field)
    if steering(event.text, None) is not None:
        return ask_again(form, draft, context, (Words("edit-steers"), kept))
    if (said(event.text) in NOTHING or one_line(event.text) in DASHES) and may_skip(form, draft, field, context):
        left = {name: other for name, other in draft.answers.items() if name != field.name}
        draft = draft.changed(answers=left, skipped=draft.skipped | {field.name})
        words = Words("edited", {"label": label, "old": old, "new": Words("not-given")})
        return ask_again(form, draft, context, (words,))
    parts = _edited(answer.parts, event)
    text = joined(parts) or event.text
    match field.kind.understand(text, draft.known()):
        case Accepted(value=value, also=also, told=told):
            after = put(form, draft, {field.name: value, **also}, text, answer.message_id)
            after = after.model_copy(update=still_asked(form, draft, field))
            new = line(form, after, field.name).args["value"]
            words = Words("edited", {"label": label, "old": old, "new": new})
            if new == old:
                words = Words("edit-same", {"label": label, "value": new})
            lost = draft.answers.keys() - after.answers.keys()  # a district that is not in the new province, say
            on = lost or _asks_about_repeats(form, draft, after, field, context)
            turn = (proceed if on else ask_again)(form, after, context, (words, *told))
            return with_parts(turn, field, parts) if parts else turn
        case Ambiguous():
            turn = read(form, draft, field, text, answer.message_id, context)
            turn = with_parts(turn, field, parts) if parts else turn
            first = turn.messages[0]
            return replace(turn, messages=(replace(first, paragraphs=(*first.paragraphs, kept)), *turn.messages[1:]))
        case Refused(reason=reason):
            return ask_again(form, draft, context, (reason, kept))


def _asks_about_repeats(form: Form, before: Draft, after: Draft, field: Field, context: Context) -> bool:
    """Whether it is, or was, the question at hand if something submitted before stays in."""
    asked = before.pending is not None and before.pending.standing and before.pending.field == field.name
    return asked or (after.pending is None and asked_back(form, after, context) is not None)


def still_asked(form: Form, draft: Draft, corrected: Field) -> dict[str, Any]:
    """What stays of the question at hand when another answer is corrected: also a question back, and its misses."""
    pending = draft.pending
    if draft.asked == corrected.name or (pending is not None and pending.field == corrected.name):
        return {}
    asked = next((field for field in _fields_of(form) if field.name == draft.asked), None)
    if asked is not None and asked.follows == corrected.name:
        return {}
    return {"pending": pending, "misses": draft.misses}
