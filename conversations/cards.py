"""A person's card, however it came: as a contact, as a file, or in a QR code. What it says of the person is taken.

Whose card it is, the question at hand tells: while the dealer is asked about it is theirs, else the customer's. Where a
customer sends somebody else's card, it is asked first; nobody is written down without being shown.
"""

from dataclasses import replace

from conversations.answering import answer_contact
from conversations.answers.outcome import Accepted, Value
from conversations.answers.people import PersonName
from conversations.answers.phones import MobilePhone, OfficePhone
from conversations.answers.vcards import Card, read_cards
from conversations.asking import SUMMARY, Ask, asked_last, current_ask, line, role_of
from conversations.beginning import fresh_draft, greet
from conversations.block_labels import Owner
from conversations.blocks import take_found
from conversations.draft import Draft, Option, Pending
from conversations.events import CardFile, Contact, Context, Text
from conversations.extraction import Extraction, extract
from conversations.form import Field, Form
from conversations.letters import fold_words
from conversations.proceeding import ask_again, remark
from conversations.replies import Turn
from conversations.steering import where
from conversations.taking import put
from conversations.words import Words


def answer_shared(form: Form, draft: Draft | None, event: Contact, context: Context) -> Turn:
    """The turn for a shared contact."""
    if draft is None or draft.status != "open":
        return _without_draft(form, draft, () if event.own else (_shared(event),), event.message_id, context)
    ask = asked_last(form, draft)
    about_a_phone = isinstance(ask, Field) and isinstance(ask.kind, MobilePhone | OfficePhone)
    if event.own:
        return answer_contact(form, draft, event, context) if about_a_phone else _own(form, draft, event, context)
    card = _shared(event)
    if about_a_phone and not _is_sure(form, draft, ask, card):
        return answer_contact(form, draft, event, context)
    return _take(form, draft, card, event.message_id, context) or answer_contact(form, draft, event, context)


def answer_card_file(form: Form, draft: Draft | None, event: CardFile, context: Context) -> Turn:
    """The turn for a file of cards, or a QR code that holds one."""
    cards = read_cards(event.text)
    if draft is None or draft.status != "open":
        return _without_draft(form, draft, cards, event.message_id, context)
    if len(cards) != 1:
        return ask_again(form, draft, context, (Words("card-several" if cards else "card-unreadable"),))
    turn = _take(form, draft, cards[0], event.message_id, context)
    return turn or ask_again(form, draft, context, (Words("card-nothing-new"),))


def _without_draft(form: Form, draft: Draft | None, cards: tuple[Card, ...], message_id: int, context: Context) -> Turn:
    """A card while nothing is open: a known dealer begins the request of that customer with it."""
    if context.profile is None or len(cards) != 1:
        return where(form, draft, context, (Words("contact-unexpected"),))
    return greet(form, fresh_draft(form, context), context, block=Text(cards[0].text(), message_id))


def _shared(event: Contact) -> Card:
    """What a shared contact says, with what its vCard adds."""
    card = next(iter(read_cards(event.card)), Card())
    return replace(card, name=card.name or event.name, phones=_first(event.phone, card.phones))


def _first(phone: str, phones: tuple[str, ...]) -> tuple[str, ...]:
    """The number that Telegram names first, then the card's others."""
    digits = "".join(c for c in phone if c.isdigit())[-10:]
    return (phone, *(other for other in phones if "".join(c for c in other if c.isdigit())[-10:] != digits))


def _own(form: Form, draft: Draft, event: Contact, context: Context) -> Turn:
    """One's own number, sent while something else is asked: it is written where one's own number belongs."""
    role = role_of(draft)
    for field in form.fields(role):
        if field.own == role and isinstance(field.kind, MobilePhone) and field.name not in draft.answers:
            outcome = field.kind.understand(f"+{event.phone.lstrip('+')}", draft.known())
            if isinstance(outcome, Accepted):
                text = field.kind.show(outcome.value)
                draft = put(form, draft, {field.name: outcome.value}, text, event.message_id)
                return ask_again(form, draft, context, (line(form, draft, field.name),))
    return ask_again(form, draft, context, (Words("contact-unexpected"),))


def _is_sure(form: Form, draft: Draft, ask: Ask | None, card: Card) -> bool:
    """Whether the card is certainly the person's who is asked about: a customer is asked about themselves."""
    theirs = role_of(draft) == "dealer" or _owner(form, ask) == "dealer"
    return theirs and not _has_another_name(form, draft, ask, card)


def _has_another_name(form: Form, draft: Draft, ask: Ask | None, card: Card) -> bool:
    """Whether another name than the one on the card is written already."""
    names = [
        str(answer.value)
        for name, answer in draft.answers.items()
        if isinstance(form.field(name).kind, PersonName) and form.section(name) == _owner(form, ask)
    ]
    asked = isinstance(ask, Field) and isinstance(ask.kind, PersonName)
    return bool(card.name) and not asked and any(fold_words(name) != fold_words(card.name) for name in names)


def _owner(form: Form, ask: Ask | None) -> Owner:
    return "dealer" if ask is not None and form.section(ask.name) == "dealer" else "customer"


def _take(form: Form, draft: Draft, card: Card, message_id: int, context: Context) -> Turn | None:
    """The turn for what the card says and the draft does not; None where that is nothing."""
    ask = asked_last(form, draft)
    if _has_another_name(form, draft, ask, card):
        return ask_again(form, draft, context, (Words("card-someone-else", {"name": card.name}),))
    text = card.text()
    found = _new(draft, ask, extract(form, text, draft.known(), owner=_owner(form, ask)))
    if not found.fields and not found.doubtful:
        return None
    event = Text(text, message_id)
    if _is_sure(form, draft, ask, card):
        return take_found(form, draft, found, event, context, taken="card-taken")
    return _asked_first(form, draft, found, event, context) if found.fields else None


def _new(draft: Draft, ask: Ask | None, found: Extraction) -> Extraction:
    """Without what is answered already: a card never writes over an answer, except to the question at hand."""
    asked = {ask.name} if isinstance(ask, Field) else set()
    old = draft.answers.keys() - asked
    return replace(
        found,
        fields={name: value for name, value in found.fields.items() if name not in old},
        follows={},
        doubtful={name: doubt for name, doubt in found.doubtful.items() if name not in old},
        wrong={name: refused for name, refused in found.wrong.items() if name not in old},
    )


def _asked_first(form: Form, draft: Draft, found: Extraction, event: Text, context: Context) -> Turn:
    values: dict[str, Value] = dict(found.fields)
    after = put(form, draft, values, event.text, event.message_id)
    ask = current_ask(form, draft, context)
    lines = (Words("card-says"), *(line(form, after, name) for name in values))
    asked = next(iter(values)) if ask is None else ask.name
    pending = Pending(
        field=asked,
        options=(Option(answers=values, label=Words("choice-card-yes"), reply="yes"),),
        question=Words("card-is-it"),
        lines=lines,
        text=event.text,
        message_id=event.message_id,
    )
    on_summary = draft.asked == SUMMARY or ask is None
    draft = draft.changed(asked=asked, pending=pending, from_summary=draft.from_summary or on_summary)
    return Turn(draft, (remark(form, draft, context, (*lines, pending.question)),))
