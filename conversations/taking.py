"""Taking answers down: what they change in the draft, and what the person hears of it."""

import re
from collections.abc import Mapping

from conversations.answers.outcome import Accepted, Value
from conversations.asking import label_of, line, role_of
from conversations.draft import Answer, Draft
from conversations.form import Form
from conversations.found_dealer import following_directory
from conversations.letters import fold_words
from conversations.words import Words

_LISTED = re.compile(r"[\n,;]")
"""What parts the answers of a list beyond doubt: where it was only spaces, what came of it is told."""


def put(
    form: Form, draft: Draft, values: Mapping[str, Value], text: str, message_id: int | None, *, shared: bool = False
) -> Draft:
    """The draft with these answers, without those that no longer fit them, and with what now follows by itself."""
    answers = dict(draft.answers)
    for name, value in values.items():
        answers[name] = Answer(value=value, text=text[:4096], message_id=message_id, shared=shared)
    for field in form.fields(role_of(draft)):
        if field.follows in values and field.name not in values and field.name in answers:
            known = {name: answer.value for name, answer in answers.items() if name != field.name}
            old = answers[field.name]
            outcome = field.kind.understand(field.kind.show(old.value), known)
            if old.inferred or not isinstance(outcome, Accepted) or outcome.value != old.value:
                del answers[field.name]
    for field in form.fields(role_of(draft)):
        if field.name not in answers:
            guess = field.kind.infer({name: answer.value for name, answer in answers.items()})
            if guess is not None:
                answers[field.name] = Answer(value=guess, inferred=True)
    waiting = {name: pending for name, pending in draft.waiting.items() if name not in values}
    skipped = draft.skipped - frozenset(answers)
    after = draft.changed(answers=answers, skipped=skipped, waiting=waiting, pending=None, misses=0)
    return following_directory(form, draft, after, values)


def echo(form: Form, draft: Draft, values: Mapping[str, Value], text: str) -> list[Words]:
    """What was understood, where it is more or other than what was typed."""
    typed = fold_words(text).replace(" ", "")
    told: list[Words] = []
    for name, value in values.items():
        if not form.field(name).sent:
            continue
        letters = fold_words(form.field(name).kind.show(value)).replace(" ", "")
        split = isinstance(value, tuple) and 1 < len(value) != sum(map(bool, map(str.strip, _LISTED.split(text))))
        if letters not in typed or split or len(values) > 1 or name != draft.asked:
            words = line(form, draft, name)
            if words not in told:
                told.append(words)
    return told


def corrected(form: Form, draft: Draft, values: Mapping[str, Value]) -> list[Words]:
    """That a correction was made from the summary, by the name of what was corrected."""
    return [Words("corrected", {"label": label_of(form, draft, next(iter(values)))})]
