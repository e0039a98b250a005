"""More than one request: one is put aside for another and taken up again; the last calls, and one more like them."""

from dataclasses import replace

from conversations.asking import current_ask, heading, nothing_said, role_of
from conversations.beginning import begin
from conversations.draft import Draft
from conversations.events import Call, Command, Context, Edit, Event, Listed, Tap, Text
from conversations.form import Form
from conversations.letters import one_line
from conversations.proceeding import ask_again, proceed
from conversations.profiles import ROLE, filled
from conversations.replies import Button, Lookup, Message, Turn
from conversations.typed import steering
from conversations.words import Words

MOST_PARKED = 20
LONGEST_NAME = 40
CUSTOMER = "customer"
"""The section of the form that stays the same for another device of the same customer."""

DRAFTS, CALLS = Lookup("drafts"), Lookup("calls")
LISTS = {"taslaklar": DRAFTS, "drafts": DRAFTS, "cagrilarim": CALLS, "calls": CALLS}
"""The commands that show a list, with what it is made of."""


def list_needed(draft: Draft | None, event: Event, context: Context) -> Lookup | None:
    """What has to be looked up of an event: the list that it asks for, or the draft that it goes on from."""
    match event:
        case Command(name=name) if name in LISTS:
            return LISTS[name]
        case Edit() if context.parked:
            return DRAFTS
        case Text(text=text, choice=choice) if context.last_draft and steering(text, choice) == "last":
            return _last(context)
        case _:
            return None


def show_list(form: Form, draft: Draft | None, lookup: Lookup, context: Context) -> Turn:
    """The open drafts, or the last calls, each with a button to go on from it."""
    found = context.found[lookup]
    entries = found if isinstance(found, tuple) else ()
    drafts = [entry for entry in entries if isinstance(entry, Listed)]
    calls = [entry for entry in entries if isinstance(entry, Call)]
    if lookup == DRAFTS:
        return Turn(draft, (_drafts(form, draft, drafts, context),))
    return Turn(draft, (_calls(calls),))


def ask_which(form: Form, draft: Draft, context: Context) -> Turn:
    """A new request is asked for while one is open: put that aside, go on with it, or give it up?"""
    full = context.parked >= MOST_PARKED
    draft = draft.changed(leaving=None)
    park_button = () if full else ((Button(Words("choice-park"), "park"),),)
    message = Message(
        (
            Words("which-request", {"name": name_of(draft), "question": _question(form, draft, context)}),
            *((no_more(),) if full else ()),
        ),
        buttons=(
            *park_button,
            (Button(Words("choice-go-on"), "to-request"),),
            (Button(Words("choice-discard"), "restart", style="danger"),),
        ),
        surface="inline",
        draft_id=draft.id,
        revision=draft.revision,
        kind="question",
    )
    return Turn(draft, (message,))


def park(form: Form, draft: Draft, context: Context) -> Turn:
    """Puts the open draft aside and begins another one; not when too many wait already."""
    if context.parked >= MOST_PARKED:
        return ask_again(form, draft, context, (no_more(),))
    return replace(begin(form, context, (Words("parked", {"name": name_of(draft)}),)), parks=True)


def resume(form: Form, draft: Draft, context: Context) -> Turn:
    """Goes on with this draft; the one that the chat was at is put aside for it."""
    lead = (*instead(context), Words("resumed", {"name": name_of(draft)}))
    return ask_again(form, draft.changed(parked=False), context, lead)


def tap_on_parked(form: Form, draft: Draft, event: Tap, context: Context) -> Turn | Draft:
    """The turn for a button of a draft that was put aside; or the draft, taken up, whose newest button it is.

    An older button does nothing to any draft: not to this one, and least of all to the one at hand.
    """
    if event.action == "resume":
        return resume(form, draft, context)
    if event.revision == draft.revision:
        return draft.model_copy(update={"parked": False})
    message = Message(
        (Words("parked-button", {"name": name_of(draft)}),),
        buttons=((Button(Words("choice-return"), "resume"),),),
        surface="inline",
        draft_id=draft.id,
        revision=draft.revision,
        kind="notice",
    )
    return Turn(draft, (message,))


def same_customer(form: Form, old: Draft, context: Context) -> Turn:
    """A new request for another device of the old one's customer; the draft at hand is put aside for it."""
    if context.at is not None and not nothing_said(context.at) and context.parked >= MOST_PARKED:
        return ask_again(form, context.at, context, (no_more(),))
    fresh = Draft(id=context.fresh_draft_id, form=form.name)
    return _like(form, fresh, old, context, instead(context))


