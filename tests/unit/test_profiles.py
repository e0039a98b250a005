"""A dealer's profile: asked once, filled into the next request, shown and changed by /profil."""

from dataclasses import replace

import pytest

from conversations.activation import ACTIVATION
from conversations.directory import Dealer, Link
from conversations.draft import Profile
from conversations.events import Context
from conversations.profiles import following, of_dealer
from tests.talking import CUSTOMER, DEALER, Talk

LISTED = Dealer("k1", "Test Bayi A.Ş.", "Mutlu Özcan", "5325466757", "2165551234", "info@testbayi.com")
CUSTOMERS = DEALER[7:]
"""What a dealer types of the customer and the device."""


def dealer() -> Talk:
    """A dealer whose first request has been sent."""
    talk = Talk()
    talk.say(*DEALER)
    talk.press("Onayla ve gönder")
    talk.context = replace(talk.context, fresh_draft_id="draft-2", fresh_code="D-2222")
    return talk


def invited(**context: object) -> Talk:
    talk = Talk(links={"code1": Link("invite", LISTED)})
    talk.context = replace(talk.context, **context)  # type: ignore[arg-type]
    return talk


# --- asked once


def test_the_five_fields_are_kept_when_they_are_complete_and_it_is_said() -> None:
    talk = Talk()
    talk.say(*DEALER[:6])
    assert talk.context.profile is None
    assert talk.say(DEALER[6]).startswith("Bayi bilgileriniz sonraki talepleriniz için saklandı.")
    assert talk.context.profile is not None
    assert talk.context.profile.values == {
        "DealerCompanyName": "Test Bayi",
        "DealerContactPerson": "MUTLU ÖZCAN",
        "DealerMobilePhone": "5325466757",
        "DealerEmail": "dealeremail@dealer.com",
    }


def test_the_next_request_starts_at_the_customer() -> None:
    talk = dealer()
    heard = talk.say("/yeni")
    assert heard.startswith("Tekrar hoş geldiniz. Bayi: Test Bayi (MUTLU ÖZCAN)\n")
    assert "Adım 1/9: Müşterinin adı ve soyadı?" in heard
    talk.say(*CUSTOMERS)
    assert "Bayi e-postası: dealeremail@dealer.com" in talk.heard
    assert "Bayi iş telefonu: belirtilmedi" in talk.heard
    talk.press("Onayla ve gönder")
    first, second = talk.submitted
    assert second.body == first.body


def test_there_is_nothing_before_the_first_question_of_the_next_request() -> None:
    talk = dealer()
    talk.say("/yeni")
    assert "Geri" not in talk.buttons
    assert talk.say("geri").startswith("Bu ilk soru")


def test_a_dealer_may_be_the_customer_today() -> None:
    talk = dealer()
    talk.say("/yeni")
    assert "Bu kez müşteriyim" in talk.buttons
    assert "Cihazı hangi bayiden aldınız?" in talk.say("Bu kez müşteriyim")
    talk.say(*CUSTOMER[2:])
    talk.press("Onayla ve gönder")
    assert talk.submitted[-1].body["DealerContactPerson"] == ""
    assert talk.context.profile is not None


def test_the_way_out_is_offered_only_at_the_first_question() -> None:
    talk = dealer()
    talk.say("/yeni", "Ayşe Yılmaz")
    assert "Bu kez müşteriyim" not in talk.buttons


def test_beginning_anew_keeps_the_profile() -> None:
    talk = dealer()
    talk.say("/yeni", "Ayşe Yılmaz", "baştan", "evet")
    assert "Müşterinin adı ve soyadı?" in talk.heard


def test_what_is_corrected_in_a_request_is_kept_too() -> None:
    talk = dealer()
    talk.say("/yeni", *CUSTOMERS)
    heard = talk.say("bayi e-posta: yeni@dealer.com")
    assert heard.startswith("Düzeltildi: Bayi e-postası\nBayi profiliniz de değişti;")
    assert talk.context.profile is not None
    assert talk.context.profile.values["DealerEmail"] == "yeni@dealer.com"


def test_a_customers_answers_about_the_dealer_are_nobodys_profile() -> None:
    talk = Talk()
    talk.say(*CUSTOMER)
    assert talk.context.profile is None


# --- /profil


def test_the_profile_is_shown_with_all_five_fields() -> None:
    talk = dealer()
    assert talk.say("/profil") == "\n".join(
        (
            "Bayi profiliniz",
            "Bayi: Test Bayi",
            "Bayi yetkilisi: MUTLU ÖZCAN",
            "Bayi cep telefonu: 0532 546 67 57",
            "Bayi iş telefonu: belirtilmedi",
            "Bayi e-postası: dealeremail@dealer.com",
            "Değiştirmek için düğmeye dokunun ya da adıyla yazın, örneğin “cep: 0532 555 44 33”.",
        )
    )


