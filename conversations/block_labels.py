"""What people write before a value in a pasted block, in Turkish and English, and what it promises to stand behind it.

A label is folded words. Those before it that say whose the value is ("bayi", "müşterinin") are told apart first, so
that "Bayi cep telefonu" is the mobile of a dealer. Labels of what is never asked (tax numbers, prices, invoices) are
here too: what stands behind them is left alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from conversations.answers.plain import phrases, terms

Owner = Literal["customer", "dealer"]
Target = Literal[
    "name",
    "given",
    "surname",
    "contact",
    "company",
    "mobile",
    "phone",
    "work",
    "email",
    "province",
    "district",
    "place",
    "address",
    "product",
    "brand",
    "group",
    "serials",
    "count",
    "section",
    "intro",
    "ignored",
]
"""What a label is for. `phone` is any telephone, `contact` a person who answers for a company, `intro` a heading."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands behind a label, and whose it is where the label says so.

    `mine`: it says "my", or who asks. `deputy`: who answers for a building or a site where nobody else is named.
    """

    target: Target
    owner: Owner | None = None
    mine: bool = False
    deputy: bool = False


OWNERS: Mapping[str, Owner] = {
    **dict.fromkeys(
        terms(
            """cari musteri musterinin musterimiz musterimizin musteriye customer customers client alici alicinin
            kullanici kullanicinin evsahibi abone abonenin malik maliki mst must mus owner sahibi sahip ismarlayan"""
        ),
        "customer",
    ),
    **dict.fromkeys(
        terms("bayi bayii bayinin bayiinin bayimiz bayim dealer dealers reseller satici saticinin satan"), "dealer"
    ),
}
_OWNER_PHRASES: Mapping[str, Owner] = {
    "son kullanici": "customer",
    "son musteri": "customer",
    "kombinin sahibi": "customer",
    "kazanin sahibi": "customer",
    "son kull": "customer",
    "satin alan": "customer",
    "end user": "customer",
    "ev sahibi": "customer",
    "end customer": "customer",
    "talep sahibi": "customer",
    "servis verilecek": "customer",
    "hizmet verilecek": "customer",
    "sn musteri": "customer",
    "sayin musteri": "customer",
    "daire sahibi": "customer",
    "cihaz sahibi": "customer",
    "cihazin sahibi": "customer",
    "kombi sahibi": "customer",
    "mal sahibi": "customer",
    "mulk sahibi": "customer",
    "hizmet alan": "customer",
    "satici firma": "dealer",
    "satici bayi": "dealer",
    "yetkili bayi": "dealer",
    "satan bayi": "dealer",
    "satan firma": "dealer",
    "bayi firmasi": "dealer",
    "bayi firma": "dealer",
    **dict.fromkeys(
        phrases(
            """satis noktasi|satis yapan|satin alinan bayi|satin alinan firma|satin alinan yer|satin alindigi yer
            |alim yeri|alindigi yer|alinan yer|alinan bayi|alinan firma|aldigim yer|aldigim bayi|aldigimiz yer
            |aldigimiz bayi|satin aldigim yer|satin aldigim bayi|satin aldigim firma"""
        ),
        "dealer",
    ),
}

_TABLE: Mapping[Target, frozenset[str]] = {
    "name": phrases(
        """ad soyad|adi soyadi|ad soyadi|adi ve soyadi|ad ve soyad|isim|ismi|ismim|isim soyisim|isim soyad|adi soyad
        |isim soy isim|ad soy ad|adi soy adi|ad soyisim|adim|adim soyadim|adiniz soyadiniz|ad soyad unvan
        |kisi adi|name|full name|name surname|name and surname|first and last name|adsoyad|isimsoyisim
        |isim soyadi|tam adi|tam ad|tam isim|tam ismi
        |isim soyisim unvan|ad soyad firma|adi soyadi unvani|adi soyadi unvan"""
    ),
    "given": phrases("ad|adi|first name|given name"),
    "surname": phrases("soyad|soyadi|soyisim|soyismi|soy isim|soy ad|surname|last name|family name"),
    "contact": phrases(
        """yetkili|yetkilisi|yetkili kisi|yetkili adi|yetkili ad soyad|yetkili adi soyadi|ilgili kisi|ilgili|irtibat
        |irtibat kisisi|irtibat kisi|kontak|kontak kisi|contact|contact person|contact name|kisi|firma yetkilisi
        |sorumlu|sorumlu kisi|attn|muhatap|muhatabi|person|firma yetkili|sirket yetkilisi|kimlik|sayin|ilgilenen
        |ilgilenen kisi|ilgilenecek kisi|gorusulecek kisi|aranacak kisi|irtibat kurulacak kisi|bilgi alinacak kisi"""
    ),
    "company": phrases(
        """firma|firma adi|firma ismi|firma unvani|firmanin adi|firmanin unvani|sirket|sirket adi|sirket unvani
        |unvan|unvani|ticari unvan|ticari unvani|kurum|kurum adi|isletme|isletme adi|company|company name|firmasi
        |is yeri|is yeri adi|isyeri|isyeri adi|organization|cari unvan|cari adi
        |org|otel adi|okul adi|site adi|bina adi|apartman adi|magaza adi|sube|site yonetimi
        |apartman yonetimi|bina yonetimi|kurulus|kurulus adi|tesis adi|firma ismi|sirket ismi|kurum ismi"""
    ),
    "mobile": phrases(
        """cep|cep no|cep tel|cep telefon|cep telefonu|cep numarasi|cep tel no|cep telefon no|cep telefonu no|gsm
        |gsm no|gsm numarasi|mobil|mobil tel|mobil telefon|mobil no|mobile|mobile phone|mobile no|mobile number
        |cell|cell phone|mobile is|mobile number is|m|cep telefonum|yetkili cep|yetkili gsm|yetkili cep telefonu
        |mob|ceptel
        |firma gsm|firma cep|firma cep tel|sirket gsm|ilgili cep|ilgili kisi cep|muhatap cep
        |tel cep|telefon cep|tel mobil|ceb|tel gsm|cep tlf"""
    ),
    "phone": phrases(
        """tel|tel no|telefon|telefonu|telefonum|telefon no|telefon numarasi|tel numarasi|telefonlar|iletisim
        |iletisim no|iletisim tel|iletisim telefonu|iletisim telefon|iletisim numarasi|irtibat tel
        |irtibat telefonu|irtibat no|irtibat numarasi|numara|numarasi|numaram|phone|phone is
        |number is|his number is|her number is|phone number is
        |phone no|phone number
        |telephone|t|tlf|whatsapp|whatsapp no|wp|tlfn|tf|yetkili tel|yetkili telefonu|yetkili telefon
        |contact phone|contact number|telno|tel1
        |muhatap tel|muhatap telefonu|ilgili tel|ilgili kisi tel|ev|ev tel|ev telefonu|ev telefon|home|home phone
        |ph|mob tel|tlf no|telf|tele|tln|numaramiz|bana ulasilacak no|beni|bana|beni arayin"""
    ),
    "work": phrases(
        """is|o|is tel|is telefonu|is telefon|is no|is tel no|ofis|ofis tel|ofis telefonu|ofis telefon|sabit|sabit tel
        |sabit telefon|sabit hat|sabit no|santral|office|office phone|office tel|work|work phone|work tel
        |isyeri tel|isyeri telefonu|is yeri tel|is yeri telefonu|firma tel|firma telefonu|firma telefon
        |sirket tel|sirket telefonu|business phone|landline|land line
        |resepsiyon|yonetim tel|okul tel|otel tel|site ofis|yonetim ofis|dukkan tel|tel dukkan|tel is|tel ofis
        |tel sabit|telefon is|telefon sabit|magaza tel|fabrika tel|fabrika santral"""
    ),
    "email": phrases(
        """e posta|eposta|e posta adresi|eposta adresi|e postam|e postasi|epostasi|mail|mail adr|mail ad|e posta adr
        |mail adresi|maili|mailim|e mail|email|e mail adresi|email adresi|email address|e mail address|e
        |elektronik posta|mail adres"""
    ),
    "province": phrases("il|ili|ilim|ilimiz|sehir|sehri|il adi|city|province|vilayet"),
    "district": phrases("ilce|ilcesi|ilcem|ilcemiz|ilce adi|district|county|town|kaza|semt ilce"),
    "place": phrases(
        """il ilce|il ve ilce|ilce il|sehir ilce|ilce sehir|city district|bolge|konum|konumu|lokasyon|location|loc
        |ili ilcesi|province district
        |nerede|kurulum ili|kurulum ilcesi|il ilce bilgisi|vilayet kaza"""
    ),
    "address": phrases(
        """adres|adres detay|adres detayi|detayli adres|adresi|adresim|montaj yeri|kurulum yeri|cihazin yeri
        |devreye alma yeri|yer|yeri|acik adres|acik adresi|tam adres|ev adresi|is adresi|montaj adresi
        |servis adresi|kurulum adresi|cihaz adresi|cihazin adresi|cihazin bulundugu adres|teslimat adresi
        |adres bilgisi|adres bilgileri|address|full address|street address|addr|adr|adress|sevk adresi
        |devreye alma adresi|installation address|cihaz montaj adresi
        |adrs|adresimiz|add|street|ikamet|ikametgah|ikamet adresi|kurulacak yer|uygulama yeri|servis yeri
        |adres surasi|adres soyle|adresimiz soyle|adresimiz su|adres su
        |adres satiri|adres satiri 1|acik adres 1|adres 1
        |evin adresi|kullanim adresi|mesken adresi|cihazin montaj adresi|kurulacagi yer|takilacak yer
        |takildigi yer|calisacagi yer"""
    ),
    "product": phrases(
        """urun|urunler|urunu|urun adi|urun ismi|urun modeli|urun model|urun tipi|model|modeli|model adi|cihaz
        |cihaz adi|cihaz modeli|cihaz model|cihaz tipi|cihazin modeli|marka model|marka ve model|markasi modeli
        |kombi|kombi modeli|kazan|kazan modeli|product|product name|device|product model|device model
        |urun kodu adi|boiler|item|malzeme|urun cinsi|cihaz marka model|kombi marka model
        |urn|chz|mal hizmet|malin cinsi|makine|isitma cihazi|boyler|cihazin adi|cihaz turu|icerik
        |isi pompasi modeli|urun aciklamasi|urun tanimi|cihaz marka|mal cinsi|cinsi|stok adi|malin adi|malzeme adi
        |cihazin ismi|cihaz ismi|equipment|appliance|heat pump|cih adi
        |cihaz marka modeli|cihazin markasi modeli|alinan cihaz|alinan urun|takilan cihaz|servis verilecek cihaz
        |kombi tipi|kazan tipi|boiler model|boiler type|urun adi modeli"""
    ),
    "brand": phrases("marka|markasi|urun markasi|cihaz markasi|kombi markasi|brand"),
    "group": phrases(
        "urun grubu|urun grup|urun grubu adi|grup|grubu|urun gurubu|cihaz grubu|product group|group|urun gruplari"
    ),
    "serials": phrases(
        """seri no|seri nolar|seri nolari|seri nosu|seri numara|seri numarasi|seri numaralari|seri numaralar|seri
        |s n|sn|s nr|serial|serial no|serial nos|serial number|serial numbers|serials|serino|serinosu|seri nolar
        |cihaz seri no|cihaz seri nolari|cihaz seri numarasi|cihaz seri numaralari|urun seri no
        |urun seri numarasi|kombi seri no|kombi seri numarasi|kazan seri no|kazan seri numarasi|seri no lar
        |seri no su|sn no|device serial|product serial|seri no lari|seri num
        |seri etiketi|etiketteki seri|etiket no|urun seri|cihaz seri|kombi seri|kazan seri|sr|sr no|ser no
        |cihaz no|cihaz numarasi|kombi no|kombi numarasi|kazan no|kazan numarasi|makine no|cih seri|cih seri no
        |device no|unit serial|boiler serial|boiler serial no|cihazin seri no|seri bilgisi|seri lot|lot seri
        |ic unite seri|dis unite seri|ic unite seri no|dis unite seri no|seri kodu|cihaz sn|s no|seriler
        |urun seri nolari"""
    ),
    "count": phrases(
        """adet|adedi|cihaz sayisi|cihaz adedi|cihaz adet|urun adedi|urun sayisi|kombi sayisi|kombi adedi
        |kazan sayisi|kazan adedi|device count|number of devices|quantity|qty|miktar|toplam cihaz
        |toplam cihaz sayisi|count|sayisi|toplam adet
        |cih adet|cih sayisi|kac tane|kac adet|kac cihaz|kac kombi|adet sayisi|toplam adet sayisi"""
    ),
    "section": phrases(
        """bilgi|bilgiler|bilgileri|bilgisi|detay|detaylari|details|info|information|kunye|iletisim bilgileri|data
        |tarafi|iletisim bilgisi|cihaz bilgileri|urun bilgileri|cihaz bilgisi|urun bilgisi|cihaz detaylari
        |urun detaylari|fatura bilgileri|kisi bilgileri|kisisel bilgiler|device info|product info
        |teslimat bilgileri|kurulum bilgileri|montaj bilgileri"""
    ),
    "intro": phrases(
        """devreye alma|devreye alma talebi|devreye alma formu|servis talebi|talep|yeni talep|yeni devreye alma
        |not al|kayit|devreye alinacak|bilgiler asagida|bilgiler asagidadir|asagida|asagidaki gibi|soyle
        |su sekilde|bilgiler|bilgileri|fw|fwd|re|ilt|ynt|forwarded message|iletilen mesaj|iletildi|talep detayi
        |servis devreye alma|kurulum|teslimat|teslim|evi|evimiz|evim|sevk|talep kaydi|musteri kaydi"""
    ),
    "ignored": phrases(
        """tc|fatura adresi|fatura adres|invoice address|billing address|tc no|tckn|tc kimlik|tc kimlik no|t c
        |t c kimlik no|t c no|kimlik no|vkn|vergi no|vergi numarasi|v no|vn|vergi dairesi|vergi dairesi no|v d|vd
        |tax no|tax number|tax id|tax office|mersis|mersis no|ticaret sicil no|fatura|fatura no|fatura numarasi
        |fatura tarihi|invoice|invoice no|invoice number|invoice date|irsaliye no|irsaliye|siparis no|siparis
        |siparis numarasi|order no|order number|order|tarih|tarihi|date|saat|time|fiyat|fiyati|tutar|tutari
        |toplam|toplam tutar|genel toplam|bedel|price|amount|total|kdv|kdv dahil|iskonto|odeme|kapora|iban
        |hesap no|banka|fax|faks|fax no|faks no|f|belgegecer|web|website|web sitesi|www|url|posta kodu|pk|p k|zip
        |zip code|postal code|postcode|kargo|kargo no|takip no|takip kodu|cagri no|cagri numarasi|referans|ref
        |ref no|reference|musteri no|musteri numarasi|musteri kodu|cari kod|cari kodu|sozlesme no|abone no
        |tesisat no|sayac no|daire no|dogum tarihi|uretim tarihi|uretim yili|imalat tarihi|imal yili|yil
        |montaj tarihi|satis tarihi|devreye alma tarihi|teslim tarihi|randevu|randevu tarihi|garanti
        |garanti suresi|garanti no|guc|gucu|kapasite|kw|not|notlar|note|notes|aciklama|aciklamalar|description
        |remark|konu|subject|kimden|from|kime|to|cc|bcc|bilgi cc|gonderen|gonderildi|gonderilen|sent|sender
        |urun kodu|belge no|belge|garanti belge no|sozlesme hesap no|hesap|kargo takip|anlasma no
        |baglanti anlasmasi no|tesisat numarasi|dogalgaz tesisat no|sayac seri no|sayac|regulator seri no
        |termostat seri no|kullanim yeri|kurulu guc|desi|ucret|sku|bakiye|bakiyesi|sayi|olusturan|p n|talep no
        |belge numarasi
        |stok kodu|stok no|parca no|part no|parca kodu|product code|barkod|barkod no|barcode|ean|gtin
        |malzeme kodu|material no|model yili|dahili|ext|yakit|yakit tipi
        |gaz|baca|baca tipi|servis|teknisyen|usta|montaj|montajci|montaji yapan|gorevi|gorev|title|pozisyon
        |departman|bolum|department|meslek|durum|status|plaka|ulke|country|basinc|voltaj|hazirlayan|duzenleyen
        |teslim eden|teslim alan|onaylayan|satis temsilcisi|musteri temsilcisi|temsilci|kayit no|form no
        |is emri no|is emri|sira|sira no|montaj firmasi|yetkili servis|montaj ekibi|tesisatci|tesisatci tel
        |montajci tel|usta tel|kapici|kapici tel|komsu|komsu tel
        |ikinci tel|yedek tel|diger tel|alternatif tel|2 tel|acil durum|esi|esinin tel|esi tel|kiraci|kiraci tel
        |oglu|kizi|muteahhit|bekci|gorevli|asansor|id|kod|kodu|proje|proje no|santiye
        |devreye alma bedeli|teslim tarihi ve saati|ilgilenecek|cihazi alan"""
    ),
}

_TARGETS: Mapping[str, Target] = {
    label: target for target, labels in reversed(list(_TABLE.items())) for label in labels
}
SHORTEST_MENDED = 5  # letters: a slip in a shorter label may be another word
_LONG_LABELS = tuple(label for label in _TARGETS if len(label) >= SHORTEST_MENDED)
# Not before a colon: single letters and words that begin a value as often as they name one.
_NEVER_BARE = terms(
    """t m e f v o no s sn vn vd pk kw ad adi seri kisi isim name il ili city sehir sehri cihaz kombi kazan item device
    boiler malzeme ev gaz baca kod firma firmasi sirket kurum unvan company ilgili is sabit ofis office work grup grubu
    group sayi sayisi count numara talep kayit esi oglu kizi yer yeri no to time from total order status note not
    title usta
    sayin servis garanti montaj marka brand id"""
)

ADDRESS_PARTS = terms(
    """no kat k d daire da dr blok bl b bina ic dis kapi apt apartman apartmani ap site sitesi st mah mahalle mahallesi
    mh mhl cad cadde caddesi cd sok sokak sokagi sk bulvar bulvari bulv blv mevki mevkii koy koyu semt ada parsel pafta
    a c street building floor apartment flat door plaza han merkezi"""
)
"""Words before a colon that are part of an address: "No: 12", "Kat: 3", "Mah: Fatih"."""


THIRD_PARTIES = terms(
    """kapici kapicinin kapicimiz komsu komsum komsunun komsusu ustanin tesisatci tesisatcinin montajci montajcinin
    yonetici yoneticinin esi esim esinin oglu oglunun kizi kizinin kardesi kardesinin annesi babasi sekreter sekreteri
    muhasebe muhasebeci guvenlik bekci alternatif yedek diger ikinci kiraci kiracinin kiracisi emlakci sofor sofore
    gorevli gorevlisi santiye formen damadi gelini amcasi dayisi teyzesi arkadasi usta
    tesisatcim montajcim alindigi aldigim tedarikci tedarikcinin yuklenici taseron muteahhit elektrikci servisci
    teknisyen teknisyenin ustam annemin babamin esimin kardesim oglum kizim muhasebenin sekreterin benimki"""
)
"""Words for people and firms that are neither the customer nor the dealer: their telephones are nobody's here."""

