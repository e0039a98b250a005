"""From one raw update to what a person did. Each update is parsed alone, so that a malformed one harms no other."""

import hashlib
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.telegram.attachments import Attachment, TableFile, attachment_of, table_of
from conversations.events import Arrived, Command, Contact, Edit, Event, Location, Other, Tap, Text

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

LARGEST_ID = 2**63 - 1
"""Telegram's ids have 52 bits. What is larger than a column could never be stored, however often it came."""

LONGEST_VCARD = 4096
"""Characters; Telegram passes on 2,048 bytes."""

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
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "voice": "voice",
    "audio": "voice",
    "document": "document",
    "sticker": "sticker",
}
_HALF_PAIR = re.compile("[\ud800-\udfff]")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RepliedTo:
    """A bot's message that somebody replied to: whose, and its first line, which is all that tells what it was."""

    bot_id: int
    first_line: str


@dataclass(frozen=True, slots=True)
class Inbound:
    """One update. `event` is None where there is nothing to answer.

    `fingerprint` tells two updates with the same id apart. `attachment` is the file that the event, then Arrived,
    speaks of, `message_id` the message that brought it, `table` a file that matters to operators alone. `replied_to` is
    the bot's message that it is a reply to. `anonymous`: its writer doesn't say who they are, only that they speak for
    the group. `membership` says that the bot was blocked or let in again, `migrated_to` that the group goes on under
    this id.
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
    attachment: Attachment | None = None
    message_id: int = 0
    table: TableFile | None = None
    callback_query_id: str | None = None
    replied_to: RepliedTo | None = None
    anonymous: bool = False
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
    """The update as an event; None for kinds that concern nobody. Raises Malformed.

    Read from the JSON itself: where it is clear who wrote in which chat, nothing else that is odd about an update may
    leave its writer without an answer.
    """
    for kind, read in _KINDS.items():
        if raw.get(kind) is None:
            continue
        try:
            return read(raw[kind], update_id)
        except _Unreadable:
            break
    else:
        return None
    log.error("update_malformed", extra={"update_id": update_id})
    raise Malformed(update_id)


class _Unreadable(Exception):
    """Whose it is can't be told."""


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _Unreadable
    return value


def _id(value: object) -> int:
    if type(value) is not int or abs(value) > LARGEST_ID:
        raise _Unreadable
    return value


def _text(value: object) -> str:
    """The text, "" where it is none. Half a surrogate pair could be neither stored nor sent, NUL not stored."""
    return _HALF_PAIR.sub("\ufffd", value).replace("\0", "") if isinstance(value, str) else ""


def _message_id(message: Mapping[str, Any]) -> int | None:
    found = message.get("message_id")
    return found if type(found) is int and abs(found) <= LARGEST_ID else None


def _seconds(value: object) -> float:
    """A date as Telegram gives it, 0.0 where it is none."""
    return float(value) if type(value) in (int, float) and abs(value) <= LARGEST_ID else 0.0  # type: ignore[arg-type]


def _degrees(value: object, most: int) -> float | None:
    return float(value) if type(value) in (int, float) and abs(value) <= most else None  # type: ignore[arg-type]


