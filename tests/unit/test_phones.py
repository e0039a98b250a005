"""Telephone numbers: what is taken, what is asked about, what is refused and why."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.answers.outcome import Accepted, Ambiguous, Outcome, Refused
from conversations.answers.phones import MobilePhone, OfficePhone, is_only_phone, shown
from tests.timing import cpu_seconds

MOBILE, OFFICE = MobilePhone(), OfficePhone()
LICRUS_FORM = re.compile(r"\d{10}|444\d{4}|\+[1-9]\d{6,14}")
TRICKY = st.text(alphabet="0123456789+()-./ ,\nOolIxdahiltelveç٠٥３０\u200b\u202a@:#", max_size=60)


def values(outcome: Outcome) -> list[object]:
    assert isinstance(outcome, Ambiguous)
    return [candidate.value for candidate in outcome.candidates]


@pytest.mark.parametrize(
    "text",
    """0530 123 12 12|5301231212|05301231212|+90(530)1231212|+905301231212|00905301231212|905301231212|0 530-123.12.12
    |tel:05301231212|tel:+90-530-123-12-12|Tel: 0530 123 12 12|Cep no: 0530 123 12 12|GSM 0530 1231212
    |Tel 1: 0530 123 12 12
    |numaram 0530 123 12 12 teşekkürler|+90 0530 123 12 12|0090 0530 123 12 12|0 90 530 123 12 12|+0090 530 123 12 12
    |５３０１２３１２１２|٠٥٣٠١٢٣١٢١٢|＋９０ ５３０ １２３ １２ １２|(0530) 123 12 12|0(530)123-12-12|0530/123/12/12
    |1) 0530 123 12 12
    |0 5 3 0 1 2 3 1 2 1 2|\u202a+90 530 123 12 12\u202c|0530\u200b1231212|0530\u00a0123\u00a012\u00a012|05301231212.
    |https://wa.me/905301231212|0530 123 12 12 / 0530 123 12 12|0530 123 12 12 a@b.com|0️⃣5️⃣3️⃣0️⃣1️⃣2️⃣3️⃣1️⃣2️⃣1️⃣2️⃣
    |+0530 123 12 12
    |0530 123 12 12'dir|(0)530 123 12 12|☎️ 0530 123 12 12""".replace("\n    ", "").split("|"),
)
def test_any_spelling_of_a_mobile_number_is_the_same_ten_digits(text: str) -> None:
    assert MOBILE.understand(text, {}) == Accepted("5301231212")
    assert OFFICE.understand(text, {}) == Accepted("5301231212")


@pytest.mark.parametrize(
    ("text", "value", "shows"),
    [
        ("0216 555 12 34", "2165551234", "0216 555 12 34"),
        ("0216/555 12 34", "2165551234", "0216 555 12 34"),
        ("0 (212) 555-12-34", "2125551234", "0212 555 12 34"),
        ("0392 123 45 67", "3921234567", "0392 123 45 67"),
        ("444 12 34", "4441234", "444 1 234"),
        ("444 1 234", "4441234", "444 1 234"),
        ("+90 444 1 234", "4441234", "444 1 234"),
        ("0850 123 45 67", "8501234567", "0850 123 45 67"),
        ("0800 123 45 67", "8001234567", "0800 123 45 67"),
        ("+49 30 123456", "+4930123456", "+49 30 123456"),
    ],
)
def test_an_office_takes_land_lines_and_service_numbers(text: str, value: str, shows: str) -> None:
    assert OFFICE.understand(text, {}) == Accepted(value)
    assert OFFICE.show(value) == shows
    assert OFFICE.sent(value) == value
    assert isinstance(MOBILE.understand(text, {}), Refused)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+49 1512 3456789", "+4915123456789"),
        ("0049 1512 3456789", "+4915123456789"),
        ("+44 7911 123456", "+447911123456"),
        ("+1 212 555 0123", "+12125550123"),
        ("+45 20 12 34 56", "+4520123456"),
        ("+994 50 123 45 67", "+994501234567"),
    ],
)
def test_a_foreign_number_with_its_plus_is_kept_in_e164(text: str, value: str) -> None:
    assert MOBILE.understand(text, {}) == Accepted(value)


@pytest.mark.parametrize(
    ("text", "reason", "guess"),
    [
        ("0216 555 12 34", "phone-landline", None),
        ("+49 30 123456", "phone-landline", None),
        ("444 12 34", "phone-not-mobile", None),
        ("0850 123 45 67", "phone-not-mobile", None),
        ("0216 555 12 34 dahili 12", "phone-landline", None),
        ("0530 123 12 1", "phone-too-short", None),
        ("555 12 34", "phone-too-short", None),
        ("112", "phone-too-short", None),
        ("+90 530 123 12 1", "phone-too-short", None),
        ("90 530 123 12 1", "phone-too-short", None),
        ("+90 530 123 12 123", "phone-too-long", None),
        ("1)", "phone-too-short", None),
        ("0530 123 12 123", "phone-too-long", None),
        ("53012312123", "phone-too-long", None),
        ("1" * 4096, "phone-too-long", None),
        ("4915123456789", "phone-too-long", None),
        ("0599 123 12 12", "phone-unassigned", None),
        ("+49 1", "phone-too-short", None),
        ("+49 000 0000 00", "phone-foreign-unknown", None),
        ("008010000", "phone-foreign-unknown", None),
        ("12345678901", "phone-identity", None),
        ("TC 10000000146", "phone-identity", None),
        ("12.05.1990", "phone-date", None),
        ("1990-05-12", "phone-date", None),
        ("O53O 123 12 12", "phone-letters", "0530 123 12 12"),
        ("053012312l2", "phone-letters", "0530 123 12 12"),
        ("O216 555 l2 34", "phone-letters", None),
        ("5301231212O", "phone-too-long", None),
        ("yok", "phone-not-an-answer", None),
        ("-", "phone-not-an-answer", None),
        ("numaramı vermem", "phone-not-a-number", None),
        ("", "phone-not-an-answer", None),
        ("ali5301231212@gmail.com", "phone-not-a-number", None),
        ("0530 *** 12 12", "phone-too-short", None),
    ],
)
def test_a_mobile_field_says_why_it_refuses(text: str, reason: str, guess: str | None) -> None:
    outcome = MOBILE.understand(text, {})
    assert isinstance(outcome, Refused)
    assert (outcome.reason.id, outcome.guess) == (reason, guess)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("555 12 34", "phone-area-code"), ("0900 123 45 67", "phone-premium"), ("5551", "phone-too-short")],
)
def test_an_office_field_says_why_it_refuses(text: str, reason: str) -> None:
    outcome = OFFICE.understand(text, {})
    assert isinstance(outcome, Refused)
    assert outcome.reason.id == reason