DEPUTIES = terms("yonetici yoneticinin santiye gorevli gorevlisi")
"""Those of them who answer for a building or a site where nobody else is named."""

FORMER = terms("eski eskisi onceki sokulen sokulecek iptal")
"""Words for a device that is there no more."""
OTHER_THINGS = terms(
    """eski eskisi onceki sokulen sokulecek mevcut iptal hatali yanlis gecersiz kargo nakliye depo merkez sube fatura
    muhasebe servis montaji montajini takan old former previous sayac sayaci regulator termostat termostati
    tesisat garanti radyator radyatoru petek klima pompa vana filtre modul modulu"""
)
"""Words before a label that make it speak of what is not asked: the old telephone, the courier's firm, the depot."""


@lru_cache(maxsize=1024)
def label_of_words(words: str, *, bare: bool = False) -> Label | None:
    """What these folded words label, None where they are no label; `bare`: as a label that no colon follows."""
    if asking := _ASKS.match(words):
        rest = words[asking.end() :]
        of_who_asks = label_of_words(rest, bare=bare) if rest else Label("section")
        return replace(of_who_asks, mine=True) if of_who_asks is not None else None
    label = _label(words, bare=bare)
    if label is None and not bare and (deputy := _DEPUTY.match(words)):
        target = _OF_DEPUTIES.get(words[deputy.end() :])
        label = Label(target, deputy=True) if target else None
    if label is None and (stem := _without_ending(words)):
        label = _label(stem, bare=bare)
    if label is None and words.startswith(("benim ", "bizim ")):
        label = _label(words.partition(" ")[2], bare=bare)
    if label is not None and label.owner is None and (_MINE.search(words) or words in _SENDERS):
        label = replace(label, mine=True)
    return label


