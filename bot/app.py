"""The parts wired together: start, run, stop. What runs is the same in production, in the demo and in the tests."""

import asyncio
import contextlib
import logging
import math
import secrets
import ssl
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import sqlalchemy as sa
from structlog.contextvars import bound_contextvars
from telegram.error import InvalidToken, TelegramError

from bot.duty import Duty
from bot.intake import Intake
from bot.journal import JournalDamaged, JournalError, JournalInUse, SendJournal
from bot.licrus import CallRequest, Outcome, create_call
from bot.listening import Listener
from bot.media.decoding import read_codes
from bot.outages import NOTE_EVERY_S, updates_reach_us
from bot.parts import Parts
from bot.privacy.forgetting import redo_remembered
from bot.rates import Rates
from bot.settings import Settings
from bot.storage import life_queries, queries
from bot.storage.database import make_engine, make_writer, migrate
from bot.storage.errors import SchemaTooNew, StorageBusy, StorageError
from bot.storage.writer import Writer
from bot.submission import clock_that_counts_sleep
from bot.telegram.client import Client
from bot.telegram.inbound import Inbound
from bot.telegram.polling import Polling
from bot.telegram.profile import set_menus
from bot.telegram.taps import Taps
from bot.telegram.webhook import Webhook
from bot.telling import operators_chat, tell_operators
from bot.terms import Terms, terms_of
from bot.watching.opening import open_watch
from bot.worker import Worker
from conversations.words import Words
from locales import read_all

if TYPE_CHECKING:
    from bot.watching.watch import Watch

CONNECT_PAUSE_S = 5.0
STORAGE_WITHIN_S = 30.0
"""How long a PostgreSQL that is just starting is waited for."""
CAREFUL_S = 150.0
"""How long a webhook runs its updates alone after an unclean end: Telegram's longest pause is two minutes."""
SIGN_EVERY_S = 30.0
GONE_AFTER_S = 3 * SIGN_EVERY_S
"""A life that gave no sign for so long is over, wherever it was."""
STORAGE_ENDS_WITHIN_S = 1.0
FAILED = 3
"""The exit code when the process had to end by itself: a supervisor should start it again."""

Role = Literal["all", "web", "worker"]

log = logging.getLogger(__name__)


