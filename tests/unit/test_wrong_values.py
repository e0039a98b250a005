"""A wrong value is worse than a question: what stands near a value, or looks like it, is not taken for it."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.commands.understanding import catalogue_of
from conversations.activation import ACTIVATION, activation_form
from conversations.extraction import extract
from tests.corpus.scoring import FOLDER

LISTED = activation_form(catalogue=catalogue_of(FOLDER / "catalogue.csv"))
NAMED = "Ad soyad: Ayşe Demir\n"


def taken(text: str) -> Mapping[str, Any]:
    return extract(ACTIVATION, text, {}).fields


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "ben hasan demir konya selçukludan arıyorum yazır mahallesi gül caddesi no 8",
            "yazır mahallesi gül caddesi no 8",
        ),
        ("Evi Hisar Mah. Çay Sk. No 22", "Hisar Mah. Çay Sk. No 22"),
        ("Konum: Fatih Mah. Gül Sok. No: 4", "Fatih Mah. Gül Sok. No: 4"),
        ("street: Fatih Mah. Gül Sok. 4", "Fatih Mah. Gül Sok. 4"),
        ("Kombim takıldı. Fatih Mah. Gül Sok. No: 4. Numaram 0530 123 12 12", "Fatih Mah. Gül Sok. No: 4"),
        ("Fatih Mah. Gül Sok. No: 4 ecodense wt 65 aldım", "Fatih Mah. Gül Sok. No: 4"),
        ("Adres: Fatih Mah. Gül Sok. No: 4 adresinde oturuyorum", "Fatih Mah. Gül Sok. No: 4"),
        ("Kızılcahamam'da villa, Fatih Mah. Gül Sok. No 4", "Fatih Mah. Gül Sok. No 4"),
        ("Adres: Fatih Mah. Gül Sok. 12/1. 28lik ecomix", "Fatih Mah. Gül Sok. 12/1"),
        ("Fatih Mah. Gül Sok. No: 4 .ecomix 24", "Fatih Mah. Gül Sok. No: 4"),
        ("mrb kolay gelsn fatih mah. gül sok. no: 4", "fatih mah. gül sok. no: 4"),
        ("Sayın servis yetkilisi, Fatih Mah. Gül Sok. No: 4", "Fatih Mah. Gül Sok. No: 4"),
        ("mahalle: Fatih\nadres: Gül Sok. No: 4", "Fatih Mah. Gül Sok. No: 4"),
        ("cihazının Fatih Mah. Gül Sok. No: 4 adresinde açılması", "Fatih Mah. Gül Sok. No: 4"),
    ],
)
def test_a_sentence_around_an_address_is_no_part_of_it(text: str, address: str) -> None:
    assert taken(NAMED + text)["CustomerAddress"] == address


@pytest.mark.parametrize(
    "text",
    [
        "Adres: Fatih Mah. Gül Sok. No 4 Bayraklı pardon Buca",
        "Adres: Fatih Mah. Gül Sok. No 4 var ama taşınacağız",
        "Adres: Fatih Mah. Gül Sok. No 4 / 30358801",
        "Adres: 24-KYS-88/ 0543 212 12 12/ Fatih Mah. Gül Sok. No 4",
    ],
)
def test_an_address_that_says_more_is_asked_about(text: str) -> None:
    assert "CustomerAddress" not in taken(NAMED + text)


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("Ürün: ECOMIX 24 (SKU 8697712240010)", "ECOMIX 24"),
        ("ürün: ecomix 35 35CK-02", "ecomix 35"),
        ("ecomix 28 28GLB-4", "ecomix 28"),
        ("novatherm h50 aldı", "novatherm h50"),
        ("tekin bey ecomix 28 almış", "ecomix 28"),
        ("Cihaz tipi: Isı pompası\nModel: ISIPOMPA A 12", "ISIPOMPA A 12"),
        ("Ürün: ECODENSE WT 65 ve ECODENSE WT 80", "ECODENSE WT 65, ECODENSE WT 80"),
        ("Kombi: Vaillant ecoTEC plus VUW 236/5-3", "Vaillant ecoTEC plus VUW 236/5-3"),
    ],
)
def test_what_stands_behind_a_product_is_no_part_of_its_name(text: str, product: str) -> None:
    assert taken(NAMED + text)["ProductNameList"] == product


def test_a_second_device_beside_the_labelled_one_is_asked_about() -> None:
    assert "ProductNameList" not in taken(NAMED + "Cihaz: ECOMIX 24\nECOMIX 35 de var")


@pytest.mark.parametrize(("text", "product"), [("wt 45", "ECODENSE WT 45"), ("Kazan WT45", "ECODENSE WT 45")])
def test_a_model_that_one_brand_has_names_its_product(text: str, product: str) -> None:
    assert extract(LISTED, NAMED + text, {}).fields["ProductNameList"] == product


@pytest.mark.parametrize("text", ["24", "h 50", "a 8 blok"])
def test_a_model_too_short_to_tell_names_none(text: str) -> None:
    assert "ProductNameList" not in extract(LISTED, NAMED + text, {}).fields


@pytest.mark.parametrize(
    "text",
    [
        "Proje adı: Merkez Kütüphane Tadilatı",
        "Doğum yeri: Kars",
        "Genel Müdür\nSatış Departmanı",
        "Sayın yetkili,\nDevreye alma rica ederiz",
    ],
)
def test_a_label_behind_a_word_that_is_none_names_something_else(text: str) -> None:
    assert dict(taken(text + "\nSeri no: 99958")) == {"ProductSerialNumberList": ("99958",)}


@pytest.mark.parametrize(
    "text",
    [
        "Sayaç seri no: 18044321\nCihaz seri no: 99958",
        "Garanti belge no: 778120\nSeri no: 99958",
        "eski seri 77001 iptal, yeni seri 99958",
        "Seri: 77001 iptal. Seri no: 99958",
        "Termostat seri no: 5512\nSeri: 99958",
        "P/N: 300-4488\nS/N: 99958",
    ],
)
def test_numbers_of_other_things_are_no_serials(text: str) -> None:
    assert taken(text)["ProductSerialNumberList"] == ("99958",)


@pytest.mark.parametrize("text", ["servis yönlendirir misiniz?", "kombi servisi arıyorum", "Ben Erzurumlu Hasan"])
def test_a_sentence_is_no_company(text: str) -> None:
    found = extract(ACTIVATION, text + "\nAyşe Demir\n0530 123 12 12", {})
    assert "CustomerCompanyName" not in found.doubtful
    assert found.fields["CustomerFullName"] == "Ayşe Demir"


@pytest.mark.parametrize("text", ["Ünvan: Sibel Karaca", "Müşteri ünvanı: SİBEL KARACA", "Cari unvan: sibel karaca"])
def test_a_person_called_by_a_title_is_no_company(text: str) -> None:
    found = extract(ACTIVATION, text + "\nTel: 0530 123 12 12", {})
    assert "CustomerCompanyName" not in found.fields
    assert "CustomerFullName" in found.doubtful


def test_who_speaks_of_a_customer_speaks_of_themselves_as_the_dealer() -> None:
    text = (
        "adım: İsmet Kuru, firmam: Kuru Tesisat, cebim: 0532 540 91 20\n"
        "müşterinin adı: Lale Akbaş, cebi: 0544 707 12 08"
    )
    assert taken(text) == {
        "CustomerFullName": "Lale Akbaş",
        "CustomerMobilePhone": "5447071208",
        "DealerContactPerson": "İsmet Kuru",
        "DealerCompanyName": "Kuru Tesisat",
        "DealerMobilePhone": "5325409120",
    }


def test_who_speaks_of_nobody_else_is_the_customer() -> None:
    assert taken("adım: İsmet Kuru, cebim: 0532 540 91 20")["CustomerFullName"] == "İsmet Kuru"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fabrika müdürü: Yaşar Kılıç\nFirma: Öz Un Ltd. Şti.", "Yaşar Kılıç"),
        ("Teknik sorumlu: Kemal Taş\nKurum: Umut Hastanesi", "Kemal Taş"),
        ("Talep sahibi: Oktay Sezen", "Oktay Sezen"),
        ("Müşteri adı: Cem\nMüşteri soyadı: Akıncı", "Cem Akıncı"),
        ("müşderi: cemal doğru", "cemal doğru"),
        ("ben mudanyadan arif boz", "arif boz"),
    ],
)
def test_whoever_stands_for_the_customer_is_named(text: str, name: str) -> None:
    assert taken(text + "\nTel: 0530 123 12 12")["CustomerFullName"] == name


@pytest.mark.parametrize("text", ["Satış müdürü: Yaşar Kılıç", "Muhasebe sorumlusu: Ayşe Taş"])
def test_somebody_with_another_part_in_it_is_not_the_customer(text: str) -> None:
    assert "CustomerFullName" not in taken(text + "\nTel: 0530 123 12 12\nSeri no: 99958")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Adres: Bornova Evka 3, 128 sok no 5", ("İzmir", "Bornova")),
        ("Adres: Keçiören Etlik, Gül Cad. 11/14 Ankara", ("Ankara", "Keçiören")),
        ("turgutlu manisada oturuyorum", ("Manisa", "Turgutlu")),
        ("yer: Van İpekyolu", ("Van", "İpekyolu")),
        ("Adres: Taşköprü/Kastamonu Yavuz Selim Mah. Sinop Cad. 55", ("Kastamonu", "Taşköprü")),
    ],
)
def test_a_place_is_told_wherever_it_stands(text: str, place: tuple[str, str]) -> None:
    fields = taken(NAMED + text)
    assert (fields["CustomerCity"], fields["CustomerDistrict"]) == place


@pytest.mark.parametrize(
    "text",
    [
        "Adres: Fatih Sultan Mehmet Mah. Gül Sok. No: 4",
        "Adres: Bornova Caddesi No: 12 Daire 4",
        "Adres: Keçiören Mah. Gül Sok. No: 4",
        "Adres: Kemalpaşa Yolu No: 15 Kat 2",
        "Adres: Fatih Sultan Cad. No: 4 Kat 2",
    ],
)
def test_a_street_or_quarter_called_like_a_district_is_none(text: str) -> None:
    assert "CustomerDistrict" not in taken(NAMED + text)


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("Seri: P200-11, P200-12, ED-77", ("P200-11", "P200-12", "ED-77")),
        ("Seri no: 500-441 500-442", ("500-441", "500-442")),
        ("Seri no: 3035-7712", ("3035-7712",)),
        ("Seri: ES160-887, EX35-1120", ("ES160-887", "EX35-1120")),
    ],
)
def test_serials_with_a_dash_are_no_ranges(text: str, serials: tuple[str, ...]) -> None:
    assert taken(NAMED + text)["ProductSerialNumberList"] == serials


@pytest.mark.parametrize("text", ["Seri: 99958-99960", "Adet: 2\nSeri no: 3035-7712"])
def test_what_may_be_several_is_asked_about(text: str) -> None:
    assert "ProductSerialNumberList" not in taken(NAMED + text)


def test_a_foreign_number_is_nobodys_office() -> None:
    assert "CustomerWorkPhone" not in taken(NAMED + "+49 151 23456789\nSeri no: 99958")


def test_as_many_numbers_as_devices_behind_a_product_are_its_serials() -> None:
    assert taken("2 adet ECODENSE WT 150\n150A01\n150A02")["ProductSerialNumberList"] == ("150A01", "150A02")
    assert "ProductSerialNumberList" not in taken("3 adet ECODENSE WT 150\n150A01\n150A02")


def test_an_email_in_capitals_is_written_small() -> None:
    assert taken(NAMED + "E-posta: AYSE.DEMIR@ORNEK.COM")["CustomerEmail"] == "ayse.demir@ornek.com"
    assert taken(NAMED + "E-posta: Ayse.Demir@Ornek.com")["CustomerEmail"] == "Ayse.Demir@ornek.com"


def test_a_number_beside_a_firm_of_the_trade_is_not_the_customers_office() -> None:
    assert "CustomerWorkPhone" not in taken("karatekin doğalgaz 0376 213 90 10\nmüşteri feyzullah akar 0546 901 13 44")


@pytest.mark.parametrize("end", ["Çankaya/Ankara", "Çankaya Ankara", "Pendik, İstanbul"])
def test_places_that_contradict_each_other_are_asked_about(end: str) -> None:
    found = extract(ACTIVATION, f"İl: İstanbul\nİlçe: Kadıköy\nAdres: Gül Mah. 3. Sok. No: 5 {end}", {})
    assert not {"CustomerCity", "CustomerDistrict"} & {*found.fields}
    assert "CustomerCity" in found.wrong


@pytest.mark.parametrize("end", ["Kadıköy/İstanbul", "Kadıköy", ""])
def test_places_that_agree_are_taken(end: str) -> None:
    fields = taken(f"İl: İstanbul\nİlçe: Kadıköy\nAdres: Gül Mah. 3. Sok. No: 5 {end}")
    assert (fields["CustomerCity"], fields["CustomerDistrict"]) == ("İstanbul", "Kadıköy")


@pytest.mark.parametrize("name", ["Ali Demir bey oğlu alacak", "Ali Demir evde yok", "Ali Demir ve eşi"])
def test_more_than_a_name_behind_its_label_is_asked_about(name: str) -> None:
    assert "CustomerFullName" not in taken(f"Ad soyad: {name}\nTel: 0530 123 12 12")


def test_somebody_called_an_aunt_has_no_surname() -> None:
    assert "CustomerFullName" not in taken("Adile Teyze 0505 505 05 05\nSeri no: 99958")


def test_relatives_between_commas_are_nobodys_here() -> None:
    assert taken("Adı: Emin Kurt, babası: Hasan Kurt, tel: 0544 101 20 30") == {
        "CustomerFullName": "Emin Kurt",
        "CustomerMobilePhone": "5441012030",
    }
