"""Names of people and companies: bounded and cleaned of what no name holds, otherwise exactly as typed."""

import re
import unicodedata
from dataclasses import dataclass

from conversations.answers.foreign import doubted
from conversations.answers.outcome import Accepted, Known, Outcome, Refused, Verbatim
from conversations.answers.phones import is_only_phone
from conversations.answers.plain import LONGEST_LABELLED, answers_nothing, holds_link, phrases, quoted, says_only
from conversations.letters import fold_words, one_line
from conversations.words import Words

NAME_BOUNDS = (3, 100)
COMPANY_BOUNDS = (2, 150)

# A label is taken off only where a colon (or an unmistakable "adım") says that it is one.
_NAME_LABELS = phrases(
    """ad|adi|adim|adiniz|soyad|soyadi|ad soyad|adi soyadi|adim soyadim|ad soyadi|ad ve soyad|adi ve soyadi
    |adiniz soyadiniz
    |isim|ismi|ismim|isim soyisim|isim soyad|ad soyisim|soyisim|musteri|musteri adi|musteri adi soyadi|musteri ad soyad
    |yetkili|yetkili kisi|yetkili adi|ilgili kisi|ilgili|bayi yetkilisi|kisi|name|full name|name surname|surname
    |benim adim|sahibi|alici"""
)
_COMPANY_LABELS = phrases(
    """firma|firma adi|firma ismi|firma unvani|firmanin adi|firmanin unvani
    |firmam|firmamiz|sirket|sirket adi|sirketim|sirketimiz|sirket unvani|unvan|unvani
    |ticari unvan|ticari unvani
    |bayi|bayi adi|bayim|bayi unvani|kurum|kurum adi|isletme|isletme adi|company|company name|dealer"""
)
_LABEL = re.compile(r"([^:=;]{2,30}?)(?: ?[:=;] ?| [-–] )(.+)")
_GREETING = re.compile(r"^(?:merhaba(?:lar)?|[iİ]yi günler)[ ,.!]+", re.IGNORECASE)
_SPOKEN = re.compile(
    r"(?:benim |müşteri(?:nin)? )?(?:ad[ıi]?(?: ve)? soyad[ıi]?|ad[ıi]m(?:(?: ve)? soyad[ıi]m)?|[iİ]smim"
    r"|[iİ]s[iİ]m soy(?:[iİ]s[iİ]m|ad)) (.+)",
    re.IGNORECASE,
)
_SURNAME_LABEL = re.compile(
    r"[ ,;]*(?<![^\W_])(?:soy(?:ad[ıi]?|[iİ]s[iİ]m|[iİ]smi) ?[:=] ?|soy(?:ad[ıi]m|[iİ]smim)(?: ?[:=] ?| ))",
    re.IGNORECASE,
)
_IN_TWO = re.compile(r"(?:ad[ıi]?|[iİ]s[iİ]m) (.+?),? soy(?:ad[ıi]?|[iİ]s[iİ]m) (.+)", re.IGNORECASE)
_IN_QUOTES = re.compile(r"[\"“”„«'‘’](.+)[\"“”«»'‘’]")
_NEVER_IN_NAMES = frozenset("?!=<>{}[]|\\^~*_#$%+;:")
_SIGNS_IN_COMPANIES = frozenset("+$=<>|^~%§°®™©№")
_UNCASED = re.compile(r"[぀-ヿ㐀-鿿가-힯]{2,}")


