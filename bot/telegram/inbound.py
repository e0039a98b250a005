"""From one raw update to what a person did. Each update is parsed alone, so that a malformed one harms no other."""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import telegram

from conversations.events import Command, Contact, Edit, Event, Other, Tap, Text

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

LARGEST_ID = 2**63 - 1
"""Telegram's ids have 52 bits. What is larger than a column could never be stored, however often it came."""

_SERVICE = (
    "pinned_message",
    "message_auto_delete_timer_changed",
    "write_access_allowed",
    "chat_background_set",
    "connected_website",
    "proximity_alert_triggered",
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "group_chat_created",
    "supergroup_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "boost_added",
    "video_chat_scheduled",
    "video_chat_started",
    "video_chat_ended",
    "video_chat_participants_invited",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
)
"""What a chat does by itself: nobody said anything, so nothing is answered."""

_OTHER = {
    "photo": "photo",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "voice": "voice",
    "audio": "voice",
    "document": "document",
    "sticker": "sticker",
    "location": "location",
    "venue": "location",
}


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inbound:
    """One update. `event` is None where there is nothing to answer.

    `fingerprint` tells two updates with the same id apart. `membership` says that the bot was blocked or let in again,
    `migrated_to` that the group goes on under this id.
    """

    update_id: int
    fingerprint: str
    chat_id: int
    chat_type: str
    user_id: int
    first_name: str = ""
    last_name: str = ""
    language_code: str = ""
    event: Event | None = None
    callback_query_id: str | None = None
    membership: Literal["blocked", "unblocked"] | None = None
    migrated_to: int | None = None


class Malformed(Exception):
    """An update that can't be read. Holds its id only."""

    def __init__(self, update_id: int) -> None:
        super().__init__(str(update_id))
        self.update_id = update_id


def update_id_of(raw: object) -> int | None:
    """The update's id, by which it is acknowledged whatever else it holds."""
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) and abs(found) <= LARGEST_ID else None


def parse(raw: Mapping[str, Any], update_id: int) -> Inbound | None:
    """The update as an event; None for kinds that concern nobody. Raises Malformed."""
    try:
        update = telegram.Update.de_json(_storable(dict(raw)), None)
        inbound = _inbound(update, update_id)
        if inbound is not None and max(abs(inbound.chat_id), abs(inbound.user_id)) > LARGEST_ID:
            raise Malformed(update_id)
        return inbound
    except Exception:
        # Whatever the library or we stumble over, the text of the exception may hold what the person wrote.
        log.error("update_malformed", extra={"update_id": update_id})
    unread = _unread(raw, update_id)
    if unread is None:
        raise Malformed(update_id)
    return unread


def _storable(value: Any) -> Any:
    """The raw update without what no database takes: NUL is left out, half a surrogate pair is shown as unreadable.

    Telegram sends neither; but what can't be stored would fail however often it came.
    """
    if isinstance(value, str):
        if value.isascii():
            return value.replace("\0", "")
        return value.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {key: _storable(part) for key, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list) else value


def _unread(raw: Mapping[str, Any], update_id: int) -> Inbound | None:
    """A private message that can't be parsed, if it is clear whose it is: nobody may be left without an answer."""
    message = raw.get("message")
    if not isinstance(message, dict):
        return None
    chat, user, number = message.get("chat"), message.get("from"), message.get("message_id")
    if not isinstance(chat, dict) or not isinstance(user, dict) or chat.get("type") != "private":
        return None
    chat_id, user_id = chat.get("id"), user.get("id")
    if type(chat_id) is not int or type(user_id) is not int or type(number) is not int:
        return None
    if max(abs(chat_id), abs(user_id)) > LARGEST_ID:
        return None
    fingerprint = _fingerprint("unread", chat_id, number)
    return Inbound(update_id, fingerprint, chat_id, "private", user_id, event=Other("other"))


