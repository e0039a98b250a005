"""Serial numbers that were submitted before: told before the summary, and asked whether they are meant again."""

from collections.abc import Mapping

from conversations.answers.serials import SerialNumbers
from conversations.asking import SUMMARY, line, role_of
from conversations.draft import Draft, Option, Pending
from conversations.events import Context, Seen
from conversations.form import Field, Form
from conversations.replies import Lookup
from conversations.taking import put
from conversations.words import Words

MOST_LINES = 10
"""Serial numbers that are told one by one; the rest is counted."""


def lookup_needed(form: Form, before: Draft | None, after: Draft | None) -> Lookup | None:
    """What has to be looked up for this turn: the serial numbers, where some came with it, and on the summary."""
    if after is None or after.status != "open":
        return None
    serials = _asked_about(form, after)
    if after.asked != SUMMARY and before is not None and before.id == after.id and serials <= _serials(form, before):
        return None
    return Lookup("serials", tuple(sorted(serials))) if serials else None


def asked_back(form: Form, draft: Draft, context: Context) -> Pending | None:
    """The question whether what was submitted before stays in; None where nothing was, or that was settled."""
    field = _field(form, draft)
    if field is None:
        return None
    seen = _seen(context)
    repeated = [serial for serial in _in_order(draft, field) if serial in seen and serial not in draft.kept_serials]
    if not repeated:
        return None
    answer = draft.answers[field.name]
    rest = tuple(serial for serial in _in_order(draft, field) if serial not in repeated)
    lines = [_line(serial, seen[serial]) for serial in repeated[:MOST_LINES]]
    if len(repeated) > MOST_LINES:
        lines.append(Words("serials-more-repeated", {"n": len(repeated) - MOST_LINES}))
    return Pending(
        field=field.name,
        options=(
            Option(answers={}, label=Words("choice-add-anyway"), reply="yes", keeps=frozenset(repeated)),
            Option(answers={field.name: rest} if rest else {}, label=Words("choice-take-out"), reply="no"),
        ),
        question=Words("serial-add-anyway", {"n": len(repeated)}),
        lines=tuple(lines),
        standing=True,
        text=answer.text,
        message_id=answer.message_id,
        parts=answer.parts,
    )


def settle_repeats(form: Form, draft: Draft, pending: Pending, option: Option) -> tuple[Draft, tuple[Words, ...]]:
    """The draft after the choice, with the serial numbers kept or without those submitted before; and what is said."""
    if option.keeps:
        return draft.changed(pending=None, kept_serials=draft.kept_serials | option.keeps), ()
    follow = [field.name for field in form.fields(role_of(draft)) if field.follows == pending.field]
    if option.answers:
        draft = put(form, draft, option.answers, pending.text, pending.message_id)
    else:
        left = {name: answer for name, answer in draft.answers.items() if name not in (pending.field, *follow)}
        draft = draft.changed(pending=None, answers=left)
    left_lines = (line(form, draft, name) for name in (pending.field, *follow) if name in draft.answers)
    return draft, (Words("serials-taken-out"), *left_lines)


def _field(form: Form, draft: Draft) -> Field | None:
    """The answered field that holds serial numbers."""
    asked = (field for field in form.of_kind(SerialNumbers) if form.step(role_of(draft), field.name) is not None)
    return next((field for field in asked if field.name in draft.answers), None)


def _in_order(draft: Draft, field: Field) -> tuple[str, ...]:
    value = draft.answers[field.name].value
    return value if isinstance(value, tuple) else ()


def _serials(form: Form, draft: Draft) -> frozenset[str]:
    field = _field(form, draft)
    return frozenset() if field is None else frozenset(_in_order(draft, field))


def _asked_about(form: Form, draft: Draft) -> frozenset[str]:
    return _serials(form, draft) - draft.kept_serials


def _seen(context: Context) -> dict[str, Seen]:
    return {
        serial: seen
        for lookup, found in context.found.items()
        if lookup.kind == "serials" and isinstance(found, Mapping)
        for serial, seen in found.items()
    }


def _line(serial: str, seen: Seen) -> Words:
    """Whoever submitted it hears when, and under which call; others only that there is a record."""
    if not seen.own:
        return Words("serial-on-record", {"serial": serial})
    if not seen.call_number:
        return Words("serial-sent-uncalled", {"serial": serial, "date": seen.date})
    return Words("serial-sent-before", {"serial": serial, "call": seen.call_number, "date": seen.date})
