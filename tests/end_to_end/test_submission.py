"""The table of the design's chapter Submission, row by row, on a real database and a real journal."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.journal import SendJournal, _line
from bot.licrus import CallRequest, Created, Held, Outcome, RateLimited, RefusedByLicrus, Unknown, Unreachable
from bot.settlement import GIVE_UP_AFTER_S, OPERATORS_HEAR_AFTER_S, pause, settle
from bot.storage import queries, request_queries
from bot.storage.database import make_engine, make_writer, migrate
from bot.storage.schema import outbox, requests
from bot.submission import START_WITHIN_S, Submission, spelled
from bot.terms import Terms
from conversations.activation import ACTIVATION
from conversations.draft import Draft
from conversations.events import Context, Event, Settled
from conversations.form import Form
from conversations.replies import Message, Submit, Turn
from conversations.words import Words
from tests.databases import database_url

BODY: dict[str, str | int] = {
    "DealerCompanyName": "Test Bayi",
    "DealerContactPerson": "",
    "DealerMobilePhone": "",
    "DealerWorkPhone": "",
    "DealerEmail": "",
    "CustomerCompanyName": "",
    "CustomerFullName": "Deneme Müşteri",
    "CustomerMobilePhone": "5301231212",
    "CustomerWorkPhone": "",
    "CustomerEmail": "",
    "CustomerCity": "Istanbul",
    "CustomerDistrict": "Umraniye",
    "CustomerAddress": "Fatih Sultan Mehmet mahallesi",
    "ProductNameList": "ECODENSE WT 65",
    "ProductGroupName": "ECODENSE DUVAR- YER TİPİ KAZAN",
    "ProductSerialNumberList": "99958,99959",
    "DeviceCount": 2,
}
OPERATORS = -100


def spelled_body(**changed: str | int) -> bytes:
    """What the journal keeps a digest of, for the world's request or one with these answers instead."""
    return json.dumps(BODY | changed, sort_keys=True, separators=(",", ":")).encode()


