"""The one reminder of a draft that was left open: what stands there, and the ways on."""

from conversations.asking import current_ask, heading, next_ask, role_of
from conversations.draft import Draft
from conversations.events import Context
from conversations.form import Form
from conversations.replies import Button, Message
from conversations.words import Words


def reminder(form: Form, draft: Draft, context: Context) -> Message | None:
    """The reminder of an open draft; None for one in which nothing was answered yet."""
    said = draft.answers.keys() - draft.given
    answered = any(field.sent and field.name in said for field in form.fields(role_of(draft)))
    if draft.status != "open" or not answered:
        return None
    ask = current_ask(form, draft, context)
    if ask is None or next_ask(form, draft, context) is None:
        words: tuple[Words, ...] = (Words("reminder-summary"),)
    else:
        words = (Words("reminder"), Words("reminder-question", {"question": heading(form, draft, ask)}))
    return Message(
        words,
        buttons=(
            (Button(Words("choice-continue"), "resume"), Button(Words("choice-cancel-request"), "cancel")),
            (Button(Words("choice-no-reminders"), "no-reminders"),),
        ),
        surface="inline",
        draft_id=draft.id,
        revision=draft.revision,
        kind="reminder",
    )
