"""What barcodes and QR codes say: serial numbers, product numbers, a contact card, a link of the bot.

A code holds what a machine printed, to the letter: no ranges, no lists in one word, no typing slips. Which of a label's
codes is the serial number nobody can know, so what was taken is always shown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from conversations.answers.outcome import Accepted, Refused
from conversations.answers.plain import quoted, terms
from conversations.answers.serials import LONGEST, SerialNumbers
from conversations.letters import clean, one_line

CodeFormat = Literal["Code128", "Code39", "QR", "DataMatrix", "EAN13"]

_SERIALS = SerialNumbers()
_GTIN = re.compile(r"\d{14}")
_GS1 = re.compile(r"\((\d{2,4})\)([^()]*)")
_BARE_GS1 = re.compile(r"01(\d{14})(?:1[1-7]\d{6})*(?:21(\S+))?")
_GS1_LINK = re.compile(r"/01/(\d{8,14})(?:/[^/]+/[^/]+)*?/21/([^/?#]+)")
_SERIAL_KEYS = terms("sn serial serialno serialnr serialnum serialnumber seri serino serinumarasi snr seriennummer")
_LABELLED = re.compile(
    r"(?<![^\W_])(?:s ?[/.]? ?n(?:o|r)?\.?|ser(?:i|ial|ien)[ _.-]?(?:no|nr|num(?:ber|mer|ara(?:s[ıi])?)?)?\.?)"
    r"[\"']?\s*[:=#]\s*[\"']?"
    r"([A-Za-z0-9][A-Za-z0-9._/-]*)",
    re.IGNORECASE,
)
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BOT = re.compile(r"[A-Za-z0-9_]{3,64}")
LONGEST_NAME = 60  # characters of a product's name on a label
_TELEGRAM = frozenset(("t.me", "www.t.me", "telegram.me", "telegram.dog"))
_MECARD = re.compile(r"(?:^|;)([A-Z]+):((?:\\.|[^;\\])*)", re.IGNORECASE)
_VCARD_NAMES = {
    "N": "FN",
    "TEL": "TEL",
    "B": "TEL",
    "M": "TEL",
    "EMAIL": "EMAIL",
    "E": "EMAIL",
    "ORG": "ORG",
    "C": "ORG",
}
"""MECARD's keys and BIZCARD's shorter ones; what is not here (BIZCARD's X, the family name) is left out."""
_SECRET = re.compile(r"(WIFI|otpauth|otpauth-migration)(?=:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a picture as it reads: a GS1 code with its brackets, "(01)04012345678901(21)99958"."""

    text: str
    format: CodeFormat


@dataclass(frozen=True, slots=True)
class StartLink:
    """A link that opens a bot with a code: "https://t.me/DevreyeBot?start=abc"."""

    bot: str
    code: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the codes of one answer say, each once, in their order.

    `serials` are as an answer would store them. Where some codes call themselves a serial number, only those are
    taken, and the rest is under `others` with all that says nothing to us; of a secret (WIFI) only its kind is there.
    `cards` are vCards, whatever form they had. `names` are what reads like the name of a product ("ECODENSE WT 65").
    """

    serials: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    links: tuple[StartLink, ...] = ()
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A serial number that the code itself calls so."""

    serial: str


@dataclass(frozen=True, slots=True)
class _Plain:
    """What has the form of a serial number, among it article numbers and the like."""

    serial: str


@dataclass(frozen=True, slots=True)
class _Product:
    number: str


@dataclass(frozen=True, slots=True)
class _Card:
    text: str


@dataclass(frozen=True, slots=True)
class _Named:
    """Words with a figure between them, as products are called: no serial number is printed so."""

    name: str


_NAME = re.compile(r"(?=.*\d)(?=.*(?<![^\W_])[^\W\d_]{4,}(?![^\W_])).+ .+")
_Meaning = _Named | _Labelled | _Plain | _Product | _Card | StartLink


def said(codes: Sequence[Code]) -> Said:
    """What these codes, of one picture or an album, say together; never raises."""
    meanings: list[_Meaning] = []
    others: list[str] = []
    for code in codes:
        meant = tuple(_meanings(code))
        meanings += meant
        if not meant:
            others.append(_shown(code.text))
    labelled = [meaning.serial for meaning in meanings if isinstance(meaning, _Labelled)]
    plain = [meaning.serial for meaning in meanings if isinstance(meaning, _Plain)]
    if labelled:
        others += [serial for serial in plain if serial not in labelled]
    return Said(
        tuple(dict.fromkeys(labelled or plain)),
        tuple(dict.fromkeys(meaning.number for meaning in meanings if isinstance(meaning, _Product))),
        tuple(dict.fromkeys(meaning.text for meaning in meanings if isinstance(meaning, _Card))),
        tuple(dict.fromkeys(meaning for meaning in meanings if isinstance(meaning, StartLink))),
        tuple(dict.fromkeys(meaning.name for meaning in meanings if isinstance(meaning, _Named))),
        tuple(dict.fromkeys(others)),
    )


def _meanings(code: Code) -> Iterator[_Meaning]:
    """All that one code says; nothing where it says nothing to us."""
    text = clean(code.text).strip()
    if code.format == "EAN13":
        yield _Product(text)
    elif re.match(r"BEGIN:VCARD", text, re.IGNORECASE):
        yield _Card(text)
    elif match := re.match(r"(?:MECARD|BIZCARD):", text, re.IGNORECASE):
        yield _Card(_vcard(text[match.end() :]))
    elif "://" in text[:20] or re.match(r"(?:www\.|t\.me/)", text, re.IGNORECASE):
        yield from _of_link(text)
    elif _SECRET.match(text):
        return
    elif gs1 := _GS1.findall(text):
        yield from _of_gs1(dict(gs1))
    elif (bare := _BARE_GS1.fullmatch(text)) and _is_gtin(bare[1]):
        yield from _of_gs1({"01": bare[1], "21": bare[2] or ""})
    elif labelled := [serial for found in _LABELLED.findall(text) if (serial := _serial(found))]:
        yield from map(_Labelled, labelled)
    elif len(text) <= LONGEST_NAME and _NAME.fullmatch(text):
        yield _Named(one_line(text))
    else:
        yield from _of_words(text)


def _of_words(text: str) -> Iterator[_Plain]:
    """Serials one by one or a list of them; nothing if a single piece of it is none."""
    pieces = [piece for piece in re.split(r"[\n,;\t]", text) if piece.strip()]
    serials = [serial for piece in pieces if (serial := _serial(piece))]
    if len(serials) == len(pieces):
        yield from map(_Plain, serials)


def _of_gs1(parts: dict[str, str]) -> Iterator[_Meaning]:
    """Application identifier 21 is the serial number, 01 the product's."""
    if serial := _serial(parts.get("21", "")):
        yield _Labelled(serial)
    if _is_gtin(product := parts.get("01", "")):
        yield _Product(product.removeprefix("0"))


def _of_link(text: str) -> Iterator[_Meaning]:
    """A link of a bot, or one that carries a serial number, as GS1's Digital Links do too."""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        query = dict(parse_qsl(parts.query, max_num_fields=50))
    except ValueError:
        return
    bot = query.get("domain", "") if parts.scheme == "tg" else parts.path.strip("/")
    if parts.scheme == "tg" or (parts.hostname or "") in _TELEGRAM:
        if _BOT.fullmatch(bot) and _START.fullmatch(query.get("start", "")):
            yield StartLink(bot, query["start"])
        return
    named = [value for key, value in query.items() if re.sub(r"[\W_]", "", key).lower() in _SERIAL_KEYS]
    digital = _GS1_LINK.search(parts.path)
    for value in (*named, *([query["21"]] if "21" in query else []), *([unquote(digital[2])] if digital else [])):
        if serial := _serial(value):
            yield _Labelled(serial)
    if digital and _is_gtin(product := digital[1].zfill(14)):
        yield _Product(product.removeprefix("0"))


def _serial(text: str) -> str | None:
    """The serial as an answer would store it, or None: one code is one serial, whatever its dashes and dots."""
    together = re.sub(r"(?<=\w) (?=\w)", "", one_line(text)) if re.fullmatch(r"[\w ]+", text) else one_line(text)
    if not together.isascii() or len(together) > LONGEST or not re.fullmatch(r"\S*\d\S*", together):
        return None
    outcome = _SERIALS.understand(together, {})
    if isinstance(outcome, Refused):
        return None
    if isinstance(outcome, Accepted) and isinstance(outcome.value, tuple) and len(outcome.value) == 1:
        return outcome.value[0]
    return together.upper() if re.fullmatch(r"[A-Za-z0-9](?:[-._/]?[A-Za-z0-9])*", together) else None


def _is_gtin(number: str) -> bool:
    """Whether it is a product number of fourteen digits whose check digit is right."""
    if not _GTIN.fullmatch(number) or not number.isascii():
        return False
    *digits, check = map(int, number)
    return (10 - sum(digit * (3, 1)[at % 2] for at, digit in enumerate(digits)) % 10) % 10 == check


def _vcard(mecard: str) -> str:
    """The vCard that says what this MECARD or BIZCARD does."""
    lines = ["BEGIN:VCARD", "VERSION:3.0"]
    for key, value in _MECARD.findall(mecard):
        name = _VCARD_NAMES.get(key.upper())
        value = one_line(value).replace("\\:", ":")
        if name == "FN" and "," in value:  # "Demir,Ayşe"
            last, _, first = value.partition(",")
            value = f"{first.strip()} {last.strip()}".strip()
        if name and value:
            lines.append(f"{name}:{value}")
    return "\n".join([*lines, "END:VCARD"])


def _shown(text: str) -> str:
    secret = _SECRET.match(text.strip())
    return secret[1] if secret else quoted(text)
