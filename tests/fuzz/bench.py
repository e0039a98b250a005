"""One bot in this process: the webhook's own function, the intake, the writer on SQLite, outbox and submission, all
real; only Telegram and Licrus are played. What they saw is all that is judged by."""

import asyncio
import contextlib
import os
import random
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from unittest import mock

import sqlalchemy as sa

import bot.fresh
from bot.intake import Intake
from bot.journal import SendJournal
from bot.licrus import CallRequest, Created, Held, Outcome, RefusedByLicrus, Unknown
from bot.outbox import Outbox
from bot.rates import Rates
from bot.storage import outbox_queries
from bot.storage.database import make_engine, migrate
from bot.storage.schema import requests
from bot.storage.writer import Writer
from bot.submission import Submission
from bot.telegram.client import Client
from bot.telegram.inbound import Inbound
from bot.telegram.taps import Taps
from bot.telegram.webhook import Webhook
from bot.terms import Terms
from conversations.activation import ACTIVATION
from locales import read_all

SECRET = "a-secret-of-these-tests"
PATH = "/telegram"
SCOPE = {
    "type": "http",
    "method": "POST",
    "path": PATH,
    "headers": [(b"x-telegram-bot-api-secret-token", SECRET.encode()), (b"content-type", b"application/json")],
}
SETTLED_WITHIN_S = 20.0
LOOKS = 20
"""How often, when nothing waits any more, it is looked whether the last calls are still on their way."""
NO_BOUND = 1e9
UPDATES_PER_MINUTE = 30
"""As in production. The people of a round stay below it; a test of its own goes past it."""
MEMORY = "/dev/shm"


@dataclass(frozen=True, slots=True)
class Response:
    """What the webhook answered, and how long it took, in seconds."""

    status: int
    body: bytes
    wall_s: float


class Telegram:
    """Telegram as the outbox sees it: takes everything, and remembers it as the calls of the Bot API."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []

    def take(self) -> list[dict[str, Any]]:
        """What came since the last look."""
        calls, self.calls = self.calls, []
        return calls

    async def carry_out(self, method: Mapping[str, Any]) -> Any:
        self.calls.append(dict(method))
        return {"message_id": len(self.calls)}


class Bench:
    """The bot, and the hands of Telegram and Licrus."""

    def __init__(self, rng: random.Random, writer: Writer, journal: SendJournal, folder: Path) -> None:
        self.telegram = Telegram()
        self.now = 1_800_000_000.0
        self.calls_at_licrus = 0
        self._rng = rng
        self._writer = writer
        self._let_licrus_answer = asyncio.Event()
        terms = Terms(
            ACTIVATION,
            contact="0850 123 45 67",
            notice_url="https://example.com/kvkk",
            bot_username="b",
            updates_per_minute=UPDATES_PER_MINUTE,
        )
        rates = Rates(per_chat_per_s=NO_BOUND, chat_burst=10**9, per_s=NO_BOUND)
        self.taps = Taps(cast(Client, self.telegram))
        self.outbox = Outbox(writer, cast(Client, self.telegram), rates, clock=self.clock)
        self.submission = Submission(
            writer,
            journal,
            terms,
            self._send,
            exchange_s=30.0,
            parallel=8,
            folder=folder,
            spoke=self.outbox.wake,
            clock=lambda _: self.clock(),
        )
        self._intake = Intake(writer, terms, clock=self.clock)
        self._webhook = Webhook(self._take, (SECRET,), PATH)

    def clock(self) -> float:
        return self.now

    async def post(self, body: bytes) -> Response:
        """Telegram's request with this body, and the answer to it."""
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        began = time.perf_counter()
        await self._webhook(dict(SCOPE), receive, send)
        return Response(sent[0]["status"], sent[1]["body"], time.perf_counter() - began)

    async def said(self, enough: Callable[[], bool]) -> bool:
        """Wait until nothing waits in the outbox and `enough` holds; False when the one or the other never comes."""
        end = time.monotonic() + SETTLED_WITHIN_S
        looks = 0
        while True:
            waiting = await self._writer.run(outbox_queries.waiting_chats)
            if not waiting and (enough() or (looks := looks + 1) > LOOKS):
                return enough()
            if time.monotonic() > end:
                return False
            await asyncio.sleep(0.001)

    async def settle(self) -> None:
        """Licrus answers what it was asked meanwhile, this or that way."""
        self._let_licrus_answer.set()
        end = time.monotonic() + SETTLED_WITHIN_S
        while await self._writer.run(_is_under_way) and time.monotonic() < end:
            self.submission.wake()
            await asyncio.sleep(0.002)
        await self.said(lambda: True)
        self._let_licrus_answer.clear()

    async def _take(self, inbound: Inbound) -> dict[str, Any] | None:
        taken = await self._intake.receive(inbound, may_give=True)
        if inbound.callback_query_id is not None:
            self.taps.answer(inbound.callback_query_id, None if taken is None else taken.toast)
        if taken is not None and taken.spoke:
            self.outbox.wake()
        return None if taken is None else taken.reply

    async def _send(self, request: CallRequest, still_allowed: Callable[[], bool]) -> Outcome:
        await self._let_licrus_answer.wait()
        self.calls_at_licrus += 1
        reason = "Seri no <b>hatalı</b> & { $x }" * self._rng.choice((1, 100))
        outcomes: tuple[Outcome, ...] = (
            *(Created(str(43090 + self.calls_at_licrus)),) * 3,
            *(RefusedByLicrus(reason), Held("ticket"), Unknown("timeout")),
        )
        return self._rng.choice(outcomes)


def _is_under_way(connection: sa.Connection) -> bool:
    """Whether a request waits for Licrus or for its answer."""
    waiting = sa.select(requests.c.id).where(requests.c.state.in_(("queued", "sending"))).limit(1)
    return connection.scalar(waiting) is not None


def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="devreye-fuzz-", dir=MEMORY if os.path.isdir(MEMORY) else None))


@contextlib.asynccontextmanager
async def bench(rng: random.Random) -> AsyncIterator[Bench]:
    """A bot on a database of its own, in memory where the machine has a place for that."""
    read_all()
    where = _folder()
    engine = make_engine(f"sqlite:///{where / 'devreye.db'}")
    migrate(engine)
    journal = SendJournal(where / "journal")
    journal.open()
    writer = Writer(engine)
    writer.start()
    # Draft ids and codes from the seed too, so that a round can be run again.
    names = SimpleNamespace(token_urlsafe=lambda n: f"{rng.getrandbits(72):018x}"[: n * 4 // 3], choice=rng.choice)
    with mock.patch.object(bot.fresh, "secrets", names):
        made = Bench(rng, writer, journal, where)
        running = [asyncio.create_task(part.run()) for part in (made.outbox, made.submission)]
        try:
            yield made
        finally:
            made._let_licrus_answer.set()
            for part in (made.outbox, made.submission):
                part.stop()
            await asyncio.gather(*running)
            await writer.close()
            journal.close()
            shutil.rmtree(where)
