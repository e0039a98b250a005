"""Answers that are any text: the open address, the product and its group. Cleaned and bounded, otherwise as typed."""

import re
from dataclasses import dataclass

from conversations.answers.outcome import Accepted, Known, Outcome, Refused, Verbatim
from conversations.answers.phones import is_only_phone
from conversations.answers.plain import LONGEST_LABELLED, answers_nothing, is_link, phrases, quoted, says_only
from conversations.letters import clean, fold_words, one_line
from conversations.words import Words

ADDRESS_BOUNDS = (10, 300)
PRODUCT_BOUNDS = (2, 200)

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
class Product(Verbatim):
    """One or more product names as typed, 2 to 200 characters; several lines become one comma-separated list."""

    def understand(self, text: str, known: Known) -> Outcome:
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
        return Accepted(product)


@dataclass(frozen=True, slots=True)
class ProductGroup(Verbatim):
    """A product group as typed, 2 to 200 characters; "DUVAR- YER" keeps its odd spacing (LICRUS.md)."""

    def understand(self, text: str, known: Known) -> Outcome:
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
        return Accepted(group)


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