def test_a_field_is_changed_by_its_button() -> None:
    talk = dealer()
    talk.say("/profil")
    assert "Şu anki yanıt: 0532 546 67 57\nCep telefonunuz?" in talk.press("Bayi cep telefonu")
    assert "sabit hat" in talk.say("0216 555 12 34")
    assert talk.say("0533 111 22 33").startswith("Düzeltildi: Bayi cep telefonu\nBayi profiliniz")
    talk.say("/yeni", *CUSTOMERS)
    assert "Bayi cep telefonu: 0533 111 22 33" in talk.heard


def test_a_shared_contact_answers_the_profiles_question() -> None:
    talk = dealer()
    talk.say("/profil")
    talk.press("Bayi cep telefonu")
    talk.share("905331112233", own=True)
    assert "Bayi cep telefonu: 0533 111 22 33" in talk.heard


@pytest.mark.parametrize("typed", ["cep: 0533 111 22 33", "bayi cep: 0533 111 22 33"])
def test_a_field_is_changed_by_a_typed_correction(typed: str) -> None:
    talk = dealer()
    talk.say("/profil")
    assert "Bayi cep telefonu: 0533 111 22 33" in talk.say(typed)


def test_a_field_is_left_out_or_given_later() -> None:
    talk = dealer()
    talk.say("/profil")
    talk.press("Bayi e-postası")
    assert "Bayi e-postası: belirtilmedi" in talk.press("E-postam yok")
    talk.press("Bayi iş telefonu")
    assert "Bayi iş telefonu: 0216 555 12 34" in talk.say("0216 555 12 34")
    talk.press("Bayi iş telefonu")
    assert "Bayi iş telefonu: belirtilmedi" in talk.say("yok")


@pytest.mark.parametrize("word", ["geri", "değiştirme", "iptal"])
def test_a_question_of_the_profile_can_be_left(word: str) -> None:
    talk = dealer()
    talk.say("/profil")
    talk.press("Bayi e-postası")
    assert "Bayi e-postası: dealeremail@dealer.com" in talk.say(word)


def test_what_was_probably_meant_is_offered_and_an_old_offer_picks_nothing() -> None:
    talk = dealer()
    talk.say("/profil")
    page = talk.messages[-1]
    talk.press("Bayi e-postası")
    talk.say("info@gmail")
    offer = talk.tap("info@gmail.com")
    talk.press("Bayi e-postası", page)
    talk.say("bilgi@gmail")
    assert "dealeremail@dealer.com" in talk.take(offer)
    talk.press("Bayi e-postası", page)
    talk.say("info@gmail")
    assert "Bayi e-postası: info@gmail.com" in talk.press("info@gmail.com")


def test_yes_and_no_answer_the_profiles_question_back() -> None:
    talk = dealer()
    talk.say("/profil")
    talk.press("Bayi e-postası")
    assert "E-posta adresiniz?" in talk.say("info@gmail", "hayır")
    assert "Bayi e-postası: info@gmail.com" in talk.say("info@gmail", "evet")


def test_an_open_request_goes_on_after_the_profile_and_gets_the_change() -> None:
    talk = dealer()
    talk.say("/yeni", "Ayşe Yılmaz", "/profil")
    assert "Açık talebinizde de değişti." in talk.say("e-posta: yeni@dealer.com")
    assert "Müşterinin cep telefonu?" in talk.press("Talebe dön")
    talk.say("0530 123 12 12")
    assert talk.value("CustomerMobilePhone") == "5301231212"
    assert talk.value("DealerEmail") == "yeni@dealer.com"


def test_after_the_profile_an_answer_is_an_answer_to_the_request() -> None:
    talk = dealer()
    talk.say("/yeni", "/profil", "Ayşe Yılmaz")
    assert talk.value("CustomerFullName") == "Ayşe Yılmaz"
    talk.say("cep: 0533 111 22 33")
    assert talk.context.profile is not None
    assert talk.context.profile.values["DealerMobilePhone"] == "5325466757"


def test_any_other_command_leaves_the_profiles_question() -> None:
    talk = dealer()
    talk.say("/profil")
    talk.press("Bayi yetkilisi")
    talk.say("/yeni", "Ayşe Yılmaz")
    assert talk.context.profile is not None
    assert talk.context.profile.values["DealerContactPerson"] == "MUTLU ÖZCAN"
    assert talk.value("CustomerFullName") == "Ayşe Yılmaz"


def test_the_profile_is_forgotten_after_a_question() -> None:
    talk = dealer()
    talk.say("/profil")
    assert "silinsin mi?" in talk.press("Profili sil")
    sure = talk.tap("Evet, sil")
    assert talk.press("Evet, sil").startswith("Bayi profiliniz silindi.")
    assert talk.context.profile is None
    assert "profiliniz henüz yok" in talk.take(sure)
    assert "Talebi kim dolduruyor?" in talk.say("/yeni")


