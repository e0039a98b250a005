"""The customer's dealer: found in the directory, or come from by a sticker; masked for the customer, sent whole."""

from dataclasses import replace

import pytest

from conversations.activation import activation_form
from conversations.answers.dealers import DealerName
from conversations.answers.listed import MOST_FOUND
from conversations.answers.outcome import Accepted, Ambiguous, Refused
from conversations.directory import Dealer, Dealers, Link
from conversations.letters import name_key
from conversations.masking import masked
from conversations.replies import Message
from conversations.several import same_customer
from conversations.summary import seal
from tests.talking import CUSTOMER, Talk

WHOLE = ("NURAY KIZILIRMAK", "5325466757", "2163334455", "dealeremail@dealer.com")
SECRETS = ("NURAY", "IZILIRMAK", "5466757", "546 67", "333 44", "dealeremail", "dealer.com")


def dealer(company: str, *contact: str) -> Dealer:
    return Dealer(name_key(company), company, *contact)


TEST = dealer("Test Bayi", *WHOLE)
BARE = dealer("Işıklar Doğalgaz San. Tic. A.Ş.")
DEALERS = Dealers(
    (
        TEST,
        BARE,
        dealer("Yılmaz Isı", "Ali Yılmaz", "5321112233"),
        dealer("Yılmaz Isı Sistemleri Ltd. Şti.", "Veli Yılmaz", "5321112244"),
        *(dealer(f"Güneş Tesisat {n}") for n in range(20)),
    )
)
STICKER = Link("sticker", TEST)
FORM = activation_form(dealers=DEALERS)
AFTER_DEALER = CUSTOMER[4:]


def at_dealer() -> Talk:
    talk = Talk(form=FORM)
    talk.say("/start", "Müşteriyim")
    return talk


def said(messages: tuple[Message, ...], talk: Talk) -> str:
    return "\n".join([talk.heard, *talk.buttons, *(b.copies or "" for b in talk.all_buttons)])


def scanned(link: Link | None = STICKER, talk: Talk | None = None) -> Talk:
    talk = talk or Talk(form=FORM)
    talk.links = {} if link is None else {"code": link}
    talk.say("/start code")
    return talk


# --- found by a part of the name


@pytest.mark.parametrize("text", ["Test Bayi", "test bayi", "TEST BAYİ", "Bayi: test bayı"])
def test_a_dealers_name_is_spelled_as_in_the_directory(text: str) -> None:
    for role in ("customer", "dealer"):
        assert DealerName(DEALERS).understand(text, {"Role": role}) == Accepted("Test Bayi")


@pytest.mark.parametrize("text", ["yılmaz", "isiklar", "test", "güneş tesisat", "gunes", "Kimsesiz Ltd"])
def test_anything_else_a_customer_types_is_asked_about_with_eight_buttons_at_most(text: str) -> None:
    outcome = DealerName(DEALERS).understand(text, {"Role": "customer"})
    assert isinstance(outcome, Ambiguous)
    assert len(outcome.candidates) <= MOST_FOUND + 1
    assert outcome.candidates[-1].value == text
    assert DealerName(DEALERS).understand(text, {"Role": "dealer"}) == Accepted(text)


def test_what_is_no_company_is_refused_as_without_a_directory() -> None:
    for text in ("bilmiyorum", "0532 555 44 33", "ad@ornek.com", "?"):
        assert isinstance(DealerName(DEALERS).understand(text, {"Role": "customer"}), Refused), text


def test_a_dealer_found_fills_all_five_fields_masked_for_the_customer_and_whole_for_licrus() -> None:
    talk = at_dealer()
    assert "Adından bir parça" in talk.heard
    talk.say("yilmaz")
    assert talk.buttons[:3] == ["Yılmaz Isı", "Yılmaz Isı Sistemleri Ltd. Şti.", "Listede yok"]
    talk.say("test bayi")
    heard = [talk.heard]
    assert "Adım 2/10: Adınız ve soyadınız?" in talk.heard
    for text in AFTER_DEALER:
        talk.say(text)
        heard.append(talk.heard)
    for line in (
        "Bayi: Test Bayi",
        "Bayi yetkilisi: N*** K***",
        "Bayi cep telefonu: 0532 *** ** 57",
        "Bayi iş telefonu: 0216 *** ** 55",
        "Bayi e-postası: d***@d***.com",
    ):
        assert line in talk.heard
    talk.press("Onayla ve gönder")
    body = talk.submitted[0].body
    assert tuple(str(body[f"Dealer{name}"]) for name in ("ContactPerson", "MobilePhone", "WorkPhone", "Email")) == WHOLE
    assert not any(secret in text for text in heard for secret in SECRETS)


