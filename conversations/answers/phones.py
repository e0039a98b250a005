"""Telephone numbers: the ways people in Türkiye write them, and which of them can be taken without asking.

A value is what Licrus gets: ten digits for a Turkish number ("5301231212"), seven for a 444 number ("4441234"), E.164
with its plus for a foreign one (LICRUS.md, DESIGN.md "Phones"). No digit is ever dropped in silence: what is not part
of the number is asked about.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from conversations.answers.outcome import Accepted, Ambiguous, Candidate, Known, Outcome, Refused, Value, Verbatim
from conversations.answers.plain import answers_nothing, plain, quoted, terms
from conversations.letters import fold, fold_words
from conversations.words import Words

MOST_DIGITS = 90  # a message with more is not a telephone number, nor a few of them
MOST_CANDIDATES = 4

_DOMESTIC = re.compile(r"(?:(?:\+|00|\+00|0)?90)?(?:\+?0)?([1-9]\d{9}|444\d{4})")
_FOREIGN = re.compile(r"(?:\+00|\+|00)((?!90)[1-9]\d{6,14})")
_DOUBTFUL = re.compile(r"(?:\+|00)([2-58]\d{9})")  # a plus or a second zero by mistake?
_COUNTRY_CODE = re.compile(r"^(?:(?:\+|00|\+00)90|90(?=[2-58]\d{7}))0?")
_GROUP = re.compile(r"\d+")
_NUMBERED_LABEL = re.compile(r"(?<=[^\W\d_])[ .]?[1-9] ?:|(?<![^\s])[1-9] ?\)")  # "Tel 1:", "GSM2:", "1)"
_EMAIL = re.compile(r"\S{1,64}@\S{1,255}")
_LOOKALIKES = re.compile(r"(?<![^\W\d_])(?=[oOlIıi]{0,20}\d)(?=\d{0,20}[oOlIıi])[\doOlIıi]{1,20}(?![^\W\d_])")
_AS_DIGITS = str.maketrans("oOlIıi", "001111")
_DATE = re.compile(r"\D*(?:\d{1,2}[./ -]\d{1,2}[./ -](?:19|20)\d{2}|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2})\D*")
_LOCAL = re.compile(r"[2-9]\d{6}")
_IDENTITY = re.compile(r"[1-9]\d{10}")
_DOUBT_WORDS = frozenset(("degil", "yanlis", "eski"))
_LABELS = terms(
    """tel telefon telefonu telefonum telefonumuz telefonunuz cep ceptel gsm mobil mobile phone no nu numara numarasi
    numaram numarami is ofis sabit hat hatti fax faks whatsapp wp wa me https http tr office work iletisim t
    m"""
)

_MOBILE_TYPES = frozenset((PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE))
_LANDLINE_TYPES = frozenset((PhoneNumberType.FIXED_LINE,))
_SERVICE_TYPES = frozenset(
    (PhoneNumberType.UAN, PhoneNumberType.VOIP, PhoneNumberType.SHARED_COST, PhoneNumberType.TOLL_FREE)
)


@dataclass(frozen=True, slots=True)
class MobilePhone(Verbatim):
    """A mobile number: Turkish, or foreign if it was typed with + or 00."""

    def understand(self, text: str, known: Known) -> Outcome:
        return _understand(text, office=False)

    def show(self, value: Value) -> str:
        return shown(str(value))


@dataclass(frozen=True, slots=True)
class OfficePhone(Verbatim):
    """An office number: a land line, 444, 0850 or 0800, or a mobile."""

    def understand(self, text: str, known: Known) -> Outcome:
        return _understand(text, office=True)

    def show(self, value: Value) -> str:
        return shown(str(value))


def shown(value: str) -> str:
    """A stored number as people write it: "0530 123 12 12", "444 1 234", "0850 123 45 67", "+49 1512 3456789"."""
    if value.startswith("+"):
        try:
            return phonenumbers.format_number(phonenumbers.parse(value), PhoneNumberFormat.INTERNATIONAL)
        except phonenumbers.NumberParseException:
            return value
    if len(value) == 7:
        return f"{value[:3]} {value[3]} {value[4:]}"
    return f"0{value[:3]} {value[3:6]} {value[6:8]} {value[8:]}"


def is_only_phone(text: str) -> bool:
    """Whether the text is one or more telephone numbers and nothing else but their labels ("Tel: 0530 123 12 12")."""
    typed = plain(text[:300])
    if len(text) > 300 or not _few_digits(typed) or not set(re.findall(r"[^\W\d_]+", fold(typed))) <= _LABELS:
        return False
    found = _find(typed)
    return bool(found.values) and not found.before and not found.after


@dataclass(frozen=True, slots=True)
class _Found:
    """The numbers in a text, and the groups of digits before and after the last of them that belong to none."""

    values: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    doubtful: bool = False


def _understand(text: str, office: bool) -> Outcome:
    typed = _EMAIL.sub(" ", plain(text))
    if answers_nothing(text):
        return Refused(Words("phone-not-an-answer", {"text": quoted(text)}))
    if not any(c.isdigit() for c in typed):
        return Refused(Words("phone-not-a-number", {"text": quoted(text)}))
    if not _few_digits(typed):
        return Refused(Words("phone-too-long", {"text": quoted(text), "n": sum(map(str.isdigit, typed))}))
    repaired = _LOOKALIKES.sub(lambda match: match[0].translate(_AS_DIGITS), typed)
    found = _find(repaired)
    if repaired != typed and found.values and found != _find(typed):
        return _repaired(text, found.values, office)
    if not found.values:
        return Refused(_why_none(text, repaired, office))
    return _judge(text, found, office)


def _judge(text: str, found: _Found, office: bool) -> Outcome:
    """The outcome for a text that holds at least one number."""
    fitting = tuple(value for value in found.values if _misfit(value, office) is None)
    candidates = tuple(Candidate(value, shown(value)) for value in fitting[:MOST_CANDIDATES])
    if not fitting:
        return Refused(_misfit(found.values[0], office) or Words("phone-not-a-number", {"text": quoted(text)}))
    if len(found.values) > 1 and not found.doubtful:
        return Ambiguous(Words("phone-several", {"n": len(found.values)}), candidates)
    if found.doubtful:
        return Ambiguous(Words("phone-sure", {"text": quoted(text)}), candidates)
    number = shown(fitting[0])
    if found.before:
        return Ambiguous(Words("phone-more-digits", {"text": quoted(text), "number": number}), candidates)
    if found.after:
        rest = quoted(" ".join(found.after))
        return Ambiguous(Words("phone-extension", {"number": number, "extension": rest}), candidates)
    if _DOUBT_WORDS & set(fold_words(text).split()):
        return Ambiguous(Words("phone-sure", {"text": quoted(text)}), candidates)
    return Accepted(fitting[0])


def _repaired(text: str, values: tuple[str, ...], office: bool) -> Refused:
    """Letters typed for digits ("O53O"): the number is offered, never taken."""
    fits = len(values) == 1 and _misfit(values[0], office) is None
    return Refused(Words("phone-letters", {"text": quoted(text)}), guess=shown(values[0]) if fits else None)


def _misfit(value: str, office: bool) -> Words | None:
    """Why this real number is none for the field, or None where it fits."""
    kind = phonenumbers.number_type(_parsed(value))
    number = {"text": shown(value)}
    if kind in _MOBILE_TYPES or (office and kind in _LANDLINE_TYPES | _SERVICE_TYPES):
        return None
    if office:
        return Words("phone-premium", number)
    if kind in _LANDLINE_TYPES:
        return Words("phone-landline", number)
    return Words("phone-not-mobile", number)


def _why_none(text: str, typed: str, office: bool) -> Words:
    """What to say about a text with digits that hold no number."""
    runs = _runs(typed)
    run = max(("".join(run) for run in runs), key=len, default="")
    national = _COUNTRY_CODE.sub("0", run)
    n = sum(map(str.isdigit, national))
    args: dict[str, str | int] = {"text": quoted(text)}
    domestic = _DOMESTIC.fullmatch(run)
    if _DATE.fullmatch(typed):
        return Words("phone-date", args)
    if domestic:
        return Words("phone-unassigned", {"text": shown(domestic[1])})
    if _IDENTITY.fullmatch(run) and not run.startswith(("5", "90")):
        return Words("phone-identity", args)
    if _FOREIGN.fullmatch(run):
        return Words("phone-foreign-unknown", args)
    if office and _LOCAL.fullmatch(run):
        return Words("phone-area-code", args)
    if n > (11 if national.startswith("0") else 10):
        return Words("phone-too-long", {**args, "n": n})
    return Words("phone-too-short", {**args, "n": n})


def _few_digits(typed: str) -> bool:
    return sum(map(str.isdigit, typed)) <= MOST_DIGITS


def _runs(typed: str) -> list[list[str]]:
    """The groups of digits, in runs that no letter interrupts; a plus stays before its group and begins a new run."""
    runs: list[list[str]] = []
    end = 0
    unlabelled = _NUMBERED_LABEL.sub(" ", typed)
    for match in _GROUP.finditer(unlabelled):
        between = unlabelled[end : match.start()]
        plus = "+" in between and not re.search(r"[^\W\d_]", between.rpartition("+")[2])
        if not runs or plus or re.search(r"[^\W\d_]", between):
            runs.append([])
        runs[-1].append("+" + match[0] if plus else match[0])
        end = match.end()
    return runs


def _find(typed: str) -> _Found:
    """The numbers that use the most of the digits, and what is left before and after."""
    values: dict[str, None] = {}
    loose: list[tuple[int, str]] = []
    doubtful = False
    for run in _runs(typed):
        at = 0
        for start, stop in _split(run):
            loose += [(len(values), group) for group in run[at:start]]
            joined = "".join(run[start:stop])
            readings = _values(joined)
            values.update(dict.fromkeys(readings))
            doubtful = doubtful or (_DOUBTFUL.fullmatch(joined) is not None and not readings[-1].startswith("+"))
            at = stop
        loose += [(len(values), group) for group in run[at:]]
    before = tuple(group for place, group in loose if place < len(values))
    after = tuple(group for place, group in loose if place >= len(values))
    return _Found(tuple(values), before, after, doubtful)


def _split(run: list[str]) -> tuple[tuple[int, int], ...]:
    """Where the numbers lie in a run of groups: the fewest digits left over, then the fewest numbers."""
    best: list[tuple[int, int, tuple[tuple[int, int], ...]]] = [(0, 0, ())] * (len(run) + 1)
    for start in range(len(run) - 1, -1, -1):
        left, numbers, spans = best[start + 1]
        best[start] = (left + len(run[start]), numbers, spans)
        joined = ""
        for stop in range(start + 1, len(run) + 1):
            joined += run[stop - 1]
            if len(joined) > 18:
                break
            if _values(joined):
                left, numbers, spans = best[stop]
                best[start] = min(best[start], (left, numbers + 1, ((start, stop), *spans)), key=lambda b: b[:2])
    return best[0][2]


@lru_cache(maxsize=4096)
def _values(joined: str) -> tuple[str, ...]:
    """The real numbers these joined digits can be: one as a rule, two where a plus may be a slip before a mobile."""
    domestic, foreign, slip = (
        _real(prefix + match[1]) if (match := shape.fullmatch(joined)) else None
        for shape, prefix in ((_DOMESTIC, ""), (_FOREIGN, "+"), (_DOUBTFUL, ""))
    )
    if foreign and slip and not slip.startswith("5"):
        slip = None
    return tuple(value for value in (domestic, foreign, slip) if value)


def _real(typed: str) -> str | None:
    """The stored form of an assigned number (national digits for Türkiye, E.164 for the rest), None for any other."""
    try:
        number = _parsed(typed)
    except phonenumbers.NumberParseException:  # no country has this code ("+801...")
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    e164: str = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return e164.removeprefix("+90")


def _parsed(value: str) -> PhoneNumber:
    return phonenumbers.parse(value, "TR")
