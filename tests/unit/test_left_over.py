"""What stands between a message and its answer: an unreadable photo, a block that waits, a message edited late."""

from dataclasses import replace

import pytest

from bot.commands.understanding import catalogue_of
from conversations.activation import activation_form
from conversations.answers.codes import Code
from conversations.draft import Draft
from conversations.events import Arrived, Codes, Help, Listed, Unfetched
from tests.corpus.scoring import FOLDER
from tests.talking import CUSTOMER, Talk

LISTED = activation_form(catalogue=catalogue_of(FOLDER / "catalogue.csv"))
ANOTHER = "Ad soyad: Zeynep Kaya\nCep: 0533 444 55 66\nE-posta: zeynep@ornek.com"


def on_summary() -> Talk:
    talk = Talk()
    talk.say(*CUSTOMER)
    return talk


def photo(*texts: str, code_format: str = "Code128") -> Codes:
    return Codes(tuple(Code(text, code_format) for text in texts), 50, 1, "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "event", [photo(), Unfetched("picture", "too-big"), photo("4006381333931", code_format="EAN13")]
)
def test_a_yes_after_a_photo_that_was_not_read_confirms_nothing(event: Codes | Unfetched) -> None:
    talk = on_summary()
    heard = talk.take(event)
    assert "Son kontrol" not in heard
    assert "Talep aşağıdaki gibi gönderilsin mi?" in talk.say("evet")
    assert not talk.submitted
    talk.say("evet")
    assert len(talk.submitted) == 1


def at_product() -> Talk:
    talk = Talk(form=LISTED)
    talk.say(*CUSTOMER[: CUSTOMER.index("ECODENSE WT 65")])
    return talk


@pytest.mark.parametrize("text", ["ECODENSE WT 65", "ECODENSEWT65", "Ecodense-WT-65"])
def test_a_code_with_a_products_name_is_taken_as_the_product(text: str) -> None:
    talk = at_product()
    assert "Fotoğraftan okunan ürün: ECODENSE WT 65" in talk.take(photo(text))
    assert talk.value("ProductNameList") == "ECODENSE WT 65"
    assert talk.value("ProductSerialNumberList") is None


def test_a_products_name_beside_a_serial_number_is_no_serial_number() -> None:
    talk = at_product()
    talk.take(photo("ECODENSE WT 65", "99958"))
    assert talk.value("ProductNameList") == "ECODENSE WT 65"
    assert talk.value("ProductSerialNumberList") == ("99958",)


@pytest.mark.parametrize(
    ("answer", "name", "value"),
    [
        ("Ürün adı", "ProductNameList", "VITODENS 100 W"),
        ("Seri numarası", "ProductSerialNumberList", ("VITODENS100W",)),
    ],
)
def test_a_name_that_the_catalogue_does_not_know_is_asked_about(answer: str, name: str, value: object) -> None:
    talk = at_product()
    assert "VITODENS 100 W. Bu nedir?" in talk.take(photo("VITODENS 100 W"))
    assert talk.value("ProductSerialNumberList") is None
    talk.say(answer)
    assert talk.value(name) == value


def test_a_product_read_from_a_photo_replaces_none_that_was_given() -> None:
    talk = at_product()
    talk.say("ECOMIX 24")
    assert "ECODENSE WT 65. Bu nedir?" in talk.take(photo("ECODENSE WT 65"))
    assert talk.value("ProductNameList") == "ECOMIX 24"
    talk.say("Ürün adı")
    assert talk.value("ProductNameList") == "ECODENSE WT 65"


def test_of_products_of_several_groups_the_group_is_asked_among_theirs() -> None:
    talk = at_product()
    talk.say("ECODENSE WT 65, ECOMIX 24")
    assert talk.buttons[:2] == ["ECODENSE DUVAR- YER TİPİ KAZAN", "ECOMIX YOĞUŞMALI KOMBİ"]
    assert "ECODENSE YER TİPİ KAZAN" not in talk.buttons
    talk.say("ECOMIX YOĞUŞMALI KOMBİ")
    assert talk.value("ProductGroupName") == "ECOMIX YOĞUŞMALI KOMBİ"


