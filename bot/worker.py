"""What only one process of a bot may do at a time: send messages, call Licrus, read photos, poll, sweep."""

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from bot import releasing
from bot.intake import Taken
from bot.journal import JournalInUse, JournalNotWritten, SendJournal
from bot.logs import where
from bot.media.jobs import Reading, ReadPicture
from bot.office.answering import answering
from bot.office.cards import drawn, empty_masked
from bot.office.confirming import Confirming
from bot.office.deciding import wishes
from bot.office.digest import tell_digest
from bot.office.floods import tell_end
from bot.office.importing import Importing, is_member
from bot.office.questions import questions
from bot.outbox import Outbox
from bot.parts import Parts
from bot.privacy.forgetting import Forgetting
from bot.privacy.pages import tidy
from bot.privacy.retention import Keeping, keep_no_longer
from bot.rates import Rates
from bot.reminders import HOUR_S, LOOK_EVERY_S, remind, to_remind
from bot.settings import Settings
from bot.settlement import doubt
from bot.storage import audit_queries, help_queries, offered_queries, queries, question_queries, request_queries
from bot.storage.dialect import database_time
from bot.storage.errors import StorageBroken, StorageClosed, StorageError
from bot.storage.writer import Writer
from bot.submission import Send, Submission, clock_that_counts_sleep
from bot.telegram.client import Client
from bot.telegram.downloads import Downloads
from bot.telegram.polling import Polling
from bot.terms import Terms

SWEEP_EVERY_S = 3600.0
DAY_S = 86_400.0
JOURNAL_AGAIN_S = 0.2
AGAIN_S = 1.0
JOURNAL_ID = "journal_id"

log = logging.getLogger(__name__)


