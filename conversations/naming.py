"""Who a text in sentences is about: a person's name within them, by what stands around it.

Looked for only where no label and no line of its own told one. A name is never taken for its words alone: beside it
stands a telephone, a word that says whose it is, or the ends of its clause.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from conversations.answers.personal_names import GIVEN, SURNAMES
from conversations.answers.place_names import names
from conversations.answers.plain import terms
from conversations.block_labels import NO_CHIEFS, OTHER_THINGS, THIRD_PARTIES, Target
from conversations.device_shapes import names_brand
from conversations.labelling import label_of_words
from conversations.senders import dealer_speaks
from conversations.shapes import BUSINESS, NAMES_BUILDINGS, NOT_A_NAME
from conversations.span import MAYBE, SHAPED, TELEPHONES, Owned, Span
from conversations.street_shapes import ADDRESS_MARKS
from conversations.stretches import EMAIL, PHONE, words_of

_LOOKED_IN: frozenset[Target] = frozenset((*TELEPHONES, "section", "intro", "address", "place", "product", "contact"))
_MOST_CHARACTERS = 600
_MOST_WORDS = 4
_WORD = re.compile(r"([^\W\d_]+)(?:['’]([^\W\d_]{1,6}))?")
_TITLE = re.compile(r"(?:(?:prof|doç|doc|dr|av|dt|op|uzm|yrd|ecz|vet)\.? ?){1,3}$", re.IGNORECASE)
_TO_PHONE = re.compile(
    r"['’\w]{0,6}\W{0,4}(?:(?:hanım|hanim|bey|hn|beyin|hanımın|tel|telefon|telefonu|cep|cebi|gsm|numarası|numarasi|no|tlf|nr|mobile"
    r"|cell|phone|office|kendi|tlfn)\W{1,3}){0,3}$",
    re.IGNORECASE,
)
_CUSTOMERS = terms(
    """musteri musterim musterimiz musterimizin musterimin musteriniz adina adim ismim isim isminde customer sn sayin
    bay bayan mr mrs ms miss name landlord husband wife tenant soyad adsoyad kullanici sahibi sahibim malik"""
)
_SPEAKER = terms("ben bendeniz i'm im")
_DEPUTIES = terms(
    """yetkili yetkilisi yetk mudur muduru mudurumuz sorumlu sorumlusu sorumlumuz sefi sef amiri amirimiz baskan
    baskani baskanimiz memuru memurumuz muhatap kisi kisisi owner contact person responsible yonetici yoneticisi
    yoneticimiz muhendis muhendisi gorevli gorevlisi irtibat satinalmadan teknikten muhasebeden idareden patron
    patronumuz mukim oturan ikamet eden"""
)
_RELATIVES = terms(
    """annem babam yegenim kayinvalidem kayinpederim kayinvalidemin teyzem dayim halam amcam ablam abim agabeyim
    anneannem babaannem dedem annemin babamin kayinbiraderim"""
)
_BEHIND = terms(
    "adina icin isimli adli diye hanim bey hanimefendi beyefendi beyin hanimin beyefendinin hanimefendinin ben"
)
_OTHERS = (THIRD_PARTIES - _DEPUTIES - _RELATIVES - terms("yonetici santiye annesi babasi annemin babamin")) | terms(
    """saygilar saygilarimla merhaba selam selamlar gonderen satan satici bayi bayisi bayimiz dear hi hello tesekkurler
    torunu yegeni kuzeni"""
)
_ENDS = ADDRESS_MARKS | BUSINESS | NAMES_BUILDINGS
"""Words that make of the name before them that of a street, a building or a firm."""
_NO_WORD = (NOT_A_NAME | _ENDS | _OTHERS | _CUSTOMERS | _BEHIND | _DEPUTIES | _RELATIVES | _SPEAKER) | terms(
    """olan olarak icin kendisi benim onun bana beni tel telefonu cebi numarasi numaram nin koyu koy mevkii karsisi yani
    arkasi evi evine kombisi kombi seri gun gunu diye aradi yazdi dedi geldi aldi alindi almis taktirdi taktirdik
    var yok degil oldu istiyor istiyorum lazim bir iki uc son kat daire blok site sitesi etap kisim universite parki
    meydani caddesi sokagi duragi hastanesi okulu camii cami koprusu kavsagi ilcesi ili merkez"""
)
_FROM_OR_AT = frozenset(("dan", "den", "tan", "ten", "da", "de", "ta", "te"))
_ALONE_BEFORE = re.compile(r"(?:^|[,.;:|/()\n–-])\s*$")
_ALONE_BEHIND = re.compile(r"\s*(?:$|[,.;:|/()\n–-])")
_SPEAKS, _NAMED, _REACHED, _ANSWERS, _ALONE, _NOBODY = 6, 5, 4, 3, 2, 0
"""How much speaks for a name: a word before it, a telephone behind it, what the person is there, its clause alone."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A name in a cell, how much speaks for its being the customer's, and where it stands."""

    text: str
    rank: int
    line: int


def named_in(cells: list[Owned]) -> list[Span]:
    """The customer's name in these cells: one span, a few to be asked about where as much speaks for each, or none."""
    dealers = dealer_speaks(cells)
    found = [
        name
        for at, cell in enumerate(cells)
        if cell.owner != "dealer" and (cell.label is None or cell.label.target in _LOOKED_IN) and _may_name(cell)
        for name in _Sentence(cell, cells[at + 1] if at + 1 < len(cells) else None, dealers=dealers).names()
    ]
    best = max((name.rank for name in found), default=_NOBODY)
    texts = {words_of(name.text): name for name in reversed(found) if name.rank == best}
    sure = SHAPED if len(texts) == 1 else MAYBE
    return [Span("name", name.text, sure, name.line) for name in reversed(texts.values())]


