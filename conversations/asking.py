"""What is asked next, and how: there is no stored step number, only what is still missing."""

from collections.abc import Iterator

from conversations.answers.choices import Choice
from conversations.answers.counts import DeviceCount
from conversations.answers.free_text import Product
from conversations.answers.listed import TYPED, FromList, digest_of
from conversations.answers.outcome import Accepted
from conversations.answers.people import PersonName
from conversations.answers.phones import MobilePhone
from conversations.answers.places import District, Province
from conversations.draft import Draft, Option, Pending
from conversations.events import Context
from conversations.form import Field, Form, Menu, Role, Step
from conversations.letters import one_line
from conversations.masking import masked
from conversations.replies import Button, Message
from conversations.words import Words

Ask = Field | Menu
"""What a question can be about: one field, or a menu of several."""

SUMMARY = "summary"
"""What `asked` holds while the newest message is the summary: only then may a typed word confirm it."""

MISSES = 3
"""Refusals of one question after which other words come, and the way to a person."""

MOST_BUTTONS = 8
"""Readings offered as buttons; when there are more, the person writes which."""

Rows = tuple[tuple[Button, ...], ...]


def role_of(draft: Draft) -> Role | None:
    """Who fills the form, None as long as that was not said."""
    match draft.answers.get("Role"):
        case None:
            return None
        case answer:
            return "dealer" if answer.value == "dealer" else "customer"


def said_of(draft: Draft, name: str, attribute: str = "") -> Words:
    """A text of this field or menu, in the variant for whoever fills the form."""
    return Words(f"{name}.{attribute}" if attribute else name, {"role": role_of(draft) or "customer"})


def may_skip(form: Form, draft: Draft, field: Field, context: Context) -> bool:
    """Whether this person may leave the field out: it is optional or stands in a menu, and no setting requires it."""
    if field.name in context.required:
        return False
    return field.optional or menu_of(form, draft, field.name) is not None


def menu_of(form: Form, draft: Draft, name: str) -> Menu | None:
    """The menu of this person's steps that holds the field, if any."""
    return form.menu(role_of(draft), name)


def step_of(form: Form, draft: Draft, name: str) -> Step | Menu | None:
    """The step of this person's that asks the field or is the menu of this name; None when it no longer applies."""
    return form.step(role_of(draft), name)


def nothing_said(draft: Draft) -> bool:
    """Whether all that the draft holds was known before its first question."""
    return draft.answers.keys() <= draft.given


def is_open(form: Form, draft: Draft, field: Field, context: Context) -> bool:
    """Whether the field has neither an answer nor a skip that still holds."""
    if field.name in draft.answers:
        return False
    return field.name not in draft.skipped or not may_skip(form, draft, field, context)


def open_in(form: Form, draft: Draft, step: Step | Menu, context: Context) -> tuple[Field, ...]:
    """The fields of a step that still wait for an answer."""
    return tuple(field for field in step.fields if is_open(form, draft, field, context))


def next_ask(form: Form, draft: Draft, context: Context) -> Ask | None:
    """The first question that is not done; None when the summary comes next."""
    for ask, waits_for in form.asks(role_of(draft), context.required):
        if any(is_open(form, draft, field, context) for field in waits_for):
            return ask
    return None


def asked_last(form: Form, draft: Draft) -> Ask | None:
    """The question that the person saw last, while it still applies: nothing typed is read for any other."""
    step = step_of(form, draft, draft.asked) if draft.asked is not None else None
    if isinstance(step, Menu) and step.name == draft.asked:
        return step
    return form.field(draft.asked) if step is not None and draft.asked is not None else None


def current_ask(form: Form, draft: Draft, context: Context) -> Ask | None:
    """The question asked last, while it still applies; otherwise the next one."""
    return asked_last(form, draft) or next_ask(form, draft, context)


def previous_ask(form: Form, draft: Draft, context: Context) -> Ask | None:
    """The question before the current one that the person answered or passed; None at the first."""
    current = current_ask(form, draft, context)
    menu = menu_of(form, draft, current.name) if isinstance(current, Field) else None
    if menu is not None and current is not None and current.name not in context.required:
        return menu
    before: Ask | None = None
    for ask, waits_for in form.asks(role_of(draft), context.required):
        if current is not None and ask.name == current.name:
            break
        if not any(is_open(form, draft, field, context) for field in waits_for) and not _never_asked(draft, ask):
            before = ask
    step = step_of(form, draft, before.name) if before is not None else None
    # Fields that are shown as one are asked as one: whoever goes back may change both.
    return step.fields[0] if isinstance(step, Step) and step.joined else before


def _never_asked(draft: Draft, ask: Ask) -> bool:
    if isinstance(ask, Menu):
        return all(field.name in draft.given for field in ask.fields)
    answer = draft.answers.get(ask.name)
    return ask.name in draft.given or (answer is not None and answer.inferred)


