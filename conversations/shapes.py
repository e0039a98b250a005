"""What a stretch of text without a label looks like: a telephone, a person, a company, an address, a place, a product.

The rule above all others: what only may be something is left to the question, since a wrong value is worse than one.
"""

import re
from functools import lru_cache

from conversations.answers.personal_names import GIVEN, SURNAMES
from conversations.answers.place_names import names
from conversations.answers.places import NOUNS
from conversations.answers.plain import phrases, terms
from conversations.letters import fold_words

# Ten digits of which the first three stand together, or any grouping behind 0 or +90.
_GAP = r"[ \u00a0.\-/]{0,2}"
PHONE = re.compile(
    rf"(?<![\w+])(?:(?:\+|00) ?90|\(?\+90\)?|90(?=[ -]?[2-58]\d\d[ -])|0)?{_GAP}"
    rf"\(?0?[2-58]\d\d\)?{_GAP}\d{{3}}{_GAP}\d\d{_GAP}\d\d"
    rf"(?![\w/]|[.,-]\d)"
    rf"|(?<![\w+])(?:(?:\+|00) ?90{_GAP}\(?0?|0{_GAP}\(?)[2-58](?:[ .\-()]{{0,2}}\d){{9}}(?![\w/]|[.,-]\d)"
    rf"|(?<![\w+])\+(?!90)[1-9](?:[ .\-()]{{0,2}}\d){{7,13}}(?![\w/]|[.,-]\d)"
    rf"|(?<![\w+])444[ .-]?(?:\d[ .-]?\d{{3}}|\d\d[ .-]?\d\d)(?![\w/]|[ .,-]?\d)"
)
EMAIL = re.compile(r"(?<![^\s<>,;:()\[\]\"/|=])[^\s<>,;:()\[\]\"/|@=]{1,64} ?@ ?[^\s<>,;:()\[\]\"/|@=]{1,255}")

