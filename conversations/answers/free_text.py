"""Answers that are any text: the open address, the product and its group. Cleaned and bounded, otherwise as typed.

Where there is a catalogue, product and group are looked for in it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from conversations.answers.foreign import doubted
from conversations.answers.listed import (
    AT_ONCE,
    MOST_FOUND,
    PER_PAGE,
    TYPED,
    FromList,
    Hit,
    Questions,
    digest_of,
    found_in_list,
    page_of,
    to_the_letter,
)
from conversations.answers.outcome import Accepted, Ambiguous, Known, Outcome, Refused, Value, Verbatim
from conversations.answers.phones import is_only_phone
from conversations.answers.plain import LONGEST_LABELLED, answers_nothing, is_link, phrases, quoted, says_only
from conversations.catalogue import Catalogue
from conversations.letters import clean, fold_words, one_line
from conversations.words import Words

ADDRESS_BOUNDS = (10, 300)
PRODUCT_BOUNDS = (2, 200)
MOST_PRODUCTS = 20
"""Products that one answer may name where they are looked for one by one."""
EMPTY = Catalogue()
PRODUCT_QUESTIONS = Questions("product-which", "product-not-listed")
GROUP_QUESTIONS = Questions("group-which", "group-not-listed")
GROUP_OF_PRODUCT_QUESTIONS = Questions("group-of-product-which", "group-not-listed")

_LABEL = re.compile(r"([^:=]{2,30}?) ?[:=] ?(.+)")
_ADDRESS_LABELS = phrases(
    """adres|adresi|adresim|adresimiz|adresiniz|acik adres|acik adresi|acik adresim|tam adres|musteri adresi|ev adresi
    |ev adresim|is adresi|is adresim|montaj adresi|servis adresi|cihazin adresi|cihazin bulundugu adres|teslimat adresi
    |adres bilgisi|adres bilgileri|konum|konumu|konumum|address|full address"""
)
_PRODUCT_LABELS = phrases(
    """urun|urunler|urun adi|urunun adi|urun modeli|model|modeli|cihaz|cihaz adi|cihaz modeli|cihazin modeli|marka model
    |kombi|kazan|product|product name"""
)
_PRODUCT_UNKNOWN = _PRODUCT_LABELS - {"kombi", "kazan", "product"} | phrases("urunu|modelini|urun adini|marka")
_GROUP_LABELS = phrases("urun grubu|urun grubu adi|grup|grubu|urun gurubu|cihaz grubu|product group|group")
_SAME = re.compile(
    r"(?:(?:her )?(?:ikisi|hepsi)(?: de)? )?(?:adres\w{0,6} )?"
    r"(?:ayni|yukaridaki|ustteki|onceki|demin yazdigim|same|bayinin|bayi ile ayni|bayiyle ayni)"
    r"(?: (?:adres\w{0,6}|address|yer|yerde|yukaridaki|ayni))*|konum\w{0,12}(?: (?:attim|gonderdim|at|gonder\w{0,8}))?"
)
_BULLET = re.compile(r"^(?:[-–—•*>]+ )+")
_BETWEEN_PRODUCTS = re.compile(r" *[,;\n]+ *| +(?:ve|and) +", re.IGNORECASE)
_EMAIL = re.compile(r"\S{1,100}@\S{1,255}")


@dataclass(frozen=True, slots=True)
class Address(Verbatim):
    """An open address in one line, 10 to 300 characters; line breaks become commas."""

    def understand(self, text: str, known: Known) -> Outcome:
        args: dict[str, str | int] = {"text": quoted(text)}
        address = _bare(text, _ADDRESS_LABELS)
        if answers_nothing(text) or answers_nothing(address) or says_only(address, _ADDRESS_LABELS):
            return Refused(Words("address-not-an-answer", args))
        if len(address) <= ADDRESS_BOUNDS[1] and _SAME.fullmatch(fold_words(address)):
            return Refused(Words("address-same", args))
        if _EMAIL.fullmatch(address) or is_link(address) or is_only_phone(address):
            return Refused(Words("address-not-an-address", args))
        if not any(c.isalpha() for c in address):
            return Refused(Words("address-no-letters", args))
        if len(address) < ADDRESS_BOUNDS[0]:
            return Refused(Words("address-too-short", args))
        if len(address) > ADDRESS_BOUNDS[1]:
            return Refused(Words("address-too-long", {**args, "n": len(address)}))
        return Accepted(address)


@dataclass(frozen=True, slots=True)
class Product(FromList):
    """One or more products, 2 to 200 characters as typed; several lines become one comma-separated list.

    With a catalogue each is looked for there, and spelled as there, letter by letter.
    """

    catalogue: Catalogue = EMPTY

    def understand(self, text: str, known: Known) -> Outcome:
        """The product that this text means; of several that it may mean, the person picks."""
        outcome = self._plain(text)
        if not self.catalogue:
            return outcome
        entry = self.catalogue.exact(text)
        if entry is not None:
            return Accepted(entry.name)
        if not isinstance(outcome, Accepted):
            return outcome
        typed = str(outcome.value)
        whole = found_in_list(text, typed, self._hits(typed), PRODUCT_QUESTIONS)
        pieces = [piece for piece in (one_line(piece) for piece in _BETWEEN_PRODUCTS.split(typed)) if piece]
        if isinstance(whole, Accepted) or not 1 < len(pieces) <= MOST_PRODUCTS:
            return whole
        return self._several(text, typed, self._whole_names(pieces))

    def as_typed(self, text: str, known: Known) -> Outcome:
        """The text as it is, or the product of this very name."""
        entry = self.catalogue.exact(text)
        return self._plain(text) if entry is None else Accepted(entry.name)

    def first(self) -> tuple[str, ...]:
        """The first products of the file: the office puts first what is usual."""
        names = tuple(entry.name for entry in self.catalogue.entries[: PER_PAGE + 1])
        return names if len(names) <= PER_PAGE - 2 else names[:AT_ONCE]

    def has_more(self) -> bool:
        """Whether the catalogue has more than `first`."""
        return len(self.catalogue.entries) > len(self.first())

    def page(self, at: str) -> Ambiguous:
        """The groups first, then the products of one."""
        if at == TYPED:
            return to_the_letter(Words("product-to-the-letter"))
        group = at.partition(":")[2]
        groups = self.catalogue.groups
        if group not in groups and len(groups) > 1:
            return page_of(groups, at, Words("product-group-which"), opens=True)
        names = [entry.name for entry in self.catalogue.of_group(group or groups[0])]
        return page_of(names, at, Words("product-of-group", {"group": group or groups[0]}))

    def _hits(self, text: str) -> tuple[Hit, ...]:
        return tuple(Hit(f.entry.name, f.certain) for f in self.catalogue.search(text, MOST_FOUND + 1))

    def _whole_names(self, pieces: list[str]) -> list[str]:
        """The pieces, with those joined again that are one name of the catalogue ("HYDRO 2,5")."""
        whole: list[str] = []
        for piece in pieces:
            joined = f"{whole[-1]},{piece}" if whole else ""
            if joined and self.catalogue.exact(joined) is not None:
                whole[-1] = joined
            else:
                whole.append(piece)
        return whole

    def _several(self, text: str, typed: str, pieces: list[str]) -> Outcome:
        """Several products in one answer: at most one of them may be in doubt, or they are taken as typed."""
        hits = [self._hits(piece) for piece in pieces]
        sure = [next((hit.name for hit in found if hit.certain), None) for found in hits]
        doubtful = [place for place, name in enumerate(sure) if name is None]
        if not doubtful:
            return Accepted(_listed(sure))
        if len(doubtful) > 1:
            return found_in_list(text, typed, (), PRODUCT_QUESTIONS)
        place = doubtful[0]
        offered = [Hit(_listed([*sure[:place], hit.name, *sure[place + 1 :]]), certain=False) for hit in hits[place]]
        return found_in_list(pieces[place], typed, offered, PRODUCT_QUESTIONS)

    def _plain(self, text: str) -> Outcome:
        product = _bare(text, _PRODUCT_LABELS)
        args: dict[str, str | int] = {"text": quoted(text)}
        if answers_nothing(text) or answers_nothing(product) or says_only(product, _PRODUCT_UNKNOWN):
            return Refused(Words("product-not-an-answer", args))
        if _is_something_else(product):
            return Refused(Words("product-not-a-product", args))
        if len(product) < PRODUCT_BOUNDS[0]:
            return Refused(Words("product-too-short", args))
        if len(product) > PRODUCT_BOUNDS[1]:
            return Refused(Words("product-too-long", {**args, "n": len(product)}))
        return doubted(text, product, address=True) or Accepted(product)


def _listed(names: Iterable[str | None]) -> str:
    """Each of the products once, as one answer."""
    return ", ".join(dict.fromkeys(name for name in names if name))


@dataclass(frozen=True, slots=True)
class ProductGroup(FromList):
    """A product group, 2 to 200 characters as typed; "DUVAR- YER" keeps its odd spacing (LICRUS.md).

    With a catalogue it follows from the product in `product_field`, and is spelled as there.
    """

    catalogue: Catalogue = EMPTY
    product_field: str = "ProductNameList"

    def understand(self, text: str, known: Known) -> Outcome:
        """The group that this text means; one that is not the product's is asked about."""
        outcome = self.as_typed(text, known)
        if not self.catalogue or not isinstance(outcome, Accepted):
            return outcome
        typed, own = str(outcome.value), self.infer(known)
        if own is not None:
            right = (Hit(str(own), certain=False),)
            return outcome if typed == own else found_in_list(text, typed, right, GROUP_OF_PRODUCT_QUESTIONS)
        if self.catalogue.exact_group(text) is not None:
            return outcome
        found = self.catalogue.search_groups(typed, MOST_FOUND)
        return found_in_list(text, typed, [Hit(name, certain) for name, certain in found], GROUP_QUESTIONS)

    def as_typed(self, text: str, known: Known) -> Outcome:
        """The text as it is, or the group of this very name."""
        listed = self.catalogue.exact_group(text) if self.catalogue else None
        return self._plain(text) if listed is None else Accepted(listed)

    def infer(self, known: Known) -> Value | None:
        """The group of the product, or of all the products; None where they are of several, or stand in no list."""
        groups = self.catalogue.groups_of(str(known.get(self.product_field, ""))) if self.catalogue else ()
        return groups[0] if len(groups) == 1 else None

    def first(self) -> tuple[str, ...]:
        """All groups, where there are few; else the first."""
        groups = self.catalogue.groups
        return groups if len(groups) <= PER_PAGE - 2 else groups[:AT_ONCE]

    def offered(self, known: Known) -> tuple[str, ...]:
        """The groups of the products where they are of several: Licrus takes one, and the person says which."""
        own = self.catalogue.groups_of(str(known.get(self.product_field, ""))) if self.catalogue else ()
        return own[:AT_ONCE] if len(own) > 1 else self.first()

    def named(self, digest: str) -> str | None:
        """The group whose `digest` this is, whichever were offered."""
        return next((name for name in self.catalogue.groups if digest_of(name) == digest), None)

    def has_more(self) -> bool:
        """Whether there are more than `first`."""
        return len(self.catalogue.groups) > len(self.first())

    def page(self, at: str) -> Ambiguous:
        """The groups, page by page."""
        if at == TYPED:
            return to_the_letter(Words("group-to-the-letter"))
        return page_of(self.catalogue.groups, at, Words("product-group-which"))

    def _plain(self, text: str) -> Outcome:
        group = _unlabelled(_trimmed(text), _GROUP_LABELS)
        args: dict[str, str | int] = {"text": quoted(text)}
        if answers_nothing(text) or answers_nothing(group) or says_only(group, _GROUP_LABELS):
            return Refused(Words("group-not-an-answer", args))
        if _is_something_else(group):
            return Refused(Words("group-not-a-group", args))
        if len(group) < PRODUCT_BOUNDS[0]:
            return Refused(Words("group-too-short", args))
        if len(group) > PRODUCT_BOUNDS[1]:
            return Refused(Words("group-too-long", {**args, "n": len(group)}))
        return doubted(text, group, address=True) or Accepted(group)


