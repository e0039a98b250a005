"""/sil: what is kept of a person goes from tables, pages, files and later backups; what stays is nobody's any more."""

import asyncio
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.intake import take
from bot.journal import SendJournal
from bot.licrus import Created, RefusedByLicrus, Unknown
from bot.privacy.erasing import CORRECTED_WITHIN_S, carry_out, erase_person
from bot.privacy.forgetting import Forgetting, redo_remembered
from bot.privacy.masking import NOBODY
from bot.privacy.remembering import remember, remembered
from bot.privacy.stored import as_json, export, stored_of
from bot.restoring import restore
from bot.settlement import settle
from bot.storage import erasure_queries, help_queries, media_queries, queries, request_queries
from bot.storage.copying import copy_rows, opened_backup, write_backup
from bot.storage.database import make_engine, make_writer, migrate
from bot.storage.erasure_queries import Erasure
from bot.storage.profile_queries import save_profile
from bot.storage.schema import chats, drafts, erasures, metadata, outbox, profiles, requests
from bot.telegram.inbound import Inbound
from bot.terms import Terms
from conversations.activation import ACTIVATION
from conversations.draft import Profile
from conversations.events import Command, Event, Tap, Text
from conversations.replies import Submit
from conversations.summary import seal
from locales import choice_of
from tests.databases import database_url, empty_database_url
from tests.talking import CUSTOMER

NOW = 1_800_000_000.0
DAY_S = 86_400.0
OFFICE = -100
TERMS = Terms(ACTIVATION, operators_chat_id=OFFICE, notice_url="https://ornek.com/kvkk", updates_per_minute=1000)
ME, OTHER = 11, 22
NEEDLES = ("Şükufe", "Tanrıöver", "5309876543", "530 987 65 43", "KZN-77-4411", "sukufe.t@", "Zambak Cad")
ANSWERS = (
    *CUSTOMER[:4],
    "Şükufe Tanrıöver",
    "0530 987 65 43",
    "sukufe.t@ornek.com",
    "Ümraniye, İstanbul",
    "Zambak Cad. No: 14 D: 2",
    *CUSTOMER[9:11],
    "KZN-77-4411",
    "Yok, özete geç",
)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    with engine.connect() as opened:
        yield opened


class Person:
    """Somebody who writes in their private chat."""

    updates = 0

    def __init__(self, connection: sa.Connection, user_id: int, name: str = "Şükufe") -> None:
        self.connection, self.user_id, self.name = connection, user_id, name

    def does(self, event: Event, now: float = NOW) -> None:
        Person.updates += 1
        inbound = Inbound(Person.updates, "f", self.user_id, "private", self.user_id, first_name=self.name, event=event)
        with self.connection.begin():
            take(self.connection, inbound, now, TERMS)

    def fills(self, answers: tuple[str, ...] = ANSWERS, now: float = NOW) -> None:
        for text in answers:
            name = text.removeprefix("/")
            self.does(Command(name) if text != name else Text(text, Person.updates, choice_of(text)), now)

    def confirms(self, now: float = NOW) -> request_queries.Request:
        """The request that the confirmation of the open summary made, as it is being sent."""
        with self.connection.begin():
            draft = queries.active_draft(self.connection, self.user_id, self.user_id)
        assert draft is not None
        self.does(Tap(draft.id, draft.revision, "confirm", seal(ACTIVATION, draft), 1), now)
        with self.connection.begin():
            (taken,) = request_queries.take_due(self.connection, now, 60.0, 1)
        return taken

    def erases(self, now: float = NOW) -> None:
        with self.connection.begin():
            shown = stored_of(self.connection, self.user_id)
        self.does(Tap("", 0, "privacy-yes", shown.seal, 1), now)


def everywhere(connection: sa.Connection) -> str:
    """All that stands in any table."""
    with connection.begin():
        return "\n".join(
            str(tuple(row)) for table in metadata.sorted_tables for row in connection.execute(sa.select(table))
        )


def found(content: str | bytes, needles: tuple[str, ...] = NEEDLES) -> list[str]:
    if isinstance(content, bytes):
        return [
            needle for needle in needles if needle.encode() in content or json.dumps(needle)[1:-1].encode() in content
        ]
    return [needle for needle in needles if needle in content]


def what_files_hold(folder: Path) -> dict[str, list[str]]:
    return {path.name: found(path.read_bytes()) for path in folder.iterdir()}


def all_sent(connection: sa.Connection) -> None:
    with connection.begin():
        connection.execute(sa.update(outbox).values(state="sent"))


def settled(connection: sa.Connection, taken: request_queries.Request, outcome: Any, now: float = NOW) -> None:
    with connection.begin():
        settle(connection, taken, outcome, now, TERMS)


