"""Devices in running text: serials without a label, models alone, counts in words; numbers of other things are none."""

from collections.abc import Mapping
from time import process_time
from typing import Any

import pytest

from bot.commands.understanding import catalogue_of
from conversations.activation import activation_form
from conversations.extraction import extract
from tests.corpus.scoring import FOLDER

LISTED = activation_form(catalogue=catalogue_of(FOLDER / "catalogue.csv"))
NAMED = "Ad soyad: Ayşe Demir\n"
SERIALS = "ProductSerialNumberList"


def taken(text: str) -> Mapping[str, Any]:
    return extract(LISTED, NAMED + text, {}).fields


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("Ecomix 35\nEM35-118204", ("EM35-118204",)),
        ("ecodense wt 65 / 65-TR-4471", ("65-TR-4471",)),
        ("Novatherm K 28 CF (no 28ORD4410)", ("28ORD4410",)),
        ("ISIPOMPA A 8\nA8-77120\n0532 123 12 12", ("A8-77120",)),
        ("ECOMIX PLUS 30/35 #3035-70011", ("3035-70011",)),
        ("ECOMIX 24\n26-1187-00433", ("26-1187-00433",)),
        ("⚙️ ECODENSE PRO 300 × 1\n🆔 3P26-00552", ("3P26-00552",)),
        ("Ecomix 28 / RZ-28-0771 / Rize", ("RZ-28-0771",)),
        ("ECOMIX 35 - 26118840072", ("26118840072",)),
        ("Ecomix 28 - 28EL/2612", ("28EL/2612",)),
        ("cihaz ecomix plus 30/35 seri KM3035-9", ("KM3035-9",)),
        ("Kombi seri no: 24551\nRadyatör seri no: 99812", ("24551",)),
        ("Seri1: 24551\nSeri2: 24552", ("24551", "24552")),
        ("Seri no: 24551 (etiketten okudum)", ("24551",)),
        ("ECOMIX 24 ve BOYLER ES 160\n24-1101\nES160-221", ("24-1101", "ES160-221")),
        ("ecomix24 seri24771122", ("24771122",)),
        ("eski kombinin serisi 771239, yeni ecomix 24 24-881204", ("24-881204",)),
        ("Ecomix 28, ser no 1190442268", ("1190442268",)),
        ("Ecomix 28, etiketteki no 28261104412", ("28261104412",)),
        ("ecomix 28\nseri numarası şurada yazan: 28112VZ", ("28112VZ",)),
        ("Isı pompası: ISIPOMPA A 16 T seri 16T2604-0072", ("16T2604-0072",)),
        ("2 adet WT 125 (WT125/771 WT125/772)", ("WT125/771", "WT125/772")),
        ("Ürün: ECOMIX 28. Seri no'lar: kombi 28-0194472. Garanti no G-7782", ("28-0194472",)),
        ("3 adet ECODENSE WT 80: 80-1101, 80-1102 ve 80-1103", ("80-1101", "80-1102", "80-1103")),
        ("ecomix 24 - 7710342. Perşembe gelin", ("7710342",)),
        ("Ecodense WT 45 tek kazan 1088120", ("1088120",)),
        ("Kombim ecomix 28, serisi 4410288", ("4410288",)),
        ("ecomix 28 aldım, seri numarası ise 4410288", ("4410288",)),
        ("ecomix 28 aldım, S/N'si 28KRS0071", ("28KRS0071",)),
        ("ecomix 28 aldım. Etiketinde 28KRS0071 yazıyor", ("28KRS0071",)),
        ("Cihaz no: 28KRS0071\nÜrün: ECOMIX 28", ("28KRS0071",)),
        ("Kombi no 24-71-AB-19 olan ecomix 24 için", ("24-71-AB-19",)),
        ("Seri: 35-118/2209. Bilginize sunarız", ("35-118/2209",)),
        ("Ürün ve seri no: ECOMIX 28 – 28D0077164", ("28D0077164",)),
        ("Ürün: BOYLER ED 500\nSeri: ED500-5580", ("ED500-5580",)),
        (
            "Serileri buldum: birinci kazan 1075501, ikinci kazan 1075502. İkisi de ecodense wt 65",
            ("1075501", "1075502"),
        ),
    ],
)
def test_serials_without_a_label(text: str, serials: tuple[str, ...]) -> None:
    assert taken(text)[SERIALS] == serials