def _inbound(update: telegram.Update, update_id: int) -> Inbound | None:
    if update.message is not None:
        return _from_message(update.message, update_id)
    if update.edited_message is not None:
        return _from_edited(update.edited_message, update_id)
    if update.callback_query is not None:
        return _from_tap(update.callback_query, update_id)
    if update.my_chat_member is not None:
        return _from_membership(update.my_chat_member, update_id)
    return None


def _fingerprint(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _from_message(message: telegram.Message, update_id: int) -> Inbound | None:
    user = message.from_user
    # An anonymous admin, who is a bot to us, may have been the one who made the group a supergroup.
    if user is None or (user.is_bot and message.migrate_to_chat_id is None):
        return None
    return Inbound(
        update_id,
        _fingerprint("message", message.chat.id, message.message_id, message.date.timestamp()),
        message.chat.id,
        message.chat.type,
        user.id,
        user.first_name or "",
        user.last_name or "",
        user.language_code or "",
        event=_said(message, user),
        migrated_to=message.migrate_to_chat_id,
    )


def _said(message: telegram.Message, user: telegram.User) -> Event | None:
    if message.text is not None:
        return _command(message) or Text(message.text, message.message_id)
    if message.contact is not None:
        card = message.contact
        name = " ".join(part for part in (card.first_name, card.last_name) if part)
        # Only Telegram can put the sender's own user id on a card; a forwarded card has somebody else's, or none.
        return Contact(card.phone_number, name, card.user_id == user.id, message.message_id)
    for attribute, kind in _OTHER.items():
        if getattr(message, attribute):
            return Other(kind)
    if any(getattr(message, attribute, None) for attribute in _SERVICE):
        return None
    return Other("other")


def _command(message: telegram.Message) -> Command | None:
    if not any(entity.type == "bot_command" and entity.offset == 0 for entity in message.entities):
        return None
    first, _, argument = (message.text or "").partition(" ")
    name, _, tail = first.removeprefix("/").partition("\n")
    return Command(name.partition("@")[0].lower(), f"{tail} {argument}".strip())


def _from_edited(message: telegram.Message, update_id: int) -> Inbound | None:
    user = message.from_user
    # Without a text it is a caption, or a live location that moved.
    if user is None or user.is_bot or message.text is None:
        return None
    edited = message.edit_date.timestamp() if message.edit_date else 0.0
    return Inbound(
        update_id,
        _fingerprint("edited", message.chat.id, message.message_id, edited, message.text),
        message.chat.id,
        message.chat.type,
        user.id,
        user.first_name or "",
        user.last_name or "",
        user.language_code or "",
        event=Edit(message.text, message.message_id),
    )


def _from_tap(query: telegram.CallbackQuery, update_id: int) -> Inbound:
    user = query.from_user
    # A message that is too old comes without its text, and at times not at all: then it hung in the private chat.
    chat_id, chat_type, message_id = user.id, "private", 0
    if query.message is not None:
        chat_id, chat_type = query.message.chat.id, query.message.chat.type
        message_id = query.message.message_id
    return Inbound(
        update_id,
        _fingerprint("tap", chat_id, query.id),
        chat_id,
        chat_type,
        user.id,
        user.first_name or "",
        user.last_name or "",
        user.language_code or "",
        event=read_tap(query.data or "", message_id),
        callback_query_id=query.id,
    )


def read_tap(data: str, message_id: int) -> Tap:
    """What a button of ours says; a forged or unreadable one is a tap on nothing, and answered like any other."""
    parts = data.split(":", 3)
    if len(parts) != 4 or not (parts[1].isascii() and parts[1].isdigit() and len(parts[1]) <= 9):
        return Tap("", -1, "", "", message_id)
    return Tap(parts[0], int(parts[1]), parts[2], parts[3], message_id)


def _from_membership(change: telegram.ChatMemberUpdated, update_id: int) -> Inbound:
    return Inbound(
        update_id,
        _fingerprint("membership", change.chat.id, change.date.timestamp(), change.new_chat_member.status),
        change.chat.id,
        change.chat.type,
        change.from_user.id,
        membership="blocked" if change.new_chat_member.status in ("kicked", "left") else "unblocked",
    )