class StartError(Exception):
    """The bot can't start. `reason` is a code; the command line has a sentence for each."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class App:
    """One process of a bot on one database. `failed` is set when it had to give up by itself.

    `role`: "web" takes updates by the webhook, "worker" does what one process at a time may do, "all" does both.
    `hurry`: a stop waits for nothing. `clock` gives seconds since 1970, `steady` seconds that go on while the machine
    is suspended.
    """

    def __init__(
        self,
        settings: Settings,
        role: Role = "all",
        hurry: asyncio.Event | None = None,
        *,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = clock_that_counts_sleep,
    ) -> None:
        self.settings = settings
        self.role = role
        self._clock = clock
        self._steady = steady
        self.failed = asyncio.Event()
        self._hurry = hurry or asyncio.Event()
        self._parts = Parts(self.failed, self._hurry)
        self._duty: Duty | None = None
        self._watch: Watch | None = None

    async def start(self) -> None:
        """Open everything and begin to answer. Raises StartError, after closing what was opened."""
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def _start(self) -> None:
        read_all()
        settings = self.settings
        try:
            watch = self._watch = await open_watch(settings, self.role, self._parts, self._clock)
        except OSError as error:
            raise StartError("monitoring_port_unusable", type(error).__name__) from None
        shared = settings.database_path is None
        journal = None if self.role == "web" else self._open_journal(shared=shared)
        engine, writer = await self._open_storage()
        if watch is not None:
            watch.storage(engine, writer)
        await self._erase_again(writer)
        client = await self._connect()
        terms = self._terms(client.username)
        rates = Rates(
            per_chat_per_s=settings.rate_per_chat_per_s,
            chat_burst=settings.rate_chat_burst,
            per_s=settings.rate_per_s,
            clock=self._steady,
        )
        taps = Taps(client)
        self._parts.add(taps.close)
        worker: Worker | None = None
        intake = Intake(writer, terms, self._clock, self._steady)
        if await self._begin_life(writer):
            log.warning("last_life_ended_without_warning")
            # Polling fetches what was unfinished first, all of it at once. Telegram calls a webhook again when it
            # pleases, after two minutes at the latest.
            intake.be_careful(CAREFUL_S if self.settings.webhook_url else math.inf)

        async def receive(inbound: Inbound, may_give: bool = False) -> dict[str, Any] | None:
            # Every line that is logged meanwhile tells of which update it is.
            with bound_contextvars(update_id=inbound.update_id):
                taking = intake.receive(inbound, may_give=may_give)
                taken = await (taking if watch is None else watch.metrics.update(taking))
            if inbound.callback_query_id is not None:
                taps.answer(inbound.callback_query_id, None if taken is None else taken.toast)
            if worker is not None and taken is not None:
                worker.wake_for(taken)
            return None if taken is None else taken.reply

        async def poll(inbound: Inbound) -> None:
            await receive(inbound)

        async def reached() -> None:
            if await writer.run(lambda c: updates_reach_us(c, self._clock(), terms)) and worker is not None:
                worker.wake()

        noted_at = -math.inf

        async def fetched(anything: bool) -> None:
            nonlocal noted_at
            if anything:
                intake.trust()
            if self._steady() - noted_at >= NOTE_EVERY_S:
                await reached()
                noted_at = self._steady()

        async def answer(inbound: Inbound) -> dict[str, Any] | None:
            """The reply that the response may carry: room for it is taken first, and given back if it isn't used.

            Only the process on duty knows how much room there is.
            """
            room = worker is not None and worker.on_duty and rates.take(inbound.chat_id) == 0.0
            reply = None
            try:
                reply = await receive(inbound, room)
            finally:
                if room and reply is None:
                    rates.give_back(inbound.chat_id)
            return reply

        if journal is not None:
            await self._introduce(writer, client, terms)
            polling = None if settings.webhook_url else lambda: Polling(client, poll, fetched=fetched)
            worker = Worker(
                settings,
                writer,
                client,
                rates,
                terms,
                self._send,
                read_codes,
                journal,
                polling,
                clock=self._clock,
                steady=self._steady,
            )
            if shared:
                duty = self._duty = Duty(engine, self._duty_parts(worker), worker.wake)
                self._parts.run(duty.run(), duty.stop, "duty", last=True)
            else:
                worker.begin(self._parts)
        if settings.webhook_url and self.role != "worker":
            listener = self._open_listener(answer)
            self._parts.run(listener.run(), listener.stop, "webhook")
            await listener.started()
            self._parts.run(_for_ever(reached), None, "reached")
        if watch is not None:
            watch.begun(lambda: worker is not None and worker.on_duty)

    def _duty_parts(self, worker: Worker) -> Callable[[], Parts]:
        """What begins a duty: the worker's parts, to be stopped at its end."""

        def begin() -> Parts:
            parts = Parts(self.failed, self._hurry)
            worker.begin(parts)
            return parts

        return begin

    async def stop(self) -> None:
        """Finish what is in flight, take no more, and close everything, within ten seconds. Twice does nothing."""
        if self._watch is not None:
            self._watch.stopping()
        if self._duty is not None:
            self._duty.stop()
        await self._parts.stop()

    def _give_up_soon(self) -> Callable[[], None]:
        """What a thread calls that met an I/O error: the process ends, and the next one reads what is on the disk."""
        loop = asyncio.get_running_loop()

        def give_up() -> None:
            loop.call_soon_threadsafe(self.failed.set)

        return give_up

    def _open_journal(self, *, shared: bool) -> SendJournal:
        """The journal, open; one that several workers share is only looked at, and opened by whoever is on duty."""
        journal = SendJournal(self.settings.journal_path, self._give_up_soon())
        try:
            journal.open()
            if shared:
                journal.close()
        except JournalInUse:
            if not shared:
                raise StartError("journal_in_use") from None
        except JournalDamaged as error:
            raise StartError("journal_damaged", str(error)) from None
        except (JournalError, OSError) as error:
            raise StartError("journal_unusable", type(error).__name__) from None

        async def close() -> None:
            journal.close()

        self._parts.add(close)
        return journal

    def _open_listener(self, answer: Callable[[Inbound], Awaitable[dict[str, Any] | None]]) -> Listener:
        settings = self.settings
        webhook = Webhook(answer, settings.webhook_secrets, urlsplit(settings.webhook_url).path)
        listener = Listener(
            webhook,
            settings.webhook_host,
            settings.webhook_port,
            settings.webhook_cert_file,
            settings.webhook_key_file,
        )
        try:
            listener.open()
        except (ssl.SSLError, FileNotFoundError, PermissionError):
            raise StartError("webhook_tls_unusable") from None
        except OSError as error:
            raise StartError("webhook_port_unusable", type(error).__name__) from None
        return listener

    async def _open_storage(self) -> tuple[sa.Engine, Writer]:
        engine = make_engine(self.settings.database_url.get_secret_value())
        writer = make_writer(engine, self._give_up_soon())
        try:
            identity = await self._migrated(engine)
            writer.start()
        except SchemaTooNew:
            raise StartError("schema_too_new") from None
        except StorageError as error:
            raise StartError("storage_unusable", type(error).__name__) from None
        log.info("storage_opened", extra={"identity": identity})
        self._parts.add(lambda: writer.close(STORAGE_ENDS_WITHIN_S))
        return engine, writer

    async def _migrated(self, engine: sa.Engine) -> str:
        """The database's identity. A server that is just starting is waited for."""
        until = time.monotonic() + STORAGE_WITHIN_S
        while True:
            try:
                return await asyncio.to_thread(migrate, engine)
            except StorageBusy as error:
                if self.settings.database_path is not None or time.monotonic() > until:
                    raise
                log.warning("storage_out_of_reach", extra={"error": str(error)})
                await asyncio.sleep(1.0)

    async def _erase_again(self, writer: Writer) -> None:
        """Nobody is answered from a database that was put back before what was erased since is erased in it again."""
        try:
            await redo_remembered(writer, self.settings.erasures_path, self._clock())
        except StorageError as error:
            raise StartError("storage_unusable", type(error).__name__) from None
        except OSError as error:
            raise StartError("journal_unusable", type(error).__name__) from None

    async def _begin_life(self, writer: Writer) -> bool:
        """Note that this process runs, until it stops cleanly; whether the last one did not."""
        life = secrets.token_hex(8)

        async def end() -> None:
            with contextlib.suppress(StorageError):
                await writer.run(lambda c: life_queries.end(c, life))

        async def signs() -> None:
            while True:
                await asyncio.sleep(SIGN_EVERY_S)
                with contextlib.suppress(StorageError):
                    await writer.run(lambda c: life_queries.sign(c, life, self._clock()))

        try:
            now = self._clock()
            unclean = await writer.run(lambda c: life_queries.begin(c, life, now, now - GONE_AFTER_S))
        except StorageError as error:
            raise StartError("storage_unusable", type(error).__name__) from None
        self._parts.add(end)
        self._parts.run(signs(), None, "signs")
        return unclean

    async def _connect(self) -> Client:
        """The client, once Telegram knows the bot. A network that is down is waited for; a wrong token is not."""
        observe = contextlib.nullcontext if self._watch is None else self._watch.metrics.telegram_call
        client = Client(self.settings.bot_token.get_secret_value(), self.settings.bot_api_url, observe)
        self._parts.add(client.shutdown)
        while True:
            try:
                await client.initialize()
                webhook = await client.get_webhook_info()
            except InvalidToken:
                raise StartError("token_rejected") from None
            except TelegramError as error:
                log.warning("telegram_unreachable", extra={"error": type(error).__name__})
                await asyncio.sleep(CONNECT_PAUSE_S)
            else:
                break
        if webhook.url and not self.settings.webhook_url:
            raise StartError("webhook_set")
        if webhook.url != self.settings.webhook_url:
            # It may be set after this start, and is set by the command line alone.
            log.warning("webhook_not_set_to_here", extra={"elsewhere": bool(webhook.url)})
        return client

    def _terms(self, username: str) -> Terms:
        return terms_of(self.settings, username)

    async def _introduce(self, writer: Writer, client: Client, terms: Terms) -> None:
        """Say to log and operators which bot this is and which Licrus it calls, and to Telegram what it offers."""
        host = urlsplit(self.settings.licrus_url).hostname or ""
        log.info("started", extra={"bot": client.username, "bot_id": client.id, "licrus": host})
        words = Words("operators-started", {"bot": client.username, "licrus": host})
        try:
            before = await writer.run(lambda c: queries.get_meta(c, "bot_id"))
            if before is not None and before != str(client.id):
                log.warning("database_of_another_bot", extra={"bot_id_before": before})
            await writer.run(lambda c: queries.set_meta(c, "bot_id", str(client.id)))
            await writer.run(lambda c: tell_operators(c, words, self._clock(), terms))
            here = await writer.run(lambda c: operators_chat(c, terms))
        except StorageError as error:
            raise StartError("storage_unusable", type(error).__name__) from None
        # A release may have brought commands, and the operators' group another number.
        for refused in await set_menus(client, here):
            log.warning("commands_not_set", extra={"error": type(refused).__name__})

    async def _send(self, request: CallRequest, still_allowed: Callable[[], bool]) -> Outcome:
        calling = create_call(
            request,
            url=self.settings.licrus_url,
            ticket=self.settings.licrus_auth_ticket.get_secret_value(),
            limits=self.settings.licrus_limits,
            still_allowed=still_allowed,
        )
        return await (calling if self._watch is None else self._watch.metrics.licrus_call(calling))


async def _for_ever(note: Callable[[], Awaitable[None]]) -> None:
    """Whether a webhook can be reached, only Telegram knows: it is taken to be while the process lives."""
    while True:
        with contextlib.suppress(StorageError):
            await note()
        await asyncio.sleep(NOTE_EVERY_S)


async def run(
    settings: Settings,
    role: Role = "all",
    *,
    stop: asyncio.Event | None = None,
    hurry: asyncio.Event | None = None,
) -> int:
    """The bot until `stop` is set or it can't go on; the exit code. `hurry` shortens the stop. Raises StartError."""
    stop, hurry = stop or asyncio.Event(), hurry or asyncio.Event()
    app = App(settings, role, hurry)
    stopping = asyncio.create_task(stop.wait())
    starting = asyncio.create_task(app.start())
    failing = asyncio.create_task(app.failed.wait())
    try:
        await asyncio.wait({stopping, starting}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            await starting
            await asyncio.wait({stopping, failing}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (starting, stopping, failing):
            task.cancel()
        await asyncio.gather(starting, stopping, failing, return_exceptions=True)
        await app.stop()
    log.info("stopped", extra={"failed": app.failed.is_set()})
    return FAILED if app.failed.is_set() else 0
