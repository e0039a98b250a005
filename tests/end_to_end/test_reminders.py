"""A draft that was left open is brought to mind once: by day, in its own commit, and never where it no longer fits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.reminders import HOUR_S, is_day, remind, still_fits, to_remind
from bot.storage import outbox_queries, queries
from bot.storage.database import make_engine, migrate
from bot.storage.reminder_queries import left_since
from bot.storage.schema import chats, outbox
from bot.telling import say_all
from bot.terms import Terms
from conversations.activation import ACTIVATION
from conversations.events import Command, Tap, Text
from conversations.replies import Message
from tests.databases import database_url
from tests.end_to_end.test_outages import NOW, Person

TERMS = Terms(ACTIVATION)
DAY_S = 24 * HOUR_S
ELEVEN_AT_NIGHT = NOW + 12 * HOUR_S


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    with engine.connect() as opened:
        yield opened


def reminded(connection: sa.Connection, now: float = NOW + DAY_S) -> int:
    """How many reminders are written now."""
    with connection.begin():
        return sum(remind(connection, left, now, TERMS) for left in to_remind(connection, now, DAY_S))


def written(connection: sa.Connection) -> list[tuple[outbox_queries.Row, Message]]:
    with connection.begin():
        chat_ids = [chat_id for chat_id, _ in outbox_queries.waiting_chats(connection)]
        rows = [row for chat_id in chat_ids for row in outbox_queries.waiting(connection, chat_id)]
    return [(row, queries.read_message(row.message)) for row in rows]


def fits(connection: sa.Connection, now: float) -> bool:
    ((row, message),) = written(connection)
    with connection.begin():
        return still_fits(connection, row, message, now)


def test_the_day_in_turkey_is_from_nine_to_nine() -> None:
    seven = NOW - 4 * HOUR_S
    assert [hour for hour in range(24) if is_day(seven + hour * HOUR_S)] == list(range(2, 14))


def test_a_draft_is_brought_to_mind_once_with_its_question(connection: sa.Connection) -> None:
    person = Person(connection, 1)
    person.fills(5)
    assert reminded(connection, NOW + DAY_S - 1) == 0
    assert reminded(connection) == 1
    assert reminded(connection, NOW + 3 * DAY_S) == 0
    assert "Yarım kalan talebiniz duruyor" in person.said[-1]
    assert "Sıradaki soru: " in person.said[-1]
    person.does(Text("devam", 77), NOW + 3 * DAY_S)
    assert reminded(connection, NOW + 5 * DAY_S) == 0


def test_nobody_is_reminded_at_night(connection: sa.Connection) -> None:
    Person(connection, 1).fills(5, ELEVEN_AT_NIGHT)
    assert reminded(connection, ELEVEN_AT_NIGHT + DAY_S) == 0
    assert reminded(connection, ELEVEN_AT_NIGHT + DAY_S + 10 * HOUR_S) == 1


def test_only_who_has_answered_something_is_reminded(connection: sa.Connection) -> None:
    begun, cancelled, blocked, submitted = people = [Person(connection, number) for number in range(1, 5)]
    begun.does(Command("start"))
    for person in people[1:]:
        person.fills(None if person is submitted else 5)
    cancelled.does(Command("iptal"))
    cancelled.does(Text("evet", 77))
    submitted.does(submitted.taps())
    with connection.begin():
        queries.change_chat(connection, blocked.chat_id, blocked_at=NOW)
    assert reminded(connection) == 0
    with connection.begin():
        assert left_since(connection, NOW + DAY_S, 10) == []


def test_whoever_wants_no_reminder_gets_none_and_may_change_their_mind(connection: sa.Connection) -> None:
    person = Person(connection, 1)
    person.fills(5)
    person.does(Text("hatırlatma istemiyorum", 77))
    assert "hatırlatmayacağım" in person.said[-1]
    assert reminded(connection) == 0
    person.does(Text("hatırlat", 78), NOW + DAY_S)
    assert reminded(connection, NOW + 2 * DAY_S) == 1


def test_the_button_for_no_reminders_works_however_old_it_is(connection: sa.Connection) -> None:
    person = Person(connection, 1)
    person.fills(5)
    assert reminded(connection) == 1
    ((_, message),) = written(connection)
    person.does(Text("Ayşe Yılmaz", 77), NOW + DAY_S)
    person.does(Tap(message.draft_id, message.revision, "no-reminders", "", 5), NOW + DAY_S)
    with connection.begin():
        assert connection.scalar(sa.select(chats.c.no_reminders_at)) is not None
    assert "hatırlatmayacağım" in person.said[-1]


def test_continue_on_a_reminder_asks_the_question_at_hand(connection: sa.Connection) -> None:
    person = Person(connection, 1)
    person.fills(5)
    assert reminded(connection) == 1
    ((_, message),) = written(connection)
    person.does(Tap(message.draft_id, message.revision, "resume", "", 5), NOW + DAY_S)
    assert "Adım" in person.said[-1]
    assert "önceki bir soruya ait" not in person.said[-1]


def test_a_written_reminder_is_dropped_when_its_draft_goes_on(connection: sa.Connection) -> None:
    person = Person(connection, 1)
    person.fills(5)
    assert reminded(connection) == 1
    assert fits(connection, NOW + DAY_S + 60)
    with connection.begin():
        draft = queries.active_draft(connection, 1, 1)
        assert draft is not None
        queries.save_draft(connection, draft.changed(status="cancelled"), 1, 1, NOW + DAY_S + 70)
    assert not fits(connection, NOW + DAY_S + 80)
    assert written(connection) == []


def test_a_reminder_that_waited_into_the_night_is_written_anew_in_the_morning(connection: sa.Connection) -> None:
    Person(connection, 1).fills(5)
    assert reminded(connection) == 1
    assert not fits(connection, ELEVEN_AT_NIGHT + DAY_S)
    assert written(connection) == []
    assert reminded(connection, ELEVEN_AT_NIGHT + DAY_S) == 0
    assert reminded(connection, NOW + 2 * DAY_S) == 1
    assert reminded(connection, NOW + 3 * DAY_S) == 0


def test_a_reminder_waits_while_something_else_is_on_its_way(connection: sa.Connection) -> None:
    Person(connection, 1).fills(5)
    with connection.begin():
        connection.execute(sa.update(outbox).values(state="pending"))
    assert reminded(connection) == 0
    with connection.begin():
        connection.execute(sa.update(outbox).values(state="sent"))
    assert reminded(connection) == 1


def test_one_that_cannot_be_written_spoils_no_other(
    connection: sa.Connection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Person(connection, 1).fills(5)
    Person(connection, 2).fills(5)

    def fails_for_one(connection: sa.Connection, chat_id: int, *rest: object) -> None:
        if chat_id == 1:
            raise RuntimeError
        say_all(connection, chat_id, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.reminders.say_all", fails_for_one)
    assert reminded(connection) == 1
    assert "reminder_unsaid" in caplog.text
    with connection.begin():
        assert left_since(connection, NOW + DAY_S, 10) == []


def test_the_search_for_them_uses_an_index(connection: sa.Connection) -> None:
    if connection.dialect.name != "sqlite":
        pytest.skip("the plan of a small table is a scan on PostgreSQL")
    with connection.begin():
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id FROM drafts WHERE left_at <= 1 ORDER BY left_at"
        )
        assert "ix_drafts_left_at" in str(plan.all())