def _label(words: str, *, bare: bool) -> Label | None:
    if words[-1:] in ("1", "2", "3") and _TARGETS.get(words[:-1].strip()) in (
        "mobile",
        "phone",
        "work",
        "email",
        "serials",
    ):
        words = words[:-1].strip()  # "Tel 2"
    if target := _TARGETS.get(words):
        return None if bare and words in _NEVER_BARE else Label(target)
    owner, rest = _owned(words)
    if owner is not None and not rest:
        return Label("section", owner)
    if owner is not None and rest in ("ad", "adi", "ismi", "isim", "name"):
        return Label("company" if owner == "dealer" else "name", owner)
    if owner is not None and (target := _TARGETS.get(rest)):
        return Label(target, owner)
    return _of_place(words, owner) or _label_of_chief(rest, owner)


def _of_place(words: str, owner: Owner | None) -> Label | None:
    """ "Bulunduğunuz il", "servis verilecek adres", "şantiye adresi", "mahalle cadde no": where the device is."""
    before, _, last = words.rpartition(" ")
    if not before:
        return None
    if before in ("adres", "adresi", "adresim", "adresimiz") and last in _THIS:
        return Label("address", owner)
    target = _TARGETS.get(last) or _TARGETS.get(_without_ending(last))
    if target in ("province", "district", "place", "address") or last in ("yer", "adresi", "adresiniz", "adresimiz"):
        if _WHERE.search(before.rpartition(" ")[2]):
            return Label("address" if last == "yer" else target or "address", owner)
        parts = set(before.split())
        if target == "address" and parts <= _SITES:
            return Label("address", owner)
    parts = set(words.split())
    return Label("address") if len(parts & _STREETS) > 1 and parts <= ADDRESS_PARTS else None


