"""Answers that name their question themselves ("seri no: 99958"), typed while another question is asked."""

from conversations.answers.free_text import Address
from conversations.answers.outcome import Accepted
from conversations.answers.phones import MobilePhone, OfficePhone
from conversations.asking import role_of, said_of
from conversations.draft import Draft, Option
from conversations.form import Field, Form
from conversations.letters import one_line
from conversations.typed import labelled
from conversations.words import Words

MOST_SHOWN = 60
"""Characters of somebody's own text that are repeated to them or put on a button."""


def elsewhere_in(form: Form, draft: Draft, asked: tuple[Field, ...], text: str) -> tuple[Option, ...] | None:
    """The answer to another question that "label: value" gives, () if that cannot be read; None for no such label."""
    if labelled(text, [field.name for field in asked]) is not None:
        return None
    others = {field.name: field for field in form.fields(role_of(draft)) if field.sent and field not in asked}
    found = labelled(text, others)
    if found is None or any(_alike(others[found[0]], field) for field in asked):
        return None
    field = others[found[0]]
    outcome = field.kind.understand(found[1], draft.known())
    if not isinstance(outcome, Accepted):
        labels_inside = any(isinstance(field.kind, Address) for field in asked)  # "İl: … İlçe: … Mah: …" is an address
        return None if labels_inside or not found[1] else ()
    option, known = written_as(draft, field, outcome), draft.known()
    return None if all(known.get(name) == value for name, value in option.answers.items()) else (option,)


def _alike(other: Field, asked: Field) -> bool:
    """Whether a label of the other field may be meant for the one asked ("tel: ..." for any telephone)."""
    phones = isinstance(other.kind, MobilePhone | OfficePhone) and isinstance(asked.kind, MobilePhone | OfficePhone)
    return phones or type(other.kind) is type(asked.kind) or asked.name == other.follows


def written_as(draft: Draft, field: Field, outcome: Accepted) -> Option:
    """The reading whose button shows what would be written, and as what."""
    value = one_line(field.kind.show(outcome.value))[:MOST_SHOWN]
    label = Words("line", {"label": said_of(draft, field.name, "label"), "value": value})
    return Option(answers={field.name: outcome.value, **outcome.also}, label=label)
