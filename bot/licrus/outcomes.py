"""What is known about a call after an attempt to create it: the table of the design's chapter Submission, row by row.

    Outcome
    ├── Created           HasError false and one call number
    ├── RefusedByLicrus   HasError true and a reason in plain words: nothing was carried out
    ├── Held              not carried out, and not by itself again: ticket, authorisation, a status that a person mends
    ├── RateLimited       not carried out; again after a pause that Licrus named
    ├── Unreachable       not carried out; no byte of the request left
    └── Unknown           everything else: never sent again by itself

Licrus is not idempotent and nothing in it can be looked up, so whatever is not certain is Unknown.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeAlias

from pydantic import ValidationError

from bot.licrus.models import CallAnswer
from conversations.letters import ascii_letters, fold, one_line

REASON_CHARACTERS = 500
CALL_NUMBER_CHARACTERS = 20
RETRY_AFTER_DEFAULT_SECONDS = 60
RETRY_AFTER_LONGEST_SECONDS = 3600
READABLE_CHARACTERS = 20_000  # of all sentences of one answer; a longer one is nobody's sentence


@dataclass(frozen=True, slots=True)
class Created:
    """The call exists and this is its number, spelled as Licrus spelled it."""

    call_number: str


@dataclass(frozen=True, slots=True)
class RefusedByLicrus:
    """Licrus refused and said why. The reason may repeat what a person typed, so it stays out of repr() and logs."""

    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """Not carried out, and waits for a person. `why`: "ticket", "status_404", "request_not_encodable"."""

    why: str


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Not carried out; may be sent again after this many seconds (1 to 3600)."""

    retry_after_seconds: int


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No byte of the request left.

    `why`: "connect" (DNS and TLS too), "connect_timeout", "pool_timeout", "total_timeout", "url", "deadline".
    """

    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The call may or may not exist. `why` is a short code for the operator.

    `call_number` is a number that a refusing answer mentioned: for the operator to look at, no proof of anything.
    """

    why: str
    call_number: str | None = None


Outcome: TypeAlias = Created | RefusedByLicrus | Held | RateLimited | Unreachable | Unknown

READ_STATUSES = frozenset({200, 201})
HELD_STATUSES = frozenset({400, 401, 403, 404, 405, 411, 413, 414, 415, 422})
RATE_LIMITED_STATUS = 429

# All patterns below are matched against letters.fold(): lower case, ASCII letters, one line.
# "yetkili servis" and "firma yetkilisi" are people, not permissions.
_AUTHORISATION = re.compile(
    r"""ticket | \bbilet | \boturum | \bsession | \btoken | \bcredential | \blogin\b | \bforbidden\b
    | yetki(?!li) | yetkili\ degil
    | unauthori[sz] | authori[sz]ation | not\ authori[sz]ed | authenticat
    | kimlik\ dogrula | giris\ yap | kullanici\ adi | \bsifre | \bparola | \bpassword
    | \bapi\ ?(key|anahtar) | access\ (is\ )?denied | erisim\ (izn|yetki|engel|reddedil)
    """,
    re.VERBOSE,
)
_TECHNICAL = re.compile(
    r"""exception | deadlock | null\ ?reference | object\ reference | nesne\ basvurusu | stack\ ?trace | \bnull\b
    | time-?\ ?out | timed\ out | zaman\ asimi | \bsql | sqlclient | \bora-\d | transaction | rollback
    | (primary|foreign|duplicate)\ key | constraint | violation | veritabani\ (hata|baglan) | \bdatabase\b
    | internal\ server | bad\ gateway | service\ unavailable | unhandled | unexpected | beklenmeyen | beklenmedik
    | (sunucu|sistem|baglanti|server|system)\ (hatasi|error) | an\ error\ (has\ )?occurred
    | connection\ (was|is|has|string|refused|reset|closed|pool) | baglanti\ (kur|kesil|kop)
    | index\ was\ outside | sequence\ contains | cannot\ be\ null | input\ string | overflow | out\ of\ memory
    | conversion\ failed | \bsystem\.[a-z] | \bat\ \w+\.\w+[\w.]*\( | <\ ?!?(html|head|body|doctype) | 0x[0-9a-f]{4}
    | ^\W*((islem|kayit)\ sirasinda\ )?(bir\ )?hata\ olustu\W*$ | ^\W*(error|hata)\W*$
    """,
    re.VERBOSE,
)
# A session that ran out is a matter of the ticket, not the time-out of a call that may have been carried out.
_SESSION_RAN_OUT = re.compile(
    r"\b(oturum\w*|session|ticket\w*)( \w+)? (zaman asimi\w*( ugra\w*)?|(has )?timed out|time-?out)"
)
# "Çağrı oluşturuldu ancak SMS gönderilemedi": no refusal, though HasError is true.
_HALF_DONE = re.compile(r"\bcagri\w* (olusturul|acil|kaydedil)(du|di|mus|mis)\w*,? (ancak|fakat|ama|lakin)\b")
_HAS_A_WORD = re.compile(r"[a-z]{2}")

