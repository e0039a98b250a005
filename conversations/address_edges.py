"""Where an address in a sentence begins and ends: what is said before it and behind it is no part of it."""

import re
from collections.abc import Iterable

from conversations.answers.personal_names import GIVEN
from conversations.answers.place_names import names
from conversations.answers.plain import terms
from conversations.shapes import NOT_A_NAME, is_company, is_person, maybe_company, names_building
from conversations.street_shapes import (
    ADDRESS_MARKS,
    NEARBY,
    STREETS,
    is_address,
    is_of_address,
    is_place,
    is_province,
    lie_together,
)
from conversations.stretches import words_of
from conversations.told_places import is_in_a_quarter, locative

LONGEST_HEAD = 60  # words of a sentence that are looked through for where an address begins in it

_AT_THE_ADDRESS = re.compile(
    r"[ ,'’]+adres(?:inde|ine|indeki|indedir)(?![^\W_]).*"
    r"|(?:['’ ]n?[dt][ae])? (?:oturuyor|oturur|oturan|oturmakta|ikamet|bulunuyor|bulunmakta|kal[ıi]yor|ya[sş][ıi]yor"
    r"|tak[ıi]l[ıi](?![^\W_])|kurulu(?![^\W_])).*"
    r"|(?:(?<=[ıiuü])n|['’])[dt][ae]ki(?![^\W_]).*",
    re.IGNORECASE | re.DOTALL,
)
_DEVICE = re.compile(
    r"[ ,]{1,3}(?:makine|cihaz|kombi|kazan|model|marka|[uü]r[uü]n|tel|telefon|cep|seri)(?:si|i|[ıi]|[ıiuü]?m)?[ ,:]*$",
    re.IGNORECASE,
)
_NO_ADDRESS = re.compile(r"[\"“”?!]|\.\.|^\W*['’]|\w['’][dt][ae]n?(?!\w)|[\U0001F300-\U0001FAFF\u2600-\u27BF]")
_ITS_LABEL = re.compile(r"[^\W\d_]{1,12}(?: [^\W\d_]{1,12})? ?[:=] ?(?=\S)")
_ITS_PARTS = re.compile(r"[^\W\d_]{1,12}(?: ?[/,&-] ?[^\W\d_]{1,12}){1,4} ?[:=] ?(?=\S)")
_NUMBERS = terms("no kat k d daire dr blok bl b bina ic dis kapi apt ada parsel")
_FACE = re.compile(r"[:;=]-?[)(DPp]+$|[)\]]$")
_ORDINAL = re.compile(r"\d{1,4}\.?$")

_SENTENCE_WORDS = terms(
    """var yok ben benim bende adim ismim soyadim bana bize evdeyim oturuyorum arayin ulasin gelin lutfen degil aldim
    aldik taktim taktik icin diye numaram telefonum rica ederim ederiz pardon yanlis yazdim dur yazayim hatta gelirseniz
    olarak evindeki sevinirim bekliyoruz bekliyorum cihazinin kombinin kazanin cihazin urunun musterinin musterimizin
    oturur oturmakta ikamet istiyorum tarafinda tarafindan olan ama edeyim haberiniz arayabilirsiniz"""
)
_GREETS = NOT_A_NAME | GIVEN | terms("tesekkur sagol sagolun selamlar rica asansorlu acele asansor")
_ADDRESSED = terms(
    """sayin yetkili yetkilisi ilgili merhaba merhabalar selam musteri musterim musterimiz hanim bey hanimin beyin adina
    bay bayan hocam abi kolay gelsin gelsn mrb slm meraba gunaydin gunler"""
)
_CALLED = terms("sayin sn musteri musterim musterimiz bay bayan")
"""Words before a name, that is no part of the address behind its comma."""
_BEFORE_ADDRESSES = terms(
    """at ev evi evim evimiz yer yeri adres adresi adresim adresimiz konum konumu acik tam su bu oturdugu oturdugum
    montaj is yazlik yazligi yazligimiz lojman lojmanlar fabrika fabrikamiz santiye santiyemiz magaza magazamiz dukkan
    isyeri isyerim isyerimiz depo depomuz bina binamiz ofis ofisimiz belli okul okulumuz otel otelimiz"""
)
_ITS_ADDRESS = re.compile(r"adres(?:i|im|imiz|ini|imizi|inde)?$")
_DAYS = frozenset((day,) for day in terms("pazartesi sali carsamba persembe cuma cumartesi pazar bugun yarin"))
_SMALL = ADDRESS_MARKS | terms(
    """ve ile eski yeni etap kisim km bolge organize sanayi koy ic dis on arka ust alt yol yolu cami camii okul okulu
    hastane hastanesi hal otogar garaj kavsagi kopru koprusu durak duragi carsi carsisi pazari park parki universitesi
    belediye merkez girisi cikisi arkasi karsisi yani ustu alti onu icinde ici"""
)
"""Words that people write small within an address that is otherwise written with capitals."""


