"""How fast messages may go, with a clock that stands still until it is moved."""

import pytest

from bot import rates
from bot.rates import Rates


class Clock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_chat_gets_a_burst_of_three_and_then_one_a_second(clock: Clock) -> None:
    room = Rates(clock=clock)
    assert [room.take(1) for _ in range(4)] == [0.0, 0.0, 0.0, 1.0]
    clock.now += 0.5
    assert room.take(1) == pytest.approx(0.5)
    clock.now += 0.5
    assert [room.take(1), room.take(1)] == [0.0, 1.0]


def test_a_full_chat_holds_up_no_other(clock: Clock) -> None:
    room = Rates(clock=clock)
    while room.take(1) == 0.0:
        pass
    assert room.take(2) == 0.0


def test_no_second_carries_more_than_telegram_takes_in_all(clock: Clock) -> None:
    room, sent = Rates(clock=clock), 0
    for _ in range(1000):
        sent += sum(room.take(chat_id) == 0.0 for chat_id in range(100))
        clock.now += 0.001
    assert 25 <= sent <= 30


def test_waiting_takes_nothing_away(clock: Clock) -> None:
    room = Rates(chat_burst=1, clock=clock)
    assert room.take(1) == 0.0
    assert [room.take(1) for _ in range(5)] == [1.0] * 5
    clock.now += 1.0
    assert room.take(1) == 0.0


def test_what_was_not_used_can_be_given_back_but_never_makes_more(clock: Clock) -> None:
    room = Rates(chat_burst=1, clock=clock)
    room.take(1)
    for _ in range(3):
        room.give_back(1)
    assert [room.take(1), room.take(1)] == [0.0, 1.0]


def test_a_bucket_never_holds_more_than_its_burst(clock: Clock) -> None:
    room = Rates(clock=clock)
    clock.now += 3600.0
    assert [room.take(1) for _ in range(4)] == [0.0, 0.0, 0.0, 1.0]


def test_chats_that_have_all_their_room_are_forgotten(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "KEPT_BUCKETS", 10)
    room = Rates(chat_burst=1, per_s=1000, clock=clock)
    room.take(0)
    for chat_id in range(1, 10):
        room.take(chat_id)
    clock.now += 0.5
    assert room.take(10) == 0.0
    clock.now += 0.6
    assert room.take(11) == 0.0
    assert len(room._chats) == 2
    assert room.take(10) > 0.0
