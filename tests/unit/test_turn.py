"""The conversation, turn by turn, as a person hears it."""

from dataclasses import replace

import pytest

from conversations.answers.free_text import Address
from conversations.answers.people import PersonName
from conversations.events import Command, Context, Help, Settled, Tap, Text
from conversations.form import Field, Form, Section, Step
from conversations.replies import Turn
from conversations.turn import take_turn
from tests.talking import CUSTOMER, DEALER, Talk

SUMMARY_TITLE = "Son kontrol. Talep henüz gönderilmedi."


def customer(*, upto: str | None = None) -> Talk:
    """A customer's chat, just before the answer `upto`, or on the summary."""
    talk = Talk()
    for text in CUSTOMER:
        if text == upto:
            break
        talk.say(text)
    return talk


def at_dealer_mobile() -> Talk:
    talk = Talk()
    talk.say(*DEALER[:4])
    return talk


# --- the way through


def test_a_customer_comes_from_start_to_a_frozen_request() -> None:
    talk = customer()
    assert SUMMARY_TITLE in talk.heard
    assert talk.press("Onayla ve gönder") == "Talebiniz gönderiliyor. Takip kodu: D-7K3F"
    (submit,) = talk.submitted
    assert submit.body == {
        "DealerCompanyName": "Test Bayi",
        "DealerContactPerson": "",
        "DealerMobilePhone": "",
        "DealerWorkPhone": "",
        "DealerEmail": "",
        "CustomerCompanyName": "",
        "CustomerFullName": "Ayşe Yılmaz",
        "CustomerMobilePhone": "5301231212",
        "CustomerWorkPhone": "",
        "CustomerEmail": "",
        "CustomerCity": "Istanbul",
        "CustomerDistrict": "Umraniye",
        "CustomerAddress": "Fatih Sultan Mehmet Mah. Balkan Cad. No: 14 D: 2",
        "ProductNameList": "ECODENSE WT 65",
        "ProductGroupName": "ECODENSE DUVAR- YER TİPİ KAZAN",
        "ProductSerialNumberList": "99958",
        "DeviceCount": 1,
    }
    assert submit.key == f"draft-1:{submit.revision}"


def test_a_dealer_is_asked_all_five_fields_one_by_one() -> None:
    talk = Talk()
    talk.say("/start", "Bayiyim", "Test Bayi")
    assert "Adım 2/14: Adınız ve soyadınız?" in talk.heard
    talk.say(*DEALER[3:])
    assert SUMMARY_TITLE in talk.heard
    assert "Bayi yetkilisi: MUTLU ÖZCAN" in talk.heard
    assert "Bayi iş telefonu: belirtilmedi" in talk.heard


def test_the_greeting_shows_the_privacy_notice_when_there_is_one() -> None:
    talk = Talk(context=Context(fresh_draft_id="d", notice_url="https://ornek.com/kvkk?a=1&b=2"))
    assert "Aydınlatma Metni" in talk.say("/start")
    assert talk.messages[0].must_arrive


def test_a_first_message_of_any_kind_begins_the_conversation() -> None:
    assert "Talebi kim dolduruyor?" in Talk().say("merhaba")


def test_a_question_shows_its_place_its_reason_and_an_example() -> None:
    talk = customer(upto="0530 123 12 12")
    assert talk.heard == "\n".join(
        ("Adım 4/11: Cep telefonunuz?", "Servis sizi bu numaradan arar.", "Örnek: 0530 123 12 12")
    )
    assert talk.buttons == ["Numaramı paylaş", "Geri", "Yardım", "Baştan", "İptal"]


def test_the_name_in_the_profile_is_offered_only_to_whom_it_belongs() -> None:
    assert "Ayşe Yılmaz" in customer(upto="Ayşe Yılmaz").buttons
    dealer = Talk()
    dealer.say(*DEALER[:7])
    assert "Müşterinin adı ve soyadı?" in dealer.heard
    assert "Ayşe Yılmaz" not in dealer.buttons


def test_a_profile_that_holds_no_full_name_is_not_offered() -> None:
    talk = customer(upto="Test Bayi")
    talk.context = replace(talk.context, first_name="♥", last_name="")
    talk.say("Test Bayi", "Bilmiyorum, devam et")
    assert talk.buttons[0] == "Geri"


def test_what_was_understood_is_told_where_it_is_more_than_what_was_typed() -> None:
    talk = customer(upto="Ümraniye, İstanbul")
    assert talk.say("ümraniye").startswith("İl / ilçe: İstanbul / Ümraniye\n")


def test_one_serial_number_means_one_device_and_is_told() -> None:
    talk = customer(upto="99958")
    assert talk.say("99958").startswith("Cihaz sayısı: 1\n")
    assert "Eklemek istediğiniz bir bilgi var mı?" in talk.heard


def test_several_serial_numbers_ask_for_the_number_of_devices() -> None:
    talk = customer(upto="99958")
    talk.say("99958 99959 99960")
    assert "Kaç cihaz devreye alınacak?" in talk.heard
    assert talk.buttons[0] == "3 cihaz"
    talk.say("2")
    assert talk.value("DeviceCount") is None
    assert talk.buttons[:2] == ["3 cihaz", "2 cihaz"]
    talk.say("2 cihaz")
    assert talk.value("DeviceCount") == 2


def test_the_same_answer_typed_again_to_a_question_back_is_the_choice() -> None:
    talk = customer(upto="99958")
    talk.say("99958 99959 99960", "2", "2")
    assert talk.value("DeviceCount") == 2


def test_yes_to_a_range_of_serial_numbers_takes_all_of_them() -> None:
    for answer in ("evet", "Evet, 5 seri numarası", "99958-99962"):
        talk = customer(upto="99958")
        assert "5 seri numarası oluyor" in talk.say("99958-99962")
        talk.say(answer)
        assert talk.value("ProductSerialNumberList") == ("99958", "99959", "99960", "99961", "99962")


def test_no_says_the_other_reading_where_the_question_is_one_of_yes_or_no() -> None:
    for answer, serial in (("hayır", "12345"), ("evet", "SN12345")):
        talk = customer(upto="99958")
        assert "dahil mi?" in talk.say("SN12345")
        talk.say(answer)
        assert talk.value("ProductSerialNumberList") == (serial,)


def test_back_to_a_place_asks_for_province_and_district_together() -> None:
    talk = customer(upto="Fatih Sultan Mehmet Mah. Balkan Cad. No: 14 D: 2")
    heard = talk.say("geri")
    assert heard.startswith("Şu anki yanıt: İstanbul / Ümraniye\nAdım 6/11: Cihaz hangi il ve ilçede?")
    talk.say("Bursa Nilüfer")
    assert (talk.value("CustomerCity"), talk.value("CustomerDistrict")) == ("Bursa", "Nilüfer")


def test_another_province_typed_for_the_district_can_replace_the_first() -> None:
    talk = customer(upto="Ümraniye, İstanbul")
    talk.say("Ankara", "Bursa")
    assert talk.buttons[0] == "İli değiştir"
    assert "Bursa ilinde hangi ilçe?" in talk.say("İli değiştir")


