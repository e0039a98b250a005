"""Whose letter a pasted text is: a firm of the trade that signs it, or speaks in it, is the dealer, not the customer.

Only beside a customer who is named elsewhere: a firm alone may be the customer itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from conversations.block_labels import Target
from conversations.cells import Cell
from conversations.company_shapes import firm_in
from conversations.device_shapes import names_brand
from conversations.letters import fold_words
from conversations.shapes import is_person
from conversations.span import TELEPHONES, Owned, Span
from conversations.street_shapes import is_address
from conversations.stretches import EMAIL, PHONE, greeting_of, words_of

ON_CARDS: frozenset[Target] = frozenset((*TELEPHONES, "email", "company", "contact", "ignored"))
"""Labels that stand on a card of somebody's, and say nothing of whose it is."""
_SPEAKS = re.compile(
    r"(?<![^\W_])(?:ben|biz|bayi[iı]?(?:miz|si|niz)?|gönderen|saygılar\w*)(?:\W+[^\W\d_]+){0,2}\W+$", re.IGNORECASE
)
_CALLED = re.compile(r"\W*(?:t|m|tel|tlf|telefon|gsm|cep)?\W*", re.IGNORECASE)
_MOST_WORDS = 3
"""Words that may stand beside a firm, a telephone and an e-mail in a sentence that is a signature: a name."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a cell says of whose letter it is.

    `of_cards`: a card may hold it; `speakable`: it says nothing of a device or a place; `reached`, `only_reached`:
    a telephone or an e-mail stands there, and nothing else; `customer`: somebody is named, or a telephone.
    """

    of_cards: bool
    firm: bool
    speakable: bool
    reached: bool
    only_reached: bool
    customer: bool


def with_dealers(cells: list[Owned]) -> list[Owned]:
    """The cells with the dealer's own made theirs: paragraphs, lines and sentences that name a firm of the trade."""
    facts = [_facts_of(cell) for cell in cells]
    speaks = dealer_speaks(cells)
    if not speaks and not any(fact.firm or cell.owner == "dealer" for fact, cell in zip(facts, cells, strict=True)):
        return cells
    if len(cells) > 1 and all(fact.of_cards for fact in facts) and firm_in(cells[0].text) == cells[0].text:
        return [replace(cell, owner="dealer") for cell in cells]  # a card and nothing else
    theirs: set[int] = set()
    for part in (*_paragraphs(cells), *_lines(cells)):
        of_cards = all(facts[at].of_cards for at in part) and any(facts[at].reached for at in part)
        if of_cards and any(facts[at].firm for at in part) and _customer_beside(facts, {*part, *theirs}):
            theirs |= set(part)
    last = _last_line(cells)
    if all(facts[at].of_cards for at in last) and _signed([cells[at] for at in last], trade=not speaks):
        theirs |= set(last) if _customer_beside(facts, {*last, *theirs}) else set()
    for at, cell in enumerate(cells):
        signs = _signs(cell, facts[at], speaks=speaks)
        beside = [other for other in cells[max(at - 1, 0) : at + 2] if other.owner == "dealer"]
        if facts[at].firm and facts[at].of_cards and beside and not facts[at].reached:
            signs = True  # a line above "Bayi yetkilisi Ali Kaya …"
        if at - 1 in theirs and facts[at].only_reached and cells[at - 1].line == cell.line:
            signs = True
        if beside and beside[0] is cells[at - 1] and cell.owner is None and facts[at].only_reached and at:
            signs = signs or (not facts[at - 1].reached and cell.line == cells[at - 1].line + 1)
        if signs and _customer_beside(facts, {at, *theirs}):
            theirs.add(at)
    return [replace(cell, owner="dealer") if at in theirs else cell for at, cell in enumerate(cells)]


def _last_line(cells: list[Owned]) -> list[int]:
    """The cells of the last line, or the last one where the text has but one line."""
    last = [at for at, cell in enumerate(cells) if cell.line == cells[-1].line]
    return last[-1:] if len(last) == len(cells) else last


def _signed(cells: list[Owned], *, trade: bool) -> bool:
    """Whether these cells are a firm, a name beside it, and nothing else."""
    text = " / ".join(cell.text for cell in cells)
    firm = firm_in(text, trade=trade)
    around = text.split(firm) if firm else [text]
    return bool(firm) and len(words_of(" ".join(around))) <= _MOST_WORDS and not around[-1].startswith(("'", "’"))


