"""Several processes of one bot on one PostgreSQL: whatever two of them do at once is done once."""

import asyncio
import contextlib
import itertools
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from bot.app import Role
from bot.commands.sandboxing import sandbox_settings
from bot.commands.webhook import set_webhook
from bot.intake import Intake, Taken
from bot.journal import SendJournal
from bot.licrus import CallRequest, Created, Outcome, Unknown
from bot.sandbox import Sandbox
from bot.settings import load_settings
from bot.settlement import settle
from bot.storage import queries, request_queries
from bot.storage.database import make_engine, make_writer, migrate
from bot.storage.dialect import lock_chat
from bot.storage.schema import drafts, outbox, requests
from bot.submission import Submission
from bot.telegram.client import Client
from bot.telegram.inbound import Inbound
from bot.terms import Terms
from conversations.activation import ACTIVATION
from conversations.draft import Answer, Draft
from conversations.events import Context, Event, Tap, Text
from conversations.form import Form
from conversations.replies import Message, Submit, Turn
from conversations.words import Words
from tests.databases import database_url, storage_settings
from tests.end_to_end.test_submission import BODY
from tests.end_to_end.test_webhook import free_port, webhook_settings
from tests.postgresql import Server

pytestmark = pytest.mark.only_on_postgresql(reason="a SQLite file has one process")

ROOT = Path(__file__).parents[2]
SAID = Message((Words("nothing-open"),))


def collecting_turn(form: Form, draft: Draft | None, event: Event, context: Context) -> Turn:
    """Keeps every text and every tap as one more answer."""
    draft = draft or Draft(id=context.fresh_draft_id, form="activation")
    said = event.text if isinstance(event, Text) else f"tap {event.argument}" if isinstance(event, Tap) else ""
    return Turn(draft.changed(answers={**draft.answers, str(len(draft.answers)): Answer(value=said)}), (SAID,))


TERMS = Terms(ACTIVATION, turn=collecting_turn)


def with_replicas(folder: Path, work: Callable[[list[Intake], sa.Engine], Any], count: int = 2) -> None:
    """Intakes that share nothing but the database."""

    async def run() -> None:
        url = database_url(folder)
        writers = [make_writer(make_engine(url)) for _ in range(count)]
        for writer in writers:
            writer.start()
        # A few seconds from one update to the next: nobody sends thirty in a minute.
        times = itertools.count(1_800_000_000.0, 5.0)
        try:
            await work([Intake(writer, TERMS, clock=lambda: next(times)) for writer in writers], make_engine(url))
        finally:
            for writer in writers:
                await writer.close()

    asyncio.run(run())


def text(update_id: int, chat_id: int, said: str) -> Inbound:
    return Inbound(update_id, "f", chat_id, "private", chat_id, event=Text(said, update_id))


def answers_of(engine: sa.Engine, chat_id: int) -> list[str]:
    with engine.begin() as connection:
        assert connection.scalar(sa.select(sa.func.count()).where(drafts.c.chat_id == chat_id)) == 1
        draft = queries.active_draft(connection, chat_id, chat_id)
    assert draft is not None
    return [str(answer.value) for answer in draft.answers.values()]


def test_an_update_at_two_replicas_at_once_is_taken_once(tmp_path: Path) -> None:
    async def work(replicas: list[Intake], engine: sa.Engine) -> None:
        for number in range(1, 41):
            inbound = text(number, number, "bir")
            taken = await asyncio.gather(*(replica.receive(inbound) for replica in replicas))
            assert sorted(taken, key=lambda one: one is None) == [Taken(spoke=True), None]
            assert answers_of(engine, number) == ["bir"]
        with engine.begin() as connection:
            assert connection.scalar(sa.select(sa.func.count()).select_from(outbox)) == 40

    with_replicas(tmp_path, work)


def test_texts_and_taps_of_one_chat_at_several_replicas_are_all_kept(tmp_path: Path) -> None:
    """Of a chat that is new: there is no row yet that could be locked."""

    async def work(replicas: list[Intake], engine: sa.Engine) -> None:
        updates = [text(number, 7, f"text {number}") for number in range(60)]
        for number in range(60, 90):
            updates.append(replace(text(number, 7, ""), event=Tap("", 0, "x", str(number), 1)))
        await asyncio.gather(*(replicas[n % 3].receive(inbound) for n, inbound in enumerate(updates)))
        kept = answers_of(engine, 7)
        assert sorted(kept) == sorted([f"text {n}" for n in range(60)] + [f"tap {n}" for n in range(60, 90)])

    with_replicas(tmp_path, work, count=3)


