"""python-telegram-bot: a ConversationHandler with a state for each question, kept by PicklePersistence.

Its own webhook server. Updates of one chat are handled in turn: a ConversationHandler knows the next state only after
the last handler has ended. Those of a few chats are handled side by side, which fills the waits for Telegram.
"""

import asyncio
from collections.abc import Awaitable
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

import httpx
import uvloop
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    BaseUpdateProcessor,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    Defaults,
    MessageHandler,
    PicklePersistence,
    filters,
)

from benchmarks.peers import course

SIDE_BY_SIDE = 4
"""The fastest: one at a time waits for each answer of Telegram's; with 256, httpx takes twice the CPU for a request."""
_LAST = len(course.QUESTIONS)
_KEYBOARDS = [ReplyKeyboardMarkup.de_json(each["markup"], None) for each in course.QUESTIONS]
_SUMMARY = InlineKeyboardMarkup.de_json(course.SUMMARY["markup"], None)
_LICRUS = httpx.AsyncClient(timeout=30)
_COPY, _NEW = (row[0] for row in course.RESULT["markup"]["inline_keyboard"])

Context = ContextTypes.DEFAULT_TYPE


class InTurn(BaseUpdateProcessor):
    """Side by side, but the updates of one chat in turn."""

    def __init__(self) -> None:
        super().__init__(SIDE_BY_SIDE)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat if isinstance(update, Update) else None
        lock = asyncio.Lock() if chat is None else self._locks.setdefault(chat.id, asyncio.Lock())
        async with lock:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to do."""

    async def shutdown(self) -> None:
        """Nothing to do."""


async def start(update: Update, context: Context) -> int:
    """The first question."""
    assert update.message is not None
    assert context.user_data is not None
    context.user_data.clear()
    await update.message.reply_text(course.question(0, {}), reply_markup=_KEYBOARDS[0])
    return 0


async def answer(update: Update, context: Context, *, step: int) -> int:
    """The next question, or this one again."""
    assert update.message is not None
    assert update.message.text is not None
    answers = context.user_data
    assert answers is not None
    value = course.read(step, update.message.text)
    if value is None:
        refused = course.refusal(step, update.message.text, answers)
        await update.message.reply_text(refused, reply_markup=_KEYBOARDS[step])
        return step
    answers[course.QUESTIONS[step]["field"]] = value
    if step + 1 == _LAST:
        await update.message.reply_text(course.filled(course.SUMMARY["text"], answers), reply_markup=_SUMMARY)
    else:
        await update.message.reply_text(course.question(step + 1, answers), reply_markup=_KEYBOARDS[step + 1])
    return step + 1


async def confirm(update: Update, context: Context) -> int:
    """Opens the call, and tells its number."""
    query, answers = update.callback_query, context.user_data
    assert query is not None
    assert answers is not None
    assert update.effective_chat is not None
    await query.answer()
    await query.edit_message_text(course.sending())
    response = await _LICRUS.post(course.CREATE_URL, json=course.body(answers))
    call = course.call_number(response.json())
    if call is not None:
        await update.effective_chat.send_message(
            course.filled(course.RESULT["text"], {**answers, "call": call}),
            reply_markup=InlineKeyboardMarkup(
                [
                    [InlineKeyboardButton(_COPY["text"], copy_text=CopyTextButton(call))],
                    [InlineKeyboardButton(_NEW["text"], callback_data=_NEW["callback_data"])],
                ]
            ),
        )
    return ConversationHandler.END


def handler_of(step: int) -> MessageHandler[Any, Any]:
    """What hears the answer to the question of this step."""
    return MessageHandler(filters.TEXT & ~filters.COMMAND, partial(answer, step=step))


def main() -> None:
    """Serve until the process ends."""
    uvloop.install()
    application = (
        Application.builder()
        .token(course.BOT_TOKEN)
        .base_url(f"{course.BOT_API_URL}/bot")
        .defaults(Defaults(parse_mode=ParseMode.HTML))
        .persistence(PicklePersistence("conversations.pickle"))
        .concurrent_updates(InTurn())
        .build()
    )
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)],
            states={
                **{step: [handler_of(step)] for step in range(_LAST)},
                _LAST: [CallbackQueryHandler(confirm, "^confirm$")],
            },
            fallbacks=[CommandHandler("start", start)],
            name="activation",
            persistent=True,
        )
    )
    application.run_webhook(
        listen="127.0.0.1",
        port=course.WEBHOOK_PORT,
        url_path=course.WEBHOOK_PATH,
        webhook_url=course.WEBHOOK_URL,
        secret_token=course.WEBHOOK_SECRET,
    )


if __name__ == "__main__":
    main()