def test_who_has_no_profile_hears_how_one_comes_about() -> None:
    assert "ilk taleple oluşur" in Talk().say("/profil")
    talk = Talk(context=Context(fresh_draft_id="d", dealers_by_invitation=True))
    assert "davet bağlantısına dokunun" in talk.say("/profil")


# --- invitations


def test_an_invitation_makes_one_the_dealer_and_is_used_up() -> None:
    talk = invited()
    heard = talk.say("/start code1")
    assert heard.startswith("Davetiniz kabul edildi;")
    assert "\nBayi: Test Bayi A.Ş.\n" in heard
    assert "Adım 1/9: Müşterinin adı ve soyadı?" in heard
    assert talk.turn is not None
    assert talk.turn.redeems == "code1"
    heard = talk.say("/start code1")
    assert heard.startswith("Bu bağlantı daha önce kullanılmış ya da süresi dolmuş.")
    assert "Şu anda bu bayi adına yazıyorsunuz: Test Bayi A.Ş." in heard
    talk.say(*CUSTOMERS)
    talk.press("Onayla ve gönder")
    assert talk.submitted[0].body["DealerWorkPhone"] == "2165551234"


def test_another_invitation_of_the_same_dealer_is_not_used_up() -> None:
    talk = invited()
    talk.links["code2"] = talk.links["code1"]
    talk.say("/start code1", "/start code2")
    assert "Zaten bu bayi adına yazıyorsunuz: Test Bayi A.Ş." in talk.heard
    assert "code2" in talk.links


def test_an_open_request_stays_when_one_joins() -> None:
    talk = invited()
    talk.say(*CUSTOMER[:5])
    heard = talk.say("/start code1")
    assert "Açık talebiniz duruyor." in heard
    assert "Cep telefonunuz?" in heard
    assert talk.value("DealerCompanyName") == "Test Bayi"


def test_a_dealers_open_request_gets_what_it_lacks_when_one_joins() -> None:
    talk = invited()
    talk.say(*DEALER[:4])
    assert "Müşterinin adı ve soyadı?" in talk.say("/start code1")
    assert talk.value("DealerCompanyName") == "Test Bayi"
    assert talk.value("DealerEmail") == "info@testbayi.com"


def test_the_company_of_an_invited_dealer_is_the_offices_own() -> None:
    talk = invited()
    talk.say("/start code1", "/profil")
    assert "Bayi adı servis ofisinin kaydından gelir" in talk.heard
    assert "Bayi" not in talk.buttons
    assert "Bayi adı servis ofisinin kaydından gelir" in talk.say("bayi: Başka Bayi")
    assert "Bayi: Test Bayi A.Ş." in talk.heard


def test_without_an_invitation_nobody_becomes_a_dealer_where_the_setting_says_so() -> None:
    talk = invited(dealers_by_invitation=True)
    heard = talk.say("/start", "Bayiyim")
    assert heard.startswith("Bayi olarak başlamak için servis ofisinin size gönderdiği davet bağlantısına dokunun.")
    assert "Cihazı hangi bayiden aldınız?" in heard
    assert "Müşterinin adı ve soyadı?" in talk.say("/start code1")


def test_a_dealer_of_whom_the_directory_knows_little_is_asked_the_rest() -> None:
    talk = Talk(links={"code1": Link("invite", Dealer("k2", "Küçük Bayi"))})
    assert "Adınız ve soyadınız?" in talk.say("/start code1")
    talk.say("Mutlu Özcan", "0532 546 67 57")
    assert "Müşterinin adı ve soyadı?" in talk.heard
    assert talk.context.profile is not None
    assert talk.context.profile.dealer == "k2"


def test_a_profile_follows_the_directory_but_for_what_the_person_changed() -> None:
    talk = invited()
    talk.say("/start code1", "/profil", "cep: 0533 111 22 33")
    profile = talk.context.profile
    assert profile is not None
    assert profile.own == {"DealerMobilePhone"}
    renamed = replace(LISTED, company="Test Isı A.Ş.", mobile_phone="5330000000", email="yeni@testbayi.com")
    now = following(ACTIVATION, profile, renamed).values
    assert now["DealerCompanyName"] == "Test Isı A.Ş."
    assert now["DealerMobilePhone"] == "5331112233"
    assert now["DealerEmail"] == "yeni@testbayi.com"


def test_what_the_directory_holds_and_no_field_takes_is_left_out() -> None:
    assert of_dealer(ACTIVATION, replace(LISTED, mobile_phone="yok", email="")) == {
        "DealerCompanyName": "Test Bayi A.Ş.",
        "DealerContactPerson": "Mutlu Özcan",
        "DealerWorkPhone": "2165551234",
    }
    assert Profile(values={}).dealer == ""
