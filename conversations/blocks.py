"""A message with several answers: told from a single answer, taken down, and answered in one message.

The question at hand comes first: a text that answers it is never torn, unless it clearly names other fields too.
"""

import re

from conversations.answers.counts import DeviceCount
from conversations.answers.free_text import Address
from conversations.answers.outcome import Accepted, Ambiguous, Value
from conversations.answers.phones import MobilePhone, OfficePhone
from conversations.answers.serials import SerialNumbers
from conversations.asking import SUMMARY, Ask, asked_last, label_of, line, may_skip, next_ask, role_of
from conversations.block_labels import Owner
from conversations.draft import Answer, Draft, Option, Pending
from conversations.events import Context, Edit, Text
from conversations.extraction import Extraction, extract
from conversations.form import Field, Form, Menu
from conversations.proceeding import ask_again, proceed
from conversations.reading import repairs
from conversations.replies import Turn
from conversations.taking import put
from conversations.whose import ask_whose, names_another
from conversations.words import Words

SHORTEST = 12  # characters: a shorter text holds no two answers
ONE_ANSWER = re.compile(r"\s*[\w.+-]+@[A-Za-z0-9.-]+\s*|(?:[ ()+./-]*\d){1,13}[ ()+./-]*")
"""An e-mail address or the figures of one telephone number, and nothing else: no block, without a closer look."""
SEVERAL = 2  # questions that a block answers at least
CERTAIN = 3  # questions that a text without labels answers before it is torn where a single answer would do


def take_block(
    form: Form,
    draft: Draft,
    event: Text,
    context: Context,
    lead: tuple[Words, ...] = (),
    *,
    of_this: bool = False,
) -> Turn | None:
    """The turn for a message with several answers; None for one that is a single answer, or none.

    Of one about another customer nothing is taken before the person said what it is; `of_this`: it was said.
    """
    if event.choice is not None or event.option is not None or len(event.text) < SHORTEST:
        return None
    if ONE_ANSWER.fullmatch(event.text):
        return None
    ask = asked_last(form, draft)
    found = _found(form, draft, ask, event.text)
    if not _is_block(form, draft, ask, found, event.text):
        return None
    if not of_this and names_another(draft, found):
        return ask_whose(draft, found, event)
    return take_found(form, draft, found, event, context, lead)


def correct_block(form: Form, draft: Draft, event: Edit, context: Context) -> Turn:
    """The turn for an edit of a message that gave several answers: what reads otherwise now is corrected, and said."""
    owner: Owner = "dealer" if _gave_dealer_only(form, draft, event.message_id) else "customer"
    found = extract(form, event.text, draft.known(), owner=owner)
    known = draft.known()
    changed = {name: value for name, value in found.fields.items() if known.get(name) != value}
    after = (
        put(form, draft, {**found.follows, **changed}, event.text, event.message_id, shared=True) if changed else draft
    )
    lead: list[Words] = []
    for name in changed:
        label, new = label_of(form, after, name), line(form, after, name).args["value"]
        old = line(form, draft, name).args["value"] if name in draft.answers else Words("not-given")
        words = Words("edited", {"label": label, "old": old, "new": new})
        if words not in lead:
            lead.append(words)
    lead += _problems(form, after, found, None)
    if draft.answers.keys() - after.answers.keys():
        return proceed(form, after, context, tuple(lead))
    return ask_again(form, after, context, tuple(lead or [Words("block-same")]))


def _found(form: Form, draft: Draft, ask: Ask | None, text: str) -> Extraction:
    """What the text says. To a dealer who is asked about themselves it speaks of them, unless it names a device."""
    found = extract(form, text, draft.known())
    if ask is None or role_of(draft) != "dealer" or form.section(ask.name) != "dealer":
        return found
    said = {*found.fields, *found.doubtful, *found.wrong}
    if len(_questions(form, said)) < SEVERAL:
        return found  # a single answer, whomever it speaks of
    device = any(form.section(name) == "device" for name in said)
    if device or ("CustomerAddress" in said and "CustomerCompanyName" not in said):
        return found
    owner: Owner = "dealer"
    return extract(form, text, draft.known(), owner=owner)


def _gave_dealer_only(form: Form, draft: Draft, message_id: int) -> bool:
    gave = [name for name, answer in draft.answers.items() if answer.message_id == message_id]
    return all(form.section(name) == "dealer" for name in gave)


def _questions(form: Form, names: "set[str] | frozenset[str]") -> set[str]:
    """The steps that these fields belong to; each field of a menu is a question of its own."""
    found = set()
    for section in form.sections:
        for step in section.steps:
            for field in step.fields:
                if field.name in names:
                    found.add(field.name if isinstance(step, Menu) else step.name)
    return found


