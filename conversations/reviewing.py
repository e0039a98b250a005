"""The summary's life: taps on it, corrections, the confirmation, and what Licrus made of it."""

from dataclasses import replace

from conversations.answering import answer_text
from conversations.answers.listed import FromList
from conversations.asking import SUMMARY, asked_last, current_ask, next_ask, step_of
from conversations.beginning import begin
from conversations.draft import Draft
from conversations.events import Context, Settled, Tap, Text
from conversations.form import Field, Form
from conversations.helping import ask_help, not_after_all, solved
from conversations.labels import MOST_SHOWN
from conversations.leaving_out import skip
from conversations.letters import one_line
from conversations.proceeding import ask_again, pick_field, proceed
from conversations.reading import open_list, pick
from conversations.replies import Button, Message, Submit, Turn
from conversations.several import instead, resume, same_customer, tap_on_parked, waiting
from conversations.steering import LANGUAGE_CODES, NEW, speak, steer, where
from conversations.summary import body_of, edit_menu, seal, summary
from conversations.whose import WHOSE
from conversations.words import Words

LEADING = frozenset(
    (
        *("back", "keep", "summary", "help", "restart", "cancel", "yes", "continue", "new"),
        *("as-customer", "not-my-dealer", "park"),
    )
)
"""The actions of buttons that only lead somewhere else."""


def tap(form: Form, draft: Draft | None, event: Tap, context: Context) -> Turn:
    """The turn for an inline button: it counts only on the newest message of the draft it belongs to."""
    if event.action == "language" and event.argument in LANGUAGE_CODES:
        return speak(form, draft, event.argument, context)
    match event.action:
        case "ask-help":
            return ask_help(form, draft, context)
        case "reply-office":
            return ask_help(form, draft, context, replies=True)
        case "help-not":
            return not_after_all(form, draft, context)
        case "help-solved":
            return solved(form, draft, context)
    if event.action == "no-reminders":
        return steer(form, draft, event.action, context)
    if event.action == "to-request":
        return where(form, draft, context)
    mine = draft is not None and draft.id == event.draft_id
    if event.action == "same" and draft is not None and mine:
        return same_customer(form, draft, context)
    if draft is None or draft.status != "open":
        return _tap_without_draft(form, draft, event, context)
    if event.action == "resume" and mine and (draft.parked or context.at is not None):
        return resume(form, draft, context)
    if draft.parked:
        taken = tap_on_parked(form, draft, event, context)
        return taken if isinstance(taken, Turn) else led(_act(form, taken, event, context), instead(context))
    if event.action == "resume":
        return steer(form, draft, "start", context)
    if event.draft_id != draft.id or event.revision != draft.revision:
        if event.action == "new":
            return steer(form, draft, "new", context)
        return _stale(form, draft, context)
    return _act(form, draft, event, context)


def _tap_without_draft(form: Form, draft: Draft | None, event: Tap, context: Context) -> Turn:
    if event.action == "new":
        return begin(form, context)
    if event.action == "confirm" and draft is not None and draft.id == event.draft_id and draft.status == "submitted":
        return Turn(draft, (), toast=Words("already-sent", {"code": draft.code or ""}))
    return where(form, draft, context, (Words("old-button"),))


def _stale(form: Form, draft: Draft, context: Context) -> Turn:
    """A button of an older message confirms and changes nothing; what is current is shown."""
    if next_ask(form, draft, context) is None and (draft.pending is None or draft.pending.field != WHOSE):
        return proceed(form, draft, context, (Words("old-summary"),))
    return ask_again(form, draft, context, (Words("old-button"),))


def _act(form: Form, draft: Draft, event: Tap, context: Context) -> Turn:
    complete = next_ask(form, draft, context) is None
    match event.action:
        case "confirm" if complete and draft.asked == SUMMARY and event.argument == seal(form, draft):
            return confirm(form, draft, context, event.message_id)
        case "edit" | "section" if complete:
            section = event.argument if event.action == "section" else ""
            return choose_correction(form, draft, event.message_id, section)
        case "field" if complete and step_of(form, draft, event.argument) is not None:
            return pick_field(form, draft, event.argument, context, from_summary=True)
        case "option" if draft.pending is not None and event.argument.isdecimal():
            position = int(event.argument[:3])
            if position < len(draft.pending.options):
                return pick(form, draft, draft.pending.options[position], context)
            return _stale(form, draft, context)
        case "list" if isinstance(ask := asked_last(form, draft), Field):
            return open_list(form, draft, ask, event.argument, context)
        case "listed" if isinstance(ask := asked_last(form, draft), Field) and isinstance(ask.kind, FromList):
            name = ask.kind.named(event.argument)
            if name is None:
                return _stale(form, draft, context)
            return answer_text(form, draft, Text(name, event.message_id), context)
        case "answer" if current_ask(form, draft, context) is not None:
            return answer_text(form, draft, Text(event.argument, event.message_id), context)
        case "skip":
            return skip(form, draft, context)
        case action if action in LEADING:
            return steer(form, draft, event.action, context)
        case _:
            return _stale(form, draft, context)


