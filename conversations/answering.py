"""An answer to the question at hand: understood, taken down, refused, or asked back."""

from collections.abc import Mapping
from dataclasses import replace

from conversations import course
from conversations.answers.counts import DeviceCount
from conversations.answers.emails import EmailAddress
from conversations.answers.foreign import DOUBTS
from conversations.answers.listed import TYPED, FromList
from conversations.answers.outcome import Accepted, Ambiguous, Candidate, Outcome, Refused, Value
from conversations.answers.phones import MobilePhone, OfficePhone
from conversations.answers.places import District, Province
from conversations.answers.serials import SerialNumbers
from conversations.asking import (
    MISSES,
    MOST_BUTTONS,
    SUMMARY,
    Ask,
    asked_last,
    current_ask,
    example,
    keyboard,
    line,
    may_skip,
    next_ask,
    open_in,
    question,
    readings,
    right_answer,
    role_of,
    said_of,
)
from conversations.draft import Draft, Option, Pending
from conversations.events import Contact, Context, Text
from conversations.form import Field, Form, Menu
from conversations.labels import MOST_SHOWN, elsewhere_in, recognised_in, written_as
from conversations.letters import one_line
from conversations.profiles import ROLE
from conversations.repeats import asked_back, settle_repeats
from conversations.replies import Button, Message, Turn
from conversations.summary import summary
from conversations.taking import corrected, echo, put
from conversations.typed import DASHES, NO, NOTHING, YES, has_none, labelled, loosely_labelled, said, without
from conversations.whose import WHOSE, ask_whose_again
from conversations.words import Words

TOLD_BY_FORM = (MobilePhone, OfficePhone, EmailAddress, SerialNumbers, DeviceCount, Province, District)
"""Kinds whose answers can be told from any other text by their form."""

LISTS = {"choice-more-products": "", "choice-more-groups": "", "choice-not-listed": TYPED}
"""The buttons under a question that open a list, with the place in it."""


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


def answer_text(form: Form, draft: Draft, event: Text, context: Context) -> Turn:
    """The turn for a typed message that steers nothing: an answer to the question at hand."""
    ask = asked_last(form, draft)
    if ask is None and next_ask(form, draft, context) is None:
        return _on_summary(form, draft, event, context)
    if ask is None:
        return ask_again(form, draft, context, (Words("question-changed"),))
    if draft.pending is not None:
        picked = _picked(draft.pending, event)
        if picked is not None:
            return pick(form, draft, picked, context)
        if said(event.text) in NO:
            return ask_again(form, draft.changed(pending=None), context)
        if said(event.text) in YES:
            return ask_again(form, draft, context)
    if isinstance(ask, Menu):
        return _answer_menu(form, draft, ask, event, context)
    nothing = said(event.text) in NOTHING or one_line(event.text) in DASHES or event.choice == f"{ask.name}.skip"
    if (nothing or has_none(event.text)) and may_skip(form, draft, ask, context):
        return skip(form, draft, context)
    if event.choice == "choice-location":
        return ask_again(form, draft, context, (Words("location-how"),))
    if event.choice in LISTS and isinstance(ask.kind, FromList) and ask.kind.first():
        return open_list(form, draft, ask, LISTS[event.choice], context)
    if event.choice is not None and ask.sent:
        return ask_again(form, draft, context, (Words("old-button"),))
    if nothing:
        return skip(form, draft, context)
    elsewhere = elsewhere_in(form, draft, (ask,), event.text)
    here = ask.kind.understand(event.text, draft.known()) if elsewhere is not None else None
    if elsewhere is not None and isinstance(here, Accepted):
        return which_field(form, draft, ask, (*elsewhere, written_as(draft, ask, here)), event, context)
    return read(form, draft, ask, event.text, event.message_id, context)


def which_field(form: Form, draft: Draft, ask: Ask, options: tuple[Option, ...], event: Text, context: Context) -> Turn:
    """Asks back as which answer this text is to be written."""
    asked = Words("menu-is-it", {"text": one_line(event.text)[:MOST_SHOWN]})
    pending = Pending(field=ask.name, options=options, question=asked, text=event.text, message_id=event.message_id)
    draft = draft.changed(asked=ask.name, pending=pending)
    return Turn(draft, (remark(form, draft, context, (asked,)),))


def _picked(pending: Pending, event: Text) -> Option | None:
    if event.option is not None and event.option < len(pending.options):
        return pending.options[event.option]
    words = said(event.text)
    reply = "yes" if words in YES else "no" if words in NO else None
    if reply == "yes" and len(pending.options) == 1:
        return pending.options[0]
    return next((option for option in pending.options if reply is not None and option.reply == reply), None)


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


