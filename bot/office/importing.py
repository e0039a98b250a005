"""The worker that fetches, reads and applies the files that operators sent, one after the other.

Killed anywhere before a commit, it does the same again after the next start; each commit says what it did.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

import sqlalchemy as sa
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.logs import where
from bot.office import offers
from bot.office.reading import read_table
from bot.office.sheets import MOST_BYTES
from bot.storage import offered_queries, queries
from bot.storage.dialect import lock_chat
from bot.storage.errors import StorageError
from bot.storage.offered_queries import Offer
from bot.storage.writer import Writer
from bot.telegram.client import FIRST_PAUSE_S, Client, pause_after
from bot.telegram.downloads import Fetch, Unfetchable
from bot.waking import Waking, until_due
from conversations.replies import Message
from conversations.words import Words

MOST_TRIES = 6

IsMember = Callable[[int, int], Awaitable[bool]]
"""Whether this user is in this chat under their own name. Raises TelegramError."""

log = logging.getLogger(__name__)


async def is_member(client: Client, chat_id: int, user_id: int) -> bool:
    """Whether Telegram knows this user as somebody who is in the chat now. Raises TelegramError."""
    if chat_id == user_id:
        return True  # An office of one: a private chat has its person's own number, and nobody else writes there.
    try:
        member = await client.get_chat_member(chat_id, user_id)
    except (BadRequest, Forbidden):
        return False
    # Whoever is an administrator without a name would be named by what they do here.
    if getattr(member, "is_anonymous", False):
        return False
    return member.status in ("creator", "administrator", "member") or bool(getattr(member, "is_member", False))


class Importing:
    """The importer. `spoke` is called after a commit that has something to say; `clock` is seconds since 1970."""

    def __init__(
        self,
        writer: Writer,
        fetch: Fetch,
        is_member: IsMember,
        *,
        spoke: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._writer = writer
        self._fetch = fetch
        self._is_member = is_member
        self._spoke = spoke
        self._clock = clock
        self._waking = Waking()

    def wake(self) -> None:
        """There may be a file to read, or one to apply."""
        self._waking.wake()

    def stop(self) -> None:
        """Begin nothing more."""
        self._waking.stop()

    async def run(self) -> None:
        """Do what waits until `stop`, or until the storage is gone."""
        await self._waking.run(self._look)

    async def _look(self) -> float:
        """Do what is due; how many seconds until there may be more."""
        while not self._waking.stopping:
            offer = await self._writer.run(lambda c: offered_queries.take_due(c, self._clock()))
            if offer is None:
                break
            await self._handle(offer)
        return until_due(await self._writer.run(lambda c: offered_queries.next_due_in(c, self._clock())))

    async def _handle(self, offer: Offer) -> None:
        """Read or apply one file, put it off, or give it up and say so. Raises StorageError."""
        try:
            if offer.tries >= MOST_TRIES:
                await self._give_up(offer, Words("file-not-read"))
            elif offer.state == "reading":
                await self._read(offer)
            else:
                await self._apply(offer)
        except StorageError:
            raise
        except TelegramError as error:
            # Only its kind may be logged: its text may name the file's address.
            log.warning("import_put_off", extra={"error": type(error).__name__, "tries": offer.tries + 1})
            due_at = self._clock() + pause_after(error, offer.tries)
            await self._writer.run(lambda c: offered_queries.put_off(c, offer.id, due_at))
        except Exception as error:
            log.error("import_failed", extra={"error": where(error), "tries": offer.tries + 1})
            due_at = self._clock() + FIRST_PAUSE_S
            await self._writer.run(lambda c: offered_queries.put_off(c, offer.id, due_at))

    async def _read(self, offer: Offer) -> None:
        try:
            content = await self._fetch(offer.file_id)
        except Unfetchable as error:
            too_big = Words("file-too-big", {"megabytes": MOST_BYTES // 1_000_000})
            await self._give_up(offer, too_big if error.too_big else Words("file-gone"))
            return
        table = await read_table(content, offer.file_name)
        if isinstance(table, Words):
            await self._give_up(offer, table)
            return
        await self._commit(offer, lambda c: offers.show(c, offer, table))

    async def _apply(self, offer: Offer) -> None:
        if not await self._is_member(offer.chat_id, offer.user_id):
            await self._commit(offer, lambda c: offers.refuse(c, offer))
            return
        table = await asyncio.to_thread(offers.stored_table, offer)
        await self._commit(offer, lambda c: offers.apply(c, offer, table, self._clock()))

    async def _give_up(self, offer: Offer, why: Words) -> None:
        message = Message((Words("import-not-done", {"file": offer.file_name, "why": why}),), must_arrive=True)
        await self._commit(offer, lambda c: message if offered_queries.end(c, offer) else None)

    async def _commit(self, offer: Offer, work: Callable[[sa.Connection], Message | None]) -> None:
        """Do the work and say what came of it, in one transaction."""

        def commit(connection: sa.Connection) -> bool:
            lock_chat(connection, offer.chat_id)
            message = work(connection)
            if message is not None:
                queries.say_later(connection, offer.chat_id, message, "tr", self._clock())
            return message is not None

        if await self._writer.run(commit):
            self._spoke()
