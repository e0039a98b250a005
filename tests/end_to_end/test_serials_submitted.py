"""Which serial numbers were submitted before: kept with the request itself, and found again by whoever asks."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.lookups import hold_turn
from bot.storage.database import make_engine, make_tables, migrate
from bot.storage.request_queries import change, enqueue
from bot.storage.schema import request_serials, requests
from bot.storage.serial_queries import Submitted, submitted_before
from conversations.activation import ACTIVATION
from conversations.draft import Draft
from conversations.events import Command, Context, Event, Seen
from conversations.form import Form
from conversations.replies import Lookup, Submit, Turn
from tests.databases import database_url, empty_database_url

ON_NEW_YEARS_EVE = 1_798_750_800.0
"""2026-12-31 21:00 UTC: in Turkey the new year has begun."""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    with engine.begin() as connection:
        yield connection


def submit(connection: sa.Connection, number: int, user_id: int, serials: str) -> int:
    """The id of a request with these serial numbers."""
    made = Submit(f"draft-{number}", 1, f"D-{number:04}", {"ProductSerialNumberList": serials})
    assert enqueue(connection, made, user_id, user_id, ON_NEW_YEARS_EVE)
    return int(connection.scalar(sa.select(requests.c.id).where(requests.c.key == made.key)) or 0)


def test_a_serial_is_found_with_its_newest_request_ones_own_first(connection: sa.Connection) -> None:
    mine = submit(connection, 1, 7, "99958,99959")
    submit(connection, 2, 8, "99958,99960")
    change(connection, mine, ON_NEW_YEARS_EVE, state="created", call_number="43090")
    assert submitted_before(connection, ("99958", "99959", "99960", "1"), 7) == {
        "99958": Submitted(7, "43090", ON_NEW_YEARS_EVE),
        "99959": Submitted(7, "43090", ON_NEW_YEARS_EVE),
        "99960": Submitted(8, "", ON_NEW_YEARS_EVE),
    }
    assert submitted_before(connection, ("99958",), 9) == {"99958": Submitted(8, "", ON_NEW_YEARS_EVE)}


def test_what_licrus_refused_was_not_submitted(connection: sa.Connection) -> None:
    refused = submit(connection, 1, 7, "99958")
    change(connection, refused, ON_NEW_YEARS_EVE, state="refused")
    assert submitted_before(connection, ("99958",), 7) == {}


def test_a_request_without_or_with_repeated_serials_is_kept_all_the_same(connection: sa.Connection) -> None:
    submit(connection, 1, 7, "")
    submit(connection, 2, 7, "99958,99958")
    assert len(connection.execute(sa.select(request_serials)).all()) == 1


def test_the_requests_of_earlier_releases_are_found_too(tmp_path: Path) -> None:
    engine = make_engine(empty_database_url(tmp_path))
    with engine.begin() as connection:
        make_tables(connection, "0004")
        for number in range(1203):
            body = {"ProductSerialNumberList": f"{number},{number + 10_000}"} if number else {}
            connection.execute(
                sa.insert(requests).values(
                    key=str(number),
                    code=str(number),
                    draft_id="d",
                    chat_id=7,
                    user_id=7,
                    body=json.dumps(body),
                    state="queued",
                    due_at=1.0,
                    created_at=1.0,
                    updated_at=1,
                )
            )
    migrate(engine)
    with engine.connect() as connection:
        assert len(connection.execute(sa.select(request_serials)).all()) == 2 * 1202
        assert set(submitted_before(connection, ("1", "11202", "0"), 7)) == {"1", "11202"}


def test_a_turn_gets_what_it_asked_for_and_is_held_again(connection: sa.Connection) -> None:
    submit(connection, 1, 7, "99958")
    lookup = Lookup("serials", ("99958", "99959"))
    seen: list[Context] = []

    def asking(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn | Lookup:
        seen.append(context)
        return Turn(draft, ()) if lookup in context.found else lookup

    for user_id in (7, 8):
        hold_turn(connection, asking, ACTIVATION, None, Command("start"), Context(), user_id, user_id, ON_NEW_YEARS_EVE)
        assert seen[-1].found == {lookup: {"99958": Seen("", "01.01.2027", own=user_id == 7)}}


def test_a_turn_that_never_has_enough_is_a_fault_of_ours(connection: sa.Connection) -> None:
    def insatiable(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn | Lookup:
        return Lookup("serials", (str(len(context.found)),))

    with pytest.raises(RuntimeError):
        hold_turn(connection, insatiable, ACTIVATION, None, Command("start"), Context(), 7, 7, ON_NEW_YEARS_EVE)