def third_miss(context: Context) -> list[Words]:
    """Other words after the third refusal, and the way to a person."""
    if context.help.available:
        return [Words("third-miss-help"), *whom_to_ask(context)]
    return [Words("third-miss"), *whom_to_ask(context)]


def whom_to_ask(context: Context) -> list[Words]:
    """The line with the brand's contact, where a setting gives one."""
    return [Words("contact", {"contact": context.contact})] if context.contact else []


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


def _answer_menu(form: Form, draft: Draft, menu: Menu, event: Text, context: Context) -> Turn:
    """Text at a menu: one of its buttons, "none of it", or an answer whose field can be told from its form."""
    fields = open_in(form, draft, menu, context)
    for field in menu.fields:
        if event.choice == f"{field.name}.pick":
            return pick_field(form, draft, field.name, context)
    words = said(event.text)
    if event.choice is not None and event.choice != f"{menu.name}.none":
        return ask_again(form, draft, context, (Words("old-button"),))
    if event.choice is not None or words in NOTHING or words in NO or has_none(event.text):
        return skip(form, draft, context)
    found = labelled(event.text, [field.name for field in menu.fields])
    if found is not None and not found[1]:
        return pick_field(form, draft, found[0], context)
    if found is not None:
        return read(form, draft, form.field(found[0]), found[1], event.message_id, context)
    if words in YES:
        return ask_again(form, draft, context, (Words("menu-which"),))
    return _read_by_form(form, draft, menu, fields, event, context)


def _read_by_form(
    form: Form, draft: Draft, menu: Menu, fields: tuple[Field, ...], event: Text, context: Context
) -> Turn:
    elsewhere = elsewhere_in(form, draft, menu.fields, event.text)
    if elsewhere is None and any(c.isdigit() or c == "@" for c in event.text):
        for field in fields:
            told_by_form = isinstance(field.kind, MobilePhone | OfficePhone | EmailAddress)
            if told_by_form and not isinstance(field.kind.understand(event.text, draft.known()), Refused):
                return read(form, draft, field, event.text, event.message_id, context)
    options: list[Option] = []
    for field in fields:
        outcome = field.kind.understand(event.text, draft.known())
        if isinstance(outcome, Accepted):
            options.append(Option(answers={field.name: outcome.value}, label=said_of(draft, field.name, "use")))
    options += elsewhere or recognised_in(form, draft, menu.fields, event.text)
    if not options:
        unclear = Words("menu-unclear", {"text": one_line(event.text)[:MOST_SHOWN]})
        draft = course.refused(draft.changed(pending=None), menu.name, unclear)
        return ask_again(form, draft, context, (unclear,))
    return which_field(form, draft, menu, tuple(options), event, context)


def pick_field(form: Form, draft: Draft, name: str, context: Context, *, from_summary: bool = False) -> Turn:
    """Asks this very field next, whatever is missing."""
    draft = draft.changed(asked=name, pending=None, misses=0, leaving=None, from_summary=from_summary)
    return Turn(draft, (question(form, draft, context),))


def answer_contact(form: Form, draft: Draft, event: Contact, context: Context) -> Turn:
    """A shared contact: one's own answers a question about oneself; another's is confirmed first."""
    ask = asked_last(form, draft)
    if isinstance(ask, Menu):
        return _answer_menu(form, draft, ask, Text(international(event.phone), event.message_id), context)
    if not isinstance(ask, Field) or not isinstance(ask.kind, MobilePhone | OfficePhone):
        return ask_again(form, draft, context, (Words("contact-unexpected"),))
    number = international(event.phone)
    outcome = ask.kind.understand(number, draft.known())
    own = event.own and ask.own is not None and ask.own == role_of(draft)
    if own or not isinstance(outcome, Accepted):
        return read(form, draft, ask, number, event.message_id, context)
    shown_number = ask.kind.show(outcome.value)
    asked = Words("contact-is-it", {"name": one_line(event.name)[:60] or "?", "phone": shown_number})
    option = Option(answers={ask.name: outcome.value}, label=shown_number)
    pending = Pending(field=ask.name, options=(option,), question=asked, text=number, message_id=event.message_id)
    draft = draft.changed(asked=ask.name, pending=pending)
    return Turn(draft, (remark(form, draft, context, (asked,)),))


def international(phone: str) -> str:
    """A contact's number with the plus that messengers leave out of international numbers."""
    digits = "".join(c for c in phone if c.isdigit())
    return f"+{digits}" if len(digits) > 10 and not digits.startswith("0") else phone


def _on_summary(form: Form, draft: Draft, event: Text, context: Context) -> Turn:
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
