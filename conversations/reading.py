"""A text as the answer to one field: understood, taken down, refused, or asked back."""

from collections.abc import Mapping

from conversations import course
from conversations.answers.foreign import DOUBTS
from conversations.answers.listed import FromList
from conversations.answers.outcome import Accepted, Ambiguous, Candidate, Outcome, Refused, Value
from conversations.asking import (
    MISSES,
    MOST_BUTTONS,
    Ask,
    current_ask,
    example,
    line,
    next_ask,
    readings,
    said_of,
)
from conversations.draft import Draft, Option, Pending
from conversations.events import Context, Text
from conversations.form import Field, Form
from conversations.labels import MOST_SHOWN, elsewhere_in, recognised_in
from conversations.letters import one_line
from conversations.proceeding import ask_again, proceed, remark, third_miss
from conversations.profiles import ROLE
from conversations.repeats import settle_repeats
from conversations.replies import Turn
from conversations.taking import corrected, echo, put
from conversations.words import Words


def which_field(form: Form, draft: Draft, ask: Ask, options: tuple[Option, ...], event: Text, context: Context) -> Turn:
    """Asks back as which answer this text is to be written."""
    asked = Words("menu-is-it", {"text": one_line(event.text)[:MOST_SHOWN]})
    pending = Pending(field=ask.name, options=options, question=asked, text=event.text, message_id=event.message_id)
    draft = draft.changed(asked=ask.name, pending=pending)
    return Turn(draft, (remark(form, draft, context, (asked,)),))


def read(form: Form, draft: Draft, field: Field, text: str, message_id: int | None, context: Context) -> Turn:
    """The turn for this text as the answer to this field."""
    outcome = _understood(draft, field, text)
    again = _chosen_by_reading(draft, field, outcome)
    if again is not None:
        return pick(form, draft, again, context)
    match outcome:
        case Accepted():
            return accept(form, draft, {field.name: outcome.value, **outcome.also}, text, message_id, context, outcome)
        case Ambiguous():
            return ask_which(form, draft, field, outcome, text, message_id, context)
        case Refused():
            return refuse(form, draft, field, outcome, text, message_id, context)


def _understood(draft: Draft, field: Field, text: str) -> Outcome:
    pending = draft.pending
    to_the_letter = pending is not None and pending.literal and pending.field == field.name
    if to_the_letter and isinstance(field.kind, FromList):
        return field.kind.as_typed(text, draft.known())
    return field.kind.understand(text, draft.known())


def ask_which(
    form: Form, draft: Draft, field: Field, outcome: Ambiguous, text: str, message_id: int | None, context: Context
) -> Turn:
    """Asks which of the readings is meant."""
    options = tuple(_option(field, candidate) for candidate in outcome.candidates)
    if outcome.question.id in DOUBTS:
        options = (*recognised_in(form, draft, (field,), text), *options)
    pending = Pending(
        field=field.name,
        options=options,
        question=outcome.question,
        said=outcome.said,
        literal=outcome.literal,
        text=text,
        message_id=message_id,
    )
    draft = draft.changed(asked=field.name, pending=pending, misses=0, leaving=None)
    right = (example(draft, field),) if outcome.literal or len(readings(pending)) > MOST_BUTTONS else ()
    return Turn(draft, (remark(form, draft, context, (outcome.question, *right)),))


def open_list(form: Form, draft: Draft, field: Field, at: str, context: Context) -> Turn:
    """Shows the list that this field is answered from, at a place of it; as it is where there is no list."""
    if not isinstance(field.kind, FromList) or not field.kind.first():
        return ask_again(form, draft.changed(pending=None), context)
    return ask_which(form, draft, field, field.kind.page(at), "", None, context)


def _option(field: Field, candidate: Candidate) -> Option:
    answers = {field.name: candidate.value, **candidate.also} if candidate.opens is None else {}
    return Option(answers=answers, label=candidate.label, reply=candidate.reply, opens=candidate.opens)


