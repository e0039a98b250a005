"""A cell cut into spans: one stretch for one kind of answer, and how sure its label or its form makes it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from conversations.block_labels import OTHER_THINGS, THIRD_PARTIES, Label, Owner, Target, label_of_words
from conversations.cells import Cell
from conversations.device_shapes import (
    is_brand,
    is_generic,
    is_product,
    maybe_product,
    product_and_numbers,
    product_at_start,
    product_inside,
)
from conversations.letters import fold_words
from conversations.shapes import (
    company_alone,
    has_given_name,
    is_company,
    is_end_of_company,
    is_person,
    maybe_company,
    maybe_person,
    names_building,
    sells_heating,
)
from conversations.street_shapes import (
    NEARBY,
    address_alone,
    address_head,
    behind_origin,
    behind_places,
    continues_address,
    is_address,
    is_place,
    places_told,
    says_more,
    without_post_code,
)
from conversations.stretches import EMAIL, PHONE, greeting_of, trimmed, words_of

LABELLED, SHAPED, MAYBE = 2, 1, 0


"""How sure it is what a span is: its label says so, its form does, or it must be asked about."""
TELEPHONES: frozenset[Target] = frozenset(("mobile", "phone", "work"))
_WHOLE: frozenset[Target] = frozenset(("serials", "count", "group", "brand", "province", "district", "ignored"))
SERIAL_LABEL = re.compile(
    r"(?<![^\W_])(?:s ?/ ?n|sn|s\.n\.?|seri(?:al)?[ -]?"
    r"(?:no|nolar[ıi]?|nosu|numaras[ıi]|numaralar[ıi]|number|numbers|nr)?)"
    r"(?:lar[ıi])?[ .:=#-]{1,3}(?=[A-Za-z]{0,5}[-./]?\d)",
    re.IGNORECASE,
)
_SERIAL_LIST = re.compile(
    r"[A-Za-z]{0,6}[-./]?\d[\w./-]{0,40}"
    r"(?:(?: ?[,;/&+–-] ?| (?:ve|ile|and) | )(?=[A-Za-z]{0,6}[-./]?\d)[\w./-]{1,40}){0,60}"
)
_COUNT = re.compile(
    r"[(x×* -]{0,3}(?<![\w./-])(\d{1,2}) ?(?:adet|ad\.|tane|cihaz|ünite|unit[se]?|pcs|pieces)(?![^\W_])[)]?"
    r"|\(?(?<![^\W_])[x×*] ?(\d{1,2})(?![\w.])[)]?|^(\d{1,2}) ?[x×*] ?(?=[^\W\d_]{2})"
    r"|(?<![^\W_])(bir|iki|[uü][cç]|d[oö]rt|be[sş]|alt[ıi]|yedi|sekiz|dokuz|on) (?:adet|tane|cihaz)(?![^\W_])",
    re.IGNORECASE,
)
_SERIAL_TOKEN = re.compile(r"(?=[A-Za-z./-]*\d)[A-Za-z0-9][A-Za-z0-9./_-]{2,39}")
_CUE = re.compile(
    r"(?:sn\.?|say[ıi]n|ben|ad[ıi]m|ismim|m[uü][sş]terimiz|m[uü][sş]teri(?:nin ad[ıi])?) (?=[^\W\d_])", re.IGNORECASE
)
_RUNNING = re.compile(
    r"(?<![^\W_])(?:m[uü][sş]teri(?:nin)?|adres(?:i|im)?|cihaz(?:[ıi]m)?|[uü]r[uü]n|model|kombi(?:m)?|kazan[ıi]m|bayi"
    r"|isim|ad[ıi]?m? soyad[ıi]?m?|ili[mn](?:iz)?|il[cç]emi?z?|e-?posta|e-?mail|mail|il[cç]e|seri"
    r"|tel(?:efon(?:um|u)?)?|cep|gsm)\s+(?=\S)",
    re.IGNORECASE,
)
_BEHIND_A_NUMBER = re.compile(r"\w*\d[\w./]*\s*[-,/]\s+(.+)")
_BRACKETED = re.compile(r"([^()]{3,80})[(]([^()]{3,60})[)]?")
_AS_TYPED: frozenset[Target] = frozenset(("address", "product", "name", "contact", "given"))
_EXTENSION = re.compile(
    r" ?[(]? ?(?:dahili|dah\.?|ext\.?|[iı]ç hat)[ :.]{0,3}\d{1,5}[)]?| ?/ ?\d{1,3}(?!\d| ?[/.\d])", re.IGNORECASE
)
_DEVICES = ("cihaz", "cihazim", "kombi", "kombim", "kazan", "kazanim", "marka", "marka model")
_TAKEN_BACK = re.compile(r"(?<![^\W_])(?:pardon|yanl[ıi][sş] (?:yazd|oldu)|d[uü]zeltiyorum)", re.IGNORECASE)
_REPLACED = re.compile(r"(?<![^\W_])(?:iptal|eski|s[oö]k[uü]ld[uü])(?![^\W_])", re.IGNORECASE)
_MORE_DIGITS = re.compile(r"[\W_]*\d[\d\W_]*")
_SHORT_NAMES = ("ad", "adi", "isim", "name")
_BARE: Mapping[str, Label] = {
    **dict.fromkeys(_DEVICES, Label("product")),
    **dict.fromkeys(_SHORT_NAMES, Label("name")),
}
"""Labels that count without a colon only before what can be nothing else."""
_COMMAS = re.compile(r"\s*,\s*|\s+[-–—]\s+|(?<!\d)\s+/\s+|\s+/\s+(?!\d)")


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch for one kind of answer. `owner` is None where nothing says whose it is."""

    target: Target
    text: str
    sure: int
    line: int
    owner: Owner | None = None