def _fingerprint(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _is_bot(user: Mapping[str, Any]) -> bool:
    return user.get("is_bot") not in (None, False)


def _has(message: Mapping[str, Any], name: str) -> bool:
    return message.get(name) not in (None, False)


def _by(
    chat: Mapping[str, Any],
    user: Mapping[str, Any],
    update_id: int,
    fingerprint: str,
    event: Event | None,
    **more: Any,
) -> Inbound:
    return Inbound(
        update_id,
        fingerprint,
        _id(chat.get("id")),
        _text(chat.get("type")),
        _id(user.get("id")),
        _text(user.get("first_name")),
        _text(user.get("last_name")),
        _text(user.get("language_code")),
        event=event,
        **more,
    )


def _from_message(value: object, update_id: int) -> Inbound | None:
    message = _object(value)
    chat = _object(message.get("chat"))
    if message.get("from") is None:
        return None
    user = _object(message["from"])
    moved_to = message.get("migrate_to_chat_id") if chat.get("type") == "group" else None
    # An anonymous admin, who is a bot to us, may have been the one who made the group a supergroup.
    anonymous = _is_bot(user) and _same_chat(message.get("sender_chat"), chat)
    if (_is_bot(user) and moved_to is None and not anonymous) or _has(message, "business_connection_id"):
        return None
    number = _message_id(message)
    fingerprint = _fingerprint("message", _id(chat.get("id")), number, _seconds(message.get("date")))
    attachment = attachment_of(message, _text(message.get("caption"))) if number is not None else None
    event = _said(message, _id(user.get("id")), number) if attachment is None else Arrived(attachment.kind)
    return _by(
        chat,
        user,
        update_id,
        fingerprint,
        event,
        attachment=attachment,
        message_id=number or 0,
        table=table_of(message),
        replied_to=_replied_to(message),
        anonymous=anonymous,
        migrated_to=None if moved_to is None else _id(moved_to),
    )


def _same_chat(sender: object, chat: Mapping[str, Any]) -> bool:
    return isinstance(sender, dict) and sender.get("id") == chat.get("id") and chat.get("type") != "private"


def _replied_to(message: Mapping[str, Any]) -> RepliedTo | None:
    """The bot's message that this one is a reply to. One that came from another chat is none of ours."""
    original = message.get("reply_to_message")
    writer = original.get("from") if isinstance(original, dict) else None
    if not isinstance(original, dict) or not isinstance(writer, dict) or not _is_bot(writer):
        return None
    if type(writer.get("id")) is not int or original.get("forward_origin") is not None:
        return None
    return RepliedTo(writer["id"], _text(original.get("text")).partition("\n")[0][:200])


def _said(message: Mapping[str, Any], user_id: int, number: int | None) -> Event | None:
    text, card = message.get("text"), message.get("contact")
    if isinstance(text, str) and number is not None:
        return _command(message, _text(text)) or Text(_text(text), number, date=int(_seconds(message.get("date"))))
    if isinstance(card, dict) and isinstance(card.get("phone_number"), str) and number is not None:
        name = " ".join(part for part in (_text(card.get("first_name")), _text(card.get("last_name"))) if part)
        # Only Telegram can put the sender's own user id on a card; a forwarded card has somebody else's, or none.
        own = card.get("user_id") == user_id
        return Contact(_text(card["phone_number"]), name, own, number, _text(card.get("vcard"))[:LONGEST_VCARD])
    place = message.get("location")
    if isinstance(place, dict) and number is not None:
        latitude, longitude = _degrees(place.get("latitude"), 90), _degrees(place.get("longitude"), 180)
        return Other("other") if latitude is None or longitude is None else Location(latitude, longitude, number)
    if any(_has(message, attribute) for attribute in ("text", "contact", "location", "venue")):
        return Other("other")
    for attribute, kind in _OTHER.items():
        if _has(message, attribute):
            return Other(kind)
    if any(_has(message, attribute) for attribute in _SERVICE):
        return None
    return Other("other")


def _command(message: Mapping[str, Any], text: str) -> Command | None:
    entities = message.get("entities")
    if not isinstance(entities, list) or not any(
        isinstance(e, dict) and e.get("type") == "bot_command" and e.get("offset") == 0 for e in entities
    ):
        return None
    first, _, argument = text.partition(" ")
    name, _, tail = first.removeprefix("/").partition("\n")
    return Command(name.partition("@")[0].lower(), f"{tail} {argument}".strip())


def _from_edited(value: object, update_id: int) -> Inbound | None:
    message = _object(value)
    text = message.get("text")
    # Without a text it is a caption, or a live location that moved.
    if message.get("from") is None or not isinstance(text, str):
        return None
    chat, user, number = _object(message.get("chat")), _object(message["from"]), _message_id(message)
    if _is_bot(user):
        return None
    edited = _seconds(message.get("edit_date"))
    fingerprint = _fingerprint("edited", _id(chat.get("id")), number, edited, text)
    event: Event = Other("other") if number is None else Edit(_text(text), number)
    return _by(chat, user, update_id, fingerprint, event, replied_to=_replied_to(message))


def _from_tap(value: object, update_id: int) -> Inbound:
    query = _object(value)
    user = _object(query.get("from"))
    # A message that is too old comes without its text, and at times not at all: then it hung in the private chat.
    chat: Mapping[str, Any] = {"id": user.get("id"), "type": "private"}
    message_id, ours = 0, True
    if query.get("message") is not None:
        message = _object(query["message"])
        chat, message_id = _object(message.get("chat")), _message_id(message) or 0
        # Somebody's own message, sent through a bot that was connected to their account, carries no button of ours.
        ours = not _has(message, "business_connection_id")
    query_id = _text(query.get("id"))
    fingerprint = _fingerprint("tap", _id(chat.get("id")), query_id)
    event = read_tap(_text(query.get("data")), message_id) if ours else None
    return _by(chat, user, update_id, fingerprint, event, callback_query_id=query_id or None)


def read_tap(data: str, message_id: int) -> Tap:
    """What a button of ours says; a forged or unreadable one is a tap on nothing, and answered like any other."""
    parts = data.split(":", 3)
    if len(parts) != 4 or not (parts[1].isascii() and parts[1].isdigit() and len(parts[1]) <= 9):
        return Tap("", -1, "", "", message_id)
    return Tap(parts[0], int(parts[1]), parts[2], parts[3], message_id)


def _from_membership(value: object, update_id: int) -> Inbound:
    change = _object(value)
    chat, user = _object(change.get("chat")), _object(change.get("from"))
    status = _text(_object(change.get("new_chat_member")).get("status"))
    fingerprint = _fingerprint("membership", _id(chat.get("id")), _seconds(change.get("date")), status)
    membership = "blocked" if status in ("kicked", "left") else "unblocked"
    return _by(chat, user, update_id, fingerprint, None, membership=membership)


_KINDS: Mapping[str, Callable[[object, int], Inbound | None]] = {
    "message": _from_message,
    "edited_message": _from_edited,
    "callback_query": _from_tap,
    "my_chat_member": _from_membership,
}
