"""/profil: the dealer's own fields, shown, changed by button or by a typed correction, and forgotten."""

import hashlib
from dataclasses import replace

from conversations.answering import international
from conversations.answers.outcome import Accepted, Ambiguous, Refused, Value
from conversations.asking import MOST_BUTTONS, role_of
from conversations.draft import Answer, Draft, Option, Pending, Profile
from conversations.events import Contact, Context, Event, Tap, Text
from conversations.form import Field, Form
from conversations.letters import one_line
from conversations.profiles import changed
from conversations.replies import Button, Message, Turn
from conversations.steering import where
from conversations.typed import DASHES, NO, NOTHING, YES, labelled, said, steering
from conversations.words import Words

PAGE = "profile"
"""What `Profile.asked` holds while the profile itself is what was shown last."""

COMPANY = "DealerCompanyName"

_SAME_KIND = {
    "CustomerFullName": "DealerContactPerson",
    "CustomerMobilePhone": "DealerMobilePhone",
    "CustomerWorkPhone": "DealerWorkPhone",
    "CustomerEmail": "DealerEmail",
    "CustomerCompanyName": "DealerCompanyName",
}
"""What a label means in front of a profile: there is no customer on that page."""

_LEAVE = ("back", "cancel", "keep", "continue")


def show(form: Form, draft: Draft | None, context: Context, lead: tuple[Words, ...] = ()) -> Turn:
    """The profile and what can be done with it; who has none hears how one comes about."""
    profile = context.profile
    if profile is None:
        none = Words("profile-none-invitation" if context.dealers_by_invitation else "profile-none")
        return where(form, draft, context, (*lead, none))
    return _page(form, draft, profile.changed(asked=PAGE, pending=None), lead)


def tap(form: Form, draft: Draft | None, event: Tap, context: Context) -> Turn:
    """The turn for a button of the profile's: on an old page too, since each names the field that it is about."""
    profile, action = context.profile, event.action.removeprefix("profile-")
    if profile is None:
        return show(form, draft, context)
    asked = _field(form, profile, event.argument)
    pending = profile.pending
    match action:
        case "field" if asked is not None:
            return _ask(draft, profile.changed(asked=asked.name, pending=None), asked)
        case "skip" if asked is not None and asked.optional:
            return _keep(form, draft, profile, asked, None)
        case "option" if pending is not None:
            field = _field(form, profile, pending.field)
            picked = next((option for option in pending.options if _mark(option) == event.argument), None)
            if field is None or picked is None:
                return show(form, draft, context)
            return _keep(form, draft, profile, field, picked.answers.get(field.name))
        case "forget":
            return Turn(draft, (_sure(draft),), profile=profile.changed(asked=PAGE, pending=None))
        case "forgotten":
            open_draft = draft is not None and draft.status == "open"
            words = (Words("profile-forgotten"), *((Words("profile-forgotten-draft"),) if open_draft else ()))
            turn = where(form, draft, context, words)
            return Turn(turn.draft, turn.messages, forgets_profile=True)
        case _:
            return show(form, draft, context)


