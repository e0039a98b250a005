"""Answers that point to what is known already, and texts that belong to another question."""

from dataclasses import replace

import pytest

from tests.talking import CUSTOMER, DEALER, Talk


@pytest.mark.parametrize("words", ["kendim", "Ben", "benim", "BEN KENDİM"])
def test_a_customers_own_name_is_the_one_in_the_profile(words: str) -> None:
    talk = Talk()
    talk.say(*CUSTOMER[:4], words)
    assert talk.value("CustomerFullName") == "Ayşe Yılmaz"
    assert talk.heard.startswith("Ad soyad: Ayşe Yılmaz")


def test_a_profile_without_a_surname_is_no_name() -> None:
    talk = Talk()
    talk.context = replace(talk.context, last_name="")
    heard = talk.say(*CUSTOMER[:4], "kendim")
    assert talk.value("CustomerFullName") is None
    assert "bilginin kendisini yazın" in heard


def test_a_dealer_may_be_the_customer() -> None:
    talk = Talk()
    talk.say(*DEALER[:7], "kendim", "bayiyle aynı", "bayi ile aynı")
    assert talk.value("CustomerFullName") == "MUTLU ÖZCAN"
    assert talk.value("CustomerMobilePhone") == "5325466757"
    assert talk.value("CustomerEmail") == "dealeremail@dealer.com"


def test_a_dealers_office_phone_may_be_the_mobile() -> None:
    talk = Talk()
    talk.say(*DEALER[:5], "cep ile aynı")
    assert talk.value("DealerWorkPhone") == "5325466757"
    assert "E-posta adresiniz?" in talk.heard


def test_the_office_phone_of_a_customer_may_be_the_mobile() -> None:
    talk = Talk()
    talk.say(*CUSTOMER[:-1], "İş telefonu", "aynı")
    assert talk.value("CustomerWorkPhone") == "5301231212"


def test_same_where_an_answer_is_present_leaves_it() -> None:
    talk = Talk()
    talk.say(*CUSTOMER[:6], "geri", "aynı")
    assert talk.value("CustomerMobilePhone") == "5301231212"
    assert "E-posta adresiniz?" in talk.heard


@pytest.mark.parametrize("words", ["ikisi de aynı adres", "aynı adres", "ikisi de aynı"])
def test_same_address_is_no_address(words: str) -> None:
    talk = Talk()
    talk.say(*CUSTOMER[:8], words)
    assert talk.value("CustomerAddress") is None


def test_same_address_at_a_later_question_shows_the_address() -> None:
    talk = Talk()
    heard = talk.say(*CUSTOMER[:9], "ikisi de aynı adres")
    assert talk.value("ProductNameList") is None
    assert heard.startswith("Adres: Fatih Sultan")
    assert "Hangi ürün?" in heard


def test_whoever_is_the_dealer_is_asked_a_dealers_questions() -> None:
    talk = Talk()
    heard = talk.say("/start", "Müşteriyim", "bayi benim")
    assert "Firmanızın adı?" in heard
    assert talk.value("Role") == "dealer"


def test_words_that_point_nowhere_are_no_answer() -> None:
    talk = Talk()
    heard = talk.say(*CUSTOMER[:9], "aynı numara")
    assert talk.value("ProductNameList") is None
    assert "bilginin kendisini yazın" in heard


def test_a_name_that_holds_such_a_word_is_a_name() -> None:
    talk = Talk()
    talk.say(*CUSTOMER[:2], "Bizim Bayi Ben Isı")
    assert talk.value("DealerCompanyName") == "Bizim Bayi Ben Isı"


def test_an_email_while_a_phone_is_asked_is_offered_as_the_email() -> None:
    talk = Talk()
    heard = talk.say(*CUSTOMER[:5], "ayse@ornek.com")
    assert "Başka bir soruya ait görünüyor" in heard
    assert talk.buttons[0] == "E-posta: ayse@ornek.com"
    heard = talk.say("evet") if len([b for b in talk.buttons if "@" in b]) == 1 else talk.say("E-posta: ayse@ornek.com")
    assert talk.value("CustomerEmail") == "ayse@ornek.com"
    assert "Cep telefonunuz?" in heard
    assert "E-posta" not in talk.say("0530 123 12 12").split("\n")[0]


def test_a_phone_while_the_address_is_asked_is_offered_where_it_may_belong() -> None:
    talk = Talk()
    talk.say(*CUSTOMER[:8], "0216 555 12 34")
    assert "İş telefonu: 0216 555 12 34" in talk.buttons
    heard = talk.say("İş telefonu: 0216 555 12 34")
    assert talk.value("CustomerWorkPhone") == "2165551234"
    assert "açık adresi?" in heard


def test_an_email_at_the_last_menu_is_offered_as_the_email() -> None:
    talk = Talk()
    talk.say(*CUSTOMER[:-1], "ayse@ornek.com")
    assert "E-posta: ayse@ornek.com" in talk.buttons
