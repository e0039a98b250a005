"""An address in a sentence: where it begins, where it ends, and what the sentence says of province and district."""

from collections.abc import Mapping
from typing import Any

import pytest

from conversations.activation import ACTIVATION
from conversations.extraction import extract
from conversations.layouts import sentences

NAMED = "Ad soyad: Ayşe Demir\n"
STREET = "Gonca Mah. Söğüt Sok. No: 4/2"


def taken(text: str) -> Mapping[str, Any]:
    return extract(ACTIVATION, NAMED + text, {}).fields


@pytest.mark.parametrize(
    "text",
    [
        f"{STREET}. Kendisi sabahları evde",
        f"{STREET}. Zil çalışmıyor",
        f"{STREET}. 2 tane",
        f"{STREET} de ikamet ediyor",
        f"{STREET}'de oturuyor kendisi",
        f"Okul {STREET} adresindedir",
        f"İş yerimizin adresi {STREET}",
        f"Fabrikamız {STREET}",
        f"dün kombimiz takıldı {STREET}",
        f"Ayşe Hanım'ın evini sormuştunuz: {STREET}",
        f"was installed last week at {STREET}",
        f"bizi unutmayın :) {STREET}",
        f"Mahalle/Sokak/No: {STREET}",
        f"Bulunduğu adres: {STREET}",
        f"Servis verilecek adres: {STREET}",
        f"Şantiye adresi {STREET}",
        f"Fiş no 7741.\n{STREET}",
        f"Değerli iş ortağımız, yeni kayıt\n\n{STREET}",
        f"sayaç no 5519028\n\n{STREET}",
        f"{STREET} makine",
        f"Petek Konutları Yönetimi, {STREET}",
        f"Sakarya İlkokulu, {STREET}",
        f"Arslan Yapı -> {STREET}",
        f"Yeni Kooperatif binası ({STREET}) için",
        f"{STREET}'deki daire",
        f"Plaka: yok\nAdres: {STREET}\nEtikette ED500-SK-0092 yazıyor",
        f"12 daire\n\n{STREET}",
        f"Site: {STREET}",
        f"Açık adres: {STREET} Zeki Aslan",
        f"1- Ali Veli\n2- {STREET}",
        f"Müşteri Nur Ak, {STREET}",
        f"{STREET} gelince arayın",
        f"{STREET} – Tülin Aslan",
        f"Kapıyı Güneş Hanım açacak: {STREET}",
        f"Adres şurası: {STREET}",
        f"{STREET} Manisa Zeki Aslan",
        f"{STREET} oturan Kemal Bey'in kombisi",
        f"Adresi yazıyorum: {STREET}",
        f"Adres aynı: {STREET}",
        f"Çorlu'daki fabrikamız: {STREET}",
        f"Ev: {STREET}",
    ],
)
def test_what_is_said_around_an_address_is_no_part_of_it(text: str) -> None:
    assert taken(text)["CustomerAddress"] == STREET


@pytest.mark.parametrize(
    "address",
    [
        "Organize San. Bölg. Gonca Mah. 4. Sok. No:4",
        "Gonca Mah. Şht. Ali Er Cad. No:5 D:14",
        "Gonca Mah. 4. Söğüt Sok. No: 12",
        "Gonca Mah. Söğüt Sok. No: 12. Kat: 3",
        "Gonca Mah. Söğüt Cad. 12. Blok Daire 4",
        "2. Etap 3. Kısım, Söğüt Cad. Lale Sit. C3/22, Çamlıköy",
        "Gonca Mahallesi, Söğüt Sokak, 18/1",
        "Gonca Mah. Eski Sanayi yolu No 5",
        "Zübeyde Hanım Cad. No 12",
        "Nuri Bey Sok. No 12",
        "Ali Demir Mah. 3. Sok. No 5",
        "Gonca Mah. Söğüt Sok. F blok 3. Kat D:5",
        "Manisa karayolu 8. km Söğütlü yolu kavşağı",
    ],
)
def test_what_belongs_to_an_address_stays_in_it(address: str) -> None:
    assert taken(f"Adres: {address}")["CustomerAddress"] == address
    assert taken(address).get("CustomerAddress", address) == address


