"""The benchmark's people see what is wrong with an answer: a run with anything lost, doubled or wrong is no result."""

from typing import Any

import pytest

from benchmarks.conversation import QUESTIONS, SENDING, UPDATES, script
from benchmarks.people import WHOLE, Kind, Person, Town

TICKET = "ticket"


def keyboard(*labels: str) -> dict[str, Any]:
    return {"keyboard": [[{"text": label}] for label in labels]}


def summary(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": f"d:1:{label[0]}"}] for label in labels]}


def somebody(town: Town) -> Person:
    person = town.next()
    assert person is not None
    return person


def answer(town: Town, person: Person, message_id: int = 7) -> None:
    question = QUESTIONS[person.step]
    is_summary = question is QUESTIONS[-1]
    assert person.script is not None
    words = "\n".join((question.words, *(person.script.summary if is_summary else ())))
    town.acknowledged(person)
    town.said(person.chat_id, words, (summary if is_summary else keyboard)(*question.buttons), message_id)


def at_the_tap() -> tuple[Town, Person]:
    town = Town(WHOLE, 1, TICKET)
    person = somebody(town)
    for _ in QUESTIONS[:-1]:
        answer(town, person)
        assert somebody(town) is person
    answer(town, person)
    assert somebody(town) is person
    assert town.is_tap(person)
    return town, person


def body_of(person: Person, **other: object) -> dict[str, Any]:
    return {"AuthTicket": TICKET, **script(person.number).body, **other}


def test_a_whole_conversation_is_nineteen_updates_and_nothing_is_wrong() -> None:
    town, person = at_the_tap()
    town.acknowledged(person)
    number = town.called(body_of(person))
    town.said(person.chat_id, f"Talebiniz {SENDING}. Takip kodu: D-7K3F", None, 7, edited=True)
    town.toasted(str(person.chat_id))
    customer = script(person.number).customer
    town.said(person.chat_id, f"Çağrı numarası: {number}\nMüşteri: {customer}", None, 8)
    town.give_up()
    assert not town.failures, town.examples
    assert (town.done, town.answers, len(town.results)) == (1, UPDATES, 1)
    assert person.confirm == "d:1:O"


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Cep telefonunuz?", keyboard("Müşteriyim", "Bayiyim")),
        (QUESTIONS[0].words, keyboard("Müşteriyim")),
        (QUESTIONS[0].words, None),
    ],
)
def test_other_words_and_missing_buttons_are_wrong(text: str, markup: Any) -> None:
    town = Town(WHOLE, 1, TICKET)
    town.said(somebody(town).chat_id, text, markup, 7)
    assert town.failures == {"wrong": 1}


def test_a_summary_with_another_ones_value_is_wrong() -> None:
    town = Town(Kind("summary alone", QUESTIONS[-1:], confirms=True), 1, TICKET)
    person = somebody(town)
    words = "\n".join((QUESTIONS[-1].words, *script(person.number + 1).summary))
    town.said(person.chat_id, words, summary(*QUESTIONS[-1].buttons), 7)
    assert town.failures == {"wrong": 1}


def test_an_answer_that_comes_twice_is_doubled() -> None:
    town = Town(WHOLE, 1, TICKET)
    person = somebody(town)
    answer(town, person)
    town.said(person.chat_id, QUESTIONS[0].words, keyboard(*QUESTIONS[0].buttons), 8)
    assert town.failures == {"doubled": 1}


def test_what_has_no_answer_in_the_end_is_lost() -> None:
    town = Town(WHOLE, 2, TICKET)
    town.acknowledged(somebody(town))
    answer(town, somebody(town))
    town.give_up()
    assert town.failures == {"lost": 1}


def test_a_call_is_refused_that_nobody_confirmed_or_that_comes_twice_or_is_not_what_was_confirmed() -> None:
    town, person = at_the_tap()
    assert town.called(body_of(person, CustomerAddress="Başka bir adres")) is None
    assert town.called(body_of(person, AuthTicket="another")) is None
    assert town.called(body_of(person)) is not None
    assert town.called(body_of(person)) is None
    asking = Town(WHOLE, 1, TICKET)
    assert asking.called(body_of(somebody(asking))) is None
    assert town.failures == {"wrong": 2, "doubled": 1}
    assert asking.failures == {"wrong": 1}


def test_another_ones_call_number_is_wrong() -> None:
    town, person = at_the_tap()
    town.acknowledged(person)
    number = town.called(body_of(person))
    assert number is not None
    town.said(person.chat_id, f"Çağrı numarası: {number + 1}\nMüşteri: {script(person.number).customer}", None, 8)
    assert town.failures == {"wrong": 1}
