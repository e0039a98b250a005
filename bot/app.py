"""The parts wired together: start, run, stop. What runs is the same in production, in the demo and in the tests."""

import asyncio
import contextlib
import logging
import math
import secrets
import ssl
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from telegram import BotCommand
from telegram.error import InvalidToken, TelegramError

from bot.intake import Intake, Terms, tell_operators, where
from bot.journal import JournalDamaged, JournalError, JournalInUse, SendJournal
from bot.licrus import CallRequest, Outcome, create_call
from bot.outages import NOTE_EVERY_S, updates_reach_us
from bot.outbox import Outbox
from bot.rates import Rates
from bot.settings import Settings
from bot.storage import life_queries, queries
from bot.storage.database import make_engine, make_writer, migrate
from bot.storage.errors import SchemaTooNew, StorageError
from bot.storage.writer import Writer
from bot.submission import Submission, clock_that_counts_sleep
from bot.telegram.client import Client
from bot.telegram.inbound import Inbound
from bot.telegram.polling import Polling
from bot.telegram.webhook import Listener, Webhook
from conversations.activation import activation_form
from conversations.words import Words
from locales import LANGUAGES, say

COMMANDS = ("start", "yeni", "durum", "iptal", "yardim", "dil")
CONNECT_PAUSE_S = 5.0
SWEEP_EVERY_S = 3600.0
DAY_S = 86_400.0
CAREFUL_S = 150.0
"""How long a webhook runs its updates alone after an unclean end: Telegram's longest pause is two minutes."""
SIGN_EVERY_S = 30.0
GONE_AFTER_S = 3 * SIGN_EVERY_S
"""A life that gave no sign for so long is over, wherever it was."""
WORK_ENDS_S = 5.0
"""Seconds after the beginning of a stop: updates and calls that still run then are cut off."""
MESSAGES_END_S = 7.5
STOP_S = 9.0
CUT_WITHIN_S = 1.0
"""How long what was cut off may take to say so: a call that may have been carried out becomes unknown."""
STORAGE_ENDS_WITHIN_S = 1.0
SHORTEST_WAIT_S = 0.2
FAILED = 3
"""The exit code when the process had to end by itself: a supervisor should start it again."""

log = logging.getLogger(__name__)


