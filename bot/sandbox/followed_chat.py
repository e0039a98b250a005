"""A chat as the player of transcripts sees it, event by event."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.transcript_parts import Said

STARTED = "Bot çalışıyor."
"""How the operators are told of each start; a transcript may hold any number of them."""


@dataclass(slots=True)
class FollowedChat:
    """One person's chat: its messages, the buttons ever seen in it, and what the bot said since last compared."""

    id: int
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    buttons: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    """Every inline button that was ever seen, oldest first: message, label, button."""
    keyboard: dict[str, Any] | None = None
    hidden_keyboard: dict[str, Any] | None = None
    said: list[Said] = field(default_factory=list)
    """What the bot said since the last comparison."""

    def follow(self, event: dict[str, Any]) -> None:
        match event["type"]:
            case "message" | "edit":
                self._follow_message(event["message"], edited=event["type"] == "edit")
            case "keyboard":
                self.keyboard = event.get("reply_keyboard")
                self.hidden_keyboard = event.get("hidden_reply_keyboard")
                if self.keyboard is not None and self.said:
                    self.said[-1] = Said(self.said[-1].text, _labels(self.keyboard["rows"]), self.said[-1].manner)
            case "toast":
                self.said.append(Said(event.get("text") or "", (), "toast"))
            case "delete":
                self.messages.pop(event["message_id"], None)

    def newest_of_the_bot(self) -> int:
        """The message that people reply to."""
        told = (m for m in self.messages.values() if m["from"] == "bot" and not m["text"].startswith(STARTED))
        return max(int(message["message_id"]) for message in told)

    def _follow_message(self, message: dict[str, Any], *, edited: bool) -> None:
        before = self.messages.get(message["message_id"])
        self.messages[message["message_id"]] = message
        if message["from"] != "bot" or message["text"].startswith(STARTED):
            return
        rows = message["inline_keyboard"] or []
        for button in (button for row in rows for button in row):
            seen = (message["message_id"], button["text"], button)
            if seen not in self.buttons:
                self.buttons.append(seen)
        only_lost_buttons = before is not None and before["text"] == message["text"] and not rows
        if not (edited and only_lost_buttons):
            self.said.append(Said(message["text"], _labels(rows), "edited" if edited else "new"))


def _labels(rows: list[list[dict[str, Any]]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(button["text"]) for button in row) for row in rows)