def test_the_example_of_a_district_lies_in_the_chosen_province() -> None:
    assert "Örnek: Banaz" in customer(upto="Ümraniye, İstanbul").say("Uşak")


def test_a_province_alone_asks_for_its_district() -> None:
    talk = customer(upto="Ümraniye, İstanbul")
    assert "Ankara ilinde hangi ilçe?" in talk.say("Ankara")
    talk.say("Çankaya")
    assert (talk.value("CustomerCity"), talk.value("CustomerDistrict")) == ("Ankara", "Çankaya")


def test_a_district_of_many_provinces_is_settled_by_the_province() -> None:
    talk = customer(upto="Ümraniye, İstanbul")
    talk.say("Merkez")
    assert talk.value("CustomerCity") is None
    talk.say("Amasya")
    assert (talk.value("CustomerCity"), talk.value("CustomerDistrict")) == ("Amasya", "Merkez")


def test_an_ambiguous_district_is_picked_by_its_button() -> None:
    talk = customer(upto="Ümraniye, İstanbul")
    talk.say("Kale")
    assert "Denizli / Kale" in talk.buttons
    talk.say("Denizli / Kale")
    assert (talk.value("CustomerCity"), talk.value("CustomerDistrict")) == ("Denizli", "Kale")


# --- refusals


def test_a_refusal_shows_an_example_and_asks_nothing_new() -> None:
    talk = customer(upto="0530 123 12 12")
    heard = talk.say("12")
    assert "Örnek: 0530 123 12 12" in heard
    assert "Adım" not in heard
    assert "Numaramı paylaş" in talk.buttons


def test_a_guess_is_offered_and_taken_by_its_button_or_by_yes() -> None:
    for answer in ("ayse@gmail.com", "evet"):
        talk = customer(upto="E-postam yok")
        talk.say("ayse@gmail")
        assert "ayse@gmail.com" in talk.buttons
        talk.say(answer)
        assert talk.value("CustomerEmail") == "ayse@gmail.com"


def test_no_to_a_guess_asks_the_question_again() -> None:
    talk = customer(upto="E-postam yok")
    talk.say("ayse@gmail")
    assert "Adım 5/11" in talk.say("hayır")


def test_a_land_line_typed_for_a_mobile_number_can_become_the_office_phone() -> None:
    talk = customer(upto="0530 123 12 12")
    talk.say("0216 555 12 34")
    assert "sabit hat" in talk.heard
    assert talk.buttons[:2] == ["Bunu iş telefonu yap", "Numaramı paylaş"]
    talk.say("Bunu iş telefonu yap")
    assert talk.value("CustomerWorkPhone") == "2165551234"
    assert "İş telefonu: 0216 555 12 34" in talk.heard
    assert "Adım 4/11: Cep telefonunuz?" in talk.heard


def test_after_three_refusals_other_words_come_with_the_way_to_a_person() -> None:
    talk = customer(upto="0530 123 12 12")
    talk.context = replace(talk.context, contact="0850 111 22 33")
    talk.say("a1", "a2")
    assert "Birlikte çözelim" not in talk.heard
    talk.say("a3")
    assert "Birlikte çözelim" in talk.heard
    assert "Yardım için: 0850 111 22 33" in talk.heard


@pytest.mark.parametrize("word", ["yok", "-", "bilmiyorum", "atla"])
def test_what_is_needed_cannot_be_skipped(word: str) -> None:
    talk = customer(upto="0530 123 12 12")
    assert "boş bırakılamıyor" in talk.say(word)
    assert talk.value("CustomerMobilePhone") is None


@pytest.mark.parametrize("word", ["yok", "-", "ATLA", "Geç", "mail yok", "E-postam yok"])
def test_what_is_optional_is_skipped_in_any_words(word: str) -> None:
    assert "Adım 6/11" in customer(upto="E-postam yok").say(word)


def test_a_setting_makes_an_optional_field_required() -> None:
    talk = Talk(context=Context(fresh_draft_id="d", required=frozenset(("CustomerEmail", "CustomerCompanyName"))))
    talk.say(*CUSTOMER[:6])
    assert "boş bırakılamıyor" in talk.say("yok")
    talk.say("a@ornek.com", *CUSTOMER[7:12])
    assert "Firmanızın adı?" in talk.heard
    talk.say("Demir Gıda Ltd. Şti.")
    assert talk.buttons[:2] == ["İş telefonu", "Yok, özete geç"]
    assert SUMMARY_TITLE in talk.say("Yok, özete geç")


# --- steering


@pytest.mark.parametrize("word", ["geri", "GERİ", "Geri", "GERI", " geri ", "geri!", "back"])
def test_back_asks_the_question_before_with_its_answer(word: str) -> None:
    talk = customer(upto="0530 123 12 12")
    heard = talk.say(word)
    assert heard.startswith("Şu anki yanıt: Ayşe Yılmaz\n")
    assert "Adım 3/11" in heard
    assert "Adım 4/11" in talk.say("Değiştirme")
    assert talk.value("CustomerFullName") == "Ayşe Yılmaz"


def test_a_word_that_steers_is_an_answer_inside_a_longer_one() -> None:
    talk = customer(upto="Test Bayi")
    talk.say("Geri Dönüşüm A.Ş.")
    assert talk.value("DealerCompanyName") == "Geri Dönüşüm A.Ş."


def test_back_goes_all_the_way_to_the_first_question_and_the_answers_stay() -> None:
    talk = customer(upto="99958")
    for _ in range(20):
        talk.say("geri")
    assert "Bu ilk soru; öncesi yok." in talk.heard
    talk.say("Müşteriyim")
    assert "bunlardan bildiğiniz var mı" in talk.heard  # the menu was opened again on the way
    assert "Adım 10/11" in talk.say("Bilmiyorum, devam et")


def test_back_skips_what_was_only_inferred() -> None:
    talk = customer(upto="Yok, özete geç")
    assert "Seri numarası?" in talk.say("geri")


def test_back_from_the_summary_asks_the_last_question() -> None:
    assert "Eklemek istediğiniz bir bilgi var mı?" in customer().say("geri")


def test_back_withdraws_an_answer_that_was_asked_back() -> None:
    talk = customer(upto="Ümraniye, İstanbul")
    talk.say("Kale")
    assert "Adım 6/11" in talk.say("geri")
    assert "Denizli / Kale" not in talk.buttons


def test_cancel_asks_first_and_then_forgets_the_answers() -> None:
    talk = customer(upto="99958")
    assert "Talepten vazgeçilsin mi?" in talk.say("iptal")
    assert "Yazdıklarınız silindi" in talk.press("Evet, vazgeç")
    assert talk.draft is not None
    assert talk.draft.status == "cancelled"
    assert talk.draft.known() == {"Role": "customer"}
    assert not any(answer.text for answer in talk.draft.answers.values())
    assert not talk.draft.tried


@pytest.mark.parametrize("word", ["evet", "iptal", "Evet, vazgeç"])
def test_cancel_is_confirmed_in_words_too(word: str) -> None:
    assert "Yazdıklarınız silindi" in (t := customer(upto="99958")).say("iptal") or t.say(word)


