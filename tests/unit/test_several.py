"""More than one request: parked, listed and resumed; the last calls; the same customer with another device."""

from dataclasses import replace

from conversations.draft import Draft
from conversations.events import Call, Listed, Settled, Tap
from tests.talking import CUSTOMER, DEALER, Talk


def at_address() -> Talk:
    talk = Talk()
    talk.say(*CUSTOMER[:8])
    talk.context = replace(talk.context, fresh_draft_id="draft-2", fresh_code="D-2222")
    return talk


def parked() -> tuple[Talk, Draft]:
    """A chat at its second request, and the first one, put aside."""
    talk = at_address()
    first = talk.draft
    assert first is not None
    talk.say("/yeni")
    talk.press("Beklet, yenisine başla")
    assert talk.turn is not None
    assert talk.turn.parks
    return talk, first.changed(parked=True)


# --- a new one while one is open


def test_a_new_request_asks_what_becomes_of_the_open_one() -> None:
    talk = at_address()
    heard = talk.say("/yeni")
    assert heard.startswith("Açık bir talebiniz var. Müşteri: Ayşe Yılmaz\nSıradaki soru: Cihazın açık adresi?")
    assert talk.buttons == ["Beklet, yenisine başla", "Buna devam et", "Bunu sil, yenisine başla"]


def test_it_is_parked_and_another_one_begins() -> None:
    talk, _ = parked()
    assert talk.heard.startswith("Talebiniz beklemeye alındı; dönmek için /taslaklar yazın. Müşteri: Ayşe Yılmaz\n")
    assert "Talebi kim dolduruyor?" in talk.heard
    assert talk.draft is not None
    assert talk.draft.id == "draft-2"


def test_it_is_gone_on_with() -> None:
    talk = at_address()
    talk.say("yeni")
    assert "Cihazın açık adresi?" in talk.press("Buna devam et")


def test_it_is_given_up_after_a_question() -> None:
    talk = at_address()
    talk.say("/yeni")
    talk.press("Bunu sil, yenisine başla")
    assert "Talebi kim dolduruyor?" in talk.press("Evet, baştan başla")


def test_an_answer_after_the_question_is_an_answer() -> None:
    talk = at_address()
    talk.say("/yeni", "Balkan Cad. No: 14 D: 2")
    assert talk.value("CustomerAddress") == "Balkan Cad. No: 14 D: 2"


def test_a_word_parks_too() -> None:
    talk = at_address()
    assert "Talebi kim dolduruyor?" in talk.say("beklet")


def test_what_holds_nothing_is_not_asked_about() -> None:
    talk = Talk()
    talk.say("/start")
    assert "Talebi kim dolduruyor?" in talk.say("/yeni")


def test_more_than_twenty_are_not_parked() -> None:
    talk = at_address()
    talk.context = replace(talk.context, parked=20)
    talk.say("/yeni")
    assert "En çok 20 talep bekletilebilir." in talk.heard
    assert "Beklet, yenisine başla" not in talk.buttons
    assert talk.say("beklet").startswith("En çok 20 talep bekletilebilir.")
    assert talk.draft is not None
    assert talk.draft.id == "draft-1"


# --- taps on one that was put aside


def summary_and_another() -> tuple[Talk, Draft, Tap]:
    """A chat at its second request; the first one, put aside at its summary; and the tap that would confirm that."""
    talk = Talk()
    talk.say(*CUSTOMER)
    talk.context = replace(talk.context, fresh_draft_id="draft-2", fresh_code="D-2222")
    confirm, first = talk.tap("Onayla ve gönder"), talk.draft
    talk.say("beklet", "Müşteriyim", "Başka Bayi")
    assert first is not None
    return talk, first.changed(parked=True), confirm


