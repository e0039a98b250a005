"""The methods about the bot itself and about chats: name, descriptions, commands, menu button, members."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Group, Member, Person, World

_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
# Text fields of the profile and the longest value Telegram takes, in characters.
_LONGEST = {"name": 64, "description": 512, "short_description": 120}
_LANGUAGE = re.compile(r"[a-z]{2}")
_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_SCOPES_OF_CHATS = ("chat", "chat_administrators", "chat_member")


class ProfileMethods:
    """What BotFather's settings and the command line change."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self._texts: dict[tuple[str, str], str] = {}
        self._menu_button: dict[str, Any] = {"type": "commands"}

    def methods(self) -> dict[str, Callable[[Parameters], Awaitable[Any]]]:
        return {
            "getMe": self._get_me,
            "setMyCommands": self._set_commands,
            "getMyCommands": self._get_commands,
            "deleteMyCommands": self._delete_commands,
            "setMyName": self._setter("name"),
            "getMyName": self._getter("name"),
            "setMyDescription": self._setter("description"),
            "getMyDescription": self._getter("description"),
            "setMyShortDescription": self._setter("short_description"),
            "getMyShortDescription": self._getter("short_description"),
            "setChatMenuButton": self._set_menu_button,
            "getChatMenuButton": self._get_menu_button,
            "getChat": self._get_chat,
            "getChatMember": self._get_chat_member,
        }

    def menu(self, person: Person | None = None) -> list[dict[str, str]]:
        """The commands that this person's or group's chat is offered in Turkish; without one, any private chat.

        The narrowest scope that has any counts, in it the language before the menu for every language.
        """
        if isinstance(person, Group):
            scopes = [_chat_scope(person), _scope("all_group_chats"), _scope("default")]
        else:
            own = [] if person is None else [_chat_scope(person)]
            scopes = [*own, _scope("all_private_chats"), _scope("default")]
        keys = [(scope, language) for scope in scopes for language in ("tr", "")]
        return next((self._commands[key] for key in keys if key in self._commands), [])

    async def _get_me(self, parameters: Parameters) -> dict[str, Any]:
        return {
            **self._world.bot_user,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def _key(self, parameters: Parameters) -> tuple[str, str]:
        """The scope and the language of a menu. Raises ApiError."""
        scope = parameters.parsed("scope")
        kind = "default" if scope is None else scope.get("type") if isinstance(scope, dict) else None
        if kind in _SCOPES:
            return _scope(kind), _language(parameters)
        if kind not in _SCOPES_OF_CHATS:
            raise bad_request("can't parse BotCommandScope")
        person = self._world.person_for_api(scope.get("chat_id", ""))
        if kind == "chat":
            return _chat_scope(person), _language(parameters)
        return json.dumps({**scope, "chat_id": person.id}, sort_keys=True), _language(parameters)

    async def _set_commands(self, parameters: Parameters) -> bool:
        given = parameters.parsed("commands")
        if not isinstance(given, list):
            raise bad_request("parameter commands is required")
        if len(given) > MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        commands: list[dict[str, str]] = []
        for item in given:
            command, description = _command(item)
            commands.append({"command": command, "description": description})
        key = self._key(parameters)
        if commands:
            self._commands[key] = commands
        else:
            self._commands.pop(key, None)
        self._world.changes.add("command_menu", commands=self.menu())
        return True

    async def _get_commands(self, parameters: Parameters) -> list[dict[str, str]]:
        return self._commands.get(self._key(parameters), [])

    async def _delete_commands(self, parameters: Parameters) -> bool:
        self._commands.pop(self._key(parameters), None)
        self._world.changes.add("command_menu", commands=self.menu())
        return True

    def _setter(self, field: str) -> Callable[[Parameters], Awaitable[bool]]:
        async def set_text(parameters: Parameters) -> bool:
            text = parameters.text(field)
            if len(text) > _LONGEST[field]:
                raise bad_request(f"bot {field.replace('_', ' ')} is too long")
            self._texts[field, _language(parameters)] = text
            return True

        return set_text

    def _getter(self, field: str) -> Callable[[Parameters], Awaitable[dict[str, str]]]:
        async def get_text(parameters: Parameters) -> dict[str, str]:
            default = self._texts.get((field, "")) or (self._world.bot_user["first_name"] if field == "name" else "")
            return {field: self._texts.get((field, _language(parameters))) or default}

        return get_text

    async def _set_menu_button(self, parameters: Parameters) -> bool:
        button = parameters.parsed("menu_button") or {"type": "default"}
        if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
            raise bad_request("MenuButton has unsupported type")
        self._menu_button = button
        return True

    async def _get_menu_button(self, parameters: Parameters) -> dict[str, Any]:
        return self._menu_button

    async def _get_chat(self, parameters: Parameters) -> dict[str, Any]:
        person = self._world.person_for_api(parameters.text("chat_id"))
        return {**person.chat(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}

    async def _get_chat_member(self, parameters: Parameters) -> dict[str, Any]:
        person = self._world.person_for_api(parameters.text("chat_id"))
        user_id = parameters.integer("user_id")
        if user_id == self._world.bot_user["id"]:
            return {"user": self._world.bot_user, "status": "member"}
        if not isinstance(person, Group) and user_id == person.id:
            return {"user": person.user(), "status": "member"}
        if not isinstance(person, Group) or user_id not in person.members:
            raise bad_request("user not found")
        return {"user": person.members[user_id].person.user(), **_membership(person.members[user_id])}


def _scope(kind: str) -> str:
    return json.dumps({"type": kind})


def _chat_scope(person: Person) -> str:
    return json.dumps({"chat_id": person.id, "type": "chat"}, sort_keys=True)


def _language(parameters: Parameters) -> str:
    """The two letters of a language, "" for every language. Raises ApiError."""
    code = parameters.text("language_code")
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _membership(member: Member) -> dict[str, Any]:
    rights = {"is_anonymous": member.anonymous} if member.status in ("creator", "administrator") else {}
    if member.status == "administrator":
        rights |= dict.fromkeys(_RIGHTS, True)
    return {"status": member.status, **rights, **({"until_date": 0} if member.status == "kicked" else {})}


_RIGHTS = (
    "can_be_edited", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories",
)  # fmt: skip
_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def _command(item: Any) -> tuple[str, str]:
    command = item.get("command") if isinstance(item, dict) else None
    if not isinstance(command, str) or not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    description = item.get("description")
    if not isinstance(description, str) or not 1 <= len(description.strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return command.removeprefix("/"), description.strip()
