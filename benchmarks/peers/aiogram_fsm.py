"""aiogram: a state for each question, kept by RedisStorage.

Its own aiohttp handler, which takes an update and handles it in the background, as it does by default. To answer in the
response instead costs the same CPU (it writes multipart) and takes fewer updates a second.
"""

import os
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import orjson
import uvloop
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.types import ReplyKeyboardMarkup as Keyboard
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from benchmarks.peers import course

_STATES = [State(each["field"], group_name="activation") for each in course.QUESTIONS]
_REVIEW = State("review", group_name="activation")
_KEYBOARDS = [Keyboard.model_validate(each["markup"]) for each in course.QUESTIONS]
_SUMMARY = InlineKeyboardMarkup.model_validate(course.SUMMARY["markup"])
_COPY, _NEW = (row[0] for row in course.RESULT["markup"]["inline_keyboard"])

Answer = Callable[[Message, FSMContext], Awaitable[SendMessage]]


async def start(message: Message, state: FSMContext) -> SendMessage:
    """The first question."""
    await state.set_data({})
    await state.set_state(_STATES[0])
    return message.answer(course.question(0, {}), reply_markup=_KEYBOARDS[0])


def answer_to(step: int) -> Answer:
    """The handler of the answer to the question of this step: the next question, or this one again."""
    name = course.QUESTIONS[step]["field"]

    async def answer(message: Message, state: FSMContext) -> SendMessage:
        text = message.text or ""
        value = course.read(step, text)
        if value is None:
            refused = course.refusal(step, text, await state.get_data())
            return message.answer(refused, reply_markup=_KEYBOARDS[step])
        answers = await state.update_data({name: value})
        if step + 1 == len(course.QUESTIONS):
            await state.set_state(_REVIEW)
            return message.answer(course.filled(course.SUMMARY["text"], answers), reply_markup=_SUMMARY)
        await state.set_state(_STATES[step + 1])
        return message.answer(course.question(step + 1, answers), reply_markup=_KEYBOARDS[step + 1])

    return answer


async def confirm(query: CallbackQuery, state: FSMContext, licrus: aiohttp.ClientSession) -> Any:
    """Opens the call, and tells its number."""
    answers = await state.get_data()
    await state.clear()
    await query.answer()
    await query.message.edit_text(course.sending())
    async with licrus.post(course.CREATE_URL, json=course.body(answers)) as response:
        call = course.call_number(await response.json())
    if call is None:
        return None
    return query.message.answer(
        course.filled(course.RESULT["text"], {**answers, "call": call}),
        reply_markup=InlineKeyboardMarkup(
            inline_keyboard=[
                [InlineKeyboardButton(text=_COPY["text"], copy_text=CopyTextButton(text=call))],
                [InlineKeyboardButton(text=_NEW["text"], callback_data=_NEW["callback_data"])],
            ]
        ),
    )


def conversation() -> Router:
    """Every handler, in its state."""
    router = Router()
    router.message.register(start, CommandStart())
    for step, state in enumerate(_STATES):
        router.message.register(answer_to(step), state, F.text)
    router.callback_query.register(confirm, _REVIEW, F.data == "confirm")
    return router


def _dumps(value: Any) -> str:
    written: bytes = orjson.dumps(value)
    return written.decode()


async def _begin(bot: Bot, dispatcher: Dispatcher) -> None:
    dispatcher["licrus"] = aiohttp.ClientSession()
    await bot.set_webhook(course.WEBHOOK_URL, secret_token=course.WEBHOOK_SECRET)


async def _end(dispatcher: Dispatcher) -> None:
    await dispatcher["licrus"].close()


def main() -> None:
    """Serve until the process ends."""
    session = AiohttpSession(
        api=TelegramAPIServer.from_base(course.BOT_API_URL), json_loads=orjson.loads, json_dumps=_dumps
    )
    bot = Bot(course.BOT_TOKEN, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    storage = RedisStorage.from_url(os.environ["REDIS_URL"], json_loads=orjson.loads, json_dumps=_dumps)
    dispatcher = Dispatcher(storage=storage)
    dispatcher.startup.register(_begin)
    dispatcher.shutdown.register(_end)
    dispatcher.include_router(conversation())
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=course.WEBHOOK_SECRET).register(app, path=course.WEBHOOK_PATH)
    setup_application(app, dispatcher, bot=bot)
    web.run_app(
        app,
        host="127.0.0.1",
        port=course.WEBHOOK_PORT,
        access_log=None,
        print=None,
        loop=uvloop.new_event_loop(),
    )


if __name__ == "__main__":
    main()