def small_turn(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn:
    """Says which state it was told; a refusal opens the draft again."""
    assert isinstance(event, Settled)
    if draft is not None and event.state == "refused":
        draft = draft.changed(status="open")
    return Turn(draft, (Message((Words(f"state-{event.state}", {"code": event.code, "call": event.call_number}),)),))


def broken_turn(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn:
    raise RuntimeError("a mistake of ours")


class World:
    """A database with one request in it, a journal, a clock, and a Licrus that answers as told."""

    def __init__(self, folder: Path, turn: Callable[..., Turn] = small_turn) -> None:
        self.folder = folder
        self.now = 1_800_000_000.0
        self.sent: list[CallRequest] = []
        self.answers: list[Outcome | BaseException] = []
        self.terms = Terms(ACTIVATION, operators_chat_id=OPERATORS, turn=turn)
        self.journal = SendJournal(folder / "devreye.journal")
        self.engine = make_engine(database_url(folder))
        migrate(self.engine)
        draft = Draft(id="draft", form="activation", status="submitted", revision=3)
        with self.engine.begin() as connection:
            queries.save_draft(connection, draft, 1, 1, self.now)
            request_queries.enqueue(connection, Submit("draft", 3, "D-AAAA", BODY), 1, 1, self.now)

    async def send(self, request: CallRequest, still_allowed: Callable[[], bool]) -> Outcome:
        self.sent.append(request)
        assert still_allowed()
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def work(self, until: Callable[["World"], bool], **options: Any) -> None:
        """Run the worker until this is true of the world."""

        async def run() -> None:
            writer = make_writer(self.engine)
            writer.start()
            submission = Submission(
                writer,
                self.journal.open(),
                self.terms,
                options.pop("send", self.send),
                exchange_s=75.0,
                folder=self.folder,
                clock=lambda _: self.now,
                **options,
            )
            task = asyncio.create_task(submission.run())
            try:
                async with asyncio.timeout(10):
                    while not until(self):
                        submission.wake()
                        await asyncio.sleep(0.01)
            finally:
                submission.stop()
                await task
                await writer.close()
                self.journal.close()

        try:
            asyncio.run(run())
        except TimeoutError:
            pytest.fail(f"still {self.row.state}, sent {len(self.sent)} times")

    @property
    def row(self) -> Any:
        with self.engine.begin() as connection:
            return connection.execute(sa.select(requests).where(requests.c.id == 1)).one()

    def said(self, chat_id: int) -> list[str]:
        with self.engine.begin() as connection:
            found = connection.scalars(sa.select(outbox.c.message).where(outbox.c.chat_id == chat_id))
            return [queries.read_message(message).paragraphs[0].id for message in found]

    def arguments(self, chat_id: int) -> dict[str, Any]:
        """What the newest message in this chat was filled with."""
        with self.engine.begin() as connection:
            newest = (
                sa.select(outbox.c.message).where(outbox.c.chat_id == chat_id).order_by(outbox.c.id.desc()).limit(1)
            )
            return dict(queries.read_message(connection.scalars(newest).one()).paragraphs[0].args)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def settled(world: World) -> bool:
    return world.row.state not in ("queued", "sending")


@pytest.mark.parametrize(
    ("outcome", "state", "person", "operators", "journal"),
    [
        (Created("43090"), "created", ["state-created"], [], "created"),
        (RefusedByLicrus("Seri no bulunamadı"), "refused", ["state-refused"], [], "never"),
        (Held("ticket"), "held", ["state-held"], ["operators-held"], "never"),
        (Unknown("timeout"), "unknown", ["state-unknown"], ["operators-unknown"], "open"),
    ],
)
def test_each_outcome_is_kept_told_and_journalled(
    world: World, outcome: Outcome, state: str, person: list[str], operators: list[str], journal: str
) -> None:
    world.answers = [outcome]
    world.work(settled)
    assert world.row.state == state
    assert world.said(1) == person
    assert world.said(OPERATORS) == operators
    with world.journal.open():
        assert world.journal.state_of("draft:3", spelled_body()).state == journal


def test_what_was_confirmed_is_what_is_sent(world: World) -> None:
    world.answers = [Created("43090")]
    world.work(settled)
    assert [request.model_dump() for request in world.sent] == [BODY]


def test_unreachable_is_tried_again_and_told_once(world: World) -> None:
    world.answers = [Unreachable("connect"), Unreachable("connect"), Created("43090")]
    for attempt in (1, 2):
        world.work(lambda w, attempt=attempt: w.row.state == "queued" and w.row.attempts == attempt)  # type: ignore[misc]
        assert world.row.due_at == world.now + pause(attempt)
        world.now += pause(attempt)
    world.work(settled)
    assert world.said(1) == ["state-unreachable", "state-created"]
    assert world.said(OPERATORS) == []


def test_the_operators_hear_after_ten_minutes_that_licrus_is_unreachable(world: World) -> None:
    world.answers = [Unreachable("connect")] * 2
    world.work(lambda w: w.row.state == "queued" and w.row.attempts == 1)
    world.now += OPERATORS_HEAR_AFTER_S
    world.work(lambda w: w.row.state == "queued" and w.row.attempts == 2)
    assert world.said(OPERATORS) == ["operators-unreachable"]


def test_after_a_day_an_unreachable_request_waits_for_a_person(world: World) -> None:
    world.now += GIVE_UP_AFTER_S
    world.answers = [Unreachable("connect")]
    world.work(settled)
    assert world.row.state == "held"
    assert world.said(OPERATORS) == ["operators-held"]


def test_a_rate_limit_is_waited_for(world: World) -> None:
    world.answers = [RateLimited(90), Created("43090")]
    world.work(lambda w: w.row.attempts == 1 and w.row.state == "queued")
    assert world.row.due_at == world.now + 90
    world.now += 90
    world.work(settled)
    assert world.said(1) == ["state-unreachable", "state-created"]
    assert world.said(OPERATORS) == ["operators-held"]


def test_pauses_grow_up_to_ten_minutes() -> None:
    assert [pause(attempts) for attempts in (1, 2, 3, 50)] == [5, 10, 20, 600]


def test_the_operators_hear_of_the_second_refusal(world: World) -> None:
    world.answers = [RefusedByLicrus("neden"), RefusedByLicrus("neden")]
    world.work(settled)
    with world.engine.begin() as connection:
        request_queries.enqueue(connection, Submit("draft", 9, "D-BBBB", BODY), 1, 1, world.now)
    world.work(lambda w: len(w.sent) == 2 and len(w.said(OPERATORS)) == 1)
    assert world.said(OPERATORS) == ["operators-refused"]


def test_a_request_is_leased_and_journalled_before_it_is_sent(world: World) -> None:
    seen: list[Any] = []

    async def send(request: CallRequest, still_allowed: Callable[[], bool]) -> Outcome:
        seen.extend([world.row.state, world.row.lease_until, world.journal.state_of("draft:3", spelled_body()).state])
        return Created("43090")

    world.work(settled, send=send)
    assert seen[0] == "sending"
    assert seen[1] > world.now + 75 + START_WITHIN_S
    assert seen[2] == "open"


def test_the_first_byte_may_not_leave_after_the_machine_slept(world: World) -> None:
    steady = [0.0]

    async def send(request: CallRequest, still_allowed: Callable[[], bool]) -> Outcome:
        assert still_allowed()
        steady[0] += START_WITHIN_S
        assert not still_allowed()
        return Unreachable("deadline")

    world.work(lambda w: w.row.state == "queued" and w.row.attempts == 1, send=send, steady=lambda: steady[0])


@pytest.mark.parametrize(
    ("left", "state", "reason", "journal"),
    [(True, "unknown", "stopped", "open"), (False, "queued", "stopped", "never")],
    ids=["after the first byte", "before it"],
)
def test_an_exchange_that_a_stop_cuts_off_is_unknown_once_a_byte_may_have_left(
    world: World, left: bool, state: str, reason: str, journal: str
) -> None:
    begun = asyncio.Event()

    async def send(request: CallRequest, still_allowed: Callable[[], bool]) -> Outcome:
        assert not left or still_allowed()
        begun.set()
        await asyncio.sleep(3600)
        raise AssertionError

    async def run() -> None:
        writer = make_writer(world.engine)
        writer.start()
        submission = Submission(
            writer,
            world.journal.open(),
            world.terms,
            send,
            exchange_s=75.0,
            folder=world.folder,
            clock=lambda _: world.now,
        )
        task = asyncio.create_task(submission.run())
        await asyncio.wait_for(begun.wait(), 10)
        submission.stop()
        ended, _ = await asyncio.wait({task}, timeout=0.1)
        assert not ended
        task.cancel()
        await asyncio.wait({task}, timeout=10)
        assert task.cancelled()
        await writer.close()
        assert world.journal.state_of("draft:3", spelled_body()).state == journal
        world.journal.close()

    asyncio.run(run())
    assert (world.row.state, world.row.reason) == (state, reason)


def crash_while_sending(world: World) -> request_queries.Request:
    with world.engine.begin() as connection:
        (request,) = request_queries.take_due(connection, world.now, 100, 5)
    return request


def test_a_lease_that_ran_out_is_unknown_and_never_sent_again(world: World) -> None:
    crash_while_sending(world)
    world.now += 99
    ticks = iter(range(20))
    world.work(lambda w: next(ticks, None) is None)
    assert world.row.state == "sending"
    world.now += 1
    world.work(settled)
    assert world.row.state == "unknown"
    assert world.sent == []
    assert world.said(OPERATORS) == ["operators-unknown"]


def test_a_call_that_reached_only_the_journal_is_created_at_the_next_start(world: World) -> None:
    request = crash_while_sending(world)
    with world.journal.open():
        world.journal.started(request.key, request.attempts, spelled(request))
        world.journal.created(request.key, request.attempts, "43090")
    world.work(settled)
    assert (world.row.state, world.row.call_number) == ("created", "43090")
    assert world.sent == []


@pytest.mark.parametrize("call_number", [None, "43090"])
def test_a_restored_database_sends_nothing_that_the_journal_knows(world: World, call_number: str | None) -> None:
    with world.journal.open():
        world.journal.started("draft:3", 1, spelled_body())
        if call_number:
            world.journal.created("draft:3", 1, call_number)
    world.work(settled)
    assert world.sent == []
    assert world.row.state == ("created" if call_number else "unknown")


@pytest.mark.parametrize("call_number", [None, "43090"])
@pytest.mark.parametrize(
    "changed", [{"CustomerAddress": "Balkan Cad. No: 14"}, {"DeviceCount": 3}, {"DeviceCount": "2"}]
)
@pytest.mark.parametrize("key", ["draft:3", "draft:7"])
def test_other_answers_to_a_restored_draft_are_neither_sent_nor_told_the_earlier_number(
    world: World, key: str, changed: dict[str, str | int], call_number: str | None
) -> None:
    with world.journal.open():
        world.journal.started(key, 1, spelled_body(**changed))
        if call_number:
            world.journal.created(key, 1, call_number)
    world.work(settled)
    assert world.sent == []
    assert (world.row.state, world.row.reason) == ("unknown", "sent_with_other_answers")
    assert world.said(1) == ["state-unknown"]
    assert world.arguments(1)["call"] == ""
    assert world.said(OPERATORS) == ["operators-sent-before"]
    assert world.arguments(OPERATORS)["call"] == (call_number or "?")


def test_the_same_answers_at_another_revision_are_told_the_number_they_have(world: World) -> None:
    with world.journal.open():
        world.journal.started("draft:9", 1, spelled_body())
        world.journal.created("draft:9", 1, "43090")
    world.work(settled)
    assert world.sent == []
    assert (world.row.state, world.row.call_number) == ("created", "43090")


def test_a_crash_before_the_journal_was_asked_tells_no_number_of_other_answers(world: World) -> None:
    crash_while_sending(world)
    with world.journal.open():
        world.journal.started("draft:3", 1, spelled_body(DeviceCount=3))
        world.journal.created("draft:3", 1, "43090")
    ticks = iter(range(10))
    world.work(lambda w: next(ticks, None) is None)
    assert world.said(1) == []
    world.now += 100
    world.work(settled)
    assert (world.row.state, world.row.reason) == ("unknown", "sent_with_other_answers")
    assert world.sent == []


def test_a_line_of_the_first_release_proves_no_number(world: World) -> None:
    started = {"event": "started", "request": "draft:3", "attempt": 1}
    created = {"event": "created", "request": "draft:3", "attempt": 1, "call": "43090"}
    world.journal.path.write_bytes(_line(started) + _line(created))
    world.work(settled)
    assert world.sent == []
    assert (world.row.state, world.row.reason) == ("unknown", "sent_with_other_answers")
    assert world.said(1) == ["state-unknown"]


def test_a_journal_that_cannot_be_written_stops_the_sending(world: World) -> None:
    world.now -= 1

    def tried(w: World) -> bool:
        if w.journal.path.exists():
            # Moved away under the worker's feet: a line would go to a file that nobody reads at the next start.
            w.journal.path.rename(w.journal.path.with_suffix(".moved"))
            w.now += 1
        return bool(w.row.attempts == 1 and w.row.state == "queued")

    world.work(tried)
    assert world.sent == []
    assert world.said(1) == ["state-unreachable"]


def test_no_submission_starts_on_a_nearly_full_disk(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.submission.DISK_FLOOR_BYTES", 1 << 62)
    ticks = iter(range(20))
    world.work(lambda w: next(ticks, None) is None)
    assert world.row.state == "queued"
    assert world.sent == []


def test_a_body_that_licrus_cannot_take_waits_for_a_person(world: World) -> None:
    with world.engine.begin() as connection:
        connection.execute(sa.update(requests).values(body='{"DeviceCount": 2}'))
    world.work(settled)
    assert (world.row.state, world.row.reason, world.sent) == ("held", "request_invalid", [])


def test_an_exchange_that_raises_leaves_the_request_to_its_lease(world: World) -> None:
    world.answers = [RuntimeError("a mistake of ours")]
    world.work(lambda w: len(w.sent) == 1)
    assert world.row.state == "sending"


def test_no_more_than_the_set_number_is_sent_at_once(world: World) -> None:
    with world.engine.begin() as connection:
        for number in range(5):
            request_queries.enqueue(connection, Submit(f"draft{number}", 10, f"D-{number}", BODY), 1, 1, world.now)
    active, most = [0], [0]

    async def send(request: CallRequest, still_allowed: Callable[[], bool]) -> Outcome:
        active[0] += 1
        most[0] = max(most[0], active[0])
        await asyncio.sleep(0.02)
        active[0] -= 1
        return Created("1")

    def all_done(w: World) -> bool:
        with w.engine.begin() as connection:
            return connection.scalar(sa.select(sa.func.count()).where(requests.c.state == "created")) == 6

    world.work(all_done, send=send, parallel=2)
    assert most == [2]


def apply(world: World, request: request_queries.Request, outcome: Outcome) -> bool:
    with world.engine.begin() as connection:
        return settle(connection, request, outcome, world.now, world.terms)


def test_an_outcome_counts_once(world: World) -> None:
    request = crash_while_sending(world)
    assert apply(world, request, Created("43090"))
    assert not apply(world, request, Created("43090"))
    assert not apply(world, request, Unknown("timeout"))
    assert world.row.call_number == "43090"
    assert world.said(1) == ["state-created"]


def test_a_second_call_for_one_request_is_the_operators_to_look_at(world: World) -> None:
    request = crash_while_sending(world)
    assert apply(world, request, Created("43090"))
    assert apply(world, request, Created("43091"))
    assert world.row.call_number == "43090"
    assert world.said(1) == ["state-created"]
    assert world.arguments(OPERATORS) == {"code": "D-AAAA", "call": "43090", "other": "43091"}


def test_a_late_success_makes_an_unknown_request_created(world: World) -> None:
    request = crash_while_sending(world)
    assert apply(world, request, Unknown("lease_expired"))
    assert not apply(world, request, RefusedByLicrus("geç"))
    assert world.row.state == "unknown"
    assert apply(world, request, Created("43090"))
    assert world.said(1) == ["state-unknown", "state-created"]


def test_a_refused_draft_is_open_again_and_does_not_push_away_another(world: World) -> None:
    request = crash_while_sending(world)
    with world.engine.begin() as connection:
        queries.save_draft(connection, Draft(id="other", form="activation"), 1, 1, world.now)
    apply(world, request, RefusedByLicrus("neden"))
    with world.engine.begin() as connection:
        active = queries.active_draft(connection, 1, 1)
        refused = queries.own_draft(connection, "draft", 1, 1)
    assert active is not None
    assert active.id == "other"
    assert refused is not None
    assert refused.status == "open"


def test_a_refusal_that_could_not_be_told_at_once_opens_the_draft_again_all_the_same(tmp_path: Path) -> None:
    failures = iter([True, True])

    def turn(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn:
        if next(failures, False):
            raise RuntimeError("a mistake of ours")
        return small_turn(form, draft, event, context)

    world = World(tmp_path, turn=turn)
    apply(world, crash_while_sending(world), RefusedByLicrus("neden"))
    with world.engine.begin() as connection:
        refused = queries.own_draft(connection, "draft", 1, 1)
    assert refused is not None
    assert refused.status == "open"
    assert world.said(1) == ["state-refused"]


def test_a_call_number_is_kept_and_told_even_where_the_conversation_fails(tmp_path: Path) -> None:
    world = World(tmp_path, turn=broken_turn)
    apply(world, crash_while_sending(world), Created("43090"))
    assert world.row.call_number == "43090"
    assert world.said(1) == ["state-created"]


def test_the_answer_is_not_forgotten_while_the_storage_is_full(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.storage.errors import StorageFull

    monkeypatch.setattr("bot.submission.COMMIT_PAUSE_S", 0.01)
    full = iter([True, True])
    original: Callable[..., Awaitable[None]] = Submission._settle

    async def settle_later(self: Submission, *args: Any) -> None:
        if next(full, False):
            raise StorageFull
        await original(self, *args)

    monkeypatch.setattr(Submission, "_settle", settle_later)
    world.answers = [Created("43090")]
    world.work(settled)
    assert world.row.call_number == "43090"
    assert len(world.sent) == 1