@dataclass(frozen=True, slots=True)
class PersonName(Verbatim):
    """A person's name and surname, 3 to 100 characters."""

    def understand(self, text: str, known: Known) -> Outcome:
        args: dict[str, str | int] = {"text": quoted(text)}
        name = _bare_name(_trimmed(text))
        if answers_nothing(text) or says_only(name, _NAME_LABELS):
            return Refused(Words("name-not-an-answer", args))
        if "@" in name or holds_link(name):
            return Refused(Words("name-not-a-name", args))
        if any(c.isdigit() for c in name):
            return Refused(Words("name-digits", args))
        if not any(c.isalpha() for c in name):
            return Refused(Words("name-no-letters", args))
        if any(c in _NEVER_IN_NAMES or unicodedata.category(c) in _SYMBOLS for c in name):
            return _with_guess(Words("name-symbols", args), name, self)
        if len(name) > NAME_BOUNDS[1]:
            return Refused(Words("name-too-long", {**args, "n": len(name)}))
        words = [word for word in re.split(r"[ ,/&]+", name) if any(c.isalpha() for c in word)]
        if len(words) < 2 and not _UNCASED.search(name):
            return Refused(Words("name-needs-surname", args))
        if sum(map(str.isalpha, name)) < NAME_BOUNDS[0]:
            return Refused(Words("name-too-short", args))
        return Accepted(name)


@dataclass(frozen=True, slots=True)
class CompanyName(Verbatim):
    """A company's name, 2 to 150 characters with at least one letter."""

    def understand(self, text: str, known: Known) -> Outcome:
        args: dict[str, str | int] = {"text": quoted(text)}
        company = _unlabelled(_trimmed(text), _COMPANY_LABELS)
        if answers_nothing(text) or answers_nothing(company) or says_only(company, _COMPANY_LABELS):
            return Refused(Words("company-not-an-answer", args))
        if "@" in company or holds_link(company) or is_only_phone(company):
            return Refused(Words("company-not-a-name", args))
        if not any(c.isalpha() for c in company):
            return Refused(Words("company-no-letters", args))
        if any(unicodedata.category(c) in _SYMBOLS and c not in _SIGNS_IN_COMPANIES for c in company):
            return _with_guess(Words("company-symbols", args), company, self)
        if len(company) < COMPANY_BOUNDS[0]:
            return Refused(Words("company-too-short", args))
        if len(company) > COMPANY_BOUNDS[1]:
            return Refused(Words("company-too-long", {**args, "n": len(company)}))
        return doubted(text, company, device=True) or Accepted(company)


_SYMBOLS = frozenset(("So", "Sk", "Sm", "Sc", "Cn", "Co", "Cs"))


def _trimmed(text: str) -> str:
    """One line without what surrounds a pasted name: bullets before it, commas and colons after it."""
    return one_line(text).lstrip(",;:-–—*•= ").rstrip(",;:-–—*•= ")


def _unlabelled(line: str, labels: frozenset[str]) -> str:
    """The line without leading labels such as "Firma adı:"."""
    while len(line) <= LONGEST_LABELLED and (match := _LABEL.fullmatch(line)) and fold_words(match[1]) in labels:
        line = _trimmed(match[2])
    return line


def _bare_name(line: str) -> str:
    """The name without "Ad soyad:", "adım", and the "Soyad:" between name and surname."""
    while len(line) <= NAME_BOUNDS[1] * 3:
        shorter = _unlabelled(_GREETING.sub("", line), _NAME_LABELS)
        if match := _SPOKEN.fullmatch(shorter) or _IN_QUOTES.fullmatch(shorter):
            shorter = _trimmed(match[1])
        if match := _IN_TWO.fullmatch(shorter):
            shorter = f"{match[1]} {match[2]}"
        shorter = _trimmed(_SURNAME_LABEL.sub(" ", shorter))
        if shorter == line:
            break
        line = shorter
    return line


def _with_guess(reason: Words, name: str, kind: PersonName | CompanyName) -> Refused:
    """The refusal of a name with signs, with the name without them where that is one."""
    allowed = frozenset() if isinstance(kind, PersonName) else _SIGNS_IN_COMPANIES
    barred = _NEVER_IN_NAMES if isinstance(kind, PersonName) else frozenset()
    kept = "".join(
        " " if c in barred or (unicodedata.category(c) in _SYMBOLS and c not in allowed) else c for c in name
    )
    match kind.understand(kept, {}):
        case Accepted(value=str(value)):
            return Refused(reason, guess=value)
    return Refused(reason)
