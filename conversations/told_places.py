"""Province and district that a sentence names in passing: "Manisa Akhisar'da", "Terme'den yazıyorum"."""

import re

from conversations.answers.place_names import names
from conversations.answers.plain import terms
from conversations.street_shapes import is_place, is_province, is_sure_district, provinces
from conversations.stretches import words_of

_CASED = re.compile(
    r"(?P<name>[^\W\d_]{2,25}?)(?P<mark>['’‘`´]?)n?(?P<case>[dt][ae](?:ki|y[ıi][mz])?|[dt][ae]n)[.,;:)]*$",
    re.IGNORECASE,
)
_WORDS_TOO = terms(
    """guney cardak adalar alaca hamur bulanik cubuk dortyol tepebasi ayranci kargi havran gerede devrek pervari aralik
    dicle ergene savur hasankeyf kovancilar catalpinar sungurlu kavaklidere yayladere derebucak"""
)
"""Districts whose names are words too: without an apostrophe an ending makes no place of them ("güneyden")."""
MOST_WORDS = 60  # words of a sentence that are looked through for a place
_FIRST_PERSON = ("yim", "yım", "yiz", "yız")
_OF_A_DEALER = terms("aldim aldigim aldik aldigimiz satin depo depomuz sube subemiz firmamiz dukkan dukkanimiz")
_MOUNTERS = ("usta", "tesisat", "montaj", "servis")
_ELSEWHERE = ("bayi", "fatura", "merkezimiz", "genelmerkez", "depo", "sube")
_GOES = terms("geldi gelen gelecek getirdim getirdik gonderildi gonderdik siparis tasindim tasindik kargo giden degil")


def places_told(text: str) -> str:
    """Province and district that a sentence names together: "turgutlu manisada oturuyorum"; "" where it names none."""
    words = list(re.finditer(r"[^\s,/|()]+", text))
    for at in range(len(words) - 1):
        last = words[at + 1]
        between = text[words[at].end() : last.start()].strip(" ,/(")
        for cut in (last.end(), *(_without_case(last[0]) and [last.start() + len(_without_case(last[0]))])):
            stretch = text[words[at].start() : cut]
            alone = {"".join(words_of(part)) for part in re.split(r"[\s,/]+", stretch)}
            if not between and is_place(stretch) and "".join(words_of(stretch)) not in names().places:
                return stretch if alone & provinces() or all(map(is_sure_district, alone)) else ""
    return ""


def locative(word: str) -> str:
    """The district or province that a word says something is in: "Akhisar'da", "Talas'taki,"; else ""."""
    match = _CASED.match(word)
    if match is None or match["case"][-1] in "nN" or not is_place(match["name"]):
        return ""
    return match["name"] if match["mark"] or is_sure_district("".join(words_of(match["name"]))) else ""


def is_in_a_quarter(word: str) -> bool:
    """Whether a word with an apostrophe says where something is: "Etlik'te"."""
    match = _CASED.match(word)
    return match is not None and bool(match["mark"]) and len(match["name"]) > 3 and match["case"][-1] not in "nN"


def district_told(text: str) -> str:
    """The one district that a sentence says something is in or comes from, with its case: "Ümraniye'de", "Terme'den".

    A province where it names no district; "" where it names none or several, or what is there is likely a dealer's.
    """
    words = text.split()[:MOST_WORDS]
    folded = set(words_of(text))
    if not _OF_A_DEALER.isdisjoint(folded) or any(word.startswith(_ELSEWHERE) for word in folded):
        return ""
    speaks, of_others = "ben" in folded, _tells_of_others(folded)
    districts: dict[str, str] = {}
    provinces_told: dict[str, str] = {}
    for before, word in zip(["", *words], words, strict=False):
        match = _CASED.match(word)
        name, case, marked = (match["name"], match["case"].lower(), bool(match["mark"])) if match else ("", "", False)
        origin = case.endswith("n")
        if district := _one_district(name, marked=marked):
            if of_others if origin else speaks and not case.endswith(_FIRST_PERSON):
                return ""
            districts[district] = f"{name}'{case}"
        elif marked and not origin and is_province(name):
            provinces_told[name.lower()] = name
        elif beside := _named_beside(before, word):
            districts[_one_district(beside, marked=True)] = beside
    told = districts or ({} if speaks else provinces_told)
    return next(iter(told.values())) if len(told) == 1 else ""


def _named_beside(before: str, word: str) -> str:
    """The district before "ilçesinde" or a quarter with its case, or behind an English "in"; else ""."""
    if before in ("in", "at"):
        name = word.strip(".,;:")
    elif word[:4].lower() in ("ilçe", "ilce") or is_in_a_quarter(word):
        name = before
    else:
        return ""
    return name if name[:1].isupper() and _one_district(name, marked=True) else ""


def _tells_of_others(folded: set[str]) -> bool:
    """Whether a sentence is about goods on their way or about who mounted them."""
    return not _GOES.isdisjoint(folded) or any(word.startswith(_MOUNTERS) for word in folded)


def is_origin(text: str) -> bool:
    """Whether somebody comes from there: "Terme'den"."""
    match = _CASED.match(text)
    return match is not None and bool(match["mark"]) and match["case"][-1] in "nN"


def _one_district(name: str, *, marked: bool) -> str:
    """The folded name of the one district that a word names, "" where it may be another word."""
    alone = "".join(words_of(name))
    if marked:
        places = names().places.get(alone, ())
        return alone if len(places) == 1 and places[0].district and is_place(name) else ""
    return alone if is_sure_district(alone) and alone not in _WORDS_TOO else ""


def behind_origin(text: str) -> str:
    """A name without the place that it comes from: "mudanyadan arif boz"."""
    first, _, rest = text.partition(" ")
    place = _without_case(first)
    return rest if place and is_place(place) and first.endswith("n") else text


def _without_case(word: str) -> str:
    """ "manisada", "selçukludan": the name without its case, "" where there is none."""
    match = re.fullmatch(r"(.{3,}?)['’]?(?:[dt][ae]n?|[dt][ae]y[iı][mz]|[dt][ae]ki)", word)
    return match[1] if match else ""
