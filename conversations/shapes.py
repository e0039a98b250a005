"""What a stretch of text without a label looks like: a person, a company, somebody's office.

The rule above all others: what only may be something is left to the question, since a wrong value is worse than one.
"""

import re

from conversations.answers.personal_names import GIVEN, SURNAMES
from conversations.answers.place_names import names
from conversations.answers.plain import terms
from conversations.street_shapes import ADDRESS_MARKS, is_address, is_place
from conversations.stretches import words_of

_JOBS = terms(
    """mudur muduru mudurlugu uzmani uzman sorumlusu sorumlu temsilcisi koordinatoru koordinator yonetici yoneticisi
    teknisyen teknisyeni muhendis muhendisi mimar sefi sef direktoru direktor asistani manager engineer director ceo
    specialist officer chief owner kurucu ortagi patronu sahibi"""
)
NAMES_BUILDINGS = terms(
    "apartmani apt sitesi plaza residence rezidans konutlari konaklari evleri avm ishani merkezi koleji"
)
LEGAL = re.compile(
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
    elektronik insaatt termal iklimlendirme gaz muh taahhut heating cooling klinigi poliklinigi yurdu ortaokulu
    ilkokulu anaokulu lisesi kuaforu salonu lokantasi restorani pastanesi firini kuyumcu avukatlik noterligi univ
    universite misafirhanesi guesthouse kaymakamligi valiligi lojmani lojmanlari ajans konfeksiyon"""
)
HEATING = terms(
    """isi isitma sogutma klima kombi dogalgaz tesisat iklimlendirme servis bayi bayii bayisi termal sistemleri
    teknik muhendislik mekanik enerji havalandirma gaz muh heating cooling"""
)
_OTHER_TRADES = terms(
    "otel oteli otelcilik turizm gida tekstil okulu lisesi hastanesi koleji lokantasi eczanesi fabrikasi"
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
    ismim benim oldugum teyze teyzem amca amcam dayi dayim hala yenge hayirli isler"""
)
"""Words that stand in no person's name."""


_TITLES = re.compile(
    r"(?:(?:prof|do[çc]|doctor|dr|av|dt|op|uzm|yrd|ecz|vet|yük|müh|mr|mrs|ms)(?:\. ?| ))+(?=[^\W\d_]{2})", re.IGNORECASE
)


def untitled(text: str) -> str:
    """A name without the titles before it."""
    return _TITLES.sub("", text, count=1) if _TITLES.match(text) else text


def is_person(text: str) -> bool:
    """Whether two to four words are certainly a name: a given name first, names between, and a word that may end one.

    In small letters the last word has to be a known surname: "ahmet aradı" is no name.
    """
    text = untitled(text)
    words = words_of(text)
    if not 2 <= len(words) <= 4 or not _only_letters(text) or _holds_no_name(words) or LEGAL.search(text):
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
    if text[:1].isupper() and text.split()[-1][0].islower():
        return False  # "Tülin Balcı onun"
    return words[0] in GIVEN or words[-1] in SURNAMES or (cased and min(map(len, words)) > 2)


def has_given_name(text: str) -> bool:
    """Whether its first word is a known given name."""
    return words_of(text)[:1] != () and words_of(text)[0] in GIVEN


def is_company(text: str) -> bool:
    """Whether a legal form ("Ltd. Şti.") stands in it, and no address."""
    return LEGAL.search(text) is not None and not is_address(text) and len(words_of(text)) >= 2


def is_end_of_company(text: str) -> bool:
    """Whether only words of business and a legal form stand in it, as behind a company's own name."""
    return LEGAL.search(text) is not None and BUSINESS.issuperset(words_of(LEGAL.sub(" ", text)))


def maybe_company(text: str) -> bool:
    """Whether words of business stand in it."""
    words = words_of(text)
    return 2 <= len(words) <= 8 and not BUSINESS.isdisjoint(words) and not is_address(text)


def is_job(text: str) -> bool:
    """Whether it says what somebody does in a company, which people call their "unvan" too."""
    return not _JOBS.isdisjoint(words_of(text)) and not LEGAL.search(text)


def names_building(text: str) -> bool:
    """Whether it is called like a house or an estate, whose managers are customers as companies are."""
    return words_of(text)[-1:] != () and words_of(text)[-1] in NAMES_BUILDINGS


def sells_heating(text: str) -> bool:
    """Whether this company is as likely the dealer as the customer."""
    return not HEATING.isdisjoint(words_of(text)) and _OTHER_TRADES.isdisjoint(words_of(text))
