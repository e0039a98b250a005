"""An edited message corrects the answer it once gave."""

from conversations.answering import answer_text, ask_again, proceed
from conversations.answers.outcome import Accepted, Ambiguous, Refused
from conversations.asking import label_of, line
from conversations.draft import Draft
from conversations.events import Context, Edit, Text
from conversations.form import Form
from conversations.replies import Turn
from conversations.taking import put
from conversations.words import Words


def correct(form: Form, draft: Draft, event: Edit, context: Context) -> Turn:
    """An edited message corrects the answer it once gave; one that gave none answers the question at hand."""
    names = [name for name, answer in draft.answers.items() if answer.message_id == event.message_id]
    if not names:
        if draft.misses or draft.pending is not None:
            return answer_text(form, draft.changed(pending=None), Text(event.text, event.message_id), context)
        return ask_again(form, draft, context, (Words("edit-of-nothing"),))
    field = form.field(names[0])
    old, label = line(form, draft, field.name).args["value"], label_of(form, draft, field.name)
    match field.kind.understand(event.text, draft.known()):
        case Accepted(value=value, also=also):
            draft = put(form, draft, {field.name: value, **also}, event.text, event.message_id)
            new = line(form, draft, field.name).args["value"]
            lead = (Words("edited", {"label": label, "old": old, "new": new}),)
            return proceed(form, draft, context, lead)
        case Ambiguous(question=reason) | Refused(reason=reason):
            kept = Words("edit-not-taken", {"label": label, "old": old})
            return ask_again(form, draft, context, (reason, kept))
