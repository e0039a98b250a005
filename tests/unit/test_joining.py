"""Quick messages that are one answer, edits of any of them, and what belongs to another question."""

import pytest

from conversations.events import Tap, Text
from tests.talking import CUSTOMER, DEALER, Talk

NOW = 1_800_000_000
TO_ADDRESS = CUSTOMER[:8]
TO_SERIALS = CUSTOMER[:11]


def at_the_address() -> Talk:
    talk = Talk()
    talk.say(*TO_ADDRESS)
    return talk


def at_the_serials() -> Talk:
    talk = Talk()
    talk.say(*TO_SERIALS)
    return talk


def test_three_quick_messages_are_one_address() -> None:
    talk = at_the_address()
    talk.say("Fatih Sultan Mehmet Mah.", at=NOW)
    heard = talk.say("Balkan Cad. No: 14", at=NOW + 1)
    assert heard.startswith("Adres: Fatih Sultan Mehmet Mah., Balkan Cad. No: 14\n")
    assert "Hangi ürün?" in heard
    heard = talk.say("D: 2", at=NOW + 3)
    assert heard.startswith("Adres: Fatih Sultan Mehmet Mah., Balkan Cad. No: 14, D: 2\n")
    assert talk.value("ProductNameList") is None


def test_three_quick_messages_are_three_serial_numbers_of_one_answer() -> None:
    talk = at_the_serials()
    talk.say("99958", at=NOW)
    heard = talk.say("99959", at=NOW + 2)
    assert heard.startswith("Seri no: 99958, 99959\n")
    assert "Kaç cihaz" in heard
    assert talk.say("99960", at=NOW + 2).startswith("Seri no: 99958, 99959, 99960\n")
    assert talk.value("DeviceCount") is None
    assert "3 cihaz" in talk.buttons


def test_what_comes_later_answers_the_question_at_hand() -> None:
    talk = at_the_address()
    talk.say("Fatih Sultan Mehmet Mah. Balkan Cad.", at=NOW)
    talk.say("Demirdöküm", at=NOW + 3)
    assert talk.value("ProductNameList") == "Demirdöküm"


def test_without_a_date_nothing_is_joined() -> None:
    talk = at_the_address()
    talk.say("Fatih Sultan Mehmet Mah. Balkan Cad.", "Demirdöküm")
    assert talk.value("ProductNameList") == "Demirdöküm"


@pytest.mark.parametrize("product", ["ECODENSE WT 65", "Ürün: Ecodense", "Kombi: WT 24"])
def test_what_is_plainly_the_next_answer_is_no_address(product: str) -> None:
    talk = at_the_address()
    talk.say("Fatih Sultan Mehmet Mah. Balkan Cad.", at=NOW)
    talk.say(product, at=NOW)
    assert "Balkan Cad." in str(talk.value("CustomerAddress"))
    assert talk.value("CustomerAddress") == "Fatih Sultan Mehmet Mah. Balkan Cad."


def test_an_answer_to_another_question_ends_it() -> None:
    talk = at_the_address()
    talk.say("Fatih Sultan Mehmet Mah. Balkan Cad.", at=NOW)
    talk.say("ECODENSE WT 65", "DUVAR TİPİ KAZAN", at=NOW)
    assert talk.value("CustomerAddress") == "Fatih Sultan Mehmet Mah. Balkan Cad."
    assert talk.value("ProductGroupName") == "DUVAR TİPİ KAZAN"


def test_parts_delivered_in_another_order_are_put_together_as_written() -> None:
    talk = at_the_address()
    talk.take(Text("Balkan Cad. No: 14", 102, date=NOW + 1))
    talk.take(Text("Fatih Sultan Mehmet Mah.", 101, date=NOW))
    assert talk.value("CustomerAddress") == "Fatih Sultan Mehmet Mah., Balkan Cad. No: 14"


def test_a_part_that_is_delivered_again_is_taken_once() -> None:
    talk = at_the_address()
    talk.take(Text("Fatih Sultan Mehmet Mah.", 101, date=NOW))
    talk.take(Text("Balkan Cad. No: 14", 102, date=NOW + 1))
    for again in (101, 102):
        talk.take(Text("Balkan Cad. No: 14", again, date=NOW + again - 101))
    assert talk.value("CustomerAddress") == "Fatih Sultan Mehmet Mah., Balkan Cad. No: 14"
    assert talk.value("ProductNameList") is None


def test_a_tap_that_overtook_the_second_part_does_not_part_them() -> None:
    talk = at_the_serials()
    talk.take(Text("99958", 101, date=NOW))
    draft = talk.draft
    assert draft is not None
    talk.take(Tap(draft.id, draft.revision, "skip", "", 103))
    heard = talk.take(Text("99959", 102, date=NOW + 1))
    assert heard.startswith("Seri no: 99958, 99959\n")


def test_a_short_beginning_that_was_refused_goes_on() -> None:
    talk = at_the_address()
    assert "kısa" in talk.say("FSM Mah.", at=NOW)
    talk.say("Balkan Cad. No: 14", at=NOW + 1)
    assert talk.value("CustomerAddress") == "FSM Mah., Balkan Cad. No: 14"


