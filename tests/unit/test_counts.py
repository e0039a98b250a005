"""The number of devices, alone and against the serial numbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.answers.counts import DeviceCount
from conversations.answers.outcome import Accepted, Ambiguous, Refused
from conversations.words import Words
from tests.timing import cpu_seconds

KIND = DeviceCount()
THREE = {"ProductSerialNumberList": ("99958", "99959", "99960")}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2),
        (" 2 ", 2),
        ("２", 2),
        ("٢", 2),
        ("2.", 2),
        ("02", 2),
        ("+2", 2),
        ("x2", 2),
        ("2x", 2),
        ("iki", 2),
        ("İKİ", 2),
        ("2 cihaz", 2),
        ("2cihaz", 2),
        ("2 adet", 2),
        ("iki tane", 2),
        ("ikitane", 2),
        ("bi tane", 1),
        ("iki adet kazan devreye alınacaktır", 2),
        ("toplam 2 kombi var", 2),
        ("2 (iki) adet", 2),
        ("Cihaz sayısı: 2", 2),
        ("two", 2),
        ("bir", 1),
        ("Tek cihaz", 1),
        ("üç", 3),
        ("dört", 4),
        ("altı", 6),
        ("ON", 10),
        ("ten devices", 10),
        ("on iki", 12),
        ("oniki", 12),
        ("yirmi", 20),
        ("50", 50),
    ],
)
def test_a_count_in_digits_or_words_is_taken(text: str, value: int) -> None:
    assert KIND.understand(text, {}) == Accepted(value)


@pytest.mark.parametrize(
    ("text", "reason", "guess"),
    [
        ("yok", "count-not-an-answer", None),
        ("çok", "count-no-number", None),
        ("", "count-not-an-answer", None),
        ("0", "count-too-few", None),
        ("sıfır", "count-too-few", None),
        ("-1", "count-too-few", None),
        ("eksi 2", "count-too-few", None),
        ("1,5", "count-not-whole", None),
        ("1.5", "count-not-whole", None),
        ("bir buçuk", "count-not-whole", None),
        ("51", "count-too-many", None),
        ("9" * 4096, "count-unclear", None),
        ("9" * 20, "count-too-many", None),
        ("2-3", "count-unclear", None),
        ("iki üç", "count-unclear", None),
        ("2 kombi 1 kazan", "count-unclear", None),
        ("1 kombi 1 kazan", "count-unclear", None),
        ("bir kombi 1 kazan", "count-unclear", None),
        ("1+1", "count-unclear", None),
        ("2 hocam", "count-unclear", "2"),
        ("2 cihaz mı?", "count-unclear", "2"),
    ],
)
def test_what_is_no_count_is_refused_with_its_reason(text: str, reason: str, guess: str | None) -> None:
    outcome = KIND.understand(text, {})
    assert isinstance(outcome, Refused)
    assert (outcome.reason.id, outcome.guess) == (reason, guess)


def test_a_count_that_agrees_with_the_serials_is_taken() -> None:
    assert KIND.understand("3", THREE) == Accepted(3)
    assert KIND.understand("3", {"ProductSerialNumberList": ()}) == Accepted(3)
    assert DeviceCount("Other").understand("2", THREE) == Accepted(2)


def test_a_count_that_differs_from_the_serials_is_asked_about() -> None:
    outcome = KIND.understand("2", THREE)
    assert isinstance(outcome, Ambiguous)
    assert outcome.question == Words("count-differs", {"serials": 3, "devices": 2})
    assert [(c.value, c.label) for c in outcome.candidates] == [
        (3, Words("choice-count", {"n": 3})),
        (2, Words("choice-count", {"n": 2})),
    ]
    assert outcome.said == 2


def test_one_serial_means_one_device_and_more_leave_it_open() -> None:
    assert KIND.infer({"ProductSerialNumberList": ("99958",)}) == 1
    assert KIND.infer(THREE) is None
    assert KIND.infer({}) is None


def test_a_count_is_sent_as_an_integer() -> None:
    assert KIND.sent(2) == 2
    assert KIND.sent("2") == "2"
    assert KIND.show(2) == "2"


@pytest.mark.parametrize("text", ["1 " * 2048, "iki " * 1024, "eksi " * 819, " " * 4096, "-" * 4096])
def test_a_long_text_is_read_in_no_time(text: str) -> None:
    assert cpu_seconds(lambda: KIND.understand(text, {})) < 0.05


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=4096), st.text(alphabet="0123456789-.,ikübrx onadet", max_size=20)))
def test_no_text_breaks_it_and_what_is_accepted_is_stable(text: str) -> None:
    outcome = KIND.understand(text, {})
    if isinstance(outcome, Accepted):
        assert isinstance(outcome.value, int)
        assert 1 <= outcome.value <= 50
        assert KIND.understand(KIND.show(outcome.value), {}) == outcome
