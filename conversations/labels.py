"""Answers that name their question themselves ("seri no: 99958"), typed while another question is asked."""

from conversations.answers.dealers import DealerName
from conversations.answers.emails import EmailAddress
from conversations.answers.free_text import Address, Product
from conversations.answers.outcome import Accepted
from conversations.answers.people import CompanyName
from conversations.answers.phones import MobilePhone, OfficePhone, is_only_phone
from conversations.answers.places import Province
from conversations.answers.plain import plain
from conversations.asking import role_of, said_of
from conversations.catalogue import Catalogue
from conversations.device_shapes import is_product
from conversations.draft import Draft, Option
from conversations.form import Field, Form
from conversations.letters import one_line
from conversations.street_shapes import continues_address, is_address, is_place
from conversations.stretches import EMAIL, PHONE
from conversations.typed import LABELS, labelled
from conversations.words import Words

MOST_SHOWN = 60
"""Characters of somebody's own text that are repeated to them or put on a button."""
MOST_OFFERED = 3
DEALERS = ("DealerCompanyName", "DealerContactPerson", "DealerMobilePhone", "DealerWorkPhone", "DealerEmail")
"""Beside these questions a telephone or an e-mail address may be the dealer's."""


def elsewhere_in(form: Form, draft: Draft, asked: tuple[Field, ...], text: str) -> tuple[Option, ...] | None:
    """The answer to another question that "label: value" gives, () if that cannot be read; None for no such label."""
    if labelled(text, LABELS) is None or labelled(text, [field.name for field in asked]) is not None:
        return None
    others = {field.name: field for field in form.fields(role_of(draft)) if field.sent and field not in asked}
    found = labelled(text, others)
    if found is None or any(alike(others[found[0]], field) for field in asked):
        return None
    field = others[found[0]]
    outcome = field.kind.understand(found[1], draft.known())
    if not isinstance(outcome, Accepted):
        labels_inside = any(isinstance(field.kind, Address) for field in asked)  # "İl: … İlçe: … Mah: …" is an address
        return None if labels_inside or not found[1] else ()
    option, known = written_as(draft, field, outcome), draft.known()
    if all(known.get(name) == value for name, value in option.answers.items()):
        return None
    dealers = others.get(field.name.replace("Customer", "Dealer", 1)) if asked[0].name in DEALERS else None
    theirs = dealers.kind.understand(found[1], known) if dealers is not None and dealers != field else None
    if dealers is not None and isinstance(theirs, Accepted):
        return (written_as(draft, dealers, theirs), option)
    return (option,)


def recognised_in(form: Form, draft: Draft, asked: tuple[Field, ...], text: str) -> tuple[Option, ...]:
    """The other fields that this text is by its form the answer to, the nearest first: a telephone number or an e-mail
    address that stands in it, a place, an address, a product.

    Those that wait for an answer; if there are none, those that were left out, and then those that have another answer.
    None for what is known already, and for a correction from the summary, where everything was asked.
    """
    piece, kinds = _by_form(form, text)
    if draft.from_summary or not asked or not kinds:
        return ()
    places = [(section.name, f) for section in form.sections for step in section.steps for f in step.fields]
    here = next(place for place in enumerate(places) if place[1][1] == asked[0])
    mine = list(form.fields(role_of(draft)))
    known = draft.known()
    found: list[tuple[int, tuple[bool, int], Option]] = []
    for position, (section, field) in enumerate(places):
        outcome = field.kind.understand(piece, known) if isinstance(field.kind, kinds) else None
        if not isinstance(outcome, Accepted) or field in asked or field not in mine:
            continue
        option = written_as(draft, field, outcome)
        if all(known.get(name) == value for name, value in option.answers.items()):
            return ()
        rank = 2 if field.name in draft.answers else 1 if field.name in draft.skipped else 0
        far = (section != here[1][0], abs(position - here[0]))
        found.append((rank, far, option))
    first = min((rank for rank, _, _ in found), default=0)
    ordered = sorted((item for item in found if item[0] == first), key=lambda item: item[1])
    mobiles = {field.name for _, field in places if isinstance(field.kind, MobilePhone)}
    if not any(mobiles & item[2].answers.keys() for item in ordered):
        # A mobile number is rather the mobile's, corrected, than that of an office that was not asked for yet.
        mobile = sorted((item for item in found if mobiles & item[2].answers.keys()), key=lambda item: item[1])
        ordered = [*mobile[:1], *ordered]
    # A field may stand in two steps, each for other people.
    return tuple({tuple(option.answers): option for _, _, option in ordered}.values())[:MOST_OFFERED]


def recognised_on_summary(form: Form, draft: Draft, text: str) -> tuple[Option, ...]:
    """The answers of the customer and the device that this whole text would by its form replace; () where none."""
    piece, kinds = _by_form(form, text)
    known, found = draft.known(), list[Option]()
    for field in form.fields(role_of(draft)) if kinds else ():
        if not isinstance(field.kind, kinds) or field.name in DEALERS or not field.sent:
            continue
        outcome = field.kind.understand(piece, known)
        if isinstance(outcome, Accepted):
            option = written_as(draft, field, outcome)
            if all(known.get(name) == value for name, value in option.answers.items()):
                return ()
            found.append(option)
    return tuple(found[:MOST_OFFERED])


def _by_form(form: Form, text: str) -> tuple[str, tuple[type, ...]]:
    """What in the text tells by its form what it is, and the kinds of answer that this may be; none if nothing does."""
    typed = plain(text)
    if is_only_phone(text):
        return text, (MobilePhone, OfficePhone)
    if (email := EMAIL.search(typed)) is not None:
        return email[0], (EmailAddress,)
    if (phone := PHONE.search(typed)) is not None:
        return phone[0], (MobilePhone, OfficePhone)
    if is_place(typed):
        return text, (Province,)
    if is_address(typed) or continues_address(typed):
        return text, (Address,)
    catalogues = [field.kind.catalogue for field in form.fields(None) if isinstance(field.kind, Product)]
    listed = any(_is_listed(catalogue, text) for catalogue in catalogues)
    return (text, (Product,)) if listed or is_product(one_line(typed)) else ("", ())


def _is_listed(catalogue: Catalogue, text: str) -> bool:
    """Whether the text names a product of the catalogue: as it stands there, or so that no other can be meant."""
    if catalogue.exact(text) is not None:
        return True
    return any(map(str.isdigit, text)) and any(found.certain for found in catalogue.search(one_line(text), 1))


def alike(other: Field, asked: Field) -> bool:
    """Whether a label of the other field may be meant for the one asked ("tel: ..." for any telephone)."""
    phones = isinstance(other.kind, MobilePhone | OfficePhone) and isinstance(asked.kind, MobilePhone | OfficePhone)
    companies = isinstance(other.kind, CompanyName | DealerName) and isinstance(asked.kind, CompanyName | DealerName)
    return phones or companies or type(other.kind) is type(asked.kind) or asked.name == other.follows


def written_as(draft: Draft, field: Field, outcome: Accepted) -> Option:
    """The reading whose button shows what would be written, and as what."""
    value = one_line(" / ".join(str(part) for part in (field.kind.show(outcome.value), *outcome.also.values())))
    named = said_of(draft, field.name, "step" if isinstance(field.kind, Province) and outcome.also else "label")
    label = Words("line", {"label": named, "value": value[:MOST_SHOWN]})
    return Option(answers={field.name: outcome.value, **outcome.also}, label=label)