@dataclass(frozen=True, slots=True)
class Owned(Cell):
    """A cell with whose it is, None where nothing says so."""

    owner: Owner | None = None


def cut(cell: Owned) -> Iterator[Span]:
    """The spans of one cell."""
    label = cell.label
    if cell.unknown:
        return
    if _TAKEN_BACK.search(cell.text):
        if label is not None or is_address(cell.text):
            yield Span(label.target if label else "address", cell.text, MAYBE, cell.line, cell.owner)
        return
    if label is not None and label.target == "serials" and _REPLACED.search(cell.text):
        return
    if label is not None and label.target == "ignored":
        if behind := _BEHIND_A_NUMBER.fullmatch(cell.text):
            yield from cut(Owned(behind[1], cell.line, None, False, cell.owner))
        return
    if label is not None and label.target in _WHOLE:
        first, *others = _behind_serials(cell.text) if label.target == "serials" and cell.text else [cell.text]
        if label.target == "brand" and is_product(first):
            label = Label("product", label.owner)
        yield Span(label.target, first, LABELLED, cell.line, cell.owner)
        for other in others:
            yield from cut(Owned(other, cell.line, None, False, cell.owner))
        return
    rest, atoms = _atoms(cell)
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


def _told(text: str, cell: Owned) -> bool:
    return _shaped(Span("ignored", text, SHAPED, cell.line, cell.owner)) is not None


def _behind_serials(text: str) -> list[str]:
    """Serial numbers parted from what is none behind them: a label, or a name with its telephone."""
    first, *others = _running(text)
    listed = _SERIAL_LIST.match(first)
    rest = first[listed.end() :].strip() if listed else ""
    if listed and (PHONE.search(rest) or "@" in rest or is_person(rest) or is_place(rest) or is_product(rest)):
        return [listed[0], rest, *others]
    return [first, *others]


def _unbracketed(text: str) -> str:
    """The text without a bracket that was left open where something was cut out of it."""
    text = text.strip()
    text = text[:-1] if text.endswith(("(", "[", "<")) else text
    return text[1:] if text.startswith((")", "]", ">")) else text