_NUMBER_LABEL = re.compile(r"\bcagri\s*(?:numara(?!lar)\w{0,6}|no\b\.?|nr\b\.?)\s*[:=#]*\s*(?:-\s+)?", re.IGNORECASE)
# Not the beginning of something longer, of "43.090", "43090/2" or of a list of numbers; "43090dır" is no number either.
_NUMBER = re.compile(
    rf"""(?!\d+[dt][iu]r\b)
    [a-z0-9](?:[a-z0-9-]{{0,{CALL_NUMBER_CHARACTERS - 2}}}[a-z0-9])?
    (?!-*\w)(?![.,/]\d)(?!\s*(?:,|;|&|\+|ve\b)\s*\d{{4,}})
    """,
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
_NUMBER_MENTIONED = re.compile(
    r"\b(?P<before>\d[\w-]{2,19}) (?:numarali|no'?lu|no lu)(?: \w+)? cagri"
    r"|\b(?:cagri\w{0,6}|call)(?: (?:numara\w*|no|id|kodu|number))?[ .:=#-]{1,3}(?P<after>\d[\w-]{2,19})"
)
_TAG = re.compile(r"<[^<>]{0,80}>")


def outcome_of_answer(status: int, headers: Mapping[str, str], body: bytes, *, now: datetime | None = None) -> Outcome:
    """What one complete HTTP answer of ExternalCall/Create means. Never raises.

    `headers` are read for Retry-After only, in any case of letters; `now` (aware) is what its date is held against.
    """
    decided = outcome_of_status(status, headers, now=now)
    if decided is not None:
        return decided
    if not body.strip():
        return Unknown("empty_body")
    try:
        answer = CallAnswer.model_validate_json(body.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError:
        return Unknown("unreadable_body")
    text = answer.text
    if len(text) > READABLE_CHARACTERS:
        return Unknown("long_message")
    return _outcome_of_refusal(text) if answer.HasError else _outcome_of_success(text)


def outcome_of_status(
    status: int, headers: Mapping[str, str], *, now: datetime | None = None
) -> Held | RateLimited | Unknown | None:
    """What the status alone decides, or None where the body has to be read (200 and 201)."""
    if status in READ_STATUSES:
        return None
    if status in HELD_STATUSES:
        return Held(f"status_{status}")
    if status == RATE_LIMITED_STATUS:
        named = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
        return RateLimited(retry_after_seconds(named, now or datetime.now(UTC)))
    return Unknown(f"status_{status}")


def retry_after_seconds(value: str, now: datetime) -> int:
    """The pause that a Retry-After header asks for (RFC 9110, 10.2.3): 1 to 3600 seconds, 60 where it can't be read."""
    value = value.strip()
    if re.fullmatch(r"[0-9]+", value):
        seconds = int(value[:10]) if len(value) <= 10 else RETRY_AFTER_LONGEST_SECONDS
    else:
        try:
            moment = parsedate_to_datetime(value)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
            seconds = int((moment - now).total_seconds())
        except (ValueError, TypeError, IndexError, OverflowError):
            seconds = RETRY_AFTER_DEFAULT_SECONDS
    return max(1, min(seconds, RETRY_AFTER_LONGEST_SECONDS))


def call_numbers(text: str) -> tuple[str, ...]:
    """The different call numbers that "Çağrı numarası: 43090" names in a text, as they are written there.

    Spacing, case and Turkish letters don't matter. A number has a digit other than 0 and at most 20 letters, digits
    and dashes.
    """
    composed = one_line(unicodedata.normalize("NFKC", _TAG.sub(" ", text)))
    shown = "".join(letter for letter in composed if not unicodedata.combining(letter))
    # One letter for one letter, so that positions hold for both.
    plain = ascii_letters(shown).replace("ı", "i")
    numbers: dict[str, None] = {}
    for label in _NUMBER_LABEL.finditer(plain):
        found = _NUMBER.match(plain, label.end())
        if found and any(letter in "123456789" for letter in found.group()):
            numbers[shown[found.start() : found.end()]] = None
    return tuple(numbers)


def _outcome_of_success(text: str) -> Created | Unknown:
    match call_numbers(text):
        case (number,):
            return Created(number)
        case ():
            return Unknown("success_without_number")
        case _:
            return Unknown("two_numbers")


def _outcome_of_refusal(text: str) -> RefusedByLicrus | Held | Unknown:
    folded = fold(text)
    numbers = call_numbers(text)
    if numbers:
        return Unknown("error_with_number", numbers[0])
    mentioned = _NUMBER_MENTIONED.search(folded)
    if mentioned:
        return Unknown("error_with_number", (mentioned["before"] or mentioned["after"]).upper())
    if not _HAS_A_WORD.search(folded):
        return Unknown("error_without_reason")
    if _HALF_DONE.search(folded):
        return Unknown("error_after_creating")
    if _TECHNICAL.search(_SESSION_RAN_OUT.sub(" ", folded)):
        return Unknown("technical_error")
    if _AUTHORISATION.search(folded):
        return Held("ticket")
    return RefusedByLicrus(_bounded(one_line(text)))


def _bounded(reason: str) -> str:
    return reason if len(reason) <= REASON_CHARACTERS else reason[: REASON_CHARACTERS - 1].rstrip() + "…"
