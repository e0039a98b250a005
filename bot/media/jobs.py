"""The worker that fetches and reads what people sent, and hands it to the conversation as an event of its own.

Killed anywhere before the commit of the answer, the file is fetched and read again after the next start; the commit
takes the job away together with the answer, so there is never a second one.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Literal

import sqlalchemy as sa
from telegram.error import TelegramError

from bot.conversing import converse
from bot.intake import TRIES_PER_UPDATE
from bot.logs import where
from bot.media.decoding import Unreadable
from bot.storage import media_queries, queries
from bot.storage.dialect import lock_chat
from bot.storage.errors import StorageError
from bot.storage.media_queries import Job
from bot.storage.writer import Writer
from bot.telegram.client import FIRST_PAUSE_S, pause_after
from bot.telegram.downloads import Fetch, Unfetchable
from bot.telling import say_all
from bot.terms import Terms
from bot.waking import LOOK_EVERY_S, STORAGE_PAUSE_S, Waking, until_due
from conversations.answers.codes import Code
from conversations.answers.vcards import decoded
from conversations.events import CardFile, Codes, Event, Unfetched
from conversations.replies import Message
from conversations.words import Words

PARALLEL_CHATS = 2
"""Reading a picture takes a processor: more at once would only take it from the conversation."""
MOST_TRIES = 6

ReadPicture = Callable[[bytes], Awaitable[tuple[Code, ...] | Unreadable]]
"""The codes in a picture, or why there are none, whatever the bytes are."""
_Picture = tuple[Code, ...] | Unreadable | Unfetchable

log = logging.getLogger(__name__)


class Reading:
    """The reader. `spoke` is called after a commit that has something to say; `clock` gives seconds since 1970."""

    def __init__(
        self,
        writer: Writer,
        terms: Terms,
        fetch: Fetch,
        read_picture: ReadPicture,
        *,
        spoke: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._writer = writer
        self._terms = terms
        self._fetch = fetch
        self._read_picture = read_picture
        self._spoke = spoke
        self._clock = clock
        self._waking = Waking()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._read: dict[int, _Picture] = {}
        """What was read of pictures whose album is not complete: no picture is fetched twice for the others' sake."""

    def wake(self) -> None:
        """There may be something to read."""
        self._waking.wake()

    async def run(self) -> None:
        """Read what waits until `stop`, or until the storage is gone; what was begun is left to the next start."""
        try:
            await self._waking.run(self._begin)
        finally:
            tasks = tuple(self._busy.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def stop(self) -> None:
        """Begin nothing more: what waits is read after the next start."""
        self._waking.stop()

    async def _begin(self) -> float:
        """Start on the chats that are due; how many seconds until the next one is."""
        free = PARALLEL_CHATS - len(self._busy)
        if free <= 0:
            return LOOK_EVERY_S
        now, busy = self._clock(), tuple(self._busy)
        for group in await self._writer.run(lambda c: media_queries.take_due(c, now, busy, free)):
            chat_id = group[0].chat_id
            task = asyncio.create_task(self._attempt(group), name="read files")
            self._busy[chat_id] = task
            task.add_done_callback(partial(self._done, chat_id))
        busy = tuple(self._busy)
        due_in = await self._writer.run(lambda c: media_queries.next_due_in(c, self._clock(), busy))
        return until_due(due_in)

    def _done(self, chat_id: int, task: "asyncio.Task[None]") -> None:
        del self._busy[chat_id]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("reading_failed", extra={"error": where(error)})
        self._waking.wake()

    async def _attempt(self, jobs: list[Job]) -> None:
        """Read these and answer them, or put them off."""
        try:
            done = await self._read_and_answer(jobs)
        except StorageError:
            await asyncio.sleep(STORAGE_PAUSE_S)
            return
        if done:
            for job in jobs:
                self._read.pop(job.id, None)
            self._spoke()

    async def _read_and_answer(self, jobs: list[Job]) -> bool:
        tries = jobs[0].tries + 1
        try:
            event = await self._event(jobs)
            return await self._writer.run(lambda c: answer(c, jobs, event, self._clock(), self._terms))
        except StorageError:
            raise
        except TelegramError as error:
            # Only its kind may be logged: its text may name the file's address.
            log.warning("file_out_of_reach", extra={"error": type(error).__name__, "tries": tries})
            if tries < MOST_TRIES:
                return await self._put_off(jobs, pause_after(error, jobs[0].tries))
            unfetched = Unfetched("card" if jobs[0].kind == "card" else "picture", "unreachable")
            return await self._writer.run(lambda c: answer(c, jobs, unfetched, self._clock(), self._terms))
        except Exception as error:
            log.error("file_failed", extra={"error": where(error), "tries": tries})
            if tries < TRIES_PER_UPDATE:
                return await self._put_off(jobs, FIRST_PAUSE_S)
            return await self._writer.run(lambda c: apologise(c, jobs, self._clock(), self._terms))

    async def _put_off(self, jobs: list[Job], pause_s: float) -> bool:
        ids, due_at = [job.id for job in jobs], self._clock() + pause_s
        await self._writer.run(lambda c: media_queries.put_off(c, ids, due_at))
        return False

    async def _event(self, jobs: list[Job]) -> Event:
        """What is in these files, as one event. Raises TelegramError."""
        if jobs[0].tries >= TRIES_PER_UPDATE + MOST_TRIES:
            raise RuntimeError("the process ended each time")
        if jobs[0].kind == "card":
            return await self._card(jobs[0])
        for job in jobs:
            if job.id not in self._read:
                self._read[job.id] = await self._picture(job)
        return event_of(jobs, [self._read[job.id] for job in jobs])

    async def _card(self, job: Job) -> CardFile | Unfetched:
        try:
            content = await self._fetch(job.file_id)
        except Unfetchable as error:
            return Unfetched("card", "too-big" if error.too_big else "unreachable")
        return CardFile(decoded(content), job.message_id)

    async def _picture(self, job: Job) -> _Picture:
        try:
            content = await self._fetch(job.file_id)
        except Unfetchable as error:
            return error
        return await self._read_picture(content)


def event_of(jobs: list[Job], read: list[_Picture]) -> Codes | Unfetched:
    """What these pictures say together; why they can't be read only where none of them could be looked at."""
    reasons = [_reason(picture) for picture in read]
    if None not in reasons and reasons[0] is not None:
        return Unfetched("picture", reasons[0])
    codes = dict.fromkeys(code for picture in read if isinstance(picture, tuple) for code in picture)
    caption = next((job.caption for job in jobs if job.caption), "")
    return Codes(tuple(codes), jobs[0].message_id, len(jobs), caption)


def _reason(picture: _Picture) -> Literal["too-big", "unreachable", "not-a-picture"] | None:
    match picture:
        case Unfetchable(too_big=True) | Unreadable("too-large"):
            return "too-big"
        case Unfetchable():
            return "unreachable"
        case Unreadable("not-a-picture" | "broken"):
            return "not-a-picture"
        case _:
            return None


def answer(connection: sa.Connection, jobs: list[Job], event: Event, now: float, terms: Terms) -> bool:
    """The turn for what was read, kept and put into the outbox, and the jobs done, in the caller's transaction.

    False if that is not to be said, or not yet: then nothing is changed.
    """
    job = jobs[0]
    lock_chat(connection, job.chat_id)
    if not media_queries.finish(connection, jobs):
        return False
    name = (job.first_name, job.last_name)
    turn, _ = converse(connection, job.chat_id, job.user_id, event, name, now, terms)
    say_all(connection, job.chat_id, turn.messages, queries.language_of(connection, job.chat_id), now)
    return True


def apologise(connection: sa.Connection, jobs: list[Job], now: float, terms: Terms) -> bool:
    """Give up on files that keep failing by a fault of ours."""
    lock_chat(connection, jobs[0].chat_id)
    if not media_queries.finish(connection, jobs):
        return False
    message = Message((Words("apology", {"contact": terms.contact}),), must_arrive=True)
    say_all(connection, jobs[0].chat_id, (message,), queries.language_of(connection, jobs[0].chat_id), now)
    return True
