"""The office's decisions on the command line: the same functions, with the machine's user on record."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage import queries, request_queries
from bot.storage.database import make_engine
from bot.storage.schema import audit, decisions, outbox, requests
from conversations.draft import Draft
from conversations.replies import Submit
from tests.databases import database_url
from tests.end_to_end.test_office_commands import Run, devreye  # noqa: F401
from tests.end_to_end.test_submission import BODY

CODE = "D-7K3F"
AYSE, OFFICE = 7, -100_500
NOW = 1_700_000_000.0


class Queue:
    """The database behind the commands, with one request in it."""

    def __init__(self, folder: Path) -> None:
        self.engine = make_engine(database_url(folder))

    def begins(self, state: str, **values: Any) -> None:
        draft = Draft(id="draft", form="activation", status="submitted", revision=1, code=CODE)
        with self.engine.begin() as connection:
            queries.load_chat(connection, AYSE, AYSE)
            queries.save_draft(connection, draft, AYSE, AYSE, NOW)
            request_queries.enqueue(connection, Submit("draft", 0, CODE, BODY), AYSE, AYSE, NOW)
            request_queries.change(connection, 1, NOW, state=state, attempts=1, **values)

    @property
    def row(self) -> Any:
        with self.engine.begin() as connection:
            return connection.execute(sa.select(requests)).one()

    def all_of(self, *columns: sa.Column[Any]) -> list[tuple[Any, ...]]:
        with self.engine.begin() as connection:
            return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(columns[0].table.c.id))]

    def told(self, chat_id: int) -> list[str]:
        with self.engine.begin() as connection:
            found = connection.scalars(sa.select(outbox.c.message).where(outbox.c.chat_id == chat_id))
            return [words.id for message in found for words in queries.read_message(message).paragraphs]


@pytest.fixture
def queue(devreye: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Queue:  # noqa: F811
    monkeypatch.setenv("OPERATORS_CHAT_ID", str(OFFICE))
    assert devreye("requests", "list").returncode == 0  # makes the tables
    return Queue(tmp_path)


def test_what_needs_a_person_is_listed_and_shown(queue: Queue, devreye: Run) -> None:  # noqa: F811
    queue.begins("unknown", reason="timeout")
    assert CODE in devreye("requests", "list").stdout
    shown = devreye("requests", "show", "d-7k3f")
    assert shown.returncode == 0
    assert "0530 123 12 12" in shown.stdout
    assert "süresinde yanıt vermedi" in shown.stdout


def test_a_number_settles_and_can_be_corrected(queue: Queue, devreye: Run) -> None:  # noqa: F811
    queue.begins("unknown", reason="timeout")
    assert devreye("requests", "settle", CODE, "--number", "43019").returncode == 0
    again = devreye("requests", "settle", CODE, "--number", "43090")
    assert again.returncode == 1
    assert "43019" in again.stderr
    assert devreye("requests", "settle", CODE, "--correct", "43090").returncode == 0
    assert queue.row.call_number == "43090"
    assert [row[:3] for row in queue.all_of(decisions.c.what, decisions.c.call_number, decisions.c.operator_id)] == [
        ("opened", "43019", None),
        ("corrected", "43090", None),
    ]
    assert "call-corrected" in queue.told(AYSE)
    assert "43019" in devreye("requests", "show", CODE).stdout
    assert {who.partition(":")[0] for who, *_ in queue.all_of(audit.c.who)} == {"command"}


def test_what_was_not_opened_is_queued_again(queue: Queue, devreye: Run) -> None:  # noqa: F811
    queue.begins("held", reason="ticket")
    assert devreye("requests", "resend", CODE).returncode == 0
    assert queue.row.state == "queued"
    assert devreye("requests", "resend", CODE).returncode == 1
    assert queue.told(OFFICE) == ["settle-resent"]


def test_what_licrus_may_still_be_at_is_not_sent_again(queue: Queue, devreye: Run) -> None:  # noqa: F811
    queue.begins("unknown", reason="timeout", resend_from=NOW * 2)
    refused = devreye("requests", "resend", CODE)
    assert refused.returncode == 1
    assert "en erken" in refused.stderr
    assert queue.row.state == "unknown"


def test_to_wait_is_on_record(queue: Queue, devreye: Run) -> None:  # noqa: F811
    queue.begins("unknown", reason="timeout")
    assert devreye("requests", "settle", CODE, "--wait").returncode == 0
    assert queue.all_of(decisions.c.what) == [("wait",)]


def test_a_wrong_code_or_number_is_answered_and_changes_nothing(queue: Queue, devreye: Run) -> None:  # noqa: F811
    queue.begins("unknown", reason="timeout")
    assert devreye("requests", "show", "D-0000").returncode == 1
    assert devreye("requests", "settle", CODE, "--number", "bilmem").returncode == 1
    assert queue.row.state == "unknown"
