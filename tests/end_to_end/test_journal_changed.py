"""A database that meets another send journal than its own, with requests that wait."""

import asyncio
import time
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from bot.app import App
from bot.sandbox import Sandbox
from bot.storage import queries, request_queries
from bot.storage.database import make_engine, migrate
from bot.storage.schema import outbox, requests
from conversations.draft import Draft
from conversations.replies import Submit
from tests.databases import database_url
from tests.end_to_end.test_polling import settings_for
from tests.end_to_end.test_submission import BODY

OPERATORS = -100


class World:
    """A database with a bot that comes and goes, each time with the journal it is given."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        self.folder, self.sandbox = folder, sandbox
        self.engine = make_engine(database_url(folder))
        migrate(self.engine)

    async def run(self, journal: str, until: str) -> None:
        """Run the bot until the newest request is in this state."""
        settings = settings_for(
            self.sandbox, self.folder, JOURNAL_FILE=self.folder / journal, operators_chat_id=OPERATORS
        )
        app = App(settings)
        await app.start()
        try:
            async with asyncio.timeout(20):
                while self.states()[-1:] != [until]:  # noqa: ASYNC110 - the condition is on the disk
                    await asyncio.sleep(0.02)
        finally:
            await app.stop()

    def queue(self, draft_id: str, state: str = "queued") -> None:
        with self.engine.begin() as connection:
            draft = Draft(id=draft_id, form="activation", status="submitted", revision=3)
            queries.save_draft(connection, draft, 1, 1, time.time())
            request_queries.enqueue(connection, Submit(draft_id, 3, f"D-{draft_id}", BODY), 1, 1, time.time())
            if state == "sending":
                (taken,) = request_queries.take_due(connection, time.time() + 1, 100, 5)
                assert taken.draft_id == draft_id

    def states(self) -> list[str]:
        with self.engine.begin() as connection:
            return list(connection.scalars(sa.select(requests.c.state).order_by(requests.c.id)))

    def told_operators(self) -> list[str]:
        with self.engine.begin() as connection:
            found = connection.scalars(sa.select(outbox.c.message).where(outbox.c.chat_id == OPERATORS))
            return [queries.read_message(message).paragraphs[0].id for message in found]

    async def calls(self) -> int:
        async with httpx.AsyncClient(base_url=self.sandbox.url, trust_env=False) as http:
            return len((await http.get("/api/licrus/calls")).json()["calls"])


def play(folder: Path, first: str, then: str, state: str, becomes: str) -> tuple[World, int]:
    async def work() -> tuple[World, int]:
        sandbox = Sandbox()
        await sandbox.start()
        world = World(folder, sandbox)
        try:
            world.queue("one")
            await world.run(first, "created")
            world.queue("two", state)
            await world.run(then, becomes)
            return world, await world.calls()
        finally:
            await sandbox.stop()

    return asyncio.run(work())


@pytest.mark.parametrize(("state", "becomes"), [("queued", "held"), ("sending", "unknown")])
def test_with_another_journal_what_waits_is_left_to_a_person(tmp_path: Path, state: str, becomes: str) -> None:
    world, calls = play(tmp_path, "old.journal", "new.journal", state, becomes)
    assert world.states() == ["created", becomes]
    assert calls == 1
    assert world.told_operators().count(f"operators-{becomes}") == 1


def test_with_its_own_journal_what_waits_is_sent(tmp_path: Path) -> None:
    assert play(tmp_path, "old.journal", "old.journal", "queued", "created")[1] == 2


def test_the_journal_that_was_met_is_the_databases_own_from_then_on(tmp_path: Path) -> None:
    async def work() -> int:
        sandbox = Sandbox()
        await sandbox.start()
        world = World(tmp_path, sandbox)
        try:
            world.queue("one")
            await world.run("old.journal", "created")
            world.queue("two")
            await world.run("new.journal", "held")
            world.queue("three")
            await world.run("new.journal", "created")
            return await world.calls()
        finally:
            await sandbox.stop()

    assert asyncio.run(work()) == 2