@pytest.mark.parametrize(
    "text",
    [
        "ecomix 24, sipariş no 24-118820",
        "ecomix 24 için irsaliye 24-118820",
        "ecomix 24, garanti belgesi 24-GB-11882",
        "ECOMIX 24 tesisat no 24TR118820",
        "ECOMIX 24, fatura 24A118820",
        "ECOMIX 24 24.11.2024",
        "ECOMIX 24 52900 TL",
        "ECOMIX 24\n2024-11882",
        "ECOMIX 24\n8697712240010",
        "ECOMIX 28 28CF",
        "ECOMIX 24 24-28 kw",
        "ECOMIX 24\n0532 123 12 12",
        "ECOMIX 24\n5321231212",
        "ECOMIX 24, vergi no 2411882033",
        "2 adet ECOMIX 24\n24-118820",
        "ECOMIX 24\n10000000146",
        "ECOMIX 24\n34ABC123",
        "ECOMIX 24\n0010021831",
        "ECOMIX 24\n2122345678",
        "ECOMIX 24\n48000",
        "ecomix 24 236/5-3",
        "ECOMIX 24 / 52900",
        "ecomix 24\nGAR-24-8812",
        "ecomix 24\nSIP-118820",
        "ecomix 24\nGIB2026000001187",
        "ecomix 24\n24-8812 sipariş",
        "ecomix 24 24-11001 02 03",
        "ecomix 24. seriler 24-001..24-006",
        "ECOMIX 24 34DHA552 plakalı araçla geldi",
        "ecomix 28 (4410288 nolu sipariş)",
        "ecomix 28, oda termostatı T-28-0012",
        "ecomix 28 wifi modülü 28WF0012 ile",
        "ecomix 28 baca seti 28BS1002",
        "ecomix 28 dask no 28-112233",
        "28-112233 nolu dosya ecomix 28",
        "ecomix 28 daire 28-1123",
        "ecomix 24 taktık, eski kombi no 771239",
        "ecomix 24 seri 24-7711 - 24-7715 arası",
        "ecomix 24, serisi okunmuyor, garanti no 881204",
        "2 adet ECOMIX 24. Serileri AB1001, AB1002 diye yazdık ama gerçek serileri 24-0041, 24-0042",
    ],
)
def test_numbers_that_may_be_others_are_no_serials(text: str) -> None:
    assert SERIALS not in taken(text)


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("Alınan: ECOMIX 24", "ECOMIX 24"),
        ("Ürün: ECOMIX 28 (baca seti dahil)", "ECOMIX 28"),
        ("Ürün: Ecostar ECOMIX 28 Kombi", "ECOMIX 28"),
        ("ecomix24 aldım", "ECOMIX 24"),
        ("AKÜTANK AT 1000 + BOYLER ED 500", "AKÜTANK AT 1000, BOYLER ED 500"),
        ("ECOMIX 24 ve BOYLER ES 160", "ECOMIX 24, BOYLER ES 160"),
        ("Kombi Ecomix 24'tü", "ECOMIX 24"),
        ("ecomix plus 24 / 28", "ECOMIX PLUS 24/28"),
        ("28'lik Ecomix", "ECOMIX 28"),
        ("Kombi konvansiyonel novatherm 24 cf.", "NOVATHERM K 24 CF"),
        ("Kombi markası sizin: ECOMIX 28, adet 1", "ECOMIX 28"),
        ("Bayi: Can Isı, bu işi o yaptı. Novatherm K 28 CF takıldı", "NOVATHERM K 28 CF"),
        ("ecomix 24 bu da adresi", "ECOMIX 24"),
        ("fabrikaya pro 300 kazan kuruldu", "ECODENSE PRO 300"),
        ("Heat pump: ISIPOMPA A 16 T", "ISIPOMPA A 16 T"),
        ("Bayi: Can Isı\nBayi tel: 0312 123 12 12\nCİHAZ\nECOMIX 35", "ECOMIX 35"),
        ("Teklif: 2x ECODENSE WT 125", "ECODENSE WT 125"),
    ],
)
def test_products_are_told_wherever_they_stand(text: str, product: str) -> None:
    assert taken(text)["ProductNameList"] == product


