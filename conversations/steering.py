"""Finding one's way: begin, back, skip, cancel, restart, help, status, language, and what comes after the request."""

from dataclasses import replace

from conversations.asking import SUMMARY, current_ask, next_ask, nothing_said, previous_ask, role_of
from conversations.beginning import begin, welcome
from conversations.draft import Answer, Draft
from conversations.events import Command, Context, Settled
from conversations.form import Field, Form, Menu
from conversations.found_dealer import came_by_sticker, only_the_sticker, without_sticker
from conversations.leaving_out import skip
from conversations.office import ASK_HELP, for_office
from conversations.on_summary import unclear
from conversations.proceeding import ask_again, pick_field, proceed, whom_to_ask
from conversations.profiles import ROLE, filled, is_filled, without_profile
from conversations.reading import pick
from conversations.replies import Button, Message, Turn
from conversations.several import ask_which, park, same_as_last, waiting
from conversations.words import Words

NEW = ((Button(Words("choice-new"), "new"),),)

LANGUAGE_CODES = ("tr", "en")
"""The languages that a person can choose."""

COMMANDS: dict[str, str] = {
    "start": "start",
    "yeni": "new",
    "new": "new",
    "iptal": "cancel",
    "cancel": "cancel",
    "yardim": "help",
    "help": "help",
    "durum": "status",
    "status": "status",
    "dil": "language",
    "language": "language",
}
"""The slash commands, Turkish first, with their English twins."""


def command(form: Form, draft: Draft | None, event: Command, context: Context) -> Turn:
    """The turn for a slash command; an unknown one is told, and the question asked again."""
    action = COMMANDS.get(event.name)
    if action is None:
        return where(form, draft, context, (Words("command-unknown"),))
    return steer(form, draft, action, context)


def steer(form: Form, draft: Draft | None, action: str, context: Context) -> Turn:
    """The turn for an action that a word, a button or a command asks for."""
    if action == "language":
        return Turn(draft, (_languages(draft),))
    if action.startswith("language-"):
        return speak(form, draft, action.removeprefix("language-"), context)
    if action in ("reminders", "no-reminders"):
        wanted = action == "reminders"
        words = Words("reminders-from-now-on" if wanted else "no-reminders-from-now-on")
        return replace(where(form, draft, context, (words,)), reminders=wanted)
    if action == "thanks":
        return _thanked(form, draft, context)
    if action == "status":
        return _status(form, draft, context)
    if draft is None or draft.status != "open":
        return _without_draft(form, draft, action, context)
    match action:
        case "start":
            return _resume(form, draft, context)
        case "new" if nothing_said(draft):
            return _resume(form, draft, context)
        case "new":
            return ask_which(form, draft, context)
        case "park":
            return park(form, draft, context)
        case "last" if nothing_said(draft):
            return same_as_last(form, draft, context)
        case "back":
            return back(form, draft, context)
        case "skip":
            return skip(form, draft, context)
        case "cancel" | "restart":
            return leave(form, draft, action, context)
        case "help":
            return help_with(form, draft, context)
        case "yes":
            return _left(form, draft, context)
        case "keep":
            return keep(form, draft, context)
        case "summary":
            return _to_summary(form, draft, context)
        case "not-my-dealer" if came_by_sticker(form, draft):
            return proceed(form, without_sticker(form, draft), context)
        case "as-customer" if is_filled(draft):
            return proceed(form, without_profile(form, draft), context)
        case "continue" if draft.leaving is None:
            return _go_on(form, draft, context)
        case "confirm" if next_ask(form, draft, context) is None:
            return proceed(form, draft, context)  # from a correction that was left: what is sent is looked at first
        case "confirm":
            return ask_again(form, draft, context, (Words("not-yet"),))
        case _:
            return ask_again(form, draft, context)


def _thanked(form: Form, draft: Draft | None, context: Context) -> Turn:
    """A word back, and where one stands: whoever says thank you on the summary may take it for sent."""
    if draft is not None and draft.status == "open":
        at_summary = draft.asked == SUMMARY and next_ask(form, draft, context) is None
        if at_summary:
            # Nothing was left out of the request: a "yes" after it confirms as it would have before.
            return replace(unclear(form, draft, context, Words("thanks-not-sent-yet")), draft=draft)
        return ask_again(form, draft, context, (Words("you-are-welcome"),))
    last = (state_of(context.last_request),) if context.last_request is not None else ()
    return where(form, draft, context, (Words("you-are-welcome"), *last))


