"""The sender over real HTTP, against a Telegram that refuses what Telegram refuses."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from telegram.error import BadRequest, ChatMigrated, NetworkError, TelegramError

from bot.outbox import GIVE_UP_AFTER_S, Outbox
from bot.rates import Rates
from bot.sandbox import Sandbox
from bot.storage import queries
from bot.storage.database import make_engine, make_writer, migrate
from bot.storage.schema import chats, outbox
from bot.telegram.client import Client
from bot.telegram.outbound import render
from bot.telegram.taps import Taps
from conversations.replies import Button, Message
from conversations.words import Words
from tests.databases import database_url

INLINE = ((Button("Düğme", "new"),),)


def note(text: str, **fields: Any) -> Message:
    return Message((Words("contact", {"contact": text}),), **fields)


class World:
    """A sandbox with one person, a database, and the sender between them."""

    def __init__(self, folder: Path) -> None:
        self.engine = make_engine(database_url(folder))
        migrate(self.engine)
        self.sandbox = Sandbox()
        self.rates = Rates(per_chat_per_s=1000, chat_burst=1000, per_s=10_000)
        self.chat_id = 0
        self.http: httpx.AsyncClient
        self.client: Client
        self.outbox: Outbox

    async def say(self, *messages: Message, chat_id: int | None = None, now: float | None = None) -> None:
        with self.engine.begin() as connection:
            for message in messages:
                queries.say_later(connection, chat_id or self.chat_id, message, "tr", now or time.time())
        self.outbox.wake()

    @property
    def rows(self) -> list[Any]:
        with self.engine.begin() as connection:
            return list(connection.execute(sa.select(outbox).order_by(outbox.c.id)))

    async def post(self, path: str, **body: Any) -> Any:
        answer = await self.http.post(path, json=body)
        answer.raise_for_status()
        return answer.json()

    async def chat(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.http.get(f"/api/chats/{self.chat_id}")).json()["messages"]
        return [message for message in found if message["from"] == "bot"]

    async def settled(self) -> list[str]:
        async with asyncio.timeout(10):
            while any(row.state == "pending" for row in self.rows):  # noqa: ASYNC110 - the condition is on the disk
                await asyncio.sleep(0.01)
        return [row.state for row in self.rows]


def play(folder: Path, work: Callable[[World], Awaitable[None]]) -> None:
    async def run() -> None:
        world = World(folder)
        await world.sandbox.start()
        world.client = Client(world.sandbox.token, world.sandbox.bot_api_url)
        await world.client.initialize()
        writer = make_writer(world.engine)
        writer.start()
        world.outbox = Outbox(writer, world.client, world.rates)
        async with httpx.AsyncClient(base_url=world.sandbox.url) as world.http:
            person = await world.post("/api/people", name="Ayşe Yılmaz")
            world.chat_id = person["id"]
            await world.post(f"/api/chats/{world.chat_id}/text", text="/start")
            sending = asyncio.create_task(world.outbox.run())
            try:
                await work(world)
            finally:
                world.outbox.stop()
                await sending
                await writer.close()
                await world.client.shutdown()
                await world.sandbox.stop()

    asyncio.run(run())


def failing(world: World, monkeypatch: pytest.MonkeyPatch, *errors: TelegramError) -> list[int]:
    """The next sends of this client fail so; the chats that were tried are returned as they come."""
    waiting, tried = list(errors), list[int]()
    original = type(world.client).carry_out

    async def carry_out(self: Client, method: Mapping[str, Any]) -> Any:
        tried.append(method["chat_id"])
        if waiting:
            raise waiting.pop(0)
        return await original(self, method)

    monkeypatch.setattr(type(world.client), "carry_out", carry_out)
    return tried


def test_messages_of_a_chat_keep_their_order(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        for number in range(10):
            await world.say(note(str(number)))
        assert await world.settled() == ["sent"] * 10
        messages = await world.chat()
        assert [message["text"][-1] for message in messages] == [str(number) for number in range(10)]
        assert [row.message_id for row in world.rows] == [message["message_id"] for message in messages]

    play(tmp_path, work)


def test_what_people_wrote_is_escaped(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        await world.say(note("<b>&amp;</i> { $x }"))
        assert await world.settled() == ["sent"]
        assert "<b>&amp;</i> { $x }" in (await world.chat())[0]["text"]

    play(tmp_path, work)


def test_an_edit_changes_the_earlier_message(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        await world.say(note("önce", surface="inline", buttons=INLINE))
        await world.settled()
        earlier = world.rows[0].message_id
        await world.say(note("sonra", edits=earlier))
        await world.say(note("sonra", edits=earlier))
        assert await world.settled() == ["sent"] * 3
        (message,) = await world.chat()
        assert "sonra" in message["text"]
        assert not message["inline_keyboard"]

    play(tmp_path, work)


def test_an_edit_of_what_is_gone_is_said_anew(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        await world.say(note("sonra", edits=9999))
        assert await world.settled() == ["sent"]
        assert "sonra" in (await world.chat())[0]["text"]

    play(tmp_path, work)


def test_a_reply_keyboard_cannot_be_edited_in_so_it_is_said_anew(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        await world.say(note("önce", surface="inline", buttons=INLINE))
        await world.settled()
        await world.say(note("sonra", edits=world.rows[0].message_id, surface="reply", buttons=INLINE))
        assert await world.settled() == ["sent"] * 2
        assert len(await world.chat()) == 2

    play(tmp_path, work)


def test_a_flood_limit_is_waited_for(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        await world.post("/api/telegram/limit", retry_after=1, times=1)
        before = time.monotonic()
        await world.say(note("bir"))
        await world.say(note("iki"))
        assert await world.settled() == ["sent"] * 2
        assert time.monotonic() - before >= 1
        assert [message["text"][-3:] for message in await world.chat()] == ["bir", "iki"]

    play(tmp_path, work)


def test_who_blocked_the_bot_is_noted_and_holds_up_nobody(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        with world.engine.begin() as connection:
            queries.load_chat(connection, world.chat_id, world.chat_id)
        other = (await world.post("/api/people", name="Başka Biri"))["id"]
        await world.post(f"/api/chats/{other}/text", text="/start")
        await world.post(f"/api/chats/{world.chat_id}/block")
        await world.say(note("bir", must_arrive=True))
        await world.say(note("iki"), chat_id=other)
        assert await world.settled() == ["failed", "sent"]
        assert world.rows[0].failure == "blocked"
        with world.engine.begin() as connection:
            assert connection.scalar(sa.select(chats.c.blocked_at)) is not None

    play(tmp_path, work)


def test_an_unknown_chat_is_given_up(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        await world.say(note("bir"), chat_id=424242)
        assert await world.settled() == ["failed"]

    play(tmp_path, work)


def test_a_message_that_cannot_be_rendered_holds_up_nobody(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        await world.say(Message((Words("no-such-words"),)))
        await world.say(note("iki"))
        assert await world.settled() == ["failed", "sent"]

    play(tmp_path, work)


def test_what_waited_is_sent_after_a_start(tmp_path: Path) -> None:
    engine = make_engine(database_url(tmp_path))
    migrate(engine)

    async def work(world: World) -> None:
        with world.engine.begin() as connection:
            queries.say_later(connection, world.chat_id, note("bekleyen"), "tr", 1.0)
        world.outbox.wake()
        assert await world.settled() == ["sent"]

    play(tmp_path, work)


def test_a_network_that_fails_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.outbox.FIRST_PAUSE_S", 0.01)

    async def work(world: World) -> None:
        tried = failing(world, monkeypatch, NetworkError("httpx.ReadError"), NetworkError("Bad Gateway"))
        await world.say(note("bir"))
        await world.say(note("iki"))
        assert await world.settled() == ["sent"] * 2
        assert len(tried) == 4
        assert [row.attempts for row in world.rows] == [2, 0]

    play(tmp_path, work)


def test_an_old_answer_is_given_up_and_an_old_call_number_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outbox.FIRST_PAUSE_S", 0.01)

    async def work(world: World) -> None:
        failing(world, monkeypatch, NetworkError("a"), NetworkError("b"))
        old = time.time() - GIVE_UP_AFTER_S - 60
        await world.say(note("eski"), now=old)
        await world.say(note("numara", must_arrive=True), now=old)
        assert await world.settled() == ["failed", "sent"]
        assert world.rows[0].failure == "too_old"

    play(tmp_path, work)


def test_a_refused_message_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(world: World) -> None:
        failing(world, monkeypatch, BadRequest("Can't parse entities"))
        await world.say(note("bir"))
        assert await world.settled() == ["failed"]

    play(tmp_path, work)


def test_a_group_that_moved_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(world: World) -> None:
        tried = failing(world, monkeypatch, ChatMigrated(world.chat_id))
        await world.say(note("bir"), chat_id=-5)
        assert await world.settled() == ["sent"]
        assert tried == [-5, world.chat_id]

    play(tmp_path, work)


def test_the_parts_of_a_long_message_are_not_sent_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.outbox.FIRST_PAUSE_S", 0.01)
    long = Message(tuple(Words("contact", {"contact": letter * 2200}) for letter in "abc"))
    assert len(render(long, "tr")) == 3

    async def work(world: World) -> None:
        original, calls = Client.carry_out, list[str]()

        async def carry_out(self: Client, method: Mapping[str, Any]) -> Any:
            calls.append(method["text"][-1])
            if calls.count("b") == 1 and calls[-1] == "b":
                raise NetworkError("cut")
            return await original(self, method)

        monkeypatch.setattr(Client, "carry_out", carry_out)
        await world.say(replace(long, surface="inline", buttons=INLINE))
        assert await world.settled() == ["sent"]
        assert calls == ["a", "b", "b", "c"]
        assert [bool(message["inline_keyboard"]) for message in await world.chat()] == [False, False, True]

    play(tmp_path, work)


def test_a_tap_that_is_too_old_to_be_answered_harms_nobody(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        taps = Taps(world.client)
        taps.answer("1", "x" * 500)
        await taps.close()
        await world.say(note("bir"))
        assert await world.settled() == ["sent"]

    play(tmp_path, work)


def question(text: str, **fields: Any) -> Message:
    return note(text, kind="question", **fields)


def test_of_questions_that_had_to_wait_only_the_newest_is_asked_and_nothing_else_is_dropped(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        world.outbox._rates = Rates(per_chat_per_s=2, chat_burst=1)
        await world.say(note("önce"))
        assert await world.settled() == ["sent"]
        await world.say(question("bir"), note("arada"), question("iki"), question("üç"))
        await world.settled()
        assert [message["text"].rpartition(" ")[2] for message in await world.chat()] == ["önce", "arada", "üç"]
        assert [(row.state, row.failure) for row in world.rows] == [
            ("sent", ""),
            ("failed", "replaced"),
            ("sent", ""),
            ("failed", "replaced"),
            ("sent", ""),
        ]

    play(tmp_path, work)


def test_questions_that_need_not_wait_are_all_asked(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        for text in ("bir", "iki"):
            await world.say(question(text))
        assert await world.settled() == ["sent", "sent"]

    play(tmp_path, work)


def test_questions_of_an_outage_are_not_asked_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(world: World) -> None:
        failing(world, monkeypatch, NetworkError("cut"))
        await world.say(question("bir"))
        async with asyncio.timeout(5):
            while not world.rows[0].attempts:  # noqa: ASYNC110 - the condition is on the disk
                await asyncio.sleep(0.01)
        await world.say(question("iki"))
        assert await world.settled() == ["failed", "sent"]

    play(tmp_path, work)


def test_a_chat_gets_no_more_than_its_rate_and_holds_up_no_other(tmp_path: Path) -> None:
    async def work(world: World) -> None:
        other = await world.post("/api/people", name="Veli")
        await world.post(f"/api/chats/{other['id']}/text", text="/start")
        world.outbox._rates = Rates(per_chat_per_s=4, chat_burst=2)
        began = time.monotonic()
        for number in range(4):
            await world.say(note(str(number)))
        await world.say(note("ben"), chat_id=other["id"])
        async with asyncio.timeout(5):
            while world.rows[4].state != "sent":  # noqa: ASYNC110 - the condition is on the disk
                await asyncio.sleep(0.01)
        assert [row.state for row in world.rows].count("pending") >= 1
        assert set(await world.settled()) == {"sent"}
        assert time.monotonic() - began >= 0.5

    play(tmp_path, work)