def test_while_a_chat_is_locked_only_its_own_updates_and_results_wait(tmp_path: Path) -> None:
    """The lock comes first everywhere: what was read before it would be overwritten with what is known from before."""

    async def work(replicas: list[Intake], engine: sa.Engine) -> None:
        with engine.begin() as connection:
            draft = Draft(id="draft", form="activation", status="submitted", revision=1)
            queries.save_draft(connection, draft, 7, 7, time.time())
            assert request_queries.enqueue(connection, Submit("draft", 1, "D-AAAA", BODY), 7, 7, time.time())
            (request,) = request_queries.take_due(connection, time.time() + 1, 100, 1)
        writer = make_writer(engine)
        writer.start()
        try:
            with engine.begin() as connection:
                lock_chat(connection, 7)
                waiting = [
                    asyncio.create_task(replicas[0].receive(text(1, 7, "bir"))),
                    asyncio.create_task(writer.run(lambda c: settle(c, request, Created("43090"), time.time(), TERMS))),
                ]
                for number in range(20, 25):
                    await replicas[1].receive(text(number, number, "bir"))
                assert not any(task.done() for task in waiting)
                with engine.begin() as other:
                    locks = sa.text("SELECT query FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                    assert all("advisory" in query for query in other.scalars(locks))
            await asyncio.gather(*waiting)
        finally:
            await writer.close()

    with_replicas(tmp_path, work)


def test_a_call_number_is_not_overwritten_by_a_lease_that_runs_out_beside_it(tmp_path: Path) -> None:
    async def work(replicas: list[Intake], engine: sa.Engine) -> None:
        with engine.begin() as connection:
            queries.save_draft(connection, Draft(id="draft", form="activation", status="submitted"), 7, 7, time.time())
            assert request_queries.enqueue(connection, Submit("draft", 1, "D-AAAA", BODY), 7, 7, time.time())
            (request,) = request_queries.take_due(connection, time.time() + 1, 100, 1)
        writer = make_writer(engine)
        writer.start()
        settling: list[asyncio.Task[bool]] = []
        try:
            with engine.begin() as connection:
                lock_chat(connection, 7)
                outcomes: tuple[Outcome, ...] = (Created("43090"), Unknown("lease_expired"))
                for waiting, outcome in enumerate(outcomes, start=1):
                    job = partial(settle, taken=request, outcome=outcome, now=time.time(), terms=TERMS)
                    settling.append(asyncio.create_task(writer.run(job)))
                    while await asyncio.to_thread(who_waits, engine) < waiting:  # noqa: ASYNC110 - it is on the server
                        await asyncio.sleep(0.01)
            assert await asyncio.gather(*settling) == [True, False]
        finally:
            await writer.close()
        with engine.begin() as connection:
            row = connection.execute(sa.select(requests.c.state, requests.c.call_number)).one()
        assert tuple(row) == ("created", "43090")

    with_replicas(tmp_path, work)


def who_waits(engine: sa.Engine) -> int:
    """How many connections wait for a lock."""
    with engine.begin() as connection:
        waiting = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return int(connection.scalar(waiting) or 0)


def test_a_request_is_sent_once_though_two_workers_believe_to_be_on_duty(tmp_path: Path) -> None:
    sent: list[str] = []

    async def send(request: CallRequest, still_allowed: Callable[[], bool]) -> Outcome:
        sent.append(request.ProductSerialNumberList)
        await asyncio.sleep(0.01)
        return Created(str(40_000 + len(sent)))

    async def run() -> None:
        url = database_url(tmp_path)
        with make_engine(url).begin() as connection:
            for number in range(40):
                body = BODY | {"ProductSerialNumberList": str(number)}
                submit = Submit(f"draft-{number}", 1, f"D-{number:04}", body)
                assert request_queries.enqueue(connection, submit, number, number, time.time())
        workers = [(make_writer(make_engine(url)), SendJournal(tmp_path / str(n)).open()) for n in range(2)]
        submissions = []
        for writer, journal in workers:
            writer.start()
            submissions.append(Submission(writer, journal, TERMS, send, exchange_s=75.0, parallel=4, folder=tmp_path))
        tasks = [asyncio.create_task(submission.run()) for submission in submissions]
        try:
            async with asyncio.timeout(30):
                while await asyncio.to_thread(unsettled, url):  # noqa: ASYNC110 - the condition is on the disk
                    await asyncio.sleep(0.05)
        finally:
            for submission in submissions:
                submission.stop()
            await asyncio.gather(*tasks)
            for writer, journal in workers:
                await writer.close()
                journal.close()

    asyncio.run(run())
    assert sorted(sent, key=int) == [str(number) for number in range(40)]


def unsettled(url: str) -> int:
    with make_engine(url).begin() as connection:
        return len(request_queries.unsettled(connection))


class Replica:
    """One process of the bot, `devreye run --role ...`."""

    def __init__(self, role: Role, settings: dict[str, str], folder: Path) -> None:
        self.role, self._settings = role, settings
        self.log = folder / f"{role}-{time.monotonic_ns()}.log"
        self._folder = folder
        self.process: asyncio.subprocess.Process

    async def start(self) -> "Replica":
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        program = "import sys; from bot.commands import main; sys.exit(main())"
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                program,
                "run",
                "--role",
                self.role,
                cwd=self._folder,
                env=kept | self._settings | {"PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )
        return self

    def events(self) -> list[str]:
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["event"] for line in lines if line.startswith("{")]

    async def saw(self, event: str) -> None:
        async with asyncio.timeout(30):
            while event not in self.events():  # noqa: ASYNC110 - the condition is in another process
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()


class Street:
    """A sandbox, one person in it, and whatever processes a test starts."""

    def __init__(self, sandbox: Sandbox, settings: dict[str, str], folder: Path, http: httpx.AsyncClient) -> None:
        self.sandbox, self.settings, self.folder, self.http = sandbox, settings, folder, http
        self.replicas: list[Replica] = []
        self.chat_id = 0

    async def start(self, role: Role, **more: str) -> Replica:
        replica = await Replica(role, self.settings | more, self.folder).start()
        self.replicas.append(replica)
        return replica

    async def say(self, said: str) -> None:
        (await self.http.post(f"/api/chats/{self.chat_id}/text", json={"text": said})).raise_for_status()

    async def heard(self, count: int, within_s: float = 20) -> list[str]:
        async with asyncio.timeout(within_s):
            while len(found := await self.said()) < count:  # noqa: ASYNC110 - the condition is the server's
                await asyncio.sleep(0.02)
        return found

    async def said(self) -> list[str]:
        messages = (await self.http.get(f"/api/chats/{self.chat_id}")).json()["messages"]
        return [message["text"] for message in messages if message["from"] == "bot"]


def on_a_street(folder: Path, work: Callable[[Street], Any], url: str | None = None) -> None:
    async def run() -> None:
        sandbox = Sandbox()
        await sandbox.start()
        given = sandbox_settings(sandbox, folder) | storage_settings(folder) | webhook_settings(free_port())
        if url is not None:
            given |= {"DATABASE_URL": url}
        async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False) as http:
            street = Street(sandbox, given, folder, http)
            try:
                async with Client(sandbox.token, sandbox.bot_api_url) as client:
                    await set_webhook(client, load_settings(None, **given))
                street.chat_id = (await http.post("/api/people", json={"name": "Ayşe Yılmaz"})).json()["id"]
                await work(street)
            except BaseException:
                for replica in street.replicas:
                    sys.stderr.write(f"--- {replica.role}\n{replica.log.read_text(encoding='utf-8')[-3000:]}\n")
                raise
            finally:
                for replica in street.replicas:
                    await replica.kill()
                await sandbox.stop()

    asyncio.run(run())


