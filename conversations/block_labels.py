"""What people write before a value in a pasted block, in Turkish and English, and what it promises to stand behind it.

A label is folded words. Those before it that say whose the value is ("bayi", "müşterinin") are told apart first, so
that "Bayi cep telefonu" is the mobile of a dealer. Labels of what is never asked (tax numbers, prices, invoices) are
here too: what stands behind them is left alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
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
    """What stands behind a label, and whose it is where the label says so."""

    target: Target
    owner: Owner | None = None


OWNERS: Mapping[str, Owner] = {
    **dict.fromkeys(
        terms(
            """musteri musterinin musterimiz musterimizin musteriye customer customers client alici alicinin kullanici
            kullanicinin evsahibi"""
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
    "satin alan": "customer",
    "end user": "customer",
    "ev sahibi": "customer",
    "end customer": "customer",
    "satici firma": "dealer",
    "satici bayi": "dealer",
    "yetkili bayi": "dealer",
    "satan bayi": "dealer",
    "satan firma": "dealer",
    "bayi firmasi": "dealer",
    "bayi firma": "dealer",
}

_TABLE: Mapping[Target, frozenset[str]] = {
    "name": phrases(
        """ad soyad|adi soyadi|ad soyadi|adi ve soyadi|ad ve soyad|isim|ismi|ismim|isim soyisim|isim soyad|adi soyad
        |isim soy isim|ad soy ad|adi soy adi|ad soyisim|adim|adim soyadim|adiniz soyadiniz|ad soyad unvan
        |kisi adi|name|full name|name surname|name and surname|first and last name|adsoyad|isimsoyisim
        |isim soyadi"""
    ),
    "given": phrases("ad|adi|first name|given name"),
    "surname": phrases("soyad|soyadi|soyisim|soyismi|soy isim|soy ad|surname|last name|family name"),
    "contact": phrases(
        """yetkili|yetkilisi|yetkili kisi|yetkili adi|yetkili ad soyad|yetkili adi soyadi|ilgili kisi|ilgili|irtibat
        |irtibat kisisi|irtibat kisi|kontak|kontak kisi|contact|contact person|contact name|kisi|firma yetkilisi
        |sorumlu|sorumlu kisi|attn"""
    ),
    "company": phrases(
        """firma|firma adi|firma ismi|firma unvani|firmanin adi|firmanin unvani|sirket|sirket adi|sirket unvani
        |unvan|unvani|ticari unvan|ticari unvani|kurum|kurum adi|isletme|isletme adi|company|company name|firmasi
        |is yeri|is yeri adi|isyeri|isyeri adi|organization|cari unvan|cari adi"""
    ),
    "mobile": phrases(
        """cep|cep no|cep tel|cep telefon|cep telefonu|cep numarasi|cep tel no|cep telefon no|cep telefonu no|gsm
        |gsm no|gsm numarasi|mobil|mobil tel|mobil telefon|mobil no|mobile|mobile phone|mobile no|mobile number
        |cell|cell phone|m|cep telefonum|yetkili cep|yetkili gsm|yetkili cep telefonu|mob|ceptel"""
    ),
    "phone": phrases(
        """tel|tel no|telefon|telefonu|telefonum|telefon no|telefon numarasi|tel numarasi|telefonlar|iletisim
        |iletisim no|iletisim tel|iletisim telefonu|iletisim telefon|iletisim numarasi|irtibat tel
        |irtibat telefonu|irtibat no|irtibat numarasi|numara|numarasi|numaram|phone|phone no|phone number
        |telephone|t|tlf|whatsapp|whatsapp no|wp|tlfn|tf|yetkili tel|yetkili telefonu|yetkili telefon
        |contact phone|contact number|telno|tel1"""
    ),
    "work": phrases(
        """is tel|is telefonu|is telefon|is no|is tel no|ofis|ofis tel|ofis telefonu|ofis telefon|sabit|sabit tel
        |sabit telefon|sabit hat|sabit no|santral|office|office phone|office tel|work|work phone|work tel
        |isyeri tel|isyeri telefonu|is yeri tel|is yeri telefonu|firma tel|firma telefonu|firma telefon
        |sirket tel|sirket telefonu|business phone|landline|land line"""
    ),
    "email": phrases(
        """e posta|eposta|e posta adresi|eposta adresi|e postam|e postasi|epostasi|mail|mail adr|mail ad|e posta adr
        |mail adresi|maili|mailim|e mail|email|e mail adresi|email adresi|email address|e mail address|e"""
    ),
    "province": phrases("il|ili|sehir|sehri|il adi|city|province|bulundugu il"),
    "district": phrases("ilce|ilcesi|ilce adi|district|county|town|bulundugu ilce"),
    "place": phrases(
        """il ilce|il ve ilce|ilce il|sehir ilce|ilce sehir|city district|bolge|konum|konumu|lokasyon|location
        |ili ilcesi|province district"""
    ),
    "address": phrases(
        """adres|adres detay|adres detayi|detayli adres|adresi|adresim|montaj yeri|kurulum yeri|cihazin yeri
        |devreye alma yeri|yer|yeri|acik adres|acik adresi|tam adres|ev adresi|is adresi|montaj adresi
        |servis adresi|kurulum adresi|cihaz adresi|cihazin adresi|cihazin bulundugu adres|teslimat adresi
        |adres bilgisi|adres bilgileri|address|full address|street address|addr|adr|adress|sevk adresi
        |devreye alma adresi|installation address|cihaz montaj adresi"""
    ),
    "product": phrases(
        """urun|urunler|urunu|urun adi|urun ismi|urun modeli|urun model|urun tipi|model|modeli|model adi|cihaz
        |cihaz adi|cihaz modeli|cihaz model|cihaz tipi|cihazin modeli|marka model|marka ve model|markasi modeli
        |kombi|kombi modeli|kazan|kazan modeli|product|product name|device|product model|device model
        |urun kodu adi|boiler|item|malzeme|urun cinsi|cihaz marka model|kombi marka model"""
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
        |seri no su|sn no|device serial|product serial|seri no lari|seri num"""
    ),
    "count": phrases(
        """adet|adedi|cihaz sayisi|cihaz adedi|cihaz adet|urun adedi|urun sayisi|kombi sayisi|kombi adedi
        |kazan sayisi|kazan adedi|device count|number of devices|quantity|qty|miktar|toplam cihaz
        |toplam cihaz sayisi|sayi|count|sayisi|toplam adet"""
    ),
    "section": phrases(
        """bilgi|bilgiler|bilgileri|bilgisi|detay|detaylari|details|info|information|kunye|iletisim bilgileri|data
        |tarafi|iletisim bilgisi|cihaz bilgileri|urun bilgileri|cihaz bilgisi|urun bilgisi|cihaz detaylari
        |urun detaylari|fatura bilgileri|kisi bilgileri|kisisel bilgiler|device info|product info"""
    ),
    "intro": phrases(
        """devreye alma|devreye alma talebi|devreye alma formu|servis talebi|talep|yeni talep|yeni devreye alma
        |not al|kayit|devreye alinacak|bilgiler asagida|bilgiler asagidadir|asagida|asagidaki gibi|soyle
        |su sekilde|bilgiler|bilgileri|fw|fwd|re|ilt|ynt|forwarded message|iletilen mesaj|iletildi|talep detayi
        |servis devreye alma"""
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
        |urun kodu|stok kodu|stok no|parca no|part no|parca kodu|product code|barkod|barkod no|barcode|ean|gtin
        |malzeme kodu|material no|model yili|ev|ev tel|ev telefonu|home|home phone|dahili|ext|yakit|yakit tipi
        |gaz|baca|baca tipi|servis|teknisyen|usta|montaj|montajci|montaji yapan|gorevi|gorev|title|pozisyon
        |departman|bolum|department|meslek|durum|status|plaka|ulke|country|basinc|voltaj|hazirlayan|duzenleyen
        |teslim eden|teslim alan|onaylayan|satis temsilcisi|musteri temsilcisi|temsilci|kayit no|form no
        |is emri no|is emri|sira|sira no|s no|montaj firmasi|yetkili servis|montaj ekibi|tesisatci|tesisatci tel
        |montajci tel|usta tel|kapici|kapici tel|komsu|komsu tel|yonetici|yonetici tel|apartman yoneticisi
        |ikinci tel|yedek tel|diger tel|alternatif tel|2 tel|acil durum|esi|esinin tel|esi tel|kiraci|kiraci tel
        |oglu|kizi|muteahhit|santiye sefi|bekci|gorevli|asansor|id|kod|kodu|proje|proje no|santiye
        |devreye alma bedeli|ilgilenecek|cihazi alan|sayin"""
    ),
}

_TARGETS: Mapping[str, Target] = {
    label: target for target, labels in reversed(list(_TABLE.items())) for label in labels
}
SHORTEST_MENDED = 5  # letters: a slip in a shorter label may be another word
_LONG_LABELS = tuple(label for label in _TARGETS if len(label) >= SHORTEST_MENDED)
# Not before a colon: single letters and words that begin a value as often as they name one.
_NEVER_BARE = terms(
    """t m e f v no s sn vn vd pk kw ad adi seri kisi isim name il ili city sehir sehri cihaz kombi kazan item device
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
    teknisyen teknisyenin ustam annemin babamin esimin kardesim oglum kizim muhasebenin sekreterin"""
)
"""Words for people and firms that are neither the customer nor the dealer: their telephones are nobody's here."""


OTHER_THINGS = terms(
    """eski eskisi onceki sokulen sokulecek mevcut iptal hatali yanlis gecersiz kargo nakliye depo merkez sube fatura
    muhasebe servis old former previous"""
)
"""Words before a label that make it speak of what is not asked: the old telephone, the courier's firm, the depot."""


@lru_cache(maxsize=1024)
def label_of_words(words: str, *, bare: bool = False) -> Label | None:
    """What these folded words label, None where they are no label; `bare`: as a label that no colon follows."""
    if words[-1:] in ("1", "2", "3") and _TARGETS.get(words[:-1].strip()) in ("mobile", "phone", "work", "email"):
        words = words[:-1].strip()  # "Tel 2"
    if target := _TARGETS.get(words):
        return None if bare and words in _NEVER_BARE else Label(target)
    owner, rest = _owned(words)
    if owner is None:
        return None
    if not rest:
        return Label("section", owner)
    if rest in ("ad", "adi", "ismi", "isim", "name"):
        return Label("company" if owner == "dealer" else "name", owner)
    target = _TARGETS.get(rest)
    return Label(target, owner) if target else None


@lru_cache(maxsize=1024)
def misspelt_label(words: str) -> Label | None:
    """What a label with one slip in it is for ("telfon", "seri numrası"), where only one target can be meant."""
    owner, rest = _owned(words)
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
    rest, _, last = words.rpartition(" ")
    return (OWNERS[last], rest) if last in ("bayi", "musteri", "customer", "dealer") else (None, words)
