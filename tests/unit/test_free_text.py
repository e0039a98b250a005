"""The open address, the product and its group."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.answers.free_text import Address, Product, ProductGroup
from conversations.answers.outcome import Accepted, Kind, Refused
from conversations.answers.plain import quoted
from tests.fuzz.slowest import BOUND_MS, cpu_ms
from tests.timing import cpu_seconds

ADDRESS, PRODUCT, GROUP = Address(), Product(), ProductGroup()
TRICKY = st.text(alphabet="Adres:=ÜrünModel 12/-,;\n•*@.aıİ\u200b😊", max_size=60)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Fatih Sultan Mehmet mahallesi", "Fatih Sultan Mehmet mahallesi"),
        ("Adres: Balkan Cad. No: 12 D: 4", "Balkan Cad. No: 12 D: 4"),
        ("AÇIK ADRES : Balkan Cad.  No: 12", "Balkan Cad. No: 12"),
        ("Fatih Mah.\nBalkan Cad. No: 12\n\nÜmraniye", "Fatih Mah., Balkan Cad. No: 12, Ümraniye"),
        ("Adres:\nFatih Mah. No: 5", "Fatih Mah. No: 5"),
        ("- Fatih Mah.\n- No: 5", "Fatih Mah., No: 5"),
        ("Fatih Mah. No: 5\n-2. kat", "Fatih Mah. No: 5, -2. kat"),
        ("Balkan Cad. No: 12/\n4, kat 2", "Balkan Cad. No: 12/ 4, kat 2"),
        ("Fatih Mah.,\r\nNo 5\u200b", "Fatih Mah., No 5"),
        ("Aynı Sokak No: 5", "Aynı Sokak No: 5"),
    ],
)
def test_an_address_is_one_line_without_its_label(text: str, value: str) -> None:
    assert ADDRESS.understand(text, {}) == Accepted(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("yok", "address-not-an-answer"),
        ("Adres: yok", "address-not-an-answer"),
        ("aynı adres", "address-same"),
        ("ev adresim", "address-not-an-answer"),
        ("açık adresi tam bilmiyorum", "address-not-an-answer"),
        ("adres aynı", "address-same"),
        ("Konum: https://maps.google.com/?q=1", "address-not-an-address"),
        ("konum: 41.0082, 28.9784", "address-no-letters"),
        ("yukarıdaki adres", "address-same"),
        ("konum attım", "address-same"),
        ("a@b.com", "address-not-an-address"),
        ("https://maps.google.com/?q=1", "address-not-an-address"),
        ("Tel: 0530 123 12 12", "address-not-an-address"),
        ("123456789012", "address-no-letters"),
        ("Kısa", "address-too-short"),
        ("Mah. " * 100, "address-too-long"),
    ],
)
def test_what_is_no_address_is_refused_with_its_reason(text: str, reason: str) -> None:
    outcome = ADDRESS.understand(text, {})
    assert isinstance(outcome, Refused)
    assert outcome.reason.id == reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ECODENSE WT 65", "ECODENSE WT 65"),
        ("Ürün: ECODENSE WT 65", "ECODENSE WT 65"),
        ("Model: ECODENSE  WT 65", "ECODENSE WT 65"),
        ("ECODENSE WT 65, ECODENSE WT 80", "ECODENSE WT 65, ECODENSE WT 80"),
        ("ECODENSE WT 65\nECODENSE WT 80", "ECODENSE WT 65, ECODENSE WT 80"),
        ("- ECODENSE WT 65\n- ECODENSE WT 80", "ECODENSE WT 65, ECODENSE WT 80"),
        ("Kombi", "Kombi"),
        ("65", "65"),
    ],
)
def test_a_product_is_taken_as_typed(text: str, value: str) -> None:
    assert PRODUCT.understand(text, {}) == Accepted(value)


def test_a_product_group_keeps_its_odd_spacing() -> None:
    for text in ("ECODENSE DUVAR- YER TİPİ KAZAN", "Ürün grubu: ECODENSE DUVAR- YER  TİPİ\nKAZAN"):
        assert GROUP.understand(text, {}) == Accepted("ECODENSE DUVAR- YER TİPİ KAZAN")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("bilmiyorum", "{}-not-an-answer"),
        ("modelini bilmiyorum", "{}-not-an-answer"),
        ("-", "{}-not-an-answer"),
        ("😊", "{}-not-a-{}"),
        ("a@b.com", "{}-not-a-{}"),
        ("www.x.com", "{}-not-a-{}"),
        ("0530 123 12 12", "{}-not-a-{}"),
        ("W", "{}-too-short"),
        ("W" * 201, "{}-too-long"),
    ],
)
def test_what_is_no_product_or_group_is_refused_with_its_reason(text: str, reason: str) -> None:
    for kind, name in ((PRODUCT, "product"), (GROUP, "group")):
        outcome = kind.understand(text, {})
        assert isinstance(outcome, Refused)
        assert outcome.reason.id == reason.format(name, name)


@pytest.mark.parametrize("kind", [ADDRESS, PRODUCT, GROUP])
def test_text_is_shown_and_sent_as_it_is_and_never_inferred(kind: Address | Product | ProductGroup) -> None:
    assert kind.show("DUVAR- YER") == kind.sent("DUVAR- YER") == "DUVAR- YER"
    assert kind.infer({}) is None


def test_a_long_text_is_quoted_in_sixty_characters() -> None:
    assert quoted("a" * 60) == "a" * 60
    assert quoted("a" * 61) == "a" * 59 + "…"


@pytest.mark.parametrize("text", ["adres:" * 682, "a\n" * 2048, " " * 4096, "@" * 4096, "ayni adres " * 372])
def test_a_long_text_is_read_in_no_time(text: str) -> None:
    for kind in (ADDRESS, PRODUCT, GROUP):
        assert cpu_seconds(partial(kind.understand, text, {})) < 0.05


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=4096), TRICKY))
def test_no_text_breaks_it_and_what_is_accepted_is_stable(text: str) -> None:
    for kind, (shortest, longest) in ((ADDRESS, (10, 300)), (PRODUCT, (2, 200)), (GROUP, (2, 200))):
        outcome = kind.understand(text, {})
        if isinstance(outcome, Accepted):
            assert shortest <= len(str(outcome.value)) <= longest
            assert "\n" not in str(outcome.value)
            assert kind.understand(kind.show(outcome.value), {}) == outcome


@pytest.mark.parametrize("kind", [Address(), Product(), ProductGroup()])
@pytest.mark.parametrize("piece", ["- ", "adres: ", "ürün: ", "grup: ", "• – "])
def test_bullets_and_labels_without_end_cost_no_more_than_reading_them(kind: Kind, piece: str) -> None:
    text = (piece * 4096)[:4096]
    assert isinstance(kind.understand(text, {}), Refused)
    assert cpu_ms(lambda typed: kind.understand(typed, {}), text) < BOUND_MS
