"""Contact cards as telephones write them (vCard 2.1, 3.0 and 4.0; RFC 2426, RFC 6350): what of one is an answer.

A small reader of our own: only names, telephones, e-mails and the company are wanted, from cards that strangers send.
"""

import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversations.letters import one_line

LONGEST = 200_000
"""Characters of a file that are looked at: photographs stand in cards too."""
MOST_LINES = 4_000
MOST_CARDS = 50
MOST_OF_A_KIND = 6
LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Card:
    """One person as their card says. Numbers and addresses are as they stand there, judged by whoever uses them."""

    name: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    company: str = ""

    def text(self) -> str:
        """The card as somebody would type it, each part behind its label."""
        parts = [("Ad soyad", self.name), *(("Tel", phone) for phone in self.phones)]
        parts += [*(("E-posta", email) for email in self.emails), ("Firma", self.company)]
        return "\n".join(f"{label}: {value}" for label, value in parts if value)


def read_cards(text: str) -> tuple[Card, ...]:
    """The cards in this text, in their order; none where it holds none. Never raises."""
    cards: list[Card] = []
    lines: list[tuple[str, Mapping[str, str], str]] | None = None
    for name, parameters, value in _properties(text[:LONGEST]):
        if name == "BEGIN" and value.strip().upper() == "VCARD":
            lines = []
        elif name == "END" and lines is not None:
            card = _card(lines)
            if card != Card() and len(cards) < MOST_CARDS:
                cards.append(card)
            lines = None
        elif lines is not None:
            lines.append((name, parameters, value))
    return tuple(cards)


def decoded(content: bytes) -> str:
    """The text of a card's file: UTF-8 or UTF-16 where it is that, else what Turkish Windows writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1254", errors="replace")


def _card(properties: list[tuple[str, Mapping[str, str], str]]) -> Card:
    values: dict[str, list[str]] = {}
    for name, parameters, value in properties:
        if name in ("FN", "N", "TEL", "EMAIL", "ORG"):
            plain = _plain(name, parameters, value)
            kept = values.setdefault(name, [])
            if plain and plain not in kept and len(kept) < MOST_OF_A_KIND:
                kept.append(plain)
    name = next(iter(values.get("FN", ()) or values.get("N", ())), "")
    company = next(iter(values.get("ORG", ())), "")
    return Card("" if name == company else name, tuple(values.get("TEL", ())), tuple(values.get("EMAIL", ())), company)


def _plain(name: str, parameters: Mapping[str, str], value: str) -> str:
    """The value as one line of text. A name comes as family;given;middle, a company with its departments behind it."""
    if parameters.get("ENCODING", "").upper() in ("QUOTED-PRINTABLE", "Q"):
        value = _unquoted(value, parameters.get("CHARSET", ""))
    pieces = [_unescaped(piece) for piece in re.split(r"(?<!\\);", value)]
    if name == "N":
        family, given, middle = (*pieces, "", "", "")[:3]
        pieces = [" ".join(part for part in (given, middle, family) if part)]
    elif name == "TEL":
        pieces = [re.sub(r"(?i)^tel:", "", pieces[0])]
    return one_line(pieces[0])[:LONGEST_VALUE].strip()


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda escaped: " " if escaped[1] in "nN" else escaped[1], text)


def _unquoted(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode("latin-1", errors="replace"))
    for name in (charset or "utf-8", "cp1254"):
        try:
            return raw.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return raw.decode("latin-1")


def _properties(text: str) -> Iterator[tuple[str, Mapping[str, str], str]]:
    """Name, parameters and value of each line; lines that go on in the next one are put together."""
    for line in _unfolded(text):
        head, colon, value = line.partition(":")
        name, *parameters = head.split(";")
        if colon and len(head) <= LONGEST_VALUE:
            # "item1.TEL": telephones group what belongs together.
            yield name.rpartition(".")[2].strip().upper(), _parameters(parameters), value


def _parameters(written: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for parameter in written:
        key, equals, value = parameter.partition("=")
        # In vCard 2.1 an encoding may stand by itself.
        found[key.strip().upper() if equals else "ENCODING"] = (value if equals else key).strip().strip('"')
    return found


def _unfolded(text: str) -> Iterator[str]:
    """The lines; one that begins with a blank, or follows a soft line break, goes on with the one before."""
    whole: list[str] = []
    soft = False
    for line in text.splitlines()[:MOST_LINES]:
        if whole and (soft or line[:1] in (" ", "\t")):
            whole.append(line if soft else line[1:])
        else:
            if whole:
                yield "".join(whole)
            whole = [line]
        soft = line.endswith("=") and "QUOTED-PRINTABLE" in whole[0].upper()
        if soft:
            whole[-1] = whole[-1][:-1]
    if whole:
        yield "".join(whole)
