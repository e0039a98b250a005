"""The spans of a whole text: lines that go on, whose they are, and what stands beside what."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from conversations.atoms import SERIAL_LABEL, count_in
from conversations.block_labels import NO_CHIEFS, OTHER_THINGS, THIRD_PARTIES, Owner, Target
from conversations.cells import Cell
from conversations.company_shapes import companies_in, firm_in
from conversations.cutting import cut
from conversations.device_cues import may_be_serial
from conversations.device_shapes import is_product, maybe_product, product_inside
from conversations.labelling import Label, label_of_words
from conversations.letters import fold_words
from conversations.naming import named_in
from conversations.senders import ON_CARDS, as_spoken, dealer_speaks, with_dealers
from conversations.shapes import NOT_A_NAME, is_company, is_person, maybe_company, sells_heating
from conversations.span import LABELLED, MAYBE, SHAPED, TELEPHONES, Owned, Span
from conversations.street_shapes import continues_address, is_address, is_place
from conversations.stretches import EMAIL, PHONE, is_closing, trimmed, words_of

_BESIDE_PRODUCT = re.compile(r"[A-Z]{0,4}[-./]?\d{5,20}[A-Z]?")
IsListed = Callable[[str], bool]


def spans_of(cells: list[Cell], is_listed: IsListed = lambda text: False) -> list[Span]:
    """The spans in the order of the text; what is told to be somebody else's or nothing's is left out.

    `is_listed` tells the very names of the catalogue's products.
    """
    spans: list[Span] = []
    unread: Span | None = None
    owned = with_dealers(list(_owned(list(_closings_apart(cells)))))
    dealers = dealer_speaks(owned)
    for at, cell in enumerate(owned):
        if _goes_on(spans, cell, owned[at + 1] if at + 1 < len(owned) else None) and not is_listed(cell.text):
            _put(spans, Span("address", cell.text, MAYBE, cell.line, cell.owner))
            continue
        doubted = at + 1 < len(owned) and _takes_back(cell, owned[at + 1])
        for span in cut(cell):
            read = as_spoken(_as_listed(span, is_listed), cell, dealers=dealers)
            read = replace(read, sure=MAYBE) if doubted else read
            if read.target == "ignored":
                unread = read
            elif unread is not None and _may_begin_in(unread, read, spans):
                _put(spans, replace(read, sure=MAYBE))
            else:
                _put(spans, read)
    return _beside_products(_with_companies(_with_names(spans, owned), owned))


def _with_names(spans: list[Span], cells: list[Owned]) -> list[Span]:
    """The spans with the customer's name from within sentences, where no label and no line of its own told it."""
    told = any(span.target in ("name", "given", "contact") and span.sure and span.owner != "dealer" for span in spans)
    named = [] if told else named_in(cells)
    return [*(span for span in spans if span.target != "name" or span.owner == "dealer"), *named] if named else spans


def _with_companies(spans: list[Span], cells: list[Owned]) -> list[Span]:
    """The spans with the one company that sentences name, where no label and no line of its own told one."""
    mine = [span for span in spans if span.owner != "dealer"]
    if any(
        (span.target == "company" and span.sure) or (span.target == "name" and is_company(span.text)) for span in mine
    ):
        return spans
    addresses = [span.text for span in mine if span.target == "address"]
    found = {
        words_of(name): Span("company", name, SHAPED, cell.line)
        for cell in cells
        if cell.owner != "dealer" and (cell.label is None or cell.label.target in _SPOKEN)
        for name in companies_in(cell.text)
        if not any(name in address for address in addresses)
    }
    if len(found) != 1:
        return spans
    return [*(span for span in spans if span.target != "company" or span.owner == "dealer"), *found.values()]


_SPOKEN: frozenset[Target] = frozenset((*TELEPHONES, "section", "intro", "address", "place", "contact", "name"))