@pytest.mark.parametrize(
    "text",
    [
        "Eski cihaz: ECOMIX 24",
        "sökülen: ECOMIX 24",
        "wt 65 ile wt 80 arasında kaldık",
        "Vaillant değil 24lük ecomix",
        "ecomix 24 değil 28",
        "teklif: ecomix 24, sipariş: ecomix 28",
        "Önceki cihaz ecomix 24. yeni ecodense wt 45",
        "at 1000 hours",
    ],
)
def test_what_may_be_another_device_is_asked_about(text: str) -> None:
    assert "ProductNameList" not in taken(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("mağazanızdan alınan 2 adet ECODENSE WT 65 kazanın açılmasını rica ederiz", 2),
        ("Otelde üç tane ECODENSE PRO 200 var, bilginize", 3),
        ("4 adet wt 125 kuruldu", 4),
        ("işyerimize 2 kazan taktık. Ecodense WT 65", 2),
        ("bi tane 24lük ecomix", 1),
        ("otelde 3 adet ısı pompasının açılışı", 3),
        ("Cihaz ecodense pro 500 d, iki adet, Rize", 2),
        ("WT-80 kazan 2 tane", 2),
        ("10 adet petek, 1 adet ecomix 24 taktık", 1),
        ("1 adet kombi ecomix 24, 1 adet boyler es 160", 2),
        ("Ürün: ECOMIX 28. Seri 28-EFE-0912, adet 1.", 1),
        ("Kayıt tamam. 1 ECODENSE WT 100, bekliyoruz", 1),
        ("Cihazlar: ECOMIX 24\nToplam: 3 adet", 3),
        ("1 x Ecomix 28\n1 x Boyler ES 160", 2),
        ("Ürün: ECOMIX 24\nAdet: 1  Birim", 1),
        ("Ürün: ECOMIX 24\nMiktar: 2,00", 2),
        ("ECODENSE WT 65 1 AD. SERİ 1069034", 1),
    ],
)
def test_counts_before_devices(text: str, count: int) -> None:
    assert taken(text)["DeviceCount"] == count


@pytest.mark.parametrize(
    "text",
    [
        "5 adet petek, ECOMIX 24",
        "2 adet ECOMIX 24, 3 adet kazan",
        "ECOMIX 24 kombi",
        "Daire 2 kombi takıldı",
        "ecomix 24, 2 adet vana, 3 adet filtre",
        "ecomix 24 için 3 adet baca dirseği",
        "5. cihaz ecomix 24",
        "No: 2 ecomix 24 takıldı",
        "Miktar: 1,50",
    ],
)
def test_counts_of_other_things_are_none(text: str) -> None:
    assert "DeviceCount" not in taken(text)


@pytest.mark.parametrize(
    "unit", ["ecomix 24 24-", "seri 1234567, ", "24-1-", "2 adet wt 125 ", "ecomix ", "1234567\n", "a1-", "24 / 24 "]
)
def test_reading_devices_takes_no_long_time(unit: str) -> None:
    text = ("ECOMIX 24 " + unit * 4096)[:4096]
    started = process_time()
    extract(LISTED, text, {})
    assert process_time() - started < 0.25