@pytest.mark.parametrize("word", ["hayır", "devam", "Devam et", "geri"])
def test_a_cancel_that_was_not_meant_goes_on_with_the_question(word: str) -> None:
    talk = customer(upto="99958")
    talk.say("iptal", word)
    assert talk.draft is not None
    assert talk.draft.status == "open"
    assert "?" in talk.heard


def test_an_answer_instead_of_yes_or_no_is_an_answer() -> None:
    talk = customer(upto="99958")
    talk.say("iptal", "99958")
    assert talk.value("ProductSerialNumberList") == ("99958",)


def test_cancel_with_nothing_answered_is_done_at_once() -> None:
    talk = Talk()
    talk.say("/start")
    assert "Talepten vazgeçildi" in talk.say("/iptal")


def test_restart_asks_first_and_then_begins_anew() -> None:
    talk = customer(upto="99958")
    assert "Baştan başlansın mı?" in talk.say("baştan")
    heard = talk.press("Evet, baştan başla")
    assert "Talebi kim dolduruyor?" in heard
    assert talk.draft is not None
    assert talk.draft.answers == {}


def test_start_with_an_open_draft_resumes_it() -> None:
    talk = customer(upto="99958")
    heard = talk.say("/start")
    assert heard.startswith("Yarım kalan talebiniz duruyor")
    assert "Seri numarası?" in heard


def test_start_on_the_summary_shows_the_summary() -> None:
    assert "onayınızı bekliyor" in (heard := customer().say("/start"))
    assert SUMMARY_TITLE in heard


def test_start_before_the_first_answer_greets_again() -> None:
    talk = Talk()
    talk.say("/start")
    assert "Merhaba!" in talk.say("/start")


def test_help_explains_and_asks_again() -> None:
    talk = customer(upto="99958")
    talk.context = replace(talk.context, contact="destek@ornek.com")
    heard = talk.say("yardım")
    assert "Yardım için: destek@ornek.com" in heard
    assert "Seri numarası?" in heard
    assert "Bu sohbette" in Talk(context=talk.context).say("/yardim")


def test_an_unknown_command_is_told_and_the_question_asked_again() -> None:
    heard = customer(upto="99958").say("/selam")
    assert "Bu komutu bilmiyorum" in heard
    assert "Seri numarası?" in heard


def test_status_tells_where_one_stands() -> None:
    heard = customer(upto="99958").say("/durum")
    assert heard.startswith("Bu talep henüz gönderilmedi.")
    assert "Seri numarası?" in heard
    assert Talk().say("/durum").startswith("Gönderilmiş bir talebiniz yok.")
    assert "Yeni bir servis talebi için" in Talk().say("/durum")


def test_confirming_too_early_says_what_is_missing() -> None:
    heard = customer(upto="99958").say("onayla")
    assert "birkaç bilgi daha" in heard
    assert "Seri numarası?" in heard


def test_keep_without_an_answer_changes_nothing() -> None:
    assert "henüz bir yanıt" in customer(upto="99958").say("değiştirme")


def test_the_word_for_the_summary_goes_to_what_is_missing() -> None:
    talk = customer(upto="99958")
    talk.say("geri")
    assert "Seri numarası?" in talk.say("özet")


def test_a_button_of_an_earlier_question_is_not_an_answer() -> None:
    talk = customer(upto="Fatih Sultan Mehmet Mah. Balkan Cad. No: 14 D: 2")
    heard = talk.say("E-postam yok")
    assert "önceki bir soruya ait" in heard
    assert talk.value("CustomerAddress") is None
    menu = customer(upto="Yok, özete geç")
    assert "önceki bir soruya ait" in menu.say("E-postam yok")


def test_english_is_spoken_once_chosen() -> None:
    talk = customer(upto="99958")
    talk.say("/dil")
    heard = talk.press("English")
    assert talk.language == "en"
    assert heard.startswith("I write in English from now on.")
    assert "serial number?" in heard


def test_a_language_can_be_chosen_before_anything_else() -> None:
    talk = Talk()
    talk.say("/dil")
    assert "Yeni bir servis talebi için" in talk.press("Türkçe")
    assert "başka" not in talk.take(Tap("", 0, "language", "xx", 1))


# --- menus


def test_a_customer_may_give_the_dealers_details_one_by_one() -> None:
    talk = customer(upto="Bilmiyorum, devam et")
    assert "Bayideki yetkili kişinin" in talk.say("Yetkili kişi")
    talk.say("Mutlu Özcan")
    assert "Yetkili kişi" not in talk.buttons
    talk.say("info@bayi.com")
    assert talk.value("DealerEmail") == "info@bayi.com"
    assert "Bayi e-postası: info@bayi.com" in talk.heard
    assert "Adım 3/11" in talk.say("bilmiyorum")


def test_skipping_one_field_of_a_menu_leaves_the_others() -> None:
    talk = customer(upto="Bilmiyorum, devam et")
    talk.say("Yetkili kişi", "Yetkiliyi bilmiyorum")
    assert talk.buttons[0] == "Yetkilinin cep telefonu"


def test_free_text_at_a_menu_is_asked_back() -> None:
    talk = customer(upto="Yok, özete geç")
    talk.say("Demir Gıda")
    assert "Bunu hangi bilgiye yazayım: Demir Gıda" in talk.heard
    talk.say("Firma adı olarak yaz")
    assert talk.value("CustomerCompanyName") == "Demir Gıda"
    assert talk.buttons[:2] == ["İş telefonu", "Yok, özete geç"]


def test_a_phone_typed_at_a_menu_is_the_phone() -> None:
    talk = customer(upto="Yok, özete geç")
    talk.say("0216 555 12 34")
    assert talk.value("CustomerWorkPhone") == "2165551234"
    assert SUMMARY_TITLE in talk.say("hayır teşekkürler")


def test_a_label_at_a_menu_names_the_field() -> None:
    talk = customer(upto="Yok, özete geç")
    talk.say("firma: Demir Gıda Ltd. Şti.")
    assert talk.value("CustomerCompanyName") == "Demir Gıda Ltd. Şti."


def test_yes_at_a_menu_asks_which() -> None:
    assert "Hangisini yazmak istersiniz?" in customer(upto="Yok, özete geç").say("evet")


def test_what_no_field_of_a_menu_takes_is_told() -> None:
    talk = customer(upto="Yok, özete geç")
    assert "anlayamadım" in talk.say("???")
    assert "anlayamadım" in talk.say("12")


def test_back_to_a_full_menu_offers_its_fields_again() -> None:
    talk = customer(upto="Yok, özete geç")
    talk.say("firma: Demir Gıda", "0216 555 12 34", "geri")
    assert talk.buttons[:3] == ["Firma adı", "İş telefonu", "Yok, özete geç"]
    assert SUMMARY_TITLE in talk.say("Yok, özete geç")
    assert talk.value("CustomerCompanyName") == "Demir Gıda"


