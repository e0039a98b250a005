"""What people do on their phones, turned into the updates that Telegram would make of it."""

import secrets
import time
from typing import Any

from bot.sandbox.entities import LONGEST_TEXT, commands_in, utf16_units
from bot.sandbox.errors import ControlError
from bot.sandbox.files import FileStore, StoredFile, photo_sizes
from bot.sandbox.keyboards import Button
from bot.sandbox.state import Group, Kind, Message, Person, World
from bot.sandbox.taps import Taps
from bot.sandbox.updates import UpdateQueue


class People:
    """Acts for the people in the sandbox. Every act returns what the control API answers; raises ControlError."""

    def __init__(self, world: World, queue: UpdateQueue, files: FileStore, taps: Taps) -> None:
        self._world = world
        self._queue = queue
        self._files = files
        self._taps = taps

    def person(self, chat_id: int) -> Person:
        person = self._world.people.get(chat_id)
        if person is None:
            raise ControlError("There is no such chat.", status=404)
        return person

    def _update(self, person: Person, kind: str, payload: dict[str, Any], again: int | None = None) -> int | None:
        update_id = self._queue.add(kind, person.id, payload, again)
        if update_id is not None:
            person.last_update, person.last_update_id = (kind, payload), update_id
        return update_id

    def _send(self, person: Person, **fields: Any) -> dict[str, Any]:
        if person.blocked:
            raise ControlError("This person blocked the bot: unblock it first.")
        message = self._world.new_message(person, "person", **fields)
        update_id = self._update(person, "message", self._world.telegram_message(person, message))
        return {"message_id": message.message_id, "update_id": update_id}

    def say(self, person: Person, text: str, reply_to: int | None = None) -> dict[str, Any]:
        text = _checked_text(text)
        if reply_to is not None and reply_to not in person.messages:
            raise ControlError("There is no such message to reply to.")
        return self._send(person, text=text, entities=commands_in(text), reply_to=reply_to)

    def edit(self, person: Person, message_id: int, text: str) -> dict[str, Any]:
        message = self._message(person, message_id)
        if message.sender != "person" or message.kind != "text":
            raise ControlError("Only a person's own text can be edited.")
        message.text = _checked_text(text)
        message.entities = commands_in(message.text)
        self._world.edited(person, message)
        update_id = self._update(person, "edited_message", self._world.telegram_message(person, message))
        return {"message_id": message_id, "update_id": update_id}

    def _message(self, person: Person, message_id: int) -> Message:
        message = person.messages.get(message_id)
        if message is None or message.deleted:
            raise ControlError("There is no such message.", status=404)
        return message

    def press(
        self,
        person: Person,
        message_id: int,
        place: tuple[int, int] | None,
        data: str | None,
        member_id: int | None = None,
    ) -> dict[str, Any]:
        """A tap on an inline button. Any data may be given: a tap can be older than the keyboard, or forged.

        `member_id`: who taps in a group, if not whoever acts there now.
        """
        who = person
        if member_id is not None:
            if not isinstance(person, Group) or member_id not in person.members:
                raise ControlError("There is no such member.")
            who = person.members[member_id].person
        message = self._message(person, message_id)
        if person.blocked:
            raise ControlError("This person blocked the bot: unblock it first.")
        if place is not None:
            button = _button(message.inline_keyboard or [], place)
            data = button.get("callback_data")
            if data is None:
                return {"update_id": None, "button": button}
        if data is None or len(data.encode()) > 64:
            raise ControlError("Give a row and a column, or callback_data of up to 64 bytes.")
        query_id = self._taps.add(person.id)
        query = {
            "id": query_id,
            "from": who.user(),
            "message": self._world.telegram_message(person, message),
            "chat_instance": str(person.id * 7919),
            "data": data,
        }
        return {"callback_query_id": query_id, "update_id": self._update(person, "callback_query", query)}

    def press_reply(self, person: Person, text: str | None, place: tuple[int, int] | None) -> dict[str, Any]:
        """A tap on the reply keyboard, also on one that was closed and opened again."""
        keyboard = person.reply_keyboard or person.hidden_keyboard
        if keyboard is None:
            raise ControlError("There is no reply keyboard.")
        rows = keyboard["rows"]
        if place is not None:
            button = _button(rows, place)
        else:
            found = [button for row in rows for button in row if button["text"] == text]
            if not found:
                raise ControlError("There is no such button on the reply keyboard.")
            button = found[0]
        if button.get("request_contact"):
            result = self.share_contact(person, person.phone, person.first_name, person.last_name, own=True)
        elif button.get("request_location"):
            result = self.share_location(person, 41.0165, 29.1248)
        else:
            result = self.say(person, button["text"])
        if keyboard["one_time"] and person.reply_keyboard is keyboard:
            self._world.set_keyboard(person, None, keyboard)
        return result

    def share_contact(
        self, person: Person, phone: str, first_name: str, last_name: str, *, own: bool, vcard: str = ""
    ) -> dict[str, Any]:
        contact: dict[str, Any] = {"phone_number": "".join(c for c in phone if c.isdigit()), "first_name": first_name}
        if last_name:
            contact["last_name"] = last_name
        if own:
            contact["user_id"] = person.id
        if vcard:
            contact["vcard"] = vcard
        return self._send(person, kind="contact", content={"contact": contact})

    def share_location(self, person: Person, latitude: float, longitude: float) -> dict[str, Any]:
        location = {"latitude": latitude, "longitude": longitude}
        return self._send(person, kind="location", content={"location": location})

    def send_photo(self, person: Person, stored: StoredFile, caption: str, album: str = "") -> dict[str, Any]:
        """A photo; those with the same `album` were sent together."""
        content: dict[str, Any] = {"photo": photo_sizes(stored)}
        if album:
            content["media_group_id"] = album
        url = f"/api/files/{stored.path}"
        return self._send(person, kind="photo", content=content, text=caption.strip(), file_url=url)

    def send_sticker_photo(self, person: Person, picture: bytes) -> dict[str, Any]:
        """A photo of a dealer's printed sticker."""
        return self.send_photo(person, self._files.add("photos", picture, "image/png"), "")

    def send_document(self, person: Person, stored: StoredFile, caption: str) -> dict[str, Any]:
        document = {**stored.described(), "file_name": stored.name, "mime_type": stored.mime_type}
        return self._send(person, kind="document", content={"document": document}, text=caption.strip())

    def send_sample(self, person: Person, kind: Kind) -> dict[str, Any]:
        """A sticker, a voice message or a video; what is in it is not real."""
        described = self._files.add(f"{kind}s", f"{kind} {secrets.token_hex(4)}".encode()).described()
        size = {"width": 512, "height": 512}
        extra: dict[str, Any] = {
            "sticker": {**size, "type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"},
            "voice": {"duration": 3, "mime_type": "audio/ogg"},
            "video": {**size, "duration": 5, "mime_type": "video/mp4"},
        }[kind]
        return self._send(person, kind=kind, content={kind: {**described, **extra}})

    def block(self, person: Person, *, blocked: bool) -> dict[str, Any]:
        """Blocks or unblocks the bot; Telegram tells it by my_chat_member."""
        if person.blocked == blocked:
            return {"update_id": None}
        person.blocked = blocked
        self._world.changes.add("person", person.id, person=person.page())
        member = {"user": self._world.bot_user, "status": "member"}
        kicked = {"user": self._world.bot_user, "status": "kicked", "until_date": 0}
        old, new = (member, kicked) if blocked else (kicked, member)
        change = {"chat": person.chat(), "from": person.user(), "date": int(time.time())}
        update_id = self._queue.add(
            "my_chat_member", person.id, {**change, "old_chat_member": old, "new_chat_member": new}
        )
        return {"update_id": update_id}

    def resend_last_update(self, person: Person, *, new_update_id: bool) -> dict[str, Any]:
        """Telegram delivers the chat's last update once more, under the same id or a new one."""
        if person.last_update is None:
            raise ControlError("Nothing was sent in this chat yet.")
        kind, payload = person.last_update
        return {"update_id": self._update(person, kind, payload, None if new_update_id else person.last_update_id)}


def _checked_text(text: str) -> str:
    text = text.replace("\r", "").strip()
    if not text:
        raise ControlError("The text is empty.")
    if utf16_units(text) > LONGEST_TEXT:
        raise ControlError("The text is longer than 4096 UTF-16 units.")
    return text


def _button(rows: list[list[Button]], place: tuple[int, int]) -> Button:
    row, column = place
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise ControlError("There is no button in that place.")
    return rows[row][column]