def led(turn: Turn, lead: tuple[Words, ...]) -> Turn:
    """The turn with these words before all others."""
    if not lead or not turn.messages:
        return turn
    first = turn.messages[0]
    return replace(turn, messages=(replace(first, paragraphs=(*lead, *first.paragraphs)), *turn.messages[1:]))


def shown_again(form: Form, draft: Draft, context: Context) -> Message | None:
    """The summary once more, for whose taps on it may have been lost; None if the draft is not at its summary.

    The draft stays as it is, its revision too: a tap on either of the two confirms, and the first counts.
    """
    if draft.status != "open" or draft.asked != SUMMARY or next_ask(form, draft, context) is not None:
        return None
    return summary(form, draft, context, lead=(Words("after-outage"),))


def choose_correction(form: Form, draft: Draft, message_id: int | None, section: str = "") -> Turn:
    """What can be corrected. The revision stays: nothing changed yet, and the list's buttons are this summary's."""
    return Turn(draft.model_copy(update={"asked": None}), (edit_menu(form, draft, message_id, section),))


def confirm(form: Form, draft: Draft, context: Context, message_id: int | None) -> Turn:
    """Freezes the body and hands it over: the draft is submitted, under a code that the person can quote."""
    body = body_of(form, draft)
    done = draft.changed(status="submitted", code=context.fresh_code)
    submit = Submit(draft.id, draft.revision, context.fresh_code, body)
    message = Message(
        (Words("sending", {"code": context.fresh_code}),), edits=message_id, must_arrive=True, kind="result"
    )
    return Turn(done, (message,), submit=submit)


def confirm_typed(form: Form, draft: Draft, context: Context) -> Turn:
    """The turn for a typed "evet" or "onayla": after a message that was not taken, whether without it.

    Whoever then says it again, on the summary that is shown with the question, confirms that.
    """
    if not draft.misses:
        return confirm(form, draft, context, None)
    text = one_line(draft.tried[-1].text)[:MOST_SHOWN] if draft.tried else ""
    return proceed(
        form, draft, context, (Words("confirm-without", {"text": text}) if text else Words("confirm-as-is"),)
    )


def settled(form: Form, draft: Draft | None, event: Settled, context: Context) -> Turn:
    """What became of the request, told to the person; a refused one is open again for correction."""
    match event.state:
        case "created":
            return Turn(draft, (_created(form, draft, event, context),))
        case "refused" if draft is not None:
            again = draft.changed(status="open", code=None, asked=None, from_summary=False, pending=None, leaving=None)
            return Turn(again, (_refused(again, event),))
        case _:
            return Turn(
                draft,
                (Message((Words(f"result-{event.state}", {"code": event.code}),), must_arrive=True, kind="result"),),
            )


def _created(form: Form, draft: Draft | None, event: Settled, context: Context) -> Message:
    paragraphs = [Words("result-created"), Words("call-number", {"call": event.call_number})]
    if draft is not None and (name := draft.answers.get("CustomerFullName")) is not None:
        paragraphs.append(Words("call-customer", {"name": str(name.value)}))
    paragraphs += waiting(context)
    if context.next_steps:
        paragraphs.append(Words("next-steps", {"text": context.next_steps}))
    return Message(
        tuple(paragraphs),
        buttons=((Button(Words("choice-copy-number"), copies=event.call_number),), *NEW),
        surface="inline",
        must_arrive=True,
        draft_id=draft.id if draft is not None else "",
        kind="result",
    )


def _refused(draft: Draft, event: Settled) -> Message:
    return Message(
        (Words("result-refused"), Words("refused-reason", {"reason": event.reason[:500]}), Words("refused-next")),
        buttons=(
            (Button(Words("choice-edit"), "edit"), Button(Words("choice-cancel-request"), "cancel", style="danger")),
        ),
        surface="inline",
        must_arrive=True,
        draft_id=draft.id,
        revision=draft.revision,
        kind="result",
    )
