"""The bot's profile at Telegram: what people see of it before they write, and the commands that it offers them."""

import asyncio
from dataclasses import dataclass

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.telegram.client import Client
from conversations.words import Words
from locales import LANGUAGES, say

PEOPLE = ("start", "yeni", "taslaklar", "cagrilarim", "durum", "profil", "verilerim", "sil", "iptal", "yardim", "dil")
"""What a person in a private chat is offered."""
OPERATORS = ("kuyruk", "bul", "istatistik", "davet", "sablon")
"""What the operators' chat is offered. Other groups are offered nothing: there the bot has nothing to do."""

EVERY_LANGUAGE: tuple[str | None, ...] = (None, *LANGUAGES)
"""None stands for all who use another language: they read Turkish."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands of one scope in one language."""

    scope: BotCommandScope
    language: str | None
    commands: tuple[BotCommand, ...]


def menus(operators_chat_id: int | None) -> list[Menu]:
    """Every menu that there should be, as Telegram is told it."""
    private = BotCommandScopeAllPrivateChats()
    found = [Menu(private, language, _commands(PEOPLE, language)) for language in EVERY_LANGUAGE]
    if operators_chat_id is not None:
        # Operators are spoken to in Turkish, whatever language their Telegram has.
        found.append(Menu(BotCommandScopeChat(operators_chat_id), None, _commands(OPERATORS, None)))
    return found


async def set_menus(client: Client, operators_chat_id: int | None) -> list[TelegramError]:
    """Tell Telegram every menu. What it refused: the others are set all the same."""
    calls = (
        client.set_my_commands(menu.commands, scope=menu.scope, language_code=menu.language)
        for menu in menus(operators_chat_id)
    )
    done = await asyncio.gather(*calls, return_exceptions=True)
    for result in done:
        if isinstance(result, BaseException) and not isinstance(result, TelegramError):
            raise result
    return [result for result in done if isinstance(result, TelegramError)]


async def set_profile(client: Client, operators_chat_id: int | None) -> list[TelegramError]:
    """Tell Telegram the menus and both descriptions; the menus that it refused. Raises TelegramError."""
    refused = await set_menus(client, operators_chat_id)
    for language in EVERY_LANGUAGE:
        # A menu for everywhere, as an older release or BotFather has set it, would be shown in every group.
        await client.delete_my_commands(scope=BotCommandScopeDefault(), language_code=language)
        await client.set_my_description(_text("bot-description", language), language_code=language)
        await client.set_my_short_description(_text("bot-short-description", language), language_code=language)
    return refused


async def what_differs(client: Client, operators_chat_id: int | None) -> list[str]:
    """Which of "commands" and "description" are not as `set_profile` leaves them. Raises TelegramError."""
    differs = []
    for menu in menus(operators_chat_id):
        found = await client.get_my_commands(scope=menu.scope, language_code=menu.language)
        if tuple(found) != menu.commands:
            differs.append("commands")
            break
    for language in EVERY_LANGUAGE:
        description = await client.get_my_description(language_code=language)
        short = await client.get_my_short_description(language_code=language)
        wanted = (_text("bot-description", language), _text("bot-short-description", language))
        if (description.description, short.short_description) != wanted:
            differs.append("description")
            break
    return differs


def _commands(names: tuple[str, ...], language: str | None) -> tuple[BotCommand, ...]:
    return tuple(BotCommand(name, _text(f"command-{name}", language)) for name in names)


def _text(message_id: str, language: str | None) -> str:
    return say(Words(message_id), language or LANGUAGES[0])
