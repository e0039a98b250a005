"""The methods with which a bot speaks: send, edit, delete, answer a tap."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.entities import parse_text
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.files import FileStore, StoredFile, photo_sizes
from bot.sandbox.keyboards import Markup, parse_markup
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Kind, Message, Person, World
from bot.sandbox.taps import Taps

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_CHAT_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
LONGEST_TOAST = 200


class MessageMethods:
    """Everything that puts something into a chat or changes what is there."""

    def __init__(self, world: World, files: FileStore, taps: Taps) -> None:
        self._world = world
        self._files = files
        self._taps = taps

    def methods(self) -> dict[str, Callable[[Parameters], Awaitable[Any]]]:
        return {
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "sendDocument": self._send_document,
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_markup,
            "deleteMessage": self._delete,
            "answerCallbackQuery": self._answer_tap,
            "sendChatAction": self._chat_action,
        }

    def _person(self, parameters: Parameters) -> Person:
        chat_id = parameters.text("chat_id")
        if not chat_id:
            raise bad_request("chat_id is empty")
        return self._world.person_for_api(chat_id)

    def _recipient(self, parameters: Parameters) -> Person:
        person = self._person(parameters)
        if person.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return person

    def _reply_to(self, parameters: Parameters, person: Person) -> int | None:
        asked = parameters.parsed("reply_parameters")
        if not isinstance(asked, dict):
            asked = {"message_id": parameters.integer("reply_to_message_id")}
            if not asked["message_id"]:
                return None
            asked["allow_sending_without_reply"] = parameters.boolean("allow_sending_without_reply")
        message_id = asked.get("message_id")
        original = person.messages.get(message_id) if isinstance(message_id, int) else None
        if original is not None and not original.deleted:
            return original.message_id
        if asked.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")

    def _send(self, parameters: Parameters, person: Person, **fields: Any) -> dict[str, Any]:
        markup = parse_markup(parameters.get("reply_markup"))
        reply_to = self._reply_to(parameters, person)
        message = self._world.new_message(
            person, "bot", inline_keyboard=markup.inline, reply_to=reply_to, force_reply=markup.force_reply, **fields
        )
        self._world.take_markup(person, markup)
        return self._world.telegram_message(person, message)

    async def _send_message(self, parameters: Parameters) -> dict[str, Any]:
        text, entities = _parsed(parameters, "text")
        html = parameters.text("text") if parameters.text("parse_mode") else None
        return self._send(parameters, self._recipient(parameters), text=text, entities=entities, html=html)

    async def _send_photo(self, parameters: Parameters) -> dict[str, Any]:
        stored = self._stored(parameters, "photo", "photos")
        return self._send_file(parameters, "photo", {"photo": photo_sizes(stored)}, f"/api/files/{stored.path}")

    async def _send_document(self, parameters: Parameters) -> dict[str, Any]:
        stored = self._stored(parameters, "document", "documents")
        document = {**stored.described(), "file_name": stored.name, "mime_type": stored.mime_type}
        return self._send_file(parameters, "document", {"document": document}, f"/api/files/{stored.path}")

    def _stored(self, parameters: Parameters, name: str, folder: str) -> StoredFile:
        """The file of a call: uploaded with it, or known by its id."""
        upload = parameters.upload(name)
        if upload is not None:
            if not upload.content:
                raise bad_request("file must be non-empty")
            return self._files.add(folder, upload.content, upload.mime_type, upload.name)
        if not parameters.text(name):
            raise bad_request(f"there is no {name} in the request")
        stored = self._files.by_id(parameters.text(name))
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored

    def _send_file(
        self, parameters: Parameters, kind: Kind, content: dict[str, Any], file_url: str | None
    ) -> dict[str, Any]:
        text, entities = _parsed(parameters, "caption") if parameters.text("caption") else ("", [])
        html = parameters.text("caption") if parameters.text("parse_mode") else None
        fields = {"kind": kind, "content": content, "text": text, "entities": entities, "html": html}
        return self._send(parameters, self._recipient(parameters), file_url=file_url, **fields)

    def _own_message(self, parameters: Parameters, what: str) -> tuple[Person, Message]:
        person = self._person(parameters)
        message = person.messages.get(parameters.integer("message_id"))
        if message is None or message.deleted:
            raise bad_request(f"message to {what} not found")
        return person, message

    def _editable(self, parameters: Parameters) -> tuple[Person, Message, Markup]:
        person, message = self._own_message(parameters, "edit")
        if message.sender != "bot":
            raise bad_request("message can't be edited")
        markup = parse_markup(parameters.get("reply_markup"))
        if markup.reply is not None or markup.removes_keyboard or markup.force_reply:
            raise bad_request("inline keyboard expected")
        return person, message, markup

    async def _edit_text(self, parameters: Parameters) -> dict[str, Any]:
        text, entities = _parsed(parameters, "text")
        person, message, markup = self._editable(parameters)
        if message.kind != "text":
            raise bad_request("there is no text in the message to edit")
        keyboard = markup.inline or None
        if (text, entities, keyboard) == (message.text, message.entities, message.inline_keyboard or None):
            raise bad_request(NOT_MODIFIED)
        message.text, message.entities, message.inline_keyboard = text, entities, keyboard
        message.html = parameters.text("text") if parameters.text("parse_mode") else None
        self._world.edited(person, message)
        return self._world.telegram_message(person, message)

    async def _edit_markup(self, parameters: Parameters) -> dict[str, Any]:
        person, message, markup = self._editable(parameters)
        keyboard = markup.inline or None
        if keyboard == (message.inline_keyboard or None):
            raise bad_request(NOT_MODIFIED)
        message.inline_keyboard = keyboard
        self._world.edited(person, message)
        return self._world.telegram_message(person, message)

    async def _delete(self, parameters: Parameters) -> bool:
        person, message = self._own_message(parameters, "delete")
        self._world.delete(person, message)
        return True

    async def _answer_tap(self, parameters: Parameters) -> bool:
        text = parameters.text("text")
        if len(text) > LONGEST_TOAST:
            raise bad_request("MESSAGE_TOO_LONG")
        query_id = parameters.text("callback_query_id")
        chat_id = self._taps.answer(query_id)
        alert = parameters.boolean("show_alert")
        self._world.changes.add("toast", chat_id, text=text, show_alert=alert, callback_query_id=query_id)
        return True

    async def _chat_action(self, parameters: Parameters) -> bool:
        person = self._recipient(parameters)
        action = parameters.text("action")
        if action not in _CHAT_ACTIONS:
            raise bad_request("wrong parameter action in request")
        self._world.show_typing(person)
        return True


def _parsed(parameters: Parameters, name: str) -> tuple[str, list[dict[str, Any]]]:
    """Text and entities of a call; entities may also be given ready-made."""
    text, entities = parse_text(parameters.text(name), parameters.text("parse_mode") or None)
    if not parameters.text("parse_mode"):
        given = parameters.parsed("entities" if name == "text" else "caption_entities")
        if isinstance(given, list):
            entities = [entity for entity in given if isinstance(entity, dict)]
    return text, entities
