"""What a pasted block's label is for, and whose the value behind it: with endings, slips, and words of one's own."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from conversations.block_labels import (
    ADDRESS_PARTS,
    CHIEFS,
    NEVER_BARE,
    NO_CHIEFS,
    OF_CHIEFS,
    OF_DEPUTIES,
    OTHER_THINGS,
    OWNER_PHRASES,
    OWNERS,
    SENDERS,
    SITES,
    STREETS,
    TARGETS,
    THIRD_PARTIES,
    THIS,
    Owner,
    Target,
)


@dataclass(frozen=True, slots=True)
class Label:
    """What stands behind a label, and whose it is where the label says so.

    `mine`: it says "my", or who asks. `deputy`: who answers for a building or a site where nobody else is named.
    """

    target: Target
    owner: Owner | None = None
    mine: bool = False
    deputy: bool = False


SHORTEST_MENDED = 5  # letters: a slip in a shorter label may be another word
_LONG_LABELS = tuple(label for label in TARGETS if len(label) >= SHORTEST_MENDED)


@lru_cache(maxsize=1024)
def label_of_words(words: str, *, bare: bool = False) -> Label | None:
    """What these folded words label, None where they are no label; `bare`: as a label that no colon follows."""
    if asking := _ASKS.match(words):
        rest = words[asking.end() :]
        of_who_asks = label_of_words(rest, bare=bare) if rest else Label("section")
        return replace(of_who_asks, mine=True) if of_who_asks is not None else None
    label = _label(words, bare=bare)
    if label is None and not bare and (deputy := _DEPUTY.match(words)):
        target = OF_DEPUTIES.get(words[deputy.end() :])
        label = Label(target, deputy=True) if target else None
    if label is None and (stem := _without_ending(words)):
        label = _label(stem, bare=bare)
    if label is None and words.startswith(("benim ", "bizim ")):
        label = _label(words.partition(" ")[2], bare=bare)
    if label is not None and label.owner is None and (_MINE.search(words) or words in SENDERS):
        label = replace(label, mine=True)
    return label


def _label(words: str, *, bare: bool) -> Label | None:
    if words[-1:] in ("1", "2", "3") and TARGETS.get(words[:-1].strip()) in (
        "mobile",
        "phone",
        "work",
        "email",
        "serials",
    ):
        words = words[:-1].strip()  # "Tel 2"
    if target := TARGETS.get(words):
        return None if bare and words in NEVER_BARE else Label(target)
    owner, rest = _owned(words)
    if owner is not None and not rest:
        return Label("section", owner)
    if owner is not None and rest in ("ad", "adi", "ismi", "isim", "name"):
        return Label("company" if owner == "dealer" else "name", owner)
    if owner is not None and (target := TARGETS.get(rest)):
        return Label(target, owner)
    return _of_place(words, owner) or _label_of_chief(rest, owner)


def _of_place(words: str, owner: Owner | None) -> Label | None:
    """ "Bulunduğunuz il", "servis verilecek adres", "şantiye adresi", "mahalle cadde no": where the device is."""
    before, _, last = words.rpartition(" ")
    if not before:
        return None
    if before in ("adres", "adresi", "adresim", "adresimiz") and last in THIS:
        return Label("address", owner)
    target = TARGETS.get(last) or TARGETS.get(_without_ending(last))
    if target in ("province", "district", "place", "address") or last in ("yer", "adresi", "adresiniz", "adresimiz"):
        if _WHERE.search(before.rpartition(" ")[2]):
            return Label("address" if last == "yer" else target or "address", owner)
        parts = set(before.split())
        if target == "address" and parts <= SITES:
            return Label("address", owner)
    parts = set(words.split())
    return Label("address") if len(parts & STREETS) > 1 and parts <= ADDRESS_PARTS else None


_WHERE = re.compile(
    r"^(?:bulundugu|oturdugu|kuruldugu|takildigi|kurulacagi|takilacagi|yapilacagi|yasadigi)(?:m|n|muz|nuz)?$"
    r"|^(?:verilecek|yapilacak|kurulacak|takilacak|gelinecek|gidilecek|oturulan|bulunulan)$"
)


_ASKS = re.compile(
    r"(?:talep eden|talep sahibi|talebi (?:yapan|acan|ileten)|talepte bulunan|servis isteyen|kaydi acan"
    r"|basvuran|bildiren)"
    r"(?:[iu]?n)?(?: kisi(?:nin)?(?= .))?(?: |$)"
)
_DEPUTY = re.compile(
    r"(?:(?:site|apartman|apt|bina|blok) )?(?:yonetici(?:si|miz)?|yon)(?:nin)?(?: |$)"
    r"|santiye (?:sefi|sorumlusu|yetkilisi|amiri|muduru)(?:nin)?(?: |$)"
)


def is_chief(words: str) -> bool:
    """Whether the words label somebody by what they do: on a line of their own they are a greeting or a signature."""
    return words not in TARGETS and (_label_of_chief(words, None) is not None or _DEPUTY.fullmatch(words) is not None)


def _label_of_chief(words: str, owner: Owner | None) -> Label | None:
    """ "Fabrika müdürü", "müdür tel": whoever answers for a company, called by what they do there."""
    parts = [word for word in words.split() if word not in ("hanim", "bey", "yrd", "yardimcisi", "kisi")]
    if (
        not 1 <= len(parts) <= 4
        or any(map(str.isdigit, words))
        or not (THIRD_PARTIES | OTHER_THINGS | NO_CHIEFS).isdisjoint(parts)
    ):
        return None
    if parts[-1] in CHIEFS:
        return Label("contact", owner)
    if len(parts) > 1 and parts[-2] in CHIEFS and parts[-1] in OF_CHIEFS:
        return Label(OF_CHIEFS[parts[-1]], owner)
    return None


_MINE = re.compile(
    r"(?:^|\b)(?:benim|bizim)\b"
    r"|\b(?:ad|isi?m|ceb|telefon|firma|numara|mail|eposta|sirket|gsm|tel|unvan)(?:im|um|m|imiz|umuz|miz|muz)\b"
)
_ENDING = re.compile(r"(?:lar|ler)?(?:i|u|si|su|im|um|m|imiz|umuz|miz|muz|iniz|unuz|niz|nuz|in|nin|inin|sinin|unun)?$")
_SOFT = {"ceb": "cep"}


def _without_ending(words: str) -> str:
    """The words with a plural or a "my", "its" taken from the last of them, "" where no known label remains."""
    before, _, last = words.rpartition(" ")
    for length in range(len(last) - 1, 1, -1):
        stem = _SOFT.get(last[:length], last[:length])
        whole = f"{before} {stem}".strip()
        if (
            (len(stem) > 2 or stem == "il")
            and _ENDING.fullmatch(last[length:])
            and (whole in TARGETS or _owned(whole)[0] is not None)
        ):
            return whole
    return ""


@lru_cache(maxsize=1024)
def misspelt_label(words: str) -> Label | None:
    """What a label with one slip in it is for ("telfon", "seri numrası"), where only one target can be meant."""
    owner, rest = _owned(words)
    if owner is None and OSA.distance(words, "musteri", score_cutoff=1) == 1:
        return Label("section", "customer")
    if len(rest) < SHORTEST_MENDED or not ADDRESS_PARTS.isdisjoint(rest.split()):
        return None
    near = process.extract(rest, _LONG_LABELS, scorer=OSA.distance, score_cutoff=1, limit=5)
    targets = {TARGETS[label] for label, _, _ in near}
    return Label(targets.pop(), owner) if len(targets) == 1 else None


def _owned(words: str) -> tuple[Owner | None, str]:
    """Whose the value is, by the first or the last words of the label, and the rest of it."""
    for phrase, owner in OWNER_PHRASES.items():
        if words == phrase or words.startswith(phrase + " "):
            return owner, words[len(phrase) :].strip()
    first, _, rest = words.partition(" ")
    if first in OWNERS:
        return OWNERS[first], rest
    if first in ("m", "b") and rest in TARGETS:  # "M. Adı", "B. Tel"
        return "customer" if first == "m" else "dealer", rest
    rest, _, last = words.rpartition(" ")
    return (OWNERS[last], rest) if last in ("bayi", "musteri", "customer", "dealer") else (None, words)
