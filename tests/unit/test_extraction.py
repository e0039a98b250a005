"""Several answers in one message: what is taken, what is asked, what is left alone."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.understanding import block_as_json, catalogue_of, teller
from conversations.activation import ACTIVATION
from conversations.block_labels import Owner
from conversations.blocks import ONE_ANSWER
from conversations.catalogue import Catalogue, CatalogueEntry
from conversations.extraction import OWNERS, extract
from tests.corpus.scoring import FOLDER
from tests.talking import CUSTOMER, Talk

PASTED = """Ad: Ayşegül Demir
Tel: 0530 123 12 12
aysegul.demir@ornek.com
Adres: Fatih Sultan Mehmet Mah. Balkan Cad. No: 12/4
Ümraniye
ECODENSE WT 65
S/N 99958, 99959"""


def taken(text: str) -> Mapping[str, Any]:
    return extract(ACTIVATION, text, {}).fields


def test_a_pasted_block_fills_every_field_that_stands_in_it() -> None:
    assert taken(PASTED) == {
        "CustomerFullName": "Ayşegül Demir",
        "CustomerMobilePhone": "5301231212",
        "CustomerEmail": "aysegul.demir@ornek.com",
        "CustomerCity": "İstanbul",
        "CustomerDistrict": "Ümraniye",
        "CustomerAddress": "Fatih Sultan Mehmet Mah. Balkan Cad. No: 12/4",
        "ProductNameList": "ECODENSE WT 65",
        "ProductSerialNumberList": ("99958", "99959"),
    }


def test_what_is_missing_or_doubtful_is_asked() -> None:
    told = block_as_json(ACTIVATION, "Ad: Ayşe Demir\nİlçe: Kale\nSeri no: 99958", {})
    assert told["fields"] == {"CustomerFullName": "Ayşe Demir", "ProductSerialNumberList": ("99958",)}
    assert told["asked"] == [
        "CustomerMobilePhone",
        "CustomerCity",
        "CustomerDistrict",
        "CustomerAddress",
        "ProductNameList",
        "ProductGroupName",
    ]


@pytest.mark.parametrize(
    "prefix",
    ["[12.11.2026 10:31] Ali Usta: ", "12.11.2026 10:31 - Ali Usta: ", "[12.11.2026, 10:31:05] Ali Usta: ", "> "],
)
def test_who_sent_a_message_is_not_the_customer(prefix: str) -> None:
    lines = ("Müşteri: Ayşe Demir", "0530 123 12 12")
    assert taken("\n".join(prefix + line for line in lines)) == {
        "CustomerFullName": "Ayşe Demir",
        "CustomerMobilePhone": "5301231212",
    }


def test_dealer_and_customer_are_told_apart_by_their_headings() -> None:
    dealer = "BAYİ BİLGİLERİ\nFirma: Özcan Isı\nYetkili: Mutlu Özcan\nTel: 0532 546 67 57\n"
    customer = "\nMÜŞTERİ\nAd: Ayşe Demir\nTel: 0530 123 12 12"
    assert taken(dealer + customer) == {
        "DealerCompanyName": "Özcan Isı",
        "DealerContactPerson": "Mutlu Özcan",
        "DealerMobilePhone": "5325466757",
        "CustomerFullName": "Ayşe Demir",
        "CustomerMobilePhone": "5301231212",
    }


def test_numbers_of_other_papers_are_nothing_of_ours() -> None:
    text = (
        "Ad: Ayşe Demir\nTC: 12345678901\nVergi no: 5301231212\nFatura no: 99958\nTarih: 12.11.2026\nTutar: 45.000 TL"
    )
    assert taken(text) == {"CustomerFullName": "Ayşe Demir"}


def test_of_two_numbers_of_one_kind_none_is_taken() -> None:
    found = extract(ACTIVATION, "Ayşe Demir\n0530 123 12 12\n0532 546 67 57", {})
    assert "CustomerMobilePhone" not in found.fields
    assert [c.value for c in found.doubtful["CustomerMobilePhone"].candidates] == ["5301231212", "5325466757"]


def test_a_sheet_is_read_by_its_headings() -> None:
    text = "Ad Soyad\tTelefon\tİlçe\tAdet\nAyşe Demir\t5301231212\tÜmraniye\t2"
    assert taken(text) == {
        "CustomerFullName": "Ayşe Demir",
        "CustomerMobilePhone": "5301231212",
        "CustomerCity": "İstanbul",
        "CustomerDistrict": "Ümraniye",
        "DeviceCount": 2,
    }


@given(st.text(max_size=400))
def test_whatever_is_pasted_every_value_is_one_that_its_own_kind_takes(text: str) -> None:
    for name, value in extract(ACTIVATION, text, {}).fields.items():
        kind = ACTIVATION.field(name).kind
        assert kind.sent(value) != ""


@pytest.mark.parametrize("at", range(1, len(CUSTOMER)))
def test_a_block_is_taken_at_any_point_of_the_conversation(at: int) -> None:
    talk = Talk()
    for text in CUSTOMER[:at]:
        talk.say(text)
    if "başka bir müşteri" in talk.say("Ad soyad: Zeynep Kaya\nCep: 0533 444 55 66\nE-posta: zeynep@ornek.com"):
        talk.say("Bu talebi düzelt")
    assert talk.draft is not None
    known = talk.draft.known()
    assert known["CustomerFullName"] == "Zeynep Kaya"
    assert known["CustomerMobilePhone"] == "5334445566"
    assert known["CustomerEmail"] == "zeynep@ornek.com"


def test_an_edited_block_corrects_what_now_reads_otherwise() -> None:
    talk = Talk()
    for text in CUSTOMER[:4]:
        talk.say(text)
    talk.say(PASTED)
    said = talk.edit(PASTED.replace("0530 123 12 12", "0530 123 12 13"), talk.number)
    assert "0530 123 12 13" in said
    assert talk.draft is not None
    assert talk.draft.known()["CustomerMobilePhone"] == "5301231213"
    assert talk.draft.known()["CustomerFullName"] == "Ayşegül Demir"


def test_with_a_catalogue_a_product_is_spelled_as_there_and_brings_its_group() -> None:
    told = teller("block", {}, catalogue_of(FOLDER / "catalogue.csv"))("Ayşe Demir\necomix24\nS/N: 99958")
    assert told["fields"]["ProductNameList"] == "ECOMIX 24"
    assert told["also"] == {"ProductGroupName": "ECOMIX YOĞUŞMALI KOMBİ", "DeviceCount": 1}


def test_doubts_about_what_a_menu_asks_come_when_it_is_their_turn() -> None:
    talk = Talk()
    for text in CUSTOMER[:10]:
        talk.say(text)
    talk.say("Ayşe Yılmaz\nYılmaz Mühendislik\nSeri no: 99958")
    talk.say("ECODENSE DUVAR- YER TİPİ KAZAN")
    assert "Yılmaz Mühendislik" in talk.heard
    talk.say("evet")
    assert talk.value("CustomerCompanyName") == "Yılmaz Mühendislik"


@pytest.mark.parametrize(
    "line",
    [
        "Eski tel: 0532 111 22 33",
        "Kargo firması: Hızlı Kargo A.Ş.",
        "Sökülen cihaz: ECODENSE WT 45",
        "Fatura adresi: Lale Sok. No:7 Kadıköy",
        "Komşu Ayşe tel: 0533 111 22 33",
        "Montajı yapan: Hasan Usta 0533 444 55 66",
    ],
)
def test_what_a_label_says_of_something_else_is_left_alone(line: str) -> None:
    assert taken(f"Müşteri: Ali Kaya\n{line}") == {"CustomerFullName": "Ali Kaya"}


def test_a_label_s_word_before_the_end_of_a_company_s_name_is_part_of_the_name() -> None:
    for name in ("Test Bayi Isı Ltd. Şti.", "Yıldız Kombi Ltd. Şti.", "Öz Model Isı A.Ş."):
        found = extract(ACTIVATION, f"{name}\nMutlu Özcan\n0532 555 44 33", {"Role": "dealer"}, owner="dealer")
        assert found.fields["DealerCompanyName"] == name


def test_a_product_that_is_written_as_in_the_catalogue_is_certain_though_a_word_for_the_device_is_in_it() -> None:
    catalogue = Catalogue((CatalogueEntry("ISIMAX KOMBİ 35", "YOĞUŞMALI KOMBİ"), CatalogueEntry("ISIMAX KOMBİ 24", "")))
    text = "Ahmet Sönmez / 0 555 444 33 22 / Gültepe mah. 1365 sk. no:7 / ISIMAX KOMBİ 35 / seri: IK35-99120"
    assert teller("block", {}, catalogue)(text)["fields"]["ProductNameList"] == "ISIMAX KOMBİ 35"
    told = teller("block", {}, catalogue)(
        "Nalan Gök 0505 123 98 76 Cengiz Topel cad. no 44 d 3 isimax kombi 24 seri 5566778"
    )
    assert told["fields"]["ProductNameList"] == "ISIMAX KOMBİ 24"
    assert told["fields"]["CustomerAddress"] == "Cengiz Topel cad. no 44 d 3"


def test_two_listed_names_in_a_text_are_asked_about() -> None:
    catalogue = Catalogue((CatalogueEntry("ISIMAX KOMBİ 35", "K"), CatalogueEntry("ISIMAX KOMBİ 24", "K")))
    told = teller("block", {}, catalogue)("Ahmet Sönmez 0555 444 33 22 ISIMAX KOMBİ 35 yerine ISIMAX KOMBİ 24")
    assert "ProductNameList" not in told["fields"]


@settings(max_examples=150, deadline=None)
@given(st.from_regex(ONE_ANSWER, fullmatch=True), st.sampled_from(OWNERS))
def test_what_is_taken_for_one_answer_at_first_sight_holds_no_two(text: str, owner: Owner) -> None:
    found = extract(ACTIVATION, text, {}, owner=owner)
    said = {*found.fields, *found.doubtful, *found.wrong}
    assert len({ACTIVATION.step("dealer", name) for name in said}) <= 1