def test_a_block_that_waits_is_not_forgotten_when_something_else_comes() -> None:
    talk = on_summary()
    old = talk.tap("Onayla ve gönder")
    talk.say(ANOTHER)
    assert "önce şu soruyu yanıtlayın" in talk.share("+905321112233")
    assert "Zeynep Kaya" in talk.take(photo("77001"))
    assert "Zeynep Kaya" in talk.take(photo())
    assert "Zeynep Kaya" in talk.take(old)
    assert "Zeynep Kaya" in talk.take(replace(old, action="edit"))
    assert "Zeynep Kaya" in talk.say("/durum")
    talk.say("Bu talebi düzelt")
    assert talk.value("CustomerFullName") == "Zeynep Kaya"
    assert not talk.submitted


def test_an_edited_no_gives_the_answer_after_all() -> None:
    talk = on_summary()
    message = CUSTOMER.index("E-postam yok") + 1
    heard = talk.edit("ayse@ornek.com", message)
    assert "Eski: belirtilmedi. Yeni: ayse@ornek.com." in heard
    assert talk.value("CustomerEmail") == "ayse@ornek.com"


def test_an_edited_no_that_still_says_no_or_nothing_right_changes_nothing() -> None:
    talk = on_summary()
    message = CUSTOMER.index("E-postam yok") + 1
    assert "Yanıt aynı kaldı" in talk.edit("yok", message)
    assert "Önceki yanıt duruyor" in talk.edit("ayse@", message)
    assert talk.value("CustomerEmail") is None


def test_an_edited_no_to_several_questions_names_its_own() -> None:
    talk = on_summary()
    message = len(CUSTOMER)
    assert "adıyla belirtin" in talk.edit("Yılmaz", message)
    talk.edit("iş telefonu: 0216 555 12 34", message)
    assert talk.value("CustomerWorkPhone") == "2165551234"


def test_an_edited_message_of_a_parked_request_is_said_to_be_its_own() -> None:
    talk = Talk()
    talk.say(*CUSTOMER[:6])
    parked = talk.draft
    assert isinstance(parked, Draft)
    talk.context = replace(talk.context, parked=1, fresh_draft_id="draft-2")
    talk.draft = None
    talk.listed = (Listed(parked.changed(parked=True), 0),)
    talk.say("/start")
    heard = talk.edit("Ayşe Demir", 5)
    assert "beklettiğiniz bir talebe ait" in heard
    assert "Ayşe Yılmaz" in heard
    assert talk.buttons == ["Bu talebe dön"]
    assert "bir yanıta bağlı değil" in talk.edit("Ayşe Demir", 77)


def helped(**changes: object) -> Talk:
    talk = Talk(context=replace(Talk().context, help=Help(available=True, code="Y-1", left=3)))
    talk.say(*CUSTOMER[: CUSTOMER.index("99958")])
    talk.context = replace(talk.context, help=replace(talk.context.help, **changes))  # type: ignore[arg-type]
    return talk


def test_a_photo_instead_of_what_the_office_is_to_hear_leaves_that_question_open() -> None:
    talk = helped(asking=True)
    talk.take(Arrived("picture"))
    assert talk.turn is not None
    assert talk.turn.asking_help
    assert "servis ofisine iletilmiyor" in talk.take(photo())
    assert talk.turn.asking_help
    assert talk.turn.office is None


@pytest.mark.parametrize("changes", [{"asking": True}, {"is_open": True}])
def test_a_label_sent_while_the_office_helps_is_taken_and_said_not_to_be_passed_on(changes: dict[str, bool]) -> None:
    talk = helped(**changes)
    heard = talk.take(photo("99958"))
    assert heard.startswith("Fotoğraf servis ofisine iletilmedi; cihaz etiketi olarak baktım.")
    assert talk.value("ProductSerialNumberList") == ("99958",)


def test_another_bots_link_in_a_qr_code_is_none_of_ours() -> None:
    talk = Talk(context=replace(Talk().context, bot="DevreyeBot"))
    talk.say(*CUSTOMER[: CUSTOMER.index("99958")])
    heard = talk.take(photo("https://t.me/OtherBot?start=abc", code_format="QR"))
    assert "içinde seri numarası yok" in heard
    assert "bağlantı" in talk.take(photo("https://t.me/devreyebot?start=abc", code_format="QR"))
