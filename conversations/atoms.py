"""What is told from all else by its letters: e-mails, telephones, labelled serial numbers, counts."""

import re
from dataclasses import replace

from conversations.block_labels import DEPUTIES, FORMER, OTHER_THINGS, THIRD_PARTIES
from conversations.device_shapes import (
    maybe_product,
    of_accessories,
)
from conversations.labelling import Label, label_of_words
from conversations.letters import fold_words
from conversations.span import LABELLED, SHAPED, TELEPHONES, Owned, Span
from conversations.stretches import EMAIL, PHONE, trimmed, words_of

SERIAL_LABEL = re.compile(
    r"(?<![^\W_])(?:s ?/ ?n|sn|s\. ?no?\.?|ser\.?(?: ?no)?|etiket\w{0,6} (?:no|numara\w{0,3})"
    r"|(?:kombi|kazan|cihaz)(?:[ıi]n)? (?:no|numaras[ıi])|seri(?:al|si|ler|leri)?[ -]?"
    r"(?:no|nolar[ıi]?|nosu|numaras[ıi]|numaralar[ıi]|number|numbers|nr)?)"
    r"(?:lar[ıi])?(?:['’][^\W\d_]{1,5})?(?: (?:is|are|ise|[sş]u))?[ .:=#-]{1,3}(?=[A-Za-z]{0,5}[-./]?\d)",
    re.IGNORECASE,
)
SERIAL_LIST = re.compile(
    r"[A-Za-z]{0,6}[-./]?\d[\w./-]{0,40}"
    r"(?:(?: ?[,;/&+–-] ?| (?:ve|ile|and) | )(?=[A-Za-z]{0,6}[-./]?\d)[\w./-]{1,40}){0,60}"
)
_COUNT = re.compile(
    r"[(x×* -]{0,3}(?<![\w./-])(\d{1,2}) ?(?:adet|ad\.|tane|cihaz|ünite|unit[se]?|pcs|pieces)(?![^\W_])[)]?"
    r"|\(?(?<![^\W_])[x×*] ?(\d{1,2})(?![\w.])[)]?|^(\d{1,2}) ?[x×*] ?(?=[^\W\d_]{2})"
    r"|(?<![^\W_])(bir|iki|[uü][cç]|d[oö]rt|be[sş]|alt[ıi]|yedi|sekiz|dokuz|on) (?:adet|tane|cihaz)(?![^\W_])",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r" ?[(]? ?(?:dahili|dah\.?|ext\.?|[iı]ç hat)[ :.]{0,3}\d{1,5}[)]?| ?/ ?\d{1,3}(?!\d| ?[/.\d])", re.IGNORECASE
)
_NO_TELEPHONES = frozenset(
    ("eski", "onceki", "vergi", "vkn", "tckn", "kimlik", "abone", "siparis", "irsaliye", "sozlesme")
)
"""Words before a number that is no telephone, or none any more."""
REPLACED = re.compile(r"(?<![^\W_])(?:iptal|eski|s[oö]k[uü]ld[uü])(?![^\W_])", re.IGNORECASE)


def atoms_of(cell: Owned) -> tuple[str, list[Span]]:
    """The e-mails, telephones, labelled serials and counts in the cell, and the rest, broken where they stood."""
    target = cell.label.target if cell.label else None
    found: list[Span] = []
    text = cell.text
    while target != "address" and (match := SERIAL_LABEL.search(text)):
        listed = SERIAL_LIST.match(text, match.end())
        end = listed.end() if listed else len(text)
        words_before = words_of(text[max(0, match.start() - 40) : match.start()])
        told = re.split(r"[,;.\n]", text[max(0, match.start() - 40) : match.start()])[-1]
        others = OTHER_THINGS.intersection(words_before[-1:]) or FORMER.intersection(words_of(told)[-4:])
        replaced = REPLACED.match(text[end:].lstrip(" ,.-("))
        if not others and not replaced:
            found.append(Span("serials", text[match.end() : end], LABELLED, cell.line, cell.owner))
        text = text[: match.start()] + "\n" + text[end:]
    if "@" in text:
        found += [Span("email", match[0], SHAPED, cell.line, cell.owner) for match in EMAIL.finditer(text)]
        text = EMAIL.sub("\n", text)
    parts: list[str] = []
    end = 0
    for match in PHONE.finditer(text):
        before, named = _telephone_label(text[end : match.start()])
        others = (THIRD_PARTIES - DEPUTIES if cell.alone else THIRD_PARTIES) | _NO_TELEPHONES
        if (named is not None and named.target == "ignored") or not others.isdisjoint(words_of(before)):
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
        if not (product or not around or (maybe_product(around) and "," not in around)) or of_accessories(
            text[match.end() :]
        ):
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
