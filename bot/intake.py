"""The heart: one update, one transaction, one reply. Whatever an update changes is committed together or not at all.

Killed before the commit, nothing has happened and Telegram delivers again; killed after it, the update is marked as
seen and its replies stand in the outbox.
"""

import asyncio
import hashlib
import logging
import math
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa

from bot.conversing import converse
from bot.limits import Verdict, count
from bot.logs import where
from bot.office import deciding, desk
from bot.office.relaying import ANSWER_TITLE, HELP_TITLE, code_of, why_not_relayed
from bot.storage import help_queries, life_queries, media_queries, outbox_queries, queries
from bot.storage.dialect import lock_chat
from bot.storage.errors import StorageError
from bot.storage.writer import Writer
from bot.telegram.attachments import LARGEST_FILE_BYTES, Attachment
from bot.telegram.inbound import Inbound
from bot.telegram.outbound import as_method, render
from bot.telling import is_operators, say_all, tell_operators
from bot.terms import Terms
from conversations.events import Arrived, Event, Text, Unfetched
from conversations.replies import Message
from conversations.words import Words
from locales import say

TRIES_PER_UPDATE = 3
DEATHS_PER_UPDATE = 3
SUSPECT_WAITS_AT_MOST_S = 1.0
ALBUM_WAITS_S = 1.5
"""After the last picture of an album that came: Telegram delivers them one by one."""
MOST_FILES_WAITING = 20
"""Files of one person that wait to be read: two albums."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """What is left to do after the commit, best effort: stop the tapped button's waiting sign, wake who has work.

    `fetches`: a file waits to be read. `answers`: an operator's answer waits to be handed over. `office`: an operator
    did something, after which anybody may have work. `reply` is the method to answer the webhook's call with.
    """

    callback_query_id: str | None = None
    toast: str | None = None
    spoke: bool = False
    submitted: bool = False
    fetches: bool = False
    answers: bool = False
    office: bool = False
    reply: dict[str, Any] | None = None


def take(
    connection: sa.Connection, inbound: Inbound, now: float, terms: Terms, *, may_give: bool = False
) -> Taken | None:
    """Do what the update asks for, within the caller's transaction; None if it was seen before and nothing is left.

    `now` is in seconds since 1970. `may_give`: a reply may be handed over in the response to the update. Raises only
    for a fault of ours: then the caller keeps nothing of it.
    """
    lock_chat(connection, inbound.chat_id)
    if not queries.see(connection, inbound.update_id, inbound.fingerprint, inbound.chat_id, now):
        return _again(connection, inbound, may_give)
    if inbound.migrated_to is not None:
        queries.move_chat(connection, inbound.chat_id, inbound.migrated_to)
        return Taken()
    if is_operators(connection, inbound, terms):
        done = desk.take(connection, inbound, now) or deciding.take(connection, inbound, now, terms)
        if done is not None:
            toast = None if done.toast is None else say(done.toast, "tr")
            return Taken(inbound.callback_query_id, toast, done.spoke, answers=done.answers, office=True)
        if (answered := _answer(connection, inbound, now, terms)) is not None:
            return answered
    if inbound.chat_type != "private":
        return _tell_once(connection, inbound, now, terms)
    chat = queries.load_chat(connection, inbound.chat_id, inbound.user_id)
    if inbound.membership is not None:
        queries.change_chat(connection, chat.chat_id, blocked_at=now if inbound.membership == "blocked" else None)
    if inbound.event is None:
        return Taken(inbound.callback_query_id)
    verdict = _counted(connection, chat, now, terms)
    if verdict != "take":
        return _too_many(connection, inbound, chat, verdict, now, terms)
    event = inbound.event
    if isinstance(event, Text) and code_of(inbound.replied_to, ANSWER_TITLE, terms.bot_id) is not None:
        event = replace(event, to_office=True)
    if inbound.attachment is not None:
        came = _keep_file(connection, inbound, inbound.attachment, now)
        if came == "of an album":
            return Taken(fetches=True)
        event = came or event
    taken = _converse(connection, inbound, event, chat, now, terms, may_give)
    return replace(taken, fetches=isinstance(event, Arrived) and inbound.attachment is not None)


def _keep_file(
    connection: sa.Connection, inbound: Inbound, file: Attachment, now: float
) -> Unfetched | Literal["of an album"] | None:
    """Keep the file for the reader. Instead of its arrival: why it will not be read, or that its album was answered."""
    if file.size > LARGEST_FILE_BYTES:
        return Unfetched(file.kind, "too-big")
    waiting, of_album = media_queries.waiting(connection, inbound.chat_id, file.album)
    if waiting >= MOST_FILES_WAITING:
        return Unfetched(file.kind, "too-many")
    media_queries.add(
        connection,
        now + ALBUM_WAITS_S if file.album else now,
        now,
        chat_id=inbound.chat_id,
        user_id=inbound.user_id,
        message_id=inbound.message_id,
        kind=file.kind,
        file_id=file.file_id,
        album=file.album,
        caption=file.caption,
        first_name=inbound.first_name,
        last_name=inbound.last_name,
    )
    return "of an album" if of_album else None


def _again(connection: sa.Connection, inbound: Inbound, may_give: bool) -> Taken | None:
    """An update that came before: whoever was given its reply may have died, or hung up, before Telegram had it."""
    row = outbox_queries.given_to(connection, inbound.chat_id, (inbound.update_id, inbound.fingerprint))
    if row is None:
        return None
    if may_give:
        return Taken(reply=as_method(row.chat_id, render(queries.read_message(row.message), row.language)[0]))
    outbox_queries.send_after_all(connection, row.id)
    return Taken(spoke=True)


def _tell_once(connection: sa.Connection, inbound: Inbound, now: float, terms: Terms) -> Taken:
    """Groups are told once where the form is filled; the operators' own group is no stranger and is told nothing."""
    if inbound.event is None or inbound.chat_type not in ("group", "supergroup"):
        return Taken(inbound.callback_query_id)
    if inbound.anonymous or is_operators(connection, inbound, terms):
        return Taken(inbound.callback_query_id)
    chat = queries.load_chat(connection, inbound.chat_id, None)
    if chat.told_private:
        return Taken(inbound.callback_query_id)
    queries.change_chat(connection, chat.chat_id, told_private_at=now)
    message = Message((Words("group-only-private", {"bot": terms.bot_username}),))
    queries.say_later(connection, chat.chat_id, message, chat.language, now)
    return Taken(inbound.callback_query_id, spoke=True)