def dealer_speaks(cells: Sequence[Cell]) -> bool:
    """Whether somebody speaks of a customer of theirs, or as the dealer: "my number" is the dealer's then."""
    return any(_OF_DEALERS.search(fold_words(cell.text)) for cell in cells)


def as_spoken(span: Span, cell: Owned, *, dealers: bool) -> Span:
    """The span as the dealer's where they speak of themselves in the sentence ("benim numaram …", "adım …")."""
    if not span.text or span.owner is not None or span.target not in (*TELEPHONES, "email", "name"):
        return span
    before = cell.text.partition(span.text)[0][-60:]
    theirs = dealers and _OF_MINE.search(before) is not None
    firms = _OF_THEIRS.search(before) is not None and firm_in(cell.text) != ""
    return replace(span, owner="dealer") if theirs or firms else span


_OF_DEALERS = re.compile(
    r"(?<!\w)(?:musterim(?! yok)|musterimiz|musterimin|musterimizin|musterime|bayiyim|bayiyiz|bayiniz|bayiniziz"
    r"|bayisiyim|ustasiyim|tesisatciyim|musteri(?:nin)? (?:tel|cep|telefon|no)\w*)(?!\w)"
)
_REACHED_BY = r"(?:\W+(?:cep|tel|telefon|numara|no)\w{0,5})?\W{1,4}$"
_OF_MINE = re.compile(
    r"(?<!\w)(?:benim|beni(?: de)?|bana|ad[ıi]m|ismim|telefonum|numaram|cebim)" + _REACHED_BY, re.IGNORECASE
)
_OF_THEIRS = re.compile(r"(?<!\w)(?:onlar[ıi]n|firman[ıi]n|bayinin|sat[ıi]c[ıi]n[ıi]n)" + _REACHED_BY, re.IGNORECASE)


def _signs(cell: Owned, fact: _Facts, *, speaks: bool) -> bool:
    """Whether this sentence alone is a signature, or somebody of a firm speaks in it.

    `speaks`: the text speaks of a customer of somebody's, who is then of any trade.
    """
    firm = firm_in(cell.text, trade=not speaks) if fact.speakable else ""
    if not firm or cell.label is not None:
        return False
    before, _, behind = EMAIL.sub(" ", PHONE.sub(" ", cell.text)).partition(firm)
    if behind.startswith(("'", "’")):
        return False
    said = _SPEAKS.search(before) is not None
    return said or (fact.reached and fact.firm and len(words_of(before + behind)) <= _MOST_WORDS)


def _paragraphs(cells: list[Owned]) -> Iterator[list[int]]:
    part: list[int] = []
    for at, cell in enumerate(cells):
        if part and cell.line > cells[part[-1]].line + 1:
            yield part
            part = []
        part.append(at)
    if part:
        yield part


def _lines(cells: list[Owned]) -> Iterator[list[int]]:
    for line in sorted({cell.line for cell in cells}):
        yield [at for at, cell in enumerate(cells) if cell.line == line]


def _customer_beside(facts: list[_Facts], part: set[int]) -> bool:
    """Whether somebody is named, or a telephone, outside of this part."""
    return any(fact.customer for at, fact in enumerate(facts) if at not in part)


def _facts_of(cell: Owned) -> _Facts:
    text = cell.text
    target = cell.label.target if cell.label else None
    reached = bool(PHONE.search(text)) or "@" in text
    of_cards = (
        cell.owner is None
        and not cell.unknown
        and (target is None or target in ON_CARDS)
        and not is_address(text)
        and not names_brand(text)
    )
    rest = EMAIL.sub(" ", PHONE.sub(" ", text))
    named = target == "name" or target in TELEPHONES or is_person(text)
    return _Facts(
        of_cards=of_cards and len(words_of(rest)) <= 8 and not greeting_of(text),
        firm=of_cards and target != "ignored" and firm_in(text) != "",
        speakable=of_cards,
        reached=reached,
        only_reached=(reached and not rest.strip(" .,()"))
        or target in (*TELEPHONES, "email")
        or _CALLED.fullmatch(rest) is not None,
        customer=cell.owner != "dealer" and (named or bool(PHONE.search(text))) and not cell.unknown,
    )