def _atoms(cell: Owned) -> tuple[str, list[Span]]:
    """The e-mails, telephones, labelled serials and counts in the cell, and the rest, broken where they stood."""
    target = cell.label.target if cell.label else None
    found: list[Span] = []
    text = cell.text
    while target != "address" and (match := SERIAL_LABEL.search(text)):
        listed = _SERIAL_LIST.match(text, match.end())
        end = listed.end() if listed else len(text)
        word_before = words_of(text[: match.start()])[-1:]
        replaced = _REPLACED.match(text[end:].lstrip(" ,.-("))
        if OTHER_THINGS.isdisjoint(word_before) and not replaced:
            found.append(Span("serials", text[match.end() : end], LABELLED, cell.line, cell.owner))
        text = text[: match.start()] + "\n" + text[end:]
    if "@" in text:
        found += [Span("email", match[0], SHAPED, cell.line, cell.owner) for match in EMAIL.finditer(text)]
        text = EMAIL.sub("\n", text)
    parts: list[str] = []
    end = 0
    for match in PHONE.finditer(text):
        before, named = _telephone_label(text[end : match.start()])
        if (named is not None and named.target == "ignored") or not (THIRD_PARTIES | {"eski", "onceki"}).isdisjoint(
            words_of(before)
        ):
            # The caretaker's or a neighbour's: neither their number nor their name is the customer's.
            parts.append("" if named is None else before)
        else:
            hint = named.target if named else target if target in TELEPHONES else "phone"
            sure = LABELLED if named or target in TELEPHONES else SHAPED
            owner = named.owner if named and named.owner else cell.owner
            parts.append(before)
            extension = _EXTENSION.match(text, match.end())
            end = extension.end() if extension else match.end()
            found.append(Span(hint or "phone", text[match.start() : end].strip(), sure, cell.line, owner))
        end = max(end, match.end())
    text = "\n".join((*parts, text[end:]))
    if target in (None, "product"):
        text, counts = count_in(text, Span("count", "", SHAPED, cell.line, cell.owner), product=target == "product")
        found += counts
    return text, found


def count_in(text: str, make: Span, *, product: bool = False) -> tuple[str, list[Span]]:
    """The text without "2 adet" beside a product, or alone, and that."""
    found = []
    while match := _COUNT.search(text):
        around = trimmed(text[: match.start()] + text[match.end() :])
        if not (product or not around or (maybe_product(around) and "," not in around)):
            break
        found.append(replace(make, target="count", text=next(filter(None, match.groups())), sure=SHAPED))
        text = re.sub(r"\s+(?=[,;])", "", text[: match.start()] + " " + text[match.end() :])
    return text, found


def _telephone_label(before: str) -> tuple[str, Label | None]:
    """What stands before a telephone, without the word that names it ("cep", "iş tel")."""
    words = list(re.finditer(r"[^\W_]+", before))[-3:]
    for word in words:
        label = label_of_words(fold_words(before[word.start() :]))
        if label is not None and label.target in (*TELEPHONES, "ignored"):
            return before[: word.start()], label
    return before, None


def _read(piece: str, label: Label | None, cell: Owned) -> Iterator[Span]:
    """A stretch without telephones and e-mails: by its label, else by its form, whole or between commas."""
    make = Span("ignored", piece, SHAPED, cell.line, cell.owner)
    if label is not None and label.target == "section":
        yield from _section(piece, label, make)
    elif label is not None and label.target == "place" and not is_place(piece):
        yield from _by_form(make) if is_address(piece) else ()
    elif label is not None and label.target == "company":
        first, *rest = re.split(r" +[-–—/|] +", piece)
        told = rest and all(_shaped(replace(make, text=part)) for part in rest)
        yield replace(make, target="company", text=first if told else piece, sure=LABELLED)
        yield from _between_commas(rest if told else [], make)
    elif label is not None and label.target in ("name", "contact") and len(_parts_of(piece)) > 1:
        yield from _named(_parts_of(piece), replace(make, target=label.target))
    elif label is None or label.target == "intro" or (label.target == "address" and not is_place(piece)):
        first, *others = _running(piece)
        if label is not None and label.target == "address":
            text = address_alone(first) if says_more(first) else address_head(first)[1]
            yield replace(make, target="address", text=text, sure=LABELLED)
        else:
            others.insert(0, first)
        for other in others:
            yield from _by_form(replace(make, text=other))
    elif label.target == "address" and is_place(piece):
        yield replace(make, target="place", text=without_post_code(piece), sure=LABELLED)
    elif label.target == "product":
        yield from _products(piece, make)
    else:
        yield replace(make, target=label.target, sure=LABELLED)


