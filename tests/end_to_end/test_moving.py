"""`devreye move`: everything that SQLite held is in PostgreSQL, or nothing is."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.commands.office import whoever
from bot.journal import SendJournal
from bot.storage import queries
from bot.storage.database import make_engine, migrate, sqlite_file_engine
from bot.storage.schema import chats, outbox
from bot.worker import JOURNAL_ID
from tests.databases import database_url
from tests.filling import contents, fill
from tests.killed_commands import Run, killed


@pytest.mark.only_on_postgresql(reason="it is where everything is moved to")
def test_moving_keeps_every_row_counts_on_and_sets_the_file_aside(tmp_path: Path, run_devreye: Run) -> None:
    database_url(tmp_path)
    source = sqlite_file_engine(tmp_path / "eski.db")
    migrate(source)
    with SendJournal(tmp_path / "devreye.journal") as journal, source.begin() as connection:
        fill(connection)
        queries.set_meta(connection, JOURNAL_ID, journal.identity())
        before = contents(connection)
    source.dispose()
    code, said, trouble = run_devreye("move", "eski.db")
    assert (code, trouble) == (0, "")
    assert "eski.db.moved" in said
    assert not (tmp_path / "eski.db").exists()
    with make_engine(database_url(tmp_path)).begin() as target:
        moved = contents(target)
        assert [row[2] for row in moved["audit"] if row not in before["audit"]] == [whoever()]
        moved["audit"] = before["audit"]
        assert moved == before
        queries.say_later(target, 1, queries.read_message('{"paragraphs":[{"id":"x"}]}'), "tr", 1.0)
        highest = max(row[0] for row in before["outbox"])
        assert target.scalar(sa.select(sa.func.max(outbox.c.id))) == highest + 1


@pytest.mark.only_on_postgresql(reason="it is where everything is moved to")
def test_nothing_is_moved_without_the_journal_that_knows_what_was_sent(tmp_path: Path, run_devreye: Run) -> None:
    database_url(tmp_path)
    source = sqlite_file_engine(tmp_path / "eski.db")
    migrate(source)
    with source.begin() as connection:
        queries.set_meta(connection, JOURNAL_ID, "another")
    source.dispose()
    code, _, trouble = run_devreye("move", "eski.db")
    assert code == 1
    assert "JOURNAL_FILE" in trouble
    assert (tmp_path / "eski.db").exists()


@pytest.mark.only_on_postgresql(reason="it is where everything is moved to")
def test_a_row_that_postgresql_refuses_leaves_both_as_they_were(tmp_path: Path, run_devreye: Run) -> None:
    url = database_url(tmp_path)
    source = sqlite_file_engine(tmp_path / "eski.db")
    migrate(source)
    with source.begin() as connection:
        connection.execute(sa.insert(chats).values(chat_id=1, language="tr"))
        queries.set_meta(connection, "x", "a\0b")
    source.dispose()
    code, _, trouble = run_devreye("move", "eski.db")
    assert code == 1
    assert "meta" in trouble
    with make_engine(url).begin() as target:
        assert target.scalar(sa.select(sa.func.count()).select_from(chats)) == 0
    assert (tmp_path / "eski.db").exists()


@pytest.mark.only_on_postgresql(reason="it is where everything is moved to")
def test_a_move_that_is_killed_at_its_end_has_everything_in_both_places(tmp_path: Path, run_devreye: Run) -> None:
    url = database_url(tmp_path)
    source = sqlite_file_engine(tmp_path / "eski.db")
    migrate(source)
    with source.begin() as connection:
        connection.execute(sa.insert(chats).values(chat_id=1, language="tr"))
    source.dispose()
    killed(tmp_path, "bot.commands.backups.Path", "rename", 1, "move", "eski.db")
    assert (tmp_path / "eski.db").exists()
    with make_engine(url).begin() as target:
        assert target.scalar(sa.select(sa.func.count()).select_from(chats)) == 1
    code, _, trouble = run_devreye("move", "eski.db")
    assert code == 1
    assert "kayıt var" in trouble


@pytest.mark.only_on_sqlite(reason="there is nowhere else to move")
def test_moving_needs_a_postgresql_to_move_to(run_devreye: Run) -> None:
    code, _, trouble = run_devreye("move", "devreye.db")
    assert code == 2
    assert "postgresql://" in trouble