def test_back_from_a_field_of_a_menu_is_the_menu() -> None:
    talk = customer(upto="Yok, özete geç")
    talk.say("Firma adı")
    assert "Eklemek istediğiniz" in talk.say("geri")


def test_asking_for_a_field_by_its_button_shows_it() -> None:
    assert "Müşteri" not in customer(upto="Yok, özete geç").say("İş telefonu")


# --- the summary


def test_only_the_newest_summary_can_be_confirmed() -> None:
    talk = customer()
    old = talk.messages[0]
    talk.say("adres: Meclis Mah. Yavuz Cad. No: 8")
    heard = talk.press("Onayla ve gönder", old)
    assert heard.startswith("Bu özet eski. Güncel özet aşağıda.")
    assert talk.submitted == []
    talk.press("Onayla ve gönder")
    assert len(talk.submitted) == 1


def test_a_double_tap_sends_once_and_the_second_is_answered() -> None:
    talk = customer()
    tap = talk.tap("Onayla ve gönder")
    talk.take(tap)
    assert talk.take(tap) == ""
    assert talk.turn is not None
    assert talk.turn.toast is not None
    assert "zaten gönderildi" in talk.read(talk.turn.toast)
    assert len(talk.submitted) == 1


@pytest.mark.parametrize("word", ["onayla", "Onayla ve gönder", "evet", "ONAYLIYORUM"])
def test_the_summary_is_confirmed_in_words_too(word: str) -> None:
    talk = customer()
    assert "Takip kodu: D-7K3F" in talk.say(word)
    assert len(talk.submitted) == 1


def test_a_word_confirms_only_while_the_summary_is_the_newest_message() -> None:
    talk = customer()
    talk.press("Düzelt")
    talk.say("evet")
    assert talk.submitted == []
    assert SUMMARY_TITLE in talk.heard


def test_any_field_is_corrected_from_the_summary_and_one_comes_back() -> None:
    talk = customer()
    assert talk.press("Düzelt") == "Hangisini düzeltelim?"
    assert talk.messages[0].edits == 900
    heard = talk.press("Adres")
    assert heard.startswith("Şu anki yanıt: Fatih Sultan Mehmet Mah.")
    assert talk.messages[0].surface == "inline"
    heard = talk.say("Meclis Mah. Yavuz Cad. No: 8 D: 3")
    assert heard.startswith("Düzeltildi: Adres\n" + SUMMARY_TITLE)
    assert "Adres: Meclis Mah. Yavuz Cad. No: 8 D: 3" in heard


def test_a_correction_can_be_left_with_keep_or_back() -> None:
    for way in ("Değiştirme", "geri"):
        talk = customer()
        talk.press("Düzelt")
        talk.press("Adres")
        heard = talk.press(way) if way == "Değiştirme" else talk.say(way)
        assert SUMMARY_TITLE in heard
        assert "Balkan Cad. No: 14" in heard


def test_an_empty_field_can_be_filled_or_left_from_the_summary() -> None:
    talk = customer()
    talk.press("Düzelt")
    talk.press("E-posta")
    assert "Özete dön" in talk.buttons
    assert SUMMARY_TITLE in talk.press("Özete dön")
    talk.press("Düzelt")
    talk.press("E-posta")
    assert "E-posta: a@ornek.com" in talk.say("a@ornek.com")


def test_an_optional_answer_can_be_emptied_from_the_summary() -> None:
    talk = customer()
    talk.say("e-posta: a@ornek.com")
    talk.press("Düzelt")
    talk.press("E-posta")
    assert "E-posta boş bırakıldı." in talk.press("E-postam yok")
    assert "E-posta: belirtilmedi" in talk.heard


def test_province_and_district_are_corrected_together() -> None:
    talk = customer()
    talk.press("Düzelt")
    talk.press("İl / ilçe")
    talk.say("Ankara")
    assert "Ankara ilinde hangi ilçe?" in talk.heard
    assert "İl / ilçe: Ankara / Çankaya" in talk.say("Çankaya")


def test_new_serial_numbers_ask_for_the_number_of_devices_again() -> None:
    talk = customer()
    talk.press("Düzelt")
    talk.press("Seri no")
    talk.say("99958, 99959")
    assert "Kaç cihaz" in talk.heard
    assert talk.buttons[0] == "2 cihaz"
    assert "Cihaz sayısı: 2" in talk.press("2 cihaz")


def test_a_reading_is_picked_by_an_inline_button_too() -> None:
    talk = customer()
    talk.press("Düzelt")
    talk.press("İl / ilçe")
    talk.say("Kale")
    assert "İl / ilçe: Denizli / Kale" in talk.press("Denizli / Kale")


def test_an_option_that_is_not_there_changes_nothing() -> None:
    talk = customer()
    talk.press("Düzelt")
    talk.press("İl / ilçe")
    talk.say("Kale")
    assert talk.draft is not None
    heard = talk.take(Tap(talk.draft.id, talk.draft.revision, "option", "77", 1))
    assert SUMMARY_TITLE in heard
    assert "İstanbul / Ümraniye" in heard


def test_the_dealers_fields_are_behind_a_button_of_their_own() -> None:
    talk = customer()
    talk.press("Düzelt")
    talk.press("Bayi bilgileri")
    assert talk.buttons[:2] == ["Bayi", "Bayi yetkilisi"]
    assert SUMMARY_TITLE in talk.press("Özete dön")


def test_a_label_alone_on_the_summary_asks_for_the_new_value() -> None:
    assert "Şu anki yanıt" in customer().say("adres:")


def test_a_button_of_a_question_is_told_on_the_summary_and_skipping_shows_it_again() -> None:
    assert "anlayamadım" in customer().say("E-postam yok")
    assert SUMMARY_TITLE in customer().say("atla")


def test_what_is_not_understood_on_the_summary_is_told_in_one_line_and_its_button_still_confirms() -> None:
    talk = customer()
    summary = talk.messages[-1]
    heard = talk.say("kapıcıya söylerim")
    assert "anlayamadım" in heard
    assert SUMMARY_TITLE not in heard
    assert talk.buttons == ["Düzelt", "Özete dön"]
    assert talk.press("Onayla ve gönder", summary).startswith("Talebiniz gönderiliyor")


@pytest.mark.parametrize("word", ["evet", "onayla", "gönder"])
def test_a_yes_after_a_message_that_was_not_taken_asks_first(word: str) -> None:
    talk = customer()
    talk.say("kapıcıya söylerim")
    heard = talk.say(word)
    assert heard.startswith("Şunu talebe yazmadım: kapıcıya söylerim.")
    assert SUMMARY_TITLE in heard
    assert not talk.submitted
    talk.say("evet")
    assert len(talk.submitted) == 1


def test_a_yes_after_a_voice_message_on_the_summary_asks_first() -> None:
    talk = customer()
    heard = talk.send("voice")
    assert SUMMARY_TITLE not in heard
    assert talk.buttons == ["Düzelt", "Özete dön"]
    assert talk.say("evet").startswith("Son gönderdiğinizi talebe yazmadım.")
    assert not talk.submitted


