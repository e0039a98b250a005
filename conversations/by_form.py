"""A stretch without telephones and e-mails by its form alone: whole, between its commas, or at its products."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from conversations.address_edges import address_alone, address_head, behind_number, says_more
from conversations.atoms import count_in
from conversations.company_shapes import company_alone
from conversations.device_shapes import (
    is_brand,
    is_product,
    maybe_product,
    product_and_numbers,
    product_at_start,
    product_inside,
)
from conversations.labelling import Label, label_of_words
from conversations.letters import fold_words
from conversations.shapes import (
    has_given_name,
    is_company,
    is_end_of_company,
    is_person,
    maybe_company,
    maybe_person,
    sells_heating,
)
from conversations.span import LABELLED, MAYBE, SHAPED, Span
from conversations.street_shapes import (
    NEARBY,
    behind_places,
    continues_address,
    is_address,
    is_door,
    is_place,
    lies_together,
    without_post_code,
)
from conversations.stretches import greeting_of, trimmed, words_of
from conversations.told_places import behind_origin, district_told, places_told

_SERIAL_TOKEN = re.compile(r"(?=[A-Za-z./-]*\d)[A-Za-z0-9][A-Za-z0-9./_-]{2,39}")
_CUE = re.compile(
    r"(?:sn\.?|say[ıi]n|bay(?:an)?|ben|ad[ıi]m|ismim|m[uü][sş]terimiz|m[uü][sş]teri(?:nin ad[ıi])?) (?=[^\W\d_])",
    re.IGNORECASE,
)
_RUNNING = re.compile(
    r"(?<![^\W_])(?:m[uü][sş]teri(?:nin)?|adres(?:i|im)?|cihaz(?:[ıi]m)?|[uü]r[uü]n|model|kombi(?:m)?|kazan[ıi]m|bayi"
    r"|isim|ad[ıi]?m? soyad[ıi]?m?|ili[mn](?:iz)?|il[cç]emi?z?|e-?posta|e-?mail|mail|il[cç]e|seri"
    r"|tel(?:efon(?:um|u)?)?|cep|gsm)\s+(?=\S)",
    re.IGNORECASE,
)
_DEVICES = ("cihaz", "cihazim", "kombi", "kombim", "kazan", "kazanim", "marka", "marka model")
_SHORT_NAMES = ("ad", "adi", "isim", "name")
_BARE: Mapping[str, Label] = {
    **dict.fromkeys(_DEVICES, Label("product")),
    **dict.fromkeys(_SHORT_NAMES, Label("name")),
}
"""Labels that count without a colon only before what can be nothing else."""
COMMAS = re.compile(r"\s*,\s*|\s+(?:[-–—]|-{1,3}>)\s+|(?<!\d)\s+/\s+|\s+/\s+(?!\d)")


def running(text: str) -> list[str]:
    """The text cut before labels that run on without a colon, and before a product's name at its end."""
    cuts = [m.start() for m in _RUNNING.finditer(text) if m.start() == 0 or not is_end_of_company(text[m.end() :])]
    begins = [0, *(cut for cut in cuts if cut)] if len(cuts) > 1 or (cuts and cuts[0]) else [0]
    pieces = [text[start:stop] for start, stop in zip(begins, [*begins[1:], len(text)], strict=True)]
    parts = [part for piece in pieces for part in map(trimmed, at_products(piece)) if part]
    parts = [part for piece in parts for part in (behind_number(piece) if is_address(piece) else (piece,)) if part]
    return [part for piece in parts for part in (behind_places(piece) if is_address(piece) else (piece,)) if part]


def at_products(text: str) -> Iterator[str]:
    """The text cut before and behind each product's name in it."""
    while text:
        name, rest = product_at_start(trimmed(text))
        if name and not is_product(trimmed(text)) and not product_and_numbers(trimmed(text))[1]:
            yield name
            text = rest
            continue
        before, text = product_inside(text)
        yield before
        if not text or product_at_start(text)[1] == "" or is_product(text) or product_and_numbers(text)[1]:
            yield text
            return


def by_form(make: Span) -> Iterator[Span]:
    """A stretch by its form: whole, or between its commas where another thing than an address stands there."""
    if district := district_told(make.text):
        yield replace(make, target="place", text=district, sure=MAYBE)
    head, rest = address_head(make.text)
    if head and is_address(rest):
        told = [form_of(replace(make, text=part)) for part in map(trimmed, re.split(r"[,:]", head)) if part]
        found = [span for span in told if span is not None]
        named = [span for span in found if span.target == "name" and span.sure > MAYBE]
        yield from named + [span for span in found if span.target == "company"]
        yield from (span for span in _of_sentence(replace(make, text=head)) if span.target != "name" or not named)
        make = replace(make, text=rest)
    parts = [part for part in COMMAS.split(make.text) if trimmed(part)]
    whole = form_of(make)
    if len(parts) > 1 and (whole is None or whole.target in ("address", "product", "company")):
        found = list(between_commas(parts, make))
        others = {span.target for span in found if span.sure > MAYBE or span.target in ("serials", "product")}
        if whole is not None and whole.target == "company":
            others &= {"name", "place", "product", "address"}
        if (
            others - {"address", "place", "ignored"}
            or whole is None
            or (whole.sure == MAYBE and any(span.target != "ignored" for span in found))
        ):
            yield from found
            return
    yield from _parted(whole or make)


