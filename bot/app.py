"""The parts wired together: start, run, stop. What runs is the same in production, in the demo and in the tests."""

import asyncio
import logging
import ssl
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from telegram import BotCommand
from telegram.error import InvalidToken, TelegramError

from bot.intake import Intake, Terms, tell_operators, where
from bot.journal import JournalDamaged, JournalError, JournalInUse, SendJournal
from bot.licrus import CallRequest, Outcome, create_call
from bot.outbox import Outbox
from bot.rates import Rates
from bot.settings import Settings
from bot.storage import queries
from bot.storage.database import make_engine, migrate
from bot.storage.errors import SchemaTooNew, StorageError
from bot.storage.writer import Writer
from bot.submission import Submission
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
FAILED = 3
"""The exit code when the process had to end by itself: a supervisor should start it again."""

log = logging.getLogger(__name__)


class StartError(Exception):
    """The bot can't start. `reason` is a code; the command line has a sentence for each."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class App:
    """One bot on one database. `failed` is set when it had to give up by itself."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.failed = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
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
            folder=self.settings.database_path.absolute().parent,
            spoke=outbox.wake,
        )
        intake = Intake(writer, terms)

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

        # Stopped in the opposite order: first no more updates, then no more calls, last no more messages.
        self._run(outbox.run(), outbox.stop, "outbox")
        self._run(submission.run(), submission.stop, "submission")
        self._run(self._sweep(writer), None, "sweep")
        if self.settings.webhook_url:
            listener = self._open_listener(answer)
            self._run(listener.run(), listener.stop, "webhook")
            await listener.started()
        else:
            polling = Polling(client, poll)
            self._run(polling.run(), polling.stop, "polling")

    async def stop(self) -> None:
        """Finish what is in flight, take no more, and close everything. Stopping twice does nothing."""
        while self._closing:
            await self._closing.pop()()

    def _run(self, work: Awaitable[None], stop: Callable[[], None] | None, name: str) -> None:
        task = asyncio.ensure_future(work)
        task.add_done_callback(lambda done: self._ended(done, name))

        async def close() -> None:
            if stop is None:
                task.cancel()
            else:
                stop()
            await asyncio.gather(task, return_exceptions=True)

        self._closing.append(close)

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
        writer = Writer(engine, self._give_up_soon())
        try:
            identity = await asyncio.to_thread(migrate, engine)
            writer.start()
        except SchemaTooNew:
            raise StartError("schema_too_new") from None
        except StorageError as error:
            raise StartError("storage_unusable", type(error).__name__) from None
        log.info("storage_opened", extra={"identity": identity})
        self._closing.append(writer.close)
        return writer

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


async def run(settings: Settings, *, stop: asyncio.Event | None = None) -> int:
    """The bot until `stop` is set or it can't go on; the exit code. Raises StartError."""
    stop = stop or asyncio.Event()
    app = App(settings)
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
