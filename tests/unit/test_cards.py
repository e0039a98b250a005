"""What a turn makes of a person's card, however it came."""

from dataclasses import replace

from conversations.answers.codes import Code
from conversations.draft import Profile
from conversations.events import CardFile, Codes, Contact
from conversations.replies import Lookup
from tests.talking import CUSTOMER, DEALER, Talk

AYSE = """BEGIN:VCARD
VERSION:3.0
FN:Ayşegül Demir
TEL;TYPE=CELL:0530 123 12 12
EMAIL:aysegul.demir@ornek.com
ORG:Demir Gıda Ltd. Şti.
END:VCARD
"""


def customer(upto: str) -> Talk:
    talk = Talk()
    talk.say(*CUSTOMER[: CUSTOMER.index(upto)])
    return talk


def dealer(answers: int) -> Talk:
    talk = Talk()
    talk.say(*DEALER[:answers])
    return talk


def file(text: str) -> CardFile:
    return CardFile(text, 50)


def test_a_dealer_who_forwards_the_customers_card_is_not_asked_what_is_on_it() -> None:
    talk = dealer(7)
    assert "Müşterinin adı ve soyadı?" in talk.heard
    heard = talk.take(file(AYSE))
    assert heard.startswith("Kişi kartından şunları aldım:\nAd soyad: Ayşegül Demir")
    assert talk.value("CustomerMobilePhone") == "5301231212"
    assert talk.value("CustomerEmail") == "aysegul.demir@ornek.com"
    assert talk.value("CustomerCompanyName") == "Demir Gıda Ltd. Şti."
    assert "hangi il ve ilçede?" in heard


def test_a_contact_gives_name_and_number_and_what_its_vcard_says() -> None:
    talk = dealer(7)
    talk.take(Contact("905301231212", "Ayşegül Demir", own=False, message_id=50, card=AYSE))
    assert talk.value("CustomerFullName") == "Ayşegül Demir"
    assert talk.value("CustomerMobilePhone") == "5301231212"
    assert talk.value("CustomerEmail") == "aysegul.demir@ornek.com"


def test_while_the_dealer_is_asked_about_the_card_is_the_dealers() -> None:
    talk = customer("Test Bayi")
    talk.take(file(AYSE))
    assert talk.value("DealerContactPerson") == "Ayşegül Demir"
    assert talk.value("DealerMobilePhone") == "5301231212"
    assert talk.draft is not None
    assert "CustomerFullName" not in talk.draft.answers


def test_a_customer_who_sends_somebodys_card_is_asked_first() -> None:
    talk = customer("Ayşe Yılmaz")
    heard = talk.take(file(AYSE))
    assert "Ad soyad: Ayşegül Demir" in heard
    assert "Bunlar yazılsın mı?" in heard
    assert talk.draft is not None
    assert "CustomerFullName" not in talk.draft.answers
    talk.say("evet")
    assert talk.value("CustomerFullName") == "Ayşegül Demir"
    assert talk.value("CustomerMobilePhone") == "5301231212"


def test_a_card_never_writes_over_an_answer() -> None:
    talk = dealer(len(DEALER) - 2)
    before = talk.draft.answers if talk.draft else {}
    talk.take(file(AYSE))
    talk.say("evet")
    after = talk.draft.answers if talk.draft else {}
    assert {name: after[name].value for name in before} == {name: answer.value for name, answer in before.items()}


def test_a_card_with_another_name_than_the_one_written_is_asked_about() -> None:
    talk = dealer(8)
    assert "cep telefonu?" in talk.heard
    heard = talk.take(Contact("905321112233", "Ali Veli", own=False, message_id=50))
    assert "Paylaşılan kişi: Ali Veli, 0532 111 22 33" in heard


def test_ones_own_number_is_written_where_it_belongs_whatever_is_asked() -> None:
    talk = customer("Ayşe Yılmaz")
    heard = talk.take(Contact("905301231212", "Ayşe", own=True, message_id=50))
    assert heard.startswith("Cep telefonu: 0530 123 12 12")
    assert "Adınız ve soyadınız?" in heard
    assert talk.value("CustomerMobilePhone") == "5301231212"


def test_a_card_with_two_mobile_numbers_is_asked_about_when_its_turn_comes() -> None:
    talk = dealer(7)
    talk.take(file("BEGIN:VCARD\nFN:Ayşegül Demir\nTEL:0530 123 12 12\nTEL:0532 111 22 33\nEND:VCARD"))
    assert talk.draft is not None
    assert "CustomerMobilePhone" not in talk.draft.answers
    assert "Birden çok yanıt okudum" in talk.heard
    talk.say("0532 111 22 33")
    assert talk.value("CustomerMobilePhone") == "5321112233"


def test_a_file_of_several_cards_or_of_none_is_told() -> None:
    talk = dealer(7)
    assert "birden çok kişinin kartı" in talk.take(file(AYSE + AYSE.replace("Ayşegül", "Ali")))
    assert "kişi bilgisi okunamadı" in talk.take(file("Ayşegül Demir"))
    assert talk.draft is not None
    assert "CustomerFullName" not in talk.draft.answers


def test_a_card_in_a_qr_code_does_what_a_card_does() -> None:
    talk = dealer(7)
    talk.take(Codes((Code("MECARD:N:Demir,Ayşegül;TEL:05301231212;;", "QR"),), 50))
    assert talk.value("CustomerFullName") == "Ayşegül Demir"
    assert talk.value("CustomerMobilePhone") == "5301231212"


def test_a_link_in_a_qr_code_does_what_the_link_does() -> None:
    talk = Talk()
    talk.context = replace(talk.context, found={Lookup("link", ("abc",)): None})
    heard = talk.take(Codes((Code("https://t.me/DevreyeBot?start=abc", "QR"),), 50))
    assert "Merhaba!" in heard
    assert talk.draft is not None


def test_hostile_cards_are_only_text() -> None:
    talk = dealer(7)
    talk.take(file("BEGIN:VCARD\nFN:<b>Ali</b> {x} Veli\\nAdres: Yol\nTEL:" + "9" * 500 + "\nEND:VCARD"))
    assert talk.draft is not None
    assert "CustomerAddress" not in talk.draft.answers


def test_a_known_dealer_begins_a_request_with_the_customers_card() -> None:
    talk = Talk()
    assert "/yeni" in talk.take(file(AYSE))
    assert talk.draft is None
    profile = Profile(values={"DealerCompanyName": "Test Bayi", "DealerContactPerson": "Mutlu Özcan"})
    talk.context = replace(talk.context, profile=profile)
    heard = talk.take(Contact("905301231212", "Ayşegül Demir", own=False, message_id=50, card=AYSE))
    assert heard.startswith("Tekrar hoş geldiniz.")
    assert talk.value("CustomerFullName") == "Ayşegül Demir"
    assert talk.value("CustomerMobilePhone") == "5301231212"
    assert talk.value("CustomerEmail") == "aysegul.demir@ornek.com"