def _is_block(form: Form, draft: Draft, ask: Ask | None, found: Extraction, text: str) -> bool:
    """Whether the text clearly answers several questions, so that reading it for the one at hand would be wrong."""
    certain = _questions(form, set(found.fields))
    unclear = _questions(form, {*found.doubtful, *found.wrong} & found.labelled)
    if draft.asked == SUMMARY and len(found.labelled & found.fields.keys()) >= SEVERAL:
        return True  # serial numbers and their count are one question, and two corrections
    if not certain or len(certain | unclear) < SEVERAL:
        return False
    if not isinstance(ask, Field) or not ask.sent:
        return len(certain) >= SEVERAL or len(certain | unclear) >= CERTAIN
    own = _questions(form, {ask.name})
    foreign = (certain | unclear) - own
    if isinstance(ask.kind, Address | SerialNumbers | DeviceCount):
        foreign -= _questions(form, {"CustomerCity", "ProductNameList"} - {ask.name})
        return len(foreign) >= SEVERAL
    if isinstance(ask.kind, MobilePhone | OfficePhone) and all(
        isinstance(form.field(name).kind, MobilePhone | OfficePhone) for name in found.fields
    ):
        return False
    outcome = ask.kind.understand(text, draft.known())
    if not isinstance(outcome, Accepted):
        return (
            not isinstance(outcome, Ambiguous) or len(certain) >= CERTAIN or bool(foreign & certain and own & certain)
        )
    same = found.fields.get(ask.name) == outcome.value
    named = bool(foreign & _questions(form, found.labelled))
    return same or named or len(certain) >= CERTAIN


def take_found(
    form: Form,
    draft: Draft,
    found: Extraction,
    event: Text,
    context: Context,
    lead: tuple[Words, ...] = (),
    taken: str = "block-taken",
) -> Turn:
    """Takes down what is certain, says so, names what is not, and asks only what is missing.

    `taken` is the message id of the line before what was taken.
    """
    before = draft
    values: dict[str, Value] = {**found.follows, **found.fields}
    draft = put(form, draft, values, event.text, event.message_id, shared=True)
    draft = _counted(form, draft, found)
    left_out = {
        name for name in found.declined - draft.answers.keys() if may_skip(form, draft, form.field(name), context)
    }
    draft = draft.model_copy(update={"skipped": draft.skipped | left_out})
    waiting = {**draft.waiting, **_readings(form, draft, found, event)}
    draft = draft.model_copy(
        update={
            "waiting": {name: pending for name, pending in waiting.items() if name not in draft.answers},
            "leaving": None,
        }
    )
    ask = next_ask(form, draft, context)
    told = list(lead)
    known = before.known()
    new = [name for name, value in draft.known().items() if known.get(name) != value]
    if before.asked == SUMMARY or before.from_summary:
        for name in new:
            if (words := Words("corrected", {"label": label_of(form, draft, name)})) not in told:
                told.append(words)
    elif ask is not None and new:
        told.append(Words(taken))
        for name in _in_order(form, draft, new):
            if (words := line(form, draft, name)) not in told:
                told.append(words)
    told += _problems(form, draft, found, ask)
    return proceed(form, draft, context, tuple(told))


def _in_order(form: Form, draft: Draft, new: list[str]) -> list[str]:
    """The names in the order of the summary, what this person is not asked last."""
    asked = [field.name for field in form.fields(role_of(draft)) if field.name in new]
    return [*asked, *(name for name in new if name not in asked)]


def _counted(form: Form, draft: Draft, found: Extraction) -> Draft:
    """As many devices as there are serial numbers, where a block says no number; the summary shows it."""
    for name in found.fields:
        for field in form.fields(role_of(draft)):
            if field.follows == name and isinstance(field.kind, DeviceCount) and field.name not in draft.answers:
                serials = draft.answers[name].value
                if isinstance(serials, tuple | list) and field.name not in (*found.doubtful, *found.wrong):
                    counted = Answer(value=len(serials), inferred=True)
                    return draft.model_copy(update={"answers": {**draft.answers, field.name: counted}})
    return draft


def _readings(form: Form, draft: Draft, found: Extraction, event: Text) -> dict[str, Pending]:
    """The questions back that wait for the turn of their field, with their readings."""
    waiting: dict[str, Pending] = {}
    for name, asked in found.doubtful.items():
        options = tuple(
            Option(answers={name: c.value, **c.also}, label=c.label, reply=c.reply) for c in asked.candidates
        )
        waiting[name] = Pending(
            field=name,
            options=options,
            question=asked.question,
            said=asked.said,
            text=event.text,
            message_id=event.message_id,
        )
    for name, refused in found.wrong.items():
        pending = repairs(form, draft, form.field(name), refused, event.text, event.message_id)
        if refused.guess is not None and pending is not None:
            waiting[name] = pending
    return waiting


def _problems(form: Form, draft: Draft, found: Extraction, ask: Ask | None) -> list[Words]:
    """What is wrong and why, and what is doubtful; a doubt that is asked about right now says so itself."""
    told = []
    for name, refused in found.wrong.items():
        if ask is None or name != ask.name or name not in draft.waiting:
            told.append(refused.reason)
    for name in found.doubtful:
        if name in draft.waiting and (ask is None or name != ask.name):
            told.append(Words("block-doubtful", {"label": label_of(form, draft, name)}))
    return told
