"""What people write before a value in a pasted block, in Turkish and English, and what it promises to stand behind it.

A label is folded words. Those before it that say whose the value is ("bayi", "müşterinin") are told apart first, so
that "Bayi cep telefonu" is the mobile of a dealer. Labels of what is never asked (tax numbers, prices, invoices) are
here too: what stands behind them is left alone.
"""

from collections.abc import Mapping
from typing import Literal

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
OWNER_PHRASES: Mapping[str, Owner] = {
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

TARGETS: Mapping[str, Target] = {label: target for target, labels in reversed(list(_TABLE.items())) for label in labels}
# Not before a colon: single letters and words that begin a value as often as they name one.
NEVER_BARE = terms(
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

THIS = terms("ayni bu su surasi burasi budur soyle soyledir asagida asagidaki")
SITES = terms(
    """santiye fabrika magaza dukkan otel okul bina ofis isyeri is yeri ev villa daire site tesis atolye uygulama servis
    hizmet yapilan cihaz cihazin montaj kurulum"""
)
STREETS = terms("mah mahalle mahallesi cad cadde caddesi sok sokak sokagi bulvar bulvari koy semt")
CHIEFS = terms("mudur muduru mudurumuz mudire sorumlu sorumlusu yetkili yetkilisi amiri personel personeli")
OF_CHIEFS: Mapping[str, Target] = {
    **dict.fromkeys(("tel", "telefonu", "telefon", "no", "numarasi", "tlf"), "phone"),
    **dict.fromkeys(("cep", "gsm", "cebi", "mobil"), "mobile"),
    **dict.fromkeys(("mail", "maili", "eposta", "email"), "email"),
}
OF_DEPUTIES: Mapping[str, Target] = {
    **OF_CHIEFS,
    "": "contact",
    **dict.fromkeys(("adi", "ismi", "ad soyad"), "contact"),
}
NO_CHIEFS = terms(
    """satis satin bolge montaj sevkiyat sef sefi banka proje apartman vardiya sayin sn degerli saygideger merhaba
    ekte asagida genel"""
)
SENDERS = phrases("gonderen|duzenleyen|hazirlayan|teslim eden|kimden|from|sender")