@pytest.mark.parametrize(
    "text",
    """0216 555 12 34 dahili 12|0216 555 12 34/12|0216 555 12 34 x12|0216 555 12 34 ext. 12|0216 555 12 34 (12)
    |02165551234 #12|tel:+902165551234;ext=12|0216 555 12 34 - 12|0216 555 12 34 dah:12""".replace("\n    ", "").split(
        "|"
    ),
)
def test_an_extension_is_never_dropped_in_silence(text: str) -> None:
    outcome = OFFICE.understand(text, {})
    assert values(outcome) == ["2165551234"]
    assert isinstance(outcome, Ambiguous)
    assert outcome.question.id == "phone-extension"
    assert outcome.question.args == {"number": "0216 555 12 34", "extension": "12"}


@pytest.mark.parametrize(
    ("text", "mobile"),
    [
        ("0530 123 12 12 / 0532 111 22 33", ["5301231212", "5321112233"]),
        ("0530 123 12 12 0532 111 22 33", ["5301231212", "5321112233"]),
        ("0530 123 12 12\n+49 1512 3456789", ["5301231212", "+4915123456789"]),
        ("cep 0530 123 12 12, iş 0216 555 12 34", ["5301231212"]),
        ("0530 123 12 12 değil 0532 111 22 33", ["5301231212", "5321112233"]),
        ("0530 123 12 12 değil", ["5301231212"]),
        ("+5301231212", ["5301231212"]),
        ("00530 123 12 12", ["5301231212"]),
        ("+90 + 530 123 12 12", ["5301231212"]),
        ("2 numaram var 0530 123 12 12", ["5301231212"]),
        ("0530 123 12 12 5", ["5301231212"]),
        (" ".join(f"053{n} 123 12 12" for n in range(7)), ["5301231212", "5311231212", "5321231212", "5331231212"]),
    ],
)
def test_more_than_one_reading_is_asked_about(text: str, mobile: list[str]) -> None:
    assert values(MOBILE.understand(text, {})) == mobile


def test_two_land_lines_are_refused_by_a_mobile_field() -> None:
    outcome = MOBILE.understand("0216 555 12 34, 0216 555 12 35", {})
    assert isinstance(outcome, Refused)
    assert outcome.reason.id == "phone-landline"


def test_only_a_number_with_its_label_is_only_a_phone() -> None:
    assert is_only_phone("Tel: 0530 123 12 12")
    assert not is_only_phone("Usta 0530 123 12 12")
    assert not is_only_phone("0530")
    assert not is_only_phone("9" * 200)


def test_a_phone_is_never_inferred_and_a_broken_value_is_still_shown() -> None:
    assert MOBILE.infer({}) is None
    assert OFFICE.infer({}) is None
    assert MOBILE.show("5301231212") == "0530 123 12 12"
    assert MOBILE.sent("5301231212") == "5301231212"
    assert shown("+") == "+"


@pytest.mark.parametrize(
    "text", ["1 " * 2048, "0530 123 12 12 " * 270, "o" * 4096, "+" * 4096, "0|" * 2048, "x@" * 2048]
)
def test_a_long_text_is_read_in_no_time(text: str) -> None:
    OFFICE.understand("+49 1512 3456789", {})
    assert cpu_seconds(lambda: OFFICE.understand(text, {})) < 0.05


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=4096), TRICKY))
def test_no_text_breaks_it_and_what_is_accepted_is_stable(text: str) -> None:
    for kind in (MOBILE, OFFICE):
        outcome = kind.understand(text, {})
        if isinstance(outcome, Accepted):
            assert LICRUS_FORM.fullmatch(str(kind.sent(outcome.value)))
            assert kind.understand(kind.show(outcome.value), {}) == outcome
            assert kind.understand(str(kind.sent(outcome.value)), {}) == outcome


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**7 - 1), st.sampled_from(["", "0", "+90", "0090", "90", "+90 0", "Tel: 0"]), st.data())
def test_separators_change_nothing(line: int, prefix: str, data: st.DataObject) -> None:
    digits = f"530{line:07d}"
    parts = [digit + data.draw(st.sampled_from(["", " ", "-", ".", "  "])) for digit in digits[:-1]] + [digits[-1]]
    assert MOBILE.understand(prefix + "".join(parts), {}) == Accepted(digits)