@pytest.mark.parametrize(
    ("text", "province", "district"),
    [
        (f"Ümraniye'de bir evde kombi takıldı. {STREET}", "İstanbul", "Ümraniye"),
        (f"Eskişehir Odunpazarı'nda bir eve gidilecek. {STREET}", "Eskişehir", "Odunpazarı"),
        (f"Manisa\n{STREET} Akhisar", "Manisa", "Akhisar"),
        (f"Vilayet: Manisa\nKaza: Akhisar\nAdres: {STREET}", "Manisa", "Akhisar"),
        (f"Bulunduğunuz il: Manisa\nBulunduğunuz ilçe: Akhisar\nAdres: {STREET}", "Manisa", "Akhisar"),
        (f"Lojmanlar Manisa Akhisar {STREET}", "Manisa", "Akhisar"),
        (f"Merhaba Akhisar'dan yazıyorum. {STREET}", "Manisa", "Akhisar"),
        (f"ben akhisardan arıyorum. {STREET}", "Manisa", "Akhisar"),
        (f"Manavgatta otel var. {STREET}", "Antalya", "Manavgat"),
        (f"Kartal'dayım şimdi. {STREET}", "İstanbul", "Kartal"),
        (f"Gümüşhane Kelkit'teyim. {STREET}", "Gümüşhane", "Kelkit"),
        (f"Şişli Mecidiyeköy'de ofisimiz var. {STREET}", "İstanbul", "Şişli"),
        (f"I live in Beşiktaş. {STREET}", "İstanbul", "Beşiktaş"),
        (f"Manisa'nın Akhisar ilçesinden arıyorum. {STREET}", "Manisa", "Akhisar"),
        (f"Manisa>Akhisar>{STREET}", "Manisa", "Akhisar"),
        (f"akhisar {STREET} / manisa", "Manisa", "Akhisar"),
        ("Karşıyaka Bostanlı " + STREET.removeprefix("Gonca ") + " İzmir", "İzmir", "Karşıyaka"),
        (f"Tokat merkezdeyiz. {STREET}", "Tokat", "Merkez"),
        (f"Kilis'te bir ev. {STREET}", "Kilis", None),
        (f"Karaman {STREET}", "Karaman", None),
        (f"Yazlık - Ayvalık Sarımsaklı - {STREET}", "Balıkesir", "Ayvalık"),
        (f"{STREET} Kurtuluş Şişli", "İstanbul", "Şişli"),
        (f"Gebze OSB {STREET}", "Kocaeli", "Gebze"),
        (f"müş. il: Manisa\nmüş. ilçe: Akhisar\nmüş. adr.: {STREET}", "Manisa", "Akhisar"),
        (f"İl  Manisa\nİlçe  Akhisar\nAdres  {STREET}", "Manisa", "Akhisar"),
    ],
)
def test_places_are_told_in_many_ways(text: str, province: str, district: str) -> None:
    fields = taken(text)
    assert (fields.get("CustomerCity"), fields.get("CustomerDistrict")) == (province, district)
    assert STREET.removeprefix("Gonca ") in fields["CustomerAddress"]


@pytest.mark.parametrize(
    "text",
    [
        f"Perşembe – {STREET}",
        f"Konu: kazan\n{STREET}",
        f"Ben Gebze'de çalışıyorum. {STREET}",
        f"Bayimiz Ümraniye'de. {STREET}",
        f"Ümraniye'den aldım. {STREET}",
        f"Ümraniye'den kargo geldi. {STREET}",
        f"Ben Gebze'den Oğuz. Müşteri: Ayşe Demir\n{STREET}",
        f"Montajı Bağcılar'dan Hasan usta yaptı. {STREET}",
        f"Faturayı Şişli'deki merkezimize kesin. {STREET}",
        "Fatih Yıldırım, Osmangazi mah. Karaman cad. 12",
        f"Güneyden cephe alıyor. {STREET}",
        f"Ümraniye'de ve Kadıköy'de şubesi var. {STREET}",
        f"Sahibi Deniz Ordu. {STREET}",
        f"{STREET} İstanbul Marmara",
        "Yıldırım Beyazıt Mah. Gül Sok. No 5",
    ],
)
def test_what_is_no_place_of_the_device_is_not_taken_for_one(text: str) -> None:
    assert not {"CustomerCity", "CustomerDistrict"} & taken(text).keys()


def test_the_lines_of_a_form_are_one_address() -> None:
    assert taken("Adres satırı 1: Gonca Mah. Söğüt Cad.\nAdres satırı 2: Lale Apt. No: 4")["CustomerAddress"] == (
        "Gonca Mah. Söğüt Cad. Lale Apt. No: 4"
    )
    assert taken("Mahalle: Gonca\nSokak: Söğüt\nBina No: 6  Daire No: 2")["CustomerAddress"] == (
        "Gonca Mah. Söğüt Sok. No: 6 Daire: 2"
    )


def test_a_greeting_without_vowels_ends_and_an_abbreviation_does_not() -> None:
    assert sentences("Tşk. Görüşürüz") == ("Tşk", "Görüşürüz")
    assert sentences("üç tane wt 65. Şirketimiz Çamlı Ltd.")[0] == "üç tane wt 65"
    assert sentences("Gonca Mah. Şht. Ali Cad. No 4. Zil bozuk") == ("Gonca Mah. Şht. Ali Cad. No 4", "Zil bozuk")
