"""What operators want, done once Telegram has confirmed that they belong to their chat under their own name.

The confirmation needs the network, so what is wanted is kept with its update first. Killed anywhere, it is taken up
again; its row goes in the same commit as what it does, so it is never done twice.
"""

import logging
import time
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

import sqlalchemy as sa
from telegram.error import TelegramError

from bot.logs import where
from bot.office.importing import is_member
from bot.storage.writer import Writer
from bot.telegram.client import Client, pause_after
from bot.telling import operators_chat
from bot.terms import Terms
from bot.waking import LOOK_EVERY_S, Waking

LONGEST_PAUSE_S = 300.0

log = logging.getLogger(__name__)


class Wanted(Protocol):
    """One row of what operators want."""

    @property
    def id(self) -> int: ...

    @property
    def operator_id(self) -> int: ...

    @property
    def tries(self) -> int: ...


T = TypeVar("T", bound=Wanted)


class Confirming(Generic[T]):
    """Does what is wanted until `stop`, the oldest first.

    `next_due` gives what is due, `put_off` lets it be tried again later; `do` is told whether the operator belongs to
    the chat, and takes the row away. `spoke` is called after each; `clock` gives seconds since 1970.
    """

    def __init__(
        self,
        writer: Writer,
        client: Client,
        terms: Terms,
        next_due: Callable[[sa.Connection, float], T | None],
        put_off: Callable[[sa.Connection, int, float], None],
        do: Callable[[sa.Connection, T, bool, float, Terms], bool],
        *,
        spoke: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._writer = writer
        self._client = client
        self._terms = terms
        self._next_due = next_due
        self._put_off = put_off
        self._do = do
        self._spoke = spoke
        self._clock = clock
        self._waking = Waking()

    def wake(self) -> None:
        """There may be something to do."""
        self._waking.wake()

    def stop(self) -> None:
        """Begin nothing more."""
        self._waking.stop()

    async def run(self) -> None:
        """Until `stop`, or until the storage is gone."""
        await self._waking.run(self._look)

    async def _look(self) -> float:
        while not self._waking.stopping and await self._one():
            pass
        return LOOK_EVERY_S

    async def _one(self) -> bool:
        """Deal with the oldest that is due; False if there is none."""
        wanted = await self._writer.run(lambda c: self._next_due(c, self._clock()))
        if wanted is None:
            return False
        chat_id = await self._writer.run(lambda c: operators_chat(c, self._terms))
        try:
            belongs = chat_id is not None and await is_member(self._client, chat_id, wanted.operator_id)
        except TelegramError as error:
            pause = pause_after(error, wanted.tries, LONGEST_PAUSE_S)
            log.warning("operator_unconfirmed", extra={"error": where(error)})
            await self._writer.run(lambda c: self._put_off(c, wanted.id, self._clock() + pause))
            return True
        await self._writer.run(lambda c: self._do(c, wanted, belongs, self._clock(), self._terms))
        self._spoke()
        return True