def address_alone(text: str, *, labelled: bool = False) -> str:
    """The address without what a sentence goes on with: "… No: 12, gelmeden arayın", "… No: 5 adresinde oturuyor"."""
    text = address_head(text, labelled=labelled)[1]
    text = _without_request(_DEVICE.sub("", _AT_THE_ADDRESS.sub("", text)))
    parts = re.split(r"(?<=,)|(?<=\s[-–—]\s)", text)
    while len(parts) > 1 and not (
        any(c.isdigit() for c in parts[-1])
        or is_place(parts[-1])
        or is_of_address(parts[-1])
        or _may_be_quarter(parts[-1].strip(" ,"))
    ):
        parts.pop()
    return _without_open_end("".join(parts).strip(" ,-–—"))


def _without_request(text: str) -> str:
    """The address without what is asked of whoever comes there: "… no:31 gelince arayın"."""
    end = max((match.end() for match in re.finditer(r"\d[\w/]*", text)), default=len(text))
    words = words_of(text[end:])
    asks = not _REQUESTS.isdisjoint(words) and ADDRESS_MARKS.isdisjoint(words) and not _REQUESTS.isdisjoint(words[-1:])
    return text[:end] if asks and not any(map(is_place, words)) else text


_REQUESTS = terms(
    "arayin ariyin ararsiniz gelin ulasin bekliyoruz bekliyorum lutfen sevinirim ederim ederiz arayabilirsiniz"
)


def _without_open_end(text: str) -> str:
    """The text up to a bracket that closes what it does not open."""
    closes = text.find(")")
    return text[:closes].rstrip() if closes >= 0 and "(" not in text[:closes] else text


def behind_number(text: str) -> tuple[str, str]:
    """An address parted before the name of a person behind its last number: "… no 9 kat 1 Zeki Demir"."""
    match = _NAMES_BEHIND.search(text)
    if match is None:
        return text, ""
    for word in list(re.finditer(r"\S+", match[1]))[:-1]:
        places, name = match[1][: word.start()], match[1][word.start() :].strip(" .,")
        around = (name, name.split()[0], name.split()[-1])
        if (not places or is_place(places)) and is_person(name) and not any(map(is_place, around)):
            return text[: match.start(1) + word.start()].rstrip(), name
    return text, ""


_NAMES_BEHIND = re.compile(r"\d[\w/]{0,4} +([^\W\d_]{2,20}(?:[ ,/]{1,3}[^\W\d_]{2,20}){1,4})[ .,]{0,3}$")


def _may_be_quarter(text: str) -> bool:
    """Whether one word that ends an address is likely a quarter's or a village's name: "… Sit. C3/22, Kayabaşı"."""
    words = words_of(text)
    return len(words) == 1 and text.istitle() and text.isalpha() and len(text) > 4 and _GREETS.isdisjoint(words)


