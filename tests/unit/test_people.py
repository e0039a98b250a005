"""Names of people and companies."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.answers.outcome import Accepted, Refused
from conversations.answers.people import CompanyName, PersonName
from tests.fuzz.slowest import BOUND_MS, cpu_ms
from tests.timing import cpu_seconds

PERSON, COMPANY = PersonName(), CompanyName()
TRICKY = st.text(alphabet="AyşeİIıi Adsoy:=,-.'\n\u200b😊?adımismbn1@", max_size=60)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("  ayşe \n yılmaz ", "ayşe yılmaz"),
        ("MUTLU ÖZCAN", "MUTLU ÖZCAN"),
        ("Mehmet Ali Kaya", "Mehmet Ali Kaya"),
        ("A. Yılmaz", "A. Yılmaz"),
        ("Brian O'Neil", "Brian O'Neil"),
        ("Ayşe-Nur Demir", "Ayşe-Nur Demir"),
        ("Jürgen Groß", "Jürgen Groß"),
        ("أحمد محمد", "أحمد محمد"),
        ("Иван Петров", "Иван Петров"),
        ("王小明", "王小明"),
        ("Ayşe\u200b Yılmaz\u202e", "Ayşe Yılmaz"),
        ("Ad: Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("Ad soyad: Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("ADI SOYADI : Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("Adı: Ayşe\nSoyadı: Yılmaz", "Ayşe Yılmaz"),
        ("Adım Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("benim adım Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("İsmim Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("ismim Ayşe soyismim Yılmaz", "Ayşe Yılmaz"),
        ("Adı Ayşe, soyadı Yılmaz", "Ayşe Yılmaz"),
        ("Ad Soyad Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("Ad Soyad; Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("İsim Soyisim - Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("Merhaba, adım Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("“Ayşe Yılmaz”", "Ayşe Yılmaz"),
        ("Ayşe Yılmaz - Öztürk", "Ayşe Yılmaz - Öztürk"),
        ("Müşteri: Ayşe Yılmaz,", "Ayşe Yılmaz"),
        ("Adil Soylu", "Adil Soylu"),
        ("Mehmet Yok", "Mehmet Yok"),
    ],
)
def test_a_name_is_taken_as_typed_without_its_label(text: str, value: str) -> None:
    assert PERSON.understand(text, {}) == Accepted(value)


@pytest.mark.parametrize(
    ("text", "reason", "guess"),
    [
        ("yok", "name-not-an-answer", None),
        ("-", "name-not-an-answer", None),
        ("Merhaba", "name-not-an-answer", None),
        ("Ad Soyad:", "name-not-an-answer", None),
        ("Yetkili yok", "name-not-an-answer", None),
        ("ismini bilmiyorum ki", "name-not-an-answer", None),
        ("Ayşe", "name-needs-surname", None),
        ("Ad: Ayşe", "name-needs-surname", None),
        ("ayse@x.com", "name-not-a-name", None),
        ("www.ayse.com", "name-not-a-name", None),
        ("0530 123 12 12", "name-digits", None),
        ("Ayşe Yılmaz 05301231212", "name-digits", None),
        ("😊", "name-no-letters", None),
        ("", "name-not-an-answer", None),
        ("Ayşe Yılmaz 😊", "name-symbols", "Ayşe Yılmaz"),
        ("Ayşe Yılmaz?", "name-symbols", "Ayşe Yılmaz"),
        ("Ne?", "name-not-an-answer", None),
        ("Kim?", "name-symbols", None),
        ("a b", "name-too-short", None),
        ("Ayşe " * 30, "name-too-long", None),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(text: str, reason: str, guess: str | None) -> None:
    outcome = PERSON.understand(text, {})
    assert isinstance(outcome, Refused)
    assert (outcome.reason.id, outcome.guess) == (reason, guess)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Test Bayi", "Test Bayi"),
        ("3M", "3M"),
        ("Yıldız Isı  A.Ş.", "Yıldız Isı A.Ş."),
        ("Firma: Yıldız Ltd. Şti.", "Yıldız Ltd. Şti."),
        ("Bayi adı: Test Bayi", "Test Bayi"),
        ("Ticari ünvanı: Test Bayi", "Test Bayi"),
        ("Yok Artık Kafe", "Yok Artık Kafe"),
        ("Çelik & Oğulları", "Çelik & Oğulları"),
        ("Geri Dönüşüm A.Ş.", "Geri Dönüşüm A.Ş."),
        ("n11.com", "n11.com"),
        ("444 Usta Servis", "444 Usta Servis"),
        ("Arçelik®", "Arçelik®"),
        ("(Özel) Yapı", "(Özel) Yapı"),
    ],
)
def test_a_company_is_taken_as_typed_without_its_label(text: str, value: str) -> None:
    assert COMPANY.understand(text, {}) == Accepted(value)


@pytest.mark.parametrize(
    ("text", "reason", "guess"),
    [
        ("hayır", "company-not-an-answer", None),
        ("Firma: yok", "company-not-an-answer", None),
        ("firmam yok", "company-not-an-answer", None),
        ("Firma", "company-not-an-answer", None),
        ("adını hatırlamıyorum", "company-not-an-answer", None),
        ("info@firma.com", "company-not-a-name", None),
        ("https://firma.com", "company-not-a-name", None),
        ("Tel: 0216 555 12 34", "company-not-a-name", None),
        ("12345", "company-no-letters", None),
        ("Demir 🔥", "company-symbols", "Demir"),
        ("A 🔥", "company-symbols", None),
        ("A", "company-too-short", None),
        ("A" * 151, "company-too-long", None),
    ],
)
def test_what_is_no_company_is_refused_with_its_reason(text: str, reason: str, guess: str | None) -> None:
    outcome = COMPANY.understand(text, {})
    assert isinstance(outcome, Refused)
    assert (outcome.reason.id, outcome.guess) == (reason, guess)


@pytest.mark.parametrize("kind", [PERSON, COMPANY])
def test_a_name_is_shown_and_sent_as_it_is_and_never_inferred(kind: PersonName | CompanyName) -> None:
    assert kind.show("Ayşe Yılmaz") == kind.sent("Ayşe Yılmaz") == "Ayşe Yılmaz"
    assert kind.infer({}) is None


@pytest.mark.parametrize("text", ["ad:" * 1365, "adım " * 819, " " * 4096, "soyad: " * 585, ":" * 4096])
def test_a_long_text_is_read_in_no_time(text: str) -> None:
    for kind in (PERSON, COMPANY):
        assert cpu_seconds(partial(kind.understand, text, {})) < 0.05


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=4096), TRICKY))
def test_no_text_breaks_it_and_what_is_accepted_is_stable(text: str) -> None:
    for kind, (shortest, longest) in ((PERSON, (3, 100)), (COMPANY, (2, 150))):
        outcome = kind.understand(text, {})
        if isinstance(outcome, Accepted):
            assert shortest <= len(str(outcome.value)) <= longest
            assert str(outcome.value).isprintable()
            assert kind.understand(kind.show(outcome.value), {}) == outcome
        elif isinstance(outcome, Refused) and outcome.guess is not None:
            assert kind.understand(outcome.guess, {}) == Accepted(outcome.guess)


def test_labels_without_end_cost_no_more_than_reading_them() -> None:
    text = ("firma: " * 4096)[:4096]
    assert isinstance(CompanyName().understand(text, {}), Refused)
    assert cpu_ms(lambda typed: CompanyName().understand(typed, {}), text) < BOUND_MS