def again(connection: sa.Connection, now: float) -> list[bool]:
    """One more pass over what could not go yet."""
    with connection.begin():
        return [carry_out(connection, erasure, now) for erasure in erasure_queries.unfinished(connection)]


def whole_life(connection: sa.Connection) -> Person:
    """Somebody of whom every table holds something."""
    me = Person(connection, ME)
    me.fills()
    settled(connection, me.confirms(), Created("43090"))
    me.fills(ANSWERS[:7])
    with connection.begin():
        save_profile(connection, ME, Profile(values={"DealerContactPerson": "Şükufe Tanrıöver"}), NOW)
        media_queries.add(
            connection, NOW, NOW, chat_id=ME, user_id=ME, message_id=1, kind="photo", file_id="x", album="",
            caption="KZN-77-4411", first_name="Şükufe", last_name="Tanrıöver",
        )  # fmt: skip
        help_queries.keep(connection, "Y-ABCDEF", ME, ME, 1, NOW)
        help_queries.add_answer(connection, "Y-ABCDEF", 5, "Şükufe Hanım, sizi arayacağız.", NOW)
    me.fills(("/durum", "yardım iste", "Ben Şükufe, KZN-77-4411 yanmıyor"))
    all_sent(connection)
    return me


def test_after_erasing_no_table_holds_anything_of_the_person(connection: sa.Connection) -> None:
    me = whole_life(connection)
    assert found(everywhere(connection)) == list(NEEDLES)
    me.erases(NOW + 1)
    assert found(everywhere(connection)) == []
    with connection.begin():
        (row,) = connection.execute(sa.select(requests)).all()
        assert (row.call_number, row.user_id, row.chat_id) == ("43090", NOBODY, NOBODY)
        assert connection.scalar(sa.select(chats.c.chat_id).where(chats.c.chat_id == ME)) is None
        assert stored_of(connection, ME).is_empty
        (said,) = connection.execute(sa.select(outbox.c.message).where(outbox.c.state == "pending")).scalars()
    assert "erase-done" in said
    all_sent(connection)
    assert again(connection, NOW + 2) == []


def test_nobody_elses_data_go_with_it(connection: sa.Connection) -> None:
    other = Person(connection, OTHER, "Ali")
    other.fills(CUSTOMER)
    other.confirms()
    with connection.begin():
        before = stored_of(connection, OTHER)
    whole_life(connection).erases(NOW + 1)
    with connection.begin():
        assert stored_of(connection, OTHER) == before


def test_a_clock_that_is_behind_the_others_keeps_nothing_back(connection: sa.Connection) -> None:
    whole_life(connection).erases(NOW - 60)
    assert found(everywhere(connection)) == []


def test_what_comes_later_is_not_meant(connection: sa.Connection) -> None:
    me = whole_life(connection)
    me.erases(NOW + 1)
    me.fills(now=NOW + 2)
    all_sent(connection)
    with connection.begin():
        erasures_known = erasure_queries.everything(connection)
        assert [carry_out(connection, erasure, NOW + 3) for erasure in erasures_known] == [True]
        assert stored_of(connection, ME).drafts_count == 1
        assert connection.scalar(sa.select(sa.func.count()).select_from(chats).where(chats.c.chat_id == ME)) == 1


def test_a_request_that_waits_for_its_result_goes_once_its_person_was_told(connection: sa.Connection) -> None:
    me = Person(connection, ME)
    me.fills()
    taken = me.confirms()
    settled(connection, taken, Unknown("timeout"))
    all_sent(connection)
    me.erases(NOW + 1)
    with connection.begin():
        body = connection.scalar(sa.select(requests.c.body))
        assert json.loads(body or "")["CustomerFullName"] == "Şükufe Tanrıöver"
    assert again(connection, NOW + 2) == [False]
    settled(connection, taken, Created("43090"), NOW + 100)
    with connection.begin():
        told = connection.execute(sa.select(outbox.c.chat_id).where(outbox.c.state == "pending")).scalars().all()
    assert ME in told
    assert again(connection, NOW + 101) == [False]
    all_sent(connection)
    assert again(connection, NOW + 102) == [True]
    assert found(everywhere(connection)) == []


def test_one_that_is_refused_afterwards_can_be_corrected_for_a_day(connection: sa.Connection) -> None:
    me = Person(connection, ME)
    me.fills()
    taken = me.confirms()
    me.erases(NOW + 1)
    settled(connection, taken, RefusedByLicrus("Şükufe Tanrıöver kayıtlı değil"), NOW + 100)
    all_sent(connection)
    assert again(connection, NOW + 101) == [False]
    with connection.begin():
        assert connection.scalars(sa.select(drafts.c.status)).all() == ["open"]
    assert again(connection, NOW + 101 + CORRECTED_WITHIN_S) == [True]
    assert found(everywhere(connection)) == []


