"""The product and its group where the office has a catalogue."""

from dataclasses import replace

import pytest

from bot.telegram.outbound import render
from conversations.activation import activation_form
from conversations.answers.free_text import Product, ProductGroup
from conversations.answers.listed import MOST_FOUND, PER_PAGE
from conversations.answers.outcome import Accepted, Ambiguous, Refused
from conversations.asking import MOST_BUTTONS
from conversations.catalogue import Catalogue, CatalogueEntry
from conversations.events import Tap
from conversations.letters import fold
from tests.talking import CUSTOMER, Talk

WALL = "ECODENSE DUVAR- YER TİPİ KAZAN"
COMBI = "YOĞUŞMALI KOMBİ"
CATALOGUE = Catalogue(
    (
        *(CatalogueEntry(f"ECODENSE WT {size}", WALL) for size in (45, 65, 80, 100, 125, 150, 200, 250, 300)),
        CatalogueEntry("ECOMAX 24 kW", COMBI),
        CatalogueEntry("ECOMAX 28 kW", COMBI),
        CatalogueEntry("HYDRO-BLOCK 2,5", "HİDROBLOK"),
    )
)
PRODUCT = Product(CATALOGUE)
GROUP = ProductGroup(CATALOGUE)


def at_product(catalogue: Catalogue = CATALOGUE) -> Talk:
    talk = Talk(form=activation_form(catalogue=catalogue))
    talk.say(*CUSTOMER[: CUSTOMER.index("ECODENSE WT 65")])
    return talk


def on_summary() -> Talk:
    talk = at_product()
    talk.say("wt 65", "99958", "Yok, özete geç")
    return talk


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ecodense wt65", "ECODENSE WT 65"),
        ("Ürün: ECODENSE WT 65", "ECODENSE WT 65"),
        ("wt 65", "ECODENSE WT 65"),
        ("hydroblock 2.5", "HYDRO-BLOCK 2,5"),
        ("HYDRO-BLOCK 2,5", "HYDRO-BLOCK 2,5"),
        ("wt 65, ecomax 24", "ECODENSE WT 65, ECOMAX 24 kW"),
        ("wt 65\nhydroblock 2,5", "ECODENSE WT 65, HYDRO-BLOCK 2,5"),
        ("wt 65 ve wt 80", "ECODENSE WT 65, ECODENSE WT 80"),
        ("wt 65, WT65", "ECODENSE WT 65"),
        ("Ecodense WT 65 kazan", "ECODENSE WT 65"),
        ("ECODENSE WT 65 duvar yer tipi kazan", "ECODENSE WT 65"),
        ("ecomax 24 yoğuşmalı kombi", "ECOMAX 24 kW"),
    ],
)
def test_what_is_certain_is_spelled_as_in_the_catalogue(text: str, value: str) -> None:
    assert PRODUCT.understand(text, {}) == Accepted(value)


@pytest.mark.parametrize(
    "text", ["ecodense", "ecodense wt 66", "wt 65, ecomax", "kombi", "Vaillant 65", "wt 65 eco", "wt 65 yoğuşmalı"]
)
def test_what_is_in_doubt_is_asked_with_eight_buttons_at_most_and_can_be_taken_as_typed(text: str) -> None:
    outcome = PRODUCT.understand(text, {})
    assert isinstance(outcome, Ambiguous)
    assert len(outcome.candidates) <= MOST_FOUND + 1 == MOST_BUTTONS
    assert outcome.candidates[-1].value == outcome.said == text


def test_of_several_products_the_doubtful_one_is_asked_about() -> None:
    outcome = PRODUCT.understand("wt 65, ecomax", {})
    assert isinstance(outcome, Ambiguous)
    assert [c.value for c in outcome.candidates[:2]] == [
        "ECODENSE WT 65, ECOMAX 24 kW",
        "ECODENSE WT 65, ECOMAX 28 kW",
    ]


def test_what_is_no_product_is_refused_as_without_a_catalogue() -> None:
    for text in ("bilmiyorum", "ad.soyad@ornek.com", "0530 123 12 12", "x", "?"):
        assert isinstance(PRODUCT.understand(text, {}), Refused), text
        assert PRODUCT.understand(text, {}) == Product().understand(text, {})


