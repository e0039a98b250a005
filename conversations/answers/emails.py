"""E-mail addresses: checked by form alone (no DNS), and repaired where the slip is a well-known one.

A repaired address is always offered, never taken. Only ASCII addresses pass, since what becomes of others in Licrus is
not known; the local part keeps its case, the domain is lower-cased.
"""

import re
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from conversations.answers.outcome import Accepted, Ambiguous, Candidate, Known, Outcome, Refused, Verbatim
from conversations.answers.plain import answers_nothing, plain, quoted, terms
from conversations.letters import ascii_letters, fold_words
from conversations.words import Words

LONGEST = 254
LONGEST_LOCAL = 64  # RFC 5321, 4.5.3.1.1
MOST_CANDIDATES = 4

_PROVIDERS = ("gmail.com", "hotmail.com", "outlook.com", "yahoo.com", "icloud.com", "yandex.com", "windowslive.com")
_MISTYPED = {
    "gmail.com": """gmial gmai gmal gnail gamil gmaill ggmail gmaıl gimail gmeil gemail gmaio gmqil gmail gmil gmali
        gmailcom""",
    "hotmail.com": """hotmial hotmai hotmal hormail hotmaill hotamil homail hotmeil hotmil hotnail htomail hotmali
        hotmail hotmailcom""",
    "outlook.com": "outlok outllok outlool outlock oulook outloook otlook outlook outlookcom",
    "yahoo.com": "yaho yahooo yhaoo yhoo yahho yahoo yahoocom",
    "icloud.com": "iclod icloude iclud icould ıcloud icloud icloudcom",
    "yandex.com": "yandx yandex yadex yandexcom",
    "windowslive.com": "windowlive windowslive",
}
_RIGHT_DOMAIN = {stem: domain for domain, stems in _MISTYPED.items() for stem in stems.split()}
_REAL_ENDINGS = {  # endings under which these providers do give addresses, or gave them
    "hotmail.com": r"com(\.\w{2})?|co\.\w{2}|(?!co|cm|om)[a-z]{2}",
    "outlook.com": r"com(\.\w{2})?|co\.\w{2}|(?!co|cm|om)[a-z]{2}",
    "yahoo.com": r"com(\.\w{2})?|co\.\w{2}|(?!co|cm|om)[a-z]{2}",
    "yandex.com": r"com(\.\w{2})?|(?!co|cm|om)[a-z]{2}",
    "gmail.com": r"com",
    "icloud.com": r"com",
    "windowslive.com": r"com",
}
_NO_ENDING = re.compile(r"\.(?:con|cmo|ocm|comm|cim|xom|vom|coom|om|cpm|c0m|clm|co)$|\.com\.$")
_ADDRESS = re.compile(r"[^\s<>,;:()\[\]\"/|@]{1,255}@[^\s<>,;:()\[\]\"/|@]{1,255}")
_AT = re.compile(r" ?[(\[{] ?(?:at|et|kuyruklu a) ?[)\]}] ?| ?@ ?| (?:at|et|kuyruklu a) ", re.IGNORECASE)
_DOT = re.compile(r" ?[(\[] ?(?:dot|nokta) ?[)\]] ?| (?:nokta|dot) | ?\. ?", re.IGNORECASE)
_COMMA = re.compile(r"(?<=\w) ?, ?(?=(?:com|net|org|gmail|hotmail|edu|gov|tr)(?!\w))", re.IGNORECASE)
_WORDS = terms(
    """e posta eposta mail email maili mailim epostam adres adresi adresim adresimiz benim musteri bayi firma mailto
    benimki budur bu dir dur address my is the ve ile veya ya da yada or and http https www i si su ise"""
)
_WWW = re.compile(r"www\.(?=[^@])", re.IGNORECASE)  # put before an address by habit
_TOP_LEVEL = re.compile(r"\.[a-z]{2,}$")
_SUFFIX = re.compile(r"'[^\W\d_]{1,6}$")