_WHERE = re.compile(
    r"^(?:bulundugu|oturdugu|kuruldugu|takildigi|kurulacagi|takilacagi|yapilacagi|yasadigi)(?:m|n|muz|nuz)?$"
    r"|^(?:verilecek|yapilacak|kurulacak|takilacak|gelinecek|gidilecek|oturulan|bulunulan)$"
)
_THIS = terms("ayni bu su surasi burasi budur soyle soyledir asagida asagidaki")
_SITES = terms(
    """santiye fabrika magaza dukkan otel okul bina ofis isyeri is yeri ev villa daire site tesis atolye uygulama servis
    hizmet yapilan cihaz cihazin montaj kurulum"""
)
_STREETS = terms("mah mahalle mahallesi cad cadde caddesi sok sokak sokagi bulvar bulvari koy semt")


_CHIEFS = terms("mudur muduru mudurumuz mudire sorumlu sorumlusu yetkili yetkilisi amiri personel personeli")
_OF_CHIEFS: Mapping[str, Target] = {
    **dict.fromkeys(("tel", "telefonu", "telefon", "no", "numarasi", "tlf"), "phone"),
    **dict.fromkeys(("cep", "gsm", "cebi", "mobil"), "mobile"),
    **dict.fromkeys(("mail", "maili", "eposta", "email"), "email"),
}


