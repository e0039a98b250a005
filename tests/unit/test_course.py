"""What came of each question: noted by ids alone, and counted once for each draft."""

import re

import pytest

from conversations.course import MOST_OUTCOMES, tally
from conversations.events import Settled
from tests.talking import CUSTOMER, DEALER, Talk


def talk_of(*texts: str) -> Talk:
    talk = Talk()
    talk.say(*texts)
    return talk


def course(talk: Talk) -> dict[str, tuple[str, ...]]:
    assert talk.draft is not None
    return talk.draft.course


def counted(talk: Talk, *, over: bool = False) -> set[tuple[str, str]]:
    assert talk.draft is not None
    pairs = list(tally(talk.draft, over=over))
    assert len(pairs) == len(set(pairs))
    return set(pairs)


def of(talk: Talk, question: str, *, over: bool = False) -> set[str]:
    return {outcome for about, outcome in counted(talk, over=over) if about == question}


def test_a_question_that_was_asked_and_not_answered_has_no_outcome_yet() -> None:
    assert course(talk_of("/start")) == {"Role": ()}


def test_answers_at_the_first_try_skips_and_the_confirmation_are_noted() -> None:
    talk = talk_of(*CUSTOMER, "onayla")
    noted = course(talk)
    assert noted["CustomerFullName"] == ("answered",)
    assert noted["CustomerEmail"] == noted["DealerDetails"] == noted["ExtraDetails"] == ("skipped",)
    assert noted["summary"] == ("answered",)
    assert of(talk, "") == {"begun", "confirmed"}
    assert of(talk, "CustomerFullName") == {"asked", "first"}


def test_a_refusal_is_noted_by_its_reason_and_the_answer_is_then_a_later_one() -> None:
    talk = talk_of(*CUSTOMER[:5], "0216 555 12 34", "0216 555 12 35", "0530 123 12 12")
    reason = course(talk)["CustomerMobilePhone"][0]
    assert reason.startswith("refused:phone")
    assert course(talk)["CustomerMobilePhone"] == (reason, reason, "answered")
    assert of(talk, "CustomerMobilePhone") == {"asked", "later", "refused", "stuck", reason}


def test_what_is_needed_and_skipped_is_a_refusal() -> None:
    assert course(talk_of(*CUSTOMER[:4], "atla"))["CustomerFullName"] == ("refused:needed",)


def test_a_question_back_is_noted_and_what_is_picked_is_the_answer() -> None:
    talk = talk_of(*CUSTOMER[:7], "Kale")
    assert course(talk)["CustomerCity"][0].startswith("asked-back:")
    talk.say("Denizli / Kale")
    assert course(talk)["CustomerCity"][1:] == ("answered",)
    assert {"later", "asked_back"} <= of(talk, "CustomerCity")
    assert "stuck" not in of(talk, "CustomerCity")


def test_a_question_asked_again_is_neither_asked_nor_answered_twice() -> None:
    talk = talk_of(*CUSTOMER[:4], "yardım", "/durum", "Ayşe Yılmaz")
    assert course(talk)["CustomerFullName"] == ("answered",)


def test_an_answer_changed_later_is_noted_as_changed() -> None:
    talk = talk_of(*CUSTOMER, "ad: Fatma Kaya", "ad", "Ayşe Kaya")
    assert {"first", "changed"} <= of(talk, "CustomerFullName")


def test_what_was_answered_without_being_asked_is_told_apart() -> None:
    block = "Ad: Ayşegül Demir\nTel: 0530 123 12 12\naysegul.demir@ornek.com\nÜmraniye İstanbul"
    talk = talk_of(*CUSTOMER[:4], block)
    assert course(talk)["CustomerFullName"] == ("answered",)
    assert of(talk, "CustomerMobilePhone") == of(talk, "CustomerEmail") == {"given"}


def test_whoever_cancels_left_at_the_question_that_was_asked() -> None:
    talk = talk_of(*CUSTOMER[:5], "0216 555 12 34", "iptal", "evet")
    assert talk.draft is not None
    assert talk.draft.status == "cancelled"
    assert of(talk, "", over=True) == {"begun", "left"}
    assert {"left", "stuck", "refused"} <= of(talk, "CustomerMobilePhone", over=True)
    assert "left" not in of(talk, "CustomerFullName", over=True)


def test_a_draft_that_somebody_may_come_back_to_was_not_left() -> None:
    talk = talk_of(*CUSTOMER[:5])
    assert of(talk, "") == {"begun"}
    assert of(talk, "CustomerMobilePhone") == {"asked"}
    assert of(talk, "CustomerMobilePhone", over=True) == {"asked", "left", "stuck"}


def test_whoever_leaves_on_the_summary_left_there() -> None:
    assert "left" in of(talk_of(*CUSTOMER, "düzelt"), "summary", over=True)


def test_a_confirmed_request_that_licrus_refused_was_not_left() -> None:
    talk = talk_of(*CUSTOMER, "onayla")
    talk.settle(Settled("refused", "D-7K3F", reason="Kayıt bulunamadı"))
    assert of(talk, "", over=True) == {"begun", "confirmed"}


def test_beginning_anew_keeps_what_came_of_the_questions() -> None:
    talk = talk_of(*CUSTOMER[:5], "0216 555 12 34", "baştan başla", "evet")
    assert course(talk)["CustomerMobilePhone"][0].startswith("refused:")


def test_what_is_noted_of_one_question_is_bounded() -> None:
    talk = talk_of(*CUSTOMER[:5], *["0216 555 12 34"] * (MOST_OUTCOMES + 5))
    assert len(course(talk)["CustomerMobilePhone"]) == MOST_OUTCOMES


@pytest.mark.parametrize("texts", [CUSTOMER, DEALER])
def test_nothing_that_was_written_stands_in_the_course(texts: tuple[str, ...]) -> None:
    wrong = ("0216 555 12 34", "ayse.yilmaz@gmail", "Kale", "99958 ve 99959", "iki", "Sarıgazi", "12")
    talk = talk_of(*(text for answer in texts for text in (*wrong, answer)), "onayla")
    for question, outcomes in course(talk).items():
        assert re.fullmatch(r"[A-Za-z]+", question)
        assert all(re.fullmatch(r"[a-z-]+(:[a-z-]+)?", outcome) for outcome in outcomes), outcomes