class StartError(Exception):
    """The bot can't start. `reason` is a code; the command line has a sentence for each."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class _Part:
    """Something that runs until it is told to stop. The `last` one still says what the others came to."""

    name: str
    task: "asyncio.Future[None]"
    stop: Callable[[], object]
    last: bool


class App:
    """One bot on one database. `failed` is set when it had to give up by itself. `hurry`: a stop waits for nothing."""

    def __init__(self, settings: Settings, hurry: asyncio.Event | None = None) -> None:
        self.settings = settings
        self.failed = asyncio.Event()
        self._hurry = hurry or asyncio.Event()
        self._parts: list[_Part] = []
        self._closing: list[Callable[[], Awaitable[None]]] = []

    async def start(self) -> None:
        """Open everything and begin to answer. Raises StartError, after closing what was opened."""
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def _start(self) -> None:
        journal = self._open_journal()
        writer = await self._open_storage()
        client = await self._connect()
        terms = self._terms(client.username)
        await self._introduce(writer, client, terms)
        rates = Rates(
            per_chat_per_s=self.settings.rate_per_chat_per_s,
            chat_burst=self.settings.rate_chat_burst,
            per_s=self.settings.rate_per_s,
        )
        outbox = Outbox(writer, client, rates)
        submission = Submission(
            writer,
            journal,
            terms,
            self._send,
            exchange_s=self.settings.licrus_total_timeout_s,
            parallel=self.settings.licrus_parallel_calls,
            folder=self.settings.data_folder,
            spoke=outbox.wake,
        )
        intake = Intake(writer, terms)
        if await self._begin_life(writer):
            log.warning("last_life_ended_without_warning")
            # Polling fetches what was unfinished first, all of it at once. Telegram calls a webhook again when it
            # pleases, after two minutes at the latest.
            intake.be_careful(CAREFUL_S if self.settings.webhook_url else math.inf)

        async def receive(inbound: Inbound, may_give: bool = False) -> dict[str, Any] | None:
            taken = await intake.receive(inbound, may_give=may_give)
            if inbound.callback_query_id is not None:
                outbox.answer_tap(inbound.callback_query_id, None if taken is None else taken.toast)
            if taken is not None and taken.spoke:
                outbox.wake()
            if taken is not None and taken.submitted:
                submission.wake()
            return None if taken is None else taken.reply

        async def poll(inbound: Inbound) -> None:
            await receive(inbound)

        async def reached() -> None:
            if await writer.run(lambda c: updates_reach_us(c, time.time(), terms)):
                outbox.wake()

        noted_at = -math.inf

        async def fetched(anything: bool) -> None:
            nonlocal noted_at
            if anything:
                intake.trust()
            if clock_that_counts_sleep() - noted_at >= NOTE_EVERY_S:
                await reached()
                noted_at = clock_that_counts_sleep()

        async def answer(inbound: Inbound) -> dict[str, Any] | None:
            """The reply that the response may carry: room for it is taken first, and given back if it isn't used."""
            room = rates.take(inbound.chat_id) == 0.0
            reply = None
            try:
                reply = await receive(inbound, room)
            finally:
                if room and reply is None:
                    rates.give_back(inbound.chat_id)
            return reply

        self._run(outbox.run(), outbox.stop, "outbox", last=True)
        self._run(submission.run(), submission.stop, "submission")
        self._run(self._sweep(writer), None, "sweep")
        if self.settings.webhook_url:
            listener = self._open_listener(answer)
            self._run(listener.run(), listener.stop, "webhook")
            await listener.started()
            self._run(_for_ever(reached), None, "reached")
        else:
            polling = Polling(client, poll, fetched=fetched)
            self._run(polling.run(), polling.stop, "polling")

    async def stop(self) -> None:
        """Finish what is in flight, take no more, and close everything, within STOP_S; stopping twice does nothing.

        Updates and calls come first, all of them at once: what they still say goes out. What hangs is cut off, and
        leaves what a kill would leave.
        """
        began = asyncio.get_running_loop().time()
        parts, self._parts = self._parts, []
        await self._end([part for part in parts if not part.last], began + WORK_ENDS_S)
        await self._end([part for part in parts if part.last], began + MESSAGES_END_S)
        while self._closing:
            closing = asyncio.ensure_future(self._closing.pop()())
            left = began + STOP_S - asyncio.get_running_loop().time()
            await asyncio.wait({closing}, timeout=max(left / (len(self._closing) + 1), SHORTEST_WAIT_S))
            if not closing.done():
                log.error("close_cut_short")
                closing.cancel()
            elif (error := closing.exception()) is not None:
                log.error("close_failed", extra={"error": where(error)})

    async def _end(self, parts: "list[_Part]", until: float) -> None:
        """Let these end until then (the loop's time), or until there is a hurry; what still runs is cut off."""
        for part in parts:
            part.stop()
        ending = asyncio.gather(*(part.task for part in parts), return_exceptions=True)
        hurrying = asyncio.ensure_future(self._hurry.wait())
        left = until - asyncio.get_running_loop().time()
        waited: set[asyncio.Future[Any]] = {ending, hurrying}
        await asyncio.wait(waited, timeout=max(left, 0.0), return_when=asyncio.FIRST_COMPLETED)
        hurrying.cancel()
        running = [part for part in parts if not part.task.done()]
        for part in running:
            log.warning("part_cut_short", extra={"part": part.name})
            part.task.cancel()
        if running:
            await asyncio.wait({part.task for part in running}, timeout=CUT_WITHIN_S)

    def _run(self, work: Awaitable[None], stop: Callable[[], object] | None, name: str, *, last: bool = False) -> None:
        task = asyncio.ensure_future(work)
        task.add_done_callback(lambda done: self._ended(done, name))
        self._parts.append(_Part(name, task, stop or task.cancel, last))

    def _ended(self, task: "asyncio.Future[None]", name: str) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("part_failed", extra={"part": name, "error": where(error)})
            self.failed.set()

    def _give_up_soon(self) -> Callable[[], None]:
        """What a thread calls that met an I/O error: the process ends, and the next one reads what is on the disk."""
        loop = asyncio.get_running_loop()

        def give_up() -> None:
            loop.call_soon_threadsafe(self.failed.set)

        return give_up

    def _open_journal(self) -> SendJournal:
        journal = SendJournal(self.settings.journal_path, self._give_up_soon())
        try:
            journal.open()
        except JournalInUse:
            raise StartError("journal_in_use") from None
        except JournalDamaged as error:
            raise StartError("journal_damaged", str(error)) from None
        except (JournalError, OSError) as error:
            raise StartError("journal_unusable", type(error).__name__) from None

        async def close() -> None:
            journal.close()

        self._closing.append(close)
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

    async def _open_storage(self) -> Writer:
        engine = make_engine(self.settings.database_url.get_secret_value())
        writer = make_writer(engine, self._give_up_soon())
        try:
            identity = await asyncio.to_thread(migrate, engine)
            writer.start()
        except SchemaTooNew:
            raise StartError("schema_too_new") from None
        except StorageError as error:
            raise StartError("storage_unusable", type(error).__name__) from None
        log.info("storage_opened", extra={"identity": identity})
        self._closing.append(lambda: writer.close(STORAGE_ENDS_WITHIN_S))
        return writer

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
                    await writer.run(lambda c: life_queries.sign(c, life, time.time()))

        try:
            now = time.time()
            unclean = await writer.run(lambda c: life_queries.begin(c, life, now, now - GONE_AFTER_S))
        except StorageError as error:
            raise StartError("storage_unusable", type(error).__name__) from None
        self._closing.append(end)
        self._run(signs(), None, "signs")
        return unclean

    async def _connect(self) -> Client:
        """The client, once Telegram knows the bot. A network that is down is waited for; a wrong token is not."""
        client = Client(self.settings.bot_token.get_secret_value(), self.settings.bot_api_url)
        self._closing.append(client.shutdown)
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
        await self._set_commands(client)
        return client

    async def _set_commands(self, client: Client) -> None:
        try:
            for code in (None, *LANGUAGES):
                menu = [BotCommand(name, say(Words(f"command-{name}"), code or LANGUAGES[0])) for name in COMMANDS]
                await client.set_my_commands(menu, language_code=code)
        except TelegramError as error:
            log.warning("commands_not_set", extra={"error": type(error).__name__})

    def _terms(self, username: str) -> Terms:
        settings = self.settings
        return Terms(
            form=activation_form(turkish_place_names=settings.turkish_place_names),
            required=settings.required_fields,
            contact=settings.support_contact,
            notice_url=settings.notice_url,
            next_steps=settings.next_steps,
            operators_chat_id=settings.operators_chat_id,
            bot_username=username,
            updates_per_minute=settings.updates_per_minute,
        )

    async def _introduce(self, writer: Writer, client: Client, terms: Terms) -> None:
        """Say in the log and to the operators which bot this is and which Licrus it calls."""
        host = urlsplit(self.settings.licrus_url).hostname or ""
        log.info("started", extra={"bot": client.username, "bot_id": client.id, "licrus": host})
        words = Words("operators-started", {"bot": client.username, "licrus": host})
        try:
            before = await writer.run(lambda c: queries.get_meta(c, "bot_id"))
            if before is not None and before != str(client.id):
                log.warning("database_of_another_bot", extra={"bot_id_before": before})
            await writer.run(lambda c: queries.set_meta(c, "bot_id", str(client.id)))
            await writer.run(lambda c: tell_operators(c, words, time.time(), terms))
        except StorageError as error:
            raise StartError("storage_unusable", type(error).__name__) from None

    async def _send(self, request: CallRequest, still_allowed: Callable[[], bool]) -> Outcome:
        return await create_call(
            request,
            url=self.settings.licrus_url,
            ticket=self.settings.licrus_auth_ticket.get_secret_value(),
            limits=self.settings.licrus_limits,
            still_allowed=still_allowed,
        )

    async def _sweep(self, writer: Writer) -> None:
        keep_s = self.settings.drafts_kept_days * DAY_S
        while True:
            try:
                await writer.run(lambda c: queries.sweep(c, time.time(), keep_s))
            except StorageError as error:
                log.error("sweep_failed", extra={"error": type(error).__name__})
            await asyncio.sleep(SWEEP_EVERY_S)


async def _for_ever(note: Callable[[], Awaitable[None]]) -> None:
    """Whether a webhook can be reached, only Telegram knows: it is taken to be while the process lives."""
    while True:
        with contextlib.suppress(StorageError):
            await note()
        await asyncio.sleep(NOTE_EVERY_S)


async def run(settings: Settings, *, stop: asyncio.Event | None = None, hurry: asyncio.Event | None = None) -> int:
    """The bot until `stop` is set or it can't go on; the exit code. `hurry` shortens the stop. Raises StartError."""
    stop, hurry = stop or asyncio.Event(), hurry or asyncio.Event()
    app = App(settings, hurry)
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
