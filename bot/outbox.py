"""What still has to be said, said: in order within a chat, chats side by side, until Telegram has it or never will.

Killed between Telegram's answer and its commit, a message is sent twice: bots have no idempotency key for sending.
It is never lost, and an edit that comes twice changes nothing.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any, Literal, cast

import sqlalchemy as sa
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.logs import where
from bot.office.templates import empty_sheet
from bot.privacy.stored import FILE_NAME, as_json, export
from bot.rates import Rates
from bot.reminders import still_fits
from bot.storage import notice_queries, outbox_queries, queries, request_queries
from bot.storage.dialect import lock_chat
from bot.storage.errors import StorageBroken, StorageClosed, StorageError
from bot.storage.outbox_queries import Row
from bot.storage.writer import Writer
from bot.telegram.client import Client, retry_after_s
from bot.telegram.outbound import Part, as_edit, as_method, render
from bot.waking import LOOK_EVERY_S, STORAGE_PAUSE_S, Waking
from conversations.notice import shows_notice
from conversations.replies import Message

PARALLEL_CHATS = 20
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 60.0
GIVE_UP_AFTER_S = 24 * 3600.0
"""Whoever wrote a day ago is not helped by an answer now; a call number always is, so it gets a week."""
GIVE_UP_MUST_ARRIVE_S = 7 * 24 * 3600.0
FINISH_S = 8.0

Outcome = Callable[[sa.Connection], None]
"""Keeps what became of a message."""

log = logging.getLogger(__name__)


def replace_questions(connection: sa.Connection, chat_id: int, now: float) -> None:
    """Drop the questions of which nothing was sent and that a newer one follows; all else stays, in its order.

    What a dropped question said before asking goes with it: the answer itself is kept, and the summary shows it.
    """
    lock_chat(connection, chat_id)
    questions = [row for row in outbox_queries.waiting(connection, chat_id) if _is_question(row)]
    for row in questions[:-1]:
        if not row.parts_sent:
            outbox_queries.mark_failed(connection, row, "replaced", now)


def _is_question(row: Row) -> bool:
    try:
        return queries.read_message(row.message).kind == "question"
    except ValueError:
        return False  # said in the log when its turn comes


def _mark_sent(connection: sa.Connection, row: Row, message: Message, message_id: int, now: float) -> None:
    if message.kept:
        outbox_queries.mark_sent(connection, row.id, message_id)
    else:
        outbox_queries.forget(connection, row.id)
    if message.card:
        request_queries.note_card(connection, message.card, message_id)
    if shows_notice(message):
        notice_queries.note_arrived(connection, row.chat_id, now)


def _mark_failed(connection: sa.Connection, row: Row, message: Message, failure: str, now: float) -> None:
    outbox_queries.mark_failed(connection, row, failure, now)
    if not message.kept:
        outbox_queries.forget(connection, row.id)


class Outbox:
    """The sender. `clock` gives seconds since 1970; `draw` makes a card as it stands, None for one that is gone."""

    def __init__(
        self,
        writer: Writer,
        client: Client,
        rates: Rates,
        clock: Callable[[], float] = time.time,
        draw: Callable[[sa.Connection, Message], Message | None] = lambda _, message: message,
    ) -> None:
        self._writer = writer
        self._client = client
        self._rates = rates
        self._clock = clock
        self._draw = draw
        self._held: set[int] = set()
        """The chats in which something had to wait for room: there a newer question replaces an older one."""
        self._waking = Waking()
        self._busy: dict[int, asyncio.Task[bool]] = {}
        self._passed: set[int] = set()
        """The chats that were busy at a look: what was put in for them since is found by the next one."""
        self._slots = asyncio.Semaphore(PARALLEL_CHATS)

    def wake(self) -> None:
        """There may be something to say."""
        self._waking.wake()

    async def run(self) -> None:
        """Send what waits until `stop`, or until the storage is gone; what was begun is finished, within bounds."""
        try:
            if await self._waking.run(self._begin):
                await self._finish(FINISH_S)
        finally:
            tasks = tuple(self._busy.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def stop(self) -> None:
        """Begin nothing more: what waits is sent after the next start."""
        self._waking.stop()

    async def _finish(self, within_s: float) -> None:
        """A message that Telegram has, and whose row doesn't say so, would be sent again: let them end."""
        tasks = tuple(self._busy.values())
        if tasks:
            await asyncio.wait(tasks, timeout=within_s)

    async def _begin(self) -> float:
        """Start on the chats that are due; how many seconds until the next one is."""
        now = self._clock()
        pause = LOOK_EVERY_S
        for chat_id, due_at in await self._writer.run(outbox_queries.waiting_chats):
            if chat_id in self._busy:
                self._passed.add(chat_id)
                continue
            if due_at > now:
                pause = min(pause, due_at - now)
                continue
            wait_s = self._rates.take(chat_id)
            if wait_s:
                self._held.add(chat_id)
                pause = min(pause, wait_s)
                continue
            task = asyncio.create_task(self._drain(chat_id), name="outbox chat")
            self._busy[chat_id] = task
            task.add_done_callback(lambda done, chat_id=chat_id: self._done(chat_id, done))  # type: ignore[misc]
        return pause

    def _done(self, chat_id: int, task: "asyncio.Task[bool]") -> None:
        del self._busy[chat_id]
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("outbox_chat_failed", extra={"error": where(error)})
        if chat_id in self._passed or task.cancelled() or error is not None or task.result():
            self._passed.discard(chat_id)
            self._waking.wake()

    async def _drain(self, chat_id: int) -> bool:
        """Send what this chat has to get, as far as there is room; room for the first message was taken already.

        Whether something may be left.
        """
        async with self._slots:
            row = None if self._waking.stopping else await self._next(chat_id)
            while row is not None and row.due_at <= self._clock():
                try:
                    row = await self._keep(row, await self._deliver(row))
                except (StorageBroken, StorageClosed):
                    return False
                except StorageError:
                    # It was sent and can't be marked: without a pause it would be sent again and again.
                    await asyncio.sleep(STORAGE_PAUSE_S)
                    return True
                if row is None or self._waking.stopping:
                    return row is not None
                if self._rates.take(chat_id):
                    self._held.add(chat_id)
                    return True
                if row.attempts:
                    row = await self._next(chat_id)
            self._rates.give_back(chat_id)
            return row is not None

    async def _keep(self, row: Row, outcome: Outcome) -> Row | None:
        """Keep what became of a message; what this chat has to get next, read by the way."""

        def work(connection: sa.Connection) -> Row | None:
            outcome(connection)
            return outbox_queries.first_waiting(connection, row.chat_id)

        return await self._writer.run(work)

    async def _next(self, chat_id: int) -> Row | None:
        """The message to send now; of questions that had to wait, the newest alone is asked."""
        row = await self._writer.run(lambda c: outbox_queries.first_waiting(c, chat_id))
        if row is None or (chat_id not in self._held and not row.attempts):
            return row
        await self._writer.run(lambda c: replace_questions(c, chat_id, self._clock()))
        self._held.discard(chat_id)
        return await self._writer.run(lambda c: outbox_queries.first_waiting(c, chat_id))

    async def _deliver(self, row: Row) -> Outcome:
        """Send one message; what became of it, to be kept."""
        now = self._clock()
        try:
            message = queries.read_message(row.message)
            if message.card:
                message = await self._drawn(message) or message
            parts = render(message, row.language)
        except StorageError:
            raise
        except Exception as error:
            log.error("message_unreadable", extra={"outbox_id": row.id, "error": where(error)})
            return lambda c: outbox_queries.mark_failed(c, row, "unreadable", now)
        if message.kind == "reminder" and not await self._writer.run(lambda c: still_fits(c, row, message, now)):
            return lambda _: None
        try:
            message_id = await self._say(row, message, parts)
        except RetryAfter as error:
            due_at = now + retry_after_s(error)
            log.warning("telegram_asks_to_wait", extra={"outbox_id": row.id, "seconds": due_at - now})
            return lambda c: outbox_queries.put_off(c, row.id, due_at)
        except ChatMigrated as error:
            moved_to = error.new_chat_id
            # What moved is found under the chat's new id.
            self._passed.add(row.chat_id)
            return lambda c: queries.move_chat(c, row.chat_id, moved_to)
        except Forbidden:
            log.info("message_blocked", extra={"outbox_id": row.id})
            return lambda c: _mark_failed(c, row, message, "blocked", now)
        except BadRequest:
            log.error("message_refused", extra={"outbox_id": row.id})
            return lambda c: _mark_failed(c, row, message, "refused", now)
        except TelegramError as error:
            return self._put_off(row, message, type(error).__name__, now)
        return lambda c: _mark_sent(c, row, message, message_id, self._clock())

    async def _drawn(self, card: Message) -> Message | None:
        """The card as it stands; None where it is gone or, by a fault of ours, can't be drawn: its words go then."""
        try:
            return await self._writer.run(lambda c: self._draw(c, card))
        except StorageError:
            raise
        except Exception as error:
            log.error("card_not_drawn", extra={"error": where(error)})
            return None

    def _put_off(self, row: Row, message: Message, kind: str, now: float) -> Outcome:
        """Telegram can't be reached, or is ill: again after a growing pause, until it is too old to be of use."""
        patience = GIVE_UP_MUST_ARRIVE_S if message.must_arrive else GIVE_UP_AFTER_S
        log.warning("message_put_off", extra={"outbox_id": row.id, "error": kind, "attempts": row.attempts + 1})
        if now - row.created_at > patience:
            return lambda c: _mark_failed(c, row, message, "too_old", now)
        due_at = now + min(FIRST_PAUSE_S * 2.0 ** min(row.attempts, 10), LONGEST_PAUSE_S)
        return lambda c: outbox_queries.put_off(c, row.id, due_at)

    async def _say(self, row: Row, message: Message, parts: tuple[Part, ...]) -> int:
        """Make the calls that are still missing; the message id of the last one. Raises TelegramError."""
        # Only an inline keyboard fits under an edited message, and a text in parts has no single place.
        if message.edits is not None and message.surface != "reply" and len(parts) == 1:
            if await self._edit(row.chat_id, message.edits, parts[0]):
                return message.edits
            return await self._send(row.chat_id, parts[0])
        if message.document is not None:
            return await self._hand_out(row.chat_id, message.document, parts[0])
        message_id = 0
        for number, part in enumerate(parts[row.parts_sent :], start=row.parts_sent + 1):
            if number > row.parts_sent + 1:
                await self._room(row.chat_id)
            message_id = await self._send(row.chat_id, part)
            if number < len(parts):
                sent = number
                await self._writer.run(lambda c, sent=sent: outbox_queries.mark_part(c, row.id, sent))  # type: ignore[misc]
        return message_id

    async def _room(self, chat_id: int) -> None:
        """Wait for room for one more part: a message that was begun is finished."""
        while wait_s := self._rates.take(chat_id):  # noqa: ASYNC110 - the time to wait is known
            await asyncio.sleep(wait_s)

    async def _send(self, chat_id: int, part: Part) -> int:
        sent = await self._client.carry_out(as_method(chat_id, part))
        if not isinstance(sent, dict) or not isinstance(message_id := sent.get("message_id"), int):
            raise TelegramError("a message without its id")
        return message_id

    async def _hand_out(self, chat_id: int, document: Literal["dealers", "catalogue", "my-data"], part: Part) -> int:
        if document == "my-data":
            # Made when it is sent: nothing of it is kept twice, and what was erased meanwhile is not in it.
            told = await self._writer.run(lambda c: export(c, chat_id, self._clock()))
            name, content = FILE_NAME, await asyncio.to_thread(as_json, told)
        else:
            name, content = await asyncio.to_thread(empty_sheet, document)
        markup = cast(Any, part.markup)
        message = await self._client.send_document(
            chat_id, content, filename=name, caption=part.text, parse_mode="HTML", reply_markup=markup
        )
        return message.message_id

    async def _edit(self, chat_id: int, message_id: int, part: Part) -> bool:
        """Whether the earlier message now reads so; if it can't be changed any more, a new one has to say it."""
        try:
            await self._client.carry_out(as_edit(chat_id, message_id, part))
        except BadRequest as error:
            return "not modified" in error.message.lower()
        return True