def test_the_summary_of_a_parked_request_confirms_neither_it_nor_the_one_at_hand() -> None:
    talk, first, confirm = summary_and_another()
    at = talk.draft
    talk.context = replace(talk.context, at=at)
    talk.draft = first
    heard = talk.take(confirm)
    assert heard.startswith("Bu düğme beklettiğiniz bir talebe ait; hiçbir şey değişmedi. Müşteri: Ayşe Yılmaz")
    assert talk.submitted == []
    assert talk.draft == first
    heard = talk.press("Bu talebe dön")
    assert heard.startswith("Talebiniz beklemeye alındı; dönmek için /taslaklar yazın. Müşteri: adı henüz yazılmadı\n")
    assert "Bu taleple sürdürüyoruz. Müşteri: Ayşe Yılmaz\nSon kontrol." in heard
    talk.press("Onayla ve gönder")
    assert talk.submitted[0].draft_id == "draft-1"


def test_the_summary_of_the_one_at_hand_is_not_confirmed_by_the_parked_ones_button() -> None:
    talk, first, confirm = summary_and_another()
    talk.say(*CUSTOMER[3:])
    assert "Son kontrol" in talk.heard
    talk.take(confirm)
    assert talk.submitted == []
    assert first.parked


def test_the_newest_button_of_one_that_came_back_refused_takes_it_up() -> None:
    talk = Talk()
    talk.say(*CUSTOMER, "onayla")
    refused = talk.settle(Settled("refused", "D-7K3F", reason="Seri numarası bulunamadı"))
    assert "kabul etmedi" in refused
    assert talk.draft is not None
    talk.draft = talk.draft.model_copy(update={"parked": True})
    assert "Hangisini düzeltelim?" in talk.press("Düzelt")
    assert not talk.draft.parked


# --- lists


def test_the_open_requests_are_listed_with_name_question_and_age() -> None:
    talk, first = parked()
    at = talk.draft
    assert at is not None
    talk.listed = (Listed(at, 0), Listed(first, 1), Listed(first.changed(id="draft-3"), 5))
    assert talk.say("/taslaklar").splitlines() == [
        "Yarım kalan talepleriniz",
        "1. adı henüz yazılmadı. Sıradaki soru: Talebi kim dolduruyor? (şu an açık)",
        "2. Ayşe Yılmaz. Sıradaki soru: Cihazın açık adresi? (dün)",
        "3. Ayşe Yılmaz. Sıradaki soru: Cihazın açık adresi? (5 gün önce)",
    ]
    tap = talk.tap("2. Ayşe Yılmaz")
    assert tap.draft_id == "draft-1"
    assert talk.draft == at


def test_a_listed_request_is_gone_on_with() -> None:
    talk, first = parked()
    talk.listed = (Listed(first, 0),)
    talk.say("/taslaklar")
    tap = talk.tap("1. Ayşe Yılmaz")
    talk.context = replace(talk.context, at=talk.draft)
    talk.draft = first
    heard = talk.take(tap)
    assert heard.startswith("Bu taleple sürdürüyoruz. Müşteri: Ayşe Yılmaz\n")
    assert "Cihazın açık adresi?" in heard
    assert talk.draft is not None
    assert not talk.draft.parked


def test_lists_may_be_empty() -> None:
    talk = Talk()
    assert talk.say("/taslaklar") == "Yarım kalan talebiniz yok."
    assert talk.say("/cagrilarim") == "Buradan gönderilmiş bir talebiniz yok."


def test_the_last_calls_are_listed_with_number_customer_date_and_state() -> None:
    talk = Talk()
    created = Settled("created", "D-1111", "43090", draft_id="draft-1")
    talk.listed = (
        Call(created, "Ayşe Yılmaz", "12.11.2026"),
        Call(Settled("unknown", "D-2222"), "Ali Demir", "11.11.2026"),
        Call(Settled("created", "D-3333", "43089"), "", "10.11.2026"),
    )
    assert talk.say("/cagrilarim").splitlines() == [
        "Son çağrılarınız",
        "1. Ayşe Yılmaz, 12.11.2026. Çağrı numarası: 43090",
        "2. Ali Demir, 11.11.2026. Çağrı numarası kontrol ediliyor, takip kodu: D-2222",
        "3. adı henüz yazılmadı, 10.11.2026. Çağrı numarası: 43089",
    ]
    assert talk.buttons == ["1. Aynı müşteri, başka cihaz: Ayşe Yılmaz", "Yeni talep"]


