"""People who hold a conversation by reading what the bot says, and who do whatever else people do in between."""

import random
import re
from html import unescape
from typing import Any

from tests.fuzz.mutations import as_bytes, mutated, mutated_bytes
from tests.fuzz.texts import COMMANDS, any_text
from tests.fuzz.updates import Chat, unwanted

_EXAMPLE = re.compile(r"(?:Örnek|Example): (.+)")
_TAG = re.compile(r"<[^<>]*>")

MOVES = (
    *(("go_on", 46), ("old_button", 6), ("forged_tap", 6), ("odd_text", 10), ("edit", 5), ("contact", 3), ("said", 4)),
    *(("service", 1), ("live_location", 1), ("membership", 1), ("in_group", 1), ("unwanted", 2), ("again", 2)),
)
ACTIONS = (
    *("confirm", "edit", "section", "field", "option", "answer", "skip", "back", "keep", "summary", "help", "restart"),
    *("cancel", "yes", "continue", "new", "language"),
)
SPOILED = 0.28
"""The part of the updates that is changed somewhere in its JSON; a fifth as many again are changed in their bytes."""
ADD_ANYWAY = "Ekle"
"""The key that keeps a serial number which was submitted before: everybody here types the example."""


class Person:
    """One person in a private chat. `heard` keeps what the bot said last, as Telegram would show it."""

    def __init__(self, rng: random.Random, chat_id: int) -> None:
        self.rng = rng
        self.line = Chat(
            chat_id, rng.choice(("Ayşe", "A", "\u202eA", "<b>", any_text(rng))), rng.choice(("Yılmaz", ""))
        )
        self.text = ""
        self.keys: list[str] = []
        self.taps: list[str] = []
        self.old_taps: list[str] = []
        self.copies: list[str] = []
        self.earlier: list[bytes] = []

    @property
    def chat_id(self) -> int:
        return self.line.chat_id

    def hear(self, method: dict[str, Any]) -> None:
        """What was put to Telegram for this chat."""
        self.text = unescape(_TAG.sub("", method["text"]))
        markup = method.get("reply_markup") or {}
        self.keys = [button["text"] for row in markup.get("keyboard", ()) for button in row]
        inline = [button for row in markup.get("inline_keyboard", ()) for button in row]
        self.old_taps = [*self.old_taps[-40:], *self.taps]
        self.taps = [button["callback_data"] for button in inline if "callback_data" in button]

    def next_update(self, number: int, date: int) -> tuple[str, bytes]:
        """What the person does now, and the body that Telegram delivers it in."""
        names = [name for name, _ in MOVES]
        (name,) = self.rng.choices(names, [weight for _, weight in MOVES])
        if name == "again" and self.earlier:
            return name, self.rng.choice(self.earlier)
        update = {"update_id": number, **getattr(self, f"_{name}", self._go_on)(number, date)}
        chance = self.rng.random()
        if chance < SPOILED:
            name, update = f"{name}, spoiled", mutated(self.rng, update)
        body = as_bytes(self.rng, update)
        if SPOILED < chance < SPOILED * 1.2:
            name, body = f"{name}, bytes spoiled", mutated_bytes(self.rng, body)
        self.earlier = [*self.earlier[-5:], body]
        return name, body

    def answer(self, number: int, date: int) -> dict[str, Any]:
        """The update of a person who only wants to get to the end: the button that goes on, or the example typed."""
        confirm = [data for data in self.taps if ":confirm:" in data]
        if confirm:
            return self.line.tap(date, number, confirm[0])
        if ADD_ANYWAY in self.keys:
            return self.line.text(self.rng, date, ADD_ANYWAY)
        example = _EXAMPLE.search(self.text)
        options = [data for data in self.taps if ":option:" in data]
        text = example[1] if example else self._first_key() or "/yeni"
        return self.line.tap(date, number, options[0]) if options else self.line.text(self.rng, date, text)

    def _first_key(self) -> str | None:
        """The key that stands last before those that steer: under a menu it is the one that passes it."""
        steering = next((at for at, key in enumerate(self.keys) if key in ("Geri", "Back", "Yardım", "Help")), None)
        return self.keys[steering - 1] if steering else None

    def _go_on(self, number: int, date: int) -> dict[str, Any]:
        if self.rng.random() < 0.55:
            return self.answer(number, date)
        if self.taps and self.rng.random() < 0.6:
            return self.line.tap(date, number, self.rng.choice(self.taps))
        text = self.rng.choice(self.keys) if self.keys else self.rng.choice(COMMANDS)
        return self.line.text(self.rng, date, text)

    def _old_button(self, number: int, date: int) -> dict[str, Any]:
        data = self.rng.choice(self.old_taps or ["x:0:confirm:"])
        return self.line.tap(date, number, data, self.rng.choice((0, 1, self.line.number)))

    def _forged_tap(self, number: int, date: int) -> dict[str, Any]:
        """Data in every shape: another's draft, another revision, another action, any argument, or none of it."""
        parts = self.rng.choice(self.taps or self.old_taps or ["x:0:confirm:"]).split(":", 3)
        parts = [*parts, "", "", "", ""][:4]
        parts[self.rng.randrange(4)] = any_text(self.rng)[:64]
        if self.rng.random() < 0.5:
            parts[2] = self.rng.choice(ACTIONS)
        if self.rng.random() < 0.3:
            parts[1] = str(self.rng.choice((0, -1, 10**9, 2**64, int(parts[1]) + 1 if parts[1].isdecimal() else 7)))
        return self.line.tap(date, number, ":".join(parts))

    def _odd_text(self, number: int, date: int) -> dict[str, Any]:
        text = any_text(self.rng)
        return self.line.text(self.rng, date, text * 25 if self.rng.random() < 0.02 else text)

    def _edit(self, number: int, date: int) -> dict[str, Any]:
        return self.line.edited(self.rng, date, any_text(self.rng))

    def _contact(self, number: int, date: int) -> dict[str, Any]:
        return self.line.contact(self.rng, date)

    def _said(self, number: int, date: int) -> dict[str, Any]:
        return self.line.something_said(self.rng, date)

    def _service(self, number: int, date: int) -> dict[str, Any]:
        return self.line.service(self.rng, date)

    def _live_location(self, number: int, date: int) -> dict[str, Any]:
        return self.line.live_location(date)

    def _membership(self, number: int, date: int) -> dict[str, Any]:
        return self.line.membership(self.rng, date)

    def _in_group(self, number: int, date: int) -> dict[str, Any]:
        return self.line.in_group(self.rng, date)

    def _unwanted(self, number: int, date: int) -> dict[str, Any]:
        return unwanted(self.rng)