def _owned(cells: list[Cell]) -> Iterator[Owned]:
    """The cells with whose they are, by the headings and labels before them; a sender's signature is left out."""
    owner: Owner | None = None
    heading = False
    told = signed = False
    line = 0
    last_customer = max((at for at, c in enumerate(cells) if c.label and c.label.owner == "customer"), default=-1)
    first_customer = min((at for at, c in enumerate(cells) if c.label and c.label.owner == "customer"), default=-1)
    others = any(_of_a_customer(cell) for cell in cells)
    somebody = any(_names_somebody(cell) for cell in cells)
    # "Bayi: Özcan Isı", and below it a name, a telephone and an address without labels: the customer's.
    nobody = first_customer < 0 and any(cell.label is None and is_address(cell.text) for cell in cells)
    reached = {at for at, cell in enumerate(cells) if PHONE.search(cell.text)}
    for at, cell in enumerate(cells):
        label = cell.label
        if label is None and not cell.unknown and is_closing(cell.text):
            signed = told
            if told and not any(firm_in(other.text) for other in cells[at + 1 :]):
                return  # a sender's signature
            continue
        further = owner == "dealer" and label is None and not heading
        apart = _words_beside(cell.text) > 2 if cell.line == line else nobody and not _only_reached(cell.text)
        if (cell.line > line + 1 and not heading) or (further and apart):
            owner = None
        line = cell.line
        if label is not None and label.deputy and somebody:
            label = Label("ignored")
        elif label is not None and label.mine and label.target == "section" and label.owner is None:
            label = Label("section", "dealer" if others else "customer")
        elif label == Label("company") and others and sells_heating(cell.text):
            label = Label("company", "dealer")
        if label is not None and label.target in ("section", "intro"):
            owner, heading = label.owner, not cell.text
        elif label is not None and label.mine and others:
            owner, heading = "dealer", False
        elif label is not None and label.owner is not None:
            owner, heading = label.owner, False
        elif owner == "dealer" and at < first_customer == last_customer and label is not None:
            pass  # "Bayi: …, Adres: …" before "Müşteri: …": the dealer's
        elif label is not None and not heading and label.target not in (*TELEPHONES, "email", "contact", "ignored"):
            owner = None
        signed = signed and (label is None or label.target in ON_CARDS)
        owner = "dealer" if signed else owner
        said = owner or (_bare_owner(cell.text) if label is None else None)
        told = told or (label is not None and label.target in ("name", "serials")) or bool(PHONE.search(cell.text))
        stranger = somebody or not (NO_CHIEFS | OTHER_THINGS | THIRD_PARTIES).isdisjoint(cell.words.split())
        unknown = cell.unknown and (stranger or at not in reached or len(reached) > 1)
        yield Owned(cell.text, cell.line, label, unknown, cell.words, said, not somebody)


def _bare_owner(text: str) -> Owner | None:
    """Whose a sentence is that begins with a label of somebody's, without a colon ("bayi yetkilisi Ali Kaya …")."""
    if not (PHONE.search(text) or "@" in text or maybe_company(text.partition(" ")[2])):
        return None
    words = text.split()[:3]
    heads = (label_of_words(fold_words(" ".join(words[:count])), bare=True) for count in (2, 1) if len(words) > count)
    return next((label.owner for label in heads if label is not None and label.owner == "dealer"), None)


def _closings_apart(cells: list[Cell]) -> Iterator[Cell]:
    """The cells with "Saygılar, Ali Kaya" in two: what ends the letter, and who signs it."""
    for cell in cells:
        head, _, rest = cell.text.partition(",")
        if cell.label is None and rest.strip() and is_closing(head):
            yield replace(cell, text=head)
            cell = replace(cell, text=rest.strip())
        yield cell


def _takes_back(cell: Owned, after: Owned) -> bool:
    """Whether the sentence behind this one says that it is not so."""
    return after.line == cell.line and _NOT_SO.match(after.text) is not None


_NOT_SO = re.compile(r"(?:hay[ıi]r|yok yok|yok o|pardon|o de[gğ]il|yanl[ıi][sş])(?!\w)", re.IGNORECASE)


def _only_reached(text: str) -> bool:
    """Whether nothing but a telephone or an e-mail stands there, with a word for it at most."""
    return (PHONE.search(text) is not None or "@" in text) and _words_beside(text) <= 2


def _words_beside(text: str) -> int:
    """How many words stand there beside telephones and e-mails."""
    return len(words_of(EMAIL.sub(" ", PHONE.sub(" ", text))))


def _names_somebody(cell: Cell) -> bool:
    """Whether a person stands here who needs no deputy."""
    if cell.unknown or (cell.label is not None and (cell.label.deputy or cell.label.target in ("company", "ignored"))):
        return False
    return (cell.label is not None and cell.label.target in ("name", "given", "contact")) or is_person(cell.text)


def _of_a_customer(cell: Cell) -> bool:
    """Whether somebody speaks of a customer of theirs: then "my name", "our firm" are the dealer's."""
    named = (
        cell.label is not None
        and cell.label.owner == "customer"
        and (
            cell.label.target in ("name", "contact", "mobile", "phone")
            or (cell.label.target == "section" and cell.text)
        )
    )
    return bool(named) or any(word.startswith(("musterimin", "musterimizin")) for word in words_of(cell.text))


def _may_begin_in(unread: Span, span: Span, spans: list[Span]) -> bool:
    """Whether an address without a label may begin in the line before, with the name of a quarter or a building."""
    words = words_of(unread.text)
    apart = span.target != "address" or span.sure != SHAPED or (spans and spans[-1].target == "address")
    name = 1 <= len(words) <= 2 and all(c.isalpha() or c == " " for c in unread.text) and unread.text[:1].isupper()
    return not apart and name and unread.line == span.line - 1 and NOT_A_NAME.isdisjoint(words)


