"""What looks like an address or a place in a text without labels, and where the one ends and the other begins."""

import re
from functools import lru_cache
from itertools import pairwise

from conversations.answers.personal_names import GIVEN
from conversations.answers.place_names import names
from conversations.answers.places import NOUNS, TRADE
from conversations.answers.plain import terms
from conversations.stretches import trimmed, words_of

ADDRESS_MARKS = terms(
    """mah mahalle mahallesi mh mhl mahallesinde cad cadde caddesi cd sok sokak sokagi sk bulvar bulvari bulv blv
    blvd apt apartman apartmani sitesi site sit blok bloklari daire kat osb koyu mevkii mevki plaza no nolu kapi
    meydani cikmazi yolu is merkezi ishani konutlari konaklari residence rezidans evleri bolgesi street avenue
    avm villa parsel karayolu"""
)
STREETS = terms(
    """mah mahalle mahallesi mh mhl cad cadde caddesi cd sok sokak sokagi sk bulvar bulvari bulv blv blvd osb koyu
    mevkii mevki meydani cikmazi street avenue yolu bolgesi karayolu"""
)
"""Marks that make the name before them a street's, a quarter's or a village's."""
_ADDRESS_NUMBER = re.compile(
    r"(?<![^\W_])(?:no|n|nr|daire|dr|d|kat|k|blok|bl|kapı|apt|iç|dış)[ .:]{0,3}\d(?!\d*[^\W\d_]{2})(?!\d{5})"
    r"|\d{1,4} ?/ ?\d{1,4}(?!\d)"
    r"|(?<!\d)\d{1,4}\. ?(?:cad|sok|sk|cd)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\W{0,2}(?=[^\W_]{0,12}(?:-?\d)|[^\W_]{1,12}-[^\W_]{0,12}-?\d)(?=[\W\d]*[^\W\d_])[^\W_]{1,12}(?:-[^\W_]{1,12}){1,5}\W{0,2}"
)
_BESIDE_ANYTHING = terms("no nolu is site sit kat merkezi")
"""Marks of an address that say as much of anything else ("fiş no", "iş ortağımız") where no number begins with them."""
_ENDING = re.compile(r"['’‘`´][^\W\d_]{1,5}(?![^\W_])")
_COUNTRY = re.compile(r"[ ,/()-]+(?:t[uü]rkiye|turkey|tr)[ .)]*$", re.IGNORECASE)
_NOTE = re.compile(r"\s*(?:[(][^()]{2,80}[)]|[-–,] [^-–,/\d]{3,60})\s*$")
NEARBY = re.compile(
    r"(?<![^\W_])(?:yan[ıi]|kar[sş][ıi]s[ıi]|arkas[ıi]|[uü]st[uü]|[uü]zeri|alt[ıi]|biti[sş]i[gğ]i|yak[ıi]n[ıi])(?![^\W_])",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"\d[\w/]* +[^\W\d_]{4,}[ /,-]*$")
_COMMON_NOUNS = terms(
    """konak saray kale kemer cinar yenisehir pazar kavak bahce kartal selcuk fatih yildirim akdeniz karsiyaka ortakoy
    yesilyurt yesilova guzelyurt gulsehir altinova carsamba pazaryeri koprubasi merkez yenice aydinlar kosk koskte
    cumhuriyet ataturk kumru dogan sultan hisar kaman bulak kaya meydan golbasi guneysu"""
)
_OTHER_THAN_PLACES = TRADE | terms("carsamba persembe pazar")
"""Names of places that are a day of the week or a device, unless another place stands by them."""
_SHORT_DISTRICTS = terms("hopa soke biga foca urla buca tire cine unye soma sile kulu oltu vize cide palu lice esme")
"""Districts of four letters that are no other word, so that a quarter's name may stand behind them."""
_POST_CODE = re.compile(r"\d{5}(?!\d)")


def is_address(text: str) -> bool:
    """Whether a street or a quarter stands in it, with a number or a second mark of an address."""
    words = _plain_words(text)
    marks = [word for word in words if word in ADDRESS_MARKS]
    street = not STREETS.isdisjoint(words) and (len(marks) > 1 or any(c.isdigit() for c in text))
    return len(words) >= 3 and (street or (len(marks) > 1 and bool(_ADDRESS_NUMBER.search(text))))


def in_one_line(text: str) -> str:
    """An address of several lines: behind "Mah." it goes on with a space, elsewhere the line break stays."""
    return re.sub(r"(?<=\w\.)\n", " ", text)