def _answer(connection: sa.Connection, inbound: Inbound, now: float, terms: Terms) -> Taken | None:
    """An operator's reply to somebody's call for help is kept for them; None for anything else."""
    code = code_of(inbound.replied_to, HELP_TITLE, terms.bot_id)
    if code is None or inbound.event is None:
        return None
    refused = why_not_relayed(connection, inbound, inbound.event, code)
    if refused is not None:
        tell_operators(connection, refused, now, terms)
        return Taken(spoke=True)
    if isinstance(inbound.event, Text):
        help_queries.add_answer(connection, code, inbound.user_id, inbound.event.text, now)
    return Taken(answers=True)


def _counted(connection: sa.Connection, chat: queries.Chat, now: float, terms: Terms) -> Verdict:
    """What is done with one more update of this person, who writes in their own private chat; it is counted here."""
    if terms.updates_per_minute is None:
        return "take"
    minute, verdict = count(chat.minute, now, terms.updates_per_minute)
    if minute != chat.minute:
        queries.change_chat(connection, chat.chat_id, minute_began_at=minute.began_at, minute_updates=minute.updates)
    return verdict


def _too_many(
    connection: sa.Connection, inbound: Inbound, chat: queries.Chat, verdict: Verdict, now: float, terms: Terms
) -> Taken:
    """An update past the limit changes nothing. The person is told so once a minute, and on every button tapped."""
    warned = Words("too-many", {"limit": str(terms.updates_per_minute)})
    if verdict == "warn":
        log.warning("too_many_updates", extra={"chat_id": chat.chat_id})
        say_all(connection, chat.chat_id, (Message((warned,), must_arrive=True),), chat.language, now)
    toast = say(Words("too-many-taps"), chat.language) if inbound.callback_query_id is not None else None
    return Taken(inbound.callback_query_id, toast, spoke=verdict == "warn")


def _converse(
    connection: sa.Connection,
    inbound: Inbound,
    event: Event,
    chat: queries.Chat,
    now: float,
    terms: Terms,
    may_give: bool,
) -> Taken:
    chat_id = inbound.chat_id
    name = (inbound.first_name, inbound.last_name)
    informed = chat.notice_version == terms.notice_version
    turn, submitted = converse(connection, chat_id, inbound.user_id, event, name, now, terms, informed=informed)
    language = turn.language or chat.language
    reply = _give(connection, inbound, turn.messages, language, now) if may_give else None
    if reply is None:
        say_all(connection, chat_id, turn.messages, language, now)
    toast = None if turn.toast is None else say(turn.toast, language)
    spoke = reply is None and bool(turn.messages)
    return Taken(inbound.callback_query_id, toast, spoke, submitted, reply=reply)


def _give(
    connection: sa.Connection, inbound: Inbound, messages: tuple[Message, ...], language: str, now: float
) -> dict[str, Any] | None:
    """The one message as the response to the update, kept as given; None if it has to go by the outbox.

    Nobody tells whether Telegram carried it out, and under which message id: so what must arrive, and what replaces an
    earlier message, is never given, and nothing overtakes what waits.
    """
    if len(messages) != 1 or messages[0].must_arrive or messages[0].edits is not None:
        return None
    parts = render(messages[0], language)
    if len(parts) != 1 or outbox_queries.anything_waits(connection, inbound.chat_id):
        return None
    update = (inbound.update_id, inbound.fingerprint)
    stored = queries.stored_message(messages[0])
    outbox_queries.add_given(connection, inbound.chat_id, stored, language, now, update)
    return as_method(inbound.chat_id, parts[0])


