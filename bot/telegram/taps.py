"""Stopping a tapped button's waiting sign. Best effort, and by whoever took the tap: the message is what counts."""

import asyncio
import logging

from telegram.error import TelegramError

from bot.telegram.client import Client

TOAST_CHARACTERS = 200
FINISH_S = 8.0

log = logging.getLogger(__name__)


class Taps:
    """Answers taps, each in a task of its own."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, callback_query_id: str, toast: str | None) -> None:
        """Stop the tapped button's waiting sign, and show a word over it."""
        task = asyncio.create_task(self._answer(callback_query_id, toast))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Let what was begun end, within bounds."""
        if tasks := tuple(self._tasks):
            await asyncio.wait(tasks, timeout=FINISH_S)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _answer(self, callback_query_id: str, toast: str | None) -> None:
        try:
            answer = {"method": "answerCallbackQuery", "callback_query_id": callback_query_id}
            await self._client.carry_out(answer if toast is None else {**answer, "text": toast[:TOAST_CHARACTERS]})
        except TelegramError as error:
            log.info("tap_not_answered", extra={"error": type(error).__name__})