def is_of_address(part: str) -> bool:
    return continues_address(part) or _ADDRESS_NUMBER.search(part) is not None or NEARBY.search(part) is not None


def behind_places(text: str) -> tuple[str, str]:
    """An address parted behind district and province, where words follow that are none of an address."""
    pieces = list(re.finditer(r"[^\s,/|()\\-]+", text))[:40]
    for at in range(2, len(pieces) - 1):
        for stop in (at + 2, at + 1):
            stretch, rest = text[pieces[at].start() : pieces[stop - 1].end()], text[pieces[stop - 1].end() :]
            alone = "".join(words_of(stretch))
            several = len(words_of(stretch)) > 1 and alone not in names().places
            before = text[: pieces[at].start()].rstrip(" ,")
            several = several or (
                is_sure_district(alone) and (before[-1:].isdigit() or words_of(before)[-1:] == ("mah",))
            )
            if stop < len(pieces) and several and is_place(stretch) and not (is_of_address(rest) or is_place(rest)):
                return text[: pieces[stop - 1].end()], trimmed(rest)
    return text, ""


def without_note(text: str) -> str:
    """The address without what stands in brackets or behind a dash at its end: "… Ümraniye (market üstü)"."""
    return _NOTE.sub("", text)


def continues_address(text: str) -> bool:
    """Whether a line behind an address goes on with it ("No: 12 D: 4", "Demir Apt. Kat 3")."""
    if _ADDRESS_NUMBER.match(text):
        return True
    words = [word for word in _plain_words(text) if word not in _BESIDE_ANYTHING]
    return not ADDRESS_MARKS.isdisjoint(words)


def _plain_words(text: str) -> tuple[str, ...]:
    """The folded words without those of a serial number's kind, whose letters are no marks: "ED500-SK-0092"."""
    return words_of(" ".join(part for part in text.split() if not _CODE.fullmatch(part)))


def is_door(text: str) -> bool:
    """Whether it is the number of a door and nothing more: "18/1", "No 5"."""
    return _DOOR.fullmatch(text) is not None


_DOOR = re.compile(r"(?:no[ .:]{0,3})?\d{1,4}(?: ?[/-] ?\w{1,4}){0,2}", re.IGNORECASE)


def is_place(text: str) -> bool:
    """Whether every word of it belongs to the exact name of a province or a district; a post code may stand by it."""
    words = [w for w in words_of(_ENDING.sub("", text)) if w not in NOUNS and not _POST_CODE.fullmatch(w)]
    if not 1 <= len(words) <= 5 or len(text) > 60 or "".join(words).isdigit() or not ADDRESS_MARKS.isdisjoint(words):
        return False
    if words[0] in _OTHER_THAN_PLACES and len(words) == 1:
        return False
    return _all_places(tuple(words)) and (len(words) > 1 or len(words[0]) > 3 or words[0] in ("van", "of"))


def without_post_code(text: str) -> str:
    """The names of places without the post code between or before them."""
    return " ".join(re.sub(r"(?<!\d)\d{5}(?!\d)", " ", text).split())


@lru_cache(maxsize=512)
def _all_places(words: tuple[str, ...]) -> bool:
    if not words:
        return True
    places = names().places
    heads = (n for n in range(min(3, len(words)), 0, -1) if not words[0].isdigit() or n > 1)
    return any("".join(words[:n]) in places and _all_places(words[n:]) for n in heads)


def places_at_end(text: str) -> list[tuple[str, str]]:
    """The ways to part the text before the names of places that end it, longest first: ("… No: 12", "Ümraniye").

    Behind a plain word ("… Atatürk Konak") a district's name alone is likely a quarter's: it stays.
    """
    bare = _COUNTRY.sub("", text).rstrip(" .,;)")
    found: list[tuple[str, str]] = []
    for piece in list(re.finditer(r"[^\s,/|()\\-]+", bare))[:-8:-1]:
        head, tail = bare[: piece.start()], trimmed(bare[piece.start() :])
        before = words_of(head)
        if not before or not is_place(tail) or _POST_CODE.match(tail):
            continue
        alone = "".join(words_of(tail))
        named = len(words_of(tail)) == 1 and before[-1] in GIVEN and before[-1] not in names().places
        if named and not _behind_a_quarter(head, "".join(words_of(tail))):
            continue  # "sahibi Deniz Ordu"
        quarter = alone in names().places and alone not in provinces() and head.rstrip()[-1:].isalpha()
        if not quarter or before[-1] in ADDRESS_MARKS or _behind_a_quarter(head, alone):
            found.append((head.rstrip(" ,/-|(\\"), tail))
    return found[::-1]