def test_what_the_directory_lacks_is_neither_asked_nor_invented() -> None:
    talk = at_dealer()
    talk.say("ışıklar", "evet")
    assert talk.value("DealerCompanyName") == BARE.company
    assert "Adınız ve soyadınız?" in talk.heard
    talk.say(*AFTER_DEALER)
    talk.press("Onayla ve gönder")
    assert talk.submitted[0].body["DealerMobilePhone"] == ""


def test_a_dealer_who_is_not_listed_is_given_by_hand_as_ever() -> None:
    talk = at_dealer()
    talk.say("Yılmaz Tesisat", "Listede yok")
    assert talk.value("DealerCompanyName") == "Yılmaz Tesisat"
    assert "Bayinizle ilgili bunlardan bildiğiniz var mı?" in talk.heard
    talk.say("Geri", "Kimsesiz Ltd", "evet")
    assert talk.value("DealerCompanyName") == "Kimsesiz Ltd"


def on_summary() -> Talk:
    talk = at_dealer()
    talk.say("test bayi", *AFTER_DEALER)
    return talk


def test_correcting_the_dealer_changes_all_that_came_with_it() -> None:
    talk = on_summary()
    talk.say("bayi: yılmaz ısı")
    assert talk.value("DealerContactPerson") == "Ali Yılmaz"
    assert "A*** Y***" in talk.heard
    assert talk.value("DealerEmail") is None
    talk.say("bayi: Kimsesiz Ltd", "evet")
    assert talk.value("DealerContactPerson") is None


def test_no_question_button_or_copy_shows_what_is_masked() -> None:
    talk = on_summary()
    talk.press("Düzelt")
    talk.press("Bayi bilgileri")
    menu = talk.messages
    for label in ("Bayi yetkilisi", "Bayi cep telefonu", "Bayi iş telefonu", "Bayi e-postası"):
        talk.messages = menu
        talk.press(label)
        shown = said(talk.messages, talk)
        assert "***" in shown
        assert not any(secret in shown for secret in SECRETS), shown
        for text in ("aynı", "bayi ile aynı", "geri", "yardım", "hayır", "?"):
            talk.say(text)
            assert not any(secret in said(talk.messages, talk) for secret in SECRETS), (label, text)
        talk.say("özet")
        talk.press("Düzelt")
        talk.press("Bayi bilgileri")
        menu = talk.messages


def test_nothing_masked_becomes_an_answer_of_ones_own_by_pointing_to_it() -> None:
    talk = on_summary()
    for field in ("müşteri", "cep", "e posta", "iş telefonu", "bayi iş telefonu", "firma", "bayi yetkilisi"):
        for text in ("bayi ile aynı", "aynı", "kendim", "cep ile aynı"):
            talk.say(f"{field}: {text}")
            assert not any(secret in said(talk.messages, talk) for secret in SECRETS), (field, text)
            talk.say("özet")


def test_the_same_as_a_masked_number_is_no_answer() -> None:
    talk = at_dealer()
    talk.say("yılmaz ısı", *AFTER_DEALER)
    talk.press("Düzelt")
    talk.press("Bayi bilgileri")
    talk.press("Bayi iş telefonu")
    talk.say("aynı")
    assert talk.value("DealerWorkPhone") is None
    assert "1112233" not in said(talk.messages, talk).replace(" ", "")


