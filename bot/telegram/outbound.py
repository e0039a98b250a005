"""From a message of words to what Telegram takes: HTML text in bounded parts, and one keyboard on the last of them."""

import html
from dataclasses import dataclass
from typing import Any

from conversations.replies import Button, Message
from conversations.words import Words
from locales import say

TEXT_UNITS = 4096
"""Telegram counts UTF-16 units, after taking the markup out; counting them with the markup is the stricter way."""
CALLBACK_BYTES = 64
PLACEHOLDER_CHARACTERS = 64
COPY_CHARACTERS = 256

Markup = dict[str, Any]
"""A keyboard as the Bot API takes it. Made as it is: python-telegram-bot's objects take five times as long."""


@dataclass(frozen=True, slots=True)
class Part:
    """One call of sendMessage; only the last part of a message has a keyboard."""

    text: str
    markup: Markup | None = None


def render(message: Message, language: str) -> tuple[Part, ...]:
    """The message as it is sent, at least one part. Raises ValueError for a button that Telegram would refuse."""
    paragraphs = [say(words, language, markup=True) for words in message.paragraphs]
    texts = _split([text for text in paragraphs if text.strip()])
    markup = _markup(message, language)
    return (*(Part(text) for text in texts[:-1]), Part(texts[-1], markup))


def as_method(chat_id: int, part: Part) -> dict[str, Any]:
    """The call of sendMessage as a webhook's response holds it."""
    method: dict[str, Any] = {
        "method": "sendMessage",
        "chat_id": chat_id,
        "text": part.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if part.markup is not None:
        method["reply_markup"] = part.markup
    return method


def as_edit(chat_id: int, message_id: int, part: Part) -> dict[str, Any]:
    """The call of editMessageText; only an inline keyboard fits under an edited message."""
    inline = part.markup if part.markup is not None and "inline_keyboard" in part.markup else None
    return {**as_method(chat_id, Part(part.text, inline)), "method": "editMessageText", "message_id": message_id}


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def _split(paragraphs: list[str]) -> list[str]:
    """The paragraphs, each on a line of its own, in as few parts as fit. Raises ValueError where there are none."""
    if not paragraphs:
        raise ValueError("a message without words")
    parts: list[str] = []
    for paragraph in paragraphs:
        for piece in _pieces(paragraph):
            if parts and units(parts[-1]) + 1 + units(piece) <= TEXT_UNITS:
                parts[-1] += "\n" + piece
            else:
                parts.append(piece)
    return parts


def _pieces(paragraph: str) -> list[str]:
    """A paragraph too long for one message, cut at its lines, and a line too long cut by force without its markup."""
    if units(paragraph) <= TEXT_UNITS:
        return [paragraph]
    pieces: list[str] = []
    for line in paragraph.split("\n"):
        if units(line) <= TEXT_UNITS:
            pieces.append(line)
            continue
        plain = html.unescape(line.replace("<b>", "").replace("</b>", ""))
        # A character may become "&quot;" or two units: a sixth of the room is enough for any of them.
        step = TEXT_UNITS // 6
        pieces += [html.escape(plain[at : at + step]) for at in range(0, len(plain), step)]
    return [piece for piece in pieces if piece.strip()]


def _markup(message: Message, language: str) -> Markup | None:
    if message.surface == "kept":
        return None
    if message.surface == "ask":
        # Selective: in a group the reply opens for whoever the text names, and for nobody else.
        return {"force_reply": True, "selective": True}
    if message.surface == "inline" and message.buttons:
        rows = [[_inline(button, message, language) for button in row] for row in message.buttons if row]
        return {"inline_keyboard": rows}
    if message.surface == "reply" and message.buttons:
        markup: Markup = {
            "keyboard": [[_key(button, language) for button in row] for row in message.buttons if row],
            "resize_keyboard": True,
            "one_time_keyboard": True,
        }
        placeholder = say(message.placeholder, language)[:PLACEHOLDER_CHARACTERS] if message.placeholder else ""
        return {**markup, "input_field_placeholder": placeholder} if placeholder else markup
    return {"remove_keyboard": True}


def label(button: Button, language: str) -> str:
    """What stands on the button, in plain text."""
    return say(button.label, language) if isinstance(button.label, Words) else button.label


def _key(button: Button, language: str) -> dict[str, Any]:
    key = _styled(button, language)
    return key if button.request is None else {**key, f"request_{button.request}": True}


def _inline(button: Button, message: Message, language: str) -> dict[str, Any]:
    key = _styled(button, language)
    if button.copies is not None:
        return {**key, "copy_text": {"text": button.copies[:COPY_CHARACTERS]}}
    data = f"{button.draft_id or message.draft_id}:{message.revision}:{button.action}:{button.argument}"
    if len(data.encode()) > CALLBACK_BYTES:
        raise ValueError(f"callback data of {button.action} is too long")
    return {**key, "callback_data": data}


def _styled(button: Button, language: str) -> dict[str, Any]:
    text = label(button, language)
    return {"text": text} if button.style is None else {"text": text, "style": button.style}
