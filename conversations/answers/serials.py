"""Serial numbers: one or many in an answer, however they are listed, and ranges that must be confirmed first.

A serial is 3 to 40 of A-Z, 0-9 and inner "-", ".", "_", "/" with at least one digit. Letters are upper-cased to ASCII
without the dotted-I trap (i, ı and İ become I); other Turkish letters are never on a label, so they are refused and the
ASCII spelling is offered. Licrus gets the serials joined by commas (LICRUS.md).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from conversations.answers.outcome import (
    NOTHING,
    Accepted,
    Ambiguous,
    Candidate,
    Known,
    Outcome,
    Refused,
    Value,
    Verbatim,
)
from conversations.answers.phones import is_only_phone
from conversations.answers.plain import answers_nothing, holds_link, plain, quoted, terms
from conversations.letters import ascii_letters, fold, one_line
from conversations.words import Words

MOST_SERIALS = 50
SHORTEST, LONGEST = 3, 40
ALIKE = 2  # leading characters that serials of one list have in common

_UPPER = str.maketrans("iıİ", "III")
_SERIAL = re.compile(r"[A-Z0-9](?:[-._/]?[A-Z0-9])*")
_WORDS = terms(
    """seri serial serino serinosu seriler serileri no nosu nolari nolu num number numbers numara numarasi numaralari
    numaram numaralar numarali numaralarimiz sn s n sno sno's cihaz cihazin cihazi cihazlar cihazlarin cihazim device
    ic dis unite unitesi uniteler unit kombi kombinin kombiler kazan kazanin kazanlar urun urunun urunler etiket
    etikette etiketteki barkod barkodu ve ile and bir iki birinci ikinci ucuncu digeri diger bu bunlar su sunlar soyle
    olan olanlar nolar var ilk ilki ikisi toplam tanesi birde bide arti adet tane icin dir dur birincisi ikincisi
    model ayrica hem de da veya yazan lu"""
)

_LABEL = re.compile(
    r"(?<![^\W_])(?:s\s?[/.\\]\s?n[or]?(?![^\W\d_])\.?|(?:no|nu|numara\w{0,6}|seri|seri(?:al)? ?no)\s?[.-](?=\s?\w)"
    r"|seri(?:al)? ?no(?=\d))",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?<![\w.-])\d{1,2} ?\.? ?(?=(?:adet|tane|cihaz|kombi|kazan|ünite|ürün)(?![^\W\d_]))", re.IGNORECASE
)
_COUNT_BEHIND = re.compile(r"(?<=\w)[\s,;]+(?:adet|tane|cihaz sayısı)(?: ?[:=] ?| )\d{1,2}(?=[\s.]*$)", re.IGNORECASE)
_NUMBERING = re.compile(
    r"(?<![^\s,;(])(?:\d{1,2}|[^\W\d_])(?:\)| ?:)|(?m:^) ?\d{1,2} ?[.-](?=\s)|(?m:^) ?[-*>]+(?=\s|\w)"
    r"|(?<!\u20e3)\d\u20e3(?!\d)"
)
# A number before each line, "1- … 2- …", "SN1: … SN2: …": numbering only where the numbers count up from one.
_COUNTING = (
    re.compile(r"(?m:^)(\d{1,2}) (?=\w{3})"),
    re.compile(r"(?:(?m:^)|(?<=[\s,;]))(\d{1,2}) ?(?:\.(?!\d{3}(?!\w))|-)\)? ?(?=\w)"),
    re.compile(
        r"(?<![^\W_])(?:s ?[/.]? ?n[or]?|(?:seri(?:al)?)?[ .]?no|seri(?:al)?|cihaz|kombi|kazan|ünite|ürün)[ .]*"
        r"(\d{1,2})(?:\s?[:=.)-]+\s?|\s)(?=\w)",
        re.IGNORECASE,
    ),
)
_SUFFIX = re.compile(r"(?<=\w)'(?![dt][ae]n(?![^\W_]))[^\W\d_]{1,6}(?![^\W_])|(?<=\d)[dt][ıiuü]r(?![^\W_])")
_UNTIL = re.compile(
    r"(\w[\w./-]{2,39})[' ]?[dt][ea]n(?: başlay\w{1,6})? (\w[\w./-]{2,39})(?:[' ]?y?[ea] (?:kadar|dek)|' ?y?[ea])\b"
    r"|(\w[\w./-]{2,39}) (?:ile|ve) (\w[\w./-]{2,39}) aras\w{1,7}\b|(\w[\w./-]{2,39}) (?:ila|to) (\w[\w./-]{2,39})",
    re.IGNORECASE,
)
_DOTS_RANGE = re.compile(r"(?<=\w) ?(?:\.{2,5}|…|~|->|→|=>|>) ?(?=\w)")
_DASH_RANGE = re.compile(r"(?<=\w)(?: -+ ?|-+ |--+)(?=\w)")
_OTHER = re.compile(
    r"(?<![^\W_])(?:modeli?|tip|type|p/?n|part no|parça no|art(?:ikel)?\.? ?no|stok (?:no|kodu)|ürün kodu|fatura no"
    r"|(?:üretim )?yılı?|(?:üretim )?tarihi?|tel(?:efon)?(?: no)?|gsm|cep|güç|adres)(?:[ .]{0,2}[:=]| )"
    r"(?:(?!(?<![^\W_])(?:seri|s ?[/.]? ?n(?![^\W_])))[^\n;,])*",
    re.IGNORECASE,
)
_GS1 = re.compile(r"\(01\)\d{14}[^\n]{0,60}?\(21\)([^\s()]{3,20})")  # product code, then serial: GS1 labels
_SEGMENT = re.compile(r"[\n,;]")
_GROUPS = re.compile(r"(?<![^\s:=])(?=[A-Z]{0,3}\d)\w{3,4}(?: (?=[A-Z]{0,3}\d)\w{3,4}){1,12}(?=[ .]*$)", re.IGNORECASE)
_BREAK = re.compile(r"[\s,،؛;:=&+'|•·●▪◦、。*\"“”«»()\[\]{}<>#!?]+")
_EDGES = ".-_/'\\%"
_DATE = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:19|20)\d{2}|(?:19|20)\d{2}([./-])\d{1,2}\2\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_MOBILE = re.compile(r"(?:0|90|0090)5\d{9}")
_SPACED_PHONE = re.compile(r"(?:\+ ?90|0)[ .-]?\(?[2-58]\d{2}\)?[ .-]?\d{3}[ .-]?\d{2}[ .-]?\d{2}")
_BOUND = re.compile(r"(|[A-Z0-9._/-]{0,30}[A-Z._/-])(\d{1,15})")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_LABELLED = re.compile(r"SN[-_.]?(\d{3,37})")
_TO = "→"  # stands between the ends of a range, however it was written


@dataclass(frozen=True, slots=True)
class SerialNumbers(Verbatim):
    """One to fifty different serial numbers, in the order they were typed."""

    def understand(self, text: str, known: Known) -> Outcome:
        if answers_nothing(text):
            return Refused(Words("serial-not-an-answer", {"text": quoted(text)}))
        typed = re.sub(r"[^\S\n]+", " ", plain(text)).strip()
        if "@" in typed or holds_link(typed):
            return Refused(Words("serial-not-a-serial", {"text": quoted(text)}))
        if re.search(r"[ +(]", typed) and _SPACED_PHONE.search(typed) and is_only_phone(typed):
            return Refused(Words("serial-phone", {"text": quoted(text)}))
        others, rest = _other_lines(typed)
        return _read(text, _prepared(rest), others)

    def show(self, value: Value) -> str:
        return ", ".join(_tuple(value))

    def sent(self, value: Value, known: Known = NOTHING) -> str | int:
        return ",".join(_tuple(value))


@dataclass(frozen=True, slots=True)
class _Item:
    """One piece of the list with its readings, each a few serials; more than one, or a question, must be confirmed."""

    readings: tuple[tuple[str, ...], ...]
    question: Words | None = None


def _tuple(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _prepared(typed: str) -> str:
    """The text without labels, counts and numbering, and with one sign for every way to say "from … to …"."""
    text = _GS1.sub(lambda match: match[1], typed)
    text = _UNTIL.sub(lambda match: _TO.join(end for end in match.groups() if end), text)
    for counting in _COUNTING:
        numbers = [int(number) for number in counting.findall(text)]
        if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)):
            text = counting.sub(" ", text)
    for dropped in (_SUFFIX, _LABEL, _COUNT, _COUNT_BEHIND, _NUMBERING):
        text = dropped.sub(" ", text)
    text = _DOTS_RANGE.sub(_TO, text)
    lines = text.split("\n")
    # One spaced dash in a line is a range, more of them are a list.
    return "\n".join(_DASH_RANGE.sub(_TO if len(_DASH_RANGE.findall(line)) == 1 else " ", line) for line in lines)


def _other_lines(typed: str) -> tuple[list[str], str]:
    """What stands behind the label of something else ("Model: WT 65"), and the text without it, if that has a digit."""
    others = [one_line(match[0]) for match in _OTHER.finditer(typed)]
    rest = _OTHER.sub("\n", typed)
    return (others, rest) if any(c.isdigit() for c in rest) else ([], typed)


def _groups(segment: str) -> str | None:
    """The segment without its label where it is short groups with little in common ("0020 1234 5678"): one serial?"""
    match = _GROUPS.search(segment)
    if not match or any(fold(word) not in _WORDS for word in _BREAK.split(segment[: match.start()]) if word):
        return None
    groups = match[0].split()
    return None if _alike(groups) or len("".join(groups)) > LONGEST else " ".join(groups)


def _alike(serials: Iterable[str]) -> bool:
    return len({serial[:ALIKE] for serial in serials}) == 1


def _tokens(prepared: str) -> Iterator[str]:
    for segment in _SEGMENT.split(prepared):
        if groups := _groups(segment):
            yield groups
        else:
            yield from _single_tokens(segment)


def _single_tokens(segment: str) -> Iterator[str]:
    for piece in _BREAK.split(segment):
        ends = [end.strip(_EDGES) for end in piece.split(_TO)]
        if all(any(c.isdigit() for c in end) for end in ends):
            yield _TO.join(ends)
        else:
            yield from (end for end in ends if end and fold(end) not in _WORDS)


def _read(text: str, prepared: str, words: list[str]) -> Outcome:
    """The outcome for the prepared text; `words` are those that were found beside the serials so far."""
    items: list[_Item] = []
    joined: list[_Item] = []
    before = ""
    after_word = False
    tokens = list(_tokens(prepared))
    lefts = [left for left, dash, _ in (_upper(token).partition("-") for token in tokens) if dash]
    for token in tokens:
        serial = _upper(token)
        if not any(c.isdigit() for c in token):
            words.append(token)
            before = serial if re.fullmatch(r"[A-Z]{1,4}", serial) else ""
            after_word = True
            continue
        # "P200-11, P200-12": what stands before the dash more than once begins no range.
        item = _Item(((serial,),)) if _is_dashed(serial) and lefts.count(serial.split("-")[0]) > 1 else _item(serial)
        if isinstance(item, Words):
            if after_word and item.id == "serial-too-short":  # "WT 65" is the name of a product
                words.append(token)
                before = ""
                continue
            return Refused(item, guess=_guess(text, item))
        items.append(item)
        joined.append(_Item(((before + serial,),)) if before and item.readings[0] == (serial,) else item)
        before = ""
        after_word = False
    if not items:
        return Refused(Words("serial-none", {"text": quoted(text)}))
    return _outcome(text, items, joined, words)


def _is_dashed(serial: str) -> bool:
    return serial.count("-") == 1 and _SERIAL.fullmatch(serial) is not None and len(serial) <= LONGEST


_REPLIES: dict[str, tuple[Literal["yes", "no"], Literal["yes", "no"]]] = {
    "serial-dots": ("yes", "no"),
    "serial-label": ("no", "yes"),
}
"""What yes and no mean for the two readings of these questions."""


def _outcome(text: str, items: list[_Item], joined: list[_Item], words: list[str]) -> Outcome:
    """What the pieces of the list come to together."""
    first = _all(item.readings[0] for item in items)
    other = _all(item.readings[-1] for item in items)
    if max(len(first), len(other)) > MOST_SERIALS:
        return Refused(Words("serial-too-many", {"n": len(first)}))
    if words:
        readings = dict.fromkeys((_all(item.readings[0] for item in joined), first, other))
        labelled = tuple(Candidate(value, quoted(", ".join(value))) for value in readings)
        return Ambiguous(Words("serial-words", {"text": quoted(" ".join(words))}), labelled)
    questions = [item.question for item in items if item.question]
    question = questions[0] if questions else None
    if question is not None and len(questions) > 1 and all(asked.id == "serial-dash" for asked in questions):
        question = None  # of a list of serials with a dash each none is two
    if question is None:
        typed = [serial for item in items for serial in item.readings[0]]
        repeats = [serial for serial in first if typed.count(serial) > 1]
        told = (Words("serial-repeated", {"text": quoted(", ".join(repeats))}),) if repeats else ()
        return Accepted(first, told=told)
    if question.id != "serial-range":
        readings = dict.fromkeys((first, other))
        replies = _REPLIES.get(question.id, (None, None))
        candidates = [
            Candidate(value, quoted(", ".join(value)), reply=reply)
            for value, reply in zip(readings, replies, strict=False)
        ]
        return Ambiguous(question, tuple(candidates), said=first)
    candidates = [Candidate(first, Words("serial-range-yes", {"n": len(first)}), reply="yes")]
    if other != first:
        candidates.append(Candidate(other, Words("serial-range-one"), reply="no"))
    ends: dict[str, str | int] = {"first": first[0], "last": first[-1], "n": len(first)}
    return Ambiguous(Words("serial-range", ends), tuple(candidates), said=first)


def _upper(token: str) -> str:
    """ASCII letters in upper case, every i an I; other letters stay, to be refused ("ß".upper() would be "SS")."""
    plain_i = token.translate(_UPPER)
    return plain_i.upper() if plain_i.isascii() else plain_i


def _all(readings: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(serial for reading in readings for serial in reading))


def _guess(text: str, reason: Words) -> str | None:
    """The repaired answer: plain letters for Turkish ones, one serial where its digits were typed in small groups."""
    typed = " ".join(plain(text).split())
    if reason.id == "serial-letters" and len(typed) <= LONGEST:
        return ascii_letters(typed).translate(_UPPER).upper()
    together = typed.replace(" ", "") if "\n" not in text.strip() and max(map(len, typed.split())) < 5 else ""
    if reason.id == "serial-too-short" and together.isdigit() and SHORTEST <= len(together) <= LONGEST:
        return together
    return None


def _item(serial: str) -> _Item | Words:
    """One token with a digit, already in upper case: its readings, or why it is none."""
    args = {"text": quoted(serial.replace(_TO, " - "))}
    if " " in serial:
        parts = tuple(serial.split())
        return _Item((("".join(parts),), parts), Words("serial-one-or-more", args))
    if _TO in serial:
        ends = serial.split(_TO)
        return _range(ends[0], ends[-1], None) if len(ends) == 2 else Words("serial-range-unclear", args)
    if not serial.isascii():
        return Words("serial-letters", args) if ascii_letters(serial).isascii() else Words("serial-odd", args)
    if len(serial) > LONGEST:
        return Words("serial-too-long", args)
    if _DATE.fullmatch(serial):
        return Words("serial-date", args)
    if not _SERIAL.fullmatch(serial):
        return Words("serial-odd", args)
    if len(serial) < SHORTEST:
        return Words("serial-too-short", args)
    if _MOBILE.fullmatch(serial):
        return _Item(((serial,),), Words("serial-maybe-phone", args))
    if _THOUSANDS.fullmatch(serial):
        return _Item(((serial,), (serial.replace(".", ""),)), Words("serial-dots", args))
    if label := _LABELLED.fullmatch(serial):
        return _Item(((label[1],), (serial,)), Words("serial-label", args))
    if serial.count("-") == 1:
        left, right = serial.split("-")
        return _range(left, right, serial)
    return _parts(serial, args)


def _parts(serial: str, args: dict[str, str]) -> _Item:
    """A token with inner slashes, dots or dashes: one serial or several?"""
    numbers = tuple(serial.split("-"))
    if len(numbers) > 1 and all(map(str.isdigit, numbers)) and len(set(map(len, numbers))) == 1 and _alike(numbers):
        return _Item(((serial,), numbers), Words("serial-one-or-more", args))
    for mark in "/.":
        parts = tuple(serial.split(mark))
        whole = all(len(part) >= SHORTEST and any(c.isdigit() for c in part) for part in parts)
        if len(parts) == 1:
            continue
        if whole and mark == "/" and len(set(map(len, parts))) == 1 and not _YEAR.fullmatch(parts[0]):
            return _Item((parts,))
        if whole and (mark == "/" or len(set(map(len, parts))) == 1):
            return _Item(((serial,), parts), Words("serial-one-or-more", args))
        if (
            mark == "/"
            and len(parts) == 2
            and len(parts[0]) > SHORTEST
            and parts[1].isdigit()
            and len(parts[1]) < SHORTEST
        ):
            second = parts[0][: -len(parts[1])] + parts[1]
            return _Item(((serial,), (parts[0], second)), Words("serial-one-or-more", args))
    return _Item(((serial,),))


def _range(left: str, right: str, single: str | None) -> _Item | Words:
    """The numbers from left to right. `single` is the token where the dash may as well be part of one serial.

    "99958-62" means 99958 to 99962. A dash between numbers that have nothing in common ("4521-8890") is asked about.
    """
    args = {"text": quoted(single or f"{left} - {right}")}
    low, high = _BOUND.fullmatch(left), _BOUND.fullmatch(right)
    one = _Item(((single,),)) if single else None
    if not low or not high or high[1] not in ("", low[1]) or len(left) < SHORTEST:
        return one or Words("serial-range-unclear", args)
    width = len(low[2])
    short = width - len(high[2])
    start, stop = int(low[2]), int(low[2][:short] + high[2] if short > 0 else high[2])
    n = stop - start + 1
    fits = 1 <= n <= MOST_SERIALS
    if short and one and not fits:
        return one
    if fits:
        expanded = tuple(f"{low[1]}{number:0{width}}" for number in range(start, stop + 1))
        return _Item((expanded, (single,)) if single else (expanded,), Words("serial-range"))
    if single and low[2][0] != high[2][0]:
        return _Item(((single,),), Words("serial-dash", args))
    return (
        Words("serial-range-reversed", args) if n < 1 else Words("serial-range-too-many", {**args, "n": min(n, 9999)})
    )