@dataclass(frozen=True, slots=True)
class EmailAddress(Verbatim):
    """One ASCII e-mail address of at most 254 characters."""

    def understand(self, text: str, known: Known) -> Outcome:
        args: dict[str, str | int] = {"text": quoted(text)}
        if answers_nothing(text):
            return Refused(Words("email-not-an-answer", args))
        line = " ".join(plain(text).split())
        found = tuple(dict.fromkeys(_bare(match) for match in _ADDRESS.findall(line)))
        valid = tuple(dict.fromkeys(address for match in found if (address := _checked(match))))
        if len(found) > 1 and valid:
            candidates = tuple(Candidate(address, address) for address in valid[:MOST_CANDIDATES])
            return Ambiguous(Words("email-several", {"n": len(found)}), candidates)
        if len(found) == 1 and valid:
            return self._one(line, valid[0], args)
        if len(line) > LONGEST + 40:
            return Refused(Words("email-too-long", args))
        return self._none(line, found, args)

    def _one(self, line: str, address: str, args: dict[str, str | int]) -> Outcome:
        """The outcome where exactly one right address stands in the text."""
        if repaired := _right_domain(address):
            return Refused(Words("email-typo", {"text": quoted(address)}), guess=_WWW.sub("", repaired))
        around = _ADDRESS.sub(" ", line)
        if "@" in around or set(fold_words(around).split()) - _WORDS:
            together = _checked(line.replace(" ", "")) if len(line) <= LONGEST and line.endswith(address) else None
            return Ambiguous(Words("email-words", args), _candidates(address, together))
        if without := _WWW.match(address):
            readings = _candidates(_checked(address[without.end() :]), address)
            return Ambiguous(Words("email-words", args), readings, said=address)
        return Accepted(address)

    def _none(self, line: str, found: tuple[str, ...], args: dict[str, str | int]) -> Refused:
        """The refusal of a text without a right address, with the repaired one where there is one."""
        guess = _repaired(found[0] if len(found) == 1 and found[0] in line.split() else line)
        if not found and "@" not in line:
            return Refused(Words("email-no-at", args), guess=guess)
        if found and not found[0].isascii():
            return Refused(Words("email-letters", args), guess=guess)
        if found and line.count("@") == 1 and "." not in found[0].rpartition("@")[2]:
            return Refused(Words("email-incomplete", args), guess=guess)
        return Refused(Words("email-not-an-email", args), guess=guess)


def _candidates(*readings: str | None) -> tuple[Candidate, ...]:
    return tuple(Candidate(reading, reading) for reading in dict.fromkeys(readings) if reading)


def _bare(address: str) -> str:
    """The address without quotes, a full stop or a Turkish suffix after it."""
    return (
        _SUFFIX.sub("", address.strip("'\"`*_.!?“”«»").rstrip("-")) if address[0] != "_" else address.rstrip(".!?'\"")
    )


def _checked(address: str) -> str | None:
    """The address as it is stored, or None where it is no right ASCII one."""
    if not address.isascii() or len(address) > LONGEST or len(address.partition("@")[0]) > LONGEST_LOCAL:
        return None
    try:
        checked = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    domain = checked.ascii_domain.lower()
    if "xn--" in domain or not _TOP_LEVEL.search(domain) or checked.local_part != address.rpartition("@")[0]:
        return None
    # Written in capitals throughout is a key held down, not how the mailbox is called.
    local = checked.local_part if any(c.islower() for c in address) else checked.local_part.lower()
    return f"{local}@{domain}"


def _right_domain(address: str) -> str | None:
    """The address with the domain that was meant, where it is a well-known slip of a large provider's."""
    local, _, domain = address.rpartition("@")
    stem, _, ending = domain.partition(".")
    meant = _RIGHT_DOMAIN.get(stem)
    if meant is not None:
        if stem == meant.partition(".")[0] and re.fullmatch(_REAL_ENDINGS[meant], ending):
            return None
        return f"{local}@{meant}"
    if _NO_ENDING.search(domain) and not domain.endswith(".co"):
        return f"{local}@{_NO_ENDING.sub('.com', domain)}"
    return None


def _repaired(line: str) -> str | None:
    """The right address that was probably meant, or None."""
    text = ascii_letters(line).replace("ı", "i").replace("İ", "I")
    text = re.sub(
        r"^(?:e-?posta|e-?mail|mail)(?: adresi(?:m)?)? ?[:=] ?|^mailto:|^www\.", "", text, flags=re.IGNORECASE
    )
    text = _DOT.sub(".", _AT.sub("@", _COMMA.sub(".", text))).strip(" .,;:<>'\"")
    if "@" not in text:
        text = _missing_at(text)
    if " " in text or text.count("@") != 1:
        return None
    local, _, domain = re.sub(r"\.{2,}", ".", text).rpartition("@")
    address = f"{local.strip('.')}@{domain.lower().strip('.-')}"
    if not _ADDRESS.fullmatch(address) or _bare(address) != address:
        return None
    return _checked(_right_domain(address) or address)


def _missing_at(text: str) -> str:
    """The text with the missing @ put before a large provider's domain: "ayse.yilmazgmail.com"."""
    for domain in _PROVIDERS:
        local = text.lower().removesuffix(domain)
        if local and local != text.lower():
            return text[: len(local)].rstrip(".-_ ") + "@" + domain
    return text