def test_a_name_longer_than_what_may_be_typed_is_still_found_by_its_button() -> None:
    long = CatalogueEntry("K" * 250, WALL)
    assert Product(Catalogue((long,))).understand(long.name, {}) == Accepted(long.name)


def test_the_group_follows_from_the_product_and_from_several_of_one_group() -> None:
    assert GROUP.infer({"ProductNameList": "ECODENSE WT 65"}) == WALL
    assert GROUP.infer({"ProductNameList": "ECODENSE WT 65, ECODENSE WT 80"}) == WALL
    assert GROUP.infer({"ProductNameList": "ECODENSE WT 65, ECOMAX 24 kW"}) is None
    assert GROUP.infer({"ProductNameList": "ecodense wt 65"}) is None
    assert GROUP.infer({}) is None


def test_a_group_that_is_not_the_products_is_asked_about() -> None:
    outcome = GROUP.understand("kombi", {"ProductNameList": "ECODENSE WT 65"})
    assert isinstance(outcome, Ambiguous)
    assert [c.value for c in outcome.candidates] == [WALL, "kombi"]
    assert GROUP.understand("ecodense duvar yer tipi kazan", {}) == Accepted(WALL)


def test_a_product_brings_its_group_and_both_are_sent_letter_by_letter() -> None:
    talk = at_product()
    assert "Adım 8/10" in talk.heard
    heard = talk.say("wt 65")
    assert "Ürün: ECODENSE WT 65" in heard
    assert f"Ürün grubu: {WALL}" in heard
    talk.say("99958", "Yok, özete geç")
    talk.press("Onayla ve gönder")
    body = talk.submitted[0].body
    assert (body["ProductNameList"], body["ProductGroupName"]) == ("ECODENSE WT 65", WALL)


def test_a_corrected_product_brings_its_own_group() -> None:
    talk = on_summary()
    talk.say("ürün: ecomax 24")
    assert (talk.value("ProductNameList"), talk.value("ProductGroupName")) == ("ECOMAX 24 kW", COMBI)
    talk.say("ürün: Kazan 3000")
    talk.press("Yazdığım gibi bırak")
    assert (talk.value("ProductNameList"), talk.value("ProductGroupName")) == ("Kazan 3000", None)
    assert "Ürün grubu?" in talk.heard


def test_a_group_that_was_typed_does_not_outlive_the_product_it_was_typed_for() -> None:
    talk = on_summary()
    talk.say("ürün: Kazan 3000")
    talk.press("Yazdığım gibi bırak")
    talk.say("Merkezi sistem")
    talk.press("Yazdığım gibi bırak")
    assert talk.value("ProductGroupName") == "Merkezi sistem"
    talk.say("ürün: wt 80")
    assert talk.value("ProductGroupName") == WALL


def test_the_question_offers_a_few_and_the_list_the_rest_page_by_page() -> None:
    talk = at_product()
    assert talk.buttons[:6] == [*(f"ECODENSE WT {n}" for n in (45, 65, 80, 100)), "Diğer ürünler", "Listede yok"]
    talk.say("Diğer ürünler")
    assert talk.buttons[:4] == [WALL, COMBI, "HİDROBLOK", "Listede yok"]
    talk.say(WALL)
    assert talk.buttons[PER_PAGE : PER_PAGE + 2] == ["Sonrakiler", "Listede yok"]
    talk.say("Sonrakiler")
    assert talk.buttons[:3] == ["ECODENSE WT 300", "Öncekiler", "Listede yok"]
    talk.say("ECODENSE WT 300")
    assert talk.value("ProductNameList") == "ECODENSE WT 300"