def set_aside(connection: sa.Connection, inbound: Inbound, now: float, terms: Terms) -> Taken:
    """Give up on an update that keeps failing: mark it as seen, apologise, tell the operators its number."""
    lock_chat(connection, inbound.chat_id)
    queries.see(connection, inbound.update_id, inbound.fingerprint, inbound.chat_id, now)
    tell_operators(connection, Words("operators-poison", {"update": str(inbound.update_id)}), now, terms)
    if inbound.chat_type != "private" or inbound.event is None:
        return Taken(inbound.callback_query_id)
    chat = queries.load_chat(connection, inbound.chat_id, inbound.user_id)
    # What its tries had counted was undone with them; else a poison could be repeated without end.
    _counted(connection, chat, now, terms)
    apology = Message((Words("apology", {"contact": terms.contact}),), must_arrive=True)
    queries.say_later(connection, chat.chat_id, apology, chat.language, now)
    return Taken(inbound.callback_query_id, spoke=True)


def suspect_waits_s(update_id: int, deaths: int) -> float:
    """How many seconds an update waits that may have ended the process: another moment for each update and try.

    A kill from outside may come in step with the start; without the wait it would hit the same innocent update again.
    """
    drawn = int.from_bytes(hashlib.sha256(f"{update_id}:{deaths}".encode()).digest()[:4], "big")
    return drawn / 2**32 * SUSPECT_WAITS_AT_MOST_S


class Intake:
    """Takes updates, each in a transaction of its own.

    `clock` gives seconds since 1970, `steady` seconds that never go back.
    """

    def __init__(
        self,
        writer: Writer,
        terms: Terms,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._writer = writer
        self._terms = terms
        self._clock = clock
        self._steady = steady
        self._careful_until: float | None = None
        self._alone = asyncio.Lock()

    def be_careful(self, seconds: float = math.inf) -> None:
        """The last life ended without warning, perhaps by an update: for so long each runs alone, and counted first."""
        self._careful_until = self._steady() + seconds

    def trust(self) -> None:
        """What the last life left unfinished is done: updates run side by side again."""
        self._careful_until = None

    async def receive(self, inbound: Inbound, *, may_give: bool = False) -> Taken | None:
        """What is left to do for this update, once it is on the disk; None if it was seen before and nothing is left.

        A failing update is tried again at once, counted in a commit of its own, and set aside at the third failure.
        One that may have ended the process is counted before it is tried, and set aside when it did so three times.
        Raises StorageError when nothing could be kept: the update may then not be acknowledged.
        """
        if self._careful_until is None or self._steady() > self._careful_until:
            return await self._receive(inbound, may_give)
        async with self._alone:
            deaths = await self._writer.run(lambda c: life_queries.deaths(c, inbound.update_id, inbound.fingerprint))
            if deaths is None:
                return await self._receive(inbound, may_give)
            if deaths >= DEATHS_PER_UPDATE:
                return await self._set_aside(inbound)
            if deaths:
                await asyncio.sleep(suspect_waits_s(inbound.update_id, deaths))
            counted = await self._failures(inbound)
            try:
                return await self._receive(inbound, may_give, counted)
            except StorageError:
                # The storage failed, and the process lives: that is no death of this update's.
                with suppress(StorageError):
                    await self._writer.run(lambda c: life_queries.take_back(c, inbound.update_id, inbound.fingerprint))
                raise

    async def _receive(self, inbound: Inbound, may_give: bool, counted: int = 0) -> Taken | None:
        """`counted`: how often it was counted, with this try, where it may end the process; 0 where it is not yet."""

        def attempt(connection: sa.Connection) -> Taken | None:
            taken = take(connection, inbound, self._clock(), self._terms, may_give=may_give)
            if counted:
                life_queries.forget_begun(connection, inbound.update_id, inbound.fingerprint)
            return taken

        while True:
            try:
                return await self._writer.run(attempt)
            except StorageError:
                raise
            except Exception as error:
                log.error("update_failed", extra={"update_id": inbound.update_id, "error": where(error)})
            if (counted or await self._failures(inbound)) >= TRIES_PER_UPDATE:
                return await self._set_aside(inbound)
            if counted:
                counted = await self._failures(inbound)

    async def _set_aside(self, inbound: Inbound) -> Taken:
        log.error("update_set_aside", extra={"update_id": inbound.update_id})
        return await self._writer.run(lambda c: set_aside(c, inbound, self._clock(), self._terms))

    async def _failures(self, inbound: Inbound) -> int:
        return await self._writer.run(
            lambda c: queries.count_failure(c, inbound.update_id, inbound.fingerprint, self._clock())
        )