def test_those_that_wait_are_named_where_nothing_is_open() -> None:
    talk = at_address()
    talk.context = replace(talk.context, parked=2)
    talk.say("iptal", "evet")
    assert "Bekleyen 2 talebiniz var: /taslaklar" in talk.heard
    assert "Bekleyen 2 talebiniz var: /taslaklar" in talk.say("merhaba")


# --- the same customer, another device


def sent(answers: tuple[str, ...]) -> tuple[Talk, Draft]:
    """A chat whose request was sent, and the draft of that."""
    talk = Talk()
    talk.say(*answers)
    talk.press("Onayla ve gönder")
    assert talk.draft is not None
    last = Settled("created", "D-7K3F", "43090", draft_id="draft-1")
    talk.drafts["draft-1"] = talk.draft
    talk.context = replace(talk.context, fresh_draft_id="draft-2", fresh_code="D-2222", last_request=last)
    return talk, talk.draft


def test_a_new_request_for_the_last_customer_asks_only_for_the_device() -> None:
    talk, _ = sent(DEALER)
    talk.say("/yeni")
    assert talk.buttons[:2] == ["Son müşteri, yeni cihaz", "Bu kez müşteriyim"]
    heard = talk.say("Son müşteri, yeni cihaz")
    assert heard.startswith("Müşteri bilgileri aynı; yalnızca cihazı soruyorum. Müşteri: Ayşe Yılmaz\n")
    assert "Adım 1/3: Hangi ürün?" in heard
    talk.say("ECODENSE WT 65", "ECODENSE DUVAR- YER TİPİ KAZAN", "99970")
    assert "Son kontrol" in talk.heard
    talk.press("Onayla ve gönder")
    old, new = (submit.body for submit in talk.submitted)
    assert {name for name in old if old[name] != new[name]} == {"ProductSerialNumberList"}


def test_a_customer_may_have_another_device_too() -> None:
    talk, _ = sent(CUSTOMER)
    talk.say("yeni")
    assert "Hangi ürün?" in talk.say("Aynı bilgilerle yeni cihaz")
    talk.say("ECODENSE WT 65", "ECODENSE DUVAR- YER TİPİ KAZAN", "99970")
    talk.press("Onayla ve gönder")
    assert talk.submitted[1].body["DealerCompanyName"] == "Test Bayi"


def test_from_the_list_of_calls_the_same_customer_is_taken() -> None:
    talk, old = sent(DEALER)
    talk.listed = (Call(Settled("created", "D-7K3F", "43090", draft_id="draft-1"), "Ayşe Yılmaz", "12.11.2026"),)
    talk.say("/cagrilarim")
    assert "Hangi ürün?" in talk.press("1. Aynı müşteri, başka cihaz: Ayşe Yılmaz")
    assert talk.draft is not None
    assert talk.draft.id == "draft-2"
    assert old.status == "submitted"


def test_an_open_request_is_parked_for_the_same_customer_unless_too_many_wait() -> None:
    talk, old = sent(DEALER)
    talk.say("/yeni", "Ali Demir")
    at = talk.draft
    tap = Tap("draft-1", 0, "same", "", 5)
    for waiting, told in ((3, "Talebiniz beklemeye alındı; dönmek için"), (20, "En çok 20 talep bekletilebilir.")):
        talk.context = replace(talk.context, at=at, parked=waiting, fresh_draft_id="draft-3")
        talk.draft = old
        assert talk.take(tap).startswith(told)
    assert talk.draft is not None
    assert at is not None
    assert talk.draft.id == at.id


def test_an_edit_of_the_first_requests_message_changes_nothing_in_the_second() -> None:
    talk, _ = sent(DEALER)
    talk.say("/yeni", "Son müşteri, yeni cihaz")
    talk.edit("Başka Biri", 8)
    assert talk.value("CustomerFullName") == "Ayşe Yılmaz"


def test_what_is_no_longer_kept_is_asked_again() -> None:
    talk, _ = sent(DEALER)
    talk.drafts.clear()
    heard = talk.say("/yeni", "Son müşteri, yeni cihaz")
    assert heard.startswith("Önceki talebin bilgileri artık saklanmıyor;")
    assert "Müşterinin adı ve soyadı?" in heard