def shown(form: Form, draft: Draft, name: str) -> str:
    """An answer as this person may read it; somebody else's contact data only in part."""
    answer = draft.answers[name]
    text = form.field(name).kind.show(answer.value)
    return masked(text) if answer.masked else text


def progress(form: Form, draft: Draft, ask: Ask) -> tuple[int, int] | None:
    """Where the question stands among the steps that this person is asked; None for what is not a step."""
    counted = [
        step
        for step in form.steps(role_of(draft))
        if any(field.sent and field.name not in draft.given for field in step.fields)
    ]
    for position, step in enumerate(counted, 1):
        if step.name == ask.name or any(field.name == ask.name for field in step.fields):
            return position, len(counted)
    return None


def question(form: Form, draft: Draft, context: Context, *, lead: tuple[Words, ...] = (), hint: bool = True) -> Message:
    """The current question as a message, behind what was just understood (`lead`)."""
    ask = current_ask(form, draft, context)
    if ask is None:
        raise ValueError("nothing is left to ask: the summary comes next")
    header = heading(form, draft, ask)
    place = progress(form, draft, ask)
    if place is not None and not draft.from_summary:
        header = Words("step", {"step": str(place[0]), "steps": str(place[1]), "question": header})
    else:
        header = Words("asked", {"question": header})
    paragraphs = [*lead, *_present(form, draft, ask), header]
    if hint:
        paragraphs.append(said_of(draft, ask.name, "why"))
        if isinstance(ask, Field):
            if isinstance(ask.kind, FromList) and ask.kind.seeks(draft.known()):
                paragraphs.append(Words("a-part-will-do"))
            paragraphs.append(example(draft, ask))
    return Message(
        tuple(paragraphs),
        surface="inline" if draft.from_summary else "reply",
        buttons=keyboard(form, draft, context),
        placeholder=right_answer(draft, ask),
        draft_id=draft.id,
        revision=draft.revision,
        kind="question",
    )


def heading(form: Form, draft: Draft, ask: Ask) -> Words:
    """The question itself; one that follows another field may name that field's answer (`$of`)."""
    words = said_of(draft, ask.name)
    if isinstance(ask, Field) and ask.follows in draft.answers:
        followed = shown(form, draft, ask.follows)
        return Words(words.id, {**words.args, "of": followed})
    return words


def example(draft: Draft, field: Field) -> Words:
    """The line that shows a right answer."""
    return Words("example", {"example": right_answer(draft, field)})


def right_answer(draft: Draft, ask: Ask) -> Words:
    """A right answer: one that fits what it depends on (a district of the chosen province), the first of a list."""
    match ask:
        case Field(kind=District() as kind) if (fitting := kind.example(draft.known())) is not None:
            return Words("verbatim", {"text": fitting})
        case Field(kind=FromList() as kind) if kind.first():
            return Words("verbatim", {"text": kind.offered(draft.known())[0]})
        case _:
            return said_of(draft, ask.name, "example")


def label_of(form: Form, draft: Draft, name: str) -> Words:
    """What the field is called; the fields of a joined step share one name."""
    step = step_of(form, draft, name)
    joined = isinstance(step, Step) and step.joined
    return said_of(draft, step.name, "step") if joined and step is not None else said_of(draft, name, "label")


def line(form: Form, draft: Draft, name: str) -> Words:
    """ "Label: value" of an answered field; a joined step whose fields are all answered is one line."""
    step = step_of(form, draft, name)
    fields = step.fields if isinstance(step, Step) and step.joined else ()
    if fields and all(field.name in draft.answers for field in fields):
        return Words("line", {"label": label_of(form, draft, name), "value": values_of(form, draft, fields)})
    stored = draft.answers[name].value
    value = Words(f"choice-{stored}") if isinstance(form.field(name).kind, Choice) else shown(form, draft, name)
    return Words("line", {"label": said_of(draft, name, "label"), "value": value})


def values_of(form: Form, draft: Draft, fields: tuple[Field, ...]) -> str:
    """The answers of these fields as people read them, a slash between them."""
    return " / ".join(shown(form, draft, f.name) for f in fields if f.name in draft.answers)


def _present(form: Form, draft: Draft, ask: Ask) -> tuple[Words, ...]:
    if ask.name not in draft.answers or not isinstance(ask, Field) or not ask.sent:
        return ()
    return (Words("present", {"value": line(form, draft, ask.name).args["value"]}),)


def keyboard(form: Form, draft: Draft, context: Context) -> Rows:
    """The buttons under the current question: readings to pick from, offers, and the ways to steer."""
    ask = current_ask(form, draft, context)
    rows: list[tuple[Button, ...]] = []
    if draft.pending is not None:
        rows += _pending_rows(draft.pending)
    standing = draft.pending is not None and draft.pending.standing
    if draft.pending is None or draft.misses:
        rows += _offers(form, draft, ask, context)
    if isinstance(ask, Field) and may_skip(form, draft, ask, context) and not standing:
        rows.append((Button(said_of(draft, ask.name, "skip"), "skip"),))
    if draft.from_summary:
        return (*rows, *_editing_row(form, draft, ask, context))
    if nothing_said(draft) and draft.given <= {"Role", *(field.name for field in form.profile("dealer"))}:
        rows += _other_beginnings(form, draft, context)
    if isinstance(ask, Field) and ask.name in draft.answers and not standing:
        rows.append((Button(Words("choice-keep"), "keep"),))
    back = (Button(Words("choice-back"), "back"),) if previous_ask(form, draft, context) or draft.pending else ()
    return (
        *rows,
        (
            *back,
            _help_button(draft, context),
            Button(Words("choice-restart"), "restart"),
            Button(Words("choice-cancel"), "cancel"),
        ),
    )