_ASKS = re.compile(
    r"(?:talep eden|talep sahibi|talebi (?:yapan|acan|ileten)|talepte bulunan|servis isteyen|kaydi acan"
    r"|basvuran|bildiren)"
    r"(?:[iu]?n)?(?: kisi(?:nin)?(?= .))?(?: |$)"
)
_DEPUTY = re.compile(
    r"(?:(?:site|apartman|apt|bina|blok) )?(?:yonetici(?:si|miz)?|yon)(?:nin)?(?: |$)"
    r"|santiye (?:sefi|sorumlusu|yetkilisi|amiri|muduru)(?:nin)?(?: |$)"
)
_OF_DEPUTIES: Mapping[str, Target] = {
    **_OF_CHIEFS,
    "": "contact",
    **dict.fromkeys(("adi", "ismi", "ad soyad"), "contact"),
}


def is_chief(words: str) -> bool:
    """Whether the words label somebody by what they do: on a line of their own they are a greeting or a signature."""
    return words not in _TARGETS and (_label_of_chief(words, None) is not None or _DEPUTY.fullmatch(words) is not None)


def _label_of_chief(words: str, owner: Owner | None) -> Label | None:
    """ "Fabrika müdürü", "müdür tel": whoever answers for a company, called by what they do there."""
    parts = [word for word in words.split() if word not in ("hanim", "bey", "yrd", "yardimcisi", "kisi")]
    if (
        not 1 <= len(parts) <= 4
        or any(map(str.isdigit, words))
        or not (THIRD_PARTIES | OTHER_THINGS | NO_CHIEFS).isdisjoint(parts)
    ):
        return None
    if parts[-1] in _CHIEFS:
        return Label("contact", owner)
    if len(parts) > 1 and parts[-2] in _CHIEFS and parts[-1] in _OF_CHIEFS:
        return Label(_OF_CHIEFS[parts[-1]], owner)
    return None


NO_CHIEFS = terms(
    """satis satin bolge montaj sevkiyat sef sefi banka proje apartman vardiya sayin sn degerli saygideger merhaba
    ekte asagida genel"""
)
_SENDERS = phrases("gonderen|duzenleyen|hazirlayan|teslim eden|kimden|from|sender")
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
            and (whole in _TARGETS or _owned(whole)[0] is not None)
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
    targets = {_TARGETS[label] for label, _, _ in near}
    return Label(targets.pop(), owner) if len(targets) == 1 else None


def _owned(words: str) -> tuple[Owner | None, str]:
    """Whose the value is, by the first or the last words of the label, and the rest of it."""
    for phrase, owner in _OWNER_PHRASES.items():
        if words == phrase or words.startswith(phrase + " "):
            return owner, words[len(phrase) :].strip()
    first, _, rest = words.partition(" ")
    if first in OWNERS:
        return OWNERS[first], rest
    if first in ("m", "b") and rest in _TARGETS:  # "M. Adı", "B. Tel"
        return "customer" if first == "m" else "dealer", rest
    rest, _, last = words.rpartition(" ")
    return (OWNERS[last], rest) if last in ("bayi", "musteri", "customer", "dealer") else (None, words)
