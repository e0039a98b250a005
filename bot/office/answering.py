"""The office's answers on their way to people: handed over once Telegram has confirmed who wrote them.

The confirmation needs the network, so an answer is kept with its update first. Killed anywhere, it is taken up again;
the row goes in the same commit as the message to the person, so it is never handed over twice.
"""

import logging
import time
from collections.abc import Callable

import sqlalchemy as sa
from telegram.error import RetryAfter, TelegramError

from bot.logs import where
from bot.office.importing import is_member
from bot.storage import help_queries, queries
from bot.storage.dialect import lock_chat
from bot.storage.help_queries import OfficeAnswer
from bot.storage.writer import Writer
from bot.telegram.client import Client, retry_after_s
from bot.telling import operators_chat, say_all, tell_operators
from bot.terms import Terms
from bot.waking import LOOK_EVERY_S, Waking
from conversations.office import from_office
from conversations.words import Words

FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 300.0

log = logging.getLogger(__name__)


class Answering:
    """Hands answers over until `stop`. `spoke` is called after each; `clock` gives seconds since 1970."""

    def __init__(
        self,
        writer: Writer,
        client: Client,
        terms: Terms,
        *,
        spoke: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._writer = writer
        self._client = client
        self._terms = terms
        self._spoke = spoke
        self._clock = clock
        self._waking = Waking()

    def wake(self) -> None:
        """There may be an answer to hand over."""
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
        """Deal with the oldest answer that is due; False if there is none."""
        answer = await self._writer.run(lambda c: help_queries.next_answer(c, self._clock()))
        if answer is None:
            return False
        chat_id = await self._writer.run(lambda c: operators_chat(c, self._terms))
        try:
            belongs = chat_id is not None and await is_member(self._client, chat_id, answer.operator_id)
        except TelegramError as error:
            pause = min(FIRST_PAUSE_S * 2.0 ** min(answer.tries, 10), LONGEST_PAUSE_S)
            if isinstance(error, RetryAfter):
                pause = retry_after_s(error)
            log.warning("operator_unconfirmed", extra={"error": where(error)})
            await self._writer.run(lambda c: help_queries.put_off(c, answer.id, self._clock() + pause))
            return True
        await self._writer.run(lambda c: hand_over(c, answer, belongs, self._clock(), self._terms))
        self._spoke()
        return True


def hand_over(connection: sa.Connection, answer: OfficeAnswer, belongs: bool, now: float, terms: Terms) -> bool:
    """Give the person the answer and tell the operators, or only these that it was not given; False if done before."""
    asker = help_queries.asker(connection, answer.code)
    if asker is not None:
        lock_chat(connection, asker.chat_id)
    if not help_queries.take_answer(connection, answer.id):
        return False
    args = {"code": answer.code}
    if not belongs:
        tell_operators(connection, Words("operators-not-a-member", args), now, terms)
    elif asker is None or asker.closed:
        tell_operators(connection, Words("operators-help-over", args), now, terms)
    elif queries.is_blocked(connection, asker.chat_id):
        tell_operators(connection, Words("operators-help-blocked", args), now, terms)
    else:
        language = queries.language_of(connection, asker.chat_id)
        say_all(connection, asker.chat_id, (from_office(answer.code, answer.text),), language, now)
        tell_operators(connection, Words("operators-relayed", args), now, terms)
    return True