def test_one_that_is_corrected_and_confirmed_anew_stays_until_that_is_settled(connection: sa.Connection) -> None:
    me = Person(connection, ME)
    me.fills()
    taken = me.confirms()
    me.erases(NOW + 1)
    settled(connection, taken, RefusedByLicrus("Bayi bulunamadı"), NOW + 100)
    me.fills(("adres: Meclis Mah. Yavuz Cad. No: 8 D: 3",), NOW + 150)
    newer = me.confirms(NOW + 200)
    assert newer.draft_id == taken.draft_id
    all_sent(connection)
    again(connection, NOW + 300)
    with connection.begin():
        rows = connection.execute(sa.select(requests.c.id, requests.c.masked_at)).all()
        assert {row.id: row.masked_at for row in rows} == {taken.id: NOW + 300, newer.id: None}
        assert queries.own_draft(connection, newer.draft_id, ME, ME) is not None


def test_what_somebody_confirmed_who_is_erased_is_still_sent_and_only_once(connection: sa.Connection) -> None:
    me = Person(connection, ME)
    me.fills()
    with connection.begin():
        draft = queries.active_draft(connection, ME, ME)
    assert draft is not None
    confirm = Tap(draft.id, draft.revision, "confirm", seal(ACTIVATION, draft), 1)
    me.does(confirm)
    me.erases(NOW + 1)
    me.does(confirm, NOW + 2)
    with connection.begin():
        assert len(request_queries.take_due(connection, NOW + 3, 60.0, 9)) == 1


def test_a_dealer_of_many_years_is_erased_too(connection: sa.Connection) -> None:
    with connection.begin():
        for number in range(700):
            submit = Submit(f"draft-{number}", 3, f"D-{number:05}", {"CustomerFullName": "Şükufe Tanrıöver"})
            request_queries.enqueue(connection, submit, ME, ME, NOW)
        values = {"state": "created", "call_number": "43090"}
        connection.execute(sa.update(requests).values(**values))
    Person(connection, ME).erases(NOW + 1)
    assert found(everywhere(connection)) == []
    assert again(connection, NOW + 2) == []


def test_an_erasure_that_is_rolled_back_has_erased_nothing(connection: sa.Connection) -> None:
    whole_life(connection)
    before = everywhere(connection)
    transaction = connection.begin()
    erase_person(connection, ME, "person", NOW + 1)
    transaction.rollback()
    assert everywhere(connection) == before


def test_the_file_for_the_person_holds_all_of_it_and_of_a_dealer_of_the_list_only_a_part(
    connection: sa.Connection,
) -> None:
    whole_life(connection)
    with connection.begin():
        row = connection.execute(sa.select(drafts).where(drafts.c.status == "submitted")).one()
        held = json.loads(row.data)
        held["answers"]["DealerMobilePhone"] = {"value": "+905325466757", "masked": True}
        connection.execute(sa.update(drafts).where(drafts.c.id == row.id).values(data=json.dumps(held)))
        body = {**json.loads(connection.scalar(sa.select(requests.c.body)) or ""), "DealerMobilePhone": "5325466757"}
        connection.execute(sa.update(requests).values(body=json.dumps(body)))
        content = as_json(export(connection, ME, NOW)).decode()
    assert found(content) == [needle for needle in NEEDLES if needle != "530 987 65 43"] or found(content) == list(
        NEEDLES
    )
    assert "5325466757" not in content
    told = json.loads(content)
    assert told["telegram_user_id"] == ME
    assert told["requests"][0]["call_number"] == "43090"
    assert told["requests"][0]["fields"]["DealerMobilePhone"].startswith("5325")
    assert {"Şükufe Tanrıöver"} == {told["dealer_profile"]["DealerContactPerson"]}


def test_a_line_torn_in_the_file_of_erasures_hides_none_of_the_others(tmp_path: Path) -> None:
    path = tmp_path / "devreye.erasures"
    one, two = (Erasure(str(number), NOW, "person", number, marks=("D-7K3F",)) for number in (1, 2))
    assert remembered(path) == []
    remember(path, [one])
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open("ab") as file:
        file.write(b'{"id": "torn", "asked')
    remember(path, [two, two])
    assert remembered(path) == [one, two, two]


