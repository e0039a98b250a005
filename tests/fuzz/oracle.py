"""Whether an update must be answered, told from its bytes alone, and what Telegram takes. Uses no code of the bot."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Verdict = Literal["answer", "tap", "free", "silence"]
"""answer: a message in the chat. tap: a message there or a word over the button, and the button's waiting sign ends.
silence: nothing may be said in a private chat. free: either way is right."""

SERVICE = frozenset(
    (
        *("pinned_message", "message_auto_delete_timer_changed", "write_access_allowed"),
        *("chat_background_set", "connected_website", "proximity_alert_triggered", "new_chat_members"),
        *("left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo", "group_chat_created"),
        *("supergroup_chat_created", "channel_chat_created", "migrate_to_chat_id", "migrate_from_chat_id"),
        *("boost_added", "video_chat_scheduled", "video_chat_started", "video_chat_ended"),
        *("video_chat_participants_invited", "forum_topic_created", "forum_topic_edited"),
        *("forum_topic_closed", "forum_topic_reopened"),
    )
)
SPOKEN = ("message", "edited_message", "callback_query")
KINDS = (*SPOKEN, "my_chat_member")


def whole(value: object) -> bool:
    """Whether it is an id that a column can hold; Telegram's have 52 bits."""
    return type(value) is int and abs(value) < 2**63


def private(chat: object) -> bool:
    return isinstance(chat, dict) and chat.get("type") == "private" and whole(chat.get("id"))


def human(user: object) -> bool:
    return isinstance(user, dict) and whole(user.get("id")) and user.get("is_bot") in (False, None)


def body_of(update: dict[str, Any]) -> dict[str, Any]:
    return next((update[kind] for kind in KINDS if isinstance(update.get(kind), dict)), {})


def under(query: dict[str, Any]) -> dict[str, Any] | None:
    """The message that the tapped button hangs under; None where it is too old to be told."""
    message: dict[str, Any] | None = query.get("message")
    return message


def _sendable(value: object) -> bool:
    return isinstance(value, str) and value != "" and value.isprintable()


def _tap_in_private(u: dict[str, Any]) -> bool:
    query = u["callback_query"]
    return human(query.get("from")) and (under(query) is None or private(query["message"].get("chat")))


RULES: tuple[tuple[str, Verdict, Callable[[dict[str, Any]], bool]], ...] = (
    ("no update id: Telegram never sent it", "free", lambda u: not whole(u.get("update_id"))),
    ("of a kind that nobody asked for", "silence", lambda u: not any(kind in u for kind in KINDS)),
    ("of two kinds at once: Telegram never sent it", "free", lambda u: sum(kind in u for kind in KINDS) > 1),
    ("not an object", "free", lambda u: not body_of(u)),
    ("somebody let the bot in or locked it out", "silence", lambda u: "my_chat_member" in u),
    (
        "a tap on a message that can't be told",
        "free",
        lambda u: "callback_query" in u and not isinstance(u["callback_query"].get("message"), dict | None),
    ),
    (
        "a tap without an id that can be sent back, so no word can be put over it: Telegram never sent it",
        "free",
        lambda u: "callback_query" in u and not _sendable(u["callback_query"].get("id")),
    ),
    ("a tap in a private chat", "tap", lambda u: "callback_query" in u and _tap_in_private(u)),
    ("a tap of nobody or elsewhere", "free", lambda u: "callback_query" in u),
    ("nobody can be told to have said it", "free", lambda u: not human(body_of(u).get("from"))),
    ("not in a private chat: groups are told once", "free", lambda u: not private(body_of(u).get("chat"))),
    ("a text", "answer", lambda u: "message" in u and isinstance(u["message"].get("text"), str)),
    ("an edited text", "answer", lambda u: "edited_message" in u and isinstance(body_of(u).get("text"), str)),
    ("an edit without text: a caption, or a live location that moved", "free", lambda u: "edited_message" in u),
    ("what a chat does by itself", "free", lambda u: not SERVICE.isdisjoint(u["message"])),
    ("anything else that a person sent", "answer", lambda u: True),
)
"""Read from the top: the first that holds decides. This is the table of the documented silences."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come of an update, by which rule, and in which chat."""

    verdict: Verdict
    rule: str
    chat_id: int = 0
    update_id: int | None = None
    tapped: str | None = None
    """The tap's id: its waiting sign must be ended, whatever else comes."""


def too_deep(body: bytes) -> bool:
    """Whether there are so many brackets that it depends on the reader whether it can be read."""
    return body.count(b"[[[[[[[[") + body.count(b'{"a":{"a":') > DEEPEST // 8


def expected(body: bytes) -> Expected:
    """What must come of a request with this body."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return Expected("silence", "not JSON")
    if not isinstance(update, dict):
        return Expected("silence", "not an object")
    if len(body) > LARGEST:
        return Expected("free", "larger than any update of Telegram's")
    if too_deep(body):
        return Expected("free", "nested deeper than JSON is read: Telegram never sent it")
    rule, verdict = next((name, verdict) for name, verdict, holds in RULES if holds(update))
    if verdict not in ("answer", "tap"):
        return Expected(verdict, rule)
    content = body_of(update)
    if verdict == "tap":
        message = under(content)
        chat_id = content["from"]["id"] if message is None else message["chat"]["id"]
        tapped = content.get("id")
        return Expected("tap", rule, chat_id, update["update_id"], tapped if isinstance(tapped, str) else None)
    return Expected(verdict, rule, content["chat"]["id"], update["update_id"])


LARGEST = 1024 * 1024
"""Bytes: more than a hundred times what Telegram delivers."""
DEEPEST = 400
"""Levels that any reader of JSON goes down to."""

_TAG = re.compile(r"<(/?)([a-z]+)(?: href=\"[^\"<>]*\")?>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")


def refusal(method: dict[str, Any]) -> str | None:
    """Why Telegram would answer 400 to this call, and nobody would see the message; None if it takes it."""
    try:
        json.dumps(method, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return "half a surrogate pair"
    if method["method"] == "answerCallbackQuery":
        return "the toast is too long" if len(method.get("text") or "") > 200 else None
    text = method["text"]
    open_tags: list[str] = []
    for closing, name in _TAG.findall(text):
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return "tags that don't match"
    if open_tags:
        return "a tag that is not closed"
    bare = _TAG.sub("", text)
    if "<" in bare or "&" in _ENTITY.sub("", bare):
        return "markup that can't be parsed"
    plain = _ENTITY.sub("x", bare)
    if not plain.strip():
        return "no text"
    if len(plain.encode("utf-16-le")) // 2 > 4096:
        return "too long"
    return _markup_refusal(method.get("reply_markup") or {})


def _markup_refusal(markup: dict[str, Any]) -> str | None:
    inline = [button for row in markup.get("inline_keyboard", ()) for button in row]
    keys = [button for row in markup.get("keyboard", ()) for button in row]
    if any(not button["text"].strip() for button in (*inline, *keys)):
        return "a button without text"
    for button in inline:
        if ("callback_data" in button) + ("copy_text" in button) != 1:
            return "a button that does nothing, or two things"
        if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
            return "callback data out of bounds"
        if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
            return "a text to copy out of bounds"
    if "input_field_placeholder" in markup and not 1 <= len(markup["input_field_placeholder"]) <= 64:
        return "a placeholder out of bounds"
    return None