def speak(form: Form, draft: Draft | None, language: str, context: Context) -> Turn:
    """The language that was chosen, and where one stands, said in it."""
    turn = where(form, draft, context, (Words("language-set"),))
    return Turn(turn.draft, turn.messages, language=language)


def _go_on(form: Form, draft: Draft, context: Context) -> Turn:
    """Past a menu, or an answer that was gone back to; what is still missing is asked again."""
    ask = current_ask(form, draft, context)
    if isinstance(ask, Menu):
        return skip(form, draft, context)
    return (
        proceed(form, draft, context) if ask is None or ask.name in draft.answers else ask_again(form, draft, context)
    )


def _to_summary(form: Form, draft: Draft, context: Context) -> Turn:
    """The summary, past a menu that is all that keeps one from it; otherwise what is still missing."""
    if isinstance(current_ask(form, draft, context), Menu):
        passed = skip(form, draft, context)
        if passed.draft is not None and passed.draft.asked == SUMMARY:
            return passed
    missing = next_ask(form, draft, context) is not None
    return proceed(form, draft, context, (Words("not-yet"),) if missing else ())


def _status(form: Form, draft: Draft | None, context: Context) -> Turn:
    """What became of the last request, if any, and of the open draft that nothing was sent yet."""
    is_open = draft is not None and draft.status == "open"
    lead = [state_of(context.last_request)] if context.last_request is not None else []
    if is_open:
        lead.append(Words("status-open"))
    return where(form, draft, context, tuple(lead or [Words("status-none")]))


def back(form: Form, draft: Draft, context: Context) -> Turn:
    """The question before; from the summary's own questions back to the summary, unless an answer is still missing."""
    if draft.pending is not None:
        return ask_again(form, draft.changed(pending=None), context)
    if draft.from_summary:
        ask = current_ask(form, draft, context)
        followed = ask.follows if isinstance(ask, Field) and ask.name not in draft.answers else None
        if followed is not None:
            return pick_field(form, draft, followed, context, from_summary=True)
        return proceed(form, draft, context)
    before = previous_ask(form, draft, context)
    if before is None:
        return ask_again(form, draft, context, (Words("first-question"),))
    if isinstance(before, Menu):
        names = frozenset(field.name for field in before.fields)
        draft = draft.changed(skipped=draft.skipped - names)
    return pick_field(form, draft, before.name, context)


def keep(form: Form, draft: Draft, context: Context) -> Turn:
    """Leaves the answer as it is and goes on to what is missing, or to the summary."""
    if draft.pending is not None and draft.pending.standing:
        return pick(form, draft, draft.pending.options[0], context)
    ask = current_ask(form, draft, context)
    if ask is not None and ask.name not in draft.answers and not draft.from_summary:
        return ask_again(form, draft, context, (Words("nothing-to-keep"),))
    return proceed(form, draft, context)


def leave(form: Form, draft: Draft, action: str, context: Context) -> Turn:
    """Asks before answers are thrown away; where there are none, it is done at once."""
    leaving = "cancel" if action == "cancel" else "restart"
    said = draft.answers.keys() - draft.given
    if not any(field.sent and field.name in said for field in form.fields(role_of(draft))):
        return _left(form, draft.changed(leaving=leaving), context)
    draft = draft.changed(leaving=leaving)
    message = Message(
        (Words(f"sure-{leaving}"),),
        buttons=(
            (
                Button(Words(f"choice-yes-{leaving}"), "yes", style="danger"),
                Button(Words("choice-continue"), "continue"),
            ),
        ),
        surface="inline",
        draft_id=draft.id,
        revision=draft.revision,
        kind="question",
    )
    return Turn(draft, (message,))


def _left(form: Form, draft: Draft, context: Context) -> Turn:
    if draft.leaving == "restart":
        fresh = Draft(id=draft.id, form=form.name, revision=draft.revision)
        if context.profile is not None:
            fresh = filled(form, fresh, context.profile)
        fresh = only_the_sticker(form, draft, fresh)
        return proceed(form, fresh, context, (Words("restarted"),))
    if draft.leaving == "cancel":
        # Who left, and at which question, is all that stays: the reports count it.
        fresh = Draft(id=draft.id, form=draft.form, status="cancelled", asked=draft.asked, course=draft.course)
        role = {ROLE: Answer(value=draft.answers[ROLE].value)} if ROLE in draft.answers else {}
        gone = fresh.model_copy(update={"revision": draft.revision + 1, "answers": role})
        message = Message((Words("cancelled"), *waiting(context)), buttons=NEW, surface="inline", draft_id=gone.id)
        return Turn(gone, (message,))
    return ask_again(form, draft, context)