def _behind_a_quarter(head: str, district: str) -> bool:
    """Whether a district that only one province has ends "… No: 7 Zekeriyaköy Sarıyer": behind a number, a quarter."""
    return is_sure_district(district) and _QUARTER.search(head) is not None


def is_sure_district(name: str) -> bool:
    """Whether it is the name of one district, and not a word that streets, houses and quarters are called by."""
    places = names().places.get(name, ())
    return len(places) == 1 and len(name) > 4 and name not in _COMMON_NOUNS and places[0].district is not None


def district_at_start(text: str) -> str:
    """A district that an address begins with, its quarter behind it ("Bornova Evka-3, 128/9 sok no 5"), else ""."""
    words = list(re.finditer(r"[^\s,/|()]+", text))
    if len(words) < 2:
        return ""
    alone = "".join(words_of(_ENDING.sub("", words[0][0])))
    behind = [set(words_of(word[0])) for word in words[1:]]
    known = names().places.get(alone, ())
    named = (
        (len(alone) > 4 or alone in _SHORT_DISTRICTS)
        and alone not in _OTHER_THAN_PLACES | _COMMON_NOUNS
        and alone not in provinces()
        and any(p.district for p in known)
    )
    return words[0][0] if named and not behind[0] & (ADDRESS_MARKS - {"osb"}) else ""


def quarter_of_district(text: str) -> str:
    """A district that an address begins with where its name may be another word, a quarter's name alone behind it:
    "karşıyaka bostanlı mah"; else ""."""
    words = [words_of(word) for word in re.findall(r"[^\s,/]+", text[:80])[:3]]
    if len(words) < 3 or any(len(word) != 1 for word in words) or words[2][0] not in _QUARTERS:
        return ""
    district, quarter = words[0][0], words[1][0]
    known = any(place.district for place in names().places.get(district, ()))
    return district if known and quarter not in GIVEN | _TITLES and district not in provinces() else ""


def province_at_start(text: str) -> str:
    """A province that an address begins with, a quarter's name behind it: "karaman larende mah"; else ""."""
    words = [words_of(word) for word in re.findall(r"[^\s,/]+", text[:80])[:4]]
    named = len(words) > 2 and words[0] and words[0][0] in provinces() and not set(words[1]) & ADDRESS_MARKS
    return words[0][0] if named and any(set(word) & _QUARTERS for word in words[2:]) else ""


_QUARTERS = terms("mah mahalle mahallesi mh mhl")
_TITLES = terms("sultan bey beyazit hatun hoca gazi efendi pasa aga baba dede seyh")


def lie_together(one: str, other: str) -> bool:
    """Whether one province holds places of both names."""
    where = [{place.province for place in names().places.get("".join(words_of(name)), ())} for name in (one, other)]
    return not where[0].isdisjoint(where[1])


def lies_together(text: str) -> bool:
    """Whether places that stand in one text lie in one province, each with its neighbour: "Ordu Fatsa"."""
    words = [word for word in words_of(text) if word not in NOUNS]
    return all(lie_together(*pair) for pair in pairwise(words))


def is_district(text: str) -> bool:
    """Whether it is the name of a place and nothing more, not a district with its province."""
    return "".join(words_of(text)) in names().places


def is_province(text: str) -> bool:
    """Whether it is the name of a province and nothing else."""
    return "".join(words_of(text)) in provinces()


@lru_cache(maxsize=1)
def provinces() -> frozenset[str]:
    """The names of the provinces, folded, without spaces."""
    return frozenset("".join(words_of(place.province)) for place in names().province_of_plate.values())


def place_at_start(text: str) -> tuple[str, str]:
    """The text without "İstanbul, Ümraniye" at its beginning, and that; a single name may be a street's."""
    pieces = list(re.finditer(r"[^\s,/|()\\-]+", text))[:5]
    for count in range(min(4, len(pieces) - 1), 0, -1):
        head = text[: pieces[count - 1].end()]
        words = words_of(head)
        several = len(words) >= 2 and "".join(words) not in names().places
        if is_place(head) and (several or text[len(head) :].startswith(",")):
            rest = text[pieces[count - 1].end() :]
            if words_of(rest)[:1] and words_of(rest)[0] in ADDRESS_MARKS:
                continue
            return rest.lstrip(" ,/-|)\\."), trimmed(head)
    return text, ""