class Worker:
    """Begins the parts of the one that is on duty, as often as the duty comes.

    `polling` makes what fetches updates; None where they come by the webhook. `clock` gives seconds since 1970,
    `steady` seconds that go on while the machine is suspended.
    """

    def __init__(
        self,
        settings: Settings,
        writer: Writer,
        client: Client,
        rates: Rates,
        terms: Terms,
        send: Send,
        read_picture: ReadPicture,
        journal: SendJournal,
        polling: Callable[[], Polling] | None,
        *,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = clock_that_counts_sleep,
    ) -> None:
        self._settings = settings
        self._writer = writer
        self._client = client
        self._rates = rates
        self._terms = terms
        self._send = send
        self._read_picture = read_picture
        self._journal = journal
        self._polling = polling
        self._clock = clock
        self._steady = steady
        self._ending = asyncio.Event()
        self._outbox: Outbox | None = None
        self._submission: Submission | None = None
        self._reading: Reading | None = None
        self._importing: Importing | None = None
        self._confirming: tuple[Confirming[Any], ...] = ()

    @property
    def on_duty(self) -> bool:
        """Whether the parts run."""
        return self._outbox is not None

    def wake(self) -> None:
        """There may be something to say, to send or to read."""
        self._say()
        if self._submission is not None:
            self._submission.wake()
        if self._reading is not None:
            self._reading.wake()
        if self._importing is not None:
            self._importing.wake()
        for confirming in self._confirming:
            confirming.wake()

    def wake_for(self, taken: Taken) -> None:
        """Wake whoever has something to do after this update, and nobody else: each would look for it in vain."""
        if taken.office:
            self.wake()
            return
        if taken.spoke:
            self._say()
        if taken.submitted and self._submission is not None:
            self._submission.wake()
        if taken.fetches and self._reading is not None:
            self._reading.wake()
        if taken.answers:
            for confirming in self._confirming:
                confirming.wake()

    def _say(self) -> None:
        if self._outbox is not None:
            self._outbox.wake()

    def begin(self, parts: Parts) -> None:
        """Begin. Requests are carried to Licrus as soon as the journal is no longer another worker's."""
        self._ending.clear()
        outbox = Outbox(
            self._writer, self._client, self._rates, self._clock, lambda c, card: drawn(c, card, self._terms)
        )
        parts.run(self._send_messages(outbox), outbox.stop, "outbox", last=True)
        parts.run(self._submit(), self._stop_submitting, "submission")
        fetch = Downloads(self._client).fetch
        self._reading = reading = Reading(
            self._writer, self._terms, fetch, self._read_picture, spoke=self.wake, clock=self._clock
        )
        parts.run(reading.run(), reading.stop, "reading")
        self._importing = importing = Importing(
            self._writer, fetch, partial(is_member, self._client), spoke=self.wake, clock=self._clock
        )
        parts.run(importing.run(), importing.stop, "importing")
        if self._terms.operators_chat_id is not None:
            self._confirming = tuple(
                make(self._writer, self._client, self._terms, spoke=self.wake, clock=self._clock)
                for make in (answering, questions, wishes)
            )
            for confirming, name in zip(self._confirming, ("answering", "questions", "wishes"), strict=True):
                parts.run(confirming.run(), confirming.stop, name)
            parts.run(self._tell_office(), None, "digest")
        parts.run(self._sweep(), None, "sweep")
        forgetting = Forgetting(self._writer, self._settings.erasures_path, self._settings.database_path, self._clock)
        parts.run(forgetting.run(), None, "forgetting")
        if self._settings.remind_after_hours:
            parts.run(self._remind(), None, "reminders")
        if self._polling is not None:
            polling = self._polling()
            parts.run(polling.run(), polling.stop, "polling")

    async def _send_messages(self, outbox: Outbox) -> None:
        self._outbox = outbox
        try:
            await outbox.run()
        finally:
            self._outbox = None

    def _stop_submitting(self) -> None:
        self._ending.set()
        if self._submission is not None:
            self._submission.stop()

    async def _submit(self) -> None:
        try:
            if not await self._open_journal() or not await self._recognise_journal():
                return
            await self._release_held()
            self._submission = Submission(
                self._writer,
                self._journal,
                self._terms,
                self._send,
                exchange_s=self._settings.licrus_total_timeout_s,
                parallel=self._settings.licrus_parallel_calls,
                folder=self._settings.data_folder,
                spoke=self._say,
                steady=self._steady,
            )
            if self._ending.is_set():
                self._submission.stop()
            await self._submission.run()
        finally:
            self._submission = None
            self._journal.close()

    async def _open_journal(self) -> bool:
        """Wait until the journal is ours; False if the duty ended before. Raises JournalDamaged, or OSError."""
        told = False
        while not self._ending.is_set():
            try:
                await asyncio.to_thread(self._journal.__enter__)
            except JournalInUse:
                if not told:
                    log.warning("journal_still_in_use")
                told = True
                await self._pause(JOURNAL_AGAIN_S)
            else:
                return True
        return False

    async def _recognise_journal(self) -> bool:
        """Leave what waits to a person if this database has met another journal than the one it knows.

        That one may know of calls which this one doesn't. False if the duty ended before it was settled.
        """
        while not self._ending.is_set():
            try:
                found = await asyncio.to_thread(self._journal.identity)
                known = await self._writer.run(lambda c: queries.get_meta(c, JOURNAL_ID))
                if known not in (None, found):
                    await self._doubt_all()
                if known != found:
                    await self._writer.run(lambda c, found=found: queries.set_meta(c, JOURNAL_ID, found))  # type: ignore[misc]
            except (StorageBroken, StorageClosed):
                return False
            except (StorageError, JournalNotWritten) as error:
                log.error("submission_waits", extra={"error": type(error).__name__})
                await self._pause(AGAIN_S)
            else:
                return True
        return False

    async def _release_held(self) -> None:
        """With a ticket that is new, what was turned away because of the old one is queued again."""
        ticket = self._settings.licrus_auth_ticket.get_secret_value()
        try:
            if not await self._writer.run(lambda c: releasing.is_new(c, ticket)):
                return
            number = 0
            for waiting in await self._writer.run(releasing.turned_away):
                number += await self._writer.run(partial(releasing.release, waiting=waiting, now=self._clock()))
            await self._writer.run(lambda c: releasing.note(c, ticket))
            await self._writer.run(lambda c: releasing.say_released(c, number, self._clock(), self._terms))
        except StorageError as error:
            # The ticket is noted last: the next start does it.
            log.error("held_not_released", extra={"error": type(error).__name__})
        else:
            log.info("ticket_replaced", extra={"released": number})
            self.wake()

    async def _doubt_all(self) -> None:
        waiting = await self._writer.run(request_queries.unsettled)
        log.error("journal_changed", extra={"requests": len(waiting)})
        for request in waiting:
            await self._writer.run(lambda c, request=request: doubt(c, request, database_time(c), self._terms))  # type: ignore[misc]
        self.wake()

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._ending.wait(), seconds)
        except TimeoutError:
            return

    async def _sweep(self) -> None:
        keep_s = self._settings.drafts_kept_days * DAY_S
        while True:
            try:
                await self._writer.run(lambda c: queries.sweep(c, self._clock()))
                while await self._writer.run(lambda c: queries.erase_untouched(c, self._clock() - keep_s)):
                    pass
                await self._writer.run(lambda c: offered_queries.sweep(c, self._clock()))
                await self._writer.run(lambda c: help_queries.sweep(c, self._clock()))
                await self._writer.run(lambda c: audit_queries.sweep(c, self._clock()))
                await self._writer.run(lambda c: question_queries.sweep(c, self._clock()))
                await self._retain()
            except StorageError as error:
                log.error("sweep_failed", extra={"error": type(error).__name__})
            await asyncio.sleep(SWEEP_EVERY_S)

    async def _retain(self) -> None:
        """Take what is kept too long from the tables, and what was erased from the pages of the file."""
        days, now = self._settings, self._clock()
        keeping = Keeping(days.requests_kept_days * DAY_S, days.people_kept_days * DAY_S, days.proofs_kept_days * DAY_S)
        while await self._writer.run(lambda c: keep_no_longer(c, now, keeping)):
            pass
        if await self._writer.run(lambda c: empty_masked(c, now, self._terms)):
            self.wake()
        await tidy(self._writer, days.database_path, now)

    async def _remind(self) -> None:
        """Each reminder is a commit of its own: one that fails, or a death in between, leaves the others."""
        after_s = self._settings.remind_after_hours * HOUR_S
        while True:
            try:
                for left in await self._writer.run(lambda c: to_remind(c, self._clock(), after_s)):
                    if await self._writer.run(lambda c, left=left: remind(c, left, self._clock(), self._terms)):  # type: ignore[misc]
                        self.wake()
            except (StorageBroken, StorageClosed):
                return
            except StorageError as error:
                log.error("reminders_failed", extra={"error": type(error).__name__})
            await asyncio.sleep(LOOK_EVERY_S)

    async def _tell_office(self) -> None:
        """What the operators are told without having asked: the day in short, and how a flood ended."""
        while True:
            try:
                for tell in (tell_digest, tell_end):
                    if await self._writer.run(lambda c, tell=tell: tell(c, self._clock(), self._terms)):  # type: ignore[misc]
                        self.wake()
            except (StorageBroken, StorageClosed):
                return
            except StorageError as error:
                log.error("digest_failed", extra={"error": type(error).__name__})
            except Exception as error:
                # What is only told may not end what sends and answers.
                log.error("digest_failed", extra={"error": where(error)})
            await asyncio.sleep(LOOK_EVERY_S)