def test_what_was_erased_is_erased_again_in_a_database_that_was_put_back(tmp_path: Path) -> None:
    engine = make_engine(empty_database_url(tmp_path))
    migrate(engine)
    with engine.connect() as connection:
        me = whole_life(connection)
        copy = tmp_path / "backup.db"
        write_backup(engine, copy, {})
        me.erases(NOW + 1)
        path = tmp_path / "devreye.erasures"
        with connection.begin():
            remember(path, erasure_queries.unnoted(connection))
        assert found(everywhere(connection)) == []
        with (
            SendJournal(tmp_path / "devreye.journal") as journal,
            opened_backup(copy, tmp_path) as backup,
            connection.begin(),
        ):
            restore(connection, backup, journal, TERMS, NOW + 2, "command:test", replace=True)
        assert found(everywhere(connection)) == []
        with connection.begin():
            # A copy that was put back without the command.
            for table in reversed(metadata.sorted_tables):
                connection.execute(sa.delete(table))
        with opened_backup(copy, tmp_path) as backup, connection.begin():
            copy_rows(backup, connection, metadata.sorted_tables)
        assert found(everywhere(connection)) == list(NEEDLES)

        async def started() -> None:
            writer = make_writer(engine)
            writer.start()
            for _ in range(2):
                await redo_remembered(writer, path, NOW + 3)
            await writer.close()

        asyncio.run(started())
        all_sent(connection)
        again(connection, NOW + 4)
        assert found(everywhere(connection)) == []
        with connection.begin():
            assert connection.scalar(sa.select(sa.func.count()).select_from(erasures)) == 1


@pytest.mark.only_on_sqlite(reason="PostgreSQL's pages and archives are its administrator's")
def test_after_erasing_no_page_no_log_no_journal_and_no_later_backup_holds_anything(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    engine = make_engine(f"sqlite:///{tmp_path / 'devreye.db'}")
    migrate(engine)
    left: dict[str, list[str]] = {}

    async def looked() -> None:
        writer = make_writer(engine)
        writer.start()
        await Forgetting(writer, tmp_path / "devreye.erasures", tmp_path / "devreye.db", lambda: NOW + 2).look()
        left.update(what_files_hold(tmp_path))
        await writer.close()
        assert set(left) >= {"devreye.db", "devreye.db-wal", "devreye.journal", "devreye.erasures"}
        assert {name: needles for name, needles in left.items() if needles} == {}

    with engine.connect() as connection:
        for number in range(100, 106):
            # Pages are split while others write too.
            Person(connection, number, "Ali").fills(CUSTOMER)
        me = whole_life(connection)
        with connection.begin():
            made = connection.execute(sa.select(requests.c.key, requests.c.body)).one()
        with SendJournal(tmp_path / "devreye.journal") as journal:
            journal.started(made.key, 1, made.body.encode())
            journal.created(made.key, 1, "43090")
        for number in range(200, 206):
            Person(connection, number, "Ali").fills(CUSTOMER)
        me.erases(NOW + 1)
        all_sent(connection)

        # Another connection is open, as a command's may be: the log is not emptied by closing the last one.
        asyncio.run(looked())
    write_backup(engine, tmp_path / "later.db", {})
    assert found((tmp_path / "later.db").read_bytes()) == []
    assert b"Ay\xc5\x9fe" in (tmp_path / "later.db").read_bytes()
    assert found(caplog.text) == []


@pytest.mark.parametrize("dies_before", ["the file", "the note", "nothing"])
def test_killed_anywhere_the_file_has_it_once_and_the_next_look_does_the_rest(
    tmp_path: Path, dies_before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    with engine.connect() as connection:
        whole_life(connection).erases(NOW + 1)
        all_sent(connection)
    path = tmp_path / "devreye.erasures"
    database = None if engine.dialect.name == "postgresql" else tmp_path / "devreye.db"

    def dies(*_: Any) -> None:
        raise RuntimeError("killed here")

    async def look() -> None:
        writer = make_writer(engine)
        writer.start()
        try:
            await Forgetting(writer, path, database, lambda: NOW + 2).look()
        finally:
            await writer.close()

    with monkeypatch.context() as patch:
        if dies_before == "the file":
            patch.setattr("bot.privacy.forgetting.remember", dies)
        elif dies_before == "the note":
            patch.setattr("bot.storage.erasure_queries.note", dies)
        try:
            asyncio.run(look())
        except RuntimeError:
            assert dies_before != "nothing"
    asyncio.run(look())
    assert len({erasure.id for erasure in remembered(path)}) == 1
    with engine.connect() as connection, connection.begin():
        assert erasure_queries.unnoted(connection) == erasure_queries.unfinished(connection) == []


def test_profiles_of_others_stay(connection: sa.Connection) -> None:
    with connection.begin():
        for user_id in (ME, OTHER):
            save_profile(connection, user_id, Profile(values={"DealerContactPerson": "Biri"}), NOW)
    Person(connection, ME).erases(NOW + 1)
    with connection.begin():
        assert connection.scalars(sa.select(profiles.c.user_id)).all() == [OTHER]