def test_a_correction_after_a_message_that_was_not_taken_lets_a_yes_confirm() -> None:
    talk = customer()
    talk.say("kapıcıya söylerim", "iş telefonu: 0216 555 12 34", "evet")
    assert len(talk.submitted) == 1


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("seri 104418", "ProductSerialNumberList", ("104418",)),
        ("ilçe kadıköy", "CustomerDistrict", "Kadıköy"),
        ("iş tel 0216 555 12 34", "CustomerWorkPhone", "2165551234"),
        ("mail ayse@ornek.com", "CustomerEmail", "ayse@ornek.com"),
    ],
)
def test_a_label_without_a_colon_corrects_what_its_form_tells(text: str, name: str, value: object) -> None:
    talk = customer()
    assert "Düzeltildi" in talk.say(text)
    assert talk.value(name) == value


@pytest.mark.parametrize("text", ["adres yanlış yazılmış", "müşteri bekliyor", "ürün yanlış"])
def test_a_label_without_a_colon_before_any_text_is_asked_about(text: str) -> None:
    talk = customer()
    before = talk.draft.known() if talk.draft else {}
    assert talk.say(text).startswith(("Bunu hangi bilgi olarak yazayım", "Bunu hangi bilgiye"))
    assert talk.draft is not None
    assert talk.draft.known() == before


def test_that_there_is_no_email_is_understood_on_the_summary() -> None:
    talk = customer()
    talk.say("mail ayse@ornek.com")
    assert "E-posta boş bırakıldı." in talk.say("mail yok")
    assert talk.value("CustomerEmail") is None


def test_the_word_for_correcting_opens_the_list_once_all_is_answered() -> None:
    assert customer().say("düzelt") == "Hangisini düzeltelim?"
    heard = customer(upto="99958").say("düzelt")
    assert "adıyla yazın" in heard


def test_giving_up_on_the_summary_asks_first() -> None:
    talk = customer()
    assert "Talepten vazgeçilsin mi?" in talk.press("Vazgeç")
    assert SUMMARY_TITLE in talk.press("Devam et")


def test_a_forged_button_changes_nothing() -> None:
    talk = customer()
    assert talk.draft is not None
    before = talk.draft.answers
    for action, argument in (("field", "Nothing"), ("answer", "x"), ("", ""), ("option", "0"), ("confirm!", "1")):
        assert talk.draft is not None
        heard = talk.take(Tap(talk.draft.id, talk.draft.revision, action, argument, 1))
        assert SUMMARY_TITLE in heard
    assert talk.draft is not None
    assert talk.draft.answers == before
    assert talk.submitted == []


def test_a_summary_confirms_nothing_but_what_it_showed_even_if_its_revision_comes_again() -> None:
    talk = customer()
    assert talk.draft is not None
    before = talk.tap("Onayla ve gönder")
    # A database that was put back counts its revisions from an earlier number: this one then means another request.
    address = talk.draft.answers["CustomerAddress"].model_copy(update={"value": "Cumhuriyet Mah. No: 1 D: 1"})
    talk.draft = talk.draft.model_copy(update={"answers": {**talk.draft.answers, "CustomerAddress": address}})
    assert SUMMARY_TITLE in talk.take(before)
    assert talk.submitted == []


def test_an_old_button_at_a_question_asks_it_again() -> None:
    talk = customer(upto="99958")
    heard = talk.take(Tap("another", 3, "confirm", "", 1))
    assert "önceki bir soruya ait" in heard
    assert "Seri numarası?" in heard
    assert "Açık bir talebiniz var." in talk.take(Tap("another", 3, "new", "", 1))


# --- contacts, other media, edits


def test_ones_own_contact_answers_the_phone() -> None:
    talk = customer(upto="0530 123 12 12")
    assert "Adım 5/11" in talk.share("905301231212", own=True)
    assert talk.value("CustomerMobilePhone") == "5301231212"


def test_another_persons_contact_is_asked_back() -> None:
    talk = customer(upto="0530 123 12 12")
    assert "Paylaşılan kişi: Ali Veli, 0532 111 22 33" in talk.share("+90 532 111 22 33")
    talk.say("evet")
    assert talk.value("CustomerMobilePhone") == "5321112233"


def test_a_contact_that_is_no_mobile_number_is_refused_like_a_typed_one() -> None:
    assert "sabit hat" in customer(upto="0530 123 12 12").share("02165551234", own=True)


def test_a_contact_is_told_where_it_answers_nothing() -> None:
    for talk in (customer(upto="99958"), Talk()):
        assert "Kişi kartı bu soruda kullanılmıyor." in talk.share("905301231212", own=True)


def test_a_voice_message_is_told_kindly_to_be_written_or_photographed() -> None:
    heard = customer(upto="99958").send("voice")
    assert "Yanıtı kısaca yazın" in heard
    assert "fotoğrafını" in heard
    assert "Seri numarası?" in heard


@pytest.mark.parametrize("kind", ["video", "document", "sticker", "poll"])
def test_what_is_not_text_gets_a_word_and_the_question_again(kind: str) -> None:
    heard = customer(upto="99958").send(kind)
    assert "yazı olarak gönderin" in heard
    assert "Seri numarası?" in heard
    assert "yazı olarak gönderin" in Talk().send(kind)


def test_an_edited_message_corrects_its_answer() -> None:
    talk = customer(upto="99958")
    heard = talk.edit("Ayşe Demir", 5)
    assert heard.startswith("Ad soyad düzeltildi. Eski: Ayşe Yılmaz. Yeni: Ayşe Demir.")
    assert "Seri numarası?" in heard
    assert talk.value("CustomerFullName") == "Ayşe Demir"


def test_an_edited_place_is_told_as_one() -> None:
    heard = customer(upto="99958").edit("Kadıköy", 8)
    assert "İl / ilçe düzeltildi. Eski: İstanbul / Ümraniye. Yeni: İstanbul / Kadıköy." in heard


def test_a_contact_at_a_menu_is_the_phone() -> None:
    talk = customer(upto="Bilmiyorum, devam et")
    talk.share("905321112233")
    assert talk.value("DealerMobilePhone") == "5321112233"


def test_an_edit_on_the_summary_shows_the_new_summary() -> None:
    talk = customer()
    assert "Ad soyad: Ayşe Demir" in talk.edit("Ayşe Demir", 5)


def test_an_edit_that_leaves_something_open_asks_for_it() -> None:
    talk = customer(upto="99958")
    assert "Ankara ilinde hangi ilçe?" in talk.edit("Ankara", 8)


def test_an_edit_that_cannot_be_read_leaves_the_answer() -> None:
    talk = customer(upto="99958")
    assert "Önceki yanıt duruyor. Cep telefonu: 0530 123 12 12" in talk.edit("yanlış", 6)
    assert talk.value("CustomerMobilePhone") == "5301231212"


def test_an_edit_of_the_refused_message_answers_the_question() -> None:
    talk = customer(upto="99958")
    talk.say("??")
    assert "Eklemek istediğiniz" in talk.edit("99958", talk.number)


def test_an_edit_of_something_else_is_told() -> None:
    assert "bir yanıta bağlı değil" in customer(upto="99958").edit("merhaba", 1)
    assert "Yeni bir servis talebi için" in Talk().edit("merhaba", 1)


