"""What a reply_markup may be, checked as Telegram checks it."""

import json
from dataclasses import dataclass
from typing import Any

from bot.sandbox.entities import utf16_units
from bot.sandbox.errors import bad_request

LONGEST_CALLBACK_DATA = 64  # bytes
LONGEST_PLACEHOLDER = 64  # characters
MOST_BUTTONS = 300
_STYLES = {"danger", "success", "primary"}
_ACTIONS = ("callback_data", "url", "copy_text")

Button = dict[str, Any]
Rows = list[list[Button]]


@dataclass(frozen=True)
class Markup:
    """A parsed reply_markup: one of the three, or none."""

    inline: Rows | None = None
    reply: dict[str, Any] | None = None  # {"rows", "one_time", "placeholder"}, as the chat page reads it
    removes_keyboard: bool = False
    force_reply: bool = False


def parse_markup(value: Any) -> Markup:
    """The reply_markup parameter (an object, or its JSON text); raises ApiError."""
    if isinstance(value, str):
        if not value.strip():
            return Markup()
        try:
            value = json.loads(value)
        except ValueError:
            raise bad_request("can't parse reply keyboard markup JSON object") from None
    if value is None or value == {}:
        return Markup()
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        rows = [
            [_inline_button(button) for button in row] for row in _rows(value["inline_keyboard"], "inline keyboard")
        ]
        return Markup(inline=[row for row in rows if row])
    if "keyboard" in value:
        rows = [[_reply_button(button) for button in row] for row in _rows(value["keyboard"], "keyboard")]
        return _reply_markup(value, [row for row in rows if row])
    if value.get("remove_keyboard"):
        return Markup(removes_keyboard=True)
    if value.get("force_reply"):
        _placeholder(value)
        return Markup(force_reply=True)
    return Markup()


def _rows(value: Any, what: str) -> list[list[Any]]:
    if not isinstance(value, list):
        raise bad_request(f'field "{what.replace(" ", "_")}" must be of type Array')
    if not all(isinstance(row, list) for row in value):
        raise bad_request(f"{what} button rows must be of type Array" if what == "keyboard" else "row must be an Array")
    if sum(len(row) for row in value) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return value


def _reply_markup(value: dict[str, Any], rows: Rows) -> Markup:
    if not rows:
        return Markup()
    return Markup(
        reply={"rows": rows, "one_time": bool(value.get("one_time_keyboard")), "placeholder": _placeholder(value)}
    )


def _placeholder(value: dict[str, Any]) -> str | None:
    placeholder = value.get("input_field_placeholder")
    if placeholder is None:
        return None
    if not isinstance(placeholder, str):
        raise bad_request('field "input_field_placeholder" must be of type String')
    if not 1 <= len(placeholder) <= LONGEST_PLACEHOLDER:
        raise bad_request("input_field_placeholder must be 1-64 characters long")
    return placeholder


def _button_text(button: Any, what: str) -> str:
    if not isinstance(button, dict):
        raise bad_request(f"can't parse {what} button: {what.capitalize()} button must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(f"can't parse {what} button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request(f"{what} button text must be non-empty")
    return text


def _inline_button(button: Any) -> Button:
    parsed: Button = {"text": _button_text(button, "inline keyboard")}
    actions = [action for action in _ACTIONS if button.get(action)]
    if len(actions) != 1:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    action = actions[0]
    target = button[action]
    if action == "callback_data":
        if not isinstance(target, str) or len(target.encode()) > LONGEST_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        if not isinstance(target, str) or not target.lower().startswith(("http://", "https://", "tg://")):
            raise bad_request(f"inline keyboard button URL '{target}' is invalid: Wrong HTTP URL")
    elif not _is_copyable(target):
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    parsed[action] = target
    return _styled(button, parsed)


def _is_copyable(target: Any) -> bool:
    text = target.get("text") if isinstance(target, dict) else None
    return isinstance(text, str) and 1 <= utf16_units(text) <= 256


def _reply_button(button: Any) -> Button:
    if isinstance(button, str):
        button = {"text": button}
    parsed: Button = {"text": _button_text(button, "keyboard")}
    for request in ("request_contact", "request_location"):
        if button.get(request):
            parsed[request] = True
    return _styled(button, parsed)


def _styled(button: Button, parsed: Button) -> Button:
    style = button.get("style")
    if style is not None:
        if not isinstance(style, str) or style not in _STYLES:
            raise bad_request("invalid button style specified")
        parsed["style"] = style
    return parsed