async def on_duty(*workers: Replica) -> Replica:
    async with asyncio.timeout(30):
        while True:
            for worker in workers:
                if "duty_began" in worker.events():
                    return worker
            await asyncio.sleep(0.02)


def test_a_worker_that_is_killed_on_duty_is_replaced_within_two_seconds(tmp_path: Path) -> None:
    async def work(street: Street) -> None:
        first, second, _ = await asyncio.gather(street.start("worker"), street.start("worker"), street.start("web"))
        killed = await on_duty(first, second)
        standing_by = second if killed is first else first
        await standing_by.saw("started")
        await street.say("/start")
        await street.heard(1)
        assert "duty_began" not in standing_by.events()
        await killed.kill()
        began = time.monotonic()
        await street.say("Müşteriyim")
        await street.heard(2)
        assert time.monotonic() - began < 2.0

    on_a_street(tmp_path, work)


def test_what_a_web_replica_commits_is_sent_at_once_by_the_worker(tmp_path: Path) -> None:
    async def work(street: Street) -> None:
        worker, _ = await asyncio.gather(street.start("worker"), street.start("web"))
        await worker.saw("duty_began")
        await street.say("/start")
        await street.heard(1)
        began = time.monotonic()
        await street.say("Müşteriyim")
        await street.heard(2)
        # Without the notice it would be found after half a minute.
        assert time.monotonic() - began < 2.0

    on_a_street(tmp_path, work)