def address_head(text: str, *, labelled: bool = False) -> tuple[str, str]:
    """What a sentence says before the address in it, and the rest: ("ben Ali arıyorum", "yazır mahallesi …").

    Behind a label of its own only what makes a sentence is taken for one.
    """
    if ADDRESS_MARKS.isdisjoint(words_of(text)):
        return "", text
    if (label := _ITS_LABEL.match(text)) and not set(words_of(label[0])) & _NUMBERS:
        return text[: label.end()], text[label.end() :]
    if (label := _ITS_PARTS.match(text)) and set(words_of(label[0])) <= STREETS | _NUMBERS:
        return text[: label.end()], text[label.end() :]
    if not labelled and (whose := _house_of_business(text)):
        return text[:whose], text[whose:]
    words = list(re.finditer(r"[^\s,]+", text))[:LONGEST_HEAD]
    folded = [words_of(word[0]) for word in words]
    marks = [at for at, of_it in enumerate(folded) if set(of_it) & ADDRESS_MARKS]
    first = marks[0] if marks else len(words)
    begins = 0
    for at, of_it in enumerate(folded[:first]):
        if of_it and (
            _says(of_it[0])
            or (of_it[0] in _ADDRESSED and at + 1 < first)  # "Zübeyde Hanım Cad." is a street
            or (begins == at and of_it[0] in _BEFORE_ADDRESSES and at + 1 < first)
        ):
            begins = at + 1
    if not labelled:
        street = next((at for at in marks if set(folded[at]) & STREETS), first)
        begins = max(begins, _begins([word[0] for word in words[:street]], folded[:street], begins))
        for at in range(begins + 1, street - 1):  # "köy evi erzincan, doğan köyü …"
            before = words_of(words[at - 1][0])[-1:]
            alone = before != () and before[0] not in GIVEN and not is_place(before[0])
            if alone and text[words[at].end() :].startswith(",") and is_province(words[at][0]):
                begins = at
    if not labelled and begins and folded[begins - 1] and folded[begins - 1][0] in _CALLED:
        ends = (at for at in range(begins, min(begins + 4, first - 1)) if text[words[at].end() :].startswith(","))
        begins = next(ends, begins - 1) + 1
    start = words[begins].start() if 0 < begins < len(words) else 0
    return text[:start], text[start:].lstrip("(") if start else text[start:]


_PARTS = re.compile(r",|\s(?:[-–—]|-{1,3}>)\s")


def _house_of_business(text: str) -> int:
    """Where the address begins behind a firm's or a school's name and a comma, 0 where none stands before it."""
    parts = _PARTS.search(text)
    if parts is None:
        return 0
    name, rest = text[: parts.start()], text[parts.end() :]
    words = words_of(name)
    if not words or any(map(str.isdigit, name)) or names_building(name) or not is_address(rest):
        return 0
    house = words[-1].endswith(("okulu", "lisesi", "hastanesi", "yonetimi", "yoneticiligi"))
    plain = ADDRESS_MARKS.isdisjoint(words) and (is_company(name) or maybe_company(name))
    return parts.end() if house or plain else 0


def _begins(words: list[str], folded: list[tuple[str, ...]], begins: int) -> int:
    """At which of the words before a street's or a quarter's mark its name, or the place before that, begins."""
    cased = bool(words) and (words[-1][:1].isupper() or words[-1][:1].isdigit())
    for at, word in enumerate(words[:-1]):
        kind = begins == at > 0 and not ADDRESS_MARKS.isdisjoint(folded[at])  # "Kızılcahamam'da villa, Fatih Mah. …"
        small = word[:1].islower() and not any(map(str.isdigit, word)) and (kind or _is_never_small(folded[at]))
        if (
            (_FACE.search(word) and "(" not in word[:-1])
            or (word.endswith(":") and not set(folded[at]) & _NUMBERS)
            or locative(word)
            or is_in_a_quarter(word)
            or (at and word in ("da", "de", "ta", "te") and is_place(words[at - 1]))
            or (folded[at] and _ITS_ADDRESS.match(folded[at][-1]))
            or (cased and small)
            or (begins == at and (folded[at] in _DAYS or (at and not folded[at])))
        ):
            begins = at + 1
    opened = next((at for at, word in enumerate(words) if word.startswith("(")), 0)
    if opened and not any(")" in later for later in words[opened:]):
        begins = max(begins, opened)
    return max(begins, _first_of_places(words))


