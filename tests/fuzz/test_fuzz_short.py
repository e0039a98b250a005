"""A short form of `make fuzz` on every run of the tests, and the oracle held to what it must find."""

import asyncio
import contextlib
import json
import os
import random
import re
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest

import bot.intake
import bot.telegram.webhook
from tests.fuzz import rounds
from tests.fuzz.bench import UPDATES_PER_MINUTE, bench
from tests.fuzz.oracle import expected, refusal
from tests.fuzz.people import Person
from tests.fuzz.updates import SAID, SERVICE, UNWANTED, Chat

SEED = int(os.environ.get("DEVREYE_SEED", "1"))
UPDATES = int(os.environ.get("DEVREYE_UPDATES", "1500"))


def test_whatever_comes_is_answered_in_time_and_afterwards_the_bot_still_works() -> None:
    report = asyncio.run(rounds.run_round(SEED, 0, UPDATES))
    print(report.text())
    assert not report.faults, "\n".join(map(str, report.faults[:5]))
    assert set(report.statuses) == {200}
    assert report.answered > UPDATES / 2
    assert report.ended == 4


def test_past_the_limit_one_warning_comes_and_a_minute_later_there_are_answers_again() -> None:
    async def work() -> list[list[str]]:
        rng = random.Random(SEED)
        heard: list[list[str]] = []
        async with bench(rng) as made:
            person = Person(rng, 7)
            for number in range(1, 3 * 4 * UPDATES_PER_MINUTE + 1):
                if number % (4 * UPDATES_PER_MINUTE) == 1:
                    made.now += 61
                    heard.append([])
                _, body = person.next_update(number, int(made.now))
                response = await made.post(body)
                assert response.status == 200
                await made.said(lambda: True)
                given = [json.loads(response.body)] if response.body else []
                said = [method for method in (*given, *made.telegram.take()) if method.get("chat_id") == person.chat_id]
                for method in said:
                    assert refusal(method) is None
                    person.hear(method)
                    heard[-1].append(method["text"])
        return heard

    for texts in asyncio.run(work()):
        # A spoiled type makes a group of the chat, which is told once where the form is filled in.
        minute = [text for text in texts if "özel sohbet" not in text and "private chat" not in text]
        warnings = [text for text in minute if re.search(f"{UPDATES_PER_MINUTE} (?:mesaj|messages)", text)]
        assert len(warnings) == 1
        assert minute[-1] in warnings
        # A few answers go out as two messages: an update may bring a word and a question.
        assert UPDATES_PER_MINUTE / 2 < len(minute) <= UPDATES_PER_MINUTE * 1.2


def whats(fault: contextlib.AbstractContextManager[Any], updates: int = 200) -> set[str]:
    with fault:
        report = asyncio.run(rounds.run_round(SEED, 0, updates))
    return {fault.what for fault in report.faults}


@contextlib.contextmanager
def every(n: int, target: Any, name: str, instead: Any) -> Iterator[None]:
    """Every n-th call of this function goes wrong."""
    real, calls = getattr(target, name), [0]

    def sometimes(*args: Any, **more: Any) -> Any:
        calls[0] += 1
        return instead(real, *args, **more) if calls[0] % n == 0 else real(*args, **more)

    with mock.patch.object(target, name, sometimes):
        yield


def test_an_answer_that_is_missing_is_found() -> None:
    def forgets(real: Any, *args: Any, **more: Any) -> Any:
        real(*args, **more)
        return bot.intake.Taken()

    assert any("no answer" in what for what in whats(every(40, bot.intake, "take", forgets)))


def test_an_update_that_is_set_aside_is_found() -> None:
    def fails(real: Any, *args: Any, **more: Any) -> Any:
        raise RuntimeError("a mistake of ours")

    # Three in a row: the intake tries three times.
    calls = [0]
    real = bot.intake.take

    def fails_thrice(*args: Any, **more: Any) -> Any:
        calls[0] += 1
        return fails(real) if 100 <= calls[0] < 130 else real(*args, **more)

    assert any("set aside" in what for what in whats(mock.patch.object(bot.intake, "take", fails_thrice)))


def test_a_server_error_is_found() -> None:
    def fails(real: Any, *args: Any, **more: Any) -> Any:
        raise RuntimeError("a mistake of ours")

    assert any("answered with 503" in what for what in whats(every(50, bot.intake.Intake, "receive", fails)))


def test_what_telegram_would_refuse_is_found() -> None:
    def too_long(real: Any, *args: Any, **more: Any) -> Any:
        return {**real(*args, **more), "text": "x" * 4097}

    assert "Telegram refuses sendMessage: too long" in whats(every(40, bot.intake, "as_method", too_long))


def test_computing_for_too_long_is_found() -> None:
    def slow(real: Any, *args: Any, **more: Any) -> Any:
        sum(range(30_000_000))
        return real(*args, **more)

    assert any(what.startswith("took ") for what in whats(every(60, bot.telegram.webhook, "parse", slow), 100))


CHAT = Chat(7)
RNG = random.Random(1)


def verdict(update: Any) -> str:
    return expected(json.dumps({"update_id": 1, **update}).encode()).verdict


@pytest.mark.parametrize("kind", SAID)
def test_whatever_a_person_sends_must_be_answered(kind: str) -> None:
    assert verdict(CHAT.message(1, **{kind: SAID[kind]})) == "answer"


@pytest.mark.parametrize("kind", SERVICE)
def test_what_a_chat_does_by_itself_need_not(kind: str) -> None:
    assert verdict(CHAT.message(1, **{kind: SERVICE[kind]})) == "free"


@pytest.mark.parametrize("kind", UNWANTED)
def test_kinds_that_nobody_asked_for_are_passed_over(kind: str) -> None:
    assert verdict({kind: UNWANTED[kind]}) == "silence"


def test_texts_edits_and_taps_must_be_answered() -> None:
    assert verdict(CHAT.text(RNG, 1, "x")) == "answer"
    assert verdict(CHAT.edited(RNG, 1, "x")) == "answer"
    assert verdict(CHAT.tap(1, 5, "x")) == "tap"
    assert verdict(CHAT.live_location(1)) == "free"
    assert verdict(CHAT.in_group(RNG, 1)) == "free"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<b>Adım</b> &lt;b&gt; &amp; &#x27; <a href="https://example.com">x</a>', None),
        ("<b>Adım", "a tag that is not closed"),
        ("<b>x</a>", "tags that don't match"),
        ("a < b", "markup that can't be parsed"),
        ("a & b", "markup that can't be parsed"),
        (" \n", "no text"),
        ("🎲" * 2049, "too long"),
        ("\ud800", "half a surrogate pair"),
    ],
)
def test_telegram_takes_some_texts_and_refuses_others(text: str, reason: str | None) -> None:
    assert refusal({"method": "sendMessage", "chat_id": 1, "text": text}) == reason