# --- after the confirmation


def sent() -> Talk:
    talk = customer()
    talk.press("Onayla ve gönder")
    return talk


def test_the_call_number_comes_with_a_button_to_copy_it() -> None:
    talk = sent()
    talk.context = replace(talk.context, next_steps="Servis sizi arayacak.")
    heard = talk.settle(Settled("created", "D-7K3F", call_number="43090"))
    assert heard == "Servis çağrısı açıldı.\nÇağrı numarası: 43090\nMüşteri: Ayşe Yılmaz\nServis sizi arayacak."
    assert talk.all_buttons[0].copies == "43090"
    assert talk.messages[0].must_arrive
    assert "Talebi kim dolduruyor?" in talk.press("Yeni talep")


def test_the_call_number_is_told_even_when_the_draft_is_gone() -> None:
    talk = Talk()
    assert "Çağrı numarası: 43090" in talk.settle(Settled("created", "D-7K3F", call_number="43090"))


def test_a_refused_request_is_corrected_and_becomes_a_new_one() -> None:
    talk = sent()
    heard = talk.settle(Settled("refused", "D-7K3F", reason="Seri <b>yok</b>"))
    assert "Bildirilen neden: “Seri <b>yok</b>”" in heard
    talk.press("Düzelt")
    talk.press("Seri no")
    assert SUMMARY_TITLE in talk.say("99960")
    talk.press("Onayla ve gönder")
    first, second = talk.submitted
    assert first.key != second.key
    assert second.body["ProductSerialNumberList"] == "99960"


def test_a_refused_request_is_not_sent_again_by_a_stray_word() -> None:
    talk = sent()
    talk.settle(Settled("refused", "D-7K3F", reason="Seri yok"))
    assert SUMMARY_TITLE in talk.say("onayla")
    assert len(talk.submitted) == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [("unknown", "kontrol ediliyor"), ("unreachable", "yanıt vermiyor"), ("held", "inceleniyor")],
)
def test_an_open_end_is_told_with_its_code(state: str, words: str) -> None:
    event = Settled(state, "D-7K3F")  # type: ignore[arg-type]
    heard = sent().settle(event)
    assert words in heard
    assert "D-7K3F" in heard


@pytest.mark.parametrize("word", ["iptal", "düzelt", "/iptal", "geri"])
def test_after_the_call_what_cannot_be_done_here_is_told_with_the_contact(word: str) -> None:
    talk = sent()
    talk.settle(Settled("created", "D-7K3F", call_number="43090"))
    talk.context = replace(talk.context, contact="0850 111 22 33")
    heard = talk.say(word)
    assert "buradan değiştirilemiyor" in heard
    assert "43090" in heard
    assert "0850 111 22 33" in heard


def test_after_the_call_any_message_tells_its_number() -> None:
    talk = sent()
    talk.settle(Settled("created", "D-7K3F", call_number="43090"))
    for text in ("teşekkürler", "/durum", "durum", "özet"):
        assert "43090" in talk.say(text)
    assert "43090" in talk.send("sticker")[0:0] + talk.say("sağ olun")


def test_an_edit_after_the_call_changes_nothing_and_says_so() -> None:
    talk = sent()
    talk.settle(Settled("created", "D-7K3F", call_number="43090"))
    talk.context = replace(talk.context, contact="0850 111 22 33")
    heard = talk.edit("Ayşe Demir", 5)
    assert heard.startswith("Talep gönderildiği için bu değişiklik işlenmedi.")
    assert "43090" in heard
    assert "0850 111 22 33" in heard
    talk.context = replace(talk.context, contact="")
    assert "Yardım için" not in talk.edit("Ayşe Demir", 5)


def test_a_tap_on_the_summary_after_the_call_says_that_it_was_sent() -> None:
    talk = customer()
    summary = talk.messages[0]
    talk.press("Onayla ve gönder")
    assert "önceki bir soruya ait" in talk.press("Düzelt", summary)


def test_after_a_cancel_anything_offers_a_new_request() -> None:
    talk = customer(upto="99958")
    talk.say("iptal", "evet")
    assert "Yeni bir servis talebi için" in talk.say("merhaba")
    assert "Talebi kim dolduruyor?" in talk.say("yeni talep")


# --- whatever changes between question and answer


def test_an_answer_is_read_for_the_question_that_was_asked() -> None:
    talk = customer(upto="0530 123 12 12")
    assert talk.draft is not None
    answers = {k: v for k, v in talk.draft.answers.items() if k != "CustomerFullName"}
    talk.draft = talk.draft.model_copy(update={"answers": answers})
    talk.say("0530 123 12 12")
    assert talk.value("CustomerMobilePhone") == "5301231212"
    assert "Adınız ve soyadınız?" in talk.heard


def test_a_question_that_no_longer_applies_gives_way_to_the_next() -> None:
    talk = at_dealer_mobile()
    assert talk.draft is not None
    talk.draft = talk.draft.model_copy(update={"asked": "Dropped"})
    heard = talk.say("0532 546 67 57")
    assert heard.startswith("Sorular bu arada değişti")
    assert "Cep telefonunuz?" in heard
    assert talk.value("DealerMobilePhone") is None


def test_a_question_that_a_release_added_is_asked_before_it_is_answered() -> None:
    talk = customer()
    talk.context = replace(talk.context, required=frozenset(("CustomerEmail",)))
    assert "E-posta adresiniz?" in talk.say("teşekkürler")


def test_a_change_of_role_asks_what_the_new_role_needs() -> None:
    talk = customer(upto="Ayşe Yılmaz")
    talk.say("geri", "geri", "geri", "Bayiyim")
    assert "Adınız ve soyadınız?" in talk.heard


# --- people who write otherwise


@pytest.mark.parametrize(
    "text", ["bilmem ki evladım", "Valla bilmiyorum oğlum", "yok hocam", "devam", "bayinin e-postasını bilmiyorum"]
)
def test_a_menu_is_passed_in_anyones_words(text: str) -> None:
    talk = customer(upto="Bilmiyorum, devam et")
    assert "Adım 3/11" in talk.say(text)
    assert talk.value("DealerContactPerson") is None


def test_courtesies_around_a_word_that_steers_change_nothing_in_it() -> None:
    talk = customer(upto="0530 123 12 12")
    assert "Adım 3/11" in talk.say("Lütfen geri!")
    assert "I write in English" in talk.say("English please")


def test_an_answer_that_names_another_question_is_taken_for_it_and_the_question_stays() -> None:
    talk = customer(upto="Test Bayi")
    heard = talk.say("seri no: 99958")
    assert talk.value("ProductSerialNumberList") == ("99958",)
    assert heard.startswith("Seri no: 99958\n")
    assert "Adım 1/11" in heard
    assert talk.value("DealerCompanyName") is None