def _may_name(cell: Owned) -> bool:
    """Whether the words before its colon, which are no label, may be said of the customer ("kombi onun adına: …")."""
    words = cell.words.split()
    whose = bool(words) and words[-1] in (_CUSTOMERS | _DEPUTIES | _RELATIVES)
    return not cell.unknown or (whose and (NO_CHIEFS | OTHER_THINGS | _OTHERS).isdisjoint(words))


class _Sentence:
    """The words of one cell, and what stands around them."""

    def __init__(self, cell: Owned, after: Owned | None, *, dealers: bool) -> None:
        self.text = EMAIL.sub(lambda match: "@" * len(match[0]), cell.text[:_MOST_CHARACTERS])
        self.words = list(_WORD.finditer(self.text))
        self.folded = ["".join(words_of(word[1])[:1]) for word in self.words]
        self.cell = cell
        self.after = after
        self.dealers = dealers
        self.cased = not self.text.isupper()

    def names(self) -> Iterator[_Found]:
        """The names that something speaks for."""
        at = 0
        while at < len(self.words) - 1:
            length = self._length(at)
            if length and (rank := self._rank(at, at + length)):
                begins = self.words[at].start()
                if title := _TITLE.search(self.text[:begins][-20:]):
                    begins -= len(title[0])
                yield _Found(self.text[begins : self.words[at + length - 1].end(1)], rank, self.cell.line)
            at += max(length, 1)

    def _length(self, at: int) -> int:
        """How many words from here on are a name; 0 for none."""
        first, folded = self.words[at], self.folded
        if folded[at] in _NO_WORD or first[2] or len(folded[at]) < 2:
            return 0
        cased = self.cased and first[1][0].isupper()
        cued = cased and at > 0 and folded[at - 1] in (_CUSTOMERS | _DEPUTIES | _RELATIVES | {"is"})
        if folded[at] not in GIVEN and (not cued or folded[at] in names().places):
            return 0
        end = at + 1
        while end < len(self.words) and end - at < _MOST_WORDS and self._goes_on(at, end, cased=cased):
            end += 1
            if self.words[end - 1][2]:
                break
        run = folded[at:end]
        labels = any(label_of_words(word) is not None for word in run)
        no_name = len(run) < 2 or labels or names_brand(" ".join(run)) or all(word in names().places for word in run)
        return 0 if no_name else len(run)

    def _goes_on(self, at: int, end: int, *, cased: bool) -> bool:
        """Whether the word at `end` is one more of the name that begins at `at`."""
        apart = self.text[self.words[end - 1].end() : self.words[end].start()] not in (" ", "  ")
        if apart or self.folded[end] in _NO_WORD or (cased and not self.words[end][1][0].isupper()):
            return False
        return cased or end - at < 2 or self.folded[end - 1] in GIVEN

    def _rank(self, first: int, end: int) -> int:
        """How much speaks for these words' being the customer's name; 0 for nothing, or for another's."""
        text, words = self.text, self.words
        begins, ends = words[first].start(), words[end - 1].end()
        suffix = "".join(words_of(words[end - 1][2] or "")[:1])
        apart = end == len(words) or text[ends : words[end].start()].strip()
        following = "" if apart else self.folded[end]
        clause = re.split(r"[.;\n|](?:\s|$)", text[:begins])[-1]
        before = words_of(clause)[-3:]
        if following in _ENDS or suffix in _FROM_OR_AT or not _OTHERS.isdisjoint(before):
            return _NOBODY
        close = set(words_of(re.split(r"[,;:/|()]", clause)[-1])[-2:]) or set(before[-1:])
        of_customer = not first and self.cell.label is not None and self.cell.label.owner == "customer"
        if of_customer or close & _CUSTOMERS:
            return _SPEAKS
        if close & _SPEAKER:
            return _NOBODY if self.dealers else _NAMED
        if close & _RELATIVES:
            return _NAMED
        if close & _DEPUTIES:
            return _ANSWERS
        if self._reached(ends):
            return _REACHED
        if following in _BEHIND and not (following == "ben" and self.dealers):
            return _ANSWERS
        if suffix and suffix[-1] in "niu" and suffix not in ("ni", "yi"):
            return _ANSWERS
        alone = _ALONE_BEFORE.search(text[:begins][-8:]) and _ALONE_BEHIND.match(text, ends)
        both = words[first][1][0].isupper() and words[end - 1][1][0].isupper()
        return _ALONE if alone and (both or self.folded[end - 1] in SURNAMES) else _NOBODY

    def _reached(self, ends: int) -> bool:
        """Whether a telephone stands right behind, in this cell or as the next one."""
        phone = PHONE.search(self.text, ends, ends + 80)
        if phone is not None:
            return _TO_PHONE.fullmatch(self.text[ends : phone.start()]) is not None
        after, rest = self.after, self.text[ends:]
        if after is None or rest.strip(" ,;:()-/"):
            return False
        return (after.label is not None and after.label.target in TELEPHONES) or PHONE.match(after.text) is not None