def _products(piece: str, make: Span) -> Iterator[Span]:
    """The products behind their label; what is no word of their names goes by its form, a bracket is left out."""
    first, *others = [part for part in map(trimmed, _at_products(piece)) if part] or [piece]
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
            yield from _by_form(replace(make, text=other))


def maybe_count(text: str) -> bool:
    """Whether it begins with a small number, as of pieces or boxes."""
    return re.match(r"\d{1,2}(?!\d)", text) is not None


def _parts_of(piece: str) -> list[str]:
    return [part for part in _COMMAS.split(piece) if trimmed(part)]


def _named(parts: list[str], make: Span) -> Iterator[Span]:
    """A name with something behind it; with another name behind it, both are asked about."""
    first, *rest = parts
    if is_person(first) and not any(is_person(part) for part in rest):
        yield replace(make, text=first, sure=LABELLED)
        yield from _between_commas(rest, replace(make, target="ignored"))
    elif is_company(make.text):
        yield replace(make, sure=LABELLED)
    else:
        yield replace(make, sure=MAYBE)


def _running(text: str) -> list[str]:
    """The text cut before labels that run on without a colon, and before a product's name at its end."""
    cuts = [m.start() for m in _RUNNING.finditer(text) if m.start() == 0 or not is_end_of_company(text[m.end() :])]
    begins = [0, *(cut for cut in cuts if cut)] if len(cuts) > 1 or (cuts and cuts[0]) else [0]
    pieces = [text[start:stop] for start, stop in zip(begins, [*begins[1:], len(text)], strict=True)]
    parts = [part for piece in pieces for part in map(trimmed, _at_products(piece)) if part]
    return [part for piece in parts for part in (behind_places(piece) if is_address(piece) else (piece,)) if part]


def _at_products(text: str) -> Iterator[str]:
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


def _by_form(make: Span) -> Iterator[Span]:
    """A stretch by its form: whole, or between its commas where another thing than an address stands there."""
    head, rest = address_head(make.text)
    if head and is_address(rest):
        yield from _of_sentence(replace(make, text=head))
        make = replace(make, text=rest)
    parts = [part for part in _COMMAS.split(make.text) if trimmed(part)]
    whole = _shaped(make)
    if len(parts) > 1 and (whole is None or whole.target in ("address", "product", "company")):
        found = list(_between_commas(parts, make))
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


def _section(piece: str, label: Label, make: Span) -> Iterator[Span]:
    """ "Müşteri: Ayşe Demir, Balkan Cad. No: 5": the first stretch is the name or the company, the rest by its form."""
    first, *rest = [part for part in _COMMAS.split(piece) if trimmed(part)] or [piece]
    if is_company(piece) and not any(is_address(part) or is_person(part) for part in (first, *rest)):
        first, rest = piece, []
    person = is_person(first) or not (maybe_company(first) or is_company(first) or names_building(first))
    if label.owner is None:
        if span := _shaped(replace(make, text=piece)):
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
        yield from _between_commas(rest, make)


def _shaped(make: Span) -> Span | None:
    """The span of a stretch by its form alone."""
    text = make.text
    if len(words_of(text)) > 40:
        return None
    if greeting := greeting_of(text):
        rest = trimmed(text[len(greeting) :])
        return _shaped(replace(make, text=rest)) if rest else None
    if bare := _bare_label(make):
        return bare
    if cue := _CUE.match(text):
        rest = behind_origin(text[cue.end() :])
        if is_person(rest) or (maybe_person(rest) and has_given_name(rest) and not maybe_company(rest)):
            return replace(make, target="name", text=rest, sure=SHAPED)
    for target, told in (("place", is_place), ("product", is_product), ("name", is_person), ("address", is_address)):
        if told(text):
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


def _between_commas(parts: list[str], make: Span) -> Iterator[Span]:
    """Stretches between commas, those of one address together again."""
    shaped: list[Span] = []
    for part in parts:
        text, counts = count_in(part, make)
        yield from counts
        plain = replace(make, text=trimmed(text))
        shaped.append(_shaped(plain) or plain)
    address = [at for at, span in enumerate(shaped) if span.target == "address"]
    if address:
        first, last = address[0], address[-1]
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
