"""After an outage whoever is at a summary gets it once more: a tap of the meantime may have died at Telegram."""

import asyncio
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from bot.commands.sandboxing import sandbox_and_bot, sandbox_settings
from bot.commands.webhook import set_webhook
from bot.intake import take
from bot.outages import TAP_LIVES_S, TOUCHED_WITHIN_S, updates_reach_us
from bot.settings import load_settings
from bot.storage import queries
from bot.storage.database import make_engine, migrate
from bot.storage.schema import chats, outbox, requests
from bot.telegram.client import Client
from bot.telegram.inbound import Inbound
from bot.telegram.outbound import render
from bot.terms import Terms
from conversations.activation import ACTIVATION
from conversations.events import Command, Tap, Text
from conversations.summary import seal
from locales import choice_of
from tests.crash.conversations import script
from tests.end_to_end.test_webhook import free_port, webhook_settings

NOW = 1_800_000_000.0
TERMS = Terms(ACTIVATION)
SENTENCE = "Bir süre bana ulaşılamadı; bu arada bastığınız düğme bana gelmemiş olabilir. Güncel özet aşağıda."


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = make_engine(f"sqlite:///{tmp_path / 'devreye.db'}")
    migrate(engine)
    with engine.connect() as opened:
        yield opened


class Person:
    """Somebody who writes in a chat of their own; all that is said to them arrives at once."""

    updates = 0

    def __init__(self, connection: sa.Connection, chat_id: int) -> None:
        self.connection, self.chat_id = connection, chat_id

    def does(self, event: Any, now: float = NOW) -> None:
        Person.updates += 1
        inbound = Inbound(Person.updates, "f", self.chat_id, "private", self.chat_id, first_name="Ayşe", event=event)
        with self.connection.begin():
            take(self.connection, inbound, now, TERMS)
            self.connection.execute(sa.update(outbox).values(state="sent", message_id=1))

    def fills(self, answers: int | None = None, now: float = NOW) -> None:
        self.does(Command("start"), now)
        for step in script(1, random.Random(1)).steps[:answers]:
            self.does(Text(step.answer, Person.updates, choice_of(step.answer)), now)

    @property
    def said(self) -> list[str]:
        with self.connection.begin():
            found = self.connection.execute(
                sa.select(outbox.c.message, outbox.c.language)
                .where(outbox.c.chat_id == self.chat_id)
                .order_by(outbox.c.id)
            )
            return [render(queries.read_message(row.message), row.language)[0].text for row in found]

    def taps(self) -> Tap:
        """[Onayla ve gönder] under the newest summary."""
        with self.connection.begin():
            draft = queries.active_draft(self.connection, self.chat_id, self.chat_id)
        assert draft is not None
        return Tap(draft.id, draft.revision, "confirm", seal(ACTIVATION, draft), 1)


def reached(connection: sa.Connection, now: float) -> int:
    with connection.begin():
        return updates_reach_us(connection, now, TERMS)


def test_after_an_outage_the_summary_is_shown_again_under_a_sentence_that_says_why(connection: sa.Connection) -> None:
    person = Person(connection, 1)
    person.fills()
    before = person.said
    summary = before[-1][before[-1].index("<b>Son kontrol. Talep henüz gönderilmedi.</b>") :]
    tap = person.taps()
    assert reached(connection, NOW) == 0
    assert reached(connection, NOW + TAP_LIVES_S + 1) == 1
    assert person.said == [*before, f"{SENTENCE}\n{summary}"]
    # Nothing changed: the tap that died and one on the new message are the same, and confirm once.
    assert person.taps() == tap
    with connection.begin():
        connection.execute(sa.update(outbox).values(state="sent"))
    person.does(tap)
    person.does(tap)
    with connection.begin():
        assert connection.scalar(sa.select(sa.func.count()).select_from(requests)) == 1


def test_one_outage_is_answered_once_and_a_short_one_not_at_all(connection: sa.Connection) -> None:
    Person(connection, 1).fills()
    later = NOW + TAP_LIVES_S
    assert [reached(connection, now) for now in (NOW, later, later + 151, later + 151, later + 190)] == [0, 0, 1, 0, 0]


def test_only_who_is_at_a_summary_and_can_read_it_is_told(connection: sa.Connection) -> None:
    people = [Person(connection, number) for number in range(1, 6)]
    asked, blocked, long_ago, sent, waiting = people
    asked.fills(4)
    for person in (blocked, sent, waiting):
        person.fills()
    long_ago.fills(now=NOW - TOUCHED_WITHIN_S)
    sent.does(sent.taps())
    before = [person.said for person in people]
    with connection.begin():
        connection.execute(sa.update(chats).where(chats.c.chat_id == blocked.chat_id).values(blocked_at=NOW))
        newest = sa.select(sa.func.max(outbox.c.id)).where(outbox.c.chat_id == waiting.chat_id).scalar_subquery()
        connection.execute(sa.update(outbox).where(outbox.c.id == newest).values(state="pending"))
    reached(connection, NOW)
    assert reached(connection, NOW + 200) == 0
    assert [person.said for person in people] == before


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_a_bot_that_was_away_shows_the_summary_again_and_it_can_be_confirmed(tmp_path: Path, webhook: bool) -> None:
    more = webhook_settings(free_port()) if webhook else {}

    async def work() -> None:
        async with sandbox_and_bot(tmp_path, more=more) as (sandbox, bot):
            if webhook:
                settings = load_settings(None, **(sandbox_settings(sandbox, tmp_path) | more))
                async with Client(sandbox.token, sandbox.bot_api_url) as client:
                    assert await set_webhook(client, settings) == 0
            async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False, timeout=30) as http:
                chat = f"/api/chats/{(await http.post('/api/people', json={'name': 'Ayşe'})).json()['chat_id']}"

                async def heard(words: str) -> Any:
                    async with asyncio.timeout(20):
                        while True:
                            messages = (await http.get(chat)).json()["messages"]
                            if messages and messages[-1]["from"] == "bot" and words in messages[-1]["text"]:
                                return messages
                            await asyncio.sleep(0.01)

                await http.post(f"{chat}/text", json={"text": "/start"})
                for step in script(1, random.Random(1)).steps:
                    await heard(step.question)
                    await http.post(f"{chat}/text", json={"text": step.answer})
                before = await heard("Son kontrol")
                await bot.stop()
                away(tmp_path / "devreye.db", 151)
                await bot.start()
                messages = await heard(SENTENCE)
                assert len(messages) == len(before) + 1
                await bot.stop()
                await bot.start()
                (confirm, *_), *_ = messages[-1]["inline_keyboard"]
                tap = {"message_id": messages[-1]["message_id"], "callback_data": confirm["callback_data"]}
                await http.post(f"{chat}/press", json=tap)
                end = await heard("Çağrı numarası")
                assert sum(SENTENCE in message["text"] for message in end) <= 1

    asyncio.run(work())


def away(database: Path, seconds: float) -> None:
    """Lets the stopped bot have been away for so long."""
    with sqlite3.connect(database, isolation_level=None) as look:
        ((at,),) = look.execute("SELECT value FROM meta WHERE name = 'reached_at'").fetchall()
        look.execute("UPDATE meta SET value = ? WHERE name = 'reached_at'", (repr(float(at) - seconds),))
    look.close()
