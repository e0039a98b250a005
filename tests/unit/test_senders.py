"""Whose letter a pasted text is: what a dealer signs or says of themselves is the dealer's, not the customer's."""

from collections.abc import Mapping
from typing import Any

import pytest

from conversations.activation import ACTIVATION
from conversations.extraction import extract

CUSTOMER = "Ad soyad: Ayşe Demir\nTel: 0530 123 12 12\nSeri no: 99958"
THEIRS = {"CustomerFullName": "Ayşe Demir", "CustomerMobilePhone": "5301231212"}


def taken(text: str) -> Mapping[str, Any]:
    return extract(ACTIVATION, text, {}).fields


def people(text: str) -> Mapping[str, Any]:
    """What is taken of the customer's and the dealer's people."""
    return {name: value for name, value in taken(text).items() if name.startswith(("Customer", "Dealer"))}


@pytest.mark.parametrize(
    ("text", "dealer"),
    [
        (
            CUSTOMER + "\n\nİyi çalışmalar\nMutlu Özcan\nSatış Müdürü\nÖzcan Isı Ltd. Şti.\nM: 0532 546 67 57\n"
            "O: 0312 286 40 50",
            {
                "CompanyName": "Özcan Isı Ltd. Şti.",
                "ContactPerson": "Mutlu Özcan",
                "MobilePhone": "5325466757",
                "WorkPhone": "3122864050",
            },
        ),
        (
            "KARDELEN GAZ\n0312 286 40 50\nbilgi@kardelengaz.com\n\n" + CUSTOMER,
            {"CompanyName": "KARDELEN GAZ", "WorkPhone": "3122864050", "Email": "bilgi@kardelengaz.com"},
        ),
        (
            CUSTOMER + "\nMutlu Özcan | Özcan Isı | 0532 546 67 57",
            {"CompanyName": "Özcan Isı", "ContactPerson": "Mutlu Özcan", "MobilePhone": "5325466757"},
        ),
        (
            CUSTOMER + ". Ben Mutlu (Özcan Isı) 0532 546 67 57",
            {"CompanyName": "Özcan Isı", "MobilePhone": "5325466757"},
        ),
        (CUSTOMER + "\nSaygılar, Özcan İklimlendirme", {"CompanyName": "Özcan İklimlendirme"}),
        (
            "Talep eden firma: Özcan Yapı Ltd. Şti.\nTalep edenin cebi: 0532 546 67 57\nKullanıcı adı: Ayşe Demir\n"
            "Kullanıcı cebi: 0530 123 12 12",
            {"CompanyName": "Özcan Yapı Ltd. Şti.", "MobilePhone": "5325466757"},
        ),
        (
            "Servis isteyen: Özcan Isı San.\nServis isteyen yetkili: Mutlu Özcan\nServis verilecek kişi: Ayşe Demir\n"
            "Servis verilecek tel: 0530 123 12 12",
            {"CompanyName": "Özcan Isı San.", "ContactPerson": "Mutlu Özcan"},
        ),
        (
            "Firma: Özcan Isı\nFirma yetkili: Mutlu Özcan\nFirma GSM: 0532 546 67 57\nMüşteri adı: Ayşe Demir\n"
            "Müşteri GSM: 0530 123 12 12",
            {"CompanyName": "Özcan Isı", "ContactPerson": "Mutlu Özcan", "MobilePhone": "5325466757"},
        ),
        (
            CUSTOMER + "\n\nSatıcı firma Özcan Isı\nTel 0312 286 40 50",
            {"CompanyName": "Özcan Isı", "WorkPhone": "3122864050"},
        ),
        (
            "Müşteri: Ayşe Demir\nTel: 0530 123 12 12\nGönderen: Özcan Isı / Mutlu Özcan / 0532 546 67 57",
            {"CompanyName": "Özcan Isı", "ContactPerson": "Mutlu Özcan", "MobilePhone": "5325466757"},
        ),
        (CUSTOMER + "\nAlım yeri: Özcan Yapı Market", {"CompanyName": "Özcan Yapı Market"}),
        (
            CUSTOMER + "\n\nSATICI BİLGİLERİ\nİsim: Özcan Isı Market\nSorumlu: Mutlu Özcan",
            {"CompanyName": "Özcan Isı Market", "ContactPerson": "Mutlu Özcan"},
        ),
    ],
)
def test_what_a_dealer_says_of_themselves_is_the_dealers(text: str, dealer: Mapping[str, Any]) -> None:
    assert people(text) == {**THEIRS, **{f"Dealer{name}": value for name, value in dealer.items()}}


@pytest.mark.parametrize(
    "text",
    [
        "Ayşe Demir\nDemir Mühendislik\n0530 123 12 12\nSeri no: 99958",
        "Saygılarımla,\nAyşe Demir\nDemir Gıda Ltd. Şti.\n0530 123 12 12",
        "Forwarded message from Emre Tesisat:\n" + CUSTOMER,
        CUSTOMER + "\nMontajı yapan firma: Bor Tesisat (0388 311 60 20)",
        CUSTOMER + "\nMontaj: Bor Tesisat 0388 311 60 20",
        CUSTOMER + "\nServis: Bor Isı, 0388 311 60 20",
    ],
)
def test_a_customer_is_no_dealer(text: str) -> None:
    found = people(text)
    assert not any(name.startswith("Dealer") for name in found)
    assert found["CustomerFullName"] == "Ayşe Demir"
    assert found["CustomerMobilePhone"] == "5301231212"


@pytest.mark.parametrize(
    "label", ["Muhatap", "Müşteri tam adı", "Sayın", "Yönetici", "Şantiye sorumlusu", "İlgilenecek kişi", "Kimlik"]
)
def test_who_answers_for_the_customer_is_its_person(label: str) -> None:
    text = f"Firma: Gül Sitesi Yönetimi\n{label}: Ali Kaya\nTel: 0530 123 12 12"
    assert taken(text)["CustomerFullName"] == "Ali Kaya"


def test_a_customer_without_labels_below_the_dealer_is_not_the_dealers() -> None:
    text = "Bayi: Özcan Isı\n0312 286 40 50\nAyşe Demir\n0530 123 12 12\nGül Mah. Lale Sok. No 4"
    dealer = {"DealerCompanyName": "Özcan Isı", "DealerWorkPhone": "3122864050"}
    assert people(text) == {**THEIRS, **dealer, "CustomerAddress": "Gül Mah. Lale Sok. No 4"}


@pytest.mark.parametrize("label", ["Yönetici", "Şantiye şefi", "Site yöneticisi"])
def test_a_deputy_beside_the_customer_is_nobody_here(label: str) -> None:
    text = f"{CUSTOMER}\n{label}: Ali Kaya 0532 546 67 57"
    assert people(text) == THEIRS