def test_the_same_by_taps_from_the_summary() -> None:
    talk = on_summary()
    talk.press("Düzelt")
    talk.press("Ürün")
    talk.press("Diğer ürünler")
    talk.press(COMBI)
    talk.press("ECOMAX 28 kW")
    assert (talk.value("ProductNameList"), talk.value("ProductGroupName")) == ("ECOMAX 28 kW", COMBI)
    talk.press("Düzelt")
    talk.press("Ürün")
    talk.press("ECODENSE WT 80")
    assert talk.value("ProductNameList") == "ECODENSE WT 80"
    talk.press("Düzelt")
    talk.press("Ürün")
    talk.press("Listede yok")
    talk.say("Kazan 3000")
    assert talk.value("ProductNameList") == "Kazan 3000"


def test_what_is_typed_after_not_in_the_list_is_taken_to_the_letter() -> None:
    talk = at_product()
    talk.say("Listede yok")
    talk.say("ecodense 66")
    assert talk.value("ProductNameList") == "ecodense 66"


def test_what_is_typed_twice_is_meant() -> None:
    talk = at_product()
    talk.say("ecodense 66", "ecodense 66")
    assert talk.value("ProductNameList") == "ecodense 66"


@pytest.mark.parametrize(("answer", "value"), [("evet", "ECOMAX 28 kW"), ("hayır", "ecomax 28 plus")])
def test_one_near_product_is_a_question_of_yes_or_no(answer: str, value: str) -> None:
    talk = at_product(Catalogue((CatalogueEntry("ECOMAX 28 kW", COMBI),)))
    talk.say("ecomax 28 plus", answer)
    assert talk.value("ProductNameList") == value


def test_an_import_between_question_and_answer_changes_no_answer() -> None:
    talk = at_product()
    talk.say("Diğer ürünler", WALL)
    talk.form = activation_form(catalogue=Catalogue((CatalogueEntry("YENİ 1", "YENİ"),)))
    talk.say("ECODENSE WT 80")
    assert (talk.value("ProductNameList"), talk.value("ProductGroupName")) == ("ECODENSE WT 80", None)
    talk.say("Geri", "Diğer ürünler", "Sonrakiler")
    assert talk.draft is not None


def test_an_import_that_took_the_list_away_leaves_a_question_that_can_be_answered() -> None:
    talk = at_product()
    talk.say("Diğer ürünler")
    talk.form = activation_form()
    talk.say(WALL)
    assert "Hangi ürün?" in talk.heard
    talk.say("ECODENSE WT 80", WALL)
    assert talk.value("ProductGroupName") == WALL


@pytest.mark.parametrize(
    ("action", "argument"),
    [("list", at) for at in ("x", "999999:x", "-8:", "8:yok", "٣:", "²", "typed", "0:" + "G" * 60)]
    + [("listed", digest) for digest in ("", "0" * 12, "x")],
)
def test_a_forged_tap_on_the_list_is_answered_and_writes_nothing(action: str, argument: str) -> None:
    talk = on_summary()
    talk.press("Düzelt")
    talk.press("Ürün")
    message = talk.messages[-1]
    talk.take(Tap(message.draft_id, message.revision, action, argument, 900))
    assert talk.messages
    assert talk.value("ProductNameList") == "ECODENSE WT 65"


def test_thousands_of_long_names_fit_on_buttons_and_in_a_message() -> None:
    catalogue = Catalogue(
        CatalogueEntry(f"{'Uzun ürün adı ğüşiöç ' * 10}{n}", f"{'Grup adı ' * 20}{n % 300}") for n in range(3000)
    )
    talk = at_product(catalogue)
    for text in ("Diğer ürünler", "Sonrakiler", *talk.buttons[:1]):
        talk.say(text)
        for message in talk.messages:
            render(replace(message, surface="inline"), "tr")
            render(message, "tr")
    assert fold(str(talk.value("ProductNameList"))) == fold(catalogue.entries[0].name)


def test_without_a_catalogue_any_text_is_a_product_and_the_group_is_asked_on_its_own() -> None:
    talk = at_product(Catalogue())
    assert "Adım 8/11" in talk.heard
    assert talk.buttons == ["Geri", "Yardım", "Baştan", "İptal"]
    talk.say("Listede olmayan 1")
    assert "Adım 9/11: Ürün grubu?" in talk.heard
