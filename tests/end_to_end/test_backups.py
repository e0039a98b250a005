"""`devreye backup` and `restore`: what is carried, what becomes doubtful, and what is left after a kill."""

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.journal import SendJournal
from bot.licrus import Created
from bot.office.settling import decide
from bot.storage import life_queries, queries, request_queries
from bot.storage.audit_queries import note
from bot.storage.copying import opened_backup, write_backup
from bot.storage.database import make_engine, make_tables, migrate
from bot.storage.decision_queries import By, Decision
from bot.storage.schema import audit, chats, drafts, meta, outbox, requests
from bot.submission import spelled
from bot.worker import JOURNAL_ID
from conversations.draft import Draft
from conversations.replies import Submit
from tests.databases import database_url, empty_database_url
from tests.end_to_end.test_submission import BODY, OPERATORS, World, settled, spelled_body
from tests.filling import contents, fill
from tests.killed_commands import Run, killed

STATES = ("queued", "sending", "created", "refused", "unknown", "held")


class Business:
    """The database of the bot in this folder, with a request in each state, and the journal that belongs to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.engine = make_engine(database_url(folder))
        self.journal = folder / "devreye.journal"
        migrate(self.engine)
        with SendJournal(self.journal) as journal, self.engine.begin() as connection:
            queries.set_meta(connection, JOURNAL_ID, journal.identity())
            life_queries.sign(connection, "killed", 1.0)
            for number, state in enumerate(STATES, 1):
                draft = Draft(id=state, form="activation", status="submitted", revision=3)
                queries.save_draft(connection, draft, number, number, 1.0)
                body = BODY | {"CustomerFullName": f"Kişi {number}"}
                request_queries.enqueue(connection, Submit(state, 3, f"D-{number}", body), number, number, 1.0)
                values = {"state": state, "call_number": "43000" if state == "created" else "", "told": state}
                lease = {"lease_until": 9.0} if state == "sending" else {}
                values_of = sa.update(requests).where(requests.c.draft_id == state)
                connection.execute(values_of.values(**values, **lease))
            queries.save_draft(connection, Draft(id="open", form="activation"), 9, 9, 1.0)

    def states(self) -> dict[str, str]:
        with self.engine.begin() as connection:
            rows = connection.execute(sa.select(requests.c.draft_id, requests.c.state))
            return {row.draft_id: row.state for row in rows}

    def said_to(self, chat_id: int) -> list[str]:
        with self.engine.begin() as connection:
            found = connection.scalars(
                sa.select(outbox.c.message).where(outbox.c.chat_id == chat_id).order_by(outbox.c.id)
            )
            return [queries.read_message(message).paragraphs[0].id for message in found]

    def contents(self) -> dict[str, list[tuple[object, ...]]]:
        with self.engine.begin() as connection:
            return contents(connection)


def test_a_backup_holds_every_row_of_every_table_and_reads_the_same_on_either_database(tmp_path: Path) -> None:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    with engine.begin() as connection:
        fill(connection)
    write_backup(engine, tmp_path / "copy", {})
    with engine.begin() as live, opened_backup(tmp_path / "copy", tmp_path) as backup:
        assert contents(backup) == contents(live)
        assert all(contents(backup).values())


def test_a_backup_made_while_others_write_is_of_one_moment(tmp_path: Path) -> None:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    done = threading.Event()

    def write() -> None:
        for number in range(0, 100_000, 2):
            if done.is_set():
                return
            with engine.begin() as connection:
                for chat_id in (number, number + 1):
                    queries.load_chat(connection, chat_id, chat_id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for copy in range(3):
            write_backup(engine, tmp_path / f"copy-{copy}", {})
    finally:
        done.set()
        writer.join()
    counts = []
    for copy in range(3):
        with opened_backup(tmp_path / f"copy-{copy}", tmp_path) as backup:
            counts.append(backup.scalar(sa.select(sa.func.count()).select_from(chats)) or 0)
    assert all(count % 2 == 0 for count in counts)
    assert counts[-1] > counts[0]


def test_nothing_that_was_erased_before_is_in_a_backup(tmp_path: Path) -> None:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    for secret in ("Ayşegül Demir", ""):
        with engine.begin() as connection:
            connection.execute(sa.delete(meta).where(meta.c.name == "x"))
            queries.set_meta(connection, "x", secret * 1000)
    write_backup(engine, tmp_path / "copy", {})
    assert "Ayşegül Demir".encode() not in (tmp_path / "copy").read_bytes()


def test_a_backup_is_nobody_elses_and_one_file(tmp_path: Path, run_devreye: Run) -> None:
    Business(tmp_path)
    code, said, trouble = run_devreye("backup", "yedek.db")
    assert (code, trouble) == (0, "")
    assert "Gönderilen talep: 6" in said
    assert (tmp_path / "yedek.db").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("yedek.db*")] == ["yedek.db"]


def test_a_backup_writes_over_nothing(tmp_path: Path, run_devreye: Run) -> None:
    business = Business(tmp_path)
    (tmp_path / "yedek.db").write_text("dün")
    code, _, trouble = run_devreye("backup", "yedek.db")
    assert code == 1
    assert "zaten var" in trouble
    assert (tmp_path / "yedek.db").read_text() == "dün"
    assert business.contents()["audit"] == []


def test_what_waited_in_a_backup_is_left_to_a_person_and_told(tmp_path: Path, run_devreye: Run) -> None:
    business = Business(tmp_path)
    assert run_devreye("backup", "yedek.db")[0] == 0
    code, said, trouble = run_devreye("restore", "yedek.db", "--replace")
    assert (code, trouble) == (0, "")
    assert "Sonucu belirsiz sayılan talep: 2." in said
    assert "kayıp" not in said
    assert business.states() == {
        "queued": "unknown",
        "sending": "unknown",
        "created": "created",
        "refused": "refused",
        "unknown": "unknown",
        "held": "held",
    }
    assert business.said_to(OPERATORS) == ["operators-unknown"] * 2
    assert [len(business.said_to(number)) for number in range(1, 7)] == [1, 1, 0, 0, 0, 0]
    # The lives and the identity were the other database's.
    with business.engine.begin() as connection:
        assert not life_queries.anybody_lives(connection, 0.0)
        assert queries.get_meta(connection, "identity") is None


def test_what_operators_did_since_a_backup_stays_on_record(tmp_path: Path, run_devreye: Run) -> None:
    business = Business(tmp_path)
    assert run_devreye("backup", "yedek.db")[0] == 0
    with business.engine.begin() as connection:
        note(connection, "telegram:5 Ayla", "find", "D-1", 5.0)
    assert run_devreye("restore", "yedek.db", "--replace")[0] == 0
    with business.engine.begin() as connection:
        whats = connection.scalars(sa.select(audit.c.what).order_by(audit.c.id)).all()
    assert whats == ["backup", "find", "restore"]


def test_a_call_that_the_journal_knows_is_found_again(tmp_path: Path, run_devreye: Run) -> None:
    business = Business(tmp_path)
    assert run_devreye("backup", "yedek.db")[0] == 0
    with SendJournal(business.journal) as journal, business.engine.begin() as connection:
        for request in request_queries.in_doubt(connection):
            journal.started(request.key, 1, spelled(request))
            journal.created(request.key, 1, f"4300{request.id}")
    code, said, _ = run_devreye("restore", "yedek.db", "--replace")
    assert code == 0
    assert "Çağrı numarası gönderim kaydından bulunan talep: 3" in said
    assert business.states() == {
        "queued": "unknown",
        "sending": "created",
        "created": "created",
        "refused": "refused",
        "unknown": "created",
        "held": "created",
    }


def test_a_restored_request_that_was_answered_otherwise_is_told_as_that(tmp_path: Path, run_devreye: Run) -> None:
    business = Business(tmp_path)
    assert run_devreye("backup", "yedek.db")[0] == 0
    with SendJournal(business.journal) as journal:
        journal.started("queued:5", 1, spelled_body())
        journal.created("queued:5", 1, "43077")
    assert run_devreye("restore", "yedek.db", "--replace")[0] == 0
    assert business.states()["queued"] == "unknown"
    assert "operators-sent-before" in business.said_to(OPERATORS)


def test_where_the_journal_is_lost_an_open_draft_is_not_sent_without_a_person(tmp_path: Path) -> None:
    world = World(tmp_path)
    with SendJournal(world.journal.path) as journal:
        journal.doubt("draft")
    world.work(settled)
    assert (world.row.state, world.row.reason, world.sent) == ("unknown", "journal_open", [])


def test_what_the_lost_journal_left_in_doubt_is_sent_once_a_person_decides_so(tmp_path: Path) -> None:
    world = World(tmp_path)
    with SendJournal(world.journal.path) as journal:
        journal.doubt("draft")
    world.work(settled)
    world.now += 1000.0
    again = Decision(world.row.id, "not_opened", world.row.attempts)
    with world.engine.begin() as connection:
        assert decide(connection, again, By("command:test"), world.now, world.terms) is None
    world.answers = [Created("43090")]
    world.work(lambda world: world.row.state == "created")
    assert (world.row.call_number, len(world.sent)) == ("43090", 1)


def test_where_the_journal_is_lost_the_office_is_told_and_nothing_goes_by_itself(
    tmp_path: Path, run_devreye: Run
) -> None:
    business = Business(tmp_path)
    assert run_devreye("backup", "yedek.db")[0] == 0
    business.journal.unlink()
    code, said, _ = run_devreye("restore", "yedek.db", "--replace")
    assert code == 0
    assert "kayıp" in said
    with SendJournal(business.journal) as journal, business.engine.begin() as connection:
        for draft_id in ("open", "refused", "held", "unknown", "queued", "sending"):
            assert journal.state_of(f"{draft_id}:9", b"{}").state == "open"
        assert journal.state_of("created:3", b"{}").state == "never"
        # Its next start has nothing more to doubt.
        assert queries.get_meta(connection, JOURNAL_ID) == journal.identity()


def test_a_database_that_holds_something_is_only_replaced_when_asked(tmp_path: Path, run_devreye: Run) -> None:
    business = Business(tmp_path)
    assert run_devreye("backup", "yedek.db")[0] == 0
    before = business.contents()
    code, _, trouble = run_devreye("restore", "yedek.db")
    assert code == 1
    assert "--replace" in trouble
    assert business.contents() == before


def test_nothing_is_restored_under_a_running_bot(tmp_path: Path, run_devreye: Run) -> None:
    business = Business(tmp_path)
    assert run_devreye("backup", "yedek.db")[0] == 0
    before = business.contents()
    with SendJournal(business.journal):
        code, _, trouble = run_devreye("restore", "yedek.db", "--replace")
    assert (code, trouble) == (1, "Bot çalışıyor. Önce onu durdurun, sonra yeniden deneyin.\n")
    assert business.contents() == before


@pytest.mark.only_on_postgresql(reason="there a web replica holds no journal")
def test_nothing_is_restored_under_a_replica_elsewhere(
    tmp_path: Path, run_devreye: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    business = Business(tmp_path)
    assert run_devreye("backup", "yedek.db")[0] == 0
    with business.engine.begin() as connection:
        life_queries.sign(connection, "elsewhere", 1_000.0)
    before = business.contents()
    monkeypatch.setattr("bot.commands.backups.time.time", lambda: 1_060.0)
    code, _, trouble = run_devreye("restore", "yedek.db", "--replace")
    assert code == 1
    assert "Bütün süreçlerini durdurun" in trouble
    assert business.contents() == before


def test_nothing_is_restored_by_root_in_the_bots_own_folder(
    tmp_path: Path, run_devreye: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Business(tmp_path)
    assert run_devreye("backup", "yedek.db")[0] == 0
    if os.geteuid() == 0:
        os.chown(tmp_path, 65534, -1)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    code, _, trouble = run_devreye("restore", "yedek.db", "--replace")
    assert code == 1
    assert "sudo -u" in trouble


def broken(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :: 97] = b"\xff" * len(content[len(content) // 2 :: 97])
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: -4096 * 3])


def no_database(path: Path) -> None:
    path.write_text("müşteri;telefon\n" * 1000)


def another_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE x (y)")


def one_letter(path: Path) -> None:
    content = path.read_bytes()
    assert b"99958" in content
    path.write_bytes(content.replace(b"99958", b"99959", 1))


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("spoil", [a_pipe, broken, one_letter, cut, no_database, another_database, Path.unlink])
def test_what_is_no_whole_backup_changes_nothing_and_is_said_in_one_sentence(
    tmp_path: Path, run_devreye: Run, spoil: Callable[[Path], None]
) -> None:
    business = Business(tmp_path)
    assert run_devreye("backup", "yedek.db")[0] == 0
    spoil(tmp_path / "yedek.db")
    before = business.contents()
    code, _, trouble = run_devreye("restore", "yedek.db", "--replace")
    assert (code, len(trouble.splitlines())) == (1, 1)
    assert "yedek.db" in trouble
    assert business.contents() == before


def test_a_backup_of_a_newer_release_is_refused(tmp_path: Path, run_devreye: Run) -> None:
    Business(tmp_path)
    assert run_devreye("backup", "yedek.db")[0] == 0
    with closing(sqlite3.connect(tmp_path / "yedek.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    code, _, trouble = run_devreye("restore", "yedek.db", "--replace")
    assert code == 1
    assert "yeni sürüm" in trouble


def test_a_backup_before_an_upgrade_leaves_the_database_at_its_revision_and_restores_after_it(
    tmp_path: Path, run_devreye: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(empty_database_url(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database_url(tmp_path))
    with engine.begin() as connection:
        make_tables(connection, "0001")
        connection.execute(sa.text("INSERT INTO chats (chat_id, language) VALUES (5, 'en')"))
    assert run_devreye("backup", "yedek.db")[0] == 0
    with engine.begin() as connection:
        assert connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == "0001"
    assert run_devreye("restore", "yedek.db", "--replace")[0] == 0
    with engine.begin() as connection:
        assert [tuple(row) for row in connection.execute(sa.select(chats.c.chat_id, chats.c.language))] == [(5, "en")]


def test_an_empty_database_and_one_that_is_not_there_have_no_backup(
    tmp_path: Path, run_devreye: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_engine(empty_database_url(tmp_path)).connect().close()
    monkeypatch.setenv("DATABASE_URL", database_url(tmp_path))
    code, _, trouble = run_devreye("backup", "yedek.db")
    assert (code, len(trouble.splitlines())) == (1, 1)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///yok.db")
    code, _, trouble = run_devreye("backup", "yedek.db")
    assert (code, len(trouble.splitlines())) == (1, 1)
    assert list(tmp_path.glob("yedek.db*")) == []
    assert not (tmp_path / "yok.db").exists()


@pytest.mark.parametrize(
    ("where", "name", "nth"),
    [
        ("bot.restoring.SendJournal", "doubt", 2),
        ("bot.restoring", "Restored", 1),
    ],
)
def test_a_restore_that_is_killed_leaves_the_database_as_it_was_and_can_be_repeated(
    tmp_path: Path, run_devreye: Run, where: str, name: str, nth: int
) -> None:
    business = Business(tmp_path)
    assert run_devreye("backup", "yedek.db")[0] == 0
    business.journal.unlink()
    with business.engine.begin() as connection:
        connection.execute(sa.delete(drafts))
    before = business.contents()
    killed(tmp_path, where, name, nth, "restore", "yedek.db", "--replace")
    assert business.contents() == before
    assert run_devreye("restore", "yedek.db", "--replace")[0] == 0
    assert set(business.states().values()) == {"unknown", "created", "refused", "held"}


def test_a_backup_that_is_killed_leaves_nothing_under_its_name(tmp_path: Path, run_devreye: Run) -> None:
    Business(tmp_path)
    killed(tmp_path, "bot.storage.copying.os", "replace", 1, "backup", "yedek.db")
    assert not (tmp_path / "yedek.db").exists()
    assert run_devreye("backup", "yedek.db")[0] == 0


def test_a_copy_that_reads_otherwise_than_what_was_copied_is_none(
    tmp_path: Path, run_devreye: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Business(tmp_path)
    answers = iter(range(1000))
    monkeypatch.setattr("bot.storage.copying.digest", lambda connection, table: str(next(answers)))
    code, _, trouble = run_devreye("backup", "yedek.db")
    assert code == 1
    assert "farklı" in trouble
    assert list(tmp_path.glob("yedek.db*")) == []
