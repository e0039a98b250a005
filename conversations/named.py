"""A message that names another question itself ("adres: ...", "mail yok"): its answer is taken, and the question stays.

Where the label may mean the question at hand ("tel: ..." while any telephone is asked), it is read for that.
"""

from conversations.answers.foreign import DOUBTS
from conversations.answers.free_text import Address
from conversations.answers.listed import NOT_LISTED
from conversations.answers.outcome import Accepted, Ambiguous, Outcome, Refused
from conversations.asking import asked_last, label_of, line, may_skip, role_of, said_of
from conversations.correcting import still_asked
from conversations.draft import Draft
from conversations.events import Context, Text
from conversations.form import Field, Form, Menu
from conversations.labels import alike, written_as
from conversations.on_summary import TOLD_BY_FORM
from conversations.proceeding import ask_again, proceed
from conversations.reading import read, which_field
from conversations.replies import Turn
from conversations.street_shapes import is_address
from conversations.taking import put
from conversations.typed import labelled, loosely_labelled, names_a_field, without
from conversations.words import Words


def answer_named(form: Form, draft: Draft, event: Text, context: Context) -> Turn | None:
    """The turn for a message that names another question than the one at hand; None for any other message."""
    ask = asked_last(form, draft)
    if ask is None or event.choice is not None or event.option is not None or not names_a_field(event.text):
        return None
    asked = ask.fields if isinstance(ask, Menu) else (ask,)
    others = {field.name: field for field in form.fields(role_of(draft)) if _is_other(form, draft, field, asked)}
    if (name := without(event.text, others)) is not None:
        return _leave_out(form, draft, others[name], context)
    if labelled(event.text, [field.name for field in asked]) is not None:
        return None
    here = [field.kind.understand(event.text, draft.known()) for field in asked]
    doubted = DOUBTS | NOT_LISTED
    refused_here = all(isinstance(o, Refused) or (isinstance(o, Ambiguous) and o.question.id in doubted) for o in here)
    if (found := labelled(event.text, others)) is not None and found[1]:
        field, (_, text) = others[found[0]], found
        outcome = field.kind.understand(text, draft.known())
        if isinstance(outcome, Accepted) and (refused_here or not _holds_labels(asked)):
            return take_named(form, draft, field, text, outcome, event.message_id, context)
        return read(form, draft, field, text, event.message_id, context) if refused_here else None
    loose = loosely_labelled(event.text, others)
    if loose is None:
        return None
    field, (_, text) = others[loose[0]], loose
    shaped = shaped_as(field, text, draft)
    if not refused_here:
        if isinstance(ask, Menu) or not isinstance(shaped, Accepted) or not isinstance(here[0], Accepted):
            return None
        options = (written_as(draft, field, shaped), written_as(draft, ask, here[0]))
        return which_field(form, draft, ask, options, event, context)
    if isinstance(shaped, Accepted):
        return take_named(form, draft, field, text, shaped, event.message_id, context)
    return read(form, draft, field, text, event.message_id, context) if shaped is not None else None


def shaped_as(field: Field, text: str, draft: Draft) -> Outcome | None:
    """What a field that is told by its form makes of the text; None where it is of another form or refused."""
    by_form = isinstance(field.kind, TOLD_BY_FORM) or (isinstance(field.kind, Address) and is_address(text))
    outcome = field.kind.understand(text, draft.known()) if by_form else None
    return None if isinstance(outcome, Refused) else outcome


def take_named(
    form: Form, draft: Draft, field: Field, text: str, outcome: Accepted, message_id: int, context: Context
) -> Turn:
    """Takes the answer to a question that is not at hand, says what was taken or corrected, and asks on."""
    values = {field.name: outcome.value, **outcome.also}
    after = put(form, draft, values, text, message_id)
    after = after.model_copy(update=still_asked(form, draft, field))
    if draft.misses:
        after = after.model_copy(update={"pending": None})  # what was refused needs no second word: the question does
    now = line(form, after, field.name)
    lead = [now]
    if field.name in draft.answers and (before := line(form, draft, field.name)) != now:
        told = {"old": before.args["value"], "new": now.args["value"], "label": label_of(form, after, field.name)}
        lead = [Words("edited", told)]
    for name, answer in after.answers.items():
        if answer.inferred and draft.known().get(name) != answer.value:
            lead.append(line(form, after, name))
    return ask_again(form, after, context, (*outcome.told, *lead))


def _leave_out(form: Form, draft: Draft, field: Field, context: Context) -> Turn:
    """Passes the question that there is no answer to; one that needs an answer says so, and the question stays."""
    label = said_of(draft, field.name, "label")
    if not may_skip(form, draft, field, context):
        needed = Words("needed", {"label": label, "why": said_of(draft, field.name, "why")})
        return ask_again(form, draft, context, (needed,))
    answers = {name: answer for name, answer in draft.answers.items() if name != field.name}
    waiting = {name: pending for name, pending in draft.waiting.items() if name != field.name}
    draft = draft.changed(answers=answers, skipped=draft.skipped | {field.name}, waiting=waiting)
    told = (Words("left-out", {"label": label}),)
    return proceed(form, draft, context, told) if draft.asked == field.name else ask_again(form, draft, context, told)


def _is_other(form: Form, draft: Draft, field: Field, asked: tuple[Field, ...]) -> bool:
    """Whether a label of this field can mean nothing that is asked right now.

    Beside the dealer's questions "tel: ..." may be the dealer's or the customer's: that is asked about.
    """
    if not field.sent or any(field == own or alike(field, own) for own in asked):
        return False
    at_dealer = form.section(asked[0].name) == "dealer"
    counterpart = field.name.replace("Customer", "Dealer", 1)
    return not (at_dealer and counterpart != field.name and form.section(counterpart) == "dealer")


def _holds_labels(asked: tuple[Field, ...]) -> bool:
    """Whether labels stand inside what is asked: "İl: … İlçe: … Mah: …" is an address."""
    return any(field.name == "CustomerAddress" for field in asked)