def _resume(form: Form, draft: Draft, context: Context) -> Turn:
    """An open draft is not thrown away by /start: the question at hand is shown, and the way to begin anew."""
    ask = current_ask(form, draft, context)
    if nothing_said(draft) or ask is None:
        lead = welcome(form, draft, context) if ask is not None else (Words("resume-summary"),)
        return ask_again(form, draft, context, lead)
    return ask_again(form, draft, context, (Words("resume"),))


def help_with(form: Form, draft: Draft, context: Context) -> Turn:
    """How to go on, whom to ask, and the question again."""
    turn = ask_again(form, draft, context, (Words("help"), *whom_to_ask(context)))
    if not context.help.available:
        return turn
    # Whoever has read this, and needs more, is a tap away from a person.
    rows = tuple(tuple(ASK_HELP[0] if b.action == "help" else b for b in row) for row in turn.messages[0].buttons)
    return replace(turn, messages=(replace(turn.messages[0], buttons=rows), *turn.messages[1:]))


def where(form: Form, draft: Draft | None, context: Context, lead: tuple[Words, ...] = ()) -> Turn:
    """Where one stands: the question at hand, or what became of the last request."""
    if draft is not None and draft.status == "open":
        return ask_again(form, draft, context, lead)
    if not lead and context.last_request is not None:
        lead = (state_of(context.last_request),)
    return Turn(draft, (Message((*lead, *waiting(context), Words("nothing-open")), buttons=NEW, surface="inline"),))


def _without_draft(form: Form, draft: Draft | None, action: str, context: Context) -> Turn:
    """Steering when no draft is open: begin one, or say why there is nothing to change."""
    last = context.last_request
    if action in ("start", "new", "restart"):
        return begin(form, context)
    if action == "last":
        return same_as_last(form, None, context)
    if action == "help":
        lead = [Words("help-idle"), *whom_to_ask(context)]
        return Turn(draft, (Message(tuple(lead), buttons=with_help(context), surface="inline"),))
    if last is not None and action in ("cancel", "edit"):
        return _wants_a_change(form, draft, action, last, context)
    if last is not None and action == "confirm":
        lead = [Words("already-sent", {"code": last.code}), state_of(last)]
        return Turn(draft, (Message(tuple(lead), buttons=NEW, surface="inline"),))
    if last is not None and action == "back":
        lead = [_unchangeable(last), state_of(last), *whom_to_ask(context)]
        return Turn(draft, (Message(tuple(lead), buttons=with_help(context), surface="inline"),))
    return where(form, draft, context)


def with_help(context: Context) -> tuple[tuple[Button, ...], ...]:
    """The buttons under what can't be changed here: the way to a person, if there is one, and to a new request."""
    return (ASK_HELP, *NEW) if context.help.available else NEW


def _wants_a_change(form: Form, draft: Draft | None, action: str, last: Settled, context: Context) -> Turn:
    """What was sent can't be changed here: that is said, with whom to ask, and the office is told, once."""
    lead = [_unchangeable(last), state_of(last)]
    office = None
    if context.help.available and draft is not None and draft.code == last.code:
        lead.append(Words("office-told-before" if action in draft.told else "office-told"))
        if action not in draft.told:
            wants = Words("operators-wants-cancel" if action == "cancel" else "operators-wants-change")
            office = for_office(form, draft, context, wants)
            draft = draft.model_copy(update={"told": draft.told | {action}})
    message = Message((*lead, *whom_to_ask(context)), buttons=with_help(context), surface="inline")
    return Turn(draft, (message,), office=office)


def _unchangeable(last: Settled) -> Words:
    """A request that was sent stays as it is; with a call number there is somebody to ask."""
    return Words("call-unchangeable") if last.state == "created" else Words("sent-unchangeable")


def state_of(last: Settled) -> Words:
    """One sentence on what became of a request."""
    return Words(f"state-{last.state}", {"code": last.code, "call": last.call_number})


def _languages(draft: Draft | None) -> Message:
    return Message(
        (Words("language-which"),),
        buttons=(tuple(Button(Words(f"choice-language-{code}"), "language", code) for code in LANGUAGE_CODES),),
        surface="inline",
        draft_id=draft.id if draft is not None else "",
        revision=draft.revision if draft is not None else 0,
        kind="question",
    )
