"""Province and district that a sentence names in passing: "Manisa Akhisar'da", "Terme'den yazıyorum"."""

import re

from conversations.answers.place_names import names
from conversations.answers.plain import terms
from conversations.street_shapes import is_place, is_sure_district, provinces
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
_OF_A_DEALER = terms("aldim aldigim aldik aldigimiz satin depo depomuz sube subemiz firmamiz dukkan dukkanimiz")
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

    "" where it names none, or several, or what is there is more likely a dealer's.
    """
    words = text.split()[:60]
    folded = set(words_of(text))
    if not _OF_A_DEALER.isdisjoint(folded) or any(word.startswith("bayi") for word in folded):
        return ""
    told: dict[str, str] = {}
    for before, word in zip(["", *words], words, strict=False):
        match = _CASED.match(word)
        if match and (district := _one_district(match["name"], marked=bool(match["mark"]))):
            case = match["case"].lower()
            here = not case.endswith("n")
            if ("ben" in folded and here and len(case) < 4) or (not here and not _GOES.isdisjoint(folded)):
                return ""
            told[district] = f"{match['name']}'{match['case']}"
        elif before and words_of(word)[:1] and words_of(word)[0].startswith("ilcesi"):
            if district := _one_district(before, marked=True):
                told[district] = before
        elif before and (is_in_a_quarter(word) or before in ("in", "at")):
            name = before if before not in ("in", "at") else word.strip(".,;:")
            if (district := _one_district(name, marked=True)) and name[:1].isupper():
                told[district] = name
    return next(iter(told.values())) if len(told) == 1 else ""


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
    match = re.fullmatch(r"(.{3,}?)['’]?(?:[dt][ae]n?|[dt][ae]y[iı]m|[dt][ae]ki)", word)
    return match[1] if match else ""
