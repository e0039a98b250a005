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
        ("Kombi Ecomix 24'tü", "ECOMIX 24"),
        ("ecomix plus 24 / 28", "ECOMIX PLUS 24/28"),
        ("fabrikaya pro 300 kazan kuruldu", "ECODENSE PRO 300"),
        ("Heat pump: ISIPOMPA A 16 T", "ISIPOMPA A 16 T"),
        ("Bayi: Can Isı\nBayi tel: 0312 123 12 12\nCİHAZ\nECOMIX 35", "ECOMIX 35"),
        ("Teklif: 2x ECODENSE WT 125", "ECODENSE WT 125"),
    ],
)
def test_products_are_told_wherever_they_stand(text: str, product: str) -> None:
    assert taken(text)["ProductNameList"] == product


@pytest.mark.parametrize("text", ["Eski cihaz: ECOMIX 24", "sökülen: ECOMIX 24", "wt 65 ile wt 80 arasında kaldık"])
def test_what_may_be_another_device_is_asked_about(text: str) -> None:
    assert "ProductNameList" not in taken(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("mağazanızdan alınan 2 adet ECODENSE WT 65 kazanın açılmasını rica ederiz", 2),
        ("Otelde üç tane ECODENSE PRO 200 var, bilginize", 3),
        ("4 adet wt 125 kuruldu", 4),
        ("1 x Ecomix 28\n1 x Boyler ES 160", 2),
        ("Ürün: ECOMIX 24\nAdet: 1  Birim", 1),
        ("Ürün: ECOMIX 24\nMiktar: 2,00", 2),
        ("ECODENSE WT 65 1 AD. SERİ 1069034", 1),
    ],
)
def test_counts_before_devices(text: str, count: int) -> None:
    assert taken(text)["DeviceCount"] == count


@pytest.mark.parametrize("text", ["5 adet petek, ECOMIX 24", "2 adet ECOMIX 24, 3 adet kazan", "Miktar: 1,50"])
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
