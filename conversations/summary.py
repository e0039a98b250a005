"""The summary: everything that will be sent, under its label, and what can be done with it."""

import hashlib
import json

from conversations.asking import label_of, shown, values_of
from conversations.draft import Draft
from conversations.events import Context
from conversations.form import Field, Form, Step
from conversations.replies import Button, Message
from conversations.words import Words

PER_ROW = 2
"""Buttons side by side in the list of what can be corrected."""


def body_of(form: Form, draft: Draft) -> dict[str, str | int]:
    """What goes to Licrus: each field by its name as its kind sends it, "" for what was left out."""
    body: dict[str, str | int] = {}
    known = draft.known()
    for field in form.every_field:
        if field.sent:
            answer = draft.answers.get(field.name)
            body[field.name] = "" if answer is None else field.kind.sent(answer.value, known)
    return body


def seal(form: Form, draft: Draft) -> str:
    """Eight letters that stand for the body. They are in the confirming button: it confirms only what was shown.

    A revision alone is not enough: in a database that was put back it counts from an earlier number again.
    """
    body = body_of(form, draft)
    # What is masked goes in as it was shown: eight letters would let a telephone number be found by trying.
    seen = {name: shown(form, draft, name) for name, answer in draft.answers.items() if answer.masked and name in body}
    return hashlib.sha256(json.dumps({**body, **seen}, sort_keys=True).encode()).hexdigest()[:8]


def items(form: Form, draft: Draft, section: str) -> list[tuple[str, tuple[Field, ...]]]:
    """The lines of one section: a name with the fields it shows; joined steps are one line."""
    lines: list[tuple[str, tuple[Field, ...]]] = []
    role = draft.answers.get("Role")
    for part in form.sections:
        for step in part.steps if part.name == section else ():
            if step.ask is not None and (role is None or step.ask != role.value):
                continue
            if isinstance(step, Step) and step.joined:
                lines.append((step.name, step.fields))
            else:
                lines += [(field.name, (field,)) for field in step.fields]
    return lines


def summary(form: Form, draft: Draft, context: Context, *, lead: tuple[Words, ...] = ()) -> Message:
    """The whole request as it will be sent, not yet sent, with [confirm] [correct] [give up]."""
    paragraphs = [*lead, Words("summary-title")]
    for section in form.summary:
        paragraphs.append(Words(f"section-{section}"))
        for name, fields in items(form, draft, section):
            value: str | Words = values_of(form, draft, fields) or Words("not-given")
            paragraphs.append(Words("line", {"label": label_of(form, draft, name), "value": value}))
    return Message(
        tuple(paragraphs),
        buttons=(
            (Button(Words("choice-confirm"), "confirm", seal(form, draft), style="success"),),
            (Button(Words("choice-edit"), "edit"), Button(Words("choice-cancel-request"), "cancel", style="danger")),
        ),
        surface="inline",
        must_arrive=True,
        draft_id=draft.id,
        revision=draft.revision,
        kind="summary",
    )


def edit_menu(form: Form, draft: Draft, message_id: int | None, section: str = "") -> Message:
    """What can be corrected: the first sections' fields at once, the last section behind a button of its own."""
    last = form.summary[-1]
    sections = (last,) if section == last else form.summary[:-1]
    buttons = [
        Button(label_of(form, draft, name), "field", name) for part in sections for name, _ in items(form, draft, part)
    ]
    rows = [tuple(buttons[i : i + PER_ROW]) for i in range(0, len(buttons), PER_ROW)]
    more = () if section == last else (Button(Words(f"choice-section-{last}"), "section", last),)
    return Message(
        (Words("edit-which"),),
        buttons=(*rows, (*more, Button(Words("choice-to-summary"), "summary"))),
        surface="inline",
        edits=message_id,
        draft_id=draft.id,
        revision=draft.revision,
        kind="question",
    )