def test_an_answer_that_names_a_question_answered_before_corrects_it_and_says_so() -> None:
    talk = customer(upto="Ümraniye, İstanbul")
    heard = talk.say("tel: 0532 111 22 33")
    assert heard.startswith("Cep telefonu düzeltildi. Eski: 0530 123 12 12. Yeni: 0532 111 22 33.")
    assert talk.value("CustomerMobilePhone") == "5321112233"
    assert "Cihaz hangi il ve ilçede?" in heard


def test_that_there_is_no_email_skips_the_email_at_another_question() -> None:
    talk = customer(upto="0530 123 12 12")
    assert talk.say("mail yok").startswith("E-posta boş bırakıldı.")
    assert "Cep telefonunuz?" in talk.heard
    assert "Cihaz hangi il ve ilçede?" in talk.say("0530 123 12 12")


def test_that_a_needed_answer_does_not_exist_is_answered_at_another_question() -> None:
    talk = customer(upto="Ümraniye, İstanbul")
    assert talk.say("telefonum yok").startswith("Cep telefonu boş bırakılamıyor.")
    assert "Cihaz hangi il ve ilçede?" in talk.heard


def test_beside_the_dealers_questions_a_telephone_may_be_the_dealers() -> None:
    talk = customer(upto="Test Bayi")
    talk.say("tel: 0216 555 12 34")
    assert talk.value("CustomerMobilePhone") is None
    assert talk.value("DealerCompanyName") is None
    talk = Talk()
    talk.say("/start", "Bayiyim", "tel: 0532 111 22 33")
    assert talk.buttons[:2] == ["Bayi cep telefonu: 0532 111 22 33", "Cep telefonu: 0532 111 22 33"]


def test_an_address_typed_for_the_product_is_taken_or_offered_as_the_address() -> None:
    talk = customer(upto="Fatih Sultan Mehmet Mah. Balkan Cad. No: 14 D: 2")
    talk.say("Balkan Cad. No: 14 D: 2", "adres Atatürk Mah. Balkan Cad. No: 5")
    assert talk.value("CustomerAddress") == "Atatürk Mah. Balkan Cad. No: 5"
    assert "Hangi ürün?" in talk.heard
    talk.say("Fatih Mah. Balkan Cad. No: 7")
    assert talk.buttons[:2] == ["Adres: Fatih Mah. Balkan Cad. No: 7", "Fatih Mah. Balkan Cad. No: 7"]
    assert talk.value("ProductNameList") is None


def test_a_label_of_another_question_is_kept_out_of_the_answer_even_when_that_one_is_unreadable() -> None:
    talk = customer(upto="Test Bayi")
    talk.say("yetkili: Ali")
    assert talk.value("DealerCompanyName") is None
    assert talk.buttons[0] == "Bayi: yetkili: Ali"
    assert "Cihazı hangi bayiden aldınız?" in talk.say("hayır")


def test_a_label_at_a_menu_may_belong_to_another_question() -> None:
    talk = customer(upto="Bilmiyorum, devam et")
    talk.say("seri no: 5301231212")
    assert talk.value("DealerMobilePhone") is None
    assert talk.value("ProductSerialNumberList") == ("5301231212",)


@pytest.mark.parametrize(
    ("upto", "text", "name"),
    [
        ("Test Bayi", "firma: Test Bayi", "DealerCompanyName"),
        ("0530 123 12 12", "tel: 0530 123 12 12", "CustomerMobilePhone"),
        (
            "Fatih Sultan Mehmet Mah. Balkan Cad. No: 14 D: 2",
            "İl: İstanbul İlçe: Ümraniye Fatih Mah. Balkan Cad. No: 14",
            "CustomerAddress",
        ),
    ],
)
def test_a_label_that_fits_the_question_is_no_other_ones(upto: str, text: str, name: str) -> None:
    talk = customer(upto=upto)
    talk.say(text)
    assert talk.value(name) is not None


def test_a_label_alone_at_a_menu_asks_for_its_field() -> None:
    talk = customer(upto="Yok, özete geç")
    assert "Firmanızın adı?" in talk.say("firma")
    assert "Yazılan" not in talk.heard


@pytest.mark.parametrize("interruption", ["yardım", "/durum", "değiştirme", "evet", "/start"])
def test_a_question_back_survives_what_does_not_answer_it(interruption: str) -> None:
    talk = customer(upto="Ümraniye, İstanbul")
    talk.say("Edremit", interruption)
    assert "Edremit için birden çok yer buldum." in talk.heard
    talk.say("Van / Edremit")
    assert (talk.value("CustomerCity"), talk.value("CustomerDistrict")) == ("Van", "Edremit")


def test_a_question_back_survives_a_sticker_and_a_regretted_cancel() -> None:
    talk = customer(upto="Ümraniye, İstanbul")
    talk.say("Edremit")
    assert "Edremit için" in talk.send("sticker")
    talk.say("iptal")
    assert "Edremit için" in talk.press("Devam et")
    assert "hangi il ve ilçede" in talk.say("geri")


def test_too_many_readings_for_buttons_come_with_an_example() -> None:
    talk = customer(upto="Ümraniye, İstanbul")
    assert "Örnek: Ümraniye, İstanbul" in talk.say("merkez")


@pytest.mark.parametrize("text", ["hayır vazgeçmedim", "yok yok hayır", "devam"])
def test_a_cancel_is_taken_back_in_anyones_words(text: str) -> None:
    talk = customer(upto="Bilmiyorum, devam et")
    talk.say("iptal", text)
    assert "Adım 2/11" in talk.heard
    assert talk.draft is not None
    assert talk.draft.pending is None
    assert not talk.draft.skipped


def test_a_correction_that_leaves_something_open_can_be_gone_back_from() -> None:
    talk = customer()
    talk.say("il: Ankara")
    assert "Ankara ilinde hangi ilçe?" in talk.heard
    assert "hangi il ve ilçede" in talk.press("Geri")
    heard = talk.say("Ümraniye, İstanbul")
    assert "Düzeltildi: İl / ilçe" in heard
    assert SUMMARY_TITLE in heard


def test_an_answer_that_is_emptied_is_told() -> None:
    talk = customer(upto="Ümraniye, İstanbul")
    talk.say("geri", "ayse@ornek.com", "geri")
    assert "E-posta boş bırakıldı." in talk.say("yok")


@pytest.mark.parametrize("text", ["özet", "özete geç"])
def test_the_word_for_the_summary_passes_the_last_menu(text: str) -> None:
    assert SUMMARY_TITLE in customer(upto="Yok, özete geç").say(text)


def test_the_word_for_the_summary_says_that_something_is_missing() -> None:
    heard = customer(upto="99958").say("özet")
    assert heard.startswith("Onaylamadan önce birkaç bilgi daha gerekiyor.")
    assert "Seri numarası?" in heard


def test_an_edited_choice_is_told_in_the_words_of_its_buttons() -> None:
    talk = Talk()
    talk.say("/start", "Müşteriyim")
    heard = talk.edit("Bayiyim", 2)
    assert "Eski: Müşteriyim. Yeni: Bayiyim." in heard
    assert "Firmanızın adı?" in heard