ADDRESS_MARKS = terms(
    """mah mahalle mahallesi mh mhl mahallesinde cad cadde caddesi cd sok sokak sokagi sk bulvar bulvari bulv blv
    blvd apt apartman apartmani sitesi site sit blok bloklari daire kat osb koyu mevkii mevki plaza no nolu kapi
    meydani cikmazi yolu is merkezi ishani konutlari konaklari residence rezidans evleri bolgesi street avenue
    avm villa parsel"""
)
_STREETS = terms(
    """mah mahalle mahallesi mh mhl cad cadde caddesi cd sok sokak sokagi sk bulvar bulvari bulv blv blvd osb koyu
    mevkii mevki meydani cikmazi street avenue yolu bolgesi"""
)
_ADDRESS_NUMBER = re.compile(
    r"(?<![^\W_])(?:no|n|nr|daire|dr|d|kat|k|blok|bl|kapı|apt|iç|dış)[ .:]{0,3}\d|\d{1,4} ?/ ?\d{1,4}(?!\d)"
    r"|(?<!\d)\d{1,4}\. ?(?:cad|sok|sk|cd)",
    re.IGNORECASE,
)
_JOBS = terms(
    """mudur muduru mudurlugu uzmani uzman sorumlusu sorumlu temsilcisi koordinatoru koordinator yonetici yoneticisi
    teknisyen teknisyeni muhendis muhendisi mimar sefi sef direktoru direktor asistani manager engineer director ceo
    specialist officer chief owner kurucu ortagi patronu sahibi"""
)
_BUILDINGS = terms("apartmani apt sitesi plaza residence rezidans konutlari konaklari evleri avm ishani merkezi koleji")
_LEGAL = re.compile(
    r"(?<![^\W_])(?:ltd|limited|şti|sti|a\. ?ş|a\. ?s\.|aş|anonim|holding|inc|gmbh|llc"
    r"|san\.? ?(?:ve )?tic|tic\.|san\.|koop|kooperatifi)(?![^\W_])",
    re.IGNORECASE,
)
BUSINESS = terms(
    """isi isitma sogutma klima kombi dogalgaz tesisat muhendislik insaat yapi gida tekstil otel oteli turizm
    market otomotiv makina makine elektrik enerji ticaret sanayi pazarlama ins lokanta restoran cafe okul okulu
    hastane hastanesi koleji belediyesi mudurlugu universitesi vakfi dernegi yonetimi yonetim yoneticiligi
    eczane eczanesi fabrika fabrikasi nakliyat mobilya kimya plastik ambalaj metal celikhane lojistik
    danismanlik mimarlik emlak kuyumculuk firin pastane kuafor spor tip saglik klinik medikal group grup company
    corp sistemleri teknik servis bayi bayii bayisi magaza magazasi plaza firma sirket ofis kooperatifi
    elektronik insaatt termal iklimlendirme"""
)
_HEATING = terms(
    """isi isitma sogutma klima kombi dogalgaz tesisat iklimlendirme servis bayi bayii bayisi termal sistemleri
    teknik muhendislik mekanik enerji havalandirma"""
)
NOT_A_NAME = BUSINESS | terms(
    """mudur muduru genel satis satin alma uzmani uzman sorumlusu sorumlu temsilcisi koordinator yonetici teknisyen
    muhendis muhendisi mimar doktor av dr doc prof yeni eski acil devreye alma alinacak montaj kurulum cihaz
    urun musteri adres telefon il ilce seri no lutfen tesekkurler saygilar saygilarimla selam selamlar merhaba
    iyi gunler kolay gelsin calismalar aksamlar hocam abi abla bey hanim usta kardesim ve ile icin bu su var yok
    olan talep talebi bilgi bilgileri asagida asagidaki gibi sayin mah cad sok ev is cep ofis fatura garanti
    kazan kombi sofben pompasi pompa boyler tanki duvar yer tipi yogusmali hermetik konvansiyonel pro plus model
    marka randevu hafta pazartesi sali carsamba persembe cuma cumartesi pazar yarin bugun sabah ogleden sonra
    saat gelebilir misiniz rica ederim tamam evet hayir onemli aciliyet forwarded message iletildi iletilen
    regards best sincerely thanks hello dear the of and department manager director turkiye adina ismi isim adi
    soyad soyadi musteriye tc kimlik vergi dairesi tel gsm mail eposta santral faks telefonu adresi ben adim
    ismim benim oldugum"""
)
"""Words that stand in no person's name."""
_BEFORE_COMPANIES = terms("musterimiz musteri firmamiz firma sirketimiz bizim bu su merhaba adi adim cari ekte sayin")
_BRANDS = terms(
    """ecodense vaillant buderus bosch baymak demirdokum viessmann ferroli eca alarko ariston airfel warmhaus
    protherm immergas wolf daikin mitsubishi termodinamik kodsan copa maktek beretta sime hoval riello unical
    rinnai navien ecomix novatherm isipompa immergaz chaffoteaux termoteknik isimak"""
)
_MODEL_WORDS = terms(
    """kombi kazan kazani plus pro premix premium yogusmali condens ecotec logamax luna ecomax nitromix duotec mini
    midi hermetik tip model serisi boiler classic comfort excellence exclusive compact turbo prime"""
)
_LONG_NUMBER = re.compile(r"\d{5,}")
_NUMBERS_BEHIND = re.compile(r"(.{4,60}?)[ ,:/-]+((?:[A-Za-z]{0,4}\d{5,20}[ ,/]*)+)")
_DEVICE_WORDS = terms("kombi kazan kazani sofben boiler yogusmali pompasi kaskad hermetik boyler brulor")
_DEVICE_NOUNS = terms("duvar yer tipi tip cihaz cihazi yerli")
_ENDS = " \t,;:|/-–—•·*>_"
_ENDING = re.compile(r"['’‘`´][^\W\d_]{1,5}(?![^\W_])")
_COUNTRY = re.compile(r"[ ,/()-]+(?:t[uü]rkiye|turkey|tr)[ .)]*$", re.IGNORECASE)
_AT_THE_ADDRESS = re.compile(r"[ ,'’]+adres(?:inde|ine|indeki|indedir)(?![^\W_]).*", re.IGNORECASE | re.DOTALL)
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
_POST_CODE = re.compile(r"\d{5}(?!\d)")


def trimmed(text: str) -> str:
    """The stretch without the marks that part it from its neighbours."""
    return re.sub(r"^\(([^()]*)\)$", r"\1", text.strip(_ENDS)).strip(_ENDS)


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[str, ...]:
    """The folded words of the text."""
    return tuple(fold_words(text).split())


def is_person(text: str) -> bool:
    """Whether two to four words are certainly a name: a given name first, names between, and a word that may end one.

    In small letters the last word has to be a known surname: "ahmet aradı" is no name.
    """
    words = words_of(text)
    if not 2 <= len(words) <= 4 or not _only_letters(text) or _holds_no_name(words) or _LEGAL.search(text):
        return False
    small = text.split()[-1][:1].islower()
    known = words[0] in GIVEN and all(word in GIVEN or word in SURNAMES for word in words[1:-1])
    ends = words[-1] in SURNAMES or words[-1] in GIVEN or (not small and len(words[-1]) > 1)
    return known and ends and "".join(words) not in names().places


def _holds_no_name(words: tuple[str, ...]) -> bool:
    return not (NOT_A_NAME | ADDRESS_MARKS).isdisjoint(words)


def _only_letters(text: str) -> bool:
    return len(text) <= 60 and all(c.isalpha() or c in " .'’-" for c in text)


