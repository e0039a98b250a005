"""E-mail addresses: the right ones, and the slips that are repaired."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.answers.emails import EmailAddress
from conversations.answers.outcome import Accepted, Ambiguous, Refused
from tests.timing import cpu_seconds

KIND = EmailAddress()
LICRUS_FORM = re.compile(r"[!-~]{1,64}@[a-z0-9.-]+\.[a-z0-9-]{2,}")
TRICKY = st.text(alphabet="ayseAYŞEıi@@@..,,gmailcotrhn ()<>_-+'\n\u200b1", max_size=60)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ayse.yilmaz@ornek.com", "ayse.yilmaz@ornek.com"),
        ("customerEmail@customer.com", "customerEmail@customer.com"),
        ("Ayse@GMAIL.COM", "Ayse@gmail.com"),
        ("ayse+kombi@gmail.com", "ayse+kombi@gmail.com"),
        ("_ayse_@ornek.com", "_ayse_@ornek.com"),
        ("E-posta: x@y.com", "x@y.com"),
        ("mailim x@y.com", "x@y.com"),
        ("mailto:x@y.com", "x@y.com"),
        ("<x@y.com>", "x@y.com"),
        ('"x@y.com"', "x@y.com"),
        ("x@y.com.", "x@y.com"),
        ("x@y.com,", "x@y.com"),
        ("x@y.com'dur", "x@y.com"),
        ("x@y.com x@y.com", "x@y.com"),
        ("x@firma.com.tr", "x@firma.com.tr"),
        ("x@firma.co", "x@firma.co"),
        ("x@hotmail.com.tr", "x@hotmail.com.tr"),
        ("x@hotmail.fr", "x@hotmail.fr"),
        ("x@yahoo.com.tr", "x@yahoo.com.tr"),
        ("x@yahoo.co.uk", "x@yahoo.co.uk"),
        ("x@yandex.ru", "x@yandex.ru"),
        ("x@mail.com", "x@mail.com"),
        ("ａｙｓｅ＠ｏｒｎｅｋ．ｃｏｍ", "ayse@ornek.com"),
        ("x\u200b@y.com\u202c", "x@y.com"),
    ],
)
def test_a_right_address_is_taken(text: str, value: str) -> None:
    assert KIND.understand(text, {}) == Accepted(value)


@pytest.mark.parametrize(
    ("text", "reason", "guess"),
    [
        ("ayse.yilmaz@gmail", "email-incomplete", "ayse.yilmaz@gmail.com"),
        ("e-posta adresim: ayse@gmail", "email-incomplete", "ayse@gmail.com"),
        ("ayse@gmailcom", "email-incomplete", "ayse@gmail.com"),
        ("ayse@firma", "email-incomplete", None),
        ("ayse@gmial.com", "email-typo", "ayse@gmail.com"),
        ("ayse@gmail.con", "email-typo", "ayse@gmail.com"),
        ("ayse@gmail.comm", "email-typo", "ayse@gmail.com"),
        ("ayse@gmail.com.tr", "email-typo", "ayse@gmail.com"),
        ("ayse@hotmial.com", "email-typo", "ayse@hotmail.com"),
        ("ayse@hotmail.co", "email-typo", "ayse@hotmail.com"),
        ("www.ayse@gmail.con", "email-typo", "ayse@gmail.com"),
        ("ayse et gmail nokta com", "email-no-at", "ayse@gmail.com"),
        ("!@0.AA", "email-not-an-email", None),
        ("ayse@firma.con", "email-typo", "ayse@firma.com"),
        ("ayse@gmail,com", "email-incomplete", "ayse@gmail.com"),
        ("ayse @ gmail.com", "email-not-an-email", "ayse@gmail.com"),
        ("ayse@gmail .com", "email-incomplete", "ayse@gmail.com"),
        ("ayse..y@gmail.com", "email-not-an-email", "ayse.y@gmail.com"),
        ("ayse(at)gmail.com", "email-no-at", "ayse@gmail.com"),
        ("ayse at gmail dot com", "email-no-at", "ayse@gmail.com"),
        ("ayse.yilmazgmail.com", "email-no-at", "ayse.yilmaz@gmail.com"),
        ("gmail.com", "email-no-at", None),
        ("ayşe@gmail.com", "email-letters", "ayse@gmail.com"),
        ("AYŞE@GMAİL.COM", "email-letters", "AYSE@gmail.com"),
        ("x@bücher.de", "email-letters", "x@bucher.de"),
        ("иван@mail.ru", "email-letters", None),
        ("ayse@firma.local", "email-not-an-email", None),
        ("x@xn--bcher-kva.de", "email-not-an-email", None),
        ("a@b@c.com", "email-not-an-email", None),
        ("ayse", "email-no-at", None),
        ("yok", "email-not-an-answer", None),
        ("a" * 65 + "@x.com", "email-not-an-email", None),
        ("a" * 300, "email-too-long", None),
        ("x@" + "a." * 130 + "com", "email-not-an-email", None),
    ],
)
def test_a_slip_is_refused_with_the_repaired_address(text: str, reason: str, guess: str | None) -> None:
    outcome = KIND.understand(text, {})
    assert isinstance(outcome, Refused)
    assert (outcome.reason.id, outcome.guess) == (reason, guess)


@pytest.mark.parametrize(
    ("text", "question", "values"),
    [
        ("a@b.com c@d.com", "email-several", ["a@b.com", "c@d.com"]),
        ("a@b.com veya ç@d.com", "email-several", ["a@b.com"]),
        ("ayse yilmaz@gmail.com", "email-words", ["yilmaz@gmail.com", "ayseyilmaz@gmail.com"]),
        ("Ayşe Yılmaz <ayse@x.com>", "email-words", ["ayse@x.com"]),
        ("ayse@x.com Ayşe", "email-words", ["ayse@x.com"]),
        ("www.ayse@x.com", "email-words", ["ayse@x.com", "www.ayse@x.com"]),
        ("ayse@x.com ali @ y.com", "email-words", ["ayse@x.com"]),
    ],
)
def test_more_than_one_reading_is_asked_about(text: str, question: str, values: list[str]) -> None:
    outcome = KIND.understand(text, {})
    assert isinstance(outcome, Ambiguous)
    assert outcome.question.id == question
    assert [candidate.value for candidate in outcome.candidates] == values


def test_an_address_is_shown_and_sent_as_it_is_and_never_inferred() -> None:
    assert KIND.show("x@y.com") == KIND.sent("x@y.com") == "x@y.com"
    assert KIND.infer({}) is None


@pytest.mark.parametrize("text", ["a" * 4096, "a@" * 2048, "@" * 4096, "." * 4096 + "a", " ." * 2048, "a@b.c " * 680])
def test_a_long_text_is_read_in_no_time(text: str) -> None:
    assert cpu_seconds(lambda: KIND.understand(text, {})) < 0.05


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=4096), TRICKY, st.emails()))
def test_no_text_breaks_it_and_what_is_accepted_is_stable(text: str) -> None:
    outcome = KIND.understand(text, {})
    if isinstance(outcome, Accepted):
        assert LICRUS_FORM.fullmatch(str(outcome.value))
        assert len(str(outcome.value)) <= 254
        assert KIND.understand(KIND.show(outcome.value), {}) == outcome
    elif isinstance(outcome, Refused) and outcome.guess is not None:
        assert isinstance(KIND.understand(outcome.guess, {}), Accepted)
