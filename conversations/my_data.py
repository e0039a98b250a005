"""/verilerim and /sil: what is kept of a person, shown to them whole, and erased when they say so twice."""

from conversations.asking import label_of, values_of
from conversations.draft import Draft, Profile
from conversations.events import Command, Context, Event, Stored, Tap, Text
from conversations.form import Field, Form
from conversations.replies import Button, Lookup, Message, Turn
from conversations.steering import where
from conversations.summary import items
from conversations.typed import steering
from conversations.words import Words

STORED = Lookup("stored")
SHOW, ERASE, KEEP = "my-data", "erase", "keep-data"
"""What is wanted, as words that steer name it too: a typed yes shows once more what would go, and erases nothing."""
COMMANDS = {"verilerim": SHOW, "mydata": SHOW, "sil": ERASE, "erase": ERASE}
"""The slash commands, Turkish first, with their English twins."""
TAPS = "privacy-"
"""How the actions of these buttons begin: they belong to no draft."""
ASK, YES, NO = f"{TAPS}ask", f"{TAPS}yes", f"{TAPS}no"


def stored_needed(event: Event) -> Lookup | None:
    """What is kept of the person has to be looked up for everything that is said here."""
    return STORED if _wanted(event) in (SHOW, ERASE, YES) else None


def answer(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn | None:
    """The turn for one of the commands, words or buttons; None for anything else."""
    wanted, stored = _wanted(event), context.found.get(STORED)
    if wanted == KEEP:
        return where(form, draft, context, (Words("erase-kept"),))
    if not isinstance(stored, Stored) or wanted is None:
        return None
    if wanted == SHOW:
        return Turn(draft, _all_of(form, draft, stored))
    if wanted == ERASE:
        return _ask(form, draft, stored, context)
    if isinstance(event, Tap) and event.argument == stored.seal:
        return _erased(stored)
    # Only what was shown is erased: something came or went since.
    return _ask(form, draft, stored, context, (Words("erase-changed"),))


def _wanted(event: Event) -> str | None:
    match event:
        case Command(name=name):
            return COMMANDS.get(name)
        case Tap(action=action):
            return {ASK: ERASE, YES: YES, NO: KEEP}.get(action)
        case Text(text=text, choice=choice):
            said = steering(text, choice)
            return said if said in (SHOW, ERASE, KEEP) else None
        case _:
            return None


def _ask(form: Form, draft: Draft | None, stored: Stored, context: Context, lead: tuple[Words, ...] = ()) -> Turn:
    """What goes, what stays and why; nothing is erased before the red button."""
    if stored.is_empty:
        return where(form, draft, context, (Words("erase-nothing"),))
    goes = [
        *([Words("erase-drafts", {"n": stored.drafts_count})] if stored.drafts_count else []),
        *([Words("erase-requests", {"n": stored.requests_count})] if stored.requests_count else []),
        *([Words("mydata-closed", {"n": stored.closed_drafts})] if stored.closed_drafts else []),
        *([Words("erase-profile")] if stored.profile is not None else []),
        *([Words("erase-help", {"n": stored.help})] if stored.help else []),
        Words("erase-choices"),
    ]
    stays = [
        *([Words("erase-stays-waiting", {"codes": ", ".join(stored.waiting)})] if stored.waiting else []),
        *([Words("erase-stays-numbers")] if stored.requests_count else []),
        *([Words("erase-stays-call")] if stored.requests_count else []),
        *(
            [Words("erase-whom-to-ask", {"contact": context.contact})]
            if stored.requests_count and context.contact
            else []
        ),
        Words("erase-stays-proof"),
    ]
    buttons = (
        (Button(Words("choice-erase-yes"), YES, stored.seal, style="danger"),),
        (Button(Words("choice-erase-no"), NO),),
    )
    paragraphs = (*lead, Words("erase-title"), Words("erase-goes"), *goes, Words("erase-stays"), *stays)
    return Turn(draft, (Message(paragraphs, buttons, surface="inline", must_arrive=True),))


def _erased(stored: Stored) -> Turn:
    waiting = (Words("erase-done-waiting", {"codes": ", ".join(stored.waiting)}),) if stored.waiting else ()
    done = Message((Words("erase-done"), *waiting), must_arrive=True, kind="result")
    return Turn(None, (done,), erases=True)


def _all_of(form: Form, draft: Draft | None, stored: Stored) -> tuple[Message, ...]:
    """What is kept, for people to read; the same, and all of it, as a file."""
    paragraphs = [Words("mydata-title"), Words("mydata-person", {"user": str(stored.user_id)})]
    paragraphs += [Words("mydata-notice", {"version": version, "date": date}) for version, date in stored.notices]
    if stored.profile is not None:
        paragraphs += [Words("profile-title"), *_profile(form, stored.profile)]
    if stored.drafts_count:
        paragraphs.append(Words("mydata-drafts", {"n": stored.drafts_count}))
        for place, each in enumerate(stored.drafts, 1):
            paragraphs += [Words("mydata-draft", {"place": str(place)}), *_draft(form, each)]
    if stored.requests_count:
        paragraphs.append(Words("mydata-requests", {"n": stored.requests_count}))
        for sent in stored.requests:
            state = Words(f"call-{sent.settled.state}", {"call": sent.settled.call_number, "code": sent.settled.code})
            paragraphs.append(Words("mydata-request", {"date": sent.date, "state": state}))
            paragraphs += [
                Words("line", {"label": _label(name), "value": value}) for name, value in sent.fields if value
            ]
    shown = len(stored.drafts) + len(stored.requests)
    if (more := stored.drafts_count + stored.requests_count - shown) > 0:
        paragraphs.append(Words("mydata-more", {"n": more}))
    if stored.closed_drafts:
        paragraphs.append(Words("mydata-closed", {"n": stored.closed_drafts}))
    if stored.help:
        paragraphs.append(Words("mydata-help", {"n": stored.help}))
    if stored.is_empty:
        paragraphs.append(Words("mydata-nothing"))
    button = ((Button(Words("choice-erase"), ASK, style="danger"),),) if not stored.is_empty else ()
    page = Message(tuple(paragraphs), button, surface="inline" if button else "kept", must_arrive=True, kept=False)
    file = Message((Words("mydata-file"),), surface="kept", must_arrive=True, document="my-data")
    return page, file


def _profile(form: Form, profile: Profile) -> list[Words]:
    fields = [field for field in form.profile("dealer") if field.name in profile.values]
    return [
        Words("line", {"label": _label(field.name), "value": field.kind.show(profile.values[field.name])})
        for field in fields
    ]


def _draft(form: Form, draft: Draft) -> list[Words]:
    """The answers of a draft as its summary shows them, but for what was not given."""
    lines: list[tuple[str, tuple[Field, ...]]] = [
        line for section in form.summary for line in items(form, draft, section)
    ]
    said = [(name, values_of(form, draft, fields)) for name, fields in lines]
    return [Words("line", {"label": label_of(form, draft, name), "value": value}) for name, value in said if value]


def _label(name: str) -> Words:
    return Words(f"{name}.label", {"role": "customer"})
