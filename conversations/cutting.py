"""A cell cut into spans: one stretch for one kind of answer, and how sure its label or its form makes it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from conversations.address_edges import address_alone, address_head, says_more
from conversations.atoms import REPLACED, SERIAL_LIST, atoms_of, count_in
from conversations.block_labels import Target
from conversations.by_form import COMMAS, at_products, between_commas, by_form, form_of, running
from conversations.company_shapes import company_of_label, firm_in
from conversations.device_shapes import (
    is_generic,
    is_product,
    product_at_start,
)
from conversations.labelling import Label
from conversations.shapes import is_company, is_person, maybe_company, names_building
from conversations.span import LABELLED, MAYBE, SHAPED, TELEPHONES, Owned, Span
from conversations.street_shapes import (
    is_address,
    is_place,
    without_post_code,
)
from conversations.stretches import PHONE, trimmed

_WHOLE: frozenset[Target] = frozenset(("serials", "count", "group", "brand", "province", "district", "ignored"))
_BEHIND_A_NUMBER = re.compile(r"\w*\d[\w./]*\s*[-,/]\s+(.+)")
_BRACKETED = re.compile(r"([^()]{3,80})[(]([^()]{3,60})[)]?")
_AS_TYPED: frozenset[Target] = frozenset(("address", "product", "name", "contact", "given"))
_TAKEN_BACK = re.compile(r"(?<![^\W_])(?:pardon|yanl[ıi][sş] (?:yazd|oldu)|d[uü]zeltiyorum)", re.IGNORECASE)
_TOTAL = re.compile(r"(\d{1,2}) ?(?:adet|cihaz|kombi|kazan|[uü]nite)\.?", re.IGNORECASE)
_REMARK = re.compile(r"(?<=\w) ?\([^()\d]{1,40}\)$")
_NEXT_SENTENCE = re.compile(r"(?<=\w\w)\)?\. +(?=[^\W\d_]{2})")
_MORE_DIGITS = re.compile(r"[\W_]*\d[\d\W_]*")


def cut(cell: Owned) -> Iterator[Span]:
    """The spans of one cell."""
    label = cell.label
    if cell.unknown:
        yield from _unlabelled_device(cell)
        return
    if _TAKEN_BACK.search(cell.text):
        if label is not None or is_address(cell.text):
            yield Span(label.target if label else "address", cell.text, MAYBE, cell.line, cell.owner)
        return
    if label is not None and label.target == "serials" and REPLACED.search(cell.text):
        return
    if cell.owner == "dealer" and (label is None or label.target == "ignored") and (firm := firm_in(cell.text)):
        yield Span("company", firm, SHAPED, cell.line, cell.owner)
        around = cell.text.replace(firm, "\n", 1).split("\n")
        for part in filter(None, map(trimmed, around)):
            yield from cut(Owned(part, cell.line, None, owner=cell.owner))
        return
    if label is not None and label.target == "ignored":
        if total := _TOTAL.fullmatch(cell.text):
            yield Span("count", total[1], SHAPED, cell.line, cell.owner)
        if behind := _BEHIND_A_NUMBER.fullmatch(cell.text):
            yield from cut(Owned(behind[1], cell.line, None, owner=cell.owner))
        return
    if label is not None and label.target == "serials" and (product := product_at_start(cell.text))[0]:
        # "Model ve seri no: ECOMIX 28 - 28D0077164"
        yield Span("product", product[0], LABELLED, cell.line, cell.owner)
        yield from cut(Owned(trimmed(product[1]), cell.line, label, owner=cell.owner))
        return
    if label is not None and label.target in ("name", "contact") and is_product(cell.text):
        yield Span("product", cell.text, LABELLED, cell.line)
        return
    if label is not None and label.target in _WHOLE:
        first, *others = _behind_serials(cell.text) if label.target == "serials" and cell.text else [cell.text]
        if label.target == "brand" and is_product(first):
            label = Label("product", label.owner)
        yield Span(label.target, first, LABELLED, cell.line, cell.owner)
        for other in others:
            yield from cut(Owned(other, cell.line, None, owner=cell.owner))
        return
    rest, atoms = atoms_of(cell)
    if label is not None and label.target in TELEPHONES and len(atoms) == 1 and _MORE_DIGITS.fullmatch(rest):
        # Digits that belong to no number may belong to this one: its kind asks.
        yield Span(label.target, cell.text, LABELLED, cell.line, cell.owner)
        return
    yield from atoms
    pieces = [piece for piece in (trimmed(_unbracketed(part)) for part in rest.split("\n")) if piece]
    if label is not None and label.target in (*TELEPHONES, "email"):
        if not any(span.target in ("email",) if label.target == "email" else span.target != "email" for span in atoms):
            yield Span(label.target, cell.text, LABELLED, cell.line, cell.owner)
            return
        label = None
    for piece in pieces:
        inner = _BRACKETED.fullmatch(piece) if label is None or label.target not in _AS_TYPED else None
        if inner and label is not None and label.target == "company" and not _told(inner[2], cell):
            inner = None
        for part in inner.groups() if inner else (piece,):
            if trimmed(part):
                yield from _read(trimmed(part), label, cell)
                label = None


def _unlabelled_device(cell: Owned) -> Iterator[Span]:
    """A product behind a word that is no label, with its count and its labelled serials; nothing else."""
    name, rest = product_at_start(cell.text)
    text, counts = count_in(cell.text, Span("count", "", SHAPED, cell.line, cell.owner), product=True)
    if is_product(trimmed(text)):
        yield Span("product", trimmed(text), SHAPED, cell.line, cell.owner)
        yield from counts
    elif name:
        _, atoms = atoms_of(Owned(rest, cell.line, None, False, owner=cell.owner))
        yield Span("product", name, SHAPED, cell.line, cell.owner)
        yield from (span for span in atoms if span.target in ("serials", "count"))


def _told(text: str, cell: Owned) -> bool:
    return form_of(Span("ignored", text, SHAPED, cell.line, cell.owner)) is not None


def _behind_serials(text: str) -> list[str]:
    """Serial numbers parted from what is none behind them: a label, or a name with its telephone."""
    text, *behind = _NEXT_SENTENCE.split(_REMARK.sub("", text), maxsplit=1)
    pieces = [*running(text), *behind]
    first, others = pieces[0], pieces[1:]
    listed = SERIAL_LIST.match(first)
    rest = first[listed.end() :].strip() if listed else ""
    if listed and (PHONE.search(rest) or "@" in rest or is_person(rest) or is_place(rest) or is_product(rest)):
        return [listed[0], rest, *others]
    return [first, *others]


def _unbracketed(text: str) -> str:
    """The text without a bracket that was left open where something was cut out of it."""
    text = text.strip()
    text = text[:-1] if text.endswith(("(", "[", "<")) else text
    return text[1:] if text.startswith((")", "]", ">")) else text


def _read(piece: str, label: Label | None, cell: Owned) -> Iterator[Span]:
    """A stretch without telephones and e-mails: by its label, else by its form, whole or between commas."""
    make = Span("ignored", piece, SHAPED, cell.line, cell.owner)
    if label is not None and label.target == "section":
        yield from _section(piece, label, make)
    elif label is not None and label.target == "place" and not is_place(piece):
        yield from by_form(make) if is_address(piece) else ()
    elif label is not None and label.target == "company":
        piece, behind = company_of_label(piece)
        first, *rest = re.split(r" +[-–—/|] +", piece)
        told = rest and all(form_of(replace(make, text=part)) for part in rest)
        yield replace(make, target="company", text=first if told else piece, sure=LABELLED)
        yield from between_commas(rest if told else [], make)
        if behind:
            yield from by_form(replace(make, text=trimmed(behind)))
    elif label is not None and label.target in ("name", "contact") and len(_parts_of(piece)) > 1:
        yield from _named(_parts_of(piece), replace(make, target=label.target))
    elif label is None or label.target == "intro" or (label.target == "address" and not is_place(piece)):
        first, *others = running(piece)
        if label is not None and label.target == "address":
            text = _labelled_address(first)
            yield replace(make, target="address", text=text, sure=LABELLED)
        else:
            others.insert(0, first)
        for other in others:
            yield from by_form(replace(make, text=other))
    elif label.target == "address" and is_place(piece):
        yield replace(make, target="place", text=without_post_code(piece), sure=LABELLED)
    elif label.target == "product":
        yield from _products(piece, make)
    else:
        yield replace(make, target=label.target, sure=LABELLED)


def _labelled_address(text: str) -> str:
    """The address behind its label, without a sentence around it."""
    rest = address_head(text, labelled=True)[1]
    return address_alone(rest, labelled=True) if says_more(rest) else rest


def _products(piece: str, make: Span) -> Iterator[Span]:
    """The products behind their label; what is no word of their names goes by its form, a bracket is left out."""
    first, *others = [part for part in map(trimmed, at_products(piece)) if part] or [piece]
    if (
        others
        and not product_at_start(first)[0]
        and (is_generic(first) or not first[:1].isalpha() or maybe_count(first))
    ):
        piece = piece[piece.index(others[0]) :]
        first, *others = others
    named = bool(product_at_start(first)[0])
    goes_on = others and all(part.replace(" ", "").isalpha() and not says_more(part) for part in others)
    if not named or not others or goes_on:
        yield replace(make, target="product", text=piece, sure=LABELLED)
        return
    yield replace(make, target="product", text=first, sure=LABELLED)
    for other in others:
        if product_at_start(other)[0]:
            yield replace(make, target="product", text=other, sure=LABELLED)
        elif not other.startswith("("):
            yield from by_form(replace(make, text=other))


def maybe_count(text: str) -> bool:
    """Whether it begins with a small number, as of pieces or boxes."""
    return re.match(r"\d{1,2}(?!\d)", text) is not None


def _parts_of(piece: str) -> list[str]:
    return [part for part in COMMAS.split(piece) if trimmed(part)]


def _named(parts: list[str], make: Span) -> Iterator[Span]:
    """A name with something behind it; with another name behind it, both are asked about."""
    first, *rest = parts
    if is_person(first) and not any(is_person(part) for part in rest):
        yield replace(make, text=first, sure=LABELLED)
        yield from between_commas(rest, replace(make, target="ignored"))
    elif is_company(make.text):
        yield replace(make, sure=LABELLED)
    else:
        yield replace(make, sure=MAYBE)


def _section(piece: str, label: Label, make: Span) -> Iterator[Span]:
    """ "Müşteri: Ayşe Demir, Balkan Cad. No: 5": the first stretch is the name or the company, the rest by its form."""
    first, *rest = [part for part in COMMAS.split(piece) if trimmed(part)] or [piece]
    if is_company(piece) and not any(is_address(part) or is_person(part) for part in (first, *rest)):
        first, rest = piece, []
    person = is_person(first) or not (maybe_company(first) or is_company(first) or names_building(first))
    if label.owner is None:
        if span := form_of(replace(make, text=piece)):
            yield span
        return
    if label.owner == "dealer":
        yield replace(make, target="company", text=first, sure=MAYBE if is_person(first) else LABELLED)
    elif is_address(first):
        yield replace(make, target="address", text=first, sure=SHAPED)
    else:
        another = any(is_person(part) for part in rest)  # two people: which of them?
        sure = SHAPED if person and another else LABELLED
        yield replace(make, target="name" if person else "company", text=first, sure=sure)
    if rest:
        yield from between_commas(rest, make)