def test_who_turns_out_to_be_a_dealer_keeps_nothing_of_the_one_they_picked() -> None:
    talk = at_dealer()
    talk.say("test bayi", "geri", "geri", "Bayiyim")
    assert talk.value("Role") == "dealer"
    assert talk.value("DealerContactPerson") is None
    assert talk.value("DealerMobilePhone") is None
    talk = at_dealer()
    talk.say("test bayi", "geri", "bayi benim")
    assert talk.value("DealerMobilePhone") is None


def test_a_self_declared_dealer_learns_nothing_from_a_name_in_the_directory() -> None:
    talk = Talk(form=FORM)
    talk.say("/start", "Bayiyim", "test bayi")
    assert talk.value("DealerCompanyName") == "Test Bayi"
    assert talk.value("DealerContactPerson") is None
    assert "Adınız ve soyadınız?" in talk.heard


def test_the_seal_on_the_button_does_not_give_a_masked_number_away() -> None:
    talk = on_summary()
    assert talk.draft is not None
    other = talk.draft.answers["DealerMobilePhone"].model_copy(update={"value": "5321111157"})
    changed = talk.draft.model_copy(update={"answers": {**talk.draft.answers, "DealerMobilePhone": other}})
    assert seal(FORM, talk.draft) == seal(FORM, changed)
    own = talk.draft.answers["CustomerMobilePhone"].model_copy(update={"value": "5301231213"})
    changed = talk.draft.model_copy(update={"answers": {**talk.draft.answers, "CustomerMobilePhone": own}})
    assert seal(FORM, talk.draft) != seal(FORM, changed)


def test_an_import_touches_no_answer_that_was_given() -> None:
    talk = on_summary()
    talk.form = activation_form(dealers=Dealers((dealer("Test Bayi", "Başka Kişi", "5399999999"),)))
    talk.say("müşteri: Ayşe Demir")
    talk.press("Onayla ve gönder")
    assert talk.submitted[0].body["DealerContactPerson"] == "NURAY KIZILIRMAK"


# --- come by a sticker


def test_a_sticker_fills_in_the_dealer_and_asks_no_role() -> None:
    talk = scanned()
    assert "Bayiniz: Test Bayi" in talk.heard
    assert "Adım 1/9: Adınız ve soyadınız?" in talk.heard
    assert "Bayim bu değil" in talk.buttons
    talk.say(AFTER_DEALER[0])
    assert "Bayim bu değil" not in talk.buttons
    talk.say(*AFTER_DEALER[1:])
    assert "Bayi cep telefonu: 0532 *** ** 57" in talk.heard
    talk.press("Onayla ve gönder")
    assert talk.submitted[0].body["DealerEmail"] == "dealeremail@dealer.com"


def test_the_notice_is_shown_to_whoever_comes_by_a_sticker_too() -> None:
    talk = Talk(form=FORM)
    talk.context = replace(talk.context, notice_url="https://ornek.com/kvkk")
    scanned(talk=talk)
    assert "Aydınlatma Metni" in talk.heard
    assert talk.messages[0].must_arrive


def test_not_my_dealer_clears_the_dealer_and_asks_for_it() -> None:
    talk = scanned()
    talk.say("Bayim bu değil")
    assert "Cihazı hangi bayiden aldınız?" in talk.heard
    assert talk.value("Role") == "customer"
    assert [talk.value(f"Dealer{n}") for n in ("CompanyName", "ContactPerson", "MobilePhone")] == [None, None, None]
    talk.say("Kimsesiz Ltd", "evet")
    assert "Bayinizle ilgili" in talk.heard


def test_not_my_dealer_of_an_old_keyboard_changes_nothing_where_no_sticker_was() -> None:
    talk = at_dealer()
    talk.say("test bayi", "Bayim bu değil")
    assert talk.value("DealerCompanyName") == "Test Bayi"


def test_back_from_the_first_question_of_a_sticker_says_that_it_is_the_first() -> None:
    assert "ilk soru" in scanned().say("geri")


def test_starting_over_keeps_the_dealer_of_the_sticker() -> None:
    talk = scanned()
    talk.say(*AFTER_DEALER[:2], "baştan", "evet")
    assert talk.value("DealerCompanyName") == "Test Bayi"
    assert talk.value("CustomerFullName") is None
    assert "Adım 1/9" in talk.heard


