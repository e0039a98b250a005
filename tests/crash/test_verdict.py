"""The verdict itself: whatever a campaign is there to find, it finds."""

import random
from typing import Any

import pytest

from tests.crash.conversations import script
from tests.crash.people import Conversation
from tests.crash.verdict import Verdict, judge

CHAT = 700_000_001


def talked(**how: Any) -> Conversation:
    return Conversation(script(1, random.Random(1)), CHAT, **{"confirmed": True, "number": "43090", **how})


def call(conversation: Conversation, number: int = 43090, **changed: Any) -> dict[str, Any]:
    parsed = {"AuthTicket": "ticket", **conversation.script.body, **changed}
    return {"parsed": parsed, "carried_out": True, "call_number": number}


def told(conversation: Conversation, number: str = "43090") -> dict[int, list[str]]:
    return {CHAT: [f"Servis çağrısı açıldı.\nÇağrı numarası: {number}\nMüşteri: {conversation.script.customer}"]}


def kinds(verdict: Verdict) -> set[str]:
    return {kind for kind, found in verdict.found.items() if found}


def test_a_whole_conversation_with_its_call_is_good() -> None:
    conversation = talked()
    verdict = judge([conversation], [call(conversation)], told(conversation))
    assert verdict.good
    assert verdict.created == 1


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"CustomerAddress": ""}, "answers lost"),
        ({"CustomerAddress": "Bababadi Mah. Balkan Cad. No: 2 D: 2"}, "answers in a wrong field"),
        ({"ProductNameList": "ECODENSE WT 0001 ECODENSE WT 0001"}, "answers taken twice"),
        ({"DeviceCount": "2"}, "answers in a wrong field"),
        ({"CustomerEmail": "ECODENSE WT 0001"}, "answers in a wrong field"),
        ({"Another": "1"}, "answers in a wrong field"),
    ],
)
def test_every_changed_field_is_found(changed: dict[str, Any], kind: str) -> None:
    conversation = talked()
    assert kinds(judge([conversation], [call(conversation, **changed)], told(conversation))) == {kind}


def test_a_second_call_is_found() -> None:
    conversation = talked()
    calls = [call(conversation), call(conversation, 43091)]
    assert kinds(judge([conversation], calls, told(conversation))) == {"calls made twice"}


def test_a_call_that_nobody_confirmed_is_found() -> None:
    conversation = talked(confirmed=False, number=None)
    assert kinds(judge([conversation], [call(conversation)], {})) == {"calls nobody confirmed"}
    assert kinds(judge([], [call(conversation)], {})) == {"calls nobody confirmed"}


def test_a_number_without_its_call_or_of_another_is_found() -> None:
    conversation = talked()
    assert kinds(judge([conversation], [], told(conversation))) == {"wrong numbers told"}
    assert kinds(judge([conversation], [call(conversation, 1)], told(conversation))) == {"wrong numbers told"}


def test_whoever_is_stuck_or_asked_again_is_found() -> None:
    waiting = talked(confirmed=False, number=None, stuck="Hangi ürün?")
    assert kinds(judge([waiting], [], {})) == {"people stuck"}
    endless = talked(number=None, stuck="the end")
    assert kinds(judge([endless], [], {})) == {"confirmed without an end"}
    asked = talked(asked_again=["Hangi ürün?"])
    assert kinds(judge([asked], [call(asked)], told(asked))) == {"answers lost"}


def test_an_unknown_end_may_have_a_call_or_none() -> None:
    conversation = talked(number=None, unknown=True)
    assert judge([conversation], [], {}).good
    assert judge([conversation], [call(conversation)], {}).good


def test_every_conversation_has_values_of_its_own() -> None:
    scripts = [script(number, random.Random(number)) for number in range(300)]
    own = [
        {value for value in one.body.values() if isinstance(value, str) and any(c.isdigit() for c in value)}
        for one in scripts
    ]
    assert sum(map(len, own)) == len(set().union(*own))
