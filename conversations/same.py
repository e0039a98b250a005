"""Answers that point to what is known already: "aynı", "bayiyle aynı", "kendim". Each is a whole message, as data."""

from typing import Literal

from conversations.answers.choices import Choice
from conversations.answers.free_text import Address
from conversations.answers.outcome import Accepted, Refused
from conversations.answers.plain import phrases, quoted
from conversations.asking import asked_last, line, role_of
from conversations.draft import Draft
from conversations.events import Context, Text
from conversations.form import Field, Form
from conversations.letters import fold_words, one_line
from conversations.proceeding import ask_again
from conversations.reading import accept, refuse
from conversations.replies import Turn
from conversations.steering import keep
from conversations.taking import put
from conversations.words import Words

Points = Literal["same", "dealer", "customer", "self", "dealer-is-me", "address"]

SAYS: dict[Points, frozenset[str]] = {
    "same": phrases(
        """ayni|aynisi|ayni numara|numara ayni|numaram ayni|telefonum ayni|telefon ayni|telefonu ayni|ayni telefon
        |ikisi de ayni|ikisi ayni|ikisi de ayni numara|ikisi de ayni telefon|cep ile ayni|ceple ayni|cebimle ayni
        |cep telefonu ile ayni|cep telefonuyla ayni|cep telefonumla ayni|cep numarasi ile ayni|cepteki|cep telefonum
        |yukaridakiyle ayni|oncekiyle ayni|same|the same|same number|same as mobile"""
    ),
    "dealer": phrases(
        """bayi ile ayni|bayiyle ayni|bayi ayni|bayininki|bayininkiyle ayni|bayininki ile ayni|bayinin|bayi ile ortak
        |same as the dealer|same as dealer"""
    ),
    "customer": phrases(
        """musteri ile ayni|musteriyle ayni|musteri ayni|musterininki|musterininkiyle ayni|musterininki ile ayni
        |same as the customer|same as customer"""
    ),
    "self": phrases(
        """kendim|ben|benim|ben kendim|kendi adim|kendi ismim|bizzat ben|kendi numaram|kendi telefonum|musteri benim
        |benimki|ben kendimim|myself|me|it s me|mine"""
    ),
    "dealer-is-me": phrases("bayi benim|bayi biziz|bayisi benim|bayiyim|ben bayiyim|biz bayiyiz|i am the dealer"),
    "address": phrases(
        """ikisi de ayni adres|ikisi de ayni adreste|ikisi ayni adres|ikisi ayni adreste|her ikisi de ayni adres
        |hepsi ayni adres|hepsi ayni adreste|adresler ayni|adres ayni|adresi ayni|adresim ayni|ayni adres|ayni adreste
        |same address"""
    ),
}
"""What people write, folded, and to what it points."""

PROFILE = "profile"
"""The name in the person's Telegram profile, where it is a name and a surname."""

SOURCES: dict[str, dict[tuple[Points, str], tuple[str, ...]]] = {
    "CustomerFullName": {
        ("self", "customer"): (PROFILE,),
        ("self", "dealer"): ("DealerContactPerson",),
        ("dealer", "dealer"): ("DealerContactPerson",),
    },
    "CustomerMobilePhone": {
        ("self", "dealer"): ("DealerMobilePhone",),
        ("dealer", "dealer"): ("DealerMobilePhone",),
    },
    "CustomerEmail": {("self", "dealer"): ("DealerEmail",), ("dealer", "dealer"): ("DealerEmail",)},
    "CustomerCompanyName": {
        ("self", "dealer"): ("DealerCompanyName",),
        ("dealer", "dealer"): ("DealerCompanyName",),
    },
    "CustomerWorkPhone": {
        ("same", "customer"): ("CustomerMobilePhone",),
        ("same", "dealer"): ("CustomerMobilePhone",),
        ("self", "customer"): ("CustomerMobilePhone",),
        ("dealer", "dealer"): ("DealerWorkPhone", "DealerMobilePhone"),
    },
    "DealerContactPerson": {
        ("self", "dealer"): (PROFILE,),
        ("self", "customer"): ("CustomerFullName", PROFILE),
        ("customer", "customer"): ("CustomerFullName",),
    },
    "DealerWorkPhone": {
        ("same", "customer"): ("DealerMobilePhone",),
        ("same", "dealer"): ("DealerMobilePhone",),
        ("self", "dealer"): ("DealerMobilePhone",),
    },
}
"""Which answer is meant, by the field that is asked, what was said, and who says it: the first that is known."""


def points_to(text: str) -> Points | None:
    """To what the whole message points; None for any other text."""
    words = fold_words(text) if len(text) <= 40 else ""
    return next((meaning for meaning, said in SAYS.items() if words in said), None)


def answer_same(form: Form, draft: Draft, event: Text, context: Context) -> Turn | None:
    """The turn for an answer that points to another; None for any other, and where "aynı" leaves it as it is."""
    points = points_to(event.text) if event.choice is None and event.option is None else None
    ask = asked_last(form, draft)
    if points is None or not isinstance(ask, Field) or isinstance(ask.kind, Choice):
        return None
    if points == "address":
        return _same_address(form, draft, ask, context)
    if points == "dealer-is-me":
        if role_of(draft) == "customer" and ask.name == "DealerCompanyName":
            return _dealer_after_all(form, draft, event, context)
        points = "self"
    if points == "same" and ask.name in draft.answers:
        return None
    sources = SOURCES.get(ask.name, {}).get((points, role_of(draft) or "customer"), ())
    for source in sources:
        text = _shown(form, draft, source, context)
        match ask.kind.understand(text, draft.known()):
            case Accepted(value=value):
                return accept(form, draft, {ask.name: value}, event.text, event.message_id, context, None)
    unknown = Refused(Words("same-unknown", {"text": quoted(event.text)}))
    return refuse(form, draft, ask, unknown, event.text, event.message_id, context)


def _shown(form: Form, draft: Draft, source: str, context: Context) -> str:
    """The known answer as it could have been typed, "" where there is none."""
    if source == PROFILE:
        return one_line(f"{context.first_name} {context.last_name}")
    answer = draft.answers.get(source)
    # What is masked would be shown whole as an answer of the person's own.
    return "" if answer is None or answer.masked else form.field(source).kind.show(answer.value)


def _same_address(form: Form, draft: Draft, ask: Field, context: Context) -> Turn | None:
    """There is one address in the form: once it was given, "aynı adres" adds nothing to it."""
    known = next((field for field in form.fields(role_of(draft)) if isinstance(field.kind, Address)), None)
    if known is None or known.name not in draft.answers:
        return None
    if ask.name == known.name:
        return keep(form, draft, context)
    return ask_again(form, draft, context, (line(form, draft, known.name),))


def _dealer_after_all(form: Form, draft: Draft, event: Text, context: Context) -> Turn:
    """Whoever was asked for their dealer, and is the dealer, is asked a dealer's questions."""
    draft = put(form, draft, {"Role": "dealer"}, event.text, event.message_id)
    return ask_again(form, draft, context, (Words("dealer-after-all"),))