def same_as_last(form: Form, draft: Draft | None, context: Context) -> Turn:
    """The same, from the last request; a draft that was begun and holds nothing yet becomes it."""
    fresh = draft or Draft(id=context.fresh_draft_id, form=form.name)
    old = context.found.get(_last(context))
    if not isinstance(old, Draft):
        return proceed(form, fresh, context, (Words("same-gone"),))
    return _like(form, fresh, old, context, ())


def waiting(context: Context) -> tuple[Words, ...]:
    """A line on the drafts that were put aside, where there are any."""
    return (Words("drafts-wait", {"n": context.parked}),) if context.parked else ()


def name_of(draft: Draft) -> str | Words:
    """The customer's name, by which people tell their drafts apart."""
    answer = draft.answers.get("CustomerFullName")
    return Words("no-name-yet") if answer is None else one_line(str(answer.value))[:LONGEST_NAME]


def _last(context: Context) -> Lookup:
    return Lookup("draft", (context.last_draft,))


def no_more() -> Words:
    return Words("parked-full", {"n": MOST_PARKED})


def instead(context: Context) -> tuple[Words, ...]:
    """That the draft at hand is put aside for another one; one that holds nothing is not missed."""
    if context.at is None or nothing_said(context.at):
        return ()
    return (Words("parked", {"name": name_of(context.at)}),)


def _like(form: Form, fresh: Draft, old: Draft, context: Context, lead: tuple[Words, ...]) -> Turn:
    kept = {
        field.name
        for section in form.sections
        for step in section.steps
        for field in step.fields
        if section.name == CUSTOMER
    }
    dealer = role_of(old) == "dealer"
    if not dealer or context.profile is None:
        kept |= {ROLE, *(field.name for field in form.profile("dealer"))}
    answers = {
        name: answer.model_copy(update={"message_id": None, "parts": (), "earlier": ()})
        for name, answer in old.answers.items()
        if name in kept
    }
    skipped = old.skipped & kept
    draft = fresh.changed(answers=answers, skipped=skipped, given=skipped.union(answers))
    if dealer and context.profile is not None:
        draft = filled(form, draft, context.profile)
    return proceed(form, draft, context, (*lead, Words("same-customer", {"name": name_of(draft)})))


def _question(form: Form, draft: Draft, context: Context) -> Words:
    ask = current_ask(form, draft, context)
    return Words("confirmation-next") if ask is None else heading(form, draft, ask)


def _drafts(form: Form, at: Draft | None, drafts: list[Listed], context: Context) -> Message:
    lines, rows = [], []
    for place, entry in enumerate(drafts, 1):
        name, here = name_of(entry.draft), at is not None and entry.draft.id == at.id
        facts = {"place": str(place), "name": name, "question": _question(form, entry.draft, context)}
        age = Words("draft-at-hand") if here else Words("draft-age", {"days": entry.days})
        lines.append(Words("draft-line", {**facts, "age": age}))
        label = Words("choice-draft", {"place": str(place), "name": name})
        rows.append((Button(label, "resume", draft_id=entry.draft.id),))
    paragraphs = (Words("drafts-title"), *lines) if lines else (Words("drafts-none"),)
    new = ((Button(Words("choice-new"), "new"),),)
    return Message(paragraphs, buttons=(*rows, *new), surface="inline")


def _calls(calls: list[Call]) -> Message:
    lines, rows = [], []
    newer: set[str] = set()
    shown = list[Call]()
    for call in calls:
        # One that was refused is told by its corrected twin, of the same draft.
        if call.settled.state != "refused" or call.settled.draft_id not in newer:
            shown.append(call)
        newer.update(filter(None, (call.settled.draft_id,)))
    for place, call in enumerate(shown, 1):
        settled = call.settled
        state = Words(f"call-{settled.state}", {"call": settled.call_number, "code": settled.code})
        name = one_line(call.customer)[:LONGEST_NAME] or Words("no-name-yet")
        lines.append(Words("call-line", {"place": str(place), "name": name, "date": call.date, "state": state}))
        if settled.draft_id:
            label = Words("choice-same-customer", {"place": str(place), "name": name})
            rows.append((Button(label, "same", draft_id=settled.draft_id),))
    paragraphs = (Words("calls-title"), *lines) if lines else (Words("calls-none"),)
    new = ((Button(Words("choice-new"), "new"),),)
    return Message(paragraphs, buttons=(*rows, *new), surface="inline")
