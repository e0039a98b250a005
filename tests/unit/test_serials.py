"""Serial numbers: lists, ranges, and what is none."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.answers.outcome import Accepted, Ambiguous, Refused
from conversations.answers.serials import SerialNumbers
from conversations.words import Words
from tests.timing import cpu_seconds

KIND = SerialNumbers()
LICRUS_FORM = re.compile(r"[A-Z0-9](?:[A-Z0-9]|[-._/](?=[A-Z0-9])){2,39}")
TRICKY = st.text(alphabet="0123459AbiıİŞsSnN/-–.,;: \n'()→~denkadarveil", max_size=50)


@pytest.mark.parametrize(
    "text",
    [
        "99958,99959",
        "99958, 99959",
        "99958 99959",
        "99958\n99959",
        "99958;99959",
        "99958 ve 99959",
        "99958 ile 99959",
        "99958 & 99959",
        "99958 + 99959",
        "99958/99959",
        "99958 | 99959",
        "• 99958\n• 99959",
        "- 99958\n- 99959",
        "* 99958\n* 99959",
        "1) 99958\n2) 99959",
        "1. 99958\n2. 99959",
        "1.99958\n2.99959",
        "1- 99958\n2- 99959",
        "1) 99958 2) 99959",
        "S/N: 99958, 99959",
        "S/N 99958\nS/N 99959",
        "SN: 99958 SN: 99959",
        "S.N. 99958, 99959",
        "Seri No: 99958, 99959",
        "SERİ NO: 99958 , 99959.",
        "seri numaraları 99958 ve 99959",
        "Seri No.99958, No.99959",
        "serino99958 serino99959",
        "seri no 1: 99958 seri no 2: 99959",
        "İç ünite: 99958 Dış ünite: 99959",
        "1. cihaz 99958, 2. cihaz 99959",
        "2 adet: 99958, 99959",
        "99958 (iç), 99959 (dış)",
        "９９９５８，９９９５９",
        "９９９５８、９９９５９",
        "٩٩٩٥٨ ٩٩٩٥٩",
        "99958\u200b, 99959",
        "99958'dir, 99959'dur",
        "99958.\n99959.",
        "1 99958\n2 99959",
        "a) 99958\nb) 99959",
        "1️⃣ 99958\n2️⃣ 99959",
        "1. 99958 2. 99959",
        "1-) 99958 2-) 99959",
        "SN1: 99958\nSN2: 99959",
        "Seri no 1 99958 seri no 2 99959",
        "cihaz1 99958 cihaz2 99959",
        "Kombi 1 - 99958\nKombi 2 - 99959",
        "99958، 99959",
        "iki cihaz var: 99958 ve 99959",
    ],
)
def test_any_list_of_two_serials_is_the_same_two(text: str) -> None:
    assert KIND.understand(text, {}) == Accepted(("99958", "99959"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("99958", ("99958",)),
        ("99958 numaralı cihaz", ("99958",)),
        ("ab12i", ("AB12I",)),
        ("abı12İ", ("ABI12I",)),
        ("AB-1234-XY", ("AB-1234-XY",)),
        ("AB/1234", ("AB/1234",)),
        ("AB1.23", ("AB1.23",)),
        ("12345-1", ("12345-1",)),
        ("1001 1002 1003", ("1001", "1002", "1003")),
        ("1234, 5678, 9012", ("1234", "5678", "9012")),
        ("(01)08691234567890(21)99958", ("99958",)),
        ("99958dir", ("99958",)),
        ("99958 - 99960 - 99962", ("99958", "99960", "99962")),
        ("99958-99958-1", ("99958-99958-1",)),
        ("AB1-CD2", ("AB1-CD2",)),
    ],
)
def test_a_serial_keeps_its_form_in_upper_case(text: str, value: tuple[str, ...]) -> None:
    assert KIND.understand(text, {}) == Accepted(value)


def test_a_repeat_is_dropped_and_told() -> None:
    outcome = KIND.understand("99958, 99959, 99958", {})
    assert outcome == Accepted(("99958", "99959"), told=(Words("serial-repeated", {"text": "99958"}),))


@pytest.mark.parametrize(
    "text",
    [
        "99958 – 99960",
        "99958 -99960",
        "99958 -- 99960",
        "99958..99960",
        "99958 ... 99960",
        "99958~99960",
        "99958 → 99960",
        "99958'den 99960'ye kadar",
        "99958'den 99960'a kadar",
        "99958'den 99960'a",
        "99958 den başlayıp 99960 a kadar",
        "99958 ile 99960 arası",
        "99958 ila 99960",
        "S/N: 99958 - 99960",
    ],
)
def test_a_plain_range_is_shown_before_it_counts(text: str) -> None:
    outcome = KIND.understand(text, {})
    assert isinstance(outcome, Ambiguous)
    assert outcome.question.id == "serial-range"
    assert outcome.said == ("99958", "99959", "99960")
    assert [(c.value, c.label) for c in outcome.candidates] == [
        (("99958", "99959", "99960"), Words("serial-range-yes", {"n": 3}))
    ]


@pytest.mark.parametrize(
    ("text", "expanded", "one"),
    [
        ("99958-99960", ("99958", "99959", "99960"), ("99958-99960",)),
        ("99958–99960", ("99958", "99959", "99960"), ("99958-99960",)),
        ("99958-60", ("99958", "99959", "99960"), ("99958-60",)),
        ("ab098-ab100", ("AB098", "AB099", "AB100"), ("AB098-AB100",)),
        ("AB098-100", ("AB098", "AB099", "AB100"), ("AB098-100",)),
        ("3AB098-3AB100", ("3AB098", "3AB099", "3AB100"), ("3AB098-3AB100",)),
        ("999-1000", ("999", "1000"), ("999-1000",)),
        ("99950, 99958-99959", ("99950", "99958", "99959"), ("99950", "99958-99959")),
    ],
)
def test_a_dash_may_be_a_range_or_part_of_the_serial(
    text: str, expanded: tuple[str, ...], one: tuple[str, ...]
) -> None:
    outcome = KIND.understand(text, {})
    assert isinstance(outcome, Ambiguous)
    assert outcome.said == expanded
    assert [(c.value, c.label) for c in outcome.candidates] == [
        (expanded, Words("serial-range-yes", {"n": len(expanded)})),
        (one, Words("serial-range-one")),
    ]


@pytest.mark.parametrize(
    ("text", "question", "readings"),
    [
        ("4521-8890", "serial-dash", [("4521-8890",)]),
        ("AB 12345", "serial-words", [("AB12345",), ("12345",)]),
        ("AB - 12345", "serial-words", [("AB12345",), ("12345",)]),
        ("Ayşe 12345", "serial-words", [("12345",)]),
        ("ECODENSE WT 65 99958", "serial-words", [("99958",)]),
        ("Model: WT65\nSeri No: 99958", "serial-words", [("99958",)]),
        ("MODEL WT65 SERİ NO 99958 YIL 2023", "serial-words", [("99958",)]),
        ("SN: 99958 Tel: 0530 123 12 12", "serial-words", [("99958",)]),
        ("99958'den 5 tane", "serial-words", [("99958",)]),
        ("SN: 0020 1234 5678", "serial-one-or-more", [("002012345678",), ("0020", "1234", "5678")]),
        ("2023/0001", "serial-one-or-more", [("2023/0001",), ("2023", "0001")]),
        ("99958-99959-99960", "serial-one-or-more", [("99958-99959-99960",), ("99958", "99959", "99960")]),
        ("1.234.567, 2.345.678", "serial-dots", [("1.234.567", "2.345.678"), ("1234567", "2345678")]),
        ("99.958", "serial-dots", [("99.958",), ("99958",)]),
        ("2023/12345", "serial-one-or-more", [("2023/12345",), ("2023", "12345")]),
        ("99958/59", "serial-one-or-more", [("99958/59",), ("99958", "99959")]),
        ("99958.99959", "serial-one-or-more", [("99958.99959",), ("99958", "99959")]),
        ("SN-99958", "serial-label", [("99958",), ("SN-99958",)]),
        ("05301231212", "serial-maybe-phone", [("05301231212",)]),
    ],
)
def test_what_may_be_read_in_two_ways_is_asked_about(text: str, question: str, readings: list[tuple[str, ...]]) -> None:
    outcome = KIND.understand(text, {})
    assert isinstance(outcome, Ambiguous)
    assert outcome.question.id == question
    assert [candidate.value for candidate in outcome.candidates] == readings


@pytest.mark.parametrize(
    ("text", "reason", "guess"),
    [
        ("bilmiyorum", "serial-not-an-answer", None),
        ("fotoğraf attım", "serial-none", None),
        ("", "serial-not-an-answer", None),
        ("seri no", "serial-none", None),
        ("ayse1@x.com", "serial-not-a-serial", None),
        ("https://x.com/12345", "serial-not-a-serial", None),
        ("0530 123 12 12", "serial-phone", None),
        ("Tel: +90 530 123 12 12", "serial-phone", None),
        ("12.05.2024", "serial-date", None),
        ("99958, 2024-05-12", "serial-date", None),
        ("AŞ1234", "serial-letters", "AS1234"),
        ("Ж1234", "serial-odd", None),
        ("ß1234", "serial-odd", None),
        ("99--958/", "serial-range-unclear", None),
        ("12__34", "serial-odd", None),
        ("12", "serial-too-short", None),
        ("99958, 12", "serial-too-short", None),
        ("WT 65", "serial-none", None),
        ("12 34 56", "serial-too-short", "123456"),
        ("99958 12", "serial-too-short", None),
        ("999\n12", "serial-too-short", None),
        ("1" * 41, "serial-too-long", None),
        (" ".join(str(n) for n in range(1000, 1051)), "serial-too-many", None),
        ("100-140, 200-240", "serial-too-many", None),
        ("99000-99999", "serial-range-too-many", None),
        ("99000 - 99999", "serial-range-too-many", None),
        ("99962-99958", "serial-range-reversed", None),
        ("99962 - 99958", "serial-range-reversed", None),
        ("99958..AB12", "serial-range-unclear", None),
        ("99958..99959..99960", "serial-range-unclear", None),
        ("1..9", "serial-range-unclear", None),
    ],
)
def test_what_is_no_serial_is_refused_with_its_reason(text: str, reason: str, guess: str | None) -> None:
    outcome = KIND.understand(text, {})
    assert isinstance(outcome, Refused)
    assert (outcome.reason.id, outcome.guess) == (reason, guess)


def test_fifty_serials_are_the_most() -> None:
    outcome = KIND.understand(" ".join(str(n) for n in range(1000, 1050)), {})
    assert isinstance(outcome, Accepted)
    assert len(KIND.show(outcome.value).split(", ")) == 50


def test_it_is_shown_with_spaces_and_sent_without() -> None:
    assert KIND.show(("99958", "99959")) == "99958, 99959"
    assert KIND.sent(("99958", "99959")) == "99958,99959"
    assert KIND.sent("99958") == "99958"
    assert KIND.infer({}) is None


@pytest.mark.parametrize(
    "text",
    [
        "den " * 1024,
        "aden 1111 " * 400,
        "1-" * 2048,
        "- " * 2048,
        " " * 4095 + "1",
        "1." * 2048,
        "s/" * 2048,
        "100-149 " * 512,
    ],
)
def test_a_long_text_is_read_in_no_time(text: str) -> None:
    assert cpu_seconds(lambda: KIND.understand(text, {})) < 0.05


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=4096), TRICKY))
def test_no_text_breaks_it_and_what_is_accepted_is_stable(text: str) -> None:
    outcome = KIND.understand(text, {})
    if isinstance(outcome, Accepted):
        assert isinstance(outcome.value, tuple)
        assert 1 <= len(outcome.value) <= 50
        assert all(LICRUS_FORM.fullmatch(serial) for serial in outcome.value)
        assert KIND.understand(KIND.show(outcome.value), {}) == Accepted(outcome.value)
        assert KIND.understand(str(KIND.sent(outcome.value)), {}) == Accepted(outcome.value)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.from_regex(r"[A-Z]{2}[0-9]{4,9}", fullmatch=True), min_size=1, max_size=8, unique=True).filter(
        lambda serials: not any(serial.startswith("SN") for serial in serials)
    ),
    st.sampled_from([",", " ", "\n", "; ", " ve ", " & ", "\n- "]),
)
def test_any_separator_gives_the_same_list(serials: list[str], separator: str) -> None:
    assert KIND.understand(separator.join(serials).lower(), {}) == Accepted(tuple(serials))