def maybe_person(text: str) -> bool:
    """Whether it looks like a name and must be asked about."""
    words = words_of(text)
    if not 2 <= len(words) <= 3 or not _only_letters(text) or _holds_no_name(words) or is_place(text):
        return False
    cased = all(word[0].isupper() for word in text.split())
    return words[0] in GIVEN or words[-1] in SURNAMES or (cased and min(map(len, words)) > 2)


def is_company(text: str) -> bool:
    """Whether a legal form ("Ltd. Şti.") stands in it, and no address."""
    return _LEGAL.search(text) is not None and not is_address(text) and len(words_of(text)) >= 2


def company_alone(text: str) -> tuple[str, bool]:
    """A company's name up to its legal form, and whether nothing before it makes a sentence of it."""
    ends = [match.end() for match in _LEGAL.finditer(text)]
    name = trimmed(text[: ends[-1]] + ("." if text[ends[-1] :].startswith(".") else "")) if ends else text
    return name, words_of(name)[0] not in _BEFORE_COMPANIES and name[:1].isupper()


def is_end_of_company(text: str) -> bool:
    """Whether only words of business and a legal form stand in it, as behind a company's own name."""
    return _LEGAL.search(text) is not None and BUSINESS.issuperset(words_of(_LEGAL.sub(" ", text)))


def maybe_company(text: str) -> bool:
    """Whether words of business stand in it."""
    words = words_of(text)
    return 2 <= len(words) <= 8 and not BUSINESS.isdisjoint(words) and not is_address(text)


def is_job(text: str) -> bool:
    """Whether it says what somebody does in a company, which people call their "unvan" too."""
    return not _JOBS.isdisjoint(words_of(text)) and not _LEGAL.search(text)


def names_building(text: str) -> bool:
    """Whether it is called like a house or an estate, whose managers are customers as companies are."""
    return words_of(text)[-1:] != () and words_of(text)[-1] in _BUILDINGS


def sells_heating(text: str) -> bool:
    """Whether this company is as likely the dealer as the customer."""
    return not _HEATING.isdisjoint(words_of(text))


def is_address(text: str) -> bool:
    """Whether a street or a quarter stands in it, with a number or a second mark of an address."""
    words = words_of(text)
    marks = [word for word in words if word in ADDRESS_MARKS]
    street = not _STREETS.isdisjoint(words) and (len(marks) > 1 or any(c.isdigit() for c in text))
    return len(words) >= 3 and (street or (len(marks) > 1 and bool(_ADDRESS_NUMBER.search(text))))


def address_alone(text: str) -> str:
    """The address without what a sentence goes on with: "… No: 12, gelmeden arayın", "… No: 5 adresinde oturuyor"."""
    parts = re.split(r"(?<=,)", _AT_THE_ADDRESS.sub("", text))
    while len(parts) > 1 and not (
        any(c.isdigit() for c in parts[-1]) or is_place(parts[-1]) or _is_of_address(parts[-1])
    ):
        parts.pop()
    return "".join(parts).strip(" ,")


def _is_of_address(part: str) -> bool:
    return continues_address(part) or NEARBY.search(part) is not None


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
                _is_sure_district(alone) and (before[-1:].isdigit() or words_of(before)[-1:] == ("mah",))
            )
            if stop < len(pieces) and several and is_place(stretch) and not (_is_of_address(rest) or is_place(rest)):
                return text[: pieces[stop - 1].end()], trimmed(rest)
    return text, ""


def without_note(text: str) -> str:
    """The address without what stands in brackets or behind a dash at its end: "… Ümraniye (market üstü)"."""
    return _NOTE.sub("", text)


def continues_address(text: str) -> bool:
    """Whether a line behind an address goes on with it ("No: 12 D: 4", "Demir Apt. Kat 3")."""
    words = words_of(text)
    return bool(words) and (bool(_ADDRESS_NUMBER.match(text)) or not ADDRESS_MARKS.isdisjoint(words))


def is_place(text: str) -> bool:
    """Whether every word of it belongs to the exact name of a province or a district; a post code may stand by it."""
    words = [w for w in words_of(_ENDING.sub("", text)) if w not in NOUNS and not _POST_CODE.fullmatch(w)]
    if not 1 <= len(words) <= 5 or len(text) > 60 or "".join(words).isdigit() or not ADDRESS_MARKS.isdisjoint(words):
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
        quarter = alone in names().places and alone not in _provinces() and head.rstrip()[-1:].isalpha()
        if not quarter or before[-1] in ADDRESS_MARKS or _behind_a_quarter(head, alone):
            found.append((head.rstrip(" ,/-|(\\"), tail))
    return found[::-1]


def _behind_a_quarter(head: str, district: str) -> bool:
    """Whether a district that only one province has ends "… No: 7 Zekeriyaköy Sarıyer": behind a number, a quarter."""
    return _is_sure_district(district) and _QUARTER.search(head) is not None


