"""How many devices: a small number in digits or in words, held against the serial numbers that were given."""

import re
from dataclasses import dataclass

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
from conversations.answers.plain import answers_nothing, plain, quoted, terms
from conversations.letters import fold, fold_words
from conversations.words import Words

MOST_DEVICES = 50

_ONES = ("bir", "iki", "uc", "dort", "bes", "alti", "yedi", "sekiz", "dokuz")
_TENS = ("on", "yirmi", "otuz", "kirk", "elli")
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = (
    {word: n for n, word in enumerate(_ONES, 1)}
    | {word: n * 10 for n, word in enumerate(_TENS, 1)}
    | {
        ten + space + one: n * 10 + m
        for n, ten in enumerate(_TENS, 1)
        for m, one in enumerate(_ONES, 1)
        for space in ("", " ")
    }
    | {word: n for n, word in enumerate(_ENGLISH, 1)}
    | {"bi": 1, "tek": 1, "yarim": 0, "sifir": 0, "zero": 0}
)
_SPELLED = re.compile(
    r"(?<![^\W_])(?:" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")(?=(?:adet|tane|cihaz|kombi)?(?![^\W_]))"
)
_FIGURE = re.compile(r"(?<![^\W_x])(?:(?:eksi|minus) ?|(?<!\S)-)?\d{1,20}(?:[.,]\d{1,20})?")
_HALF = re.compile(r"(?<![^\W_])(?:bucuk|yarim|half)(?![^\W_])")
_BOTH_SORTS = frozenset(("kombi", "kazan"))
_BESIDE = terms(
    """adet adettir ad tane tanesi tanedir cihaz cihazim cihazimiz cihazi cihazdir var vardir toplam toplamda sadece
    yalniz yalnizca kombi kombim kazan unite devreye alinacak alinacaktir alinsin edilecek edilecektir olacak olacaktir
    yogusmali efendim lutfen icin x device devices piece pieces pcs pc unit units only boiler boilers sayisi
    sayi dir li lu"""
)


@dataclass(frozen=True, slots=True)
class DeviceCount(Verbatim):
    """A count from 1 to 50. `serials_field` names the answer that holds the serial numbers."""

    serials_field: str = "ProductSerialNumberList"

    def understand(self, text: str, known: Known) -> Outcome:
        args: dict[str, str | int] = {"text": quoted(text)}
        if answers_nothing(text):
            return Refused(Words("count-not-an-answer", args))
        typed = fold(plain(text)[:400])
        figures = [
            match[0].replace("minus", "-").replace("eksi", "-").replace(" ", "") for match in _FIGURE.finditer(typed)
        ]
        rest = _FIGURE.sub(" ", typed)
        spelled = [_NUMBERS[match[0]] for match in _SPELLED.finditer(rest)]
        words = set(re.findall(r"[^\W\d_]+", _SPELLED.sub(" ", rest))) - _BESIDE
        if any(re.search(r"[.,]", figure) for figure in figures) or _HALF.search(typed):
            return Refused(Words("count-not-whole", args))
        numbers = {int(figure) for figure in figures} | set(spelled)
        if not numbers:
            return Refused(Words("count-no-number", args))
        # "2 (iki)" is one number written twice, "1 kombi 1 kazan" is a sum.
        sum_of = max(len(figures), len(spelled)) > 1 or set(fold_words(typed).split()) >= _BOTH_SORTS
        if len(numbers) > 1 or sum_of or len(text) > 400:
            return Refused(Words("count-unclear", args))
        (n,) = numbers
        if n < 1:
            return Refused(Words("count-too-few", args))
        if n > MOST_DEVICES:
            return Refused(Words("count-too-many", args))
        if words or re.search(r"[?%]", typed):
            return Refused(Words("count-unclear", args), guess=str(n))
        return self._against_serials(n, known)

    def _against_serials(self, devices: int, known: Known) -> Outcome:
        """Accepted where it agrees with the serials; one device may have two of them, so otherwise a question."""
        serials = self._serials(known)
        if serials in (0, devices):
            return Accepted(devices)
        candidates = tuple(Candidate(n, Words("choice-count", {"n": n})) for n in (serials, devices))
        return Ambiguous(Words("count-differs", {"serials": serials, "devices": devices}), candidates, said=devices)

    def _serials(self, known: Known) -> int:
        serials = known.get(self.serials_field)
        return len(serials) if isinstance(serials, tuple) else 0

    def sent(self, value: Value, known: Known = NOTHING) -> str | int:
        return value if isinstance(value, int) else str(value)

    def infer(self, known: Known) -> Value | None:
        """One device where exactly one serial number is known."""
        return 1 if self._serials(known) == 1 else None