def _is_never_small(folded: tuple[str, ...]) -> bool:
    return _SMALL.isdisjoint(folded) and not (folded and (folded[-1].endswith(("yolu", "yol")) or is_place(folded[-1])))


def _first_of_places(words: list[str]) -> int:
    """Where the last province and district that stand together in the words begin, 0 where none do."""
    begins = 0
    for at in range(1, len(words) - 1):  # the last is the quarter's own
        pair = " ".join(words[at - 1 : at + 1])
        if is_place(pair) and not _is_one_name(pair) and lie_together(*words[at - 1 : at + 1]):
            goes_on = at > 1 and lie_together(*words[at - 2 : at])
            begins = begins if goes_on else at - 1
    return begins


def _is_one_name(text: str) -> bool:
    return "".join(words_of(text)) in names().places


def _says(word: str) -> bool:
    """Whether this folded word makes a sentence, not an address."""
    return (
        word in _SENTENCE_WORDS
        or re.search(r"..[iu]yor(?:um|uz|lar|sunuz)?$|..[ae]ca(?:k|gim|giz|klar)$|..[dt][ae]yi[mz]$", word) is not None
    )


def says_more(text: str) -> bool:
    """Whether more than an address stands in it: a sentence, a note of a mistake, a quotation."""
    outside = re.sub(r"[(][^()]*[)]", " ", text)
    return any(map(_says, words_of(outside))) or _NO_ADDRESS.search(outside) is not None


_NUMBERED = re.compile(
    r"(?<![^\W_])(?:no|nr|numara|daire|d|kat|k|kap[ıi]|apt|blok)[ .:]{0,3}\d[\w/-]{0,7}$"
    r"|(?<![^\W_])(?:villa|bl|etap|lojman[ıi]?|evleri)[ .:]{0,3}\d{1,4}$|\d{1,4}/\w{1,4}$|\d{1,4}[A-Za-z]$",
    re.IGNORECASE,
)
_UNNUMBERED = re.compile(
    r"(?<![^\W_])(?:cad|caddesi|cd|sok|sokak|soka[gğ][ıi]|sk|bulvar[ıi]|blv)[ .]{1,2}\d{1,4}$", re.IGNORECASE
)
_GOES_ON = ADDRESS_MARKS | terms("etap kisim km bolge bolgesi numara nolu adres adresi")


def is_of_street(words: Iterable[str]) -> bool:
    """Whether one of these folded words goes on with a street or marks one."""
    return not _GOES_ON.isdisjoint(words)


_OWNERS = terms("sahibi sahibinin sahibesi maliki yoneticisi gorevlisi sorumlusu")
_FIRST_WORDS = 4  # words behind a number and a dot in which a street's mark makes the number part of its name


def ends_with_number(before: str, after: str) -> bool:
    """Whether an address ends with the number before a dot: "… No: 12. Kendisi evde", not "… Mah. 12. Sokak"."""
    before = before[-120:]
    if STREETS.isdisjoint(words_of(before)):
        return False
    reach = 2 if _NUMBERED.search(before) else _FIRST_WORDS if _UNNUMBERED.search(before) else 0
    behind = re.split(r"[.,;:\n]", after[:80])[0]
    words = words_of(after[:80])
    street = not _GOES_ON.isdisjoint(words[:reach]) and _OWNERS.isdisjoint(words[:2])
    goes_on = reach == 0 or street or is_place(behind)
    return not goes_on and NEARBY.search(behind) is None
