"""What came of each question of a draft, by ids alone: it tells the reports which question is the hardest.

Nothing of what a person wrote stands here. A draft's course goes with the draft; its tally may stay.
"""

from collections.abc import Iterator
from dataclasses import replace

from conversations.asking import SUMMARY, step_of
from conversations.draft import Draft
from conversations.form import Form, Menu
from conversations.replies import Turn
from conversations.words import Words

ANSWERED, SKIPPED = "answered", "skipped"
REFUSED, ASKED_BACK = "refused:", "asked-back:"
"""Before the message id of the reason, or of the question back."""
MOST_OUTCOMES = 12
"""What is noted of one question; nobody learns more from a thirteenth try."""


def noted(draft: Draft, question: str, outcome: str) -> Draft:
    """The draft with one more outcome of this question."""
    before = draft.course.get(question, ())
    if len(before) >= MOST_OUTCOMES:
        return draft
    return draft.model_copy(update={"course": {**draft.course, question: (*before, outcome)}})


def refused(draft: Draft, question: str, reason: Words) -> Draft:
    """The draft with a refusal of this question noted."""
    return noted(draft, question, REFUSED + reason.id)


def followed(form: Form, before: Draft | None, turn: Turn) -> Turn:
    """The turn whose draft knows what came of the question that was asked, and which one is asked now."""
    after = turn.draft
    if after is None or after is before:
        return turn
    if before is not None and before.id != after.id:
        before = None
    draft = after
    if before is not None:
        if not before.course.keys() <= after.course.keys():  # begun anew: the questions were asked all the same
            draft = draft.model_copy(update={"course": {**before.course, **after.course}})
        if before.asked in before.course and (outcome := _outcome(form, before, after)):
            draft = noted(draft, before.asked, outcome)
    if after.status == "open" and after.asked is not None and after.asked not in draft.course:
        draft = draft.model_copy(update={"course": {**draft.course, after.asked: ()}})
    return turn if draft is after else replace(turn, draft=draft)


def _outcome(form: Form, before: Draft, after: Draft) -> str:
    """What came of the question that was asked last; "" where nothing did, or where it was noted as a refusal."""
    asked = before.asked or ""
    if asked == SUMMARY:
        return ANSWERED if after.status == "submitted" else ""
    step = step_of(form, before, asked)
    if isinstance(step, Menu) and step.name == asked:
        return _outcome_of_menu(step, before, after)
    old, new = before.answers.get(asked), after.answers.get(asked)
    if new is not None and (old is None or old.value != new.value):
        return ANSWERED
    if asked in after.skipped and asked not in before.skipped:
        return SKIPPED
    pending = after.pending
    # A list that was opened is no doubt about what was written.
    asks_back = pending is not None and pending.field == asked and bool(pending.text) and not pending.standing
    if pending is not None and asks_back and pending != before.pending and after.misses <= before.misses:
        return ASKED_BACK + pending.question.id
    return ""


def _outcome_of_menu(menu: Menu, before: Draft, after: Draft) -> str:
    names = {field.name for field in menu.fields}
    if after.asked in names or (after.answers.keys() - before.answers.keys()) & names:
        return ANSWERED
    return SKIPPED if (after.skipped - before.skipped) & names else ""


def tally(draft: Draft, *, over: bool) -> Iterator[tuple[str, str]]:
    """What this draft adds to the counts: pairs of a question and what came of it, each once.

    `over`: nobody is at it any more, so that a question without an outcome was left. Under the question "" stands the
    draft itself: "begun", then "confirmed", or "left" where it is over without.
    Of a question: "asked"; "first", "later", "skipped" or "left"; "refused", with each reason; "asked_back", with each
    question; "stuck" where it was refused or left; "changed" where another answer was given later; "given" where it
    was answered without being asked.
    """
    confirmed = ANSWERED in draft.course.get(SUMMARY, ())
    left = over and not confirmed
    yield "", "begun"
    if confirmed or left:
        yield "", "confirmed" if confirmed else "left"
    left_at = (draft.asked if draft.asked in draft.course else SUMMARY) if left else None
    for question, outcomes in draft.course.items():
        yield question, "asked"
        yield from ((question, each) for each in _of_question(outcomes, is_left=question == left_at))
    for name, answer in draft.answers.items():
        if name not in draft.course and not answer.inferred:
            yield name, "given"


def _of_question(outcomes: tuple[str, ...], *, is_left: bool) -> Iterator[str]:
    refusals = dict.fromkeys(outcome for outcome in outcomes if outcome.startswith(REFUSED))
    doubts = dict.fromkeys(outcome for outcome in outcomes if outcome.startswith(ASKED_BACK))
    if is_left:
        yield "left"
    elif ANSWERED in outcomes:
        yield "first" if outcomes[0] == ANSWERED else "later"
    elif SKIPPED in outcomes:
        yield "skipped"
    for found, name in ((refusals, "refused"), (doubts, "asked_back")):
        if found:
            yield name
            yield from found
    if refusals or is_left:
        yield "stuck"
    if outcomes.count(ANSWERED) > 1:
        yield "changed"