def test_a_label_is_better_than_the_text_without_its_colon() -> None:
    talk = customer(upto="Ayşe Yılmaz")
    talk.say("firma: Demir Gıda")
    assert talk.value("CustomerCompanyName") == "Demir Gıda"
    assert talk.value("CustomerFullName") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [("ümraniye", "CustomerCity"), ("Atatürk mah.", "CustomerAddress"), ("ECODENSE WT 65", "ProductNameList")],
)
def test_what_is_plainly_the_answer_to_another_question_is_offered_there(text: str, name: str) -> None:
    talk = customer(upto="E-postam yok")
    assert "oraya yazayım mı?" in talk.say(text)
    assert "E-postam yok" in talk.buttons
    assert "E-posta adresiniz?" in talk.say("evet")
    assert talk.value(name) is not None


@pytest.mark.parametrize(
    ("upto", "text", "name"),
    [
        ("ECODENSE DUVAR- YER TİPİ KAZAN", "müşterim ahmet demir 0532 111 22 33 arasın", "ProductGroupName"),
        ("ECODENSE WT 65", "kombi, tel 0532 111 22 33", "ProductNameList"),
        ("ECODENSE WT 65", "wt 65 ali@ornek.com", "ProductNameList"),
        ("Test Bayi", "mutlu ısı 0216 555 12 34", "DealerCompanyName"),
        ("Test Bayi", "yoğuşmalı kombi", "DealerCompanyName"),
    ],
)
def test_what_may_be_of_another_question_is_not_taken_without_a_question(upto: str, text: str, name: str) -> None:
    talk = customer(upto=upto)
    talk.say(text)
    assert talk.value(name) is None
    assert talk.draft is not None
    assert talk.draft.asked == name


def test_a_text_with_a_telephone_can_be_written_as_it_is() -> None:
    talk = customer(upto="ECODENSE WT 65")
    assert "olduğu gibi" in talk.say("WT 65 (0532 111 22 33)")
    talk.say("evet")
    assert talk.value("ProductNameList") == "WT 65 (0532 111 22 33)"


@pytest.mark.parametrize("text", ["Mutlu Isı'dan aldım", "bayim Mutlu Isı", "Mutlu Isı firmasından aldık"])
def test_what_stands_around_the_dealers_name_is_left_out(text: str) -> None:
    talk = customer(upto="Test Bayi")
    talk.say(text)
    assert talk.value("DealerCompanyName") == "Mutlu Isı"


@pytest.mark.parametrize("text", ["Mutlu Isı bayisi", "Mutlu Isıdan aldım"])
def test_what_may_be_of_the_dealers_name_is_asked_about(text: str) -> None:
    talk = customer(upto="Test Bayi")
    assert talk.say(text) == f"Yazılan: {text}. Bayinin adı hangisi?"
    assert talk.buttons[:2] == ["Mutlu Isı", text]
    talk.say("Mutlu Isı")
    assert talk.value("DealerCompanyName") == "Mutlu Isı"


def test_whoever_does_not_know_the_dealer_is_shown_a_way_out() -> None:
    talk = customer(upto="Test Bayi")
    assert "Bulduğunuzda yazmanız yeterli" in talk.say("bilmiyorum")
    talk = customer(upto="Test Bayi")
    talk.context = replace(talk.context, help=Help(available=True, code="Y-1", left=3))
    assert "“yardım iste” yazmanız yeterli" in talk.say("bilmiyorum")
    assert "Yardım iste" in talk.buttons


@pytest.mark.parametrize(
    "text", ["benim e-postam yok", "müşterinin e-postası yok maalesef", "E-posta adresimi bilmiyorum"]
)
def test_what_is_optional_is_left_out_in_a_sentence_too(text: str) -> None:
    talk = customer(upto="E-postam yok")
    assert "Adım 6/11" in talk.say(text)


def test_go_on_leaves_an_answer_that_was_gone_back_to() -> None:
    talk = customer(upto="E-postam yok")
    talk.say("geri", "geri")
    assert "Adım 5/11" in talk.say("devam")


def test_a_form_without_a_dealer_or_a_role_is_held_to_its_end() -> None:
    asked = (Field("CustomerFullName", PersonName()), Field("CustomerAddress", Address()))
    form = Form("visit", (Section("customer", tuple(Step((field,)) for field in asked)),), summary=("customer",))
    context = Context(fresh_draft_id="draft-1", fresh_code="D-7K3F")
    turn = take_turn(form, None, Command("start"), context)
    for number, text in enumerate(("Ayşe Yılmaz", "Meclis Mah. Yavuz Cad. No: 8", "onayla")):
        assert isinstance(turn, Turn)
        turn = take_turn(form, turn.draft, Text(text, number, date=1_800_000_000 + number), context)
    assert isinstance(turn, Turn)
    assert turn.submit is not None


ANOTHER = "Mehmet Kaya\n0532 999 88 77\nKadıköy İstanbul\nModa Cad. No: 5 D: 2\nS/N 55511"


@pytest.mark.parametrize("upto", ["Ümraniye, İstanbul", None])
def test_of_a_block_about_another_customer_nothing_is_taken_before_it_is_said_what_it_is(upto: str | None) -> None:
    talk = customer(upto=upto)
    before = talk.draft.known() if talk.draft else {}
    assert "başka bir müşteri" in talk.say(ANOTHER)
    assert talk.buttons == ["Yeni talep aç", "Bu talebi düzelt"]
    for text in ("evet", "onayla", "99958", "tamam", ANOTHER):
        assert "başka bir müşteri" in talk.say(text)
    assert talk.draft is not None
    assert talk.draft.known() == before
    assert not talk.submitted


@pytest.mark.parametrize("how", ["Yeni talep aç", "beklet"])
def test_a_block_about_another_customer_begins_another_request_and_puts_the_open_one_aside(how: str) -> None:
    talk = customer()
    talk.say(ANOTHER)
    heard = talk.press(how) if how in talk.buttons else talk.say(how)
    assert talk.turn is not None
    assert talk.turn.parks
    assert "beklemeye alındı" in heard
    assert talk.value("CustomerFullName") == "Mehmet Kaya"
    assert talk.value("ProductNameList") is None


def test_a_block_about_another_customer_can_be_a_correction() -> None:
    talk = customer()
    talk.say(ANOTHER)
    assert SUMMARY_TITLE in talk.say("düzelt")
    assert talk.value("CustomerFullName") == "Mehmet Kaya"
    assert talk.value("ProductNameList") == "ECODENSE WT 65"


def test_a_block_with_the_same_name_or_the_same_number_corrects_without_a_question() -> None:
    for text in (ANOTHER.replace("Mehmet Kaya", "Ayşe Demir"), ANOTHER.replace("0532 999 88 77", "0530 123 12 12")):
        assert "başka bir müşteri" not in customer().say(text)


def test_thanks_on_the_summary_leave_nothing_out_and_a_yes_confirms() -> None:
    talk = customer()
    heard = talk.say("teşekkürler")
    assert heard.startswith("Rica ederiz. Talep henüz gönderilmedi;")
    assert SUMMARY_TITLE not in heard
    assert talk.say("evet").startswith("Talebiniz gönderiliyor")
