"""One update, one transaction: with a small engine that counts, so that only the intake's own work is seen."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import fresh
from bot.fresh import CODE_LETTERS
from bot.intake import Intake, Taken, suspect_waits_s, take
from bot.storage import life_queries, queries, request_queries
from bot.storage.database import make_engine, make_writer, migrate
from bot.storage.errors import StorageFull
from bot.storage.schema import chats, drafts, failures, outbox, requests, seen_updates
from bot.telegram.inbound import Inbound, Malformed, parse, update_id_of
from bot.terms import Terms
from conversations.activation import ACTIVATION
from conversations.draft import Answer, Draft, Option, Pending
from conversations.events import Command, Context, Edit, Event, Other, Settled, Tap, Text
from conversations.form import Form
from conversations.replies import Message, Submit, Turn
from conversations.words import Words
from tests.databases import ON_POSTGRESQL, database_url

NOW = 1_800_000_000.0
SAID = Message((Words("nothing-open"),))
SEEN: list[tuple[Draft | None, Event, Context]] = []


def small_turn(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn:
    """ "yeni" begins a draft, "gönder" submits it, "hata" is our own mistake; any other text is kept as an answer."""
    SEEN.append((draft, event, context))
    match event:
        case Text(text="hata"):
            raise RuntimeError("a mistake of ours")
        case Text(text="yeni") | Command(name="yeni"):
            return Turn(Draft(id=context.fresh_draft_id, form="activation"), (SAID,))
        case Text(text="english"):
            return Turn(draft, (SAID,), language="en", toast=Words("choice-new"))
        case Text(text="vazgeç"):
            return Turn(None, (SAID,))
        case Text(text="gönder") if draft is not None:
            submit = Submit(draft.id, draft.revision, context.fresh_code, {"CustomerFullName": "Ayşe"})
            return Turn(draft.changed(status="submitted", code=context.fresh_code), (SAID, SAID), submit=submit)
        case Text(text=text) if draft is not None and draft.status == "open":
            answers = {**draft.answers, str(len(draft.answers)): Answer(value=text)}
            return Turn(draft.changed(answers=answers), (SAID,))
        case Tap(action="submit-again") if draft is not None:
            submit = Submit(draft.id, 0, context.fresh_code, {})
            return Turn(draft, (SAID,), submit=submit)
        case _:
            return Turn(draft, (SAID,), toast=Words("choice-new"))


TERMS = Terms(ACTIVATION, operators_chat_id=-100, bot_username="devreye_bot", turn=small_turn)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)
    SEEN.clear()
    with engine.connect() as connection:
        yield connection


class Person:
    """Sends updates with ids of their own."""

    update_id = 0

    def __init__(self, connection: sa.Connection, chat_id: int = 1, user_id: int | None = None) -> None:
        self.connection, self.chat_id, self.user_id = connection, chat_id, user_id or chat_id

    def inbound(self, event: Event | None, **fields: Any) -> Inbound:
        Person.update_id += 1
        given = {"first_name": "Ayşe", "event": event, **fields}
        return Inbound(Person.update_id, "f", self.chat_id, given.pop("chat_type", "private"), self.user_id, **given)

    def does(self, event: Event | None, **fields: Any) -> Taken | None:
        inbound = self.inbound(event, **fields)
        with self.connection.begin():
            return take(self.connection, inbound, NOW, TERMS)

    def says(self, text: str) -> Taken | None:
        return self.does(Text(text, 1))

    @property
    def draft(self) -> Draft | None:
        with self.connection.begin():
            return queries.active_draft(self.connection, self.chat_id, self.user_id)


def rows(connection: sa.Connection, table: sa.Table) -> list[Any]:
    with connection.begin():
        return list(connection.execute(sa.select(table).order_by(*table.primary_key)))


def test_a_first_message_makes_draft_and_reply_in_one_transaction(connection: sa.Connection) -> None:
    person = Person(connection)
    person.says("yeni")
    person.says("merhaba")
    draft = person.draft
    assert draft is not None
    assert draft.answers["0"].value == "merhaba"
    assert [row.language for row in rows(connection, outbox)] == ["tr", "tr"]
    assert queries.read_message(rows(connection, outbox)[0].message) == SAID


def test_an_update_that_comes_again_does_and_says_nothing(connection: sa.Connection) -> None:
    person = Person(connection)
    person.says("yeni")
    inbound = person.inbound(Text("bir", 1))
    for _ in range(2):
        with connection.begin():
            taken = take(connection, inbound, NOW, TERMS)
    assert taken is None
    assert len(rows(connection, outbox)) == 2
    assert person.draft is not None
    assert len(person.draft.answers) == 1


def test_the_same_id_with_another_content_is_another_update(connection: sa.Connection) -> None:
    inbound = Person(connection).inbound(Text("yeni", 1))
    for fingerprint in ("a", "b"):
        with connection.begin():
            assert take(connection, replace(inbound, fingerprint=fingerprint), NOW, TERMS) is not None


def test_a_tap_means_the_draft_it_names(connection: sa.Connection) -> None:
    person = Person(connection)
    person.says("yeni")
    person.says("bir")
    first = person.draft
    assert first is not None
    person.does(Command("yeni"))
    person.does(Tap(first.id, 1, "confirm", "", 5))
    draft, _, _ = SEEN[-1]
    assert draft is not None
    assert draft.id == first.id


def test_a_tap_on_somebody_elses_draft_means_ones_own(connection: sa.Connection) -> None:
    person, stranger = Person(connection, 1), Person(connection, 2)
    person.says("yeni")
    theirs = person.draft
    assert theirs is not None
    stranger.does(Tap(theirs.id, 0, "confirm", "", 5))
    assert SEEN[-1][0] is None
    Person(connection, 1, user_id=2).does(Tap(theirs.id, 0, "confirm", "", 5))
    assert SEEN[-1][0] is None


def test_one_confirmation_queues_one_request(connection: sa.Connection) -> None:
    person = Person(connection)
    person.says("yeni")
    draft = person.draft
    assert draft is not None
    taken = person.says("gönder")
    assert taken == Taken(spoke=True, submitted=True)
    again = person.does(Tap(draft.id, 0, "submit-again", "", 5))
    assert again == Taken(spoke=True, submitted=False)
    (row,) = rows(connection, requests)
    assert (row.key, row.state, row.body) == (f"{draft.id}:0", "queued", '{"CustomerFullName": "Ayşe"}')


def test_a_code_has_no_look_alikes_and_is_unused(connection: sa.Connection) -> None:
    person = Person(connection)
    for _ in range(30):
        person.says("yeni")
        person.says("gönder")
    codes = [row.code for row in rows(connection, requests)]
    assert len(set(codes)) == 30
    assert all(code.startswith("D-") and set(code[2:]) <= set(CODE_LETTERS) and len(code) == 6 for code in codes)
    assert not set(CODE_LETTERS) & set("01OIL")


def test_an_id_or_a_code_that_was_used_before_is_drawn_again(
    connection: sa.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draws(name: str, *drawn: str) -> None:
        left = iter(drawn)
        monkeypatch.setattr(fresh, name, lambda *_: next(left))

    def begins_and_sends(chat_id: int) -> None:
        for text in ("yeni", "gönder"):
            Person(connection, chat_id).says(text)

    draws("drawn_id", "one", "unneeded")
    draws("drawn_code", "unneeded", "D-A")
    begins_and_sends(1)
    # Drawn, found taken, and drawn until one is free; then the turn is held anew, with an id and a code that are.
    draws("drawn_id", "one", "one", "two", "unneeded", "unneeded")
    draws("drawn_code", "unneeded", "unneeded", "D-A", "D-A", "D-B")
    begins_and_sends(2)
    assert [(row.draft_id, row.code) for row in rows(connection, requests)] == [("one", "D-A"), ("two", "D-B")]


def test_after_the_request_the_engine_sees_the_submitted_draft_and_what_became_of_it(
    connection: sa.Connection,
) -> None:
    person = Person(connection)
    person.says("yeni")
    person.says("gönder")
    person.says("ne oldu")
    draft, _, context = SEEN[-1]
    assert draft is not None
    assert draft.status == "submitted"
    assert context.last_request == Settled("queued", draft.code or "")
    with connection.begin():
        request_queries.change(connection, 1, NOW, state="created", call_number="43090")
    person.says("ne oldu")
    assert SEEN[-1][2].last_request == Settled("created", draft.code or "", "43090")


def test_an_open_draft_that_was_let_go_does_not_come_back(connection: sa.Connection) -> None:
    person = Person(connection)
    person.says("yeni")
    person.says("vazgeç")
    assert person.draft is not None
    assert person.draft.status == "cancelled"
    person.says("yeni")
    person.says("yeni")
    assert sorted(row.status for row in rows(connection, drafts)) == ["cancelled", "cancelled", "open"]


def test_a_chosen_language_is_kept_and_spoken_at_once(connection: sa.Connection) -> None:
    person = Person(connection)
    taken = person.says("english")
    person.says("x")
    assert [row.language for row in rows(connection, outbox)] == ["en", "en"]
    assert taken is not None
    assert taken.toast


def test_a_typed_button_is_recognised_and_so_is_an_offered_reading(connection: sa.Connection) -> None:
    person = Person(connection)
    person.says("yeni")
    draft = person.draft
    assert draft is not None
    options = tuple(Option(answers={}, label=label) for label in ("İzmir / Merkez", "Ağrı / Merkez"))
    pending = Pending(field="CustomerCity", options=options, question=Words("nothing-open"))
    with connection.begin():
        queries.save_draft(connection, draft.changed(pending=pending), 1, 1, NOW)
    person.says("AGRI / merkez")
    event = SEEN[-1][1]
    assert isinstance(event, Text)
    assert event.option == 1
    assert event.choice is None


def test_groups_are_told_once_and_nothing_is_asked_there(connection: sa.Connection) -> None:
    group = Person(connection, -5, user_id=7)
    for _ in range(2):
        group.does(Text("yeni", 1), chat_type="supergroup")
    group.does(Text("yeni", 1), chat_type="channel")
    Person(connection, -100, user_id=7).does(Text("yeni", 1), chat_type="supergroup")
    (row,) = rows(connection, outbox)
    assert queries.read_message(row.message).paragraphs[0].id == "group-only-private"
    assert SEEN == []


def test_blocking_is_noted_and_unblocking_too(connection: sa.Connection) -> None:
    person = Person(connection)
    person.does(None, membership="blocked")
    assert rows(connection, chats)[0].blocked_at == NOW
    person.does(None, membership="unblocked")
    assert rows(connection, chats)[0].blocked_at is None
    assert rows(connection, outbox) == []


def test_a_group_that_moves_takes_its_messages_along(connection: sa.Connection) -> None:
    with connection.begin():
        queries.say_later(connection, -100, SAID, "tr", NOW)
    Person(connection, -100, user_id=7).does(None, chat_type="group", migrated_to=-200)
    assert [row.chat_id for row in rows(connection, outbox)] == [-200]
    with connection.begin():
        assert queries.where_is(connection, -100) == -200


def receive(tmp_path: Path, *inbounds: Inbound, careful: bool = False, terms: Terms = TERMS) -> list[Taken | None]:
    async def run() -> list[Taken | None]:
        writer = make_writer(make_engine(database_url(tmp_path)))
        writer.start()
        try:
            intake = Intake(writer, terms, clock=lambda: NOW)
            if careful:
                intake.be_careful()
            return [await intake.receive(inbound) for inbound in inbounds]
        finally:
            await writer.close()

    return asyncio.run(run())


def test_a_poisonous_update_is_set_aside_at_the_third_failure(connection: sa.Connection, tmp_path: Path) -> None:
    person = Person(connection)
    person.says("yeni")
    before = person.draft
    inbound = person.inbound(Text("hata", 1))
    (taken,) = receive(tmp_path, inbound)
    assert taken == Taken(spoke=True)
    assert [row.attempts for row in rows(connection, failures)] == [3]
    said = {row.chat_id: queries.read_message(row.message).paragraphs[0].id for row in rows(connection, outbox)}
    assert said == {1: "apology", -100: "operators-poison"}
    assert person.draft == before
    assert receive(tmp_path, inbound) == [None]


def dies_with(connection: sa.Connection, inbound: Inbound, times: int) -> int | None:
    """The update was begun, and the process ended with it, so often; what is known of it then."""
    with connection.begin():
        for _ in range(times):
            queries.count_failure(connection, inbound.update_id, inbound.fingerprint, NOW)
        return life_queries.deaths(connection, inbound.update_id, inbound.fingerprint)


def test_an_update_during_which_the_process_was_killed_twice_is_innocent(
    connection: sa.Connection, tmp_path: Path
) -> None:
    inbound = Person(connection).inbound(Text("yeni", 1))
    assert dies_with(connection, inbound, 2) == 2
    assert receive(tmp_path, inbound, careful=True) == [Taken(spoke=True)]
    said = {row.chat_id: queries.read_message(row.message).paragraphs[0].id for row in rows(connection, outbox)}
    assert "apology" not in said.values()


def test_an_update_that_was_begun_three_times_and_never_taken_is_not_tried_again(
    connection: sa.Connection, tmp_path: Path
) -> None:
    inbound = Person(connection).inbound(Text("yeni", 1))
    assert dies_with(connection, inbound, 3) == 3
    assert receive(tmp_path, inbound, careful=True) == [Taken(spoke=True)]
    said = {row.chat_id: queries.read_message(row.message).paragraphs[0].id for row in rows(connection, outbox)}
    assert said == {1: "apology", -100: "operators-poison"}
    assert receive(tmp_path, inbound, careful=True) == [None]


@pytest.mark.parametrize("careful", [False, True])
def test_an_update_that_fails_twice_is_tried_a_third_time_though_it_was_counted_before(
    connection: sa.Connection, tmp_path: Path, careful: bool
) -> None:
    person = Person(connection)
    mistakes = [True] * 2

    def failing(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn:
        if mistakes and mistakes.pop():
            raise RuntimeError
        return small_turn(form, draft, event, context)

    inbound = person.inbound(Text("yeni", 1))
    receive(tmp_path, inbound, careful=careful, terms=replace(TERMS, turn=failing))
    said = {row.chat_id: queries.read_message(row.message).paragraphs[0].id for row in rows(connection, outbox)}
    assert "apology" not in said.values()
    assert person.draft is not None


def test_a_storage_that_fails_is_no_death_of_the_update(connection: sa.Connection, tmp_path: Path) -> None:
    inbound = Person(connection).inbound(Text("yeni", 1))
    full = [True] * 3

    def failing(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn:
        if full and full.pop():
            raise StorageFull
        return small_turn(form, draft, event, context)

    async def run() -> None:
        writer = make_writer(make_engine(database_url(tmp_path)))
        writer.start()
        intake = Intake(writer, replace(TERMS, turn=failing), clock=lambda: NOW)
        intake.be_careful()
        try:
            for _ in range(3):
                with pytest.raises(StorageFull):
                    await intake.receive(inbound)
            assert await intake.receive(inbound) == Taken(spoke=True)
        finally:
            await writer.close()

    asyncio.run(run())
    said = {queries.read_message(row.message).paragraphs[0].id for row in rows(connection, outbox)}
    assert "apology" not in said


def test_a_suspect_waits_for_another_moment_each_time_but_never_long() -> None:
    waits = [suspect_waits_s(update_id, deaths) for update_id in range(50) for deaths in (1, 2)]
    assert len(set(waits)) == 100
    assert 0.0 <= min(waits) < 0.1
    assert 0.9 < max(waits) <= 1.0


def test_an_update_that_is_taken_loses_its_count(connection: sa.Connection, tmp_path: Path) -> None:
    inbound = Person(connection).inbound(Text("yeni", 1))
    dies_with(connection, inbound, 1)
    (taken,) = receive(tmp_path, inbound, careful=True)
    assert taken is not None
    assert rows(connection, failures) == []
    # It comes again, and again: it was taken, so no end of the process is its fault.
    assert dies_with(connection, inbound, 5) is None
    assert receive(tmp_path, inbound, careful=True) == [None]


def test_after_an_unclean_end_updates_run_one_at_a_time_and_counted_first(
    connection: sa.Connection, tmp_path: Path
) -> None:
    person, other = Person(connection), Person(connection, 2)
    inbounds = [person.inbound(Text("yeni", 1)), other.inbound(Text("yeni", 2))]
    counted: list[int] = []

    def counting(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn:
        counted.append(len(peek(tmp_path)))
        return small_turn(form, draft, event, context)

    async def run() -> None:
        writer = make_writer(make_engine(database_url(tmp_path)))
        writer.start()
        intake = Intake(writer, replace(TERMS, turn=counting), clock=lambda: NOW)
        intake.be_careful()
        await asyncio.gather(*(intake.receive(inbound) for inbound in inbounds))
        intake.trust()
        await intake.receive(person.inbound(Text("sonra", 3)))
        await writer.close()

    asyncio.run(run())
    # Each found exactly itself on the disk, counted; without suspicion nothing is counted.
    assert counted == [1, 1, 0]


def peek(tmp_path: Path) -> list[Any]:
    """The committed counts, read beside the writer."""
    if ON_POSTGRESQL:
        with make_engine(database_url(tmp_path)).connect() as beside:
            return list(beside.execute(sa.select(failures)))
    with contextlib.closing(sqlite3.connect(f"file:{tmp_path / 'devreye.db'}?mode=ro", uri=True)) as look:
        return look.execute("SELECT * FROM failures").fetchall()


def test_a_life_that_did_not_end_is_told_to_the_next_start(connection: sa.Connection) -> None:
    with connection.begin():
        assert not life_queries.begin(connection, "first", NOW, NOW - 90)
        assert life_queries.begin(connection, "second", NOW + 100, NOW + 10)
        life_queries.end(connection, "second")
        assert not life_queries.begin(connection, "third", NOW + 200, NOW + 110)
        life_queries.sign(connection, "third", NOW + 299)
        # One that gave a sign just now may be another replica: it is not forgotten.
        assert life_queries.begin(connection, "fourth", NOW + 300, NOW + 210)
        life_queries.end(connection, "fourth")
        assert life_queries.begin(connection, "fifth", NOW + 301, NOW + 211)


def test_a_failure_keeps_nothing_of_the_update(connection: sa.Connection) -> None:
    person = Person(connection)
    with pytest.raises(RuntimeError):
        person.says("hata")
    assert rows(connection, seen_updates) == []
    assert rows(connection, outbox) == []


def test_a_reply_that_cannot_be_said_fails_the_update_and_not_the_outbox(connection: sa.Connection) -> None:
    unsayable = replace(TERMS, turn=lambda *_: Turn(None, (Message((Words("no-such-words"),)),)))
    with pytest.raises(KeyError), connection.begin():
        take(connection, Person(connection).inbound(Text("x", 1)), NOW, unsayable)


def test_a_full_disk_is_no_fault_of_the_update(connection: sa.Connection, tmp_path: Path) -> None:
    def full(*_: Any) -> Turn:
        raise StorageFull

    async def run() -> None:
        writer = make_writer(make_engine(database_url(tmp_path)))
        writer.start()
        try:
            with pytest.raises(StorageFull):
                await Intake(writer, replace(TERMS, turn=full)).receive(Person(connection).inbound(Text("x", 1)))
        finally:
            await writer.close()

    asyncio.run(run())
    assert rows(connection, failures) == []


def test_old_things_are_swept_and_what_is_needed_stays(connection: sa.Connection) -> None:
    person = Person(connection)
    person.says("yeni")
    person.says("gönder")
    person.says("yeni")
    later = NOW + 40 * queries.DAY_S
    with connection.begin():
        connection.execute(sa.update(outbox).where(outbox.c.id == 1).values(state="sent"))
        queries.sweep(connection, later)
        queries.erase_untouched(connection, later - 30 * queries.DAY_S)
    assert rows(connection, seen_updates) == []
    assert [row.state for row in rows(connection, outbox)] == ["pending"] * 3
    assert [row.status for row in rows(connection, drafts)] == ["submitted"]


def test_a_draft_of_a_newer_release_locks_nobody_out(connection: sa.Connection) -> None:
    person = Person(connection)
    person.says("yeni")
    with connection.begin():
        connection.execute(sa.update(drafts).values(data='{"something": "new"}'))
    person.says("yeni")
    person.says("bir")
    assert person.draft is not None
    assert person.draft.answers["0"].value == "bir"


class Hurried(Person):
    """Whoever brings more than the three updates a minute that are taken here."""

    terms = replace(TERMS, updates_per_minute=3)
    now = NOW

    def takes(self, inbound: Inbound) -> Taken | None:
        with self.connection.begin():
            return take(self.connection, inbound, self.now, self.terms, may_give=True)

    def does(self, event: Event | None, **fields: Any) -> Taken | None:
        return self.takes(self.inbound(event, **fields))

    @property
    def warnings(self) -> list[Any]:
        said = [(row, queries.read_message(row.message)) for row in rows(self.connection, outbox)]
        return [row for row, message in said if message.paragraphs[0].id == "too-many"]


def test_past_the_limit_nothing_changes_one_warning_is_kept_and_each_update_is_seen(connection: sa.Connection) -> None:
    person = Hurried(connection)
    for text in ("yeni", "bir", "iki"):
        person.says(text)
    before = person.draft
    assert person.says("üç") == Taken(spoke=True)
    assert [person.says(str(number)) for number in range(9)] == [Taken()] * 9
    assert person.draft == before
    (warning,) = person.warnings
    assert warning.state == "pending"
    assert queries.read_message(warning.message).must_arrive
    assert len(rows(connection, seen_updates)) == 13


def test_a_minute_later_the_person_goes_on(connection: sa.Connection) -> None:
    person = Hurried(connection)
    for text in ("yeni", "bir", "iki", "üç", "dört"):
        person.says(text)
    person.now += 60
    for text in ("beş", "altı", "yedi", "sekiz"):
        person.says(text)
    assert person.draft is not None
    assert [answer.value for answer in person.draft.answers.values()] == ["bir", "iki", "beş", "altı", "yedi"]
    assert len(person.warnings) == 2


@pytest.mark.parametrize(
    "event", [Tap("x", 0, "confirm", "", 5), Command("yeni"), Edit("x", 1), Other("photo"), Text("x", 1)]
)
def test_whatever_a_person_does_counts(event: Event, connection: sa.Connection) -> None:
    person = Hurried(connection)
    for _ in range(4):
        person.does(event)
    assert len(person.warnings) == 1


def test_a_tap_past_the_limit_is_told_so_each_time(connection: sa.Connection) -> None:
    person = Hurried(connection)
    tap = Tap("x", 0, "confirm", "", 5)
    toasts = [person.does(tap, callback_query_id=str(number)) for number in range(6)]
    assert all(taken is not None and taken.callback_query_id and taken.toast for taken in toasts)
    texts = [taken.toast for taken in toasts if taken is not None]
    assert len({*texts[:3]} & {*texts[3:]}) == 0
    assert all(text is not None and "değişmedi" in text and len(text) <= 200 for text in texts[3:])


def test_what_comes_again_or_concerns_nobody_does_not_count(connection: sa.Connection) -> None:
    person = Hurried(connection)
    again = person.inbound(Text("yeni", 1))
    for _ in range(9):
        person.takes(again)
        person.does(None)
        person.does(None, membership="unblocked")
    person.says("bir")
    person.says("iki")
    assert person.warnings == []
    person.says("üç")
    assert len(person.warnings) == 1


def test_the_warning_stands_when_its_update_comes_again(connection: sa.Connection) -> None:
    person = Hurried(connection)
    for text in ("yeni", "bir", "iki"):
        person.says(text)
    last = person.inbound(Text("üç", 1))
    assert person.takes(last) == Taken(spoke=True)
    assert person.takes(last) is None
    assert len(person.warnings) == 1


def test_one_persons_hurry_is_nobody_elses(connection: sa.Connection) -> None:
    hurried, calm = Hurried(connection, 1), Hurried(connection, 2)
    for _ in range(9):
        hurried.says("yeni")
    taken = calm.says("yeni")
    assert taken is not None
    assert taken.reply is not None


def test_poison_is_counted_although_its_tries_were_undone(connection: sa.Connection, tmp_path: Path) -> None:
    person = Hurried(connection)

    async def run() -> None:
        writer = make_writer(make_engine(database_url(tmp_path)))
        writer.start()
        try:
            for _ in range(9):
                await Intake(writer, person.terms, clock=lambda: NOW).receive(person.inbound(Text("hata", 1)))
        finally:
            await writer.close()

    asyncio.run(run())
    said = [queries.read_message(row.message).paragraphs[0].id for row in rows(connection, outbox)]
    assert said == ["operators-poison", "apology"] * 3 + ["too-many"]


@pytest.mark.parametrize("bad", ["\0", "a\0b", "\ud800", "x\udfffy"])
def test_what_no_database_takes_is_no_poison(bad: str, connection: sa.Connection, tmp_path: Path) -> None:
    """The whole engine, and raw updates: NUL and half a surrogate pair can't be stored, and Telegram sends neither."""
    person = {"id": 7, "is_bot": False, "type": "private", "first_name": bad, "last_name": bad}
    message = {"date": 1_800_000_000, "chat": person, "from": person}
    raw: list[dict[str, Any]] = [
        {"message": message | {"message_id": number, "text": said}}
        for number, said in enumerate((f"/start {bad}", "Müşteriyim", bad, "Test Bayi", bad, f"Ayşe {bad} Yılmaz"), 1)
    ]
    raw.append({"edited_message": message | {"message_id": 4, "edit_date": 1_800_000_001, "text": f"Bayi {bad}"}})
    raw.append({"message": message | {"message_id": 9, "contact": {"phone_number": bad, "first_name": bad}}})
    for data in (bad, f"{bad}:0:confirm:1", f"x:0:{bad}:{bad}"):
        tap = {"id": bad, "from": person, "chat_instance": bad, "data": data}
        raw.append({"callback_query": tap | {"message": message | {"message_id": 9}}})

    async def run() -> None:
        writer = make_writer(make_engine(database_url(tmp_path)))
        writer.start()
        try:
            for update_id, update in enumerate(raw, 1):
                inbound = parse({"update_id": update_id, **update}, update_id)
                assert inbound is not None
                assert await Intake(writer, Terms(ACTIVATION), clock=lambda: NOW).receive(inbound) is not None
        finally:
            await writer.close()

    asyncio.run(run())
    assert rows(connection, failures) == []


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 2**200])
def test_a_number_that_no_column_holds_is_no_poison(number: int) -> None:
    person = {"id": number, "is_bot": False, "type": "private", "first_name": "A"}
    message = {"message_id": 1, "date": 1_800_000_000, "chat": person, "from": person, "text": "x"}
    with pytest.raises(Malformed):
        parse({"update_id": 1, "message": message}, 1)
    assert update_id_of({"update_id": number}) is None