def answer(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn | None:
    """The turn for an answer to the profile's question, or a correction typed before it; None for anything else."""
    profile = context.profile
    if profile is None or profile.asked is None:
        return None
    text = event.text if isinstance(event, Text) else international(event.phone) if isinstance(event, Contact) else None
    if text is None:
        return None
    if profile.asked == PAGE:
        return _typed_correction(form, draft, profile, text) if isinstance(event, Text) else None
    field = _field(form, profile, profile.asked)
    if field is None:
        return None
    if isinstance(event, Text) and (action := steering(text, event.choice)) is not None:
        return show(form, draft, context) if action in _LEAVE else None
    if isinstance(event, Text) and event.choice is not None:
        return None
    return _answered(form, draft, profile, field, text)


def left(turn: Turn, context: Context) -> Turn:
    """The turn after which the profile is asked no longer: the conversation went on with something else."""
    profile = context.profile
    if profile is None or profile.asked is None or turn.profile is not None or turn.forgets_profile:
        return turn
    return replace(turn, profile=profile.changed(asked=None, pending=None))


def _typed_correction(form: Form, draft: Draft | None, profile: Profile, text: str) -> Turn | None:
    own = [field.name for field in form.profile("dealer")]
    found = labelled(text, own) or labelled(text, _SAME_KIND)
    if found is None:
        return None
    name, value = found
    name = _SAME_KIND.get(name, name)
    field = _field(form, profile, name)
    if field is None:
        return _page(form, draft, profile, (Words("profile-company-fixed"),))
    return _answered(form, draft, profile, field, value) if value else _ask(draft, profile.changed(asked=name), field)


def _answered(form: Form, draft: Draft | None, profile: Profile, field: Field, text: str) -> Turn:
    words, pending = said(text), profile.pending
    if pending is not None and words in YES and len(pending.options) == 1:
        return _keep(form, draft, profile, field, pending.options[0].answers.get(field.name))
    if pending is not None and words in NO:
        return _ask(draft, profile.changed(pending=None), field)
    if (words in NOTHING or one_line(text) in DASHES) and field.optional:
        return _keep(form, draft, profile, field, None)
    profile = profile.changed(asked=field.name)
    match field.kind.understand(text, profile.values):
        case Accepted(value=value):
            return _keep(form, draft, profile, field, value)
        case Ambiguous(question=question, candidates=candidates):
            options = tuple(Option(answers={field.name: c.value}, label=c.label) for c in candidates)
            return _ask_back(draft, profile, field, options, question)
        case Refused(reason=reason, guess=guess):
            guessed = field.kind.understand(guess, profile.values) if guess is not None else None
            options = ()
            if isinstance(guessed, Accepted) and guess is not None:
                options = (Option(answers={field.name: guessed.value}, label=guess),)
            return _ask_back(draft, profile, field, options, reason, *([Words("did-you-mean")] if options else []))


def _keep(form: Form, draft: Draft | None, profile: Profile, field: Field, value: Value | None) -> Turn:
    """The changed profile; an open draft that holds what the profile held before gets the new value too."""
    old = profile.values.get(field.name)
    values = {name: kept for name, kept in profile.values.items() if name != field.name}
    if value is not None:
        values[field.name] = value
    kept = changed(profile, values).changed(asked=PAGE, pending=None)
    lead = [Words("corrected", {"label": _label(field)})]
    is_open = draft is not None and draft.status == "open" and role_of(draft) == "dealer"
    if draft is not None and is_open and _holds(draft, field) == old:
        answers = {name: answer for name, answer in draft.answers.items() if name != field.name}
        if value is not None:
            answers[field.name] = Answer(value=value)
        skipped = draft.skipped | {field.name} if value is None else draft.skipped - {field.name}
        draft = draft.changed(answers=answers, skipped=skipped)
        lead.append(Words("profile-draft-too"))
    return _page(form, draft, kept, tuple(lead))


def _holds(draft: Draft, field: Field) -> Value | None:
    return draft.answers[field.name].value if field.name in draft.answers else None


def _field(form: Form, profile: Profile, name: str) -> Field | None:
    """The field of the profile that this person may change: not the company that the directory gave them."""
    fixed = profile.dealer and name == COMPANY
    return None if fixed else next((field for field in form.profile("dealer") if field.name == name), None)


def _label(field: Field) -> Words:
    return Words(f"{field.name}.label", {"role": "dealer"})


def _page(form: Form, draft: Draft | None, profile: Profile, lead: tuple[Words, ...] = ()) -> Turn:
    lines, buttons = [], []
    for field in form.profile("dealer"):
        value = profile.values.get(field.name)
        shown: str | Words = Words("not-given") if value is None else field.kind.show(value)
        lines.append(Words("line", {"label": _label(field), "value": shown}))
        if _field(form, profile, field.name) is not None:
            buttons.append(Button(_label(field), "profile-field", field.name))
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    ways = [Button(Words("choice-profile-forget"), "profile-forget", style="danger")]
    if draft is not None and draft.status == "open":
        ways.append(Button(Words("choice-to-request"), "to-request"))
    how = (Words("profile-company-fixed"),) if profile.dealer else ()
    message = Message(
        (*lead, Words("profile-title"), *lines, *how, Words("profile-how")),
        buttons=(*rows, tuple(ways)),
        surface="inline",
        draft_id=draft.id if draft is not None else "",
        revision=draft.revision if draft is not None else 0,
        kind="question",
    )
    return Turn(draft, (message,), profile=profile)


def _ask(draft: Draft | None, profile: Profile, field: Field) -> Turn:
    value = profile.values.get(field.name)
    present = () if value is None else (Words("present", {"value": field.kind.show(value)}),)
    question = Words("asked", {"question": Words(field.name, {"role": "dealer"})})
    example = Words("example", {"example": Words(f"{field.name}.example", {"role": "dealer"})})
    return Turn(draft, (_question(draft, (*present, question, example), field, ()),), profile=profile)


def _ask_back(
    draft: Draft | None, profile: Profile, field: Field, options: tuple[Option, ...], *question: Words
) -> Turn:
    example = Words("example", {"example": Words(f"{field.name}.example", {"role": "dealer"})})
    pending = Pending(field=field.name, options=options, question=question[0]) if options else None
    message = _question(draft, (*question, example), field, options)
    return Turn(draft, (message,), profile=profile.changed(asked=field.name, pending=pending))


def _question(draft: Draft | None, paragraphs: tuple[Words, ...], field: Field, options: tuple[Option, ...]) -> Message:
    rows = [(Button(option.label, "profile-option", _mark(option)),) for option in options[:MOST_BUTTONS]]
    skip = [Button(Words(f"{field.name}.skip", {"role": "dealer"}), "profile-skip", field.name)] * field.optional
    return Message(
        paragraphs,
        buttons=(*rows, (*skip, Button(Words("choice-keep"), "profile-show"))),
        surface="inline",
        draft_id=draft.id if draft is not None else "",
        revision=draft.revision if draft is not None else 0,
        kind="question",
    )


def _mark(option: Option) -> str:
    """Eight letters that stand for the reading: a button of an older question picks nothing else."""
    return hashlib.sha256(repr(sorted(option.answers.items())).encode()).hexdigest()[:8]


def _sure(draft: Draft | None) -> Message:
    return Message(
        (Words("profile-forget-sure"),),
        buttons=(
            (
                Button(Words("choice-profile-forgotten"), "profile-forgotten", style="danger"),
                Button(Words("choice-profile-stays"), "profile-show"),
            ),
        ),
        surface="inline",
        draft_id=draft.id if draft is not None else "",
        revision=draft.revision if draft is not None else 0,
        kind="question",
    )