def _of_sentence(make: Span) -> Iterator[Span]:
    """Who speaks and from where, in a sentence: "ben hasan demir konya selçukludan arıyorum"."""
    if cue := _CUE.match(make.text):
        words = make.text[cue.end() :].split()
        name = next((" ".join(words[:n]) for n in (3, 2) if is_person(" ".join(words[:n]))), "")
        if name and (len(words) > 2 or words[-1] in name):
            yield replace(make, target="name", text=name, sure=SHAPED)
    if told := places_told(make.text):
        yield replace(make, target="place", text=told, sure=SHAPED)


def _parted(span: Span) -> Iterator[Span]:
    """The span, with long numbers behind a product's name apart."""
    name, numbers = product_and_numbers(span.text) if span.target == "product" else (span.text, "")
    yield replace(span, text=name, sure=SHAPED if numbers else span.sure)
    if numbers:
        yield replace(span, target="serials", text=numbers, sure=MAYBE)


def form_of(make: Span) -> Span | None:
    """The span of a stretch by its form alone."""
    text = make.text
    if len(words_of(text)) > 40:
        return None
    if greeting := greeting_of(text):
        rest = trimmed(text[len(greeting) :])
        if greeting.rstrip(" ")[-1:].isalpha() and is_person(rest):
            return replace(make, target="name", text=rest, sure=MAYBE)  # "Merhaba Ali Kaya, …": who is greeted
        return form_of(replace(make, text=rest)) if rest else None
    if bare := _bare_label(make):
        return bare
    if cue := _CUE.match(text):
        rest = behind_origin(text[cue.end() :])
        if is_person(rest) or (maybe_person(rest) and has_given_name(rest) and not maybe_company(rest)):
            return replace(make, target="name", text=rest, sure=SHAPED)
    for target, told in (("place", is_place), ("product", is_product), ("name", is_person), ("address", is_address)):
        if told(text) and not (target == "place" and is_person(text) and not lies_together(text)):
            plain = (
                without_post_code(text) if target == "place" else address_alone(text) if target == "address" else text
            )
            return replace(make, target=target, text=plain)  # type: ignore[arg-type]
    if product_and_numbers(text)[1]:
        return replace(make, target="product", sure=SHAPED)
    if is_company(text):
        name, alone = company_alone(text)
        return replace(make, target="company", text=name, sure=SHAPED if alone and not sells_heating(text) else MAYBE)
    if is_brand(text):
        return replace(make, target="brand")
    if maybe_product(text):
        return replace(make, target="product", sure=MAYBE)
    if maybe_company(text) and not says_more(text):
        return replace(make, target="company", sure=MAYBE)
    if maybe_person(text):
        return replace(make, target="name", sure=MAYBE)
    tokens = re.split(r"[\s,]+", text)
    if all(_SERIAL_TOKEN.fullmatch(token) for token in tokens):
        return replace(make, target="serials", sure=MAYBE)
    if continues_address(text) or NEARBY.search(text):
        return replace(make, target="address", sure=MAYBE)
    if places := places_told(text):
        return replace(make, target="place", text=places)
    return None


def _bare_label(make: Span) -> Span | None:
    """ "Adres Balkan Cad. No: 5": a label without a colon, where what follows has the form that it promises."""
    words = list(re.finditer(r"\S+", make.text))
    for count in range(min(4, len(words) - 1), 0, -1):
        head = fold_words(make.text[: words[count - 1].end()])
        label = label_of_words(head, bare=True) or _BARE.get(head)
        text = trimmed(make.text[words[count].start() :])
        if label is not None and label == Label("section", "customer") and is_person(text):
            return replace(make, target="name", text=text, sure=LABELLED, owner="customer")
        if label == Label("section", "dealer") and maybe_company(text) and not says_more(text):
            return replace(make, target="company", text=text, sure=SHAPED, owner="dealer")
        if label is None or label.target in ("section", "intro"):
            continue
        owner = label.owner or make.owner
        fits = {
            "name": is_person(text) or (maybe_person(text) and head not in _SHORT_NAMES),
            "contact": is_person(text),
            "company": is_company(text) or maybe_company(text),
            "address": is_address(text) or continues_address(text),
            "product": is_product(text) or bool(product_and_numbers(text)[1]),
            "province": is_place(text),
            "district": is_place(text),
            "place": is_place(text),
            "count": text.isdigit(),
        }
        if label.target == "ignored":
            return replace(make, target="ignored")
        if label.target == "address" and is_place(text):
            return replace(make, target="place", text=without_post_code(text), sure=LABELLED, owner=owner)
        if label.target == "address":
            text = address_alone(text)
        if fits.get(label.target):
            return replace(make, target=label.target, text=text, sure=LABELLED, owner=owner)
    return None


def between_commas(parts: list[str], make: Span) -> Iterator[Span]:
    """Stretches between commas, those of one address together again."""
    shaped: list[Span] = []
    for part in parts:
        text, counts = count_in(part, make)
        yield from counts
        plain = replace(make, text=trimmed(text))
        shaped.append(form_of(plain) or plain)
    address = [at for at, span in enumerate(shaped) if span.target == "address"]
    if address:
        first, last = address[0], address[-1]
        while last + 1 < len(parts) and is_door(trimmed(parts[last + 1])):
            last += 1
        sure = MAYBE if first and shaped[first - 1].target == "ignored" else SHAPED
        # As it was written between its first and its last part, but for a label before the first.
        starts = make.text.find(trimmed(parts[first])) + len(trimmed(parts[first])) - len(shaped[first].text)
        ends = make.text.rfind(trimmed(parts[last])) + len(trimmed(parts[last]))
        whole = make.text[starts:ends] if first < last and shaped[first].text in make.text else shaped[first].text
        shaped[first : last + 1] = [
            replace(make, target="address", text=whole, sure=sure if is_address(whole) else MAYBE)
        ]
    for span in shaped:
        yield from _parted(span)