def _is_sure_district(name: str) -> bool:
    """Whether it is the name of one district, and not a word that streets, houses and quarters are called by."""
    places = names().places.get(name, ())
    return len(places) == 1 and len(name) > 4 and name not in _COMMON_NOUNS and places[0].district is not None


@lru_cache(maxsize=1)
def _provinces() -> frozenset[str]:
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


def is_product(text: str) -> bool:
    """Whether it is a known brand of boilers with a model and nothing more ("ECODENSE WT 65")."""
    words = words_of(text)
    if not 2 <= len(words) <= 8 or len(text) > 60 or "," in text or words[0] not in _BRANDS:
        return False
    model = all(any(c.isdigit() for c in word) or len(word) <= 4 or word in _MODEL_WORDS for word in words[1:])
    return model and any(c.isdigit() for c in text) and not any(_LONG_NUMBER.fullmatch(word) for word in words)


def product_and_numbers(text: str) -> tuple[str, str]:
    """A product's name parted from the long numbers behind it: ("ECODENSE WT 65", "99958")."""
    match = _NUMBERS_BEHIND.fullmatch(text)
    return (match[1], match[2]) if match and is_product(match[1]) else (text, "")


def maybe_product(text: str) -> bool:
    """Whether it may name a device: such a word, or a brand."""
    words = words_of(text)
    return len(words) <= 9 and not (_BRANDS | _DEVICE_WORDS).isdisjoint(words)


def is_generic(text: str) -> bool:
    """Whether it only says what sort of device it is ("yoğuşmalı kombi")."""
    return set(words_of(text)) <= _DEVICE_WORDS | _MODEL_WORDS


def without_device_words(text: str) -> str:
    """A product's name without the words for its sort: "WT 65 kazan" is "WT 65"."""
    kept = [word for word in text.split() if not set(words_of(word)) & _DEVICE_WORDS]
    return " ".join(kept) or text


def product_of_label(text: str) -> str:
    """A labelled product without a word for the device before it, and with its brand beside its model."""
    first, _, rest = text.partition(" ")
    if words_of(first)[:1] and words_of(first)[0] in _DEVICE_WORDS and is_product(rest):
        return rest
    parts = re.split(r" *[/–-] +| +[/–-] *", text)
    return f"{parts[0]} {parts[1]}" if len(parts) == 2 and is_brand(parts[0]) else text


def is_device(text: str) -> bool:
    """Whether it speaks of a device and of nothing else ("yoğuşmalı kombi", "ECODENSE WT 65")."""
    words = words_of(text)
    of_devices = _DEVICE_WORDS | _MODEL_WORDS | _BRANDS | _DEVICE_NOUNS
    only = all(word in of_devices or any(c.isdigit() for c in word) for word in words)
    return is_product(text) or (only and not _DEVICE_WORDS.isdisjoint(words))


def is_brand(text: str) -> bool:
    """Whether it is the name of a brand alone."""
    words = words_of(text)
    return len(words) == 1 and words[0] in _BRANDS


def product_inside(text: str) -> tuple[str, str]:
    """The text before a product's name that ends it, and that: ("… No: 12", "ECODENSE WT 65")."""
    for match in re.finditer(r"[^\W\d_]+", text):
        if match.start() and words_of(match[0])[:1] and words_of(match[0])[0] in _BRANDS:
            tail = trimmed(text[match.start() :])
            if is_product(tail) or product_and_numbers(tail)[1]:
                return text[: match.start()], tail
    return text, ""


CLOSING = phrases(
    """iyi calismalar|iyi calismalar dilerim|iyi calismalar dileriz|saygilar|saygilarimla|saygilarimizla|tesekkurler
    |tesekkur ederim|tesekkur ederiz|kolay gelsin|simdiden tesekkurler|iyi gunler dilerim|iyi gunler|best regards
    |kind regards|regards|sincerely|thanks|thank you|cok tesekkurler|sevgiler|selamlar saygilar|iyi aksamlar|sagolun
    |iyi haftalar|kolayliklar dilerim|cheers|bilginize|bilgilerinize"""
)
_GREETING = re.compile(
    r"(?:merhaba(?:lar)?|selam(?:lar)?|iyi (?:günler|gunler|akşamlar|aksamlar|çalışmalar|calismalar)|günaydın|gunaydin"
    r"|slm|mrb|hello|hi|dear|say[ıi]n yetkili|kolay gelsin|selam[uü]n aleyk[uü]m)(?![^\W_])[ ,.!]*",
    re.IGNORECASE,
)


def is_closing(text: str) -> bool:
    """Whether the line ends a letter, so that a signature follows."""
    return fold_words(text) in CLOSING


def greeting_of(text: str) -> str:
    """The greeting that the text begins with, "" where it begins with none."""
    match = _GREETING.match(text)
    return match[0] if match else ""
