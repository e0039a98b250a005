"""Each morning one digest."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.days import TURKEY
from bot.office.digest import tell_digest
from tests.end_to_end.test_desk import Desk
from tests.operators import OFFICE, TERMS

NOON = datetime(2026, 11, 24, 12, tzinfo=TURKEY)


@dataclass
class Clock:
    now: datetime = NOON

    def tick(self, desk: Desk, **delta: float) -> bool:
        """Time passes, and the worker looks once; whether it had something to say."""
        self.now += timedelta(**delta)
        desk.now = self.now.timestamp()
        with desk.engine.begin() as connection:
            return tell_digest(connection, desk.now, TERMS)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_of_the_days_before_the_first_start_nothing_is_told(desk: Desk) -> None:
    clock = Clock()
    assert [clock.tick(desk, minutes=5) for _ in range(3)] == [False] * 3
    assert desk.said(OFFICE) == []


def test_the_digest_comes_once_a_day_from_nine_in_the_morning(desk: Desk) -> None:
    clock = Clock()
    clock.tick(desk)
    told = []
    for _ in range(3 * 24 * 2):
        if clock.tick(desk, minutes=30):
            told.append(clock.now)
    assert [(at.day, at.hour, at.minute) for at in told] == [(25, 9, 0), (26, 9, 0), (27, 9, 0)]


def test_a_bot_that_was_down_in_the_morning_tells_it_later_and_not_at_night(desk: Desk) -> None:
    clock = Clock()
    clock.tick(desk)
    assert not clock.tick(desk, hours=11, minutes=30)  # 23.30
    assert not clock.tick(desk, hours=22)  # 21.30 of the next day
    assert clock.tick(desk, hours=17)  # 14.30
    assert not clock.tick(desk, hours=1)


def test_a_clock_that_goes_back_tells_no_day_twice(desk: Desk) -> None:
    clock = Clock()
    clock.tick(desk)
    assert clock.tick(desk, days=1)
    assert [clock.tick(desk, days=-1), clock.tick(desk, days=1)] == [False, False]


def test_the_digest_counts_yesterday_and_names_those_who_wait_for_a_person(desk: Desk) -> None:
    clock = Clock()
    clock.tick(desk)
    desk.request()
    desk.request("refused")
    unknown = desk.request("unknown")
    queued = desk.request("queued")
    assert clock.tick(desk, days=1)
    (said,) = desk.said(OFFICE)
    lines = said.replace("&#x27;", "'").splitlines()
    assert lines[:4] == [
        "<b>Günaydın. Günlük özet</b>",
        "Dün: 4 (açılan çağrı: 1, Licrus'un kabul etmediği: 1)",
        "Sonucu belirsiz: 1. Bekletilen: 0. Sırada: 1.",
        "Birinizi bekleyen: 1",
    ]
    assert lines[4].startswith(f"{unknown}: sonucu belirsiz (1 gündür).")
    assert len(lines) == 5
    assert queued not in said
    assert set(desk.buttons()) == {unknown}
    assert clock.tick(desk, days=1)
    assert "Dün onaylanan talep olmadı." in desk.said(OFFICE)[-1]


def test_killed_before_its_commit_the_digest_is_still_to_come(desk: Desk) -> None:
    clock = Clock()
    clock.tick(desk)
    later = (NOON + timedelta(days=1)).timestamp()
    with desk.engine.connect() as connection, connection.begin() as transaction:
        assert tell_digest(connection, later, TERMS)
        transaction.rollback()
    assert desk.said(OFFICE) == []
    assert clock.tick(desk, days=1)
    assert len(desk.said(OFFICE)) == 1
