"""What a turn makes of what was read in photographs."""

from dataclasses import replace

import pytest

from conversations.answers.codes import Code
from conversations.answers.serials import MOST_SERIALS
from conversations.draft import Profile
from conversations.events import Arrived, Codes, Settled, Unfetched
from tests.talking import CUSTOMER, DEALER, Talk


def customer(*, upto: str | None = None) -> Talk:
    """A customer's chat, just before the answer `upto`, or on the summary."""
    talk = Talk()
    talk.say(*(CUSTOMER if upto is None else CUSTOMER[: CUSTOMER.index(upto)]))
    return talk


def photo(*texts: str, caption: str = "", pictures: int = 1) -> Codes:
    return Codes(tuple(Code(text, "Code128") for text in texts), 50, pictures, caption)


def test_a_photo_answers_the_question_for_the_serial_number() -> None:
    talk = customer(upto="99958")
    heard = talk.take(photo("99958"))
    assert heard.startswith("Fotoğraftan okunan seri no: 99958\nCihaz sayısı: 1\n")
    assert talk.value("ProductSerialNumberList") == ("99958",)


def test_while_another_question_is_asked_the_codes_are_taken_and_the_question_stays() -> None:
    talk = customer(upto="Ayşe Yılmaz")
    heard = talk.take(photo("99958", "99959"))
    assert heard.startswith("Fotoğraftan okunan seri no: 99958, 99959\n")
    assert "Adınız ve soyadınız?" in heard
    assert talk.value("ProductSerialNumberList") == ("99958", "99959")
    talk.say("Ayşe Yılmaz")
    assert talk.value("CustomerFullName") == "Ayşe Yılmaz"


def test_a_product_code_is_no_serial_number() -> None:
    talk = customer(upto="99958")
    heard = talk.take(Codes((Code("4006381333931", "EAN13"), Code("99958", "Code128")), 50))
    assert talk.value("ProductSerialNumberList") == ("99958",)
    assert "4006381333931" not in heard
    assert "içinde seri numarası yok" in customer(upto="99958").take(Codes((Code("4006381333931", "EAN13"),), 50))


def test_other_serials_than_those_written_are_added_or_replace_them_as_the_person_says() -> None:
    for answer, serials in (("Ekle", ("99958", "99959")), ("Yerine yaz", ("99959",))):
        talk = customer()
        heard = talk.take(photo("99959"))
        assert "Daha önce yazılan: 99958" in heard
        assert talk.value("ProductSerialNumberList") == ("99958",)
        talk.press(answer)
        assert talk.value("ProductSerialNumberList") == serials


def test_a_second_photo_right_after_the_first_adds_its_device() -> None:
    talk = customer(upto="99958")
    talk.take(photo("99958", "99959"))
    heard = talk.take(photo("99960", "99959"))
    assert "Seri no: 99958, 99959, 99960" in heard
    assert talk.value("ProductSerialNumberList") == ("99958", "99959", "99960")


def test_what_is_already_written_is_only_told() -> None:
    talk = customer()
    assert "zaten yazılı: 99958" in talk.take(photo("99958"))
    assert talk.value("ProductSerialNumberList") == ("99958",)


def test_more_serials_than_a_request_holds_are_not_taken() -> None:
    talk = customer(upto="99958")
    heard = talk.take(photo(*(str(10_000 + n) for n in range(MOST_SERIALS + 1))))
    assert "en çok 50 cihaz" in heard
    assert talk.draft is not None
    assert "ProductSerialNumberList" not in talk.draft.answers


def test_an_unreadable_photo_gets_a_hint_and_the_third_other_words() -> None:
    talk = customer(upto="99958")
    for _ in range(2):
        assert "yaklaşın" in talk.take(photo())
    assert "Bu etiket fotoğraftan okunmuyor" in talk.take(photo())
    assert talk.take(photo("99958")).startswith("Fotoğraftan okunan seri no: 99958")


def test_the_caption_of_an_unreadable_photo_is_an_answer() -> None:
    talk = customer(upto="99958")
    talk.take(photo(caption="99958"))
    assert talk.value("ProductSerialNumberList") == ("99958",)


def test_a_photo_of_the_label_begins_a_request() -> None:
    talk = Talk()
    heard = talk.take(photo("99958"))
    assert heard.startswith("Merhaba!")
    assert "Fotoğraftan okunan seri no: 99958" in heard
    assert "Talebi kim dolduruyor?" in heard
    assert talk.value("ProductSerialNumberList") == ("99958",)


def test_where_nothing_is_open_an_unreadable_photo_begins_nothing() -> None:
    talk = Talk()
    assert "/yeni" in talk.take(photo())
    assert talk.draft is None


def test_a_file_that_comes_is_acknowledged_and_changes_nothing() -> None:
    talk = customer(upto="99958")
    draft = talk.draft
    assert talk.take(Arrived("picture")) == "Fotoğrafınıza bakıyorum."
    assert talk.draft == draft
    assert talk.messages[-1].surface == "kept"


@pytest.mark.parametrize("reason", ["too-big", "unreachable", "too-many", "not-a-picture"])
def test_a_file_that_cannot_be_read_gets_a_word_and_the_question(reason: str) -> None:
    heard = customer(upto="99958").take(Unfetched("picture", reason))  # type: ignore[arg-type]
    assert "Seri numarası?" in heard
    assert heard.index("gönderin") < heard.index("Seri numarası?")


BLOCK = "Ad: Ayşegül Demir\nTel: 0530 123 12 12\naysegul.demir@ornek.com"


def test_what_stands_under_a_photo_is_taken_with_its_codes() -> None:
    talk = customer(upto="Ayşe Yılmaz")
    heard = talk.take(photo("99958", caption=BLOCK))
    assert heard.startswith("Fotoğraftan okunan seri no: 99958\n")
    assert talk.value("CustomerFullName") == "Ayşegül Demir"
    assert talk.value("ProductSerialNumberList") == ("99958",)
    assert talk.value("CustomerEmail") == "aysegul.demir@ornek.com"


def test_what_stands_under_a_photo_is_taken_also_where_its_codes_are_asked_about() -> None:
    talk = customer(upto="Ayşe Yılmaz")
    talk.take(photo("99958"))
    talk.take(photo("99959", caption=BLOCK))
    assert talk.value("CustomerFullName") == "Ayşegül Demir"
    talk.say("Yerine yaz")
    assert talk.value("ProductSerialNumberList") == ("99959",)


def test_a_known_dealer_begins_a_request_with_a_photo() -> None:
    talk = Talk()
    talk.say(*DEALER)
    assert talk.draft is not None
    values = {name: answer.value for name, answer in talk.draft.answers.items() if name.startswith("Dealer")}
    again = Talk()
    created = Settled("created", "D-AAAA", "1")
    again.context = replace(again.context, profile=Profile(values=values), last_request=created)
    heard = again.take(photo("99958", caption=BLOCK))
    assert heard.startswith("Tekrar hoş geldiniz.")
    assert "Fotoğraftan okunan seri no: 99958" in heard
    assert again.value("CustomerFullName") == "Ayşegül Demir"
    assert again.value("DealerCompanyName") == "Test Bayi"