def _chosen_by_reading(draft: Draft, field: Field, outcome: Outcome) -> Option | None:
    """The pending reading that the new text singles out: its value alone, or the literal one typed a second time."""
    pending = draft.pending
    if pending is None or pending.field != field.name:
        return None
    match outcome:
        case Accepted(value=value, also=also):
            wanted = {field.name: value, **also}
        case Ambiguous(said=said) if said is not None and said == pending.said:
            wanted = {field.name: said}
        case _:
            return None
    fitting = [o for o in pending.options if all(o.answers.get(name) == value for name, value in wanted.items())]
    return fitting[0] if len(fitting) == 1 else None


def pick(form: Form, draft: Draft, option: Option, context: Context) -> Turn:
    """The turn for a reading that the person chose among those offered."""
    pending = draft.pending
    if pending is not None and pending.standing:
        draft, lead = settle_repeats(form, draft, pending, option)
        return proceed(form, draft, context, lead)
    if pending is not None and option.opens is not None:
        return open_list(form, draft, form.field(pending.field), option.opens, context)
    text, message_id = (pending.text, pending.message_id) if pending else ("", None)
    return accept(form, draft, option.answers, text, message_id, context, None)


def accept(
    form: Form,
    draft: Draft,
    values: Mapping[str, Value],
    text: str,
    message_id: int | None,
    context: Context,
    outcome: Accepted | None,
) -> Turn:
    """Takes the answers down, reads again what follows from them, and goes on."""
    before = draft
    invited: tuple[Words, ...] = ()
    if values.get(ROLE) == "dealer" and context.dealers_by_invitation and context.profile is None:
        values, invited = {**values, ROLE: "customer"}, (Words("dealer-by-invitation"),)
    draft = put(form, draft, values, text, message_id)
    lead = [*invited, *(outcome.told if outcome else ()), *echo(form, draft, values, text)]
    known = before.known()
    inferred = [name for name, answer in draft.answers.items() if answer.inferred and known.get(name) != answer.value]
    lead += [line(form, draft, name) for name in inferred]
    if before.from_summary and len(values) and next_ask(form, draft, context) is None:
        lead = [*(outcome.told if outcome else ()), *(corrected(form, draft, values))]
    asked = current_ask(form, before, context)
    if isinstance(asked, Field) and asked.name not in values:
        return ask_again(form, draft, context, tuple(lead))
    return proceed(form, draft, context, tuple(lead))


def refuse(
    form: Form, draft: Draft, field: Field, refused: Refused, text: str, message_id: int | None, context: Context
) -> Turn:
    """Says what was understood and what is needed, with an example, and offers what was probably meant."""
    misses = draft.misses + 1
    pending = repairs(form, draft, field, refused, text, message_id)
    draft = course.refused(draft.changed(asked=field.name, pending=pending, misses=misses), field.name, refused.reason)
    paragraphs = [refused.reason]
    if pending is not None and pending.options == recognised_in(form, draft, (field,), text):
        paragraphs.append(Words("belongs-elsewhere"))
    elif pending is not None and (refused.guess is not None or elsewhere_in(form, draft, (field,), text)):
        paragraphs.append(Words("did-you-mean"))
    paragraphs.append(example(draft, field))
    if misses >= MISSES:
        paragraphs += third_miss(context)
    return Turn(draft, (remark(form, draft, context, tuple(paragraphs)),))


def repairs(
    form: Form, draft: Draft, field: Field, refused: Refused, text: str, message_id: int | None
) -> Pending | None:
    """The readings that a button can offer: the guess, and the other field that takes what this one does not."""
    options: list[Option] = []
    if refused.guess is not None:
        match field.kind.understand(refused.guess, draft.known()):
            case Accepted(value=value, also=also):
                options.append(Option(answers={field.name: value, **also}, label=refused.guess))
            case _:
                pass
    if field.twin is not None and (field.twin not in draft.answers or field.twin == field.follows):
        twin = form.field(field.twin)
        match twin.kind.understand(text, draft.known()):
            case Accepted(value=value) if value != draft.known().get(twin.name):
                options.append(Option(answers={twin.name: value}, label=said_of(draft, twin.name, "use")))
            case _:
                pass
    options = [*(elsewhere_in(form, draft, (field,), text) or ())] or options
    options = options or [*recognised_in(form, draft, (field,), text)]
    if not options:
        return None
    return Pending(field=field.name, options=tuple(options), question=refused.reason, text=text, message_id=message_id)
