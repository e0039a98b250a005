"""Several quick messages that are one answer: people split an address, or a list of serial numbers, over a few."""

import re
from collections.abc import Iterator
from dataclasses import replace

from conversations.answering import answer_text
from conversations.answers.free_text import Address, Product, ProductGroup
from conversations.answers.outcome import Accepted, Refused
from conversations.answers.people import PersonName
from conversations.answers.plain import plain, terms
from conversations.answers.serials import SerialNumbers
from conversations.asking import Ask, asked_last, line
from conversations.draft import Answer, Draft, Part
from conversations.events import Context, Event, Text
from conversations.form import Field, Form, Menu
from conversations.letters import fold_words, one_line
from conversations.proceeding import ask_again
from conversations.reading import read
from conversations.replies import Turn
from conversations.street_shapes import continues_address
from conversations.taking import corrected
from conversations.typed import DASHES, NO, NOTHING, YES, labelled, said
from conversations.words import Words

WITHIN_S = 2
"""Seconds between two messages of one answer. Dates are whole seconds, so that some of almost three pass too."""
MOST_PARTS = 20
MOST_EARLIER = 20

Parts = tuple[Part, ...]

_ADDRESS_WORDS = terms(
    """mah mahalle mahallesi mh cad cadde caddesi cd sok sokak sokagi sk bulvar bulvari blv bul no kat k daire d apt
    apartman apartmani ap blok site sitesi konutlari evleri villa villalari rezidans residence plaza kule is han hani
    merkezi osb sanayi mevki mevkii koy koyu yolu km ada parsel bina kapi karsisi yani ustu alti arkasi onu carsi
    carsisi meydan meydani yerleskesi fabrika fabrikasi"""
)
"""Folded words that stand in addresses only."""
_NUMBER_OF_A_DOOR = re.compile(r"\W*\d{1,4}(?:\W+\d{1,4}){0,3}\W*")
_MODEL = re.compile(r"(?=.*\d)(?:.*\W)?[A-ZÇĞİÖŞÜ]{2,}(?:\W.*)?")
_REFUSED_AS_A_PIECE = ("address-too-short", "address-no-letters")
"""Why an address alone is refused that may well be the end of one."""


def join(form: Form, draft: Draft, event: Text, context: Context) -> Turn | None:
    """The turn where this text goes on with the answer before it; None where it stands for itself."""
    if (offered := _offered_and_more(form, draft, event)) is not None:
        return answer_text(form, draft.changed(pending=None), replace(event, text=offered), context)
    found = _goes_on_with(form, draft, event)
    if found is None:
        return None
    field, parts = found
    if event.message_id in {part.message_id for part in parts}:
        return ask_again(form, draft, context)
    # Delivered in another order than it was written, it is put together as it was written.
    parts = tuple(sorted((*parts[1 - MOST_PARTS :], _part(event)), key=lambda part: part.message_id))
    text = joined(parts)
    outcome = field.kind.understand(text, draft.known())
    ask = asked_last(form, draft)
    if ask is not field and not _belongs(form, draft, ask, field, event.text):
        return None
    if isinstance(outcome, Refused):
        if ask is field or field.name not in draft.answers:
            return None
        return ask_again(form, draft, context, (outcome.reason, answer_stays(form, draft, field)))
    if draft.pending is None and ask is field and not isinstance(outcome, Accepted):
        return None
    turn = with_parts(read(form, draft, field, text, parts[-1].message_id, context), field, parts)
    return _saying_the_answer(form, field, turn) if isinstance(outcome, Accepted) else turn


def _offered_and_more(form: Form, draft: Draft, event: Text) -> str | None:
    """An address that was typed at another question, where this text, sent at once, goes on with it; else None."""
    pending, date = draft.pending, event.date
    if pending is None or not draft.tried or not date or event.choice is not None or event.option is not None:
        return None
    addresses = {field.name for field in form.fields(None) if isinstance(field.kind, Address)}
    if draft.asked in addresses or not any(addresses & option.answers.keys() for option in pending.options):
        return None
    parts = [_part(event)]
    for earlier in reversed(draft.tried):
        if not earlier.date or abs(parts[0].date - earlier.date) > WITHIN_S or earlier.message_id == event.message_id:
            break
        parts.insert(0, earlier)
    more = continues_address(plain(event.text)) or _ADDRESS_WORDS & set(fold_words(event.text).split())
    return joined(tuple(parts)) if len(parts) > 1 and more else None


def answer_stays(form: Form, draft: Draft, field: Field) -> Words:
    """That the answer is still the one before."""
    return Words("edit-not-taken", line(form, draft, field.name).args)


def joined(parts: Parts) -> str:
    """The text of several messages as one answer."""
    return "\n".join(part.text for part in parts)


def with_parts(turn: Turn, field: Field, parts: Parts) -> Turn:
    """The turn whose answer to the field, or question back about it, knows the messages that it was read from."""
    draft = turn.draft
    if draft is None:
        return turn
    answers, pending = dict(draft.answers), draft.pending
    if pending is not None and pending.field == field.name:
        pending = pending.model_copy(update={"parts": parts})
    elif field.name in answers:
        answers[field.name] = answers[field.name].model_copy(update={"parts": parts})
    return replace(turn, draft=draft.model_copy(update={"answers": answers, "pending": pending}))


def _part(event: Text) -> Part:
    return Part(text=event.text[:4096], message_id=event.message_id, date=event.date)


def _split_fields(form: Form) -> dict[str, Field]:
    """The fields whose answers people send in pieces."""
    return {field.name: field for field in form.of_kind(Address, SerialNumbers)}


def _says_nothing(text: str) -> bool:
    words = said(text)
    return words in YES or words in NO or words in NOTHING or one_line(text) in DASHES