def test_serials_go_on_behind_a_question_back() -> None:
    talk = at_the_serials()
    talk.say("99958-99960", at=NOW)
    talk.say("99970", at=NOW + 1)
    talk.say("evet")
    assert talk.value("ProductSerialNumberList") == ("99958", "99959", "99960", "99970")
    assert talk.draft is not None
    assert len(talk.draft.answers["ProductSerialNumberList"].parts) == 2


def test_a_part_that_comes_on_the_summary_is_still_a_part() -> None:
    talk = Talk()
    talk.say(*CUSTOMER)
    talk.say("düzelt")
    talk.press("Adres")
    talk.say("Meclis Mah. Yavuz Cad. No: 8", at=NOW)
    heard = talk.say("Daire 3", at=NOW + 1)
    assert heard.startswith("Adres: Meclis Mah. Yavuz Cad. No: 8, Daire 3\nSon kontrol")


def test_a_company_or_a_telephone_behind_serials_is_none() -> None:
    for text, field in (("0216 555 12 34", "CustomerWorkPhone"), ("Demir Gıda", None)):
        talk = at_the_serials()
        talk.say("99958", at=NOW)
        talk.say(text, at=NOW)
        assert talk.value("ProductSerialNumberList") == ("99958",)
        assert field is None or talk.value(field) is not None


def test_a_whole_that_grows_too_long_keeps_what_was_there() -> None:
    talk = at_the_address()
    talk.say("Meclis Mah. " + "Uzun Sokak " * 25, at=NOW)
    heard = talk.say("Yavuz Cad. No: 8 " * 3, at=NOW)
    assert "fazla uzun" in heard
    assert "Önceki yanıt duruyor" in heard
    assert talk.value("ProductNameList") is None


def test_an_edit_of_any_part_corrects_the_whole() -> None:
    talk = at_the_address()
    talk.say("Fatih Sultan Mehmet Mah.", at=NOW)
    first = talk.number
    talk.say("Balkan Cad. No: 14", at=NOW)
    heard = talk.edit("Balkan Cad. No: 12", first + 1)
    assert "Yeni: Fatih Sultan Mehmet Mah., Balkan Cad. No: 12." in heard
    talk.edit("Meclis Mah.", first)
    assert talk.value("CustomerAddress") == "Meclis Mah., Balkan Cad. No: 12"
    talk.say("Daire 3", at=NOW + 1)
    assert talk.value("CustomerAddress") == "Meclis Mah., Balkan Cad. No: 12, Daire 3"


def test_an_edit_that_says_the_same_says_so() -> None:
    talk = at_the_address()
    assert talk.edit("Ayşe  Yılmaz", 5).startswith("Yanıt aynı kaldı. Ad soyad: Ayşe Yılmaz")


def test_an_edit_overtaken_by_a_newer_answer_changes_nothing() -> None:
    talk = Talk()
    talk.say(*CUSTOMER)
    talk.say("Adres: Meclis Mah. Yavuz Cad. No: 8")
    heard = talk.edit("Başka Mah. Başka Cad. No: 1", 9)
    assert "sonra yeni bir yanıt yazdınız" in heard
    assert talk.value("CustomerAddress") == "Meclis Mah. Yavuz Cad. No: 8"


def test_an_edit_with_two_readings_is_asked_back_and_the_old_answer_stays_until_then() -> None:
    talk = at_the_serials()
    talk.say("99958")
    heard = talk.edit("99958-99960", talk.number)
    assert "Böyle mi kaydedilsin?" in heard
    assert "Önceki yanıt duruyor. Seri no: 99958" in heard
    assert talk.value("ProductSerialNumberList") == ("99958",)
    talk.say("evet")
    assert talk.value("ProductSerialNumberList") == ("99958", "99959", "99960")


def test_an_edit_to_a_word_that_steers_is_no_answer() -> None:
    talk = at_the_address()
    assert "komut" in talk.edit("iptal", 2)
    assert talk.value("DealerCompanyName") == "Test Bayi"


def test_an_optional_answer_is_emptied_by_an_edit_that_says_so() -> None:
    talk = Talk()
    talk.say(*DEALER[:7])
    assert "Yeni: belirtilmedi." in talk.edit("yok", talk.number)
    assert talk.value("DealerEmail") is None
    assert "Müşterinin adı" in talk.heard


def test_an_edit_of_another_message_answers_no_question_that_was_missed() -> None:
    talk = Talk()
    talk.say("/start", "Müşteriyim", "geri", "Müşteriyim", "Test Bayi", "atla", "Ayşe")
    assert "bir yanıta bağlı değil" in talk.edit("Ali Veli", 3)
    talk.edit("Ayşe Yılmaz", talk.number)
    assert talk.value("CustomerFullName") == "Ayşe Yılmaz"


def test_an_edit_leaves_the_question_at_hand() -> None:
    talk = Talk()
    talk.say(*CUSTOMER[:7], "Merkez")
    heard = talk.edit("Fatma Yılmaz", 5)
    assert "düzeltildi" in heard
    assert talk.draft is not None
    assert talk.draft.pending is not None