def queue_one(settings: dict[str, str], chat_id: int, draft_id: str = "draft") -> None:
    engine = make_engine(settings["DATABASE_URL"])
    with engine.begin() as connection:
        draft = Draft(id=draft_id, form="activation", status="submitted", revision=3)
        queries.save_draft(connection, draft, chat_id, chat_id, time.time())
        request_queries.enqueue(connection, Submit(draft_id, 3, f"D-{draft_id}", BODY), chat_id, chat_id, time.time())


def state_of_the_request(settings: dict[str, str]) -> str:
    with make_engine(settings["DATABASE_URL"]).begin() as connection:
        return str(connection.scalar(sa.select(requests.c.state).order_by(requests.c.id.desc()).limit(1)))


async def settled(settings: dict[str, str]) -> str:
    async with asyncio.timeout(30):
        while (state := state_of_the_request(settings)) in ("queued", "sending"):  # noqa: ASYNC110 - the condition is on the disk
            await asyncio.sleep(0.02)
    return state


async def calls(street: Street) -> int:
    return len((await street.http.get("/api/licrus/calls")).json()["calls"])


def cut_the_duty(settings: dict[str, str]) -> None:
    with make_engine(settings["DATABASE_URL"]).begin() as connection:
        found = connection.scalars(
            sa.text(
                "SELECT pg_terminate_backend(a.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                " WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.granted AND a.datname = current_database()"
            )
        ).all()
    assert found == [True]


def test_a_call_under_way_ends_though_the_duty_is_lost_and_nobody_makes_it_twice(tmp_path: Path) -> None:
    async def work(street: Street) -> None:
        await street.http.post("/api/licrus/fault", json={"kind": "drip", "drip_seconds": 0.01})
        patient = {"LICRUS_READ_TIMEOUT_S": "30", "LICRUS_TOTAL_TIMEOUT_S": "60"}
        first, second = await asyncio.gather(*(street.start("worker", **patient) for _ in range(2)))
        await on_duty(first, second)
        await street.say("/start")
        queue_one(street.settings, street.chat_id)
        with make_engine(street.settings["DATABASE_URL"]).begin() as connection:
            connection.execute(sa.text("SELECT pg_notify('devreye', '')"))
        async with asyncio.timeout(20):
            while not await calls(street):  # noqa: ASYNC110 - the condition is the server's
                await asyncio.sleep(0.01)
        cut_the_duty(street.settings)
        assert await settled(street.settings) == "created"
        queue_one(street.settings, street.chat_id, "later")
        assert await settled(street.settings) == "created"
        assert await calls(street) == 2

    on_a_street(tmp_path, work)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that only this test kills."""
    server = Server("fsync=off").start()
    yield server
    server.stop()


def test_a_server_that_is_killed_is_waited_for_and_nothing_that_was_said_is_lost(
    tmp_path: Path, server: Server
) -> None:
    url = server.create("devreye")
    migrate(make_engine(url))

    async def work(street: Street) -> None:
        bot = await street.start("all")
        await bot.saw("duty_began")
        await street.say("/start")
        await street.heard(1)
        await asyncio.to_thread(server.kill)
        settings = street.settings
        async with httpx.AsyncClient(trust_env=False) as telegram:
            message = {"message_id": 5, "date": 1_800_000_000, "text": "x"}
            person = {"id": 5, "type": "private", "is_bot": False, "first_name": "A"}
            update = {"update_id": 5, "message": message | {"chat": person, "from": person}}
            headers = {"X-Telegram-Bot-Api-Secret-Token": settings["WEBHOOK_SECRET"]}
            answer = await telegram.post(settings["WEBHOOK_URL"], json=update, headers=headers)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        await street.say("Müşteriyim")
        await asyncio.to_thread(server.start)
        # The sandbox delivers again, as Telegram does.
        await street.heard(2, within_s=30)
        await street.say("Test Bayi")
        await street.heard(3, within_s=30)
        assert bot.process.returncode is None

    on_a_street(tmp_path, work, url)