def _as_listed(span: Span, is_listed: IsListed) -> Span:
    """The span as a product where it is the name of one, and nothing surer."""
    if span.sure == LABELLED and span.target != "product":
        return span
    name, _ = count_in(span.text, span, product=True)
    return replace(span, target="product", text=trimmed(name), sure=max(span.sure, SHAPED)) if is_listed(name) else span


def _goes_on(spans: list[Span], cell: Owned, after: Owned | None) -> bool:
    """Whether the line goes on with the address right before it, by its own words or because the next line does."""
    last = spans[-1] if spans else None
    plain = cell.label is None and not cell.unknown and not PHONE.search(cell.text) and "@" not in cell.text
    if last is None or not plain or last.target != "address" or not 0 < cell.line - last.line <= 1:
        return False
    if is_place(cell.text) or is_product(cell.text) or is_company(cell.text):
        return False
    if SERIAL_LABEL.search(cell.text) or product_inside(cell.text)[1] or is_closing(cell.text):
        return False
    if continues_address(cell.text):
        return True
    following = after is not None and after.label is None and not after.unknown and after.line == cell.line + 1
    if not following or after is None or maybe_product(cell.text) or is_person(cell.text):
        return False
    words = words_of(cell.text)
    if len(words) > 4 or not NOT_A_NAME.isdisjoint(words) or any(c.isdigit() for c in cell.text):
        return False
    return continues_address(after.text) or is_place(after.text)


def _put(spans: list[Span], span: Span) -> None:
    """Adds the span; one that goes on with the one before becomes part of it."""
    last = next((s for s in reversed(spans) if s.target != "ignored"), None)
    follows = last is not None and spans[-1] is last and span.line - last.line <= 1
    if last is not None and follows and span.owner == last.owner:
        if (
            span.target == "address" == last.target
            and span.sure < LABELLED
            and (last.sure > MAYBE or span.sure == MAYBE)
        ):
            whole = f"{last.text}\n{span.text}"
            sure = max(last.sure, SHAPED if is_address(whole) else MAYBE)
            spans[-1] = replace(last, text=whole, sure=sure, line=span.line)
            return
        if span.target == "serials" == last.target and span.sure == MAYBE and last.sure > MAYBE:
            spans[-1] = replace(last, text=f"{last.text}\n{span.text}", line=span.line)
            return
    spans.append(span)


def _beside_products(spans: list[Span]) -> list[Span]:
    """Numbers without a label right behind a product are its serials, where they can hardly be anything else."""
    if any(span.target == "serials" and span.sure == LABELLED for span in spans):
        return spans
    spans = [
        replace(span, sure=MAYBE) if span.target == "phone" and _may_be_serial(span, spans[at - 1 : at]) else span
        for at, span in enumerate(spans)
    ]
    if not any(span.target == "product" for span in spans):
        return [span for span in spans if span.target != "serials"]
    read: list[Span] = []
    counted = _as_many_as_counted(spans)
    for span in spans:
        before = next(
            (s for s in reversed(read) if s.target not in ("count", "group") and not _names_no_model(s)), None
        )
        if (
            span.target == "serials"
            and span.sure == MAYBE
            and before is not None
            and before.target in ("place", "address")
        ):
            continue  # a post code
        if span.target == "serials" and span.sure == MAYBE and before is not None and before.line + 2 > span.line:
            after_product = before.target == "product" and before.sure > MAYBE
            after_serial = before.target == "serials" and before.sure == SHAPED
            if (after_product or after_serial) and (_certain_serials(span.text) or counted):
                span = replace(span, sure=SHAPED)
        if read and span.target == "serials" == read[-1].target and span.sure == read[-1].sure:
            read[-1] = replace(read[-1], text=f"{read[-1].text}\n{span.text}", line=span.line)
        else:
            read.append(span)
    return read


def _as_many_as_counted(spans: list[Span]) -> bool:
    """Whether as many tokens that may be serials stand in the text as it says that there are devices."""
    counts = {span.text for span in spans if span.target == "count"}
    tokens = [token for span in spans if span.target == "serials" for token in re.split(r"[\s,]+", span.text)]
    return len(counts) == 1 and len(tokens) > 1 and counts == {str(len(tokens))}


def _may_be_serial(span: Span, before: list[Span]) -> bool:
    """Whether ten bare digits right behind a product may as well be its serial number."""
    behind_product = bool(before) and before[0].target == "product" and span.line - before[0].line <= 1
    return behind_product and span.sure == SHAPED and re.fullmatch(r"[1-9]\d{9}", span.text) is not None


def _names_no_model(span: Span) -> bool:
    return span.target == "product" and span.sure == MAYBE and not any(c.isdigit() for c in span.text)


def _certain_serials(text: str) -> bool:
    tokens = re.split(r"[\s,]+", text.upper())
    return all(
        _BESIDE_PRODUCT.fullmatch(token)
        and not token.endswith("000")
        and len(token) not in (10, 11)
        and not re.fullmatch(r"\d{3}00", token)
        and may_be_serial(token)
        for token in tokens
    )
