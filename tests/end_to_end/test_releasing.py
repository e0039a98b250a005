"""A replaced ticket releases what the old one held, once, and nothing else."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import releasing
from bot.storage import queries, request_queries
from bot.storage.schema import meta, requests
from tests.end_to_end.test_submission import OPERATORS, World

OLD, NEW = "aa1c99300ccd452aa518a52aa565aaaa", "bb1c99300ccd452aa518a52aa565bbbb"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def held(world: World, reason: str) -> None:
    with world.engine.begin() as connection:
        request_queries.change(connection, 1, world.now, state="held", reason=reason)


def started(world: World, ticket: str) -> int:
    """What a start with this ticket does; how many requests it releases."""
    with world.engine.begin() as connection:
        if not releasing.is_new(connection, ticket):
            return 0
        number = sum(releasing.release(connection, request, world.now) for request in releasing.turned_away(connection))
        releasing.note(connection, ticket)
        releasing.say_released(connection, number, world.now, world.terms)
    return number


@pytest.mark.parametrize("reason", releasing.TURNED_AWAY)
def test_a_new_ticket_releases_what_the_old_one_held(world: World, reason: str) -> None:
    assert started(world, OLD) == 0
    held(world, reason)
    assert started(world, OLD) == 0
    assert world.row.state == "held"
    assert started(world, NEW) == 1
    assert world.row.state == "queued"
    assert world.said(OPERATORS) == ["operators-released"]
    assert started(world, NEW) == 0


@pytest.mark.parametrize("reason", ["request_invalid", "status_404", "journal_changed"])
def test_what_waits_for_another_reason_stays_held(world: World, reason: str) -> None:
    started(world, OLD)
    held(world, reason)
    assert started(world, NEW) == 0
    assert world.row.state == "held"
    assert world.said(OPERATORS) == []


def test_what_somebody_settled_meanwhile_is_not_sent(world: World) -> None:
    started(world, OLD)
    held(world, "ticket")
    with world.engine.begin() as connection:
        (request,) = releasing.turned_away(connection)
        request_queries.change(connection, 1, world.now, state="created", call_number="43090")
        assert not releasing.release(connection, request, world.now)
    assert world.row.state == "created"


def test_a_start_that_was_killed_before_the_ticket_was_noted_goes_on(world: World) -> None:
    started(world, OLD)
    held(world, "ticket")
    with world.engine.begin() as connection:
        for request in releasing.turned_away(connection):
            releasing.release(connection, request, world.now)
    with world.engine.begin() as connection:
        assert releasing.is_new(connection, NEW)
        assert connection.scalar(sa.select(requests.c.state)) == "queued"


def test_the_ticket_itself_is_not_kept(world: World) -> None:
    started(world, OLD)
    with world.engine.begin() as connection:
        assert queries.get_meta(connection, releasing.TICKET) is not None
        assert not any(OLD in value for value in connection.scalars(sa.select(meta.c.value)))