def _trimmed(text: str) -> str:
    return one_line(text).strip(" ,;:=•*")


def _lines_joined(text: str) -> str:
    """The lines of the text as one, with a comma where a line ended without a mark of its own."""
    joined = ""
    lines = (_BULLET.sub("", one_line(line)).strip(" ,;•*") for line in clean(text).split("\n"))
    for line in filter(None, lines):
        joined += (" " if joined.endswith(("-", "/", ":")) else ", " if joined else "") + line
    return _trimmed(joined)


def _bare(text: str, labels: frozenset[str]) -> str:
    """The text in one line without bullets and labels. Repeated: behind one may stand another."""
    line = _unlabelled(_lines_joined(text), labels)
    while len(line) <= LONGEST_LABELLED and (barer := _unlabelled(_lines_joined(line), labels)) != line:
        line = barer
    return line


def _unlabelled(line: str, labels: frozenset[str]) -> str:
    """The line without leading labels such as "Adres:"."""
    while len(line) <= LONGEST_LABELLED and (match := _LABEL.fullmatch(line)) and fold_words(match[1]) in labels:
        line = _trimmed(match[2])
    return line


def _is_something_else(product: str) -> bool:
    """Whether this is an e-mail, a link, a telephone number, or nothing that can be read."""
    return bool(
        not any(c.isalnum() for c in product)
        or _EMAIL.fullmatch(product)
        or is_link(product)
        or (product[:1] in "0+" and is_only_phone(product))
    )
