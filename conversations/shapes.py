"""What a stretch of text without a label looks like: a person, a company, somebody's office.

The rule above all others: what only may be something is left to the question, since a wrong value is worse than one.
"""

import re

from conversations.answers.personal_names import GIVEN, SURNAMES
from conversations.answers.place_names import names
from conversations.answers.plain import terms
from conversations.street_shapes import ADDRESS_MARKS, is_address, is_place
from conversations.stretches import trimmed, words_of

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
    elektronik insaatt termal iklimlendirme gaz muh taahhut heating cooling klinigi poliklinigi yurdu ortaokulu
    ilkokulu anaokulu lisesi kuaforu salonu lokantasi restorani pastanesi firini kuyumcu avukatlik noterligi"""
)
_HEATING = terms(
    """isi isitma sogutma klima kombi dogalgaz tesisat iklimlendirme servis bayi bayii bayisi termal sistemleri
    teknik muhendislik mekanik enerji havalandirma gaz muh heating cooling"""
)
_NAMED_BY_TRADE = _HEATING - terms("servis bayi bayii bayisi kombi") | terms("merkezi dunyasi market ltd sti as")
_FIRM_GOES_ON = BUSINESS | terms(
    "san tic ltd sti as a s ve merkezi dunyasi teknolojileri urunleri evi co sube subesi sb"
)
_OPENS_NO_FIRM = terms(
    """ben biz bizim bayi bayii bayimiz bayisi firma firmamiz saygilar saygilarimla saygilarimizla sayin merhaba
    selamlar tesekkurler kolay iyi gunler calismalar satici satan yetkili musteri musterimiz alinan aldigim alim yeri
    kombimi kombim kombi kombiyi cihaz cihazi cihazimi kazani kazan arz ederiz montaj montaji
    servis mak elk yuk from message iletilen"""
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
_BEFORE_COMPANIES = terms("musterimiz musteri firmamiz firma sirketimiz bizim bu su merhaba adi adim cari ekte sayin")


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


def has_given_name(text: str) -> bool:
    """Whether its first word is a known given name."""
    return words_of(text)[:1] != () and words_of(text)[0] in GIVEN


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


def firm_in(text: str, *, trade: bool = True) -> str:
    """The firm within the text, from its own name to the words of its business; "" where there is none.

    `trade`: of those that sell and fit heating only.
    """
    if 2 <= len(words_of(text)) <= 4 and _NAMED_BY_TRADE.issuperset(words_of(text)) and text[:1].isupper():
        return text  # "TEKNİK ISI"
    words = list(_WORDS.finditer(text[:300]))
    folded = [words_of(word[1])[0] if words_of(word[1]) else "" for word in words]
    of_firms = _HEATING if trade else BUSINESS
    for at, word in enumerate(folded):
        if word not in of_firms or not at:
            continue
        first = at
        while first and at - first < _MOST_BEFORE and _belongs(text, words, folded, first):
            first -= 1
        if first == at or BUSINESS.issuperset(folded[first:at]):
            continue
        last = at
        while last + 1 < len(words) and folded[last + 1] in _FIRM_GOES_ON and not _apart(text, words[last : last + 2]):
            last += 1
        end = words[last].end(1)
        return text[words[first].start() : end + (text[end : end + 1] == "." and len(folded[last]) < _LONG)]
    return ""


_WORDS = re.compile(r"([^\W\d_]+)(?:['’][^\W\d_]{1,6})?")
_MOST_BEFORE = 4
_LONG = 5  # letters: the dot behind a shorter word may stand for the rest of it


def _belongs(text: str, words: list[re.Match[str]], folded: list[str], at: int) -> bool:
    """Whether the word before this one is part of the same firm's name."""
    before = words[at - 1]
    return before[0][:1].isupper() and folded[at - 1] not in _OPENS_NO_FIRM and not _apart(text, words[at - 1 : at + 1])


def _apart(text: str, pair: list[re.Match[str]]) -> bool:
    """Whether something parts these two words: a case ending, or more than a space, a dot or an ampersand."""
    first, second = pair
    between = text[first.end() : second.start()]
    short = between in (". ", ".") and len(first[0]) < _LONG
    return first.end() != first.end(1) or not (between in (" ", " & ", "-") or short)