def _goes_on_with(form: Form, draft: Draft, event: Text) -> tuple[Field, Parts] | None:
    """The field and the messages before, where this text was sent so soon after them that it may belong to them."""
    if not event.date or event.choice is not None or event.option is not None or _says_nothing(event.text):
        return None
    newest = max((answer.message_id or 0 for answer in draft.answers.values()), default=0)
    for field, parts in _in_pieces(form, draft):
        near = any(part.date and abs(part.date - event.date) <= WITHIN_S for part in parts)
        # An answer to another question, given in between, ends it; a tap may have overtaken this text.
        if near and (newest <= parts[-1].message_id or newest > event.message_id):
            return field, parts
    return None


def _in_pieces(form: Form, draft: Draft) -> Iterator[tuple[Field, Parts]]:
    """What may go on: the answer asked back about, the text that was not understood, the answers."""
    fields = _split_fields(form)
    if draft.pending is not None and draft.pending.parts and draft.pending.field in fields:
        yield fields[draft.pending.field], draft.pending.parts
    tried = tuple(part for part in draft.tried if not _says_nothing(part.text))
    if tried and draft.asked in fields:
        yield fields[draft.asked], tried
    for name, field in fields.items():
        if name in draft.answers and draft.answers[name].parts:
            yield field, draft.answers[name].parts


def _belongs(form: Form, draft: Draft, ask: Ask | None, field: Field, piece: str) -> bool:
    """Whether the text belongs to the answer before, and not to the question that came meanwhile.

    Nobody reads a question and answers it within two seconds: it belongs to the question only if that alone takes it,
    or if it is plainly the answer to that (the name of a model, say).
    """
    label = labelled(piece, [other.name for other in form.fields(None) if other.sent])
    if label is not None and label[0] != field.name and label[1]:
        return False
    alone = field.kind.understand(piece, draft.known())
    fields = ask.fields if isinstance(ask, Menu) else (ask,) if ask is not None else ()
    taken = any(not isinstance(other.kind.understand(piece, draft.known()), Refused) for other in fields)
    if isinstance(field.kind, SerialNumbers):
        return isinstance(alone, Accepted) or not (isinstance(alone, Refused) or taken)
    refused = alone.reason.id if isinstance(alone, Refused) else ""
    if refused and refused not in _REFUSED_AS_A_PIECE:
        return False
    if _ADDRESS_WORDS & set(fold_words(piece).split()):
        return True
    if refused == "address-no-letters":
        return _NUMBER_OF_A_DOOR.fullmatch(piece) is not None
    match ask:
        case Field(kind=Product() | ProductGroup()):
            return _MODEL.fullmatch(one_line(piece)) is None
        case Field(kind=SerialNumbers() | PersonName()):
            return not taken
        case _:
            return True


def _saying_the_answer(form: Form, field: Field, turn: Turn) -> Turn:
    """The turn that says before anything else what the answer now is."""
    if turn.draft is None or field.name not in turn.draft.answers or not turn.messages:
        return turn
    now, first = line(form, turn.draft, field.name), turn.messages[0]
    said_anyway = (now, *corrected(form, turn.draft, {field.name: ""}))
    ids = [words.id for words in first.paragraphs]
    body = ids.index("summary-title") if "summary-title" in ids else len(ids)  # whose lines stay
    others = (*(words for words in first.paragraphs[:body] if words not in said_anyway), *first.paragraphs[body:])
    return replace(turn, messages=(replace(first, paragraphs=(now, *others)), *turn.messages[1:]))


def remembered(form: Form, before: Draft | None, event: Event, turn: Turn) -> Turn:
    """The turn whose draft remembers in which messages its answers came, and which ones held them before."""
    after = turn.draft
    if after is None or after is before:
        return turn
    if before is not None and before.id != after.id:
        before = None
    now = _part(event) if isinstance(event, Text) else None
    split = _split_fields(form)
    old = before.answers if before is not None else {}
    sources = ((now,) if now is not None else (), before.pending.parts if before and before.pending else ())
    answers = {
        name: answer
        if old.get(name) is answer
        else _sourced(answer, old.get(name), sources if name in split and not answer.shared else ())
        for name, answer in after.answers.items()
    }
    pending = after.pending
    if pending is not None and not pending.parts and now is not None and pending.message_id == now.message_id:
        pending = pending.model_copy(update={"parts": (now,)})
    skips = {name: message for name, message in after.skips.items() if name in after.skipped}
    if now is not None:
        skips |= dict.fromkeys(
            after.skipped - (before.skipped if before else frozenset()) - after.given, now.message_id
        )
    update = {"answers": answers, "pending": pending, "tried": _tried(before, after, now), "skips": skips}
    return replace(turn, draft=after.model_copy(update=update))


def _sourced(answer: Answer, before: Answer | None, sources: tuple[Parts, ...]) -> Answer:
    """The new answer with the messages it came in, and those that held the one before."""
    if not answer.parts:
        came_in = (parts for parts in sources if any(part.message_id == answer.message_id for part in parts))
        answer = answer.model_copy(update={"parts": next(came_in, ())})
    if before is None:
        return answer
    gone = sorted(before.message_ids - answer.message_ids)
    earlier = tuple(dict.fromkeys((*answer.earlier, *before.earlier, *gone)))[-MOST_EARLIER:]
    return answer.model_copy(update={"earlier": earlier})


def _tried(before: Draft | None, after: Draft, now: Part | None) -> Parts:
    """What was not understood of the current question; nothing once it was answered or another one is asked."""
    if before is None or not after.misses:
        return ()
    tried = before.tried if before.asked == after.asked and before.misses else ()
    return (*tried[1 - MOST_PARTS :], now) if now is not None and after.misses != before.misses else tried