def test_a_code_that_is_good_for_nothing_is_told_and_the_role_is_asked() -> None:
    talk = scanned(link=None)
    assert "Talebi kim dolduruyor?" in talk.heard
    assert talk.value("DealerCompanyName") is None


def test_a_sticker_in_the_middle_of_a_request_without_a_dealer_fills_it_in() -> None:
    talk = Talk(form=FORM)
    talk.say("/start", "Müşteriyim")
    scanned(talk=talk)
    assert "Bayiniz: Test Bayi" in talk.heard
    assert talk.value("DealerCompanyName") == "Test Bayi"
    assert "Adınız ve soyadınız?" in talk.heard


@pytest.mark.parametrize(("answer", "company"), [("Test Bayi", "Test Bayi"), ("Yılmaz Isı", "Yılmaz Isı")])
def test_a_sticker_of_another_dealer_in_the_middle_of_a_request_asks_which_one_stays(answer: str, company: str) -> None:
    talk = at_dealer()
    talk.say("yılmaz ısı", *AFTER_DEALER[:3])
    scanned(talk=talk)
    assert "Yılmaz Isı" in talk.heard
    assert talk.value("DealerCompanyName") == "Yılmaz Isı"
    talk.say(answer)
    assert talk.value("DealerCompanyName") == company
    assert talk.value("CustomerFullName") == "Ayşe Yılmaz"
    assert "hangi il ve ilçede" in talk.heard


def test_a_sticker_of_another_dealer_on_the_summary_asks_and_comes_back_to_the_summary() -> None:
    talk = on_summary()
    scanned(Link("sticker", BARE), talk)
    talk.press(BARE.company)
    assert f"Bayi: {BARE.company}" in talk.heard
    assert "Bayi cep telefonu: belirtilmedi" in talk.heard


def test_a_sticker_takes_back_the_question_whether_to_give_up() -> None:
    talk = at_dealer()
    talk.say("yılmaz ısı", *AFTER_DEALER[:3], "iptal")
    scanned(talk=talk)
    talk.say("evet")
    assert talk.draft is not None
    assert talk.draft.status == "open"
    assert talk.value("CustomerFullName") == "Ayşe Yılmaz"


def test_another_device_for_the_same_customer_keeps_the_mask_and_what_is_known_of_the_customer() -> None:
    talk = on_summary()
    talk.press("Onayla ve gönder")
    assert talk.draft is not None
    fresh = replace(talk.context, fresh_draft_id="draft-2")
    talk.draft = same_customer(FORM, talk.draft, fresh).draft
    scanned(talk=talk)
    assert talk.value("CustomerFullName") == "Ayşe Yılmaz"
    talk.say("ECODENSE WT 65", "ECODENSE DUVAR- YER TİPİ KAZAN", "99960", "Yok, özete geç")
    assert "Bayi cep telefonu: 0532 *** ** 57" in talk.heard


def test_the_sticker_of_the_dealer_who_is_in_the_request_just_goes_on() -> None:
    talk = on_summary()
    scanned(talk=talk)
    assert "Talebiniz hazır" in talk.heard


def test_a_dealers_open_request_stays_a_dealers() -> None:
    talk = Talk(form=FORM)
    talk.say("/start", "Bayiyim", "Kimsesiz Ltd")
    scanned(talk=talk)
    assert talk.value("DealerCompanyName") == "Kimsesiz Ltd"
    assert "müşteriler içindir" in talk.heard


# --- masks


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("0532 546 67 57", "0532 *** ** 57"),
        ("444 1 234", "44* * *34"),
        ("+49 30 123456", "+49 30 ****56"),
        ("NURAY KIZILIRMAK", "N*** K***"),
        ("a@b.co", "a***@b***.co"),
        ("info@ornek.com.tr", "i***@o***.tr"),
        ("", ""),
    ],
)
def test_a_mask_leaves_enough_to_recognise_and_too_little_to_use(text: str, seen: str) -> None:
    assert masked(text) == seen