def _help_button(draft: Draft, context: Context) -> Button:
    """The way to an explanation; after some misses the way to a person, in its place."""
    asked_for = draft.misses >= MISSES and context.help.available
    return Button(Words("choice-ask-help"), "ask-help") if asked_for else Button(Words("choice-help"), "help")


def readings(pending: Pending) -> tuple[Option, ...]:
    """What of a question back can be picked, without the ways about a list."""
    return tuple(option for option in pending.options if not _is_a_way(option))


def _is_a_way(option: Option) -> bool:
    return option.opens is not None and isinstance(option.label, Words)


def _pending_rows(pending: Pending) -> Iterator[tuple[Button, ...]]:
    buttons = [(option, Button(option.label, "option", str(i))) for i, option in enumerate(pending.options)]
    if len(readings(pending)) <= MOST_BUTTONS:
        yield from ((button,) for option, button in buttons if not _is_a_way(option))
    ways = tuple(button for option, button in buttons if _is_a_way(option))
    if ways:
        yield ways


def _other_beginnings(form: Form, draft: Draft, context: Context) -> Rows:
    """Under the first question: the last customer again, and ways out of what was filled in beforehand."""
    buttons: list[Button] = []
    if context.last_draft:
        again = "choice-last-customer" if role_of(draft) == "dealer" else "choice-last-details"
        buttons.append(Button(Words(again), "last"))
    if role_of(draft) == "dealer":
        buttons.append(Button(Words("choice-as-customer"), "as-customer"))
    elif "Role" in draft.given and form.profile("dealer")[0].name in draft.answers:
        buttons.append(Button(Words("choice-not-my-dealer"), "not-my-dealer"))
    return tuple((button,) for button in buttons)


def _editing_row(form: Form, draft: Draft, ask: Ask | None, context: Context) -> Rows:
    answer = draft.answers.get(ask.name) if ask is not None else None
    steer = (
        _help_button(draft, context),
        Button(Words("choice-restart"), "restart"),
        Button(Words("choice-cancel"), "cancel"),
    )
    if ask is None or answer is None:
        complete = next_ask(form, draft, context) is None
        if complete:
            return ((Button(Words("choice-to-summary"), "summary"),), steer)
        return ((Button(Words("choice-back"), "back"), *steer),)
    if draft.pending is not None and draft.pending.standing:
        return (steer,)
    copy = Button(Words("choice-copy-present"), copies=shown(form, draft, ask.name)[:256])
    return ((*(() if answer.masked else (copy,)), Button(Words("choice-keep"), "keep")), steer)


def _offers(form: Form, draft: Draft, ask: Ask | None, context: Context) -> Iterator[tuple[Button, ...]]:
    """What can be given with one tap."""
    if isinstance(ask, Menu):
        for field in open_in(form, draft, ask, context) or ask.fields:
            yield (Button(said_of(draft, field.name, "pick"), "pick", field.name),)
        yield (Button(said_of(draft, ask.name, "none"), "skip"),)
        return
    if ask is None:
        return
    if ask.name == "Role":
        yield tuple(Button(Words(f"choice-{value}"), "answer", value) for value in ("customer", "dealer"))
        return
    own = ask.own is not None and ask.own == role_of(draft) and not draft.from_summary
    match ask.kind:
        case PersonName() if own:
            name = one_line(f"{context.first_name} {context.last_name}")
            if isinstance(ask.kind.understand(name, {}), Accepted):
                yield (Button(name, "answer"),)
        case MobilePhone() if own:
            yield (Button(Words("choice-own-phone"), request="contact"),)
        case Province() | District() if not draft.from_summary:
            yield (Button(Words("choice-location"), request="location"),)
        case DeviceCount():
            serials = draft.answers.get(ask.follows or "")
            if serials is not None and isinstance(serials.value, tuple | list):
                count = len(serials.value)
                yield (Button(Words("choice-count", {"n": count}), "answer", str(count)),)
        case FromList() if ask.kind.first():
            yield from ((Button(name, "listed", digest_of(name)),) for name in ask.kind.offered(draft.known()))
            more = "choice-more-products" if isinstance(ask.kind, Product) else "choice-more-groups"
            yield (
                *((Button(Words(more), "list"),) if ask.kind.has_more() else ()),
                Button(Words("choice-not-listed"), "list", TYPED),
            )
        case _:
            return
